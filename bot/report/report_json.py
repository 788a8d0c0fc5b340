"""The object that `analyze --json` prints, as the schema beside this file describes it; and other values for
scripts.

Weights are percent 0-100, shares and probabilities fractions 0-1, unknown is null and never 0. `not_judged`
names every held or shortlisted name that was not put to the vote, `held_not_judged` those among them that
never are.
"""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from bot.report import labels
from bot.report.lookup import stability_of
from core.base.canonical import plain
from core.base.errors import BadRequest
from core.base.gap import Gap
from core.jury.verdict import BaseRate, StabilityMap, Verdict
from core.run import Closing, Run
from core.snapshot.model import Dossier, NotJudged, Snapshot


def report_json(run: Run, previous: Run | None = None) -> dict[str, Any]:
    """The report as JSON data. A change of settings since `previous` is the first of the remarks. Raises
    BadRequest for a run that has no map: that is an error object, never a report."""
    stability = stability_of(run)
    if stability is None or not isinstance(run.closing, Closing):
        raise BadRequest(f"This run has no map. {labels.failure_of(run)}".strip())
    changed = labels.settings_changed(run, previous)
    stamp, snapshot, closing = run.opening.stamp, run.opening.snapshot, run.closing
    return {
        "run": run.opening.id,
        "purpose": run.opening.purpose.value,
        "state": closing.state.value,
        "rehearsal": stamp.rehearsal,
        "recording": _known(snapshot.recording),
        "as_of": snapshot.as_of.isoformat(),
        "snapshot_digest": stamp.snapshot_digest,
        "prompt_digest": stamp.prompt_digest,
        "principles_digest": stamp.principles_digest,
        "settings_digest": stamp.settings_digest,
        "model": stamp.model,
        "sampling": _known(closing.sampling),
        "asked": stability.asked,
        "valid": stability.valid,
        "distinct": _known(stability.distinct),
        "quorum": stability.quorum,
        "spoiled": [
            {"index": ballot.index, "cause": ballot.cause, "attempts": attempts}
            for ballot, attempts in stability.spoiled
        ],
        "names": {verdict.ticker: name_json(verdict) for verdict in stability.verdicts},
        "not_judged": {
            name.ticker: name.reason for name in (*snapshot.held_not_judged, *snapshot.not_judged)
        },
        "held_not_judged": [name.ticker for name in snapshot.held_not_judged],
        "coverage": coverage_json(snapshot),
        "constant": stability.constant,
        "agreement": _known(stability.agreement),
        "unanimous_share": _known(stability.unanimous_share),
        "base_rate": _base_rate(stability.base_rate),
        "cash_current_weight": float(stability.cash_current_weight),
        "cash_target_weight": float(stability.cash_target_weight),
        "runs": _runs(stability),
        "sieve": {"read": snapshot.sieve.read, "kept": snapshot.sieve.kept, "g3": snapshot.sieve.g3},
        "usage": {
            "input": _known(closing.usage.input),
            "cached_read": _known(closing.usage.cached_read),
            "cache_write": _known(closing.usage.cache_write),
            "output": _known(closing.usage.output),
            "reasoning": _known(closing.usage.reasoning),
        },
        "cost_usd": _known(closing.cost_usd),
        "remarks": [*([changed] if changed else ()), *labels.remarks(run)],
    }


def name_json(verdict: Verdict) -> dict[str, Any]:
    """One name's row, in the exact fields of the product's text."""
    counts, evidence = verdict.counts, verdict.evidence
    return {
        "verdict": verdict.stability.value,
        "call": _known(verdict.call),
        "direction": _known(verdict.direction),
        "action": _known(verdict.action),
        "counts": {
            "buy": counts.buy,
            "add": counts.add,
            "hold": counts.hold,
            "lighten": counts.lighten,
            "sell": counts.sell,
            "abstain": counts.abstain,
            "missing": counts.missing,
        },
        "valid": verdict.valid,
        "repeat_probability": _known(verdict.repeat_probability),
        "contested": verdict.contested,
        "tie": verdict.tie,
        "held": verdict.held,
        "inconsistent": list(verdict.inconsistent),
        "evidence": {
            "official": evidence.official,
            "newswire": evidence.newswire,
            "other": evidence.other,
            "g3": evidence.g3,
        },
        "current_weight": float(verdict.current_weight),
        "target_weight": float(verdict.target_weight),
    }


def coverage_json(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """State per source of every name that was looked for, judged or not."""
    looked: tuple[Dossier | NotJudged, ...] = (
        *snapshot.dossiers,
        *snapshot.not_judged,
        *snapshot.held_not_judged,
    )
    return {
        name.ticker: {entry.source: entry.state.value for entry in name.coverage}
        for name in looked
        if name.coverage
    }


def _known(value: Any) -> Any:
    if isinstance(value, Gap):
        return None
    if isinstance(value, Enum):
        return value.value
    return float(value) if isinstance(value, Decimal) else value


def _base_rate(rate: BaseRate | Gap) -> dict[str, float | None]:
    if isinstance(rate, Gap):
        return {"up": None, "flat": None, "down": None}
    return {"up": rate.up, "flat": rate.flat, "down": rate.down}


def _runs(stability: StabilityMap) -> list[dict[str, Any]]:
    return [
        {"index": ballot.index, "raw_sum": _known(ballot.raw_sum), "marked": ballot.marked}
        for ballot in stability.runs
    ]


def to_json(value: object) -> Any:
    """`value` as JSON data in which every gap is null and every decimal a number."""
    if isinstance(value, Gap):
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (tuple, list)):
        return [to_json(inner) for inner in value]
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    return plain(value)
