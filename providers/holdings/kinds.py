"""What exports call an instrument → what it is here. An instrument that nobody names counts as a share of a company.

Derivatives are refused row by row: an option has no place in a portfolio of names that are judged by their company.
"""

import re

from core.base.kind import Kind

# The word as an export writes it (case-folded) → kind. None: a derivative, refused.
WORDS: dict[str, Kind | None] = {
    "equity": Kind.EQUITY,
    "stock": Kind.EQUITY,
    "stocks": Kind.EQUITY,
    "stk": Kind.EQUITY,  # IBKR
    "adr": Kind.EQUITY,
    "fund": Kind.FUND,
    "funds": Kind.FUND,
    "etf": Kind.FUND,
    "etfs": Kind.FUND,
    "etfs & closed end funds": Kind.FUND,  # Schwab
    "mutual fund": Kind.FUND,
    "mutual funds": Kind.FUND,
    "mutualfund": Kind.FUND,
    "private_fund": Kind.FUND,  # Trade Republic
    "bond": Kind.BOND,
    "bonds": Kind.BOND,
    "fixed income": Kind.BOND,
    "bill": Kind.BOND,
    "crypto": Kind.CRYPTO,
    "cryptocurrency": Kind.CRYPTO,
    "other": Kind.OTHER,
    "commodity": Kind.OTHER,
    "cmdty": Kind.OTHER,
    "option": None,
    "options": None,
    "opt": None,
    "fop": None,
    "fut": None,
    "future": None,
    "futures": None,
    "war": None,
    "iopt": None,
    "cfd": None,
    "derivative": None,
}
DERIVATIVE = "a derivative: only what is owned outright is held and judged"

# As in: Equity and Index Options · Warrants · Options On Futures · Optionsschein
_DERIVATIVE_WORD = re.compile(r"\b(?:options?|optionsscheine?|warrants?|futures?|cfds?|zertifikate?)\b")
# Whole words in an instrument's name that no company's name carries.
_FUND_NAME = re.compile(
    r"\b(?:ETF|UCITS|FUNDS?|FONDS|INDEXFONDS|ISHARES|XTRACKERS|SPDR|VANGUARD (?:FTSE|S&P|TOTAL|ESG|REAL))\b",
    re.IGNORECASE,
)
# The symbology of American exchanges: a mutual fund has five letters and ends with X.
_FUND_SYMBOL = re.compile(r"[A-Z]{4}X")
# American pools and old lines that have no symbol are listed under their CUSIP.
_CUSIP = re.compile(r"\d[0-9A-Z]{7}\d")
# AAPL240119C150, -AAPL260116P00200000, ORCL  170915P00050000, AAPL 01/19/2024 150.00 C
_OPTION = re.compile(r"-?[A-Z.]{1,6} *\d{6}[CP][\d.]+|[A-Z.]{1,6} \d{2}/\d{2}/\d{4} [\d.]+ [CP]")
# As Ghostfolio and others write coins against a currency.
_COIN = re.compile(
    r"(?:BTC|ETH|SOL|ADA|XRP|LTC|DOGE|DOT|BCH|LINK|XLM|UNI|AVAX|ATOM|EOS|ETC|USDT|USDC)-?(?:USD|EUR|GBP|CHF)"
)


def kind_of(word: str, *, ticker: str = "", name: str = "", american: bool = False) -> Kind | None:
    """The kind by the export's own word, else by the instrument's name or symbol. None for a derivative.

    `american` allows what holds on American exchanges only: five letters ending in X are a mutual fund, a CUSIP instead of a
    symbol is no listed share.
    """
    folded = word.casefold().strip()
    if folded not in WORDS and _DERIVATIVE_WORD.search(folded):
        return None
    if folded in WORDS and WORDS[folded] is not Kind.EQUITY:
        return WORDS[folded]
    if is_option(ticker):
        return None
    if _COIN.fullmatch(ticker):
        return Kind.CRYPTO
    if american and _CUSIP.fullmatch(ticker):
        return Kind.OTHER
    if _FUND_NAME.search(name) or (american and _FUND_SYMBOL.fullmatch(ticker)):
        return Kind.FUND
    return Kind.EQUITY


def is_option(symbol: str) -> bool:
    """Whether a symbol is an option's, as American brokers and IBKR write them."""
    return _OPTION.fullmatch(symbol) is not None
