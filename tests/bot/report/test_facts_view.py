from dataclasses import replace
from datetime import date

from bot.report.facts import fact_line, facts_blocks, facts_json, ranked, rejected_block
from bot.report.labels import as_text
from core.base.gap import Gap
from core.facts.fact import Authority, Rejected, Severity, SourceClass, State
from core.run import Run
from tests.bot.report.made_run import coverage, fact, made_run, snapshot


def facts_text(run: Run, ticker: str) -> str:
    return as_text(facts_blocks(run, ticker, whole=True), run)


def test_facts_are_ordered_by_severity_then_authority_then_date() -> None:
    late = fact("A", 1, severity=Severity.G1)
    press = fact("A", 2, severity=Severity.G3, authority=Authority.NEWSWIRE)
    official = fact("A", 3, severity=Severity.G3)

    assert [item.id for item in ranked((late, press, official))] == ["A-3", "A-2", "A-1"]


def test_each_fact_has_its_date_source_and_link() -> None:
    text = "\n".join(facts_blocks(made_run(), "INTC"))

    assert "<b>G3 changes the thesis, official</b>" in text
    assert (
        'INTC-1 · 14 Nov 2026 · SEC · <a href="https://www.sec.gov/INTC/1">'
        "officer changes: “The Chief Financial Officer will resign.”</a>" in text
    )


def test_titles_are_escaped_and_hostile_links_lose_their_address() -> None:
    text = "\n".join(facts_blocks(made_run(), "NVDA"))

    assert "Export rules &lt;b&gt;widen&lt;/b&gt; &amp; bite" in text
    assert "javascript" not in text
    assert "<b>Rejected (1)</b>\n1 speculation" in text


def test_nothing_found_and_could_not_look_read_differently() -> None:
    text = facts_text(made_run(), "PFE")

    assert "sec: looked, nothing there" in text
    assert "reuters: could not look (answered 503)" in text


def test_a_name_without_any_source_says_so() -> None:
    dossiers = tuple(replace(item, coverage=()) for item in snapshot().dossiers)

    assert facts_text(made_run(frozen={"dossiers": dossiers}), "COST").endswith("No source covers this name.")


def rejected(day: date | Gap, gate: str = "window", title: str = "Old") -> Rejected:
    return replace(snapshot().rejected[0], day=day, gate=gate, title=title)


def test_rejected_items_are_counted_by_reason_and_opened_newest_first_page_by_page() -> None:
    items = tuple(rejected(date(2026, 10, day), title=f"News {day}") for day in range(1, 21))
    run = made_run(frozen={"rejected": (*items, rejected(Gap(gap="none"), "opinion", "Undated"))})

    said = facts_blocks(run, "NVDA")[-2]
    first, second = rejected_block(run, "NVDA"), rejected_block(run, "NVDA", 1)

    assert said == "<b>Rejected (21)</b>\n20 too old · 1 opinion, not an event"
    assert first.splitlines()[0].endswith("1 to 12 of 21")
    assert first.splitlines()[1].startswith("✕ 20 Oct 2026 · News 20")
    assert second.splitlines()[-1].startswith("✕ Undated")
    assert "&lt;" not in first
    assert len(facts_json(run, "NVDA")["rejected"]) == 21
    assert "News 1 " in facts_text(run, "NVDA")


def test_nothing_is_never_said_above_an_old_copy() -> None:
    stale = coverage("sec", SourceClass.OFFICIAL, State.STALE, "37 days old")
    dossiers = tuple(replace(d, facts=(), coverage=(stale,)) for d in snapshot().dossiers)

    text = facts_text(made_run(frozen={"dossiers": dossiers}), "COST")

    assert "Looked everywhere" not in text
    assert "of a source only an old copy could be read" in text


def test_the_json_has_null_for_reasons_that_are_not_there() -> None:
    data = facts_json(made_run(), "PFE")

    assert data["facts"] == []
    assert [(entry["state"], entry["reason"]) for entry in data["coverage"]] == [
        ("empty", None),
        ("failed", "answered 503"),
    ]


def test_a_name_that_was_not_judged_still_shows_its_sources() -> None:
    assert "rns: could not look (timed out)" in facts_text(made_run(), "BP.L")


def test_marks_are_said_in_words() -> None:
    marked = fact("A", 1, tags=("text-not-read", "time-unknown", "shared"))

    line = fact_line(marked, date(2027, 2, 1))
    old = fact_line(replace(marked, tags=()), date(2026, 12, 20))

    assert "graded without its text, hour unknown, may be later than the report, about several names" in line
    assert "text-not-read" not in line
    assert "(2 months old" in line
    assert old.endswith("(a month old)")
