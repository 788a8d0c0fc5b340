"""axe-core in the test browser: serious and critical faults of accessibility, as sentences.

The script comes from the package `axe-playwright-python` (MPL-2.0, tests only); without it a test says that
it was skipped.
"""

import importlib.util
import json
from pathlib import Path

import pytest

from tests.bot.local.chromium import Tab

RUN = """axe.run(document, {resultTypes: ['violations']}).then(({violations}) => JSON.stringify(
  violations.filter(({impact}) => ['serious', 'critical'].includes(impact))
    .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`)))"""


def installed() -> str:
    """The script, blank where the package is not there."""
    found = importlib.util.find_spec("axe_playwright_python")
    return (
        ""
        if found is None or found.origin is None
        else (Path(found.origin).parent / "axe.min.js").read_text("utf-8")
    )


async def faults(tab: Tab) -> list[str]:
    """What axe finds serious or critical in the page as it is shown now."""
    script = installed()
    if not script:
        pytest.skip("axe-core is not installed: pip install --no-deps axe-playwright-python")
    await tab.value(f"{script}; 0")
    said: list[str] = json.loads(await tab.value(RUN))
    return said
