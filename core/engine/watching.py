"""What the daily watch reads: the official sources of the held names, without any model and without any verdict."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.engine.looking import ask_source
from core.engine.terms import Sources
from core.facts.fact import Fact, Gathering, SourceClass, State, Subject
from core.facts.sift import sift
from core.portfolio.holding import Holding
from core.snapshot.model import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """`names` were looked at; `facts` are official and in no particular report; `failures` are sentences; `gatherings` are
    what the sources brought."""

    names: tuple[str, ...]
    facts: tuple[Fact, ...]
    failures: tuple[str, ...]
    gatherings: tuple[Gathering, ...] = ()


async def sight(sources: Sources, dossiers: tuple[Dossier, ...], as_of: datetime) -> Sighting:
    """Official facts of the held shares as they stand at `as_of`. `dossiers` of the last report lend names, ISINs and
    aliases. Raises NotFound when there is no portfolio yet."""
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
            f"{ticker}: {row.source} could not be read ({'no reason given' if isinstance(row.reason, Gap) else row.reason})"
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
    return Subject(
        ticker=dossier.ticker,
        name=dossier.name,
        isin=holding.isin if isinstance(dossier.isin, Gap) else dossier.isin,
        country=dossier.country,
        aliases=dossier.aliases,
    )
