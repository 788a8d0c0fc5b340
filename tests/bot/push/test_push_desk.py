"""A month ends as exactly one report or one failure message, whatever happens in between."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Bot

from core.base.errors import BadRequest, LeaseLost, LedgerFailed
from core.due.message import Errand
from core.due.push import PushState
from core.run import Closing, Purpose, RunState
from tests.bot.push_house import (
    BALLOTS,
    DUE,
    OWNER,
    House,
    Killed,
    SetClock,
    World,
    facts_failed,
    minutes,
    reports,
    shown,
)
from tests.local_telegram import BadGateway, Fault, Flood, LocalTelegram, Refusal
from tests.providers.ledger import samples

BEFORE = DUE - timedelta(days=3)


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        telegram.person(OWNER, "Ada")
        yield telegram


@pytest.fixture
def world() -> World:
    return World(clock=SetClock(BEFORE))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
async def house(world: World, path: Path, local: LocalTelegram) -> AsyncIterator[House]:
    async with House(world, path, local) as opened:
        await opened.begin()
        yield opened


def kinds(world: World) -> list[str]:
    return [kind for kind, _ in world.pings]


async def test_nothing_happens_before_the_instant_and_one_report_after_it(
    house: House, local: LocalTelegram, world: World
) -> None:
    await house.at(DUE - minutes(1))
    before = shown(local)
    await house.at(DUE)
    await house.at(DUE + minutes(10))

    assert before == []
    assert shown(local) == ["REPORT 2026-11 r00001 next 2026-12-01", "FILE 2026-11"]
    assert house.book.pushes()[0].state is PushState.DELIVERED
    assert len(world.asked) == BALLOTS


async def test_a_new_installation_owes_no_report_for_the_past(house: House, local: LocalTelegram) -> None:
    assert shown(local) == []
    assert house.book.pushes() == ()


async def test_twelve_months_give_twelve_reports(house: House, local: LocalTelegram, world: World) -> None:
    moment = BEFORE
    while moment < DUE + timedelta(days=364):
        moment += timedelta(hours=23)
        await house.at(moment)

    periods = [text.split()[text.split().index("REPORT") + 1] for text in reports(local)]
    assert periods == [f"2026-{m:02d}" for m in (11, 12)] + [f"2027-{m:02d}" for m in range(1, 11)]


async def test_the_heartbeat_hears_start_and_success_of_each_report(house: House, world: World) -> None:
    world.pings.clear()

    await house.at(DUE)

    assert kinds(world)[:2] == ["start", "success"]
    assert "delivered" in world.pings[1][1]


async def test_down_at_the_instant_and_back_six_hours_later_is_one_late_report(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as house:
        await house.begin()
    world.clock.at = DUE + timedelta(hours=6)

    async with House(world, path, local) as house:
        await house.begin()

    assert reports(local) == [
        "Late: this report was due on 1 Nov 08:00.\nREPORT 2026-11 r00001 next 2026-12-01"
    ]


async def test_down_past_the_window_is_one_message_and_a_fail(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as house:
        await house.begin()
    world.clock.at = DUE + timedelta(days=25)

    async with House(world, path, local) as house:
        await house.begin()
        await house.at(DUE + timedelta(days=25, hours=1))
        states = [(push.period, push.state) for push in house.book.pushes()]

    assert states == [("2026-11", PushState.MISSED)]
    assert [text.splitlines()[0] for text in shown(local)] == ["Skipped: the report for November 2026"]
    assert "fail" in kinds(world)
    assert world.asked == []


async def test_months_of_absence_are_named_in_one_message_and_the_current_one_is_made(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as house:
        await house.begin()
    world.clock.at = datetime(2027, 2, 3, tzinfo=UTC)

    async with House(world, path, local) as house:
        await house.begin()

    heads = [text.splitlines()[0] for text in shown(local)]
    assert heads.count("Skipped: the report for November 2026, December 2026, January 2027") == 1
    assert len(reports(local)) == 1
    assert "REPORT 2027-02" in reports(local)[0]


async def test_a_failure_is_one_message_that_says_why_when_and_what_to_do(
    house: House, local: LocalTelegram, world: World
) -> None:
    world.failures = [facts_failed()]

    await house.at(DUE)

    (text,) = shown(local)
    assert text.splitlines() == [
        "No report for November 2026 yet",
        "No report: edgar answered 403.",
        "Due since 1 Nov 08:00; once tried, last on 1 Nov 08:00.",
        "Next try: 1 Nov 08:10. /analyze tries at once.",
    ]
    assert not next(iter(local.world.chats[OWNER].messages.values())).silent
    assert kinds(world)[-1] == "fail"


async def test_failures_edit_the_one_message_and_a_late_success_replaces_it(
    house: House, local: LocalTelegram, world: World
) -> None:
    world.failures = [facts_failed(), facts_failed()]

    for wait in (0, 5, 10, 45):
        await house.at(DUE + minutes(wait))

    texts = shown(local)
    assert len(texts) == 3
    assert texts[0].splitlines() == [
        "The report for November 2026 was made on 1 Nov 08:45",
        "It had failed 2 times, last because: No report: edgar answered 403.",
    ]
    assert len(reports(local)) == 1
    assert "success" in kinds(world)


async def test_a_month_that_fails_to_the_end_stands_as_one_failure_message(
    house: House, local: LocalTelegram, world: World
) -> None:
    world.failures = [facts_failed() for _ in range(100)]
    moment = DUE
    while moment < DUE + timedelta(days=29):
        await house.at(moment)
        moment += timedelta(hours=3)

    (text,) = shown(local)
    assert text.splitlines()[0] == "No report for November 2026"
    assert "/analyze makes a report" in text
    assert house.book.pushes()[0].state is PushState.GIVEN_UP
    assert 20 <= 100 - len(world.failures) <= 30


async def test_tries_that_cost_money_are_three_at_most(
    house: House, local: LocalTelegram, world: World
) -> None:
    world.quorum_fails = 50
    for day in range(20):
        await house.at(DUE + timedelta(days=day))

    assert len(world.asked) == 3 * BALLOTS
    assert house.book.pushes()[0].state is PushState.GIVEN_UP
    assert len(shown(local)) == 1


async def test_a_cost_limit_is_a_failure_message_and_asks_nobody(
    house: House, local: LocalTelegram, world: World
) -> None:
    world.failures = [BadRequest("The estimate of $3.10 is above MAX_COST_USD ($2.00).")]

    await house.at(DUE)

    assert "MAX_COST_USD" in shown(local)[0]
    assert world.asked == []


async def test_an_error_of_the_program_itself_is_a_failure_message_too(
    house: House, local: LocalTelegram, world: World
) -> None:
    world.failures = [ZeroDivisionError("secret detail")]

    await house.at(DUE)

    assert "An error in the program itself (ZeroDivisionError)" in shown(local)[0]
    assert "secret detail" not in shown(local)[0]


async def test_the_clock_may_jump_ahead_and_back(house: House, local: LocalTelegram) -> None:
    await house.at(DUE)
    await house.at(DUE - timedelta(hours=2))
    await house.at(DUE + timedelta(days=31))
    await house.at(DUE + minutes(10))
    await house.at(DUE + timedelta(days=31))

    assert [text.rpartition("REPORT ")[2].split()[0] for text in reports(local)] == ["2026-11", "2026-12"]


async def test_five_restarts_in_the_due_minute_make_one_report(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as house:
        await house.begin()
    for seconds in range(5):
        world.clock.at = DUE + timedelta(seconds=seconds)
        async with House(world, path, local) as house:
            await house.begin()

    assert len(reports(local)) == 1
    assert len(world.asked) == BALLOTS


async def test_two_processes_on_one_ledger_make_one_report(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as one, House(world, path, local, holder="two") as two:
        one.book.since(BEFORE)
        world.clock.at = DUE
        await asyncio.gather(one.reconciler.tick(), two.reconciler.tick())
        await asyncio.gather(one.at(DUE + minutes(10)), two.at(DUE + minutes(10)))

    assert len(reports(local)) == 1
    assert len(world.asked) == BALLOTS
    assert len(shown(local)) == 2


async def test_a_stop_in_the_middle_parks_and_the_next_start_asks_only_the_missing_ballots(
    world: World, path: Path, local: LocalTelegram
) -> None:
    asked_by_now = asyncio.Event()

    async with House(world, path, local) as house:
        await house.begin()
        world.clock.at = DUE

        def hold(step: str) -> None:
            if step == "ask" and len(world.asked) == 2:
                asked_by_now.set()
                raise asyncio.CancelledError

        world.step = hold
        house.reconciler.kick()
        await asked_by_now.wait()
        await house.reconciler.park()
        world.step = lambda _: None
        assert house.engine.parking.is_set()
        assert house.ledger.runs()[0].state is RunState.OPEN

    async with House(world, path, local) as house:
        await house.begin()

    assert len(reports(local)) == 1
    assert sorted(world.asked) == [f"r00001:{index}" for index in range(BALLOTS)]


async def test_parking_ends_within_ten_seconds_even_if_the_model_is_slow(
    house: House, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(**_: object) -> None:
        await asyncio.sleep(600)

    monkeypatch.setattr(house.engine, "analyze", slow)
    world.clock.at = DUE
    house.reconciler.kick()
    await asyncio.sleep(0.2)
    begun = asyncio.get_running_loop().time()

    await house.reconciler.park()

    assert asyncio.get_running_loop().time() - begun < 2
    assert house.book.pushes()[0].state is PushState.CLAIMED


async def test_an_interrupted_run_on_an_old_snapshot_is_given_up_and_frozen_afresh(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as house:
        await house.begin()
        house.ledger.open_run(samples.opening("old", purpose=Purpose.PUSH, period="2026-11", at=DUE))
    world.clock.at = DUE + timedelta(days=2)

    async with House(world, path, local) as house:
        await house.begin()
        states = {row.id: row.state for row in house.ledger.runs()}

    assert states == {"old": RunState.FAILED, "r00001": RunState.DONE}
    assert len(reports(local)) == 1


ASKED = Errand(id="update:7", chat_id=OWNER + 1)
LATER_THAN_A_LEASE = BEFORE + timedelta(minutes=5)


def begun_by_a_person(house: House, *, model: str = "a model") -> None:
    """A run that Bob asked for, with one answer, when the process died."""
    house.errands.begin(ASKED, now=BEFORE)
    house.ledger.open_run(samples.opening("asked", at=BEFORE), errand=ASKED.id)
    house.ledger.store_answer(samples.lease("asked"), samples.answer(0))
    house.world.models["asked"] = model


async def test_what_a_person_asked_for_is_finished_after_a_crash_and_delivered_once_to_who_asked(
    world: World, path: Path, local: LocalTelegram
) -> None:
    local.person(OWNER + 1, "Bob")
    async with House(world, path, local) as house:
        await house.begin()
        begun_by_a_person(house)

    for _ in range(2):
        async with House(world, path, local) as house:
            await house.begin()
            state = house.ledger.runs()[0].state

    assert state is RunState.DONE
    assert shown(local) == []
    assert shown(local, OWNER + 1) == [
        "REPORT asked for asked\nAsked for on 29 Oct 08:00, interrupted by a restart."
    ]
    assert len(world.asked) == BALLOTS - 1


async def test_a_run_whose_model_was_changed_over_the_restart_is_closed_and_never_mixed(
    world: World, path: Path, local: LocalTelegram
) -> None:
    local.person(OWNER + 1, "Bob")
    async with House(world, path, local) as house:
        await house.begin()
        begun_by_a_person(house, model="another model")

    async with House(world, path, local) as house:
        await house.begin()
        run = house.ledger.run("asked")

    assert isinstance(run.closing, Closing)
    assert run.closing.state is RunState.FAILED
    assert world.asked == []
    assert "given up: interrupted, and MODEL changed since" in shown(local, OWNER + 1)[0]


async def test_a_push_whose_model_was_changed_over_the_restart_asks_afresh(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as house:
        await house.begin()
        house.ledger.open_run(samples.opening("old", purpose=Purpose.PUSH, period="2026-11", at=DUE))
        world.models["old"] = "another model"
    world.clock.at = DUE + minutes(5)

    async with House(world, path, local) as house:
        await house.begin()
        states = {row.id: row.state for row in house.ledger.runs()}

    assert states == {"old": RunState.FAILED, "r00001": RunState.DONE}
    assert world.asked_of == {"r00001": {"a model"}}
    assert len(reports(local)) == 1


async def test_what_was_asked_for_and_cost_nothing_yet_is_said_to_be_lost(
    world: World, path: Path, local: LocalTelegram
) -> None:
    local.person(OWNER + 1, "Bob")
    async with House(world, path, local) as house:
        await house.begin()
        house.errands.begin(ASKED, now=BEFORE)

    for _ in range(2):
        async with House(world, path, local) as house:
            await house.begin()

    assert [text.splitlines()[0] for text in shown(local, OWNER + 1)] == [
        "What you asked for was interrupted by a restart before it began"
    ]
    assert world.asked == []


async def test_a_run_of_the_command_line_is_left_alone_while_it_lives_and_closed_when_its_lease_has_ended(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as house:
        await house.begin()
        until = BEFORE + minutes(1)
        house.ledger.open_run(
            samples.opening("lab", at=BEFORE), holder="command line, process 9", until=until
        )
        await house.at(BEFORE + timedelta(seconds=59))
        before = house.ledger.runs()[0].state
        await house.at(BEFORE + minutes(1))
        after = house.ledger.runs()[0].state
        with pytest.raises(LeaseLost):
            house.ledger.store_answer(samples.lease("lab"), samples.answer(0))

    assert (before, after) == (RunState.OPEN, RunState.FAILED)
    assert shown(local) == []
    assert world.asked == []


async def test_an_interrupted_report_without_quorum_is_said(
    world: World, path: Path, local: LocalTelegram
) -> None:
    local.person(OWNER + 1, "Bob")
    async with House(world, path, local) as house:
        await house.begin()
        begun_by_a_person(house)
    world.quorum_fails = 1

    async with House(world, path, local) as house:
        await house.begin()

    assert len(shown(local, OWNER + 1)) == 1


async def test_a_report_that_a_blocked_chat_did_not_take_comes_at_the_next_sign_of_life(
    house: House, local: LocalTelegram, world: World
) -> None:
    local.world.chats[OWNER].blocked = True
    await house.at(DUE)
    before = (house.book.pushes()[0].state, shown(local))
    local.world.chats[OWNER].blocked = False
    await house.at(DUE + timedelta(days=1))
    still = shown(local)

    revived = house.outbox.revive(OWNER, now=world.clock.now())
    await house.at(DUE + timedelta(days=1, minutes=1))

    assert before == (PushState.UNDELIVERABLE, [])
    assert still == []
    assert revived
    assert not house.outbox.revive(OWNER, now=world.clock.now())
    assert house.book.pushes()[0].state is PushState.DELIVERED
    assert len(reports(local)) == 1
    assert [kind for kind, _ in world.pings if kind != "alive"] == ["start", "fail", "fail", "success"]


async def test_a_day_that_is_moved_to_and_fro_gives_one_report_a_month_and_the_date_said_comes(
    world: World, path: Path, local: LocalTelegram
) -> None:
    said: list[datetime] = []
    for day, moment in ((22, -1), (22, 6), (5, 10), (22, 12), (5, 24), (28, 26)):
        world.clock.at = datetime(2026, 11, 1, 9, tzinfo=UTC) + timedelta(days=moment - 1)
        async with House(world, path, local, day=day) as house:
            await house.begin()
            said.append(house.reconciler.next_due())
            state = house.book.push("2026-11")

    # The first start is on 30 October, so the month of November is owed, once: made on the tenth, when its
    # day had passed.
    assert [f"{due:%m-%d}" for due in said] == ["11-22", "11-22", "12-05", "12-22", "12-05", "12-28"]
    assert len(reports(local)) == 1
    assert state is not None
    assert state.state is PushState.DELIVERED


async def test_a_day_that_is_moved_far_back_is_due_since_the_change_and_not_missed(
    world: World, path: Path, local: LocalTelegram
) -> None:
    world.clock.at = datetime(2026, 10, 30, 9, tzinfo=UTC)
    async with House(world, path, local, day=28) as house:
        await house.begin()
    world.clock.at = datetime(2026, 11, 27, 9, tzinfo=UTC)

    async with House(world, path, local, day=1) as house:
        await house.begin()

    assert len(reports(local)) == 1
    assert "Late" not in reports(local)[0]


async def test_a_first_start_with_a_clock_far_ahead_does_not_silence_the_months_before(
    world: World, path: Path, local: LocalTelegram
) -> None:
    world.clock.at = BEFORE + timedelta(days=400)
    async with House(world, path, local) as house:
        await house.begin()
        world.clock.at = BEFORE
        await house.at(BEFORE)
        await house.at(DUE)

    assert len(reports(local)) == 1


async def test_a_blocked_bot_ends_the_month_as_undeliverable_and_fails_the_heartbeat(
    house: House, local: LocalTelegram, world: World
) -> None:
    local.inject(Refusal(403, "Forbidden: bot was blocked by the user"), "sendMessage", times=None)

    await house.at(DUE)

    push = house.book.pushes()[0]
    assert push.state is PushState.UNDELIVERABLE
    assert kinds(world)[-1] == "fail"
    assert "success" not in kinds(world)
    assert "blocked" in push.reason


@pytest.mark.parametrize("fault", [Flood(30), BadGateway()])
async def test_an_outage_of_the_chat_delays_the_report_and_the_success(
    house: House, local: LocalTelegram, world: World, fault: Fault
) -> None:
    outage = local.inject(fault, times=None)
    await house.at(DUE)
    during = kinds(world)
    outage.lift()
    await house.at(DUE + minutes(10))

    assert "success" not in during
    assert len(reports(local)) == 1
    assert "success" in kinds(world)


async def test_an_older_copy_of_the_ledger_asks_the_owner_and_sends_nothing_again(
    world: World, path: Path, local: LocalTelegram, tmp_path: Path
) -> None:
    copy = tmp_path / "older.sqlite"
    async with House(world, path, local) as house:
        await house.begin()
        house.ledger.store.db.execute("VACUUM INTO ?", [str(copy)])
        await house.at(DUE)
    copy.chmod(0o600)
    world.clock.at = DUE + timedelta(days=1)

    async with House(world, copy, local) as house:
        await house.begin()
        await house.at(DUE + timedelta(days=2))

    assert len(reports(local)) == 1
    assert shown(local)[-1].splitlines()[0] == "An older copy of the ledger is in use"
    assert "November 2026" in shown(local)[-1]


async def test_a_ledger_that_fails_is_said_past_it_once_a_day(
    house: House, local: LocalTelegram, world: World
) -> None:
    def full(step: str) -> None:
        if step == "before book.claim":
            raise LedgerFailed("The ledger could not be written: the disk is full; make room.")

    world.step = full
    for wait in (0, 10, 20):
        await house.at(DUE + minutes(wait))
    world.step = lambda _: None
    await house.at(DUE + minutes(30))

    complaints = [text for text in shown(local) if "disk is full" in text]
    assert len(complaints) == 1
    assert len(reports(local)) == 1
    assert "fail" in kinds(world)


async def crash_points(world: World, path: Path, local: LocalTelegram) -> list[str]:
    """Every call of one undisturbed push, in order."""
    steps: list[str] = []
    async with House(world, path, local) as house:
        await house.begin()
        world.step = steps.append
        await house.at(DUE)
    world.step = lambda _: None
    return steps


async def test_a_kill_at_any_step_leaves_one_report_and_costs_at_most_one_extra_ballot(
    tmp_path: Path,
) -> None:
    async with (
        LocalTelegram() as local,
        Bot(local.token, base_url=local.bot_url, base_file_url=local.file_url) as bot,
    ):
        local.person(OWNER, "Ada")
        points = await crash_points(World(clock=SetClock(BEFORE)), tmp_path / "map.sqlite", local)
        assert len(points) > 40

        for number in range(len(points)):
            world = World(clock=SetClock(BEFORE))
            path = tmp_path / f"kill{number}.sqlite"
            local.world.chats[OWNER].messages.clear()
            left = number

            def kill(_: str) -> None:
                nonlocal left
                left -= 1
                if left < 0:
                    raise Killed

            async with House(world, path, local, bot=bot) as house:
                await house.begin()
                world.step = kill
                with pytest.raises(Killed):
                    await house.at(DUE)
            world.step = lambda _: None
            world.clock.at = DUE + minutes(4)
            async with House(world, path, local, bot=bot) as house:
                await house.begin()
                push = house.book.pushes()[0]

            orphans = shown(local).count("Stability map")
            assert push.state is PushState.DELIVERED, points[number]
            assert len(reports(local)) == 1, points[number]
            assert len(shown(local)) - orphans == 2, points[number]
            assert orphans <= 1, points[number]
            assert len(world.asked) <= BALLOTS + 1, points[number]
            assert "success" in kinds(world), points[number]


async def test_a_push_waits_for_a_persons_run_and_says_meanwhile_that_it_is_being_made(
    house: House, local: LocalTelegram, world: World
) -> None:
    said: list[str] = []
    world.step = lambda step: said.append(house.paid.scheduled) if step == "ask" else None
    ended = asyncio.Event()
    house.paid.begin(asyncio.create_task(_until(ended)))
    world.clock.at = DUE
    house.reconciler.kick()
    await asyncio.sleep(0.2)
    before = (list(world.asked), house.book.pushes())
    ended.set()
    await house.settled()

    assert before == ([], ())
    assert len(reports(local)) == 1
    assert len(said) == BALLOTS
    assert all("The report for November 2026 is being made" in words for words in said)
    assert not house.paid.running


async def test_a_run_that_a_person_began_after_the_start_is_not_taken_for_an_interrupted_one(
    world: World, path: Path, local: LocalTelegram
) -> None:
    async with House(world, path, local) as house:
        await house.begin()
        begun_by_a_person(house)
        await house.at(LATER_THAN_A_LEASE)
        state = house.ledger.runs()[0].state

    assert state is RunState.OPEN
    assert world.asked == []
    assert shown(local) == []


async def _until(ended: asyncio.Event) -> None:
    await ended.wait()
