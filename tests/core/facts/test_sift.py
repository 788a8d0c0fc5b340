"""The sieve as a whole: ranked facts with ids, refusals with gates, counts, and no dependence on order."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.facts.events import Event
from core.facts.fact import (
    Authority,
    Excerpt,
    Fact,
    Filing,
    Gathering,
    Rejected,
    Severity,
    SourceClass,
    Story,
)
from core.facts.filing import document_of
from core.facts.sift import Sifted, sift
from tests.core.facts.made import AS_OF, facts_of, filing, gathering, story, subject

NVDA, MSFT = subject(), subject("MSFT", "MICROSOFT CORP")


def _sifted(*items: Filing | Story) -> Sifted:
    return sift((gathering(*items),), (NVDA, MSFT), AS_OF)


def _refusal(*items: Filing | Story) -> Rejected:
    (only,) = _sifted(*items).rejected
    return only


def test_facts_are_ranked_by_severity_authority_and_day_and_numbered_in_that_order() -> None:
    facts = facts_of(
        story("Nvidia opens a museum"),
        filing("10-Q", key="old", filed=date(2026, 3, 1)),
        filing("10-K", key="new", filed=date(2026, 4, 1)),
        story("Regulator fines Nvidia $5 million"),
        filing("NT 10-K", key="late", filed=date(2025, 6, 1)),
    )

    assert [(fact.id, fact.severity, fact.key[:4]) for fact in facts] == [
        ("NVDA-1", Severity.G3, "late"),
        ("NVDA-2", Severity.G2, "new"),
        ("NVDA-3", Severity.G2, "Regu"),
        ("NVDA-4", Severity.G2, "old"),
        ("NVDA-5", Severity.G1, "Nvid"),
    ]


def test_routine_filings_do_not_crowd_out_a_story() -> None:
    facts = facts_of(
        *(filing("8-K", "5.07", key=f"vote-{day}", filed=date(2026, 4, day)) for day in (20, 21)),
        filing("8-K", "5.03", key="laws-1", filed=date(2026, 4, 19)),
        filing("8-K", "5.03", key="laws-2", filed=date(2026, 4, 18)),
        story("Nvidia opens a museum"),
    )

    assert [fact.key[:6] for fact in facts] == ["laws-1", "Nvidia", "laws-2", "vote-2", "vote-2"]


def test_a_sum_is_large_or_small_against_what_the_company_is_worth() -> None:
    text = "Item 2.06. The Company concluded that an impairment charge of $300 million is required."
    charge = filing("8-K", "2.06", text=text)

    def graded(worth: int) -> Fact:
        worthy = replace(subject(), worth=Decimal(worth))
        return dict(sift((gathering(charge),), (worthy,), AS_OF).facts)["NVDA"][0]

    assert graded(10**9).severity is Severity.G3
    assert graded(10**9).title == "8-K: impairment, large for the company"
    assert graded(10**12).severity is Severity.G2


def test_every_asked_ticker_is_there_even_without_a_fact() -> None:
    assert [ticker for ticker, _ in _sifted().facts] == ["MSFT", "NVDA"]
    assert dict(_sifted().facts) == {"MSFT": (), "NVDA": ()}


def test_the_sieve_counts_what_was_read_kept_and_g3() -> None:
    sifted = sift((gathering(filing("8-K", "4.02"), story("Nobody named here"), read=812),), (NVDA,), AS_OF)

    assert (sifted.sieve.read, sifted.sieve.kept, sifted.sieve.g3) == (812, 1, 1)


def test_a_filings_fact_says_form_item_source_and_sentence() -> None:
    text = (
        "Item 5.02. On April 18 Jane Roe, Chief Financial Officer, notified the Company that she will resign."
    )

    (fact,) = facts_of(filing("8-K", "5.02,9.01", text=text, filed=date(2026, 4, 20)))

    assert fact == Fact(
        id="NVDA-1",
        ticker="NVDA",
        day=date(2026, 4, 20),
        authority=Authority.OFFICIAL,
        severity=Severity.G3,
        source="SEC 8-K 5.02",
        title="8-K: chief executive or finance chief leaves",
        url="https://sec.example/0001-26-000001",
        graded_by="8-K 5.02: chief executive or finance chief leaves",
        key="0001-26-000001",
        event=Event.CHIEF_LEAVES,
        excerpt=Excerpt(
            text="On April 18 Jane Roe, Chief Financial Officer, notified the Company that she will resign.",
            document=document_of("8-K", text).digest,
            offset=11,
        ),
    )


def test_an_unknown_form_is_shown_as_unclassified() -> None:
    (fact,) = facts_of(filing("10-S"))

    assert fact.title == "10-S: unclassified official filing"
    assert fact.severity is Severity.G2


def test_an_amendment_names_its_original() -> None:
    day = date(2026, 4, 1)
    original = filing("8-K", "5.02,9.01", key="first", filed=date(2026, 4, 2), event_day=day)
    other = filing("8-K", "2.02,9.01", key="other", filed=date(2026, 4, 2), event_day=day)
    amended = filing("8-K/A", "5.02,9.01", key="second", filed=date(2026, 4, 9), event_day=day)

    titles = {fact.key: fact.title for fact in facts_of(original, other, amended)}

    assert titles["second"].startswith("8-K (amends the filing of 2026-04-02, first): ")


@pytest.mark.parametrize(
    "original",
    [
        filing("8-K", "5.02", key="first", event_day=date(2026, 3, 1)),
        filing("8-K", "2.02", key="first", event_day=date(2026, 4, 1)),
        filing("8-K", "5.02", key="first", filed=date(2026, 4, 22), event_day=date(2026, 4, 1)),
        filing("8-K/A", "5.02", key="first", event_day=date(2026, 4, 1)),
        filing("10-Q", key="first", event_day=date(2026, 4, 1)),
        filing("8-K", "5.02", key="first"),
    ],
)
def test_an_amendment_without_its_original_says_only_that_it_is_one(original: Filing) -> None:
    amended = filing("8-K/A", "5.02", key="second", filed=date(2026, 4, 21), event_day=date(2026, 4, 1))

    titles = {fact.key: fact.title for fact in facts_of(original, amended)}

    assert titles["second"].startswith("8-K (amendment): ")


def test_an_amendment_without_an_event_day_is_not_linked() -> None:
    titles = {fact.key: fact.title for fact in facts_of(filing("10-K", key="a"), filing("10-K/A", key="b"))}

    assert titles["b"].startswith("10-K (amendment): ")


def test_a_document_listed_by_two_sources_is_one_fact_with_its_text() -> None:
    bare = filing("8-K", "5.02", source="A")
    read = filing("8-K", "5.02", source="B", text="Item 5.02. The Chief Executive Officer resigned.")

    (fact,) = facts_of(bare, read)

    assert fact.severity is Severity.G3


@pytest.mark.parametrize(
    ("item", "gate"),
    [
        (story("Nvidia opens a lab", published=Gap(gap="year 1782")), "undated"),
        (story("Nvidia opens a lab", published=AS_OF + timedelta(hours=2)), "future"),
        (story("Nvidia opens a lab", published=AS_OF - timedelta(days=40)), "window"),
        (story("Somebody opens a lab"), "name"),
        (story("Somebody opens a lab", feed="NVDA"), "name"),
        (story("\u200b", feed="NVDA"), "title"),
        (story("Nvidia weighs a bid, sources say"), "sourcing"),
        (story("Is Nvidia a buy?"), "opinion"),
        (story("Chip demand at Intel and at others such as Nvidia is set to fall"), "forecast"),
        (filing("10-Q", filed=date(2026, 4, 25)), "future"),
        (filing("10-Q", filed=date(2026, 1, 2)), "window"),
    ],
)
def test_what_is_no_fact_is_kept_with_the_gate_that_stopped_it(item: Filing | Story, gate: str) -> None:
    refusal = _refusal(item)

    assert refusal.gate == gate
    assert refusal.reason


def test_a_story_that_names_nobody_belongs_to_nobody() -> None:
    refusal = _refusal(story("Somebody opens a lab"))

    assert isinstance(refusal.ticker, Gap)
    assert refusal.reason == "names nobody who was asked for"


def test_the_issuers_own_forecast_is_kept_and_tagged() -> None:
    (fact,) = facts_of(story("Nvidia expects third-quarter revenue of $12 billion"))

    assert fact.tags == ("forecast",)


def test_an_official_item_passes_the_gates_for_words() -> None:
    item = story("Statement on rumours about Nvidia", publisher="Regulator", authority=Authority.OFFICIAL)

    (fact,) = facts_of(item)

    assert fact.authority is Authority.OFFICIAL


def test_an_official_forecast_is_kept_whoever_leads() -> None:
    item = story("Market to grow to $9 billion, says Intel supplier Nvidia", authority=Authority.OFFICIAL)
    (fact,) = facts_of(
        story("Outlook of the market for makers like Nvidia published", authority=Authority.OFFICIAL)
    )

    assert fact.tags == ("forecast",)
    assert item.authority is Authority.OFFICIAL


def test_decades_of_old_filings_are_one_line_of_refusal() -> None:
    old = [filing("10-Q", key=str(year), filed=date(year, 5, 1)) for year in range(1996, 2006)]

    refusal = _refusal(*old)

    assert refusal.title == "10 older filings, 1996-05-01 to 2005-05-01"


def test_a_filing_of_nobody_asked_for_is_left_out() -> None:
    assert dict(_sifted(filing("10-Q", ticker="OTHER")).facts) == {"MSFT": (), "NVDA": ()}


def test_a_story_of_two_names_is_its_subjects_and_shared_with_the_other() -> None:
    sifted = dict(_sifted(story("Microsoft recalls consoles with Nvidia chips")).facts)

    assert [fact.tags for fact in sifted["MSFT"]] == [()]
    assert [fact.tags for fact in sifted["NVDA"]] == [("shared",)]


def test_what_changes_the_subject_weighs_less_for_the_name_beside_it() -> None:
    sifted = dict(_sifted(story("Microsoft names new CEO after Nvidia talks")).facts)

    assert [fact.severity for fact in sifted["MSFT"]] == [Severity.G3]
    assert [fact.severity for fact in sifted["NVDA"]] == [Severity.G2]
    assert next(fact.graded_by for fact in sifted["NVDA"]).endswith(", of another name")


def test_the_company_that_is_bought_gets_a_fact_that_changes_its_thesis_and_the_buyer_a_notable_one() -> None:
    sifted = dict(_sifted(story("Microsoft to acquire Nvidia for $2 billion")).facts)

    assert [(fact.severity, fact.tags) for fact in sifted["MSFT"]] == [(Severity.G2, ("shared",))]
    assert [(fact.severity, fact.tags) for fact in sifted["NVDA"]] == [(Severity.G3, ("shared",))]


def test_a_two_sided_event_is_shared() -> None:
    sifted = dict(_sifted(story("Microsoft signs supply deal with Nvidia")).facts)

    assert [fact.tags for fact in sifted["MSFT"]] == [("shared",)]
    assert [fact.tags for fact in sifted["NVDA"]] == [("shared",)]


def test_a_story_without_a_leading_name_is_shared() -> None:
    sifted = dict(_sifted(story("Court opens case over chips of Microsoft and of Nvidia")).facts)

    assert [fact.tags for fact in (*sifted["MSFT"], *sifted["NVDA"])] == [("shared",), ("shared",)]


def test_a_hostile_title_is_one_clean_line() -> None:
    (fact,) = facts_of(story("Nvidia\u202e opens\n</fact> a lab"))

    assert fact.title == "Nvidia opens </fact> a lab"


def test_a_story_without_a_publisher_names_its_source() -> None:
    (fact,) = facts_of(story("Nvidia opens a lab", publisher=""))

    assert fact.source == "wire"


def test_the_order_of_everything_never_matters() -> None:
    items: list[Filing | Story] = [
        *(filing("4", key=f"f{number}", filed=date(2026, 4, number + 1)) for number in range(12)),
        filing("8-K", "2.02", filed=date(2026, 4, 20)),
        *(story(f"Nvidia opens lab number {number}", publisher=f"P{number}") for number in range(8)),
        story("Nvidia quarterly profit jumps", published=datetime(2026, 4, 20, 9, tzinfo=UTC)),
        story("Microsoft and Nvidia sign a pact", feed="MSFT"),
        story("Is Nvidia a buy?"),
    ]
    expected = sift((gathering(*items),), (NVDA, MSFT), AS_OF)

    for seed in range(5):
        shuffled = random.Random(seed).sample(items, len(items))
        parts = (gathering(*shuffled[:9]), gathering(*shuffled[9:]))
        assert sift(parts, (MSFT, NVDA), AS_OF) == expected


def test_nothing_gathered_is_an_empty_sieve() -> None:
    empty = Gathering(source="SEC", source_class=SourceClass.OFFICIAL, coverage=())

    assert sift((empty,), (), AS_OF) == Sifted(facts=(), rejected=(), sieve=_sifted().sieve)
    assert NOT_GIVEN.reason == "not given"


def test_forms_that_come_in_series_are_one_fact_a_week_and_amendments_another() -> None:
    notes = [filing("424B5", key=str(day), filed=date(2026, 4, day)) for day in (13, 14, 15)]
    alone = filing("FWP", key="alone")
    amended = filing("S-3/A", key="amended")

    titles = {fact.key: fact.title for fact in facts_of(*notes, alone, amended, filing("S-3", key="first"))}

    assert titles == {
        "15": "3 × 424B5 in the week of 2026-04-15: prospectus supplement",
        "alone": "FWP: terms of an offering",
        "amended": "S-3 (amendment): shelf registration",
        "first": "S-3: shelf registration",
    }


def test_a_filing_from_after_the_freeze_explains_nothing() -> None:
    removed = filing("25", key="1", filed=date(2026, 4, 20))
    notice = filing("8-K", "3.01", key="2", filed=date(2026, 4, 20))
    registered = filing("8-A12B", key="3", filed=date(2026, 4, 25))

    grades = {fact.key: fact.severity for fact in facts_of(removed, notice, registered)}

    assert grades == {"1": Severity.G3, "2": Severity.G3}


def test_a_source_that_tells_twice_is_named_without_its_codes() -> None:
    (fact,) = facts_of(replace(filing("8-K", "5.03"), told_twice=True))

    assert fact.source == "SEC"


def test_a_story_reaches_a_name_by_the_former_name_under_which_a_regulator_keeps_it() -> None:
    renamed = subject("WOLF", "WOLFSPEED, INC.")
    official = replace(gathering(), names=(("WOLF", ("WOLFSPEED, INC.", "CREE, INC.")),))
    told = gathering(story("Cree recalls power chips"))

    facts = dict(sift((official, told), (renamed,), AS_OF).facts)

    assert [fact.title for fact in facts["WOLF"]] == ["Cree recalls power chips"]
    assert dict(sift((told,), (renamed,), AS_OF).facts) == {"WOLF": ()}
