"""Finding things in a run: its map, a name's dossier and verdict, what a name is called, and which name a
person means.

What a person types is trimmed and case-folded; a ticker, its part before the dot, or words of one company's
name are enough. What does not exist is answered by the nearest that do, never guessed.
"""

import re
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher

from bot.report.markup import clean
from bot.texts import report as texts
from core.base.errors import NotFound
from core.base.gap import Gap
from core.base.names import fold_ticker
from core.facts.company_words import LEGAL
from core.facts.events import Event
from core.facts.fact import Excerpt, Fact, Severity
from core.jury.verdict import StabilityMap, Verdict
from core.run import Closing, Run
from core.snapshot.model import Dossier, NotJudged

NEAREST = 3
CLOSE = 0.6  # below this share of letters in common, a guess is noise and none is shown
LONGEST = 60  # an entered word is shown back up to here: 4,096 letters would be the whole message
LONGEST_NAME = 24
# At the end of a name never spoken, beside the legal words.
UNSPOKEN = LEGAL | {"group", "holding", "holdings"}


def stability_of(run: Run | None) -> StabilityMap | None:
    """The run's map, if it has one."""
    if run is not None and isinstance(run.closing, Closing) and not isinstance(run.closing.stability, Gap):
        return run.closing.stability
    return None


def verdict_of(run: Run, ticker: str) -> Verdict | None:
    stability = stability_of(run)
    return next((v for v in stability.verdicts if v.ticker == ticker), None) if stability else None


def dossiers_of(run: Run) -> dict[str, Dossier]:
    return {dossier.ticker: dossier for dossier in run.opening.snapshot.dossiers}


def dossier_of(run: Run, ticker: str) -> Dossier | None:
    return dossiers_of(run).get(ticker)


def not_judged_of(run: Run, ticker: str) -> NotJudged | None:
    snapshot = run.opening.snapshot
    return next((n for n in (*snapshot.not_judged, *snapshot.held_not_judged) if n.ticker == ticker), None)


def citable(run: Run, ticker: str) -> tuple[Fact, ...]:
    """The facts that stood beside a name in the brief, in its order: what the ballots could cite, and nothing
    else."""
    ids = next((name.fact_ids for name in run.opening.brief.names if name.ticker == ticker), ())
    dossier = dossier_of(run, ticker)
    facts = {fact.id: fact for fact in dossier.facts} if dossier else {}
    return tuple(facts[key] for key in ids if key in facts)


def major_of(dossier: Dossier | None) -> tuple[Fact, ...]:
    """The G3 facts of a name, newest first."""
    facts = dossier.facts if dossier else ()
    grave = [fact for fact in facts if fact.severity is Severity.G3]
    return tuple(sorted(grave, key=lambda fact: (-fact.day.toordinal(), fact.id)))


def saying(fact: Fact) -> str:
    """What a fact says in its own words, in quotes; a sentence made of a filing's fields bare; without either
    its title."""
    if isinstance(fact.excerpt, Excerpt):
        return fact.excerpt.text if fact.excerpt.made else texts.QUOTED.format(text=fact.excerpt.text)
    return fact.title


def kind_of(fact: Fact) -> str:
    """The event's word before what it says; blank where the vocabulary has none for it."""
    return "" if fact.event is Event.OTHER else f"{fact.event.value}: "


# --- names
# -----------------------------------------------------------------------------------------------------------


def names_of(run: Run) -> tuple[str, ...]:
    """Every ticker that this run can say something about, judged ones first, each group in its order."""
    snapshot = run.opening.snapshot
    others = (*snapshot.not_judged, *snapshot.held_not_judged)
    return tuple(dict.fromkeys([d.ticker for d in snapshot.dossiers] + [name.ticker for name in others]))


def called(run: Run) -> dict[str, str]:
    """Ticker to the name that a person reads; two names that read alike get their tickers behind them."""
    snapshot = run.opening.snapshot
    full = {ticker: ticker for ticker in names_of(run)}
    for position in snapshot.valuation.positions:
        if not isinstance(position.holding.name, Gap):
            full[position.holding.ticker] = position.holding.name
    full |= {dossier.ticker: dossier.name for dossier in snapshot.dossiers}
    short = {ticker: spoken(name) or ticker for ticker, name in full.items()}
    often = Counter(short.values())
    return {
        ticker: name if often[name] == 1 else f"{clean(name, LONGEST_NAME - len(ticker) - 1)} {ticker}"
        for ticker, name in short.items()
    }


def spoken(name: str) -> str:
    """`The Home Depot, Inc.` → `Home Depot`: the registered name without its legal words, cut between
    words."""
    words = clean(name).replace(",", " ").split()
    if len(words) > 1 and words[0].casefold() == "the":
        words = words[1:]
    while len(words) > 1 and re.sub(r"\W", "", words[-1]).casefold() in UNSPOKEN:
        words = words[:-1]
    while len(words) > 1 and len(" ".join(words)) > LONGEST_NAME:
        words = words[:-1]
    return clean(" ".join(words), LONGEST_NAME)


def resolve(run: Run, entered: str) -> str:
    """The ticker that `entered` means. Raises NotFound with the nearest that exist, by ticker or by company
    name."""
    wanted = fold_ticker(clean(entered[: LONGEST * 2]))
    known = names_of(run)
    if wanted in known:
        return wanted
    companies = {ticker: name.upper() for ticker, name in called(run).items()}
    registered = {dossier.ticker: dossier.name.upper() for dossier in run.opening.snapshot.dossiers}
    ways: tuple[Callable[[str], bool], ...] = (
        lambda ticker: ticker.partition(".")[0] == wanted,
        lambda ticker: wanted in {companies[ticker], registered.get(ticker)},
        lambda ticker: companies[ticker].startswith(f"{wanted} "),
        lambda ticker: len(wanted) > 2 and wanted in registered.get(ticker, "").split(),
    )
    for way in ways:
        if len(found := [ticker for ticker in known if wanted and way(ticker)]) == 1:
            return found[0]
    scored = sorted((-_closeness(wanted, ticker, companies[ticker]), ticker) for ticker in known)
    nearest = tuple(ticker for closeness, ticker in scored if -closeness >= CLOSE)[:NEAREST]
    raise NotFound(texts.UNKNOWN_NAME.format(name=clean(entered, LONGEST)), nearest=nearest)


def _closeness(wanted: str, ticker: str, company: str) -> float:
    if wanted and (company.startswith(wanted) or wanted in company.split()):
        return 1.0
    own = max(SequenceMatcher(None, wanted, one).ratio() for one in (ticker, ticker.partition(".")[0]))
    # A short word has letters in common with the start of any name: only a near miss of a whole one counts.
    name = SequenceMatcher(None, wanted, company).ratio() if len(wanted) > 4 else 0.0
    return max(own, name)
