"""`status`: last and next push, model, sources, spend and version; from the settings and the ledger alone."""

from datetime import UTC, datetime

import click

from bot.app import VERSION, open_ledger
from bot.app.desk import guards_of
from bot.cli.analyze import zone_of
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.cli.newest import newest_report
from bot.report.guards import guard_lines, guards_json, month_line
from bot.report.house import history_line, next_report, sources_lines, spent_line
from bot.report.report_json import to_json
from bot.settings import load
from bot.texts import chat
from core.base.gap import Gap
from core.due.period import next_period
from core.engine.cost import month_of
from core.run import Purpose


@click.command
@demo_option
@json_option
def command(*, demo: bool, as_json: bool) -> int:
    """Last and next push, model, sources, spend and version, from the settings and the ledger."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        zone, now = zone_of(settings), datetime.now(UTC)
        due = next_period(now, zone, settings.push_day, settings.push_time).due
        start, end = month_of(now, zone)
        spent = ledger.spent(start, end)
        last_push = next(iter(ledger.runs(purposes=(Purpose.PUSH,), limit=1)), None)
        report = newest_report(ledger)
        guards = guards_of(settings, ledger, now=now)
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
        }
        say_json(answer)
        return DONE
    print(month_line(guards, zone))
    print(next_report(due, zone))
    if last_push is not None:
        print(f"{last_push.id}  {history_line(last_push, zone)}")
    print(chat.STATUS_MODEL.format(model=settings.model or "not set", asked=settings.jury_size))
    print(spent_line(spent, settings.budget_usd, f"{start:%Y-%m}"))
    for line in guard_lines(guards, zone):
        print(line)
    for line in [] if report is None else sources_lines(report):
        print(f"· {line}")
    print(chat.STATUS_VERSION.format(version=VERSION))
    return DONE
