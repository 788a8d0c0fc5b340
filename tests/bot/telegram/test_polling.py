"""What people send is handled in order within a chat and side by side between chats, and confirmed only when
it was handled."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot, Update

from bot.telegram.polling import CONFIRM_AFTER_S, Polling
from core.base.errors import BadRequest
from tests.local_telegram import BadGateway, Flood, LocalTelegram, Refusal

ADA, BOB = 42, 43


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        telegram.person(ADA, "Ada")
        telegram.person(BOB, "Bob")
        yield telegram


def text_of(update: Update) -> str:
    assert update.message is not None
    assert update.message.text is not None
    return update.message.text


class Hearing:
    """Notes the texts in the order in which their handling begins; a text that is a key of `gates` waits for
    its gate."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def __call__(self, update: Update) -> None:
        text = text_of(update)
        self.begun.append(text)
        if text in self.gates:
            await self.gates[text].wait()
        self.ended.append(text)

    async def hears(self, *texts: str, within: float = 5.0) -> None:
        async with asyncio.timeout(within):
            while not set(texts) <= set(self.ended):
                await asyncio.sleep(0.01)


@pytest.fixture
def hearing() -> Hearing:
    return Hearing()


@asynccontextmanager
async def polling_of(local: LocalTelegram, hearing: Hearing) -> AsyncIterator[Polling]:
    async with Bot(local.token, base_url=local.bot_url) as bot:
        polling = Polling(
            bot, hearing, urgent=lambda update: text_of(update) == "/cancel", clock=time.monotonic
        )
        task = asyncio.create_task(polling.run())
        try:
            yield polling
        finally:
            task.cancel()
            await polling.finish(0.2)


async def test_a_chat_stays_in_order_and_another_does_not_wait_for_it(
    local: LocalTelegram, hearing: Hearing
) -> None:
    hearing.gates["slow"] = asyncio.Event()
    local.person(ADA).says("slow")
    local.person(ADA).says("after slow")
    local.person(BOB).says("other chat")

    async with polling_of(local, hearing):
        await hearing.hears("other chat")
        assert hearing.begun == ["slow", "other chat"]
        hearing.gates["slow"].set()
        await hearing.hears("after slow")

    assert hearing.ended == ["other chat", "slow", "after slow"]


async def test_cancel_keeps_its_place_where_things_move_and_passes_what_stands_still(
    local: LocalTelegram, hearing: Hearing
) -> None:
    hearing.gates["stuck"] = asyncio.Event()
    local.person(ADA).says("quick")
    local.person(ADA).says("/cancel")

    async with polling_of(local, hearing):
        await hearing.hears("/cancel")
        assert hearing.ended == ["quick", "/cancel"]
        for text in ("stuck", "behind", "/cancel", "last"):
            local.person(ADA).says(text)
        async with asyncio.timeout(4):
            while hearing.ended.count("/cancel") < 2:
                await asyncio.sleep(0.01)
        assert "behind" not in hearing.begun
        hearing.gates["stuck"].set()
        await hearing.hears("last")

    assert hearing.ended[2:] == ["/cancel", "stuck", "behind", "last"]


async def confirmed(local: LocalTelegram, pending: int) -> None:
    """Waits until Telegram knows of all but so many updates that they are done."""
    async with asyncio.timeout(10):
        while local.updates.pending != pending:
            await asyncio.sleep(0.02)


async def test_what_was_not_handled_is_never_confirmed_and_what_was_is(
    local: LocalTelegram, hearing: Hearing
) -> None:
    hearing.gates["torn"] = asyncio.Event()
    local.person(BOB).says("done")
    local.person(ADA).says("torn")

    async with polling_of(local, hearing):
        await hearing.hears("done")
        await confirmed(local, 1)

    assert local.updates.pending == 1  # the next start gets it again
    assert hearing.begun == ["done", "torn"]  # once, however often Telegram showed it


async def test_what_works_for_a_second_is_confirmed_and_the_next_comes_at_once(
    local: LocalTelegram, hearing: Hearing
) -> None:
    hearing.gates["long"] = asyncio.Event()
    local.person(ADA).says("long")

    async with polling_of(local, hearing):
        await asyncio.sleep(CONFIRM_AFTER_S)
        await confirmed(local, 0)
        asked = len(local.calls("getUpdates"))
        await asyncio.sleep(0.5)
        assert len(local.calls("getUpdates")) - asked <= 1  # it listens, and does not ask in a circle
        local.person(BOB).says("next")
        await hearing.hears("next", within=1.0)
        hearing.gates["long"].set()


async def test_an_idle_bot_holds_one_long_question(local: LocalTelegram, hearing: Hearing) -> None:
    async with polling_of(local, hearing) as polling:
        await asyncio.sleep(0.5)

        assert len(local.calls("getUpdates")) <= 1
        assert polling.heard_at is None  # nothing was answered yet


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refusal(401, "Unauthorized"), "no longer accepts TELEGRAM_TOKEN"),
        (Refusal(409, "Conflict: terminated by other getUpdates request"), "same token"),
    ],
)
async def test_a_token_withdrawn_and_a_second_poller_end_it_with_the_reason(
    local: LocalTelegram, hearing: Hearing, refusal: Refusal, said: str
) -> None:
    local.inject(refusal, "getUpdates")
    async with Bot(local.token, base_url=local.bot_url) as bot, asyncio.timeout(5):
        polling = Polling(bot, hearing, urgent=lambda _update: False, clock=time.monotonic)

        with pytest.raises(BadRequest, match=said):
            await polling.run()


async def test_an_outage_is_tried_again(local: LocalTelegram, hearing: Hearing) -> None:
    local.inject(BadGateway(), "getUpdates", times=1)
    local.person(ADA).says("hello")

    async with polling_of(local, hearing) as polling:
        await hearing.hears("hello")

        assert polling.heard_at is not None


async def test_a_flood_wait_of_an_hour_ends_at_once_when_the_bot_does(
    local: LocalTelegram, hearing: Hearing
) -> None:
    placed = local.inject(Flood(3600), "getUpdates", times=None)

    async with polling_of(local, hearing):
        while not placed.used:
            await asyncio.sleep(0.01)
        begun = time.monotonic()

    assert time.monotonic() - begun < 3
