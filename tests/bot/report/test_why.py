import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.report.labels import as_text
from bot.report.lookup import resolve
from bot.report.why import proposal_lines, why_blocks, why_json
from core.base.errors import NotFound
from core.base.gap import NOT_GIVEN, Gap
from core.jury.ballot import Ballot, Stance
from core.jury.call import Call
from core.run import Run
from tests.bot.report.made_run import made_run


def why_text(run: Run, ticker: str, **given: Any) -> str:
    return as_text(why_blocks(run, ticker, **given), run)


def with_line(run: Run, index: int, ticker: str, **changed: Any) -> Run:
    answers = list(run.answers)
    ballot = answers[index].reading
    assert isinstance(ballot, Ballot)
    lines = tuple(replace(line, **changed) if line.ticker == ticker else line for line in ballot.lines)
    answers[index] = replace(answers[index], reading=replace(ballot, lines=lines))
    return replace(run, answers=tuple(answers))


def test_dissent_stands_before_the_majority() -> None:
    heads = [block.splitlines()[0] for block in why_blocks(made_run(), "BABA")[1:3]]

    assert heads == ["<b>1 of 5: flat · dissent</b>", "<b>4 of 5: down</b>"]


def test_nobody_dissents_from_a_split_and_the_rarer_side_comes_first() -> None:
    blocks = why_blocks(made_run(), "NVDA")

    assert [block.splitlines()[0] for block in blocks[1:4]] == [
        "<b>1 of 5: flat</b>",
        "<b>2 of 5: down</b>",
        "<b>2 of 5: up</b>",
    ]


def test_a_reason_that_several_ballots_give_is_said_once_with_how_many() -> None:
    run = made_run()
    for index, reason in enumerate(
        (
            "Its margins fall quickly, and the debt is high.",
            "its margins fall quickly and the debt is HIGH",
            "The debt is high; its margins fall very quickly.",
            "Margins fell to 12 % and the debt is high, quickly.",
        )
    ):
        run = with_line(run, index, "INTC", reasons_against=(reason,))

    lines = why_blocks(run, "INTC")[1].splitlines()

    assert lines[1] == "▽ 3 of 5: Its margins fall quickly, and the debt is high."
    assert [line[:9] for line in lines[2:]] == ["▽ 1 of 5:", "▽ 1 of 5:", "△ 5 of 5:"]


def test_reasons_are_escaped_and_nothing_in_them_can_be_tapped() -> None:
    hostile = "See t.me/evil, https://evil.example, @evil, /cancel, #sell $INTC <b>now</b> at 3.5 %"
    block = why_blocks(with_line(made_run(), 0, "INTC", reasons_for=(hostile,)), "INTC")[1]

    assert "&lt;b&gt;now&lt;/b&gt; at 3.5 %" in block
    assert not re.search(r"t\.me|://|@evil|/cancel|#sell|\$INTC", block)


def test_facts_are_those_of_the_brief_with_how_many_ballots_cite_them_and_false_citations_are_shown() -> None:
    blocks = why_blocks(made_run(), "NVDA")

    facts = next(block for block in blocks if block.startswith("<b>Facts in the brief"))
    assert facts.splitlines()[0] == "<b>Facts in the brief (2)</b>"
    assert facts.splitlines()[1] == "NVDA-1 · cited by 5 of 5"
    assert '<a href="https://www.sec.gov/NVDA/1">NVDA reports item 1</a>' in facts.splitlines()[2]
    assert facts.splitlines()[3] == "NVDA-2 · cited by 0 of 5"
    assert facts.splitlines()[-1] == "<b>✕ false citation: NVDA-9</b>"


def test_missing_abstained_and_spoiled_ballots_are_told_apart() -> None:
    text = why_text(made_run(spoiled=1), "PFE")

    assert "3 · says nothing of this name" in text
    assert "1 · abstains" in text
    assert "6 · spoiled (truncated). The answer was cut off." in text


def test_an_inconsistent_weight_is_said_and_targets_are_of_the_whole_portfolio() -> None:
    ballots = why_blocks(made_run(), "BABA")[-1]

    assert (
        "4 · sell → 6.0\u202f% (its target goes against its own stance: the vote counts, the weight does not)"
        in ballots
    )
    assert "3 · lighten → weights left out: names were missing in this ballot" in ballots


def test_the_strip_shows_the_last_calls_oldest_first() -> None:
    text = why_text(
        made_run(), "INTC", strip=(Call.ADD, Gap(gap="no quorum"), Call.HOLD, Call.UNDECIDED, Call.CUT)
    )

    assert "Last 5 calls, oldest first: ▲ · = ◇ ▼" in text
    assert "oldest first" not in why_text(made_run(), "INTC", strip=(Call.CUT,))


def test_the_head_says_call_weight_and_evidence_in_the_words_of_the_report() -> None:
    head = why_blocks(made_run(), "INTC")[0].replace("\u202f", " ").replace("\u00a0", " ").splitlines()

    assert head == [
        "<b>Intel · INTC</b>",
        "cut (unanimous) · 5/5",
        "Weight 5.7 → 1.9 % of the whole portfolio",
        "A second jury would call it “cut” again with 77 %",
        "Evidence: 2 official · 1× G3",
        "<i>5 equal answers are stable, not right.</i>",
    ]


def test_an_impossible_stance_is_an_abstention_with_its_cause() -> None:
    run = with_line(made_run(), 0, "GE", stance=Stance.ABSTAIN, impossible=Stance.SELL)

    assert "1 · sell of a name that is not held: counted as an abstention" in why_text(run, "GE")


def test_a_name_that_was_not_judged_says_why() -> None:
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


def test_the_json_keeps_the_ballots_in_the_same_order_with_null_for_unknown() -> None:
    ballots = why_json(made_run(), "BABA")["ballots"]

    assert [ballot["index"] for ballot in ballots] == [4, 0, 1, 2, 3]
    assert ballots[0]["dissent"] is True
    assert ballots[3]["target_weight"] is None
    assert ballots[3]["target_weight_as_given"] == 5.5


def test_the_proposal_in_shares_is_printed_as_given() -> None:
    assert "In shares: 9 instead of 12" in why_text(
        made_run(), "INTC", proposal=("In shares: 9 instead of 12.",)
    )


def test_a_rehearsal_says_so() -> None:
    assert why_text(made_run(rehearsal=True), "COST").startswith("*** REHEARSAL: no model was asked ***")


@pytest.mark.parametrize("entered", ["nvda", " NVDA ", "ＮＶＤＡ", "nvda\u202e"])
def test_a_ticker_is_trimmed_and_case_folded(entered: str) -> None:
    assert resolve(made_run(), entered) == "NVDA"


@pytest.mark.parametrize(
    ("entered", "first"), [("NVDAA", "NVDA"), ("wallmart", None), ("alibabba", "BABA"), ("pfizzer", "PFE")]
)
def test_an_unknown_ticker_is_answered_by_the_nearest(entered: str, first: str | None) -> None:
    with pytest.raises(NotFound) as caught:
        resolve(made_run(), entered)

    assert caught.value.nearest[:1] == ((first,) if first else ())


@pytest.mark.parametrize(
    ("entered", "ticker"),
    [
        ("nvidia", "NVDA"),
        ("home depot", "HD"),
        ("The Home Depot, Inc.", "HD"),
        ("bp", "BP.L"),
        ("Alibaba", "BABA"),
    ],
)
def test_a_company_or_the_part_before_the_dot_is_enough(entered: str, ticker: str) -> None:
    assert resolve(made_run(), entered) == ticker


def test_a_huge_ticker_is_cut_in_the_answer_and_has_no_neighbours() -> None:
    with pytest.raises(NotFound) as caught:
        resolve(made_run(), "§" * 4096)

    assert len(str(caught.value)) < 120
    assert caught.value.nearest == ()


def test_a_run_without_a_map_is_said_to_be_one() -> None:
    run = made_run(closing={"stability": NOT_GIVEN, "failure": "SEC answered 403."})

    assert "NVIDIA was not put to the vote" in why_text(run, "NVDA")


def test_less_frees_cash_and_more_takes_it() -> None:
    run = made_run()

    (less,) = proposal_lines(run, "INTC", fractional=True)
    (more,) = proposal_lines(run, "GE", fractional=True)

    assert less.startswith("In shares: ")
    assert "that frees " in less
    assert "instead of 0; that takes " in more
    assert "-" not in less + more
    assert less.endswith("Not an order: nothing is traded here.")


def test_a_share_too_dear_for_its_target_says_so_in_a_sentence_of_its_own() -> None:
    run = made_run()
    dossiers = tuple(
        replace(one, quote=replace(one.quote, price=Decimal(9000))) if one.ticker == "GE" else one
        for one in run.opening.snapshot.dossiers
    )
    run = replace(
        run, opening=replace(run.opening, snapshot=replace(run.opening.snapshot, dossiers=dossiers))
    )

    same, remark = proposal_lines(run, "GE", fractional=False)

    assert same == "In shares: 0 as now."
    assert remark.startswith("One share of GE is ")
    assert remark.endswith("it stays at 0.0 %.")


def test_a_verdict_without_a_move_proposes_nothing() -> None:
    assert proposal_lines(made_run(), "COST", fractional=True) == ()
