"""Kill -9 at every numbered step of a delivery, from "run closed" to the last button, and what the chat held
after the restart.

`python -m tests.faults.kills` prints the log for an /analyze and keeps it in docs/faults.md; rows 48 and 49
use the same steps. A step is a call with which a result is written down or told to Telegram, before or after
it. The bot counts them itself and ends itself by SIGKILL, in a real process; everything else is read from
outside.
"""

import asyncio
import inspect
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.local.world import Message
from bot.push.words import PLACEHOLDER
from bot.texts import chat as texts
from tests.faults.living import STEP, Living

NEVER, ARM = 0, signal.SIGUSR1
# The bot, which dies at a step of its own; the words of the command follow.
_DYING = (
    "import os, runpy, sys; os.environ.setdefault('PTB_TIMEDELTA', 'true'); sys.path.insert(0, "
    "os.environ['PYTHONPATH']); "
    "from tests.faults.kills import die_at; die_at(int(sys.argv[1]), armed=sys.argv[2] == 'armed'); "
    "sys.argv[:] = ['bot', *sys.argv[6:]]; runpy.run_module('bot', run_name='__main__')"
)
HEAD = "## The log of kills"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """What the chat held of one answer when the bot was killed, and when all of it had arrived."""

    step: int
    name: str
    held: tuple[str, ...]
    after: tuple[str, ...]


def dying(living: Living, step: int, *, armed: bool = False) -> tuple[str, ...]:
    """For `wrap`: the bot that dies at this step; NEVER only counts them. `armed` from its start."""
    return (living.python, "-c", _DYING, str(step), "armed" if armed else "waiting")


def die_at(wanted: int, *, armed: bool) -> None:
    """In the bot's own process. Counting begins with the first call that writes a result down after ARM: what
    an earlier kill has left is not counted."""
    from bot.telegram.delivery import Delivery
    from bot.telegram.wire import Wire
    from providers.ledger.notes import SqliteWatchBook
    from providers.ledger.outbox import SqliteOutbox
    from providers.ledger.sqlite import SqliteLedger

    count = 0

    def arm(*_: object) -> None:
        nonlocal armed
        armed = True

    signal.signal(ARM, arm)

    def step(name: str, *, first: bool = False) -> None:
        nonlocal count
        if count or (first and armed):
            count += 1
            os.write(2, f"STEP {count} {name}\n".encode())
            if count == wanted:
                os.kill(os.getpid(), signal.SIGKILL)

    class Counted(Wire):
        """The wire of the outbox alone: progress and menus have theirs."""

    def counted(kind: type, method: str, name: str, *, first: bool = False) -> None:
        really = getattr(kind, method)

        def call(*values: Any, **named: Any) -> Any:
            step(f"before {name}", first=first)
            answer = really(*values, **named)
            if inspect.isawaitable(answer):
                return ended(answer, name)
            step(f"after {name}")
            return answer

        setattr(kind, method, call)

    async def ended(asked: Awaitable[Any], name: str) -> Any:
        answer = await asked
        step(f"after {name}")
        return answer

    counted(SqliteLedger, "close_run", "the run is closed", first=True)
    counted(SqliteOutbox, "put", "its messages are written down", first=True)
    counted(SqliteWatchBook, "announce", "the watch's message is written down", first=True)
    counted(SqliteOutbox, "placed", "the placeholder's number is written down")
    counted(SqliteOutbox, "sent", "it is written down as sent")
    counted(Counted, "say", "the placeholder is sent")
    counted(Counted, "edit", "it is edited to the words")
    counted(Counted, "exchange", "it is exchanged for the file")
    counted(Counted, "pin", "it is pinned")
    begin = Delivery.__init__

    def begun(self: Delivery, *values: Any, **named: Any) -> None:
        begin(self, *values, **named)
        self._wire = Counted(self._wire.bot)

    Delivery.__init__ = begun  # type: ignore[method-assign]  # the fault


async def steps_of(
    living: Living, ask: Callable[[], object], came: Callable[[], bool], *, armed: bool = False
) -> list[str]:
    """The names of all steps of one answer, by a bot that lives. It goes on living."""
    known = len(living.words())
    await living.start(wrap=dying(living, NEVER, armed=armed))
    await living.until(lambda: "The bot is ready" in living.words()[known:], "a start")
    living.latest.send_signal(ARM)
    ask()
    await living.until(lambda: came() and waiting(living) == 0, "the answer")
    # The last step comes after the chat has it.
    await asyncio.sleep(0.5)
    return [name for _, name in STEP.findall(living.words()[known:])]


async def killed_at(
    living: Living, step: int, ask: Callable[[], object], came: Callable[[], bool], *, then: int = NEVER
) -> Kill:
    """Asks a bot that dies at `step`, and starts another, which would die at step `then` of a later
    answer."""
    known, said = len(living.words()), {row.message_id for row in living.chat()}
    bot = living.latest
    bot.send_signal(ARM)
    ask()
    code = await living.ended(bot)
    assert code == -signal.SIGKILL, (step, code, living.words()[known:][-800:])
    name = STEP.findall(living.words()[known:])[-1][1]
    held = shown(living, said)
    said_before = len(living.words())
    await living.start(wrap=dying(living, then))
    await living.until(lambda: "The bot is ready" in living.words()[said_before:], "a start")
    await living.until(lambda: came() and waiting(living) == 0, f"the answer after step {step} ({name})")
    return Kill(step=step, name=name, held=held, after=shown(living, said))


async def killed_at_each(
    living: Living, ask: Callable[[], object], came: Callable[[int], bool], steps: Sequence[int]
) -> list[Kill]:
    """One kill after another in one ledger; `came` says whether so many answers are there."""
    made, known = [], len(living.words())
    await living.start(wrap=dying(living, steps[0]))
    await living.until(lambda: "The bot is ready" in living.words()[known:], "a start")
    for place, step in enumerate(steps):
        following = steps[place + 1] if place + 1 < len(steps) else NEVER
        made.append(await killed_at(living, step, ask, partial(came, place + 1), then=following))
    return made


def shown(living: Living, before: set[int]) -> tuple[str, ...]:
    """What is new in the chat, a word each."""
    return tuple(_word(row) for row in living.chat() if row.message_id not in before)


def _word(row: Message) -> str:
    if row.document is not None:
        return "file"
    if row.photo is not None:
        return "picture"
    if row.text in (texts.PLACEHOLDER, PLACEHOLDER):
        return "placeholder"
    if len(row.buttons) > 5:
        return "buttons"
    first = next((line for line in row.text.splitlines() if line.strip()), "")
    return "digest" if "Stability map" in row.text else f"“{first[:40]}”"


def waiting(living: Living) -> int:
    return len(living.ask("SELECT 1 FROM outbox WHERE state IN ('queued', 'placed')"))


async def main() -> None:
    """Every step of an /analyze."""
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        async with Living(Path(folder) / "count") as living:
            names = await steps_of(
                living, partial(living.owner.says, "/analyze"), lambda: living.reports() == 1
            )
        async with Living(Path(folder) / "kills") as living:
            made = await killed_at_each(
                living,
                partial(living.owner.says, "/analyze"),
                lambda count: living.reports() == count,
                range(1, len(names) + 1),
            )
            asked, reports = living.questions(), living.reports()
    rows = [f"| {one.step} | {one.name} | {_cell(one.held)} | {_cell(one.after)} |" for one in made]
    lines = [
        HEAD,
        "",
        f"`python -m tests.faults.kills`: `/analyze` {len(made)} times, each time kill −9 at the next step "
        f"of its delivery; what the",
        f"chat held of it at the kill, and after the restart. {reports} reports, {asked} ballots asked: each "
        f"once.",
        "",
        "| step | killed | held at the kill | after the restart |",
        "|---|---|---|---|",
        *rows,
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    from tests.faults.run import keep_section

    keep_section(HEAD, lines)


def _cell(words: tuple[str, ...]) -> str:
    return ", ".join("progress" if word.startswith("“") else word for word in words)


if __name__ == "__main__":
    asyncio.run(main())
