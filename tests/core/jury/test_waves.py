"""More votes where they count: when a jury is complete, from its stored answers alone."""

import random

from core.jury.ballot import Answer
from core.jury.waves import (
    FEWEST,
    MOST,
    STOP_SHARE,
    WAVE,
    Size,
    expected_changes,
    next_size,
    share_of_changes,
)
from tests.core.jury.juries import answer, asked, brief, spoiled

NAMES = tuple(f"N{number}" for number in range(12))
ASKED = brief(*(asked(ticker, "5") for ticker in NAMES))
WIDE = Size(least=3, most=9)


def jury(*stances: str, names: int = len(NAMES)) -> list[Answer]:
    """Each ballot says its stance of the first `names` names, hold of the others."""
    return [
        answer(
            ASKED,
            {ticker: (said if place < names else "hold", 5) for place, ticker in enumerate(NAMES)},
            index,
        )
        for index, said in enumerate(stances)
    ]


def test_a_jury_of_one_mind_is_complete_after_the_least() -> None:
    assert next_size(jury("hold", "hold", "hold"), ASKED, WIDE, 3) == 3
    assert expected_changes(jury("hold", "hold", "hold"), ASKED, 3) <= STOP_SHARE


def test_a_jury_of_two_minds_asks_two_more_and_never_beyond_the_most() -> None:
    torn = jury("add", "hold", "add", "add", "add", "add", "hold", "add")

    assert next_size(torn, ASKED, WIDE, 3) == 5
    assert next_size(torn, ASKED, WIDE, 8) == 9
    assert next_size(torn, ASKED, Size(least=3, most=8), 8) == 8


def test_ballots_beyond_those_asked_for_do_not_count() -> None:
    settled = jury("hold", "hold", "hold", "add", "sell")

    assert expected_changes(settled, ASKED, 3) == expected_changes(settled[:3], ASKED, 3)
    assert expected_changes(settled, ASKED, 5) > expected_changes(settled, ASKED, 3)


def test_the_order_of_arrival_changes_nothing() -> None:
    answers = jury("add", "hold", "add", "add", "hold")
    mixed = random.Random(3).sample(answers, 5)

    assert expected_changes(mixed, ASKED, 5) == expected_changes(answers, ASKED, 5)


def test_without_a_readable_quorum_more_is_asked() -> None:
    unread = [*jury("hold", "hold"), spoiled(2)]

    assert expected_changes(unread, ASKED, 3) == 1.0
    assert next_size(unread, ASKED, WIDE, 3) == 5


def test_a_name_on_which_all_abstain_counts_as_one_that_may_change() -> None:
    silent = jury("abstain", "abstain", "abstain", names=3)

    assert expected_changes(silent, ASKED, 3) > 3 / 12 + expected_changes(
        jury("hold", "hold", "hold"), ASKED, 3
    )


def test_a_size_says_itself_as_it_is_set() -> None:
    assert (str(Size(least=5, most=5)), str(WIDE)) == ("5", "3-9")


def test_the_rule_is_the_one_that_was_measured() -> None:
    assert (STOP_SHARE, WAVE) == (0.15, 2)
    assert (FEWEST, MOST) == (3, 31)


def test_names_that_could_not_be_read_count_each_as_one_that_may_change() -> None:
    votes = [(3, 0, 0)] * 8
    read = share_of_changes(votes)

    assert share_of_changes(votes, unread=2) == (8 * read + 2) / 10
    assert share_of_changes([], unread=2) == 1.0
