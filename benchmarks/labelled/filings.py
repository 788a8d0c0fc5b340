"""Filings against their labels, and false G3 over every recorded list of filings."""

import csv
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.labelled.figures import Share, Table
from benchmarks.labelled.labels import LABELS, RECORDED, labels
from benchmarks.labelled.labels import Row as Label
from core.base.gap import NOT_GIVEN, Gap
from core.facts.events import Severity
from core.facts.fact import RANK, Excerpt, Grade
from core.facts.filing import READ, Document, Filing, document_of
from core.facts.grading import grade_filing
from providers.sources.plain_text import decode, plain_text
from providers.sources.sec import codes
from providers.sources.sec.submissions import Row, read_submissions

Lists = dict[Path, tuple[Filing, ...]]
# Item codes in their present form are on lists from 2005 on.
SINCE = date(2005, 1, 1)
LABELLED = RECORDED / "sec/labelled"
FOLDS = 5
DAYS_A_MONTH = 30.44
# The items behind a form: "8-K 1.01,9.01".
_ITEMS = re.compile(r"(?<=8-K) [\d.,]+\Z")


def measure_filings(table: Table, parts: tuple[str, ...] = ("report", "later")) -> None:
    """Severity of the parts' filings, of the labelled 8-Ks of other companies and of the sections, what their
    facts say, and the rate of G3 that no label calls one.
    """
    if not RECORDED.is_dir():
        table.add("filings", "skipped: the recorded filings are not here")
        return
    paths = sorted(RECORDED.glob("sec/submissions*/CIK*.json"))
    lists = {path: listed(path) for path in paths if ".meta" not in path.name}
    read = list(_others())
    for part in parts:
        own = [Graded.of_row(row, lists) for row in labels(part) if row["type"] != "story"]
        read += [one for one in own if one.read]
        _per_class(table, f"filings of the part {part}", own)
    companies = len({one.company for one in read})
    _per_class(table, f"{len(read)} documents of {companies} companies", read, 0.95)
    _folds(table, read)
    for name, made in _sections():
        _heavy(table, f"sections, set {name}", made)
    quoted = sum(isinstance(one.grade.excerpt, Excerpt) for one in read)
    table.share("excerpt of the documents that were read", Share(quoted, len(read)), 0.95)
    _false_alarms(table, lists, {row["key"] for row in labels() if row["severity"] == "G3"})


@dataclass(frozen=True, slots=True)
class Graded:
    """A labelled filing and the grade it gets. `read`: with its text."""

    company: str
    told: str
    wanted: str
    grade: Grade
    read: bool

    @classmethod
    def of_row(cls, row: Label, lists: Lists) -> "Graded":
        """A row of the project's own labels."""
        told = f"{row['key']} {row['form']} {row['note']}"
        if row["type"] == "listed":
            siblings = lists[RECORDED / row["source"]]
            grade = grade_filing(next(one for one in siblings if one.key == row["key"]), siblings)
            return cls(row["source"], told, row["severity"], grade, read=False)
        form, items = _ITEMS.sub("", row["form"]), "".join(_ITEMS.findall(row["form"])).strip()
        read = documents_of(RECORDED / row["source"], form)
        grade = grade_filing(filing_of(row["key"], form, items, date(2000, 1, 1), read))
        return cls(row["key"].partition("_")[0], told, row["severity"], grade, read=True)


def _sections() -> Iterator[tuple[str, list[Graded]]]:
    """Sections that were written for the purpose or quoted from filings, set by set."""
    with (LABELS / "sections.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for name in dict.fromkeys(row["set"] for row in rows):
        yield name, [_section(row) for row in rows if row["set"] == name]


def _section(row: Label) -> Graded:
    foreign = row["items"] == "6-K"
    form, items = ("6-K", "") if foreign else ("8-K", row["items"])
    text = row["text"] if foreign else f"Item {items} Something Here.\n{row['text']}"
    grade = grade_filing(filing_of("-", form, items, date(2000, 1, 1), (document_of(form, text),)))
    return Graded("", f"{row['items']} {row['text'][:90]}", row["severity"], grade, read=True)


def _labelled() -> Iterator[tuple[Filing, Label]]:
    """The labelled 8-Ks of companies that the project's own labels do not have, with their rows."""
    listing = LABELLED / "filings.jsonl"
    for line in listing.read_text(encoding="utf-8").splitlines() if listing.is_file() else ():
        one = json.loads(line)
        read = documents_of(LABELLED / one["document"], "8-K")
        yield filing_of(one["id"], "8-K", ",".join(one["items"]), date(2000, 1, 1), read), one


def _others() -> Iterator[Graded]:
    for filing, one in _labelled():
        told = f"{one['id']} {one['company']}"
        yield Graded(one["company"], told, one["severity"], grade_filing(filing), read=True)


def _per_class(table: Table, name: str, found: list[Graded], g3_recall: float | None = None) -> None:
    table.per_class(name, [(one.wanted, one.grade.severity) for one in found], g3_recall)
    near = [one for one in found if one.wanted == "G2"]
    hits = sum(abs(RANK[one.grade.severity] - RANK[Severity(one.wanted)]) <= 1 for one in near)
    table.share(f"{name}: G2 within one grade", Share(hits, len(near)), 0.97)
    for one in found:
        if one.wanted != one.grade.severity:
            table.case(f"filing: {one.told} | {one.wanted} | {one.grade.severity.value} by {one.grade.row}")


def _folds(table: Table, read: list[Graded]) -> None:
    """In folds of whole companies: how much a figure hangs on which companies are asked."""
    companies = sorted({one.company for one in read})
    for fold in range(FOLDS):
        mine = [one for one in read if companies.index(one.company) % FOLDS == fold]
        _heavy(table, f"fold {fold + 1}", mine)


def _heavy(table: Table, name: str, found: list[Graded]) -> None:
    table.share(f"{name}: G3 recall", _right([one for one in found if one.wanted == "G3"]))
    table.share(f"{name}: G3 precision", _right([one for one in found if one.grade.severity is Severity.G3]))


def _right(read: list[Graded]) -> Share:
    return Share(sum(one.wanted == one.grade.severity for one in read), len(read))


def measure_excerpts(table: Table) -> None:
    """Seconds of one core for three hundred documents, and of the slowest one."""
    filings = [filing for filing, _ in _labelled()]
    if not filings:
        table.add("excerpts of 300 documents", "skipped: the recorded filings are not here")
        return
    seconds = []
    for filing in (filings[number % len(filings)] for number in range(300)):
        start = time.process_time()
        grade_filing(filing)
        seconds.append(time.process_time() - start)
    table.add("excerpts of 300 documents, seconds", f"{sum(seconds):.2f}", "<= 3", ok=sum(seconds) <= 3)
    table.add("slowest of them, seconds", f"{max(seconds):.2f}", "<= 2", ok=max(seconds) <= 2)


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
    if path.suffix == ".xml" or "<XML>" in raw:
        return (document_of(form, raw),)
    return (document_of(form, plain_text(raw, limit=READ)),)
