"""Why an answer is no ballot, to the letter: a person reads these sentences, so a changed word is a changed
promise."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Ballot, Finish, SpoiledBallot
from core.jury.reading import SIZE_BASE, SIZE_PER_NAME, read_ballot
from tests.core.jury.juries import asked, brief, line, read, reply, written

ONE = brief(asked("AAA", "50", facts=("AAA-1", "AAA-2")))
TWO = brief(asked("AAA", "50"), asked("BBB", "30", held=False))
MANY = brief(*(asked(f"N{number:02}", "4") for number in range(20)))
FINE = written([line("AAA")])
LONG = "x" * 41


def told(question: Brief, text: str, **options: Any) -> tuple[str, str]:
    found = read(question, text, **options)
    assert isinstance(found, SpoiledBallot)
    assert (found.index, found.attempt, found.unanswered) == (0, 1, False)
    return found.cause, found.detail


def with_fields(**fields: Any) -> str:
    return written([line("AAA", **fields)])


@pytest.mark.parametrize(
    ("finish", "cause", "detail"),
    [
        (Finish.LENGTH, "truncated", "The answer was cut off at the length limit."),
        (Finish.REFUSAL, "refused", "The model refused to answer."),
        (Finish.FILTER, "filtered", "The provider's content filter stopped the answer."),
        (Finish.UNKNOWN, "unknown stop", "The answer stopped for an unknown reason."),
    ],
)
def test_any_stop_but_the_natural_one_says_which(finish: Finish, cause: str, detail: str) -> None:
    assert told(ONE, FINE, finish=finish) == (cause, detail)


@pytest.mark.parametrize(
    ("text", "cause", "detail"),
    [
        ("", "empty", "The answer is empty."),
        (" \t\r\n", "empty", "The answer is empty."),
        ("I think", "not json", "The answer is not one JSON object: Expecting value at character 0."),
        (FINE + " x", "not json",
         f"The answer is not one JSON object: Extra data at character {len(FINE) + 1}."),
        ("[" * 100_000, "not json", "The answer is nested too deeply to be a ballot."),
        ("[]", "schema", "The ballot is not a JSON object."),
        ('{"names": []}', "schema", "The field cash_target_weight is missing in the ballot."),
        ('{"cash_target_weight": 1}', "schema", "The field names is missing in the ballot."),
        (written([line("AAA")], note=1), "schema", "The field 'note' does not belong in the ballot."),
        (written([line("AAA")], **{LONG: 1}), "schema",
         f"The field '{'x' * 40}...' does not belong in the ballot."),
        (json.dumps({"names": {}, "cash_target_weight": 1}), "schema", "names is not a list."),
        (written([line("AAA")], **{LONG[1:]: 1}), "schema",
         f"The field '{'x' * 40}' does not belong in the ballot."),
        (written([7]), "schema", "A name's line is not a JSON object."),
        (written([{"ticker": "AAA"}]), "schema", "The field facts is missing in a name's line."),
        (with_fields(note=1), "schema", "The field 'note' does not belong in a name's line."),
        (written([line("AAA") | {"ticker": 7}]), "schema", "A ticker is not a text."),
        (written([line("ZZZ")]), "unknown name", "'ZZZ' was not asked about."),
        (with_fields(stance="up"), "stance",
         "The stance on AAA is not one of buy, add, hold, lighten, sell, abstain."),
        (with_fields(stance=None), "stance",
         "The stance on AAA is not one of buy, add, hold, lighten, sell, abstain."),
        (with_fields(weight="7"), "weight", "The target_weight of AAA is not a number."),
        (with_fields(weight=True), "weight", "The target_weight of AAA is not a number."),
        (with_fields(weight=-0.1), "weight", "The target_weight of AAA is negative."),
        (written([line("AAA")], cash="7"), "weight", "The cash_target_weight is not a number."),
        (written([line("AAA")], cash=-1), "weight", "The cash_target_weight is negative."),
        (FINE.replace("10}]", "1e13}]"), "weight", "'1e13' is no weight."),
        (FINE.replace("10}]", "NaN}]"), "weight", "NaN is no number."),
        (FINE.replace("10}]", "-Infinity}]"), "weight", "-Infinity is no number."),
        (with_fields(facts="AAA-1"), "schema", "The facts of AAA are not a list of texts."),
        (with_fields(reasons_for=[7]), "schema", "The reasons_for of AAA are not a list of texts."),
        (with_fields(reasons_against=None), "schema", "The reasons_against of AAA are not a list of texts."),
        (FINE.replace('"for"', '"\\ud800"'), "not json", "The answer holds characters that do not exist."),
        (FINE.replace('"stance"', '"ticker": "AAA", "stance"'), "doubled key",
         "The key 'ticker' stands more than once in one object."),
        (FINE.replace('"stance"', '"stance": "buy", "stance"'), "doubled key",
         "The key 'stance' stands more than once in one object."),
        (written([line("AAA", weight=0)], cash=0), "zero sum", "All weights are zero."),
        (written([]), "names missing", "1 of 1 names are missing: AAA."),
    ],
)  # fmt: skip
def test_the_first_fault_is_named(text: str, cause: str, detail: str) -> None:
    assert told(ONE, text) == (cause, detail)


def test_a_name_that_stands_twice_and_names_that_are_missing_are_named() -> None:
    doubled = written([line("AAA"), line("BBB"), line("AAA")])
    seventeen = written([line(name.ticker) for name in MANY.names[:17]])
    thirteen = written([line(name.ticker) for name in MANY.names[:13]])
    fifteen = written([line(name.ticker) for name in MANY.names[:15]])
    fourteen = written([line(name.ticker) for name in MANY.names[:14]])

    assert told(TWO, doubled) == ("doubled name", "AAA stands more than once in the answer.")
    assert told(MANY, seventeen) == ("names missing", "3 of 20 names are missing: N17, N18, N19.")
    assert told(MANY, fifteen)[1] == "5 of 20 names are missing: N15, N16, N17, N18, N19."
    assert told(MANY, fourteen)[1] == "6 of 20 names are missing: N14, N15, N16, N17, N18 and 1 more."
    assert told(MANY, thirteen) == (
        "names missing",
        "7 of 20 names are missing: N13, N14, N15, N16, N17 and 2 more.",
    )


def test_up_to_a_tenth_of_the_names_may_be_missing_and_then_the_weights_are_left_out() -> None:
    found = read(MANY, written([line(name.ticker) for name in MANY.names[:18]]))

    assert isinstance(found, Ballot)
    assert found.missing == ("N18", "N19")
    assert found.raw_sum == Gap(gap="names are missing, so its weights are left out")


@pytest.mark.parametrize(("spare", "fits"), [(0, True), (1, False)])
def test_the_room_for_an_answer_ends_at_a_character(spare: int, fits: bool) -> None:
    limit = SIZE_BASE + SIZE_PER_NAME
    text = FINE + " " * (limit - len(FINE) + spare)

    found = read(ONE, text)

    assert isinstance(found, Ballot) is fits
    if isinstance(found, SpoiledBallot):
        assert found.cause == "too long"
        assert found.detail == "The answer has 120,001 characters, more than the 120,000 allowed."


@pytest.mark.parametrize(
    ("written_as", "weight"),
    [
        ("1e12", Decimal(10) ** 12),
        ("1e-12", Decimal("1e-12")),
        ("9e-13", Decimal(0)),
        ("0.1", Decimal("0.1")),
    ],
)
def test_weights_are_kept_as_they_were_written_between_floor_and_limit(
    written_as: str, weight: Decimal
) -> None:
    found = read(ONE, FINE.replace("10}]", f"{written_as}}}]"))

    assert isinstance(found, Ballot)
    assert found.lines[0].target_weight == weight


def test_a_stance_that_cannot_be_is_an_abstention_with_its_cause_and_counts_at_the_current_weight() -> None:
    for stance in ("lighten", "sell"):
        found = read(TWO, written([line("AAA", weight=40), line("BBB", stance, 99)], cash=5))

        assert isinstance(found, Ballot)
        own = found.lines[1]
        assert (own.stance.value, own.impossible) == ("abstain", stance)
        assert found.raw_sum == Decimal(40 + 30 + 5)
        assert found.lines[0].impossible == Gap(gap="the stance is possible")


def test_citations_are_told_apart_each_once_in_their_order_whatever_their_case() -> None:
    found = read(ONE, with_fields(facts=["aaa-2", "AAA-9", "AAA-1", "AAA-2", "AAA-9", " AAA-1 "]))

    assert isinstance(found, Ballot)
    assert found.lines[0].facts == ("AAA-2", "AAA-1")
    assert found.lines[0].false_citations == ("AAA-9",)


@pytest.mark.parametrize(
    ("text", "fenced"),
    [
        (f"```json\n{FINE}\n```", True),
        (f"````\n{FINE}\n````", True),
        (f"  ```JSON\r\n{FINE}\n```\n", True),
        (f"``\n{FINE}\n``", None),
        (f"```json {FINE}```", None),
        (f"```js on\n{FINE}\n```", None),
        (f"```\n{FINE}\n````", None),
        (f"```\n{FINE}\n``", None),
        (f"```jsön\n{FINE}\n```", None),
        (FINE, False),
    ],
)
def test_one_fence_around_the_whole_text_is_taken_away_and_nothing_else(
    text: str, fenced: bool | None
) -> None:
    found = read(ONE, text)

    if fenced is None:
        assert isinstance(found, SpoiledBallot)
        assert found.cause == "not json"
    else:
        assert isinstance(found, Ballot)
        assert found.fenced is fenced


def test_a_ballot_carries_what_it_was_read_from() -> None:
    given = reply(FINE, response_id="r-7")

    found = read_ballot(given, ONE, index=4, attempt=2)
    other = read_ballot(replace(given, text=FINE + " "), ONE, index=4, attempt=2)

    assert isinstance(found, Ballot)
    assert isinstance(other, Ballot)
    assert (found.index, found.attempt, found.response_id) == (4, 2, "r-7")
    assert found.digest != other.digest
    assert found.cash_target_weight == json.loads(FINE)["cash_target_weight"]
    spoiled = read_ballot(replace(given, text=""), ONE, index=4, attempt=2)
    assert isinstance(spoiled, SpoiledBallot)
    assert (spoiled.index, spoiled.attempt) == (4, 2)
