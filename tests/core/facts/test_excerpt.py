"""What a document says in its own words: verbatim at its offset, short, and not what every filing says."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.facts.events import Event
from core.facts.excerpt import MOST, Lines, Piece, around, best, read, sentences
from core.facts.filing import READ, document_of, normalised

WORDS = st.sampled_from(
    [
        "The Company entered into an agreement.", "Mr. Roe resigned on May 1, 2026",
        "forward-looking statements", "\n", "revenue of $5 million", "word " * 90, "U.S. Bank", "“quoted.”",
        "• Record sales", "é\u200b\u00a0x", "is furnished.",
    ]
)  # fmt: skip


def piece(text: str, start: int = 0) -> Piece:
    document = document_of("8-K", text)
    return Piece(document, start, document.text[start:])


def lines(whole: Piece) -> Lines:
    return read(whole)


def told(text: str, *, figures: bool = False) -> str | None:
    found = best(lines(piece(text)), Event.RESULTS if figures else Event.OTHER)
    return None if found is None else found.text


@given(st.lists(WORDS, max_size=30), st.integers(0, 40), st.booleans())
def test_an_excerpt_stands_in_the_normalised_text_at_its_offset(
    words: list[str], start: int, figures: bool
) -> None:
    text = normalised(" ".join(words))
    whole = piece(text, min(start, len(text)))

    found = best(lines(whole), Event.RESULTS if figures else Event.OTHER)

    if found is not None:
        assert text[found.offset : found.offset + len(found.text)] == found.text
        assert 0 < len(found.text) <= MOST
        assert found.document == whole.document.digest
        assert not found.made


@example(
    "The Company entered into an agreement. Mr. Roe resigned\non May 1, 2026\nMr. Roe resigned\nThe Company"
)
@example("A line that is longer than sixty characters and that has no end at all\nNext\nLast")
@given(st.text(max_size=400))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalised(text)

    assert normalised(once) == once
    assert len(once) <= READ


@given(st.lists(WORDS, max_size=20))
def test_sentences_stand_in_order_and_do_not_overlap(words: list[str]) -> None:
    text = normalised(" ".join(words))

    places = list(sentences(text))

    assert all(begin < end for begin, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert sum(end - begin for begin, end in places) >= len(text) - len(places) - text.count("\n")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mr. Roe left. Ann Poe came.", ["Mr. Roe left.", "Ann Poe came."]),
        ("J.P. Morgan sold. U.S. Bank bought.", ["J.P. Morgan sold.", "U.S. Bank bought."]),
        ("A heading\nA line. and on", ["A heading", "A line. and on"]),
        ("Acme Inc. said “yes.” Then it left!", ["Acme Inc. said “yes.”", "Then it left!"]),
        ("Record sales • Record profit", ["Record sales", "• Record profit"]),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, parts: list[str]) -> None:
    assert [text[begin:end] for begin, end in sentences(text)] == parts


def test_lines_that_go_on_are_one_paragraph() -> None:
    assert (
        normalised("Acme, Inc.\n(the “Company”) left\nand came") == "Acme, Inc. (the “Company”) left and came"
    )
    assert normalised("x" * 61 + "\nInc. sold") == "x" * 61 + " Inc. sold"
    assert normalised("Heading\nText") == "Heading\nText"
    assert normalised("a\n" * READ)[:5] == "a a a"


def test_the_operative_sentence_is_chosen_and_not_the_boilerplate() -> None:
    text = (
        "The information is furnished pursuant to Item 7.01 and shall not be deemed filed. "
        "On May 1, 2026, the Company completed the sale of its paper unit for $40 million. "
        "A copy of the press release is attached as Exhibit 99.1."
    )

    assert told(text) == "On May 1, 2026, the Company completed the sale of its paper unit for $40 million."


def test_the_next_sentence_goes_along_while_it_fits_and_says_something() -> None:
    first = "On May 1, 2026, the Company appointed Ann Poe as President."

    assert told(f"{first} She was its counsel.") == f"{first} She was its counsel."
    assert told(f"{first} A copy of the release is attached as Exhibit 99.") == first
    assert told(f"{first}\nAnother paragraph was written.") == first
    assert told(f"{first} {'And so on ' * 40}it was.") == first


def test_results_are_told_by_their_figures() -> None:
    text = (
        "On May 1, 2026, the Company issued a press release announcing its results.\n"
        "The Company achieved revenue of $4.66 billion, up nine percent."
    )

    assert told(text, figures=True) == "The Company achieved revenue of $4.66 billion, up nine percent."


def test_a_long_sentence_is_cut_at_a_word() -> None:
    said = told("The Company announced " + "something " * 60 + "today.")

    assert said is not None
    assert len(said) <= MOST
    assert said.endswith("something")


def test_a_word_without_end_is_cut_hard() -> None:
    assert told("x" * 500 + ".") == "x" * MOST


def test_nothing_is_quoted_where_nothing_is_said() -> None:
    assert told("Table of amounts\n1 2 3\nAcme\nA heading without any verb at all") is None
    assert told("") is None


def test_a_warning_about_the_future_ends_the_reading() -> None:
    early = "This release has forward-looking statements. It goes on.\nThe Company sold its unit."
    late = f"{'The Company sold its unit. ' * 4}It has forward-looking statements. We may fail."

    def seen(text: str) -> list[str]:
        whole = piece(text)
        return [whole.text[begin:end] for _, begin, end, _ in read(whole)]

    assert seen(early) == ["The Company sold its unit."]
    assert seen(late) == ["The Company sold its unit."] * 4
    assert seen("Forward-looking statements are here. The Company sold.") == []
    assert seen("If the Company sells, it pays. The Company sold its unit.") == ["The Company sold its unit."]


def test_a_place_far_in_a_long_sentence_is_quoted_from_shortly_before() -> None:
    text = "The Company, " + "which is long, " * 40 + "sold its unit today."
    whole = piece(text)

    near = around(whole, 0, len(text), 20)
    far = around(whole, 0, len(text), text.index("sold"))

    assert near.offset == 0
    assert far.text.endswith("sold its unit today.")
    assert text[far.offset - 1] == " "


def test_a_place_in_a_word_without_end_is_quoted_from_there() -> None:
    whole = piece("x" * 900)

    assert around(whole, 0, 900, 600).offset == 600
