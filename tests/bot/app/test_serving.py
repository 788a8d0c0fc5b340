"""The whole bot against the local Telegram, in this process: what Telegram refuses, outages at start, one bot
per ledger."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app.clockwork import poster
from bot.app.serve import StoppedAtStart, running
from bot.local.methods import menu
from bot.settings import Settings
from core.base.errors import BadRequest, CondorcetError, SourceFailed
from providers.http import Fetcher
from tests.journeys.world import Answer, World
from tests.local_telegram import BadGateway, Flood, LocalTelegram, Person

OWNER = 42


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        yield telegram


@pytest.fixture
def owner(local: LocalTelegram) -> Person:
    return local.person(OWNER, "Ada")


def _settings(local: LocalTelegram, folder: Path, **more: Any) -> Settings:
    values: dict[str, Any] = {
        "telegram_token": SecretStr(local.token),
        "telegram_allowed_user_ids": (OWNER,),
        "telegram_base_url": local.base_url,
        "model": "rehearsal",
        "database": folder / "ledger.sqlite",
        "contact_email": "reader@example.org",
    }
    return Settings(**(values | more))


async def test_the_bot_answers_sets_its_menu_and_ends_by_itself(
    local: LocalTelegram, owner: Person, tmp_path: Path
) -> None:
    async with running(_settings(local, tmp_path)) as house:
        owner.says("/help")
        told = await owner.next_message("How to read the map", timeout=30)
        assert house.application.running
        async with asyncio.timeout(10):  # the menu comes beside the first answers
            while not (commands := [row["command"] for row in menu(local.world, OWNER)]):
                await asyncio.sleep(0.02)

    assert "shares its own errors" in told.text
    assert {"analyze", "why", "facts", "variance", "help"} <= set(commands)
    assert not house.application.running


async def test_a_token_that_telegram_refuses_is_said_without_the_token(
    local: LocalTelegram, tmp_path: Path
) -> None:
    wrong = "7000000009:wrong-token-wrong-token-wrong-toke"

    with pytest.raises(BadRequest, match="Telegram refuses TELEGRAM_TOKEN") as refused:
        async with running(_settings(local, tmp_path, telegram_token=SecretStr(wrong))):
            pytest.fail("it started")

    assert wrong not in str(refused.value)


async def test_an_outage_of_telegram_at_start_is_waited_for(
    local: LocalTelegram, owner: Person, tmp_path: Path
) -> None:
    placed = local.inject(BadGateway(), "getMe", times=1)

    async with running(_settings(local, tmp_path)):
        owner.says("/help")
        await owner.next_message("Commands", timeout=30)

    assert placed.used == 1


async def test_a_bot_that_waits_for_telegram_can_be_stopped_at_once(
    local: LocalTelegram, tmp_path: Path
) -> None:
    local.inject(BadGateway(), "getMe", times=99)
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(1.5, stop.set)

    async with asyncio.timeout(10):
        with pytest.raises(StoppedAtStart):
            async with running(_settings(local, tmp_path), stop=stop):
                pytest.fail("it started")


async def test_a_second_bot_on_the_same_ledger_does_not_start(local: LocalTelegram, tmp_path: Path) -> None:
    async with running(_settings(local, tmp_path)):
        with pytest.raises(CondorcetError) as refused:
            async with running(_settings(local, tmp_path)):
                pytest.fail("it started")

    assert "Another bot already uses this ledger" in str(refused.value)


async def test_two_bots_with_one_token_and_two_ledgers_one_ends_and_says_why(
    local: LocalTelegram, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()

    async with (
        running(_settings(local, tmp_path)) as first,
        running(_settings(local, tmp_path / "other")) as second,
    ):
        ended, _ = await asyncio.wait(
            {first.failed, second.failed}, timeout=30, return_when=asyncio.FIRST_COMPLETED
        )

    assert "Another process polls Telegram with the same token" in str(ended.pop().result())


async def test_a_flood_wait_at_the_menu_and_the_greeting_holds_neither_start_nor_end(
    local: LocalTelegram, owner: Person, tmp_path: Path
) -> None:
    other = local.person(OWNER + 1, "Bob")
    for method in ("deleteMyCommands", "setMyCommands", "sendChatAction"):
        local.inject(Flood(3600), method, times=None)
    held = local.inject(Flood(100), "sendMessage", times=None, chat_id=OWNER)
    settings = _settings(local, tmp_path, telegram_allowed_user_ids=(OWNER, OWNER + 1))
    loop = asyncio.get_running_loop()

    async with running(settings):
        owner.says("/help")
        while not held.used:
            await asyncio.sleep(0.02)
        asked = loop.time()
        other.says("/help")
        await other.next_message("Commands", timeout=5)
        answered = loop.time()
        ending = loop.time()

    assert answered - asked < 1.0
    assert loop.time() - ending < 8.0


async def test_an_empty_list_of_people_refuses_to_start(local: LocalTelegram, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="TELEGRAM_ALLOWED_USER_IDS names nobody"):
        async with running(_settings(local, tmp_path, telegram_allowed_user_ids=())):
            pytest.fail("it started")


async def test_the_heartbeat_is_posted_through_the_egress_door(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.ways["/beat"] = Answer(kind="text/plain", body=b"OK (not found)")
        world.ways["/endless"] = Answer(kind="text/plain", body=b"x" * 5_000_000)
        async with Fetcher(trusted=[world.address]) as door:
            post = poster(door)
            said = await post(f"{world.address}/beat", "done")
            with pytest.raises(SourceFailed, match="The heartbeat sent more than"):
                await post(f"{world.address}/endless", "done")
        async with Fetcher() as stranger:
            with pytest.raises(SourceFailed, match="The heartbeat was not asked"):
                await poster(stranger)(f"{world.address}/beat", "done")

    assert said == (200, "OK (not found)")
