"""Reads one answer as a ballot, or says why it is spoiled. Nothing unread becomes a vote, and nothing is
repaired.

Cutting one valid ballot at each byte, a repairing JSON parser made 186 of 378 cuts into a different valid
ballot, so the only liberty taken here is one code fence around the whole text (unwrapped and flagged).
Hand-written checks rather than a validation library: they name the first fault in a sentence, and 31 answers
on 500 names are read in well under a second. No exception leaves this module, whatever the text is.
"""

import json
from collections.abc import Mapping
from decimal import Context, Decimal
from itertools import zip_longest
from typing import Any, Never

from core.base.canonical import digest
from core.base.gap import Gap
from core.base.names import fold_ticker
from core.brief.model import AskedName, Brief
from core.brief.schema import BALLOT_KEYS, LINE_KEYS
from core.jury.ballot import Ballot, BallotLine, Finish, Reply, SpoiledBallot, Stance

# Any stop but the natural one rules the answer out before a byte of it is read.
STOPPED: Mapping[Finish, tuple[str, str]] = {
    Finish.LENGTH: ("truncated", "The answer was cut off at the length limit."),
    Finish.REFUSAL: ("refused", "The model refused to answer."),
    Finish.FILTER: ("filtered", "The provider's content filter stopped the answer."),
    Finish.UNKNOWN: ("unknown stop", "The answer stopped for an unknown reason."),
}

# Characters an answer may have before it is not worth parsing: a wordy real ballot has some 2,000 a name. The
# room for one name is ten times that, so that no honest answer is refused, and 50 MB never reach the parser.
SIZE_BASE = 100_000
SIZE_PER_NAME = 20_000

# A weight beyond this is no percentage in any unit; without a bound 1e400 would be a finite Decimal.
WEIGHT_LIMIT = Decimal(10) ** 12
# Below this a weight is zero: keeps sums printable, whatever exponent was written.
WEIGHT_FLOOR = Decimal(10) ** -12

# Twenty-eight digits are far more than a weight has; numbers of a million digits are rounded while they are
# read. Nothing is trapped: what overflows becomes an infinity, and that is refused in words.
NUMBERS = Context(prec=28, traps=[])

STANCES: Mapping[str, Stance] = {stance.value: stance for stance in Stance}
IMPOSSIBLE_UNHELD = frozenset({Stance.LIGHTEN, Stance.SELL})
WHITE = " \t\r\n"


class _SpoiledError(Exception):
    """Why this answer is no ballot; never leaves the module."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(detail)
        self.cause = cause
        self.detail = detail


def read_ballot(reply: Reply, brief: Brief, *, index: int, attempt: int) -> Ballot | SpoiledBallot:
    """The ballot in `reply`, its lines in the order of `brief.names`; else the first fault, with its
    cause."""
    try:
        return _read(reply, brief, index=index, attempt=attempt)
    except _SpoiledError as fault:
        return SpoiledBallot(index=index, attempt=attempt, cause=fault.cause, detail=fault.detail)


def _read(reply: Reply, brief: Brief, *, index: int, attempt: int) -> Ballot:
    if reply.finish is not Finish.NATURAL:
        raise _SpoiledError(*STOPPED[reply.finish])
    limit = SIZE_BASE + SIZE_PER_NAME * len(brief.names)
    if len(reply.text) > limit:
        raise _SpoiledError(
            "too long", f"The answer has {len(reply.text):,} characters, more than the {limit:,} allowed."
        )
    text, fenced = _unfence(reply.text.strip(WHITE))
    document = _closed(_parse(text), BALLOT_KEYS, "the ballot")
    cash = _weight(document["cash_target_weight"], "cash_target_weight")
    if not isinstance(document["names"], list):
        raise _SpoiledError("schema", "names is not a list.")
    asked = {name.ticker: name for name in brief.names}
    given: dict[str, BallotLine] = {}
    for raw in document["names"]:
        line = _line(raw, asked)
        if line.ticker in given:
            raise _SpoiledError("doubled name", f"{line.ticker} stands more than once in the answer.")
        given[line.ticker] = line
    missing = tuple(sorted(ticker for ticker in asked if ticker not in given))
    if len(missing) * 10 > len(asked):
        raise _SpoiledError(
            "names missing", f"{len(missing)} of {len(asked)} names are missing: {_some(missing)}."
        )
    total = NUMBERS.add(_sum_of_lines(given, asked), cash)
    if total == 0:
        raise _SpoiledError("zero sum", "All weights are zero.")
    return Ballot(
        index=index,
        attempt=attempt,
        response_id=reply.response_id,
        digest=_digest(reply.text),
        lines=tuple(given[ticker] for ticker in asked if ticker in given),
        missing=missing,
        cash_target_weight=cash,
        raw_sum=Gap(gap="names are missing, so its weights are left out") if missing else total,
        fenced=fenced,
    )


def _unfence(text: str) -> tuple[str, bool]:
    """Takes away one fence around the whole text: a line of back-ticks and a word, the same at the end."""
    ticks = len(text) - len(text.lstrip("`"))
    if ticks < 3:
        return text, False
    opening, newline, rest = text.partition("\n")
    word = opening[ticks:].strip(WHITE)
    closes = rest.endswith("`" * ticks) and not rest.endswith("`" * (ticks + 1))
    if not newline or not closes or not (word == "" or (word.isascii() and word.isalnum())):
        return text, False
    return rest[:-ticks].strip(WHITE), True


def _parse(text: str) -> object:
    if not text:
        raise _SpoiledError("empty", "The answer is empty.")
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise _SpoiledError(
            "not json", f"The answer is not one JSON object: {error.msg} at character {error.pos}."
        ) from error
    except RecursionError as error:
        raise _SpoiledError("not json", "The answer is nested too deeply to be a ballot.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        doubled = next(key for (key, _), kept in zip_longest(pairs, found) if key != kept)
        raise _SpoiledError("doubled key", f"The key {_short(doubled)} stands more than once in one object.")
    return found


def _number(text: str) -> Decimal:
    value = NUMBERS.create_decimal(text)
    size = value.copy_abs()
    if not size.is_finite() or size > WEIGHT_LIMIT:
        raise _SpoiledError("weight", f"{_short(text)} is no weight.")
    return value if size >= WEIGHT_FLOOR else Decimal(0)


def _no_constant(text: str) -> Never:
    raise _SpoiledError("weight", f"{text} is no number.")


def _closed(value: object, keys: tuple[str, ...], what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _SpoiledError("schema", f"{what.capitalize()} is not a JSON object.")
    for key in keys:
        if key not in value:
            raise _SpoiledError("schema", f"The field {key} is missing in {what}.")
    if len(value) != len(keys):
        unknown = next(key for key in value if key not in keys)
        raise _SpoiledError("schema", f"The field {_short(unknown)} does not belong in {what}.")
    return value


def _line(raw: object, asked: Mapping[str, AskedName]) -> BallotLine:
    fields = _closed(raw, LINE_KEYS, "a name's line")
    ticker = fields["ticker"]
    if not isinstance(ticker, str):
        raise _SpoiledError("schema", "A ticker is not a text.")
    name = asked.get(ticker) or asked.get(fold_ticker(ticker))
    if name is None:
        raise _SpoiledError("unknown name", f"{_short(ticker)} was not asked about.")
    stance = fields["stance"]
    said = STANCES.get(stance.strip().casefold()) if isinstance(stance, str) else None
    if said is None:
        raise _SpoiledError("stance", f"The stance on {name.ticker} is not one of {', '.join(STANCES)}.")
    impossible = not name.held and said in IMPOSSIBLE_UNHELD
    cited = _texts(fields["facts"], "facts", name.ticker)
    true, false = _citations(cited, name)
    return BallotLine(
        ticker=name.ticker,
        stance=Stance.ABSTAIN if impossible else said,
        target_weight=_weight(fields["target_weight"], f"target_weight of {name.ticker}"),
        facts=true,
        false_citations=false,
        reasons_against=_texts(fields["reasons_against"], "reasons_against", name.ticker),
        reasons_for=_texts(fields["reasons_for"], "reasons_for", name.ticker),
        impossible=said if impossible else Gap(gap="the stance is possible"),
    )


def _weight(value: object, what: str) -> Decimal:
    # Numbers were read as Decimal, so a text, a null or a boolean is anything else.
    if not isinstance(value, Decimal):
        raise _SpoiledError("weight", f"The {what} is not a number.")
    if value < 0:
        raise _SpoiledError("weight", f"The {what} is negative.")
    return value


def _texts(value: object, field: str, ticker: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _SpoiledError("schema", f"The {field} of {ticker} are not a list of texts.")
    for item in value:
        _utf8(item)
    return tuple(item.strip() for item in value)


def _citations(cited: tuple[str, ...], name: AskedName) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Citations that stand beside this name in the brief, and those that do not; each once, in order."""
    known = {fact_id.upper(): fact_id for fact_id in name.fact_ids}
    true = {known[text.upper()]: None for text in cited if text.upper() in known}
    false = {text: None for text in cited if text.upper() not in known}
    return tuple(true), tuple(false)


def _sum_of_lines(given: Mapping[str, BallotLine], asked: Mapping[str, AskedName]) -> Decimal:
    """Sum in percent points, abstained and impossible lines at the current weight."""
    total = Decimal(0)
    for ticker, name in asked.items():
        if ticker in given:
            line = given[ticker]
            counted = name.weight if line.stance is Stance.ABSTAIN else line.target_weight
            total = NUMBERS.add(total, counted)
    return total


def _digest(text: str) -> str:
    _utf8(text)
    return digest(text)


def _utf8(text: str) -> None:
    # A lone surrogate (an escape like \ud800) is no character: it could be neither stored nor sent.
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise _SpoiledError("not json", "The answer holds characters that do not exist.") from error


def _short(text: str) -> str:
    """At most 40 characters of foreign text, quoted, safe to store."""
    return ascii(text if len(text) <= 40 else text[:40] + "...")


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
