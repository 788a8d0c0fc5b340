"""/variance: the same frozen question asked again, or changed on purpose; one name in full; what earlier runs
found.

The price of the very question that would be sent is known, and asked when dear, before anything is spent.
`history` is answered from the ledger alone.
"""

import asyncio
import logging

from telegram import Update

from bot.chat.context import Desk
from bot.chat.long import Long, Work
from bot.chat.reply import Context, chat_of, typed
from bot.chat.routes import NOBODY, Route
from bot.chat.shelf import Shelf
from bot.report.lookup import resolve
from bot.report.variance import laboratory_blocks
from bot.texts import chat as texts
from core.base.errors import NotFound
from core.base.progress import Sink
from core.engine.asking import Publish
from core.laboratory.modes import EXPERIMENTS
from core.run import Purpose, Run

logger = logging.getLogger(__name__)

HISTORY = "history"
PURPOSES = {purpose.value for purpose in (Purpose.RERUN, *EXPERIMENTS.values())}


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
        purpose = EXPERIMENTS.get(entered, Purpose.RERUN)
        named = entered and purpose is Purpose.RERUN
        await self._ask(update, context, purpose, _name(self._shelf.last(), typed(update)) if named else "")

    async def redo(self, update: Update, context: Context, route: Route) -> str:
        """ "Try again" under a failure."""
        purpose, about = route.parts
        if purpose not in PURPOSES:
            return texts.BUTTON_OLD
        if not await self._long.busy(chat_of(update)):
            await self._ask(update, context, Purpose(purpose), "" if about == NOBODY else about)
        return ""

    async def _ask(self, update: Update, context: Context, purpose: Purpose, ticker: str) -> None:
        self._shelf.last()
        estimate, ballots = await self._desk.engine.variance_cost(purpose=purpose)

        async def do(progress: Sink, errand: str, publish: Publish) -> object:
            return await self._desk.engine.variance(
                purpose=purpose, progress=progress, errand=errand, publish=publish
            )

        await self._long.propose(Work(do, estimate, ballots, purpose, ticker), update, context)


def _name(report: Run, entered: str) -> str:
    try:
        return resolve(report, entered)
    except NotFound as error:
        hint = f" {texts.NEAREST} {', '.join(error.nearest)}" if error.nearest else ""
        raise NotFound(texts.VARIANCE_WRONG.format(text=entered[:60]) + hint) from error
