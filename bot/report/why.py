"""/why: how the jury came to its call on one name, dissent first. From the run alone; no model is asked.

The terminal's text is the same blocks without markup (`markup.terminal`), so the two never differ. Share
counts stand here only: in a report they read like orders. Outside text is escaped here, links are http(s)
only."""

from collections.abc import Sequence
from typing import Any

from bot.report import figures, labels
from bot.report.facts import fact_line
from bot.report.lookup import called, citable, dossier_of, not_judged_of, stability_of, verdict_of
from bot.report.markup import bold, esc, inert, italic
from bot.report.name import Name, name_of
from bot.report.reasons import Said, citations
from bot.report.report_json import name_json, to_json
from bot.texts import report as texts
from core.base.gap import Gap
from core.jury.ballot import Stance
from core.jury.call import Call
from core.portfolio.proposals import propose
from core.run import Run

REASON = 320  # characters of one reason: the schema lets a model write more than a phone can show
REASONS = 6  # of one side; the rest is counted
MARKS = {Call.ADD: "▲", Call.HOLD: "=", Call.CUT: "▼", Call.UNDECIDED: "◇"}
Strip = Sequence[Call | Gap]


def why_blocks(run: Run, ticker: str, *, proposal: Sequence[str] = (), strip: Strip = ()) -> tuple[str, ...]:
    """The answer in blocks. `proposal` are sentences on what the call would mean in shares, `strip` the calls
    of the last reports, oldest first. `ticker` must be one of `lookup.names_of(run)`; resolve it first."""
    name = name_of(run, ticker, most=REASONS)
    head = [bold(texts.WHY_TITLE.format(name=called(run).get(ticker, ticker), ticker=ticker))]
    if name is None:
        return ("\n".join([*head, esc(_left_out(run, ticker))]),)
    head += [esc(line) for line in name.summary]
    head += [esc(figures.tidy(sentence)) for sentence in proposal]
    if len(strip) > 1:
        marks = " ".join(MARKS[call] if isinstance(call, Call) else "·" for call in strip)
        head.append(esc(texts.WHY_STRIP.format(count=len(strip), marks=marks)))
    head.append(italic(labels.not_truth(stability_of(run))))
    said = [
        [
            bold(side.heading),
            *(f"{sign} {count}{inert(words, REASON)}" for sign, count, words in side.reasons),
        ]
        for side in name.sides
    ]
    numbers = " · ".join(f"{label} {value}" for label, value in name.numbers)
    last = [bold(texts.WHY_BALLOTS), *map(inert, name.ballots)]
    lines = [head, *said, _facts(run, name), [bold(texts.PAGE_NUMBERS), esc(numbers)], last]
    return tuple("\n".join(block) for block in lines)


def _facts(run: Run, name: Name) -> list[str]:
    lines = [esc(texts.WHY_NO_FACTS)]
    if name.cited:
        lines = [bold(texts.WHY_FACTS.format(count=len(name.cited)))]
    for fact, cited in name.cited:
        lines += [f"{esc(fact.id)} · {cited}", f"  {fact_line(fact, run.opening.snapshot.day)}"]
    if more := len(name.dossier.facts) - len(name.cited):
        lines.append(esc(texts.WHY_FACTS_MORE.format(count=more)))
    return [*lines, *([bold(name.false)] if name.false else [])]


def why_json(run: Run, ticker: str, *, proposal: Sequence[str] = (), strip: Strip = ()) -> dict[str, Any]:
    """The same as data; unknown is null."""
    name = name_of(run, ticker, most=REASONS)
    data: dict[str, Any] = {
        "run": run.opening.id,
        "rehearsal": run.opening.stamp.rehearsal,
        "as_of": run.opening.snapshot.as_of.isoformat(),
        "ticker": ticker,
    }
    if name is None:
        return data | {"judged": False, "reason": _left_out(run, ticker)}
    facts, cited = [fact.id for fact in citable(run, ticker)], citations(name.rows)
    return data | {
        "judged": True,
        "name": name.dossier.name,
        **name_json(name.verdict),
        "calls": to_json(tuple(strip)),
        "ballots": [_ballot_json(row) for row in name.rows],
        "facts": facts,
        "cited": {fact: cited[fact] for fact in facts},
        "proposal": list(proposal),
    }


def _left_out(run: Run, ticker: str) -> str:
    left = not_judged_of(run, ticker)
    reason = left.reason if left else labels.failure_of(run)
    return texts.WHY_NOT_JUDGED.format(name=called(run).get(ticker, ticker), reason=reason)


def _ballot_json(row: Said) -> dict[str, Any]:
    if not isinstance(row.spoiled, Gap):
        lost = row.spoiled
        return {"index": row.index, "state": "spoiled", "cause": lost.cause, "detail": lost.detail}
    if isinstance(row.line, Gap):
        return {"index": row.index, "state": "missing"}
    line: dict[str, Any] = to_json(row.line)
    del line["ticker"]
    return line | {
        "index": row.index,
        "state": "abstained" if row.line.stance is Stance.ABSTAIN else "voted",
        "dissent": row.dissent,
        "inconsistent": row.inconsistent,
        "target_weight_as_given": line["target_weight"],
        "target_weight": to_json(row.target),
    }


def proposal_lines(run: Run, ticker: str, *, fractional: bool) -> tuple[str, ...]:
    """What the call would mean in shares, in plain sentences; none where it proposes no change."""
    verdict, dossier, snapshot = verdict_of(run, ticker), dossier_of(run, ticker), run.opening.snapshot
    if verdict is None or dossier is None or verdict.target_weight == verdict.current_weight:
        return ()
    proposal = propose(
        snapshot.valuation,
        snapshot.fx,
        dossier.quote,
        judged=tuple(one.ticker for one in snapshot.dossiers),
        target_weight=verdict.target_weight,
        fractional=fractional,
    )
    if isinstance(proposal, Gap):
        return (texts.PROPOSAL_UNKNOWN.format(reason=proposal.reason),)
    way = texts.PROPOSAL_SAME
    if proposal.change:
        way = texts.PROPOSAL_LESS if proposal.change < 0 else texts.PROPOSAL_MORE
    now, then = figures.quantity(proposal.shares_now), figures.quantity(proposal.shares_then)
    said = way.format(now=now, then=then, cash=figures.amount(abs(proposal.cash_effect), proposal.currency))
    remark = "" if isinstance(proposal.remark, Gap) else proposal.remark
    return (said, f"{remark[:1].upper()}{remark[1:]}.") if remark else (said,)
