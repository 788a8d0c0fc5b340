"""One message that is edited while something runs: at least 2 s apart, only when it changed, the last words
always delivered.

`show` never waits and never fails: it only says what should stand there, and is silent while Telegram wants
it so. `finish` delivers the end, as a new message when the old one is gone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.telegram.sender import Sender
from bot.telegram.wire import Buttons

LONGEST_QUIET = 600.0  # seconds of a flood wait that progress keeps to; after that it tries again
APART = 2.0  # seconds: other bots ran into 429s of two minutes at one edit a second (telegram.md, section 3)
Content = tuple[tuple[str, ...], Buttons]


class Live:
    """`clock` gives monotonic seconds; `sleep` is asyncio's, or a test's."""

    def __init__(
        self,
        sender: Sender,
        chat_id: int,
        message_id: int,
        shown: Sequence[str],
        buttons: Buttons = (),
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._sender = sender
        self._chat_id = chat_id
        self._message_id = message_id
        self._clock = clock
        self._sleep = sleep
        self._shown: Content = (tuple(shown), buttons)
        self._wanted: Content = self._shown
        self._edited_at = clock()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._resting = False

    def show(self, blocks: Sequence[str], buttons: Buttons = ()) -> None:
        """What should stand there now. Intermediate states that come too quickly are skipped."""
        self._wanted = (tuple(blocks), buttons)
        if not self._closed and (self._task is None or self._task.done()) and self._wanted != self._shown:
            self._task = asyncio.create_task(self._run())

    async def finish(self, blocks: Sequence[str], buttons: Buttons = ()) -> int:
        """The last words; the id of the message that holds them. Raises Unreachable or NotSent."""
        self._closed = True
        self._wanted = (tuple(blocks), buttons)
        if self._task is not None:
            if self._resting:
                self._task.cancel()
            # An edit that is under way is left to arrive: cancelled, it could overtake the last one.
            await asyncio.gather(self._task, return_exceptions=True)
        if self._wanted == self._shown:
            return self._message_id
        await self._rest(longest=APART)
        if await self._sender.edit(self._chat_id, self._message_id, self._wanted[0], buttons=buttons):
            return self._message_id
        return (await self._sender.send(self._chat_id, self._wanted[0], buttons=buttons))[-1]

    async def _rest(self, longest: float = LONGEST_QUIET) -> None:
        left = self._edited_at + APART - self._clock()
        if left > 0:
            self._resting = True
            await self._sleep(min(left, longest))
            self._resting = False

    async def _run(self) -> None:
        while self._wanted != self._shown:
            await self._rest()
            if self._closed:
                return
            content = self._wanted
            quiet = await self._sender.touch(self._chat_id, self._message_id, content[0], content[1])
            # Also after a failure: an edit that Telegram refuses now is refused again, and the next state is
            # near.
            self._shown = content
            self._edited_at = self._clock() + quiet
