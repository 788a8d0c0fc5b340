"""Hides which company is meant: tickers, names, their distinctive words and ISINs become NAME-01, NAME-02, …
everywhere.

Promise: one alias per name, used consistently in names, fact ids, titles and reasons, and a way back. What it
cannot hide, and the reply says so: prices, dates, products and people may still give a name away, so a blind
run shows the least that the brand does, never that it does nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from core.base.gap import Gap
from core.brief.model import Brief
from core.facts.fact import Coverage, Excerpt, Fact
from core.jury.ballot import Answer, Ballot
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
    return tuple(replace(answer, reading=_revealed(answer.reading, real)) for answer in answers)


def revealed_run(report: Run, blind: Run) -> Run | Gap:
    """The blind run under the real tickers and on the report's snapshot, for reading one name of it; a gap
    when it did not ask about the report's names."""
    mask = mask_between(report.opening.brief, blind.opening.brief)
    if isinstance(mask, Gap):
        return mask
    closing = blind.closing
    if isinstance(closing, Closing) and not isinstance(closing.stability, Gap):
        shown = _revealed(closing.stability, {alias: ticker for ticker, alias in mask.pairs})
        by_ticker = tuple(sorted(shown.verdicts, key=lambda verdict: verdict.ticker))
        closing = replace(closing, stability=replace(shown, verdicts=by_ticker))
    return replace(
        blind,
        opening=replace(blind.opening, snapshot=report.opening.snapshot),
        answers=revealed_answers(blind.answers, mask),
        closing=closing,
    )


def _revealed(value: Any, real: Mapping[str, str]) -> Any:
    """The same value, every alias in its texts replaced by what it stands for; missing names in their new
    order."""
    if type(value) is str:
        return re.sub(r"NAME-\d+", lambda match: real.get(match[0], match[0]), value)
    if isinstance(value, tuple):
        return tuple(_revealed(each, real) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    shown = {each.name: _revealed(getattr(value, each.name), real) for each in fields(value)}
    if isinstance(value, Ballot):
        shown["missing"] = tuple(sorted(shown["missing"]))
    return replace(value, **shown)
