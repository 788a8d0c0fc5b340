"""Which names a story is about. Case-sensitive whole words; one story of two names goes to its subject or is shared.

Promise: a bare ticker never matches; "(NASDAQ: X)" and "$X" do; a common word needs a second sign (an exchange ticker,
the ticker in brackets, a legal word, a second spelling, or the name's own feed). A story in a name's own feed must
still name it. Refused: substrings and case folding ("ABB" inside "AbbVie" alone made 508 errors on recorded headlines).
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.facts.brands import EXCHANGES, OTHERS
from core.facts.company_words import CAPITALS, LEGAL, SPONSORED
from core.facts.fact import Story, Subject
from core.facts.names_of import aliases_of, straight, words_of

_AT_EXCHANGE: Final = re.compile(r"\(\s*([A-Za-z][A-Za-z ]{1,18}?)\s*:\s*([A-Z0-9][A-Z0-9.\-,;: ]{0,40})\)")
_CASHTAG: Final = re.compile(r"(?<![\w$])\$([A-Z]{1,5}(?:[.\-][A-Z])?)\b")
_CODE: Final = re.compile(r"[A-Z0-9]+(?:[.\-][A-Z0-9]+)*")

# Between two names: a list or a pairing, so that both are subjects.
_PAIRED: Final = re.compile(r"\s*(?:,|&|/|\+|and|,\s*and|or|-)\s*")
# A name that is only the voice behind a view on something else: banks are quoted more often than they are reported on.
_VOICE_BEFORE: Final = re.compile(
    r"(?:\b(?:says?|said|according to|warns?|tells?|at|by|from|per)|[:–—|]| - )\s*$", re.IGNORECASE
)
_VOICE_AFTER: Final = re.compile(
    r"\s+(?:says?|said|warns?|analysts? says?|estimates?|forecasts?|flags? .*|sees? .*)\s*\.?", re.IGNORECASE
)
_BACKED_BEFORE: Final = re.compile(
    r"\b(?:backed|rated|cut|upgraded|downgraded|initiated|lifted|raised|lowered) by|\b(?:posing|posed|impersonat\w+|disguised) as|\bfake\s*$",
    re.IGNORECASE,
)
_RATES_AFTER: Final = re.compile(
    r"\s+(?:(?:down|up)grades?|initiates?|reiterates?|resumes?|assumes?|starts? coverage|(?:raises?|cuts?|lifts?|lowers?|trims?|hikes?|boosts?|slashes) .{0,60}\b(?:target|pt|rating)s?)\b",
    re.IGNORECASE,
)
_NOTE_AFTER: Final = re.compile(
    r"['’]?s? (?:\S+ ){0,4}(?:note|call|upgrade|downgrade|coverage|initiation|target|rating|focus)\b",
    re.IGNORECASE,
)
_FOLLOWING: Final = re.compile(r"\b(?:following|after|on)\s*$", re.IGNORECASE)
_NEW_CLAUSE: Final = re.compile(r"[,;:?]\s*$")
# A subject stands at the start: at most this many words may precede it ("Exclusive: Apple", "The Home Depot").
_SUBJECT_WITHIN: Final = 2
# A summary names its subject early; later names are company it keeps.
_SUMMARY_READ: Final = 160

_SUFFIXES: Final = {
    word: tuple(suffix for suffix, words in EXCHANGES if word in words)
    for _, all_words in EXCHANGES
    for word in all_words
}
_OTHERS: Final = dict(OTHERS)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from word number `word` and characters `start` to `end`. `sure`: no second sign is needed."""

    tickers: tuple[str, ...]
    word: int
    start: int
    end: int
    sure: bool
    alias: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A ticker that a story is about. `shared`: another name is as much its subject. `leads`: it is the subject."""

    ticker: str
    shared: bool
    leads: bool


class Matcher:
    """All spellings of all subjects, by first word, so that a headline is read once whatever the number of names."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        ordered = sorted(subjects, key=lambda subject: subject.ticker)
        self._tickers = frozenset(subject.ticker for subject in ordered)
        found: dict[tuple[str, ...], dict[str, bool]] = {}
        for subject in ordered:
            for alias in aliases_of(subject):
                found.setdefault(alias.words, {})[subject.ticker] = alias.weak
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], bool]]] = {}
        for words, tickers in sorted(found.items(), key=lambda one: (-len(one[0]), one[0])):
            entry = (words, tuple(tickers), any(tickers.values()))
            self._by_first.setdefault(words[0], []).append(entry)

    def matches(self, story: Story, title: str, summary: str) -> tuple[Match, ...]:
        """The names of a story whose cleaned title and summary are given, ordered by ticker; () when it names none."""
        heading = straight(title)
        mentions = self._mentions(heading)
        signs = self._signs(heading)
        own = story.only_for if isinstance(story.only_for, str) else None
        body = straight(summary) if summary and (own or any(not one.sure for one in mentions)) else ""
        beside = self._mentions(body) if body else ()
        signs |= self._signs(body)
        sure = [
            one
            for one in mentions
            if (one.sure or self._second_sign(one, mentions, beside, signs, own))
            and not _quoted(one, heading)
        ]
        named = {ticker for one in sure for ticker in one.tickers} | self._signs(heading)
        if own is not None:
            early = any(own in one.tickers and one.start < _SUMMARY_READ for one in beside)
            if own not in named and not (early and not named):
                return ()
            leads = own in _subjects(sure, heading) or not sure
            return (Match(own, shared=len(_apart(sure)) > 1 and not _alone(own, sure, heading), leads=leads),)
        lead = _subjects(sure, heading)
        several = len(_apart(sure)) > 1
        return tuple(
            Match(
                ticker,
                shared=several and not (ticker in lead and len(_apart_of(lead, sure)) == 1),
                leads=ticker in lead,
            )
            for ticker in sorted(named)
        )

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        words = words_of(text)
        found: list[Mention] = []
        free = 0
        for position, (word, _, _) in enumerate(words):
            if position < free or word not in self._by_first:
                continue
            mention = self._at(words, position)
            if mention is not None:
                found.append(mention)
                free = position + len(mention.alias)
        return tuple(found)

    def _at(self, words: list[tuple[str, int, int]], position: int) -> Mention | None:
        for alias, tickers, weak in self._by_first[words[position][0]]:
            size = len(alias)
            if any(
                position + offset >= len(words) or words[position + offset][0] != alias[offset]
                for offset in range(1, size)
            ):
                continue
            after = words[position + size][0] if position + size < len(words) else ""
            if (
                after in SPONSORED
                or after in _OTHERS.get(alias[-1], ())
                or _is_a_persons(words, position, size)
            ):
                return None
            sure = not weak or after.lower() in LEGAL
            return Mention(tickers, position, words[position][1], words[position + size - 1][2], sure, alias)
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

    def _second_sign(
        self,
        mention: Mention,
        mentions: tuple[Mention, ...],
        beside: tuple[Mention, ...],
        signs: set[str],
        own: str | None,
    ) -> bool:
        tickers = set(mention.tickers)
        if own in tickers or tickers & signs:
            return True
        return any(
            tickers & set(other.tickers) and other.alias != mention.alias for other in (*mentions, *beside)
        )


def _is_a_persons(words: list[tuple[str, int, int]], position: int, size: int) -> bool:
    """Whether a one-word name follows a given name ("Keisuke Honda", "the Big Apple") in a headline in sentence case."""
    if size > 1 or position < 2:
        return False
    before, start, end = words[position - 1]
    touching = words[position][1] - end == 1 and start - words[position - 2][2] <= 1
    named = before.isalpha() and before.istitle() and len(before) > 2 and before not in CAPITALS
    return touching and named and not words[position][0].isupper() and _in_sentence_case(words)


def _in_sentence_case(words: list[tuple[str, int, int]]) -> bool:
    long = [word for word, _, _ in words if len(word) > 3 and word.isalpha()]
    return sum(word.islower() for word in long) * 2 > len(long)


def _quoted(mention: Mention, heading: str) -> bool:
    """Whether a name is only the voice behind a statement on something else: ", MUFG Says", "says Bank of America"."""
    before, after = heading[: mention.start], heading[mention.end :]
    if _VOICE_AFTER.fullmatch(after) and _NEW_CLAUSE.search(before):
        return True
    if _VOICE_BEFORE.search(before) and not after.strip(" ."):
        return True
    if _BACKED_BEFORE.search(before) or _RATES_AFTER.match(after):
        return True
    return _FOLLOWING.search(before) is not None and _NOTE_AFTER.match(after) is not None


def _apart(mentions: Iterable[Mention]) -> set[tuple[str, ...]]:
    return {one.tickers for one in mentions}


def _apart_of(lead: frozenset[str], mentions: Iterable[Mention]) -> set[tuple[str, ...]]:
    return {one.tickers for one in mentions if lead & set(one.tickers)}


def _alone(own: str, mentions: list[Mention], heading: str) -> bool:
    lead = _subjects(mentions, heading)
    return own in lead and len(_apart_of(lead, mentions)) == 1


def _subjects(mentions: list[Mention], heading: str) -> frozenset[str]:
    """The tickers in subject position: the first name when it opens the headline, and names paired with it."""
    if not mentions or mentions[0].word > _SUBJECT_WITHIN:
        return frozenset()
    found = set(mentions[0].tickers)
    for before, after in itertools.pairwise(mentions):
        if not _PAIRED.fullmatch(heading[before.end : after.start]):
            break
        found |= set(after.tickers)
    return frozenset(found)
