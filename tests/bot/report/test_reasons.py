"""Reasons that several ballots give are said once, however many a model writes."""

import time

from bot.report.reasons import COMPARED, shared


def test_alike_reasons_are_one_with_the_number_of_their_ballots() -> None:
    given = [
        (0, ("Margins fall as costs rise in Europe", "Debt is high")),
        (1, ("Costs rise in Europe as margins fall",)),
        (2, ("Margins fall 3 % as costs rise in Europe",)),
    ]

    found = shared(given)

    assert [(reason.text, reason.ballots) for reason in found] == [
        ("Margins fall as costs rise in Europe", 2),
        ("Debt is high", 1),
        ("Margins fall 3 % as costs rise in Europe", 1),
    ]


def test_thousands_of_reasons_are_all_counted_and_hold_nothing_up() -> None:
    begun = time.monotonic()

    found = shared([(ballot, tuple(f"reason {n}" for n in range(25_000))) for ballot in range(5)])

    assert time.monotonic() - begun < 3
    assert [reason.ballots for reason in found[: COMPARED + 1]] == [5] * COMPARED + [1]
    assert len(found) == COMPARED + 5 * (25_000 - COMPARED)
