"""Insiders' forms: hundreds a year and name, so a week of them is one fact; only open-market buying weighs more.

Promise: no form is lost, each week names how many of which. G2 only for code P by the chief executive or finance chief,
or by three insiders in one week (163 basis points around open-market buys against 42 for all trades: facts.md); G1 else.
Without the forms' text nothing is known about the code, and the week is G1, which says "not read".
"""

import re
from datetime import date
from typing import Final

from core.facts.fact import Filing, Severity
from core.facts.grade import Grade
from core.facts.sec_forms import base_form

# The transaction code of an open-market purchase in the form's XML, and in its rendered table.
_BUYS: Final = re.compile(r"<transactionCode>\s*P\s*</transactionCode>|\bcode:? P\b", re.IGNORECASE)
_CHIEF: Final = re.compile(
    r"<officerTitle>[^<]*(?:chief exec|chief fin|\bCEO\b|\bCFO\b|principal (?:executive|financial))",
    re.IGNORECASE,
)
_OWNER: Final = re.compile(r"<rptOwnerCik>\s*(\d+)\s*</rptOwnerCik>", re.IGNORECASE)
_CLUSTER: Final = 3


def week_of(day: date) -> tuple[int, int]:
    """ISO year and week: the bucket of insiders' forms."""
    year, week, _ = day.isocalendar()
    return year, week


def grade_week(filings: tuple[Filing, ...]) -> tuple[Grade, str]:
    """The grade of one name's insider forms of one week, and their title."""
    forms = sorted({base_form(filing.form) for filing in filings})
    counted = ", ".join(
        f"{sum(base_form(filing.form) == form for filing in filings)} × Form {form}" for form in forms
    )
    title = f"Insiders' filings of the week: {counted}"
    texts = [filing.text for filing in filings if isinstance(filing.text, str)]
    buys = [text for text in texts if _BUYS.search(text)]
    owners = {match[1] for text in buys if (match := _OWNER.search(text))}
    if any(_CHIEF.search(text) for text in buys):
        grade = Grade(
            severity=Severity.G2,
            row="form 4: chief buys",
            event="insider",
            label="a chief buys in the market",
        )
        return grade, f"{title}; the chief executive or finance chief bought in the market"
    if len(owners) >= _CLUSTER:
        grade = Grade(
            severity=Severity.G2, row="form 4: three buy", event="insider", label="several buy in the market"
        )
        return grade, f"{title}; {len(owners)} insiders bought in the market"
    tags = () if texts else ("text-not-read",)
    return Grade(
        severity=Severity.G1, row="forms 3, 4, 5, 144", event="insider", label="insiders' filings", tags=tags
    ), title
