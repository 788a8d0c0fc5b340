"""Where a listing is traded: the names that files and services give an exchange, its currency, country and
ticker suffix. Pure.

The suffix is what Yahoo and most vendors write behind the ticker; American exchanges have none. A name that
is not here is not guessed.
"""

from dataclasses import dataclass

from core.base.gap import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """One exchange. `suffix` "" for the American ones; `currency` as prices are quoted there (GBp in
    London)."""

    name: str
    suffix: str
    currency: str
    country: str


# Name, suffix, currency, country of the ISINs at home there, other names: MIC, IBKR, OpenFIGI, words of
# exports.
_TABLE = (
    ("United States", "", "USD", "US",
     "NASDAQ NYSE ARCA AMEX BATS XNAS XNYS ARCX XASE US UN UW UQ UA UP UR NMS NYQ"),
    ("Xetra", ".DE", "EUR", "DE", "IBIS IBIS2 XETR TGATE GY XETRA GER"),
    ("Frankfurt", ".F", "EUR", "DE", "FWB FWB2 XFRA GF FRA"),
    ("Stuttgart", ".SG", "EUR", "DE", "SWB XSTU GS STU"),
    ("Euronext Paris", ".PA", "EUR", "FR", "SBF XPAR FP EPA PAR EURONEXT-PARIS"),
    ("Euronext Amsterdam", ".AS", "EUR", "NL", "AEB XAMS NA EAM AMS EURONEXT-AMSTERDAM"),
    ("Euronext Brussels", ".BR", "EUR", "BE", "ENEXT.BE XBRU BB BRU"),
    ("Euronext Lisbon", ".LS", "EUR", "PT", "BVL XLIS PL LIS"),
    ("Borsa Italiana", ".MI", "EUR", "IT", "BVME BVME.ETF XMIL MTAA ETFP IM MIL"),
    ("Madrid", ".MC", "EUR", "ES", "BM XMAD SM MCE MAD"),
    ("Vienna", ".VI", "EUR", "AT", "VSE XWBO AV VIE"),
    ("Helsinki", ".HE", "EUR", "FI", "HEX XHEL FH HEL"),
    ("Dublin", ".IR", "EUR", "IE", "XDUB ID ISE"),
    ("London Stock Exchange", ".L", "GBp", "GB", "LSE LSEETF XLON LN LON LONDON"),
    ("SIX Swiss Exchange", ".SW", "CHF", "CH", "EBS XSWX SW SE SIX VTX VIRTX"),
    ("Stockholm", ".ST", "SEK", "SE", "SFB XSTO SS STO"),
    ("Oslo", ".OL", "NOK", "NO", "OSE XOSL NO OSL"),
    ("Copenhagen", ".CO", "DKK", "DK", "CPH XCSE DC"),
    ("Warsaw", ".WA", "PLN", "PL", "WSE XWAR PW WAR"),
    ("Toronto", ".TO", "CAD", "CA", "TSE XTSE CT TOR TSX"),
    ("TSX Venture", ".V", "CAD", "CA", "VENTURE XTSX CV VAN"),
    ("Hong Kong", ".HK", "HKD", "HK", "SEHK XHKG HK HKG"),
    ("Tokyo", ".T", "JPY", "JP", "TSEJ XTKS JT JPX TYO"),
    ("Korea Exchange", ".KS", "KRW", "KR", "KSE XKRX KP KSC"),
    ("KOSDAQ", ".KQ", "KRW", "KR", "XKOS KQ KOE"),
    ("Australia", ".AX", "AUD", "AU", "ASX XASX AT AU"),
    ("Singapore", ".SI", "SGD", "SG", "SGX XSES SP SES"),
    ("India NSE", ".NS", "INR", "IN", "NSE XNSE IS NSI"),
    ("Johannesburg", ".JO", "ZAc", "ZA", "JSE XJSE SJ JNB"),
    ("Tel Aviv", ".TA", "ILA", "IL", "TASE XTAE IT TLV"),
)  # fmt: skip
VENUES = tuple(Venue(name=row[0], suffix=row[1], currency=row[2], country=row[3]) for row in _TABLE)
_BY_NAME = {
    word.casefold(): venue
    for row, venue in reversed(tuple(zip(_TABLE, VENUES, strict=True)))
    for word in (*row[4].split(), row[0])
}


def venue_named(written: str) -> Venue | Gap:
    """The exchange of this name or code."""
    return _BY_NAME.get(
        " ".join(written.casefold().split()), Gap(gap=f"no exchange {written[:20]!r} is known")
    )


def venue_of_ticker(ticker: str) -> Venue | Gap:
    """The exchange that a ticker's suffix names; the American one for a ticker without any."""
    _, dot, suffix = ticker.rpartition(".")
    for venue in VENUES:
        if venue.suffix == (f".{suffix}" if dot else ""):
            return venue
    return Gap(gap=f"no exchange has the suffix .{suffix}")


def ticker_at(symbol: str, venue: Venue) -> str:
    """`symbol`, as the exchange writes it, with the exchange's suffix: once, also where it stands there
    already."""
    bare = symbol.upper().removesuffix(venue.suffix) if venue.suffix else symbol.upper()
    if venue.suffix == ".HK":
        bare = bare.zfill(4)
    return f"{bare.replace(' ', '-')}{venue.suffix}" if venue.suffix else bare
