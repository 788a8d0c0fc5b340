"""Text out of documents: linear in time whatever the document is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.sources.plain_text import decode, plain_text


def test_tags_inside_words_leave_no_trace_and_blocks_break_lines() -> None:
    text = plain_text("<p>Item&nbsp;5.02 De<b>part</b>ure</p><div>of   directors</div>", limit=1000)

    assert text == "Item 5.02 Departure\nof directors"


def test_styles_code_comments_and_the_hidden_header_are_skipped() -> None:
    markup = (
        "<head><title>x</title></head><style>p{}</style><script>if (a<b) {}</script><!-- <p>no</p> -->"
        "<ix:header><ix:hidden>0000320193</ix:hidden></ix:header><P>yes</P>"
    )

    assert plain_text(markup, limit=1000) == "yes"


def test_a_plain_document_with_a_lone_angle_bracket_is_kept() -> None:
    assert plain_text("margin < 5 % and\nrising", limit=1000) == "margin < 5 % and rising"


def test_paragraphs_are_lines_in_markup_and_in_plain_documents() -> None:
    assert plain_text("<p>one\nline</p>\n\n<p>two", limit=1000) == "one line\ntwo"
    assert plain_text("one\nline\n \r\n\ntwo\r\nlines", limit=1000) == "one line\ntwo lines"


def test_the_text_is_cut_at_the_limit() -> None:
    assert plain_text("<p>" + "a" * 100 + "</p>", limit=10) == "a" * 10


@pytest.mark.parametrize("unit", ["<!--", "<script>", "<p", "<", "<a><", "</style", "<p>x</p>"])
def test_two_megabytes_of_anything_end_in_a_bounded_text(unit: str) -> None:
    document = unit * (2_000_000 // len(unit))

    text = plain_text(document, limit=1000)

    assert len(text) <= 1000


@given(st.text(alphabet=st.sampled_from("<>/!-aps \n&;scriptyle"), max_size=200))
def test_any_text_is_read_within_the_limit(markup: str) -> None:
    assert len(plain_text(markup, limit=50)) <= 50


def test_windows_letters_are_read_where_the_bytes_are_not_utf_8() -> None:
    assert decode("Société".encode("cp1252")) == "Société"
    assert decode("\ufeffSociété".encode()) == "Société"


def test_letters_that_grow_in_lower_case_do_not_shift_what_is_skipped() -> None:
    assert plain_text("İ" * 50 + "<STYLE>p{}</STYLE>end", limit=1000) == "İ" * 50 + "end"
