"""Filings against their labels, and false G3 over every recorded list of filings."""

import json
from datetime import date
from pathlib import Path

from benchmarks.labelled.figures import Table
from benchmarks.labelled.labels import RECORDED
from benchmarks.labelled.labels import Row as Label
from core.base.gap import NOT_GIVEN, Gap
from core.facts.events import Severity
from core.facts.filing import READ, Document, Filing, document_of
from core.facts.grading import grade_filing
from providers.sources.plain_text import decode, plain_text
from providers.sources.sec import codes
from providers.sources.sec.submissions import Row, read_submissions

Lists = dict[Path, tuple[Filing, ...]]
# Item codes in their present form are on lists from 2005 on.
SINCE = date(2005, 1, 1)
DAYS_A_MONTH = 30.44


def measure_filings(table: Table, rows: list[Label], everything: list[Label]) -> None:
    """Severity of the rows' filings, and the rate of G3 that none of `everything` calls one."""
    if not RECORDED.is_dir():
        table.add("filings", "skipped: the recorded filings are not here")
        return
    paths = sorted(RECORDED.glob("sec/submissions*/CIK*.json"))
    lists = {path: listed(path) for path in paths if ".meta" not in path.name}
    pairs = []
    for row in rows:
        if row["type"] == "listed":
            siblings = lists[RECORDED / row["source"]]
            filing = next(one for one in siblings if one.key == row["key"])
            grade = grade_filing(filing, siblings)
        else:
            form, _, items = row["form"].partition(" ")
            read = documents_of(RECORDED / row["source"], form)
            grade = grade_filing(filing_of(row["key"], form, items, date(2000, 1, 1), read))
        pairs.append((row["severity"], grade.severity))
        if row["severity"] != grade.severity:
            told = f"{row['key']} {row['form']} {row['note']}"
            table.case(f"filing: {told} | {row['severity']} | {grade.severity.value} by {grade.row}")
    table.per_class("filing", pairs, 0.98)
    _false_alarms(table, lists, {row["key"] for row in everything if row["severity"] == "G3"})


def _false_alarms(table: Table, lists: Lists, true: set[str]) -> None:
    false: dict[str, str] = {}
    spans: dict[str, tuple[date, date]] = {}
    for path, filings in lists.items():
        recent = tuple(one for one in filings if one.filed >= SINCE)
        if not recent:
            continue
        name = path.name[3:13]
        days = [one.filed for one in recent]
        low, high = spans.get(name, (date.max, date.min))
        spans[name] = (min(low, *days), max(high, *days))
        for one in recent:
            grade = grade_filing(one, recent)
            if grade.severity is Severity.G3 and one.key not in true:
                false[one.key] = (
                    f"{name} {one.form} {[each.code for each in one.reports]} {one.filed} {grade.row}"
                )
    months = sum((high - low).days / DAYS_A_MONTH for low, high in spans.values())
    for key, told in sorted(false.items()):
        table.case(f"false G3: {key} {told}")
    rate = 30 * len(false) / months
    name = f"false G3 a month for 30 names ({len(false)} in {months:.0f} name-months)"
    table.add(name, f"{rate:.2f}", "<= 5", ok=rate <= 5)


def listed(path: Path) -> tuple[Filing, ...]:
    """A recorded list of filings, read and translated as in use."""
    body = path.read_bytes()
    inner = json.loads(body).get("recent")
    page = read_submissions(json.dumps(inner).encode() if inner else body)
    return tuple(translated(row, NOT_GIVEN) for row in page.rows)


def filing_of(key: str, form: str, items: str, filed: date, documents: tuple[Document, ...] | Gap) -> Filing:
    """A labelled filing as the source would hand it over."""
    row = Row(
        accession=key,
        filed=filed,
        form=form,
        items=tuple(one for one in items.split(",") if one),
        event_day=None,
        document="",
        description="",
        about_other=False,
    )
    return translated(row, documents)


def translated(row: Row, documents: tuple[Document, ...] | Gap) -> Filing:
    """The source's own translation."""
    return codes.filing_of(row, documents, ticker="T", source="SEC", url="", published=NOT_GIVEN)


def documents_of(path: Path, form: str) -> tuple[Document, ...]:
    """A recorded document as the source reads it; in a full submission only its first document."""
    raw = decode(path.read_bytes())
    if "<DOCUMENT>" in raw:
        raw = raw.split("<DOCUMENT>")[1].split("</DOCUMENT>")[0]
    return (document_of(form, plain_text(raw, limit=READ)),)
