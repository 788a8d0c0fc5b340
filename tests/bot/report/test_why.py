from dataclasses import replace

import pytest

from bot.report.lookup import resolve
from bot.report.why import why_blocks, why_json, why_text
from core.base.errors import NotFound
from core.base.gap import NOT_GIVEN
from core.jury.ballot import Stance
from core.run import Run
from tests.bot.report.made_run import made_run


def with_line(run: Run, index: int, ticker: str, **changed) -> Run:
    answers = list(run.answers)
    ballot = answers[index].reading
    lines = tuple(replace(line, **changed) if line.ticker == ticker else line for line in ballot.lines)
    answers[index] = replace(answers[index], reading=replace(ballot, lines=lines))
    return replace(run, answers=tuple(answers))


def test_dissent_stands_before_the_majority():
    blocks = why_blocks(made_run(), "BABA")

    heads = [block.splitlines()[0] for block in blocks[1:-1]]
    assert heads[0].startswith("<b>Ballot 5: hold")
    assert heads[0].endswith("dissent</b>")
    assert all("dissent" not in head for head in heads[1:])


def test_nobody_dissents_from_a_split():
    assert "dissent" not in why_text(made_run(), "NVDA")


def test_reasons_against_come_before_reasons_for_and_are_escaped():
    block = why_blocks(made_run(), "NVDA")[1]

    assert block.index("▽ against: NVDA costs too much &lt;i&gt;now&lt;/i&gt;") < block.index("△ for:")


def test_cited_facts_are_links_and_false_citations_are_shown():
    blocks = why_blocks(made_run(), "NVDA")

    second = next(block for block in blocks if block.startswith("<b>Ballot 2:"))
    assert '<a href="https://www.sec.gov/NVDA/1">NVDA-1</a>' in second
    assert "✕ false citation: NVDA-9" in second


def test_missing_abstained_and_spoiled_ballots_are_told_apart():
    text = why_text(made_run(spoiled=1), "PFE")

    assert "Ballot 3: says nothing of this name" in text
    assert "Ballot 1: abstains" in text
    assert "Ballot 6: spoiled (truncated). The answer was cut off." in text


def test_an_inconsistent_weight_is_said_and_both_weights_are_shown():
    blocks = why_blocks(made_run(), "BABA")

    fourth = next(block for block in blocks if block.startswith("<b>Ballot 4:"))
    assert "sell, target 6.5 % (divided by the ballot&#x27;s sum: 6.4 %)" in fourth
    assert "its target goes against its own stance: the vote counts, the weight does not" in fourth


def test_an_impossible_stance_is_an_abstention_with_its_cause():
    run = with_line(made_run(), 0, "GE", stance=Stance.ABSTAIN, impossible=Stance.SELL)

    assert "Ballot 1: sell of a name that is not held: counted as an abstention" in why_text(run, "GE")


def test_a_name_that_was_not_judged_says_why():
    assert why_text(made_run(), "BP.L").endswith(
        "BP.L was not put to the vote: the regulator's list could not be read"
    )
    assert why_json(made_run(), "VWCE") == {
        "run": "r1a2b3c4",
        "rehearsal": False,
        "as_of": "2026-11-22T08:00:00+00:00",
        "ticker": "VWCE",
        "judged": False,
        "reason": "VWCE was not put to the vote: fund",
    }


def test_the_json_keeps_the_ballots_in_the_same_order_with_null_for_unknown():
    ballots = why_json(made_run(), "BABA")["ballots"]

    assert [ballot["index"] for ballot in ballots] == [4, 0, 1, 2, 3]
    assert ballots[0]["dissent"] is True
    assert ballots[3]["target_weight"] is None
    assert ballots[3]["target_weight_as_given"] == 5.5


def test_the_proposal_in_shares_is_printed_as_given():
    assert "In shares: 9 instead of 12" in why_text(
        made_run(), "INTC", proposal=("In shares: 9 instead of 12.",)
    )


def test_a_rehearsal_says_so():
    assert why_text(made_run(rehearsal=True), "COST").startswith("REHEARSAL: no model was asked")


@pytest.mark.parametrize("entered", ["nvda", " NVDA ", "ＮＶＤＡ", "nvda\u202e"])
def test_a_ticker_is_trimmed_and_case_folded(entered):
    assert resolve(made_run(), entered) == "NVDA"


@pytest.mark.parametrize(("entered", "first"), [("NVDAA", "NVDA"), ("BP", "BP.L"), ("intc & sons", "INTC")])
def test_an_unknown_ticker_is_answered_by_the_nearest(entered, first):
    with pytest.raises(NotFound) as caught:
        resolve(made_run(), entered)

    assert caught.value.nearest[0] == first


def test_a_huge_ticker_is_cut_in_the_answer_and_has_no_neighbours():
    with pytest.raises(NotFound) as caught:
        resolve(made_run(), "§" * 4096)

    assert len(str(caught.value)) < 120
    assert caught.value.nearest == ()


def test_a_run_without_a_map_is_said_to_be_one():
    run = made_run(closing={"stability": NOT_GIVEN, "failure": "SEC answered 403."})

    assert "NVDA was not put to the vote" in why_text(run, "NVDA")
