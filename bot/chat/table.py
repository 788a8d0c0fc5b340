"""Every command and button in one table: what is written or pressed → who answers. `register` puts it all
into an application."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.chat.choosing import Choosing
from bot.chat.context import Desk
from bot.chat.holdings import Holdings
from bot.chat.importing import Imports
from bot.chat.laboratory import Laboratory
from bot.chat.long import Long
from bot.chat.past import Past
from bot.chat.reading import Reading
from bot.chat.reply import Context, Handler, answering, chat_of, failed, typed
from bot.chat.routes import Route, read
from bot.chat.shelf import Shelf
from bot.telegram.access import Gate, install
from bot.texts import chat as texts
from core.base.errors import CondorcetError

logger = logging.getLogger(__name__)

Pressed = Callable[[Update, Context, Route], Awaitable[str]]
App = Application[Any, Any, Any, Any, Any, Any]
LINKED = ("why", "facts")
NEW = filters.UpdateType.MESSAGE  # an edited command would run a second time


def register(application: App, desk: Desk, gate: Gate) -> None:
    """The gate first, then the commands, files, buttons, and what is none of these."""
    shelf = Shelf(desk.engine)
    long, reading, past = Long(desk, shelf), Reading(desk, shelf), Past(desk, shelf)
    choosing = Choosing(desk)
    holdings, imports = Holdings(desk, shelf), Imports(desk)
    laboratory = Laboratory(desk, shelf, long)
    commands: dict[str, Handler] = {
        "start": greeting(past, reading, choosing),
        "help": past.help,
        "analyze": long.analyze,
        "why": reading.why,
        "facts": reading.facts,
        "variance": laboratory.variance,
        "portfolio": holdings.portfolio,
        "universe": past.universe,
        "track": past.track,
        "status": past.status,
        "report": past.report,
        "settings": choosing.settings,
        "history": past.history,
        "cancel": long.cancel,
    }
    pressed: dict[str, Pressed] = {
        "why": reading.show,
        "facts": reading.show,
        "again": reading.again,
        "identity": reading.identity,
        "names": reading.names,
        "picture": reading.picture,
        "file": reading.files,
        "rejected": reading.rejected,
        "settings": choosing.open,
        "choose": choosing.open,
        "choice": choosing.pick,
        "open": past.open,
        "history": past.turn,
        "go": long.go,
        "no": long.leave,
        "stop": long.stop,
        "import": imports.replace,
        "whole": imports.replace,
        "keep": imports.keep,
        "answer": imports.answer,
        "use": imports.use,
        "other": imports.other,
        "pick": imports.pick,
        "leave": imports.leave,
        "tickers": imports.tickers,
        "moved": holdings.moved,
        "apply": holdings.settle,
        "settle": holdings.settle,
        "analyze": _as_pressed(long.analyze),
        "redo": laboratory.redo,
    }
    install(application, gate)
    for name, handler in commands.items():
        application.add_handler(CommandHandler(name, answering(desk, handler), filters=NEW))
    application.add_handler(MessageHandler(NEW & filters.Document.ALL, answering(desk, imports.file)))
    application.add_handler(CallbackQueryHandler(_button(desk, pressed)))
    edited = filters.UpdateType.EDITED_MESSAGE & filters.COMMAND
    application.add_handler(MessageHandler(edited, answering(desk, past.edited)))
    application.add_handler(MessageHandler(NEW & filters.COMMAND, answering(desk, past.unknown_command)))
    application.add_handler(
        MessageHandler(NEW & ~filters.StatusUpdate.ALL, answering(desk, past.unknown_text))
    )

    async def on_error(update: object, context: Context) -> None:
        await failed(desk, update, context.error)

    application.add_error_handler(on_error)


def urgent(update: Update) -> bool:
    """Whether this may pass a command that stands still: only what stops a run."""
    if update.callback_query is not None:
        return update.callback_query.data == "stop"
    text = (update.message.text if update.message else None) or ""
    return text.split("@")[0].strip().lower() == "/cancel"


def _as_pressed(handler: Handler) -> Pressed:
    async def pressed(update: Update, context: Context, _route: Route) -> str:
        await handler(update, context)
        return ""

    return pressed


def _button(desk: Desk, pressed: dict[str, Pressed]) -> Handler:
    """Answers every press, also forged, stale and foreign ones; what cannot be done is said over the chat."""

    async def press(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        route = read(query.data)
        if route is None:
            await desk.sender.answer(query.id, texts.BUTTON_OLD, alert=True)
            return
        try:
            said = await pressed[route.action](update, context, route)
        except CondorcetError as error:
            await desk.sender.answer(query.id, str(error), alert=True)
            return
        await desk.sender.answer(query.id, said)

    return press


def greeting(past: Past, reading: Reading, choosing: Choosing) -> Handler:
    """/start also puts the command menu into this person's chat: before it, Telegram knows no such chat.

    A link as in `https://t.me/BOT?start=why_AAPL` arrives as `/start why_AAPL` and opens that name.
    """

    async def start(update: Update, context: Context) -> None:
        action, _, name = typed(update).partition("_")
        if action in LINKED and name:
            await reading.open(update, action, name)
        else:
            await past.welcome(update, context)
            await choosing.keyboard(chat_of(update), texts.KEYBOARD_SHOWN)
        if update.effective_user is not None:
            await _menu(context.bot, update.effective_user.id)

    return start


async def set_menus(bot: Any, people: tuple[int, ...]) -> None:
    """The command menu for the named people alone: strangers are shown none."""
    try:
        await bot.delete_my_commands()
        await bot.delete_my_commands(scope=BotCommandScopeAllPrivateChats())
    except TelegramError as error:
        logger.warning("the general command menu could not be removed: %s", error.message)
    for person in people:
        await _menu(bot, person)


async def _menu(bot: Any, person: int) -> None:
    made = [BotCommand(name, what) for name, what in texts["MENU"].items()]
    try:
        await bot.set_my_commands(made, scope=BotCommandScopeChat(person))
    except TelegramError as error:
        # Whoever has not written yet has no chat; /start sets the menu then.
        logger.info("no command menu for %s yet: %s", person, error.message)
