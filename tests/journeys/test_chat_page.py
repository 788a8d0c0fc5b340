"""The demo as a newcomer meets it: `python -m bot demo`, its chat page in a real browser, phone-sized, in
both themes."""

import re
from pathlib import Path

import pytest

from tests.journeys.house import ROOT
from tests.journeys.pictures import LARGEST, tour

SEEN = ("chat", "why", "facts", "variance-chat", "map")


@pytest.mark.browser
async def test_a_newcomer_tries_everything_in_the_page(tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    pictures = ROOT / "build" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)

    said = await tour(house, pictures)

    assert said["problems"] == ""
    assert said["wider than the screen"] == []
    assert said["accessibility"] == []
    assert "no model is asked" in said["/start"]
    assert "YOUR JUDGMENT" in said["/analyze"]
    # Said once, by the page's banner and at the head of a report; each invented reason carries its own mark.
    assert "REHEARSAL" in said["/analyze"]
    assert "(rehearsal)" in said["/why NVDA"]
    assert "REHEARSAL" not in said["/facts"]
    assert "Try first" in said["/start"]
    assert "are stable, not right" in said["/analyze"]
    assert "5 · " in said["/why NVDA"]
    assert "Whose facts?" in said["/facts"]
    assert "only chance moved" in said["/variance"]
    for name in SEEN:
        # The map is a file of the program's, not a screen.
        for theme in ("light", "dark", *(() if name == "map" else ("desktop-light", "desktop-dark"))):
            assert (pictures / f"{name}-{theme}.png").stat().st_size > 20_000


@pytest.mark.parametrize(
    "name", ["report-light", "report-dark", "map-light", "map-dark", "variance", "why-light"]
)
def test_the_pictures_of_the_documentation_are_there_and_small(name: str) -> None:
    picture = ROOT / "docs" / "pictures" / f"{name}.png"

    assert picture.read_bytes().startswith(b"\x89PNG")
    assert 20_000 < picture.stat().st_size < LARGEST


def test_every_picture_that_a_page_shows_exists() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for path in re.findall(r"!\[[^\]]*\]\(([^)]+\.png)\)", page.read_text("utf-8")):
            assert (page.parent / path).exists(), (page.name, path)
