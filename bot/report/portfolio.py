"""The portfolio for its owner's eyes. Values are those of the last report, never guessed."""

from dataclasses import dataclass
from decimal import Decimal

from bot.report import figures
from bot.report.lookup import spoken
from bot.report.markup import bold, clean, esc
from bot.texts import chat as texts
from core.base.gap import NOT_GIVEN, Gap
from core.portfolio.accounts import ACCOUNT_FORMS, MAIN, NO_ACCOUNTS, Accounts
from core.portfolio.books import NAME_FORM
from core.portfolio.editing import FORMS
from core.portfolio.holding import Cash, Holding, Import, Portfolio, Unnamed
from core.portfolio.offers import Offer
from core.portfolio.position import Position, Valuation, day_change, total_change
from core.snapshot.model import Snapshot

REJECTED_LINES = 15


def portfolio_help() -> str:
    """What can be typed behind `/portfolio`, as the editor's own tables name it."""
    forms = " · ".join(form for form, _ in (*FORMS.values(), NAME_FORM, *ACCOUNT_FORMS))
    return texts.PORTFOLIO_HELP.format(forms=f"{forms} · export")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A holding, its position where the last report valued exactly this quantity, and by how many percent its
    price differs from the close before (`day`) and from what was paid (`since`)."""

    holding: Holding
    position: Position | None = None
    day: Decimal | Gap = NOT_GIVEN
    since: Decimal | Gap = NOT_GIVEN


def weighed(portfolio: Portfolio, snapshot: Snapshot | None) -> list[Weighed]:
    """The holdings, the heaviest first; what has no value comes last, by ticker."""
    valued = {each.holding.ticker: each for each in snapshot.valuation.positions} if snapshot else {}
    rows = []
    for holding in portfolio.holdings:
        at = valued.get(holding.ticker)
        if at is None or snapshot is None:
            rows.append(Weighed(holding=holding))
            continue
        same = at if at.holding.quantity == holding.quantity else None
        since = total_change(holding.paid, at, snapshot.fx)
        rows.append(Weighed(holding=holding, position=same, day=day_change(at), since=since))
    return sorted(rows, key=lambda row: (-_share(row.position), row.holding.ticker))


def cash_share(cash: Cash, valuation: Valuation | None) -> Decimal | Gap:
    """Percent of the whole, where the last report valued exactly this amount."""
    for each in valuation.cash if valuation else ():
        if each.cash == cash and valuation and valuation.total > 0:
            return each.value * 100 / valuation.total
    return Gap(gap="not valued")


def _share(position: Position | None) -> Decimal:
    return Decimal(-1) if position is None or isinstance(position.share, Gap) else position.share


def portfolio_blocks(
    portfolio: Portfolio, snapshot: Snapshot | None, accounts: Accounts = NO_ACCOUNTS
) -> tuple[str, ...]:
    """Positions by weight, then cash, then what each account holds, where there is more than `main`."""
    valuation = snapshot.valuation if snapshot else None
    head = [bold(texts.PORTFOLIO)]
    if snapshot is None or valuation is None:
        head.append(esc(texts.PORTFOLIO_NOT_VALUED))
    else:
        total = figures.amount(valuation.total, valuation.currency)
        head.append(esc(texts.PORTFOLIO_VALUED.format(day=figures.day(snapshot.day), total=total)))
    currency = valuation.currency if valuation else ""
    lines = [_line(row, currency) for row in weighed(portfolio, snapshot)]
    lines += [_cash_line(cash, cash_share(cash, valuation)) for cash in portfolio.cash]
    listed = [
        texts.PORTFOLIO_ACCOUNT.format(
            name=clean(each.name, 60), count=figures.counted(len(each.portfolio.holdings), texts.POSITIONS)
        )
        for each in accounts.accounts
    ]
    named = [each.name for each in accounts.accounts] not in ([MAIN], [])
    blocks = ("\n".join(head), "\n".join(lines), *(("\n".join(map(esc, listed)),) if named else ()))
    return (*blocks, esc(portfolio_help())) if lines else ("\n".join(head),)


def _cash_line(cash: Cash, share: Decimal | Gap) -> str:
    said = texts.PORTFOLIO_CASH.format(amount=figures.amount(cash.amount, cash.currency))
    return esc(said if isinstance(share, Gap) else f"{said} · {figures.weight(share)} %")


def _line(row: Weighed, currency: str) -> str:
    holding, position = row.holding, row.position
    name = "" if isinstance(holding.name, Gap) else spoken(holding.name)
    first = (
        f"{bold(name)} · {esc(holding.ticker)}" if name and name != holding.ticker else bold(holding.ticker)
    )
    parts = [f"{first} · {figures.quantity(holding.quantity)}"]
    if position is not None:
        if not isinstance(position.value, Gap):
            parts.append(figures.amount(position.value, currency))
        if not isinstance(position.share, Gap):
            parts.append(figures.percent(position.share))
    for words, change in ((texts.PORTFOLIO_DAY, row.day), (texts.PORTFOLIO_SINCE, row.since)):
        if not isinstance(change, Gap):
            parts.append(words.format(change=figures.change(change)))
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
    lines = [_line(Weighed(holding=holding), "") for holding in read.portfolio.holdings]
    lines += [_cash_line(each, Gap(gap="not valued")) for each in read.portfolio.cash]
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
