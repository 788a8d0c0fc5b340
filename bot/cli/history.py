"""`history`: earlier reports, newest first; `history RUN` opens one. From the ledger alone."""

import click

from bot.app import open_ledger
from bot.cli.analyze import next_push, zone_of
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.report.house import history_line
from bot.report.report_json import report_json, to_json
from bot.report.terminal import terminal_map
from bot.settings import load
from core.base.errors import NotFound
from core.ports import Ledger
from core.run import Purpose, Run

# Ten years of monthly reports.
LONGEST = 120


@click.command
@click.argument("run", required=False, default="")
@demo_option
@json_option
def command(run: str, *, demo: bool, as_json: bool) -> int:
    """Earlier reports, newest first; with the id RUN, that report."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        if run:
            report = ledger.run(run.strip())
            previous = _before(ledger, report)
            if as_json:
                say_json(report_json(report, previous))
            else:
                due = next_push(settings)
                print(terminal_map(report, previous, zone=zone_of(settings), next_push=due))
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
