"""The words by which a company can be recognised in a text, and a veil that replaces them. Pure; used by
blind runs only.

Rather too much than too little: an ordinary word hidden by accident costs a sentence its polish, a brand left
standing costs the experiment its meaning.
"""

import re
from collections.abc import Mapping
from typing import Final

from core.base.gap import NOT_GIVEN, Gap
from core.facts.company_words import COMMON, COUNTRIES, DESCRIPTORS, LEGAL
from core.facts.fact import Subject
from core.facts.names_of import aliases_of
from core.facts.spelling import straight
from core.snapshot.model import Dossier, Snapshot

# Words that many companies share, beside the legal words, descriptors and countries of the facts' tables:
# alone they tell nothing, and hiding them would blank ordinary sentences.
_SHARED: Final = """
    american america and bank banque british canadian class common consumer data deutsche digital electric
    electronics european finance general gold health healthcare home industrial insurance international life
    machines medical mobile national north northern oil one ordinary pacific paper power products realty
    registered royal science sciences service shares south southern standard state states steel stock store
    the tobacco union united universal west western world
"""
GENERIC: Final = LEGAL | DESCRIPTORS | COUNTRIES | COMMON | frozenset(_SHARED.split())

# Shorter words of a name (LVMH's "SE", "3M" aside) are ordinary words or initials and are hidden within the
# full name only.
WORD_FROM: Final = 3
# Tickers of one letter, and those that are also ordinary capitals, are hidden only where a sign says a ticker
# is meant.
TICKER_FROM: Final = 2
CAPITALS: Final = frozenset(
    {"AI", "EU", "IT", "PC", "TV", "UK", "UN", "US", "USA", "CEO", "CFO", "ALL", "NOW", "ARE", "FOR"}
)
# A pattern that matches nothing, for a company without a name.
NEVER: Final = "(?!)"


def words_of(dossier: Dossier, snapshot: Snapshot) -> frozenset[str]:
    """Everything that names this company: the spellings that the facts are matched by, its distinctive words,
    its ISIN.

    Spellings that are also words of the language, and tickers, are marked: they are hidden in their own case
    only.
    """
    holdings = [row.holding for row in snapshot.valuation.positions if row.holding.ticker == dossier.ticker]
    names = (dossier.name, *(holding.name for holding in holdings if not isinstance(holding.name, Gap)))
    isin = next((holding.isin for holding in holdings if not isinstance(holding.isin, Gap)), NOT_GIVEN)
    subject = Subject(
        ticker=dossier.ticker,
        name=dossier.name,
        isin=isin,
        country=dossier.country,
        aliases=(*names[1:], *dossier.aliases),
    )
    spelled = [(" ".join(alias.words), alias.weak) for alias in aliases_of(subject)]
    found = {name.strip() for name in names} | {spelling for spelling, weak in spelled if not weak}
    for name in names:
        parts = re.findall(r"[^\W_]+", name)
        found.update(part for part in parts if len(part) >= WORD_FROM and _fold(part) not in GENERIC)
    marked = {one for spelling, weak in spelled if weak for one in (spelling, spelling.upper())}
    marked |= {dossier.ticker, dossier.ticker.split(".")[0], dossier.ticker.replace("-", ".")}
    return frozenset({_fold(word) for word in found} - {""} | {_marked(word) for word in marked})


def _marked(ticker: str) -> str:
    # Compared in its own case, unlike other words: COST and Target are companies, cost and target are not.
    return f"\0{ticker}"


def _fold(text: str) -> str:
    return straight(text.casefold())


class Veil:
    """Replaces words by aliases in one pass: longest first, whole words, whatever case or accents."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        longest = sorted((word for word in words if word[0] != "\0"), key=lambda word: (-len(word), word))
        tickers = sorted((word[1:] for word in words if word[0] == "\0"), key=lambda word: (-len(word), word))
        free = [
            re.escape(ticker) for ticker in tickers if len(ticker) >= TICKER_FROM and ticker not in CAPITALS
        ]
        signed = [rf"(?<=[$:(]){re.escape(ticker)}|(?<=: ){re.escape(ticker)}" for ticker in tickers]
        names = "|".join(re.escape(word) for word in longest) or NEVER
        self.names = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
        self.tickers = re.compile(rf"(?<![\w.])(?:{'|'.join([*signed, *free]) or NEVER})(?!\w)")

    def over(self, text: str) -> str:
        """`text` with every name hidden, all else as it was. Names first: they are longer than their
        words."""
        folded, places = _folded_with_places(text)
        pieces, end = [], 0
        for match in self.names.finditer(folded):
            pieces += [text[end : places[match.start()]], self.words[match[0]]]
            end = places[match.end()]
        shown = "".join([*pieces, text[end:]])
        return self.tickers.sub(lambda match: self.words[_marked(match[0])], shown)


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters (and its end) the place in `text` that it came from."""
    folded, places = [], []
    for place, letter in enumerate(text):
        for bare in _fold(letter):
            folded.append(bare)
            places.append(place)
    return "".join(folded), [*places, len(text)]
