"""The chat page over HTTP: what it serves, and to whom it refuses to speak."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from tests.bot.local.conftest import OWNER
from tests.local_telegram import LocalTelegram, Person

BANNER = "Rehearsal: no model was asked."


@pytest.fixture
async def page(local: LocalTelegram, owner: Person) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has the page open: it knows the key."""
    address = local.open_page(owner, banner=BANNER)
    async with httpx.AsyncClient(base_url=address) as client:
        index = await client.get("/")
        found = re.search(r'name="key" content="([^"]+)"', index.text)
        assert found is not None
        client.headers["X-Key"] = found[1]
        yield client


async def stream(client: httpx.AsyncClient, count: int) -> list[tuple[str, dict[str, Any]]]:
    """The first events of the page's stream."""
    events: list[tuple[str, dict[str, Any]]] = []
    async with client.stream("GET", "/page/events") as answer:
        kind = ""
        async for line in answer.aiter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                events.append((kind, json.loads(line.removeprefix("data: "))))
            if len(events) == count:
                return events
    return events


async def test_the_page_says_that_it_is_a_rehearsal_and_loads_nothing_from_elsewhere(
    page: httpx.AsyncClient,
) -> None:
    index = await page.get("/")
    assets = [await page.get(f"/page/{name}") for name in ("chat.css", "chat.js", "render.js", "icon.svg")]

    assert BANNER in index.text
    assert [asset.status_code for asset in assets] == [200, 200, 200, 200]
    addresses = re.findall(r"https?://[^\s\"'<>]+", "".join(text.text for text in [index, *assets]))
    assert set(addresses) == {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in index.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in index.headers["content-security-policy"]


async def test_the_banner_is_text_and_no_markup(local: LocalTelegram, owner: Person) -> None:
    address = local.open_page(owner, banner="<script>alert(1)</script>")

    async with httpx.AsyncClient() as client:
        index = await client.get(address)

    assert "<script>alert" not in index.text
    assert "&lt;script&gt;alert(1)" in index.text


async def test_without_an_opened_page_there_is_none(local: LocalTelegram) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{local.base_url}/")).status_code == 404


async def test_what_is_said_in_the_page_reaches_the_bot(page: httpx.AsyncClient, bot: Bot) -> None:
    said = await page.post("/page/say", content=json.dumps({"text": " /why AAPL "}))

    (update,) = await bot.get_updates()
    assert said.status_code == 200
    assert update.message is not None
    assert update.message.text == "/why AAPL"
    assert update.message.entities[0].type == "bot_command"
    assert update.effective_user is not None
    assert update.effective_user.id == OWNER


async def test_an_uploaded_file_reaches_the_bot(page: httpx.AsyncClient, bot: Bot) -> None:
    content = b"ticker,shares\nAAPL,3\n"

    await page.post(
        "/page/upload", files={"document": ("p.csv", content, "text/csv")}, data={"caption": "mine"}
    )

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == content
    assert update.message.caption == "mine"


async def test_a_pressed_button_is_one_that_stands_there(
    page: httpx.AsyncClient, bot: Bot, owner: Person
) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Why", callback_data="why:AAPL")]])
    sent = await bot.send_message(OWNER, "map", reply_markup=keyboard)
    body = {"message_id": sent.message_id}

    good = await page.post("/page/press", content=json.dumps(body | {"data": "why:AAPL"}))
    forged = await page.post("/page/press", content=json.dumps(body | {"data": "run:paid"}))
    gone = await page.post("/page/press", content=json.dumps({"message_id": 999, "data": "why:AAPL"}))

    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "why:AAPL"
    assert good.json()["query_id"] == update.callback_query.id
    assert [forged.json()["description"], gone.json()["description"]] == [
        "Bad Request: that button is gone",
        "Bad Request: that message is gone",
    ]


async def test_bad_bodies_are_refused_with_a_sentence(page: httpx.AsyncClient, bot: Bot) -> None:
    answers = [
        await page.post("/page/say", content=b"{"),
        await page.post("/page/say", content=b"[]"),
        await page.post("/page/say", content=b'{"text": 3}'),
        await page.post("/page/say", content=json.dumps({"text": "   "})),
        await page.post("/page/say", content=json.dumps({"text": "x" * 4097})),
        await page.post("/page/upload", data={"caption": "no file"}),
    ]

    assert [answer.status_code for answer in answers] == [400] * 6
    assert await bot.get_updates() == ()


async def test_the_stream_begins_with_the_state_and_goes_on_with_what_happens(
    page: httpx.AsyncClient, bot: Bot, owner: Person
) -> None:
    await bot.set_my_commands([BotCommand("help", "how it works")])
    sent = await bot.send_message(OWNER, "<b>first</b>", parse_mode="HTML")

    (state,) = await stream(page, 1)

    assert state[0] == "state"
    assert state[1]["commands"] == [{"command": "help", "description": "how it works"}]
    (message,) = state[1]["messages"]
    assert (message["message_id"], message["text"], message["mine"]) == (sent.message_id, "first", False)
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 5}]


async def test_edits_typing_answers_and_deletions_are_heard_as_they_happen(
    page: httpx.AsyncClient, bot: Bot, owner: Person
) -> None:
    listening = asyncio.create_task(stream(page, 5))
    await asyncio.sleep(0.1)  # the stream is open
    sent = await bot.send_message(OWNER, "one")

    await bot.send_chat_action(OWNER, "typing")
    await bot.edit_message_text("two", OWNER, sent.message_id)
    press = owner.presses(owner.replies()[0], data="x")
    await bot.answer_callback_query(press.query_id, text="noted")
    events = await asyncio.wait_for(listening, 5)

    assert [kind for kind, _ in events] == ["state", "message", "action", "message", "answered"]
    assert [body["fresh"] for kind, body in events if kind == "message"] == [True, False]
    assert events[4][1] == {"query_id": press.query_id, "text": "noted"}


async def test_another_page_a_rebound_name_and_a_missing_key_are_refused(
    local: LocalTelegram, page: httpx.AsyncClient, bot: Bot
) -> None:
    words = json.dumps({"text": "/analyze"})
    own = local.base_url

    refused = [
        await page.post("/page/say", content=words, headers={"Origin": "https://evil.example"}),
        await page.post("/page/say", content=words, headers={"Origin": "null"}),
        await page.post("/page/say", content=words, headers={"Host": "evil.example:80"}),
        await page.post("/page/say", content=words, headers={"Sec-Fetch-Site": "cross-site"}),
        await page.post("/page/say", content=words, headers={"X-Key": "guessed"}),
        await page.post("/page/say", content=words, headers={"X-Key": ""}),
        await page.get("/page/menu", headers={"Sec-Fetch-Site": "same-site"}),
        await page.get("/", headers={"Host": "evil.example"}),
        await page.get("/page/events", headers={"Origin": "https://evil.example"}),
    ]
    accepted = await page.post(
        "/page/say", content=words, headers={"Origin": own, "Sec-Fetch-Site": "same-origin"}
    )

    assert [answer.status_code for answer in refused] == [403] * 9
    assert accepted.status_code == 200
    assert len(await bot.get_updates()) == 1


async def test_files_open_in_a_sandbox_and_unknown_kinds_are_only_downloaded(
    page: httpx.AsyncClient, bot: Bot, owner: Person
) -> None:
    await bot.send_document(OWNER, b"<script>x</script>", filename='a"b é.html')
    await bot.send_document(OWNER, b"MZ", filename="tool.exe")
    report, tool = (message.document for message in owner.replies())
    assert report is not None
    assert tool is not None

    opened = await page.get(f"/page/file/{report.file_id}?open=1")
    saved = await page.get(f"/page/file/{report.file_id}")
    program = await page.get(f"/page/file/{tool.file_id}?open=1")
    unknown = await page.get("/page/file/none")

    assert opened.headers["content-type"] == "text/html; charset=utf-8"
    assert opened.headers["content-security-policy"].startswith("sandbox ")
    assert "allow-scripts" not in opened.headers["content-security-policy"]
    assert opened.headers["content-disposition"] == "inline; filename*=UTF-8''a%22b%20%C3%A9.html"
    assert saved.headers["content-type"] == "application/octet-stream"
    assert program.headers["content-disposition"].startswith("attachment;")
    assert program.headers["x-content-type-options"] == "nosniff"
    assert unknown.status_code == 404


async def test_unknown_addresses_and_verbs_are_refused(page: httpx.AsyncClient) -> None:
    assert (await page.get("/page/../telegram.py")).status_code == 404
    assert (await page.get("/page/%2e%2e/telegram.py")).status_code == 404
    assert (await page.post("/page/other")).status_code == 404
    assert (await page.delete("/")).status_code == 405
