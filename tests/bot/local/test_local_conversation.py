"""The real application of the library against the local Telegram, by polling over HTTP."""

import asyncio
from pathlib import Path

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, InputMediaDocument
from telegram.error import BadRequest

from bot.local.world import Button
from tests.bot.local.conftest import OWNER, App
from tests.local_telegram import LocalTelegram, Person

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x04\x00\x00\x00\x03\x08\x02\x00\x00\x00"
    + b"rest of a picture"
)


async def test_a_command_is_answered_with_text_entities_and_buttons(app: App, owner: Person) -> None:
    owner.says("/start")
    reply = await owner.next_message()

    assert reply.text == "Hello & welcome"
    assert reply.entities == [{"type": "bold", "offset": 0, "length": 5}]
    assert reply.buttons == (Button(label="Why", data="why:AAPL"),)
    assert reply.from_bot


async def test_a_pressed_button_is_answered_and_edits_the_same_message(app: App, owner: Person) -> None:
    owner.says("/start")
    reply = await owner.next_message()

    answer = await owner.presses(reply, "Why").answer()
    edited = await owner.next_edit("the reasons")

    assert answer == "you chose why:AAPL"
    assert edited is reply
    assert reply.versions == ["Hello & welcome"]
    assert reply.buttons == ()


async def test_a_sent_document_is_downloaded_by_the_bot_byte_for_byte(app: App, owner: Person) -> None:
    owner.sends_document("positions é.csv", b"ticker,shares\r\nAAPL,3\r\n", mime_type="text/csv")

    reply = await owner.next_message()

    assert reply.text == "positions é.csv: ticker,shares"


async def test_nothing_said_means_nothing_sent(app: App, owner: Person) -> None:
    seen = await owner.silence(0.2)

    assert seen == []
    assert owner.messages() == []


async def test_a_wait_in_vain_says_what_the_chat_shows(app: App, owner: Person) -> None:
    owner.says("/start")
    await owner.next_message()

    with pytest.raises(
        TimeoutError, match=r"hoped for sent with 'the map'.*\n.*'/start'\n.*'Hello & welcome'"
    ):
        await owner.next_message("the map", timeout=0.05)


async def test_a_missing_button_is_named_with_those_that_exist(app: App, owner: Person) -> None:
    owner.says("/start")
    reply = await owner.next_message()

    with pytest.raises(LookupError, match=r"'Back'.*'Why'"):
        owner.presses(reply, "Back")


async def test_uploads_arrive_byte_for_byte_with_name_and_kind(
    bot: Bot, owner: Person, tmp_path: Path
) -> None:
    binary = bytes(range(256)) * 400 + b"\r\n--\r\n"

    await bot.send_document(
        OWNER, binary, filename='re"port é.html', caption="<i>full</i>", parse_mode="HTML"
    )
    await bot.send_photo(OWNER, PNG, caption="map")
    document, photo = owner.replies()

    assert document.document is not None
    assert document.document.content == binary
    assert document.document.mime_type == "text/html"
    assert document.text == "full"
    assert photo.photo is not None
    assert (photo.photo.width, photo.photo.height) == (4, 3)


async def test_a_media_edit_changes_file_and_caption(bot: Bot, owner: Person) -> None:
    sent = await bot.send_document(OWNER, b"one", filename="a.txt", caption="first")

    await bot.edit_message_media(
        InputMediaDocument(b"two", filename="b.txt", caption="third"), OWNER, sent.message_id
    )
    (message,) = owner.replies()

    assert message.versions == ["first"]
    assert message.text == "third"
    assert message.document is not None
    assert (message.document.name, message.document.content) == ("b.txt", b"two")


async def test_a_file_can_be_sent_again_by_its_id(bot: Bot, owner: Person) -> None:
    first = await bot.send_document(OWNER, b"report", filename="r.html")
    assert first.document is not None

    await bot.send_document(OWNER, first.document.file_id)
    second = owner.replies()[-1]

    assert second.document is not None
    assert second.document.content == b"report"


async def test_commands_are_kept_per_scope(bot: Bot, local: LocalTelegram, owner: Person) -> None:
    await bot.set_my_commands([BotCommand("help", "how it works")])
    await bot.set_my_commands([BotCommand("analyze", "ask now")], scope=BotCommandScopeChat(OWNER))

    assert [command.command for command in await bot.get_my_commands()] == ["help"]
    assert [command.command for command in await bot.get_my_commands(BotCommandScopeChat(OWNER))] == [
        "analyze"
    ]
    await bot.delete_my_commands(BotCommandScopeChat(OWNER))
    assert await bot.get_my_commands(BotCommandScopeChat(OWNER)) == ()
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Bad-Name", "no")])


async def test_typing_is_seen_as_an_event(bot: Bot, owner: Person) -> None:
    await bot.send_chat_action(OWNER, "typing")

    event = await owner.until(lambda event: event.kind == "action")

    assert event.detail == "typing"


async def test_in_a_group_the_bot_hears_commands_and_not_the_talk(
    local: LocalTelegram, bot: Bot, owner: Person
) -> None:
    friends = local.group(-100500, "Friends")

    owner.says("did you see the match?", chat=friends)
    owner.says("/start", chat=friends)
    updates = await bot.get_updates()

    assert [update.message.text for update in updates if update.message] == ["/start"]
    assert updates[0].effective_chat is not None
    assert updates[0].effective_chat.type == "supergroup"


async def test_a_burst_is_delivered_in_order_and_once(local: LocalTelegram, bot: Bot, owner: Person) -> None:
    for number in range(250):
        owner.says(f"message {number}")

    seen: list[str] = []
    offset = 0
    while updates := await bot.get_updates(offset=offset):
        seen += [update.message.text or "" for update in updates if update.message]
        offset = updates[-1].update_id + 1

    assert seen == [f"message {number}" for number in range(250)]


async def test_a_waiting_poll_is_answered_as_soon_as_something_happens(bot: Bot, owner: Person) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)

    owner.says("now")
    updates = await asyncio.wait_for(polling, 2)

    assert [update.message.text for update in updates if update.message] == ["now"]


async def test_what_stands_in_the_chat_is_seen_whether_it_came_by_message_or_edit(
    bot: Bot, owner: Person
) -> None:
    sent = await bot.send_message(OWNER, "ballots 1/5")
    waiting = asyncio.create_task(owner.sees("ballots 5/5"))
    await asyncio.sleep(0.02)

    await bot.edit_message_text("ballots 5/5", OWNER, sent.message_id)

    assert (await waiting).message_id == sent.message_id
    assert (await owner.sees("5/5")).versions == ["ballots 1/5"]
    with pytest.raises(TimeoutError, match=r"a message with 'ballots 6/5'"):
        await owner.sees("ballots 6/5", timeout=0.05)
