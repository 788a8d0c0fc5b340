import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Ballot, Finish, SpoiledBallot, Stance
from tests.core.jury.juries import asked, brief, line, read, reply, written

QUESTION = brief(asked("AAPL", "50", facts=("AAPL-1", "AAPL-2")), asked("ASML", "40"))
GOOD = [line("AAPL", "add", 55.5, facts=["AAPL-1"]), line("ASML", "hold", 40)]


def cause(text: str, question: Brief = QUESTION) -> str:
    reading = read(question, text)
    assert isinstance(reading, SpoiledBallot), reading
    assert reading.detail.endswith(".")
    return reading.cause


def test_a_whole_ballot_is_read_line_by_line_in_the_order_of_the_brief() -> None:
    text = written(list(reversed(GOOD)), 4.5)

    ballot = read(QUESTION, text, response_id="r1")

    assert isinstance(ballot, Ballot)
    assert [one.ticker for one in ballot.lines] == ["AAPL", "ASML"]
    assert ballot.lines[0].stance is Stance.ADD
    assert ballot.lines[0].target_weight == Decimal("55.5")
    assert ballot.lines[0].facts == ("AAPL-1",)
    assert ballot.lines[0].reasons_against == ("against",)
    assert ballot.raw_sum == Decimal(100)
    assert (ballot.missing, ballot.fenced, ballot.response_id) == ((), False, "r1")


@pytest.mark.parametrize(
    ("finish", "expected"),
    [
        (Finish.LENGTH, "truncated"),
        (Finish.REFUSAL, "refused"),
        (Finish.FILTER, "filtered"),
        (Finish.UNKNOWN, "unknown stop"),
    ],
)
def test_any_stop_but_the_natural_one_spoils_even_a_perfect_answer(finish: Finish, expected: str) -> None:
    reading = read(QUESTION, written(GOOD), finish=finish)

    assert isinstance(reading, SpoiledBallot)
    assert reading.cause == expected


@pytest.mark.parametrize(
    "fence", ["```json\n{}\n```", "```\n{}\n```", "  ```JSON \r\n{}\r\n```\n", "````json\n{}\n````"]
)
def test_one_fence_around_the_whole_text_is_taken_away_and_flagged(fence: str) -> None:
    ballot = read(QUESTION, fence.replace("{}", written(GOOD)))

    assert isinstance(ballot, Ballot)
    assert ballot.fenced


@pytest.mark.parametrize(
    "shape",
    [
        "Here it is: {}",
        "{} That is all.",
        "{} {}",
        "[{}]",
        "```json\n{}",
        "```json\n{}\n````",
        "```{}```",
        "```not a word!\n{}\n```",
        "```json\n{}\n```\n```json\n{}\n```",
        "Look:\n```json\n{}\n```",
        "\ufeff{}",
    ],
)
def test_anything_around_the_object_spoils(shape: str) -> None:
    assert cause(shape.replace("{}", written(GOOD))) in {"not json", "schema"}


def test_no_cut_of_a_ballot_is_a_ballot() -> None:
    text = written(GOOD)

    readings = [read(QUESTION, text[:cut]) for cut in range(len(text))]

    assert all(isinstance(reading, SpoiledBallot) for reading in readings)
    assert readings[0] == SpoiledBallot(index=0, attempt=1, cause="empty", detail="The answer is empty.")


def test_a_doubled_key_at_any_depth_spoils() -> None:
    text = written(GOOD)

    assert cause(text.replace('"facts"', '"stance": "sell", "facts"', 1)) == "doubled key"
    assert cause(text[:-1] + ', "cash_target_weight": 3}') == "doubled key"
    assert cause('{"a": 1, "b": 2, "a": 3}') == "doubled key"


@pytest.mark.parametrize("weight", ['"6.5"', "true", "null", "[]", "NaN", "Infinity", "-Infinity", "1e400"])
def test_a_weight_that_is_no_finite_number_spoils(weight: str) -> None:
    text = written(GOOD).replace("55.5", weight)

    assert cause(text) == "weight"


@pytest.mark.parametrize("number", ["1e999999999999999999999", "9" * 5000, "1e13", "-0.1", "-1e-9"])
def test_absurd_and_negative_numbers_spoil_and_crash_nothing(number: str) -> None:
    assert cause(written(GOOD).replace("55.5", number)) == "weight"
    assert cause(written(GOOD, 7).replace(" 7}", f" {number}}}")) == "weight"


@pytest.mark.parametrize("number", ["-0", "0e99", "1e-999999999999999999999", "0.0000"])
def test_what_is_as_good_as_zero_is_zero(number: str) -> None:
    ballot = read(QUESTION, written(GOOD, 10).replace("55.5", number))

    assert isinstance(ballot, Ballot)
    assert str(ballot.lines[0].target_weight) == "0"
    assert ballot.raw_sum == 50


def test_weights_that_are_all_zero_spoil() -> None:
    assert cause(written([line("AAPL", "hold", 0), line("ASML", "hold", 0.0)], 0)) == "zero sum"


@pytest.mark.parametrize("total", [44, 105, 1])
def test_a_sum_that_is_not_one_hundred_is_read_as_it_is(total: int) -> None:
    ballot = read(
        QUESTION,
        written([line("AAPL", "hold", total * 0.5), line("ASML", "hold", total * 0.25)], total * 0.25),
    )

    assert isinstance(ballot, Ballot)
    assert ballot.raw_sum == total


@pytest.mark.parametrize("stance", ["strong buy", "", None, 3, ["add"], True])
def test_a_stance_outside_the_list_spoils(stance: object) -> None:
    assert cause(written([line("AAPL", stance), line("ASML")])) == "stance"


def test_stances_tickers_and_citations_are_trimmed_and_case_folded() -> None:
    text = written([line(" aapl ", " ADD\n", 50, facts=[" aapl-2"]), line("Asml", "Hold", 40)])

    ballot = read(QUESTION, text)

    assert isinstance(ballot, Ballot)
    assert [one.ticker for one in ballot.lines] == ["AAPL", "ASML"]
    assert ballot.lines[0].stance is Stance.ADD
    assert ballot.lines[0].facts == ("AAPL-2",)
    assert ballot.lines[0].false_citations == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("AAPL"), line(" aapl"), line("ASML")], "doubled name"),
        ([line("AAPL"), line("ASML"), line("TSLA")], "unknown name"),
        ([line("AAPL"), line("7") | {"ticker": 7}], "schema"),
        ([line("AAPL"), line("A" * 99)], "unknown name"),
        ([line("AAPL")], "names missing"),
        ([], "names missing"),
        ([line("AAPL"), "ASML"], "schema"),
        ([line("AAPL", note="x"), line("ASML")], "schema"),
        ([{"ticker": "AAPL"}, line("ASML")], "schema"),
        ([line("AAPL", facts="AAPL-1"), line("ASML")], "schema"),
        ([line("AAPL", reasons_for=[1]), line("ASML")], "schema"),
        ([line("AAPL", reasons_against=None), line("ASML")], "schema"),
    ],
)
def test_names_and_fields_must_be_exactly_those_asked_for(lines: list[object], expected: str) -> None:
    assert cause(written(lines)) == expected


@pytest.mark.parametrize("text", ["{}", "null", "3", '"hold"', '{"names": [], "cash": 1}', "<html></html>"])
def test_other_json_and_pages_are_no_ballots(text: str) -> None:
    assert cause(text) in {"schema", "not json"}


def test_an_unknown_field_beside_the_names_spoils() -> None:
    assert cause(written(GOOD, note="hello")) == "schema"
    assert cause('{"names": {}, "cash_target_weight": 1}') == "schema"


def test_up_to_a_tenth_of_the_names_may_be_missing_and_then_the_weights_are_left_out() -> None:
    question = brief(*(asked(f"N{number}", "5") for number in range(20)))
    lines = [line(f"N{number}") for number in range(20)]

    ballot = read(question, written(lines[2:]))

    assert isinstance(ballot, Ballot)
    assert ballot.missing == ("N0", "N1")
    assert isinstance(ballot.raw_sum, Gap)
    assert len(ballot.lines) == 18
    assert cause(written(lines[3:]), question) == "names missing"
    spoiled = read(question, written(lines[7:]))
    assert isinstance(spoiled, SpoiledBallot)
    assert "and 2 more" in spoiled.detail


def test_selling_what_is_not_held_is_an_abstention_with_its_cause() -> None:
    question = brief(asked("AAPL", "90"), asked("ARM", "0", held=False))
    text = written([line("AAPL", "abstain", 70), line("ARM", "sell", 5)], 10)

    ballot = read(question, text)

    assert isinstance(ballot, Ballot)
    held, other = ballot.lines
    assert (held.stance, other.stance, other.impossible) == (Stance.ABSTAIN, Stance.ABSTAIN, Stance.SELL)
    assert isinstance(held.impossible, Gap)
    assert ballot.raw_sum == 100, "abstained and impossible lines count at their current weight"


def test_a_citation_of_another_name_or_of_nothing_is_kept_apart_as_false() -> None:
    text = written(
        [line("AAPL", "hold", 50, facts=["AAPL-9", "AAPL-1", "aapl-1"]), line("ASML", facts=["AAPL-1"])]
    )

    ballot = read(QUESTION, text)

    assert isinstance(ballot, Ballot)
    assert (ballot.lines[0].facts, ballot.lines[0].false_citations) == (("AAPL-1",), ("AAPL-9",))
    assert (ballot.lines[1].facts, ballot.lines[1].false_citations) == ((), ("AAPL-1",))


def test_a_recursion_bomb_and_fifty_megabytes_are_spoiled_at_once() -> None:
    assert cause("[" * 100_000) == "not json"
    assert cause('{"names":' * 10_000) == "not json"
    assert cause("x" * 50_000_000) == "too long"


def test_characters_that_do_not_exist_spoil() -> None:
    assert cause(written([line("AAPL", reasons_for=["\ud800"]), line("ASML")])) == "not json"
    assert cause(written(GOOD).replace('["for"]', '["\ud800"]')) == "not json"
    assert cause(written(GOOD) + "\ud800") == "not json"


def test_accents_and_emoji_are_welcome() -> None:
    text = json.dumps(json.loads(written(GOOD)), ensure_ascii=False).replace(
        '"against"', '"trop cher 📉 – été"'
    )

    ballot = read(QUESTION, text)

    assert isinstance(ballot, Ballot)
    assert ballot.lines[0].reasons_against == ("trop cher 📉 – été",)


def test_equal_bytes_have_equal_digests_and_other_bytes_others() -> None:
    first, same, other = (
        read(QUESTION, written(GOOD)),
        read(QUESTION, written(GOOD)),
        read(QUESTION, written(GOOD) + " "),
    )

    assert isinstance(first, Ballot)
    assert isinstance(same, Ballot)
    assert isinstance(other, Ballot)
    assert first.digest == same.digest != other.digest


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["AAPL", "hold"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["names", "cash_target_weight", "ticker", "stance", "facts", "target_weight"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(),
        JSON.map(json.dumps),
        JSON.map(lambda value: written([line("AAPL", value), line("ASML", "hold", value)])),
    )
)
def test_no_text_whatever_makes_the_reader_raise(text: str) -> None:
    reading = read(QUESTION, text)

    assert isinstance(reading, (Ballot, SpoiledBallot))
    assert reply(text).text == text
