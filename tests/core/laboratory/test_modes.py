from dataclasses import replace

import pytest

from core.base.errors import BadRequest
from core.base.gap import Gap
from core.brief.render import render
from core.facts.fact import Excerpt, State
from core.jury.ballot import SpoiledBallot
from core.laboratory.masking import Mask, mask_between, revealed_answers
from core.laboratory.modes import prepare, shuffled, without_facts
from core.laboratory.veil import Veil
from core.market.quote import Consensus
from core.run import Purpose
from tests.core.jury.juries import UNKNOWN, asked, ballot_of, brief, cast, line, reply, spoiled, written
from tests.core.laboratory.worlds import PRINCIPLES, dossier, fact, snapshot

WORLD = snapshot(
    dossier(
        "AAPL",
        "Apple Inc.",
        fact("AAPL", 1, "Apple's suppliers warn; AAPL falls, says (NASDAQ: AAPL) note on US0378331005"),
        fact("AAPL", 2, "APPLE and Home Depot, Inc. sign with Moet Hennessy"),
        reason="Apple Inc. files under another number",
    ),
    dossier("COST", "Costco Wholesale Corporation", fact("COST", 1, "The cost of Costco's stores; COST up")),
    dossier("HD", "The Home Depot, Inc.", fact("HD", 4, "Home sales rise, HDTV too; $HD (HD) and HD: HD")),
    dossier(
        "MC.PA", "LVMH Moët Hennessy - Louis Vuitton, Société Européenne", fact("MC.PA", 1, "Vuitton: prix")
    ),
    dossier("XX", "The First Group"),
    isins={"AAPL": "US0378331005"},
)
BRIEF = render(WORLD, PRINCIPLES)


def test_a_shuffle_is_the_same_for_a_seed_and_another_for_another() -> None:
    order = tuple(f"N{place}" for place in range(20))

    assert shuffled(order, 7) == shuffled(order, 7) != shuffled(order, 8)
    assert sorted(shuffled(order, 7)) == sorted(order)


@pytest.mark.parametrize("seed", range(20))
def test_a_shuffle_never_leaves_everything_in_its_place(seed: int) -> None:
    assert shuffled(("A", "B"), seed) == ("B", "A")


def test_the_order_experiment_changes_the_order_and_nothing_else() -> None:
    setup = prepare(Purpose.ORDER, WORLD, BRIEF, seed=1)

    brief = render(setup.snapshot, PRINCIPLES, order=setup.order)

    assert setup.snapshot == WORLD
    assert sorted(brief.names, key=lambda name: name.ticker) == sorted(
        BRIEF.names, key=lambda name: name.ticker
    )
    assert [name.ticker for name in brief.names] != [name.ticker for name in BRIEF.names]
    assert isinstance(setup.mask, Gap)


def test_the_facts_experiment_removes_every_fact_and_keeps_the_order() -> None:
    setup = prepare(Purpose.FACTS, WORLD, BRIEF, seed=1)

    brief = render(setup.snapshot, PRINCIPLES, order=setup.order)

    assert [name.ticker for name in brief.names] == [name.ticker for name in BRIEF.names]
    assert "<fact " not in brief.user
    assert all(name.fact_ids == () for name in brief.names)
    assert {row.state for one in setup.snapshot.dossiers for row in one.coverage} == {State.EMPTY}
    assert (setup.snapshot.sieve.kept, setup.snapshot.sieve.read) == (0, 9)


def test_a_source_that_failed_still_says_so_without_facts() -> None:
    stale = replace(WORLD.dossiers[0].coverage[0], state=State.STALE, reason="old")

    hidden = without_facts(replace(WORLD, dossiers=(replace(WORLD.dossiers[0], coverage=(stale,)),)))

    assert hidden.dossiers[0].coverage == (stale,)


def test_the_memory_probe_shows_names_held_weight_and_day_and_nothing_else() -> None:
    setup = prepare(Purpose.MEMORY, WORLD, BRIEF, seed=1)

    brief = setup.brief(PRINCIPLES)

    assert [(name.ticker, name.weight, name.held) for name in brief.names] == [
        (name.ticker, name.weight, name.held) for name in BRIEF.names
    ]
    assert {name.fact_ids for name in brief.names} == {()}
    assert brief.user.count("</name>") == len(BRIEF.names)
    for word in ("<numbers>", "<fact ", "<coverage>", "<remark", "sector=", "country=", "severity", "price"):
        assert word not in brief.user, word
    assert f'<portfolio day="{WORLD.day}"' in brief.user
    assert "stance: buy = a new or much larger position" in brief.user
    assert brief.schema == BRIEF.schema
    assert brief.user.partition("<task>")[2] == BRIEF.user.partition("<task>")[2]


def test_what_a_document_says_is_hidden_like_its_title() -> None:
    first = WORLD.dossiers[0]
    quoted = Excerpt(text=f"{first.name} said that its chief leaves.", document="d", offset=0)
    spoken = replace(first, facts=(replace(first.facts[0], excerpt=quoted),))

    setup = prepare(Purpose.BLIND, replace(WORLD, dossiers=(spoken, *WORLD.dossiers[1:])), BRIEF, seed=1)

    excerpts = [one.excerpt for dossier in setup.snapshot.dossiers for one in dossier.facts]
    assert replace(quoted, text="NAME-01 said that its chief leaves.") in excerpts


def test_the_blind_brief_names_nobody_and_keeps_places_weights_and_prices() -> None:
    setup = prepare(Purpose.BLIND, WORLD, BRIEF, seed=1)

    brief = render(setup.snapshot, PRINCIPLES, order=setup.order)

    hidden = brief.user + brief.schema
    for word in (
        "Apple",
        "APPLE",
        "AAPL",
        "Costco",
        "COST",
        "Depot",
        "LVMH",
        "Vuitton",
        "Moet",
        "Hennessy",
        "US037",
        "MC.PA",
    ):
        assert word not in hidden, word
    assert [name.ticker for name in brief.names] == ["NAME-01", "NAME-02", "NAME-03", "NAME-04", "NAME-05"]
    assert [name.weight for name in brief.names] == [name.weight for name in BRIEF.names]
    assert brief.names[0].fact_ids == ("NAME-01-1", "NAME-01-2")
    assert "The cost of NAME-02's stores; NAME-02 up" in hidden, "an ordinary word stays"
    assert "Home sales rise, HDTV too; $NAME-03 (NAME-03) and NAME-03: NAME-03" in hidden
    assert "NAME-01 and NAME-03, Inc. sign with NAME-04" in hidden, "other names are hidden too"
    reasons = [row.reason for one in setup.snapshot.dossiers for row in one.coverage]
    assert any("NAME-01 files under another number" in str(reason) for reason in reasons)
    assert all(one.url == "" for dossier in setup.snapshot.dossiers for one in dossier.facts)
    consensus = setup.snapshot.dossiers[0].consensus
    assert isinstance(consensus, Consensus)
    assert consensus.firms == ()


def test_a_name_without_consensus_is_hidden_as_well() -> None:
    bare = replace(WORLD.dossiers[0], consensus=UNKNOWN)

    setup = prepare(Purpose.BLIND, replace(WORLD, dossiers=(bare,)), brief(asked("AAPL")), seed=0)

    assert setup.snapshot.dossiers[0].consensus == UNKNOWN


def test_a_company_of_common_words_is_hidden_by_its_whole_name_and_its_ticker() -> None:
    world = snapshot(
        dossier(
            "GE",
            "General Electric Company",
            fact("GE", 1, "General Electric and GE: general news on IT and AI"),
        ),
        dossier("AI", "C3.ai, Inc.", fact("AI", 1, "AI demand; C3.ai (AI) rises")),
        dossier("F", "Ford", fact("F", 1, "F and (F)")),
    )

    setup = prepare(Purpose.BLIND, world, brief(asked("GE"), asked("AI"), asked("F")), seed=0)

    titles = [one.title for dossier in setup.snapshot.dossiers for one in dossier.facts]
    assert titles == [
        "NAME-01 and NAME-01: general news on IT and AI",
        "AI demand; NAME-02 (NAME-02) rises",
        "F and (NAME-03)",
    ]


def test_brands_are_hidden_and_words_of_the_language_only_in_the_case_of_a_name() -> None:
    world = snapshot(
        dossier(
            "GOOGL",
            "Alphabet Inc.",
            fact("GOOGL", 1, "Google and YouTube raise the target, an alphabet of funds"),
        ),
        dossier(
            "TGT",
            "Target Corporation",
            fact("TGT", 1, "Target lifts its target; TARGET rises after Google deal"),
        ),
        dossier("OR.PA", "L'Oréal S.A.", fact("OR.PA", 1, "L’Oréal and L'OREAL")),
    )

    setup = prepare(Purpose.BLIND, world, brief(asked("GOOGL"), asked("TGT"), asked("OR.PA")), seed=0)

    titles = [one.title for dossier in setup.snapshot.dossiers for one in dossier.facts]
    assert titles == [
        "NAME-01 and NAME-01 raise the target, an alphabet of funds",
        "NAME-02 lifts its target; NAME-02 rises after NAME-01 deal",
        "NAME-03 and NAME-03",
    ]


def test_a_veil_without_words_hides_nothing() -> None:
    assert Veil({}).over("Straße – 東京 Apple") == "Straße – 東京 Apple"
    assert Veil({"strasse": "NAME-01"}).over("Die Straße, ein Straßenfest") == "Die NAME-01, ein Straßenfest"


@pytest.mark.parametrize("purpose", [Purpose.REPORT, Purpose.PUSH, Purpose.RERUN])
def test_what_is_no_experiment_is_refused(purpose: Purpose) -> None:
    with pytest.raises(BadRequest, match="is no experiment"):
        prepare(purpose, WORLD, BRIEF, seed=1)


def test_experiments_that_could_change_nothing_are_refused_before_money_is_spent() -> None:
    alone = snapshot(dossier("AAPL", "Apple Inc."))

    with pytest.raises(BadRequest, match="only one name"):
        prepare(Purpose.ORDER, alone, render(alone, PRINCIPLES), seed=1)
    with pytest.raises(BadRequest, match="no facts"):
        prepare(Purpose.FACTS, alone, render(alone, PRINCIPLES), seed=1)


def test_blind_answers_come_back_under_the_real_tickers() -> None:
    names = [f"N{place}" for place in range(10)]
    real = brief(*(asked(name, "5", facts=(f"{name}-1",)) for name in names))
    blind = brief(*(asked(f"NAME-{place:02}", "5", facts=(f"NAME-{place:02}-1",)) for place in range(1, 11)))
    lines = [line(f"NAME-{place:02}", "hold", 5) for place in range(1, 10)]
    lines[1] |= {
        "facts": ["NAME-02-1", "NAME-99-1"],
        "reasons_for": ["NAME-02 beats NAME-03"],
        "reasons_against": ["none"],
    }
    mask = mask_between(real, blind)
    assert isinstance(mask, Mask)

    answers = revealed_answers((cast(blind, reply(written(lines, 50)), 0), spoiled(1)), mask)

    ballot = ballot_of(answers[0])
    assert [one.ticker for one in ballot.lines] == names[:9]
    assert ballot.missing == ("N9",)
    assert (ballot.lines[1].facts, ballot.lines[1].false_citations) == (("N1-1",), ("NAME-99-1",))
    assert ballot.lines[1].reasons_for == ("N1 beats N2",)
    assert isinstance(answers[1].reading, SpoiledBallot)
    assert answers[1].reading.detail == "No answer came."


def test_a_mask_is_not_read_off_a_brief_with_other_names() -> None:
    assert isinstance(mask_between(brief(asked("A")), brief(asked("B"))), Gap)
