"""/facts: what was seen of one name, what was thrown out and why, and how far each source could be read.

Ordered by severity, then authority, then date. "Looked and found nothing" and "could not look" never read the same.
"""

from itertools import groupby
from typing import Any

from bot.report import figures, labels
from bot.report.lookup import dossier_of, not_judged_of
from bot.report.markup import bold, esc, italic, link, plain_text
from bot.texts import report as texts
from core.base.canonical import plain
from core.base.gap import Gap
from core.facts.fact import Authority, Coverage, Fact, Rejected, Severity, State
from core.run import Run

REJECTED_LINES = 12  # the report's file lists them all; in the chat a screen is enough
_SEVERITIES = (Severity.G3, Severity.G2, Severity.G1)
_AUTHORITIES = (Authority.OFFICIAL, Authority.NEWSWIRE, Authority.OTHER)


def ranked(facts: tuple[Fact, ...]) -> list[Fact]:
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


def facts_blocks(run: Run, ticker: str) -> tuple[str, ...]:
    """The answer in blocks of escaped HTML. `ticker` must be one of `lookup.names_of(run)`."""
    dossier, snapshot = dossier_of(run, ticker), run.opening.snapshot
    facts = dossier.facts if dossier else ()
    thrown = rejected_of(run, ticker)
    head = [bold(label) for label in labels.labels(run)]
    head.append(bold(texts.FACTS_TITLE.format(ticker=ticker, name=dossier.name if dossier else ticker)))
    counted = figures.counted(len(facts), texts.FACTS)
    head.append(
        esc(texts.FACTS_SEEN.format(day=figures.day(snapshot.day), facts=counted, rejected=len(thrown)))
    )
    left = not_judged_of(run, ticker)
    if left is not None:
        head.append(esc(texts.WHY_NOT_JUDGED.format(ticker=ticker, reason=left.reason)))
    elif not facts:
        read = all(entry.state in {State.OK, State.EMPTY} for entry in coverage_of(run, ticker))
        head.append(italic(texts.FACTS_NONE if read else texts.FACTS_NOT_LOOKED))
    blocks = ["\n".join(head), *_groups(facts)]
    if thrown:
        blocks.append(_rejected(thrown))
    blocks.append(_coverage(coverage_of(run, ticker)))
    return tuple(blocks)


def facts_text(run: Run, ticker: str) -> str:
    """The same for a terminal."""
    return "\n\n".join(plain_text(block) for block in facts_blocks(run, ticker))


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
        "facts": [plain(fact) for fact in ranked(dossier.facts if dossier else ())],
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
    return tuple(item for item in run.opening.snapshot.rejected if item.ticker == ticker)


def coverage_of(run: Run, ticker: str) -> tuple[Coverage, ...]:
    name = dossier_of(run, ticker) or not_judged_of(run, ticker)
    return name.coverage if name else ()


def fact_line(fact: Fact) -> str:
    """One fact: date, source, title as a link, and who else reported it."""
    line = f"{figures.day(fact.day)} · {esc(fact.source, 40)} · {link(fact.url, fact.title, 200)}"
    marks = [esc(texts.TAGS.get(tag, tag), 60) for tag in fact.tags]
    if fact.also_reported_by:
        marks.append(esc(texts.FACTS_ALSO.format(publishers=", ".join(fact.also_reported_by)), 120))
    return f"{line} ({', '.join(marks)})" if marks else line


def coverage_line(entry: Coverage) -> str:
    """One source's state in plain words, with the reason where there must be one."""
    state = texts.COVERAGE[entry.state]
    reason = "" if isinstance(entry.reason, Gap) or not entry.reason else f" ({entry.reason})"
    return f"{entry.source}: {state}{reason}"


def _groups(facts: tuple[Fact, ...]) -> list[str]:
    blocks = []
    for (severity, authority), group in groupby(
        ranked(facts), key=lambda fact: (fact.severity, fact.authority)
    ):
        words = texts.FACTS_GROUP.format(
            severity=texts.SEVERITIES[severity], authority=texts.AUTHORITIES[authority]
        )
        blocks.append("\n".join([bold(words), *(f"{esc(fact.id)} · {fact_line(fact)}" for fact in group)]))
    return blocks


def _rejected(thrown: tuple[Rejected, ...]) -> str:
    lines = [bold(texts.FACTS_REJECTED.format(count=len(thrown)))]
    lines += [
        f"✕ {link(item.url, item.title, 100)} · {italic(f'{item.gate}: {item.reason}')}"
        for item in thrown[:REJECTED_LINES]
    ]
    if len(thrown) > REJECTED_LINES:
        lines.append(texts.AND_MORE.format(count=len(thrown) - REJECTED_LINES))
    return "\n".join(lines)


def _coverage(coverage: tuple[Coverage, ...]) -> str:
    if not coverage:
        return esc(texts.FACTS_COVERAGE_NONE)
    return "\n".join([bold(texts.FACTS_COVERAGE), *(esc(coverage_line(entry), 200) for entry in coverage)])
