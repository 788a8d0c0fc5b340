"""/facts: what was seen of one name and what it says, what was thrown out and why, and how far each source
could be read.

Ordered by severity, then authority, newest first. "Looked and found nothing" and "could not look" never read
the same, and neither is said above an old copy. What was rejected is counted by its gate; a button opens it,
newest first.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from bot.report import figures
from bot.report.lookup import called, dossier_of, kind_of, not_judged_of, saying
from bot.report.markup import bold, esc, inert, italic, link
from bot.texts import report as texts
from core.base.canonical import plain
from core.base.gap import Gap
from core.facts.coverage import reach
from core.facts.fact import NOT_KEPT, Authority, Coverage, Excerpt, Fact, Rejected, Severity
from core.run import Run

REJECTED_PAGE = 12
MONTH_DAYS = 30.44
_SEVERITIES = (Severity.G3, Severity.G2, Severity.G1)
_AUTHORITIES = (Authority.OFFICIAL, Authority.NEWSWIRE, Authority.OTHER)


def ranked(facts: Iterable[Fact]) -> list[Fact]:
    """By severity, then authority, newest first; the id settles the rest."""
    return sorted(
        facts,
        key=lambda fact: (
            _SEVERITIES.index(fact.severity),
            _AUTHORITIES.index(fact.authority),
            -fact.day.toordinal(),
            fact.id,
        ),
    )


def facts_blocks(run: Run, ticker: str, *, whole: bool = False) -> tuple[str, ...]:
    """The answer in blocks of escaped HTML, `whole` with everything that was rejected. `ticker` must be one
    of `lookup.names_of(run)`."""
    dossier, snapshot = dossier_of(run, ticker), run.opening.snapshot
    facts = dossier.facts if dossier else ()
    thrown, coverage = rejected_of(run, ticker), coverage_of(run, ticker)
    head = [bold(texts.FACTS_TITLE.format(ticker=ticker, name=called(run).get(ticker, ticker)))]
    counted = figures.counted(len(facts), texts.FACTS)
    seen = texts.FACTS_SEEN.format(day=figures.day(snapshot.day), facts=counted, rejected=len(thrown))
    head.append(esc(seen))
    left = not_judged_of(run, ticker)
    if left is not None:
        head.append(esc(texts.WHY_NOT_JUDGED.format(name=ticker, reason=left.reason)))
    elif not facts:
        head.append(italic(texts["FACTS_NONE"][reach(coverage)]))
    blocks = ["\n".join(head), *_groups(facts, snapshot.day)]
    if thrown:
        counts = Counter(texts["GATES"].get(item.gate, item.gate) for item in thrown)
        said = " · ".join(f"{count} {gate}" for gate, count in counts.most_common())
        blocks.append(f"{bold(texts.FACTS_REJECTED.format(count=len(thrown)))}\n{esc(said)}")
    listed = ("\n".join(map(_thrown, thrown)),) if whole and thrown else ()
    return (*blocks, _coverage(coverage), *listed)


def rejected_block(run: Run, ticker: str, page: int = 0) -> str:
    """One page of what was rejected, newest first, each with its reason."""
    thrown = rejected_of(run, ticker)
    if not thrown:
        return esc(texts.FACTS_NO_REJECTED)
    first = min(page, (len(thrown) - 1) // REJECTED_PAGE) * REJECTED_PAGE
    shown = thrown[first : first + REJECTED_PAGE]
    span = texts.FACTS_TO.format(first=first + 1, last=first + len(shown), count=len(thrown))
    return "\n".join(
        [f"{bold(texts.FACTS_REJECTED_ALL.format(count=len(thrown)))} · {esc(span)}", *map(_thrown, shown)]
    )


def _thrown(item: Rejected) -> str:
    day = rejected_day(item)
    return f"✕ {day}{' · ' * bool(day)}{link(item.url, item.title, 100)} · {italic(rejected_why(item))}"


def rejected_day(item: Rejected) -> str:
    return "" if isinstance(item.day, Gap) else figures.day(item.day)


def rejected_why(item: Rejected) -> str:
    return f"{texts['GATES'].get(item.gate, item.gate)}: {item.reason}"


def facts_json(run: Run, ticker: str) -> dict[str, Any]:
    """The same as data, with every rejected item; unknown is null."""
    dossier = dossier_of(run, ticker)
    left = not_judged_of(run, ticker)
    return {
        "run": run.opening.id,
        "rehearsal": run.opening.stamp.rehearsal,
        "as_of": run.opening.snapshot.as_of.isoformat(),
        "ticker": ticker,
        "judged": dossier is not None,
        "reason": left.reason if left else None,
        "facts": [
            plain(fact) | {"excerpt": fact.excerpt.text if isinstance(fact.excerpt, Excerpt) else None}
            for fact in ranked(dossier.facts if dossier else ())
        ],
        "rejected": [
            plain(item)
            | {"ticker": ticker, "day": None if isinstance(item.day, Gap) else item.day.isoformat()}
            for item in rejected_of(run, ticker)
        ],
        "coverage": [
            plain(entry) | {"reason": None if isinstance(entry.reason, Gap) else entry.reason}
            for entry in coverage_of(run, ticker)
        ],
    }


def rejected_of(run: Run, ticker: str) -> tuple[Rejected, ...]:
    """Newest first; what has no day stands last."""
    thrown = [item for item in run.opening.snapshot.rejected if item.ticker == ticker]
    return tuple(sorted(thrown, key=lambda item: 0 if isinstance(item.day, Gap) else -item.day.toordinal()))


def coverage_of(run: Run, ticker: str) -> tuple[Coverage, ...]:
    name = dossier_of(run, ticker) or not_judged_of(run, ticker)
    return name.coverage if name else ()


def fact_line(fact: Fact, today: date, *, graded: bool = True) -> str:
    """One fact: severity (where `graded`), date, source, what it says as a link, its age where that is more
    than a month, and who else reported it."""
    said = kind_of(fact) + saying(fact)
    shown = link(fact.url, said, 340)
    line = f"{fact.severity} · " if graded else ""
    line += f"{figures.day(fact.day)} · {esc(fact.source, 40)} · "
    line += shown if shown.startswith("<a") else inert(said, 340)
    marks = ", ".join(esc(mark, 120) for mark in marks_of(fact, today))
    return f"{line} ({marks})" if marks else line


def marks_of(fact: Fact, today: date) -> list[str]:
    """What a reader must know of a fact, as plain words: its age above a month, its tags, who else reported
    it."""
    marks = [texts["TAGS"].get(tag, tag) for tag in fact.tags]
    if months := int((today - fact.day).days / MONTH_DAYS):
        marks.insert(0, figures.form(months, texts.FACTS_AGE).format(count=months))
    if isinstance(fact.excerpt, Gap) and fact.excerpt != NOT_KEPT and "text-not-read" not in fact.tags:
        marks.append(fact.excerpt.reason)
    if fact.also_reported_by:
        marks.append(texts.FACTS_ALSO.format(publishers=", ".join(fact.also_reported_by)))
    return marks


def coverage_line(entry: Coverage) -> str:
    """One source's state in plain words, with the reason where there must be one."""
    state = texts["COVERAGE"][entry.state]
    reason = "" if isinstance(entry.reason, Gap) or not entry.reason else f" ({entry.reason})"
    return f"{entry.source}: {state}{reason}"


def _groups(facts: tuple[Fact, ...], today: date) -> list[str]:
    blocks = []
    for (severity, authority), group in groupby(
        ranked(facts), key=lambda fact: (fact.severity, fact.authority)
    ):
        words = texts.FACTS_GROUP.format(
            severity=texts["SEVERITIES"][severity], authority=texts["AUTHORITIES"][authority]
        )
        lines = [f"{esc(fact.id)} · {fact_line(fact, today, graded=False)}" for fact in group]
        blocks.append("\n".join([bold(words), *lines]))
    return blocks


def _coverage(coverage: tuple[Coverage, ...]) -> str:
    if not coverage:
        return esc(texts.FACTS_COVERAGE_NONE)
    return "\n".join([bold(texts.FACTS_COVERAGE), *(esc(coverage_line(entry), 200) for entry in coverage)])
