"""The tables of sentences: each row finds its examples, and not what looks like them."""

import pytest

from core.facts.deals import DEALS
from core.facts.events import Event
from core.facts.filing import Reported
from core.facts.lowering import LOWERING
from core.facts.notable import NOTABLE
from core.facts.phrases import Phrase, beginnings, phrases
from core.facts.statements import STRUCTURAL

ROWS = (*DEALS, *STRUCTURAL, *NOTABLE, *LOWERING)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.label} {row.severity}")
def test_a_row_finds_its_examples_and_not_its_counter_examples(row: Phrase) -> None:
    assert row.examples
    assert row.counters
    assert [one for one in row.examples if row.finds(one) < 0] == []
    assert [one for one in row.counters if row.finds(one) >= 0] == []
    assert row.reason


def test_a_table_is_read_line_by_line() -> None:
    (row,) = phrases("""
@who chief
@who boss
= chief leaves G3 | officer changes, open | a chief leaves | it matters
<who> .{0,9}
  goes
& left[.] .{0,20}<who>
? boss goes
! if the
!! nobody
+ The boss goes.
- If the boss goes.
""")

    assert (row.event, row.severity, row.label, row.reason) == (
        Event.CHIEF_LEAVES,
        "G3",
        "a chief leaves",
        "it matters",
    )
    assert row.finds("The boss soon goes.") == 4
    assert row.finds("The boss", "goes") == -1
    assert row.finds("Ann left.", "She was boss.") == 4
    assert row.finds("Ann left.") == -1
    assert row.finds("If the boss goes.") == -1
    assert row.touches("The boss goes.", beginnings("The boss goes."))
    assert row.touches("Ann left. She was boss.", beginnings("Ann left. She was boss."))
    assert not row.touches("The boss goes.", beginnings("The"))
    assert not row.touches("The boss goes. Nobody came.", beginnings("The boss goes."))
    assert not row.touches("The boss came, Ann goes.", beginnings("The boss goes."))


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
