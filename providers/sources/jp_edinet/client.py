"""EDINET, Japan's store of statutory documents, version 2 with the owner's free key.

A list holds one day for all companies, so each day is asked for once ever, kept, and serves all names; what
is missing is filled from the newest day back, a part at each look, and the coverage says how far back that
reaches. A company is its security code, which is its ticker in Tokyo with a zero behind; who holds more than
five percent of it is listed under its EDINET code, learned from its own documents. A wrong key comes with
status 200 and is a failure. Times are Tokyo's. An extraordinary report names the paragraph of the law that
demanded it: one that no row knows is shown and stays open.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from core.base.gap import Gap
from core.facts.fact import Subject
from core.facts.stores import listed_in
from providers.sources.codes import codes_of
from providers.sources.listing import Listing, Look, Row
from providers.sources.shape import terms_of

LIST = "/api/v2/documents.json"
# Lists of days that nobody asked for yet: at the store's rate half a minute of waiting for one look.
DAYS_A_LOOK = 45
# A list is final once its day is over in Tokyo and a day has passed for late corrections.
SETTLED = timedelta(days=2)
FIELDS = (
    "docID",
    "secCode",
    "edinetCode",
    "issuerEdinetCode",
    "docTypeCode",
    "docDescription",
    "submitDateTime",
    "currentReportReason",
    "withdrawalStatus",
    "filerName",
)
_CODE = re.compile(r"[0-9][0-9A-Z]{2}[0-9A-Z]")
Document = dict[str, Any]


class Edinet(Listing):
    """FactSource for Japan."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    def covers(self, subject: Subject) -> bool:
        """Whether it is listed in Tokyo: its ticker is then its security code."""
        store = listed_in(subject.ticker)
        letters = subject.ticker.rpartition(".")[0]
        return store is not None and store.code == self.terms.country and bool(_CODE.fullmatch(letters))

    async def issuer(self, look: Look) -> str | Gap:
        if not self.covers(look.subject):
            return Gap(gap="its ticker is no security code of Tokyo")
        return f"{look.subject.ticker.rpartition('.')[0]}0"

    async def rows(self, look: Look) -> Sequence[Row]:
        listed = await self.once(look.as_of, lambda: self._days(look))
        own = {row["edinetCode"] for row in listed if row["secCode"] == look.issuer and row["edinetCode"]}
        mine = [row for row in listed if row["secCode"] == look.issuer or row["issuerEdinetCode"] in own]
        return [self._row(row, look.issuer) for row in mine if row["docDescription"]]

    def _row(self, document: Document, issuer: str) -> Row:
        said, code = str(document["currentReportReason"] or ""), str(document["docTypeCode"])
        title = " ".join(str(document["docDescription"]).split())[:300]
        row = self.row(
            key=str(document["docID"]),
            title=title if document["secCode"] == issuer else f"{title} ({document['filerName']})",
            published=self.moment(str(document["submitDateTime"]), "submitDateTime", "%Y-%m-%d %H:%M"),
            said=code,
            code=said,
            form=title.partition("－")[0],
            url=self.terms.home,
        )
        known = row.reported.code
        reason = f" ({said})" if said and not known else ""
        label, shown = f"{row.reported.label}{reason}", f"{code} {known}".strip()
        return replace(row, reported=replace(row.reported, label=label, code=shown))

    async def _days(self, look: Look) -> list[Document]:
        """Every document of the days that could be had, for all companies."""
        today = look.as_of.astimezone(self.zone).date()
        days = [today - timedelta(days=back) for back in range((today - look.first).days + 1)]
        found: list[Document] = []
        asked, self.note = 0, ""
        for day in (day for day in days if day.weekday() < 5):
            listed = await self._kept_day(day)
            if listed is None:
                if asked >= DAYS_A_LOOK:
                    self.note = (
                        f"read back to {day + timedelta(days=1)}; earlier days follow at the next looks"
                    )
                    break
                asked += 1
                listed = await self._day(day)
                if day <= today - SETTLED:
                    await self.kept.keep(f"{self.terms.key} {day}", json.dumps(listed, ensure_ascii=False))
            found += listed
        return found

    async def _day(self, day: date) -> list[Document]:
        secret = self.reach.secrets.get("edinet_key", "")
        answer = await self.json(f"{LIST}?date={day}&type=2&Subscription-Key={secret}", fresh_for=600.0)
        if isinstance(answer, dict) and answer.get("StatusCode") == 401:
            raise self.failed("does not take the key: EDINET_KEY is wrong or has expired")
        if (status := self.field(answer, "metadata", "status")) != "200":
            raise self.failed(f"answered {status} in its list")
        rows = self.records(answer, "results")
        for name in FIELDS:
            if not all(name in row for row in rows):
                raise self.without(name)
        return [{name: row[name] for name in FIELDS} for row in rows if row["withdrawalStatus"] == "0"]

    async def _kept_day(self, day: date) -> list[Document] | None:
        """A day's list as it was kept; None for a file that is not there or not one."""
        try:
            rows: list[Document] = json.loads(await self.kept.read(f"{self.terms.key} {day}"))
            return rows if all(set(row) == set(FIELDS) for row in rows) else None
        except (ValueError, TypeError):
            return None
