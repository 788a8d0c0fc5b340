"""/portfolio: show, import a file (echo, confirm, replace, restore), add, remove, cash, lock, export.

Decisions: a file is refused by size and ending before it is fetched, and never used under the sender's name. Nothing is replaced
without a yes that can be said once. Numbers are ASCII digits with a point: a comma could mean thousands or decimals.
"""

import asyncio
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath

from telegram import Update
from telegram.error import TelegramError

from bot.chat.context import Desk
from bot.chat.paid import Questions
from bot.chat.reply import Context, chat_of, typed
from bot.chat.routes import Route, data
from bot.chat.shelf import NoReport, Shelf
from bot.report.markup import clean, esc
from bot.report.portfolio import import_blocks, portfolio_blocks, portfolio_csv
from bot.telegram import Attachment, escaped
from bot.texts import chat as texts
from core.base.errors import BadRequest, NotFound
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.base.names import fold_ticker, is_ticker
from core.portfolio.holding import Cash, Holding, Import, Portfolio

LARGEST = 2_000_000  # bytes: the largest broker export seen has 300 kB
ENDINGS = (".csv", ".tsv", ".txt", ".json", ".xml")
NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,10})?")
EMPTY = Portfolio(holdings=(), cash=())


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

    async def portfolio(self, update: Update, context: Context) -> None:
        """Shows it, or does what stands behind the command."""
        verb, *rest = typed(update).split() or ["show"]
        actions = {
            "add": self._add,
            "remove": self._remove,
            "cash": self._cash,
            "lock": self._lock,
            "unlock": self._unlock,
            "restore": self._restore,
        }
        chat_id = chat_of(update)
        if verb.casefold() == "export":
            await self._export(chat_id)
            return
        action = actions.get(verb.casefold())
        if action is not None:
            said = action(rest)
            await self._show(chat_id, said)
        elif verb == "show":
            await self._show(chat_id, "")
        else:
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
        return self._known()

    def _known(self) -> Portfolio:
        try:
            return self._desk.engine.ledger.portfolio()
        except NotFound as error:
            raise NotFound(texts.PORTFOLIO_NONE) from error

    def _or_empty(self) -> Portfolio:
        try:
            return self._desk.engine.ledger.portfolio()
        except NotFound:
            return EMPTY

    def _save(self, portfolio: Portfolio, origin: str) -> str:
        self._desk.engine.ledger.save_portfolio(portfolio, at=self._desk.clock(), origin=origin)
        return texts.PORTFOLIO_CHANGED

    def _add(self, words: list[str]) -> str:
        if len(words) not in {2, 3}:
            raise BadRequest(texts.PORTFOLIO_HELP)
        ticker, quantity = _ticker(words[0]), _number(words[1], texts.WRONG_QUANTITY)
        if quantity == 0:
            raise BadRequest(texts.WRONG_QUANTITY.format(text=clean(words[1], 40)))
        currency: str | Gap = _currency(words[2]) if len(words) == 3 else NOT_GIVEN
        portfolio = self._or_empty()
        known = next((held for held in portfolio.holdings if held.ticker == ticker), None)
        if known is None:
            known = Holding(
                ticker=ticker, name=NOT_GIVEN, quantity=Decimal(0), kind=Kind.EQUITY, currency=currency
            )
        return self._put(portfolio, replace(known, quantity=known.quantity + quantity))

    def _remove(self, words: list[str]) -> str:
        held = self._held(words)
        portfolio = self._known()
        rest = tuple(each for each in portfolio.holdings if each.ticker != held.ticker)
        return self._save(replace(portfolio, holdings=rest), "chat")

    def _cash(self, words: list[str]) -> str:
        if len(words) != 2:
            raise BadRequest(texts.PORTFOLIO_HELP)
        currency, amount = _currency(words[0]), _number(words[1], texts.WRONG_AMOUNT)
        portfolio = self._or_empty()
        rest = [each for each in portfolio.cash if each.currency != currency]
        lines = [*rest, Cash(currency=currency, amount=amount)] if amount else rest
        ordered = tuple(sorted(lines, key=lambda each: each.currency))
        return self._save(replace(portfolio, cash=ordered), "chat")

    def _lock(self, words: list[str]) -> str:
        return self._put(self._known(), replace(self._held(words), locked=True))

    def _unlock(self, words: list[str]) -> str:
        return self._put(self._known(), replace(self._held(words), locked=False))

    def _restore(self, words: list[str]) -> str:
        self._desk.engine.ledger.restore_portfolio(at=self._desk.clock())
        return texts.PORTFOLIO_RESTORED

    def _held(self, words: list[str]) -> Holding:
        if len(words) != 1:
            raise BadRequest(texts.PORTFOLIO_HELP)
        ticker = _ticker(words[0])
        for each in self._known().holdings:
            if each.ticker == ticker:
                return each
        raise NotFound(texts.PORTFOLIO_NOT_HELD.format(ticker=ticker))

    def _put(self, portfolio: Portfolio, holding: Holding) -> str:
        rest = [each for each in portfolio.holdings if each.ticker != holding.ticker]
        ordered = tuple(sorted([*rest, holding], key=lambda each: each.ticker))
        return self._save(replace(portfolio, holdings=ordered), "chat")

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
            fetched = bytes(await (await document.get_file()).download_as_bytearray())
        except TelegramError as error:
            raise BadRequest(texts.FILE_GONE) from error
        if len(fetched) > LARGEST:
            raise BadRequest(
                texts.FILE_TOO_BIG.format(size=_megabytes(len(fetched)), limit=_megabytes(LARGEST))
            )
        read = await asyncio.to_thread(self._desk.read_portfolio, fetched, name)
        pinned = escaped(texts.PORTFOLIO_PINNED) if self._desk.pinned else ()
        if read.portfolio == EMPTY:
            # A header alone, or nothing but bad rows: a tap on "Replace" would empty the portfolio.
            await self._desk.sender.send(
                chat_of(update), (*pinned, *import_blocks(read), esc(texts.PORTFOLIO_NOTHING_READ))
            )
            return
        key = self._imports.ask(_Pending(read, name))
        below = (((texts.PORTFOLIO_REPLACE, data("import", key)), (texts.PORTFOLIO_KEEP, data("keep", key))),)
        blocks = (*pinned, *import_blocks(read), esc(texts.PORTFOLIO_ASK))
        await self._desk.sender.send(chat_of(update), blocks, buttons=below)

    async def replace(self, update: Update, context: Context, route: Route) -> str:
        pending = self._imports.take(route.parts[0])
        if pending is None:
            used = self._imports.used(route.parts[0])
            return texts.QUESTION_USED if used else texts.QUESTION_GONE
        self._save(pending.read.portfolio, pending.origin or "file")
        await self._desk.sender.send(chat_of(update), escaped(texts.PORTFOLIO_REPLACED))
        return ""

    async def keep(self, update: Update, context: Context, route: Route) -> str:
        return texts.PORTFOLIO_KEPT if self._imports.take(route.parts[0]) else texts.QUESTION_GONE


def _ticker(text: str) -> str:
    if not is_ticker(text):
        raise BadRequest(texts.WRONG_TICKER.format(text=clean(text, 40)))
    return fold_ticker(text)


def _number(text: str, wrong: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise BadRequest(wrong.format(text=clean(text, 40)))
    return Decimal(text)


def _currency(text: str) -> str:
    folded = text.upper()
    if len(folded) != 3 or not folded.isascii() or not folded.isalpha():
        raise BadRequest(texts.WRONG_CURRENCY.format(text=clean(text, 20)))
    return folded


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
