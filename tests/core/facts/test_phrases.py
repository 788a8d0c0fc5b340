"""The tables of sentences: each row finds its examples, and not what looks like them."""

import re

import pytest

from core.facts.events import Event
from core.facts.filing import Reported
from core.facts.phrases import Phrase, Text, cleared, mark_lines, phrases, rows

ROWS = (*rows("structural"), *rows("notable"), *rows("lowering"))
MARKS = [(name, line) for name, lines in mark_lines() for line in lines]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.label} {row.severity}")
def test_a_row_finds_its_examples_and_not_its_counter_examples(row: Phrase) -> None:
    assert row.examples
    assert row.counters
    assert [one for one in row.examples if row.finds(Text(cleared(one)), sentence=one.lower()) < 0] == []
    assert [one for one in row.counters if row.finds(Text(cleared(one)), sentence=one.lower()) >= 0] == []
    assert row.reason


@pytest.mark.parametrize(("name", "line"), MARKS, ids=lambda one: one if isinstance(one, str) else one[1])
def test_a_mark_finds_its_example_and_not_its_counter_example(name: str, line: tuple[str, str, str]) -> None:
    alternative, example, counter = line

    assert name
    assert re.search(alternative, example, re.IGNORECASE)
    assert not re.search(alternative, counter, re.IGNORECASE)


def test_a_table_is_read_line_by_line() -> None:
    (row,) = phrases("""
@who chief
@who boss
= chief leaves G3 | officer changes, open | a chief leaves | it matters
<who> .{0,9}goes
\\bleaves\\b && <who>
& left[.] .{0,20}<who>
! not
!! nobody
+ The boss goes.
- The boss goes not.
""")

    assert (row.event, row.severity, row.label, row.reason) == (
        Event.CHIEF_LEAVES,
        "G3",
        "a chief leaves",
        "it matters",
    )
    assert row.finds(Text("the boss soon goes.")) == 4
    assert row.finds(Text("now leaves the boss.")) == 4
    assert row.finds(Text("now leaves the aunt.")) == -1
    assert row.finds(Text("the boss"), "goes") == -1
    assert row.finds(Text("ann left."), "she was boss.") == 4
    assert row.finds(Text("ann left."), "she was not boss.") == -1
    assert row.finds(Text("ann left.")) == -1
    assert row.finds(Text("the boss goes."), sentence="the boss goes, not") == -1
    assert row.touches(Text("the boss goes."))
    assert row.touches(Text("ann left. she was boss."))
    assert not row.touches(Text("ann goes."))
    assert not row.touches(Text("the boss goes. nobody came."))


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("If Mr. Roe resigns, he is paid.", "mr. roe resigns"),
        ("Mr. Roe, former Chief Financial Officer of Acme, sold shares.", "chief"),
        ("She was Chief Financial Officer of Omega from 2001.", "chief"),
        ("The agreement may be terminated by him.", "terminated"),
        ("Awards vest upon retirement.", "retirement"),
    ],
)
def test_a_condition_or_a_past_office_states_nothing(sentence: str, states: str) -> None:
    read = cleared(sentence)

    assert states not in read
    assert len(read) == len(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Roe resigned as Chief Financial Officer of the Company.",
        "She takes over upon the retirement of Mr. Roe.",
        "Mr. Roe was terminated without cause.",
    ],
)
def test_a_sentence_that_states_something_is_left_whole(sentence: str) -> None:
    assert cleared(sentence) == sentence.lower()


@pytest.mark.parametrize(
    ("reported", "tried"),
    [
        (Reported(event=Event.OFFICER, label=""), True),
        (Reported(event=Event.OTHER, label="", open=True), True),
        (Reported(event=Event.OTHER, label=""), False),
    ],
)
def test_a_row_is_tried_where_its_event_or_nothing_is_told(reported: Reported, tried: bool) -> None:
    (row,) = phrases("= chief leaves G3 | officer changes, open | a | b\nx\n")

    assert row.concerns(reported) is tried
