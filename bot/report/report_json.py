"""The object that `analyze --json` prints, as the schema beside this file describes it; and other values for
scripts.

Weights are percent 0-100, shares and probabilities fractions 0-1, unknown is null and never 0. `not_judged`
names every held or shortlisted name that was not put to the vote, `held_not_judged` those among them that
never are.
"""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from bot.report import labels
from bot.report.lookup import stability_of
from core.base.canonical import plain
from core.base.errors import BadRequest
from core.base.gap import Gap
from core.jury.verdict import Verdict
from core.run import Closing, Run
from core.snapshot.model import Dossier, NotJudged, Snapshot

NO_RATE = ("up", "flat", "down")


def report_json(run: Run, previous: Run | None = None) -> dict[str, Any]:
    """The report as JSON data. A change of settings since `previous` is the first of the remarks. Raises
    BadRequest for a run that has no map: that is an error object, never a report."""
    stability = stability_of(run)
    if stability is None or not isinstance(run.closing, Closing):
        raise BadRequest(f"This run has no map. {labels.failure_of(run)}".strip())
    changed = labels.settings_changed(run, previous)
    rate = stability.base_rate
    stamp, snapshot, closing = run.opening.stamp, run.opening.snapshot, run.closing
    data: dict[str, Any] = to_json(
        {
            "run": run.opening.id,
            "purpose": run.opening.purpose,
            "state": closing.state,
            "rehearsal": stamp.rehearsal,
            "recording": snapshot.recording,
            "as_of": snapshot.as_of,
            "snapshot_digest": stamp.snapshot_digest,
            "prompt_digest": stamp.prompt_digest,
            "principles_digest": stamp.principles_digest,
            "settings_digest": stamp.settings_digest,
            "model": stamp.model,
            "sampling": closing.sampling,
            "asked": stability.asked,
            "valid": stability.valid,
            "distinct": stability.distinct,
            "quorum": stability.quorum,
            "spoiled": [
                {"index": ballot.index, "cause": ballot.cause, "attempts": attempts}
                for ballot, attempts in stability.spoiled
            ],
            "names": {verdict.ticker: name_json(verdict) for verdict in stability.verdicts},
            "not_judged": {
                one.ticker: one.reason for one in (*snapshot.held_not_judged, *snapshot.not_judged)
            },
            "held_not_judged": [one.ticker for one in snapshot.held_not_judged],
            "coverage": coverage_json(snapshot),
            "constant": stability.constant,
            "agreement": stability.agreement,
            "unanimous_share": stability.unanimous_share,
            "base_rate": dict.fromkeys(NO_RATE) if isinstance(rate, Gap) else rate,
            "cash_current_weight": stability.cash_current_weight,
            "cash_target_weight": stability.cash_target_weight,
            "runs": [
                {"index": one.index, "raw_sum": one.raw_sum, "marked": one.marked} for one in stability.runs
            ],
            "sieve": snapshot.sieve,
            "usage": closing.usage,
            "cost_usd": closing.cost_usd,
            "remarks": [*([changed] if changed else ()), *labels.remarks(run)],
        }
    )
    return data


def name_json(verdict: Verdict) -> dict[str, Any]:
    """One name's row, in the exact fields of the product's text."""
    row: dict[str, Any] = to_json(verdict)
    del row["ticker"]
    return {"verdict": row.pop("stability"), "call": to_json(verdict.call), **row}


def coverage_json(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """State per source of every name that was looked for, judged or not."""
    looked: tuple[Dossier | NotJudged, ...] = (
        *snapshot.dossiers,
        *snapshot.not_judged,
        *snapshot.held_not_judged,
    )
    states = {name.ticker: {each.source: each.state.value for each in name.coverage} for name in looked}
    return {ticker: found for ticker, found in states.items() if found}


def to_json(value: object) -> Any:
    """`value` as JSON data in which every gap is null and every decimal a number."""
    if isinstance(value, Gap):
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (tuple, list)):
        return [to_json(inner) for inner in value]
    if isinstance(value, dict):
        return {key: to_json(inner) for key, inner in value.items()}
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    return plain(value)
