"""How a company is called in headlines: aliases from its registered name, and which of them need a second sign.

Promise: aliases are whole names in the case of headlines; legal words are cut off, descriptors only where what is left
is a word of its own. Refused: bare tickers as names (only "(NASDAQ: X)" and "$X" count), single letters, and guesses.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.facts.brands import BRANDS, OTHERS
from core.facts.company_words import COMMON, COUNTRIES, DESCRIPTORS, LEGAL, LEGAL_FRONT, PLACES, SIBLINGS
from core.facts.fact import Subject

_TOKEN: Final = re.compile(r"[\w]+(?:[&'’.][\w]+)*|[&]", re.UNICODE)
# One spelling of apostrophes, and of letters that have no accent to drop.
_LETTERS: Final = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "Æ": "Ae",
        "ß": "ss",
        "ł": "l",
    }
    | {"Ł": "L", "đ": "d", "œ": "oe", "Œ": "Oe"}
)
_SEC_TAIL: Final = re.compile(r"\s*[/\\](?:[A-Z]{2,5}|NEW)[/\\]?.*$|\s*\([^)]*\)\s*")
_POSSESSIVE: Final = re.compile(r"'s?$")


_OTHERS: Final = {alias.lower(): tuple(word.lower() for word in after) for alias, after in OTHERS}
_BRANDS_BY_FIRST: Final[dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]] = {}
for _key, _brands in BRANDS:
    _BRANDS_BY_FIRST.setdefault(_key.split()[0], []).append((tuple(_key.split()), _brands))


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling as words. `weak`: a common word, which names the company only with a second sign."""

    words: tuple[str, ...]
    weak: bool


def straight(text: str) -> str:
    """Straight apostrophes and no accents, so that L’Oréal, L'Oreal and L'Oréal are one spelling. Case is kept."""
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(character for character in bare if not unicodedata.combining(character))


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The words of straight text with their places; a possessive "'s" is cut off the word."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word.endswith(("'s", "'")):
            word = _POSSESSIVE.sub("", word)
        found.append((word.rstrip("."), match.start(), match.end()))
    return found


def own_words(subject: Subject) -> frozenset[str]:
    """The words of all spellings of a subject, in lower case."""
    return frozenset(word.lower() for alias in aliases_of(subject) for word in alias.words)


@lru_cache(maxsize=4096)
def aliases_of(subject: Subject) -> tuple[Alias, ...]:
    """All spellings of a subject, longest first, each once."""
    spellings: dict[tuple[str, ...], bool] = {}

    def add(words: tuple[str, ...], *, weak: bool) -> None:
        if words and not (len(words) == 1 and (len(words[0]) < 2 or words[0].isdigit())):
            spellings[words] = spellings.get(words, True) and weak

    names = [name for name in (subject.name, *subject.aliases) if isinstance(name, str)]
    for position, name in enumerate(names):
        for words in _cores(name):
            common = (len(words) == 1 and words[0].lower() in COMMON) or " ".join(words).lower() in PLACES
            for spelled in _cases(words):
                add(spelled, weak=common)
        vouched = tuple(word for word, _, _ in words_of(straight(name)))
        if position and vouched and not (len(vouched) == 1 and vouched[0].lower() in COMMON):
            add(vouched, weak=False)
        full = _full(name)
        if len(full) > 1:
            for spelled in _cases(full):
                add(spelled, weak=False)
    for name in names:
        folded = _folded(name)
        for key, brands in _BRANDS_BY_FIRST.get(folded[0] if folded else "", ()):
            if folded[: len(key)] == key and SIBLINGS.isdisjoint(folded[len(key) :]):
                for brand in brands:
                    words = tuple(word for word, _, _ in words_of(straight(brand)))
                    add(words, weak=len(words) == 1 and words[0].lower() in COMMON)
    if isinstance(subject.isin, str):
        add((subject.isin,), weak=False)
    ordered = sorted(spellings.items(), key=lambda one: (-len(one[0]), one[0]))
    return tuple(Alias(words, weak) for words, weak in ordered)


def _folded(name: str) -> tuple[str, ...]:
    words = tuple(word.lower() for word in _full(name))
    return words[1:] if words[:1] == ("the",) else words


def _full(name: str) -> tuple[str, ...]:
    """The name with its legal words, as one would read it out: a second sign by itself."""
    return tuple(word for word, _, _ in words_of(straight(_SEC_TAIL.sub(" ", name))))


def _cores(name: str) -> list[tuple[str, ...]]:
    """The name without legal words, and that without a closing descriptor where one strong word is left."""
    words = list(_full(name))
    while len(words) > 1 and words[0].lower() in LEGAL_FRONT:
        words = words[1:]
    # A comma or dash often starts the legal tail: "LVMH Moët Hennessy - Louis Vuitton, Société Européenne".
    while len(words) > 1 and words[-1].lower().replace(".", "") in LEGAL:
        words = words[:-1]
    while words and words[-1] == "&":
        words = words[:-1]
    cores = [tuple(words)]
    while len(words) > 1 and words[-1].lower() in DESCRIPTORS:
        if words[-1].lower() in _OTHERS.get(words[-2].lower(), ()):
            break  # "Siemens Energy" is never called Siemens: that is another company
        words = words[:-1]
        while len(words) > 1 and words[-1] in ("&", "and"):
            words = words[:-1]
        if " ".join(words).lower() in PLACES:
            break
        if len(words) > 1 or (words[0].lower() not in COMMON and len(words[0]) > 2):
            cores.append(tuple(words))
    bare = [core[1:] for core in cores if len(core) == 2 and core[0].lower() in COUNTRIES]
    return cores + [core for core in bare if core[0].lower() not in COMMON | DESCRIPTORS]


def _cases(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Spellings in which headlines write the name: as registered, in title case, and one word in capitals."""
    joined = " ".join(words)
    forms = {words}
    if joined.isupper() or joined.islower():
        forms.add(tuple(_title(word) for word in words))
    elif any(word.islower() for word in words):
        forms.add(tuple(_title(word) if word.islower() else word for word in words))
    if len(words) == 1 and len(words[0]) > 3:
        forms.add((words[0].upper(),))
        forms.add((_title(words[0]),))
        forms.add((words[0][:1].upper() + words[0][1:],))  # "EBay" at the start of a headline
    elif len(words) > 1:
        forms.add(tuple(word.upper() for word in words))
    return {tuple(word for word in form if word) for form in forms}


def _title(word: str) -> str:
    if word.lower() in ("of", "and", "the", "de", "for", "in"):
        return word.lower()
    # Three letters are an abbreviation ("SAP", "BMW"), not a shouted word.
    return word if len(word) < 4 and word.isupper() else word[:1].upper() + word[1:].lower()
