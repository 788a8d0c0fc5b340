"""/start, /help, /status, /history, /universe: answered from the ledger alone, at once, also with every
provider down."""

from functools import partial

from telegram import Update

from bot.chat import buttons
from bot.chat.context import Desk
from bot.chat.reply import Context, chat_of, put, typed
from bot.chat.routes import Route, data
from bot.chat.shelf import NoReport, Shelf
from bot.chat.watchlist import change
from bot.report import figures
from bot.report.digest import digest
from bot.report.guards import guard_lines, month_line
from bot.report.house import (
    help_blocks,
    help_of,
    history_label,
    history_line,
    next_report,
    sources_lines,
    spent_line,
)
from bot.report.markup import bold, esc
from bot.report.progress import progress_line
from bot.report.track import track_blocks
from bot.report.universe import universe_blocks
from bot.telegram import Buttons, escaped
from bot.texts import chat as texts
from core.base.gap import Gap
from core.engine.cost import month_of
from core.run import Closing, Run

PAGE = 8
YEARS = 120  # ten years of monthly reports


class Past:
    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        self._desk = desk
        self._shelf = shelf

    async def help(self, update: Update, context: Context) -> None:
        """Everything, or one command: `/help why`."""
        if command := typed(update).strip().lstrip("/").casefold():
            await self._desk.sender.send(chat_of(update), help_of(command))
        else:
            await self.welcome(update, context)

    async def welcome(self, update: Update, context: Context) -> None:
        user = update.effective_user
        blocks = help_blocks(
            asked=self._desk.jury_size,
            user=user.id if user else 0,
            people=len(self._desk.people),
            next_line=next_report(self._desk.next_push(), self._desk.zone),
            rehearsal=self._desk.rehearsal,
        )
        await self._desk.sender.send(chat_of(update), blocks, buttons=buttons.ANALYZE)

    async def status(self, update: Update, context: Context) -> None:
        desk = self._desk
        guards = desk.guards()
        lines = [esc(month_line(guards, desk.zone), 600), esc(next_report(desk.next_push(), desk.zone))]
        model = texts.STATUS_MODEL.format(model=desk.model, asked=desk.jury_size)
        lines += [esc(model), esc(self._spent())]
        lines += [esc(line, 400) for line in guard_lines(guards, desk.zone)]
        if desk.paid.scheduled:
            lines.append(esc(desk.paid.scheduled))
        elif desk.paid.running:
            lines.append(esc(texts.STATUS_RUNNING.format(progress=progress_line(desk.paid.steps.values()))))
        blocks = ["\n".join([bold(texts.STATUS), *lines])]
        try:
            report = self._shelf.last()
        except NoReport as error:
            blocks.append(esc(str(error)))
        else:
            day = figures.day(report.opening.snapshot.day)
            listed = [f"· {esc(line)}" for line in sources_lines(report)]
            blocks.append("\n".join([bold(texts.STATUS_SOURCES.format(day=day)), *listed]))
        blocks.append(esc(texts.STATUS_VERSION.format(version=desk.version)))
        await desk.sender.send(chat_of(update), blocks)

    def _spent(self) -> str:
        start, end = month_of(self._desk.clock(), self._desk.zone)
        spent = self._desk.engine.ledger.spent(start, end)
        return spent_line(spent, self._desk.budget_usd, f"{figures.month(start.month)} {start.year}")

    async def universe(self, update: Update, context: Context) -> None:
        """Shows it; `add` and `remove` change the watch list."""
        said: tuple[str, ...] = ()
        verb, *tickers = typed(update).split() or ["show"]
        if verb.casefold() != "show":
            now = self._desk.clock()
            done = partial(change, self._desk.watched, verb.casefold(), tickers, now=now)
            said = escaped(self._desk.results.once(update, done))
        try:
            run = self._shelf.last()
        except NoReport as error:
            run, said = None, (*said, *escaped(str(error)))
        blocks = universe_blocks(run, self._desk.watched.names(), pinned=self._desk.universe_pinned)
        below = buttons.ANALYZE if run is None else ()
        await self._desk.sender.send(chat_of(update), (*said, *blocks), buttons=below)

    async def track(self, update: Update, context: Context) -> None:
        await self._desk.sender.send(chat_of(update), track_blocks(self._desk.engine.track()))

    async def report(self, update: Update, context: Context) -> None:
        """The last report's digest again; its names, picture and file are one tap further."""
        run = self._shelf.last()
        await self._desk.sender.send(chat_of(update), self._digest(run), buttons=buttons.below_digest(run))

    async def history(self, update: Update, context: Context) -> None:
        blocks, below = self._page(0)
        await self._desk.sender.send(chat_of(update), blocks, buttons=below)

    async def turn(self, update: Update, context: Context, route: Route) -> str:
        """Another page of the history, in the same message."""
        blocks, below = self._page(int(route.parts[0]))
        await put(self._desk, update, blocks, below)
        return ""

    async def open(self, update: Update, context: Context, route: Route) -> str:
        """An earlier report's digest in the place of the list; its names, picture and file are one tap
        further."""
        run = self._shelf.run(route.parts[0])
        await put(self._desk, update, self._digest(run), buttons.below_digest(run))
        return ""

    def _digest(self, run: Run) -> tuple[str, ...]:
        next_push = self._desk.next_push() if isinstance(run.closing, Closing) else Gap(gap="not closed")
        return digest(run, self._shelf.previous(run), zone=self._desk.zone, next_push=next_push)

    def _page(self, page: int) -> tuple[tuple[str, ...], Buttons]:
        known = self._shelf.history(YEARS)
        if not known:
            raise NoReport(texts.NO_REPORT)
        last = (len(known) - 1) // PAGE
        page = min(page, last)
        shown = known[page * PAGE : (page + 1) * PAGE]
        lines, rows = [bold(texts.HISTORY)], []
        for summary in shown:
            run = self._shelf.run(summary.id)
            lines.append(esc(history_line(summary, self._desk.zone, run)))
            rows.append(((history_label(run, self._desk.zone), data("open", summary.id)),))
        turn = []
        if page > 0:
            turn.append((texts.PREVIOUS_PAGE, data("history", page - 1)))
        if page < last:
            turn.append((texts.NEXT_PAGE, data("history", page + 1)))
        return ("\n".join(lines),), (*rows, tuple(turn))

    async def unknown_command(self, update: Update, context: Context) -> None:
        await self._desk.sender.send(chat_of(update), escaped(texts.UNKNOWN_COMMAND))

    async def unknown_text(self, update: Update, context: Context) -> None:
        await self._desk.sender.send(chat_of(update), escaped(texts.UNKNOWN_TEXT), buttons=buttons.ANALYZE)

    async def edited(self, update: Update, context: Context) -> None:
        await self._desk.sender.send(chat_of(update), escaped(texts.EDITED))
