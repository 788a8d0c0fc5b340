"""The commands that answer from the ledger alone, with every provider down: why, facts, universe, track, history, status.

`facts --again` is the exception: it looks once more now, without a model, and shows what is new since the last freeze.
"""

import asyncio
from datetime import UTC, datetime

import click

from bot.app import VERSION, open_engine, open_ledger
from bot.cli.analyze import coloured, next_push, zone_of
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.logs import quieter, set_up
from bot.report import figures
from bot.report.facts import facts_json, facts_text
from bot.report.guards import guard_lines, guards_json, month_line
from bot.report.house import history_line, looked_block, next_report, sides, sources_lines, spent_line
from bot.report.lookup import dossier_of, resolve
from bot.report.markup import plain_text
from bot.report.report_json import report_json, to_json
from bot.report.terminal import terminal_map
from bot.report.track import track_text
from bot.report.universe import universe_blocks, universe_json
from bot.report.why import proposal_lines, why_json, why_text
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
@demo_option
@json_option
def why(ticker: str, *, demo: bool, as_json: bool) -> int:
    """The vote on TICKER, dissent first, from the ledger."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        report = ledger.last_report()
        ticker = resolve(report, ticker)
        strip = last_calls(ledger, ticker, report, read=ledger.run)
    proposal = proposal_lines(report, ticker, fractional=settings.fractional_shares)
    if as_json:
        say_json(why_json(report, ticker, proposal=proposal, strip=strip))
    else:
        print(why_text(report, ticker, proposal=proposal, strip=strip))
    return DONE


@click.command
@click.argument("ticker")
@click.option("--again", is_flag=True, help="Look once more now, without a model.")
@demo_option
@json_option
def facts(ticker: str, *, again: bool, demo: bool, as_json: bool) -> int:
    """The verified facts of TICKER, what was rejected and why, and coverage; from the ledger."""
    settings = load(("CONTACT_EMAIL",) if again and not demo else ())
    if again:
        set_up(quieter(settings.log_level), secrets=secrets_of(settings))
        return _again(settings, ticker, demo=demo, as_json=as_json)
    with open_ledger(settings, demo=demo) as ledger:
        report = ledger.last_report()
    ticker = resolve(report, ticker)
    if as_json:
        say_json(facts_json(report, ticker))
    else:
        print(facts_text(report, ticker))
    return DONE


def _again(settings: Settings, ticker: str, *, demo: bool, as_json: bool) -> int:
    report, look = asyncio.run(_look(settings, ticker, demo=demo))
    if as_json:
        say_json(to_json(look))
        return DONE
    dossier = dossier_of(report, look.ticker)
    moment = figures.moment(look.as_of, zone_of(settings))
    known = dossier.facts if dossier is not None else ()
    print(plain_text(looked_block(known, look.facts, look.coverage, moment, look.as_of.date())))
    return DONE


async def _look(settings: Settings, ticker: str, *, demo: bool) -> tuple[Run, Look]:
    # No model is asked; the rehearsal stands where an engine wants one.
    quiet = settings.model_copy(update={"model": "rehearsal"})
    async with open_engine(quiet, demo=demo) as engine:
        report = engine.last_report()
        try:
            asked = resolve(report, ticker)
        except NotFound:
            asked = fold_ticker(ticker)  # a name of no report may still be looked at
        return report, await engine.look_again(asked)


@click.command
@click.argument("verb", required=False, default="", metavar="[add|remove]")
@click.argument("tickers", nargs=-1)
@demo_option
@json_option
def universe(verb: str, tickers: tuple[str, ...], *, demo: bool, as_json: bool) -> int:
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
    if as_json:
        say_json(universe_json(report, watched, pinned=pinned))
    else:
        blocks = universe_blocks(report, watched, pinned=pinned)
        print("\n\n".join([*([said] if said else []), *(plain_text(block) for block in blocks)]))
    return DONE


@click.command
@demo_option
@json_option
def track(*, demo: bool, as_json: bool) -> int:
    """How earlier verdicts fared against the index, from the ledger."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        record = track_record(ledger, today=datetime.now(UTC).astimezone(zone_of(settings)).date())
    if as_json:
        say_json(to_json(record))
    else:
        print(track_text(record))
    return DONE


@click.command
@click.argument("run", required=False, default="")
@demo_option
@json_option
def history(run: str, *, demo: bool, as_json: bool) -> int:
    """Earlier reports, newest first; with the id RUN, that report."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        if run:
            report = ledger.run(run.strip())
            previous = _before(ledger, report)
            if as_json:
                say_json(report_json(report, previous))
            else:
                due = next_push(settings, demo=demo)
                print(
                    terminal_map(report, previous, zone=zone_of(settings), next_push=due, colour=coloured())
                )
            return DONE
        rows = ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH), limit=LONGEST)
    if as_json:
        say_json({"reports": to_json(rows)})
        return DONE
    if not rows:
        raise NotFound("There is no report yet: `python -m bot analyze` makes one.")
    for row in rows:
        print(f"{row.id}  {history_line(row, zone_of(settings))}")
    return DONE


def _before(ledger: Ledger, report: Run) -> Run | None:
    """The report that this one followed, for what changed since."""
    try:
        return ledger.last_report(before=report.opening.id)
    except NotFound:
        return None


@click.command
@demo_option
@json_option
def status(*, demo: bool, as_json: bool) -> int:
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
    if as_json:
        answer = {
            "version": VERSION,
            "model": settings.model,
            "asked": settings.jury_size.most,
            "next_push": due.isoformat(),
            "last_push": None if last_push is None else to_json(last_push),
            "spent_usd": None if isinstance(spent, Gap) else float(spent),
            "budget_usd": float(settings.budget_usd),
            "last_report": None if report is None else report.opening.id,
            **guards_json(guards),
            "sources": [] if report is None else sources_lines(report),
            "official_sources": official,
        }
        say_json(answer)
        return DONE
    print(month_line(guards, zone))
    print(next_report(due, zone))
    if last_push is not None:
        print(f"{last_push.id}  {history_line(last_push, zone)}")
    print(texts.STATUS_MODEL.format(model=settings.model or "not set", asked=settings.jury_size))
    print(spent_line(spent, settings.budget_usd, f"{start:%Y-%m}"))
    for line in guard_lines(guards, zone):
        print(line)
    for line in [] if report is None else sources_lines(report):
        print(f"· {line}")
    print(texts.STATUS_OFFICIAL.format(**sides(official)))
    print(texts.STATUS_VERSION.format(version=VERSION))
    return DONE


def _newest(ledger: Ledger) -> Run | None:
    """The last finished report, or None. Raises LedgerFailed."""
    try:
        return ledger.last_report()
    except NotFound:
        return None
