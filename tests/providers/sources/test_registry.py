"""The registry: what is on, what is off and why, and what every row must say."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings
from core.base.gap import NOT_GIVEN
from core.facts.fact import Subject
from providers.http import Fetcher
from providers.identities.client import Register, Unwritten
from providers.sources.registry import ROWS
from providers.sources.shape import Health, Question, Reach, Source, SourceTerms, why_off
from tests.providers.http.loopback import Loopback, page
from tests.providers.sources.reaching import SECRETS, row_of

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
    assert terms.stand_in.country == ("NL" if terms.country == "EU" else terms.country)
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


@pytest.mark.parametrize("key", [row.terms.key for row in ROWS if row.terms.key != "sec"])
async def test_a_source_that_fails_is_a_failure_for_its_holder_and_a_warning_for_others(key: str) -> None:
    row = row_of(key)
    stranger = Subject(ticker="VALE3.SA", name="Vale S.A.", isin="BRVALEACNOR0", country="BR")
    async with Loopback(fallback=page(b"down", status=503)) as web, Fetcher(trusted=[web.url]) as fetcher:
        names = Register(fetcher, Unwritten(), gleif_url=web.url, now=lambda: datetime.now(UTC))
        reach = Reach(fetcher=fetcher, addresses=(web.url,), secrets=SECRETS, identities=names)
        found = [
            await row.check(row, reach, Question(held=held, now=datetime.now(UTC), heard=print))
            for held in ((row.terms.stand_in,), (stranger,))
        ]

    # Korea's number can only be said by the owner: without it nobody is asked.
    if key == "kr_dart":
        assert [one.health for one in found] == [Health.WARNING, Health.WARNING]
        assert found[0].detail.startswith(
            "nothing was read of 005930.KS: its number at DART is not known; say it"
        )
        return
    assert [one.health for one in found] == [Health.FAILED, Health.WARNING]
    assert found[0].detail.endswith("answered 503.")
    assert found[1].detail == f"{found[0].detail} No held name is asked for there."
