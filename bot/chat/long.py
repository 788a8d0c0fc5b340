"""Long work: acknowledged at once, its cost asked above the limit, one message edited as it goes on,
cancelled at any stage.

What was asked for is written down before it is begun, under the number of its update: delivered again, it is
known. Results are never sent from here: the engine writes them into the outbox beside the closing of the run
(`bot.chat.results`). From the look whether something runs until it does, the place is held: two taps cannot
start two runs.
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
from bot.chat.routes import Route, data
from bot.chat.shelf import Shelf
from bot.report import figures
from bot.report.markup import bold, esc
from bot.report.progress import asking_lines, progress_line
from bot.telegram import Live, NotSent, Unreachable, escaped
from bot.texts import chat as texts
from core.base.errors import CondorcetError, LeaseLost, QuorumNotMet, SourcesFailed
from core.base.gap import Gap
from core.base.progress import Sink, Step
from core.due.message import Errand
from core.engine.asking import Publish
from core.run import Purpose, RunState

logger = logging.getLogger(__name__)

# Telegram shows "typing" for five seconds at most.
TYPING_S = 4.0


@dataclass(frozen=True, slots=True)
class Work:
    """One paid job. `do` runs it, telling the sink where it is, and has its result written down by `publish`.

    `estimate` in US dollars and `ballots` are what is said, and asked when dear, before anything is spent;
    `about` is the name that was asked about, or empty; with `purpose` it tells what "Try again" means."""

    do: Callable[[Sink, str, Publish], Awaitable[object]]
    estimate: Decimal | Gap
    ballots: int
    purpose: Purpose
    about: str = ""


class Long:
    """/analyze, /cancel, and how every paid job is proposed, asked, run and ended."""

    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        self._desk = desk
        self._shelf = shelf

    async def analyze(self, update: Update, context: Context) -> None:
        """Also the button "Analyze now"."""
        if await self.busy(chat_of(update)):
            return

        async def do(progress: Sink, errand: str, publish: Publish) -> object:
            return await self._desk.engine.analyze(progress=progress, errand=errand, publish=publish)

        estimate = await self._desk.engine.estimate()
        await self.propose(Work(do, estimate, self._desk.jury_size, Purpose.REPORT), update, context)

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
        await begin(update)
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
        progress = progress_line(self._desk.paid.steps.values()) or texts["STAGES"]["holdings"]
        await self._desk.sender.send(
            chat_id, escaped(texts.BUSY.format(progress=progress)), buttons=buttons.STOP
        )
        return True

    async def propose(self, work: Work, update: Update, context: Context) -> None:
        """Begins it, or asks first when the estimate exceeds the set limit."""
        chat_id = chat_of(update)

        async def begin(asked: Update) -> None:
            if await self.busy(chat_id):
                return
            errand = Errand(id=f"update:{asked.update_id}", chat_id=chat_id, about=work.about)
            with self._desk.paid.starting():
                if not self._desk.results.begin(errand):
                    return
                head = self._head(work)
                live = await self._acknowledge(chat_id, head)
                job = self._work(errand, work, head, live)
                self._desk.paid.begin(context.application.create_task(job, update=asked))

        if isinstance(work.estimate, Gap) or work.estimate <= self._desk.confirm_above_usd:
            await begin(update)
            return
        key = self._desk.paid.questions.ask(begin)
        asked = texts.ASK_COST.format(
            cost=figures.usd(work.estimate), ballots=work.ballots, model=self._desk.model
        )
        below = (((texts.RUN_IT, data("go", key)), (texts.LEAVE_IT, data("no", key))),)
        await self._desk.sender.send(chat_id, escaped(asked), buttons=below)

    async def _acknowledge(self, chat_id: int, head: str) -> Live | None:
        """The message that shows where the work stands; None where it could not be sent. The work goes on
        without it."""
        try:
            (message_id,) = await self._desk.sender.send(chat_id, (head,), buttons=buttons.STOP)
        except (NotSent, Unreachable) as error:
            logger.warning("the beginning of a run could not be said: %s", error)
            return None
        return Live(self._desk.sender, chat_id, message_id, (head,), buttons.STOP, clock=self._desk.monotonic)

    async def _work(self, errand: Errand, work: Work, head: str, live: Live | None) -> None:
        desk = self._desk
        began, started = desk.clock(), desk.monotonic()

        def show() -> None:
            if live is not None:
                steps, seconds = desk.paid.steps.values(), desk.monotonic() - started
                said = [progress_line(steps, seconds=seconds), *asking_lines(steps)]
                live.show(("\n".join([head, *map(esc, said)]),), buttons.STOP)

        def note(step: Step) -> None:
            desk.paid.note(step)
            show()

        last: tuple[str, ...] = (bold(texts.FAILED),)  # stays only when something fails that should not
        typing = asyncio.create_task(self._typing(errand.chat_id, show), name="typing")
        try:
            desk.paid.enter()
            await work.do(note, errand.id, desk.results.publish(errand))
            last = escaped(texts.FINISHED.format(seconds=desk.monotonic() - started))
        except asyncio.CancelledError:
            last = escaped(self._stopped(errand, began))
        except QuorumNotMet:
            last = escaped(texts.FINISHED.format(seconds=desk.monotonic() - started))
        except LeaseLost as error:
            last = escaped(str(error))
            desk.results.drop(errand)
        except CondorcetError as error:
            last = (bold(texts.FAILED),)
            desk.results.fail(errand, _failure(error), below=buttons.try_again(work.purpose, work.about))
        finally:
            desk.paid.end()
            typing.cancel()
            if live is not None:
                await live.finish(last)

    def _stopped(self, errand: Errand, began: datetime) -> str:
        """What becomes of it. What a run cost that had begun is said beside its closing."""
        for summary in self._desk.engine.ledger.runs(limit=1):
            if summary.opened >= began and summary.state is RunState.CANCELLED:
                return f"{texts.CANCELLED}."
            if summary.opened >= began and summary.state is RunState.OPEN:
                return texts.STOPPED.format(paid=texts.PARKED)
        if self._desk.engine.parking.is_set():
            return texts.STOPPED.format(paid=texts.PARKED)
        self._desk.results.drop(errand)
        return texts.STOPPED.format(paid=texts.PAID_NOTHING)

    async def _typing(self, chat_id: int, show: Callable[[], None]) -> None:
        """Says that something goes on, and for how long, also while nothing else is to be told."""
        while True:
            await self._desk.sender.typing(chat_id)
            await asyncio.sleep(TYPING_S)
            show()

    def _head(self, work: Work) -> str:
        if self._desk.rehearsal:
            cost = texts.STARTING_REHEARSAL
        elif isinstance(work.estimate, Gap):
            cost = texts.STARTING_UNKNOWN
        else:
            cost = texts.STARTING_COST.format(cost=figures.usd(work.estimate))
        return esc(texts.STARTING.format(ballots=work.ballots, cost=cost))


def _failure(error: CondorcetError) -> tuple[str, ...]:
    """Why there is no report, and every source that rules it out."""
    lines = [bold(texts.FAILED), esc(str(error), 1500)]
    if isinstance(error, SourcesFailed):
        lines.append(esc(texts.FAILED_SOURCES))
        lines += [f"· {esc(source)}: {esc(reason, 200)}" for source, reason in error.failures]
    return ("\n".join(lines),)
