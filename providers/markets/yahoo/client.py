"""MARKET_SOURCE=yahoo: prices, targets and company numbers of Yahoo Finance, over the house's own egress
door.

Yahoo's service is unofficial and its terms allow personal use only: this source is an opt-in and the README
says so.

Decisions: two requests a name. The chart needs no session; the summary wants a cookie and the crumb that
belongs to it. Both are got once a process and again when they are refused: first from the host that hands
out cookies to everybody, else by the consent form that Europeans are led to (answered with "agree", kept
in memory only). `base_url` (MARKET_URL) replaces every Yahoo host, so that a recording can stand in. A 404
of the chart is the source's word that it does not know the name: EMPTY."""

import asyncio
import html
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote, urlencode, urljoin, urlsplit

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.names import fold_ticker, is_ticker
from core.market.quote import MarketRecord
from core.portfolio.holding import Unnamed
from core.portfolio.identities import Certainty, Listing, same_company
from core.portfolio.isin import is_isin
from core.portfolio.venues import venue_of_ticker
from providers.http import Fetcher, Terms
from providers.markets.asking import HISTORY_DAYS, Asking, Stopped, Unanswered, Unknown, decoded
from providers.markets.yahoo.wire import SOURCE, read_answers

HOST = "https://query2.finance.yahoo.com"
COOKIES = "https://fc.yahoo.com/"
CRUMB = "/v1/test/getcrumb"
PAGE = "https://finance.yahoo.com/quote/AAPL"
SEARCH = "/v1/finance/search"
KINDS = frozenset({"EQUITY", "ETF", "MUTUALFUND", "CRYPTOCURRENCY"})
CHART = "/v8/finance/chart/"
SUMMARY = "/v10/finance/quoteSummary/"
MODULES = (
    "price,summaryDetail,financialData,defaultKeyStatistics,"
    "assetProfile,upgradeDowngradeHistory,calendarEvents"
)

# Yahoo answers "too many requests" to agents that are no browser of the last years (seen since 2025).
AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/136.0.0.0 Safari/537.36"
)
PER_SECOND = 5.0
OWN_HOST = re.compile(r"(^|\.)yahoo\.com$")
A_CRUMB = re.compile(rb"[!-;=-~]{4,40}")  # printable, no blank, no "<": a page or "Too Many Requests" is none
HIDDEN = re.compile(rb'<input type="hidden" name="([A-Za-z]+)" value="([^"]*)"')
HOPS = 8
ANY = tuple(range(200, 600))


class YahooMarket:
    """A MarketSource over Yahoo Finance, or over a recording of its answers at `base_url`."""

    name = SOURCE

    @staticmethod
    def terms_at(base_url: str | None) -> tuple[Terms, ...]:
        """How the egress door asks Yahoo. A recording in its place needs no waiting."""
        if base_url is not None:
            return ()
        hosts = ("query1.finance", "query2.finance", "fc", "finance", "guce", "consent")
        own = tuple(f"https://{host}.yahoo.com" for host in hosts)
        return (Terms(addresses=own, per_second=PER_SECOND, user_agent=AGENT, refusing=frozenset()),)

    def __init__(self, fetcher: Fetcher, base_url: str | None = None) -> None:
        self._base = base_url.rstrip("/") if base_url else None
        self._fetcher = fetcher
        self._asking = Asking(fetcher=fetcher, label="Yahoo", base_url=self._base or HOST)
        self._session: tuple[str, str] | None = None  # cookie header, crumb
        self._opening = asyncio.Lock()

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order. Raises SourceFailed when the source answered for none
        of them."""
        return await self._asking.look_up(tickers, day, self._one)

    async def _one(self, ticker: str, day: date, stopped: Stopped) -> MarketRecord:
        chart = await self._chart(ticker, day)
        return read_answers(ticker, chart, await self._summary(ticker, stopped), day)

    async def find(self, what: Unnamed) -> tuple[Listing, ...]:
        """What Yahoo's search finds for the ISIN, and where it knows none for name or symbol. Raises
        SourceFailed when it could not be asked.

        Recorded of it: a search by ISIN that found nothing, searches by name that did; no answer carries
        an ISIN. So a hit by ISIN is one sign, and a listing is sure only where the name or the symbol
        agrees as well."""
        called = next((each for each in (what.name, what.symbol) if isinstance(each, str)), "")
        for word in (what.identity, called) if is_isin(what.identity) else (called,):
            if found := [self._listing(what, word, each) for each in await self._searched(word)]:
                return tuple(found)
        return ()

    async def _searched(self, word: str) -> list[Mapping[str, object]]:
        if not word.strip():
            return []
        try:
            answer = await self._asking.fetch(SEARCH, {"q": word, "quotesCount": "8", "newsCount": "0"})
            found = decoded(answer)
        except (Unanswered, Unknown) as error:
            raise SourceFailed(f"Yahoo's search could not be asked: {error}.", source=SOURCE) from error
        quotes = found.get("quotes") if isinstance(found, Mapping) else None
        hits = [each for each in quotes if isinstance(each, Mapping)] if isinstance(quotes, list) else []
        return [
            hit for hit in hits if is_ticker(str(hit.get("symbol") or "")) and hit.get("quoteType") in KINDS
        ]

    def _listing(self, what: Unnamed, word: str, hit: Mapping[str, object]) -> Listing:
        ticker, name = fold_ticker(str(hit["symbol"])), str(hit.get("longname") or hit.get("shortname") or "")
        venue = venue_of_ticker(ticker)
        signs = (
            is_isin(word),
            isinstance(what.name, str) and same_company(what.name, name),
            isinstance(what.symbol, str) and what.symbol.upper() == ticker.partition(".")[0],
        )
        return Listing(
            ticker=ticker,
            exchange=str(hit.get("exchDisp") or ""),
            currency=NOT_GIVEN if isinstance(venue, Gap) else venue.currency,
            name=name or NOT_GIVEN,
            source=SOURCE,
            certainty=Certainty.SURE if sum(signs) > 1 else Certainty.ONE,
        )

    async def _chart(self, ticker: str, day: date) -> Mapping[str, object]:
        end = datetime.combine(day + timedelta(days=2), time(), UTC)
        asked = {
            "period1": str(int((end - timedelta(days=HISTORY_DAYS)).timestamp())),
            "period2": str(int(end.timestamp())),
            "interval": "1d",
            "events": "div,split",
            "includePrePost": "false",
        }
        return _result(decoded(await self._asking.fetch(CHART + quote(ticker), asked)), "chart")

    async def _summary(self, ticker: str, stopped: Stopped) -> Mapping[str, object] | Gap:
        """Targets and numbers; a gap that says whether they do not exist or could not be asked for."""
        if stopped.is_set():
            return Gap(gap="not asked: the source limits its requests")
        try:
            try:
                return await self._summary_once(ticker)
            except Unanswered as error:
                if not error.denied or self._session is None:
                    raise
                self._session = None  # an old crumb: once more with a new one
                return await self._summary_once(ticker)
        except Unknown as error:
            return Gap(gap=str(error))
        except Unanswered as error:
            if error.limited:
                stopped.set()
            return Gap(gap=f"could not be asked: {error}")

    async def _summary_once(self, ticker: str) -> Mapping[str, object]:
        async with self._opening:
            if self._session is None:
                self._session = await self._opened()
        cookie, crumb = self._session
        asked = {"modules": MODULES, "formatted": "false", "crumb": crumb}
        answer = await self._asking.fetch(
            SUMMARY + quote(ticker), asked, headers={"cookie": cookie} if cookie else {}
        )
        return _result(decoded(answer), "quoteSummary")

    async def _opened(self) -> tuple[str, str]:
        """A cookie and its crumb. Raises Unanswered when neither way brought one."""
        reason = "no session"
        for way in (self._plain_cookies, self._consented):
            try:
                cookie = await way()
                answer = await self._fetcher.get(
                    self._at(f"{HOST}{CRUMB}"),
                    source="Yahoo",
                    headers={"cookie": cookie} if cookie else {},
                    accept=(200, 401, 403, 406, 429),
                )
            except SourceFailed as error:
                reason = str(error).removesuffix(".")
                continue
            if answer.status == 200 and A_CRUMB.fullmatch(answer.body.strip()):
                return cookie, answer.body.strip().decode("ascii")
            reason = f"the source gave no crumb ({answer.status})"
        raise Unanswered(reason)

    async def _plain_cookies(self) -> str:
        answer = await self._fetcher.get(self._at(COOKIES), source="Yahoo", accept=ANY)
        return "; ".join(answer.cookies)

    async def _consented(self) -> str:
        """Through the pages that ask for consent, as far as Yahoo's own hosts lead; every cookie on the
        way is kept."""
        jar: dict[str, str] = {}
        address, post = PAGE, None
        for _hop in range(HOPS):
            sent = {"cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
            if post is not None:
                sent["content-type"] = "application/x-www-form-urlencoded"
            answer = await self._fetcher.get(
                self._at(address), source="Yahoo", headers=sent, accept=ANY, post=post
            )
            jar |= dict(cookie.split("=", 1) for cookie in answer.cookies if "=" in cookie)
            if answer.status in (301, 302, 303, 307):
                address, post = urljoin(address, answer.headers.get("location", "")), None
            elif "/collectConsent" in address and post is None:
                fields = [
                    (name.decode(), html.unescape(value.decode("utf-8", "replace")))
                    for name, value in HIDDEN.findall(answer.body)
                ]
                post = urlencode([*fields, ("agree", "agree")]).encode()
            else:
                break
            if not OWN_HOST.search(urlsplit(address).hostname or ""):
                break
        return "; ".join(f"{name}={value}" for name, value in jar.items())

    def _at(self, address: str) -> str:
        """`address`, or the same path and query where MARKET_URL stands for Yahoo."""
        if self._base is None:
            return address
        parts = urlsplit(address)
        return f"{self._base}{parts.path}{'?' + parts.query if parts.query else ''}"


def _result(found: object, envelope: str) -> Mapping[str, object]:
    """The one result inside an answer. An error is the source's word; an empty result is a failure."""
    body = found.get(envelope) if isinstance(found, dict) else None
    if not isinstance(body, dict):
        raise Unanswered(f"the answer holds no {envelope}")
    error = body.get("error")
    if isinstance(error, dict):
        said = " ".join(str(error.get("description") or "no reason given").split())[:120]
        if error.get("code") == "Not Found":
            raise Unknown(f"the source does not know it: {said}")
        raise Unanswered(f"the source refused: {said}")
    results = body.get("result")
    if not isinstance(results, list) or not results or not isinstance(results[0], dict):
        raise Unanswered("the answer is empty")
    result: Mapping[str, object] = results[0]
    return result
