"""The full report as one HTML file: no script, no remote resource, readable in any phone's browser.

Everything that came from outside is escaped; links are http(s) only and say nothing of where the reader came from. A policy
in the head forbids all loading, so even a mistake here could fetch nothing.
"""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from html import escape

from bot.report import figures, labels
from bot.report.changes import dossiers_of, stability_of
from bot.report.markup import esc
from bot.report.page_name import article, cells
from bot.report.page_style import STYLE
from bot.report.phrases import comparison, foot, heading, headlines, major_facts, next_line, row
from bot.report.sections import lacks_official, sections
from bot.texts import report as texts
from core.base.gap import NOT_GIVEN, Gap
from core.jury.ballot import SpoiledBallot
from core.jury.verdict import StabilityMap
from core.run import Closing, Run

_HEAD = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<title>{title}</title><style>{style}</style></head><body>
"""


def report_html(
    run: Run,
    previous: Run | None = None,
    *,
    zone: tzinfo,
    next_push: datetime | Gap = NOT_GIVEN,
) -> str:
    """The page as text, to be stored as UTF-8. A run without a map still shows what was asked, answered and spoiled."""
    title = texts.TITLE.format(day=figures.day(run.opening.snapshot.day))
    stability = stability_of(run)
    parts = [_HEAD.format(lang=texts.LANGUAGE, title=escape(title), style=STYLE)]
    parts += [f'<p class="label">{esc(label)}</p>' for label in labels.labels(run)]
    parts.append(f"<h1>{escape(title)}</h1>")
    parts += _paragraphs(headlines(run))
    failure = labels.failure_of(run)
    if failure:
        parts.append(f'<p class="label">{escape(texts.NOT_RUN)}: {esc(failure)}</p>')
    if stability is not None:
        parts += _map(run, stability)
    parts += _left_out(run)
    if stability is not None:
        parts += _compared(run, previous)
        parts += [f"<h2>{escape(texts.PAGE_JURY)}</h2>", *_paragraphs(foot(stability)), _sums(stability)]
        parts.append(f"<h2>{escape(texts.PAGE_NAMES)}</h2>")
        ordered = (verdict for _section, listed in sections(stability) for verdict in listed)
        parts += [article(run, verdict.ticker) for verdict in ordered]
    parts += _remarks(run)
    parts += [
        _spoiled(run),
        _stamp(run, zone),
        f"<p>{escape(next_line(next_push, zone))}</p></body></html>\n",
    ]
    return "\n".join(parts)


def _paragraphs(lines: Iterable[str]) -> list[str]:
    return [f"<p>{escape(line)}</p>" for line in lines]


def _map(run: Run, stability: StabilityMap) -> list[str]:
    dossiers = dossiers_of(run)
    parts = []
    for section, listed in sections(stability):
        parts.append(f"<h2>{escape(heading(section, len(listed)))}</h2>")
        for verdict in listed:
            dossier = dossiers.get(verdict.ticker)
            said = " · ".join(row(verdict, dossier))
            mark = ' class="warn"' if lacks_official(verdict) else ""
            major = "".join(f"<small>{escape(text)}</small>" for text in major_facts(dossier))
            parts.append(
                f'<div class="row"><b><a href="#{esc(verdict.ticker)}">{esc(verdict.ticker)}</a></b>'
                f"{cells(verdict.counts)}<span{mark}>{escape(said)}</span>{major}</div>"
            )
    return parts


def _left_out(run: Run) -> list[str]:
    snapshot = run.opening.snapshot
    groups = (
        (f"{texts.HEADINGS['not_judged']} ({len(snapshot.not_judged)})", snapshot.not_judged),
        (f"{texts.PAGE_HELD} ({len(snapshot.held_not_judged)})", snapshot.held_not_judged),
    )
    parts = []
    for title, names in groups:
        if names:
            parts.append(f"<h2>{escape(title)}</h2>")
            parts += [
                f'<div class="row"><b>{esc(name.ticker)}</b><span>{esc(name.reason)}</span></div>'
                for name in names
            ]
    return parts


def _compared(run: Run, previous: Run | None) -> list[str]:
    lines = comparison(run, previous)
    return [f"<h2>{escape(texts.PAGE_CHANGES)}</h2>", *_paragraphs(lines)] if lines else []


def _sums(stability: StabilityMap) -> str:
    rows = "".join(
        f"<tr><td>{ballot.index + 1}</td><td>{_sum(ballot.raw_sum)}{' !' if ballot.marked else ''}</td></tr>"
        for ballot in stability.runs
    )
    return f"<table><tr><th>{texts.PAGE_BALLOT}</th><th>{texts.PAGE_SUM}</th></tr>{rows}</table>"


def _sum(value: object) -> str:
    return esc(value.reason) if isinstance(value, Gap) else f"{value:.2f} %"


def _remarks(run: Run) -> list[str]:
    remarks = labels.remarks(run)
    if not remarks:
        return []
    items = "".join(f"<li>{esc(remark)}</li>" for remark in remarks)
    return [f"<h2>{texts.REMARKS}</h2><ul>{items}</ul>"]


def _spoiled(run: Run) -> str:
    """Every attempt that was spoiled, also those whose second attempt counted: both outcomes are kept and shown."""
    stability = stability_of(run)
    lost = [answer.reading for answer in run.answers if isinstance(answer.reading, SpoiledBallot)]
    known = {(ballot.index, ballot.attempt) for ballot in lost}
    if stability is not None:
        lost += [b for b, _n in stability.spoiled if (b.index, b.attempt) not in known]
    if not lost:
        return ""
    rows = "".join(
        f"<tr><td>{ballot.index + 1}</td><td>{ballot.attempt}</td><td>{esc(ballot.cause)}</td>"
        f"<td>{esc(ballot.detail, 400)}</td></tr>"
        for ballot in sorted(lost, key=lambda ballot: (ballot.index, ballot.attempt))
    )
    head = "".join(f"<th>{escape(word)}</th>" for word in texts.PAGE_SPOILED_COLUMNS)
    return f"<h2>{escape(texts.PAGE_SPOILED)}</h2><table><tr>{head}</tr>{rows}</table>"


def _stamp(run: Run, zone: tzinfo) -> str:
    stamp, closing = run.opening.stamp, run.closing
    values = [
        (texts.STAMP_RUN, run.opening.id),
        (texts.STAMP_MADE, figures.moment(run.opening.snapshot.as_of, zone)),
        (texts.STAMP_MODEL, stamp.model),
        (texts.STAMP_TEMPERATURE, figures.number(stamp.temperature)),
        (texts.STAMP_ASKED, str(stamp.asked)),
        (texts.STAMP_PRINCIPLES, stamp.principles_digest),
        (texts.STAMP_PROMPT, stamp.prompt_digest),
        (texts.STAMP_SNAPSHOT, stamp.snapshot_digest),
        (texts.STAMP_SETTINGS, stamp.settings_digest),
        (texts.STAMP_VERSION, stamp.version),
    ]
    if isinstance(closing, Closing):
        usage = closing.usage
        tokens = (
            (texts.STAMP_INPUT, usage.input),
            (texts.STAMP_CACHED, usage.cached_read),
            (texts.STAMP_OUTPUT, usage.output),
        )
        values += [
            (texts.STAMP_SAMPLING, _words(closing.sampling)),
            (texts.STAMP_MODE, _words(closing.mode)),
            *((name, texts.UNKNOWN if isinstance(count, Gap) else f"{count:,}") for name, count in tokens),
            (texts.STAMP_COST, figures.usd(closing.cost_usd)),
            (texts.STAMP_SECONDS, f"{closing.seconds:.0f} s"),
        ]
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{esc(value)}</td></tr>" for name, value in values)
    return f"<h2>{escape(texts.PAGE_STAMP)}</h2><table>{rows}</table>"


def _words(value: str | Gap) -> str:
    return texts.UNKNOWN if isinstance(value, Gap) else value
