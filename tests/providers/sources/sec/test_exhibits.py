"""What a filing points to is read with it; what cannot be read, or is no text, costs nothing else."""

from collections.abc import Mapping
from datetime import date

import pytest

from core.base.gap import Gap
from core.facts.filing import Document, document_of
from providers.http import Fetcher
from providers.sources.sec.documents import MOST_EXHIBITS, Documents
from providers.sources.sec.submissions import Row
from tests.providers.http.loopback import Loopback

FOLDER = "/Archives/edgar/data/7/000000000126000001"
INDEX = f"{FOLDER}/0000000001-26-000001-index.htm"


def row(form: str = "8-K", document: str = "a.htm") -> Row:
    return Row(
        accession="0000000001-26-000001",
        filed=date(2026, 4, 20),
        form=form,
        items=("2.02",),
        event_day=None,
        document=document,
        description="",
        about_other=False,
    )


def listed(*exhibits: tuple[str, str]) -> str:
    rows = (
        f'<tr><td scope="row"><a href="{FOLDER}/{name}">{name}</a></td><td scope="row">{kind}</td></tr>'
        for kind, name in exhibits
    )
    return f"<table>{''.join(rows)}</table>"


async def read(pages: Mapping[str, str | bytes], one: Row) -> tuple[tuple[Document, ...] | Gap, list[str]]:
    async with Loopback() as web:
        for path, body in pages.items():
            web.serve(path, body)
        async with Fetcher(trusted=[web.url]) as fetcher:
            found = await Documents(fetcher, base_url=web.url, source="SEC EDGAR").read(7, one)
        return found, [asked.path for asked in web.asked]


async def test_an_item_that_sends_to_its_press_release_is_read_with_it() -> None:
    pages = {
        f"{FOLDER}/a.htm": "<p>A copy is furnished as Exhibit 99.1.</p>",
        INDEX: listed(("EX-10.1", "x.htm"), ("EX-99.1", "b.htm"), ("EX-99.2", "c.htm"), ("EX-99.3", "d.htm")),
        f"{FOLDER}/b.htm": "<p>Record revenue</p>",
        f"{FOLDER}/c.htm": "<p>Commentary</p>",
    }

    found, asked = await read(pages, row())

    assert not isinstance(found, Gap)
    assert found[1:] == (document_of("EX-99.1", "Record revenue"), document_of("EX-99.2", "Commentary"))
    assert len(asked) == 2 + MOST_EXHIBITS


@pytest.mark.parametrize(
    "exhibits", [listed(("EX-99.1", "scan.jpg")), listed(("EX-99.1", "scan.pdf")), "<html>"]
)
async def test_an_exhibit_that_is_a_picture_is_none(exhibits: str) -> None:
    found, asked = await read({f"{FOLDER}/a.htm": "<p>See Exhibit 99.1.</p>", INDEX: exhibits}, row())

    assert found == (document_of("8-K", "See Exhibit 99.1."),)
    assert len(asked) == 2


async def test_a_filing_that_points_nowhere_asks_for_no_more() -> None:
    found, asked = await read({f"{FOLDER}/a.htm": "<p>The Company sold a unit.</p>"}, row())

    assert found == (document_of("8-K", "The Company sold a unit."),)
    assert asked == [f"{FOLDER}/a.htm"]


async def test_the_fields_are_read_beside_the_styled_page() -> None:
    xml = "<ownershipDocument>\n<rptOwnerName>Roe</rptOwnerName></ownershipDocument>"

    found, _ = await read({f"{FOLDER}/form4.xml": xml}, row("4", "xslF345X05/form4.xml"))

    assert not isinstance(found, Gap)
    assert "<rptOwnerName>Roe</rptOwnerName>" in found[0].text


async def test_a_document_in_another_encoding_is_read_and_one_of_fifty_megabytes_is_said() -> None:
    latin, _ = await read({f"{FOLDER}/a.htm": "<p>Société sold</p>".encode("cp1252")}, row())
    large, _ = await read({f"{FOLDER}/a.htm": b"<p>word " * 7_000_000}, row())

    assert latin == (document_of("8-K", "Société sold"),)
    assert isinstance(large, Gap)
    assert large.reason.startswith("text not read: ")
