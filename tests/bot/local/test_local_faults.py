"""Injected faults reach the library as the errors it would raise on the real network."""

import asyncio
import time
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from tests.bot.local.conftest import OWNER, App
from tests.local_telegram import (
    BadGateway,
    Delay,
    Flood,
    LocalTelegram,
    Person,
    Refusal,
    ResetAfterAccept,
    ResetBeforeAccept,
)


async def test_flood_control_names_the_wait_and_stores_nothing(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    placed = local.inject(Flood(30), "sendMessage", times=2)

    for _ in range(2):
        with pytest.raises(RetryAfter) as flooded:
            await bot.send_message(OWNER, "again")
        assert flooded.value.retry_after == timedelta(seconds=30)
    await bot.send_message(OWNER, "through")

    assert [message.text for message in owner.replies()] == ["through"]
    assert placed.used == 2


async def test_an_answer_lost_after_acceptance_is_a_stored_message(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    local.inject(ResetAfterAccept(), "sendMessage")

    with pytest.raises(NetworkError):
        await bot.send_message(OWNER, "stored")

    assert [message.text for message in owner.replies()] == ["stored"]


async def test_a_reset_before_acceptance_stores_nothing(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    local.inject(ResetBeforeAccept(), "sendMessage")

    with pytest.raises(NetworkError):
        await bot.send_message(OWNER, "lost")

    assert owner.replies() == []


async def test_a_late_answer_is_a_timeout_although_the_message_stands(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    local.inject(Delay(0.4, after=True), "sendMessage")

    with pytest.raises(TimedOut):
        await bot.send_message(OWNER, "late", read_timeout=0.1)

    assert [message.text for message in owner.replies()] == ["late"]


async def test_a_delay_holds_the_message_back(bot: Bot, local: LocalTelegram, owner: Person) -> None:
    local.inject(Delay(0.15), "sendMessage")
    sending = asyncio.create_task(bot.send_message(OWNER, "slow"))
    await asyncio.sleep(0.05)

    before = owner.replies()
    await sending

    assert before == []
    assert [message.text for message in owner.replies()] == ["slow"]


async def test_refusals_and_outages_are_as_on_the_network(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    local.inject(Refusal(403, "Forbidden: user is deactivated"), "sendMessage")
    local.inject(Refusal(400, "Bad Request: can't parse entities: x"), "sendMessage")
    local.inject(BadGateway(), "sendMessage")

    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(OWNER, "1")
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await bot.send_message(OWNER, "2")
    with pytest.raises(NetworkError):
        await bot.send_message(OWNER, "3")
    assert owner.replies() == []


async def test_a_fault_meets_only_its_chat_and_ends_when_lifted(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    other = local.person(43, "Bob")
    placed = local.inject(Flood(1), times=None, chat_id=43)

    await bot.send_message(OWNER, "free")
    with pytest.raises(RetryAfter):
        await bot.send_message(43, "held")
    placed.lift()
    await bot.send_message(43, "free again")

    assert [message.text for message in other.replies()] == ["free again"]


async def test_polling_comes_back_after_an_outage(app: App, local: LocalTelegram, owner: Person) -> None:
    outage = local.inject(BadGateway(), "getUpdates", times=1)
    owner.says("/start")  # ends the poll under way, so that the next one meets the outage
    await owner.next_message()

    owner.says("/start")
    reply = await owner.next_message()

    assert reply.text == "Hello & welcome"
    assert outage.used == 1


async def test_calls_are_listed_with_their_time(bot: Bot, local: LocalTelegram, owner: Person) -> None:
    start = time.monotonic()

    await bot.send_message(OWNER, "one")
    await bot.get_updates()

    (call,) = local.calls("sendMessage")
    assert call.params["text"] == "one"
    assert start <= call.at <= time.monotonic()
    assert local.calls("getUpdates") == []
