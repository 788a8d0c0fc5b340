"""The demo's chat page in a real browser, and its pictures. `python -m tests.journeys.pictures` renews those
of `docs/pictures`.

Every screen is made by this command from `python -m bot demo` as it is: nothing is drawn by hand. Each stands
there as a phone of 360 points and as a desktop of 1,100, in light and dark; the maps and the heat map
are the files that the program writes.
"""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from tests.bot.local.axe import faults, installed
from tests.bot.local.chromium import Tab, browser
from tests.journeys.house import ROOT, environment

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 250_000
PHONE, DESKTOP, TALL = 360, 1100, 800
# A cold start and a whole analysis with its picture on a busy machine.
PATIENCE = 90.0
# What leaves the screen, and labels that do not fit their button.
WIDER = (
    "[...document.querySelectorAll('#thread *')]"
    f".filter((each) => each.getBoundingClientRect().right > {PHONE}"
    " || each.matches('.key') && each.scrollWidth > each.clientWidth)"
    ".map((each) => `${each.className} ${each.getBoundingClientRect().right} ${each.innerText}`.slice(0, 90))"
)
LAST = "[...document.querySelectorAll('.message')].at(-1)"
TEXTS = "[...document.querySelectorAll('.message .body')].map((each) => each.innerText)"


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """`python -m bot demo` with its chat page; gives the page's address. Ends it as Ctrl-C does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo"),
        cwd=folder,
        env=environment(folder, {"PYTHONUNBUFFERED": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield await asyncio.wait_for(_address(process), PATIENCE)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), PATIENCE)


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    seen = ""
    while line := (await process.stdout.readline()).decode():
        seen += line
        if found := re.search(r"http://127\.0\.0\.1:\d+\S*", line):
            return found.group()
    raise AssertionError(f"the demo ended without a chat page:\n{seen}")


class Phone:
    """A person at the chat page."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.faults: list[str] = []  # of accessibility, by screen

    async def open(self, address: str) -> None:
        await self.tab.look(width=PHONE, height=TALL, scale=2)
        await self.tab.open(address)
        await self.until(f"{TEXTS}.some((text) => text.includes('/analyze'))")

    async def says(self, words: str, hoped: str) -> str:
        """Types the words; the newest answer that contains `hoped`."""
        count = await self.tab.value("document.querySelectorAll('.message').length")
        await self.tab.type(words)
        await self.tab.enter()
        newer = f"{TEXTS}.slice({count} + 1).filter((text) => text.includes({hoped!r}))"
        await self.until(f"{newer}.length")
        text: str = await self.tab.value(f"{newer}[0]")
        return text

    async def until(self, script: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self.tab.value(f"Boolean({script})"):
                    await asyncio.sleep(0.1)
        except TimeoutError as error:
            shown = await self.tab.value("document.body.innerText")
            raise AssertionError(
                f"never true: {script}\n{self.tab.problems}\nthe page shows:\n{shown}"
            ) from error

    async def shows(self, hoped: str) -> None:
        """Scrolls until the newest message with these words begins at the top of the screen, its pictures
        loaded."""
        await self.tab.value(
            "Promise.all([...document.images].map((each) => each.decode().catch(() => null)))"
        )
        await self.tab.value(
            "[...document.querySelectorAll('.message')]"
            f".filter((each) => each.innerText.includes({hoped!r})).at(-1).scrollIntoView({{block: 'start'}})"
        )
        await self.tab.value("document.querySelector('#log').scrollBy(0, -8)")
        await self.tab.value(
            "Promise.allSettled(document.getAnimations().map((each) => each.finished)).then(() => 0)"
        )

    async def pictures(self, folder: Path, name: str, hoped: str = "") -> None:
        """What the screen shows now, on a phone and on a desktop, in light and in dark; what axe finds is
        kept."""
        for width, kind in ((PHONE, name), (DESKTOP, f"{name}-desktop")):
            for dark in (False, True):
                await self.tab.look(width=width, height=TALL, dark=dark, scale=1.5 if width == PHONE else 1)
                if hoped:
                    await self.shows(hoped)
                await self.tab.value(
                    "Promise.allSettled(document.getAnimations().map((each) => each.finished)).then(() => 0)"
                )
                kinds = f"{kind}-{'dark' if dark else 'light'}"
                path = await self.tab.picture(folder / f"{kinds}.png")
                await asyncio.to_thread(_lighter, path)
                if installed():
                    self.faults += [f"{kinds}: {each}" for each in await faults(self.tab)]
        await self.tab.look(width=PHONE, height=TALL, scale=1.5)


def _lighter(path: Path) -> None:
    """The same picture in a palette of 256 colours: a third of the bytes."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


# What is typed, a word of the newest answer by which it is known, and the picture's name.
SCREENS = (
    ("/why NVDA", "NVIDIA · NVDA", "why"),
    ("/facts WMT", "Facts · Walmart", "facts"),
    ("/history", "Earlier reports", "history"),
    ("/track", "Earlier calls", "track"),
    ("/portfolio", "Portfolio", "portfolio"),
    ("/universe", "Shortlist", "universe"),
    ("/settings", "Report on day", "settings"),
    ("/status", "Version", "status"),
    ("/help variance", "asks the last report's question again", "help-one"),
    ("/why WMTT", "is not a name", "unknown-name"),
)


async def tour(folder: Path, pictures: Path) -> dict[str, Any]:
    """The whole demo as a newcomer sees it. What was answered, by command."""
    async with demo(folder) as address, browser(folder / "profile") as tab:
        phone = Phone(tab)
        await phone.open(address)
        await phone.until(f"{TEXTS}.at(-1).includes('Try first')")
        await phone.pictures(pictures, "start")
        said: dict[str, Any] = {"/start": "\n".join(await tab.value(TEXTS))}
        # The report that `demo` has made: the same as in the files beside it, so the two pictures of the
        # README agree.
        said["/report"] = await phone.says("/report", "Stability map")
        await phone.pictures(pictures, "report", "Stability map")
        said["/analyze"] = await phone.says("/analyze", "Stability map")
        await phone.until(f"{TEXTS}.at(-1).includes('Choose a name')")
        await phone.pictures(pictures, "names", "Choose a name")
        await phone.pictures(pictures, "chat", "YOUR JUDGMENT")
        for words, hoped, name in SCREENS:
            said[words] = await phone.says(words, hoped)
            await phone.pictures(pictures, name, hoped)
        said["/facts"] = await phone.says("/facts", "Choose a name")
        await phone.pictures(pictures, "choose")
        said["/variance"] = await phone.says("/variance", "calls came again")
        await phone.until(f"{LAST}.innerText.includes('variance.png') || {LAST}.querySelector('img')")
        await phone.pictures(pictures, "variance-chat", "calls came again")
        said["accessibility"] = phone.faults
        said["problems"] = "\n".join(tab.problems)
        said["wider than the screen"] = await tab.value(WIDER)
    for theme in ("light", "dark"):
        shutil.copy(folder / "build" / "demo" / f"map-{theme}.png", pictures)
    drawn = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "variance", "--demo", "--picture", str(pictures / "variance.png")),
        cwd=folder,
        env=environment(folder, {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert await drawn.wait() == 0
    return said


def main() -> int:
    """Makes all pictures; those that the README shows replace the committed ones when they are small
    enough."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "house"
        new = Path(made) / "pictures"
        folder.mkdir()
        new.mkdir()
        asyncio.run(tour(folder, new))
        if keep := os.environ.get("PICTURES"):
            shutil.copytree(new, keep, dirs_exist_ok=True)
        for path in sorted(new.iterdir()):
            print(f"{path.name} {path.stat().st_size:,} bytes")  # noqa: T201  a command speaks to a terminal
            if path.stat().st_size > LARGEST:
                return 1
        PICTURES.mkdir(exist_ok=True)
        for path in new.iterdir():
            shutil.copy(path, PICTURES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
