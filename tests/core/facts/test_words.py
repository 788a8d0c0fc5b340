"""Every row of every language finds its example, lets its counter-example pass, and weighs what its section
says.
"""

import pytest

from core.facts.events import Event
from core.facts.fact import Authority
from core.facts.gates import forecasts, opinion, sourcing, stop
from core.facts.headlines import event_of, events, grade_headline
from core.facts.rule import Row, line, rows_of, table
from core.facts.words import LANGUAGES, words

GATES = [*sourcing().rows, *opinion().rows]
ROWS = [*events().rows, *GATES, *forecasts().rows]


def _called(row: Row) -> str:
    return f"{row.language} {row.name} {row.phrase[:30]}"


@pytest.mark.parametrize("row", ROWS, ids=_called)
def test_a_row_finds_its_example_and_not_its_counter_example(row: Row) -> None:
    alone = table([row])

    assert alone.first(line(row.example)) is row
    assert alone.first(line(row.counter)) is None
    assert row.reason


@pytest.mark.parametrize("row", events().rows, ids=_called)
def test_the_whole_table_gives_an_example_the_weight_of_its_row(row: Row) -> None:
    assert grade_headline(line(row.example)).grade.severity is event_of(row)[1]


@pytest.mark.parametrize("row", GATES, ids=_called)
def test_an_official_item_passes_whatever_its_words(row: Row) -> None:
    assert stop(line(row.example), Authority.OTHER) is not None
    assert stop(line(row.example), Authority.OFFICIAL) is None


@pytest.mark.parametrize("row", events().rows, ids=_called)
def test_no_gate_stops_the_example_of_an_event(row: Row) -> None:
    assert stop(line(row.example), Authority.OTHER) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_the_events_that_change_a_thesis(language: str) -> None:
    known = {event_of(row)[0] for row in rows_of(language, words(language, "events"))}

    assert known >= {
        *(Event.INSOLVENCY, Event.RESTATEMENT, Event.GUIDANCE_DOWN, Event.CHIEF_LEAVES, Event.CHIEF_COMES),
        *(Event.BID_RECEIVED, Event.DEAL_AGREED, Event.DEAL_OFF, Event.DIVIDEND_CUT, Event.PRODUCT_FAILED),
    }


def test_a_prefix_has_four_letters_at_least_so_that_its_row_is_found() -> None:
    assert [row.phrase for row in ROWS for key in row.keys if "*" in key and len(key) < 5] == []


def test_a_row_of_another_language_does_not_read_an_english_headline() -> None:
    (row,) = rows_of("it", "= rating / a view\nsell / Equita: sell / Equita")

    assert table([row]).first(line("Equita dice sell per il titolo")) is row
    assert table([row]).first(line("Maker to sell its unit for the price of one")) is None


def test_a_headline_without_small_words_is_read_in_every_language() -> None:
    assert grade_headline(line("Stellantis senkt Prognose")).grade.event is Event.GUIDANCE_DOWN
    assert grade_headline(line("Stellantis cuts outlook")).grade.event is Event.GUIDANCE_DOWN


def test_a_headline_of_any_length_costs_the_same() -> None:
    assert line("cut " * 100_000) == line("cut " * 100)
