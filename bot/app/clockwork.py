"""What the schedule works with, put together from the house: the monthly report, the daily watch, the
heartbeat."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.app.house import House, in_force
from bot.chat.context import Desk
from bot.chat.report import PushMessages, is_report
from bot.chat.table import App
from bot.push import Heartbeat, Plan, PushDesk, Schedule
from bot.push.heartbeat import PING_S, Post
from bot.push.watch import Watch, WatchPlan
from bot.settings import Settings
from bot.telegram.delivery import Delivery

if TYPE_CHECKING:
    from providers.http import Fetcher

LONGEST_ANSWER = 100_000  # bytes of a heartbeat's page


def push_desk(
    house: House,
    application: App,
    desk: Desk,
    door: "Fetcher",
    hears: Callable[[], bool],
    mark: int,
    poke: asyncio.Event,
) -> PushDesk:
    """What the schedule works with; `mark` is how far the ledger had come when that was last noted."""
    settings, engine, ledger = house.settings, house.engine, house.ledger
    clock = engine.doors.clock
    return PushDesk(
        engine=engine,
        book=ledger.pushes,
        outbox=ledger.outbox,
        errands=ledger.errands,
        delivery=Delivery(
            ledger.outbox,
            application.bot,
            holder=engine.doors.holder,
            clock=clock,
            silent=lambda message: house.choices.silent(
                message.batch, message.position, message.silent, clock.now()
            ),
            pinned=is_report,
        ),
        views=PushMessages(
            engine.previous_report, lambda: desk.zone, dark=lambda: house.choices.text("picture") == "dark"
        ),
        results=desk.results,
        heartbeat=Heartbeat(
            address=settings.heartbeat_url, post=poster(door), notes=ledger.notes, clock=clock
        ),
        clock=clock,
        place=desk.paid.by_schedule,
        hears=hears,
        mark=mark,
        poke=poke,
    )


def plan_of(house: House, desk: Desk) -> Plan:
    """When the report is due, and for the owner."""
    settings = house.choices.settings()
    day, at = settings.push_day, settings.push_time
    return Plan(zone=desk.zone, day=day, at=at, chat_id=desk.people[0], holder=house.engine.doors.holder)


def follow(house: House, desk: Desk, push: PushDesk, schedule: Schedule) -> None:
    """From now on what is chosen in the chat is in force at once: for engine, schedule and watch."""

    def changed(settings: Settings) -> None:
        house.engine.terms = in_force(house.engine.terms, settings)
        plan = plan_of(house, desk)
        schedule.replan(plan, watch_of(house, push, plan))

    house.choices.changed = changed


def watch_of(house: House, push: PushDesk, plan: Plan) -> Watch | None:
    """The daily watch, where it is on."""
    at = house.choices.settings().watch_time
    if at is None:
        return None
    return Watch(
        engine=house.engine,
        book=house.ledger.sightings,
        notes=house.ledger.notes,
        outbox=house.ledger.outbox,
        delivery=push.delivery,
        plan=WatchPlan(zone=plan.zone, at=at, chat_id=plan.chat_id),
        clock=push.clock,
    )


def poster(door: "Fetcher") -> Post:
    """Posts to the heartbeat's address by the egress door: status and beginning of whatever it answers."""

    async def post(address: str, body: str) -> tuple[int, str]:
        answer = await door.get(
            address,
            source="The heartbeat",
            post=body.encode(),
            cap=LONGEST_ANSWER,
            deadline=PING_S,
            accept=tuple(range(200, 600)),
        )
        return answer.status, answer.body[:1000].decode("utf-8", "replace")

    return post
