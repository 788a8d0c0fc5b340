"""Long work: acknowledged at once, its cost asked above the limit, one message edited as it goes on, cancelled at any stage.

Handlers of updates run one after the other, so an answer never overtakes its question; the work itself is a task beside
them. From the look whether something runs until it does, the place is held: two taps cannot start two runs.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from telegram import Update

from bot.chat import buttons
from bot.chat.context import Desk
from bot.chat.reply import Context, chat_of
from bot.chat.report import deliver
from bot.chat.routes import Route, data
from bot.chat.shelf import Shelf
from bot.report import figures
from bot.report.markup import bold, esc
from bot.report.progress import progress_line
from bot.telegram import Live, escaped
from bot.texts import chat as texts
from bot.texts import report as words
from core.base.errors import CondorcetError, QuorumNotMet, SourcesFailed
from core.base.gap import Gap
from core.base.progress import Sink, Step
from core.run import RunState

logger = logging.getLogger(__name__)

# Telegram shows "typing" for five seconds at most.
TYPING_S = 4.0


@dataclass(frozen=True, slots=True)
class Work:
    """One paid job. `do` runs it, telling the sink where it is, and returns what sends the result into the chat.

    `estimate` in US dollars and `ballots` are what is said, and asked when dear, before anything is spent."""

    do: Callable[[Sink], Awaitable[Callable[[], Awaitable[None]]]]
    estimate: Decimal | Gap
    ballots: int


class Long:
    """/analyze, /cancel, and how every paid job is proposed, asked, run and ended."""

    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        self._desk = desk
        self._shelf = shelf

    async def analyze(self, update: Update, context: Context) -> None:
        """Also the button "Analyze now"."""
        chat_id = chat_of(update)
        if await self.busy(chat_id):
            return

        async def do(progress: Sink) -> Callable[[], Awaitable[None]]:
            run = await self._desk.engine.analyze(progress=progress)
            return lambda: deliver(self._desk, chat_id, run, self._shelf.previous(run))

        estimate = await self._desk.engine.estimate()
        await self.propose(chat_id, Work(do, estimate, self._desk.jury_size), update, context)

    async def cancel(self, update: Update, context: Context) -> None:
        await self._desk.sender.send(chat_of(update), escaped(self._cancelled()))

    async def stop(self, update: Update, context: Context, route: Route) -> str:
        """The Cancel button. Returns what is shown over the chat."""
        return self._cancelled()

    def _cancelled(self) -> str:
        paid = self._desk.paid
        return texts.STOPPING if paid.cancel() else paid.scheduled or texts.NOTHING_RUNS

    async def go(self, update: Update, context: Context, route: Route) -> str:
        """The Run button: the first tap starts, the second finds the question answered."""
        begin = self._desk.paid.questions.take(route.parts[0])
        if begin is None:
            used = self._desk.paid.questions.used(route.parts[0])
            return texts.QUESTION_USED if used else texts.QUESTION_GONE
        await self._close_question(update, texts.RUN_IT)
        await begin()
        return ""

    async def leave(self, update: Update, context: Context, route: Route) -> str:
        if self._desk.paid.questions.take(route.parts[0]) is None:
            return texts.QUESTION_GONE
        await self._close_question(update, texts.NOT_RUN)
        return texts.NOT_RUN

    async def _close_question(self, update: Update, words_: str) -> None:
        message = update.effective_message
        if message is not None:
            await self._desk.sender.edit(chat_of(update), message.message_id, escaped(words_))

    async def busy(self, chat_id: int) -> bool:
        """Whether a run is on; then that is said."""
        if not self._desk.paid.running:
            return False
        if self._desk.paid.scheduled:
            await self._desk.sender.send(chat_id, escaped(self._desk.paid.scheduled))
            return True
        progress = progress_line(self._desk.paid.steps.values()) or texts.STAGES["holdings"]
        await self._desk.sender.send(
            chat_id, escaped(texts.BUSY.format(progress=progress)), buttons=buttons.STOP
        )
        return True

    async def propose(self, chat_id: int, work: Work, update: Update, context: Context) -> None:
        """Begins it, or asks first when the estimate exceeds the set limit."""

        async def begin() -> None:
            if await self.busy(chat_id):
                return
            with self._desk.paid.starting():
                head = self._head(work)
                live = await self._acknowledge(chat_id, head)
                job = self._work(chat_id, work, head, live)
                self._desk.paid.begin(context.application.create_task(job, update=update))

        if isinstance(work.estimate, Gap) or work.estimate <= self._desk.confirm_above_usd:
            await begin()
            return
        key = self._desk.paid.questions.ask(begin)
        asked = texts.ASK_COST.format(
            cost=figures.usd(work.estimate), ballots=work.ballots, model=self._desk.model
        )
        below = (((texts.RUN_IT, data("go", key)), (texts.LEAVE_IT, data("no", key))),)
        await self._desk.sender.send(chat_id, escaped(asked), buttons=below)

    async def _acknowledge(self, chat_id: int, head: str) -> Live:
        (message_id,) = await self._desk.sender.send(chat_id, (head,), buttons=buttons.STOP)
        return Live(self._desk.sender, chat_id, message_id, (head,), buttons.STOP, clock=self._desk.monotonic)

    async def _work(self, chat_id: int, work: Work, head: str, live: Live) -> None:
        desk = self._desk
        began, started = desk.clock(), desk.monotonic()

        def note(step: Step) -> None:
            desk.paid.note(step)
            live.show((f"{head}\n{esc(progress_line(desk.paid.steps.values()))}",), buttons.STOP)

        last: tuple[str, ...] = (bold(texts.FAILED),)  # stays only when something fails that should not
        send: Callable[[], Awaitable[None]] | None = None
        typing = asyncio.create_task(self._typing(chat_id), name="typing")
        try:
            desk.paid.enter()
            send = await work.do(note)
            last = escaped(texts.FINISHED.format(seconds=desk.monotonic() - started))
        except asyncio.CancelledError:
            last = escaped(texts.STOPPED.format(paid=self._paid_since(began)))
        except QuorumNotMet as error:
            last = _failure(error)
            run = self._shelf.run(error.run_id)
            send = lambda: deliver(desk, chat_id, run, None)  # noqa: E731  the same shape as of a finished run
        except CondorcetError as error:
            last = _failure(error)
        finally:
            desk.paid.end()
            await live.finish(last)
        try:
            if send is not None:
                await send()
        finally:
            typing.cancel()

    async def _typing(self, chat_id: int) -> None:
        while True:
            await self._desk.sender.typing(chat_id)
            await asyncio.sleep(TYPING_S)

    def _head(self, work: Work) -> str:
        if self._desk.rehearsal:
            said = texts.STARTING.format(ballots=work.ballots, cost=texts.STARTING_REHEARSAL)
            return f"{bold(words.REHEARSAL)}\n{esc(said)}"
        cost = (
            texts.STARTING_UNKNOWN
            if isinstance(work.estimate, Gap)
            else texts.STARTING_COST.format(cost=figures.usd(work.estimate))
        )
        return esc(texts.STARTING.format(ballots=work.ballots, cost=cost))

    def _paid_since(self, began: datetime) -> str:
        """What a cancelled run cost, from the ledger: nothing when none was opened."""
        for summary in self._desk.engine.ledger.runs(limit=1):
            if summary.opened >= began and summary.state is RunState.CANCELLED:
                return texts.PAID.format(cost=figures.usd(summary.cost_usd))
            if summary.opened >= began and summary.state is RunState.OPEN:
                return texts.PARKED
        return texts.PAID_NOTHING


def _failure(error: CondorcetError) -> tuple[str, ...]:
    """Why there is no report, and every source that rules it out."""
    lines = [bold(texts.FAILED), esc(str(error), 1500)]
    if isinstance(error, SourcesFailed):
        lines.append(esc(texts.FAILED_SOURCES))
        lines += [f"· {esc(source)}: {esc(reason, 200)}" for source, reason in error.failures]
    return ("\n".join(lines),)
