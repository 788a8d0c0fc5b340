import random
from dataclasses import replace

from core.base.gap import Gap
from core.jury.ballot import Answer
from core.jury.count import bench
from core.laboratory.derailed import derailed
from tests.core.jury.juries import (
    UNKNOWN,
    answer,
    asked,
    ballot_of,
    brief,
    cast,
    line,
    reply,
    reply_of,
    spoiled,
    written,
)
from tests.core.laboratory.worlds import ballots

NAMES = [f"N{place:02}" for place in range(30)]
QUESTION = brief(*(asked(name, "3") for name in NAMES))
STEADY = {name: letter * 5 for name, letter in zip(NAMES, "ahs" * 10, strict=True)}


def marks(answers: tuple[Answer, ...]) -> dict[int, tuple[str, ...]]:
    return {one.index: one.reasons for one in derailed(bench(answers), answers)}


def weighted(table: dict[str, str]) -> tuple[Answer, ...]:
    """Ballots whose weights differ from name to name, so that only their stances are looked at."""
    return tuple(
        replace(
            one,
            reading=replace(
                ballot_of(one),
                lines=tuple(
                    replace(said, target_weight=said.target_weight + place)
                    for place, said in enumerate(ballot_of(one).lines)
                ),
            ),
        )
        for one in ballots(QUESTION, table)
    )


def test_a_calm_jury_has_no_marks() -> None:
    assert marks(weighted(STEADY)) == {}


def test_a_random_ballot_among_steady_ones_is_marked_and_kept() -> None:
    chance = random.Random(1)
    table = {name: said[:4] + chance.choice("ahs") for name, said in STEADY.items()}

    found = marks(weighted(table))

    assert list(found) == [4]
    assert found[4][0].startswith("it leaves the others' direction on ")
    assert found[4][0].endswith(" expected")


def test_in_a_noisy_jury_a_dissenter_is_no_exception() -> None:
    chance = random.Random(5)
    table = {name: "".join(chance.choices("ahs", k=5)) for name in NAMES}

    assert marks(weighted(table)) == {}


def test_two_ballots_form_no_opinion_on_what_is_usual() -> None:
    table = dict.fromkeys(NAMES, "as")

    assert "leaves" not in str(marks(weighted(table)))


def test_abstentions_and_lone_votes_are_no_departures() -> None:
    table = {name: "-----" if place else "a----" for place, name in enumerate(NAMES)}

    assert "leaves" not in str(marks(weighted(table)))


def test_sums_missing_names_and_spoiled_ballots_are_reasons() -> None:
    votes = {
        name: ("add" if name == "N00" else "hold", 1.4 + place / 100) for place, name in enumerate(NAMES)
    }
    lines = [line(name, stance, weight) for name, (stance, weight) in votes.items()]
    whole = cast(
        QUESTION,
        reply(written([line(name, "hold", 3 + place / 100) for place, name in enumerate(NAMES)], 7)),
        2,
    )
    answers = (
        answer(QUESTION, votes, 0, cash=1),
        cast(QUESTION, reply(written(lines[2:], 50)), 1),
        whole,
        spoiled(3, cause="truncated"),
    )

    found = marks(answers)

    assert found[0] == ("its weights sum to 47.35 %",)
    assert found[1] == ("2 names are missing",)
    assert found[3] == ("spoiled (truncated): No answer came.",)


def test_one_action_and_one_weight_for_all_names_are_marked_unless_most_do_so() -> None:
    table = {name: "h" + said[1:] for name, said in STEADY.items()}
    alone, together = marks(ballots(QUESTION, table)), marks(weighted(dict.fromkeys(NAMES, "hhhha")))

    assert "it has one action for all names" in alone[0]
    assert "it has one weight for all names" not in str(alone), (
        "all ballots weigh alike, so it is the jury's way"
    )
    assert "one action" not in str(together)


def test_both_uniform_reasons_stand_side_by_side() -> None:
    calm = weighted(STEADY)
    flat = cast(QUESTION, reply(written([line(name, "hold", 3) for name in NAMES], 10)), 0)

    found = marks((flat, *calm[1:]))

    assert "it has one action for all names; it has one weight for all names" in found[0]


def test_few_names_may_well_share_one_action() -> None:
    question = brief(*(asked(name, "10") for name in "ABCD"))
    table = {"A": "hha", "B": "hah", "C": "hha", "D": "has"}

    assert marks(ballots(question, table)) == {}


def test_an_answer_of_half_the_usual_tokens_is_marked() -> None:
    calm = weighted(STEADY)
    tokens: list[int | Gap] = [1000, 1100, 900, 449, UNKNOWN]
    answers = tuple(
        replace(one, reply=replace(reply_of(one), usage=replace(reply_of(one).usage, output=count)))
        for one, count in zip(calm, tokens, strict=True)
    )

    found = marks((*answers, spoiled(5), replace(calm[0], attempt=0, reply=UNKNOWN)))

    assert found[3] == ("it is short: 449 tokens where 950 are usual",)
    assert set(found) == {3, 5}
