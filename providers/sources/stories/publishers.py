"""Who published an item, and with what authority: a table of domains, each row with its reason.

Refuses to take a publisher's word for who it is: only a domain gives authority, or the name that an
aggregator puts beside what it passes on; any other name in a feed is a label, which can take authority away
("by Zacks") but never give it. A domain that stands in no row is OTHER. What counts as an established
newswire is judgement: a newsroom with its own correspondents and corrections, or the paid wires on which
issuers must tell their news; sites that live from opinion and stock ideas are not.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from core.facts.fact import Authority

_REGULATOR = "regulator or public authority, its own publication"
_ISSUER_WIRE = "paid wire: the issuer's own words, by which it fulfils its duty to publish"
_AGENCY = "news agency with its own correspondents"
_PAPER = "newsroom with its own reporting and corrections"
_IDEAS = "stock ideas and opinion, often written by rule or by contributors"
_MIXED = "passes on many publishers; the real one is not known from the address"
_ANALYSIS = "market commentary rather than first reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One row. `domain` stands for itself and everything below it."""

    domain: str
    name: str
    authority: Authority
    reason: str


def _rows(authority: Authority, reason: str, *pairs: tuple[str, str]) -> tuple[Publisher, ...]:
    return tuple(
        Publisher(domain=domain, name=name, authority=authority, reason=reason) for domain, name in pairs
    )


PUBLISHERS = (
    *_rows(
        Authority.OFFICIAL,
        _REGULATOR,
        ("sec.gov", "SEC"),
        ("fda.gov", "FDA"),
        ("ftc.gov", "FTC"),
        ("justice.gov", "US Department of Justice"),
        ("federalreserve.gov", "Federal Reserve"),
        ("ec.europa.eu", "European Commission"),
        ("ema.europa.eu", "EMA"),
        ("esma.europa.eu", "ESMA"),
        ("ecb.europa.eu", "ECB"),
        ("amf-france.org", "AMF"),
        ("info-financiere.gouv.fr", "Info-financière"),
        ("bafin.de", "BaFin"),
        ("fca.org.uk", "FCA"),
        ("cnmv.es", "CNMV"),
        ("consob.it", "Consob"),
    ),
    *_rows(
        Authority.NEWSWIRE,
        _ISSUER_WIRE,
        ("prnewswire.com", "PR Newswire"),
        ("prnewswire.co.uk", "PR Newswire"),
        ("businesswire.com", "Business Wire"),
        ("globenewswire.com", "GlobeNewswire"),
        ("accessnewswire.com", "ACCESS Newswire"),
        ("newsfilecorp.com", "Newsfile"),
        ("newswire.ca", "CNW"),
        ("actusnews.com", "Actusnews"),
        ("eqs-news.com", "EQS News"),
        ("londonstockexchange.com", "RNS"),
        ("investegate.co.uk", "Investegate"),
    ),
    *_rows(
        Authority.NEWSWIRE,
        _AGENCY,
        ("reuters.com", "Reuters"),
        ("apnews.com", "Associated Press"),
        ("bloomberg.com", "Bloomberg"),
        ("dowjones.com", "Dow Jones"),
        ("dowjones.io", "Dow Jones"),
        ("afp.com", "AFP"),
        ("pa.media", "PA Media"),
        ("dpa.com", "dpa"),
        ("ansa.it", "ANSA"),
        ("efe.com", "EFE"),
        ("kyodonews.net", "Kyodo"),
        ("kyodonews.jp", "Kyodo"),
        ("jiji.com", "Jiji"),
        ("mtnewswires.com", "MT Newswires"),
        ("ap.org", "AP"),
        ("channelnewsasia.com", "CNA"),
    ),
    *_rows(
        Authority.NEWSWIRE,
        _PAPER,
        ("wsj.com", "The Wall Street Journal"),
        ("ft.com", "Financial Times"),
        ("cnbc.com", "CNBC"),
        ("marketwatch.com", "MarketWatch"),
        ("nytimes.com", "The New York Times"),
        ("washingtonpost.com", "The Washington Post"),
        ("bbc.com", "BBC"),
        ("bbc.co.uk", "BBC"),
        ("theguardian.com", "The Guardian"),
        ("thetimes.com", "The Times"),
        ("telegraph.co.uk", "The Telegraph"),
        ("lesechos.fr", "Les Echos"),
        ("lemonde.fr", "Le Monde"),
        ("lefigaro.fr", "Le Figaro"),
        ("handelsblatt.com", "Handelsblatt"),
        ("faz.net", "Frankfurter Allgemeine"),
        ("boersen-zeitung.de", "Börsen-Zeitung"),
        ("ilsole24ore.com", "Il Sole 24 Ore"),
        ("expansion.com", "Expansión"),
        ("nikkei.com", "Nikkei"),
        ("theglobeandmail.com", "The Globe and Mail"),
        ("financialpost.com", "Financial Post"),
        ("scmp.com", "South China Morning Post"),
    ),
    *_rows(
        Authority.OTHER,
        _IDEAS,
        ("zacks.com", "Zacks"),
        ("fool.com", "Motley Fool"),
        ("fool.co.uk", "Motley Fool"),
        ("fool.ca", "Motley Fool"),
        ("simplywall.st", "Simply Wall St."),
        ("insidermonkey.com", "Insider Monkey"),
        ("247wallst.com", "24/7 Wall St."),
        ("gurufocus.com", "GuruFocus"),
        ("seekingalpha.com", "Seeking Alpha"),
        ("benzinga.com", "Benzinga"),
        ("thestreet.com", "TheStreet"),
        ("investors.com", "Investor's Business Daily"),
        ("marketbeat.com", "MarketBeat"),
        ("stockstory.org", "StockStory"),
        ("tipranks.com", "TipRanks"),
        ("barchart.com", "Barchart"),
        ("moby.co", "Moby"),
        ("investorplace.com", "InvestorPlace"),
        ("stocktwits.com", "Stocktwits"),
        ("reddit.com", "Reddit"),
        ("kiplinger.com", "Kiplinger"),
        ("morningstar.com", "Morningstar"),
        ("trefis.com", "Trefis"),
        ("fxempire.com", "FX Empire"),
        ("smartasset.com", "SmartAsset"),
        ("finanzen.net", "finanzen.net"),
        ("boursier.com", "Boursier.com"),
        ("zonebourse.com", "Zonebourse"),
        ("deraktionaer.de", "Der Aktionär"),
        ("investorshub.advfn.com", "InvestorsHub"),
    ),
    *_rows(
        Authority.OTHER,
        _ANALYSIS,
        ("barrons.com", "Barron's"),
        ("economist.com", "The Economist"),
        ("forbes.com", "Forbes"),
        ("businessinsider.com", "Business Insider"),
        ("fortune.com", "Fortune"),
        ("qz.com", "Quartz"),
        ("investopedia.com", "Investopedia"),
        ("proactiveinvestors.com", "Proactive"),
        ("proactiveinvestors.co.uk", "Proactive"),
        ("marketscreener.com", "MarketScreener"),
    ),
    *_rows(
        Authority.OTHER,
        _MIXED,
        ("finance.yahoo.com", "Yahoo Finance"),
        ("yahoo.com", "Yahoo"),
        ("news.google.com", "Google News"),
        ("msn.com", "MSN"),
        ("investing.com", "Investing.com"),
    ),
)

_BY_DOMAIN = {row.domain: row for row in PUBLISHERS}
AGGREGATORS = frozenset(row.name for row in PUBLISHERS if row.reason == _MIXED)


def _folded(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum()).removesuffix("com")


_BY_NAME = {_folded(row.name): row for row in reversed(PUBLISHERS)}


def publisher_at(address: str) -> Publisher | None:
    """The row for an address's host or the nearest domain above it; none when no row names it."""
    host = host_of(address)
    while host:
        row = _BY_DOMAIN.get(host)
        if row is not None:
            return row
        host = host.partition(".")[2]
    return None


def publisher_named(name: str) -> Publisher | None:
    """The row of a name as feeds write it ("Barrons.com", "Zacks"); none when no row has it."""
    return _BY_NAME.get(_folded(name))


def host_of(address: str) -> str:
    """The host of an http address in lower case without a leading `www.`; blank when there is none."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        return ""
    return host.lower().rstrip(".").removeprefix("www.")
