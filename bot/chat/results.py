"""What a person's run came to, as messages for the outbox: the one way in which a result reaches who asked
for it. And the one way to change something: once for each update.

Decisions. The messages and the closing of the run are one transaction, so nobody pays for an answer that a
dropped connection could lose. They are made before it, off the event loop. Whatever goes wrong while they are
made, a result is kept and is said to be: never "nothing of it became a report".
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial

from telegram import Update

from bot.chat import buttons
from bot.chat.drawing import Draw, NotDrawn, in_own_process
from bot.chat.report import PHOTO_NAMES, PushMessages, message
from bot.report.heatmap import heatmap
from bot.report.labels import state_of
from bot.report.lookup import called, resolve
from bot.report.markup import bold, esc
from bot.report.splitting import CAPTION, TEXT, split
from bot.report.variance import name_blocks, variance_blocks
from bot.telegram import Attachment, Buttons
from bot.texts import chat as texts
from core.base.gap import Gap
from core.due.message import Errand, Message
from core.engine.asking import Publish
from core.engine.engine import Engine
from core.engine.stamping import REPORTS
from core.ports import Errands, Outbox
from core.run import Closing, Run, RunState

logger = logging.getLogger(__name__)


class Results:
    """`next_push` gives the date that reports print; `poke` wakes the outbox's pump."""

    def __init__(
        self,
        engine: Engine,
        outbox: Outbox,
        errands: Errands,
        *,
        zone: Callable[[], tzinfo],
        next_push: Callable[[], datetime | Gap],
        clock: Callable[[], datetime],
        poke: Callable[[], None] = lambda: None,
        draw: Draw = in_own_process,
        dark: Callable[[], bool] = lambda: False,
    ) -> None:
        self._engine = engine
        self._outbox = outbox
        self._errands = errands
        self._zone = zone
        self._next_push = next_push
        self._clock = clock
        self._poke = poke
        self._draw = draw
        self._dark = dark

    def begin(self, errand: Errand) -> bool:
        """Writes down what is asked for. False: it was asked before, and is being done or has been
        answered."""
        return self._errands.begin(errand, now=self._clock())

    def publish(self, errand: Errand, *remarks: str) -> Publish:
        """For the engine: what is to be said of the run, written down with its closing. `remarks` are said
        first."""

        async def prepare(run: Run) -> Callable[[], None]:
            if state_of(run) in (RunState.CANCELLED, RunState.FAILED):
                # At once, without a thread: a second cancellation must find no moment in which nothing is
                # written.
                cancelled = state_of(run) is RunState.CANCELLED
                head = texts.CANCELLED if cancelled else texts.FAILED
                below = () if cancelled else buttons.try_again(run.opening.purpose, errand.about)
                messages = self._words(run, errand, head, *remarks, _failure(run), below=below)
            else:
                try:
                    messages = await asyncio.to_thread(self._messages, run, errand, remarks)
                except Exception:  # the result is paid and kept: that is said, whatever its pictures came to
                    logger.exception("the run %s could not be shown", run.opening.id)
                    messages = self._words(run, errand, *texts.MADE_NOT_SHOWN.split("|"))
            return lambda: self._write(errand, messages)

        return prepare

    def once(self, update: Update, change: Callable[[], str]) -> str:
        """Does `change` and writes down what it said, with the update's number, in one transaction. Delivered
        again, the update changes nothing and is told what was said. Whatever `change` raises is raised, and
        nothing of it happened."""
        chat = update.effective_chat
        errand = Errand(id=f"update:{update.update_id}", chat_id=0 if chat is None else chat.id)
        return self._errands.once(errand, change, now=self._clock())

    def fail(self, errand: Errand, blocks: tuple[str, ...], below: Buttons = ()) -> None:
        """Nothing came of it, and no run was opened: said through the outbox as well, as a new message that
        rings."""
        made = self._made(f"failed:{errand.id}", errand.chat_id, blocks, below)
        with self._engine.ledger.as_one():
            self._write(errand, made)

    def drop(self, errand: Errand) -> None:
        """It was called off before a run was opened; whoever called it off was told."""
        self._errands.end(errand.id, "")

    def _write(self, errand: Errand, messages: tuple[Message, ...]) -> None:
        self._outbox.put(messages, now=self._clock())
        self._errands.end(errand.id, messages[0].plain if messages else "")
        self._poke()

    def _messages(self, run: Run, errand: Errand, remarks: tuple[str, ...]) -> tuple[Message, ...]:
        """Blocking."""
        if run.opening.purpose in REPORTS:
            views = PushMessages(
                self._engine.previous_report, self._zone, draw=self._draw, asked=True, dark=self._dark
            )
            next_push = self._next_push()
            failed = (texts.FAILED, _failure(run)) if state_of(run) is RunState.NO_QUORUM else ()
            return views.report(
                run,
                batch=_batch(run),
                chat_id=errand.chat_id,
                remarks=(*remarks, *failed),
                next_due=next_push,
            )
        if state_of(run) is RunState.NO_QUORUM and not _readable(run):
            below = buttons.try_again(run.opening.purpose, errand.about)
            return self._words(run, errand, texts.FAILED, _failure(run), below=below)
        return self._laboratory(run, errand, remarks)

    def _laboratory(self, run: Run, errand: Errand, remarks: tuple[str, ...]) -> tuple[Message, ...]:
        result = self._engine.compared(run)
        cost = run.closing.cost_usd if isinstance(run.closing, Closing) else run.closing
        said = ("\n".join(esc(remark) for remark in remarks),) if remarks else ()
        report = self._engine.ledger.run(result.report_id)
        if errand.about:
            ticker = resolve(report, errand.about)
            blocks = name_blocks(result, report, run, ticker, cost=cost)
            return self._made(_batch(run), errand.chat_id, (*said, *blocks))
        blocks = variance_blocks(result, report, cost=cost)
        try:
            drawn = self._draw(partial(heatmap, result, called(report), dark=self._dark()))
        except NotDrawn as error:
            logger.warning("%s", error)
            return self._made(_batch(run), errand.chat_id, (*said, *blocks, esc(texts.HEATMAP_FAILED)))
        made = self._made(_batch(run), errand.chat_id, (*said, *blocks))
        caption = split(blocks[:1], CAPTION)[0]
        photo = len(result.rows) <= PHOTO_NAMES
        picture = Attachment(name="variance.png", content=drawn, photo=photo)
        return (*made, message(_batch(run), len(made), errand.chat_id, caption, file=picture))

    def _words(
        self, run: Run, errand: Errand, head: str, *rest: str, below: Buttons = ()
    ) -> tuple[Message, ...]:
        said = ("\n".join([bold(head), *map(esc, rest)]),)
        return self._made(_batch(run), errand.chat_id, said, below)

    def _made(
        self, batch: str, chat_id: int, blocks: tuple[str, ...], below: Buttons = ()
    ) -> tuple[Message, ...]:
        parts = split(blocks, TEXT)
        return tuple(
            message(batch, place, chat_id, part, below=below if place == len(parts) - 1 else ())
            for place, part in enumerate(parts)
        )


def _batch(run: Run) -> str:
    return f"run:{run.opening.id}"


def _failure(run: Run) -> str:
    return str(run.closing.failure) if isinstance(run.closing, Closing) else ""


def _readable(run: Run) -> bool:
    stability = run.closing.stability if isinstance(run.closing, Closing) else run.closing
    return not isinstance(stability, Gap) and stability.valid > 0
