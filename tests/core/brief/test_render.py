"""The brief: byte-stable, facts beside their name, nothing from outside can change its structure, no amount
leaves."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.gap import Gap
from core.brief.render import render, shown
from core.brief.schema import STANCES
from core.facts.cleaning import clean
from core.facts.events import Event
from core.facts.fact import Authority, Coverage, Excerpt, Severity, SourceClass, State
from core.market.measures import MEASURES
from core.market.quote import Band, Consensus, Measure, Reliability
from core.market.universe import UniverseScore
from core.snapshot.model import Dossier
from tests.core.snapshots import dossier, fact, snapshot

CORPUS = Path(__file__).parents[4] / "shared" / "data" / "injection" / "corpus.jsonl"


def tree_of(user: str) -> ET.Element:
    return ET.fromstring(f"<brief>{user}</brief>")  # our own text, checked for its structure


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    frozen = snapshot(dossier("AAA", weight="50", facts=(fact("AAA", 1),)), dossier("BBB", weight="40"))

    first, second = render(frozen, "- Weigh."), render(frozen, "- Weigh.")

    assert first == second
    assert len(first.digest) == 64


def test_another_principle_is_another_digest() -> None:
    frozen = snapshot(dossier("AAA", weight="90"))

    assert render(frozen, "- Weigh.").digest != render(frozen, "- Judge.").digest


def test_a_fact_stands_inside_the_name_it_concerns() -> None:
    frozen = snapshot(
        dossier("AAA", weight="50", facts=(fact("AAA", 1, title="Chief leaves"),)),
        dossier("BBB", weight="40"),
    )

    tree = tree_of(render(frozen, "- Weigh.").user)

    beside = {name.get("ticker"): [f.text for f in name.iter("fact")] for name in tree.iter("name")}
    assert beside == {"AAA": ["Chief leaves"], "BBB": []}


def test_names_with_a_g3_fact_come_first_and_nothing_stands_between_the_names_and_the_task() -> None:
    frozen = snapshot(
        dossier("AAA", weight="50"),
        dossier("ZZZ", weight="40", facts=(fact("ZZZ", 1, severity=Severity.G3),)),
    )

    brief = render(frozen, "- Weigh.")

    assert [name.ticker for name in brief.names] == ["ZZZ", "AAA"]
    assert "</name>\n</portfolio>\n<task>\nRule on each of the 2 names" in brief.user


def test_at_most_six_facts_of_a_name_are_shown_and_can_be_cited() -> None:
    many = tuple(fact("AAA", number) for number in range(1, 10))
    frozen = snapshot(dossier("AAA", weight="90", facts=many))

    brief = render(frozen, "- Weigh.")

    assert brief.names[0].fact_ids == tuple(f"AAA-{number}" for number in range(1, 7))
    assert brief.user.count("<fact ") == 6
    assert len(shown(frozen.dossiers[0])) == 6


def numbers(*dossiers: Dossier) -> dict[str, dict[str, str]]:
    """The line of numbers of each name, read as a person would."""
    tree = tree_of(render(snapshot(*dossiers), "- Weigh.").user)
    lines = {name.get("ticker", ""): name.findtext("numbers", "") for name in tree.iter("name")}
    return {ticker: dict(word.split("=") for word in line.split(" ")) for ticker, line in lines.items()}


def test_all_numbers_of_a_name_stand_on_one_line_and_what_is_unknown_says_so() -> None:
    assert numbers(dossier("AAA", weight="90"))["AAA"] == {
        "price": "10.5USD",
        "consensus": "weak",
        "reliability": "31",
        "upside": "14.3",
        "adjusted": "-0.7",
        "analysts": "20",
        "targets": "2026-02-26",
        "return_on_equity": "0.21",
        "ebit_to_ev": "unknown",
    }
    assert 'country="unknown"' in render(snapshot(dossier("AAA", weight="90")), "-").user


def test_money_is_in_billions_with_four_figures_and_names_its_currency_where_it_is_another() -> None:
    rich = replace(
        dossier("AAA", weight="90"),
        measures=(
            Measure(name="market_cap", value=Decimal(995649650688), unit="USD"),
            Measure(name="revenue", value=Decimal(12957064000000), unit="CNY"),
            Measure(name="pe", value=Decimal("45.70"), unit="times"),
        ),
    )
    tiny = replace(
        rich, ticker="BBB", measures=(Measure(name="revenue", value=Decimal(4567890), unit="USD"),)
    )

    read = numbers(rich, tiny)

    assert (read["AAA"]["market_cap"], read["AAA"]["revenue"], read["AAA"]["pe"]) == (
        "995.6",
        "12957CNY",
        "45.7",
    )
    assert read["BBB"]["revenue"] == "0.004568"


def test_score_rank_and_the_next_results_day_stand_among_the_numbers_where_they_are_known() -> None:
    scored = replace(
        dossier("AAA", weight="45"),
        score=UniverseScore(score=Decimal("0.6100"), rank=3, coverage=Decimal(1), components=()),
        next_results=date(2026, 4, 24),
    )
    past = replace(dossier("BBB", weight="45"), next_results=date(2026, 4, 23))

    read = numbers(scored, past)

    assert (read["AAA"]["score"], read["AAA"]["rank"], read["AAA"]["results"]) == ("0.61", "3", "2026-04-24")
    assert {"score", "rank", "results"}.isdisjoint(read["BBB"])


def test_a_price_of_another_day_says_its_day() -> None:
    plain = dossier("AAA", weight="90")
    old = replace(plain, quote=replace(plain.quote, day=date(2026, 4, 23)))

    assert numbers(old)["AAA"]["price_day"] == "2026-04-23"
    assert "price_day" not in numbers(plain)["AAA"]


def test_a_remark_that_names_share_is_said_once_and_a_remark_of_one_stands_beside_it() -> None:
    first, second = dossier("AAA", weight="45"), dossier("BBB", weight="45")
    second = replace(
        second, reliability=replace(second.reliability, flags=("price fell since", "mine alone"))
    )

    user = render(snapshot(first, second), "-").user

    assert user.count("price fell since") == user.count("mine alone") == 1
    assert '<remark id="r1">price fell since</remark>' in user
    assert [line["remarks"] for line in numbers(first, second).values()] == ["r1", "r1"]
    assert user.index("<remark>mine alone</remark>") > user.index('ticker="BBB"')


def test_a_name_without_consensus_still_has_its_price_and_the_reason_in_words() -> None:
    bare = replace(dossier("AAA", weight="90"), consensus=GAP, reliability=unreliable())

    user = render(snapshot(bare), "- Weigh.").user

    assert "analysts=" not in user
    assert "price=10.5USD consensus=unreliable reliability=unknown" in user
    assert "<remark>nobody says</remark>" in user


def test_targets_without_a_day_say_so() -> None:
    plain = dossier("AAA", weight="90")
    assert isinstance(plain.consensus, Consensus)
    undated = replace(plain, consensus=replace(plain.consensus, day=GAP))

    assert numbers(undated)["AAA"]["targets"] == "unknown"


GAP = Gap(gap="nobody says")


def unreliable() -> Reliability:
    return Reliability(band=Band.UNRELIABLE, score=GAP, upside=GAP, adjusted_upside=GAP)


def covered(*rows: tuple[str, SourceClass, State, str]) -> list[str]:
    name = replace(
        dossier("AAA", weight="90"),
        coverage=tuple(
            Coverage(source=source, source_class=kind, state=state, reason=reason or GAP)
            for source, kind, state, reason in rows
        ),
    )
    return [row.text or "" for row in tree_of(render(snapshot(name), "-").user).iter("coverage")]


def test_only_what_could_not_be_read_in_full_is_spelled_out() -> None:
    sec = ("SEC", SourceClass.OFFICIAL, State.OK, "")

    assert covered(sec, ("wire", SourceClass.NEWSWIRE, State.EMPTY, "")) == []
    assert covered(sec, ("wire", SourceClass.NEWSWIRE, State.STALE, "frozen")) == [
        "wire (newswire) stale: frozen"
    ]
    assert covered(("SEC", SourceClass.OFFICIAL, State.FAILED, "")) == ["SEC (official) failed"]


def test_a_name_without_any_official_source_says_so() -> None:
    assert covered(("wire", SourceClass.NEWSWIRE, State.OK, "")) == ["official none"]


def quoted(text: str, *, made: bool = False) -> str:
    said = replace(
        fact("AAA", 1, title="8-K: Other Events"),
        event=Event.CHIEF_LEAVES,
        tags=("amendment",),
        excerpt=Excerpt(text=text, document="d", offset=3, made=made),
    )
    return render(snapshot(dossier("AAA", weight="90", facts=(said,))), "-").user


def test_a_fact_says_its_event_and_what_its_document_says() -> None:
    user = quoted("The Chief's last day is <Monday>.")

    assert ' event="chief leaves" tags="amendment">The Chief\'s last day is &lt;Monday&gt;.</fact>' in user
    assert "Other Events" not in user
    assert ' tags="amendment made">' in quoted("Three officers sold.", made=True)


def test_an_excerpt_of_the_full_length_is_not_cut() -> None:
    assert f">{'x' * 320}</fact>" in quoted("x" * 320)


def test_a_fact_without_excerpt_shows_its_title_and_a_plain_event_is_not_named() -> None:
    user = render(
        snapshot(dossier("AAA", weight="90", facts=(fact("AAA", 1, title="Chief leaves"),))), "-"
    ).user

    assert ">Chief leaves</fact>" in user
    assert "event=" not in user


@pytest.mark.parametrize(
    "word",
    [
        *Severity,
        *Authority,
        State.STALE,
        State.FAILED,
        "none",
        *Band,
        *STANCES,
        *(kind.name for kind in MEASURES),
    ],
)
def test_the_legend_says_once_what_each_word_means(word: Any) -> None:
    every = replace(
        dossier("AAA", weight="90"),
        measures=tuple(Measure(name=kind.name, value=Decimal(1), unit=kind.unit) for kind in MEASURES),
    )

    legend = tree_of(render(snapshot(every), "-").user).findtext("portfolio/legend", "")

    assert len(re.findall(rf"(?:^|; |: ){word} = \w", legend, re.MULTILINE)) == 1


def test_the_legend_explains_only_the_measures_that_stand_in_the_brief() -> None:
    legend = render(snapshot(dossier("AAA", weight="90")), "-").user.partition("</legend>")[0]

    assert "beta" not in legend
    assert "adjusted = upside less 15 points" in legend
    assert "usable = reliability from 55" in legend


def test_the_numbers_ten_and_ten_point_zero_are_the_same_bytes() -> None:
    first = snapshot(dossier("AAA", weight="50.0"), cash_weight="50.00")
    second = snapshot(dossier("AAA", weight="50"), cash_weight="50")

    assert render(first, "- Weigh.").user == render(second, "- Weigh.").user


def test_no_amount_leaves_the_house() -> None:
    frozen = snapshot(dossier("AAA", weight="90"))

    user = render(frozen, "- Weigh.").user

    for private in ("28.35", "38.35", "quantity", "EUR"):
        assert private not in user


def test_an_order_for_an_experiment_must_list_every_name_once() -> None:
    frozen = snapshot(dossier("AAA", weight="50"), dossier("BBB", weight="40"))

    assert [name.ticker for name in render(frozen, "-", order=("BBB", "AAA")).names] == ["BBB", "AAA"]
    with pytest.raises(ValueError, match="exactly once"):
        render(frozen, "-", order=("BBB", "BBB"))


def test_the_schema_names_the_asked_tickers() -> None:
    brief = render(snapshot(dossier("AAA", weight="50"), dossier("BBB", weight="40")), "- Weigh.")

    assert "AAA" in brief.schema
    assert list(json.loads(brief.schema)["properties"]) == ["names", "cash_target_weight"]


def test_tags_of_a_fact_are_shown() -> None:
    tagged = replace(fact("AAA", 1), tags=("forecast", "shared"))

    assert (
        'tags="forecast shared"' in render(snapshot(dossier("AAA", weight="90", facts=(tagged,))), "-").user
    )


def structure(user: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(element.tag, tuple(element.attrib)) for element in tree_of(user).iter()]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_from_outside_changes_the_structure(hostile: Any) -> None:
    calm = snapshot(dossier("AAA", weight="90", facts=(fact("AAA", 1),)))
    loud = snapshot(dossier("AAA", weight="90", facts=(fact("AAA", 1, title=hostile),), name=hostile or "x"))

    assert structure(render(loud, "-").user) == structure(render(calm, "-").user)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aé<>&\"'| \t\n\u200b\u00a0", max_size=8))
def test_every_attribute_is_its_text_cleaned_and_escaped_and_nothing_else(hostile: Any) -> None:
    name = replace(dossier("AAA", weight="90"), sector=hostile)

    user = render(snapshot(name), "Judge.").user

    plain = escape(clean(hostile), quote=False).replace('"', "&quot;")
    assert f' sector="{plain}"' in user


@pytest.mark.wide
def test_a_thousand_recorded_injections_leave_the_structure_unchanged() -> None:
    if not CORPUS.exists():
        pytest.skip("the recorded injections (../shared/data/injection) are not here")
    calm = structure(render(snapshot(dossier("AAA", weight="90", facts=(fact("AAA", 1),))), "-").user)
    texts = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]

    changed = [
        row
        for row in texts
        if structure(
            render(
                snapshot(
                    dossier("AAA", weight="90", facts=(fact("AAA", 1, title=str(row)),), name=str(row)[:80])
                ),
                "-",
            ).user
        )
        != calm
    ]

    assert len(texts) > 1000
    assert changed == []


def test_weights_are_those_of_the_snapshot() -> None:
    brief = render(snapshot(dossier("AAA", weight="90"), dossier("CCC", weight="0", held=False)), "-")

    assert [(name.ticker, name.weight, name.held) for name in brief.names] == [
        ("AAA", Decimal(90), True),
        ("CCC", Decimal(0), False),
    ]
