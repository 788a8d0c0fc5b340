"""The digest in the chat page at 360 px: one screen high, and no line breaks but where it was broken on
purpose."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Bot

from bot.report.digest import LINES as LARGEST
from bot.report.digest import digest
from bot.report.markup import shown_text
from bot.report.phone import WIDTH
from core.base.gap import Gap
from core.facts.fact import Excerpt, Severity
from core.jury.verdict import Stability
from core.run import Run
from tests.bot.local.chromium import Tab, browser
from tests.bot.local.conftest import OWNER
from tests.bot.report.made_run import closing_of, fact, made_run, map_of, snapshot, verdict
from tests.bot.report.test_bad_inputs import HOPELESS
from tests.local_telegram import LocalTelegram, Person

pytestmark = pytest.mark.browser

NAMES = (
    "Mitsubishi UFJ Financial Group, Inc.",
    "Bayerische Motoren Werke Aktiengesellschaft",
    "LVMH Moët Hennessy Louis Vuitton SE",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW WMWMWMWMWM WMWMWMWMWM",
    "ソニーグループ株式会社",
    "أرامكو السعودية",
    "NVIDIA Corporation",
)
# Whether the text's lines are as many as it has line breaks: one rectangle of a row's height for each.
LINES = """(() => {
  const body = [...document.querySelectorAll('.message .body')].at(-1).cloneNode(true);
  body.querySelector('.meta').remove();
  const place = [...document.querySelectorAll('.message .bubble')].at(-1);
  const probe = document.createElement('div');
  probe.className = 'body'; probe.style.width = `${Math.ceil(place.getBoundingClientRect().width) - 23}px`;
  probe.style.font = getComputedStyle(place).font;
  document.body.append(probe);
  const broken = [];
  for (const line of body.innerHTML.split('\\n')) {
    probe.innerHTML = line || '&nbsp;';
    const rows = Math.round(probe.clientHeight / parseFloat(getComputedStyle(probe).lineHeight));
    if (rows !== 1) broken.push(`${rows}: ${probe.innerText}`);
  }
  probe.remove();
  return broken;
})()"""


def full(count: int) -> Run:
    """A report of `count` names of every class, with long names, major facts, a rehearsal's label and another
    model before."""
    base = {one.ticker: one for one in snapshot().dossiers}
    said = Excerpt(
        text="The Chief Financial Officer notified the board of 5.25 % on 1 Dec.", document="d" * 64, offset=0
    )
    rows, dossiers = [], []
    for number in range(count):
        ticker, like = f"T{number:02}", ("INTC", "ASML", "COST", "NVDA", "HD")[number % 5]
        rows.append(verdict(like, ticker=ticker))
        facts = (fact(ticker, 1, severity=Severity.G3, excerpt=said),) if number % 6 == 0 else ()
        name = NAMES[number % len(NAMES)]
        dossiers.append(replace(base[like], ticker=ticker, name=f"{name} {number}", facts=facts))
    return made_run(
        rehearsal=True,
        stability={"verdicts": tuple(rows)},
        frozen={"recording": "recorded day 2026-04-24", "dossiers": tuple(dossiers)},
        tickers=tuple(row.ticker for row in rows),
    )


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    async with browser(tmp_path / "profile") as tab:
        await tab.look(width=360, height=740)
        yield tab


@pytest.mark.parametrize("count", [1, 8, 30, 60])
async def test_the_digest_is_one_screen_and_breaks_no_line(
    bot: Bot, local: LocalTelegram, owner: Person, tab: Tab, count: int
) -> None:
    earlier = full(count)
    before = replace(
        earlier,
        opening=replace(earlier.opening, snapshot=replace(earlier.opening.snapshot, dossiers=())),
        closing=replace(
            closing_of(earlier),
            stability=replace(
                map_of(earlier),
                verdicts=tuple(
                    replace(one, stability=Stability.SPLIT, direction=Gap(gap="split"))
                    for one in map_of(earlier).verdicts
                ),
            ),
        ),
    )
    blocks = digest(full(count), before, zone=UTC, next_push=datetime(2026, 12, 22, tzinfo=UTC))
    await fits(bot, local, owner, tab, blocks)


@pytest.mark.parametrize("name", HOPELESS)
async def test_the_digest_of_what_nobody_hopes_for_is_one_screen_too(
    bot: Bot, local: LocalTelegram, owner: Person, tab: Tab, name: str
) -> None:
    await fits(bot, local, owner, tab, digest(HOPELESS[name], zone=UTC))


async def fits(bot: Bot, local: LocalTelegram, owner: Person, tab: Tab, blocks: tuple[str, ...]) -> None:
    """One screen of 360 px, no line broken, at most 24 lines of 38 characters."""
    lines = shown_text("\n\n".join(blocks)).splitlines()
    assert len(lines) <= LARGEST
    assert max(map(len, lines)) <= WIDTH
    await bot.send_message(OWNER, "\n\n".join(blocks), parse_mode="HTML")

    await tab.open(local.open_page(owner, banner="Rehearsal: no model was asked; recorded data."))
    await tab.until("document.querySelectorAll('.message').length === 1")

    bubble = await tab.value("document.querySelector('.bubble').clientHeight")
    screen = await tab.value("document.querySelector('#log').clientHeight")
    assert bubble <= screen, (bubble, screen)
    assert await tab.value(LINES) == [], "\n".join(blocks)
