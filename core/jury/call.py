"""The call: what a person acts on. Pure integers; the one place that says when votes are steady.

"Changed", "came again" and the repeat probability are all about the call. Unanimous to consensus is no change
of it.
"""

from enum import StrEnum

Votes = tuple[int, int, int]

# Steady from four of five on: on two independent juries four of five was reversed 0.02 times per 30 names,
# three of five 0.41 times.
STEADY_NUMERATOR, STEADY_DENOMINATOR = 4, 5


class Call(StrEnum):
    """ADD: steady up. HOLD: steady flat. CUT: steady down. UNDECIDED: leaning or split."""

    ADD = "add"
    HOLD = "hold"
    CUT = "cut"
    UNDECIDED = "undecided"


STEADY_CALLS = (Call.ADD, Call.HOLD, Call.CUT)


def steady_from(valid: int) -> int:
    """The fewest of `valid` votes in one direction that make it steady: eighty percent, rounded up."""
    return -(-valid * STEADY_NUMERATOR // STEADY_DENOMINATOR)


def call_of(votes: Votes) -> Call:
    """The call of (up, flat, down) votes, whatever the quorum. At least one vote."""
    lead = max(votes)
    return STEADY_CALLS[votes.index(lead)] if lead >= steady_from(sum(votes)) else Call.UNDECIDED
