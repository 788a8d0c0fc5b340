"""Rows 41 to 46, 57, 58, 60, 65, 69: parts of the bot die, runs change their owner, clocks and ledgers jump.
Real processes."""

import asyncio
import json
import shutil
import signal
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.faults.living import Answer, Living
from tests.faults.rows_clock import LEAD, shifted
from tests.faults.rows_process import CONFLICT, slow_after
from tests.journeys.world import Question, good
from tests.local_telegram import BadGateway, Refusal

UNAUTHORIZED = Refusal(401, "Unauthorized")
# The bot, after a change to itself that injects the fault. {change} is a statement; the words of the command
# follow.
_CHANGED = (
    "import os, runpy, sys; os.environ.setdefault('PTB_TIMEDELTA', 'true'); sys.path.insert(0, "
    "os.environ['PYTHONPATH']); "
    "{change}; sys.argv[:] = ['bot', *sys.argv[4:]]; runpy.run_module('bot', run_name='__main__')"
)
# Leases of four seconds and loops that look every second, so that a row need not wait for minutes.
HURRIED = (
    "from datetime import timedelta; import core.engine.asking as a, core.engine.engine as e, "
    "bot.push.schedule as s; "
    "a.LEASE = e.LEASE = timedelta(seconds=4); a.RENEW_S = 1.0; s.LONGEST_S = 1.0"
)
# Parts that die two seconds after the start.
DEATHS = {
    "polling": ("bot.telegram.polling", "Polling", "run"),
    "the schedule": ("bot.push.schedule", "Schedule", "look"),
    "the outbox": ("bot.push.schedule", "Schedule", "pump"),
    "the watch": ("bot.push.watch", "Watch", "tick"),
}


def changed(living: Living, change: str) -> tuple[str, ...]:
    """For `wrap`: the bot after `change`."""
    return (living.python, "-c", _CHANGED.format(change=change))


async def token_revoked(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        bot = await living.start()
        await _ready(living)
        living.local.inject(UNAUTHORIZED, "getUpdates", times=None)
        begun = time.monotonic()
        code = await living.ended(bot)
        took = time.monotonic() - begun

        assert code not in (0, None)
        assert took < 60
        assert "no longer accepts" in living.words(), living.words()[-500:]
        assert living.pings()[-1] == "fail", living.pings()
        return f"exit {code} after {took:.0f} s, the reason said, /fail"


async def a_part_dies(folder: Path, *, fast: bool) -> str:
    ended = []
    for name, (module, kind, method) in DEATHS.items():
        async with Living(folder / name.replace(" ", "-")) as living:
            living.settings["WATCH_TIME"] = "00:00"
            dies = (
                f"import asyncio, {module} as m\nasync def dies(self): await asyncio.sleep(2); raise "
                f"ZeroDivisionError('injected')\n"
                f"m.{kind}.{method} = dies\nimport bot.push.schedule as s; s.LONGEST_S = 1.0\n"
            )
            bot = await living.start(wrap=changed(living, f"exec({dies!r})"))
            await _ready(living)
            begun = time.monotonic()
            code = await living.ended(bot)

            assert code not in (0, None), name
            assert time.monotonic() - begun < 60, name
            assert "ZeroDivisionError" in living.words(), living.words()[-500:]
            assert "fail" in living.pings(), (name, living.pings())
            ended.append(f"{name} {time.monotonic() - begun:.0f} s")
    return f"exit ≠ 0, the reason, /fail: {', '.join(ended)}"


async def alive_only_when_heard(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        deaf = living.local.inject(BadGateway(), "getUpdates", times=None)
        await living.start()
        await _ready(living)
        await asyncio.sleep(4)
        before = living.pings()
        said = await living.ended(await living.start("health"))
        deaf.lift()
        await living.until(lambda: living.pings() != [], "a sign of life")
        await living.until(lambda: _healthy(living), "the health of a bot that works")
        after = await living.ended(await living.start("health"))

        assert before == []
        assert (said, after) == (3, 0), (said, after, living.words()[-500:])
        assert living.pings() == ["success"], living.pings()
        return "nothing said and `health` 3 while getUpdates failed; alive and 0 after it answered"


def _healthy(living: Living) -> bool:
    from datetime import UTC, datetime

    from bot.app.supervisor import stale
    from providers.ledger.lock import signs_of

    signs = signs_of(living.ledger)
    return signs is not None and not stale(signs, datetime.now(UTC))


async def settings_changed_in_between(folder: Path, *, fast: bool) -> str:
    """A run is cut off by each way to end, and the next start has another setting of its stamp: nothing is
    mixed."""
    async with Living(folder) as living:
        (folder / "other.md").write_text("- Judge the names fairly.\n", encoding="utf-8")
        changes = {
            "MODEL": "openai-compatible:another",
            "MODEL_BASE_URL": living.settings["MODEL_BASE_URL"].replace("127.0.0.1", "localhost"),
            "TEMPERATURE": "0.5",
            "JURY_SIZE": "3-7",
            "HORIZON_MONTHS": "24",
            "PRINCIPLES_FILE": str(folder / "other.md"),
        }
        if fast:
            changes = {name: changes[name] for name in ("MODEL", "TEMPERATURE", "PRINCIPLES_FILE")}
        living.settings["JURY_CONCURRENCY"] = "1"
        bot = await living.start()
        await _ready(living)
        for number, (name, value) in enumerate(changes.items()):
            living.world.script = slow_after(living.questions() + 2)
            asked, known = living.questions(), len(living.chat())
            living.owner.says("/analyze")
            await living.until(
                partial(lambda n: living.questions() == n + 3, asked), f"the third ballot, {name}"
            )
            bot.send_signal(signal.SIGTERM if number % 2 else signal.SIGKILL)
            await living.ended(bot)
            living.settings[name] = value
            bot = await living.start()
            told = f"{name} changed since"
            await living.until(
                partial(lambda n, told: any(told in row.text for row in living.chat()[n:]), known, told), told
            )
            assert living.questions() == asked + 3, (name, "something was asked after the change")
        kept = living.ask("SELECT count(*) FROM answers GROUP BY run")
        assert living.ask("SELECT state FROM closings") == [("failed",)] * len(changes)
        assert kept == [(2,)] * len(changes), kept
    seen = list(changes)
    async with Living(folder / "line") as living:
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = slow_after(2)
        line = await living.start("analyze")
        await living.until(lambda: living.questions() == 3, "the third ballot asked")
        line.terminate()
        code = await living.ended(line)
        stood = living.ask("SELECT state FROM closings")
        living.world.script = good
        again = await living.ended(await living.start("analyze", MODEL="openai-compatible:another"))

        assert (code, again, stood) == (130, 0, [("cancelled",)]), (code, again, stood, living.words()[-500:])
        kept = living.ask("SELECT count(*) FROM answers GROUP BY run")
        assert sorted(kept) == [(2,), (5,)], kept
    async with Living(folder / "push") as living:
        period = living.make_due()
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = slow_after(2)
        bot = await living.start()
        await living.until(lambda: living.questions() == 3, "the third ballot asked")
        bot.kill()
        await living.ended(bot)
        living.world.script = good
        await living.start(MODEL="openai-compatible:another")
        await living.one_report(period)
        models = [str(question.body["model"]) for question in living.world.questions]

        assert models == ["test"] * 3 + ["another"] * 5, models
        assert living.ask("SELECT state FROM closings ORDER BY rowid") == [("failed",), ("done",)]
    return (
        f"closed with its cost and said: {', '.join(seen)}; a terminated command line closes its own with "
        f"exit {code}; "
        "the push asked 5 afresh; no mixed jury"
    )


async def side_by_side(folder: Path, *, fast: bool) -> str:
    """Two command lines and a bot that starts and ends beside them: each finishes its own."""
    async with Living(folder) as living:
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = slow_after(0, pause=0.6)
        one, two = await living.start("analyze", "--json"), await living.start("analyze", "--json")
        await living.until(lambda: living.questions() >= 2, "both ask")
        bot = await living.start(wrap=changed(living, HURRIED))
        await _ready(living)
        codes = [await living.ended(one), await living.ended(two)]
        again = await living.start("variance", "--json")
        await asyncio.sleep(1)
        bot.terminate()
        codes += [await living.ended(bot), await living.ended(again)]

        assert codes == [0, 0, 0, 0], (codes, living.words()[-800:])
        assert living.questions() == 15
        assert living.ask("SELECT state, count(*) FROM closings GROUP BY 1") == [("done", 3)]
        assert living.chat() == [], [row.text for row in living.chat()]
        assert living.whole()
        return "three juries of 5, each its own; nothing said in the chat"


async def stopped_past_its_lease(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = slow_after(0, pause=1.0)
        line = await living.start("analyze", wrap=changed(living, HURRIED))
        await living.until(lambda: living.questions() == 3, "two answers kept")
        line.send_signal(signal.SIGSTOP)
        await living.start(wrap=changed(living, HURRIED))
        await living.until(lambda: living.ask("SELECT state FROM closings") == [("failed",)], "taken over")
        kept = living.ask("SELECT run, ballot FROM answers")
        line.send_signal(signal.SIGCONT)
        code = await living.ended(line)

        assert code not in (0, None)
        assert living.ask("SELECT run, ballot FROM answers") == kept
        assert living.ask("SELECT fence, holder LIKE 'bot%' FROM leases") == [(2, 1)]
        assert "never changed" in living.words() or "taken over" in living.words(), living.words()[-500:]
        return f"taken over after its lease; the first woke, wrote nothing and ended with {code}"


async def first_ballot_is_silent(folder: Path, *, fast: bool) -> str:
    """The service takes the first question and says nothing: no head, no token."""
    wait = 15.0 if fast else 60.0
    sooner = (
        f"import functools, core.engine.asking as a; a.Bounds = functools.partial(a.Bounds, warm_s={wait})"
    )
    async with Living(folder) as living:
        at: list[float] = []

        def script(question: Question) -> Answer:
            at.append(time.monotonic())
            answer = good(question)
            return replace(answer, pause=wait + 20) if question.number == 0 else answer

        living.world.script = script
        living.settings["JURY_CONCURRENCY"] = "5"
        line = await living.start("analyze", "--json", wrap=changed(living, sooner) if fast else ())
        await living.until(lambda: living.questions() == 5, "the others asked", patience=wait + 60)
        waited = at[1] - at[0]
        code = await living.ended(line, patience=wait + 90)
        report = json.loads(living.printed[-1])

        # Counted from the question's arrival, which on a busy machine is some seconds after its begin.
        assert wait / 2 <= waited < wait + 10, waited
        assert max(at[1:5]) - at[1] < 5, at
        assert code == 0, living.words()[-500:]
        assert report["valid"] >= 4, report["spoiled"]
        valid = report["valid"]
        return f"the others asked {waited:.1f} s after it (set to {wait:.0f} s), a report of {valid} of 5"


async def first_start_with_a_clock_ahead(folder: Path, *, fast: bool) -> str:
    from datetime import UTC, datetime

    async with Living(folder) as living:
        due = datetime.now(UTC).replace(second=0, microsecond=0)
        living.settings |= {"PUSH_DAY": str(due.day), "PUSH_TIME": f"{due:%H:%M}"}
        bot = await living.start(wrap=shifted(living, timedelta(days=400)))
        await _ready(living)
        bot.terminate()
        await living.ended(bot)
        late = datetime.now(UTC) - due
        await living.start(wrap=shifted(living, -late - LEAD))
        took = await living.one_report(f"{due:%Y-%m}")
        return f"the due month was made {took:.0f} s after a start with the right clock"


async def rolled_back_in_place(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        period = living.make_due()
        older = folder / "older.sqlite"
        shutil.copyfile(living.ledger, older)
        bot = await living.start()
        await living.one_report(period)
        bot.terminate()
        await living.ended(bot)
        number = living.ledger.stat().st_ino
        shutil.copyfile(older, living.ledger)
        await living.start()
        await living.until(lambda: any("older copy" in row.text for row in living.chat()), "the owner asked")
        await asyncio.sleep(1)

        assert living.ledger.stat().st_ino == number
        assert living.reports() == 1
        assert living.questions() == 5
        return "the owner was asked, nothing made or sent again"


async def killed_while_restoring(folder: Path, *, fast: bool) -> str:
    """`restore` ends at each of its renames: the next command finds a whole ledger or says what to do."""
    words = []
    for step in range(4):
        async with Living(folder / str(step)) as living:
            await living.ended(await living.start("analyze"))
            await living.ended(await living.start("backup", "copy.sqlite"))
            await living.ended(await living.start("analyze"))
            dies = (
                f"import itertools, os\nreally, steps = os.replace, itertools.count()\n"
                f"def replace(a, b): return really(a, b) if next(steps) != {step} else "
                f"os._exit(137)\nos.replace = replace\n"
            )
            code = await living.ended(
                await living.start("restore", "copy.sqlite", wrap=changed(living, f"exec({dies!r})"))
            )
            after = await living.ended(await living.start("history", "--json"))
            if after:
                assert "was interrupted: finish it with" in "".join(map(bytes.decode, living.printed))
                between = f"{living.ledger}.restoring"
                assert await living.ended(await living.start("restore", between)) == 0
                assert await living.ended(await living.start("history")) == 0
            runs = living.ask("SELECT count(*) FROM runs")[0][0]

            assert runs in (1, 2), runs
            assert living.whole()
            words.append(f"{'said' if after else 'whole'} ({code})")
    return f"at each rename: {', '.join(words)}"


async def conflict_during_a_run(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = slow_after(2)
        bot = await living.start()
        await _ready(living)
        living.owner.says("/analyze")
        await living.until(lambda: living.questions() == 3, "the third ballot asked")
        conflict = living.local.inject(CONFLICT, "getUpdates", times=None)
        # Telegram breaks off the question under way; this stub answers the next one, some seconds later.
        await living.until(lambda: conflict.used > 0, "the conflict is told")
        begun = time.monotonic()
        code = await living.ended(bot)
        took = time.monotonic() - begun
        conflict.lift()
        living.world.script = good
        await living.start()
        await living.until(lambda: living.reports() == 1, "the report")

        assert code not in (0, None)
        assert took < 10, took
        assert living.ask("SELECT count(*) FROM runs") == [(1,)]
        return f"parked {took:.0f} s after the conflict with exit {code}; finished by the next start"


async def kept_under_a_run(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        await living.ended(await living.start("analyze"))
        await living.ended(await living.start("backup", "copy.sqlite"))
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = slow_after(0, pause=1.5)
        line = await living.start("analyze")
        await living.until(lambda: living.questions() == 7, "the run is on")
        forgot = await living.ended(await living.start("forget", "--yes"))
        restored = await living.ended(await living.start("restore", "copy.sqlite"))
        code = await living.ended(line)

        assert (forgot, restored, code) == (2, 2, 0), (forgot, restored, code)
        assert living.words().count("A run is under way (command line") == 2
        assert living.ask("SELECT state FROM closings") == [("done",), ("done",)]
        return "forget and restore refused and said why; the run finished"


async def _ready(living: Living) -> None:
    known = living.words().count("The bot is ready")
    await living.until(lambda: living.words().count("The bot is ready") > max(0, known - 1), "a start")
