"""The commands that answer from the ledger alone, with every provider down: why, facts, universe, track,
history, status.

`facts --again` is the exception: it looks once more now, without a model, and shows what is new since the
last freeze.
"""

import asyncio
from datetime import UTC, datetime

import click

from bot.app import VERSION, open_engine, open_ledger
from bot.cli.analyze import coloured, next_push, zone_of
from bot.cli.base import Answer, answering
from bot.logs import quieter, set_up
from bot.report import figures
from bot.report.facts import facts_blocks, facts_json
from bot.report.guards import guard_lines, guards_json, month_line
from bot.report.house import history_line, looked_block, next_report, sides, sources_lines, spent_line
from bot.report.labels import as_text
from bot.report.lookup import dossier_of, resolve
from bot.report.markup import esc
from bot.report.report_json import report_json, to_json
from bot.report.terminal import terminal_map
from bot.report.track import track_blocks
from bot.report.universe import universe_blocks, universe_json
from bot.report.why import proposal_lines, why_blocks, why_json
from bot.settings import Settings, load, secrets_of
from bot.texts import chat as texts
from core.base.errors import NotFound
from core.base.gap import Gap
from core.base.names import fold_ticker
from core.engine.cost import month_of
from core.engine.looking import Look
from core.engine.past import last_calls, track_record
from core.ports import Ledger
from core.run import Purpose, Run

# Ten years of monthly reports.
LONGEST = 120


@click.command
@click.argument("ticker")
@answering
def why(ticker: str, *, demo: bool) -> Answer:
    """The vote on TICKER, dissent first, from the ledger."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        report = ledger.last_report()
        ticker = resolve(report, ticker)
        strip = last_calls(ledger, ticker, report, read=ledger.run)
    proposal = proposal_lines(report, ticker, fractional=settings.fractional_shares)
    return why_json(report, ticker, proposal=proposal, strip=strip), lambda: as_text(
        why_blocks(report, ticker, proposal=proposal, strip=strip), report
    )


@click.command
@click.argument("ticker")
@click.option("--again", is_flag=True, help="Look once more now, without a model.")
@answering
def facts(ticker: str, *, again: bool, demo: bool) -> Answer:
    """The verified facts of TICKER, what was rejected and why, and coverage; from the ledger."""
    settings = load(("CONTACT_EMAIL",) if again and not demo else ())
    if again:
        set_up(quieter(settings.log_level), secrets=secrets_of(settings))
        return _again(settings, ticker, demo=demo)
    try:
        with open_ledger(settings, demo=demo) as ledger:
            report = ledger.last_report()
        ticker = resolve(report, ticker)
    except NotFound:
        if not demo:
            raise
        return _again(
            settings, ticker, demo=demo
        )  # the recording is on this machine: it is looked at instead
    return facts_json(report, ticker), lambda: as_text(facts_blocks(report, ticker, whole=True), report)


def _again(settings: Settings, ticker: str, *, demo: bool) -> Answer:
    report, look = asyncio.run(_look(settings, ticker, demo=demo))
    dossier = None if report is None else dossier_of(report, look.ticker)
    moment = figures.moment(look.as_of, zone_of(settings))
    known = None if dossier is None else dossier.facts
    block = looked_block(known, look.facts, look.coverage, moment, look.as_of.date())
    return to_json(look), lambda: as_text((block,))


async def _look(settings: Settings, ticker: str, *, demo: bool) -> tuple[Run | None, Look]:
    # No model is asked; the rehearsal stands where an engine wants one.
    quiet = settings.model_copy(update={"model": "rehearsal"})
    async with open_engine(quiet, demo=demo) as engine:
        report = _newest(engine.ledger)
        try:
            asked = fold_ticker(ticker) if report is None else resolve(report, ticker)
        except NotFound:
            asked = fold_ticker(ticker)  # a name of no report may still be looked at
        return report, await engine.look_again(asked)


@click.command
@click.argument("verb", required=False, default="", metavar="[add|remove]")
@click.argument("tickers", nargs=-1)
@answering
def universe(verb: str, tickers: tuple[str, ...], *, demo: bool) -> Answer:
    """The scored shortlist of names not held, and the watch list; `add` and `remove` change the list."""
    from bot.chat.watchlist import change  # the Telegram library takes a second, which `why` need not wait

    settings = load()
    pinned = demo or settings.universe_file is not None
    with open_ledger(settings, demo=demo) as ledger:
        names = ledger.watched
        verb, said = verb.strip().casefold(), ""
        if verb:
            said = change(names, verb, list(tickers), now=datetime.now(UTC))
        report, watched = _newest(ledger), names.names()
    if report is None and not verb:
        raise NotFound(texts.NO_REPORT)
    blocks = (esc(said), *universe_blocks(report, watched, pinned=pinned))
    return universe_json(report, watched, pinned=pinned), lambda: as_text(blocks)


@click.command
@answering
def track(*, demo: bool) -> Answer:
    """How earlier calls fared against the index, from the ledger."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        record = track_record(ledger, today=datetime.now(UTC).astimezone(zone_of(settings)).date())
    return to_json(record), lambda: as_text(track_blocks(record), rehearsal=record.rehearsal)


@click.command
@click.argument("run", required=False, default="")
@answering
def history(run: str, *, demo: bool) -> Answer:
    """Earlier reports, newest first; with the id RUN, that report."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        if run:
            report = ledger.run(run.strip())
            previous = _before(ledger, report)
            due = next_push(settings, demo=demo)
            return report_json(report, previous), lambda: terminal_map(
                report, previous, zone=zone_of(settings), next_push=due, colour=coloured()
            )
        rows = ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH), limit=LONGEST)

    def text() -> str:
        if not rows:
            raise NotFound("There is no report yet: `python -m bot analyze` makes one.")
        return "\n".join(f"{row.id}  {history_line(row, zone_of(settings))}" for row in rows)

    return {"reports": to_json(rows)}, text


def _before(ledger: Ledger, report: Run) -> Run | None:
    """The report that this one followed, for what changed since."""
    try:
        return ledger.last_report(before=report.opening.id)
    except NotFound:
        return None


@click.command
@answering
def status(*, demo: bool) -> Answer:
    """Last and next push, model, sources, spend and version, from the settings and the ledger."""
    from bot.app.desk import guards_of, next_report_of
    from bot.app.sources import official_states
    from bot.settings.choices import Choices

    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        zone, now = zone_of(settings), datetime.now(UTC)
        due = next_report_of(Choices(settings, ledger.notes).settings(), ledger, now=now).due
        start, end = month_of(now, zone)
        spent = ledger.spent(start, end)
        last_push = next(iter(ledger.runs(purposes=(Purpose.PUSH,), limit=1)), None)
        report = _newest(ledger)
        guards = guards_of(settings, ledger, now=now)
    official = official_states(settings)
    sources = [] if report is None else sources_lines(report)
    lines = (
        month_line(guards, zone),
        next_report(due, zone),
        *(() if last_push is None else (f"{last_push.id}  {history_line(last_push, zone)}",)),
        texts.STATUS_MODEL.format(model=settings.model or "not set", asked=settings.jury_size),
        spent_line(spent, settings.budget_usd, f"{start:%Y-%m}"),
        *guard_lines(guards, zone),
        *(f"· {line}" for line in sources),
        texts.STATUS_OFFICIAL.format(**sides(official)),
        texts.STATUS_VERSION.format(version=VERSION),
    )
    data = {
        "version": VERSION,
        "model": settings.model,
        "asked": settings.jury_size.most,
        "next_push": due.isoformat(),
        "last_push": None if last_push is None else to_json(last_push),
        "spent_usd": None if isinstance(spent, Gap) else float(spent),
        "budget_usd": float(settings.budget_usd),
        "last_report": None if report is None else report.opening.id,
        **guards_json(guards),
        "sources": sources,
        "official_sources": official,
    }
    return data, lambda: "\n".join(lines)


def _newest(ledger: Ledger) -> Run | None:
    """The last finished report, or None. Raises LedgerFailed."""
    try:
        return ledger.last_report()
    except NotFound:
        return None
