"""Every row of every source's table of kinds finds its example and not its counter-example, and the first that finds decides."""

import importlib

import pytest

from core.facts.events import Event, Severity
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
