"""The full report as one HTML file: no script, no remote resource, readable in any phone's browser, printable
on A4.

The markup is `templates/page.html`, the look `templates/page.css`; here stand the values that they show.
Every value is cleaned and escaped by the template environment, links are http(s) only and say nothing of
where the reader came from, and a policy in the head forbids all loading, so even a mistake could fetch
nothing. A name opens when its row in the map is chosen: browsers unfold what a link points into.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.report import figures, labels
from bot.report.canvas import ORDER, stances
from bot.report.facts import coverage_line, marks_of, ranked, rejected_of
from bot.report.lookup import called, citable, kind_of, saying, stability_of
from bot.report.markup import clean, safe_address
from bot.report.phrases import comparison, foot, headlines, major_line, next_line, parts
from bot.report.reasons import Said, citations, said, shared, sides
from bot.report.sheet import Row, Sheet, evidence_words, lacks_official, sheet_of, tally
from bot.report.why import ballot_lines, false_citations, numbers, summary
from bot.texts import report as texts
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Fact
from core.jury.ballot import BallotLine, SpoiledBallot
from core.jury.verdict import Counts
from core.run import Closing, Run
from core.snapshot.model import Dossier

REASON, SAID = 600, 400


def report_html(
    run: Run, previous: Run | None = None, *, zone: tzinfo, next_push: datetime | Gap = NOT_GIVEN
) -> str:
    """The page as text, to be stored as UTF-8. A run without a map still shows what was asked, answered and
    spoiled."""
    sheet = sheet_of(run, previous)
    values: dict[str, Any] = {
        "title": texts.TITLE.format(day=figures.day(run.opening.snapshot.day)),
        "labels": labels.labels(run),
        "headlines": headlines(run, sheet),
        "failure": labels.failure_of(run),
        "next": next_line(next_push, zone),
        "sections": _map(sheet) if sheet else [],
        "left_out": _left_out(run),
        "compared": comparison(sheet, previous) if sheet else [],
        "remarks": labels.remarks(run),
        "spoiled": _spoiled(run),
        "stamp": _stamp(run, zone),
        "jury": [],
    }
    if sheet:
        share = figures.percent(sheet.scale * 100)
        values |= {
            "weights_note": texts.PAGE_WEIGHTS.format(share=share),
            "legend_cells": [
                (stance, texts["LETTERS"][stance], texts["STANCES"][stance]) for stance in ORDER
            ],
            "names": [_name(run, row, row.dossier) for row in sheet.rows if row.dossier is not None],
            "jury": foot(sheet),
            "sums": [
                (ballot.index + 1, _sum(ballot.raw_sum) + (" !" if ballot.marked else ""))
                for ballot in sheet.stability.runs
            ],
        }
    values["contents"] = _contents(values)
    return _environment().get_template("page.html").render(values)


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
    )
    source, _, _ = PackageLoader("bot.report").get_source(made, "page.css")
    made.globals |= {"words": texts, "style": Markup(source)}  # noqa: S704  our own file, no outside text in it
    return made


def _contents(values: dict[str, Any]) -> list[tuple[str, str]]:
    found = [("map", texts.PAGE_MAP)] if values["sections"] else []
    found += [(group["anchor"], group["heading"]) for group in values["left_out"]]
    found += [("changes", texts.PAGE_CHANGES)] if values["compared"] else []
    if values["sections"]:
        found += [("legend", texts.PAGE_LEGEND), ("names", texts.PAGE_NAMES)]
    found += [("jury", texts.PAGE_JURY)] if values["jury"] else []
    found += [("remarks", texts.REMARKS)] if values["remarks"] else []
    found += [("spoiled", texts.PAGE_SPOILED)] if values["spoiled"] else []
    return [*found, ("stamp", texts.PAGE_STAMP)]


def _map(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "heading": f"{texts['HEADINGS'][section]} ({len(rows)})",
            "rows": [
                {
                    "ticker": row.ticker,
                    "name": row.name,
                    "weights": row.weights,
                    "cells": _cells(row.verdict.counts),
                    "tally": tally(row.verdict),
                    "evidence": evidence_words(row.verdict, row.dossier),
                    "weak": lacks_official(row.verdict),
                    "below": _below(row),
                }
                for row in rows
            ],
        }
        for section, rows in sheet.sections
    ]


def _below(row: Row) -> list[str]:
    lines = [major_line(row, fact) for fact in row.major]
    if row.change is not None and not row.change.noise:
        was = texts.CHANGE_WAS.format(before=texts["CALLS"][row.change.before])
        lines.append(f"{was}: {row.change.news}")
    return [*lines, *(one for one in parts(row)[2:] if one in {texts.NOT_HELD, texts.CONTESTED})]


def _cells(counts: Counts) -> list[tuple[str, str, str]]:
    return [
        (stance, texts["LETTERS"][stance], texts["STANCES"][stance])
        for stance, count in stances(counts)
        for _ in range(count)
    ]


def _left_out(run: Run) -> list[dict[str, Any]]:
    snapshot, names = run.opening.snapshot, called(run)
    groups = (
        ("not-judged", texts["HEADINGS"]["not_judged"], snapshot.not_judged),
        ("held", texts.PAGE_HELD, snapshot.held_not_judged),
    )
    return [
        {
            "anchor": anchor,
            "heading": f"{heading} ({len(left)})",
            "rows": [(names[one.ticker], one.reason) for one in left],
        }
        for anchor, heading, left in groups
        if left
    ]


def _name(run: Run, row: Row, dossier: Dossier) -> dict[str, Any]:
    """Everything of one name. The judged part's weights stand here and in the JSON only, named as such."""
    ticker, verdict = row.ticker, row.verdict
    rows, shown = said(run, ticker), citable(run, ticker)
    cited, thrown = citations(rows), rejected_of(run, ticker)
    further = [fact for fact in ranked(dossier.facts) if fact not in shown]
    judged = figures.move(verdict.current_weight, verdict.target_weight)
    return {
        "ticker": ticker,
        "name": dossier.name,
        "mark": texts["MARKS"][row.section],
        "cells": _cells(verdict.counts),
        "summary": [*summary(run, verdict, dossier), texts.PAGE_JUDGED_PART.format(move=judged)],
        "sides": [
            {
                "heading": texts.WHY_SIDE.format(
                    count=len(side), of=verdict.valid, way=texts["DIRECTIONS"][way]
                )
                + (f" · {texts.WHY_DISSENT}" if side[0].dissent else ""),
                "reasons": [*_reasons(side, "▽", against=True), *_reasons(side, "△", against=False)],
            }
            for way, side in sides(rows)
        ],
        "facts_heading": texts.WHY_FACTS.format(count=len(shown)) if shown else texts.WHY_NO_FACTS,
        "facts": [
            {**_fact(fact, run), "cited": texts.WHY_CITED.format(count=cited[fact.id], of=verdict.valid)}
            for fact in sorted(shown, key=lambda fact: -cited[fact.id])
        ],
        "false": false_citations(rows),
        "further_heading": texts.PAGE_FURTHER.format(count=len(further)),
        "further": [_fact(fact, run) for fact in further],
        "ballots": ballot_lines(run, rows),
        "numbers": numbers(dossier),
        "coverage": [coverage_line(entry) for entry in dossier.coverage] or [texts.FACTS_COVERAGE_NONE],
        "rejected_heading": texts.FACTS_REJECTED.format(count=len(thrown)),
        "rejected": [
            {
                "day": "" if isinstance(item.day, Gap) else figures.day(item.day),
                "url": safe_address(item.url),
                "title": clean(item.title, 200),
                "why": f"{texts['GATES'].get(item.gate, item.gate)}: {item.reason}",
            }
            for item in thrown
        ],
    }


REASONS = 12  # of one side and sign; more than a person reads


def _reasons(side: Sequence[Said], sign: str, *, against: bool) -> Iterator[tuple[str, str, str]]:
    found = shared(
        (each.index, each.line.reasons_against if against else each.line.reasons_for)
        for each in side
        if isinstance(each.line, BallotLine)
    )
    for one in found[:REASONS]:
        yield sign, texts.WHY_OF.format(count=one.ballots, of=len(side)), clean(one.text, REASON)
    if len(found) > REASONS:
        yield sign, "", texts.AND_MORE.format(count=len(found) - REASONS)


def _fact(fact: Fact, run: Run) -> dict[str, str]:
    return {
        "id": fact.id,
        "severity": fact.severity.value,
        "day": figures.day(fact.day),
        "source": clean(fact.source, 40),
        "said": clean(kind_of(fact) + saying(fact), SAID),
        "url": safe_address(fact.url),
        "marks": ", ".join(marks_of(fact, run.opening.snapshot.day)),
    }


def _sum(value: object) -> str:
    return value.reason if isinstance(value, Gap) else f"{value:.2f}{figures.PERCENT}"


def _spoiled(run: Run) -> list[Sequence[object]]:
    """Every attempt that was spoiled, also those whose second attempt counted: both outcomes are kept and
    shown."""
    stability = stability_of(run)
    lost = [answer.reading for answer in run.answers if isinstance(answer.reading, SpoiledBallot)]
    known = {(ballot.index, ballot.attempt) for ballot in lost}
    if stability is not None:
        lost += [b for b, _n in stability.spoiled if (b.index, b.attempt) not in known]
    return [
        (ballot.index + 1, ballot.attempt, ballot.cause, clean(ballot.detail, 400))
        for ballot in sorted(lost, key=lambda ballot: (ballot.index, ballot.attempt))
    ]


def _stamp(run: Run, zone: tzinfo) -> list[tuple[str, str]]:
    stamp, closing, stability = run.opening.stamp, run.closing, stability_of(run)
    values = [
        (texts.STAMP_RUN, run.opening.id),
        (texts.STAMP_MADE, figures.long_moment(run.opening.snapshot.as_of, zone)),
        (texts.STAMP_MODEL, stamp.model),
        (texts.STAMP_TEMPERATURE, _asked_for(stamp.temperature)),
        (texts.STAMP_ASKED, str(stamp.asked)),
    ]
    if stability is not None:
        distinct = texts.UNKNOWN if isinstance(stability.distinct, Gap) else str(stability.distinct)
        values += [(texts.STAMP_VALID, str(stability.valid)), (texts.STAMP_DISTINCT, distinct)]
    values += [
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
    return values


def _asked_for(value: Decimal | Gap) -> str:
    return value.reason if isinstance(value, Gap) else figures.number(value)


def _words(value: str | Gap) -> str:
    return texts.UNKNOWN if isinstance(value, Gap) else value
