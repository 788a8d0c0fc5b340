import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.report.digest import LINES, digest
from bot.report.markup import shown_text
from bot.report.phone import WIDTH
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Excerpt, Severity
from core.jury.verdict import Stability
from core.run import Run, RunState
from tests.bot.report.made_run import AS_OF, ROWS, fact, made_run, snapshot, verdict

PARIS = ZoneInfo("Europe/Paris")
SPLIT = {"stability": Stability.SPLIT, "direction": Gap(gap="split")}


def shown(*runs: Run, **named: Any) -> str:
    return shown_text("\n\n".join(digest(*runs, zone=PARIS, **named)))


def many(count: int, stabilities: tuple[Stability, ...] = tuple(Stability), **changed: Any) -> Run:
    names = tuple(f"T{number:02}" for number in range(count))
    verdicts = tuple(
        verdict("INTC", ticker=ticker, stability=stabilities[number % len(stabilities)])
        for number, ticker in enumerate(names)
    )
    return made_run(stability={"verdicts": verdicts}, **changed)


def earlier(**verdicts: dict[str, Any]) -> Run:
    rows = tuple(verdict(ticker, **verdicts.get(ticker, {})) for ticker in sorted(ROWS))
    return made_run(stability={"verdicts": rows})


def test_the_digest_reads_as_designed() -> None:
    assert shown(made_run(), next_push=AS_OF).replace("\u202f", " ").replace("\u00a0", " ").splitlines() == [
        "Stability map · 22 Nov 2026",
        "8 names · 5 answers · 5 different",
        "Cash 28.1 → 28.2 %",
        "",
        "◇ YOUR JUDGMENT (3)",
        "NVIDIA  2▲ 1= 2▼",
        "Home Depot  3▲ 1= 1▼",
        "Pfizer  1=",
        "▼ CUT (2)",
        "Intel  5/5  5.7 → 1.9 %",
        "Alibaba  4/5  4.7 → 3.3 %  ⚠ no fact",
        "▲ ADD (2)",
        "ASML  4/5  3.8 → 6.1 %",
        "GE Aerospace 5/5 0.0 → 2.8 % ⚠ no fact",
        "= HOLD (1)",
        "",
        "MAJOR (1) Intel: “The Chief Financial",
        "Officer will resign.” · SEC",
        "✕ NOT JUDGED (1)",
        "BP.L: the regulator's list could not…",
        "5 equal answers are stable, not right.",
        "claude-sonnet-5-5 · $0.37",
        "next 22 Nov",
    ]


@pytest.mark.parametrize("names", [1, 3, 8, 30, 60])
def test_the_digest_fits_one_phone_screen(names: int) -> None:
    run = many(names, rehearsal=True, frozen={"recording": "recorded day 2026-04-24"}, spoiled=3)

    lines = shown(run, many(names), next_push=AS_OF).splitlines()

    assert len(lines) <= LINES == 24
    assert max(map(len, lines)) <= WIDTH == 38


@pytest.mark.parametrize("names", [3, 8, 60])
def test_every_heading_counts_what_it_lists_plus_the_rest(names: int) -> None:
    blocks = re.split(r"\n(?=[◇▼▲=✕M])", shown(many(names)))

    counted = 0
    for block in blocks:
        heading = re.match(r"([◇▼▲]) [A-Z ]+\(([^)]*)\)", block)
        if heading:
            count = sum(map(int, re.findall(r"\d+", heading[2])))
            listed = len(re.findall(r"(?:^| · )T\d\d ", block, re.MULTILINE))
            more = re.search(r"(?:^|  )\+(\d+) more$", block, re.MULTILINE)
            assert listed >= 1
            assert listed + (int(more[1]) if more else 0) == count
            counted += count
    assert counted == names


def test_where_not_all_fits_names_come_before_what_is_said_of_them_and_open_ones_share_lines() -> None:
    text = shown(many(28), many(28, (Stability.UNANIMOUS,)), next_push=AS_OF).replace("\u00a0", " ")

    assert "\nT03 5▼ · T09 5▼ · T15 5▼ · T21 5▼\n" in text
    assert len(re.findall(r"T\d\d", text)) >= 20
    assert text.count(" more") <= 3


def test_with_few_names_every_one_has_its_own_line() -> None:
    text = shown(many(5))

    assert "\nT03  5▼\nT02  5▼\nT04  5▼\n▼ CUT (2)\n" in text
    assert "more" not in text


def test_held_names_are_only_counted_unless_their_call_really_changed() -> None:
    was_cut = {"stability": Stability.UNANIMOUS, "direction": verdict("INTC").direction}
    before = earlier(COST=was_cut)
    quotes = tuple(
        replace(d, quote=replace(d.quote, price=Decimal(90))) if d.ticker == "COST" else d
        for d in before.opening.snapshot.dossiers
    )
    frozen = replace(before.opening.snapshot, dossiers=quotes)

    text = shown(made_run(), replace(before, opening=replace(before.opening, snapshot=frozen)))

    assert re.search(
        r"^= HOLD \(1\)\nCostco Wholesale  5/5  was cut\n  price 90 → 101\.25$", text, re.MULTILINE
    )
    assert "Costco" not in shown(made_run())


def test_a_call_that_changed_on_the_same_dossier_is_only_counted() -> None:
    text = shown(made_run(), earlier(INTC=SPLIT))

    assert "1 call changed: only noise" in text
    assert "was undecided" not in text


def test_a_weight_is_of_the_whole_portfolio_cash_included() -> None:
    run = made_run(frozen={"valuation": replace(snapshot().valuation, cash_share=Decimal("-20.1"))})

    assert "Intel  5/5  3.0\u00a0→\u00a01.0\u202f%" in shown(run)


def test_no_figure_holds_a_blank_where_a_line_could_break() -> None:
    assert not re.search(r"\d [%→]|→ \d", shown(made_run(), earlier(INTC=SPLIT), next_push=AS_OF))


def test_a_major_fact_keeps_its_source_and_its_quotation_marks_when_it_is_cut() -> None:
    said = Excerpt(
        text="The company " + "very slowly " * 20 + "restates its accounts.", document="d" * 64, offset=0
    )
    grave = fact("COST", 1, severity=Severity.G3, excerpt=said)
    dossiers = tuple(
        replace(d, facts=(grave,)) if d.ticker == "COST" else replace(d, facts=())
        for d in snapshot().dossiers
    )

    text = shown(made_run(frozen={"dossiers": dossiers}))

    assert re.search(r"MAJOR \(1\).*\n(.*\n)?.* …” · SEC\n", text)


def test_stability_is_never_called_truth() -> None:
    assert "5 equal answers are stable, not right." in shown(made_run())


def test_no_share_count_stands_in_the_digest() -> None:
    assert "12.5" not in shown(made_run())


def test_a_rehearsal_and_a_recording_say_so_first_on_one_line() -> None:
    text = shown(made_run(rehearsal=True, frozen={"recording": "24 Apr 2026"}))

    assert text.splitlines()[0] == "REHEARSAL · 24 Apr 2026"
    assert shown(made_run(rehearsal=True)).splitlines()[0] == "REHEARSAL: no model was asked"
    assert "REHEARSAL" not in shown(made_run())


def test_constant_ballots_claim_no_stability() -> None:
    assert "Identical answers: no variance measured" in shown(made_run(stability={"constant": True})).replace(
        "\n", " "
    )


def test_an_unknown_cost_is_never_zero() -> None:
    text = shown(made_run(closing={"cost_usd": Gap(gap="no price")}))

    assert "cost unknown" in text
    assert "$0" not in text


def test_unread_answers_are_counted_and_a_report_of_the_first_version_names_no_difference() -> None:
    text = shown(made_run(spoiled=2, stability={"distinct": NOT_GIVEN}))

    assert "8 names · 5 of 7 answers\n" in text
    assert "2 spoiled: truncated ×2" in text


def test_outside_text_cannot_open_a_tag() -> None:
    left = replace(snapshot().not_judged[0], reason="<b>bold</b> \u202e evil")

    markup = "\n".join(digest(made_run(frozen={"not_judged": (left,)}), zone=PARIS))

    assert "BP.L: &lt;b&gt;bold&lt;/b&gt; evil" in markup


def test_a_run_that_failed_gives_the_reason_and_no_map() -> None:
    failed = {"state": RunState.FAILED, "stability": NOT_GIVEN, "failure": Gap(gap="unsaid")}

    text = shown(made_run(closing=failed))

    assert "This run failed." in text
    assert "JUDGMENT" not in text


def test_without_a_quorum_the_counts_are_said_and_nothing_is_claimed() -> None:
    run = made_run(
        spoiled=4,
        stability={"verdicts": ()},
        closing={"state": RunState.NO_QUORUM, "failure": "Too few answers."},
    )

    assert "Only 5 of 9 answers could be read; 6 are needed. Nothing is claimed." in shown(run)


def test_increases_that_were_cut_for_want_of_cash_are_said() -> None:
    text = shown(made_run(stability={"increase_factor": Decimal("0.5")}))

    assert "Increases cut to 50\u202f%: no more cash." in text
