"""The full report as one HTML file: no script, no remote resource, readable in any phone's browser, printable
on A4.

The markup is `templates/page.html`, the look `templates/page.css`; both show the report's own rows (`sheet`,
`name`). Every value is cleaned and escaped by the template environment, links are http(s) only and say
nothing of where the reader came from, and a policy in the head forbids all loading, so even a mistake could
fetch nothing. A name opens when its row in the map is chosen: browsers unfold what a link points into."""

from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.report import facts, figures, labels, lookup, phrases, sheet
from bot.report.canvas import ORDER, stances
from bot.report.markup import clean, safe_address
from bot.report.name import name_of
from bot.texts import report as texts
from core.base.gap import NOT_GIVEN, Gap
from core.jury.ballot import SpoiledBallot
from core.jury.verdict import BallotSum, Counts
from core.run import Closing, Run

REASON, SAID, TITLE, DETAIL = 600, 400, 200, 400  # characters of outside text
REASONS = 12  # of one side and sign; more than a person reads
Cells = list[tuple[str, str, str]]


def report_html(
    run: Run, previous: Run | None = None, *, zone: tzinfo, next_push: datetime | Gap = NOT_GIVEN
) -> str:
    """The page as text, to be stored as UTF-8. A run without a map still shows what was asked, answered and
    spoiled."""
    seen, snapshot = sheet.sheet_of(run, previous), run.opening.snapshot
    left = (
        ("not-judged", texts["HEADINGS"]["not_judged"], snapshot.not_judged),
        ("held", texts.PAGE_HELD, snapshot.held_not_judged),
    )
    values: dict[str, Any] = {
        "title": texts.TITLE.format(day=figures.day(snapshot.day)),
        "labels": labels.labels(run),
        "headlines": phrases.headlines(run, seen),
        "failure": labels.failure_of(run),
        "next": phrases.next_line(next_push, zone),
        "sheet": seen,
        "names": [name_of(run, row.ticker, most=REASONS) for row in seen.rows] if seen else [],
        "called": lookup.called(run),
        "left_out": [(anchor, f"{head} ({len(those)})", those) for anchor, head, those in left if those],
        "compared": phrases.comparison(seen, previous) if seen else [],
        "jury": phrases.foot(seen) if seen else [],
        "remarks": labels.remarks(run),
        "spoiled": _spoiled(run),
        "stamp": _stamp(run, zone),
        "today": snapshot.day,
        "rejected_of": lambda ticker: facts.rejected_of(run, ticker),
    }
    return _environment().get_template("page.html").render(values | {"contents": _contents(values)})


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: (
            clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
        ),
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    source, _, _ = PackageLoader("bot.report").get_source(made, "page.css")
    style = Markup(source)  # noqa: S704  our own file, no outside text in it
    made.globals |= {"words": texts, "style": style, "order": _cells(Counts(**dict.fromkeys(ORDER, 1)))}
    made.globals |= {"facts": facts, "figures": figures, "lookup": lookup, "phrases": phrases}
    made.filters |= {"cells": _cells, "cut": clean, "address": safe_address, "raw_sum": _sum}
    return made


def _contents(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Anchor and heading of each part that the page has, in its order."""
    parts = [
        ("map", texts.PAGE_MAP, values["sheet"]),
        *((anchor, heading, those) for anchor, heading, those in values["left_out"]),
        ("changes", texts.PAGE_CHANGES, values["compared"]),
        ("legend", texts.PAGE_LEGEND, values["sheet"]),
        ("names", texts.PAGE_NAMES, values["sheet"]),
        ("jury", texts.PAGE_JURY, values["jury"]),
        ("remarks", texts.REMARKS, values["remarks"]),
        ("spoiled", texts.PAGE_SPOILED, values["spoiled"]),
        ("stamp", texts.PAGE_STAMP, True),
    ]
    return [(anchor, heading) for anchor, heading, there in parts if there]


def _cells(counts: Counts) -> Cells:
    """Each ballot on a name as (class, letter, word), from sell to buy."""
    return [
        (stance, texts["LETTERS"][stance], texts["STANCES"][stance])
        for stance, count in stances(counts)
        for _ in range(count)
    ]


def _sum(ballot: BallotSum) -> str:
    if isinstance(ballot.raw_sum, Gap):
        return ballot.raw_sum.reason
    return f"{ballot.raw_sum:.2f}{figures.PERCENT}{' !' if ballot.marked else ''}"


def _spoiled(run: Run) -> list[tuple[object, ...]]:
    """Every attempt that was spoiled, also those whose second attempt counted: both outcomes are kept and
    shown."""
    stability = lookup.stability_of(run)
    lost = [answer.reading for answer in run.answers if isinstance(answer.reading, SpoiledBallot)]
    known = {(ballot.index, ballot.attempt) for ballot in lost}
    if stability is not None:
        lost += [b for b, _n in stability.spoiled if (b.index, b.attempt) not in known]
    return [
        (ballot.index + 1, ballot.attempt, ballot.cause, clean(ballot.detail, DETAIL))
        for ballot in sorted(lost, key=lambda ballot: (ballot.index, ballot.attempt))
    ]


def _stamp(run: Run, zone: tzinfo) -> list[tuple[str, str]]:
    stamp, closing, stability = run.opening.stamp, run.closing, lookup.stability_of(run)
    values: list[tuple[str, object]] = [
        (texts.STAMP_RUN, run.opening.id),
        (texts.STAMP_MADE, figures.long_moment(run.opening.snapshot.as_of, zone)),
        (texts.STAMP_MODEL, stamp.model),
        (texts.STAMP_TEMPERATURE, stamp.temperature),
        (texts.STAMP_ASKED, stamp.asked),
    ]
    if stability is not None:
        distinct = texts.UNKNOWN if isinstance(stability.distinct, Gap) else stability.distinct
        values += [(texts.STAMP_VALID, stability.valid), (texts.STAMP_DISTINCT, distinct)]
    values += [
        (texts.STAMP_PRINCIPLES, stamp.principles_digest),
        (texts.STAMP_PROMPT, stamp.prompt_digest),
        (texts.STAMP_SNAPSHOT, stamp.snapshot_digest),
        (texts.STAMP_SETTINGS, stamp.settings_digest),
        (texts.STAMP_VERSION, stamp.version),
    ]
    if isinstance(closing, Closing):
        used: dict[str, int | str | Gap] = {
            texts.STAMP_SAMPLING: closing.sampling,
            texts.STAMP_MODE: closing.mode,
        }
        used |= {
            texts.STAMP_INPUT: closing.usage.input,
            texts.STAMP_CACHED: closing.usage.cached_read,
            texts.STAMP_OUTPUT: closing.usage.output,
        }
        values += [(label, texts.UNKNOWN if isinstance(one, Gap) else one) for label, one in used.items()]
        values += [
            (texts.STAMP_COST, figures.usd(closing.cost_usd)),
            (texts.STAMP_SECONDS, f"{closing.seconds:.0f} s"),
        ]
    return [(label, _said(value)) for label, value in values]


def _said(value: object) -> str:
    if isinstance(value, Gap):
        return value.reason
    if isinstance(value, Decimal):
        return figures.number(value)
    return f"{value:,}" if isinstance(value, int) else str(value)
