"""Every row of every source's codes finds its example and not its counter-example, and the first that finds
decides."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from core.facts.events import Event, Severity
from core.facts.filing import Stake
from providers.sources.codes import Codes, Kind, codes_of
from providers.sources.fr_bdif.client import Bdif
from providers.sources.jp_edinet.client import Edinet
from providers.sources.listing import Listing
from providers.sources.nl_afm.client import Afm
from providers.sources.registry import ROWS
from providers.sources.uk_nsm.client import Nsm, stake_of

CLIENTS = [row.build for row in ROWS if isinstance(row.build, type) and issubclass(row.build, Listing)]
TABLES = {client.terms.key: client.codes for client in CLIENTS}
# The AFM names its kinds by the directive alone, so what stands there is the directive.
DIRECTIVE = Afm.codes.kinds
KINDS: list[tuple[str, Kind]] = [("directive", kind) for kind in DIRECTIVE]
KINDS += [(key, kind) for key, codes in TABLES.items() for kind in codes.own]


def test_every_source_but_the_sec_translates_by_a_table_beside_it() -> None:
    assert sorted(TABLES) == sorted(row.terms.key for row in ROWS if row.terms.key != "sec")
    assert all(codes.kinds for codes in TABLES.values())
    assert len(DIRECTIVE) == 15
    assert Afm.codes.own == ()


@pytest.mark.parametrize(("source", "kind"), KINDS, ids=lambda value: getattr(value, "label", value))
def test_a_row_finds_its_example_and_not_its_counter_example(source: str, kind: Kind) -> None:
    codes = TABLES.get(source, Afm.codes)

    assert kind.codes or kind.pattern, source
    assert kind.example
    assert kind.why
    assert not kind.finds(kind.counter), source
    for code in kind.codes:
        reported, series = codes.translate("", kind.example, code)
        assert (reported.event, reported.label, reported.code) == (kind.event, kind.label, code)
        assert (reported.weight, reported.open) == (kind.weight, kind.titled)
        assert bool(series) is kind.weekly
    if kind.pattern is not None:
        reported, _ = codes.translate(kind.example, "")
        assert (reported.event, reported.weight) == (kind.event, kind.weight), source


@pytest.mark.parametrize(
    ("said", "title", "event", "series"),
    [
        ("INSIDE INFORMATION", "Half-year results postponed", Event.OTHER, ""),
        ("ACQUISITION OR DISPOSAL OF AN ISSUER'S OWN SHARES", "x", Event.BUYBACK, "own shares"),
        ("MANAGERS’ TRANSACTION", "x", Event.INSIDER, "managers' dealings"),
        ("Annual Financial Report", "x", Event.RESULTS, ""),
        ("Director/PDMR Shareholding", "x", Event.INSIDER, "managers' dealings"),
        ("Holding(s) in Company", "x", Event.HOLDING, "large holding"),
        ("Result of AGM", "x", Event.MEETING, ""),
        ("EX DATE", "x", Event.DIVIDEND, ""),
    ],
)
def test_kinds_of_the_directive(said: str, title: str, event: Event, series: str) -> None:
    reported, found = Afm.codes.translate(said, title)

    assert (reported.event, reported.code, found) == (event, "", series)


def test_a_kind_that_no_row_knows_is_never_dropped() -> None:
    reported, series = Afm.codes.translate("Something new", "of its kind", "QQQ")

    assert (reported.event, reported.weight, reported.open, series) == (Event.OTHER, Severity.G2, True, "")
    assert (reported.label, reported.code) == ("unclassified official filing", "")


def test_codes_of_the_london_store_go_before_words_and_unknown_ones_by_them() -> None:
    known, series = Nsm.codes.translate("Annual Financial Report", "Final results", "POS")
    unknown, _ = Nsm.codes.translate("Annual Financial Report", "Final results", "QQQ")

    assert (known.event, known.code, known.weight) == (Event.BUYBACK, "POS", Severity.G1)
    assert series == "transaction in own shares"
    assert unknown.event is Event.RESULTS


def test_an_offer_for_its_own_shares_is_no_bid_and_an_unknown_operation_is_one() -> None:
    events = [Bdif.codes.translate(code, "", code)[0].event for code in ("OPRA", "OPA", "NEW", "")]

    assert events == [Event.BUYBACK, Event.BID_RECEIVED, Event.BID_RECEIVED, Event.BID_RECEIVED]


def test_an_extraordinary_report_goes_by_the_paragraph_that_demanded_it() -> None:
    votes, _ = Edinet.codes.translate("180", "臨時報告書", "第19条第2項第9号の2")
    other, _ = Edinet.codes.translate("180", "臨時報告書", "第19条第2項第4号")

    assert (votes.event, votes.weight, votes.open) == (Event.MEETING, Severity.G1, False)
    assert (other.event, other.weight, other.open) == (Event.OTHER, Severity.G2, True)


@pytest.mark.parametrize(
    ("order", "event"), [("before", Event.INSOLVENCY), ("after", Event.PRODUCT), ("", Event.PRODUCT)]
)
def test_the_directives_rows_go_before_or_after_a_stores_own(
    tmp_path: Path, order: str, event: Event
) -> None:
    codes = table(tmp_path, f'directive = "{order}"', ROW)

    assert codes.translate("Insolvency", "of a product")[0].event is event
    assert codes.translate("Result of AGM", "")[0].event is (Event.MEETING if order else Event.OTHER)


@pytest.mark.parametrize("wrong", ['event = "no event"', 'weight = "G4"', 'novelty = "x"', "find = ['(']"])
def test_a_row_that_is_none_is_refused_when_it_is_read(tmp_path: Path, wrong: str) -> None:
    word = wrong.partition(" ")[0]
    rows = "\n".join(line for line in ROW.splitlines() if not line.startswith(word))

    with pytest.raises((TypeError, ValueError, re.error), match=r"no event|G4|novelty|unterminated"):
        table(tmp_path, "", f"{rows}\n{wrong}\n")


ROW = """
[[kind]]
find = ['product']
event = "product"
weight = "G2"
label = "a product"
why = "it is sold"
example = "a product"
counter = "a service"
"""


def table(folder: Path, *parts: str) -> Codes:
    (folder / "codes.toml").write_text("\n".join(parts), "utf-8")
    return codes_of(str(folder / "client.py"))


FORM = """3. Details of person subject to the notification obligation
Name
{holder}
Resulting situation on the date on which threshold was crossed or reached
3.010000
0.000000
{now}
14798922
Position of previous notification (if applicable)
{before}"""


def test_a_filled_form_gives_the_share_before_and_after() -> None:
    filled = FORM.format(holder="Big Fund", now="6.400000", before="7.000000\n0.100000\n7.100000\n")

    assert stake_of(filled) == (Stake(holder="Big Fund", percent=Decimal("6.4"), before=Decimal("7.1")),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Name\nBig Fund",
        FORM.format(holder="Big Fund", now="none", before=""),
        FORM.format(holder="Big Fund", now="640.000000", before=""),
    ],
)
def test_a_form_that_is_filled_in_another_way_gives_nothing(text: str) -> None:
    assert stake_of(text) == ()
