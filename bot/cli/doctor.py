"""`doctor`: is everything reachable and right? One line a check, each within bounded time, all of them side
by side.

Exit codes: 0 when all is well or only warnings, 2 when a setting is wrong, 3 when something needed cannot be
reached. With --json one object: `checks` (list of `check`, `state`, `detail`) and, with 2 and 3, `error` as
every command prints it. Decision: wrong settings do not end the examination; what can be asked without them
is asked. Paid is one tiny call.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

import click

from bot.cli.base import DONE, json_option, say_json
from bot.cli.checks.bench import Finding, State, bounded, exit_code_of, wrong
from bot.logs import Redaction
from bot.settings import ENV_FILE, Settings, read, secrets_of
from core.base.errors import BadRequest

Show = Callable[[Finding], None]
MARKS = {State.OK: "ok     ", State.WARNING: "warning", State.FAILED: "FAILED "}


@click.command
@json_option
def command(*, as_json: bool) -> int:
    """Is everything reachable and right? One line a check; one tiny call is paid for."""
    found: list[Finding] = []

    def show(finding: Finding) -> None:
        found.append(finding)
        if not as_json:
            print(f"{MARKS[finding.state]}  {finding.check}: {finding.detail}", flush=True)

    # Libraries log failures that stand in the findings already; without any handler Python would print them.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        settings, faults = read()
    except BadRequest as error:
        show(wrong("settings", str(error)))
    else:
        asyncio.run(_examine(settings, faults, _masked(settings, show)))
    code = exit_code_of(tuple(found))
    failed = [finding for finding in found if finding.state is State.FAILED]
    if as_json:
        say_json(_as_json(tuple(found), code))
    else:
        warnings = sum(finding.state is State.WARNING for finding in found)
        print(f"\n{len(found)} checks: {len(failed)} failed, {warnings} warnings.")
    return code


def _as_json(found: tuple[Finding, ...], code: int) -> dict[str, object]:
    rows = [{"check": each.check, "state": each.state.value, "detail": each.detail} for each in found]
    answer: dict[str, object] = {"checks": rows}
    if code != DONE:
        failed = [each for each in found if each.exit_code == code]
        message = " ".join(f"{each.check}: {each.detail}" for each in failed)
        answer["error"] = {
            "code": code,
            "message": message,
            "sources": list(dict.fromkeys(each.check for each in failed)),
        }
    return answer


def _masked(settings: Settings, show: Show) -> Show:
    """The same, with every secret masked and on one line: services may repeat what they were sent."""
    mask = Redaction([*secrets_of(settings), settings.heartbeat_url or ""])

    def shown(finding: Finding) -> None:
        detail = " ".join(mask.clean(finding.detail).split())
        show(Finding(check=finding.check, state=finding.state, detail=detail, exit_code=finding.exit_code))

    return shown


async def _examine(settings: Settings, faults: tuple[str, ...], show: Show) -> None:
    """Every check, shown in the table's order as soon as it and those before it are answered."""
    from bot.cli.checks import house, model, sources, telegram
    from bot.cli.checks.bench import open_bench

    for finding in (
        *house.check_settings(settings, faults, ENV_FILE),
        *house.check_principles(settings),
        *house.check_ledger(settings),
    ):
        show(finding)
    portfolio, finding = await house.read_portfolio(settings)
    show(finding)
    async with open_bench(settings, portfolio=portfolio) as bench:
        today = bench.now.astimezone(ZoneInfo(settings.timezone)).date()
        address = "Check the network and the address in the settings."
        # Name, the question, its longest time in seconds, what to do when it fails.
        table: tuple[tuple[str, Awaitable[tuple[Finding, ...]], float, str], ...] = (
            ("universe", house.check_universe(settings), 10.0, ""),
            ("telegram", telegram.check_telegram(bench), 3 * telegram.SECONDS, address),
            ("model", model.check(settings, today), model.SECONDS, address),
            ("official sources", sources.check_official(bench), 2 * sources.SECONDS, address),
            ("feeds", sources.check_feeds(bench), 2 * sources.SECONDS, address),
            ("news search", sources.check_search(bench), sources.SECONDS, address),
            ("market", sources.check_market(bench), sources.PRICE_SECONDS, address),
            ("currency", sources.check_currency(bench), sources.SECONDS, address),
            ("heartbeat", house.check_heartbeat(settings), house.CONNECT_SECONDS, address),
        )
        tasks = [
            asyncio.create_task(bounded(check, work, seconds=seconds, advice=advice))
            for check, work, seconds, advice in table
        ]
        for task in tasks:
            for finding in await task:
                show(finding)
        for finding in house.check_clock(bench):
            show(finding)
