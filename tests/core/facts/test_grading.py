"""A filing is graded by its heaviest item, then by what its text states."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.facts.events import Event
from core.facts.fact import NO_SENTENCE, SAYS_ITSELF, TEXT_NOT_READ, Excerpt, Filing, Severity
from core.facts.filing import Stake
from core.facts.grading import grade_filing
from tests.core.facts.made import filing

G1, G2, G3 = Severity.G1, Severity.G2, Severity.G3


def test_the_heaviest_item_decides_and_is_named() -> None:
    grade = grade_filing(filing("8-K", "5.07,4.02,9.01"))

    assert (grade.severity, grade.row) == (G3, "8-K 4.02: restatement")


def test_exhibits_never_raise_a_grade() -> None:
    assert grade_filing(filing("8-K", "5.03,9.01")).severity is G1
    assert grade_filing(filing("8-K", "9.01")).row == "8-K: other"


def test_a_successors_report_is_notable_by_its_form() -> None:
    assert grade_filing(filing("8-K12B", "5.03")).severity is G2


def test_an_unread_text_is_said() -> None:
    assert grade_filing(filing("8-K", "5.02")).tags == ("text-not-read",)
    assert grade_filing(filing("8-K", "5.03")).tags == ()
    assert grade_filing(filing("8-K", "5.03")).excerpt == TEXT_NOT_READ


@pytest.mark.parametrize(
    ("items", "text", "severity"),
    [
        (
            "5.02",
            "Item 5.02. On May 1 Jane Roe, Chief Financial Officer, notified us that she will resign.",
            G3,
        ),
        (
            "5.02",
            "Item 5.02. The Board approved the annual bonus plan and elected Ann Poe as a director.",
            G1,
        ),
        ("5.02", "Item 5.02. The Board appointed Ann Poe Chief Operating Officer of the Company.", G2),
        ("1.01", "Item 1.01. The Company entered into an Agreement and Plan of Merger with Parent.", G3),
        ("1.01", "Item 1.01. The Company entered into a revolving credit agreement.", G2),
        (
            "3.01",
            "Item 3.01. The Company will voluntarily transfer its stock exchange listing to Nasdaq.",
            G1,
        ),
        ("3.01", "Item 3.01. Nasdaq notified the Company that its bid price fell below one dollar.", G3),
        ("4.01", "Item 4.01. Smith LLP resigned as auditor.", G3),
        ("7.01", "Item 7.01. The Company will present at a conference.", G1),
        ("7.01", "Item 7.01. The Company announced its second quarter 2026 financial results.", G2),
        ("8.01", "Item 8.01. The Company filed voluntary petitions under chapter 11.", G3),
        ("2.02", "Item 2.02. The Company withdrew its previously issued full-year guidance.", G3),
        ("1.05", "Item 1.05. Ransomware forced the Company to suspend operations at all plants.", G3),
        ("1.05", "Item 1.05. Systems were taken offline, which has disrupted manufacturing.", G3),
        ("1.05", "Item 1.05. The Company has not yet determined whether a material impact is likely.", G2),
        ("5.02", "Item 5.02. The Board terminated the employment of its CEO for cause.", G3),
        (
            "5.02",
            "Item 5.02. The CFO is paid unless he resigns before 2028. Mr. Roe was appointed President.",
            G2,
        ),
        (
            "5.02",
            "Item 5.02. John Doe, Controller, gave notice of his resignation. "
            "Jane Roe, the Chief Financial Officer, will assume his duties.",
            G2,
        ),
        (
            "5.02",
            "Item 5.02. A director resigned. She is the former Chief Executive Officer of Acme Corp.",
            G2,
        ),
        (
            "5.02",
            "Item 5.02. The Company and its President entered into an amended employment agreement.",
            G1,
        ),
        ("1.02", "Item 1.02. The supply agreement with its largest customer was terminated.", G3),
        ("1.02", "Item 1.02. The Company terminated its lease of an office.", G2),
        ("3.01", "Item 3.01. The Company asked the NYSE to delist its 1.5% Senior Notes due 2026.", G1),
        ("3.01", "Item 3.01. Nasdaq will delist the common stock and the warrants.", G3),
        ("8.01", "Item 8.01. One of our tenants filed a voluntary petition under chapter 11.", G1),
        ("5.07", "Item 5.07. Stockholders did not approve the compensation of executives.", G2),
    ],
)
def test_the_text_raises_and_lowers(items: str, text: str, severity: Severity) -> None:
    assert grade_filing(filing("8-K", items, text=text)).severity is severity


def test_only_the_items_own_section_is_read() -> None:
    text = (
        "Item 5.02. The Board approved the annual bonus plan. "
        "Item 8.01. The Chief Executive Officer of a customer has resigned."
    )

    assert grade_filing(filing("8-K", "5.02", text=text)).severity is G1


def test_a_foreign_report_is_graded_by_its_text() -> None:
    settled = "Alcon announces settlement of litigation related to surgery devices"

    assert grade_filing(filing("6-K", text=settled)).severity is G2
    assert grade_filing(filing("6-K", text="Notice of the annual meeting")).severity is G1
    assert grade_filing(filing("6-K")).tags == ("text-not-read",)


def test_an_amendment_weighs_the_same_and_is_tagged() -> None:
    grade = grade_filing(filing("8-K/A", "4.02"))

    assert (grade.severity, grade.tags) == (G3, ("amendment",))


def test_a_bidder_is_not_its_target() -> None:
    assert grade_filing(filing("SC TO-T")).severity is G3
    assert grade_filing(filing("SC TO-T", about_other=True)).severity is G2
    assert grade_filing(filing("10-K", about_other=True)).severity is G2


def test_a_removal_without_its_text_weighs_what_its_form_does() -> None:
    grade = grade_filing(
        filing("25-NSE"), (filing("25-NSE"), filing("10-Q", key="2"), filing("8-K", "2.02", key="3"))
    )

    assert (grade.severity, grade.row, grade.tags) == (G3, "25-NSE: listing left", ("text-not-read",))
    assert grade.label == "removal by the exchange"


AFTER = date(2026, 4, 20) + timedelta(days=60)


def test_an_unread_removal_is_of_another_class_when_the_issuer_reports_as_before_months_later() -> None:
    removal = filing("25-NSE")

    grade = grade_filing(removal, (removal, filing("10-Q", key="2", filed=AFTER)))

    assert (grade.severity, grade.row, grade.tags) == (
        G1,
        "25-NSE: listing left, went on reporting",
        ("text-not-read",),
    )


@pytest.mark.parametrize(
    "siblings",
    [
        (filing("10-Q", key="2", filed=AFTER - timedelta(days=1)),),
        (
            filing("10-Q", key="2", filed=AFTER),
            filing("8-K", "3.01", key="3", filed=date(2026, 4, 20) - timedelta(days=200)),
        ),
    ],
)
def test_too_early_a_report_none_at_all_or_a_warned_issuer_keep_the_forms_grade(siblings: Any) -> None:
    removal = filing("25-NSE")

    assert grade_filing(removal, (removal, *siblings)).severity is G3


@pytest.mark.parametrize(
    "other",
    [
        filing("8-K", "3.01", key="2"),
        filing("8-K", "1.03", key="2"),
        filing("15-12G", key="2"),
        filing("SC TO-T", key="2"),
    ],
)
def test_what_speaks_of_the_end_of_the_listing_keeps_the_grade_whatever_is_reported_later(
    other: Filing,
) -> None:
    later = filing("10-Q", key="3", filed=AFTER)

    assert grade_filing(filing("25-NSE"), (filing("25-NSE"), other, later)).severity is G3


@pytest.mark.parametrize(
    "other",
    [
        filing("SC TO-T", key="2", about_other=True),
        filing("8-K", "3.01", key="2", text="Item 3.01. The Company asked to delist its 1.5% Senior Notes."),
    ],
)
def test_what_speaks_of_something_else_does_not(other: Filing) -> None:
    later = filing("10-Q", key="3", filed=AFTER)

    assert grade_filing(filing("25-NSE"), (filing("25-NSE"), other, later)).severity is G1


def test_a_removal_whose_notice_tells_of_a_move_is_a_move() -> None:
    told = filing(
        "8-K",
        "3.01",
        key="2",
        text="Item 3.01. will voluntarily transfer its stock exchange listing to Nasdaq",
    )

    grade = grade_filing(filing("25"), (filing("25"), told))

    assert (grade.severity, grade.row) == (G1, "25: listing left, with a new listing")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Description of class of securities: Common Stock, par value $0.01", G3),
        ("Description of class of securities: American Depositary Shares", G3),
        ("Description of class of securities: 1.375% Notes due 2024", G1),
        ("Warrants, each exercisable for one share of Class A common stock at $11.50", G1),
        ("Depositary Shares, each representing a 1/1000th interest in a share of 5% Preferred Stock", G1),
        ("Description of class of securities: not legible", G3),
    ],
)
def test_the_class_in_the_removals_text_decides(text: str, severity: Severity) -> None:
    assert grade_filing(filing("25-NSE", text=text)).severity is severity


def test_a_g3_item_is_explained_by_its_sentence_when_the_text_was_read() -> None:
    grade = grade_filing(
        filing("8-K", "4.02", text="Item 4.02. The accounts of 2025 should no longer be relied upon.")
    )

    assert isinstance(grade.excerpt, Excerpt)
    assert grade.excerpt.text == "The accounts of 2025 should no longer be relied upon."


MOVE = (
    filing("8-K", "2.02,3.01,9.01", key="1", filed=date(2025, 11, 20)),
    filing("25", key="2", filed=date(2025, 12, 8)),
    filing("8-A12B", key="3", filed=date(2025, 12, 8)),
)


def test_a_move_to_another_exchange_is_no_delisting() -> None:
    assert grade_filing(MOVE[1], MOVE).severity is G1
    assert grade_filing(MOVE[1], MOVE).row == "25: listing left, with a new listing"
    assert grade_filing(MOVE[0], MOVE).row == "8-K 2.02: results"


def test_without_the_new_registration_it_is_one() -> None:
    assert grade_filing(MOVE[0], MOVE[:2]).severity is G3
    assert grade_filing(MOVE[1], MOVE[:2]).severity is G3


@pytest.mark.parametrize("code", ["1.03", "5.01"])
def test_new_shares_after_a_bankruptcy_or_a_takeover_are_no_move(code: str) -> None:
    siblings = (*MOVE, filing("8-K", code, key="4", filed=date(2025, 12, 9)))

    assert grade_filing(MOVE[1], siblings).severity is G3


def test_notes_listed_elsewhere_at_another_time_are_no_move() -> None:
    siblings = (*MOVE[:2], filing("8-A12B", key="3", filed=date(2025, 12, 30)))

    assert grade_filing(MOVE[1], siblings).severity is G3


def test_a_purchase_that_is_small_for_its_buyer_is_notable_only() -> None:
    text = "Item 1.01. The Company entered into a Merger Agreement to acquire Tiny Corp. for $40 million."

    def severity(worth: int) -> Severity:
        return grade_filing(filing("8-K", "1.01", text=text), worth=Decimal(worth)).severity

    assert severity(10**9) is G2
    assert severity(10**8) is G3


def test_two_sentences_may_state_a_departure_together() -> None:
    text = (
        "Item 5.02. On May 1, Paul White notified the Company that he will resign. "
        "Mr. White has served as our Chief Financial Officer since 2014."
    )

    assert grade_filing(filing("8-K", "5.02", text=text)).event is Event.CHIEF_LEAVES


def test_a_lowering_row_does_not_act_when_the_section_speaks_against_it() -> None:
    text = (
        "Item 3.01. Nasdaq notified the Company that its bid price fell below one dollar. "
        "The Company may apply to transfer its listing to the Nasdaq Capital Market."
    )

    assert grade_filing(filing("8-K", "3.01", text=text)).severity is G3


def test_a_document_that_is_no_more_than_its_title_is_read_like_a_headline() -> None:
    def titled(title: str) -> Filing:
        return replace(filing("6-K", text=title), title=title)

    bought = grade_filing(titled("Acme files for bankruptcy protection"))

    assert bought.severity is G3
    assert isinstance(bought.excerpt, Excerpt)
    assert bought.excerpt.text == "Acme files for bankruptcy protection"
    assert isinstance(grade_filing(titled("A letter")).excerpt, Excerpt)


def test_a_section_without_a_sentence_says_so() -> None:
    assert grade_filing(filing("8-K", "5.03", text="Item 5.03. (d) Exhibits")).excerpt == NO_SENTENCE


def test_a_sentence_made_of_fields_stands_for_the_filing() -> None:
    stake = replace(filing("SC 13G"), fields=(Stake(holder="BlackRock", percent=Decimal("7.1")),))

    grade = grade_filing(stake)

    assert isinstance(grade.excerpt, Excerpt)
    assert (grade.excerpt.text, grade.excerpt.made) == ("BlackRock holds 7.1 %", True)


def test_an_unread_removal_without_a_notice_beside_it_is_notable_only() -> None:
    removal = filing("25-NSE", filed=date(2026, 4, 1))
    report = filing("8-K", "8.01", key="2", filed=date(2026, 4, 8))
    early = filing("8-K", "8.01", key="2", filed=date(2026, 4, 7))

    assert grade_filing(removal, (removal, report)).severity is G2
    assert grade_filing(removal, (removal, report)).row == "25-NSE: listing left, without a notice"
    assert grade_filing(removal, (removal, early)).severity is G3
    assert grade_filing(removal, (removal, filing("10-Q", key="2", filed=date(2026, 4, 8)))).severity is G3


def test_a_form_that_says_what_it_is_needs_no_text() -> None:
    grade = grade_filing(replace(filing("DEF 14A"), documents=SAYS_ITSELF))

    assert (grade.excerpt, grade.tags) == (SAYS_ITSELF, ())


def test_a_size_is_read_in_any_sentence_of_an_item_that_names_a_charge_or_a_cut() -> None:
    cut = "Item 2.05. The Board approved a plan. It will affect about 70% of our employees."

    grade = grade_filing(filing("8-K", "2.05", text=cut))

    assert (grade.severity, grade.event) == (G3, Event.RESTRUCTURING)
    assert grade.label == "costs of an exit or restructuring, large for the company"


def test_guidance_that_comes_down_is_read_from_its_numbers() -> None:
    text = "Item 2.02. The Company expects revenue of $80 million, compared to prior guidance of $90 million."

    assert grade_filing(filing("8-K", "2.02", text=text)).event is Event.GUIDANCE_DOWN


def test_a_warning_that_was_a_move_warns_of_nothing() -> None:
    notes = filing("25-NSE", key="5", filed=date(2026, 4, 7))
    report = filing("8-K", "8.01", key="6", filed=date(2026, 4, 20))

    assert grade_filing(notes, (*MOVE, notes, report)).severity is G2
    assert grade_filing(notes, (MOVE[0], notes, report)).severity is G3
