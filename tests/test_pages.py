"""The documentation tells the truth: printed parts are as the code prints them, links lead somewhere."""

import re
from pathlib import Path

import pytest

from benchmarks.pages import PRINTED, ROOT, written

PAGES = sorted(
    [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_printed_parts_of_a_page_follow_from_the_code(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert written(text) == text, "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = [
        target for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")) if "://" not in target
    ]

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_printed_part_stands_on_a_page() -> None:
    marked = {
        name for page in PAGES for name in re.findall(r"<!-- printed: ([a-z-]+) -->", page.read_text("utf-8"))
    }

    assert marked >= set(PRINTED)


def test_a_changed_table_is_seen() -> None:
    stale = "<!-- printed: commands -->\nold\n<!-- end -->"

    assert "| `analyze` |" in written(stale)
    assert "old" not in written(stale)
