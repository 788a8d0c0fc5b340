"""/why: how the jury came to its verdict on one name, dissent first. From the run alone; no model is asked.

Blocks of escaped HTML for the chat; the terminal's text is the same blocks without markup, so the two never differ.
Outside text (reasons, titles) is escaped here, links are http(s) only.
"""

from collections.abc import Sequence
from typing import Any

from bot.report import figures, labels
from bot.report.ballots import Said, said
from bot.report.lookup import dossier_of, not_judged_of, verdict_of
from bot.report.markup import bold, clean, esc, italic, link, plain_text
from bot.report.report_json import name_json
from bot.report.sections import evidence_words, verdict_words, votes
from bot.texts import report as texts
from core.base.gap import Gap
from core.facts.fact import Fact
from core.jury.ballot import Stance
from core.jury.verdict import STEADY, Verdict
from core.run import Run
from core.snapshot.model import Dossier

REASON = 320  # characters of one reason: the schema lets a model write more than a phone can show


def why_blocks(run: Run, ticker: str, *, proposal: Sequence[str] = ()) -> tuple[str, ...]:
    """The answer in blocks. `proposal` are sentences on what the verdict would mean in shares (plain text).

    `ticker` must be one of `lookup.names_of(run)`; resolve it first.
    """
    verdict, dossier = verdict_of(run, ticker), dossier_of(run, ticker)
    head = [bold(label) for label in labels.labels(run)]
    name = dossier.name if dossier else ticker
    head.append(bold(texts.WHY_TITLE.format(ticker=ticker, name=name)))
    if verdict is None or dossier is None:
        return ("\n".join([*head, esc(_left_out(run, ticker))]),)
    head += [esc(line) for line in summary(verdict, dossier)]
    head += [esc(sentence) for sentence in proposal]
    head.append(italic(texts.NOT_TRUTH))
    facts = {fact.id: fact for fact in dossier.facts}
    ballots = [_ballot(row, facts) for row in said(run, ticker)]
    return ("\n".join(head), *ballots, _facts(dossier))


def why_text(run: Run, ticker: str, *, proposal: Sequence[str] = ()) -> str:
    """The same for a terminal."""
    return "\n\n".join(plain_text(block) for block in why_blocks(run, ticker, proposal=proposal))


def why_json(run: Run, ticker: str, *, proposal: Sequence[str] = ()) -> dict[str, Any]:
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
    return data | {
        "judged": True,
        "name": dossier.name,
        **name_json(verdict),
        "ballots": [_ballot_json(row) for row in said(run, ticker)],
        "facts": [fact.id for fact in dossier.facts],
        "proposal": list(proposal),
    }


def _left_out(run: Run, ticker: str) -> str:
    left = not_judged_of(run, ticker)
    reason = left.reason if left else labels.failure_of(run)
    return texts.WHY_NOT_JUDGED.format(ticker=ticker, reason=reason)


def summary(verdict: Verdict, dossier: Dossier) -> list[str]:
    """The verdict, its degree, weight, repeatability and evidence in plain sentences."""
    lines = [texts.WHY_VOTE.format(verdict=verdict_words(verdict), votes=votes(verdict))]
    if not isinstance(verdict.action, Gap):
        degree = texts.WHY_DEGREE.format(action=texts.STANCES[verdict.action])
        lines.append(f"{degree} ({texts.WHY_TIE})" if verdict.tie else degree)
    if verdict.stability in STEADY and verdict.current_weight != verdict.target_weight:
        lines.append(
            texts.WHY_TARGET.format(move=figures.move(verdict.current_weight, verdict.target_weight))
        )
    else:
        lines.append(f"{texts.WHY_KEEPS} ({figures.weight(verdict.current_weight)} %)")
    if not isinstance(verdict.repeat_probability, Gap):
        lines.append(texts.WHY_REPEATS.format(share=figures.share(verdict.repeat_probability)))
    seen = verdict.evidence
    counted = texts.WHY_EVIDENCE.format(
        official=seen.official, newswire=seen.newswire, other=seen.other, g3=seen.g3
    )
    words = evidence_words(verdict, dossier)
    lines.append(counted if seen.official else f"{counted} · {words}")
    if verdict.contested:
        lines.append(texts.CONTESTED)
    return lines


def _ballot(row: Said, facts: dict[str, Fact]) -> str:
    if isinstance(row.line, Gap):
        return esc(ballot_head(row), 400)
    line = row.line
    lines = [bold(ballot_head(row))]
    lines += [f"▽ {esc(texts.WHY_AGAINST.format(reason=reason), REASON)}" for reason in line.reasons_against]
    lines += [f"△ {esc(texts.WHY_FOR.format(reason=reason), REASON)}" for reason in line.reasons_for]
    cited = ", ".join(link(facts[key].url, key) if key in facts else esc(key, 40) for key in line.facts)
    lines.append(texts.WHY_CITES.format(facts=cited) if cited else texts.WHY_CITES_NONE)
    if line.false_citations:
        lines.append(bold(texts.WHY_FALSE.format(facts=clean(", ".join(line.false_citations), 200))))
    if row.inconsistent:
        lines.append(italic(texts.WHY_INCONSISTENT))
    return "\n".join(lines)


def ballot_head(row: Said) -> str:
    """What became of this ballot's line, in one plain sentence; ballots are numbered from one for people."""
    number = row.index + 1
    if not isinstance(row.spoiled, Gap):
        return texts.WHY_SPOILED.format(number=number, cause=row.spoiled.cause, detail=row.spoiled.detail)
    if isinstance(row.line, Gap):
        return texts.WHY_MISSING.format(number=number)
    line = row.line
    if not isinstance(line.impossible, Gap):
        return texts.WHY_IMPOSSIBLE.format(number=number, stance=texts.STANCES[line.impossible])
    if line.stance is Stance.ABSTAIN:
        return texts.WHY_ABSTAINED.format(number=number)
    words = texts.WHY_BALLOT.format(
        number=number, stance=texts.STANCES[line.stance], target=figures.weight(line.target_weight)
    )
    if isinstance(row.target, Gap):
        words += f" ({texts.WHY_WEIGHTS_OUT})"
    elif figures.weight(row.target) != figures.weight(line.target_weight):
        words += " " + texts.WHY_DIVIDED.format(target=figures.weight(row.target))
    return words + (f" · {texts.WHY_DISSENT}" if row.dissent else "")


def _facts(dossier: Dossier) -> str:
    if not dossier.facts:
        return esc(texts.WHY_NO_FACTS)
    lines = [bold(texts.WHY_FACTS)]
    for fact in dossier.facts:
        title = link(fact.url, fact.title, 140)
        lines.append(
            f"{esc(fact.id)} · {fact.severity} · {esc(fact.source, 30)} {figures.fact_day(fact.day, dossier.quote.day)} · {title}"
        )
    return "\n".join(lines)


def _ballot_json(row: Said) -> dict[str, Any]:
    if not isinstance(row.spoiled, Gap):
        return {
            "index": row.index,
            "state": "spoiled",
            "cause": row.spoiled.cause,
            "detail": row.spoiled.detail,
        }
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
