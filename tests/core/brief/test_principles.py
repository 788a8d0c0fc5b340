"""Law 2: principles hold no number and say each thing once."""

from pathlib import Path

import pytest

from core.base.errors import BadRequest
from core.brief.principles import checked, lint

SHIPPED = Path(__file__).parents[3] / "core" / "brief" / "principles.md"


def test_the_shipped_principles_break_no_rule() -> None:
    assert lint(SHIPPED.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("- Sell when it fell 20 percent.", "digit"),
        ("- Keep at most three names.", "number word 'three'"),
        ("- Keep TWICE the cash.", "number word 'twice'"),
        ("- Halte deux titres.", "number word 'deux'"),
        ("- Halve what disappoints.", "number word 'halve'"),
        ("- Trim what has doubled.", "number word 'doubled'"),
        ("- Hold a pair of names.", "number word 'pair'"),
        ("- Wait for a tenfold rise.", "number word 'tenfold'"),
        ("- Leave the twelfth month out.", "number word 'twelfth'"),
        ("- Prefer ½ positions.", "digit '½'"),
        ("- Prefer ٣ names.", "digit '٣'"),
        ("- Never hold a minimum of cash.", "a limit"),
        ("- Hold at least some cash.", "lower or upper limit"),
        ("- Upside > downside.", "sign of quantity"),
    ],
)
def test_a_number_in_any_dress_is_found_with_its_line(line: str, what: str) -> None:
    flaws = lint(f"# Head\n{line}\n")

    assert any(flaw.line == 2 and what in flaw.what for flaw in flaws), flaws


def test_a_principle_said_in_other_order_is_a_repetition() -> None:
    text = (
        "- Facts come before opinion when weighing names.\n"
        "- When weighing names, opinion comes after facts come before.\n"
    )

    flaws = lint(text)

    assert [(flaw.line, flaw.what) for flaw in flaws] == [
        (2, "repeats line 1: one rule is one statement, said once")
    ]


def test_lines_without_any_content_word_do_not_repeat_each_other() -> None:
    assert lint("- Of the.\n- To a.\n- Judge fairly.\n") == ()


def test_a_file_without_a_statement_is_refused() -> None:
    assert "holds no statement" in lint("# Only a head\n")[0].what


def test_good_principles_come_back_as_they_are() -> None:
    assert checked("- Judge fairly.\n", origin="mine.md") == "- Judge fairly.\n"


def test_bad_principles_are_refused_with_file_line_and_word() -> None:
    with pytest.raises(BadRequest, match=r"mine\.md.*line 1 holds the number word 'ten'"):
        checked("- Keep ten names.\n", origin="mine.md")


def test_many_flaws_are_cut_to_ten_and_counted() -> None:
    text = "".join(f"- Rule {letter} keeps 5 names.\n" for letter in "abcdefghijkl")

    with pytest.raises(BadRequest, match=r"and \d+ more"):
        checked(text, origin="mine.md")
