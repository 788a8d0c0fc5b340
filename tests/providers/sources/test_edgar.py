"""SEC EDGAR against a stand-in on loopback that answers in the wire's format."""

import json
from datetime import UTC, date, datetime

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.events import Event
from core.facts.fact import State, Subject
from core.facts.filing import document_of
from core.ports import FactSource
from providers.http import Fetcher, ResponseCache
from tests.providers.http.loopback import Loopback
from tests.providers.sources.reaching import source_of, terms_of

AS_OF = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
COLUMNS = (
    "accessionNumber",
    "filingDate",
    "reportDate",
    "form",
    "fileNumber",
    "items",
    "primaryDocument",
    "primaryDocDescription",
)
EIGHT_K = ("0000000001-26-000001", "2026-04-20", "2026-04-17", "8-K", "001-1", "5.02,9.01", "a.htm", "8-K")
TEN_Q = ("0000000001-26-000002", "2026-02-01", "2025-12-31", "10-Q", "001-1", "", "q.htm", "10-Q")
RATE_PAGE = "<html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>"
TOOL_PAGE = "<html><title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title></html>"


def subject(ticker: str) -> Subject:
    return Subject(ticker=ticker, name=NOT_GIVEN, isin=NOT_GIVEN, country=NOT_GIVEN)


def submissions(*rows: tuple[str, ...]) -> dict[str, list[str]]:
    return {column: [row[index] for row in rows] for index, column in enumerate(COLUMNS)}


def publish(web: Loopback, pages: dict[str, object]) -> None:
    """Lists each ticker under a CIK of its own; a page that is text is served as it is."""
    listed = {
        str(number): {"cik_str": number, "ticker": ticker, "title": ticker}
        for number, ticker in enumerate(pages, start=1)
    }
    web.serve("/files/company_tickers.json", json.dumps(listed))
    for number, page in enumerate(pages.values(), start=1):
        body = page if isinstance(page, str) else json.dumps(page)
        web.serve(f"/submissions/CIK{number:010d}.json", body)


def edgar(web: Loopback, fetcher_terms: float = 1000.0) -> tuple[Fetcher, FactSource]:
    terms = terms_of("sec", web.url, per_second=fetcher_terms)
    fetcher = Fetcher(trusted=[web.url], terms=[terms], cache=ResponseCache())
    return fetcher, source_of("sec", fetcher, web.url)


async def test_a_name_gets_its_filings_of_twelve_months_with_form_items_dates_and_public_links() -> None:
    old = ("0000000001-25-000003", "2025-04-23", "", "8-K", "001-1", "1.03", "old.htm", "8-K")
    future = ("0000000001-26-000009", "2026-04-25", "", "8-K", "001-1", "1.03", "new.htm", "8-K")
    async with Loopback() as web:
        publish(web, {"AAPL": {"filings": {"recent": submissions(future, EIGHT_K, TEN_Q, old), "files": []}}})
        web.serve("/Archives/edgar/data/1/000000000126000001/a.htm", "<p>Our CFO <b>res</b>igned.</p>")
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("AAPL"),), AS_OF)

    first, second = gathering.filings
    assert (first.key, first.form, first.filed) == ("0000000001-26-000001", "8-K", date(2026, 4, 20))
    assert [(one.event, one.code) for one in first.reports] == [(Event.OFFICER, "5.02")]
    assert first.event_day == date(2026, 4, 17)
    assert first.documents == (document_of("8-K", "Our CFO resigned."),)
    assert first.url == "https://www.sec.gov/Archives/edgar/data/1/000000000126000001/a.htm"
    assert (second.form, second.filed) == ("10-Q", date(2026, 2, 1))
    assert isinstance(second.documents, Gap)
    assert gathering.read == 2
    assert gathering.coverage[0][1].state is State.OK


async def test_an_older_page_without_the_wrapper_is_read_too() -> None:
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(TEN_Q)})
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("AAPL"),), AS_OF)

    assert [filing.form for filing in gathering.filings] == ["10-Q"]


async def test_class_shares_are_found_in_each_spelling_and_asked_for_once_per_company() -> None:
    async with Loopback() as web:
        listed = {
            "0": {"cik_str": 7, "ticker": "BRK-B", "title": "Berkshire"},
            "1": {"cik_str": 7, "ticker": "BRK-A", "title": "Berkshire"},
        }
        web.serve("/files/company_tickers.json", json.dumps(listed))
        web.serve("/submissions/CIK0000000007.json", json.dumps(submissions(TEN_Q)))
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("BRK.B"), subject("BRK-A")), AS_OF)

    assert [(filing.ticker, filing.form) for filing in gathering.filings] == [
        ("BRK.B", "10-Q"),
        ("BRK-A", "10-Q"),
    ]
    assert [asked.path for asked in web.asked].count("/submissions/CIK0000000007.json") == 1


async def test_a_name_that_is_not_in_the_list_is_none_with_that_reason() -> None:
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(TEN_Q)})
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("ZZZZ"), subject("AAPL")), AS_OF)

    coverage = dict(gathering.coverage)
    assert coverage["ZZZZ"].state is State.NONE
    assert coverage["ZZZZ"].reason == "not registered with the SEC under this ticker"
    assert coverage["AAPL"].state is State.OK


async def test_a_name_without_filings_in_twelve_months_is_empty() -> None:
    async with Loopback() as web:
        publish(web, {"OLD": submissions()})
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("OLD"),), AS_OF)

    assert gathering.coverage[0][1].state is State.EMPTY
    assert gathering.coverage[0][1].reason == "no filing in the twelve months before"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html>blocked</html>", "the answer is a page, not the list that was asked for"),
        ("", "the answer is a page, not the list that was asked for"),
        ("[" * 100_000, "the answer is a page, not the list that was asked for"),
        ("[]", "the page is not a list of filings"),
        ('{"filings": {"recent": null}}', "the page is not a list of filings"),
        ({**submissions(TEN_Q), "form": []}, "the columns of the page are of unequal length"),
        ({**submissions(TEN_Q), "items": ["", ""]}, "the columns of the page are of unequal length"),
        (submissions(("x", "2026-04-20", "", "8-K", "", "", "", "")), "1 rows could not be read"),
        (
            submissions(("0000000001-26-000001", "2026-13-45", "", "8-K", "", "", "", "")),
            "1 rows could not be read",
        ),
    ],
)
async def test_a_page_that_cannot_be_read_fails_its_name_and_no_other(page: object, reason: str) -> None:
    async with Loopback() as web:
        publish(web, {"BAD": page, "AAPL": submissions(TEN_Q)})
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("BAD"), subject("AAPL")), AS_OF)

    coverage = dict(gathering.coverage)
    assert (coverage["BAD"].state, coverage["BAD"].reason) == (State.FAILED, reason)
    assert coverage["AAPL"].state is State.OK


async def test_a_listed_company_without_a_page_of_filings_is_failed_and_not_empty() -> None:
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(TEN_Q), "GONE": submissions()})
        del web.routes["/submissions/CIK0000000002.json"]
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("GONE"),), AS_OF)

    assert gathering.coverage[0][1].state is State.FAILED
    assert "there is no page of its filings (404)" in str(gathering.coverage[0][1].reason)


@pytest.mark.parametrize("body", ["<html>block page</html>", "{}", "[]", "null", '{"0": {"ticker": 1}}'])
async def test_a_list_of_tickers_that_is_none_fails_the_whole_source(body: str) -> None:
    async with Loopback() as web:
        web.serve("/files/company_tickers.json", body)
        fetcher, source = edgar(web)
        async with fetcher:
            with pytest.raises(SourceFailed, match="SEC EDGAR failed: the"):
                await source.gather((subject("AAPL"),), AS_OF)


@pytest.mark.parametrize(
    ("status", "page", "rule", "permanent"),
    [
        (403, RATE_PAGE, "more requests per second than it allows", False),
        (429, RATE_PAGE, "more requests per second than it allows", False),
        (403, TOOL_PAGE, "no contact e-mail in the user agent", True),
        (403, "<html>?</html>", "it answered 403 without naming a rule", False),
        (429, "", "it answered 429 without naming a rule", False),
    ],
)
async def test_a_refusal_names_the_rule_and_rests_the_host(
    status: int, page: str, rule: str, permanent: bool
) -> None:
    async with Loopback() as web:
        web.serve("/files/company_tickers.json", page, status=status)
        fetcher, source = edgar(web)
        async with fetcher:
            with pytest.raises(SourceFailed, match=f"SEC EDGAR refused the request: {rule}") as caught:
                await source.gather((subject("AAPL"),), AS_OF)
            with pytest.raises(SourceFailed, match="SEC EDGAR is left alone for 10 more minutes"):
                await source.gather((subject("AAPL"),), AS_OF)

    assert caught.value.permanent is permanent
    assert len(web.asked) == 1


async def test_a_refusal_on_all_of_several_names_fails_the_whole_source() -> None:
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(TEN_Q), "MSFT": submissions(TEN_Q)})
        web.serve("/submissions/CIK0000000001.json", RATE_PAGE, status=403)
        web.serve("/submissions/CIK0000000002.json", RATE_PAGE, status=403)
        fetcher, source = edgar(web)
        async with fetcher:
            with pytest.raises(SourceFailed, match="more requests per second than it allows"):
                await source.gather((subject("AAPL"), subject("MSFT")), AS_OF)


async def test_a_document_that_cannot_be_had_costs_its_text_and_not_the_coverage() -> None:
    closed = "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"
    missing = ("0000000001-26-000004", "2026-04-01", "", "8-K", "001-1", "8.01", "missing.htm", "8-K")
    nameless = ("0000000001-26-000005", "2026-03-01", "", "8-K", "001-1", "8.01", "", "8-K")
    climbing = ("0000000001-26-000006", "2026-02-01", "", "8-K", "001-1", "8.01", "../../x.htm", "8-K")
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(EIGHT_K, missing, nameless, climbing)})
        web.serve("/Archives/edgar/data/1/000000000126000001/a.htm", closed, status=403)
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("AAPL"),), AS_OF)

    read = [filing.documents for filing in gathering.filings]
    assert [one.reason for one in read if isinstance(one, Gap)] == [
        "text not read: SEC EDGAR refused the request: this document is not open.",
        "text not read: SEC EDGAR answered 404.",
        "text not read: the list names no document",
        "text not read: the list names no document",
    ]
    assert gathering.coverage[0][1].state is State.OK
    assert gathering.filings[2].url.endswith("/000000000126000005/0000000001-26-000005-index.htm")


async def test_a_stake_in_another_company_is_told_from_a_stake_in_this_one() -> None:
    in_it = ("0000000001-26-000001", "2026-04-20", "", "SCHEDULE 13D", "005-1", "", "a.htm", "")
    by_it = ("0000000001-26-000002", "2026-04-20", "", "SC TO-T/A", "", "", "b.htm", "")
    insider = ("0000000001-26-000003", "2026-04-20", "", "4", "", "", "c.xml", "")
    async with Loopback() as web:
        publish(web, {"GE": submissions(in_it, by_it, insider)})
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("GE"),), AS_OF)

    assert [filing.about_other for filing in gathering.filings] == [False, True, False]


async def test_looking_again_within_a_minute_asks_the_regulator_nothing() -> None:
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(EIGHT_K)})
        web.serve("/Archives/edgar/data/1/000000000126000001/a.htm", "<p>text</p>")
        fetcher, source = edgar(web)
        async with fetcher:
            first = await source.gather((subject("AAPL"),), AS_OF)
            asked = len(web.asked)
            second = await source.gather((subject("AAPL"),), AS_OF)

    assert first == second
    assert (asked, len(web.asked)) == (3, 3)


async def test_the_contact_stands_in_the_user_agent_of_every_request() -> None:
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(EIGHT_K)})
        fetcher, source = edgar(web)
        async with fetcher:
            await source.gather((subject("AAPL"),), AS_OF)

    assert {asked.headers["user-agent"] for asked in web.asked} == {"Condorcet me@example.org"}


async def test_nothing_is_asked_for_nobody() -> None:
    async with Loopback() as web:
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((), AS_OF)

    assert (gathering.coverage, web.asked) == ((), [])


@pytest.mark.parametrize(
    ("ticker", "covered"),
    [
        ("AAPL", True),
        ("BRK-B", True),
        ("BRK.B", True),
        ("SHOP", True),
        ("MC.PA", False),
        ("SHEL.L", False),
        ("7203.T", False),
        ("BTC-USD", False),
        ("^GSPC", False),
        ("EURUSD=X", False),
    ],
)
def test_names_of_us_exchanges_are_covered(ticker: str, covered: bool) -> None:
    source = source_of("sec", Fetcher(), "https://www.sec.gov")

    assert source.covers(subject(ticker)) is covered


@pytest.mark.parametrize(
    ("isin", "name", "state"),
    [
        ("FR0000121014", "LVMH Moët Hennessy Louis Vuitton", State.NONE),
        ("US60786M1053", "whatever the broker calls it", State.OK),
        ("GB00MOELIS00", "Moelis and Company", State.OK),
        ("FR0000121014", NOT_GIVEN, State.OK),
        (NOT_GIVEN, "LVMH", State.OK),
    ],
)
async def test_a_foreign_name_is_not_taken_for_its_us_namesake(
    isin: str | Gap, name: str | Gap, state: State
) -> None:
    named = Subject(ticker="MC", name=name, isin=isin, country=NOT_GIVEN)
    async with Loopback() as web:
        listed = {"0": {"cik_str": 1, "ticker": "MC", "title": "Moelis & Co"}}
        web.serve("/files/company_tickers.json", json.dumps(listed))
        web.serve("/submissions/CIK0000000001.json", json.dumps(submissions(TEN_Q)))
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((named,), AS_OF)

    coverage = gathering.coverage[0][1]
    assert coverage.state is state
    if state is State.EMPTY:
        assert coverage.reason == "the SEC lists another company under this ticker: Moelis & Co"


async def test_a_companys_former_names_come_with_its_filings() -> None:
    former = [{"name": "CREE, INC.", "from": "2000-01-01"}, {"name": None}, "CREE", {"name": " "}]
    page = {"name": "WOLFSPEED, INC.", "formerNames": former, "filings": {"recent": submissions(TEN_Q)}}
    async with Loopback() as web:
        publish(web, {"WOLF": page, "BARE": {"formerNames": 7, "filings": {"recent": submissions(TEN_Q)}}})
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("WOLF"), subject("BARE")), AS_OF)

    assert gathering.names == (("WOLF", ("WOLFSPEED, INC.", "CREE, INC.")), ("BARE", ()))
