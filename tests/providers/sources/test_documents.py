"""Texts of SEC documents: kept forever, and for a foreign issuer's report taken from its exhibit too."""

import os
from datetime import date
from pathlib import Path

import pytest

from core.base.gap import Gap
from providers.http import Fetcher
from providers.sources.sec.documents import Documents
from providers.sources.sec.submissions import Row
from tests.providers.http.loopback import Loopback

FOLDER = "/Archives/edgar/data/7/000000000126000001"
COVER = "<p>REPORT OF FOREIGN PRIVATE ISSUER</p>"
INDEX = (
    '<table><tr><td>1</td><td>6-K</td><td><a href="/ix?doc={folder}/a.htm">a.htm</a> <span>iXBRL</span></td>'
    "<td>6-K</td></tr>\n<tr><td>2</td><td>Press release</td>"
    '<td scope="row"><a href="{folder}/ex991.htm">ex991.htm</a></td>\n<td '
    'scope="row">EX-99.1</td></tr></table>'
)


def row(form: str = "8-K") -> Row:
    return Row(
        accession="0000000001-26-000001",
        filed=date(2026, 4, 20),
        form=form,
        items=(),
        event_day=None,
        document="a.htm",
        description="",
        about_other=False,
    )


async def text(web: Loopback, form: str, folder: Path | None = None) -> str | Gap:
    """The documents' texts, one a line."""
    async with Fetcher(trusted=[web.url]) as fetcher:
        documents = Documents(fetcher, base_url=web.url, source="SEC EDGAR", folder=folder)
        found = await documents.read(7, row(form))
    return found if isinstance(found, Gap) else "\n".join(document.text for document in found)


async def test_a_short_cover_is_followed_by_the_beginning_of_its_exhibit() -> None:
    async with Loopback() as web:
        web.serve(f"{FOLDER}/a.htm", COVER)
        web.serve(f"{FOLDER}/0000000001-26-000001-index.htm", INDEX.format(folder=FOLDER))
        web.serve(f"{FOLDER}/ex991.htm", "<p>Chief executive resigns</p>" + "x" * 20_000)

        found = await text(web, "6-K")

    assert isinstance(found, str)
    assert found.startswith("REPORT OF FOREIGN PRIVATE ISSUER\nChief executive resigns")
    assert len(found) < 8_100


async def test_a_report_that_stands_in_the_main_document_asks_for_no_exhibit() -> None:
    async with Loopback() as web:
        web.serve(f"{FOLDER}/a.htm", "<p>" + "report " * 1000 + "</p>")

        await text(web, "6-K")

        assert [asked.path for asked in web.asked] == [f"{FOLDER}/a.htm"]


@pytest.mark.parametrize(
    "index", ["<html>no table</html>", INDEX.format(folder=FOLDER.replace("26000001", "26000002"))]
)
async def test_a_cover_without_an_exhibit_of_its_own_stands_alone(index: str) -> None:
    async with Loopback() as web:
        web.serve(f"{FOLDER}/a.htm", COVER)
        web.serve(f"{FOLDER}/0000000001-26-000001-index.htm", index)

        assert await text(web, "6-K/A") == "REPORT OF FOREIGN PRIVATE ISSUER"


async def test_an_exhibit_that_cannot_be_had_leaves_the_cover_and_is_asked_for_again(tmp_path: Path) -> None:
    async with Loopback() as web:
        web.serve(f"{FOLDER}/a.htm", COVER)

        found = await text(web, "6-K", tmp_path)

    assert found == "REPORT OF FOREIGN PRIVATE ISSUER"
    assert os.listdir(tmp_path) == []


async def test_a_text_is_kept_over_restarts(tmp_path: Path) -> None:
    async with Loopback() as web:
        web.serve(f"{FOLDER}/a.htm", "<p>é text</p>")
        first = await text(web, "8-K", tmp_path / "texts")
        second = await text(web, "8-K", tmp_path / "texts")

        assert first == second == "é text"
        assert len(web.asked) == 1


@pytest.mark.parametrize("damage", [b"", b"not packed", b"\x78\x9c\x00"])
async def test_a_damaged_file_is_fetched_again(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "0000000001-26-000001.z").write_bytes(damage)
    async with Loopback() as web:
        web.serve(f"{FOLDER}/a.htm", "<p>text</p>")

        assert await text(web, "8-K", tmp_path) == "text"


async def test_a_folder_that_cannot_be_written_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    async with Loopback() as web:
        web.serve(f"{FOLDER}/a.htm", "<p>text</p>")

        assert await text(web, "8-K", blocked / "texts") == "text"


async def test_a_document_without_words_is_a_gap() -> None:
    async with Loopback() as web:
        web.serve(f"{FOLDER}/a.htm", "<html><img src='scan.jpg'></html>")

        found = await text(web, "8-K")

    assert found == Gap(gap="text not read: the document holds none")
