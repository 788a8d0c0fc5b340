"""How one format is written: a `Spec`, read from `formats.toml` or proposed from the words of a header
(`columns`).

The file's head explains its fields. A rule rewrites a record's cells before they are read; everything else is
the same code for every format.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any


class Move(Enum):
    """What a kind of row does."""

    HELD = auto()  # states a position
    CAME = auto()
    WENT = auto()
    SIGNED = auto()  # the quantity's own sign says it: splits, mergers, conversions
    NONE = auto()
    CASH = auto()


MOVING = frozenset({Move.CAME, Move.WENT, Move.SIGNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where every field of `when` matches, the fields of `sets` are written from their templates."""

    when: tuple[tuple[str, re.Pattern[str]], ...]
    sets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One export format. `header`: the names of each needed column; `only`: all that may stand in it, where
    that is fixed.

    `moves` and `begins` give what the words of `action` do, `refused` why a row of this word cannot be held;
    `unread` why no file of it is read; `trades`: its rows are activities, not positions.
    """

    name: str
    account: str
    header: tuple[frozenset[str], ...]
    without: frozenset[str]
    only: frozenset[str]
    columns: Mapping[str, tuple[tuple[str, int], ...]]
    moves: Mapping[str, Move]
    begins: tuple[tuple[str, Move], ...]
    refused: Mapping[str, str]
    rules: tuple[Rule, ...]
    default: str
    decimal: str | None
    decimals: Mapping[str, str]
    dates: str | None
    own_tickers: bool
    american: bool
    ibkr: bool
    newest_day: bool
    continued: bool
    notes: bool
    recorded: bool
    unread: str
    trades: bool

    def move(self, word: str) -> Move | None:
        """What the row of this word does; None for a word that is not known."""
        found = self.moves.get(word) or next((m for start, m in self.begins if word.startswith(start)), None)
        return found or (None if self.trades else Move.HELD)


@cache
def specs() -> tuple[Spec, ...]:
    """All formats of `formats.toml`, in its order."""
    with Path(__file__).with_name("formats.toml").open("rb") as file:
        return tuple(spec_of(each) for each in tomllib.load(file)["format"])


@cache
def words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The lists of `words.toml`, by their part and name."""
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return {
            part: {name: tuple(each) for name, each in lists.items()}
            for part, lists in tomllib.load(file).items()
        }


def spec_named(name: str) -> Spec:
    return next(each for each in specs() if each.name == name)


def spec_of(data: Mapping[str, Any]) -> Spec:
    """The format that `data` (a table of `formats.toml`) describes."""
    words = dict(data.get("words", {}))
    refused = {folded(word): reason for word, reason in words.pop("refused", {}).items()}
    moves, begins = {}, []
    for name, listed in words.items():
        for word in listed:
            if word.endswith("*"):
                begins.append((word[:-1].casefold(), Move[name.upper()]))
            else:
                moves[folded(word)] = Move[name.upper()]
    decimal = data.get("decimal", ".")
    return Spec(
        name=data["name"],
        account=data["account"],
        header=tuple(_names(each) for each in data["header"]),
        without=frozenset(map(folded, data.get("without", ()))),
        only=frozenset(map(folded, data.get("only", ()))),
        columns={field: _places(written) for field, written in data["columns"].items()},
        moves=moves,
        begins=tuple(begins),
        refused=refused,
        rules=tuple(map(_rule, data.get("rules", ()))),
        default=data.get("default", ""),
        decimal=decimal or None,
        decimals=data.get("decimals", {}),
        dates=data.get("dates"),
        own_tickers=data.get("tickers") == "own",
        american=data.get("american", False),
        ibkr=data.get("ibkr", False),
        newest_day=data.get("newest_day", False),
        continued=data.get("continued", False),
        notes=data.get("notes", True),
        recorded=data.get("recorded", True),
        unread=data.get("unread", ""),
        trades=any(move in MOVING for move in (*moves.values(), *(move for _, move in begins))),
    )


def folded(text: str) -> str:
    """A header cell, or a word, as it is compared."""
    return " ".join(text.casefold().split())


def ruled(spec: Spec, cells: dict[str, str]) -> dict[str, str]:
    """The cells after the rules."""
    for rule in spec.rules:
        named: dict[str, str] = {}
        for field, pattern in rule.when:
            found = pattern.fullmatch(cells.get(field, ""))
            if found is None:
                break
            named.update({name: value or "" for name, value in found.groupdict().items()})
        else:
            known = {**cells, **named}
            cells = {**cells, **{field: template.format_map(known) for field, template in rule.sets}}
    return cells


def _names(written: str) -> frozenset[str]:
    return frozenset(map(folded, written.split("|")))


def _places(written: str) -> tuple[tuple[str, int], ...]:
    """`saldo+1|-1`: the column behind saldo, or the last one that has a name."""
    found = []
    for each in written.split("|"):
        name, mark, behind = each.rpartition("+")
        found.append((folded(name), int(behind)) if mark and behind.isdigit() else (folded(each), 0))
    return tuple(found)


def _rule(data: Mapping[str, Any]) -> Rule:
    # A long expression stands on several lines of the file.
    texts = ((field, "".join(text.splitlines())) for field, text in data["if"].items())
    when = ((field, re.compile(text, re.IGNORECASE | re.DOTALL)) for field, text in texts)
    return Rule(when=tuple(when), sets=tuple(data["set"].items()))
