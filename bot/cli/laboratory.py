"""`laboratory FILE…`: bulk experiments on frozen snapshots: snapshots × experiments × ballots, as juries in
the ledger.

The same command goes on where it was stopped, whatever stopped it: what was answered is not asked again.
Nothing of it becomes a report; use a ledger of its own (DATABASE) for thousands of ballots. `--csv` writes
every vote.
"""

import csv
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import fmean

import click

from bot.app import open_engine
from bot.cli.analyze import read_snapshot
from bot.cli.base import DONE, json_option, run, say_json
from bot.logs import quieter, set_up
from bot.report import figures
from bot.settings import NEEDS_MODEL, load, secrets_of
from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN, Gap
from core.base.progress import Stage, Step
from core.engine.bulk import Asked, Plan
from core.jury.ballot import Ballot
from core.jury.verdict import StabilityMap
from core.laboratory.masking import revealed_run
from core.laboratory.modes import EXPERIMENTS
from core.ports import Ledger
from core.run import Closing, Purpose, Run

PLAIN = "plain"
CHOICES = {PLAIN: Purpose.RERUN, **EXPERIMENTS}
WORDS = {purpose: word for word, purpose in CHOICES.items()}
COLUMNS = ("run", "snapshot", "day", "experiment", "ballot", "ticker", "stance", "target_weight", "raw_sum")
# Signs of a snapshot's digest that tell two of one day apart.
SNAPSHOT_SIGNS = 8
# In a pipe or a log, one line a while instead of one that is written over.
LINE_EVERY_S = 10.0


@click.command
@click.argument("files", nargs=-1, required=True, type=Path, metavar="FILE...")
@click.option(
    "--experiments",
    default=PLAIN,
    metavar="A,B",
    help=f"Which ones: {', '.join(CHOICES)} (plain: the question as it is).",
)
@click.option(
    "--ballots", type=int, default=31, metavar="N", help="Ballots of each experiment on each snapshot."
)
@click.option("--budget", metavar="USD", help="Stop before this much was spent.")
@click.option("--at-once", type=click.IntRange(1, 64), default=1, metavar="J", help="Juries side by side.")
@click.option("--csv", "csv_file", type=Path, metavar="FILE", help="Write every vote.")
@json_option
def command(
    files: tuple[Path, ...],
    experiments: str,
    ballots: int,
    budget: str | None,
    at_once: int,
    csv_file: Path | None,
    *,
    as_json: bool,
) -> int:
    """Runs a plan of experiments on frozen snapshots (FILE of `analyze --save-snapshot`) and goes on with a
    stopped one."""
    settings = load(NEEDS_MODEL)
    set_up(quieter(settings.log_level), secrets=secrets_of(settings))
    plan = Plan(
        experiments=_experiments(experiments),
        ballots=ballots,
        budget_usd=NOT_GIVEN if budget is None else _dollars(budget),
        at_once=at_once,
    )
    # Each file is read before anything is spent; held is none.
    for path in files:
        read_snapshot(path)
    line = _Line(total=len(files) * len(plan.experiments) * ballots)

    async def all_of_it() -> list[dict[str, object]]:
        async with open_engine(settings, asks_sources=False) as engine:
            try:
                await engine.bulk(plan, (read_snapshot(path) for path in files), line.tell, line.step)
            finally:
                line.end()
                if csv_file is not None:
                    _write_csv(csv_file, engine.ledger, line.asked)
            return list(_table(engine.ledger, line.asked))

    rows = run(all_of_it())
    if as_json:
        say_json({"model": settings.model, "rows": rows})
        return DONE
    print(_text(rows))
    return DONE


def _experiments(entered: str) -> tuple[Purpose, ...]:
    words = [word.strip().casefold() for word in entered.split(",") if word.strip()]
    unknown = [word for word in words if word not in CHOICES]
    if unknown or not words:
        raise BadRequest(f"--experiments are {', '.join(CHOICES)}; not {unknown[0] if unknown else 'none'}.")
    # The unchanged question first: the others are held against it.
    return tuple(purpose for word, purpose in CHOICES.items() if word in words)


def _dollars(entered: str) -> Decimal:
    if not entered.replace(".", "", 1).isdecimal() or not entered.isascii():
        raise BadRequest("--budget is an amount of US dollars, as in 25 or 12.50.")
    return Decimal(entered)


@dataclass(slots=True, kw_only=True)
class _Line:
    """What a waiting person sees: ballots, spoiled ones, money, time left."""

    total: int
    asked: list[Asked] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    said: float = 0.0
    new: int = 0

    def tell(self, asked: Asked) -> None:
        self.asked.append(asked)
        self.new += asked.ballots if asked.new else 0
        self.say(force=False)

    def step(self, step: Step) -> None:
        if step.stage is Stage.BALLOTS:
            self.say(force=False)

    def say(self, *, force: bool) -> None:
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if not force and now - self.said < (0.2 if terminal else LINE_EVERY_S):
            return
        self.said = now
        done = sum(one.ballots for one in self.asked)
        spoiled = sum(one.ballots - one.valid for one in self.asked)
        known = [one.cost_usd for one in self.asked if not isinstance(one.cost_usd, Gap)]
        left = (now - self.began) / self.new * (self.total - done) if self.new else 0.0
        words = f"{done:,} of {self.total:,} ballots, {spoiled} spoiled, ${sum(known, Decimal(0)):.2f}"
        if left:
            words += f", about {left / 60:.0f} minutes left"
        print(
            f"\r\x1b[K{words}" if terminal else words,
            end="" if terminal else "\n",
            file=sys.stderr,
            flush=True,
        )

    def end(self) -> None:
        self.say(force=True)
        if sys.stderr.isatty():
            print(file=sys.stderr)


def _table(ledger: Ledger, asked: Iterable[Asked]) -> Iterator[dict[str, object]]:
    """One row a snapshot and experiment, over its juries, read from the ledger one by one. Two snapshots of
    one day are two."""
    cells: dict[tuple[str, Purpose], list[Asked]] = {}
    for one in asked:
        cells.setdefault((one.snapshot_digest, one.purpose), []).append(one)
    plain: dict[str, dict[str, str]] = {}
    for (frozen, purpose), juries in cells.items():
        runs = [_run(ledger, one) for one in juries]
        maps = [found for run in runs if (found := _map(run)) is not None]
        calls = [{verdict.ticker: str(verdict.call) for verdict in one.verdicts} for one in maps]
        if purpose is Purpose.RERUN and calls:
            plain[frozen] = calls.pop(0)
        first = plain.get(frozen, {})
        same = [said == first[ticker] for one in calls for ticker, said in one.items() if ticker in first]
        known = [one.cost_usd for one in juries if not isinstance(one.cost_usd, Gap)]
        yield {
            "day": runs[0].opening.snapshot.day.isoformat(),
            "snapshot": frozen[:SNAPSHOT_SIGNS],
            "experiment": WORDS[purpose],
            "juries": len(juries),
            "asked": sum(one.ballots for one in juries),
            "valid": sum(one.valid for one in juries),
            "agreement": _mean(one.agreement for one in maps),
            "unanimous_share": _mean(one.unanimous_share for one in maps),
            "distinct": sum(one.distinct for one in maps if isinstance(one.distinct, int)),
            "same_call_as_plain": fmean(same) if same else None,
            "cost_usd": None if len(known) < len(juries) else float(sum(known)),
        }


def _mean(values: Iterable[float | Gap]) -> float | None:
    known = [value for value in values if not isinstance(value, Gap)]
    return fmean(known) if known else None


def _run(ledger: Ledger, asked: Asked) -> Run:
    """A jury under the real tickers: a masked one is read by the unchanged question of its snapshot."""
    run = ledger.run(asked.id)
    parent = run.opening.parent
    if asked.purpose is not Purpose.BLIND or isinstance(parent, Gap):
        return run
    shown = revealed_run(ledger.run(parent), run)
    return run if isinstance(shown, Gap) else shown


def _map(run: Run) -> StabilityMap | None:
    closing = run.closing
    stability = closing.stability if isinstance(closing, Closing) else closing
    return None if isinstance(stability, Gap) else stability


def _write_csv(path: Path, ledger: Ledger, asked: Iterable[Asked]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            written = csv.writer(file)
            written.writerow(COLUMNS)
            for one in asked:
                run = _run(ledger, one)
                frozen, day = one.snapshot_digest[:SNAPSHOT_SIGNS], run.opening.snapshot.day
                word = WORDS[one.purpose]
                for ballot in (
                    answer.reading for answer in run.answers if isinstance(answer.reading, Ballot)
                ):
                    total = "" if isinstance(ballot.raw_sum, Gap) else ballot.raw_sum
                    written.writerows(
                        (
                            one.id,
                            frozen,
                            day,
                            word,
                            ballot.index,
                            line.ticker,
                            line.stance,
                            line.target_weight,
                            total,
                        )
                        for line in ballot.lines
                    )
    except OSError as error:
        raise BadRequest(f"The votes could not be written to {path} ({error.strerror}).") from error


def _text(rows: list[dict[str, object]]) -> str:
    cells = [
        ("day", "snapshot", "experiment", "ballots", "agreement", "unanimous", "distinct", "as plain", "cost")
    ]
    for row in rows:
        cost = row["cost_usd"]
        cells.append(
            (
                str(row["day"]),
                str(row["snapshot"]),
                str(row["experiment"]),
                f"{row['valid']} of {row['asked']}",
                _share(row["agreement"]),
                _share(row["unanimous_share"]),
                str(row["distinct"]),
                _share(row["same_call_as_plain"]),
                f"${cost:.2f}" if isinstance(cost, float) else "unknown",
            )
        )
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in cells
    )


def _share(value: object) -> str:
    return figures.share(value) if isinstance(value, float) else "–"
