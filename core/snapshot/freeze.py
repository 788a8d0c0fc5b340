"""What the sources brought → one Snapshot. Pure: everything computable is computed here, before any model is
asked.

Refusals (each raises, nothing hollow is built): no price for over a tenth of the portfolio, facts that could
not be looked for (law 4), nothing left to judge. A name that cannot be judged is named with its reason; it is
never dropped in silence.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from core.base.errors import BadRequest
from core.base.gap import Gap
from core.base.kind import Kind
from core.facts.coverage import coverage_by_ticker, decide
from core.facts.events import Event
from core.facts.fact import Coverage, Fact, Gathering, Subject
from core.facts.names_of import known_as
from core.facts.sift import sift
from core.market.momentum import year_change
from core.market.quote import FxTable, LookUp, MarketRecord, Measure, Quote
from core.market.reliability import grade
from core.portfolio.holding import Holding, Portfolio
from core.portfolio.position import Valuation
from core.portfolio.valuation import value, votable_weights
from core.snapshot.model import SNAPSHOT_VERSION, Dossier, IndexSeries, NotJudged, Snapshot, UniverseScore

KIND_REASONS = {
    Kind.FUND: "a fund: held, not judged",
    Kind.BOND: "a bond: held, not judged",
    Kind.CRYPTO: "a crypto asset: held, not judged",
    Kind.OTHER: "not a share: held, not judged",
}


PRICE_YEAR = "price_year"
SAME_RESULTS = timedelta(
    days=40
)  # accounts follow their announcement within weeks, the next quarter's do not


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that was brought for one freeze. `records` answer every held ticker, every candidate and the index.

    `outages` say since when what could not be read cannot be, in the reader's zone; no snapshot holds them.
    """

    as_of: datetime
    day: date
    recording: str | Gap
    base_currency: str
    horizon_months: int
    portfolio: Portfolio
    records: tuple[MarketRecord, ...]
    fx: FxTable
    candidates: tuple[str, ...]
    scores: tuple[tuple[str, UniverseScore], ...]
    unscored: tuple[tuple[str, str], ...]
    gatherings: tuple[Gathering, ...]
    index_ticker: str
    remarks: tuple[str, ...] = ()
    outages: tuple[tuple[tuple[str, str], datetime], ...] = ()


def subjects(
    portfolio: Portfolio, records: tuple[MarketRecord, ...], candidates: tuple[str, ...]
) -> tuple[Subject, ...]:
    """The names that facts must be looked for: judgeable holdings and candidates, ordered by ticker."""
    by_ticker = {record.ticker: record for record in records}
    held = {holding.ticker: holding for holding in portfolio.holdings}
    wanted = [name for name, one in held.items() if isinstance(kept_out(one, by_ticker.get(name)), Gap)]
    return tuple(
        _subject(ticker, held.get(ticker), by_ticker.get(ticker)) for ticker in sorted({*wanted, *candidates})
    )


def kept_out(holding: Holding, record: MarketRecord | None) -> str | Gap:
    """Why a holding is held, not judged; a gap when it is to be judged. The owner's lock comes first."""
    if holding.locked:
        return "locked by the owner: held, not judged"
    kind = holding.kind if holding.kind is not Kind.EQUITY or record is None else record.kind
    return KIND_REASONS.get(kind, Gap(gap="judged"))


def freeze(material: Material) -> Snapshot:
    """The snapshot of `material`. Raises SourcesFailed (no facts or no prices, no report) or BadRequest
    (nothing to judge).
    """
    records = {record.ticker: record for record in material.records}
    valuation = value(
        material.portfolio,
        material.records,
        material.fx,
        base_currency=material.base_currency,
        day=material.day,
    )
    asked = subjects(material.portfolio, material.records, material.candidates)
    coverage = coverage_by_ticker(material.gatherings)
    not_judged = _not_judged(material, asked, records, coverage, valuation)
    out = {row.ticker for row in not_judged}
    judged = known_as((subject for subject in asked if subject.ticker not in out), material.gatherings)
    if not judged:
        raise BadRequest(
            "There is no name to judge: every holding is a fund, locked, without a price or without a "
            "readable source."
        )
    sifted = sift(material.gatherings, judged, material.as_of)
    dossiers, cash_weight = _dossiers(material, judged, records, coverage, dict(sifted.facts), valuation)
    index = _index(material.index_ticker, records.get(material.index_ticker))
    # Said now: whoever asks for the track record in a year could not make up for it.
    unmeasured = (f"no track record will count from this run: {index.gap}",) if isinstance(index, Gap) else ()
    return Snapshot(
        version=SNAPSHOT_VERSION,
        as_of=material.as_of,
        day=material.day,
        recording=material.recording,
        base_currency=material.base_currency,
        horizon_months=material.horizon_months,
        valuation=valuation,
        fx=material.fx,
        cash_weight=cash_weight,
        dossiers=dossiers,
        held_not_judged=_held_not_judged(material.portfolio, records),
        not_judged=not_judged,
        sieve=sifted.sieve,
        rejected=sifted.rejected,
        unscored=material.unscored,
        index=index,
        remarks=(*material.remarks, *valuation.remarks, *unmeasured),
    )


def _not_judged(
    material: Material,
    asked: tuple[Subject, ...],
    records: dict[str, MarketRecord],
    coverage: dict[str, tuple[Coverage, ...]],
    valuation: Valuation,
) -> tuple[NotJudged, ...]:
    wanted = {subject.ticker for subject in asked}
    shares = {
        position.holding.ticker: position.share
        for position in valuation.positions
        if position.holding.ticker in wanted and isinstance(position.share, Decimal)
    }
    decision = decide(
        material.gatherings, weights=shares, candidates=material.candidates, since=dict(material.outages)
    )
    reasons = dict(decision.not_judged) | {
        ticker: f"no price: {_why_unpriced(records.get(ticker))}" for ticker in wanted - set(_quotes(records))
    }
    # A price that cannot be valued (a currency that nobody quotes, another listing) is none.
    reasons |= {
        position.holding.ticker: f"no price: {position.value.reason}"
        for position in valuation.positions
        if isinstance(position.value, Gap) and position.holding.ticker in wanted
    }
    return tuple(
        NotJudged(ticker=ticker, reason=reasons[ticker], coverage=coverage.get(ticker, ()))
        for ticker in sorted(reasons)
    )


def _dossiers(
    material: Material,
    judged: tuple[Subject, ...],
    records: dict[str, MarketRecord],
    coverage: dict[str, tuple[Coverage, ...]],
    facts: dict[str, tuple[Fact, ...]],
    valuation: Valuation,
) -> tuple[tuple[Dossier, ...], Decimal]:
    held = {holding.ticker for holding in material.portfolio.holdings}
    weights, cash_weight = votable_weights(valuation, tuple(s.ticker for s in judged if s.ticker in held))
    weight_of, scores, quotes = dict(weights), dict(material.scores), _quotes(records)
    dossiers = tuple(
        _dossier(
            subject,
            records[subject.ticker],
            quote=quotes[subject.ticker],
            held=subject.ticker in held,
            weight=weight_of.get(subject.ticker, Decimal(0)),
            facts=facts.get(subject.ticker, ()),
            coverage=coverage.get(subject.ticker, ()),
            score=scores.get(subject.ticker, Gap(gap="not scored")),
            earnings=_earnings(material.gatherings, subject.ticker),
            day=material.day,
        )
        for subject in judged
    )
    return dossiers, cash_weight


def _subject(ticker: str, holding: Holding | None, record: MarketRecord | None) -> Subject:
    def first(name: str) -> str | Gap:
        missing = Gap(gap="not given")
        given: list[str | Gap] = [getattr(origin, name, missing) for origin in (record, holding)]
        return next((one for one in given if not isinstance(one, Gap)), missing)

    return Subject(
        ticker=ticker,
        name=first("name"),
        isin=first("isin"),
        country=first("country"),
        aliases=record.aliases if record is not None else (),
        worth=_worth(record),
    )


def _worth(record: MarketRecord | None) -> Decimal | Gap:
    """The market value in US dollars, which official documents count in; a gap in any other currency."""
    dollars = record is not None and isinstance(record.quote, Quote) and record.quote.currency == "USD"
    found = [one.value for one in (record.measures if record and dollars else ()) if one.name == "market_cap"]
    return next(
        (one for one in found if not isinstance(one, Gap) and one > 0), Gap(gap="not known in dollars")
    )


def _quotes(records: dict[str, MarketRecord]) -> dict[str, Quote]:
    """The usable prices, by ticker."""
    return {
        ticker: record.quote
        for ticker, record in records.items()
        if record.state in {LookUp.OK, LookUp.STALE} and isinstance(record.quote, Quote)
    }


def _why_unpriced(record: MarketRecord | None) -> str:
    return record.reason if record is not None else "the market source did not answer for it"


def _dossier(
    subject: Subject,
    record: MarketRecord,
    *,
    quote: Quote,
    held: bool,
    weight: Decimal,
    facts: tuple[Fact, ...],
    coverage: tuple[Coverage, ...],
    score: UniverseScore | Gap,
    earnings: date | Gap,
    day: date,
) -> Dossier:
    return Dossier(
        ticker=subject.ticker,
        name=subject.ticker if isinstance(subject.name, Gap) else subject.name,
        sector=record.sector,
        country=subject.country,
        held=held,
        weight=weight,
        quote=quote,
        consensus=record.consensus,
        reliability=grade(record.consensus, quote, day, history=record.history, earnings=earnings),
        measures=(*record.measures, *_momentum(record)),
        score=score,
        facts=facts,
        coverage=coverage,
        isin=subject.isin,
        aliases=subject.aliases,
        next_results=record.next_results,
    )


def _momentum(record: MarketRecord) -> tuple[Measure, ...]:
    """The price's change over a year, where the history reaches back; a source's own figure stays."""
    change = year_change(record.history, record.splits)
    if change is None or any(measure.name == PRICE_YEAR for measure in record.measures):
        return ()
    return (Measure(name=PRICE_YEAR, value=change, unit="percent"),)


def _earnings(gatherings: tuple[Gathering, ...], ticker: str) -> date | Gap:
    """The day on which the newest results were first told (their accounts follow): older targets did not know
    them.
    """
    mine = (one for gathering in gatherings for one in gathering.filings if one.ticker == ticker)
    days = [one.filed for one in mine if any(told.event is Event.RESULTS for told in one.reports)]
    first = min((day for day in days if max(days) - day <= SAME_RESULTS), default=None)
    return Gap(gap="no results among the filings") if first is None else first


def _held_not_judged(portfolio: Portfolio, records: dict[str, MarketRecord]) -> tuple[NotJudged, ...]:
    reasons = ((one.ticker, kept_out(one, records.get(one.ticker))) for one in portfolio.holdings)
    kept = sorted((ticker, reason) for ticker, reason in reasons if not isinstance(reason, Gap))
    return tuple(NotJudged(ticker=ticker, reason=reason) for ticker, reason in kept)


def _index(ticker: str, record: MarketRecord | None) -> IndexSeries | Gap:
    if record is None or not record.history or isinstance(record.quote, Gap):
        return Gap(gap=f"no series for {ticker}: {_why_unpriced(record)}")
    return IndexSeries(ticker=ticker, currency=record.quote.currency, points=record.history)
