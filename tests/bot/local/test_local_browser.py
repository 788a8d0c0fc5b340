"""The chat page in a real browser, against the real application of the library."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from tests.bot.local.axe import faults
from tests.bot.local.chromium import Tab, browser
from tests.bot.local.conftest import OWNER, App
from tests.local_telegram import LocalTelegram, Person

pytestmark = pytest.mark.browser
TEXTS = "[...document.querySelectorAll('.message .body')].map((each) => each.firstChild.textContent)"


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    async with browser(tmp_path / "profile") as tab:
        await tab.look(width=360, height=740)
        yield tab
        assert tab.problems == []


async def test_a_conversation_by_mouse_and_keys(
    app: App, local: LocalTelegram, owner: Person, tab: Tab, tmp_path: Path
) -> None:
    await app.bot.set_my_commands([BotCommand("start", "begin"), BotCommand("help", "how it works")])
    await tab.open(local.open_page(owner, banner="Rehearsal: no model was asked."))

    await tab.click(".welcome button", "Start")
    await tab.until("document.querySelector('.message:not(.mine) b')?.textContent === 'Hello'")
    await tab.click(".key", "Why")
    await tab.until(
        "document.querySelector('.message:not(.mine) .body').textContent.startsWith('the reasons')"
    )
    await tab.until("document.querySelector('#toast').textContent === 'you chose why:AAPL'")
    await tab.until("!document.querySelector('.key')")

    await tab.type("/he")
    await tab.until("document.querySelectorAll('#menu button').length === 1")
    await tab.type("y, no command")
    await tab.until("document.querySelector('#menu').hidden")
    await tab.enter()
    await tab.until("document.querySelectorAll('.message.mine').length === 2")
    await tab.click("#commands")
    await tab.click("#menu button", "/start")
    await tab.until("document.querySelectorAll('.message.mine').length === 3")

    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_bytes(b"ticker,shares\nAAPL,3\n")
    await tab.choose("#file", portfolio)
    await tab.until("!document.querySelector('#attached').hidden")
    await tab.click("#send")
    await tab.until(f"{TEXTS}.includes('portfolio.csv: ticker,shares')")

    assert [message.text for message in owner.messages() if not message.from_bot] == [
        "/start",
        "/hey, no command",
        "/start",
        "",
    ]
    assert (
        await tab.value("document.querySelector('#banner').textContent") == "Rehearsal: no model was asked."
    )


async def test_hostile_text_stays_text(bot: Bot, local: LocalTelegram, owner: Person, tab: Tab) -> None:
    hostile = "<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>x</a>"
    await bot.send_message(OWNER, hostile)
    link = "<a href='https://example.org/'>safe</a> <a href='tg://user?id=1'>none</a>"
    await bot.send_message(OWNER, link, parse_mode="HTML")
    await bot.send_document(OWNER, b"x", filename="<b>x</b>.html")

    await tab.open(local.open_page(owner, banner="<i>text</i>"))
    await tab.until("document.querySelectorAll('.message').length === 3")

    assert await tab.value(f"{TEXTS}[0]") == hostile
    assert await tab.value("document.querySelectorAll('.body img').length") == 0
    assert await tab.value("[...document.querySelectorAll('.body a')].map((each) => each.href)") == [
        "https://example.org/"
    ]
    assert await tab.value("document.querySelector('.file .name').textContent") == "<b>x</b>.html"


async def test_nested_entities_are_drawn_once_and_in_order(
    bot: Bot, local: LocalTelegram, owner: Person, tab: Tab
) -> None:
    markup = "📈 <b>a <i>b</i> c</b> <code>d</code> <u>e</u><s>f</s><pre>g</pre>"
    await bot.send_message(OWNER, markup, parse_mode="HTML")

    await tab.open(local.open_page(owner, banner="x"))
    await tab.until("document.querySelector('.message')")

    drawn = await tab.value(
        "(() => { const body = document.querySelector('.body').cloneNode(true);"
        " body.querySelector('.meta').remove(); return body.innerHTML; })()"
    )
    assert drawn == ('📈 <b>a <i>b</i> c</b> <code title="Copy">d</code> <u>e</u><s>f</s><pre>g</pre>')


async def test_the_page_fits_phone_and_desktop_and_can_be_read_in_both_themes(
    bot: Bot, local: LocalTelegram, owner: Person, tab: Tab
) -> None:
    owner.says("/analyze " + "x" * 300)
    await bot.send_message(OWNER, "<pre>" + "wide " * 60 + "</pre>" + "W" * 200, parse_mode="HTML")
    await tab.open(local.open_page(owner, banner="Rehearsal: no model was asked."))
    await tab.until("document.querySelectorAll('.message').length === 2")

    for width, dark in ((360, False), (360, True), (1200, False), (1200, True)):
        await tab.look(width=width, height=740, dark=dark)

        assert await tab.value("document.documentElement.scrollWidth") == width
        assert await tab.value(
            "(({scrollWidth, clientWidth}) => scrollWidth <= clientWidth)(document.querySelector('#log'))"
        )
        for ink, ground, least in READABLE:
            ratio = await tab.value(CONTRAST.replace("INK", ink).replace("GROUND", ground))
            assert ratio >= least, (ink, ground, width, dark)


# Ink, ground and the least ratio between them: 7 for what is read, 4.5 for what is glanced at.
READABLE = (
    (".message:not(.mine) .bubble", ".message:not(.mine) .bubble", 7),
    (".mine .bubble", ".mine .bubble", 7),
    ("#banner", "#banner", 7),
    (".mine .meta", ".mine .bubble", 4.5),
    (".message:not(.mine) .meta", ".message:not(.mine) .bubble", 4.5),
    (".mine .command", ".mine .bubble", 4.5),
)
# The ratio of WCAG 2 between the ink of one element and the ground of another.
CONTRAST = """(() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((each) => {
      const part = each / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ink = light(getComputedStyle(document.querySelector('INK')).color);
  const ground = light(getComputedStyle(document.querySelector('GROUND')).backgroundColor);
  return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
})()"""


async def test_axe_finds_no_serious_fault_in_either_theme(
    bot: Bot, local: LocalTelegram, owner: Person, tab: Tab
) -> None:
    owner.says("/analyze")
    markup = "<b>Map</b> <a href='https://example.org/'>a fact</a> /why <code>H A</code>"
    below = InlineKeyboardMarkup([[InlineKeyboardButton("◇ NVIDIA", callback_data="why:1:NVDA")]])
    await bot.send_message(OWNER, markup, parse_mode="HTML", reply_markup=below)
    await bot.send_document(OWNER, b"<!doctype html>", filename="report.html")
    await bot.set_my_commands([BotCommand("start", "begin")])
    await tab.open(local.open_page(owner, banner="Rehearsal: no model was asked."))
    await tab.until("document.querySelectorAll('.message').length === 3")

    for dark in (False, True):
        await tab.look(width=360, height=740, dark=dark)
        assert await faults(tab) == []
    await tab.click("#commands")
    await tab.until("document.querySelector('#menu button')")

    assert await faults(tab) == []


async def test_words_typed_while_others_are_sent_stay(
    local: LocalTelegram, owner: Person, bot: Bot, tab: Tab
) -> None:
    await tab.open(local.open_page(owner, banner="x"))
    await tab.until("document.querySelector('.welcome')")
    await tab.value(
        "(() => { const ask = window.fetch; window.fetch = (...all) =>"
        " new Promise((done) => setTimeout(() => done(ask(...all)), 400)); return 0; })()"
    )

    await tab.type("/analyze")
    await tab.enter()
    await tab.type("/variance")
    await tab.until("document.querySelectorAll('.message.mine').length === 1")

    assert await tab.value("document.querySelector('#text').value") == "/variance"
    assert [message.text for message in owner.messages()] == ["/analyze"]


async def test_an_empty_file_gets_a_sentence_and_is_not_sent(
    local: LocalTelegram, owner: Person, bot: Bot, tab: Tab, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    await tab.open(local.open_page(owner, banner="x"))
    await tab.until("document.querySelector('.welcome')")

    await tab.choose("#file", empty)

    await tab.until("document.querySelector('#toast').textContent.startsWith('empty.csv is empty')")
    assert await tab.value("document.querySelector('#attached').hidden")


async def test_no_button_is_clipped_on_a_phone(
    bot: Bot, local: LocalTelegram, owner: Person, tab: Tab
) -> None:
    rows = [[InlineKeyboardButton(label, callback_data="x") for label in pair] for pair in LABELS]
    await bot.send_message(OWNER, "Replace the portfolio by this?", reply_markup=InlineKeyboardMarkup(rows))
    await tab.open(local.open_page(owner, banner="x"))
    await tab.until("document.querySelector('.key')")

    clipped = await tab.value(
        "[...document.querySelectorAll('.key')].filter((each) => each.scrollWidth > each.clientWidth"
        " || each.scrollHeight > each.clientHeight + 1).map((each) => each.innerText)"
    )

    assert clipped == []


LABELS = (
    ("Replace my portfolio", "Keep the old one"),
    ("◇ Mitsubishi UFJ Fin…", "▼ Bayerische Motore…"),
    ("Facts", "‹ Names", "more ›", "Rejected"),
)
