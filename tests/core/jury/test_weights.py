from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.tally import tally_jury
from core.jury.verdict import StabilityMap, Verdict
from core.jury.weights import QUANTUM, Proposal, marked, settle, share
from tests.core.jury.juries import answer, asked, brief, jury

QUESTION = brief(asked("AAPL", "10"), asked("ASML", "30"), asked("ARM", "0", held=False))


def verdict_on(ticker: str, stances: list[str], weights: list[float], question: Brief = QUESTION) -> Verdict:
    stability = tally_jury(jury(question, ticker, stances, weights), question, (), asked=len(stances))
    return next(one for one in stability.verdicts if one.ticker == ticker)


def test_from_four_weights_on_the_lowest_and_the_highest_are_dropped() -> None:
    verdict = verdict_on("AAPL", ["add"] * 5, [11, 12, 13, 14, 40])

    assert verdict.target_weight == Decimal(13)


def test_four_of_five_are_trimmed_to_the_middle_two() -> None:
    verdict = verdict_on("AAPL", ["add", "buy", "hold", "add", "add"], [20, 12, 10, 13, 30])

    assert verdict.target_weight == Decimal("16.5")


def test_three_weights_give_their_median() -> None:
    verdict = verdict_on("AAPL", ["add"] * 3, [11, 12, 40])

    assert verdict.target_weight == 12


def test_an_inconsistent_weight_is_left_out_while_its_vote_counts() -> None:
    verdict = verdict_on("AAPL", ["add"] * 5, [5, 12, 13, 15, 9.99])

    assert verdict.inconsistent == (0, 4)
    assert (verdict.stability, verdict.valid) == ("unanimous", 5)
    assert verdict.target_weight == 13, "the median of the three that are left"


def test_a_down_vote_with_more_weight_is_inconsistent_and_equal_weight_is_not() -> None:
    verdict = verdict_on("ASML", ["sell", "lighten", "lighten"], [30.01, 30, 10])

    assert verdict.inconsistent == (0,)
    assert verdict.target_weight == 20


def test_inconsistency_is_judged_after_division_by_the_ballots_sum() -> None:
    answers = tuple(
        answer(QUESTION, {"AAPL": ("add", 8), "ASML": ("hold", 20), "ARM": ("hold", 0)}, index, cash=22)
        for index in range(3)
    )

    stability = tally_jury(answers, QUESTION, (), asked=3)

    assert stability.verdicts[0].inconsistent == (), "8 of 50 are 16 %, above the current 10 %"
    assert stability.verdicts[0].target_weight == 16
    assert all(run.marked for run in stability.runs)


def test_when_no_winning_ballot_gave_a_usable_weight_the_current_one_is_kept_and_said() -> None:
    stability = tally_jury(jury(QUESTION, "AAPL", ["add"] * 3, [1, 2, 3]), QUESTION, (), asked=3)

    assert stability.verdicts[0].target_weight == 10
    assert stability.remarks == (
        "AAPL: steady, but no ballot gave a usable weight, so the current one is kept.",
    )


def test_one_marked_run_makes_every_name_fall_back_to_the_median() -> None:
    question = brief(asked("AAPL", "10"), asked("ASML", "30"))
    shares = [12, 13, 14, 15, 31]
    scales = [1, 1, 1, 1, 0.44]
    answers = tuple(
        answer(
            question,
            {"AAPL": ("add", given * scale), "ASML": ("hold", 30 * scale)},
            index,
            cash=(70 - given) * scale,
        )
        for index, (given, scale) in enumerate(zip(shares, scales, strict=True))
    )

    calm = tally_jury(answers[:4], question, (), asked=4)
    stability = tally_jury(answers, question, (), asked=5)

    assert [run.marked for run in stability.runs] == [False, False, False, False, True]
    assert stability.runs[4].raw_sum == 44
    assert stability.verdicts[1].ticker == "ASML"
    assert calm.verdicts[0].target_weight == Decimal("13.5")
    assert stability.verdicts[0].target_weight == 14


@pytest.mark.parametrize(
    ("total", "expected"), [("90", False), ("89.99", True), ("110", False), ("110.01", True), ("1", True)]
)
def test_a_run_is_marked_when_its_sum_differs_from_one_hundred_by_more_than_ten(
    total: str, expected: bool
) -> None:
    assert marked(Decimal(total)) is expected
    assert marked(Gap(gap="names are missing")) is False


@pytest.mark.parametrize(
    ("stances", "weights"),
    [
        (["hold"] * 5, [90, 1, 2, 3, 4]),
        (["add", "add", "add", "hold", "hold"], [20] * 5),
        (["add", "add", "hold", "sell", "sell"], [20, 20, 10, 0, 0]),
        (["abstain"] * 5, [20] * 5),
    ],
)
def test_flat_leaning_split_and_no_quorum_names_keep_their_weight(
    stances: list[str], weights: list[float]
) -> None:
    assert verdict_on("AAPL", stances, weights).target_weight == 10


def test_a_candidate_that_wins_gets_a_weight_from_nothing() -> None:
    verdict = verdict_on("ARM", ["buy"] * 5, [3, 4, 5, 6, 7])

    assert (verdict.current_weight, verdict.target_weight) == (Decimal(0), Decimal(5))


def test_cash_is_the_residual_and_nothing_else_is_rescaled() -> None:
    stability = tally_jury(jury(QUESTION, "ASML", ["sell"] * 5, [0] * 5), QUESTION, (), asked=5)

    assert [one.target_weight for one in stability.verdicts] == [10, 0, 0]
    assert (stability.cash_current_weight, stability.cash_target_weight) == (Decimal(60), Decimal(90))
    assert stability.increase_factor == 1


def test_when_cash_would_be_negative_only_increases_shrink_by_one_factor_to_exactly_zero() -> None:
    question = brief(asked("A", "20"), asked("B", "40"), asked("C", "30"), asked("D", "0", held=False))
    answers = tuple(
        answer(
            question,
            {"A": ("add", 40), "B": ("hold", 40), "C": ("lighten", 25), "D": ("buy", 10)},
            index,
            cash=-0.0,
        )
        for index in range(5)
    )
    exact = tuple(
        answer(
            question,
            {"A": ("add", 35), "B": ("hold", 30), "C": ("lighten", 25), "D": ("buy", 10)},
            index,
            cash=0,
        )
        for index in range(5)
    )

    stability = tally_jury(exact, question, (), asked=5)

    targets = {one.ticker: one.target_weight for one in stability.verdicts}
    assert targets == {"A": Decimal(29), "B": 40, "C": 25, "D": Decimal(6)}
    assert stability.increase_factor == Decimal("0.6")
    assert stability.cash_target_weight == 0
    assert "shrunk to 60 %" in stability.remarks[0]
    assert tally_jury(answers, question, (), asked=5).cash_target_weight == 0


def total(proposal: Proposal) -> Decimal:
    return sum(proposal.targets.values(), proposal.cash)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 10_000_000),
            st.one_of(st.none(), st.decimals(0, 100, places=4, allow_nan=False, allow_infinity=False)),
        ),
        min_size=1,
        max_size=25,
    ),
    st.integers(0, 3_000_000),
)
def test_targets_and_cash_make_exactly_one_hundred_and_no_increase_grows(
    names: list[tuple[int, Decimal | None]], cash: int
) -> None:
    whole = sum(raw for raw, _ in names) + cash
    if whole == 0:
        return
    current = {
        f"N{place:02}": (Decimal(raw) * 100 / whole).quantize(Decimal("0.000001"), rounding="ROUND_DOWN")
        for place, (raw, _) in enumerate(names)
    }
    wanted = {
        ticker: Gap(gap="kept") if target is None else target
        for ticker, (_, target) in zip(current, names, strict=True)
    }

    proposal = settle(current, wanted)

    assert total(proposal) == 100
    assert proposal.cash >= 0
    assert 0 <= proposal.factor <= 1
    for ticker, weight in current.items():
        target = wanted[ticker]
        asked_for = target if isinstance(target, Decimal) else weight
        assert min(weight, asked_for) <= proposal.targets[ticker] <= max(weight, asked_for)
        if proposal.factor < 1:
            assert proposal.cash == 0
            fair = weight + (asked_for - weight) * proposal.factor
            assert asked_for <= weight or abs(proposal.targets[ticker] - fair) <= QUANTUM
        else:
            assert proposal.targets[ticker] == asked_for


def test_borrowed_money_cannot_be_mended_by_increases_so_they_shrink_to_nothing() -> None:
    current = {"A": Decimal(70), "B": Decimal(40)}

    proposal = settle(current, {"A": Decimal(80), "B": Gap(gap="kept")})
    without = settle(current, {"A": Gap(gap="kept"), "B": Gap(gap="kept")})

    assert (proposal.targets, proposal.cash, proposal.factor) == (current, Decimal(-10), Decimal(0))
    assert (without.targets, without.cash, without.factor) == (current, Decimal(-10), Decimal(1))


def test_a_share_is_the_weight_over_the_sum_in_percent() -> None:
    assert share(Decimal("0.11"), Decimal("0.44")) == 25


def test_the_map_is_a_map() -> None:
    assert isinstance(tally_jury((), QUESTION, (), asked=3), StabilityMap)
