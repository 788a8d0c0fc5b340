"""The hand labels are well formed and hold no publisher's text, and the sieve keeps its promises on what was
not tuned.
"""

import pytest

from benchmarks.labelled.labels import Labelled, joined, labels, of_others, subjects
from benchmarks.labelled.stories import Outcome, by_fold, outcomes
from core.facts.fact import Severity
from tests.core.facts.made import story


def _joined(part: str) -> list[Labelled]:
    rows = joined(labels(part))
    if rows is None:
        pytest.skip("the recorded headlines are not in ../shared/data")
    return rows


def test_every_label_is_one_of_the_known_words() -> None:
    rows = labels()
    known = {subject.ticker for subject in subjects()} | {"?"}

    assert len(rows) > 1_300
    assert {row["part"] for row in rows} == {"tune", "report", "fresh", "later"}
    assert {row["kind"] for row in rows} == {"event", "opinion", "sourcing", "forecast", "guidance", "filing"}
    assert {row["severity"] for row in rows} == {"", *Severity}
    assert all(set(row["names"].split()) <= known for row in rows)


def test_a_headlines_label_points_to_its_item_and_repeats_no_text() -> None:
    rows = [row for row in labels() if row["type"] == "story"]

    assert len(rows) > 500
    assert set(rows[0]) == {
        *("part", "type", "source", "key", "feed", "names", "kind", "severity", "form", "note")
    }
    assert all(row["source"] and row["key"] and " " not in row["key"] and not row["form"] for row in rows)
    assert len({(row["source"], row["key"]) for row in rows}) == len(rows)


def test_a_label_whose_recording_is_missing_is_not_measured() -> None:
    row = {"type": "story", "source": "news/never_recorded.xml", "key": "https://wire.example/1"}

    assert joined([row]) is None


@pytest.mark.wide
@pytest.mark.parametrize("part", ["tune", "report", "fresh"])
def test_the_live_path_keeps_its_promises_on_the_hand_labels(part: str) -> None:
    found = [one for one in outcomes(_joined(part)) if one.row.names != {"?"}]

    right = sum(len(one.found & one.row.names) for one in found)
    views = [one for one in found if one.row.label["kind"] in ("opinion", "sourcing") and one.row.names]
    kept = [one for one in views if one.facts.keys() & one.row.names]
    assert right / sum(len(one.found) for one in found) >= 0.95
    assert right / sum(len(one.row.names) for one in found) >= 0.88
    assert len(kept) / len(views) <= 0.05


@pytest.mark.wide
def test_the_labels_of_another_reader_are_met_too() -> None:
    rows = of_others()
    if rows is None:
        pytest.skip("the recorded headlines are not in ../shared/data")
    found = outcomes(rows, asked=frozenset(name for row in rows for name in row.names))

    right = sum(len(one.found & one.row.names) for one in found)
    assert right / sum(len(one.found) for one in found) >= 0.95
    assert right / sum(len(one.row.names) for one in found) >= 0.92


def test_a_company_stands_in_one_fold_only() -> None:
    rows = [_labelled(name) for name in ("A", "A", "B", "C", "D", "E", "F", "F", "F")]

    folds = by_fold(rows, lambda one: next(iter(one.row.names)))

    assert sorted(len(fold) for fold in folds) == [1, 1, 2, 2, 3]
    assert all(len({one.row.names for one in fold}) <= 2 for fold in folds)
    assert sum({"F"} == one.row.names for one in max(folds, key=len)) == 3


def _labelled(name: str) -> Outcome:
    label = {"names": name, "feed": "", "kind": "event", "severity": "", "part": "report"}
    return Outcome(row=Labelled(label=label, story=story("Headline"), publisher=""), facts={}, stopped={})
