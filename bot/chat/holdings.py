"""/portfolio: show, import a file (echo, confirm, replace, restore), add, remove, cash, lock, export.

Decisions: a file is refused by size and ending before it is fetched, and never used under the sender's name. Nothing is
replaced without a yes that can be said once. What is typed is read and done by `core.portfolio`, as in the terminal.
"""

import asyncio
from dataclasses import dataclass
from pathlib import PurePosixPath

from telegram import Update

from bot.chat.context import Desk
from bot.chat.paid import Questions
from bot.chat.reply import Context, chat_of, typed
from bot.chat.routes import Route, data
from bot.chat.shelf import NoReport, Shelf
from bot.report.markup import clean, esc
from bot.report.portfolio import import_blocks, portfolio_blocks
from bot.telegram import Attachment, NotSent, escaped
from bot.texts import chat as texts
from core.base.errors import BadRequest, NotFound, SourceFailed
from core.portfolio.accounts import alone, is_move
from core.portfolio.books import Books
from core.portfolio.editing import EMPTY, is_change
from core.portfolio.holding import Import, Portfolio
from core.portfolio.writing import portfolio_csv

LARGEST = 2_000_000  # bytes: the largest broker export seen has 300 kB
ENDINGS = (".csv", ".tsv", ".txt", ".json", ".xml")


@dataclass(frozen=True, slots=True)
class _Pending:
    """An import that waits for a yes; `origin` is the cleaned name of its file."""

    read: Import
    origin: str


class Holdings:
    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        self._desk = desk
        self._shelf = shelf
        self._imports: Questions[_Pending] = Questions()

    @property
    def _books(self) -> Books:
        return Books(self._desk.engine.ledger, pinned=texts.PORTFOLIO_ITS_FILE if self._desk.pinned else "")

    async def portfolio(self, update: Update, context: Context) -> None:
        """Shows it, or does what stands behind the command."""
        words = typed(update)
        chat_id = chat_of(update)
        match words.casefold():
            case "" | "show":
                await self._show(chat_id, "")
            case "export":
                await self._export(chat_id)
            case _ if is_change(words) or is_move(words):
                self._books.change(words, at=self._desk.clock(), origin="chat")
                await self._show(chat_id, texts.PORTFOLIO_CHANGED)
            case _:
                raise BadRequest(texts.PORTFOLIO_HELP)

    async def _show(self, chat_id: int, said: str) -> None:
        portfolio = await self._in_use()
        try:
            snapshot = self._shelf.last().opening.snapshot
        except NoReport:
            snapshot = None
        first = [text for text in (said, texts.PORTFOLIO_PINNED if self._desk.pinned else "") if text]
        blocks = portfolio_blocks(portfolio, snapshot)
        await self._desk.sender.send(chat_id, (*escaped(*first), *blocks) if first else blocks)

    async def _in_use(self) -> Portfolio:
        """What the next report will be made of: the file of PORTFOLIO_FILE where one is set, else the ledger's."""
        if self._desk.pinned is not None:
            return await asyncio.to_thread(self._desk.pinned)
        try:
            return self._desk.engine.ledger.portfolio()
        except NotFound as error:
            raise NotFound(texts.PORTFOLIO_NONE) from error

    async def _export(self, chat_id: int) -> None:
        content = portfolio_csv(await self._in_use()).encode("utf-8")
        file = Attachment(
            name=f"portfolio-{self._desk.clock().astimezone(self._desk.zone):%Y-%m-%d}.csv", content=content
        )
        await self._desk.sender.attach(chat_id, file, caption=escaped(texts.PORTFOLIO_EXPORT))

    async def file(self, update: Update, context: Context) -> None:
        """A file that was sent: read, shown with its rejected rows, and replaced only after a yes."""
        document = update.effective_message.document if update.effective_message else None
        if document is None:
            return
        name = clean(document.file_name or "", 80)
        ending = PurePosixPath(name).suffix.casefold()
        if ending not in ENDINGS:
            raise BadRequest(texts.FILE_KIND.format(kinds=", ".join(ENDINGS), ending=clean(ending, 20)))
        # Telegram may leave the size out; then it is held against the bytes that arrive.
        if (document.file_size or 0) > LARGEST:
            raise BadRequest(
                texts.FILE_TOO_BIG.format(size=_megabytes(document.file_size or 0), limit=_megabytes(LARGEST))
            )
        try:
            fetched = await self._desk.sender.file(document.file_id, cap=LARGEST)
        except (NotSent, SourceFailed) as error:
            raise BadRequest(f"{texts.FILE_GONE} {error}") from error
        read = await asyncio.to_thread(self._desk.read_portfolio, fetched, name)
        pinned = escaped(texts.PORTFOLIO_PINNED) if self._desk.pinned else ()
        if read.portfolio == EMPTY or pinned:
            # A header alone, or nothing but bad rows: a tap on "Replace" would empty the portfolio.
            end = texts.PORTFOLIO_NOTHING_READ if read.portfolio == EMPTY else texts.PORTFOLIO_KEPT
            await self._desk.sender.send(chat_of(update), (*pinned, *import_blocks(read), esc(end)))
            return
        key = self._imports.ask(_Pending(read, name))
        below = (((texts.PORTFOLIO_REPLACE, data("import", key)), (texts.PORTFOLIO_KEEP, data("keep", key))),)
        blocks = (*import_blocks(read), esc(texts.PORTFOLIO_ASK))
        await self._desk.sender.send(chat_of(update), blocks, buttons=below)

    async def replace(self, update: Update, context: Context, route: Route) -> str:
        pending = self._imports.take(route.parts[0])
        if pending is None:
            used = self._imports.used(route.parts[0])
            return texts.QUESTION_USED if used else texts.QUESTION_GONE
        self._books.put(
            alone(pending.read.portfolio),
            whole=True,
            at=self._desk.clock(),
            origin=pending.origin or "file",
        )
        await self._desk.sender.send(chat_of(update), escaped(texts.PORTFOLIO_REPLACED))
        return ""

    async def keep(self, update: Update, context: Context, route: Route) -> str:
        if self._imports.take(route.parts[0]):
            return texts.PORTFOLIO_KEPT
        return texts.QUESTION_USED if self._imports.used(route.parts[0]) else texts.QUESTION_GONE


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
