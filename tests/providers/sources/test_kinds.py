"""Every row of every source's table of kinds finds its example and not its counter-example, and the first that finds decides."""

import importlib
from decimal import Decimal

import pytest

from core.facts.events import Event, Severity
from core.facts.filing import Stake
from providers.sources.directive import KINDS as DIRECTIVE
from providers.sources.fr_bdif import codes as bdif
from providers.sources.kinds import Kind, translate
from providers.sources.registry import ROWS
from providers.sources.uk_nsm import codes as nsm

TABLES: list[tuple[str, Kind]] = [("directive", row) for row in DIRECTIVE]
for _row in ROWS:
    _codes = importlib.import_module(f"providers.sources.{_row.terms.key}.codes")
    TABLES += [(_row.terms.key, row) for row in getattr(_codes, "KINDS", ()) if row not in DIRECTIVE]


@pytest.mark.parametrize(("source", "row"), TABLES, ids=lambda value: getattr(value, "label", value))
def test_a_row_finds_its_example_and_not_its_counter_example(source: str, row: Kind) -> None:
    assert row.pattern.search(row.example), source
    assert not row.pattern.search(row.counter), source
    assert row.reason


@pytest.mark.parametrize(
    ("said", "title", "event", "series"),
    [
        ("INSIDE INFORMATION", "Half-year results postponed", Event.OTHER, ""),
        ("ACQUISITION OR DISPOSAL OF AN ISSUER'S OWN SHARES", "x", Event.BUYBACK, "own shares"),
        ("MANAGERS’ TRANSACTION", "x", Event.INSIDER, "managers' dealings"),
        ("Annual Financial Report", "x", Event.RESULTS, ""),
        ("Director/PDMR Shareholding", "x", Event.INSIDER, "managers' dealings"),
        ("Holding(s) in Company", "x", Event.HOLDING, "large holding"),
        ("Result of AGM", "x", Event.MEETING, ""),
        ("EX DATE", "x", Event.DIVIDEND, ""),
    ],
)
def test_kinds_of_the_directive(said: str, title: str, event: Event, series: str) -> None:
    reported, found = translate(DIRECTIVE, said, title)

    assert (reported.event, found) == (event, series)


def test_a_kind_that_no_row_knows_is_never_dropped() -> None:
    reported, series = translate(DIRECTIVE, "Something new", "of its kind")

    assert (reported.event, reported.weight, reported.open, series) == (Event.OTHER, Severity.G2, True, "")


def test_codes_of_the_london_store_go_before_words_and_unknown_ones_by_them() -> None:
    known, series = nsm.translated("POS", "Transaction in Own Shares", "Transaction in Own Shares")
    unknown, _ = nsm.translated("QQQ", "Annual Financial Report", "Final results")

    assert (known.event, known.code, known.weight, series) == (
        Event.BUYBACK,
        "POS",
        Severity.G1,
        "transaction in own shares",
    )
    assert unknown.event is Event.RESULTS


def test_an_offer_for_its_own_shares_is_no_bid() -> None:
    assert bdif.translated("OPRA").event is Event.BUYBACK
    assert bdif.translated("OPA").event is bdif.translated("NEW").event is Event.BID_RECEIVED


FORM = """3. Details of person subject to the notification obligation
Name
{holder}
Resulting situation on the date on which threshold was crossed or reached
3.010000
0.000000
{now}
14798922
Position of previous notification (if applicable)
{before}"""


def test_a_filled_form_gives_the_share_before_and_after() -> None:
    filled = FORM.format(holder="Big Fund", now="6.400000", before="7.000000\n0.100000\n7.100000\n")

    assert nsm.stake_of(filled) == (Stake(holder="Big Fund", percent=Decimal("6.4"), before=Decimal("7.1")),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Name\nBig Fund",
        FORM.format(holder="Big Fund", now="none", before=""),
        FORM.format(holder="Big Fund", now="640.000000", before=""),
    ],
)
def test_a_form_that_is_filled_in_another_way_gives_nothing(text: str) -> None:
    assert nsm.stake_of(text) == ()
