"""What stands around a name in a headline: whether it means the company, speaks for it, and who is the
subject.

Promise: a name is not the company where it is a person's, a prize's, a sister's or an index's, or only the
voice behind a view on something else; what follows a company and rarely anything else ("Ford recalls", "Shell
CEO") speaks for it, an article or a place before it against it. All rows are judgement, in English and where
it matters in other languages.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from core.facts.company_words import (
    BANKS,
    BESIDE,
    BUSINESS,
    CAPITALS,
    COMMON,
    NAMES,
    NOT_ITS_OWN_AFTER,
    NOT_ITS_OWN_BEFORE,
    NOUNS,
    PLACES,
    PLACES_OF,
    SPEECH,
    SPONSORED,
)
from core.facts.fact import Severity
from core.facts.headlines import events, grade_headline
from core.facts.names_of import Strength, others_of
from core.facts.rule import ANY, ENGLISH, Table, line, rows_of, table
from core.facts.stores import listed_in
from core.facts.words import words

# Between two names: a list or a pairing, so that both are subjects.
_PAIRED: Final = re.compile(r"\s*(?:,|&|/|\+|and|,\s*and|or|-|und|et|e|y|en)\s*")
_NEW_CLAUSE: Final = re.compile(r"(?:[,;:?|–]|\s-)\s*$")
# A subject stands at the start: at most this many words may precede it ("Exclusive: Apple", "The Home
# Depot").
_SUBJECT_WITHIN: Final = 2

# What takes the place of a name in the rows, as keys.
_STAND_IN: Final = line("xname").keys
# Fewer letters are a word of every language.
_SHOUTED: Final = 3
_INDEX_SIZES: Final = frozenset({"30", "40", "50", "100", "500", "1000"})

Words = list[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from word number `word` and characters `start` to `end`. `sure`: no second sign is
    needed.
    """

    tickers: tuple[str, ...]
    word: int
    start: int
    end: int
    strength: Strength
    alias: tuple[str, ...]
    points: int = 0


def is_its_own(words: Words, position: int, size: int, text: str) -> bool:
    """Whether a name stands for the company: not for its prize, its sister, a person of that name, or one who
    left.
    """
    after = words[position + size][0] if position + size < len(words) else ""
    last = words[position + size - 1][0].lower()
    if size == 1 and after in _INDEX_SIZES:
        return False  # "the S&P 500", "Nasdaq 100"
    if after in SPONSORED or after.lower() in others_of().get(last, ()) or after.lower() in NOT_ITS_OWN_AFTER:
        return False
    if position and words[position - 1][0].lower() in NOT_ITS_OWN_BEFORE:
        return False
    of_place = position > 1 and words[position - 1][0].lower() == "of"
    if of_place and size == 1 and words[position - 2][0].lower() in PLACES_OF:
        return False
    if after == "co" and text[words[position + size][2] :].startswith("-founder"):
        return False
    return not _is_a_persons(words, position, size)


def _is_a_persons(words: Words, position: int, size: int) -> bool:
    """Whether a one-word name follows a given name ("Keisuke Honda", "the Big Apple") in a headline in
    sentence case.
    """
    if size > 1 or not position:
        return False
    if position == 1:
        first = words[0][0]
        surname = words[1][0].lower() in NAMES and first.istitle() and first not in CAPITALS
        return surname and words[1][1] - words[0][2] == 1 and first.lower() not in COMMON | BUSINESS | BESIDE
    before, start, end = words[position - 1]
    touching = words[position][1] - end == 1 and start - words[position - 2][2] <= 1
    named = before.isalpha() and before.istitle() and len(before) > 2 and before not in CAPITALS
    return touching and named and not words[position][0].isupper() and _in_sentence_case(words)


def _in_sentence_case(words: Words) -> bool:
    long = [word for word, _, _ in words[1:] if len(word) > 3 and word.isalpha()]
    return sum(word.islower() for word in long) * 3 > len(long)


def points_for(words: Words, position: int, size: int, text: str) -> int:
    """What stands around a weak spelling: for a company above nought, against it below."""
    before = words[position - 1][0] if position else ""
    after, then = (words[position + size + k][0] if position + size + k < len(words) else "" for k in (0, 1))
    sentence = _in_sentence_case(words)
    end = words[position + size - 1][2]
    touching = position > 0 and words[position][1] - words[position - 1][2] == 1
    starts = position == 0 or text[: words[position][1]].endswith((": ", "Exclusive-"))
    owns = text[end - 2 : end] == "'s"
    next_to = position + size < len(words) and words[position + size][1] - end == 1
    business = not BUSINESS.isdisjoint(word.lower() for word, _, _ in words)
    points = 0
    surname = size == 1 and words[position][0].lower() in NAMES
    if after.lower() in (BESIDE - SPEECH if surname else BESIDE) or (then.lower() in BESIDE and owns):
        points += 2
    if after.lower() == "to" and not surname and then.isalpha() and (then.islower() or not sentence):
        points += 2
    if business and not surname and (sentence or starts):
        points += 1
    lone = not (before[:1].isupper() and touching) and not (after[:1].isupper() and next_to)
    noun = size == 1 and words[position][0].lower() in NOUNS
    if sentence and position and lone and noun and not starts:
        points += 1
    if before.lower() in {"at", "from", "like"} and size == 1:
        points -= 1
    if before.lower() in {"the", "a", "an", "on", "via"} or after.lower() == "of":
        points -= 2
    if touching and sentence and before[:1].isupper() and before not in CAPITALS and position > 1:
        points -= 2
    if before.lower() in PLACES or before in CAPITALS - {"New", "Top"} or before in {"US", "UK"}:
        points -= 2 * (touching or "'s" in text[words[position - 1][1] : words[position][1]])
    if sentence and after[:1].isupper() and after.lower() not in BESIDE and next_to and not owns:
        points -= 2
    return points


@cache
def _rows(section: str) -> Table:
    return table(row for row in rows_of(ANY, words(ANY, "context")) if row.name == section)


def is_quoted(mention: Mention, heading: str) -> bool:
    """Whether a name is only the voice behind a statement on something else: ", MUFG Says", "says Bank of
    America".
    """
    bank = not BANKS.isdisjoint(mention.alias)
    return _finds("quoted", mention, heading) or (bank and _finds("quoted bank", mention, heading))


def is_bought(mention: Mention, heading: str) -> bool:
    """Whether the name itself, and not a part of it, is what another buys."""
    return heading[mention.end - 2 : mention.end] != "'s" and _finds("bought", mention, heading)


def _finds(section: str, mention: Mention, heading: str) -> bool:
    """Whether a row of `any_context.txt` finds the headline with a stand-in for the name."""
    rows = _rows(section)
    keys = line(heading).keys | _STAND_IN
    if not any(row.may_find(keys) for row in rows.rows):
        return False  # most names: no word of any row stands in the headline
    return rows.first(line(f"{heading[: mention.start]} xname {heading[mention.end :]}")) is not None


@lru_cache(maxsize=64)
def _spoken(text: str) -> frozenset[str]:
    """The languages that a headline can be in: by its small words, else by that of the row that reads it,
    else English.
    """
    headline = line(text)
    if ENGLISH not in headline.languages:
        return headline.languages
    row = events().first(headline)
    return frozenset({row.language if row else ENGLISH})


def is_told(text: str, *, opens: bool) -> bool:
    """Whether a headline states an event that speaks for a company: structural behind the name that opens
    it in English, whose dictionary words may stand anywhere; of any weight in other languages, to which
    those words are names.
    """
    severity = grade_headline(line(text)).grade.severity
    abroad = ENGLISH not in _spoken(text)
    return (severity is Severity.G3 and (opens or abroad)) or (severity is Severity.G2 and abroad)


def is_shouted_abroad(word: str, text: str) -> bool:
    """Whether an abbreviation is written as a name, as the press outside English does ("Kkr", "Tui")."""
    return len(word) >= _SHOUTED and word[0].isupper() and ENGLISH not in _spoken(text)


def at_home(tickers: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Of companies of one spelling ("Merck"), those whose home speaks the headline's language; all where
    that tells none apart.
    """
    homes = {ticker: listed_in(ticker) for ticker in tickers if len(tickers) > 1}
    spoken = _spoken(text) if homes else frozenset()
    mine = tuple(one for one, home in homes.items() if home and home.language.partition("-")[0] in spoken)
    return mine or tickers


def subjects_of(mentions: list[Mention], heading: str) -> frozenset[str]:
    """The tickers in subject position: those that open the headline or a clause of it, and names paired with
    them.
    """
    found: set[str] = set()
    for number, one in enumerate(mentions):
        opens = one.word <= _SUBJECT_WITHIN and not number
        before = mentions[number - 1] if number else None
        paired = before is not None and found.issuperset(before.tickers)
        paired = paired and before is not None and bool(_PAIRED.fullmatch(heading[before.end : one.start]))
        if opens or paired or _NEW_CLAUSE.search(heading[: one.start]):
            found |= set(one.tickers)
    return frozenset(found)
