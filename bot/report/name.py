"""All that a report has on one name, as data: `/why`, the page and the picture's lines render this and word
nothing anew.

Shared reasons stand once with how many ballots gave them, dissent first. What is shown as "it could cite" is
what stood in the brief. Weights are of the whole portfolio. Outside text is as it came: whoever shows it
cleans and escapes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.report import figures
from bot.report.lookup import citable, dossier_of, verdict_of
from bot.report.markup import clean
from bot.report.reasons import Said, citations, said, shared, sides
from bot.report.sheet import call_words, evidence_words, tally, verdict_words, whole_share
from bot.texts import report as texts
from core.base.gap import Gap
from core.facts.fact import Fact
from core.jury.ballot import BallotLine, Stance
from core.jury.verdict import Verdict
from core.market.measures import BY_NAME
from core.run import Run
from core.snapshot.model import Dossier

AGAINST, FOR = "▽", "△"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The ballots of one direction: a heading, and each reason as (sign, `4 of 5: ` or blank, its words)."""

    heading: str
    reasons: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One judged name. `cited` are the facts of the brief with how many ballots cite each, the most cited
    first; `false` says what was cited that is no fact of this name, blank where all is well; `ballots` is one
    sentence each."""

    ticker: str
    verdict: Verdict
    dossier: Dossier
    rows: tuple[Said, ...]
    summary: tuple[str, ...]
    sides: tuple[Side, ...]
    cited: tuple[tuple[Fact, str], ...]
    false: str
    ballots: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]


def name_of(run: Run, ticker: str, *, most: int) -> Name | None:
    """What is known of `ticker`, with at most `most` reasons of a side and sign; None where it was not
    judged."""
    verdict, dossier, rows = verdict_of(run, ticker), dossier_of(run, ticker), said(run, ticker)
    if verdict is None or dossier is None:
        return None
    counted, scale = citations(rows), whole_share(run.opening.snapshot)
    return Name(
        ticker=ticker,
        verdict=verdict,
        dossier=dossier,
        rows=rows,
        summary=tuple(_summary(verdict, dossier, scale)),
        sides=tuple(_side(side, way, verdict.valid, most) for way, side in sides(rows)),
        cited=tuple(
            (fact, texts.WHY_CITED.format(count=counted[fact.id], of=verdict.valid))
            for fact in sorted(citable(run, ticker), key=lambda fact: -counted[fact.id])
        ),
        false=_false(rows),
        ballots=tuple(_ballot(row, scale) for row in sorted(rows, key=lambda row: row.index)),
        numbers=tuple(_numbers(dossier)),
    )


def _summary(verdict: Verdict, dossier: Dossier, scale: Decimal) -> list[str]:
    """The call, its tally, degree, weight, repeatability and evidence in plain sentences."""
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
    return [*lines, *([texts.WHY_CONTESTED] if verdict.contested else [])]


def _side(side: Sequence[Said], way: str, valid: int, most: int) -> Side:
    heading = texts.WHY_SIDE.format(count=len(side), of=valid, way=texts["DIRECTIONS"][way])
    spoke = [(row.index, row.line) for row in side if isinstance(row.line, BallotLine)]
    reasons: list[tuple[str, str, str]] = []
    for sign, given in (
        (AGAINST, [(index, line.reasons_against) for index, line in spoke]),
        (FOR, [(index, line.reasons_for) for index, line in spoke]),
    ):
        found = shared(given)
        for one in found[:most]:
            count = texts.WHY_OF.format(count=one.ballots, of=len(side)) if len(side) > 1 else ""
            reasons.append((sign, count, one.text))
        if len(found) > most:
            reasons.append((sign, "", texts.AND_MORE.format(count=len(found) - most)))
    return Side(
        heading=heading + (f" · {texts.WHY_DISSENT}" if side[0].dissent else ""), reasons=tuple(reasons)
    )


def _false(rows: Iterable[Said]) -> str:
    false = [key for row in rows if isinstance(row.line, BallotLine) for key in row.line.false_citations]
    return texts.WHY_FALSE.format(facts=clean(", ".join(dict.fromkeys(false)), 200)) if false else ""


def _numbers(dossier: Dossier) -> list[tuple[str, str]]:
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
        rows += [(texts.NUMBER_ANALYSTS, analysts), (texts.NUMBER_TARGETS_OF, figures.day(consensus.day))]
    rows += [(texts.NUMBER_REMARK, figures.tidy(flag)) for flag in grade.flags]
    if not isinstance(dossier.score, Gap):
        rows.append((texts.NUMBER_SCORE, f"{dossier.score.score:.2f} (#{dossier.score.rank})"))
    for measure in dossier.measures:
        label = BY_NAME[measure.name].label if measure.name in BY_NAME else measure.name.replace("_", " ")
        rows.append((label, figures.number(measure.value, figures.unit(measure.unit))))
    return rows


def _ballot(row: Said, scale: Decimal) -> str:
    """What became of one ballot's line; people count from one."""
    number = row.index + 1
    if not isinstance(row.spoiled, Gap):
        detail = clean(row.spoiled.detail, 200)
        return texts.WHY_SPOILED.format(number=number, cause=row.spoiled.cause, detail=detail)
    if isinstance(row.line, Gap):
        return texts.WHY_MISSING.format(number=number)
    if not isinstance(row.line.impossible, Gap):
        stance = texts["STANCES"][row.line.impossible]
        return texts.WHY_IMPOSSIBLE.format(number=number, stance=stance)
    if row.line.stance is Stance.ABSTAIN:
        return texts.WHY_ABSTAINED.format(number=number)
    target = texts.WHY_WEIGHTS_OUT if isinstance(row.target, Gap) else figures.percent(row.target * scale)
    words = texts.WHY_BALLOT.format(number=number, stance=texts["STANCES"][row.line.stance], target=target)
    return words + (f" ({texts.WHY_INCONSISTENT})" if row.inconsistent else "")
