"""French regulated information against a stand-in built from the portal's documentation: there is no
recording."""

import asyncio
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Gathering, State, Subject
from providers.http import Fetcher
from tests.providers.http.loopback import Asked, Loopback, page
from tests.providers.sources.reaching import source_of, terms_of

AS_OF = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
LVMH = Subject(ticker="MC.PA", name="LVMH", isin="FR0000121014", country=NOT_GIVEN)
TOTAL = Subject(ticker="TTE.PA", name="TotalEnergies", isin="FR0000120271", country=NOT_GIVEN)


def record(**changes: Any) -> dict[str, Any]:
    return {
        "uin_idt_uin": "2026DD123",
        "identificationsociete_iso_cd_isi": "FR0000121014",
        "informationdeposee_inf_dat_emt": "2026-04-13T22:30:00+00:00",
        "informationdeposee_inf_tit_inf": "First quarter 2026 revenue",
        "subtype_of_information": "Inside information",
        "url_de_recuperation": "https://fr.ftp.opendatasoft.com/datadila/INFOFI/a.pdf",
        **changes,
    }


async def gather(body: str, *subjects: Subject, status: int = 200) -> tuple[Gathering, Loopback]:
    async with Loopback() as web:
        web.fallback = page(body.encode(), status=status)
        terms = terms_of("info_financiere", web.url)
        async with Fetcher(trusted=[web.url], terms=[terms]) as fetcher:
            gathering = await source_of("info_financiere", fetcher, web.url).gather(subjects, AS_OF)
    return gathering, web


async def test_a_record_is_a_filing_dated_in_paris() -> None:
    gathering, web = await gather(json.dumps({"total_count": 1, "results": [record()]}), LVMH)

    (filing,) = gathering.filings
    assert filing.filed == date(2026, 4, 14)
    assert filing.published == datetime(2026, 4, 13, 22, 30, tzinfo=UTC)
    assert (filing.key, filing.form) == ("2026DD123", "Inside information")
    assert filing.title == "First quarter 2026 revenue"
    assert filing.url == "https://fr.ftp.opendatasoft.com/datadila/INFOFI/a.pdf"
    assert gathering.coverage[0][1].state is State.OK
    assert "FR0000121014" in web.asked[0].path
    assert "2025-04-24" in web.asked[0].path
    assert web.asked[0].headers["user-agent"] == "Condorcet me@example.org"


async def test_no_records_is_empty_and_verified() -> None:
    gathering, _web = await gather('{"total_count": 0, "results": []}', LVMH)

    assert gathering.coverage[0][1].state is State.EMPTY


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html>maintenance</html>", "answered with a page instead of its list"),
        ('{"error_code": "ODSQLError"}', "answered without the field results: its form has changed"),
        ("[]", "answered without the field results: its form has changed"),
        (
            json.dumps({"results": [record(identificationsociete_iso_cd_isi="X")]}),
            "records of another issuer",
        ),
        (
            json.dumps({"results": [record(informationdeposee_inf_dat_emt="yesterday")]}),
            "answered with a date that cannot be read in the field informationdeposee_inf_dat_emt",
        ),
    ],
)
async def test_an_answer_of_another_shape_is_failed_and_never_nothing_published(
    body: str, reason: str
) -> None:
    gathering, _web = await gather(body, LVMH)

    assert gathering.coverage[0][1].state is State.FAILED
    said = gathering.coverage[0][1].reason
    assert isinstance(said, str)
    assert reason in said


async def test_a_portal_that_is_down_fails_as_a_whole() -> None:
    with pytest.raises(SourceFailed, match=r"Info-financière answered 503\."):
        await gather("down", LVMH, TOTAL, status=503)


async def test_a_link_that_is_no_web_address_is_left_out() -> None:
    gathering, _web = await gather(
        json.dumps({"results": [record(url_de_recuperation="javascript:alert(1)")]}), LVMH
    )

    assert gathering.filings[0].url == ""


@pytest.mark.parametrize(
    ("isin", "covered"),
    [("FR0000121014", True), ("NL0000235190", False), ("FR00001210", False), (NOT_GIVEN, False)],
)
def test_only_french_isins_are_covered(isin: str | Gap, covered: bool) -> None:
    subject = Subject(ticker="MC.PA", name="x", isin=isin, country=NOT_GIVEN)

    assert source_of("info_financiere", Fetcher(), "https://example.org").covers(subject) is covered


async def test_a_busy_issuer_is_read_page_by_page() -> None:
    full = json.dumps({"results": [record(uin_idt_uin=f"a{number}") for number in range(100)]})
    async with Loopback() as web:

        async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
            rest = json.dumps({"results": [record(uin_idt_uin="last")]})
            await page((full if asked.path.endswith("offset=0") else rest).encode())(asked, writer)

        web.fallback = answer
        async with Fetcher(trusted=[web.url]) as fetcher:
            gathering = await source_of("info_financiere", fetcher, web.url).gather((LVMH,), AS_OF)

    assert (len(gathering.filings), gathering.filings[0].key, len(web.asked)) == (101, "last", 2)


async def test_an_issuer_beyond_six_pages_is_cut_off_and_says_so() -> None:
    async with Loopback() as web:

        async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
            start = asked.path.rpartition("=")[2]
            rows = [record(uin_idt_uin=f"{start}-{number}") for number in range(100)]
            await page(json.dumps({"results": rows}).encode())(asked, writer)

        web.fallback = answer
        async with Fetcher(trusted=[web.url]) as fetcher:
            gathering = await source_of("info_financiere", fetcher, web.url).gather((LVMH,), AS_OF)

    assert (len(gathering.filings), len(web.asked)) == (600, 6)
    assert gathering.coverage[0][1].reason == "only the newest 600 documents were read"


async def test_a_record_that_is_told_twice_while_the_list_grows_counts_once() -> None:
    twice = json.dumps({"results": [record(uin_idt_uin="a"), record(uin_idt_uin="a")]})

    gathering, _web = await gather(twice, LVMH)

    assert len(gathering.filings) == 1
