"""Request shapes and refusals that the conversation tests do not meet: keyboards, pictures, media, replies,
scopes."""

import struct

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyKeyboardRemove
from telegram.error import BadRequest

from tests.bot.local.conftest import OWNER
from tests.local_telegram import LocalTelegram, Person


def png(width: int, height: int) -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00"
    )


JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + b"\x01\x00\x00\x00"
GIF = b"GIF89a" + struct.pack("<HH", 5, 6) + b"rest"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X" + bytes(8) + (7).to_bytes(3, "little") + (8).to_bytes(3, "little")


async def call(local: LocalTelegram, method: str, **body: object) -> str:
    """The description of the refusal of a raw request, or "ok"."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{local.bot_url}{local.token}/{method}", json=body)
    return str(answer.json().get("description", "ok"))


async def test_the_size_of_a_picture_is_read_from_its_bytes(bot: Bot, owner: Person) -> None:
    sent = await bot.send_photo(OWNER, png(640, 480))

    assert (sent.photo[0].width, sent.photo[0].height) == (640, 480)


async def test_media_of_another_kind_or_unknown_files_are_refused(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    photo = await bot.send_photo(OWNER, png(4, 4))
    text = await bot.send_message(OWNER, "text")

    for attempt in (bot.send_photo(OWNER, "unknown-id"), bot.send_document(OWNER, photo.photo[0].file_id)):
        with pytest.raises(BadRequest, match="Wrong file identifier"):
            await attempt
    await bot.edit_message_media(InputMediaPhoto(png(4, 4)), OWNER, text.message_id)
    assert owner.replies()[-1].photo is not None
    assert await call(local, "sendPhoto", chat_id=OWNER) == "Bad Request: there is no photo in the request"


async def test_pictures_out_of_proportion_or_too_large_are_refused(bot: Bot, owner: Person) -> None:
    for content, words in (
        (png(8000, 2001), "(?i)photo_invalid_dimensions"),
        (png(2100, 100), "(?i)photo_invalid_dimensions"),
        (png(10, 10) + bytes(10 * 1024 * 1024), "(?i)too big for a photo"),
        (b"\xff\xd8\xff\xd9", "(?i)image_process_failed"),
    ):
        with pytest.raises(BadRequest, match=words):
            await bot.send_photo(OWNER, content)
    assert owner.replies() == []


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {}}, "must be an Array of Arrays"),
        ({"inline_keyboard": [["x"]]}, "expected an Object"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "url": "javascript:1"}]]}, "Wrong HTTP URL"),
    ],
)
async def test_keyboards_that_are_none_are_refused(
    local: LocalTelegram, owner: Person, markup: object, words: str
) -> None:
    description = await call(local, "sendMessage", chat_id=OWNER, text="x", reply_markup=markup)

    assert words in description
    assert owner.replies() == []


async def test_link_buttons_open_pages_and_send_nothing(bot: Bot, owner: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Filing", url="https://www.sec.gov/x")]])
    await bot.send_message(OWNER, "see", reply_markup=keyboard)
    await bot.send_message(OWNER, "bare", reply_markup=ReplyKeyboardRemove())
    linked, bare = owner.replies()

    assert linked.buttons[0].url == "https://www.sec.gov/x"
    assert bare.buttons == ()
    with pytest.raises(LookupError, match="opens a page"):
        owner.presses(linked, "Filing")


async def test_links_in_markup_are_completed_or_dropped(bot: Bot, owner: Person) -> None:
    markup = (
        '<a href="example.org/x">a</a> <a>example.org</a> '
        "<a href=\"javascript:alert(1)\">c</a> <a href=''>d</a>"
    )

    sent = await bot.send_message(OWNER, markup, parse_mode="HTML")

    assert [entity.url for entity in sent.entities] == ["http://example.org/x", "http://example.org"]
    assert sent.text == "a example.org c d"


async def test_wrong_scopes_and_actions_are_refused(bot: Bot, local: LocalTelegram, owner: Person) -> None:
    command = {"command": "x", "description": "y"}

    assert await call(local, "setMyCommands", commands="x") == "Bad Request: can't parse commands JSON object"
    assert "expected an Array" in await call(local, "setMyCommands", commands={})
    assert "BOT_COMMANDS_TOO_MUCH" in await call(local, "setMyCommands", commands=[command] * 101)
    assert "DESCRIPTION_INVALID" in await call(
        local, "setMyCommands", commands=[{"command": "x", "description": ""}]
    )
    assert "unsupported type" in await call(
        local, "setMyCommands", commands=[command], scope={"type": "planet"}
    )
    assert "wrong parameter action" in await call(local, "sendChatAction", chat_id=OWNER, action="sleeping")
    assert await call(local, "sendMessage", text="x") == "Bad Request: chat_id is empty"
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(
            owner.presses(owner.says("x"), data="forged").query_id, text="x" * 201
        )


async def test_an_edited_command_of_a_person_is_an_edited_message(bot: Bot, owner: Person) -> None:
    said = owner.says("/wyh AAPL")
    owner.edits(said, "/why AAPL")
    owner.sends_photo(png(3, 3), caption="see")

    first, second, third = await bot.get_updates()

    assert first.message is not None
    assert first.message.text == "/wyh AAPL"
    assert second.edited_message is not None
    assert second.edited_message.text == "/why AAPL"
    assert third.message is not None
    assert third.message.photo[0].width == 3


async def test_pending_updates_can_be_counted_and_dropped(bot: Bot, owner: Person) -> None:
    owner.says("one")
    owner.says("two")

    assert (await bot.get_webhook_info()).pending_update_count == 2
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_file_path_that_does_not_exist_is_not_found(local: LocalTelegram) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{local.file_url}{local.token}/documents/file_1.csv")

    assert answer.status_code == 404


async def test_a_broken_upload_is_refused_and_an_endless_one_cut(local: LocalTelegram) -> None:
    address = f"{local.bot_url}{local.token}/sendDocument"
    async with httpx.AsyncClient() as client:
        unmarked = await client.post(address, content=b"x", headers={"Content-Type": "multipart/form-data"})
        broken = await client.post(
            address,
            content=b"--b\r\nno head\r\n--b--",
            headers={"Content-Type": "multipart/form-data; boundary=b"},
        )
        listed = await client.post(address, json=[1])

    assert [answer.status_code for answer in (unmarked, broken, listed)] == [400, 400, 400]
