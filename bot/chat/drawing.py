"""Pictures are drawn in a process of their own: a thread would share the interpreter's lock and hold up every
answer.

It ends after each picture, so the drawing library's memory never stays with the bot. Blocking: call it from a
thread. Measured at sixty names on two busy cores: in a thread the loop stood still for up to 450 ms, so for a
person's whole tap.
"""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from core.base.errors import CondorcetError

Draw = Callable[[Callable[[], bytes]], bytes]
# How much it gives way to the answers of the bot, where both want the processor. Measured beside four busy
# programs on two cores: at 10 a report took three times as long, and answers came no sooner (p95 28 ms
# against 37, both far below the limit).
BEHIND = 3
LONGEST_S = 60.0  # a picture takes about one second with the start of its process


class NotDrawn(CondorcetError):
    """The drawing process ended without a picture (out of memory, killed, too slow)."""


def in_own_process(draw: Callable[[], bytes]) -> bytes:
    """What `draw` returns; it must be picklable (a `functools.partial` of a module's function). Raises
    NotDrawn."""
    # Spawned, not forked: the bot has threads, and a forked lock stays locked.
    with ProcessPoolExecutor(
        max_workers=1, mp_context=get_context("spawn"), initializer=os.nice, initargs=(BEHIND,)
    ) as pool:
        try:
            return pool.submit(draw).result(timeout=LONGEST_S)
        except (BrokenProcessPool, TimeoutError) as error:
            # SLF001: before Python 3.14 a pool has no other way to end its processes.
            for process in list((pool._processes or {}).values()):  # noqa: SLF001
                process.kill()
            raise NotDrawn("The picture could not be drawn.") from error


def at_once(draw: Callable[[], bytes]) -> bytes:
    """Draws here and now: for callers that have no one waiting."""
    return draw()


__all__ = ["Draw", "NotDrawn", "at_once", "in_own_process"]
