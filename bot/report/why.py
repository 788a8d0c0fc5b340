"""/why: how the jury came to its call on one name, dissent first. From the run alone; no model is asked.

Shared reasons are said once with how many ballots gave them. What is shown as "it could cite" is what stood
in the brief. Weights are of the whole portfolio. The terminal's text is the same blocks without markup, so
the two never differ. Share counts stand here only: in a report they read like orders. Outside text is escaped
here, links are http(s) only.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from bot.report import figures, labels
from bot.report.facts import fact_line
from bot.report.lookup import called, citable, dossier_of, not_judged_of, stability_of, verdict_of
from bot.report.markup import bold, clean, esc, inert, italic, plain_text
from bot.report.reasons import Said, citations, said, shared, sides
from bot.report.report_json import name_json
from bot.report.sheet import call_words, evidence_words, tally, verdict_words, whole_share
from bot.texts import report as texts
from core.base.gap import Gap
from core.jury.ballot import BallotLine, Stance
from core.jury.call import Call
from core.jury.verdict import Verdict
from core.market.measures import BY_NAME
from core.portfolio.proposals import propose
from core.run import Run
from core.snapshot.model import Dossier

REASON = 320  # characters of one reason: the schema lets a model write more than a phone can show
REASONS = 6  # of one side; the rest is counted
MARKS = {Call.ADD: "▲", Call.HOLD: "=", Call.CUT: "▼", Call.UNDECIDED: "◇"}
Strip = Sequence[Call | Gap]


def why_blocks(run: Run, ticker: str, *, proposal: Sequence[str] = (), strip: Strip = ()) -> tuple[str, ...]:
    """The answer in blocks. `proposal` are sentences on what the call would mean in shares, `strip` the calls
    of the last reports, oldest first. `ticker` must be one of `lookup.names_of(run)`; resolve it first."""
    verdict, dossier = verdict_of(run, ticker), dossier_of(run, ticker)
    head = [bold(texts.WHY_TITLE.format(name=called(run).get(ticker, ticker), ticker=ticker))]
    if verdict is None or dossier is None:
        return ("\n".join([*head, esc(_left_out(run, ticker))]),)
    head += [esc(line) for line in summary(run, verdict, dossier)]
    head += [esc(figures.tidy(sentence)) for sentence in proposal]
    if len(strip) > 1:
        marks = " ".join(MARKS[call] if isinstance(call, Call) else "·" for call in strip)
        head.append(esc(texts.WHY_STRIP.format(count=len(strip), marks=marks)))
    head.append(italic(labels.not_truth(stability_of(run))))
    rows = said(run, ticker)
    blocks = ["\n".join(lines) for lines in reason_lines(run, verdict, rows)]
    blocks += [_facts(run, dossier, rows, verdict.valid), _numbers(dossier)]
    return (
        "\n".join(head),
        *blocks,
        "\n".join([bold(texts.WHY_BALLOTS), *map(inert, ballot_lines(run, rows))]),
    )


def why_text(run: Run, ticker: str, *, proposal: Sequence[str] = (), strip: Strip = ()) -> str:
    """The same for a terminal."""
    blocks = why_blocks(run, ticker, proposal=proposal, strip=strip)
    above = [f"*** {label} ***" for label in labels.labels(run)]
    return figures.plain_spaces("\n\n".join([*above, *map(plain_text, blocks)]))


def why_json(run: Run, ticker: str, *, proposal: Sequence[str] = (), strip: Strip = ()) -> dict[str, Any]:
    """The same as data; unknown is null."""
    verdict, dossier = verdict_of(run, ticker), dossier_of(run, ticker)
    data: dict[str, Any] = {
        "run": run.opening.id,
        "rehearsal": run.opening.stamp.rehearsal,
        "as_of": run.opening.snapshot.as_of.isoformat(),
        "ticker": ticker,
    }
    if verdict is None or dossier is None:
        return data | {"judged": False, "reason": _left_out(run, ticker)}
    rows = said(run, ticker)
    cited = citations(rows)
    return data | {
        "judged": True,
        "name": dossier.name,
        **name_json(verdict),
        "calls": [call.value if isinstance(call, Call) else None for call in strip],
        "ballots": [_ballot_json(row) for row in rows],
        "facts": [fact.id for fact in citable(run, ticker)],
        "cited": {fact.id: cited[fact.id] for fact in citable(run, ticker)},
        "proposal": list(proposal),
    }


def _left_out(run: Run, ticker: str) -> str:
    left = not_judged_of(run, ticker)
    reason = left.reason if left else labels.failure_of(run)
    return texts.WHY_NOT_JUDGED.format(name=called(run).get(ticker, ticker), reason=reason)


def summary(run: Run, verdict: Verdict, dossier: Dossier) -> list[str]:
    """The call, its tally, degree, weight, repeatability and evidence in plain sentences."""
    scale = whole_share(run.opening.snapshot)
    lines = [texts.WHY_VOTE.format(verdict=verdict_words(verdict), votes=tally(verdict))]
    moves = verdict.current_weight != verdict.target_weight
    weights = figures.move(verdict.current_weight * scale, verdict.target_weight * scale)
    lines.append((texts.WHY_TARGET if moves else texts.WHY_KEEPS).format(move=weights))
    if not isinstance(verdict.action, Gap) and verdict.tie:
        lines.append(texts.WHY_TIE.format(action=texts["STANCES"][verdict.action]))
    if not isinstance(verdict.repeat_probability, Gap):
        share = figures.share(verdict.repeat_probability)
        lines.append(texts.WHY_REPEATS.format(share=share, call=call_words(verdict.call)))
    grave = f" · {verdict.evidence.g3}× G3" if verdict.evidence.g3 else ""
    lines.append(texts.WHY_EVIDENCE.format(words=evidence_words(verdict, dossier)) + grave)
    if verdict.contested:
        lines.append(texts.WHY_CONTESTED)
    return lines


def reason_lines(run: Run, verdict: Verdict, rows: Sequence[Said]) -> list[list[str]]:
    """One list of marked-up lines a side: what its ballots say against the name and for it, shared reasons
    once."""
    made = []
    for way, side in sides(rows):
        dissent = f" · {texts.WHY_DISSENT}" if side[0].dissent else ""
        lines = [
            bold(
                texts.WHY_SIDE.format(count=len(side), of=verdict.valid, way=texts["DIRECTIONS"][way])
                + dissent
            )
        ]
        spoke = [(row.index, row.line) for row in side if isinstance(row.line, BallotLine)]
        for sign, given in (
            ("▽", [(index, line.reasons_against) for index, line in spoke]),
            ("△", [(index, line.reasons_for) for index, line in spoke]),
        ):
            reasons = shared(given)
            for reason in reasons[:REASONS]:
                count = texts.WHY_OF.format(count=reason.ballots, of=len(side)) if len(side) > 1 else ""
                lines.append(f"{sign} {count}{inert(reason.text, REASON)}")
            if len(reasons) > REASONS:
                lines.append(f"{sign} {texts.AND_MORE.format(count=len(reasons) - REASONS)}")
        made.append(lines)
    return made


def cited_lines(run: Run, dossier: Dossier, rows: Sequence[Said], valid: int) -> list[str]:
    """Every fact that stood in the brief, the most cited first, each with how many ballots cite it; marked
    up."""
    counted = citations(rows)
    facts = citable(run, dossier.ticker)
    today = run.opening.snapshot.day
    return [
        f"{esc(fact.id)} · {texts.WHY_CITED.format(count=counted[fact.id], of=valid)}\n  {fact_line(fact, today)}"
        for fact in sorted(facts, key=lambda fact: -counted[fact.id])
    ]


def _facts(run: Run, dossier: Dossier, rows: Sequence[Said], valid: int) -> str:
    facts = cited_lines(run, dossier, rows, valid)
    lines = [bold(texts.WHY_FACTS.format(count=len(facts))), *facts] if facts else [esc(texts.WHY_NO_FACTS)]
    if more := len(dossier.facts) - len(facts):
        lines.append(esc(texts.WHY_FACTS_MORE.format(count=more)))
    if false := false_citations(rows):
        lines.append(bold(false))
    return "\n".join(lines)


def false_citations(rows: Iterable[Said]) -> str:
    """What ballots cited that is not a fact of this name, in one sentence; blank where all is well."""
    false = [key for row in rows if isinstance(row.line, BallotLine) for key in row.line.false_citations]
    return texts.WHY_FALSE.format(facts=clean(", ".join(dict.fromkeys(false)), 200)) if false else ""


def numbers(dossier: Dossier) -> list[tuple[str, str]]:
    """The numbers that stood beside the name in the brief, with people's labels; what is not known says
    so."""
    quote, grade, consensus = dossier.quote, dossier.reliability, dossier.consensus
    score = f"({grade.score.reason})" if isinstance(grade.score, Gap) else f"{grade.score:.0f}/100"
    rows = [
        (texts.NUMBER_PRICE, f"{figures.number(quote.price, quote.currency)} ({figures.day(quote.day)})"),
        (texts.NUMBER_RELIABILITY, f"{grade.band.value} {score}"),
        (texts.NUMBER_UPSIDE, figures.number(grade.upside, "%")),
        (texts.NUMBER_ADJUSTED, figures.number(grade.adjusted_upside, "%")),
    ]
    if isinstance(consensus, Gap):
        rows.append((texts.NUMBER_CONSENSUS, f"{texts.UNKNOWN}: {consensus.reason}"))
    else:
        analysts = texts.UNKNOWN if isinstance(consensus.analysts, Gap) else str(consensus.analysts)
        rows.append((texts.NUMBER_ANALYSTS, analysts))
        rows.append((texts.NUMBER_TARGETS_OF, figures.day(consensus.day)))
    rows += [(texts.NUMBER_REMARK, figures.tidy(flag)) for flag in grade.flags]
    if not isinstance(dossier.score, Gap):
        rows.append((texts.NUMBER_SCORE, f"{dossier.score.score:.2f} (#{dossier.score.rank})"))
    for measure in dossier.measures:
        kind = BY_NAME.get(measure.name)
        label = kind.label if kind else measure.name.replace("_", " ")
        rows.append((label, figures.number(measure.value, figures.unit(measure.unit))))
    return rows


def _numbers(dossier: Dossier) -> str:
    shown = " · ".join(f"{name} {value}" for name, value in numbers(dossier))
    return f"{bold(texts.PAGE_NUMBERS)}\n{esc(shown)}"


def ballot_lines(run: Run, rows: Iterable[Said]) -> list[str]:
    """What became of each ballot's line, in one plain sentence each, by number; people count from one."""
    scale = whole_share(run.opening.snapshot)
    return [_ballot(row, scale) for row in sorted(rows, key=lambda row: row.index)]


def _ballot(row: Said, scale: Decimal) -> str:
    number = row.index + 1
    if not isinstance(row.spoiled, Gap):
        return texts.WHY_SPOILED.format(
            number=number, cause=row.spoiled.cause, detail=clean(row.spoiled.detail, 200)
        )
    if isinstance(row.line, Gap):
        return texts.WHY_MISSING.format(number=number)
    if not isinstance(row.line.impossible, Gap):
        return texts.WHY_IMPOSSIBLE.format(number=number, stance=texts["STANCES"][row.line.impossible])
    if row.line.stance is Stance.ABSTAIN:
        return texts.WHY_ABSTAINED.format(number=number)
    target = texts.WHY_WEIGHTS_OUT if isinstance(row.target, Gap) else figures.percent(row.target * scale)
    words = texts.WHY_BALLOT.format(number=number, stance=texts["STANCES"][row.line.stance], target=target)
    return words + (f" ({texts.WHY_INCONSISTENT})" if row.inconsistent else "")


def _ballot_json(row: Said) -> dict[str, Any]:
    if not isinstance(row.spoiled, Gap):
        lost = row.spoiled
        return {"index": row.index, "state": "spoiled", "cause": lost.cause, "detail": lost.detail}
    if isinstance(row.line, Gap):
        return {"index": row.index, "state": "missing"}
    line = row.line
    return {
        "index": row.index,
        "state": "abstained" if line.stance is Stance.ABSTAIN else "voted",
        "stance": line.stance.value,
        "impossible": None if isinstance(line.impossible, Gap) else line.impossible.value,
        "dissent": row.dissent,
        "inconsistent": row.inconsistent,
        "target_weight_as_given": float(line.target_weight),
        "target_weight": None if isinstance(row.target, Gap) else float(row.target),
        "reasons_against": list(line.reasons_against),
        "reasons_for": list(line.reasons_for),
        "facts": list(line.facts),
        "false_citations": list(line.false_citations),
    }


def proposal_lines(run: Run, ticker: str, *, fractional: bool) -> tuple[str, ...]:
    """What the call would mean in shares, in plain sentences; none where it proposes no change."""
    verdict, dossier = verdict_of(run, ticker), dossier_of(run, ticker)
    if verdict is None or dossier is None or verdict.target_weight == verdict.current_weight:
        return ()
    snapshot = run.opening.snapshot
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
    said_ = way.format(
        now=figures.quantity(proposal.shares_now),
        then=figures.quantity(proposal.shares_then),
        cash=figures.amount(abs(proposal.cash_effect), proposal.currency),
    )
    if isinstance(proposal.remark, Gap):
        return (said_,)
    return said_, f"{proposal.remark[:1].upper()}{proposal.remark[1:]}."
