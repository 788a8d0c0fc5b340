"""Snapshot → brief. A pure function of the snapshot and the principles: same inputs, same bytes, nothing else
can reach it.

Decisions: names with a G3 fact come first, then by ticker, so that what changes a thesis is read early; facts
are nested in their name (law 3), at most six, in the sieve's rank order, each with what its document says.
What a word means stands once, in the legend; a remark that several names share stands once, under a short
mark; one line holds a name's numbers; of coverage only what could not be read, or does not exist, is spelled
out. Unknown numbers say "unknown", never 0. Only weights leave the house: no amount, share count, account or
note is read here. The horizon and all format facts stand here and in the schema, because the principles hold
no number (law 2).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.base.canonical import digest, dumps
from core.base.gap import Gap
from core.brief.legend import is_money, legend, legend_of_stances
from core.brief.model import AskedName, Brief
from core.brief.schema import ballot_schema, in_words
from core.facts.cleaning import LIMIT, clean
from core.facts.coverage import official_reach
from core.facts.events import Event
from core.facts.fact import Excerpt, Fact, Severity, State
from core.market.quote import Consensus, Measure
from core.market.universe import UniverseScore
from core.snapshot.model import Dossier, Snapshot

# More than six facts beside a name crowd out the others (reference: lost in the middle); the rest stay in the
# dossier.
FACTS_PER_NAME = 6
# The longest excerpt, and room for the sign of a cut.
EXCERPT_LIMIT = 321
# A remark that stands at this many names is said once for all of them.
COMMON_FROM = 2
BILLION = Decimal(1_000_000_000)

TASK = """\
Rule on each of the {count} names above, each exactly once, for a horizon of {horizon} months from {day}.
Answer with one JSON object and nothing else, no text around it and no code fence: {fields}"""

SIGNS = re.compile('[&<>"]')
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def render(
    snapshot: Snapshot, principles: str, *, order: tuple[str, ...] | None = None, bare: bool = False
) -> Brief:
    """The question as the model gets it. For experiments: `order` (every judged ticker once) replaces the
    order of names, `bare` leaves names, weights and day, and no data at all."""
    dossiers = _ordered(snapshot, order)
    marks = {} if bare else _marks(dossiers)
    head = _open(
        "portfolio",
        day=snapshot.day.isoformat(),
        horizon_months=str(snapshot.horizon_months),
        cash_weight=_number(snapshot.cash_weight),
    )
    words = (
        legend(measure for dossier in dossiers for measure in dossier.measures)
        if not bare
        else legend_of_stances()
    )
    remarks = "".join(f"\n<remark id={_quoted(mark)}>{_text(said)}</remark>" for said, mark in marks.items())
    body = "\n".join(_bare(dossier) if bare else _name(dossier, snapshot, marks) for dossier in dossiers)
    task = TASK.format(
        count=len(dossiers), horizon=snapshot.horizon_months, day=snapshot.day.isoformat(), fields=in_words()
    )
    told = f"<legend>\n{_lines(words)}\n</legend>{remarks}"
    user = f"{head}\n{told}\n{body}\n</portfolio>\n<task>\n{task}\n</task>"
    schema = dumps(ballot_schema(tuple(dossier.ticker for dossier in dossiers)), sort_keys=False)
    return Brief(
        system=principles,
        user=user,
        schema=schema,
        digest=digest(dumps({"system": principles, "user": user, "schema": schema})),
        principles_digest=digest(principles),
        names=tuple(
            AskedName(
                ticker=dossier.ticker,
                held=dossier.held,
                weight=dossier.weight,
                fact_ids=() if bare else tuple(fact.id for fact in shown(dossier)),
            )
            for dossier in dossiers
        ),
        cash_weight=snapshot.cash_weight,
    )


def shown(dossier: Dossier) -> tuple[Fact, ...]:
    """The facts of a dossier that stand in the brief, in rank order."""
    return dossier.facts[:FACTS_PER_NAME]


def _ordered(snapshot: Snapshot, order: tuple[str, ...] | None) -> tuple[Dossier, ...]:
    if order is None:
        return tuple(sorted(snapshot.dossiers, key=lambda dossier: (not _grave(dossier), dossier.ticker)))
    by_ticker = {dossier.ticker: dossier for dossier in snapshot.dossiers}
    if sorted(order) != sorted(by_ticker):
        raise ValueError("an order must list every judged ticker exactly once")
    return tuple(by_ticker[ticker] for ticker in order)


def _grave(dossier: Dossier) -> bool:
    return any(fact.severity is Severity.G3 for fact in dossier.facts)


def _remarks(dossier: Dossier) -> tuple[str, ...]:
    """What is said of a name's numbers in words: its consensus's flags, and why it cannot be relied on."""
    score = dossier.reliability.score
    return (*((score.reason,) if isinstance(score, Gap) else ()), *dossier.reliability.flags)


def _marks(dossiers: Iterable[Dossier]) -> dict[str, str]:
    """A short mark for each remark that several names share, in the order in which they are first said."""
    said = Counter(remark for dossier in dossiers for remark in dict.fromkeys(_remarks(dossier)))
    common = [remark for remark, times in said.items() if times >= COMMON_FROM]
    return {remark: f"r{place}" for place, remark in enumerate(common, 1)}


def _bare(dossier: Dossier) -> str:
    held = "yes" if dossier.held else "no"
    head = _open(
        "name", ticker=dossier.ticker, company=dossier.name, held=held, weight=_number(dossier.weight)
    )
    return f"{head}</name>"


def _name(dossier: Dossier, snapshot: Snapshot, marks: Mapping[str, str]) -> str:
    head = _open(
        "name",
        ticker=dossier.ticker,
        company=dossier.name,
        held="yes" if dossier.held else "no",
        weight=_number(dossier.weight),
        sector=_known(dossier.sector),
        country=_known(dossier.country),
    )
    own = [remark for remark in _remarks(dossier) if remark not in marks]
    numbers = " ".join(f"{key}={value}" for key, value in _numbers(dossier, snapshot, marks))
    lines = [head, f"<numbers>{numbers}</numbers>"]
    lines += [f"<remark>{_text(remark)}</remark>" for remark in own]
    lines += [f"<coverage>{_text(row)}</coverage>" for row in _coverage(dossier)]
    lines += [_fact(fact) for fact in shown(dossier)]
    return "\n".join([*lines, "</name>"])


def _numbers(dossier: Dossier, snapshot: Snapshot, marks: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Every number of a name, without blanks inside. What is usual for all (the price's day) is left out."""
    quote, grade, consensus = dossier.quote, dossier.reliability, dossier.consensus
    yield "price", f"{_number(quote.price)}{_word(quote.currency)}"
    if quote.day != snapshot.day:
        yield "price_day", quote.day.isoformat()
    yield "consensus", grade.band.value
    for key, value in (
        ("reliability", grade.score),
        ("upside", grade.upside),
        ("adjusted", grade.adjusted_upside),
    ):
        yield key, _number(value)
    if isinstance(consensus, Consensus):
        yield "analysts", _number(consensus.analysts)
        yield "targets", "unknown" if isinstance(consensus.day, Gap) else consensus.day.isoformat()
    if shared := [marks[remark] for remark in _remarks(dossier) if remark in marks]:
        yield "remarks", ",".join(shared)
    if isinstance(dossier.score, UniverseScore):
        yield "score", _number(dossier.score.score)
        yield "rank", str(dossier.score.rank)
    if isinstance(dossier.next_results, date) and dossier.next_results >= snapshot.day:
        yield "results", dossier.next_results.isoformat()
    for measure in dossier.measures:
        yield _word(measure.name), _measure(measure, quote.currency)


def _measure(measure: Measure, currency: str) -> str:
    """Money in billions, with its currency where it is not that of the price."""
    if isinstance(measure.value, Gap) or not is_money(measure):
        return _number(measure.value)
    billions = measure.value / BILLION
    # Four figures tell any two companies apart that differ; nothing is weighed finer.
    rounded = _number(billions.quantize(Decimal(1).scaleb(min(0, billions.adjusted() - 3))))
    return rounded if measure.unit == currency else f"{rounded}{_word(measure.unit)}"


def _coverage(dossier: Dossier) -> Iterable[str]:
    """What could not be read in full, and that there is no official source where there is none."""
    rows = dossier.coverage
    if official_reach(rows) is State.NONE:
        yield "official none"
    for row in rows:
        if row.state not in {State.OK, State.EMPTY, State.NONE}:
            why = "" if isinstance(row.reason, Gap) else f": {row.reason}"
            yield f"{row.source} ({row.source_class.value}) {row.state.value}{why}"


def _fact(fact: Fact) -> str:
    quoted = fact.excerpt if isinstance(fact.excerpt, Excerpt) else None
    tags = (*fact.tags, "made") if quoted is not None and quoted.made else fact.tags
    head = _open(
        "fact",
        id=fact.id,
        date=fact.day.isoformat(),
        severity=fact.severity.value,
        authority=fact.authority.value,
        source=fact.source,
        **({"event": fact.event.value} if fact.event is not Event.OTHER else {}),
        **({"tags": " ".join(tags)} if tags else {}),
    )
    said = _text(fact.title) if quoted is None else _text(quoted.text, EXCERPT_LIMIT)
    return f"{head}{said}</fact>"


def _open(tag: str, **attributes: str) -> str:
    return f"<{tag}{''.join([f' {key}={_quoted(value)}' for key, value in attributes.items()])}>"


def _quoted(value: str) -> str:
    return f'"{_text(value)}"'


def _lines(text: str) -> str:
    return "\n".join(_text(line, len(line)) for line in text.splitlines())


def _text(text: str, limit: int = LIMIT) -> str:
    """Cleaned, and unable to close a tag or an attribute (they stand in double quotes: apostrophes stay)."""
    line = clean(text, limit)
    # Few values hold a sign of markup: looking first is three times as fast.
    return line.translate(MARKUP) if SIGNS.search(line) else line


@lru_cache(maxsize=1024)
def _word(text: str) -> str:
    """A word of a source inside the line of numbers: it must not look like two."""
    return _text(text).replace(" ", "_").replace("=", "_")


def _known(value: str | Gap) -> str:
    return "unknown" if isinstance(value, Gap) else value


def _number(value: Decimal | int | Gap) -> str:
    """Plain notation without trailing zeros: 6.10 and 6.1 are the same number and must be the same bytes."""
    if isinstance(value, Gap):
        return "unknown"
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
