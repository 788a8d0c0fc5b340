"""The words by which a company can be recognised in a text, and a veil that replaces them. Pure; used by blind runs only.

Rather too much than too little: an ordinary word hidden by accident costs a sentence its polish, a brand left standing
costs the experiment its meaning.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from core.gap import Gap
from core.snapshot.model import Dossier, Snapshot

# Legal forms and kinds of shares: they end a company's name and are left out when people write it.
_LEGAL: Final = """ab ag and as asa bv co cie company corp corporation gmbh inc incorporated kg kgaa limited llc lp ltd nv
    oyj plc public sa sab sarl sas se societe europeenne anonyme spa srl class common stock shares ordinary registered
    adr ads reit"""
LEGAL: Final = frozenset(_LEGAL.split())

# Words that many companies share: alone they tell nothing, and hiding them would blank ordinary sentences.
_COMMON: Final = """companies de del der des di du et group groupe holding holdings industries int international la le les
    of the trust und van von american america australia bank banque british canada canadian capital china
    communications consumer data deutsche digital electric electronics energy europe european financial finance first
    foods france general global gold health healthcare home india industrial insurance japan life machines materials
    media medical mobile motor motors national networks new north northern oil one pacific paper petroleum pharma
    pharmaceutical pharmaceuticals power products realty resources royal science sciences semiconductor service services
    software solutions south southern standard state states steel store stores systems technologies technology tobacco
    union united universal west western wholesale world"""
GENERIC: Final = LEGAL | frozenset(_COMMON.split())

# Shorter words of a name (LVMH's "SE", "3M" aside) are ordinary words or initials and are hidden within the full name only.
WORD_FROM: Final = 3
# Tickers of one letter, and those that are also ordinary capitals, are hidden only where a sign says a ticker is meant.
TICKER_FROM: Final = 2
CAPITALS: Final = frozenset(
    {"AI", "EU", "IT", "PC", "TV", "UK", "UN", "US", "USA", "CEO", "CFO", "ALL", "NOW", "ARE", "FOR"}
)
# A pattern that matches nothing, for a company without a name.
NEVER: Final = "(?!)"


def words_of(dossier: Dossier, snapshot: Snapshot) -> frozenset[str]:
    """Everything that names this company, folded: full names, distinctive words, ISIN, and its ticker as a marked word."""
    holdings = [row.holding for row in snapshot.valuation.positions if row.holding.ticker == dossier.ticker]
    given = [holding.name for holding in holdings if not isinstance(holding.name, Gap)]
    found = {holding.isin for holding in holdings if not isinstance(holding.isin, Gap)}
    for name in (dossier.name, *given):
        parts = re.findall(r"[^\W_]+", name)
        found.add(name.strip())
        found.add(_core(name))
        found.update(part for part in parts if len(part) >= WORD_FROM and _fold(part) not in GENERIC)
    folded = {_fold(word) for word in found} - {""}
    spellings = (dossier.ticker, dossier.ticker.split(".")[0], dossier.ticker.replace("-", "."))
    return frozenset(folded | {_marked(ticker) for ticker in spellings})


def _core(name: str) -> str:
    """The name as people write it: "The Home Depot, Inc." is also "Home Depot". Blank when that is one common word."""
    words = name.replace(",", " ").split()
    while words and _fold(words[-1].strip(".")) in LEGAL:
        words.pop()
    if words and _fold(words[0]) == "the":
        words = words[1:]
    return "" if len(words) == 1 and _fold(words[0]) in GENERIC else " ".join(words)


def _marked(ticker: str) -> str:
    # A ticker is compared in capitals, unlike words: COST is a company, cost is not.
    return f"\0{ticker}"


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


class Veil:
    """Replaces words by aliases in one pass: longest first, whole words only, whatever their case or accents."""

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
        """`text` with every name hidden; everything else as it was."""
        shown = self.tickers.sub(lambda match: self.words[_marked(match[0])], text)
        folded, places = _folded_with_places(shown)
        pieces, end = [], 0
        for match in self.names.finditer(folded):
            pieces += [shown[end : places[match.start()]], self.words[match[0]]]
            end = places[match.end()]
        return "".join([*pieces, shown[end:]])


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters (and its end) the place in `text` that it came from."""
    folded, places = [], []
    for place, letter in enumerate(text):
        for bare in _fold(letter):
            folded.append(bare)
            places.append(place)
    return "".join(folded), [*places, len(text)]
