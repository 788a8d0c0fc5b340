import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

from bot.report.report_html import report_html
from core.base.gap import NOT_GIVEN
from core.run import RunState
from tests.bot.report.made_run import AS_OF, ROWS, fact, made_run, snapshot

UTC = ZoneInfo("UTC")


class Read(HTMLParser):
    """Collects tags, attributes and text, and checks that every tag is closed."""

    void = frozenset({"meta", "br", "!doctype"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_has_no_script_and_loads_nothing() -> None:
    read = Read(report_html(made_run(), zone=UTC))

    assert read.open == []
    assert read.tags.isdisjoint({"script", "img", "iframe", "link", "object", "embed", "form", "base"})
    assert {name for _tag, name, _value in read.attributes}.isdisjoint({"src", "srcset", "onclick", "onload"})
    assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in read.attributes


def test_every_link_is_http_or_inside_the_page() -> None:
    read = Read(report_html(made_run(), zone=UTC))

    addresses = [value for tag, name, value in read.attributes if name == "href"]
    assert "https://www.sec.gov/INTC/1" in addresses
    assert all(
        address is not None and address.startswith(("https://", "http://", "#")) for address in addresses
    )


def test_outside_text_opens_no_tag_anywhere() -> None:
    hostile = fact("COST", 1, title='"><script>alert(1)</script>', source="</style><b onload=x>")
    dossiers = snapshot().dossiers
    run = made_run(
        frozen={
            "dossiers": tuple(
                d if d.ticker != "COST" else type(d)(**_fields(d) | {"facts": (hostile,)}) for d in dossiers
            ),
            "remarks": ("</html><script>",),
        }
    )

    read = Read(report_html(run, zone=UTC))

    assert "script" not in read.tags
    assert '"><script>alert(1)</script>' in "".join(read.text)


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def test_every_name_has_its_card_with_ballots_numbers_and_sources() -> None:
    page = report_html(made_run(), zone=UTC)

    assert all(
        re.search(rf'<details><summary>[^<]*<small>{ticker}</small></summary>\n<div id="{ticker}">', page)
        for ticker in ROWS
    )
    assert "price to expected earnings" in page
    assert "reuters: could not look (answered 503)" in page
    assert "✕ false citation: NVDA-9" in page


def test_the_stamp_holds_every_digest_and_unknown_is_said() -> None:
    run = made_run(closing={"cost_usd": NOT_GIVEN, "sampling": NOT_GIVEN})

    page = report_html(run, zone=UTC)

    assert all(letter * 64 in page for letter in "abcd")
    assert "cost unknown" in page
    assert "<td>Sampling</td><td>unknown</td>" in page


def test_spoiled_answers_stand_with_their_causes() -> None:
    text = "".join(Read(report_html(made_run(spoiled=2), zone=UTC)).text)

    assert "Spoiled answers" in text
    assert "The answer was cut off." in text
    assert "Spoiled answers" not in report_html(made_run(), zone=UTC)


def test_a_rehearsal_says_so_before_anything_else() -> None:
    text = "".join(Read(report_html(made_run(rehearsal=True), zone=UTC)).text)

    assert text.index("REHEARSAL: no model was asked") < text.index("items read")


def test_a_failed_run_still_gives_a_page_that_says_why() -> None:
    run = made_run(
        spoiled=3, closing={"state": RunState.FAILED, "stability": NOT_GIVEN, "failure": "SEC <403>."}
    )

    text = "".join(Read(report_html(run, zone=UTC)).text)

    assert "No report: SEC <403>." in text
    assert "The answer was cut off." in text


def test_the_page_without_its_names_is_small_and_every_anchor_exists() -> None:
    page = report_html(made_run(), zone=UTC)

    start, end = page.index('<h2 id="names">'), page.index('<h2 id="jury">')
    assert len((page[:start] + page[end:]).encode()) < 40_000
    anchors = {address[1:] for address in re.findall(r'href="(#[^"]+)"', page)}
    assert anchors == {found for found in re.findall(r'id="([^"]+)"', page) if found in anchors}
    assert {"map", "legend", "names", "jury", "stamp", "INTC"} <= anchors


def test_it_can_be_printed_and_the_next_date_stands_in_it() -> None:
    page = report_html(made_run(), zone=UTC, next_push=AS_OF)

    assert "@media print" in page
    assert "size:A4" in page
    assert "Next 22 Nov 08:00" in page


def test_weights_are_of_the_whole_and_the_judged_part_is_named_as_such() -> None:
    page = report_html(made_run(), zone=UTC)

    assert '<span class="num right">5.7\u00a0→\u00a01.9\u202f%</span>' in page
    assert "In the judged part plus cash, as the model was asked: 6.1\u00a0→\u00a02.0\u202f%" in page


def test_only_what_stood_in_the_brief_is_shown_as_citable() -> None:
    asked = made_run()
    names = tuple(
        replace(one, fact_ids=one.fact_ids[:1]) if one.ticker == "INTC" else one
        for one in asked.opening.brief.names
    )
    run = replace(asked, opening=replace(asked.opening, brief=replace(asked.opening.brief, names=names)))

    page = report_html(run, zone=UTC)

    body = page[page.index('<div id="INTC">') : page.index('<div id="BABA">')]
    assert "Facts in the brief (1)" in body
    assert "1 more facts, not in the brief" in body
