"""`/universe`: names not held, best score first, each component beside it; those left out with the reason;
the watch list.

A name without a score says why, a field that is missing is named: nothing on a shortlist is silently absent.
"""

from typing import Any

from bot.report import figures
from bot.report.lookup import spoken
from bot.report.markup import bold, esc, italic
from bot.report.report_json import to_json
from bot.texts import chat as texts
from bot.texts import report as words
from core.base.gap import Gap
from core.market.measures import BY_NAME
from core.run import Run
from core.snapshot.model import Dossier, Snapshot

LEFT_OUT = 20  # lines in the chat; the command line's --json has all


def universe_blocks(run: Run | None, watched: tuple[str, ...], *, pinned: bool) -> tuple[str, ...]:
    """`watched` is the watch list, `pinned` whether UNIVERSE_FILE wins over it; `run` is None without a
    report."""
    blocks = [] if run is None else _shortlist(run)
    return (*blocks, _watch_list(run, watched, pinned))


def universe_json(run: Run | None, watched: tuple[str, ...], *, pinned: bool) -> dict[str, Any]:
    """The same as data; unknown is null, `left_out` is complete."""
    data: dict[str, Any] = {"as_of": None, "candidates": {}, "left_out": {}}
    if run is not None:
        snapshot = run.opening.snapshot
        data["as_of"] = snapshot.as_of.isoformat()
        data["candidates"] = {
            dossier.ticker: {"name": dossier.name, "score": to_json(dossier.score)}
            for dossier in snapshot.dossiers
            if not dossier.held
        }
        data["left_out"] = dict(_left_out(snapshot))
    return data | {"watch_list": list(watched), "universe_file": pinned}


def _shortlist(run: Run) -> list[str]:
    snapshot = run.opening.snapshot
    candidates = [dossier for dossier in snapshot.dossiers if not dossier.held]
    head = [bold(texts.UNIVERSE.format(day=figures.day(snapshot.day))), esc(texts.UNIVERSE_READ)]
    if not candidates:
        head.append(esc(texts.UNIVERSE_EMPTY))
    blocks = ["\n".join(head), *(_candidate(dossier) for dossier in sorted(candidates, key=_rank))]
    left = _left_out(snapshot)
    if left:
        lines = [bold(texts.UNIVERSE_LEFT_OUT.format(count=len(left)))]
        lines += [
            esc(texts.UNIVERSE_LEFT_OUT_LINE.format(ticker=ticker, reason=reason), 200)
            for ticker, reason in left[:LEFT_OUT]
        ]
        if len(left) > LEFT_OUT:
            lines.append(words.AND_MORE.format(count=len(left) - LEFT_OUT))
        blocks.append("\n".join(lines))
    return blocks


def _left_out(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Names that did not pass the filters, then candidates that could not be judged."""
    held = {position.holding.ticker for position in snapshot.valuation.positions}
    unjudged = [(one.ticker, one.reason) for one in snapshot.not_judged if one.ticker not in held]
    return [*snapshot.unscored, *unjudged]


def _rank(dossier: Dossier) -> tuple[int, str]:
    return (dossier.score.rank if not isinstance(dossier.score, Gap) else 10**6, dossier.ticker)


def _candidate(dossier: Dossier) -> str:
    score = dossier.score
    if isinstance(score, Gap):
        why = texts.UNIVERSE_NONE.format(reason=score.reason)
        return f"{bold(dossier.ticker)} · {esc(dossier.name, 40)} · {esc(why)}"
    line = texts.UNIVERSE_LINE.format(
        rank=score.rank, ticker=dossier.ticker, score=figures.signed(score.score), name=spoken(dossier.name)
    )
    parts = []
    missing: list[str] = []
    for component in score.components:
        value = words.UNKNOWN if isinstance(component.score, Gap) else figures.signed(component.score)
        parts.append(texts.UNIVERSE_COMPONENT.format(name=component.name, score=value))
        missing += component.missing
    lines = [esc(line), "  " + esc(" · ".join(parts))]
    if missing:
        lines.append(
            "  "
            + italic(texts.UNIVERSE_MISSING.format(fields=", ".join(map(_label, dict.fromkeys(missing)))))
        )
    return "\n".join(lines)


def _label(measure: str) -> str:
    return BY_NAME[measure].label if measure in BY_NAME else measure.replace("_", " ")


def _watch_list(run: Run | None, watched: tuple[str, ...], pinned: bool) -> str:
    lines = [esc(texts.WATCH_LIST_PINNED)] if pinned else []
    if not watched:
        return "\n".join(lines) or esc(texts.WATCH_LIST_EMPTY)
    lines = [bold(texts.WATCH_LIST.format(count=len(watched))), esc(", ".join(watched)), *lines]
    if run is None or pinned:
        return "\n".join(lines)
    snapshot = run.opening.snapshot
    seen = {dossier.ticker for dossier in snapshot.dossiers}
    seen |= {position.holding.ticker for position in snapshot.valuation.positions}
    seen |= {ticker for ticker, _reason in _left_out(snapshot)}
    fresh = [ticker for ticker in watched if ticker not in seen]
    if fresh:
        lines.append(esc(texts.WATCH_LIST_NEXT.format(names=", ".join(fresh))))
    return "\n".join(lines)
