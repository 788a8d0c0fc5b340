"""Filings against their labels, and false G3 over every recorded list of filings."""

import html
import json
import re
from datetime import date
from pathlib import Path

from benchmarks.labelled.figures import Table
from benchmarks.labelled.labels import RECORDED, Row
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Filing, Severity
from core.facts.sec_forms import is_about_other
from core.facts.sec_grading import grade_filing

Lists = dict[Path, tuple[Filing, ...]]
# Item codes in their present form are on lists from 2005 on.
SINCE = date(2005, 1, 1)
DAYS_A_MONTH = 30.44


def measure_filings(table: Table, rows: list[Row], everything: list[Row]) -> None:
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
            text = text_of(RECORDED / row["source"])
            grade = grade_filing(filing_of(row["key"], form, items, date(2000, 1, 1), text))
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
                false[one.key] = f"{name} {one.form} {one.items} {one.filed} {grade.row}"
    months = sum((high - low).days / DAYS_A_MONTH for low, high in spans.values())
    for key, told in sorted(false.items()):
        table.case(f"false G3: {key} {told}")
    rate = 30 * len(false) / months
    name = f"false G3 a month for 30 names ({len(false)} in {months:.0f} name-months)"
    table.add(name, f"{rate:.2f}", "<= 5", ok=rate <= 5)


def listed(path: Path) -> tuple[Filing, ...]:
    """A recorded list of filings, in its three recorded shapes."""
    data = json.loads(path.read_text(encoding="utf-8"))
    columns = data.get("filings", {}).get("recent") or data.get("recent") or data
    numbers = columns.get("fileNumber") or ["-"] * len(columns["form"])
    rows = zip(
        columns["accessionNumber"],
        columns["form"],
        columns["items"],
        columns["filingDate"],
        numbers,
        strict=True,
    )
    return tuple(
        filing_of(
            key, form, items, date.fromisoformat(filed), NOT_GIVEN, about_other=is_about_other(form, number)
        )
        for key, form, items, filed, number in rows
    )


def filing_of(
    key: str, form: str, items: str | None, filed: date, text: str | Gap, *, about_other: bool = False
) -> Filing:
    """A filing as the adapter would bring it, with what grading reads."""
    return Filing(
        ticker="T",
        source="SEC",
        key=key,
        form=form,
        items=tuple(one for one in (items or "").split(",") if one),
        filed=filed,
        event_day=NOT_GIVEN,
        url="",
        title=form,
        text=text,
        about_other=about_other,
    )


def text_of(path: Path) -> str:
    """A recorded document as one line of text; in a full submission only its first document."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    if "<DOCUMENT>" in raw:
        raw = raw.split("<DOCUMENT>")[1].split("</DOCUMENT>")[0]
    raw = re.sub(r"(?is)<(script|style|ix:header).*?</\1>", " ", raw)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", raw)))
