"""The demo's official stores answer what was recorded of them, through the real adapters, and nothing else."""

from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.app import open_ledger
from bot.app.sources import open_sources
from bot.demo.official import ANSWERS, FOLDER, KEYS
from bot.demo.recorded import RECORDED_AT, recorded_settings, serve_recordings
from bot.settings import Settings
from core.engine.looking import ask_source
from core.facts.coverage import coverage_by_ticker
from core.facts.fact import Coverage, Filing, State, Subject

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


async def looked(*subjects: Subject) -> tuple[dict[str, tuple[Coverage, ...]], tuple[Filing, ...]]:
    """Coverage by ticker and filings of the demo's official sources."""
    async with AsyncExitStack() as stack:
        settings = await recorded_settings(
            stack, Settings(database=Path("nowhere.sqlite")), RECORDED_AT.date()
        )
        with open_ledger(
            settings.model_copy(update={"database": stack_folder(stack) / "l.sqlite"})
        ) as ledger:
            sources = await open_sources(stack, settings, ledger, documents=None, recorded=True)
            official = [one for one in sources.facts if one.source_class.value == "official"]
            found = []
            for source in official:
                mine = tuple(subject for subject in subjects if source.covers(subject))
                found.append(await ask_source(source, mine, RECORDED_AT))
    return coverage_by_ticker(tuple(found)), tuple(filing for one in found for filing in one.filings)


def stack_folder(stack: AsyncExitStack) -> Path:
    from tempfile import TemporaryDirectory

    return Path(stack.enter_context(TemporaryDirectory()))


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
    files = {(key, file) for key, _, _, _, file in ANSWERS}
    said = (FOLDER / "SOURCES.md").read_text("utf-8")

    assert files == {
        (path.parent.name, path.name)
        for path in FOLDER.rglob("*")
        if path.is_file() and path.name != "SOURCES.md"
    }
    assert all(f"{key}/{file}" in said for key, file in files)
    assert len(KEYS) == 5
