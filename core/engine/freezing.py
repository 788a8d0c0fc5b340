"""Step two of the walk: ask every source side by side, then freeze. Adapters return values or raise; nothing
is smoothed over.

A fact source that is down is passed on with its reason, because whether that rules out a report is a rule
(law 4) and rules are decided in one place, `core.facts.coverage`. What computes for longer than a person's
tap may wait (the universe, the freeze itself) runs in a thread, so that the bot goes on answering.
"""

import asyncio
from dataclasses import replace
from datetime import datetime

from core.base.errors import BadRequest, SourceFailed
from core.base.names import fold_ticker
from core.base.progress import Sink, Stage, Step
from core.engine.looking import ask_source
from core.engine.terms import Forgetful, Sources, Terms
from core.facts.fact import Gathering, Subject
from core.facts.outage import NOTE, WHOLE, Outages, from_note, outages, said, to_note, unasked
from core.market.universe import score_universe
from core.ports import FactSource, Notes
from core.snapshot.freeze import Material, freeze, subjects
from core.snapshot.model import Snapshot

FORGETFUL = Forgetful()
TO_DO = " What to do: ask again later; `python -m bot doctor` says which source answers."


async def take_snapshot(
    sources: Sources, as_of: datetime, terms: Terms, progress: Sink, notes: Notes = FORGETFUL
) -> Snapshot:
    """A fresh snapshot. Raises SourcesFailed or SourceFailed (no report), BadRequest (empty portfolio,
    nothing to judge)."""
    earlier = from_note(notes.note(NOTE))
    try:
        material = await gather_material(sources, as_of, terms, progress)
    except SourceFailed as error:
        began = earlier.get((error.source, WHOLE), as_of)
        _keep(notes, earlier, {**earlier, (error.source, WHOLE): began}, as_of)
        # What can only be mended says so itself.
        to_do = "" if error.permanent else TO_DO
        raise SourceFailed(
            f"{error} {error.source} could not be read {said(began.astimezone(terms.zone))}.{to_do}",
            source=error.source,
            permanent=error.permanent,
        ) from error
    out = outages(material.gatherings, earlier, as_of)
    _keep(notes, earlier, out, as_of)
    local = tuple((key, began.astimezone(terms.zone)) for key, began in out.items())
    return await asyncio.to_thread(freeze, replace(material, outages=local))


def remember(notes: Notes, gatherings: tuple[Gathering, ...], as_of: datetime) -> None:
    """What a look at some sources says of their outages; of the others nothing new is known."""
    earlier = from_note(notes.note(NOTE))
    _keep(notes, earlier, unasked(gatherings, earlier) | outages(gatherings, earlier, as_of), as_of)


def _keep(notes: Notes, earlier: Outages, now_known: Outages, as_of: datetime) -> None:
    if now_known != earlier:
        notes.write_note(NOTE, to_note(now_known), now=as_of)


async def gather_material(sources: Sources, as_of: datetime, terms: Terms, progress: Sink) -> Material:
    """All that a freeze needs, asked for. Raises SourceFailed, and BadRequest for an empty portfolio."""
    day = as_of.astimezone(terms.zone).date()
    portfolio = await sources.holdings.portfolio()
    if not portfolio.holdings:
        raise BadRequest(
            "The portfolio is empty: import one with `python -m bot portfolio import FILE`, by sending the "
            "file to the bot, "
            "or by setting PORTFOLIO_FILE."
        )
    progress(Step(stage=Stage.HOLDINGS, done=len(portfolio.holdings), total=len(portfolio.holdings)))
    held = tuple(holding.ticker for holding in portfolio.holdings)
    pool = tuple(
        ticker for ticker in map(fold_ticker, await sources.universe.tickers()) if ticker not in held
    )
    wanted = tuple(dict.fromkeys((*held, *pool, terms.index_ticker)))
    records, fx = await asyncio.gather(sources.market.look_up(wanted, day), sources.fx.rates(day))
    progress(Step(stage=Stage.PRICES, done=len(records), total=len(wanted)))
    scores = await asyncio.to_thread(
        score_universe, records, base_currency=terms.base_currency, fx=fx, day=day
    )
    candidates = tuple(ticker for ticker, _ in scores.ranked if ticker in pool)[: terms.candidates]
    asked = subjects(portfolio, records, candidates)
    gatherings = await _gather(sources.facts, asked, as_of, progress)
    return Material(
        as_of=as_of,
        day=day,
        recording=terms.recording,
        base_currency=terms.base_currency,
        horizon_months=terms.horizon_months,
        portfolio=portfolio,
        records=records,
        fx=fx,
        candidates=candidates,
        scores=scores.ranked,
        unscored=tuple((ticker, reason) for ticker, reason in scores.excluded if ticker in pool),
        gatherings=gatherings,
        index_ticker=terms.index_ticker,
    )


async def _gather(
    sources: tuple[FactSource, ...], asked: tuple[Subject, ...], as_of: datetime, progress: Sink
) -> tuple[Gathering, ...]:
    """All fact sources side by side, each asked for the names that it can know."""
    done = 0

    async def one(source: FactSource) -> Gathering:
        nonlocal done
        found = await ask_source(source, tuple(subject for subject in asked if source.covers(subject)), as_of)
        done += 1
        progress(Step(stage=Stage.FACTS, done=done, total=len(sources)))
        return found

    return tuple(await asyncio.gather(*(one(source) for source in sources)))
