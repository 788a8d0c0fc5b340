"""How well and how fast the sieve works: precision and recall per class with Wilson intervals, and ten thousand items.

Reads the project's own labels (tests/recordings/labels). Rows were tuned on their `tune` part only; what is printed is
the `report` part (`--tune` prints the other). Filings' lists and documents are read from ../shared/data; where that is
not there, their lines say "skipped". A target that is missed is "over".
"""

import csv
import html
import json
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.facts.cleaning import clean  # noqa: E402 - the script is run by path
from core.facts.events import grade_headline  # noqa: E402
from core.facts.fact import (  # noqa: E402
    Authority,
    Filing,
    Gathering,
    Severity,
    SourceClass,
    Story,
    Subject,
)
from core.facts.gates import Stopped, stop, stop_views  # noqa: E402
from core.facts.matching import Matcher  # noqa: E402
from core.facts.names_of import aliases_of  # noqa: E402
from core.facts.rule import line  # noqa: E402
from core.facts.sec_forms import is_about_other  # noqa: E402
from core.facts.sec_grading import grade_filing  # noqa: E402
from core.facts.sift import sift  # noqa: E402
from core.gap import NOT_GIVEN, Gap  # noqa: E402

LABELS = ROOT / "tests" / "recordings" / "labels"
RECORDED = ROOT.parent / "shared" / "data"
Row = dict[str, str]


@dataclass(frozen=True)
class Share:
    """Hits of a number, with the Wilson interval at 95 %."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 1.0

    def __str__(self) -> str:
        if not self.total:
            return "no case"
        z, n, p = 1.96, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return f"{p:.3f} [{middle - half:.3f}, {middle + half:.3f}] {self.hits}/{n}"


class Table:
    """The printed lines, and whether a limit was missed."""

    def __init__(self) -> None:
        self.over = False

    def add(self, name: str, measured: object, limit: str = "-", *, ok: bool = True) -> None:
        print(f"{name} | {measured} | {limit} | {'ok' if ok else 'over'}")
        self.over |= not ok

    def share(self, name: str, share: Share, at_least: float | None = None) -> None:
        if at_least is None:
            self.add(name, share)
        else:
            self.add(name, share, f">= {at_least}", ok=share.value >= at_least)


def labels(part: str) -> list[Row]:
    with (LABELS / "labels.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["part"] == part]


def subjects() -> tuple[Subject, ...]:
    with (LABELS / "subjects.csv").open(newline="", encoding="utf-8") as file:
        return tuple(
            Subject(ticker=row["ticker"], name=row["name"], isin=NOT_GIVEN, country=NOT_GIVEN)
            for row in csv.DictReader(file)
        )


def story_of(row: Row) -> Story:
    return Story(
        source=row["source"],
        publisher=row["publisher"],
        authority=Authority.NEWSWIRE,
        title=row["title"],
        summary="",
        url=row["key"],
        published=datetime.fromisoformat(row["day"]),
        only_for=row["feed"] or NOT_GIVEN,
        key=row["key"],
    )


def measure_matching(table: Table, rows: list[Row], *, show: bool) -> None:
    matcher = Matcher(subjects())
    right = given = own_right = own_asked = free_right = free_asked = 0
    for row in rows:
        if row["names"] == "?":
            continue
        wanted = set(row["names"].split())
        found = {one.ticker for one in matcher.matches(story_of(row), clean(row["title"]), "")}
        if show and found != wanted:
            print(f"   matching: {row['title']} | wanted {sorted(wanted)} | found {sorted(found)}")
        right, given = right + len(found & wanted), given + len(found)
        if row["feed"]:
            own_right, own_asked = own_right + len(found & wanted), own_asked + len(wanted)
        else:
            free_right, free_asked = free_right + len(found & wanted), free_asked + len(wanted)
    table.share("matching precision", Share(right, given), 0.98)
    table.share("matching recall, per-name feeds", Share(own_right, own_asked), 0.90)
    table.share("matching recall, general feeds", Share(free_right, free_asked))


def measure_gates(table: Table, rows: list[Row], *, show: bool) -> None:
    named = [row for row in rows if row["names"]]
    stopped = {id(row): _stop(row, Authority.NEWSWIRE) for row in rows}
    kept_official = [row for row in rows if _stop(row, Authority.OFFICIAL)]
    for row in rows:
        bad = row["kind"] in ("opinion", "sourcing")
        if show and bad != bool(stopped[id(row)]):
            print(f"   gates: {row['kind']} | {row['title']} | {stopped[id(row)]}")
    for kind in ("sourcing", "opinion"):
        mine = [row for row in rows if row["kind"] == kind]
        table.share(f"{kind} recall, all", Share(sum(bool(stopped[id(row)]) for row in mine), len(mine)))
    bad_rows = [row for row in named if row["kind"] in ("opinion", "sourcing")]
    table.share(
        "speculation and opinion rejected, about a name",
        Share(sum(bool(stopped[id(row)]) for row in bad_rows), len(bad_rows)),
        0.95,
    )
    rejected = [row for row in rows if stopped[id(row)]]
    table.share(
        "speculation and opinion precision",
        Share(sum(row["kind"] not in ("event", "guidance") for row in rejected), len(rejected)),
    )
    good = [row for row in named if row["kind"] in ("event", "guidance")]
    table.share("events about a name kept", Share(sum(not stopped[id(row)] for row in good), len(good)))
    table.add("official items lost to a gate", len(kept_official), "<= 0", ok=not kept_official)


def _stop(row: Row, authority: Authority) -> Stopped | None:
    headline = line(clean(row["title"]))
    severity = grade_headline(headline).grade.severity
    return stop(headline, authority) or stop_views(authority, row["publisher"], severity)


def measure_headlines(table: Table, rows: list[Row], *, show: bool) -> None:
    graded = [(row, grade_headline(line(clean(row["title"]))).grade) for row in rows if row["severity"]]
    for row, grade in graded:
        if show and row["severity"] != grade.severity:
            print(f"   headline: {row['title']} | {row['severity']} | {grade.severity.value} by {grade.row}")
    _per_class(table, "headline", [(row["severity"], grade.severity) for row, grade in graded], None)


def _per_class(table: Table, what: str, pairs: list[tuple[str, Severity]], g3_recall: float | None) -> None:
    for severity in reversed(Severity):
        asked = [found for wanted, found in pairs if wanted == severity]
        given = [wanted for wanted, found in pairs if found is severity]
        limit = g3_recall if severity is Severity.G3 else None
        table.share(
            f"{what} {severity.value} recall", Share(sum(one is severity for one in asked), len(asked)), limit
        )
        table.share(
            f"{what} {severity.value} precision", Share(sum(one == severity for one in given), len(given))
        )


def measure_filings(table: Table, rows: list[Row], everything: list[Row], *, show: bool) -> None:
    if not RECORDED.is_dir():
        table.add("filings", "skipped: ../shared/data is not there")
        return
    lists = {
        path: listed(path)
        for path in sorted(RECORDED.glob("sec/submissions*/CIK*.json"))
        if ".meta" not in path.name
    }
    pairs = []
    for row in rows:
        if row["type"] == "listed":
            siblings = lists[RECORDED / row["source"]]
            filing = next(one for one in siblings if one.key == row["key"])
            grade = grade_filing(filing, siblings)
        else:
            form, _, items = row["title"].partition(" ")
            text = text_of(RECORDED / row["source"])
            grade = grade_filing(_filing(row["key"], form, items, date(2000, 1, 1), text))
        pairs.append((row["severity"], grade.severity))
        if show and row["severity"] != grade.severity:
            print(
                f"   filing: {row['key']} {row['title']} {row['note']} | {row['severity']} | {grade.severity.value} by {grade.row}"
            )
    _per_class(table, "filing", pairs, 0.98)
    true = {row["key"] for row in everything if row["severity"] == "G3"}
    months = 0.0
    false: dict[str, str] = {}
    months_of: dict[str, tuple[date, date]] = {}
    for path, filings in lists.items():
        recent = tuple(one for one in filings if one.filed >= date(2005, 1, 1))
        if not recent:
            continue
        name = path.name[3:13]
        low, high = months_of.get(name, (date.max, date.min))
        months_of[name] = (
            min(low, *(one.filed for one in recent)),
            max(high, *(one.filed for one in recent)),
        )
        for one in recent:
            grade = grade_filing(one, recent)
            if grade.severity is Severity.G3 and one.key not in true:
                false[one.key] = f"{name} {one.form} {one.items} {one.filed} {grade.row}"
    months = sum((high - low).days / 30.44 for low, high in months_of.values())
    if show:
        for key, told in sorted(false.items()):
            print(f"   false G3: {key} {told}")
    rate = 30 * len(false) / months
    table.add(
        f"false G3 a month for 30 names ({len(false)} in {months:.0f} name-months)",
        f"{rate:.2f}",
        "<= 5",
        ok=rate <= 5,
    )


def listed(path: Path) -> tuple[Filing, ...]:
    data = json.loads(path.read_text(encoding="utf-8"))
    columns = data.get("filings", {}).get("recent") or data.get("recent") or data
    numbers = columns.get("fileNumber") or ["-"] * len(columns["form"])
    return tuple(
        _filing(
            key, form, items, date.fromisoformat(filed), NOT_GIVEN, about_other=is_about_other(form, number)
        )
        for key, form, items, filed, number in zip(
            columns["accessionNumber"],
            columns["form"],
            columns["items"],
            columns["filingDate"],
            numbers,
            strict=True,
        )
    )


def _filing(
    key: str, form: str, items: str | None, filed: date, text: str | Gap, *, about_other: bool = False
) -> Filing:
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


def measure_speed(table: Table, rows: list[Row]) -> None:
    as_of = datetime(2026, 4, 24, 20, tzinfo=UTC)
    titles = [clean(row["title"]) for row in rows if row["type"] == "story"]
    syllables = ("Kal", "Mer", "Tor", "Vin", "Sol", "Bra", "Nex", "Dur", "Pel", "Cor")
    names = [
        f"{one}{two.lower()}{three.lower()} Industries Inc."
        for one in syllables
        for two in syllables
        for three in syllables
    ][:443]
    asked = (
        *subjects(),
        *(
            Subject(ticker=f"X{n}", name=name, isin=NOT_GIVEN, country=NOT_GIVEN)
            for n, name in enumerate(names)
        ),
    )
    stories = tuple(
        Story(
            source=f"feed {number % 8}",
            publisher="Wire",
            authority=Authority.NEWSWIRE,
            title=_retold(titles[number % len(titles)], names, number),
            summary="",
            url=f"https://wire.example/{number}",
            published=as_of - timedelta(minutes=number % 30_000),
            only_for=NOT_GIVEN,
            key=str(number),
        )
        for number in range(10_000)
    )
    gathering = Gathering(
        source="feeds", source_class=SourceClass.NEWSWIRE, coverage=(), stories=stories, read=len(stories)
    )
    # The best of three: the machine may be busy with others, and caches are emptied before each.
    seconds, kept = min(_timed(gathering, asked, as_of) for _ in range(3))
    name = f"10,000 items for {len(asked)} names ({kept} kept), seconds of one core, best of three"
    table.add(name, f"{seconds:.2f}", "< 2", ok=seconds < 2)


def _timed(gathering: Gathering, asked: tuple[Subject, ...], as_of: datetime) -> tuple[float, int]:
    clean.cache_clear()
    aliases_of.cache_clear()
    start = time.process_time()
    kept = sift((gathering,), asked, as_of).sieve.kept
    return time.process_time() - start, kept


def _retold(title: str, names: Iterable[str], number: int) -> str:
    # Three of four items name someone: worse than a general feed, as bad as per-name feeds.
    pool = list(names)
    name = pool[number * 7 % len(pool)].removesuffix(" Inc.")
    return title if number % 4 == 0 else f"{name} {title[:1].lower()}{title[1:]} {number % 97}"


def main() -> int:
    part, show = ("tune" if "--tune" in sys.argv else "report"), "--show" in sys.argv
    table = Table()
    rows = labels(part)
    stories = [row for row in rows if row["type"] == "story"]
    measure_matching(table, stories, show=show)
    measure_gates(table, stories, show=show)
    measure_headlines(table, stories, show=show)
    filings = [row for row in rows if row["type"] != "story"]
    measure_filings(table, filings, [*labels("tune"), *labels("report")], show=show)
    measure_speed(table, stories)
    return 1 if table.over else 0


if __name__ == "__main__":
    sys.exit(main())
