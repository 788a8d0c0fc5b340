from dataclasses import replace

from bot.report.facts import fact_line, facts_blocks, facts_json, facts_text, ranked
from core.facts.fact import Authority, Severity
from tests.bot.report.made_run import fact, made_run, snapshot


def test_facts_are_ordered_by_severity_then_authority_then_date():
    late = fact("A", 1, severity=Severity.G1)
    press = fact("A", 2, severity=Severity.G3, authority=Authority.NEWSWIRE)
    official = fact("A", 3, severity=Severity.G3)

    assert [item.id for item in ranked((late, press, official))] == ["A-3", "A-2", "A-1"]


def test_each_fact_has_its_date_source_and_link():
    text = "\n".join(facts_blocks(made_run(), "INTC"))

    assert "<b>G3 changes the thesis, official</b>" in text
    assert 'INTC-1 · 14 Nov 2026 · SEC · <a href="https://www.sec.gov/INTC/1">CFO departs</a>' in text


def test_titles_are_escaped_and_hostile_links_lose_their_address():
    text = "\n".join(facts_blocks(made_run(), "NVDA"))

    assert "Export rules &lt;b&gt;widen&lt;/b&gt; &amp; bite" in text
    assert "javascript" not in text
    assert "✕ 5 stocks to buy &lt;now&gt; · <i>speculation: a list of picks, not an event</i>" in text


def test_nothing_found_and_could_not_look_read_differently():
    text = facts_text(made_run(), "PFE")

    assert "sec: looked, nothing there" in text
    assert "reuters: could not look (answered 503)" in text


def test_a_name_without_any_source_says_so():
    dossiers = tuple(replace(item, coverage=()) for item in snapshot().dossiers)

    assert facts_text(made_run(frozen={"dossiers": dossiers}), "COST").endswith("No source covers this name.")


def test_only_a_screen_of_rejected_items_is_shown_and_all_are_counted():
    item = snapshot().rejected[0]
    run = made_run(frozen={"rejected": (item,) * 30})

    text = facts_text(run, "NVDA")

    assert "Rejected (30)" in text
    assert "+18 more" in text
    assert len(facts_json(run, "NVDA")["rejected"]) == 30


def test_the_json_has_null_for_reasons_that_are_not_there():
    data = facts_json(made_run(), "PFE")

    assert data["facts"] == []
    assert [(entry["state"], entry["reason"]) for entry in data["coverage"]] == [
        ("empty", None),
        ("failed", "answered 503"),
    ]


def test_a_name_that_was_not_judged_still_shows_its_sources():
    assert "rns: could not look (timed out)" in facts_text(made_run(), "BP.L")


def test_marks_are_said_in_words():
    marked = fact("A", 1, tags=("text-not-read", "time-unknown", "shared"))

    line = fact_line(marked)

    assert "graded without its text, hour unknown, may be later than the report, about several names" in line
    assert "text-not-read" not in line
