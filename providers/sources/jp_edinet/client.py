"""EDINET, Japan's store of statutory documents, version 2 with the owner's free key.

A list holds one day for all companies, so each day is asked for once ever, kept, and serves all names; what is missing is
filled from the newest day back, a part at each look, and the coverage says how far back that reaches. A company is its
security code, which is its ticker in Tokyo with a zero behind; who holds more than five percent of it is listed under its
EDINET code, learned from its own documents. A wrong key comes with status 200 and is a failure. Times are Tokyo's.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Gathering, State, Subject
from core.facts.stores import listed_in
from providers.sources.jp_edinet.codes import translated
from providers.sources.jp_edinet.terms import TERMS
from providers.sources.listing import Listing, Row, Window

TOKYO = ZoneInfo("Asia/Tokyo")
LIST = "/api/v2/documents.json"
# Lists of days that nobody asked for yet: at the store's rate half a minute of waiting for one look.
DAYS_A_LOOK = 45
# A list is final once its day is over in Tokyo and a day has passed for late corrections.
SETTLED = timedelta(days=2)
KEPT = ("docID", "secCode", "edinetCode", "issuerEdinetCode", "docTypeCode", "docDescription", "submitDateTime", "currentReportReason", "withdrawalStatus", "filerName")  # fmt: skip
_CODE = re.compile(r"[0-9][0-9A-Z]{2}[0-9A-Z]")


class Edinet(Listing):
    """FactSource for Japan."""

    terms = TERMS
    _back = ""

    def covers(self, subject: Subject) -> bool:
        """Whether it is listed in Tokyo: its ticker is then its security code."""
        return isinstance(self._code(subject), str)

    async def issuer(self, subject: Subject) -> str | Gap:
        return self._code(subject)

    def _code(self, subject: Subject) -> str | Gap:
        letters, _, _ = subject.ticker.rpartition(".")
        store = listed_in(subject.ticker)
        if store is None or store.code != TERMS.country or not _CODE.fullmatch(letters):
            return Gap(gap="its ticker is no security code of Tokyo")
        return f"{letters}0"

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """As every store, and how far back the lists that were read reach."""
        gathering = await super().gather(subjects, as_of)
        back = self._back
        if not back:
            return gathering
        said = f"read back to {back}; earlier days follow at the next looks"
        read = {State.OK, State.EMPTY}
        coverage = tuple(
            (ticker, replace(row, reason=said) if row.state in read else row)
            for ticker, row in gathering.coverage
        )
        return replace(gathering, coverage=coverage)

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        listed = await self._days(window)
        codes = {row["edinetCode"] for row in listed if row["secCode"] == issuer and row["edinetCode"]}
        mine = [row for row in listed if row["secCode"] == issuer or row["issuerEdinetCode"] in codes]
        return [self._row(row, issuer) for row in mine if row["docDescription"]]

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        said = str(record["submitDateTime"])
        published = self.local(said, "%Y-%m-%d %H:%M", TOKYO, "submitDateTime")
        title = " ".join(str(record["docDescription"]).split())[:300]
        own = record["secCode"] == issuer
        reported, series = translated(
            str(record["docTypeCode"]), title, str(record["currentReportReason"] or "")
        )
        return Row(
            key=str(record["docID"]),
            form=title.partition("－")[0],
            title=title if own else f"{title} ({record['filerName']})",
            filed=published.date(),
            published=published,
            reported=reported,
            series=series,
            url=TERMS.home,
        )

    async def _days(self, window: Window) -> list[dict[str, Any]]:
        """Every row of the days that could be had, for all companies. Fetched by the first name that asks."""
        async with self._one:
            key = window.as_of.isoformat()
            known = self._read.get(key)
            if known is None:
                known = (b"", await self._fill(window))
                self._read = {key: known}
            rows: list[dict[str, Any]] = known[1]
            return rows

    async def _fill(self, window: Window) -> list[dict[str, Any]]:
        today = window.as_of.astimezone(TOKYO).date()
        days = [today - timedelta(days=back) for back in range((today - window.first).days + 1)]
        days = [day for day in days if day.weekday() < 5]
        rows: list[dict[str, Any]] = []
        asked, self._back = 0, ""
        for day in days:
            kept = await asyncio.to_thread(self._kept, day)
            if kept is None:
                if asked >= DAYS_A_LOOK:
                    self._back = str(day + timedelta(days=1))
                    break
                asked += 1
                kept = await self._day(day)
                if day <= today - SETTLED:
                    await asyncio.to_thread(self._keep, day, kept)
            rows += kept
        return rows

    async def _day(self, day: date) -> list[dict[str, Any]]:
        secret = self.reach.secrets.get("edinet_key", "")
        answer = await self.json(f"{LIST}?date={day}&type=2&Subscription-Key={secret}", fresh_for=600.0)
        if isinstance(answer, dict) and answer.get("StatusCode") == 401:
            raise self.failed("does not take the key: EDINET_KEY is wrong or has expired")
        if (status := self.field(answer, "metadata", "status")) != "200":
            raise self.failed(f"answered {status} in its list")
        rows = self.records(answer, "results")
        for row in rows:
            for name in KEPT:
                if name not in row:
                    raise self.without(name)
        return [{name: row[name] for name in KEPT} for row in rows if row["withdrawalStatus"] == "0"]

    def _kept(self, day: date) -> list[dict[str, Any]] | None:
        if self.reach.folder is None:
            return None
        try:
            rows = json.loads((self.reach.folder / f"edinet-{day}.json").read_text("utf-8"))
            return rows if all(set(row) == set(KEPT) for row in rows) else None
        except (OSError, ValueError, TypeError):
            return None

    def _keep(self, day: date, rows: list[dict[str, Any]]) -> None:
        if self.reach.folder is None:
            return
        file = self.reach.folder / f"edinet-{day}.json"
        # A full or read-only disk costs a request next time, never the report.
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.with_suffix(".part").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
            file.with_suffix(".part").replace(file)
