"""What the rehearsal jury sees: it reads the brief's text like a model would, and nothing else. Stdlib only.

Tolerant on purpose: unknown elements and attributes are skipped, a number that is not one is no number. It reads with the
lenient HTML parser, which expands no entities of its own and cannot be made to hang by what stands in a headline.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True, kw_only=True)
class SeenFact:
    """A fact as it stands beside its name."""

    id: str
    authority: str
    severity: str
    text: str


@dataclass(slots=True, kw_only=True)
class SeenName:
    """A name as it stands in the brief. `numbers` holds each number of its line, by its name."""

    ticker: str
    held: bool
    weight: float
    band: str = ""
    numbers: dict[str, float] = field(default_factory=dict)
    facts: list[SeenFact] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class SeenBrief:
    """The names in the order in which they stand, and the cash weight in percent."""

    names: list[SeenName]
    cash_weight: float


def see(user: str) -> SeenBrief:
    """The brief's user text as far as it could be read; names doubled or without a ticker are left out."""
    reader = _Reader()
    reader.feed(user)
    reader.close()
    return SeenBrief(names=reader.names, cash_weight=reader.cash)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[SeenName] = []
        self.cash = 0.0
        self._name: SeenName | None = None
        self._fact: SeenFact | None = None
        self._numbers = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "portfolio":
            self.cash = _number(given.get("cash_weight", "")) or 0.0
        elif tag == "name" and given.get("ticker") and given["ticker"] not in {n.ticker for n in self.names}:
            self._name = SeenName(
                ticker=given["ticker"],
                held=given.get("held", "yes").lower() in {"yes", "true", "1"},
                weight=_number(given.get("weight", "")) or 0.0,
            )
            self.names.append(self._name)
        elif self._name is not None and tag == "fact":
            self._fact = SeenFact(
                id=given.get("id", ""),
                authority=given.get("authority", ""),
                severity=given.get("severity", ""),
                text="",
            )
            self._name.facts.append(self._fact)
        self._numbers = tag == "numbers"

    def handle_endtag(self, tag: str) -> None:
        self._numbers = False
        if tag == "fact":
            self._fact = None
        elif tag == "name":
            self._name = self._fact = None

    def handle_data(self, data: str) -> None:
        if self._fact is not None:
            self._fact.text += data
        elif self._numbers and self._name is not None:
            for word in data.split():
                key, _, value = word.partition("=")
                if key == "consensus":
                    self._name.band = value
                elif (number := _number(value)) is not None:
                    self._name.numbers[key] = number


def _number(text: str) -> float | None:
    """A plain number, or None: `unknown` is no number, and neither are words that float() would take."""
    body = text.removeprefix("-")
    if not body.isascii() or not body.replace(".", "", 1).isdigit():
        return None
    return float(text)
