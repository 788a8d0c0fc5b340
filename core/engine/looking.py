"""One more look at a name's facts, now and without any model: what `/facts` offers beside what was frozen."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from core.base.errors import SourceFailed
from core.engine.terms import Sources
from core.facts.coverage import coverage_by_ticker, failed_gathering
from core.facts.fact import Coverage, Fact, Gathering, Rejected, Subject
from core.facts.sift import sift
from core.ports import FactSource
from core.snapshot.model import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What stands there now. `new` are the facts whose key the frozen dossier did not have; ids are this look's own."""

    ticker: str
    as_of: datetime
    facts: tuple[Fact, ...]
    new: tuple[Fact, ...]
    rejected: tuple[Rejected, ...]
    coverage: tuple[Coverage, ...]


async def look(sources: Sources, dossier: Dossier, as_of: datetime) -> Look:
    """Never raises for a source that is down: its coverage says FAILED with the reason."""
    subject = Subject(
        ticker=dossier.ticker,
        name=dossier.name,
        isin=dossier.isin,
        country=dossier.country,
        aliases=dossier.aliases,
    )
    covering = [source for source in sources.facts if source.covers(subject)]
    gatherings = tuple(await asyncio.gather(*(ask_source(source, (subject,), as_of) for source in covering)))
    sifted = sift(gatherings, (subject,), as_of)
    facts = dict(sifted.facts).get(subject.ticker, ())
    known = {(fact.source, fact.key) for fact in dossier.facts}
    return Look(
        ticker=subject.ticker,
        as_of=as_of,
        facts=facts,
        new=tuple(fact for fact in facts if (fact.source, fact.key) not in known),
        rejected=sifted.rejected,
        coverage=coverage_by_ticker(gatherings).get(subject.ticker, ()),
    )


async def ask_source(source: FactSource, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
    """What `source` brought. One that failed as a whole comes back as FAILED for each name, never as empty."""
    try:
        return await source.gather(subjects, as_of)
    except SourceFailed as error:
        tickers = tuple(subject.ticker for subject in subjects)
        return failed_gathering(source.name, source.source_class, tickers, str(error))
