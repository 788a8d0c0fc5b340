"""The hand labels are well formed, and the sieve keeps its promises on the part that was not tuned."""

import csv
from pathlib import Path

import pytest

from core.facts.cleaning import clean
from core.facts.events import grade_headline
from core.facts.fact import Authority, Severity
from core.facts.gates import stop, stop_views
from core.facts.matching import Matcher
from core.facts.rule import line
from core.gap import NOT_GIVEN
from tests.core.facts.made import story, subject

LABELS = Path(__file__).resolve().parents[2] / "recordings" / "labels"


def _rows(name: str) -> list[dict[str, str]]:
    with (LABELS / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


STORIES = [row for row in _rows("labels.csv") if row["type"] == "story" and row["part"] == "report"]


def test_every_label_is_one_of_the_known_words() -> None:
    rows = _rows("labels.csv")
    known = {row["ticker"] for row in _rows("subjects.csv")} | {"?"}

    assert len(rows) > 800
    assert {row["part"] for row in rows} == {"tune", "report"}
    assert {row["kind"] for row in rows} == {"event", "opinion", "sourcing", "forecast", "guidance", "filing"}
    assert {row["severity"] for row in rows} == {"", *Severity}
    assert all(set(row["names"].split()) <= known for row in rows)


def test_matching_keeps_its_targets_on_the_hand_labels() -> None:
    matcher = Matcher(subject(row["ticker"], row["name"]) for row in _rows("subjects.csv"))
    right = given = own_right = own_asked = 0
    for row in STORIES:
        if row["names"] == "?":
            continue
        title = clean(row["title"])
        found = {
            one.ticker for one in matcher.matches(story(title, feed=row["feed"] or NOT_GIVEN), title, "")
        }
        wanted = set(row["names"].split())
        right, given = right + len(found & wanted), given + len(found)
        if row["feed"]:
            own_right, own_asked = own_right + len(found & wanted), own_asked + len(wanted)

    assert right / given >= 0.98
    assert own_right / own_asked >= 0.90


@pytest.mark.parametrize("part", ["tune", "report"])
def test_speculation_and_opinion_about_a_name_are_rejected(part: str) -> None:
    rows = [
        row
        for row in _rows("labels.csv")
        if row["part"] == part and row["kind"] in ("opinion", "sourcing") and row["names"]
    ]

    stopped = 0
    for row in rows:
        headline = line(clean(row["title"]))
        severity = grade_headline(headline).grade.severity
        by_words = stop(headline, Authority.NEWSWIRE)
        stopped += bool(by_words or stop_views(Authority.NEWSWIRE, row["publisher"], severity))
        assert stop(headline, Authority.OFFICIAL) is None
        assert stop_views(Authority.OFFICIAL, row["publisher"], severity) is None

    assert stopped / len(rows) >= 0.95
