"""`brief TICKER|all`: what the model sees, to the letter, and how many tokens each part of it costs. Asks no
model.

By default the brief of the last report, as it was sent; `--demo` renders the recorded day's, `--snapshot
FILE` a frozen snapshot's, `--fresh` freezes now. Tokens are characters over 3.6, as English with figures
comes out on average: a model's own tokenizer may count a quarter more or less.
"""

import json
import re
from pathlib import Path

import click

from bot.app import open_engine, open_ledger
from bot.cli.analyze import progress, read_snapshot
from bot.cli.base import Answer, answering, run
from bot.logs import quieter, set_up
from bot.settings import Settings, load, secrets_of
from core.base.errors import NotFound
from core.base.names import fold_ticker
from core.brief.model import Brief
from core.brief.render import render
from core.snapshot.model import Snapshot

CHARACTERS_PER_TOKEN = 3.6
ALL = "all"
# Part of the user text → what its elements look like. What is left is the frame around them.
PARTS = (
    ("legend", r"<legend>.*?</legend>\n"),
    ("numbers", r"<numbers>.*?</numbers>\n"),
    ("remarks", r"<remark.*?</remark>\n"),
    ("coverage", r"<coverage>.*?</coverage>\n"),
    ("facts", r"<fact .*?</fact>\n"),
    ("task", r"<task>.*?</task>"),
)


@click.command
@click.argument("ticker", required=False, default=ALL, metavar="TICKER|all")
@click.option("--snapshot", type=Path, metavar="FILE", help="The brief of this frozen snapshot.")
@click.option("--fresh", is_flag=True, help="Freeze now.")
@answering
def command(ticker: str, snapshot: Path | None, *, fresh: bool, demo: bool) -> Answer:
    """What the model sees of TICKER, or of all names, with tokens by part. Asks no model."""
    settings = load(("CONTACT_EMAIL",) if fresh and not demo else ())
    set_up(quieter(settings.log_level), secrets=secrets_of(settings))
    if snapshot is None and not demo and not fresh:
        with open_ledger(settings) as ledger:
            brief = ledger.last_report().opening.brief
    else:
        frozen = None if snapshot is None else read_snapshot(snapshot)
        brief = run(_rendered(settings, frozen, demo=demo))
    whole = ticker.strip().casefold() == ALL
    wanted = brief.user if whole else element(brief, ticker)
    counted = parts(brief)
    shown = f"{brief.system}\n{wanted}\n\n{brief.schema}" if whole else wanted
    said = ", ".join(f"{name} {tokens:,}" for name, tokens in counted.items() if name != ALL)
    schema = json.loads(brief.schema)
    return {
        "system": brief.system,
        "user": wanted,
        "schema": schema,
        "tokens": counted,
    }, lambda: f"{shown}\n\n{len(brief.names)} names, about {counted[ALL]:,} tokens in: {said}."


async def _rendered(settings: Settings, frozen: Snapshot | None, *, demo: bool) -> Brief:
    # No model is asked; the rehearsal stands where an engine wants one.
    quiet = settings.model_copy(update={"model": "rehearsal"})
    async with open_engine(quiet, demo=demo, asks_sources=frozen is None) as engine:
        snapshot = await engine.freeze(progress()) if frozen is None else frozen
        return render(snapshot, engine.terms.principles)


def element(brief: Brief, entered: str) -> str:
    """The element of one name, and the remarks that it shares with others. Raises NotFound for a name that
    was not asked about."""
    ticker, judged = fold_ticker(entered), [name.ticker for name in brief.names]
    if ticker not in judged:
        raise NotFound(f"{ticker[:20]} is not a name of this brief. Its names: {', '.join(sorted(judged))}.")
    found = re.search(rf'<name ticker="{re.escape(ticker)}".*?</name>', brief.user, re.DOTALL)
    if found is None:
        return ""
    marks = re.search(r" remarks=(\S+?)[ <]", found[0])
    shared = [
        remark
        for mark in (marks[1].split(",") if marks is not None else ())
        for remark in re.findall(rf'<remark id="{mark}">.*?</remark>', brief.user)
    ]
    return "\n".join([*shared, found[0]])


def parts(brief: Brief) -> dict[str, int]:
    """Tokens by part, and of all together under `all`."""
    rest, counted = brief.user, {"system": len(brief.system), "schema": len(brief.schema)}
    for name, pattern in PARTS:
        counted[name] = sum(map(len, re.findall(pattern, rest, re.DOTALL)))
        rest = re.sub(pattern, "", rest, flags=re.DOTALL)
    counted["frame"] = len(rest)
    tokens = {name: round(characters / CHARACTERS_PER_TOKEN) for name, characters in counted.items()}
    return {**tokens, ALL: round(sum(counted.values()) / CHARACTERS_PER_TOKEN)}
