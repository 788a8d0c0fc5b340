"""The report's page in a real browser: nothing leaves a phone's screen, no serious fault of accessibility in
light or dark, and on A4 paper everything that is folded on a screen is printed."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.report.report_html import report_html
from core.run import Run
from tests.bot.local.axe import faults
from tests.bot.local.chromium import Tab, browser
from tests.bot.local.test_one_screen import full
from tests.bot.report.test_bad_inputs import HOPELESS, UTC

pytestmark = pytest.mark.browser

RUNS: dict[str, Run] = {"sixty names": full(60), "eight names": full(8), **HOPELESS}
WIDER = """[...document.querySelectorAll('main *')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => `${each.tagName} ${each.innerText}`.slice(0, 80))"""
# What a folded part holds is laid out all the same: only its visibility tells.
HIDDEN = """[...document.querySelectorAll('details li, details td')]
  .filter((each) => !each.checkVisibility()).length"""
BROKEN = """[...document.querySelectorAll('.num')]
  .filter((each) => each.getClientRects().length > 1).map((each) => each.innerText)"""


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    async with browser(tmp_path / "profile") as tab:
        await tab.look(width=360, height=740)
        yield tab


async def shown(tab: Tab, run: Run, folder: Path) -> None:
    page = folder / "report.html"
    page.write_text(report_html(run, zone=UTC), encoding="utf-8")
    await tab.open(page.as_uri())
    await tab.until("document.readyState === 'complete' && document.querySelector('#stamp')")


@pytest.mark.parametrize("name", RUNS)
async def test_every_page_fits_a_phone_and_breaks_no_figure(tab: Tab, tmp_path: Path, name: str) -> None:
    await shown(tab, RUNS[name], tmp_path)
    await tab.value("document.querySelectorAll('details').forEach((each) => { each.open = true; })")

    assert await tab.value(WIDER) == []
    assert await tab.value(BROKEN) == []
    assert await tab.value("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["eight names", "no facts", "right to left and Japanese"])
async def test_axe_finds_nothing_serious_in_the_page(tab: Tab, tmp_path: Path, name: str, dark: bool) -> None:
    await tab.look(width=360, height=740, dark=dark)
    await shown(tab, RUNS[name], tmp_path)
    closed = await faults(tab)
    await tab.value("document.querySelectorAll('details').forEach((each) => { each.open = true; })")

    assert closed == []
    assert await faults(tab) == []


@pytest.mark.parametrize(("name", "most"), [("sixty names", 60), ("one name", 4), ("no quorum anywhere", 12)])
async def test_on_paper_it_is_a4_and_nothing_stays_folded(
    tab: Tab, tmp_path: Path, name: str, most: int
) -> None:
    await shown(tab, RUNS[name], tmp_path)

    folded = await tab.value(HIDDEN)
    pdf = await tab.printed()
    await tab.command("Emulation.setEmulatedMedia", media="print")
    hidden = await tab.value(HIDDEN)

    sheets = [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)]
    assert pdf.startswith(b"%PDF")
    assert 1 < len(sheets) <= most
    assert all(abs(right - 595) < 2 and abs(top - 842) < 2 for _left, _bottom, right, top in sheets)
    assert folded > 0
    assert hidden == 0
