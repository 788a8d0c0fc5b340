import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.report.markup import bold, entity_count, esc, shown_length, shown_text
from bot.report.splitting import split


def test_blocks_stay_whole_and_fill_a_message_up_to_the_limit() -> None:
    assert split(("aaaa", "bbbb", "cccc"), 10) == ("aaaa\n\nbbbb", "cccc")


def test_length_is_counted_after_entities() -> None:
    assert split((bold("&&&&"), bold("bbbb")), 10) == ("<b>&amp;&amp;&amp;&amp;</b>\n\n<b>bbbb</b>",)


def test_a_block_that_is_too_long_is_cut_between_lines_and_a_line_between_words() -> None:
    assert split(("aaaa\nbbbb\ncccc",), 9) == ("aaaa\nbbbb", "cccc")
    assert split((bold("aaaaa bbbbb ccccc"),), 8) == ("aaaaa", "bbbbb", "ccccc")


def test_a_line_beyond_the_limit_loses_its_markup_and_none_of_its_letters() -> None:
    parts = split((bold("x" * 25),), 10)

    assert parts == ("x" * 10, "x" * 10, "x" * 5)


def test_no_message_has_more_entities_than_telegram_keeps() -> None:
    parts = split(("\n".join(bold(str(number)) for number in range(250)),), 4096)

    assert [entity_count(part) for part in parts] == [100, 100, 50]


def test_with_one_part_the_rest_is_pointed_to() -> None:
    (only,) = split(("a" * 300, "b" * 300, "c" * 300), 700, parts=1)

    assert only.endswith("… the rest stands in the report&#x27;s file.")
    assert shown_length(only) <= 700
    assert "c" * 10 not in only


def test_nothing_to_say_is_an_error_and_not_a_blank_message() -> None:
    with pytest.raises(ValueError, match="nothing to say"):
        split(("", "  "), 100)


@given(st.lists(st.text(max_size=80), min_size=1, max_size=8), st.integers(min_value=10, max_value=60))
def test_every_part_is_within_the_limit_and_no_word_is_lost(texts: list[str], limit: int) -> None:
    blocks = [bold(text) for text in texts]
    if not any(shown_text(block).strip() for block in blocks):
        return

    parts = split(blocks, limit)

    assert all(0 < shown_length(part) <= limit for part in parts)
    assert "".join("".join(map(shown_text, parts)).split()) == "".join(
        "".join(map(shown_text, map(esc, texts))).split()
    )
