"""What people sent, fetched from Telegram and handed on: in order within a chat, side by side between chats.

Each chat has a lane. An update that may not wait (`urgent`: /cancel) passes a lane that has stood still for a
second. Decisions. Telegram is told that an update is done only when its handler has ended: what a kill tears
out of memory comes again at the next start. Two exceptions bound this: a handler that has worked for a second
is confirmed (its answer may be waiting for minutes), and a hundred updates at most are in hand. Telegram
hands out what is unconfirmed at every call, so while something is unconfirmed it is asked briefly and often
instead of long; what came before is known and left alone. The library's own loop is not used: it ends without
a word at a refused token, and sleeps through a flood wait that no signal can end. Refused token and second
poller raise `BadRequest` with the reason; everything else is tried again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.wire import trouble_of
from bot.texts import chat as texts
from core.base.errors import BadRequest

logger = logging.getLogger(__name__)

KINDS = ("message", "edited_message", "callback_query")
LONG_S = 10  # one long question; Telegram answers at once when something comes
BRIEF_S = 0.05  # between brief questions
CONFIRM_AFTER_S = 1.0
URGENT_AFTER_S = 1.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0  # after a failure, times one and a half each


class Polling:
    """`handle` takes one update and never raises. `heard_at` is when Telegram last answered, by the given
    clock; `heard` is called each time it does."""

    def __init__(
        self,
        bot: Bot,
        handle: Callable[[Update], Awaitable[None]],
        *,
        urgent: Callable[[Update], bool],
        clock: Callable[[], float],
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._urgent = urgent
        self._clock = clock
        self.heard_at: float | None = None
        self._heard = heard
        self._offset = 0
        self._known: set[int] = set()  # taken, and not below the offset
        self._open: dict[int, asyncio.Task[None]] = {}
        self._begun: dict[int, float] = {}
        self._lanes: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled. Raises BadRequest when Telegram no longer lets this process poll."""
        pause = FIRST_PAUSE_S
        await self._reached(self._bot.delete_webhook)
        while True:
            timeout = LONG_S if self._confirmed() else 0
            try:
                updates = await self._ask(timeout)
            except TelegramError as error:
                pause = await self._rest(error, pause)
                continue
            pause = FIRST_PAUSE_S
            self.heard_at = self._clock()
            self._heard()
            for update in updates:
                self._take(update)
            if self._open:
                await asyncio.wait(self._open.values(), timeout=BRIEF_S)

    async def finish(self, within: float) -> None:
        """After `run` was cancelled: what is in hand ends or is cut off, and Telegram hears what was done."""
        if self._open:
            await asyncio.wait(self._open.values(), timeout=within)
        for task in self._open.values():
            task.cancel()
        cut = set(self._open)
        await asyncio.gather(*self._open.values(), return_exceptions=True)
        self._offset = min([*cut, max(self._known, default=self._offset - 1) + 1])
        try:
            async with asyncio.timeout(2.0):
                await self._ask(0, limit=1)
        except (TelegramError, TimeoutError) as error:
            logger.info("Telegram was not told what was done: %s", trouble_of(error).reason)

    async def _ask(self, timeout: int, limit: int = 100) -> tuple[Update, ...]:
        return await self._bot.get_updates(
            offset=self._offset, timeout=timeout, limit=limit, allowed_updates=KINDS
        )

    async def _reached(self, call: Callable[[], Awaitable[object]]) -> None:
        pause = FIRST_PAUSE_S
        while True:
            try:
                await call()
            except TelegramError as error:
                pause = await self._rest(error, pause)
            else:
                return

    async def _rest(self, error: TelegramError, pause: float) -> float:
        """Waits after a failure; the next pause. Raises BadRequest for what no waiting mends."""
        if isinstance(error, Conflict):
            raise BadRequest(texts.SECOND_POLLER) from error
        if isinstance(error, InvalidToken):
            raise BadRequest(texts.REVOKED) from error
        trouble = trouble_of(error)
        wait = trouble.wait_s or pause
        logger.warning("What people send cannot be fetched: %s; next try in %.0f s.", trouble.reason, wait)
        await asyncio.sleep(wait)
        return min(pause * 1.5, LONGEST_PAUSE_S)

    def _confirmed(self) -> bool:
        """Moves the offset past what has ended or has worked for long; whether that is all there was."""
        now = self._clock()
        waiting = [
            number
            for number in self._open
            if number not in self._begun or now - self._begun[number] < CONFIRM_AFTER_S
        ]
        self._offset = min(waiting, default=max(self._known, default=self._offset - 1) + 1)
        self._known = {number for number in self._known if number >= self._offset}
        return not self._known

    def _take(self, update: Update) -> None:
        number = update.update_id
        if number in self._known:
            return
        if number < self._offset:  # after a quiet week Telegram begins to count anew
            self._offset, self._known = number, set()
        self._known.add(number)
        chat, user = update.effective_chat, update.effective_user
        lane = chat.id if chat is not None else user.id if user is not None else 0
        before = self._lanes.get(lane)
        passing = before is not None and self._urgent(update)
        task = asyncio.create_task(self._work(update, before, URGENT_AFTER_S if passing else None))
        self._open[number] = task
        if not passing:
            self._lanes[lane] = task
        task.add_done_callback(lambda ended: self._ended(number, lane, ended))

    async def _work(self, update: Update, before: "asyncio.Task[None] | None", longest: float | None) -> None:
        if before is not None:
            await asyncio.wait({before}, timeout=longest)
        self._begun[update.update_id] = self._clock()
        await self._handle(update)

    def _ended(self, number: int, lane: int, task: "asyncio.Task[None]") -> None:
        del self._open[number]
        self._begun.pop(number, None)
        if self._lanes.get(lane) is task:
            del self._lanes[lane]
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("an update could not be handled", exc_info=error)
