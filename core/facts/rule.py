"""Tables of phrases that read headlines in several languages: one phrase a line, with its example and
counter-example.

A table is text. A line "= name / reason" opens a section; a line "phrase / example / counter" is a row of it;
a line "@class word word" names words that any phrase may use as {class}. A phrase is words in order: `a|b`
either, `word*` any ending and `*word` any beginning (four letters at least), `word?` optional, `~4` up to
four words between, `^` and `.` the ends of the headline, `#` a number, `_` a blank inside a word, and after
`--` words that must not stand in the headline. Phrases joined by ` & ` may stand in any order, each anywhere.
Case, accents, quotes and hyphens do not count.

Promise: a row is tried only when a headline holds a word of its rarest part, so ten thousand headlines
against hundreds of rows stay far below two seconds, and a headline of any length costs the same. Refused: a
row without an example and a counter-example; both are tests.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from core.facts.spelling import straight
from core.facts.words import pairs

# No headline is longer (cleaning cuts at 300 characters); what else is read here is bounded all the same.
_READ: Final = 400
_DASH: Final = re.compile(r"\s[-–—]+\s|[–—]")
_TOKEN: Final = re.compile(r"[a-z]+\d*|\d[\d.,]*|[?:;!|$€£¥%&,+]")
# "(NYSE: X)" or "(X)" after a name, whatever X is, and the question mark inside a quotation.
_TICKER: Final = re.compile(r"\((?:[A-Za-z]+:\s?)?[A-Z0-9][A-Z0-9.\-]{0,7}\)")
_QUOTED: Final = re.compile(r"\?(?=['\"’”»])")
# A second sentence of a headline, but not an abbreviation ("Inc. says", "U.S. court").
_SENTENCE: Final = re.compile(
    r"(?<!Inc)(?<!Corp)(?<!Ltd)(?<!Co)(?<!vs)(?<!St)(?<!Dr)(?<=[a-z0-9%])[.!] (?=[A-Z])"
)
_POSSESSIVE: Final = re.compile(r"(?<=[a-z])'s\b")
# Han, kana and hangul: scripts without blanks, read as they stand.
_JA: Final = "ja"
# The language of rows that read every headline.
ANY: Final = "any"
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ELIDED: Final = re.compile(r"(?<![a-z])[a-z]{1,5}'(?=[a-z])")
_STEM: Final = 4
_CLASS: Final = re.compile(r"\{(\w+)\}")
# Small words by which a headline's language shows; where none shows or two are close, the rows of each are
# tried.
ENGLISH: Final = "en"
_SMALL: Final = {language: frozenset(own.split()) for language, own in pairs("languages", "small words")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A headline as tables read it: `text` its words in lower case, each followed by a blank; `keys` to look
    rows up.
    """

    text: str
    keys: frozenset[str]
    languages: frozenset[str]
    unspaced: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One phrase of the section `name`, in `language`; "ja" is read without blanks."""

    language: str
    name: str
    reason: str
    phrase: str
    example: str
    counter: str
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    needs: tuple[frozenset[str], ...]

    @property
    def keys(self) -> frozenset[str]:
        """The words of its rarest part, by which it is looked up."""
        return self.needs[0]

    def finds(self, line: Line) -> bool:
        if self.language not in line.languages or not self.may_find(line.keys):
            return False
        text = line.unspaced if self.language == _JA else line.text
        for pattern in self.patterns:
            if pattern.search(text) is None:
                return False
        return self.unless is None or self.unless.search(text) is None

    def may_find(self, keys: frozenset[str]) -> bool:
        """Whether a headline of these keys holds a word of each of its parts."""
        return not any(map(keys.isdisjoint, self.needs))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in order of precedence, looked up by word."""

    rows: tuple[Row, ...]
    by_key: dict[str, tuple[int, ...]]

    def first(self, line: Line) -> Row | None:
        """The first row, in table order, that finds its phrase in `line`."""
        numbers = {number for key in line.keys & self.by_key.keys() for number in self.by_key[key]}
        return next((self.rows[number] for number in sorted(numbers) if self.rows[number].finds(line)), None)


@lru_cache(maxsize=64)
def line(text: str) -> Line:
    """`text` (already cleaned) prepared once for all tables."""
    marked = _TICKER.sub(" ticker ", _QUOTED.sub("", _DASH.sub(" : ", text[:_READ])))
    marked = _SENTENCE.sub(" : ", marked)
    folded = _POSSESSIVE.sub("", straight(marked).lower())
    words = _TOKEN.findall(folded)
    keys = {key for word in words for key in (word, f"{word[:_STEM]}*", f"*{word[-_STEM:]}")}
    small = {*words, *_ELIDED.findall(folded)}
    marks = {language: len(own.intersection(small)) for language, own in _SMALL.items()}
    unspaced = "".join(text[:_READ].lower().split()) if _UNSPACED.search(text) else ""
    return Line(
        text="".join(f"{word} " for word in words),
        keys=frozenset(keys | ({_JA} if unspaced else set())),
        languages=_languages(marks),
        unspaced=unspaced,
    )


def _languages(marks: dict[str, int]) -> frozenset[str]:
    """Those of most small words, and close ones; none shown is any. What looks more English than foreign is
    English only.
    """
    english, most = marks[ENGLISH], max(marks.values())
    foreign = {
        language
        for language, number in marks.items()
        if language != ENGLISH and number >= english and number >= most - 1
    }
    return frozenset({ANY, _JA, *foreign, *({ENGLISH} if english >= most - 1 else ())})


def table(rows: Iterable[Row]) -> Table:
    """The rows with their index of words."""
    kept = tuple(rows)
    by_key: dict[str, list[int]] = {}
    for number, row in enumerate(kept):
        for key in row.keys:
            by_key.setdefault(key, []).append(number)
    return Table(kept, {key: tuple(numbers) for key, numbers in by_key.items()})


@cache
def rows_of(language: str, text: str) -> tuple[Row, ...]:
    """The rows of a table's text. ValueError names the line that is none."""
    lines = [written for written in map(str.strip, text.splitlines()) if written]
    classes: dict[str, str] = {}
    for written in lines:
        if written.startswith("@"):
            label, *words = written[1:].split()
            spelled = (_CLASS.sub(lambda found: classes[found[1]], word) for word in words)
            classes[label] = "|".join(filter(None, (classes.get(label), *spelled)))
    name = reason = ""
    rows = []
    for written in lines:
        if written.startswith("="):
            name, _, reason = (part.strip() for part in written[1:].partition(" / "))
        elif not written.startswith("@"):
            phrase, example, counter = (part.strip() for part in written.split(" / "))
            rows.append(_row(language, name, reason, phrase, example, counter, classes))
    return tuple(rows)


def _row(
    language: str, name: str, reason: str, phrase: str, example: str, counter: str, classes: dict[str, str]
) -> Row:
    positive, _, negative = phrase.partition(" -- ")
    phrases = positive.split(" & ")
    parts = [_parts(part, classes) for one in phrases for part in one.split()]
    telling = [part for part in parts if part is not None]
    unspaced = language == _JA
    return Row(
        language=language,
        name=name,
        reason=reason,
        phrase=phrase,
        example=example,
        counter=counter,
        patterns=tuple(re.compile(_pattern(one, classes, unspaced=unspaced)) for one in phrases),
        unless=re.compile(_pattern(negative, classes, unspaced=unspaced)) if negative else None,
        needs=(frozenset({_JA}),) if unspaced else tuple(sorted(telling, key=len)),
    )


def _parts(part: str, classes: dict[str, str]) -> frozenset[str] | None:
    """The keys under which a word of a phrase is looked up; None for what is optional or no word."""
    if part[0] in "~#^." or part.endswith("|.") or (part.endswith("?") and part != "?"):
        return None
    return frozenset(map(_key, _words(part, classes)))


def _key(word: str) -> str:
    if word.startswith("*"):
        return f"*{word[-_STEM:]}"
    return f"{word[:_STEM]}*" if word.endswith("*") else word.split("_")[0]


def _words(part: str, classes: dict[str, str]) -> list[str]:
    spelled = _CLASS.sub(lambda found: classes[found[1]], part)
    # Marks that change a kana are no accents: scripts without blanks are compared as they stand.
    return [word if _UNSPACED.search(word) else straight(word).lower() for word in spelled.split("|")]


def _pattern(phrase: str, classes: dict[str, str], *, unspaced: bool) -> str:
    blank = "" if unspaced else " "
    made = ["" if unspaced else r"(?:^|(?<= ))"]
    for part in phrase.split():
        if part[0] == "~":
            made.append(f".{{0,{part[1:]}}}?" if unspaced else rf"(?:\S+ ){{0,{part[1:]}}}?")
        elif part == "^":
            made = [r"\A"]
        elif part == ".":
            made.append(r"\Z")
        elif part == "#":
            made.append(r"\d\S*" + blank)
        else:
            optional = part.endswith("?") and part != "?"
            spelled = "|".join(
                map(_spelled, _words(part.removesuffix("|.").removesuffix("?" * optional), classes))
            )
            end = r"|\Z" if part.endswith("|.") else ""
            made.append(f"(?:(?:{spelled}){blank}{end}){'?' * optional}")
    return "".join(made)


def _spelled(word: str) -> str:
    if word.startswith("*"):
        return r"\w*" + re.escape(word[1:]).replace("_", " ")
    if word.endswith("*"):
        return re.escape(word[:-1]).replace("_", " ") + r"\w*"
    return re.escape(word).replace("_", " ")
