import re
from zoneinfo import ZoneInfo

import pytest

from bot.report.digest import digest, share_out
from bot.report.markup import shown_text
from core.base.gap import NOT_GIVEN, Gap
from core.jury.verdict import Stability
from core.run import RunState
from tests.bot.report.made_run import AS_OF, ROWS, made_run, verdict

PARIS = ZoneInfo("Europe/Paris")


def shown(*runs, **named):
    return shown_text("\n\n".join(digest(*runs, zone=PARIS, **named)))


def test_the_split_names_stand_before_all_others():
    text = shown(made_run())

    headings = re.findall(r"^(\S) [A-Z ,]+.*\((\d+)\)$", text, re.MULTILINE)
    assert [mark for mark, _count in headings] == ["◇", "○", "▼", "▲", "◆", "=", "✕"]


@pytest.mark.parametrize("names", [3, 8, 60])
def test_every_heading_counts_what_it_lists_plus_the_rest(names):
    stabilities = list(Stability)
    verdicts = tuple(
        verdict("INTC", ticker=f"T{number:02}", stability=stabilities[number % len(stabilities)])
        for number in range(names)
    )

    text = shown(made_run(stability={"verdicts": verdicts}))

    found = 0
    for block in text.split("\n\n"):
        heading = re.match(r"^\S [A-Z ,]+\((\d+)\)$", block.splitlines()[0])
        if heading and "NOT JUDGED" not in block:
            listed = len(re.findall(r"^T\d\d  ", block, re.MULTILINE))
            more = re.search(r"^\+(\d+) more$", block, re.MULTILINE)
            assert listed >= 1
            assert listed + (int(more[1]) if more else 0) == int(heading[1])
            found += int(heading[1])
    assert found == names


def test_sixty_names_still_fit_two_screens_at_most():
    verdicts = tuple(verdict("BABA", ticker=f"T{number:02}") for number in range(60))

    text = shown(made_run(stability={"verdicts": verdicts}))

    assert len(text.splitlines()) < 45


def test_the_classes_in_the_headline_sum_to_the_names():
    text = shown(made_run())

    assert "8 names · 5 of 5 answers readable · 12 months" in text
    assert "Steady 5 · leaning 1 · split 1 · no quorum 1" in text


def test_unanimity_without_an_official_fact_is_marked_and_with_one_it_is_not():
    text = shown(made_run())

    lines = {line.split()[0]: line for line in text.splitlines() if line.split()}
    assert "5/5" in lines["GE"]
    assert "⚠ no official fact" in lines["GE"]
    assert "no official" not in lines["INTC"]


def test_a_source_that_could_not_be_read_is_not_the_same_as_no_fact():
    text = shown(made_run())

    assert "PFE  1 flat, 3 abstained, 1 missing   no facts · 1 source unread" in text
    assert "BP.L  the regulator's list could not be read" in text


def test_marked_sums_carry_an_exclamation_mark_and_incomplete_ones_a_dash():
    assert "Allocation sums 98 99 – 101 44! %" in shown(made_run())


def test_stability_is_never_called_truth():
    assert "The same answer five times is stable, not right." in shown(made_run())


def test_no_share_count_stands_in_the_digest():
    assert "12.5" not in shown(made_run())


def test_a_rehearsal_and_a_recording_say_so_first():
    text = shown(made_run(rehearsal=True, frozen={"recording": "24 Apr 2026"}))

    assert text.splitlines()[:2] == ["REHEARSAL: no model was asked", "Recorded inputs: 24 Apr 2026"]
    assert "REHEARSAL" not in shown(made_run())


def test_constant_ballots_claim_no_stability_and_say_how_to_get_variance():
    text = shown(made_run(stability={"constant": True}))

    assert "no variance measurable, no claim of stability" in text
    assert "TEMPERATURE" in text


def test_the_cost_and_the_next_push_stand_at_the_end_in_the_set_zone():
    text = shown(made_run(), next_push=AS_OF)

    assert text.splitlines()[-2:] == [
        "anthropic:claude-sonnet-5-5 · provider sampling · $0.37",
        "Next 22 Nov 09:00",
    ]


def test_an_unknown_cost_is_never_zero():
    text = shown(made_run(closing={"cost_usd": Gap(gap="no price")}))

    assert "cost unknown" in text
    assert "$0" not in text


def test_outside_text_cannot_open_a_tag():
    names = (verdict("NVDA"),)
    run = made_run(
        stability={"verdicts": names},
        closing={"remarks": ("<b>bold</b> \u202e evil",)},
        frozen={"remarks": ()},
    )

    markup = "\n".join(digest(run, zone=PARIS))

    assert "&lt;b&gt;bold&lt;/b&gt; evil" in markup


def test_a_run_that_failed_gives_the_reason_and_no_map():
    run = made_run(
        closing={
            "state": RunState.FAILED,
            "stability": NOT_GIVEN,
            "failure": Gap(gap="unsaid"),
        }
    )

    text = shown(run)

    assert "This run failed." in text
    assert "SPLIT" not in text


def test_without_a_quorum_the_counts_are_said_and_nothing_is_claimed():
    run = made_run(
        spoiled=4,
        stability={"verdicts": ()},
        closing={"state": RunState.NO_QUORUM, "failure": "Too few answers."},
    )

    text = shown(run)

    assert "Only 5 of 9 answers could be read; 6 are needed. Nothing is claimed." in text
    assert "4 spoiled: truncated ×4" in text


def test_lines_are_shared_out_in_order_and_never_beyond_the_sizes():
    assert share_out([7, 3, 12], 14) == [6, 3, 5]
    assert share_out([1, 1], 14) == [1, 1]
    assert share_out([], 14) == []


def test_every_name_of_a_small_map_is_listed():
    text = shown(made_run())

    assert all(re.search(rf"^{ticker}  ", text, re.MULTILINE) for ticker in ROWS)
