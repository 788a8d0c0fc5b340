"""Hides which company is meant: tickers, names, their distinctive words and ISINs become NAME-01, NAME-02, …
everywhere.

Promise: one alias per name, used consistently in names, fact ids, titles and reasons, and a way back. What it
cannot hide, and the reply says so: prices, dates, products and people may still give a name away, so a blind
run shows the least that the brand does, never that it does nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.base.gap import Gap
from core.brief.model import Brief
from core.facts.fact import Coverage, Excerpt, Fact
from core.jury.ballot import Answer, Ballot, BallotLine, SpoiledBallot
from core.laboratory.veil import Veil, words_of
from core.market.quote import Consensus
from core.run import Closing, Run
from core.snapshot.model import Dossier, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """(ticker, alias) for every name, in the order of the brief."""

    pairs: tuple[tuple[str, str], ...]

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(alias for _, alias in self.pairs)


def mask_for(order: tuple[str, ...]) -> Mask:
    """Aliases numbered by place in the brief, so that they tell nothing that the place does not tell."""
    width = max(2, len(str(len(order))))
    return Mask(pairs=tuple((ticker, f"NAME-{place:0{width}}") for place, ticker in enumerate(order, 1)))


def mask_between(report: Brief, blind: Brief) -> Mask | Gap:
    """The mask under which `blind` asked `report`'s names, read off their places; else a gap."""
    mask = mask_for(tuple(name.ticker for name in report.names))
    if mask.aliases != tuple(name.ticker for name in blind.names):
        return Gap(gap="the names of this blind run are not those of the report")
    return mask


def masked(snapshot: Snapshot, order: tuple[str, ...]) -> tuple[Snapshot, Mask]:
    """The snapshot with every judged name hidden, by alias. Addresses and keys of facts are removed."""
    mask = mask_for(order)
    alias = dict(mask.pairs)
    words = {dossier.ticker: words_of(dossier, snapshot) for dossier in snapshot.dossiers}
    everywhere = {word: alias[ticker] for ticker in sorted(words, reverse=True) for word in words[ticker]}
    dossiers = tuple(
        _hidden(
            dossier,
            alias[dossier.ticker],
            everywhere | dict.fromkeys(words[dossier.ticker], alias[dossier.ticker]),
        )
        for dossier in snapshot.dossiers
    )
    ordered = tuple(sorted(dossiers, key=lambda dossier: dossier.ticker))
    return replace(snapshot, dossiers=ordered, rejected=()), mask


def _hidden(dossier: Dossier, alias: str, words: Mapping[str, str]) -> Dossier:
    veil = Veil(words)
    return replace(
        dossier,
        ticker=alias,
        name=alias,
        quote=replace(dossier.quote, ticker=alias),
        consensus=replace(dossier.consensus, firms=())
        if isinstance(dossier.consensus, Consensus)
        else dossier.consensus,
        facts=tuple(_hidden_fact(fact, alias, veil) for fact in dossier.facts),
        coverage=tuple(_hidden_coverage(row, veil) for row in dossier.coverage),
    )


def _hidden_fact(fact: Fact, alias: str, veil: Veil) -> Fact:
    return replace(
        fact,
        id=f"{alias}-{fact.id.rsplit('-', 1)[-1]}",
        ticker=alias,
        source=veil.over(fact.source),
        title=veil.over(fact.title),
        excerpt=replace(fact.excerpt, text=veil.over(fact.excerpt.text))
        if isinstance(fact.excerpt, Excerpt)
        else fact.excerpt,
        url="",
        also_reported_by=(),
        key="-",
    )


def _hidden_coverage(row: Coverage, veil: Veil) -> Coverage:
    return row if isinstance(row.reason, Gap) else replace(row, reason=veil.over(row.reason))


def revealed_answers(answers: tuple[Answer, ...], mask: Mask) -> tuple[Answer, ...]:
    """A blind run's readings under the real tickers. The raw replies stay as they came."""
    real = {alias: ticker for ticker, alias in mask.pairs}
    return tuple(
        replace(
            answer,
            reading=_revealed_ballot(answer.reading, real)
            if isinstance(answer.reading, Ballot)
            else _revealed_spoiled(answer.reading, real),
        )
        for answer in answers
    )


def revealed_run(report: Run, blind: Run) -> Run | Gap:
    """The blind run under the real tickers and on the report's snapshot, for reading one name of it; a gap
    when it did not ask about the report's names."""
    mask = mask_between(report.opening.brief, blind.opening.brief)
    if isinstance(mask, Gap):
        return mask
    return replace(
        blind,
        opening=replace(blind.opening, snapshot=report.opening.snapshot),
        answers=revealed_answers(blind.answers, mask),
        closing=_revealed_closing(blind.closing, {alias: ticker for ticker, alias in mask.pairs}),
    )


def _revealed_closing(closing: Closing | Gap, real: Mapping[str, str]) -> Closing | Gap:
    if isinstance(closing, Gap) or isinstance(closing.stability, Gap):
        return closing
    verdicts = sorted(
        (replace(verdict, ticker=real[verdict.ticker]) for verdict in closing.stability.verdicts),
        key=lambda verdict: verdict.ticker,
    )
    spoiled = tuple((_revealed_spoiled(one, real), attempts) for one, attempts in closing.stability.spoiled)
    return replace(closing, stability=replace(closing.stability, verdicts=tuple(verdicts), spoiled=spoiled))


def _revealed_ballot(ballot: Ballot, real: Mapping[str, str]) -> Ballot:
    return replace(
        ballot,
        lines=tuple(_revealed_line(line, real) for line in ballot.lines),
        missing=tuple(sorted(real[alias] for alias in ballot.missing)),
    )


def _revealed_line(line: BallotLine, real: Mapping[str, str]) -> BallotLine:
    return replace(
        line,
        ticker=real[line.ticker],
        facts=tuple(_revealed(text, real) for text in line.facts),
        false_citations=tuple(_revealed(text, real) for text in line.false_citations),
        reasons_against=tuple(_revealed(text, real) for text in line.reasons_against),
        reasons_for=tuple(_revealed(text, real) for text in line.reasons_for),
    )


def _revealed_spoiled(spoiled: SpoiledBallot, real: Mapping[str, str]) -> SpoiledBallot:
    return replace(spoiled, detail=_revealed(spoiled.detail, real))


def _revealed(text: str, real: Mapping[str, str]) -> str:
    return re.sub(r"NAME-\d+", lambda match: real.get(match[0], match[0]), text)
