"""A portfolio file from its arrival to the ledger: what it leaves open is asked, listings are offered, then
one yes.

Decisions: a file is refused by size and ending before it is fetched, and never used under the sender's name.
Nothing is replaced without a yes that can be said once, and no listing is chosen for its owner: what he
confirms is kept for ever. A file that waits for an answer is kept in memory alone.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from telegram import Update

from bot.chat.context import Desk
from bot.chat.paid import Questions
from bot.chat.reply import Context, chat_of
from bot.chat.routes import Route, data
from bot.report import figures
from bot.report.markup import clean, esc
from bot.report.portfolio import import_blocks, offer_line
from bot.telegram import Buttons, NotSent, escaped
from bot.texts import chat as texts
from core.base.errors import BadRequest, NotFound, SourceFailed
from core.base.gap import Gap
from core.engine.offering import Offered
from core.portfolio.accounts import Accounts, total
from core.portfolio.editing import EMPTY
from core.portfolio.holding import Import, Unnamed
from core.portfolio.offers import unnamed_of

LARGEST = 5_000_000  # bytes: what the readers take
ENDINGS = (".csv", ".tsv", ".txt", ".json", ".xml", ".xlsx", ".xls", ".ods", ".ofx", ".qfx")
LABEL = 40  # letters of an answer on a button


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    """A file on its way, or none where only tickers are looked for. `nameless`: its owner goes on without
    tickers."""

    content: bytes = b""
    name: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    nameless: bool = False
    read: Import | None = None
    offered: tuple[Offered, ...] = ()
    chosen: int = 0


class Imports:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._open: Questions[_Pending] = Questions()

    async def file(self, update: Update, context: Context) -> None:
        """A file that was sent."""
        document = update.effective_message.document if update.effective_message else None
        if document is None:
            return
        name = clean(document.file_name or "", 80)
        ending = PurePosixPath(name).suffix.casefold()
        if ending not in ENDINGS:
            raise BadRequest(texts.FILE_KIND.format(kinds=", ".join(ENDINGS), ending=clean(ending, 20)))
        # Telegram may leave the size out; then it is held against the bytes that arrive.
        if (document.file_size or 0) > LARGEST:
            size = f"{(document.file_size or 0) / 1_000_000:.1f} MB"
            raise BadRequest(texts.FILE_TOO_BIG.format(size=size, limit=f"{LARGEST / 1_000_000:.1f} MB"))
        try:
            content = await self._desk.sender.file(document.file_id, cap=LARGEST)
        except (NotSent, SourceFailed) as error:
            raise BadRequest(f"{texts.FILE_GONE} {error}") from error
        await self._go_on(chat_of(update), _Pending(content=content, name=name))

    async def _go_on(self, chat: int, pending: _Pending) -> None:
        """The next thing to ask of this file."""
        read = await asyncio.to_thread(
            self._desk.read_portfolio, pending.content, pending.name, pending.answers
        )
        pending = replace(pending, read=read)
        if self._desk.pinned or (read.portfolio == EMPTY and not read.questions and not read.unnamed):
            # A header alone, or nothing but bad rows: a tap on "Replace" would empty the portfolio.
            first = escaped(texts.PORTFOLIO_PINNED) if self._desk.pinned else ()
            end = texts.PORTFOLIO_KEPT if self._desk.pinned else texts.PORTFOLIO_NOTHING_READ
            await self._say(chat, (*first, *import_blocks(read), esc(end)))
        elif read.questions:
            question = read.questions[0]
            key = self._open.ask(pending)
            rows = [
                ((clean(words, LABEL), data("answer", key, place)),)
                for place, (_, words) in enumerate(question.options)
            ]
            below = (*rows, ((texts.PORTFOLIO_KEEP, data("keep", key)),))
            await self._say(chat, (esc(question.text, 1_500),), below)
        elif read.unnamed and not pending.nameless:
            await self._offer(chat, pending, read.unnamed)
        elif read.portfolio == EMPTY:
            await self._say(chat, (*import_blocks(read), esc(texts.PORTFOLIO_NOTHING_READ)))
        else:
            await self._ask_to_replace(chat, pending, read)

    async def _ask_to_replace(self, chat: int, pending: _Pending, read: Import) -> None:
        imported, before = Accounts(accounts=read.accounts), self._desk.books.accounts()
        mine = {each.name.casefold() for each in read.accounts}
        names = ", ".join(each.name for each in read.accounts)
        others = ", ".join(each.name for each in before.accounts if each.name.casefold() not in mine)
        key = self._open.ask(pending)
        whole = ((texts.PORTFOLIO_REPLACE, data("whole", key)),)
        said = [texts.PORTFOLIO_ASK]
        if not before.accounts:
            whole = ((texts.PORTFOLIO_IMPORT, data("whole", key)),)
        rows: Buttons = (whole,)
        if others:
            known = any(each.name.casefold() in mine for each in before.accounts)
            label = texts.PORTFOLIO_REPLACE_ONE if known else texts.PORTFOLIO_BESIDE
            rows = (((clean(label.format(names=names), LABEL), data("import", key)),), whole)
            said = [texts.PORTFOLIO_ASK_ACCOUNT.format(names=names, others=others)]
            doubles = self._desk.books.doubles(imported)
            if doubles:
                said.append(texts.PORTFOLIO_DOUBLES.format(others=", ".join(doubles)))
        rows = (*rows, ((texts.PORTFOLIO_KEEP, data("keep", key)),))
        await self._say(chat, (*import_blocks(read), *escaped(*said)), rows)

    async def replace(self, update: Update, context: Context, route: Route) -> str:
        """A yes: the file's accounts take the place of those of their names, or of everything."""

        def change() -> str:
            pending = self._open.take(route.parts[0])
            if pending is None or pending.read is None:
                raise NotFound(self._gone(route))
            read, at = pending.read, self._desk.clock()
            self._desk.books.put(
                Accounts(accounts=read.accounts),
                whole=route.action == "whole",
                at=at,
                origin=pending.name or "file",
            )
            if "columns" in pending.answers and read.header:
                self._desk.books.keep_table(read.header, pending.answers["columns"], at=at)
            return texts.PORTFOLIO_REPLACED

        await self._say(chat_of(update), escaped(self._desk.results.once(update, change)))
        return ""

    async def answer(self, update: Update, context: Context, route: Route) -> str:
        """An answer to what the file left open: it is read again with it."""
        pending = self._open.take(route.parts[0])
        if pending is None or pending.read is None:
            return self._gone(route)
        question = pending.read.questions[0]
        if int(route.parts[1]) >= len(question.options):
            return texts.QUESTION_GONE
        told = {**pending.answers, question.key: question.options[int(route.parts[1])][0]}
        await self._go_on(chat_of(update), replace(pending, answers=told))
        return ""

    async def tickers(self, update: Update, context: Context, _route: Route) -> str:
        """Looks for the tickers of what the portfolio holds under ISINs."""
        held = unnamed_of(total(self._desk.books.accounts()).holdings)
        if not held:
            return texts.QUESTION_GONE
        await self._offer(chat_of(update), _Pending(), held)
        return ""

    async def _offer(self, chat: int, pending: _Pending, unnamed: Sequence[Unnamed]) -> None:
        offered, failed = await self._desk.offers(unnamed)
        pending = replace(pending, offered=offered)
        found = [place for place, (_, offers) in enumerate(offered) if offers]
        key = self._open.ask(pending)
        lines = [offer_line(what, offers[0] if offers else None) for what, offers in offered]
        counted = figures.counted(len(unnamed), texts.INSTRUMENTS)
        blocks = (esc(texts.PORTFOLIO_NAMING.format(count=counted)), "\n".join(lines), *map(esc, failed))
        rows: list[tuple[tuple[str, str], ...]] = []
        if found:
            rows.append(((texts.PORTFOLIO_USE_ALL.format(count=len(found)), data("use", key)),))
        rows += [
            (
                (
                    clean(texts.PORTFOLIO_OTHER.format(name=_called(offered[place][0])), LABEL),
                    data("other", key, place),
                ),
            )
            for place in found
        ]
        if pending.content:
            rows.append(((texts.PORTFOLIO_LEAVE, data("leave", key)),))
        await self._say(chat, blocks, tuple(rows))

    async def use(self, update: Update, context: Context, route: Route) -> str:
        """Every listing that was proposed first is right."""
        pending = self._open.take(route.parts[0])
        if pending is None:
            return self._gone(route)
        chosen = [(what, offers[0].listing.ticker) for what, offers in pending.offered if offers]
        await self._named(update, pending, chosen)
        return ""

    async def other(self, update: Update, context: Context, route: Route) -> str:
        """One instrument's listings, to choose from."""
        pending = self._open.take(route.parts[0])
        place = int(route.parts[1])
        if pending is None or place >= len(pending.offered):
            return self._gone(route)
        what, offers = pending.offered[place]
        key = self._open.ask(replace(pending, chosen=place))
        lines = [offer_line(what, each) for each in offers]
        rows = tuple(((each.listing.ticker, data("pick", key, n)),) for n, each in enumerate(offers))
        await self._say(
            chat_of(update), ("\n".join(lines),), (*rows, ((texts.PORTFOLIO_LEAVE, data("leave", key)),))
        )
        return ""

    async def pick(self, update: Update, context: Context, route: Route) -> str:
        """This listing for the instrument that was asked about."""
        pending = self._open.take(route.parts[0])
        if pending is None or pending.chosen >= len(pending.offered):
            return self._gone(route)
        what, offers = pending.offered[pending.chosen]
        if int(route.parts[1]) >= len(offers):
            return texts.QUESTION_GONE
        await self._named(update, pending, [(what, offers[int(route.parts[1])].listing.ticker)])
        return ""

    async def _named(self, update: Update, pending: _Pending, chosen: list[tuple[Unnamed, str]]) -> None:
        def change() -> str:
            for what, ticker in chosen:
                self._desk.books.keep_ticker(what.identity, ticker, at=self._desk.clock(), origin="chat")
            listed = ", ".join(f"{_called(what)} = {ticker}" for what, ticker in chosen)
            return texts.PORTFOLIO_NAMED.format(listed=listed)

        await self._say(chat_of(update), escaped(self._desk.results.once(update, change)))
        if pending.content:
            await self._go_on(chat_of(update), pending)

    async def leave(self, update: Update, context: Context, route: Route) -> str:
        """Goes on without tickers: what has an ISIN is held under it."""
        pending = self._open.take(route.parts[0])
        if pending is None:
            return self._gone(route)
        if pending.content:
            await self._go_on(chat_of(update), replace(pending, nameless=True))
        return ""

    async def keep(self, update: Update, context: Context, route: Route) -> str:
        return texts.PORTFOLIO_KEPT if self._open.take(route.parts[0]) else self._gone(route)

    def _gone(self, route: Route) -> str:
        return texts.QUESTION_USED if self._open.used(route.parts[0]) else texts.QUESTION_GONE

    async def _say(self, chat: int, blocks: tuple[str, ...], buttons: Buttons = ()) -> None:
        await self._desk.sender.send(chat, blocks, buttons=buttons)


def _called(what: Unnamed) -> str:
    return what.identity if isinstance(what.name, Gap) else what.name
