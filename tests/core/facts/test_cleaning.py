"""Outside text becomes one visible line."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.facts.cleaning import LIMIT, clean


def test_a_plain_headline_is_left_as_it_is() -> None:
    assert clean("Nvidia to invest $1.5 billion in SB Energy") == "Nvidia to invest $1.5 billion in SB Energy"


def test_line_breaks_and_tabs_become_one_space() -> None:
    assert clean("  Nvidia\r\n\tto   invest ") == "Nvidia to invest"


@pytest.mark.parametrize(
    "hidden",
    [
        "\u202e",
        "\u200b",
        "\u2066",
        "\ufeff",
        "\x00",
        "\x1b",
        "\U000e0041",
        "\ufe0f",
        "\u3164",
        "\ud800",
        "\u00ad",
    ],
)
def test_what_a_reader_cannot_see_is_not_there(hidden: str) -> None:
    assert clean(f"Nvi{hidden}dia") == "Nvidia"


def test_compatible_letters_become_plain_ones() -> None:
    assert clean("Ｎｖｉｄｉａ ﬁles") == "Nvidia files"


def test_accents_and_curly_quotes_stay() -> None:
    assert clean("L’Oréal’s growth") == "L’Oréal’s growth"


def test_a_long_text_is_cut_and_says_so() -> None:
    cut = clean("word " * 200)

    assert len(cut) == LIMIT - 1 or len(cut) == LIMIT
    assert cut.endswith("…")


def test_a_long_text_with_hidden_characters_is_cut_too() -> None:
    cut = clean("wo\u200brd " * 200, limit=20)

    assert cut.endswith("…")
    assert len(cut) <= 20


def test_nothing_visible_is_an_empty_line() -> None:
    assert clean("\u200b\n\u202e") == ""


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)

    assert clean(once) == once
    assert len(once) <= LIMIT
    assert "\n" not in once


CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "injection" / "corpus.jsonl"


@pytest.mark.wide
def test_recorded_hostile_texts_become_one_visible_line() -> None:
    if not CORPUS.is_file():
        pytest.skip("needs the recorded material of ../shared/data, which is not there")

    for row in CORPUS.read_text(encoding="utf-8").splitlines():
        text = clean(json.loads(row)["text"])
        assert len(text) <= LIMIT
        assert not any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in text)
