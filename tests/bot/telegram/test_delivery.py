"""From the outbox to the chat: each message exactly once, over real HTTP against a local Telegram with faults
in the way."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.ext import Defaults, ExtBot

from bot.telegram.delivery import Delivery
from core.due.message import Message, MessageKind, MessageState
from providers.ledger.outbox import SqliteOutbox
from providers.ledger.sqlite import SqliteLedger
from tests.local_telegram import BadGateway, Flood, LocalTelegram, Refusal, ResetAfterAccept

OWNER = 42
NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6360000002000001e221bc330000000049454e44ae426082"
)


class SetClock:
    """A clock that stands where the test put it."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        telegram.person(OWNER, "Ada")
        yield telegram


@pytest.fixture
async def bot(local: LocalTelegram) -> AsyncIterator[Bot]:
    async with Bot(local.token, base_url=local.bot_url, base_file_url=local.file_url) as opened:
        yield opened


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[SqliteOutbox]:
    ledger = SqliteLedger(tmp_path / "ledger.sqlite")
    yield SqliteOutbox(ledger.store)
    ledger.close()


@pytest.fixture
def delivery(outbox: SqliteOutbox, bot: Bot, clock: SetClock) -> Delivery:
    return Delivery(outbox, bot, holder="one", clock=clock)


def message(
    key: str = "a",
    *,
    position: int = 0,
    html: str = "<b>Map</b> of November",
    kind: MessageKind = MessageKind.TEXT,
    placeholder: str = "Stability map",
    plain: str = "Map of November",
    buttons: tuple[tuple[tuple[str, str], ...], ...] = (),
    silent: bool = True,
    filename: str = "",
    content: bytes = b"",
) -> Message:
    return Message(
        key=key,
        batch="b",
        position=position,
        chat_id=OWNER,
        kind=kind,
        placeholder=placeholder,
        html=html,
        plain=plain,
        buttons=buttons,
        silent=silent,
        filename=filename,
        content=content,
    )


def shown(local: LocalTelegram, chat_id: int = OWNER) -> list[str]:
    return [row.text for row in local.world.chats[chat_id].messages.values()]


async def test_a_message_arrives_once_with_its_markup_buttons_and_quietly(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery
) -> None:
    outbox.put((message(buttons=((("Why", "why:1"),),)),), now=NOW)

    waits = await delivery.pump()

    assert waits is None
    (row,) = local.world.chats[OWNER].messages.values()
    assert (row.text, row.silent, [button.label for button in row.buttons]) == (
        "Map of November",
        True,
        ["Why"],
    )
    assert row.entities[0]["type"] == "bold"
    assert [call.method for call in local.calls()][-2:] == ["sendMessage", "editMessageText"]


async def test_an_empty_outbox_sends_nothing(local: LocalTelegram, delivery: Delivery) -> None:
    assert await delivery.pump() is None

    assert local.calls("sendMessage") == []


async def test_a_loud_message_has_a_sound(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery
) -> None:
    outbox.put((message(silent=False),), now=NOW)

    await delivery.pump()

    assert [row.silent for row in local.world.chats[OWNER].messages.values()] == [False]


async def test_chunks_a_picture_and_a_file_arrive_in_order_each_once(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery
) -> None:
    picture = message("p", position=2, kind=MessageKind.PHOTO, filename="map.png", content=PNG)
    file = message(
        "f", position=3, kind=MessageKind.DOCUMENT, filename="report.html", content=b"<html></html>"
    )
    outbox.put((message("a", html="one"), message("b", position=1, html="two"), picture, file), now=NOW)

    await delivery.pump()

    rows = list(local.world.chats[OWNER].messages.values())
    assert [row.text for row in rows] == ["one", "two", "Map of November", "Map of November"]
    assert rows[2].photo is not None
    assert rows[3].document is not None
    assert rows[3].document.content == b"<html></html>"
    assert [row.message.content for row in outbox.batch("b")] == [b"", b"", b"", b""]


@pytest.mark.parametrize("at", ["sendMessage", "editMessageText"])
async def test_flood_control_is_waited_for_and_nothing_comes_twice(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery, clock: SetClock, at: str
) -> None:
    local.inject(Flood(30), at)
    outbox.put((message(),), now=NOW)

    waits = await delivery.pump()
    clock.at = NOW + timedelta(seconds=30)
    too_early = await delivery.pump()
    clock.at = NOW + timedelta(seconds=31)
    done = await delivery.pump()

    assert waits == too_early == NOW + timedelta(seconds=31)
    assert done is None
    assert shown(local) == ["Map of November"]


async def test_a_lost_answer_to_the_placeholder_leaves_one_orphan_and_one_report(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery, clock: SetClock
) -> None:
    local.inject(ResetAfterAccept(), "sendMessage")
    outbox.put((message(),), now=NOW)

    await delivery.pump()
    clock.at = NOW + timedelta(minutes=1)
    await delivery.pump()

    assert shown(local) == ["Stability map", "Map of November"]


async def test_a_lost_answer_to_the_edit_leaves_nothing_but_the_report(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery, clock: SetClock
) -> None:
    local.inject(ResetAfterAccept(), "editMessageText")
    outbox.put((message(),), now=NOW)

    await delivery.pump()
    clock.at = NOW + timedelta(minutes=1)
    await delivery.pump()

    assert shown(local) == ["Map of November"]
    assert outbox.batch("b")[0].state is MessageState.SENT


async def test_ten_minutes_of_proxy_pages_delay_the_message_and_lose_nothing(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery, clock: SetClock
) -> None:
    outage = local.inject(BadGateway(), times=None)
    outbox.put((message(),), now=NOW)

    while clock.at < NOW + timedelta(minutes=10):
        waits = await delivery.pump()
        assert waits is not None
        clock.at = waits
    outage.lift()
    await delivery.pump()

    assert shown(local) == ["Map of November"]
    assert outage.used <= 6


async def test_refused_markup_is_answered_with_plain_words_and_recorded(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery
) -> None:
    outbox.put((message(html="<b>Map <x>"),), now=NOW)

    await delivery.pump()

    assert shown(local) == ["Map of November"]
    assert outbox.batch("b")[0].state is MessageState.SENT
    assert "plain words" in outbox.batch("b")[0].reason


async def test_a_refused_picture_is_answered_with_its_words(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery
) -> None:
    local.inject(Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), "editMessageMedia")
    outbox.put((message(kind=MessageKind.PHOTO, filename="map.png", content=PNG),), now=NOW)

    await delivery.pump()

    assert shown(local) == ["Map of November"]


@pytest.mark.parametrize(
    "refusal",
    [Refusal(403, "Forbidden: bot was blocked by the user"), Refusal(400, "Bad Request: chat not found")],
)
async def test_a_chat_that_cannot_be_reached_makes_its_messages_wait_for_a_sign_of_life(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery, refusal: Refusal
) -> None:
    local.inject(refusal, times=None)
    outbox.put((message("a"), message("b", position=1)), now=NOW)

    waits = await delivery.pump()

    assert waits is None
    assert [row.state for row in outbox.batch("b")] == [MessageState.BLOCKED] * 2
    assert "refused" in outbox.batch("b")[0].reason


async def test_a_deleted_placeholder_is_sent_anew(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery, clock: SetClock
) -> None:
    local.inject(ResetAfterAccept(), "editMessageText")
    outbox.put((message(),), now=NOW)
    await delivery.pump()
    local.world.chats[OWNER].messages.clear()
    local.inject(Refusal(400, "Bad Request: message to edit not found"), "editMessageText")
    clock.at = NOW + timedelta(minutes=1)

    await delivery.pump()

    assert shown(local) == ["Map of November"]


async def test_a_message_that_someone_keeps_deleting_is_let_go(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery
) -> None:
    local.inject(Refusal(400, "Bad Request: message to edit not found"), "editMessageText", times=None)
    outbox.put((message(),), now=NOW)

    await delivery.pump()

    assert outbox.batch("b")[0].state is MessageState.UNDELIVERABLE
    assert len(local.calls("sendMessage")) == 2


async def test_other_words_replace_the_message_in_place(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery
) -> None:
    outbox.put((message(html="No report yet"),), now=NOW)
    await delivery.pump()
    outbox.put((message(html="It came"),), now=NOW)
    await delivery.pump()

    assert shown(local) == ["It came"]


async def test_a_refused_token_waits_for_a_person(
    local: LocalTelegram, outbox: SqliteOutbox, delivery: Delivery
) -> None:
    local.inject(Refusal(401, "Unauthorized"), times=None)
    outbox.put((message(),), now=NOW)

    waits = await delivery.pump()

    assert waits == NOW + timedelta(seconds=600)
    assert outbox.batch("b")[0].state is MessageState.QUEUED


async def test_what_the_ledger_cannot_hold_is_said_past_it_and_never_raises(
    local: LocalTelegram, delivery: Delivery
) -> None:
    await delivery.say_directly(OWNER, "The ledger failed.")
    local.inject(Refusal(403, "Forbidden: bot was blocked by the user"))
    await delivery.say_directly(OWNER, "The ledger failed.")

    assert shown(local) == ["The ledger failed."]


class Killed(BaseException):
    """The process ends here."""


STEPS = ("placed", "sent")


@pytest.mark.parametrize("chunk", [0, 1, 2])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_kill_around_any_step_of_any_chunk_leaves_each_chunk_once(
    local: LocalTelegram, outbox: SqliteOutbox, bot: Bot, clock: SetClock, chunk: int, step: str, when: str
) -> None:
    class Killing:
        """The outbox of a process that dies around one step of one chunk."""

        def __getattr__(self, name: str) -> Callable[..., Any]:
            kept = getattr(outbox, name)

            def call(*values: Any, **named: Any) -> Any:
                deadly = name == step and values[0] == f"c{chunk}"
                if deadly and when == "before":
                    raise Killed
                answer = kept(*values, **named)
                if deadly:
                    raise Killed
                return answer

            return call

    parts = tuple(message(f"c{n}", position=n, html=f"{n} " + "x" * 3000) for n in range(3))
    outbox.put(parts, now=NOW)

    with pytest.raises(Killed):
        await Delivery(Killing(), bot, holder="dead", clock=clock).pump()
    clock.at = NOW + timedelta(minutes=4)
    await Delivery(outbox, bot, holder="alive", clock=clock).pump()

    texts = shown(local)
    orphans = [text for text in texts if text == "Stability map"]
    assert [text[:2] for text in texts if text not in orphans] == ["0 ", "1 ", "2 "]
    assert len(orphans) == (1 if (step, when) == ("placed", "before") else 0)


async def test_signs_in_a_placeholder_are_words_whatever_default_the_application_has(
    local: LocalTelegram, outbox: SqliteOutbox, clock: SetClock
) -> None:
    defaults = Defaults(parse_mode="HTML")
    async with ExtBot(local.token, base_url=local.bot_url, defaults=defaults) as bot:
        local.inject(ResetAfterAccept(), "editMessageText")
        outbox.put((message(placeholder="AT&T <b> filed", html="<x>", plain="AT&T <b> filed it"),), now=NOW)
        await Delivery(outbox, bot, holder="one", clock=clock).pump()
        await Delivery(outbox, bot, holder="one", clock=clock).say_directly(OWNER, "a < b")

    assert shown(local) == ["AT&T <b> filed it", "a < b"]
