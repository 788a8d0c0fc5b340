"""What an instrument is: by the export's own word (`words.toml`), else by its name or symbol."""

import re

from core.base.kind import Kind
from providers.holdings.spec import words

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

    `american` allows what holds on American exchanges only: five letters ending in X are a mutual fund, a
    CUSIP instead of a symbol is no listed share.
    """
    folded = word.casefold().strip()
    called = next((kind for kind, listed in words()["kinds"].items() if folded in listed), "")
    if called == "derivative" or is_option(ticker) or (not called and _DERIVATIVE_WORD.search(folded)):
        return None
    if called not in {"", Kind.EQUITY}:
        return Kind(called)
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
