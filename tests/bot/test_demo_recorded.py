"""The demo's recording: three days of it, and official stores that answer what was recorded of them and
nothing else."""

import json
from contextlib import AsyncExitStack
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from bot.app import open_engine, open_ledger
from bot.app.sources import open_sources
from bot.demo.recorded import (
    ANSWERS,
    EARLIER,
    KEYS,
    OFFICIAL,
    RECORDED_AT,
    RECORDINGS,
    WHEN,
    feeds_at,
    label,
    market_as_of,
    recorded_settings,
    serve_recordings,
)
from bot.report.changes import changes
from bot.report.facts import coverage_line
from bot.settings import Settings
from core.engine.looking import ask_source
from core.facts.coverage import coverage_by_ticker
from core.facts.fact import Coverage, Filing, SourceClass, State, Subject
from core.run import Purpose, Run
from providers.sources.feeds.rows import read_feeds

NAMES = (
    ("ASML.AS", "ASML Holding N.V.", "NL0010273215", "AFM", date(2026, 2, 25), 1),
    ("HEIA.AS", "Heineken N.V.", "NL0000009165", "AFM", date(2026, 2, 11), 1),
    ("ADYEN.AS", "Adyen N.V.", "NL0012969182", "AFM", date(2026, 3, 5), 1),
    ("WKL.AS", "Wolters Kluwer N.V.", "NL0000395903", "AFM", date(2026, 3, 11), 1),
    ("ENI.MI", "Eni S.p.A.", "IT0003132476", "1INFO", date(2026, 3, 23), 3),
    ("NOVO-B.CO", "Novo Nordisk A/S", "DK0062498333", "Finanstilsynet OAM", date(2026, 2, 4), 3),
    ("NOKIA.HE", "Nokia Oyj", "FI0009000681", "Nasdaq Helsinki OAM", date(2025, 11, 13), 4),
    ("IBE.MC", "Iberdrola, S.A.", "ES0144580Y14", "CNMV", date(2025, 9, 24), 10),
)
READ = {State.OK, State.EMPTY}


async def looked(*subjects: Subject) -> tuple[dict[str, tuple[Coverage, ...]], tuple[Filing, ...]]:
    """Coverage by ticker and filings of the demo's official sources."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        mine = Settings(database=folder / "l.sqlite")
        settings = await recorded_settings(stack, mine, RECORDED_AT.date())
        ledger = stack.enter_context(open_ledger(settings))
        sources = await open_sources(stack, settings, ledger, documents=None, recorded=True)
        official = [one for one in sources.facts if one.source_class is SourceClass.OFFICIAL]
        found = []
        for source in official:
            covered = tuple(subject for subject in subjects if source.covers(subject))
            found.append(await ask_source(source, covered, RECORDED_AT))
    return coverage_by_ticker(tuple(found)), tuple(filing for one in found for filing in one.filings)


async def test_eight_names_of_five_stores_are_read_by_name_with_the_days_as_recorded() -> None:
    subjects = tuple(
        Subject(ticker=ticker, name=name, isin=isin, country=isin[:2]) for ticker, name, isin, *_ in NAMES
    )

    coverage, filings = await looked(*subjects)

    assert len({source for _, _, _, source, _, _ in NAMES}) == 5
    for ticker, _, _, source, newest, count in NAMES:
        assert [(row.source, row.state) for row in coverage[ticker]] == [(source, State.OK)], ticker
        mine = [filing for filing in filings if filing.ticker == ticker]
        assert (max(filing.filed for filing in mine), len(mine)) == (newest, count), ticker


async def test_what_was_read_says_when_it_was_recorded() -> None:
    asml = Subject(ticker="ASML.AS", name="ASML Holding N.V.", isin="NL0010273215", country="NL")

    coverage, _ = await looked(asml)

    assert coverage_line(coverage["ASML.AS"][0]) == "AFM: read (recorded in June 2026, read until 2026-04-24)"


async def test_the_reports_eight_names_outside_the_us_have_an_official_source_that_was_read(
    tmp_path: Path,
) -> None:
    async with open_engine(Settings(database=tmp_path / "demo.sqlite"), demo=True) as engine:
        run = await engine.analyze()

    read = {
        dossier.ticker: row.source
        for dossier in run.opening.snapshot.dossiers
        for row in dossier.coverage
        if row.source_class is SourceClass.OFFICIAL and row.state in READ
    }
    assert {ticker for ticker, source in read.items() if source != "SEC EDGAR"} == {row[0] for row in NAMES}
    assert len(read) == 15
    # No headline was recorded of them, so no newswire is claimed either.
    asml = next(dossier for dossier in run.opening.snapshot.dossiers if dossier.ticker == "ASML.AS")
    assert [row.source for row in asml.coverage] == ["AFM"]


@pytest.mark.parametrize(
    ("ticker", "name", "isin", "look"),
    [
        ("HSBA.L", "HSBC Holdings plc", "GB0005405286", "National Storage Mechanism"),
        ("MC.PA", "LVMH Moët Hennessy Louis Vuitton SE", "FR0000121014", "Info-financière"),
        ("7203.T", "Toyota Motor Corporation", "JP3633400001", "EDINET"),
        ("BMW.DE", "Bayerische Motoren Werke Aktiengesellschaft", "DE0005190003", "Unternehmensregister"),
        ("ENEL.MI", "Enel SpA", "IT0003128367", "1INFO"),
    ],
)
async def test_a_name_of_which_nothing_was_recorded_is_none_and_says_where_to_look(
    ticker: str, name: str, isin: str, look: str
) -> None:
    coverage, filings = await looked(Subject(ticker=ticker, name=name, isin=isin, country=isin[:2]))

    (row,) = coverage[ticker]
    assert (row.source, row.state) == ("official sources", State.NONE)
    assert str(row.reason).startswith("nothing official was recorded of it for the demo; look at ")
    assert look in str(row.reason)
    assert filings == ()


async def test_what_was_not_recorded_is_not_found() -> None:
    async with serve_recordings() as base, httpx.AsyncClient(trust_env=False) as client:
        other = await client.post(f"{base}/official/dk_oam/search", json={"options": ["12345678"]})
        outside = await client.get(f"{base}/official/nl_afm/../../../../etc/passwd")
        known = await client.get(f"{base}/official/nl_afm/export.aspx?type=x&format=xml")

    assert (other.status_code, outside.status_code, known.status_code) == (404, 404, 200)


def test_every_recorded_answer_has_its_file_and_every_file_its_line() -> None:
    files = {(line["source"], line["file"]) for line in ANSWERS}
    said = (OFFICIAL / "SOURCES.md").read_text("utf-8")

    assert files == {
        (path.parent.name, path.name)
        for path in OFFICIAL.rglob("*")
        if path.is_file() and path.parent != OFFICIAL
    }
    assert all(f"{key}/{file}" in said for key, file in files)
    assert (len(KEYS), set(WHEN)) == (5, {*KEYS, "sec"})


def test_every_name_with_recorded_headlines_has_a_feed_of_its_own() -> None:
    rows = read_feeds(feeds_at("http://127.0.0.1:1"), name="feeds.csv")

    assert {(row.ticker, row.address) for row in rows} == {
        (path.stem, f"http://127.0.0.1:1/news/{path.name}") for path in (RECORDINGS / "news").glob("*.xml")
    }


def test_an_earlier_day_knows_only_the_closes_until_then() -> None:
    names = json.loads(market_as_of(date(2026, 2, 27)))["names"]

    apple = next(name for name in names if name["ticker"] == "AAPL")
    assert (apple["price"], apple["day"]) == (264.18, "2026-02-27")
    assert all(row[0] <= "2026-02-27" for name in names for row in name["history"])
    assert len(names) == len(json.loads(market_as_of(RECORDED_AT.date()))["names"])


def test_a_name_that_had_no_close_yet_is_not_there() -> None:
    assert json.loads(market_as_of(date(2025, 3, 7)))["names"] != []
    assert json.loads(market_as_of(date(2025, 1, 2)))["names"] == []


def test_the_months_lie_as_far_apart_as_a_track_record_needs() -> None:
    days = [moment.date() for moment in (*EARLIER, RECORDED_AT)]

    assert [(later - earlier).days for earlier, later in pairwise(days)] == [28, 28]


async def test_three_months_in_a_row_give_changes_and_a_track_record(tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "demo.sqlite")
    for moment in (*EARLIER, None):
        async with open_engine(settings, demo=True, at=moment) as engine:
            last = await engine.analyze()

    found = changes(last, _second(settings))

    assert last.opening.snapshot.recording == label(RECORDED_AT.date())
    assert found.compared
    assert found.news
    with open_ledger(settings, demo=True) as ledger:
        days = [
            ledger.run(one.id).opening.snapshot.day
            for one in ledger.runs(purposes=(Purpose.REPORT,), limit=9)
        ]
    assert days == [date(2026, 4, 24), date(2026, 3, 27), date(2026, 2, 27)]


def _second(settings: Settings) -> Run:
    with open_ledger(settings, demo=True) as ledger:
        return ledger.run(ledger.runs(purposes=(Purpose.REPORT,), limit=2)[1].id)
