"""`variance`: the last report's question asked again on the same frozen snapshot, or changed on purpose;
shows what moved.

`variance --history` lists earlier runs from the ledger alone. What it will cost is said on standard error
before anyone is asked, and a name that was not judged is refused before anything is spent.
"""

import re
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import click

from bot.app import open_engine, open_ledger
from bot.cli.analyze import progress, read_snapshot, zone_of
from bot.cli.base import DONE, demo_option, json_option, run, say_json
from bot.logs import quieter, set_up
from bot.report import figures
from bot.report.heatmap import heatmap
from bot.report.labels import as_text
from bot.report.lookup import called, resolve
from bot.report.report_json import to_json
from bot.report.variance import laboratory_blocks, laboratory_json, name_blocks, of_name, variance_blocks
from bot.report.why import why_json
from bot.settings import NEEDS_MODEL, Settings, load, secrets_of
from bot.texts import laboratory as texts
from core.base.errors import BadRequest, NotFound
from core.base.gap import Gap
from core.base.names import fold_ticker
from core.engine.engine import Engine
from core.engine.past import laboratory_record
from core.laboratory.modes import EXPERIMENTS
from core.laboratory.result import VarianceResult
from core.run import Closing, Purpose, Run
from core.snapshot.model import Snapshot

HISTORY = "history"
OWN = "own"
MOST_RUNS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked again: `ticker` blank for all names, `ballots` None for as many as the report had."""

    ticker: str
    purpose: Purpose
    ballots: int | None
    frozen: Snapshot | None
    picture: Path | None
    demo: bool
    as_json: bool


@click.command
@click.argument("ticker", required=False, default="")
@click.option("--runs", type=int, metavar="N", help="How many ballots (3 to 31; default: as the report).")
@click.option(
    "--experiment",
    type=click.Choice(tuple(EXPERIMENTS), case_sensitive=False),
    help="Change one thing on purpose.",
)
@click.option("--snapshot", type=Path, metavar="FILE", help="Ask about this frozen snapshot.")
@click.option(
    "--concurrency", type=click.IntRange(1, MOST_RUNS), help="How many ballots at once, for this run."
)
@click.option(
    "--temperature", metavar="T|own", help="A temperature for this run, or the model's own sampling."
)
@click.option("--picture", type=Path, metavar="FILE", help="Write the heat map as PNG.")
@click.option("--history", is_flag=True, help="List earlier runs; asks no model.")
@demo_option
@json_option
def command(
    ticker: str,
    runs: int | None,
    experiment: str | None,
    snapshot: Path | None,
    concurrency: int | None,
    temperature: str | None,
    picture: Path | None,
    *,
    history: bool,
    demo: bool,
    as_json: bool,
) -> int:
    """Asks the last report's question again on the same frozen snapshot and shows what moved; TICKER: this
    name in full."""
    word = ticker.strip().casefold()
    if history or word == HISTORY:
        return _history(demo=demo, as_json=as_json)
    # As in the chat: `variance order` is the experiment.
    if word in EXPERIMENTS and experiment is None:
        experiment, ticker = word, ""
    if runs is not None and not 3 <= runs <= MOST_RUNS:
        raise BadRequest(f"--runs must be 3 to {MOST_RUNS}, not {runs}.")
    # No source is read, so no regulator needs a contact.
    settings = _altered(load(() if demo else NEEDS_MODEL), concurrency, temperature)
    set_up(quieter(settings.log_level), secrets=secrets_of(settings))
    wanted = Wanted(
        ticker=ticker,
        purpose=Purpose.RERUN if experiment is None else EXPERIMENTS[experiment],
        ballots=runs,
        frozen=None if snapshot is None else read_snapshot(snapshot),
        picture=picture,
        demo=demo,
        as_json=as_json,
    )
    return run(_variance(wanted, settings))


def _altered(settings: Settings, concurrency: int | None, temperature: str | None) -> Settings:
    """The settings of this run: what batching and temperature move is seen by changing them on one
    snapshot."""
    changed: dict[str, object] = {}
    if concurrency is not None:
        changed["jury_concurrency"] = concurrency
    if temperature is not None:
        word = temperature.strip().casefold()
        if word != OWN and not re.fullmatch(r"[01](\.[0-9]{1,3})?|2(\.0{1,3})?", word):
            raise BadRequest(
                f"--temperature is a number from 0 to 2, or `{OWN}` for the model's own sampling."
            )
        changed["temperature"] = None if word == OWN else Decimal(word)
    return settings.model_copy(update=changed)


def _history(*, demo: bool, as_json: bool) -> int:
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        questions = laboratory_record(ledger)
    if as_json:
        say_json(laboratory_json(questions))
    else:
        print(as_text(laboratory_blocks(questions, zone=zone_of(settings))))
    return DONE


async def _variance(wanted: Wanted, settings: Settings) -> int:
    purpose, frozen = wanted.purpose, wanted.frozen
    async with open_engine(settings, demo=wanted.demo, asks_sources=False) as engine:
        ticker = _asked_for(wanted.ticker, frozen, engine)
        cost, ballots = await engine.variance_cost(purpose=purpose, ballots=wanted.ballots, snapshot=frozen)
        print(_beforehand(cost, ballots, engine), file=sys.stderr)
        result = await engine.variance(
            purpose=purpose, ballots=wanted.ballots, snapshot=frozen, progress=progress()
        )
        report, made = engine.ledger.run(result.report_id), engine.ledger.run(result.run_id)
    if wanted.picture is not None:
        _write(wanted.picture, heatmap(result, called(report)))
    paid = made.closing.cost_usd if isinstance(made.closing, Closing) else made.closing
    if wanted.as_json:
        say_json(_json(result, report, made, ticker, paid))
        return DONE
    blocks = (
        name_blocks(result, report, made, ticker, cost=paid)
        if ticker
        else variance_blocks(result, report, cost=paid)
    )
    print(as_text(blocks))
    return DONE


def _asked_for(entered: str, frozen: Snapshot | None, engine: Engine) -> str:
    """The name that is meant, blank for all. Raises NotFound before anything is spent."""
    if not entered.strip():
        return ""
    if frozen is None:
        return resolve(engine.last_report(), entered)
    ticker, judged = fold_ticker(entered), [dossier.ticker for dossier in frozen.dossiers]
    if ticker not in judged:
        raise NotFound(f"{ticker[:20]} is not a name of this snapshot. Its names: {', '.join(judged)}.")
    return ticker


def _beforehand(cost: Decimal | Gap, ballots: int, engine: Engine) -> str:
    if engine.doors.model.rehearsal:
        return texts.BEFORE_REHEARSAL.format(ballots=ballots)
    said = texts.BEFORE_UNKNOWN if isinstance(cost, Gap) else texts.BEFORE_COST.format(cost=figures.usd(cost))
    return texts.BEFORE.format(ballots=ballots, model=engine.doors.model.label, cost=said)


def _json(
    result: VarianceResult, report: Run, made: Run, ticker: str, cost: Decimal | Gap
) -> dict[str, object]:
    """The result as JSON data: unknown is null, weights are percent, shares fractions. `name` holds one name
    in full."""
    data: dict[str, object] = {**to_json(result), "cost_usd": None if isinstance(cost, Gap) else float(cost)}
    if ticker:
        told = of_name(report, made)
        data["name"] = None if isinstance(told, Gap) else why_json(told, ticker)
    return data


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadRequest(f"The picture could not be written to {path} ({error.strerror}).") from error
