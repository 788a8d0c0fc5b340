"""Looks at facts now, without any model and without any verdict: one name again for `/facts`, the held names
for the watch."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.engine.terms import Sources
from core.facts.coverage import coverage_by_ticker, failed_gathering
from core.facts.fact import Coverage, Fact, Gathering, Rejected, SourceClass, State, Subject
from core.facts.sift import sift
from core.market.quote import MarketRecord
from core.portfolio.holding import Holding
from core.ports import FactSource
from core.snapshot.model import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What stands there now. `new` are facts whose key the frozen dossier lacks; ids are this look's own."""

    ticker: str
    as_of: datetime
    facts: tuple[Fact, ...]
    new: tuple[Fact, ...]
    rejected: tuple[Rejected, ...]
    coverage: tuple[Coverage, ...]


async def look(sources: Sources, name: Dossier | MarketRecord, as_of: datetime) -> Look:
    """One name of a report again, or one that stands in none, as the price source knows it. Never raises for
    a source that is down: its coverage says FAILED with the reason."""
    subject = _of(name)
    covering = [source for source in sources.facts if source.covers(subject)]
    gatherings = tuple(await asyncio.gather(*(ask_source(source, (subject,), as_of) for source in covering)))
    sifted = sift(gatherings, (subject,), as_of)
    facts = dict(sifted.facts).get(subject.ticker, ())
    known = {(fact.source, fact.key) for fact in name.facts} if isinstance(name, Dossier) else set()
    return Look(
        ticker=subject.ticker,
        as_of=as_of,
        facts=facts,
        new=tuple(fact for fact in facts if (fact.source, fact.key) not in known),
        rejected=sifted.rejected,
        coverage=coverage_by_ticker(gatherings).get(subject.ticker, ()),
    )


async def ask_source(source: FactSource, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
    """What `source` brought. One that failed as a whole is FAILED for each name, never empty."""
    try:
        return await source.gather(subjects, as_of)
    except SourceFailed as error:
        tickers = tuple(subject.ticker for subject in subjects)
        return failed_gathering(source.name, source.source_class, tickers, str(error))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """`names` were looked at; `facts` are official and in no particular report; `failures` are sentences;
    `gatherings` are what the sources brought."""

    names: tuple[str, ...]
    facts: tuple[Fact, ...]
    failures: tuple[str, ...]
    gatherings: tuple[Gathering, ...] = ()


async def sight(sources: Sources, dossiers: tuple[Dossier, ...], as_of: datetime) -> Sighting:
    """Official facts of the held shares as they stand at `as_of`. `dossiers` of the last report lend names,
    ISINs and aliases. Raises NotFound when there is no portfolio yet."""
    known = {dossier.ticker: dossier for dossier in dossiers}
    portfolio = await sources.holdings.portfolio()
    subjects = tuple(
        _subject(holding, known.get(holding.ticker))
        for holding in portfolio.holdings
        if holding.kind is Kind.EQUITY
    )
    official = [source for source in sources.facts if source.source_class is SourceClass.OFFICIAL]
    gatherings = tuple(
        await asyncio.gather(
            *(
                ask_source(source, tuple(s for s in subjects if source.covers(s)), as_of)
                for source in official
            )
        )
    )
    failed = sorted(
        {
            f"{ticker}: {row.source} could not be read "
            f"({'no reason given' if isinstance(row.reason, Gap) else row.reason})"
            for gathering in gatherings
            for ticker, row in gathering.coverage
            if row.state is State.FAILED
        }
    )
    facts = tuple(fact for _, found in sift(gatherings, subjects, as_of).facts for fact in found)
    return Sighting(
        names=tuple(subject.ticker for subject in subjects),
        facts=facts,
        failures=tuple(failed),
        gatherings=gatherings,
    )


def _subject(holding: Holding, dossier: Dossier | None) -> Subject:
    if dossier is None:
        return Subject(ticker=holding.ticker, name=holding.name, isin=holding.isin, country=NOT_GIVEN)
    known = _of(dossier)
    return replace(known, isin=holding.isin) if isinstance(known.isin, Gap) else known


def _of(name: Dossier | MarketRecord) -> Subject:
    return Subject(
        ticker=name.ticker, name=name.name, isin=name.isin, country=name.country, aliases=name.aliases
    )
