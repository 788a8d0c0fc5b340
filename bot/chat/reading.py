"""/why, /facts and the buttons name → why → facts → back, which edit the same message. From the ledger alone:
no model is asked."""

import asyncio
from functools import partial

from telegram import Update

from bot.chat import buttons
from bot.chat.context import Desk
from bot.chat.reply import Context, chat_of, put, typed
from bot.chat.report import caption, deliver_files, make_parts
from bot.chat.routes import Route
from bot.chat.shelf import Shelf
from bot.report import figures
from bot.report.facts import coverage_of, facts_blocks, rejected_block
from bot.report.house import identity_block, looked_block
from bot.report.lookup import dossier_of, names_of, resolve
from bot.report.markup import esc
from bot.report.picture import picture
from bot.report.why import proposal_lines, why_blocks
from bot.telegram import Attachment, Buttons, escaped
from bot.texts import chat as texts
from core.base.errors import CondorcetError, NotFound
from core.run import Run


class Reading:
    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        self._desk = desk
        self._shelf = shelf
        # One picture at a time, and one for each message: taps are cheaper than drawings.
        self._drawing = asyncio.Lock()
        self._drawn: set[tuple[int, int]] = set()

    async def why(self, update: Update, context: Context) -> None:
        await self.open(update, "why", typed(update))

    async def facts(self, update: Update, context: Context) -> None:
        """With SCHEME=VALUE behind the name, the owner's word on who it is."""
        words = typed(update).split()
        changes = [word for word in words[1:] if "=" in word]
        name = " ".join(word for word in words if word not in changes)
        if not changes:
            await self.open(update, "facts", typed(update))
            return
        run = self._shelf.last()
        ticker = resolve(run, name)
        block = identity_block(self._desk.identity(ticker, changes))
        await self._desk.sender.send(chat_of(update), (block,), buttons=buttons.below_identity(run, ticker))

    async def identity(self, update: Update, context: Context, route: Route) -> str:
        """Who a name is at regulators, in the facts' place."""
        run, ticker = self._shelf.run(route.parts[0]), route.parts[1]
        block = identity_block(self._desk.identity(ticker, ()))
        await put(self._desk, update, (block,), buttons.below_identity(run, ticker))
        return ""

    async def open(self, update: Update, action: str, entered: str) -> None:
        """`entered` may be a name of the last report, something near one, or blank."""
        run, chat_id = self._shelf.last(), chat_of(update)
        if not entered:
            await self._desk.sender.send(chat_id, _choose(run, action), buttons=buttons.names(run, action))
            return
        try:
            ticker = resolve(run, _linked(run, entered))
        except NotFound as error:
            said = (str(error), texts.NEAREST) if error.nearest else (str(error),)
            await self._desk.sender.send(
                chat_id, escaped(*said), buttons=buttons.nearest(run, action, error.nearest)
            )
            return
        blocks, below = self._answer(run, ticker, action)
        await self._desk.sender.send(chat_id, blocks, buttons=below)

    def _answer(self, run: Run, ticker: str, action: str) -> tuple[tuple[str, ...], Buttons]:
        if action == "facts":
            return facts_blocks(run, ticker), buttons.below_facts(run, ticker)
        proposal = proposal_lines(run, ticker, fractional=self._desk.fractional_shares)
        strip = self._shelf.calls(run, ticker)
        return why_blocks(run, ticker, proposal=proposal, strip=strip), buttons.below_why(run, ticker)

    async def show(self, update: Update, context: Context, route: Route) -> str:
        """The buttons `why:` and `facts:`. Returns what is shown over the chat, blank when the message says
        it."""
        run, ticker = self._shelf.run(route.parts[0]), route.parts[1]
        if ticker not in names_of(run):
            return texts.BUTTON_OLD
        blocks, below = self._answer(run, ticker, route.action)
        await put(self._desk, update, blocks, below)
        return ""

    async def names(self, update: Update, context: Context, route: Route) -> str:
        """Back to the names, or another page of them."""
        run, action = self._shelf.run(route.parts[0]), route.parts[1]
        await put(self._desk, update, _choose(run, action), buttons.names(run, action, int(route.parts[2])))
        return ""

    async def rejected(self, update: Update, context: Context, route: Route) -> str:
        """A page of what was rejected for a name, newest first."""
        run, ticker, page = self._shelf.run(route.parts[0]), route.parts[1], int(route.parts[2])
        below = buttons.below_rejected(run, ticker, page)
        await put(self._desk, update, (rejected_block(run, ticker, page),), below)
        return ""

    async def again(self, update: Update, context: Context, route: Route) -> str:
        """Looks once more at a name's sources, beside the other commands; the answer takes the message's
        place."""
        run, ticker = self._shelf.run(route.parts[0]), route.parts[1]
        if ticker not in names_of(run):
            return texts.BUTTON_OLD
        context.application.create_task(self._look(update, run, ticker), update=update)
        return texts.LOOKING

    async def _look(self, update: Update, run: Run, ticker: str) -> None:
        dossier = dossier_of(run, ticker)
        try:
            looked = await self._desk.engine.look_again(ticker)
        except CondorcetError as error:
            block = esc(texts.CANNOT_LOOK.format(reason=str(error)), 600)
        else:
            moment = figures.moment(self._desk.clock(), self._desk.zone)
            known = dossier.facts if dossier else ()
            block = looked_block(
                known,
                looked.facts,
                looked.coverage or coverage_of(run, ticker),
                moment,
                self._desk.clock().date(),
            )
        blocks = facts_blocks(run, ticker)
        await put(self._desk, update, (blocks[0], block, *blocks[1:]), buttons.below_facts(run, ticker))

    async def picture(self, update: Update, context: Context, route: Route) -> str:
        """The same picture in the other theme, in its place."""
        run, dark = self._shelf.run(route.parts[0]), route.parts[1] == "dark"
        message = update.effective_message
        if message is None:
            return texts.BUTTON_OLD
        if not self._desk.choices.pinned("picture"):
            self._desk.choices.put("picture", route.parts[1], now=self._desk.clock())
        place = (chat_of(update), message.message_id)
        if place not in self._drawn:
            self._drawn.add(place)
            context.application.create_task(self._redraw(place, run, dark=dark), update=update)
        return texts.DRAWING

    async def _redraw(self, place: tuple[int, int], run: Run, *, dark: bool) -> None:
        """Beside the commands: a picture takes seconds."""
        try:
            async with self._drawing:
                content = await asyncio.to_thread(self._desk.draw, partial(picture, run, dark))
            drawn = Attachment(name="map.png", content=content, photo=True)
            below = buttons.below_picture(run, dark=dark)
            await self._desk.sender.replace(*place, drawn, caption=caption(run), buttons=below)
        finally:
            self._drawn.discard(place)

    async def files(self, update: Update, context: Context, route: Route) -> str:
        """Picture and page of a report, as new messages."""
        run = self._shelf.run(route.parts[0])
        context.application.create_task(self._files(chat_of(update), run), update=update)
        return ""

    async def _files(self, chat_id: int, run: Run) -> None:
        dark = self._desk.choices.text("picture") == "dark"
        parts = await asyncio.to_thread(
            make_parts,
            run,
            self._shelf.previous(run),
            zone=self._desk.zone,
            next_push=self._desk.next_push(),
            draw=self._desk.draw,
            dark=dark,
        )
        await deliver_files(self._desk, chat_id, run, parts, dark=dark)


def _choose(run: Run, action: str) -> tuple[str, ...]:
    day = figures.day(run.opening.snapshot.day)
    return (esc(texts["CHOOSE_NAME"][action].format(day=day)),)


def _linked(run: Run, entered: str) -> str:
    """A link's parameter may hold no dot: `MC-PA` means MC.PA where nothing is called MC-PA."""
    wanted = entered.strip().upper()
    known = names_of(run)
    return wanted.replace("-", ".") if wanted not in known and wanted.replace("-", ".") in known else entered
