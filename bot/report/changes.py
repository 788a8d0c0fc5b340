"""What changed since the last report, for the reader only: noise told from news. No model ever sees this.

Decisions. A change is another *call* (add, hold, cut, undecided): unanimous to consensus is none, nor is the
degree, and a name below the quorum has no call that could have changed. It is noise when the name's dossier
is the same byte for byte; else the most telling difference is named: a new fact, one that aged out, the
number that moved furthest for its size.
"""

from dataclasses import dataclass
from decimal import Decimal

from bot.report import figures
from bot.report.lookup import dossiers_of, saying, stability_of
from bot.texts import report as texts
from core.base.canonical import digest, dumps
from core.base.gap import Gap
from core.facts.fact import Fact, Severity
from core.jury.call import Call
from core.run import Run
from core.snapshot.model import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One name whose call changed. `noise`: its inputs did not; else `news` names what did."""

    ticker: str
    before: Call
    after: Call
    noise: bool
    news: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Ordered by ticker. `appeared` and `gone` are names that stand on one of the two maps only.

    `compared`: there was an earlier map to compare with.
    """

    changed: tuple[Change, ...] = ()
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    compared: bool = False

    @property
    def noise(self) -> int:
        return sum(1 for change in self.changed if change.noise)

    @property
    def news(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changed if not change.noise)


def changes(run: Run, previous: Run | None) -> Changes:
    """What moved between two maps; nothing when one of the runs has none."""
    now, then = stability_of(run), stability_of(previous)
    if now is None or then is None or previous is None:
        return Changes()
    before = {verdict.ticker: verdict.call for verdict in then.verdicts}
    after = {verdict.ticker: verdict.call for verdict in now.verdicts}
    inputs_now, inputs_then = dossiers_of(run), dossiers_of(previous)
    found = []
    for ticker in sorted(before.keys() & after.keys()):
        old, new = before[ticker], after[ticker]
        if isinstance(old, Gap) or isinstance(new, Gap) or old is new:
            continue
        noise, news = _cause(inputs_now.get(ticker), inputs_then.get(ticker))
        found.append(Change(ticker=ticker, before=old, after=new, noise=noise, news=news))
    return Changes(
        changed=tuple(found),
        appeared=tuple(sorted(after.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - after.keys())),
        compared=True,
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
        return texts.CHANGE_FACT.format(severity=fresh[0].severity, said=saying(fresh[0]))
    if aged:
        return texts.CHANGE_FACT_GONE.format(said=saying(aged[0]))
    before = _numbers(then)
    moved = [(what, before.get(what, value), value) for what, value in _numbers(now).items()]
    moved = [
        each for each in moved if each[1] != each[2] and not all(isinstance(one, Gap) for one in each[1:])
    ]
    if not moved:
        return texts.CHANGE_INPUTS
    what, old, new = max(moved, key=lambda each: _distance(each[1], each[2]))
    unit = next((figures.unit(one.unit) for one in now.measures if _named(one.name) == what), "")
    return texts.CHANGE_NUMBER.format(what=what, before=figures.number(old), after=figures.number(new, unit))


def _without(facts: tuple[Fact, ...], others: tuple[Fact, ...]) -> list[Fact]:
    # Ids are numbered anew in each snapshot: a fact is the same when its document is.
    known = {(fact.key, fact.url, fact.title) for fact in others}
    left = [fact for fact in facts if (fact.key, fact.url, fact.title) not in known]
    return sorted(left, key=lambda fact: (_ORDER[fact.severity], -fact.day.toordinal(), fact.id))


def _numbers(dossier: Dossier) -> dict[str, Decimal | Gap]:
    consensus = dossier.consensus
    return {
        texts.WHAT_TARGET: consensus if isinstance(consensus, Gap) else consensus.mean,
        texts.WHAT_PRICE: dossier.quote.price,
        **{_named(measure.name): measure.value for measure in dossier.measures},
    }


def _named(measure: str) -> str:
    return texts["WHAT_MEASURES"].get(measure, measure.replace("_", " "))


def _distance(old: Decimal | Gap, new: Decimal | Gap) -> float:
    """How far a number moved, relative to its size; one that came or went moved furthest."""
    if isinstance(old, Gap) or isinstance(new, Gap):
        return float("inf")
    return float(abs(new - old) / max(abs(new), abs(old)))
