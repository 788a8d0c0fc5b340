"""The registry: what is on, what is off and why, and what every row must say."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings
from core.base.gap import NOT_GIVEN
from core.facts.fact import Subject
from providers.sources.registry import ROWS
from providers.sources.shape import Source, SourceTerms, why_off

FOLDERS = Path(__file__).parents[3] / "providers" / "sources"
OFFICIAL = sorted(folder.name for folder in FOLDERS.iterdir() if (folder / "terms.toml").is_file())
STAND_IN = Subject(ticker="AAA", name="Aaa", isin=NOT_GIVEN, country=NOT_GIVEN)
OPEN = SourceTerms(
    key="open",
    name="Open",
    country="XX",
    reads="everything",
    home="https://example.org",
    licence="CC0",
    checked=date(2026, 11, 28),
    per_second=1.0,
    rate="its own",
    welcome=True,
    why="it says so",
    seen="recorded",
    zone="UTC",
    stand_in=STAND_IN,
    addresses=("open_url",),
)
CLOSED = SourceTerms(
    key="closed",
    name="Closed",
    country="XX",
    reads="everything",
    home="https://example.org",
    licence="none stated",
    checked=date(2026, 11, 28),
    per_second=1.0,
    rate="ours",
    welcome=False,
    why="its terms name no programs",
    seen="recorded",
    zone="UTC",
    stand_in=STAND_IN,
    addresses=("closed_url",),
    needs=("closed_key",),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.terms.key)
def test_a_row_is_a_folder_with_settings_of_its_own(row: Source) -> None:
    folder = FOLDERS / row.terms.key

    assert {"client.py", "terms.toml"} <= {file.name for file in folder.iterdir()}
    assert all(Settings.model_fields[name].default.startswith("https://") for name in row.terms.addresses)
    assert all(name in Settings.model_fields for name in row.terms.needs)


def test_every_folder_with_terms_has_its_row_and_no_two_share_a_word_or_a_name() -> None:
    assert sorted(row.terms.key for row in ROWS) == OFFICIAL
    assert len({row.terms.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.terms.key)
def test_the_terms_say_who_where_when_and_why(row: Source) -> None:
    terms = row.terms

    assert all((terms.reads, terms.licence, terms.why, terms.seen, terms.rate))
    assert terms.home.startswith("https://")
    # Only terms that somebody looked up can clearly allow anything.
    assert not terms.welcome or (terms.checked is not None and "https://" in terms.licence)
    assert terms.checked is None or "https://" in terms.licence
    assert ZoneInfo(terms.zone)
    assert isinstance(terms.stand_in.isin, str)
    assert 0 < terms.per_second <= 5
    assert len(terms.country) == 2


UNCLEAR = "off: its terms name no programs (SOURCES=default,closed switches it on)"


@pytest.mark.parametrize(
    ("terms", "chosen", "given", "said"),
    [
        (OPEN, (), frozenset(), ""),
        (OPEN, ("default",), frozenset(), ""),
        (OPEN, ("open",), frozenset(), ""),
        (OPEN, ("closed",), frozenset(), "off: not among SOURCES (SOURCES=default,open switches it on)"),
        (CLOSED, (), frozenset({"closed_key"}), UNCLEAR),
        (CLOSED, ("default",), frozenset({"closed_key"}), UNCLEAR),
        (CLOSED, ("closed",), frozenset(), "off: it needs CLOSED_KEY"),
        (CLOSED, ("closed",), frozenset({"closed_key"}), ""),
    ],
)  # fmt: skip
def test_a_source_is_on_when_its_terms_welcome_programs_or_the_owner_names_it(
    terms: SourceTerms, chosen: tuple[str, ...], given: frozenset[str], said: str
) -> None:
    assert why_off(terms, {"some_url": "https://example.org"}, chosen, given) == said


def test_an_address_that_is_off_wins_over_everything() -> None:
    said = why_off(OPEN, {"some_url": "https://example.org", "open_url": None}, ("open",), frozenset())

    assert said == "switched off by OPEN_URL=off"


def test_a_second_host_of_a_source_is_asked_under_its_terms() -> None:
    row = next(row for row in ROWS if row.terms.key == "uk_nsm")

    terms = row.terms.host_terms(("https://api.data.fca.org.uk",), "me@example.org")

    assert terms.hold_for("https://data.fca.org.uk/artefacts/NSM/RNS/1.html")
    assert terms.hold_for("https://api.data.fca.org.uk/search?index=x")
    assert not terms.hold_for("https://www.fca.org.uk/")
    assert (terms.per_second, terms.user_agent) == (1.0, "Condorcet me@example.org")
