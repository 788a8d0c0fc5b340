"""The one paid run that may be on at a time, and the questions that stand before one. In memory only, on
purpose.

A question is answered once: a double tap pays once, and after a restart an old button asks nothing and pays
nothing.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from core.base.progress import Stage, Step

if TYPE_CHECKING:
    from telegram import Update

T = TypeVar("T")
OPEN_QUESTIONS = 32  # more than a person leaves open; the oldest is forgotten first, so nothing grows


class Questions(Generic[T]):
    """Things that wait for a yes. `take` gives each out once."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, T] = OrderedDict()
        self._used: OrderedDict[str, None] = OrderedDict()

    def ask(self, what: T) -> str:
        """A new one-use key of eight letters for `what`."""
        key = secrets.token_hex(4)
        self._open[key] = what
        while len(self._open) > OPEN_QUESTIONS:
            self._open.popitem(last=False)
        return key

    def take(self, key: str) -> T | None:
        """What was asked, the first time; None afterwards and for keys that were never given."""
        found = self._open.pop(key, None)
        if found is not None:
            self._used[key] = None
            while len(self._used) > OPEN_QUESTIONS:
                self._used.popitem(last=False)
        return found

    def used(self, key: str) -> bool:
        """Whether this question was answered already (as opposed to forgotten)."""
        return key in self._used


@dataclass(slots=True)
class Paid:
    """The running task and where it stands. `steps` by stage, in the order in which they began. `scheduled`
    is what is said to a person while the schedule has the place, else blank; `freed` wakes the schedule when
    the place may be free.

    `questions` hold what to start after a yes: a function that begins the run, given the update that said it.
    """

    task: "asyncio.Task[None] | None" = None
    held: bool = False
    entered: bool = False
    unwanted: bool = False
    scheduled: str = ""
    freed: asyncio.Event = field(default_factory=asyncio.Event)
    steps: dict[Stage, Step] = field(default_factory=dict)
    questions: Questions[Callable[["Update"], Awaitable[None]]] = field(default_factory=Questions)

    @property
    def running(self) -> bool:
        return bool(self.scheduled) or self.held or (self.task is not None and not self.task.done())

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Holds the one place while a run is being announced, before there is a task."""
        self.held = True
        self.entered = self.unwanted = False
        try:
            yield
        finally:
            self.held = False
            self.freed.set()

    @asynccontextmanager
    async def by_schedule(self, said: str) -> AsyncIterator[None]:
        """The place for a run that nobody at the chat began, as soon as a person's has ended: two would spend
        side by side.

        Until it ends, whoever asks is told `said`, and no cancellation from the chat reaches it.
        """
        while self.running:
            self.freed.clear()
            await self.freed.wait()
        self.scheduled = said
        try:
            yield
        finally:
            self.scheduled = ""
            self.freed.set()

    def begin(self, task: "asyncio.Task[None]") -> None:
        self.task = task
        self.steps = {}
        task.add_done_callback(lambda _: self.freed.set())

    def enter(self) -> None:
        """The task's first words. Raises CancelledError when it was called off before it could begin: a task
        that is cancelled before its first step never runs, and could not say that it ended."""
        self.entered = True
        if self.unwanted:
            raise asyncio.CancelledError

    def end(self) -> None:
        """The paid part is over; what remains is sending, which no cancellation may cut."""
        self.task = None
        self.freed.set()
        self.entered = self.unwanted = False

    def note(self, step: Step) -> None:
        self.steps[step.stage] = step

    def cancel(self) -> bool:
        """Whether something ran, or was about to, and is now being stopped."""
        if self.scheduled or not self.running:
            return False
        if self.entered and self.task is not None:
            self.task.cancel()
        else:
            self.unwanted = True
        return True
