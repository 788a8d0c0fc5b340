"""What the local Telegram refuses, in the words of the official server, and the limits it counts."""

import asyncio
import json

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageEntityType
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError

from tests.bot.local.conftest import OWNER
from tests.local_telegram import LocalTelegram, Person


def buttons(count: int, *, width: int = 8, data: str = "x") -> InlineKeyboardMarkup:
    cells = [InlineKeyboardButton(str(number), callback_data=data) for number in range(count)]
    return InlineKeyboardMarkup([cells[at : at + width] for at in range(0, count, width)])


def kind(entity: MessageEntity) -> str:
    assert isinstance(entity.type, MessageEntityType)
    value: str = entity.type.value
    return value


async def test_a_text_is_counted_after_its_markup(bot: Bot, owner: Person) -> None:
    markup = "<b>" + "&lt;" * 4096 + "</b>"

    sent = await bot.send_message(OWNER, markup, parse_mode="HTML")

    assert sent.text == "<" * 4096
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(OWNER, "x" * 4097)
    assert len(owner.replies()) == 1


async def test_a_text_is_counted_in_characters_and_entities_in_utf16_units(bot: Bot, owner: Person) -> None:
    sent = await bot.send_message(OWNER, "📈" * 4095 + "<b>!</b>", parse_mode="HTML")

    assert sent.entities[0].offset == 2 * 4095
    assert sent.parse_entities() == {sent.entities[0]: "!"}


async def test_a_caption_has_its_own_limit(bot: Bot, owner: Person) -> None:
    await bot.send_document(OWNER, b"x", caption="<i>" + "y" * 1024 + "</i>", parse_mode="HTML")

    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(OWNER, b"x", caption="y" * 1025)
    assert len(owner.replies()) == 1


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
    ],
)
async def test_broken_markup_is_refused_with_the_place(
    bot: Bot, owner: Person, markup: str, reason: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(OWNER, markup, parse_mode="HTML")

    # The library changes the case of what the server said.
    assert str(refused.value).lower() == f"can't parse entities: {reason}".lower()
    assert owner.replies() == []


async def test_every_tag_becomes_its_entity(bot: Bot, owner: Person) -> None:
    markup = (
        "<b>b</b><i>i</i><u>u</u><s>s</s><code>c</code><pre>p</pre>"
        '<a href="https://example.org/?a=1&amp;b=2">l</a>'
    )

    sent = await bot.send_message(OWNER, markup, parse_mode="HTML")

    kinds = ["bold", "italic", "underline", "strikethrough", "code", "pre", "text_link"]
    assert [kind(entity) for entity in sent.entities] == kinds
    assert sent.entities[6].url == "https://example.org/?a=1&b=2"
    assert sent.text == "biuscpl"


async def test_nested_tags_and_unknown_references_are_kept(bot: Bot, owner: Person) -> None:
    sent = await bot.send_message(OWNER, "<b>a<i>b</i></b>&nbsp;&#8364;&copy; AT&T", parse_mode="HTML")

    assert sent.text == "ab&nbsp;€&copy; AT&T"
    assert [(kind(entity), entity.offset, entity.length) for entity in sent.entities] == [
        ("bold", 0, 2),
        ("italic", 1, 1),
    ]


async def test_control_characters_and_direction_overrides_are_cleaned(bot: Bot, owner: Person) -> None:
    sent = await bot.send_message(OWNER, "  a\x00b\u202ec\r\nd  ")

    assert sent.text == "a bc\nd"


async def test_links_and_commands_are_found_outside_code(bot: Bot, owner: Person) -> None:
    sent = await bot.send_message(
        OWNER, "/why or https://sec.gov/x. <code>/why</code> a/b", parse_mode="HTML"
    )

    found = [(kind(entity), text) for entity, text in sent.parse_entities().items()]
    assert found == [("bot_command", "/why"), ("url", "https://sec.gov/x"), ("code", "/why")]


async def test_what_a_phone_makes_tappable_by_itself_is_found(bot: Bot, owner: Person) -> None:
    sent = await bot.send_message(OWNER, "t.me/x, @friend #buy $NVDA; not 5.3, a@b, 1/2, J.P. or $5")

    found = [(kind(entity), text) for entity, text in sent.parse_entities().items()]
    assert found == [("url", "t.me/x,"), ("mention", "@friend"), ("hashtag", "#buy"), ("cashtag", "$NVDA")]


async def test_an_edit_to_the_same_content_is_refused_as_not_modified(bot: Bot, owner: Person) -> None:
    sent = await bot.send_message(OWNER, "<b>same</b>", parse_mode="HTML", reply_markup=buttons(1))

    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text(
            "<strong>same</strong>", OWNER, sent.message_id, parse_mode="HTML", reply_markup=buttons(1)
        )
    await bot.edit_message_text("same", OWNER, sent.message_id)
    assert owner.replies()[0].buttons == ()


async def test_edits_of_what_cannot_be_edited_are_refused(bot: Bot, owner: Person) -> None:
    text = await bot.send_message(OWNER, "text")
    file = await bot.send_document(OWNER, b"file")
    said = owner.says("mine")

    for message_id, words in (
        (999, "Message to edit not found"),
        (said.message_id, "Message can't be edited"),
        (file.message_id, "There is no text in the message to edit"),
    ):
        with pytest.raises(BadRequest, match=words):
            await bot.edit_message_text("new", OWNER, message_id)
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.edit_message_text("x" * 4097, OWNER, text.message_id)


async def test_buttons_are_counted_and_their_data_measured_in_bytes(bot: Bot, owner: Person) -> None:
    await bot.send_message(OWNER, "full", reply_markup=buttons(100, data="é" * 32))

    for markup, words in (
        (buttons(101), "(?i)reply markup is too long"),
        (buttons(9, width=9), "(?i)reply markup is too long"),
        (buttons(1, data="é" * 32 + "x"), "(?i)button_data_invalid"),
    ):
        with pytest.raises(BadRequest, match=words):
            await bot.send_message(OWNER, "refused", reply_markup=markup)
    assert len(owner.replies()) == 1


async def test_unknown_silent_and_blocking_chats_are_told_apart(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    local.person(7, "Shy", started=False)
    owner.blocks_the_bot()

    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(12345, "who?")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(7, "hello")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(OWNER, "hello")
    owner.unblocks_the_bot()
    await bot.send_message(OWNER, "back")
    updates = await bot.get_updates()
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_empty_texts_and_files_are_refused(bot: Bot, owner: Person) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(OWNER, "<b> </b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(OWNER, b"")
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(OWNER, b"no picture at all")
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(OWNER, "*x*", parse_mode="MarkdownV2")


async def test_files_above_the_limits_are_refused(bot: Bot, owner: Person) -> None:
    large = owner.sends_document("large.csv", b"x" * (20 * 1024 * 1024 + 1))
    assert large.document is not None

    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(large.document.file_id)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(OWNER, b"x" * (50 * 1024 * 1024 + 1))
    with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
        await bot.get_file("unknown")


async def test_an_answer_to_an_unknown_press_is_too_old(bot: Bot, owner: Person) -> None:
    with pytest.raises(
        BadRequest, match="Query is too old and response timeout expired or query id is invalid"
    ):
        await bot.answer_callback_query("12345")


async def test_the_older_of_two_pollers_gets_the_conflict(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    async with Bot(local.token, base_url=local.bot_url) as other:
        first = asyncio.create_task(bot.get_updates(timeout=10))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(other.get_updates(timeout=10))

        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one"):
            await first
        owner.says("for the second")
        assert len(await second) == 1


async def test_a_poller_that_hung_up_is_no_conflict_and_loses_nothing(
    bot: Bot, local: LocalTelegram, owner: Person
) -> None:
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(f"{local.bot_url}{local.token}/getUpdates?timeout=30", timeout=0.1)
    owner.says("still there")

    updates = await bot.get_updates()

    assert [update.message.text for update in updates if update.message] == ["still there"]


async def test_offsets_confirm_and_negative_ones_skip(bot: Bot, owner: Person) -> None:
    for word in ("one", "two", "three"):
        owner.says(word)

    last = await bot.get_updates(offset=-1)
    after = await bot.get_updates(offset=last[0].update_id + 1)

    assert [update.message.text for update in last if update.message] == ["three"]
    assert after == ()


async def test_updates_that_were_not_asked_for_are_not_delivered(bot: Bot, owner: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])

    owner.says("unheard")

    assert await bot.get_updates() == ()


async def test_wrong_tokens_and_methods_are_told_apart(local: LocalTelegram) -> None:
    async with httpx.AsyncClient() as client:
        malformed = await client.get(f"{local.bot_url}nonsense/getMe")
        wrong = await client.get(f"{local.bot_url}1:another-token-of-good-form/getMe")
        unknown = await client.get(f"{local.bot_url}{local.token}/sendTelepathy")

    assert (malformed.status_code, malformed.json()["description"]) == (404, "Not Found")
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    assert (unknown.status_code, unknown.json()["description"]) == (404, "Not Found: method not found")
    with pytest.raises(InvalidToken):
        async with Bot("1:another-token-of-good-form", base_url=local.bot_url):
            pass


async def test_a_web_page_or_a_rebound_name_cannot_act_as_the_bot(local: LocalTelegram) -> None:
    address = f"{local.bot_url}{local.token}/getMe"
    async with httpx.AsyncClient() as client:
        page = await client.post(address, headers={"Origin": "https://evil.example"})
        rebound = await client.get(address, headers={"Host": "evil.example"})
        own = await client.get(address)

    assert (page.status_code, rebound.status_code, own.status_code) == (403, 403, 200)


async def test_parameters_may_come_as_json_query_or_form(local: LocalTelegram, owner: Person) -> None:
    address = f"{local.bot_url}{local.token}/sendMessage"
    async with httpx.AsyncClient() as client:
        await client.post(address, json={"chat_id": OWNER, "text": "json"})
        await client.get(address, params={"chat_id": OWNER, "text": "query"})
        await client.post(address, data={"chat_id": str(OWNER), "text": "form"})
        broken = await client.post(address, content=b"{", headers={"Content-Type": "application/json"})
        markup = await client.post(address, json={"chat_id": OWNER, "text": "x", "reply_markup": "{"})

    assert [message.text for message in owner.replies()] == ["json", "query", "form"]
    assert broken.status_code == 400
    assert (
        json.loads(markup.text)["description"] == "Bad Request: can't parse reply keyboard markup JSON object"
    )


async def test_bytes_that_are_no_http_are_refused_and_the_server_lives(
    local: LocalTelegram, bot: Bot, owner: Person
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(local.base_url.rpartition(":")[2]))
    writer.write(b"\x16\x03\x01 no http\r\n\r\n")
    answer = await reader.read()
    writer.close()

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert (await bot.get_me()).username == "condorcet_bot"


async def test_a_bot_that_hangs_up_half_way_through_a_request_breaks_nothing(
    bot: Bot, local: LocalTelegram, owner: Person, caplog: pytest.LogCaptureFixture
) -> None:
    head = (
        f"POST /bot{local.token}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:{local.port}\r\nContent-Length: 100"
    )
    _, writer = await asyncio.open_connection("127.0.0.1", local.port)
    writer.write(f"{head}\r\n\r\nchat_id".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    await asyncio.sleep(0.1)

    await bot.send_message(OWNER, "still there")

    assert [reply.text for reply in owner.replies()] == ["still there"]
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
