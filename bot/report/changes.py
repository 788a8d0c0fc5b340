"""What changed since the last report, for the reader only: noise told from news. No model ever sees this.

Decisions. A change is another verdict word or another direction; the degree alone is no change (it moves far more often
than the direction and means less). It is noise when the name's dossier is the same byte for byte; else the most telling
difference is named: a new fact before a fact that aged out, the consensus before the price, the weight last.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bot.report import figures
from bot.report.sections import verdict_words
from bot.texts import report as texts
from core.base.canonical import digest, dumps
from core.base.gap import Gap
from core.facts.fact import Fact, Severity
from core.jury.verdict import StabilityMap
from core.run import Closing, Run
from core.snapshot.model import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One name whose verdict changed. `noise`: its inputs did not; else `news` names what did."""

    ticker: str
    before: str
    after: str
    noise: bool
    news: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Ordered by ticker. `appeared` and `gone` are names that stand on one of the two maps only."""

    changed: tuple[Change, ...]
    appeared: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def noise(self) -> int:
        return sum(1 for change in self.changed if change.noise)


def stability_of(run: Run) -> StabilityMap | None:
    """The run's map, if it has one."""
    if isinstance(run.closing, Closing) and not isinstance(run.closing.stability, Gap):
        return run.closing.stability
    return None


def dossiers_of(run: Run) -> dict[str, Dossier]:
    return {dossier.ticker: dossier for dossier in run.opening.snapshot.dossiers}


def changes(run: Run, previous: Run) -> Changes:
    """What moved between two maps. Both empty when one of the runs has no map."""
    now, then = stability_of(run), stability_of(previous)
    if now is None or then is None:
        return Changes(changed=(), appeared=(), gone=())
    before = {verdict.ticker: verdict for verdict in then.verdicts}
    after = {verdict.ticker: verdict for verdict in now.verdicts}
    inputs_now, inputs_then = dossiers_of(run), dossiers_of(previous)
    found = []
    for ticker in sorted(before.keys() & after.keys()):
        old, new = before[ticker], after[ticker]
        if (old.stability, old.direction) == (new.stability, new.direction):
            continue
        noise, news = _cause(inputs_now.get(ticker), inputs_then.get(ticker))
        found.append(
            Change(ticker=ticker, before=verdict_words(old), after=verdict_words(new), noise=noise, news=news)
        )
    return Changes(
        changed=tuple(found),
        appeared=tuple(sorted(after.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - after.keys())),
    )


def _cause(now: Dossier | None, then: Dossier | None) -> tuple[bool, str]:
    if now is None or then is None:
        return False, texts.CHANGE_INPUTS
    if digest(dumps(now)) == digest(dumps(then)):
        return True, texts.CHANGE_NOISE
    return False, _news(now, then)


_ORDER = {Severity.G3: 0, Severity.G2: 1, Severity.G1: 2}


def _news(now: Dossier, then: Dossier) -> str:
    fresh, aged = _without(now.facts, then.facts), _without(then.facts, now.facts)
    if fresh:
        return texts.CHANGE_FACT.format(severity=fresh[0].severity, title=fresh[0].title)
    if aged:
        return texts.CHANGE_FACT_GONE.format(title=aged[0].title)
    for what, read in _NUMBERS:
        new, old = read(now), read(then)
        if new != old:
            return texts.CHANGE_NUMBER.format(
                what=what, before=figures.number(old), after=figures.number(new)
            )
    for measure in now.measures:
        older = next((m.value for m in then.measures if m.name == measure.name), measure.value)
        if older != measure.value:
            return texts.CHANGE_NUMBER.format(
                what=measure.name,
                before=figures.number(older, measure.unit),
                after=figures.number(measure.value, measure.unit),
            )
    return texts.CHANGE_INPUTS


def _without(facts: tuple[Fact, ...], others: tuple[Fact, ...]) -> list[Fact]:
    # Ids are numbered anew in each snapshot: a fact is the same when its document is.
    known = {(fact.key, fact.url, fact.title) for fact in others}
    left = [fact for fact in facts if (fact.key, fact.url, fact.title) not in known]
    return sorted(left, key=lambda fact: (_ORDER[fact.severity], -fact.day.toordinal(), fact.id))


def _mean_target(dossier: Dossier) -> Decimal | Gap:
    return dossier.consensus if isinstance(dossier.consensus, Gap) else dossier.consensus.mean


_NUMBERS: tuple[tuple[str, Callable[[Dossier], Decimal | Gap]], ...] = (
    (texts.WHAT_TARGET, _mean_target),
    (texts.WHAT_PRICE, lambda dossier: dossier.quote.price),
    (texts.WHAT_WEIGHT, lambda dossier: dossier.weight),
)
