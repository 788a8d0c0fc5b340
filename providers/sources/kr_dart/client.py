"""DART, Korea's disclosure system, with the owner's free key.

A company is its number there (corp_code). The table from tickers to numbers is a file that was never
recorded, so the owner says the number once; whether it is the company is then checked at DART itself, by the
stock code. Days are Seoul's.
"""

from collections.abc import Sequence
from typing import Any

from core.base.gap import Gap
from providers.sources.answers import ISSUERS_FRESH_FOR
from providers.sources.codes import codes_of
from providers.sources.listing import DAY_ONLY, PAGE, Listing, Look, Row
from providers.sources.shape import terms_of

PUBLIC = "https://dart.fss.or.kr/dsaf001/main.do?rcpNo="
FINE, NOTHING = "000", "013"


class Dart(Listing):
    """FactSource for Korea."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    async def issuer(self, look: Look) -> str | Gap:
        ticker, number = look.subject.ticker, self.known(look.subject)
        if isinstance(number, Gap):
            say = f"say it with `identities {ticker} {self.terms.key}=…`"
            return Gap(gap=f"its number at {self.name} is not known; {say}")
        asked = f"/api/company.json?{self._key}&corp_code={number}"
        company = await self.json(asked, fresh_for=ISSUERS_FRESH_FOR)
        self._fine(company)
        if self.field(company, "stock_code") != ticker.rpartition(".")[0]:
            other = self.field(company, "corp_name")
            return Gap(gap=f"{self.name} knows {number} as another company: {other}")
        return number

    async def rows(self, look: Look) -> Sequence[Row]:
        async def page(start: int) -> tuple[list[Row], bool]:
            number = start // PAGE + 1
            answer = await self.json(
                f"/api/list.json?{self._key}&corp_code={look.issuer}&bgn_de={look.first:%Y%m%d}"
                f"&end_de={look.last:%Y%m%d}&page_no={number}&page_count={PAGE}"
            )
            if not self._fine(answer):
                return [], False
            found = [self._row(one, look.issuer) for one in self.records(answer, "list")]
            return found, number < self.field(answer, "total_page", kind=int)

        return await self.walk(look, page)

    @property
    def _key(self) -> str:
        return f"crtfc_key={self.reach.secrets.get('dart_key', '')}"

    def _fine(self, answer: Any) -> bool:
        """Whether the answer holds something. Raises SourceFailed for every status but "fine" and "nothing
        found"."""
        status = self.field(answer, "status")
        if status not in {FINE, NOTHING}:
            raise self.failed(f"answered with its status {status}: look up DART_KEY and the day's limit")
        return bool(status == FINE)

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        if self.field(record, "corp_code") != issuer:
            raise self.failed("answered with disclosures of another company")
        title, number = self.field(record, "report_nm"), self.field(record, "rcept_no")
        return self.row(
            key=number,
            form=title,
            title=title,
            published=self.moment(self.field(record, "rcept_dt"), "rcept_dt", "%Y%m%d"),
            hour=DAY_ONLY,
            url=PUBLIC + number,
        )
