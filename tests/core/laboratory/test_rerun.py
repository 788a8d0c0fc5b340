from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core.base.canonical import dumps
from core.base.errors import BadRequest
from core.base.gap import Gap
from core.brief.render import render
from core.jury.statistics import JEFFREYS, repeat_probability
from core.jury.verdict import Stability
from core.laboratory.modes import prepare
from core.laboratory.rerun import compare
from core.laboratory.result import Experiment, NameRow, Repeats, VarianceResult
from core.run import Purpose, Run
from tests.core.jury.juries import ballot_of, spoiled
from tests.core.laboratory.worlds import PRINCIPLES, ballots, dossier, fact, plain_world, run, snapshot

WORLD = plain_world(6)
QUESTION = render(WORLD, PRINCIPLES)
REPORT = {"N00": "aaaaa", "N01": "aaaah", "N02": "aahss", "N03": "hhhhh", "N04": "aaahh", "N05": "-----"}
AGAIN = {"N00": "aaaaa", "N01": "hahaa", "N02": "hhaas", "N03": "hhhhs", "N04": "hhhhh", "N05": "aaaaa"}


def report_run(table: Mapping[str, str] = REPORT, **options: Any) -> Run:
    return run(WORLD, ballots(QUESTION, table), **options)


def rerun(table: Mapping[str, str] = AGAIN, note: str = "again ", **options: Any) -> Run:
    return run(WORLD, ballots(QUESTION, table, note=note), purpose=Purpose.RERUN, identity="run-2", **options)


def rows(result: VarianceResult) -> dict[str, NameRow]:
    return {row.ticker: row for row in result.rows}


def experiment_of(result: VarianceResult) -> Experiment:
    assert isinstance(result.experiment, Experiment)
    return result.experiment


def test_a_rerun_proves_that_nothing_but_chance_moved() -> None:
    result = compare(report_run(), rerun())

    assert (result.same_snapshot, result.same_brief) == (True, True)
    assert (result.report_id, result.run_id, result.purpose) == ("run-1", "run-2", Purpose.RERUN)
    assert result.prompt_digest == QUESTION.digest
    assert result.experiment == Gap(gap="a plain re-run changes nothing but chance")
    assert result.remarks == ()


def test_flip_floppers_come_first_as_stances_run_by_run() -> None:
    result = compare(report_run(), rerun())

    assert [row.ticker for row in result.rows] == ["N02", "N01", "N03", "N00", "N04", "N05"]
    assert result.rows[0].stances == ("hold", "hold", "add", "add", "sell")
    assert result.rows[0].counts.hold == 2
    assert result.indexes == (0, 1, 2, 3, 4)


def test_stable_names_are_counted_over_the_new_runs_only() -> None:
    result = compare(report_run(), rerun())

    assert (result.stable_names, result.names) == (3, 6)
    assert rows(result)["N04"].stable
    assert rows(result)["N04"].report_stability is Stability.LEANING
    assert not rows(result)["N01"].stable


def test_repeats_are_held_against_what_the_report_predicted() -> None:
    result = compare(report_run(), rerun())

    found = rows(result)
    chances = [
        repeat_probability(votes, JEFFREYS)
        for votes in [(5, 0, 0), (4, 1, 0), (2, 1, 2), (0, 5, 0), (3, 2, 0)]
    ]
    assert [found[f"N0{place}"].predicted for place in range(5)] == pytest.approx(chances)
    assert [found[f"N0{place}"].repeated for place in range(5)] == [True, False, True, True, False]
    assert isinstance(found["N05"].predicted, Gap)
    assert isinstance(result.repeats, Repeats)
    assert (result.repeats.names, result.repeats.observed) == (5, 3)
    assert result.repeats.expected == pytest.approx(sum(chances))
    assert result.repeats.low <= 3 <= result.repeats.high == 5


def test_a_split_that_gets_a_direction_did_not_repeat() -> None:
    result = compare(report_run(), rerun(AGAIN | {"N02": "aaaaa"}))

    assert rows(result)["N02"].repeated is False


def test_figures_of_both_juries_stand_side_by_side_with_their_n() -> None:
    result = compare(report_run(), rerun({name: said[:3] for name, said in AGAIN.items()}, asked=3))

    assert (result.asked, result.report_asked, result.valid) == (3, 5, 3)
    assert isinstance(result.agreement, float)
    assert 0 < result.agreement < 1
    assert result.unanimous_share == pytest.approx(4 / 6)
    assert result.report_unanimous_share == pytest.approx(2 / 5)
    assert rows(result)["N00"].predicted == pytest.approx(repeat_probability((5, 0, 0), JEFFREYS, again=3))


@pytest.mark.parametrize("table", [AGAIN, dict.fromkeys(AGAIN, "-----"), dict.fromkeys(AGAIN, "a")])
def test_every_degenerate_jury_gives_figures_or_sentences_and_never_nan(table: dict[str, str]) -> None:
    result = compare(report_run(), rerun(table, asked=5))

    text = dumps(result)
    assert "NaN" not in text
    assert "Infinity" not in text


def test_one_readable_ballot_is_no_vote_and_says_so() -> None:
    answers = (*ballots(QUESTION, dict.fromkeys(AGAIN, "a")), *(spoiled(index) for index in range(1, 5)))

    result = compare(report_run(), run(WORLD, answers, purpose=Purpose.RERUN))

    assert result.stable_names == 0
    assert result.remarks == ("1 of 5 ballots are readable: 4 are needed for verdicts.",)
    assert isinstance(result.rows[0].agreement, Gap)
    assert isinstance(result.repeats, Gap)
    assert len(result.derailed) == 4


def test_a_run_without_any_ballot_is_all_gaps() -> None:
    result = compare(report_run(), run(WORLD, (), purpose=Purpose.RERUN))

    assert (result.valid, result.indexes, result.stable_names) == (0, (), 0)
    assert isinstance(result.agreement, Gap)
    assert isinstance(result.base_rate, Gap)


def test_identical_answers_are_recognised_as_no_variance_measurable() -> None:
    one = ballots(QUESTION, dict.fromkeys(AGAIN, "a"))[0]
    same = tuple(
        replace(one, index=index, reading=replace(ballot_of(one), index=index, response_id=f"r{index}"))
        for index in range(5)
    )

    result = compare(report_run(), run(WORLD, same, purpose=Purpose.RERUN))
    reverse = compare(run(WORLD, same), rerun())
    trial = compare(report_run(), run(WORLD, same, purpose=Purpose.ORDER, question=QUESTION))

    assert result.constant
    assert result.remarks[0].startswith("All readable ballots are identical: no variance measurable")
    assert isinstance(reverse.repeats, Gap)
    assert isinstance(trial.experiment, Gap)
    assert "no variance measurable" in trial.experiment.gap


def test_another_model_is_said_and_its_ballots_are_not_pooled() -> None:
    other = rerun(model="other:model")
    cold = rerun(temperature=Gap(gap="forced"))
    moved = rerun(prompt_digest="another")

    assert (
        "another one than the report's (rehearsal, now other:model)"
        in compare(report_run(), other).remarks[0]
    )
    assert compare(report_run(), cold).remarks[0].startswith("Temperature or principles are not the report's")
    assert "rendering has changed" in compare(report_run(), moved).remarks[0]
    experiment = run(WORLD, ballots(QUESTION, AGAIN, note="x"), purpose=Purpose.ORDER)
    pooled = experiment_of(
        compare(report_run(), experiment, reruns=(rerun(), other, cold, moved, experiment))
    )
    assert (pooled.plain_ballots, pooled.changed_ballots) == (10, 5)


def test_runs_about_other_names_cannot_be_compared() -> None:
    strange = plain_world(5)

    with pytest.raises(BadRequest, match="different names"):
        compare(report_run(), run(strange, (), purpose=Purpose.RERUN))
    with pytest.raises(BadRequest, match="not those of the report"):
        compare(report_run(), run(WORLD, (), purpose=Purpose.BLIND))


def test_an_experiment_without_effect_is_called_no_more_than_noise() -> None:
    shuffled = run(WORLD, ballots(QUESTION, AGAIN, note="s"), purpose=Purpose.ORDER, identity="run-3")

    result = compare(report_run(AGAIN), shuffled)

    experiment = experiment_of(result)
    assert experiment.depends == ()
    assert [effect.real for effect in experiment.effects] == [False, False, False]
    assert all("no more than noise" in effect.sentence for effect in experiment.effects)
    assert experiment.effects[0].sentence.startswith("Shuffling the names moved ")
    assert (
        experiment.sentence
        == "No name could be shown to depend on it; 0 of 6 verdicts differ, as noise does too."
    )


def test_an_experiment_that_turns_every_vote_is_called_an_effect_with_its_names() -> None:
    before = {
        f"N0{place}": said
        for place, said in enumerate(["aaaaa", "aaaah", "aaaaa", "haaaa", "hhhhh", "aaaaa"])
    }
    after = {name: said.translate(str.maketrans("a", "s")) for name, said in before.items()}
    placebo = run(WORLD, ballots(QUESTION, after, note="f"), purpose=Purpose.FACTS, identity="run-4")

    result = compare(report_run(before), placebo)

    experiment = experiment_of(result)
    direction, lean, abstentions = experiment.effects
    assert direction.real
    assert lean.real
    assert not abstentions.real
    assert isinstance(direction.low, float)
    assert isinstance(direction.high, float)
    assert direction.low <= direction.size <= direction.high
    assert lean.size < -1
    assert "an effect" in direction.sentence
    assert abstentions.sentence.endswith(
        "by 0 points (no interval: the ballots of each side are all alike; noise alone reaches 0): "
        "no more than noise."
    )
    assert experiment.depends == ("N00", "N02", "N05", "N01", "N03")
    assert experiment.names[-1].ticker == "N04"
    assert experiment.names[0].plain == (5, 0, 0, 0)
    assert experiment.names[0].changed_to == (0, 0, 5, 0)
    assert (
        experiment.sentence == "Facts: N00, N02, N05, N01, N03 depend on it; 5 of 6 verdicts differ in all."
    )


def test_too_few_ballots_are_said_to_be_too_few() -> None:
    before = dict.fromkeys(AGAIN, "aaa")
    after = dict.fromkeys(AGAIN, "sss")
    placebo = run(WORLD, ballots(QUESTION, after, note="f"), purpose=Purpose.FACTS)

    experiment = experiment_of(compare(report_run(before), placebo))

    assert "with 3 and 3 ballots no effect could be told from noise" in experiment.effects[0].sentence
    assert experiment.sentence == "3 and 3 ballots are too few to tell which name depends on it."


def test_two_ballots_on_a_side_give_a_size_without_an_interval_and_it_is_said() -> None:
    placebo = run(WORLD, ballots(QUESTION, dict.fromkeys(AGAIN, "ss"), note="f"), purpose=Purpose.FACTS)

    effect = experiment_of(compare(report_run(dict.fromkeys(AGAIN, "aaa")), placebo)).effects[0]

    assert effect.low == effect.high == Gap(gap="three ballots on both sides are needed for an interval")
    assert (
        "(no interval: three ballots on both sides are needed for an interval; noise alone" in effect.sentence
    )
    assert not effect.real


def test_experiments_need_two_ballots_on_each_side_and_votes_for_a_lean() -> None:
    alone = run(WORLD, ballots(QUESTION, dict.fromkeys(AGAIN, "a")), purpose=Purpose.FACTS)
    silent = run(WORLD, ballots(QUESTION, dict.fromkeys(AGAIN, "-----"), note="z"), purpose=Purpose.FACTS)

    assert compare(report_run(), alone).experiment == Gap(gap="no name has two ballots on both sides")
    assert [one.what for one in experiment_of(compare(report_run(), silent)).effects] == [
        "Facts",
        "Facts, abstentions",
    ]


def test_a_blind_run_is_shown_under_the_real_tickers() -> None:
    world = snapshot(
        dossier("AAPL", "Apple Inc.", fact("AAPL", 1, "Apple news")), dossier("MSFT", "Microsoft Corporation")
    )
    question = render(world, PRINCIPLES)
    setup = prepare(Purpose.BLIND, world, question, seed=0)
    hidden = render(setup.snapshot, PRINCIPLES, order=setup.order)
    report = run(world, ballots(question, {"AAPL": "aaaah", "MSFT": "hhhhs"}))
    blind = run(
        world,
        ballots(hidden, {"NAME-01": "hsssh", "NAME-02": "hhhha"}, note="b"),
        question=hidden,
        purpose=Purpose.BLIND,
        identity="run-5",
    )

    result = compare(report, blind)

    assert rows(result)["AAPL"].counts.sell == 3
    assert rows(result)["MSFT"].counts.add == 1
    assert (result.same_snapshot, result.same_brief) == (True, False)
    assert experiment_of(result).effects[0].sentence.startswith("Masking names and tickers moved")
