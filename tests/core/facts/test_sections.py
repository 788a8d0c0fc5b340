"""Short sections labelled by hand: no structural event is missed or made up, nothing is two grades off."""

import csv
from pathlib import Path

import pytest

from core.facts.fact import RANK, Severity
from core.facts.grading import grade_filing
from tests.core.facts.made import filing

LABELS = Path(__file__).parents[2] / "recordings/labels/sections.csv"
# A waiver of a broken covenant: G3 to the reader who labelled it, G2 to the rows, since most are cured by the
# waiver; a chief who follows an interim one: the departure was the news of another day; a plant
# that stands still for a while; a buyer who is sued to keep his word.
MISSED = {
    "entered into a Fourth Amendment and Waiver",
    "Mr. Moss replaces Interim CEO Pat Lane",
    "who has served as interim President",
    "temporarily stopped 737 production",
    "purporting to terminate the Merger Agreement",
}
# What was agreed with a chief who had left is told in the item beside it.
MADE_UP = {"in connection with the appointment of Scott McClendon"}


def rows() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['set']} {row['items']} {row['text'][:40]}")
def test_a_section_weighs_what_its_reader_says_or_one_grade_beside(row: dict[str, str]) -> None:
    foreign = row["items"] == "6-K"
    text = row["text"] if foreign else f"Item {row['items']} Something Here.\n{row['text']}"

    found = grade_filing(
        filing("6-K" if foreign else "8-K", "" if foreign else row["items"], text=text)
    ).severity

    wanted = Severity(row["severity"])
    missed = any(one in row["text"] for one in MISSED)
    assert missed or abs(RANK[found] - RANK[wanted]) <= 1
    made_up = any(one in row["text"] for one in MADE_UP)
    assert (found is Severity.G3) is (made_up or (wanted is Severity.G3 and not missed))
