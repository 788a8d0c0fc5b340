"""`variance`: the last report's question asked again on the same frozen snapshot, or changed on purpose; shows what moved.

`variance --history` lists earlier runs from the ledger alone. What it will cost is said on standard error before anyone
is asked, and a name that was not judged is refused before anything is spent.
"""

import argparse
import asyncio
import json
import sys
from decimal import Decimal
from pathlib import Path

from bot.app import open_engine, open_ledger
from bot.cli.analyze import read_snapshot, show_progress, zone_of
from bot.cli.exits import DONE
from bot.logs import quieter, set_up
from bot.report import figures
from bot.report.data import as_json
from bot.report.heatmap import heatmap
from bot.report.laboratory import laboratory_json, laboratory_text
from bot.report.lookup import resolve
from bot.report.markup import plain_text
from bot.report.variance import name_blocks, of_name, variance_blocks
from bot.report.why import why_json
from bot.settings import NEEDS_MODEL, Settings, load, secrets_of
from bot.texts import laboratory as texts
from core.base.errors import BadRequest, NotFound
from core.base.gap import Gap
from core.base.names import fold_ticker
from core.engine.engine import Engine
from core.engine.past import laboratory_record
from core.laboratory.result import VarianceResult
from core.run import Closing, Purpose, Run
from core.snapshot.model import Snapshot

EXPERIMENTS = {"order": Purpose.ORDER, "facts": Purpose.FACTS, "blind": Purpose.BLIND}
HISTORY = "history"
MOST_RUNS = 31


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ticker", metavar="TICKER", nargs="?", default="", help="this name in full")
    parser.add_argument(
        "--runs", type=int, metavar="N", help="how many ballots (3 to 31; default: as the report)"
    )
    parser.add_argument(
        "--experiment",
        type=lambda text: text.strip().casefold(),
        choices=tuple(EXPERIMENTS),
        help="change one thing on purpose",
    )
    parser.add_argument("--snapshot", type=Path, metavar="FILE", help="ask about this frozen snapshot")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write the heat map as PNG")
    parser.add_argument("--history", action="store_true", help="list earlier runs; asks no model")
    parser.add_argument("--demo", action="store_true", help="the demo's last report and the rehearsal jury")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    word = args.ticker.strip().casefold()
    if args.history or word == HISTORY:
        return _history(args)
    # As in the chat: `variance order` is the experiment.
    if word in EXPERIMENTS and args.experiment is None:
        args.experiment, args.ticker = word, ""
    if args.runs is not None and not 3 <= args.runs <= MOST_RUNS:
        raise BadRequest(f"--runs must be 3 to {MOST_RUNS}, not {args.runs}.")
    # No source is read, so no regulator needs a contact.
    settings = load(() if args.demo else NEEDS_MODEL)
    set_up(quieter(settings.log_level), secrets=secrets_of(settings))
    frozen = None if args.snapshot is None else read_snapshot(args.snapshot)
    return asyncio.run(_variance(args, settings, frozen))


def _history(args: argparse.Namespace) -> int:
    settings = load()
    with open_ledger(settings, demo=args.demo) as ledger:
        questions = laboratory_record(ledger)
    if args.json:
        print(json.dumps(laboratory_json(questions), ensure_ascii=False))
    else:
        print(laboratory_text(questions, zone=zone_of(settings)))
    return DONE


async def _variance(args: argparse.Namespace, settings: Settings, frozen: Snapshot | None) -> int:
    purpose = Purpose.RERUN if args.experiment is None else EXPERIMENTS[args.experiment]
    async with open_engine(settings, demo=args.demo, asks_sources=False) as engine:
        ticker = _asked_for(args.ticker, frozen, engine)
        cost, ballots = await engine.variance_cost(purpose=purpose, ballots=args.runs, snapshot=frozen)
        print(_beforehand(cost, ballots, engine), file=sys.stderr)
        result = await engine.variance(
            purpose=purpose, ballots=args.runs, snapshot=frozen, progress=show_progress
        )
        report, made = engine.ledger.run(result.report_id), engine.ledger.run(result.run_id)
    if args.picture is not None:
        _write(args.picture, heatmap(result, dark=False))
    paid = made.closing.cost_usd if isinstance(made.closing, Closing) else made.closing
    if args.json:
        print(json.dumps(_json(result, report, made, ticker, paid), ensure_ascii=False))
        return DONE
    blocks = (
        name_blocks(result, report, made, ticker, cost=paid) if ticker else variance_blocks(result, cost=paid)
    )
    print("\n\n".join(plain_text(block) for block in blocks))
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
    """The result as JSON data: unknown is null, weights are percent, shares fractions. `name` holds one name in full."""
    data: dict[str, object] = {**as_json(result), "cost_usd": None if isinstance(cost, Gap) else float(cost)}
    if ticker:
        told = of_name(report, made)
        data["name"] = None if isinstance(told, Gap) else why_json(told, ticker)
    return data


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadRequest(f"The picture could not be written to {path} ({error.strerror}).") from error
