"""filings.xbrl.org: annual reports of EU and UK issuers as tagged figures, by LEI.

A report becomes one sentence of its figures against the year before, where both stand in it, marked as made and never
quoted. It is dated by the day on which the collection took it in, which may be weeks after the issuer published it; the
store's own notice has the true day. An LEI that the collection does not hold is 404 and means nothing filed there.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.facts.events import Event, Severity
from core.facts.fact import Coverage, State, Subject
from core.facts.fields import short
from core.facts.filing import Filing, Reported
from core.facts.stores import stores_of
from providers.sources.answers import CAP, FRESH_FOR
from providers.sources.eu_xbrl.codes import CONCEPTS, COUNTRIES
from providers.sources.eu_xbrl.terms import TERMS
from providers.sources.listing import FOREVER, Listing, Row, Window

# A name has one report a year; a correction makes it two.
MOST_REPORTS = 3


class AnnualFigures(Listing):
    """FactSource for annual reports of the EU and the UK."""

    terms = TERMS

    def covers(self, subject: Subject) -> bool:
        """Whether a country of the name has to file reports of this kind."""
        return any(store.code in COUNTRIES for store in stores_of(subject))

    async def issuer(self, subject: Subject) -> str | Gap:
        return await self.reach.identities.lei(subject)

    def _covered(self, found: tuple[Filing, ...] | Gap | SourceFailed) -> Coverage:
        """As every store, but that nothing stands there proves nothing: the collection is not complete."""
        row = super()._covered(found)
        if row.state is not State.EMPTY:
            return row
        return replace(row, state=State.NONE, reason="holds no report of it of the twelve months before")

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        fetched = await self.reach.fetcher.get(
            f"{self.url}/api/entities/{issuer}/filings?page[size]=20",
            source=self.name,
            cap=CAP,
            fresh_for=FRESH_FOR,
            accept=(200, 404),
        )
        if fetched.status == 404:
            return ()
        try:
            answer = json.loads(fetched.body)
        except (ValueError, RecursionError) as error:
            raise self.failed("answered with a page instead of its list") from error
        rows = [self._row(self.field(one, "attributes", kind=dict)) for one in self.records(answer, "data")]
        newest = sorted((row for row in rows if window.holds(row.filed)), key=lambda row: row.filed)
        return await asyncio.gather(*(self._told(row, issuer) for row in newest[-MOST_REPORTS:]))

    def _row(self, record: dict[str, Any]) -> Row:
        added = self.moment(self.field(record, "date_added"), datetime.fromisoformat, "date_added").replace(
            tzinfo=UTC
        )
        period, report = self.field(record, "period_end"), record.get("json_url")
        return Row(
            key=self.field(record, "fxo_id"),
            form="annual report",
            title=f"Annual report for the year to {period}",
            filed=added.date(),
            published=added,
            reported=Reported(event=Event.RESULTS, label="annual report", weight=Severity.G2),
            url=f"{TERMS.home}{record['viewer_url']}"
            if isinstance(record.get("viewer_url"), str)
            else TERMS.home,
            page=report if isinstance(report, str) and report.startswith("/") and ".." not in report else "",
        )

    async def _told(self, row: Row, issuer: str) -> Row:
        """The report with its figures as a sentence; without them where they cannot be had."""
        if not row.page:
            return row
        try:
            facts = self.field(await self.json(row.page, fresh_for=FOREVER), "facts", kind=dict)
            made = told(facts, issuer)
        except SourceFailed:
            return row
        return replace(row, made=made, page="")


def told(facts: dict[str, Any], issuer: str) -> str:
    """The figures of the newest year in one sentence, each against the year before where that stands there too; or ""."""
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
    """Concept, period, amount, currency of a figure of the whole company over a year; None for every other fact."""
    try:
        dimensions = dict(fact["dimensions"])
        period, unit = str(dimensions.pop("period")), str(dimensions.pop("unit"))
        concept, entity = str(dimensions.pop("concept")), str(dimensions.pop("entity"))
        amount = Decimal(str(fact["value"]))
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return None
    known = concept in CONCEPTS and unit.startswith("iso4217:") and entity.endswith(issuer)
    if dimensions or "/" not in period or not known or not amount.is_finite():
        return None
    begin, _, end = period.partition("/")
    try:
        days = (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).days
    except (ValueError, TypeError):
        return None
    return (concept, end, amount, unit.removeprefix("iso4217:")[:3]) if 350 <= days <= 380 else None
