"""What the rehearsal jury sees: it reads the brief's text like a model, and skips what it does not know."""

import re
from collections import defaultdict
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

# The elements of a brief, as far as the rehearsal looks at them; all else is skipped.
NAME = re.compile(r"<name\b([^>]*)>(.*?)</name>", re.DOTALL)
NUMBERS = re.compile(r"<numbers>(.*?)</numbers>", re.DOTALL)
FACT = re.compile(r"<fact\b([^>]*)>(.*?)</fact>", re.DOTALL)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
# `unknown` is no number, and neither are words that float() would take.
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class SeenFact(NamedTuple):
    """A fact as it stands beside its name."""

    id: str
    authority: str
    severity: str
    text: str


class SeenName(NamedTuple):
    """A name as it stands in the brief. `numbers` holds each number of its line, by its name."""

    ticker: str
    held: bool
    weight: float
    band: str
    numbers: Mapping[str, float]
    facts: tuple[SeenFact, ...]


def see(user: str) -> tuple[SeenName, ...]:
    """The names of a brief's user text in their order, as far as they can be read; each counts once."""
    names: dict[str, SeenName] = {}
    for head, inside in NAME.findall(user):
        given, line = _attributes(head), NUMBERS.search(inside)
        words = dict(word.partition("=")[::2] for word in (line[1] if line is not None else "").split())
        numbers = {key: float(text) for key, text in words.items() if PLAIN.fullmatch(text)}
        weight = given["weight"] if PLAIN.fullmatch(given["weight"]) else "0"
        facts = tuple(_fact(_attributes(told), text) for told, text in FACT.findall(inside))
        name = SeenName(
            given["ticker"], given["held"] == "yes", float(weight), words.get("consensus", ""), numbers, facts
        )
        if name.ticker:
            names.setdefault(name.ticker, name)
    return tuple(names.values())


def _fact(given: Mapping[str, str], text: str) -> SeenFact:
    return SeenFact(given["id"], given["authority"], given["severity"], unescape(text))


def _attributes(head: str) -> Mapping[str, str]:
    return defaultdict(str, {key: unescape(value) for key, value in ATTRIBUTE.findall(head)})
