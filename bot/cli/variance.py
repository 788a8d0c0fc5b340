"""`variance`: the last report's question asked again on the same frozen snapshot, or changed on purpose; shows what moved."""

import argparse
import asyncio
import json
from decimal import Decimal
from pathlib import Path

from bot.app import open_engine
from bot.cli.analyze import read_snapshot, show_progress
from bot.cli.exits import DONE
from bot.settings import NEEDS_MODEL, Settings, load
from bot.views.data import as_json
from bot.views.heatmap import heatmap
from bot.views.variance import variance_text
from core.errors import BadRequest
from core.gap import Gap
from core.laboratory.result import VarianceResult
from core.names import fold_ticker
from core.run import Closing, Purpose
from core.snapshot.model import Snapshot

EXPERIMENTS = {"order": Purpose.ORDER, "facts": Purpose.FACTS, "blind": Purpose.BLIND}
MOST_RUNS = 31


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ticker", metavar="TICKER", nargs="?", default="", help="only this name's row")
    parser.add_argument(
        "--runs", type=int, metavar="N", help="how many ballots (3 to 31; default: as the report)"
    )
    parser.add_argument("--experiment", choices=tuple(EXPERIMENTS), help="change one thing on purpose")
    parser.add_argument("--snapshot", type=Path, metavar="FILE", help="ask about this frozen snapshot")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write the heat map as PNG")
    parser.add_argument("--demo", action="store_true", help="the demo's last report and the rehearsal jury")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    if args.runs is not None and not 3 <= args.runs <= MOST_RUNS:
        raise BadRequest(f"--runs must be 3 to {MOST_RUNS}, not {args.runs}.")
    # No source is read, so no regulator needs a contact.
    settings = load(() if args.demo else NEEDS_MODEL)
    frozen = None if args.snapshot is None else read_snapshot(args.snapshot)
    result, cost = asyncio.run(_variance(args, settings, frozen))
    ticker = fold_ticker(args.ticker)
    if ticker and ticker not in {row.ticker for row in result.rows}:
        raise BadRequest(
            f"{ticker[:20]} was not put to the vote in this run. Names: {', '.join(sorted(row.ticker for row in result.rows))}."
        )
    if args.picture is not None:
        _write(args.picture, heatmap(result, dark=False))
    if args.json:
        print(json.dumps(variance_json(result, cost), ensure_ascii=False))
    else:
        print(variance_text(result, ticker, cost=cost))
    return DONE


async def _variance(
    args: argparse.Namespace, settings: Settings, frozen: Snapshot | None
) -> tuple[VarianceResult, Decimal | Gap]:
    purpose = Purpose.RERUN if args.experiment is None else EXPERIMENTS[args.experiment]
    async with open_engine(settings, demo=args.demo, asks_sources=False) as engine:
        result = await engine.variance(
            purpose=purpose, ballots=args.runs, snapshot=frozen, progress=show_progress
        )
        closing = engine.ledger.run(result.run_id).closing
        return result, closing.cost_usd if isinstance(closing, Closing) else closing


def variance_json(result: VarianceResult, cost: Decimal | Gap) -> dict[str, object]:
    """The result as JSON data: unknown is null, weights are percent, shares fractions."""
    return {**as_json(result), "cost_usd": None if isinstance(cost, Gap) else float(cost)}


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadRequest(f"The picture could not be written to {path} ({error.strerror}).") from error
