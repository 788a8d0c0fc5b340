"""Each period takes one step at a time, and no path ends in silence."""

from datetime import UTC, datetime, timedelta

import pytest

from core.due.period import Period
from core.due.push import (
    LATE,
    LEASE,
    PAID_TRIES,
    WINDOW,
    Push,
    PushState,
    Step,
    is_late,
    next_step,
    wait_after,
)

DUE = datetime(2026, 11, 1, 8, tzinfo=UTC)
PERIOD = Period(id="2026-11", due=DUE)
HOUR = timedelta(hours=1)


def push(state: PushState, *, lease: datetime = DUE, next_try: datetime = DUE, paid: int = 0) -> Push:
    return Push(
        period="2026-11",
        due=DUE,
        state=state,
        holder="one",
        lease=lease,
        run_id="",
        tries=1,
        paid=paid,
        next_try=next_try,
        reason="",
    )


def test_a_due_period_that_nobody_took_is_made_up_to_the_window() -> None:
    assert next_step(PERIOD, None, DUE, current=True) is Step.MAKE
    assert next_step(PERIOD, None, DUE + WINDOW, current=True) is Step.MAKE
    assert next_step(PERIOD, None, DUE + WINDOW + HOUR, current=True) is Step.MISS


def test_a_period_after_which_another_is_due_is_missed_and_not_made() -> None:
    assert next_step(PERIOD, None, DUE + HOUR, current=False) is Step.MISS


@pytest.mark.parametrize(
    "state", [PushState.DELIVERED, PushState.UNDELIVERABLE, PushState.GIVEN_UP, PushState.MISSED]
)
def test_a_finished_period_stays_finished(state: PushState) -> None:
    assert next_step(PERIOD, push(state), DUE + 30 * HOUR, current=True) is Step.NOTHING


def test_a_claimed_period_is_left_to_its_holder_until_the_lease_ends() -> None:
    held = push(PushState.CLAIMED, lease=DUE + LEASE)

    assert next_step(PERIOD, held, DUE + LEASE - timedelta(seconds=1), current=True) is Step.NOTHING
    assert next_step(PERIOD, held, DUE + LEASE, current=True) is Step.MAKE


def test_a_report_that_was_made_is_delivered_however_old() -> None:
    made = push(PushState.DELIVERING)

    assert next_step(PERIOD, made, DUE + 3 * WINDOW, current=False) is Step.DELIVER


def test_a_failed_period_waits_and_is_tried_again() -> None:
    failed = push(PushState.FAILED, next_try=DUE + HOUR)

    assert next_step(PERIOD, failed, DUE, current=True) is Step.NOTHING
    assert next_step(PERIOD, failed, DUE + HOUR, current=True) is Step.MAKE


@pytest.mark.parametrize("state", [PushState.FAILED, PushState.CLAIMED])
def test_a_period_is_given_up_after_the_window_or_a_new_month(state: PushState) -> None:
    assert next_step(PERIOD, push(state), DUE + WINDOW + HOUR, current=True) is Step.GIVE_UP
    assert next_step(PERIOD, push(state), DUE + HOUR, current=False) is Step.GIVE_UP


def test_tries_that_cost_money_are_few() -> None:
    tired = push(PushState.FAILED, paid=PAID_TRIES)

    assert next_step(PERIOD, tired, DUE + HOUR, current=True) is Step.GIVE_UP


def test_waits_grow_and_the_last_one_repeats() -> None:
    waits = [wait_after(tries) for tries in range(1, 9)]

    assert waits == sorted(waits)
    assert (waits[0], waits[-1], waits[-2]) == (timedelta(minutes=10), timedelta(days=1), timedelta(days=1))


def test_a_report_is_late_after_an_hour() -> None:
    assert not is_late(PERIOD, DUE + LATE)
    assert is_late(PERIOD, DUE + LATE + timedelta(seconds=1))
