"""Which names a story is about. Whole words in the case of names; one story of two names goes to its subject or is shared.

Promise: a bare ticker never matches; "(NASDAQ: X)" and "$X" do; a spelling that others may bear needs a second sign: a ticker in
brackets, a legal word, another spelling, what stands beside a company ("Ford recalls", "Shell CEO", "Philips, Shell"), or
the name's own feed or query. A story in one name's feed reaches the other names it is about. Refused: substrings and
lower case ("ABB" inside "AbbVie" alone made 508 errors on recorded headlines), persons, places, platforms and the voice
behind a view on something else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.facts.brands import EXCHANGES
from core.facts.company_words import (
    BESIDE,
    BUSINESS,
    CAPITALS,
    NAMES,
    NOT_ITS_OWN_AFTER,
    NOT_ITS_OWN_BEFORE,
    NOUNS,
    PARTICLES,
    PLACES,
    PLACES_OF,
    SPEECH,
    SPONSORED,
)
from core.facts.fact import Story, Subject
from core.facts.names_of import Alias, Strength, aliases_of, others_of, straight, words_of

_AT_EXCHANGE: Final = re.compile(r"\(\s*([A-Za-z][A-Za-z ]{1,18}?)\s*:\s*([A-Z0-9][A-Z0-9.\-,;: ]{0,40})\)")
_CASHTAG: Final = re.compile(r"(?<![\w$])\$([A-Z]{1,5}(?:[.\-][A-Z])?)\b")
_CODE: Final = re.compile(r"[A-Z0-9]+(?:[.\-][A-Z0-9]+)*")
_IN_BRACKETS: Final = re.compile(r"\s\((?:[A-Za-z]+:\s?)?[A-Z][A-Z0-9.\-]{0,6}\)")

# What takes the place of a ticker in brackets: a sign for the name before it, and no name itself.
_MARK: Final = " (\0"


def _blank(found: re.Match[str]) -> str:
    return _MARK + ")" * (len(found[0]) - len(_MARK))


# Between two names: a list or a pairing, so that both are subjects.
_PAIRED: Final = re.compile(r"\s*(?:,|&|/|\+|and|,\s*and|or|-|und|et|e|y|en)\s*")
# A name that is only the voice behind a view on something else: banks are quoted more often than they are reported on.
_VOICE_BEFORE: Final = re.compile(
    r"(?:\b(?:says?|said|according to|warns?|tells?|at|by|from|per)|[:–—|]| - )\s*$", re.IGNORECASE
)
_VOICE_AFTER: Final = re.compile(
    r"\s+(?:says?|said|warns?|analysts? says?|analysts?|estimates?|forecasts?|flags? .*|sees? .*)\s*\.?",
    re.IGNORECASE,
)
_BACKED_BEFORE: Final = re.compile(
    r"\b(?:(?:backed|rated|cut|upgraded|downgraded|initiated|lifted|raised|lowered) by|(?:posing|posed|impersonat\w+"
    r"|disguised) as|fake|(?:answer|rival|alternative) to(?: \w+ and)?|the next|powered by)\s*$",
    re.IGNORECASE,
)
_RATES_AFTER: Final = re.compile(
    r"(?: [A-Z]\w+)?(?:\s+(?:(?:down|up)grades?|initiates?|reiterates?|resumes?|assumes?|predicts|starts? coverage|(?:stays?|remains?|turns?|is) (?:bullish|bearish"
    r"|constructive|cautious|upbeat|positive|overweight|neutral)|(?:raises?"
    r"|cuts?|lifts?|lowers?|trims?|hikes?|boosts?|slashes|triples|doubles|ups) .{0,60}\b(?:target|pt|rating)s?)\b"
    r"|['’]?s? (?:[\w-]+ ){0,3}(?:analysts?|strategists?|economists?|research (?:chief|head|note))\b)",
    re.IGNORECASE,
)
_NOTE_AFTER: Final = re.compile(
    r"['’]?s? (?:\S+ ){0,4}(?:note|call|upgrade|downgrade|coverage|initiation|target|rating|focus)\b",
    re.IGNORECASE,
)
_FOLLOWING: Final = re.compile(r"\b(?:following|after|on)\s*$", re.IGNORECASE)
_HIRED: Final = re.compile(
    r".{0,60}\bas (?:\w+ )?(?:bankers?|advis[eo]rs?|underwriters?|bookrunners?)\b", re.IGNORECASE
)
_HIRES: Final = re.compile(r"\b(?:appoints?|hires?|taps?|picks?|mandates?)\b", re.IGNORECASE)
_NEW_CLAUSE: Final = re.compile(r"(?:[,;:?|–]|\s-)\s*$")
_BUYS: Final = re.compile(
    r"\b(?:buy|buys|buying|acquire|acquires|acquiring|take over|takes over|merge with|rach[eè]te|acquiert|übernimmt|kauft"
    r"|acquista|compra|neemt|bid for|bids for|offer for|takeover of|acquisition of|buyout of|opa su|opa sur|opa sobre)\s*$",
    re.IGNORECASE,
)
# A subject stands at the start: at most this many words may precede it ("Exclusive: Apple", "The Home Depot").
_SUBJECT_WITHIN: Final = 2
# A summary names its subject early; later names are company it keeps.
_SUMMARY_READ: Final = 160
# So many points make a second sign of what stands around a weak spelling.
_ENOUGH: Final = 1

_SUFFIXES: Final[dict[str, tuple[str, ...]]] = {}
for _row in EXCHANGES.strip().split("\n"):
    _suffix, _, _names = _row.partition(": ")
    for _name in _names.split(", "):
        _SUFFIXES[_name.strip()] = (*_SUFFIXES.get(_name.strip(), ()), _suffix.strip("-"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from word number `word` and characters `start` to `end`. `sure`: no second sign is needed."""

    tickers: tuple[str, ...]
    word: int
    start: int
    end: int
    strength: Strength
    alias: tuple[str, ...]
    points: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A ticker that a story is about. `shared`: another name is as much its subject. `leads`: it is the subject; `bought`:
    it is what another buys."""

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


Words = list[tuple[str, int, int]]


class Matcher:
    """All spellings of all subjects, by first word, so that a headline is read once whatever the number of names."""

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

    def matches(self, story: Story, title: str, summary: str) -> tuple[Match, ...]:
        """The names of a story whose cleaned title and summary are given, ordered by ticker; () when it names none."""
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
            if self._counts(one, mentions, beside, signs, asked) and not _quoted(one, heading)
        ]
        named = {ticker for one in sure for ticker in one.tickers} | self._signs(heading)
        own = story.only_for
        if not named and isinstance(own, str):
            early = any(own in one.tickers and one.start < _SUMMARY_READ for one in beside)
            return (Match(own, shared=False, leads=True),) if early and not mentions else ()
        lead = _subjects(sure, heading)
        several = len({one.tickers for one in sure}) > 1
        alone = len({one.tickers for one in sure if lead & set(one.tickers)}) == 1
        bought = {ticker for one in sure if _is_bought(one, heading) for ticker in one.tickers}
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
        words = words_of(text)
        found: list[Mention] = []
        free = 0
        for position, (word, _, _) in enumerate(words):
            if position >= free and (mention := self._at(words, position, word.lower(), text)):
                found.append(mention)
                free = position + len(mention.alias)
        return tuple(found)

    def _at(self, words: Words, position: int, first: str, text: str) -> Mention | None:
        for spelling in self._by_first.get(first, ()):
            size = len(spelling.folded)
            run = words[position : position + size]
            if len(run) < size or not all(map(_is_spelled, run, spelling.alias.words, spelling.folded)):
                continue
            if spelling.alias.capitals and not run[0][0].isupper():
                continue
            if not _is_its_own(words, position, size, text):
                return None
            legal = position + size < len(words) and words[position + size][0].lower() in _LEGAL_BESIDE
            end = run[-1][2]
            marked = legal or (spelling.strength is Strength.WEAK and text.startswith(_MARK, end))
            strength = Strength.SURE if marked else spelling.strength
            points = _points(words, position, size, text) if strength is Strength.WEAK else 0
            return Mention(spelling.tickers, position, run[0][1], end, strength, spelling.folded, points)
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


_INDEX_SIZES: Final = frozenset({"30", "40", "50", "100", "500", "1000"})
_LEGAL_BESIDE: Final = frozenset(
    "inc corp plc ltd llc ag sa nv se spa asa ab oyj kgaa corporation incorporated company limited co bhd group".split()
)


def _is_spelled(word: tuple[str, int, int], spelled: str, folded: str) -> bool:
    """Whether a word of a text is that of a name: in its letters, and with a capital where the name has one."""
    written = word[0]
    return written.lower() == folded and (
        written[0].isupper() or not spelled[0].isupper() or folded in PARTICLES
    )


def _is_its_own(words: Words, position: int, size: int, text: str) -> bool:
    """Whether a name stands for the company: not for its prize, its sister, a person of that name, or one who left."""
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
    """Whether a one-word name follows a given name ("Keisuke Honda", "the Big Apple") in a headline in sentence case."""
    if size > 1 or position < 2:
        return False
    before, start, end = words[position - 1]
    touching = words[position][1] - end == 1 and start - words[position - 2][2] <= 1
    named = before.isalpha() and before.istitle() and len(before) > 2 and before not in CAPITALS
    return touching and named and not words[position][0].isupper() and _in_sentence_case(words)


def _in_sentence_case(words: Words) -> bool:
    long = [word for word, _, _ in words[1:] if len(word) > 3 and word.isalpha()]
    return sum(word.islower() for word in long) * 3 > len(long)


def _points(words: Words, position: int, size: int, text: str) -> int:
    """What stands around a weak spelling: for a company above nought, against it below."""
    before = words[position - 1][0] if position else ""
    after, then = (words[position + size + k][0] if position + size + k < len(words) else "" for k in (0, 1))
    sentence = _in_sentence_case(words)
    end = words[position + size - 1][2]
    touching = position > 0 and words[position][1] - words[position - 1][2] == 1
    starts = position == 0 or text[: words[position][1]].endswith((": ", "Exclusive-"))
    owns = text[end : end + 2] == "'s"
    next_to = position + size < len(words) and words[position + size][1] - end == 1
    business = not BUSINESS.isdisjoint(word.lower() for word, _, _ in words)
    points = 0
    surname = size == 1 and words[position][0].lower() in NAMES
    if after.lower() in (BESIDE - SPEECH if surname else BESIDE) or (then.lower() in BESIDE and owns):
        points += 2
    if after.lower() == "to" and then.isalpha() and (then.islower() or not sentence):
        points += 2
    if business and (sentence or starts):
        points += 1
    lone = not (before[:1].isupper() and touching) and not (after[:1].isupper() and next_to)
    noun = size == 1 and words[position][0].lower() in NOUNS
    if sentence and position and lone and noun and not starts:
        points += 1
    if before.lower() in {"the", "a", "an"}:
        points -= 2
    if touching and sentence and before[:1].isupper() and before not in CAPITALS and position > 1:
        points -= 2
    if before.lower() in PLACES or before in CAPITALS - {"New", "Top"} or before in {"US", "UK"}:
        points -= 2 * (touching or "'s" in text[words[position - 1][1] : words[position][1]])
    if sentence and after[:1].isupper() and after.lower() not in BESIDE and next_to:
        points -= 2
    return points


def _quoted(mention: Mention, heading: str) -> bool:
    """Whether a name is only the voice behind a statement on something else: ", MUFG Says", "says Bank of America"."""
    before, after = heading[: mention.start], heading[mention.end :]
    if _VOICE_AFTER.fullmatch(after) and _NEW_CLAUSE.search(before):
        return True
    if _VOICE_BEFORE.search(before) and not after.strip(" ."):
        return True
    if _BACKED_BEFORE.search(before) or _RATES_AFTER.match(after):
        return True
    if _HIRED.match(after) and _HIRES.search(before):
        return True
    return _FOLLOWING.search(before) is not None and _NOTE_AFTER.match(after) is not None


def _is_bought(mention: Mention, heading: str) -> bool:
    """Whether the name itself, and not a part of it, is what another buys."""
    return not heading[mention.end :].startswith("'s") and bool(_BUYS.search(heading[: mention.start]))


def _subjects(mentions: list[Mention], heading: str) -> frozenset[str]:
    """The tickers in subject position: those that open the headline or a clause of it, and names paired with them."""
    found: set[str] = set()
    for number, one in enumerate(mentions):
        opens = one.word <= _SUBJECT_WITHIN and not number
        before = mentions[number - 1] if number else None
        paired = before is not None and found.issuperset(before.tickers)
        paired = paired and before is not None and bool(_PAIRED.fullmatch(heading[before.end : one.start]))
        if opens or paired or _NEW_CLAUSE.search(heading[: one.start]):
            found |= set(one.tickers)
    return frozenset(found)
