"""/portfolio: shows it, exports it, and does what is typed behind it; `core.portfolio` reads and does it, as
in the terminal."""

import asyncio

from telegram import Update

from bot.chat.context import Desk
from bot.chat.paid import Questions
from bot.chat.reply import Context, chat_of, typed
from bot.chat.routes import Route, data
from bot.chat.shelf import NoReport, Shelf
from bot.report import figures
from bot.report.portfolio import portfolio_blocks, portfolio_help
from bot.telegram import Attachment, Buttons, escaped
from bot.texts import chat as texts
from core.base.errors import BadRequest, NotFound
from core.base.gap import Gap
from core.portfolio.accounts import NO_ACCOUNTS, alone
from core.portfolio.books import is_edit
from core.portfolio.holding import Portfolio
from core.portfolio.listings import Moved
from core.portfolio.offers import unnamed_of
from core.portfolio.writing import accounts_csv


class Holdings:
    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        self._desk = desk
        self._shelf = shelf
        self._moved: Questions[Moved] = Questions()

    async def portfolio(self, update: Update, context: Context) -> None:
        """Shows it, or does what stands behind the command."""
        words = typed(update)
        chat_id = chat_of(update)
        match words.casefold():
            case "" | "show":
                await self._show(chat_id, "")
            case "export":
                await self._export(chat_id)
            case _ if is_edit(words):
                doubt = await self._known(self._desk.books.introduces(words))

                def change() -> str:
                    self._desk.books.change(words, at=self._desk.clock(), origin="chat")
                    return f"{texts.PORTFOLIO_CHANGED} {doubt}".strip()

                await self._show(chat_id, self._desk.results.once(update, change))
            case _:
                raise BadRequest(portfolio_help())

    async def _known(self, ticker: str) -> str:
        """A doubt to say about a new ticker that could not be looked up. Raises NotFound for one that does
        not exist."""
        if not ticker:
            return ""
        reason = await self._desk.unknown(ticker)
        if isinstance(reason, Gap):
            return texts.PORTFOLIO_UNCHECKED.format(ticker=ticker, reason=reason.gap) if reason.gap else ""
        raise NotFound(texts.PORTFOLIO_UNKNOWN.format(ticker=ticker, reason=reason))

    async def _show(self, chat_id: int, said: str) -> None:
        portfolio = await self._in_use()
        try:
            snapshot = self._shelf.last().opening.snapshot
        except NoReport:
            snapshot = None
        first = [text for text in (said, texts.PORTFOLIO_PINNED if self._desk.pinned else "") if text]
        accounts = NO_ACCOUNTS if self._desk.pinned else self._desk.books.accounts()
        blocks = portfolio_blocks(portfolio, snapshot, accounts)
        rows: Buttons = ()
        if not self._desk.pinned:
            rows = (((texts.PORTFOLIO_MOVED, data("moved")),),)
            if nameless := unnamed_of(portfolio.holdings):
                counted = figures.counted(len(nameless), texts.INSTRUMENTS)
                rows = (((texts.PORTFOLIO_FIND.format(count=counted), data("tickers")),), *rows)
        await self._desk.sender.send(chat_id, (*escaped(*first), *blocks) if first else blocks, buttons=rows)

    async def moved(self, update: Update, context: Context, route: Route) -> str:
        """What happened to the holdings since their import, each with a yes and a no."""
        found = await self._desk.moved()
        if isinstance(found, Gap):
            raise NotFound(found.gap)
        if not found:
            return texts.PORTFOLIO_NOTHING_MOVED
        for each in found:
            key = self._moved.ask(each)
            below = (
                (texts.PORTFOLIO_APPLY, data("apply", key)),
                (texts.PORTFOLIO_SETTLE, data("settle", key)),
            )
            await self._desk.sender.send(chat_of(update), escaped(each.said), buttons=(below,))
        return ""

    async def settle(self, update: Update, context: Context, route: Route) -> str:
        """The answer: done as if it had been typed, or left; never asked again."""
        moved = self._moved.take(route.parts[0])
        if moved is None:
            return texts.QUESTION_USED if self._moved.used(route.parts[0]) else texts.QUESTION_GONE
        apply = route.action == "apply"

        def change() -> str:
            self._desk.books.settle(moved, apply=apply, at=self._desk.clock(), origin="chat")
            return texts.PORTFOLIO_CHANGED if apply else texts.PORTFOLIO_KEPT

        return self._desk.results.once(update, change)

    async def _in_use(self) -> Portfolio:
        """What the next report will be made of: the file of PORTFOLIO_FILE where one is set, else the
        ledger's."""
        if self._desk.pinned is not None:
            return await asyncio.to_thread(self._desk.pinned)
        try:
            return self._desk.engine.ledger.portfolio()
        except NotFound as error:
            raise NotFound(texts.PORTFOLIO_NONE) from error

    async def _export(self, chat_id: int) -> None:
        portfolio, books = await self._in_use(), self._desk.books
        content = accounts_csv(alone(portfolio) if books.pinned else books.accounts()).encode("utf-8")
        file = Attachment(
            name=f"portfolio-{self._desk.clock().astimezone(self._desk.zone):%Y-%m-%d}.csv", content=content
        )
        await self._desk.sender.attach(chat_id, file, caption=escaped(texts.PORTFOLIO_EXPORT))
