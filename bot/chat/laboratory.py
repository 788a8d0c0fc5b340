"""/variance: the same frozen question asked again, or changed on purpose; one name in full; what earlier runs found.

The price of the very question that would be sent is known, and asked when dear, before anything is spent. `history` is
answered from the ledger alone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from telegram import Update

from bot.chat.context import Desk
from bot.chat.drawing import NotDrawn
from bot.chat.long import Long, Work
from bot.chat.reply import Context, chat_of, typed
from bot.chat.report import PHOTO_NAMES
from bot.chat.shelf import Shelf
from bot.report.heatmap import heatmap
from bot.report.lookup import called, resolve
from bot.report.variance import laboratory_blocks, name_blocks, variance_blocks
from bot.telegram import Attachment, NotSent, escaped
from bot.texts import chat as texts
from core.base.errors import NotFound
from core.base.gap import Gap
from core.base.progress import Sink
from core.laboratory.modes import EXPERIMENTS
from core.laboratory.result import VarianceResult
from core.run import Closing, Purpose, Run

logger = logging.getLogger(__name__)

HISTORY = "history"


class Laboratory:
    def __init__(self, desk: Desk, shelf: Shelf, long: Long) -> None:
        self._desk = desk
        self._shelf = shelf
        self._long = long

    async def variance(self, update: Update, context: Context) -> None:
        """Asks again on the snapshot of the last report; one of the experiments changes one thing."""
        chat_id, entered = chat_of(update), typed(update).casefold()
        if entered == HISTORY:
            questions = await asyncio.to_thread(self._desk.engine.laboratory)
            await self._desk.sender.send(chat_id, laboratory_blocks(questions, zone=self._desk.zone))
            return
        if await self._long.busy(chat_id):
            return
        report = self._shelf.last()
        purpose = EXPERIMENTS.get(entered, Purpose.RERUN)
        ticker = _name(report, typed(update)) if entered and purpose is Purpose.RERUN else ""
        estimate, ballots = await self._desk.engine.variance_cost(purpose=purpose)

        async def do(progress: Sink) -> Callable[[], Awaitable[None]]:
            result = await self._desk.engine.variance(purpose=purpose, progress=progress)
            return lambda: self._deliver(chat_id, result, report, ticker)

        await self._long.propose(chat_id, Work(do, estimate, ballots), update, context)

    async def _deliver(self, chat_id: int, result: VarianceResult, report: Run, ticker: str) -> None:
        run = self._desk.engine.ledger.run(result.run_id)
        cost = run.closing.cost_usd if isinstance(run.closing, Closing) else Gap(gap="not closed")
        if ticker:
            await self._desk.sender.send(chat_id, name_blocks(result, report, run, ticker, cost=cost))
            return
        blocks = variance_blocks(result, report, cost=cost)
        await self._desk.sender.send(chat_id, blocks)
        try:
            drawn = await asyncio.to_thread(self._desk.draw, partial(heatmap, result, called(report)))
            picture = Attachment(name="variance.png", content=drawn, photo=len(result.rows) <= PHOTO_NAMES)
            await self._desk.sender.attach(chat_id, picture, caption=blocks[:1])
        except (NotDrawn, NotSent) as error:
            logger.warning("the heat map was not sent: %s", error)
            await self._desk.sender.send(chat_id, escaped(texts.HEATMAP_FAILED))


def _name(report: Run, entered: str) -> str:
    try:
        return resolve(report, entered)
    except NotFound as error:
        hint = f" {texts.NEAREST} {', '.join(error.nearest)}" if error.nearest else ""
        raise NotFound(texts.VARIANCE_WRONG.format(text=entered[:60]) + hint) from error
