import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Answer, Stance
from core.jury.statistics import prior, repeat_probability
from core.jury.tally import AT_ZERO, ZERO_REMARK, tally_jury
from core.jury.verdict import BaseRate, Counts, Evidence, Stability, StabilityMap, Verdict
from tests.core.jury.juries import (
    answer,
    asked,
    ballot_of,
    brief,
    cast,
    jury,
    line,
    reply,
    reply_of,
    spoiled,
    written,
)

QUESTION = brief(asked("AAPL", "10"), asked("ASML", "30"), asked("ARM", "0", held=False))
STANCES = ["buy", "add", "hold", "lighten", "sell", "abstain"]


def on(stability: StabilityMap, ticker: str) -> Verdict:
    return next(one for one in stability.verdicts if one.ticker == ticker)


def test_counts_keep_abstained_missing_and_impossible_apart_from_hold() -> None:
    names = [asked(f"N{place}", "5") for place in range(10)] + [asked("ARM", "0", held=False)]
    question = brief(*names)
    lines = [line(f"N{place}", "hold", 5) for place in range(10)]
    texts = [
        written([*lines, line("ARM", "sell", 3)], 50),
        written([*lines, line("ARM", "abstain", 3)], 50),
        written(lines, 50),
        written([*lines, line("ARM", "buy", 3)], 47),
    ]

    stability = tally_jury(
        tuple(cast(question, reply(text), index) for index, text in enumerate(texts)), question, (), asked=4
    )

    verdict = on(stability, "ARM")
    assert verdict.counts == Counts(buy=1, add=0, hold=0, lighten=0, sell=0, abstain=2, missing=1)
    assert (verdict.valid, verdict.stability) == (1, Stability.NO_QUORUM)
    assert stability.runs[2].complete is False
    assert isinstance(stability.runs[2].raw_sum, Gap)
    assert stability.remarks[-1] == "1 of 4 ballots left out names; their votes count, their weights do not."


def test_the_last_attempt_counts_and_both_are_counted_as_attempts() -> None:
    good = jury(QUESTION, "AAPL", ["add"] * 5, [12] * 5)
    second = replace(good[1], attempt=2, reading=replace(good[1].reading, attempt=2))
    answers = (*good[:1], second, spoiled(1), *good[2:4], spoiled(4), spoiled(4, attempt=2, cause="refused"))

    stability = tally_jury(answers, QUESTION, (), asked=5)

    assert (stability.valid, stability.quorum) == (4, 4)
    assert [(one.index, one.cause, attempts) for one, attempts in stability.spoiled] == [(4, "refused", 2)]
    assert [run.index for run in stability.runs] == [0, 1, 2, 3]


def test_ballots_that_share_a_response_id_are_one_ballot_whatever_their_order() -> None:
    good = jury(QUESTION, "AAPL", ["add", "add", "add", "sell", "sell"], [12, 12, 12, 0, 0])
    copied = tuple(
        replace(one, reading=replace(ballot_of(one), response_id="same")) if one.index in (2, 3, 4) else one
        for one in good
    )

    stability = tally_jury(copied[::-1], QUESTION, (), asked=5)

    assert stability.valid == 3
    assert [(one.index, one.cause) for one, _ in stability.spoiled] == [(3, "copy"), (4, "copy")]
    assert "answer 3" in stability.spoiled[0][0].detail
    assert on(stability, "AAPL").stability is Stability.NO_QUORUM, (
        "three of five are below the quorum of four"
    )


def test_identical_bytes_under_different_ids_are_constant_and_claim_nothing() -> None:
    text = written([line("AAPL", "buy", 30), line("ASML", "hold", 30), line("ARM", "abstain", 0)], 40)
    answers = tuple(cast(QUESTION, reply(text, response_id=f"r{index}"), index) for index in range(5))

    stability = tally_jury(answers, QUESTION, (), asked=5)

    verdict = on(stability, "AAPL")
    assert stability.constant
    assert (verdict.stability, verdict.direction, verdict.action) == (Stability.CONSTANT, "up", Stance.BUY)
    assert verdict.repeat_probability == Gap(gap="all ballots are identical: no variance measurable")
    assert verdict.target_weight == verdict.current_weight == 10
    assert on(stability, "ARM").stability is Stability.NO_QUORUM
    assert stability.unanimous_share == Gap(gap="all ballots are identical: no variance measurable")
    assert stability.agreement == 1.0
    assert "no variance measurable" in stability.remarks[0]
    assert "TEMPERATURE" in stability.remarks[0]


def test_a_jury_below_quorum_still_gives_everything_that_can_be_given() -> None:
    answers = (*jury(QUESTION, "AAPL", ["add", "hold"], [12, 10]), spoiled(2), spoiled(3), spoiled(4))

    stability = tally_jury(answers, QUESTION, (), asked=5)

    assert (stability.valid, stability.quorum, len(stability.spoiled)) == (2, 4, 3)
    assert {one.stability for one in stability.verdicts} == {Stability.NO_QUORUM}
    assert on(stability, "AAPL").counts.add == 1
    assert isinstance(on(stability, "AAPL").repeat_probability, Gap)
    assert stability.agreement == pytest.approx(2 / 3)
    assert stability.unanimous_share == Gap(gap="no name reached the quorum")
    assert stability.cash_target_weight == 60


def test_silence_gives_gaps_and_no_figure() -> None:
    stability = tally_jury((), QUESTION, (), asked=3)

    assert (stability.valid, stability.runs, stability.spoiled, stability.remarks) == (0, (), (), ())
    assert isinstance(stability.agreement, Gap)
    assert isinstance(stability.base_rate, Gap)
    assert [one.target_weight for one in stability.verdicts] == [10, 0, 30]


def test_verdicts_stand_by_ticker_with_the_evidence_given_for_them() -> None:
    evidence = Evidence(official=1, newswire=2, other=0, g3=1)

    stability = tally_jury(
        jury(QUESTION, "AAPL", ["add"] * 3, [12] * 3), QUESTION, (("ASML", evidence),), asked=3
    )

    assert [one.ticker for one in stability.verdicts] == ["AAPL", "ARM", "ASML"]
    assert on(stability, "ASML").evidence == evidence
    assert on(stability, "AAPL").evidence == Evidence(official=0, newswire=0, other=0, g3=0)
    assert (on(stability, "ARM").held, on(stability, "AAPL").held) == (False, True)


def test_up_and_down_votes_on_one_name_are_contested_even_without_a_quorum() -> None:
    steady = tally_jury(jury(QUESTION, "AAPL", [*["add"] * 4, "sell"], [12] * 4 + [0]), QUESTION, (), asked=5)
    mild = tally_jury(jury(QUESTION, "AAPL", [*["add"] * 4, "hold"], [12] * 4 + [10]), QUESTION, (), asked=5)
    few = tally_jury(jury(QUESTION, "AAPL", ["add", "sell"], [12, 0]), QUESTION, (), asked=5)

    assert on(steady, "AAPL").contested
    assert not on(mild, "AAPL").contested
    assert on(few, "AAPL").contested


def test_shares_and_base_rate_are_over_names_and_votes() -> None:
    stability = tally_jury(
        jury(QUESTION, "AAPL", [*["add"] * 4, "sell"], [12] * 4 + [0]), QUESTION, (), asked=5
    )

    assert stability.unanimous_share == pytest.approx(2 / 3)
    assert stability.base_rate == BaseRate(up=4 / 15, flat=10 / 15, down=1 / 15)
    assert stability.agreement == pytest.approx((0.6 + 1 + 1) / 3)


def test_few_names_use_jeffreys_and_ten_use_their_pool() -> None:
    few = tally_jury(jury(QUESTION, "AAPL", ["add"] * 5, [12, 13, 14, 15, 16]), QUESTION, (), asked=5)
    question = brief(*(asked(f"N{place}", "5") for place in range(10)))
    many = tally_jury(jury(question, "N3", [*["add"] * 4, "hold"], [6] * 4 + [5]), question, (), asked=5)

    pool = prior([(4, 1, 0)] + [(0, 5, 0)] * 9)
    assert on(few, "AAPL").repeat_probability == pytest.approx(0.7995, abs=1e-4)
    assert on(many, "N3").repeat_probability == repeat_probability((4, 1, 0), pool.alpha)
    steady = on(many, "N4").repeat_probability
    assert isinstance(steady, float)
    assert steady > 0.99


def test_a_fence_is_flagged_on_the_map() -> None:
    text = written([line("AAPL"), line("ASML", "hold", 30), line("ARM", "hold", 0)], 60)
    answers = tuple(
        cast(QUESTION, reply(f"```json\n{text}{' ' * index}\n```" if index else text), index)
        for index in range(3)
    )

    stability = tally_jury(answers, QUESTION, (), asked=3)

    assert stability.valid == 3
    assert stability.remarks == ("2 of 3 ballots stood inside a code fence, which was taken away.",)


def random_answers(chance: random.Random, asked_for: int) -> list[Answer]:
    answers: list[Answer] = []
    for index in range(asked_for):
        if chance.random() < 0.2:
            answers.append(spoiled(index))
        if chance.random() < 0.1:
            continue
        votes = {
            name.ticker: (chance.choice(STANCES), chance.choice([0, 5, 10.5, 30, 44.4]))
            for name in QUESTION.names
        }
        made = answer(QUESTION, votes, index, attempt=2, cash=chance.choice([1, 10, 60]))
        if chance.random() < 0.2:
            made = replace(made, reading=replace(ballot_of(made), response_id="shared"))
        answers.append(made)
        if chance.random() < 0.1:
            answers.append(answer(QUESTION, votes, index, attempt=2, cash=33))
    return answers


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32), st.integers(3, 31))
def test_the_order_of_arrival_never_changes_the_map(seed: int, size: int) -> None:
    chance = random.Random(seed)
    answers = random_answers(chance, size)
    shuffled = list(answers)
    chance.shuffle(shuffled)
    turned = replace(QUESTION, names=QUESTION.names[::-1])

    stability = tally_jury(tuple(answers), QUESTION, (), asked=size)

    assert tally_jury(tuple(shuffled), QUESTION, (), asked=size) == stability
    assert tally_jury(tuple(shuffled), turned, (), asked=size) == stability


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32), st.integers(3, 12))
def test_every_map_keeps_its_promises_whatever_the_ballots_say(seed: int, size: int) -> None:
    stability = tally_jury(tuple(random_answers(random.Random(seed), size)), QUESTION, (), asked=size)

    targets = sum((one.target_weight for one in stability.verdicts), stability.cash_target_weight)
    assert targets == Decimal(100)
    assert stability.cash_target_weight >= 0
    assert stability.valid + len(stability.spoiled) <= size
    for one in stability.verdicts:
        said = one.counts
        assert one.valid == said.buy + said.add + said.hold + said.lighten + said.sell
        assert one.valid + said.abstain + said.missing == stability.valid
        assert (one.stability is Stability.NO_QUORUM) == (one.valid < stability.quorum)
        steady = one.stability in (Stability.UNANIMOUS, Stability.CONSENSUS)
        assert one.target_weight == one.current_weight or (steady and one.direction in ("up", "down"))
        assert one.direction != "up" or one.target_weight >= one.current_weight
        assert one.direction != "down" or one.target_weight <= one.current_weight


def at(sampling: str, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    return tuple(replace(one, reply=replace(reply_of(one), sampling=sampling)) for one in answers)


def test_an_honoured_temperature_of_zero_is_no_draw_and_has_no_repeat_probability() -> None:
    votes = [{name.ticker: ("add", 10 + index) for name in QUESTION.names} for index in range(4)]
    answers = tuple(answer(QUESTION, one, index) for index, one in enumerate(votes))

    own = tally_jury(answers, QUESTION, (), asked=4)
    zero = tally_jury(at("T=0", answers), QUESTION, (), asked=4)
    half = tally_jury((*at("T=0", answers[:3]), *answers[3:]), QUESTION, (), asked=4)

    assert all(isinstance(one.repeat_probability, float) for one in (*own.verdicts, *half.verdicts))
    assert {str(one.repeat_probability) for one in zero.verdicts} == {str(AT_ZERO)}
    assert [one.target_weight for one in zero.verdicts] == [one.target_weight for one in own.verdicts]
    assert zero.remarks[0] == ZERO_REMARK
    assert ZERO_REMARK not in own.remarks


def test_few_distinct_answers_are_said_where_there_are_names_enough() -> None:
    stances = ("add", "add", "hold", "add", "hold")
    five = brief(*(asked(f"N{number}", "10") for number in range(5)))

    def mapped(question: Brief) -> StabilityMap:
        answers = tuple(
            answer(question, {name.ticker: (stance, 10 + index) for name in question.names}, index)
            for index, stance in enumerate(stances)
        )
        return tally_jury(answers, question, (), asked=5)

    assert (mapped(five).distinct, mapped(QUESTION).distinct) == (2, 2)
    assert mapped(five).remarks == ("2 of 5 answers are different, name by name; the others repeat them.",)
    assert mapped(QUESTION).remarks == ()
