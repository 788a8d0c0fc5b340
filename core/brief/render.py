"""Snapshot → brief. A pure function of the snapshot and the principles: same inputs, same bytes, nothing else can reach it.

Decisions: names with a G3 fact come first, then by ticker, so that what changes a thesis is read early; facts are nested in
their name (law 3), at most six, in the sieve's rank order; unknown numbers say "unknown" with the reason, never 0. Only
weights leave the house: no amount, share count, account or note is read here. The horizon and all format facts stand here
and in the schema, because the principles hold no number (law 2).
"""

import re
from decimal import Decimal
from html import escape

from core.base.canonical import digest, dumps
from core.base.gap import Gap
from core.brief.model import AskedName, Brief
from core.brief.schema import ballot_schema
from core.facts.cleaning import LIMIT, clean
from core.facts.fact import Fact, Severity
from core.market.quote import Consensus
from core.snapshot.model import Dossier, Snapshot

# More than six facts beside a name crowd out the others (reference: lost in the middle); the rest stay in the dossier.
FACTS_PER_NAME = 6

# What `html.escape` replaces.
_MARKUP = re.compile("[&<>\"']")

TASK = """\
Rule on each of the {count} names above, each exactly once, for a horizon of {horizon} months from {day}.
Answer with one JSON object and nothing else: no text before or after it, no code fence.
For each name, in this order: "ticker"; "facts", the ids of the facts beside that name which your ruling rests on (an \
empty list if none); "reasons_against", short sentences; "reasons_for", short sentences; "stance", one of buy, add, hold, \
lighten, sell, abstain; "target_weight", the weight you would give the name, in percent.
buy and add raise the weight, hold keeps it, lighten and sell lower it; for a name that is not held, lighten and sell are \
impossible.
Then "cash_target_weight", in percent. All target weights and the cash weight together make 100."""


def render(snapshot: Snapshot, principles: str, *, order: tuple[str, ...] | None = None) -> Brief:
    """The question as the model gets it. `order` (every judged ticker once) replaces the order of names for experiments."""
    dossiers = _ordered(snapshot, order)
    head = _open(
        "portfolio",
        as_of=snapshot.day.isoformat(),
        horizon_months=str(snapshot.horizon_months),
        weights="percent of the judged part plus cash",
        cash_weight=_number(snapshot.cash_weight),
    )
    body = "\n".join(_name(dossier) for dossier in dossiers)
    grave = tuple(fact.id for dossier in dossiers for fact in shown(dossier) if fact.severity is Severity.G3)
    task = TASK.format(count=len(dossiers), horizon=snapshot.horizon_months, day=snapshot.day.isoformat())
    index = f"<g3_facts>{' '.join(grave) or 'none'}</g3_facts>"
    user = f"{head}\n{body}\n</portfolio>\n{index}\n<task>\n{task}\n</task>"
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
                fact_ids=tuple(fact.id for fact in shown(dossier)),
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


def _name(dossier: Dossier) -> str:
    lines = [
        _open(
            "name",
            ticker=dossier.ticker,
            company=dossier.name,
            held="yes" if dossier.held else "no",
            weight=_number(dossier.weight),
            sector=_text(dossier.sector),
            country=_text(dossier.country),
        ),
        _closed("numbers", **_numbers(dossier)),
        *(
            _closed("measure", name=measure.name, value=_number(measure.value), unit=measure.unit)
            for measure in dossier.measures
        ),
        *(
            _closed(
                "coverage",
                **{"source": row.source, "class": row.source_class.value, "state": row.state.value},
                **({} if isinstance(row.reason, Gap) else {"reason": row.reason}),
            )
            for row in dossier.coverage
        ),
        *(_fact(fact) for fact in shown(dossier)),
        "</name>",
    ]
    return "\n".join(lines)


def _numbers(dossier: Dossier) -> dict[str, str]:
    quote, grade = dossier.quote, dossier.reliability
    numbers = {
        "price": _number(quote.price),
        "currency": quote.currency,
        "price_day": quote.day.isoformat(),
        "consensus_band": grade.band.value,
        "consensus_score": _number(grade.score),
        "upside_percent": _number(grade.upside),
        "bias_adjusted_upside_percent": _number(grade.adjusted_upside),
    }
    if isinstance(dossier.consensus, Consensus):
        numbers["analysts"] = _number(dossier.consensus.analysts)
        day = dossier.consensus.day
        numbers["targets_day"] = _unknown(day) if isinstance(day, Gap) else day.isoformat()
    if grade.flags:
        numbers["consensus_flags"] = "; ".join(grade.flags)
    return numbers


def _fact(fact: Fact) -> str:
    head = _open(
        "fact",
        id=fact.id,
        date=fact.day.isoformat(),
        authority=fact.authority.value,
        severity=fact.severity.value,
        source=fact.source,
        **({"tags": " ".join(fact.tags)} if fact.tags else {}),
    )
    return f"{head}{_escaped(fact.title)}</fact>"


def _open(tag: str, **attributes: str) -> str:
    return _element(tag, attributes, ">")


def _closed(tag: str, **attributes: str) -> str:
    return _element(tag, attributes, "/>")


def _element(tag: str, attributes: dict[str, str], end: str) -> str:
    # Of the sixty thousand values of a large brief nearly all are harmless: one look at all of an element is twice as fast.
    if not _harmless("|".join(attributes.values())):
        attributes = {key: _escaped(value) for key, value in attributes.items()}
    written = "".join([f' {key}="{value}"' for key, value in attributes.items()])
    return f"<{tag}{written}{end}"


def _harmless(values: str) -> bool:
    """Whether cleaning and escaping would change none of the values between the bars: visible ASCII in single blanks."""
    return (
        len(values) <= LIMIT
        and values.isascii()
        and values.isprintable()
        and not ("&" in values or "<" in values or ">" in values or '"' in values or "'" in values)
        and not ("  " in values or "| " in values or " |" in values)
        and values == values.strip()
    )


def _escaped(text: str) -> str:
    line = clean(text)
    # Few values hold a sign of markup: looking first is three times as fast.
    return escape(line, quote=True) if _MARKUP.search(line) else line


def _text(value: str | Gap) -> str:
    return _unknown(value) if isinstance(value, Gap) else value


def _number(value: Decimal | int | Gap) -> str:
    """Plain notation without trailing zeros: 6.10 and 6.1 are the same number and must be the same bytes."""
    if isinstance(value, Gap):
        return _unknown(value)
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unknown(gap: Gap) -> str:
    return f"unknown: {gap.reason}"
