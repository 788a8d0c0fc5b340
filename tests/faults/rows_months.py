"""Row "all": simulated months in which these faults come mixed. `python -m benchmarks.months` runs the
thousand."""

import logging
from pathlib import Path

from benchmarks.months import simulate

MONTHS, FEW = 300, 60


async def mixed(folder: Path, *, fast: bool) -> str:
    folder.mkdir(parents=True)  # noqa: ASYNC240  # one folder, before anything runs
    months = FEW if fast else MONTHS
    logging.getLogger("bot").setLevel(logging.CRITICAL)  # each injected fault is logged, some hundred times
    found = await simulate(folder / "ledger.sqlite", periods=months)

    for wrong in ("doubles", "silent", "both", "mixed juries", "asked for and lost", "asked for and doubled"):
        assert found[wrong] == 0, f"{wrong}: {found[wrong]}"
    assert found["periods"] == months
    return (
        f"{months} months, {found['kills']} kills, {found['restarts']} starts, {found['changes']} changed "
        f"settings: "
        f"{found['reports']} reports, {found['failure messages']} failure messages, {found['asked for']} "
        f"asked for and answered"
    )
