"""Periodic reports and notices of late ones: doubt, a changed auditor, results in words, why a report is
late.
"""

import time

import pytest

from core.facts.events import Event, Severity
from core.facts.fact import NO_SENTENCE, Excerpt, Grade
from core.facts.filing import document_of
from core.facts.grading import grade_filing
from providers.sources.plain_text import plain_text
from providers.sources.sec.accounts import LIMIT, telling
from tests.core.facts.made import filing
from tests.providers.sources.sec.test_exhibits import FOLDER, read, row

HEADING = "Item 9. Changes in and Disagreements with Accountants on Accounting and Financial Disclosure"
SALES = "Net sales decreased 4% to $310 million, compared to $323 million a year before."
DOUBT = "These conditions raise substantial doubt about the Company's ability to continue as a going concern."


def graded(form: str, *paragraphs: str) -> Grade:
    return grade_filing(filing(form, text="\n".join(paragraphs)))


def said(grade: Grade) -> str:
    assert isinstance(grade.excerpt, Excerpt)
    return grade.excerpt.text


@pytest.mark.parametrize("form", ["10-K", "10-Q", "20-F"])
def test_doubt_about_going_concern_is_structural_and_quoted(form: str) -> None:
    grade = graded(form, SALES, DOUBT)

    assert (grade.severity, grade.event) == (Severity.G3, Event.INSOLVENCY)
    assert said(grade) == DOUBT


@pytest.mark.parametrize(
    "harmless",
    [
        "We judge whether conditions raise substantial doubt about our ability to go on as a going concern.",
        "These plans alleviated the substantial doubt about our ability to continue as a going concern.",
        "If we fail, there may be substantial doubt about our ability to continue as a going concern.",
    ],
)
def test_a_test_for_doubt_is_no_doubt(harmless: str) -> None:
    grade = graded("10-Q", harmless, SALES)

    assert grade.severity is Severity.G2
    assert said(grade) == SALES


def test_a_changed_auditor_is_told() -> None:
    changed = "On March 4 the Audit Committee dismissed KPMG LLP and engaged BDO USA as its auditor."

    grade = graded("10-K", HEADING, changed, "Item 9A. Controls and Procedures", SALES)

    assert (grade.severity, grade.event) == (Severity.G2, Event.AUDITOR)
    assert said(grade) == changed


@pytest.mark.parametrize(
    "below", ["None.", "Not applicable", "45", "There were no changes to tell of in this year."]
)
def test_an_auditor_who_stays_is_no_news(below: str) -> None:
    grade = graded("10-K", f"{HEADING}\n{below}\nItem 9A. Controls and Procedures", SALES)

    assert grade.event is Event.RESULTS
    assert said(grade).endswith(SALES)


def test_what_a_report_repeats_changes_no_grade() -> None:
    grade = graded(
        "10-Q", "In May our Chief Executive Officer resigned and we filed a voluntary petition.", SALES
    )

    assert (grade.severity, grade.event) == (Severity.G2, Event.RESULTS)


def test_a_report_that_tells_nothing_says_so() -> None:
    assert graded("10-Q", "Leases are told in note 4.").excerpt == NO_SENTENCE


async def test_of_a_long_report_only_what_tells_something_is_kept() -> None:
    page = f"<p>{'A note on leases goes on. ' * 9}</p>" * 4_000 + f"<p>{DOUBT}</p><p>{SALES}</p>"

    found, asked = await read({f"{FOLDER}/a.htm": page}, row("10-Q"))

    assert asked == [f"{FOLDER}/a.htm"]
    assert found == (document_of("10-Q", f"{DOUBT}\n{SALES}"),)


async def test_a_report_without_a_telling_paragraph_was_read_all_the_same() -> None:
    found, _ = await read({f"{FOLDER}/a.htm": "<p>A note on leases.</p>"}, row("10-K"))

    assert found == (document_of("10-K", ""),)


def test_the_auditor_is_kept_under_its_heading() -> None:
    text = f"{SALES}\n{HEADING}\nOn March 4 the Audit Committee dismissed KPMG LLP.\n{DOUBT}"

    assert telling(text).splitlines()[1] == "Changes in and Disagreements with Accountants"


@pytest.mark.parametrize(
    "page", ["substantial doubt " * 150_000, "net sales were " * 200_000, "<p>x</p>" * 400_000]
)
def test_no_report_takes_longer_than_two_seconds(page: str) -> None:
    start = time.process_time()

    telling(plain_text(page, limit=LIMIT))

    assert time.process_time() - start < 2


def test_a_notice_of_a_late_report_is_told_by_its_reason() -> None:
    reason = (
        "The Registrant needs more time to complete its assessment of an error in revenue of prior quarters."
    )
    grade = graded(
        "NT 10-K",
        "PART II RULES 12b-25(b) AND (c)",
        "The reasons described in reasonable detail in Part III of this form could not be eliminated.",
        "PART III NARRATIVE",
        "State below in reasonable detail why Forms 10-K, 20-F, 11-K or 10-Q could not be filed in time.",
        reason,
        "PART IV OTHER INFORMATION",
        "Name and telephone number of person to contact: Ann Poe was here on May 1, 2026.",
    )

    assert (grade.severity, grade.event) == (Severity.G3, Event.LATE)
    assert said(grade) == reason
