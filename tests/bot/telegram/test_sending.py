import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot, Message

from bot.telegram import Attachment, FileRefused, Live, NotSent, Sender, Unreachable, escaped
from tests.bot.telegram_side import Sleeps
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

OWNER = 42


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        telegram.person(OWNER)
        yield telegram


@pytest.fixture
def owner(local: LocalTelegram) -> Person:
    return local.person(OWNER)


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@pytest.fixture
async def sender(local: LocalTelegram, sleeps: Sleeps) -> AsyncIterator[Sender]:
    async with Bot(local.token, base_url=local.bot_url, base_file_url=local.file_url) as bot:
        yield Sender(bot, sleep=sleeps)


async def test_blocks_arrive_as_html_with_the_buttons_under_the_last_part(
    sender: Sender, owner: Person
) -> None:
    blocks = ("<b>first</b> &amp; more", "x" * 4094, "last")

    ids = await sender.send(OWNER, blocks, buttons=((("Why", "why:r:NVDA"),),))

    messages = owner.replies()
    assert [message.message_id for message in messages] == list(ids)
    assert messages[0].text == "first & more"
    assert messages[0].entities[0]["type"] == "bold"
    assert [len(message.buttons) for message in messages] == [0, 0, 1]


async def test_markup_that_cannot_be_parsed_is_said_as_plain_text(
    sender: Sender, owner: Person, local: LocalTelegram
) -> None:
    local.inject(Refusal(400, "Bad Request: can't parse entities: Unsupported start tag"), "sendMessage")

    await sender.send(OWNER, ("<b>a &lt; b</b>",))

    assert [message.text for message in owner.replies()] == ["a < b"]
    assert owner.replies()[0].entities == []


async def test_a_flood_wait_is_honoured_and_the_message_sent_once(
    sender: Sender, owner: Person, local: LocalTelegram, sleeps: Sleeps
) -> None:
    local.inject(Flood(30), "sendMessage")

    await sender.send(OWNER, escaped("hello"))

    assert sleeps.taken == [30.1]
    assert [message.text for message in owner.replies()] == ["hello"]


async def test_what_may_have_arrived_is_never_sent_again(
    sender: Sender, owner: Person, local: LocalTelegram
) -> None:
    local.inject(ResetAfterAccept(), "sendMessage")

    with pytest.raises(NotSent) as caught:
        await sender.send(OWNER, escaped("paid for"))

    assert caught.value.unsure
    assert len(local.calls("sendMessage")) == 1
    assert len(owner.replies()) == 1


async def test_a_time_out_of_a_send_is_unsure_and_not_repeated(
    local: LocalTelegram, owner: Person, sleeps: Sleeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    local.inject(Delay(1.0, after=True), "sendMessage")
    async with Bot(local.token, base_url=local.bot_url) as bot:
        original = bot.send_message

        async def hasty(*args: Any, **named: Any) -> Message:
            return await original(*args, **named, read_timeout=0.05)

        bot._unfreeze()
        monkeypatch.setattr(bot, "send_message", hasty)

        with pytest.raises(NotSent) as caught:
            await Sender(bot, sleep=sleeps).send(OWNER, escaped("slow"))

    assert caught.value.unsure
    assert len(owner.replies()) == 1


async def test_a_gateway_page_means_unsent_and_is_tried_again(
    sender: Sender, owner: Person, local: LocalTelegram, sleeps: Sleeps
) -> None:
    local.inject(BadGateway(), "sendMessage", times=2)

    await sender.send(OWNER, escaped("hello"))

    assert sleeps.taken == [1.0, 2.0]
    assert len(owner.replies()) == 1


async def test_an_outage_ends_after_five_tries(
    sender: Sender, owner: Person, local: LocalTelegram, sleeps: Sleeps
) -> None:
    local.inject(BadGateway(), "sendMessage", times=None)

    with pytest.raises(NotSent) as caught:
        await sender.send(OWNER, escaped("hello"))

    assert not caught.value.unsure
    assert sleeps.taken == [1.0, 2.0, 4.0, 8.0]


async def test_an_edit_may_be_repeated_after_a_broken_connection(
    sender: Sender, owner: Person, local: LocalTelegram
) -> None:
    (number,) = await sender.send(OWNER, escaped("one"))
    local.inject(ResetBeforeAccept(), "editMessageText")

    assert await sender.edit(OWNER, number, escaped("two"))
    assert owner.replies()[0].text == "two"


async def test_an_edit_to_the_same_words_is_success_and_to_a_lost_message_false(
    sender: Sender, owner: Person
) -> None:
    (number,) = await sender.send(OWNER, escaped("one"))

    assert await sender.edit(OWNER, number, escaped("one"))
    assert await sender.edit(OWNER, number + 100, escaped("one")) is False


async def test_a_blocked_bot_is_told_apart_from_an_outage(sender: Sender, owner: Person) -> None:
    owner.blocks_the_bot()

    with pytest.raises(Unreachable):
        await sender.send(OWNER, escaped("hello"))


async def test_a_refusal_of_another_kind_is_said_and_not_retried(
    sender: Sender, local: LocalTelegram
) -> None:
    local.inject(Refusal(400, "Bad Request: BUTTON_DATA_INVALID"), "sendMessage")

    with pytest.raises(NotSent, match=r"(?i)button_data_invalid"):
        await sender.send(OWNER, escaped("hello"))


async def test_files_arrive_with_their_name_and_a_cut_caption(sender: Sender, owner: Person) -> None:
    number = await sender.attach(
        OWNER, Attachment(name="report.html", content=b"<html>"), caption=("<b>x</b>" * 10, "y" * 2000)
    )

    message = owner.replies()[0]
    assert message.message_id == number
    assert message.document is not None
    assert message.document.name == "report.html"
    assert len(message.text) <= 1024


async def test_a_running_message_is_edited_two_seconds_apart_and_only_when_changed(
    sender: Sender, owner: Person, local: LocalTelegram
) -> None:
    (number,) = await sender.send(OWNER, escaped("0"))
    now = [100.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    live = Live(sender, OWNER, number, escaped("0"), clock=lambda: now[0], sleep=sleep)
    live.show(escaped("0"))
    for step in range(1, 6):
        live.show(escaped(str(step)))

    await live.finish(escaped("done"))

    assert now[0] >= 102.0
    assert len(local.calls("editMessageText")) <= 2
    assert owner.replies()[0].text == "done"


async def test_the_last_words_arrive_although_the_message_was_deleted(
    sender: Sender, owner: Person, local: LocalTelegram
) -> None:
    (number,) = await sender.send(OWNER, escaped("0"))
    del local.world.chats[OWNER].messages[number]
    live = Live(sender, OWNER, number, escaped("0"), clock=lambda: 0.0, sleep=Sleeps())

    last = await live.finish(escaped("done"))

    assert last != number
    assert owner.replies()[0].text == "done"


async def test_a_progress_edit_that_fails_hinders_nothing(
    sender: Sender, owner: Person, local: LocalTelegram
) -> None:
    (number,) = await sender.send(OWNER, escaped("0"))
    local.inject(Refusal(400, "Bad Request: something odd"), "editMessageText")
    live = Live(sender, OWNER, number, escaped("0"), clock=lambda: 0.0, sleep=Sleeps())
    live.show(escaped("1"))
    assert live._task is not None
    await live._task

    await live.finish(escaped("done"))

    assert owner.replies()[0].text == "done"


async def test_a_cosmetic_call_never_waits_for_a_flood_and_says_how_long_to_be_silent(
    sender: Sender, local: LocalTelegram, sleeps: Sleeps
) -> None:
    (number,) = await sender.send(OWNER, escaped("one"))
    local.inject(Flood(3600), "editMessageText", "sendChatAction", times=None)

    quiet = await sender.touch(OWNER, number, escaped("two"))
    await sender.typing(OWNER)

    assert quiet == 3600
    assert sleeps.taken == []


async def test_a_flood_wait_that_no_answer_is_worth_is_not_begun(
    sender: Sender, owner: Person, local: LocalTelegram, sleeps: Sleeps
) -> None:
    local.inject(Flood(3600), "sendMessage", times=None)

    with pytest.raises(NotSent, match="asked to wait 3600 s"):
        await sender.send(OWNER, escaped("hello"))

    assert sleeps.taken == []


async def test_a_wait_ends_when_the_bot_stops_and_nothing_was_sent(
    local: LocalTelegram, owner: Person
) -> None:
    held = local.inject(Flood(100), "sendMessage", times=None)
    async with Bot(local.token, base_url=local.bot_url) as bot:
        sender = Sender(bot)
        sending = asyncio.create_task(sender.send(OWNER, escaped("hello")))
        while not held.used:
            await asyncio.sleep(0.01)
        sender.stop()

        async with asyncio.timeout(2):
            with pytest.raises(NotSent) as caught:
                await sending

    assert not caught.value.unsure


async def test_after_a_flood_the_running_message_is_silent_for_that_long(
    sender: Sender, owner: Person, local: LocalTelegram
) -> None:
    now = [100.0]
    (number,) = await sender.send(OWNER, escaped("0"))
    live = Live(sender, OWNER, number, escaped("0"), clock=lambda: now[0], sleep=_passing(now))
    local.inject(Flood(40), "editMessageText", times=1)

    live.show(escaped("1"))
    await asyncio.sleep(0.2)
    live.show(escaped("2"))
    await asyncio.sleep(0.2)

    assert owner.replies()[0].text == "2"
    assert now[0] >= 100.0 + 2 + 40 + 2
    await live.finish(escaped("end"))
    assert owner.replies()[0].text == "end"


def _passing(now: list[float]) -> Callable[[float], Awaitable[None]]:
    async def sleep(seconds: float) -> None:
        now[0] += seconds
        await asyncio.sleep(0)

    return sleep


@pytest.mark.parametrize(
    "path", ["/etc/hostname", "documents/../../secret", "http://evil.invalid/x", "//evil.invalid/x"]
)
async def test_a_file_elsewhere_than_below_telegrams_own_address_is_never_read(
    local: LocalTelegram, owner: Person, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.sends_document("a.csv", b"ticker")
    asked: list[str] = []

    async def fetch(address: str, cap: int) -> bytes:
        asked.append(address)
        return b""

    file_id = next(iter(local.world.files))
    monkeypatch.setattr(type(local.world.files[file_id]), "path", path)
    async with Bot(local.token, base_url=local.bot_url, base_file_url=local.file_url) as bot:
        with pytest.raises(FileRefused):
            await Sender(bot, fetch=fetch).file(file_id, cap=100)

    assert asked == []
