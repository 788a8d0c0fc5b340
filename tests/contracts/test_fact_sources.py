"""What every source of facts promises, whoever it asks: one coverage per asked name, and silence is never
failure."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN
from core.facts.fact import Authority, Filing, Gathering, SourceClass, State, Story, Subject
from core.ports import FactSource
from providers.http import Fetcher
from providers.sources.feeds.client import FeedSource
from providers.sources.feeds.rows import FeedKind, FeedRow
from providers.sources.search.client import Search
from providers.sources.stories.parser import Parser
from tests.providers.http.loopback import Asked, Loopback, page
from tests.providers.sources.reaching import source_of, terms_of

AS_OF = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
FULL, SILENT, BROKEN = "FULL", "SILENT", "BROKEN"
ISINS = {FULL: "FR0000000001", SILENT: "FR0000000002", BROKEN: "FR0000000003"}
NAMES = {FULL: "Fullington", SILENT: "Silentworth", BROKEN: "Brokenhurst"}


def feed(count: int) -> str:
    items = "".join(
        f"<item><title>Item {n}</title><guid>{n}</guid>"
        f"<pubDate>Fri, 24 Apr 2026 0{n}:00:00 GMT</pubDate></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel>{items}</channel></rss>'


def submissions(count: int) -> str:
    rows = range(count)
    return json.dumps(
        {
            "accessionNumber": [f"0000000001-26-00000{n}" for n in rows],
            "filingDate": ["2026-04-20" for _ in rows],
            "form": ["10-Q" for _ in rows],
        }
    )


def records(isin: str, count: int) -> str:
    made = [
        {
            "identificationsociete_iso_cd_isi": isin,
            "informationdeposee_inf_dat_emt": f"2026-04-0{n + 1}T08:00:00+00:00",
        }
        for n in range(count)
    ]
    return json.dumps({"results": made})


@dataclass(frozen=True)
class Case:
    """`made` builds the source over a base address; `answer` is a name's body: 3, 0 items, or a block
    page."""

    made: Callable[[Fetcher, str], FactSource]
    answer: Callable[[str, int], str]
    suffix: str
    path_of: Callable[[str], str]
    source_class: SourceClass


CASES = {
    "SEC EDGAR": Case(
        made=lambda fetcher, url: source_of("sec", fetcher, url),
        answer=lambda _name, count: submissions(count),
        suffix="",
        path_of=lambda name: f"CIK{sorted(NAMES).index(name) + 1:010d}",
        source_class=SourceClass.OFFICIAL,
    ),
    "Info-financière": Case(
        made=lambda fetcher, url: source_of("info_financiere", fetcher, url),
        answer=lambda name, count: records(ISINS[name], count),
        suffix=".PA",
        path_of=lambda name: ISINS[name],
        source_class=SourceClass.OFFICIAL,
    ),
    "Example": Case(
        made=lambda fetcher, url: FeedSource(
            (
                FeedRow(
                    address=url + "/{ticker}.xml",
                    publisher="Example",
                    authority=Authority.OTHER,
                    kind=FeedKind.NAME,
                ),
            ),
            fetcher,
            Parser(),
        ),
        answer=lambda _name, count: feed(count),
        suffix="",
        path_of=lambda name: f"{name}.xml",
        source_class=SourceClass.NEWSWIRE,
    ),
    "news search": Case(
        made=lambda fetcher, url: Search(fetcher, Parser(), url=url),
        answer=lambda _name, count: feed(count),
        suffix=".PA",
        path_of=lambda name: NAMES[name],
        source_class=SourceClass.SEARCH,
    ),
}


def subject(case: Case, name: str) -> Subject:
    return Subject(ticker=name + case.suffix, name=NAMES[name], isin=ISINS[name], country=NOT_GIVEN)


async def gather(case: Case, *names: str, down: bool = False) -> Gathering:
    """Asks the source for the names; FULL has three items, SILENT none, BROKEN a block page."""
    tickers = {
        str(number): {"cik_str": number, "ticker": name, "title": name}
        for number, name in enumerate(sorted(NAMES), start=1)
    }
    bodies = {
        FULL: case.answer(FULL, 3),
        SILENT: case.answer(SILENT, 0),
        BROKEN: "<html>Are you human?</html>",
    }

    def answer_to(asked: Asked) -> Callable[..., Awaitable[None]]:
        if "company_tickers" in asked.path:
            return page(json.dumps(tickers).encode())
        found = [
            body for name, body in bodies.items() if case.path_of(name).casefold() in asked.path.casefold()
        ]
        return page(found[0].encode() if found else b"", status=200 if found else 404)

    async with Loopback() as web:

        async def route(asked: Asked, writer: asyncio.StreamWriter) -> None:
            await (page(b"down", status=503) if down else answer_to(asked))(asked, writer)

        web.fallback = route
        terms = terms_of("sec", web.url)
        async with Fetcher(trusted=[web.url], terms=[terms]) as fetcher:
            source = case.made(fetcher, web.url)
            subjects = tuple(subject(case, name) for name in names)
            assert all(source.covers(each) for each in subjects)
            return await source.gather(subjects, AS_OF)


@pytest.mark.parametrize("name", CASES)
async def test_each_asked_name_has_one_coverage_in_the_asked_order(name: str) -> None:
    case = CASES[name]

    gathering = await gather(case, SILENT, FULL, BROKEN)

    assert [ticker for ticker, _coverage in gathering.coverage] == [
        each + case.suffix for each in (SILENT, FULL, BROKEN)
    ]
    assert (gathering.source, gathering.source_class) == (name, case.source_class)
    assert {coverage.source for _ticker, coverage in gathering.coverage} == {name}
    assert {coverage.source_class for _ticker, coverage in gathering.coverage} == {case.source_class}


@pytest.mark.parametrize("name", CASES)
async def test_what_is_there_is_ok_what_is_silent_is_empty_and_what_is_broken_is_failed(name: str) -> None:
    gathering = await gather(CASES[name], FULL, SILENT, BROKEN)

    states = [coverage.state for _ticker, coverage in gathering.coverage]
    assert states == [State.OK, State.EMPTY, State.FAILED]
    assert isinstance(gathering.coverage[2][1].reason, str)
    assert gathering.coverage[2][1].reason.strip()
    assert gathering.read == 3
    assert len(gathering.filings) + len(gathering.stories) == 3


@pytest.mark.parametrize("name", CASES)
async def test_one_name_that_cannot_be_read_never_raises(name: str) -> None:
    gathering = await gather(CASES[name], BROKEN)

    assert gathering.coverage[0][1].state is State.FAILED


@pytest.mark.parametrize("name", CASES)
async def test_a_source_that_is_down_says_so_for_every_name_or_raises_in_its_own_name(name: str) -> None:
    outcome: Gathering | SourceFailed
    try:
        outcome = await gather(CASES[name], FULL, SILENT, down=True)
    except SourceFailed as failure:
        outcome = failure

    if isinstance(outcome, SourceFailed):
        assert (outcome.source, str(outcome)) == (name, f"{name} answered 503.")
    else:
        assert [coverage.state for _ticker, coverage in outcome.coverage] == [State.FAILED] * 2


@pytest.mark.parametrize("name", CASES)
async def test_the_same_answers_gather_to_the_same_value(name: str) -> None:
    first = await gather(CASES[name], FULL, SILENT, BROKEN)
    second = await gather(CASES[name], FULL, SILENT, BROKEN)

    assert first == second


@pytest.mark.parametrize("name", CASES)
async def test_items_belong_to_asked_names_and_to_this_source(name: str) -> None:
    case = CASES[name]

    gathering = await gather(case, FULL, SILENT)

    assert {filing.ticker for filing in gathering.filings} <= {FULL + case.suffix}
    items: tuple[Filing | Story, ...] = (*gathering.filings, *gathering.stories)
    assert {item.source for item in items} == {name}
    assert all(item.key for item in items)
