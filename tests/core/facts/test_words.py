"""Every row of every language finds its example, lets its counter-example pass, and weighs what its section
says.
"""

import pytest

from core.facts.events import Event
from core.facts.fact import Authority
from core.facts.gates import forecasts, opinion, sourcing, stop
from core.facts.headlines import event_of, events, grade_headline
from core.facts.rule import ANY, line, rows_of, table
from core.facts.words import LANGUAGES, words

GATES = [*sourcing().rows, *opinion().rows]
CONTEXT = rows_of(ANY, words(ANY, "context"))
ROWS = [*events().rows, *GATES, *forecasts().rows, *CONTEXT]


# A test for each language, not for each of its rows: thousands of tests cost a minute and say no more.
@pytest.mark.parametrize("language", sorted({row.language for row in ROWS}))
def test_every_row_finds_its_example_and_not_its_counter_example(language: str) -> None:
    wrong = [
        (row.phrase, row.example, row.counter)
        for row in ROWS
        if row.language == language
        for alone in [table([row])]
        if alone.first(line(row.example)) is not row
        or alone.first(line(row.counter)) is not None
        or not row.reason
    ]

    assert wrong == []


def test_the_whole_table_gives_each_example_the_weight_of_its_row() -> None:
    assert [
        (row.phrase, row.example)
        for row in events().rows
        if grade_headline(line(row.example)).grade.severity is not event_of(row)[1]
    ] == []


def test_an_official_item_passes_whatever_its_words() -> None:
    assert [row.phrase for row in GATES if stop(line(row.example), Authority.OTHER) is None] == []
    assert [row.phrase for row in GATES if stop(line(row.example), Authority.OFFICIAL) is not None] == []


def test_no_gate_stops_the_example_of_an_event() -> None:
    assert [row.phrase for row in events().rows if stop(line(row.example), Authority.OTHER)] == []


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


def test_phrases_joined_by_an_ampersand_stand_in_any_order() -> None:
    (row,) = rows_of("en", "= x / y\ncut & outlook -- rate / Outlook cut / Outlook")

    assert row.finds(line("Maker had its outlook cut"))
    assert row.finds(line("Maker to cut the outlook"))
    assert not row.finds(line("Maker had to cut the outlook for the rate"))
    assert not row.finds(line("Maker had to cut"))


def test_a_star_in_front_stands_for_any_beginning_of_a_word() -> None:
    (row,) = rows_of(
        "de", "= x / y\n@boss *chef lenker\n@all {boss} *vorstand\n{all} geht / Bankchef geht / Chefin geht"
    )

    assert table([row]).first(line("Bahnchef geht")) is row
    assert table([row]).first(line("Finanzvorstand geht")) is row
    assert table([row]).first(line("Chefin geht")) is None


def test_a_headline_of_any_length_costs_the_same() -> None:
    assert line("cut " * 100_000) == line("cut " * 100)
