"""The local Telegram and, beside it, the real python-telegram-bot application polling it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.local_telegram import LocalTelegram, Person

OWNER = 42
Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the library warns at each 429, and a warning is an error here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        yield telegram


@pytest.fixture
def owner(local: LocalTelegram) -> Person:
    return local.person(OWNER, "Ada")


@pytest.fixture
async def bot(local: LocalTelegram, owner: Person) -> AsyncIterator[Bot]:
    """The library's bot, without an application around it."""
    async with Bot(local.token, base_url=local.bot_url, base_file_url=local.file_url) as bot:
        yield bot


@pytest.fixture
async def app(local: LocalTelegram, owner: Person) -> AsyncIterator[App]:
    """A small bot: /start shows a button, the button edits, a document is echoed by its first line."""
    builder = ApplicationBuilder().token(local.token).base_url(local.bot_url).base_file_url(local.file_url)
    application = builder.build()
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CallbackQueryHandler(_pressed))
    application.add_handler(MessageHandler(filters.Document.ALL, _document))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=5, poll_interval=0)
        yield application
        await application.updater.stop()
        await application.stop()


async def _start(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Why", callback_data="why:AAPL")]])
    await update.effective_message.reply_html("<b>Hello</b> &amp; welcome", reply_markup=keyboard)


async def _pressed(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer(f"you chose {query.data}")
    await query.edit_message_text("the reasons")


async def _document(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    assert message.document is not None
    file = await message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await message.reply_text(f"{message.document.file_name}: {content.splitlines()[0].decode()}")
