"""How a company is called in headlines: spellings made from its registered, short and former names, and how
strong each is.

Promise: spellings are whole words; legal words are cut off in all languages, generic first words ("Banca",
"Alimentation") and closing descriptors where what is left is a word of its own; initials, joined and split
words are made by rule. Refused: bare tickers as names (only "(NASDAQ: X)" and "$X" count), single letters,
and guesses: a spelling that others may bear needs a second sign (`WEAK`) or the name's own feed (`HINT`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache
from typing import Final

from core.facts.company_words import (
    CAPITALS,
    CAPITALS_OF_OTHERS,
    COMMON,
    COUNTRIES,
    DESCRIPTORS,
    GENERIC,
    GENERIC_FRONT,
    LEGAL,
    NAMES,
    PARTICLES,
    PLACES,
    SIBLINGS,
)
from core.facts.fact import Gathering, Subject
from core.facts.spelling import in_japanese, is_unspaced, of_unspaced, straight, words_of
from core.facts.words import pairs

_SEC_TAIL: Final = re.compile(r"\s*[/\\](?:[A-Z]{2,5}|NEW)[/\\]?.*$|\s*\([^)]*\)\s*")
_PIECES: Final = re.compile(r"\s[-–/]\s|,\s")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{3})")
# Fewer capitals are an abbreviation ("SAP", "BMW"), not a shouted word.
_ABBREVIATION: Final = 3
_ACRONYM: Final = range(3, 6)
_DISTINCT: Final = 5
_DOMAIN: Final = ".com"
_BEFORE: Final = GENERIC_FRONT | LEGAL | PARTICLES


class Strength(IntEnum):
    """SURE names the company by itself; WEAK with a second sign; HINT only where its own feed or a query for
    it is read.
    """

    HINT = 0
    WEAK = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling as words, in the case of the name; `capitals`: it counts in capitals only."""

    words: tuple[str, ...]
    strength: Strength
    capitals: bool = False

    @property
    def weak(self) -> bool:
        return self.strength is not Strength.SURE


def known_as(subjects: Iterable[Subject], gatherings: Iterable[Gathering]) -> tuple[Subject, ...]:
    """The subjects with the names under which sources keep them: registered and former ones, in one order."""
    found: dict[str, set[str]] = {}
    for gathering in gatherings:
        for ticker, names in gathering.names:
            found.setdefault(ticker, set()).update(names)
    return tuple(
        replace(one, aliases=tuple(dict.fromkeys((*one.aliases, *sorted(found.get(one.ticker, ()))))))
        for one in subjects
    )


def own_words(subject: Subject) -> frozenset[str]:
    """The words of all spellings of a subject, in lower case."""
    return frozenset(word.lower() for alias in aliases_of(subject) for word in alias.words)


@cache
def others_of() -> dict[str, frozenset[str]]:
    """Words after a spelling, by its last word, that make it another's name; all in lower case."""
    return {alias.lower(): frozenset(words.lower().split()) for alias, words in pairs("namesakes", "others")}


@cache
def _brands() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return tuple((tuple(key.split()), tuple(said.split(", "))) for key, said in pairs("namesakes", "brands"))


@lru_cache(maxsize=4096)
def aliases_of(subject: Subject) -> tuple[Alias, ...]:
    """All spellings of a subject, longest first, each once in its strongest form."""
    root = re.split(r"[.\-]", subject.ticker)[0]
    found: dict[tuple[str, ...], Alias] = {}
    for position, name in enumerate(one for one in (subject.name, *subject.aliases) if isinstance(one, str)):
        for alias in _spelled(name, root, vouched=position > 0):
            words = tuple(word.lower() for word in alias.words)
            tiny = len(words) == 1 and (len(words[0]) < 2 or words[0].isdigit())
            known = found.get(words)
            if words and not tiny and (known is None or known.strength < alias.strength):
                found[words] = alias
    for spelled in in_japanese(subject.ticker):
        found[(spelled.lower(),)] = Alias((spelled,), Strength.SURE)
    if isinstance(subject.isin, str):
        found[(subject.isin.lower(),)] = Alias((subject.isin,), Strength.SURE)
    return tuple(sorted(found.values(), key=lambda one: (-len(one.words), one.words)))


def _spelled(name: str, root: str, *, vouched: bool) -> Iterator[Alias]:
    if is_unspaced(name):
        yield from (Alias((spelled,), Strength.SURE) for spelled in of_unspaced(name))
        return
    full = tuple(word for word, _, _ in words_of(straight(_SEC_TAIL.sub(" ", name))))
    shouted = all(word.isupper() for word in full if word.isalpha() and word.lower() not in LEGAL)
    if len(full) > 1:
        yield Alias(full, Strength.SURE)
    if vouched and full:
        yield Alias(full, Strength.WEAK if _is_common(full) else Strength.SURE)
    for position, piece in enumerate(_PIECES.split(_SEC_TAIL.sub(" ", name))):
        words = tuple(word for word, _, _ in words_of(straight(piece)))
        yield from _of_piece(words, root, main=position == 0, shouted=shouted)
    folded = tuple(word.lower() for word in full if word.lower() != "the")
    for key, brands in _brands():
        if folded[: len(key)] == key and SIBLINGS.isdisjoint(folded[len(key) :]):
            for brand in brands:
                words = tuple(word for word, _, _ in words_of(straight(brand.rstrip("?"))))
                yield Alias(words, Strength.WEAK if brand.endswith("?") else Strength.SURE)


def _of_piece(words: tuple[str, ...], root: str, *, main: bool, shouted: bool) -> Iterator[Alias]:
    """The spellings of one part of a name ("Petróleo Brasileiro S.A. - Petrobras" has two)."""
    core = _without_legal(words)
    if not main and " ".join(core).lower() in PLACES:
        return
    if not core or all(word.lower() in LEGAL for word in core):
        return
    cores = list(_cores(core))
    for short in cores:
        tiny = len(short) == 1 and len(short[0]) < _ABBREVIATION and short != core  # "JD" of "JD.com"
        capitals = len(short) == 1 and len(short[0]) <= _ABBREVIATION and short[0].isupper()
        sure = main or len(short) > 1 or not _is_common(short)
        strength = Strength.WEAK if _is_common(short) or tiny or not sure else Strength.SURE
        if len(short) == 1 and short != core and short[0].lower() in NAMES:
            strength = Strength.HINT  # "Trump" of Trump Media, "Powell" of Powell Industries
        yield Alias(short, strength, capitals and not (shouted and short[0].lower() in COMMON))
        yield from _reshaped(short)
        if len(short) == 1 and _is_common(short):
            yield Alias((f"{short[0]}{_DOMAIN}",), Strength.SURE)
    yield from _pair(cores[0])
    for word in core if len(core) > 1 else ():
        plain = word.lower() in LEGAL or word in CAPITALS_OF_OTHERS
        if len(word) >= _ABBREVIATION and word.isupper() and not shouted and not plain:
            yield Alias((word,), Strength.SURE, capitals=True)  # "LVMH Moët Hennessy"
    yield from _initials([*cores, (*core, "Company")] if "Company" in words else cores, root)
    telling = [word for word in cores[-1] if word.lower() not in PARTICLES]
    if len(telling) > 1:
        yield from _ends(telling[0], telling[-1], two=len(telling) == 2)


def _pair(words: tuple[str, ...]) -> Iterator[Alias]:
    """The first two of three words and more, where one is the company's own ("Aston Martin")."""
    if len(words) < 3 or not PARTICLES.isdisjoint(word.lower() for word in words[:2]):
        return
    pair, rest = words[:2], [word.lower() for word in words[2:]]
    foreign = words[0].lower() in PLACES | COUNTRIES or " ".join(pair).lower() in PLACES
    own = any(len(word) >= _DISTINCT and _stands_alone(word) for word in pair)
    generic = not GENERIC.isdisjoint(word.lower() for word in pair)
    if (
        not foreign
        and _tells(pair)
        and SIBLINGS.isdisjoint(rest)
        and sum(map(len, pair)) > _DISTINCT
        and min(map(len, pair)) > 1
    ):
        yield Alias(pair, Strength.SURE if own and not generic else Strength.WEAK)


def _ends(first: str, last: str, *, two: bool) -> Iterator[Alias]:
    """The first and the last word of a longer name: others may bear them ("Mitsubishi", "Sanpaolo")."""
    if _CAMEL.search(first):
        yield Alias((first,), Strength.SURE)
        yield from _reshaped((first,))
    elif len(first) >= _DISTINCT and _stands_alone(first) and _tells((first,)):
        yield Alias((first,), Strength.HINT if first.lower() in others_of() else Strength.WEAK)
    if len(last) >= _DISTINCT and _stands_alone(last):
        own = two and _stands_alone(first) and _tells((first,)) and len(last) > _DISTINCT and _tells((last,))
        yield Alias((last,), Strength.WEAK if own else Strength.HINT)  # "Ferragamo" of Salvatore Ferragamo


def _without_legal(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = list(words)
    while len(kept) > 1 and (kept[-1].lower() in LEGAL or kept[-1] == "&" or kept[-1].lower() in PARTICLES):
        kept.pop()
    return tuple(kept)


def _cores(core: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The name without generic words before it and descriptors behind it, where what is left is a word of its
    own.
    """
    words = core[1:] if len(core) > 1 and core[0].lower() == "the" else core
    yield words
    front = words
    while len(front) > 1 and front[1] != "&" and _is_dropped(front[0], front[1]):
        front = front[1:]
        if front[0].lower() not in PARTICLES and (len(front) > 1 or _stands_alone(front[0])):
            yield front
    words = front if len(front) > 1 or _stands_alone(front[0]) else words
    for position, word in enumerate(words[1:], 1):
        if word.lower() in GENERIC_FRONT and _stands_alone(words[0]):
            yield words[:position]  # "Mediobanca Banca di Credito Finanziario"
            break
    if words[-1].lower().endswith(_DOMAIN):
        yield (*words[:-1], words[-1][: -len(_DOMAIN)])
    while len(words) > 1 and words[-1].lower() in DESCRIPTORS:
        if words[-1].lower() in others_of().get(words[-2].lower(), ()):
            break  # "Siemens Energy" is never called Siemens: that is another company
        words = words[:-1]
        while len(words) > 1 and words[-1].lower() in PARTICLES:
            words = words[:-1]
        if " ".join(words).lower() in PLACES or not _tells(words):
            break
        if len(words) > 1 or _stands_alone(words[0]) or _may_be_common(words[0]):
            yield words
    if len(words) == 2 and words[0].lower() in COUNTRIES and words[1].lower() not in COMMON | DESCRIPTORS:
        yield words[1:]
    small = [position for position, word in enumerate(words) if word.lower() in PARTICLES and word != "&"]
    if small and any(_stands_alone(word) and not _is_common((word,)) for word in words):
        bare = tuple(word for word in words if word.lower() not in PARTICLES)
        head = words[: small[-1]]
        shorter = tuple(word for word in head if word.lower() not in PARTICLES)
        for one in (bare, head, shorter):
            if len(one) > 1 and any(not _is_common((word,)) and len(word) >= _DISTINCT for word in one[1:]):
                yield one


def _reshaped(words: tuple[str, ...]) -> Iterator[Alias]:
    """ "JPMorgan" is also written JP Morgan, "Exxon Mobil" ExxonMobil; "Marks and Spencer" is M&S."""
    if len(words) == 1 and len(parts := tuple(_CAMEL.sub(" ", words[0]).split())) > 1:
        if all(len(part) > 1 for part in parts):
            yield Alias(parts, Strength.SURE)
    elif len(words) == 2 and all(len(word) > 2 and word.lower() not in DESCRIPTORS for word in words):
        yield Alias(("".join(words),), Strength.SURE)
    if len(words) >= 3 and words[1].lower() in ("&", "and"):
        pair = f"{words[0][0]}&{words[2][0]}".upper()
        yield Alias((pair,), Strength.SURE, capitals=True)
        yield Alias((words[0], "and" if words[1] == "&" else "&", *words[2:]), Strength.SURE)


def _initials(spellings: list[tuple[str, ...]], root: str) -> Iterator[Alias]:
    for spelled in spellings:
        telling = [word for word in spelled if word.lower() not in PARTICLES]
        letters = "".join(word[0] for word in telling).upper()
        if "&" in spelled or not letters.isalpha() or len(letters) < 2 or letters in CAPITALS_OF_OTHERS:
            continue
        if letters == root:
            yield Alias((letters,), Strength.SURE if len(letters) > 2 else Strength.WEAK, capitals=True)
        elif len(letters) in _ACRONYM:
            yield Alias((letters,), Strength.WEAK, capitals=True)


def _is_common(words: tuple[str, ...]) -> bool:
    return (len(words) == 1 and words[0].lower() in COMMON) or " ".join(words).lower() in PLACES


def _is_dropped(word: str, following: str) -> bool:
    """Whether headlines leave out a first word: a generic one, or the initial of "J Sainsbury"."""
    initial = len(word) == 1 and len(following) >= _DISTINCT and following.lower() not in COMMON
    return word.lower() in _BEFORE or initial


def _tells(words: tuple[str, ...]) -> bool:
    """Whether a shortened name holds a word that others do not bear ("North American" does not)."""
    return any(word.lower() not in GENERIC | PARTICLES and word.title() not in CAPITALS for word in words)


def _may_be_common(word: str) -> bool:
    """A dictionary word of which a company may be called, as "Ford" of Ford Motor; it needs a second sign."""
    return word.lower() not in GENERIC | DESCRIPTORS | LEGAL and word.upper() not in CAPITALS_OF_OTHERS


def _stands_alone(word: str) -> bool:
    return (
        word.upper() not in CAPITALS_OF_OTHERS
        and word.lower() not in COMMON | LEGAL | DESCRIPTORS
        and word.lower() not in PLACES
        and len(word) > 2
    )
