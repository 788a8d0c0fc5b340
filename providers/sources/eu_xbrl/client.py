"""filings.xbrl.org: annual reports of EU and UK issuers as tagged figures, by LEI.

A report becomes one sentence of its figures against the year before, where both stand in it, marked as made
and never quoted. It is dated by the day on which the collection took it in, which may be weeks after the
issuer published it; the store's own notice has the true day. An LEI that the collection does not hold is 404
and means nothing filed there.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.facts.fact import Coverage, State, Subject
from core.facts.fields import short
from core.facts.filing import Filing
from core.facts.stores import stores_of
from providers.sources.answers import FOREVER
from providers.sources.codes import codes_of
from providers.sources.listing import Listing, Look, Row
from providers.sources.shape import terms_of

# A name has one report a year; a correction makes it two.
MOST_REPORTS = 3
# IFRS concepts that stood in a recorded report, in the order in which they are told.
CONCEPTS = {
    "ifrs-full:Revenue": "revenue",
    "ifrs-full:ProfitLossFromOperatingActivities": "operating profit",
    "ifrs-full:ProfitLoss": "net profit",
}


class AnnualFigures(Listing):
    """FactSource for annual reports of the EU and the UK."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    def covers(self, subject: Subject) -> bool:
        """Whether a country of the name has to file reports of this kind, and the collection holds them."""
        return any(store.code in self.codes.words["countries"] for store in stores_of(subject))

    async def issuer(self, look: Look) -> str | Gap:
        return await self.reach.identities.lei(look.subject)

    def _covered(self, found: tuple[Filing, ...] | Gap | SourceFailed) -> Coverage:
        """As every store, but that nothing stands there proves nothing: the collection is not complete."""
        row = super()._covered(found)
        if row.state is not State.EMPTY:
            return row
        return replace(row, state=State.NONE, reason="holds no report of it of the twelve months before")

    async def rows(self, look: Look) -> Sequence[Row]:
        fetched = await self.get(f"/api/entities/{look.issuer}/filings?page[size]=20", accept=(200, 404))
        if fetched.status == 404:
            return ()
        listed = self.records(self.parsed(fetched.body), "data")
        rows = [self._row(self.field(one, "attributes", kind=dict)) for one in listed]
        newest = sorted(
            (row for row in rows if look.first <= row.filed <= look.last), key=lambda row: row.filed
        )
        return await asyncio.gather(*(self._told(row, look.issuer) for row in newest[-MOST_REPORTS:]))

    def _row(self, record: dict[str, Any]) -> Row:
        report, viewer = record.get("json_url"), record.get("viewer_url")
        return self.row(
            key=self.field(record, "fxo_id"),
            title=f"Annual report for the year to {self.field(record, 'period_end')}",
            published=self.moment(self.field(record, "date_added"), "date_added"),
            said="annual report",
            url=f"{self.terms.home}{viewer if isinstance(viewer, str) else ''}",
            page=report if isinstance(report, str) and report.startswith("/") and ".." not in report else "",
        )

    async def _told(self, row: Row, issuer: str) -> Row:
        """The report with its figures as a sentence; without them where they cannot be had."""
        if not row.page:
            return row
        try:
            facts = self.field(await self.json(row.page, fresh_for=FOREVER), "facts", kind=dict)
        except SourceFailed:
            return row
        return replace(row, made=told(facts, issuer), page="")


def told(facts: dict[str, Any], issuer: str) -> str:
    """The figures of the newest year in one sentence, each against the year before where that stands there
    too; or ""."""
    found: dict[str, dict[str, tuple[Decimal, str]]] = {}
    for fact in facts.values():
        read = _figure(fact, issuer)
        if read is not None:
            concept, period, amount, unit = read
            found.setdefault(concept, {})[period] = (amount, unit)
    parts = []
    for concept, words in CONCEPTS.items():
        years = sorted(found.get(concept, {}).items(), reverse=True)
        if not years:
            continue
        amount, unit = years[0][1]
        said = f"{words} {short(amount)} {unit}"
        if len(years) > 1 and years[1][1][0] > 0:
            change = (amount / years[1][1][0] - 1) * 100
            said += f" ({change:+.1f} %)"
        parts.append(said)
    return ", ".join(parts)


def _figure(fact: Any, issuer: str) -> tuple[str, str, Decimal, str] | None:
    """Concept, period, amount, currency of a figure of the whole company over a year; None for every other
    fact."""
    try:
        dimensions = dict(fact["dimensions"])
        period, unit = str(dimensions.pop("period")), str(dimensions.pop("unit"))
        concept, entity = str(dimensions.pop("concept")), str(dimensions.pop("entity"))
        amount = Decimal(str(fact["value"]))
        begin, _, end = period.partition("/")
        days = (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).days
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return None
    known = concept in CONCEPTS and unit.startswith("iso4217:") and entity.endswith(issuer)
    if dimensions or not known or not amount.is_finite() or not 350 <= days <= 380:
        return None
    return concept, end, amount, unit.removeprefix("iso4217:")[:3]
