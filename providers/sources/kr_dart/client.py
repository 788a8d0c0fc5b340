"""DART, Korea's disclosure system, with the owner's free key.

A company is its number there (corp_code). The table from tickers to numbers is a file that was never recorded, so the owner
says the number once; whether it is the company is then checked at DART itself, by the stock code. Days are Seoul's.
"""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Subject
from providers.sources.answers import ISSUERS_FRESH_FOR
from providers.sources.kinds import translate
from providers.sources.kr_dart.codes import KINDS
from providers.sources.kr_dart.terms import TERMS
from providers.sources.listing import MOST_ROWS, Listing, Row, Window

SEOUL = ZoneInfo("Asia/Seoul")
PAGE = 100
PUBLIC = "https://dart.fss.or.kr/dsaf001/main.do?rcpNo="
FINE, NOTHING = "000", "013"


class Dart(Listing):
    """FactSource for Korea."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        number = self.reach.identities.known(subject.ticker).sure(TERMS.key)
        if isinstance(number, Gap):
            return Gap(
                gap=f"its number at {self.name} is not known; say it with `identities {subject.ticker} {TERMS.key}=…`"
            )
        company = await self.json(
            f"/api/company.json?{self._key}&corp_code={number}", fresh_for=ISSUERS_FRESH_FOR
        )
        self._fine(company)
        if self.field(company, "stock_code") != subject.ticker.rpartition(".")[0]:
            return Gap(
                gap=f"{self.name} knows {number} as another company: {self.field(company, 'corp_name')}"
            )
        return number

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        rows: list[Row] = []
        for page in range(1, MOST_ROWS // PAGE + 1):
            answer = await self.json(
                f"/api/list.json?{self._key}&corp_code={issuer}&bgn_de={window.first:%Y%m%d}"
                f"&end_de={window.last:%Y%m%d}&page_no={page}&page_count={PAGE}"
            )
            if not self._fine(answer):
                break
            rows += [self._row(one, issuer) for one in self.records(answer, "list")]
            if page >= self.field(answer, "total_page", kind=int):
                break
        return rows

    @property
    def _key(self) -> str:
        return f"crtfc_key={self.reach.secrets.get('dart_key', '')}"

    def _fine(self, answer: Any) -> bool:
        """Whether the answer holds something. Raises SourceFailed for every status but "fine" and "nothing found"."""
        status = self.field(answer, "status")
        if status not in {FINE, NOTHING}:
            raise self.failed(f"answered with its status {status}: look up DART_KEY and the day's limit")
        return bool(status == FINE)

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        if self.field(record, "corp_code") != issuer:
            raise self.failed("answered with disclosures of another company")
        day = self.local(self.field(record, "rcept_dt"), "%Y%m%d", SEOUL, "rcept_dt").date()
        title, number = self.field(record, "report_nm"), self.field(record, "rcept_no")
        reported, series = translate(KINDS, "", title)
        return Row(
            key=number,
            form=title,
            title=title,
            filed=day,
            reported=reported,
            series=series,
            url=PUBLIC + number,
        )
