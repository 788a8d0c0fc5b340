"""Which names a story is about. Whole words in the case of names; one story of two names goes to its subject
or is shared.

Promise: a bare ticker never matches; "(NASDAQ: X)" and "$X" do; a spelling that others may bear needs a
second sign: a ticker in brackets, a legal word, another spelling, what stands beside a company ("Ford
recalls", "Shell CEO", "Philips, Shell"), or the name's own feed or query. A story in one name's feed reaches
the other names it is about. Refused: substrings and lower case ("ABB" inside "AbbVie" alone made 508 errors
on recorded headlines), persons, places, platforms and the voice behind a view on something else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.facts.company_words import PARTICLES
from core.facts.context import (
    Mention,
    Words,
    at_home,
    is_bought,
    is_its_own,
    is_quoted,
    is_shouted_abroad,
    is_told,
    points_for,
    subjects_of,
)
from core.facts.fact import Story, Subject
from core.facts.names_of import Alias, Strength, aliases_of
from core.facts.spelling import is_unspaced, straight, words_of
from core.facts.words import pairs, sections

_AT_EXCHANGE: Final = re.compile(r"\(\s*([A-Za-z][A-Za-z ]{1,18}?)\s*:\s*([A-Z0-9][A-Z0-9.\-,;: ]{0,40})\)")
_CASHTAG: Final = re.compile(r"(?<![\w$])\$([A-Z]{1,5}(?:[.\-][A-Z])?)\b")
_CODE: Final = re.compile(r"[A-Z0-9]+(?:[.\-][A-Z0-9]+)*")
_IN_BRACKETS: Final = re.compile(r"\s\((?:[A-Za-z]+:\s?)?[A-Z][A-Z0-9.\-]{0,6}\)")

# What takes the place of a ticker in brackets: a sign for the name before it, and no name itself.
_MARK: Final = " (\0"


def _blank(found: re.Match[str]) -> str:
    return _MARK + ")" * (len(found[0]) - len(_MARK))


# A summary names its subject early; later names are company it keeps.
_SUMMARY_READ: Final = 160
# So many points make a second sign of what stands around a weak spelling.
_ENOUGH: Final = 1

_SUFFIXES: Final[dict[str, tuple[str, ...]]] = {}
for _suffix, _names in pairs("namesakes", "exchanges"):
    for _name in _names.split(", "):
        _SUFFIXES[_name.strip()] = (*_SUFFIXES.get(_name.strip(), ()), _suffix.strip("-"))


@dataclass(frozen=True, slots=True)
class Match:
    """A ticker that a story is about. `shared`: another name is as much its subject. `leads`: it is the
    subject; `bought`: it is what another buys.
    """

    ticker: str
    shared: bool
    leads: bool
    bought: bool = False


@dataclass(frozen=True, slots=True)
class _Spelling:
    """An alias of one or more tickers, as the index holds it."""

    alias: Alias
    folded: tuple[str, ...]
    tickers: tuple[str, ...]
    strength: Strength


@lru_cache(maxsize=4)
def matcher_of(subjects: tuple[Subject, ...]) -> "Matcher":
    """The matcher of these subjects; kept, since one portfolio is read many times."""
    return Matcher(subjects)


class Matcher:
    """All spellings of all subjects, by first word, so that a headline is read once whatever the number of
    names.
    """

    def __init__(self, subjects: Iterable[Subject]) -> None:
        ordered = sorted(subjects, key=lambda subject: subject.ticker)
        self._tickers = frozenset(subject.ticker for subject in ordered)
        found: dict[tuple[str, ...], list[tuple[str, Alias]]] = {}
        for subject in ordered:
            for alias in aliases_of(subject):
                found.setdefault(tuple(word.lower() for word in alias.words), []).append(
                    (subject.ticker, alias)
                )
        self._by_first: dict[str, list[_Spelling]] = {}
        for folded, bearers in sorted(found.items(), key=lambda one: (-len(one[0]), one[0])):
            strongest = max(alias.strength for _, alias in bearers)
            kept = [(ticker, alias) for ticker, alias in bearers if alias.strength == strongest]
            spelling = _Spelling(kept[0][1], folded, tuple(ticker for ticker, _ in kept), strongest)
            self._by_first.setdefault(folded[0], []).append(spelling)
        self._unspaced = {
            spelling.alias.words[0]: spelling.tickers
            for spellings in self._by_first.values()
            for spelling in spellings
            if len(spelling.folded) == 1
            and (
                is_unspaced(name := spelling.alias.words[0])
                or (name.isupper() and spelling.strength is Strength.SURE)
            )
        }
        longest = sorted(self._unspaced, key=lambda name: (-len(name), name))
        self._written = re.compile(rf"{_ALONE[0]}({'|'.join(map(re.escape, longest))}){_ALONE[1]}")

    def matches(self, story: Story, title: str, summary: str) -> tuple[Match, ...]:
        """The names of a story whose cleaned title and summary are given, ordered by ticker; () when it names
        none.
        """
        heading = straight(title)
        mentions = self._mentions(_IN_BRACKETS.sub(_blank, heading))
        asked = {one for one in (story.only_for, story.asked_for) if isinstance(one, str)}
        weak = any(one.strength is not Strength.SURE for one in mentions)
        body = straight(summary) if summary and (isinstance(story.only_for, str) or weak) else ""
        beside = self._mentions(body) if body else ()
        signs = self._signs(heading) | self._signs(body)
        sure = [
            one
            for one in mentions
            if self._counts(one, mentions, beside, signs, asked) and not is_quoted(one, heading)
        ]
        named = {ticker for one in sure for ticker in one.tickers} | self._signs(heading)
        own = story.only_for
        if not named and isinstance(own, str):
            early = any(own in one.tickers and one.start < _SUMMARY_READ for one in beside)
            return (Match(own, shared=False, leads=True),) if early and not mentions else ()
        lead = subjects_of(sure, heading)
        several = len({one.tickers for one in sure}) > 1
        alone = len({one.tickers for one in sure if lead & set(one.tickers)}) == 1
        bought = {ticker for one in sure if is_bought(one, heading) for ticker in one.tickers}
        return tuple(
            Match(
                ticker,
                shared=several and not (ticker in lead and alone),
                leads=ticker in lead or not sure,
                bought=ticker in bought and ticker not in lead,
            )
            for ticker in sorted(named)
        )

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        if self._unspaced and is_unspaced(text):
            return tuple(
                Mention(
                    self._unspaced[one[1]],
                    one.start() // _SIGNS_A_WORD,
                    *one.span(),
                    Strength.SURE,
                    (one[1],),
                )
                for one in self._written.finditer(text)
            )
        words = [self._unelided(word) for word in words_of(text)]
        found: list[Mention] = []
        free = 0
        for position, (word, _, _) in enumerate(words):
            if position >= free and (mention := self._at(words, position, word.lower(), text)):
                found.append(mention)
                free = position + len(mention.alias)
        return tuple(found)

    def _unelided(self, word: tuple[str, int, int]) -> tuple[str, int, int]:
        """A word without the article that French and Italian join to it ("d'Engie"), unless it is a name
        ("L'Oreal").
        """
        written, start, end = word
        article, mark, rest = written.partition("'")
        if not mark or not rest or article.lower() not in _ELIDED or written.lower() in self._by_first:
            return word
        return rest, start + len(article) + 1, end

    def _at(self, words: Words, position: int, first: str, text: str) -> Mention | None:
        spellings = self._by_first.get(first)
        if spellings is None and first.endswith(_BENT):
            spellings = self._by_first.get(first[:-1])
        for spelling in spellings or ():
            size = len(spelling.folded)
            run = words[position : position + size]
            if len(run) < size or not all(map(_is_spelled, run, spelling.alias.words, spelling.folded)):
                continue
            loud = not spelling.alias.capitals or run[0][0].isupper()
            if not loud and not is_shouted_abroad(run[0][0], text):
                continue
            if not is_its_own(words, position, size, text):
                return None
            legal = position + size < len(words) and words[position + size][0].lower() in _LEGAL_BESIDE
            end = run[-1][2]
            marked = legal or (spelling.strength is Strength.WEAK and text.startswith(_MARK, end))
            strength = Strength.SURE if marked else spelling.strength if loud else Strength.WEAK
            points = points_for(words, position, size, text) if strength is Strength.WEAK else 0
            if strength is Strength.WEAK and points == 0 and is_told(text, opens=not position):
                points += _ENOUGH
            tickers = at_home(spelling.tickers, text)
            return Mention(tickers, position, run[0][1], end, strength, spelling.folded, points)
        return None

    def _signs(self, text: str) -> set[str]:
        found: set[str] = set()
        if "$" in text:
            found |= {code for code in _CASHTAG.findall(text) if code in self._tickers}
        if ":" in text and "(" in text:
            for exchange, codes in _AT_EXCHANGE.findall(text):
                for suffix in _SUFFIXES.get(exchange.upper(), ()):
                    for code in _CODE.findall(codes):
                        found |= {code + suffix, code.replace(".", "-") + suffix} & self._tickers
        return found

    def _counts(
        self,
        mention: Mention,
        mentions: tuple[Mention, ...],
        beside: tuple[Mention, ...],
        signs: set[str],
        asked: set[str],
    ) -> bool:
        tickers = set(mention.tickers)
        if mention.strength is Strength.SURE or tickers & (asked | signs):
            return True
        if mention.strength is Strength.WEAK and mention.points >= _ENOUGH:
            return True
        if any(
            tickers & set(other.tickers) and other.alias != mention.alias for other in (*mentions, *beside)
        ):
            return True
        return mention.strength is Strength.WEAK and any(
            other.strength is Strength.SURE and abs(other.word - mention.word) <= len(other.alias) + 1
            for other in mentions
        )


# Endings of a bent German adjective behind an "e".
_BENT: Final = ("en", "er")
# A Japanese word has about so many signs.
_SIGNS_A_WORD: Final = 6
# What may not touch a name in a script without blanks: another part of a longer name.
_OTHER: Final = sections("japanese")["part of another name"]
_ALONE: Final = (
    r"(?<![A-Za-z\u30a1-\u30fa\u30fc])(?:(?<![\u4e00-\u9fff])|(?<=["
    + "".join(sections("japanese")["before a name"])
    + "]))",
    r"(?![A-Za-z\u30a1-\u30fa\u30fc])(?!" + "|".join(map(straight, _OTHER)) + ")",
)
_ELIDED: Final = frozenset("l d qu s n c un all dall dell nell sull quell".split())
_LEGAL_BESIDE: Final = frozenset(
    """inc corp plc ltd llc ag sa nv se spa asa ab oyj kgaa corporation incorporated company limited co bhd
    group""".split()
)


def _is_spelled(word: tuple[str, int, int], spelled: str, folded: str) -> bool:
    """Whether a word of a text is that of a name: its letters, and a capital where the name has one. German
    bends the first word of some ("der Deutschen Bank").
    """
    written = word[0]
    lower = written.lower()
    bent = folded[-1] == "e" and lower[-2:] in _BENT and lower[:-1] == folded
    return (lower == folded or bent) and (
        written[0].isupper() or not spelled[0].isupper() or folded in PARTICLES
    )
