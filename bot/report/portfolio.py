"""The portfolio for its owner's eyes. Values are those of the last report, never guessed."""

from bot.report import figures
from bot.report.markup import bold, clean, esc
from bot.texts import chat as texts
from core.base.gap import Gap
from core.portfolio.holding import Holding, Import, Portfolio, Unnamed
from core.portfolio.offers import Offer
from core.portfolio.position import Position
from core.snapshot.model import Snapshot

REJECTED_LINES = 15


def portfolio_blocks(portfolio: Portfolio, snapshot: Snapshot | None) -> tuple[str, ...]:
    """Positions by ticker, then cash. A value stands only where the last report valued exactly this quantity."""
    positions = {p.holding.ticker: p for p in snapshot.valuation.positions} if snapshot else {}
    currency = snapshot.valuation.currency if snapshot else ""
    head = [bold(texts.PORTFOLIO)]
    if snapshot is None:
        head.append(esc(texts.PORTFOLIO_NOT_VALUED))
    else:
        total = figures.amount(snapshot.valuation.total, currency)
        head.append(esc(texts.PORTFOLIO_VALUED.format(day=figures.day(snapshot.day), total=total)))
    lines = [_line(holding, positions.get(holding.ticker), currency) for holding in portfolio.holdings]
    lines += [
        esc(texts.PORTFOLIO_CASH.format(amount=figures.amount(cash.amount, cash.currency)))
        for cash in portfolio.cash
    ]
    return ("\n".join(head), "\n".join(lines), esc(texts.PORTFOLIO_HELP)) if lines else ("\n".join(head),)


def _line(holding: Holding, position: Position | None, currency: str) -> str:
    parts = [f"{bold(holding.ticker)} · {figures.quantity(holding.quantity)}"]
    if position is not None and position.holding.quantity == holding.quantity:
        if not isinstance(position.value, Gap):
            parts.append(figures.amount(position.value, currency))
        if not isinstance(position.share, Gap):
            parts.append(f"{figures.weight(position.share)} %")
    if holding.kind.value != "equity":
        parts.append(holding.kind.value)
    if holding.locked:
        parts.append(texts.PORTFOLIO_LOCKED)
    return " · ".join(parts)


def import_blocks(read: Import) -> tuple[str, ...]:
    """What was read from a file: every good row, every bad row with its reason, and the remarks."""
    holdings = figures.counted(len(read.portfolio.holdings), texts.POSITIONS)
    cash = figures.counted(len(read.portfolio.cash), texts.CASHES)
    blocks = [esc(texts.PORTFOLIO_READ.format(format=read.format, holdings=holdings, cash=cash))]
    lines = [_line(holding, None, "") for holding in read.portfolio.holdings]
    lines += [
        esc(texts.PORTFOLIO_CASH.format(amount=figures.amount(cash.amount, cash.currency)))
        for cash in read.portfolio.cash
    ]
    if lines:
        blocks.append("\n".join(lines))
    if read.rejected:
        bad = [bold(texts.PORTFOLIO_REJECTED.format(count=len(read.rejected)))]
        bad += [
            esc(
                texts.PORTFOLIO_REJECTED_LINE.format(
                    line=row.line, reason=clean(row.reason, 160), text=clean(row.text, 80)
                )
            )
            for row in read.rejected[:REJECTED_LINES]
        ]
        if len(read.rejected) > REJECTED_LINES:
            bad.append(f"+{len(read.rejected) - REJECTED_LINES}")
        blocks.append("\n".join(bad))
    if read.remarks:
        blocks.append("\n".join(f"· {esc(remark, 200)}" for remark in read.remarks[:REJECTED_LINES]))
    return tuple(blocks)


def offer_line(what: Unnamed, offer: Offer | None) -> str:
    """What an instrument without a ticker could be, with the price it would get."""
    name = clean(what.identity if isinstance(what.name, Gap) else what.name, 60)
    if offer is None:
        return esc(texts.PORTFOLIO_NO_OFFER.format(name=name, identity=clean(what.identity, 60)))
    listing = offer.listing
    currency = "" if isinstance(offer.currency, Gap) else offer.currency
    price = (
        texts.PORTFOLIO_NO_PRICE if isinstance(offer.price, Gap) else figures.amount(offer.price, currency)
    )
    said = texts.PORTFOLIO_OFFER.format(
        name=name, ticker=listing.ticker, exchange=listing.exchange or listing.source, price=price
    )
    called = "" if isinstance(listing.name, Gap) or listing.name == name else f" ({clean(listing.name, 60)})"
    return esc(said + called)
