"""Where a country keeps what its issuers must publish: the link for a person where no source is built in or switched on.

Also the one table of countries: ISO code, the name that price sources write, and the suffixes of tickers listed there. A row
is a place to look, no promise that a program may read it. Addresses as the stores themselves name them.
"""

from dataclasses import dataclass
from typing import Final

from core.base.gap import Gap
from core.facts.fact import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """`code` is ISO 3166; `name` is the country's; `suffixes` are of its exchanges; `link` is where a person can look."""

    code: str
    name: str
    suffixes: tuple[str, ...]
    title: str
    link: str


def _store(code: str, name: str, suffixes: str, title: str, link: str) -> Store:
    return Store(code=code, name=name, suffixes=tuple(suffixes.split()), title=title, link=link)


STORES: Final[tuple[Store, ...]] = (
    _store("US", "United States", "", "SEC EDGAR", "https://www.sec.gov/edgar/search/"),
    _store("GB", "United Kingdom", ".L .IL", "National Storage Mechanism", "https://data.fca.org.uk/#/nsm/nationalstoragemechanism"),
    _store("FR", "France", ".PA", "Info-financière", "https://www.info-financiere.gouv.fr"),
    _store("DE", "Germany", ".DE .F .SG .MU .BE .DU .HM", "Unternehmensregister", "https://www.unternehmensregister.de"),
    _store("NL", "Netherlands", ".AS", "AFM registers", "https://www.afm.nl/en/sector/registers"),
    _store("IT", "Italy", ".MI", "1INFO", "https://www.1info.it"),
    _store("ES", "Spain", ".MC", "CNMV registers", "https://www.cnmv.es"),
    _store("CH", "Switzerland", ".SW", "SIX Exchange Regulation", "https://www.ser-ag.com"),
    _store("AT", "Austria", ".VI", "issuerinfo.oekb.at", "https://issuerinfo.oekb.at"),
    _store("BE", "Belgium", ".BR", "STORI", "https://www.fsma.be/en/stori"),
    _store("LU", "Luxembourg", ".LU", "Luxembourg stock exchange", "https://www.luxse.com"),
    _store("IE", "Ireland", ".IR", "Euronext Dublin", "https://live.euronext.com/en/markets/dublin"),
    _store("PT", "Portugal", ".LS", "CMVM", "https://www.cmvm.pt"),
    _store("DK", "Denmark", ".CO", "Finanstilsynet", "https://oam.finanstilsynet.dk"),
    _store("SE", "Sweden", ".ST", "Finansinspektionen", "https://finanscentralen.fi.se"),
    _store("NO", "Norway", ".OL", "NewsWeb", "https://newsweb.oslobors.no"),
    _store("FI", "Finland", ".HE", "Nasdaq Helsinki OAM", "https://www.oam.fi"),
    _store("PL", "Poland", ".WA", "ESPI", "https://espiebi.pap.pl"),
    _store("GR", "Greece", ".AT", "Athens exchange", "https://www.athexgroup.gr"),
    _store("TR", "Turkey", ".IS", "KAP", "https://www.kap.org.tr"),
    _store("JP", "Japan", ".T", "EDINET", "https://disclosure2.edinet-fsa.go.jp"),
    _store("KR", "South Korea", ".KS .KQ", "DART", "https://englishdart.fss.or.kr"),
    _store("TW", "Taiwan", ".TW .TWO", "MOPS", "https://mops.twse.com.tw"),
    _store("HK", "Hong Kong", ".HK", "HKEXnews", "https://www.hkexnews.hk"),
    _store("CN", "China", ".SS .SZ", "CNINFO", "http://www.cninfo.com.cn"),
    _store("IN", "India", ".NS .BO", "BSE", "https://www.bseindia.com"),
    _store("SG", "Singapore", ".SI", "SGXNet", "https://www.sgx.com"),
    _store("AU", "Australia", ".AX", "ASX announcements", "https://www.asx.com.au"),
    _store("NZ", "New Zealand", ".NZ", "NZX announcements", "https://www.nzx.com"),
    _store("CA", "Canada", ".TO .V .CN .NE", "SEDAR+", "https://www.sedarplus.ca"),
    _store("BR", "Brazil", ".SA", "CVM", "https://www.gov.br/cvm"),
    _store("MX", "Mexico", ".MX", "BMV", "https://www.bmv.com.mx"),
    _store("ZA", "South Africa", ".JO", "SENS", "https://clientportal.jse.co.za"),
    _store("IL", "Israel", ".TA", "MAYA", "https://maya.tase.co.il"),
)  # fmt: skip

BY_CODE: Final = {store.code: store for store in STORES}
_BY_NAME: Final = {store.name.casefold(): store for store in STORES}
_BY_SUFFIX: Final = {suffix: store for store in STORES for suffix in store.suffixes}


def stores_of(subject: Subject) -> tuple[Store, ...]:
    """The countries a name speaks of, surest first: its ISIN's, the one stated, its listing's. Each once."""
    found: list[Store] = []
    if isinstance(subject.isin, str) and (by_isin := BY_CODE.get(subject.isin[:2].upper())):
        found.append(by_isin)
    if isinstance(subject.country, str):
        stated = BY_CODE.get(subject.country.upper()) or _BY_NAME.get(subject.country.casefold())
        found += [stated] if stated else []
    found += [listed] if (listed := listed_in(subject.ticker)) else []
    return tuple(dict.fromkeys(found))


def listed_in(ticker: str) -> Store | None:
    """The country of the exchange that a ticker's suffix names; the United States without one."""
    base, dot, suffix = ticker.rpartition(".")
    if not dot or not base or suffix in _CLASSES:
        return BY_CODE["US"] if ticker.isalnum() or suffix in _CLASSES else None
    return _BY_SUFFIX.get(f".{suffix}")


# One letter A to E behind a dot is a class of shares (BRK.B).
_CLASSES: Final = frozenset("ABCDE")


def where_to_look(subject: Subject, read: frozenset[str] = frozenset()) -> str:
    """The sentence of a name that no source covers: which country has none here, and where a person can look. `read` are
    the countries of which a source is on."""
    stores = stores_of(subject)
    if not stores:
        return "no official source for its country in this program"
    home = stores[0]
    none = f"no official source for {home.name} in this program"
    if home.code in read:
        none = f"no official source of this program for {home.name} knows it"
    return f"{none}; look at {home.title}, {home.link}"


def stated_country(subject: Subject) -> str | Gap:
    """The ISO code of the home country: its ISIN's, else the one stated; the exchange alone says nothing of it."""
    stores = stores_of(subject)
    only_listed = not isinstance(subject.isin, str) and not isinstance(subject.country, str)
    return stores[0].code if stores and not only_listed else Gap(gap="nothing says its country")
