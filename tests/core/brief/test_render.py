"""The brief: byte-stable, facts beside their name, nothing from outside can change its structure, no amount leaves."""

import json
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.brief.render import render, shown
from core.facts.cleaning import clean
from core.facts.fact import Severity
from tests.core.snapshots import dossier, fact, snapshot

CORPUS = Path(__file__).parents[4] / "shared" / "data" / "injection" / "corpus.jsonl"


def tree_of(user: str) -> ET.Element:
    return ET.fromstring(f"<brief>{user}</brief>")  # our own text, checked for its structure


def test_the_same_snapshot_gives_the_same_bytes():
    frozen = snapshot(dossier("AAA", weight="50", facts=(fact("AAA", 1),)), dossier("BBB", weight="40"))

    first, second = render(frozen, "- Weigh."), render(frozen, "- Weigh.")

    assert first == second
    assert len(first.digest) == 64


def test_another_principle_is_another_digest():
    frozen = snapshot(dossier("AAA", weight="90"))

    assert render(frozen, "- Weigh.").digest != render(frozen, "- Judge.").digest


def test_a_fact_stands_inside_the_name_it_concerns():
    frozen = snapshot(
        dossier("AAA", weight="50", facts=(fact("AAA", 1, title="Chief leaves"),)),
        dossier("BBB", weight="40"),
    )

    tree = tree_of(render(frozen, "- Weigh.").user)

    beside = {name.get("ticker"): [f.text for f in name.iter("fact")] for name in tree.iter("name")}
    assert beside == {"AAA": ["Chief leaves"], "BBB": []}


def test_names_with_a_g3_fact_come_first_and_are_listed_again_before_the_task():
    frozen = snapshot(
        dossier("AAA", weight="50"),
        dossier("ZZZ", weight="40", facts=(fact("ZZZ", 1, severity=Severity.G3),)),
    )

    brief = render(frozen, "- Weigh.")

    assert [name.ticker for name in brief.names] == ["ZZZ", "AAA"]
    assert "<g3_facts>ZZZ-1</g3_facts>\n<task>" in brief.user


def test_at_most_six_facts_of_a_name_are_shown_and_can_be_cited():
    many = tuple(fact("AAA", number) for number in range(1, 10))
    frozen = snapshot(dossier("AAA", weight="90", facts=many))

    brief = render(frozen, "- Weigh.")

    assert brief.names[0].fact_ids == tuple(f"AAA-{number}" for number in range(1, 7))
    assert brief.user.count("<fact ") == 6
    assert len(shown(frozen.dossiers[0])) == 6


def test_what_is_unknown_says_so_and_is_never_zero():
    frozen = snapshot(dossier("AAA", weight="90"))

    user = render(frozen, "- Weigh.").user

    assert 'name="ebit_to_ev" value="unknown: not given"' in user
    assert 'country="unknown: not given"' in user


def test_a_name_without_consensus_still_has_its_price():
    bare = replace(dossier("AAA", weight="90"), consensus=fact_gap(), reliability=unreliable())

    user = render(snapshot(bare), "- Weigh.").user

    assert "analysts" not in user
    assert 'price="10.5"' in user
    assert 'consensus_band="unreliable"' in user


def test_targets_without_a_day_say_so():
    plain = dossier("AAA", weight="90")
    undated = replace(plain, consensus=replace(plain.consensus, day=fact_gap()))

    assert 'targets_day="unknown: nobody says"' in render(snapshot(undated), "- Weigh.").user


def fact_gap():
    from core.base.gap import Gap

    return Gap(gap="nobody says")


def unreliable():
    from core.market.quote import Band, Reliability

    return Reliability(band=Band.UNRELIABLE, score=fact_gap(), upside=fact_gap(), adjusted_upside=fact_gap())


def test_the_numbers_ten_and_ten_point_zero_are_the_same_bytes():
    first = snapshot(dossier("AAA", weight="50.0"), cash_weight="50.00")
    second = snapshot(dossier("AAA", weight="50"), cash_weight="50")

    assert render(first, "- Weigh.").user == render(second, "- Weigh.").user


def test_no_amount_leaves_the_house():
    frozen = snapshot(dossier("AAA", weight="90"))

    user = render(frozen, "- Weigh.").user

    for private in ("28.35", "38.35", 'quantity="', "EUR"):
        assert private not in user


def test_an_order_for_an_experiment_must_list_every_name_once():
    frozen = snapshot(dossier("AAA", weight="50"), dossier("BBB", weight="40"))

    assert [name.ticker for name in render(frozen, "-", order=("BBB", "AAA")).names] == ["BBB", "AAA"]
    with pytest.raises(ValueError, match="exactly once"):
        render(frozen, "-", order=("BBB", "BBB"))


def test_the_schema_names_the_asked_tickers():
    brief = render(snapshot(dossier("AAA", weight="50"), dossier("BBB", weight="40")), "- Weigh.")

    assert "AAA" in brief.schema
    assert list(json.loads(brief.schema)["properties"]) == ["names", "cash_target_weight"]


def test_tags_of_a_fact_are_shown():
    tagged = replace(fact("AAA", 1), tags=("forecast", "shared"))

    assert (
        'tags="forecast shared"' in render(snapshot(dossier("AAA", weight="90", facts=(tagged,))), "-").user
    )


def structure(user: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(element.tag, tuple(element.attrib)) for element in tree_of(user).iter()]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_from_outside_changes_the_structure(hostile):
    calm = snapshot(dossier("AAA", weight="90", facts=(fact("AAA", 1),)))
    loud = snapshot(dossier("AAA", weight="90", facts=(fact("AAA", 1, title=hostile),), name=hostile or "x"))

    assert structure(render(loud, "-").user) == structure(render(calm, "-").user)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aé<>&\"'| \t\n\u200b\u00a0", max_size=8))
def test_every_attribute_is_its_text_cleaned_and_escaped_and_nothing_else(hostile):
    name = replace(dossier("AAA", weight="90"), sector=hostile)

    user = render(snapshot(name), "Judge.").user

    assert f' sector="{escape(clean(hostile), quote=True)}"' in user


@pytest.mark.wide
def test_a_thousand_recorded_injections_leave_the_structure_unchanged():
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


def test_weights_are_those_of_the_snapshot():
    brief = render(snapshot(dossier("AAA", weight="90"), dossier("CCC", weight="0", held=False)), "-")

    assert [(name.ticker, name.weight, name.held) for name in brief.names] == [
        ("AAA", Decimal(90), True),
        ("CCC", Decimal(0), False),
    ]
