"""A filing's grade: the highest of its items or its form, changed by what its text states. Every grade names its row.

Promise: without a text the code decides and the fact is tagged `text-not-read` where a text could have changed it.
Decision on a removal from an exchange (25, 25-NSE): G3 as in the reference's table unless something says otherwise. Its
text may name a class that is not the shares (G1), the new exchange's registration may stand in the same days (G1), or,
where the text could not be read, the issuer may report as before two months later without any warning of a delisting (G1).
Most recorded 25-NSE are about notes that mature, so a G3 without a text is false more often than true: over all recorded
lists that is half a false G3 a month for 30 names, of five allowed, and the adapter reads the text whenever it can be
had. The other way, a list alone cannot tell the one removal that ends a holding from the many that do not.
"""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.facts.fact import Filing, Severity
from core.facts.grade import Grade, TextRow, heaviest
from core.facts.regulated import grade_regulated, is_regulated
from core.facts.sec_forms import Form, base_form, form_of, is_amendment
from core.facts.sec_items import BY_CODE, item_of
from core.facts.sec_texts import LOWERING, RAISING

# 60,000: the longest recorded 8-K body without exhibits has 52,000 characters.
_TEXT_READ: Final = 60_000

# A heading, not a reference to an item ("furnished under Item 2.02 of Form 8-K", "Item 404(a) of Regulation S-K").
_ITEM_HEAD = re.compile(
    r"\bItems?\s*(\d{1,2}(?:\.\d{2})?+)\b(?!\()[.:\s–—-](?!\s*(?:of|above|below|and|or|shall|is|are|hereof|in|by|to|has|have|was|,)\b)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")

_EXCERPT: Final = 180
# From this many characters on, a beginning that agrees with the item's title is the title.
_TITLE_KNOWN: Final = 20
_EDGES: Final = " .:;–—-"
# A full stop after a word of two letters or more, not after "Mr." or an initial.
_SENTENCE_END = re.compile(
    r"(?<=[a-z0-9%)][a-z0-9%)])(?<!Mr)(?<!Ms)(?<!Dr)(?<!Mrs)(?<!Inc)(?<!No)[.] +(?=[A-Z“\"(])"
)

# What speaks for a real removal of the shares, within `_NEAR` of the form.
_REMOVAL_ITEMS: Final = frozenset({"1.03", "3.01", "5.01"})
_REMOVAL_EVENTS: Final = frozenset({"deregistration", "going private"})
_NEAR: Final = timedelta(days=45)
# A note that matured leaves an issuer that reports each quarter as before. An issuer whose shares left stops reporting, or
# was warned by the exchange (item 3.01) up to a year before.
_PERIODIC: Final = frozenset({"10-K", "10-Q", "20-F", "40-F"})
_LATER: Final = timedelta(days=60)
_WARNED: Final = timedelta(days=400)
# A move: the new exchange's registration stands within days of the issuer's own removal.
_SAME_DAYS: Final = timedelta(days=10)
_MOVES: Final = "moves to another exchange"  # a row of LOWERING
_NO_MOVE_ITEMS: Final = frozenset({"1.03", "5.01"})

_SHARES: Final = re.compile(
    r"\b(?:common (?:stock|shares?)|ordinary shares?|class [A-C] (?:common|ordinary)|shares of beneficial interest)\b",
    re.I,
)
# Depositary shares stand for the shares of a foreign issuer, or for a fraction of a preferred one.
_DEPOSITARY: Final = re.compile(r"\bdepositary (?:shares|receipts)\b", re.I)
_PREFERRED: Final = re.compile(r"\bprefer(?:red|ence)\b", re.I)
_NOT_SHARES: Final = re.compile(
    r"\b(?:notes?|debentures?|bonds?|warrants?|units?|preferred|preference|rights)\b|\d(?:\.\d+)?\s?%", re.I
)
# What a warrant or a convertible note may become is not what leaves the exchange.
_CLAIM: Final = re.compile(
    r"\b(?:exercisable|convertible|exchangeable|to purchase)\b.{0,120}?\b(?:stock|shares?)\b(?: of (?:\S+ ){0,5}?(?:stock|shares?)\b)?",
    re.I,
)


def needs_text(form: str, items: tuple[str, ...]) -> bool:
    """Whether the document's text can change the grade, or must explain a G3, so that it is worth a request."""
    row = form_of(form)
    if row.role in ("text", "removal"):
        return True
    # A G3 item keeps its grade, but its sentence is what a reader wants to see.
    return row.role == "items" and any(
        item.from_text or item.severity is Severity.G3 for item in (item_of(code) for code in items)
    )


def grade_filing(filing: Filing, siblings: tuple[Filing, ...] = ()) -> Grade:
    """The grade of one filing. `siblings` are the same name's other filings, read only for removals from an exchange."""
    if is_regulated(filing.form):
        return grade_regulated(filing)
    form = form_of(filing.form)
    text = _BLANKS.sub(" ", filing.text[:_TEXT_READ]) if isinstance(filing.text, str) else None
    if form.role == "items":
        grade = _by_items(filing, form, text, siblings)
    elif form.role == "removal":
        grade = _removal(filing, form, text, siblings)
    elif form.role == "text":
        grade = _by_text(form, base_form(filing.form), form.severity, form.event, form.label, text)
    elif filing.about_other and form.about_other is not None:
        label = f"{form.label}, filed by the name about another company"
        grade = Grade(
            severity=form.about_other, row=f"form {form.form} (about another)", event=form.event, label=label
        )
    else:
        grade = Grade(severity=form.severity, row=f"form {form.form}", event=form.event, label=form.label)
    tags = ("amendment", *grade.tags) if is_amendment(filing.form) else grade.tags
    return replace(grade, tags=tags)


def sections(text: str) -> dict[str, str]:
    """The text by item code, headings cut off; a code that occurs twice keeps both parts. {} when none is found."""
    heads = [
        (head.start(), head.end(), item_of(head[1]).code)
        for head in _ITEM_HEAD.finditer(text)
        if item_of(head[1]).code in BY_CODE
    ]
    found: dict[str, str] = {}
    for index, (_, end, code) in enumerate(heads):
        stop = heads[index + 1][0] if index + 1 < len(heads) else len(text)
        found[code] = f"{found.get(code, '')} {_without_title(text[end:stop], code)}".strip()
    return found


def _without_title(part: str, code: str) -> str:
    # The titles speak of departures and delistings themselves: they must not feed the rows.
    folded = part.lstrip(_EDGES).rstrip()
    title = item_of(code).title
    same = next(
        (
            place
            for place, (one, other) in enumerate(zip(folded, title, strict=False))
            if _plain(one) != _plain(other)
        ),
        min(len(folded), len(title)),
    )
    if same >= _TITLE_KNOWN or same == len(title):  # some filers write half of a long title: cut what agrees
        folded = folded[same:].lstrip(_EDGES).rstrip()
    # Older filings use other titles: a first sentence in which nearly every long word has a capital is one.
    first, stop, rest = folded.partition(". ")
    long = [word for word in first.split() if len(word) > 3]
    if (
        stop
        and long
        and len(first) < 2 * _EXCERPT
        and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
    ):
        return rest.lstrip(_EDGES).rstrip()
    return folded


def _plain(character: str) -> str:
    return "'" if character == "’" else character.lower()


def _by_items(filing: Filing, form: Form, text: str | None, siblings: tuple[Filing, ...]) -> Grade:
    parts = sections(text) if text is not None else {}
    grades = []
    for item in (item_of(code) for code in filing.items):
        if item.severity is None:
            continue
        if item.code == "3.01" and text is None and _moves_exchange(filing, siblings):
            grades.append(_moved(f"8-K item {item.code}: with 8-A12B", "text-not-read"))
            continue
        if item.from_text:
            read = parts.get(item.code, text)
            grades.append(_by_text(form, item.code, item.severity, item.event, item.title, read))
        else:
            said = excerpt(parts[item.code]) if item.code in parts else ""
            row = f"8-K item {item.code}"
            grades.append(
                Grade(severity=item.severity, row=row, event=item.event, label=item.title, excerpt=said)
            )
    # The form's own weight stands last: between equals the item says more.
    return heaviest((*grades, _floor(form)))


def _floor(form: Form) -> Grade:
    return Grade(severity=form.severity, row=f"form {form.form}", event=form.event, label=form.label)


def _by_text(form: Form, where: str, severity: Severity, event: str, label: str, text: str | None) -> Grade:
    row = f"8-K item {where}" if form.role == "items" else f"form {where}"
    if text is None:
        return Grade(severity=severity, row=row, event=event, label=label, tags=("text-not-read",))
    plain = Grade(severity=severity, row=row, event=event, label=label, excerpt=excerpt(text))
    raised = tuple(_graded(rule, row, text) for rule in RAISING if where in rule.where and rule.finds(text))
    if raised and (heavy := heaviest((plain, *raised))) is not plain:
        return heavy
    for rule in LOWERING:
        if where in rule.where and rule.finds(text):
            return _graded(rule, row, text)
    return plain


def _graded(rule: TextRow, row: str, text: str) -> Grade:
    found = rule.pattern.search(text)
    said = excerpt(text, found.start() if found else 0)
    return Grade(
        severity=rule.severity, row=f"{row}: {rule.label}", event=rule.event, label=rule.label, excerpt=said
    )


def excerpt(text: str, place: int = 0) -> str:
    """The sentence of `text` around `place`, at most `_EXCERPT` characters, so that a reader can check the grade."""
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(text))]
    start = max(end for end in ends if end <= place)
    if place - start > _EXCERPT // 2:  # a cover sheet has no full stops: begin at a word shortly before
        start = text.find(" ", place - _EXCERPT // 3) + 1
    said = text[start : start + 4 * _EXCERPT]
    stop = _SENTENCE_END.search(said, min(len(said), max(40, place - start)))
    said = (said[: stop.start() + 1] if stop else said).strip()
    return said if len(said) <= _EXCERPT else f"{said[:_EXCERPT].rsplit(' ', 1)[0]}…"


def _removal(filing: Filing, form: Form, text: str | None, siblings: tuple[Filing, ...]) -> Grade:
    row = f"form {form.form}"
    if text is not None:
        if _names_shares(text):
            if _says(text, _MOVES):
                return _moved(f"{row}: moves")
            return Grade(
                severity=Severity.G3,
                row=f"{row}: shares",
                event="delisting",
                label="the shares leave the exchange",
            )
        if _NOT_SHARES.search(text):
            label = "a note or another class leaves the exchange"
            return Grade(severity=Severity.G1, row=f"{row}: not the shares", event="removal", label=label)
    if _moves_exchange(filing, siblings):
        return _moved(f"{row}: with 8-A12B", "text-not-read")
    near = [one for one in siblings if abs(one.filed - filing.filed) <= _NEAR]
    if any(_says(one.text, _MOVES) for one in near if "3.01" in one.items and isinstance(one.text, str)):
        return _moved(f"{row}: with item 3.01")
    if any(_speaks_of_removal(one) for one in near):
        return Grade(severity=Severity.G3, row=f"{row}: with item 3.01", event="delisting", label=form.label)
    if text is None and _went_on_reporting(filing, siblings):
        return Grade(
            severity=Severity.G1,
            row=f"{row}: went on reporting",
            event="removal",
            label="a removal by the exchange; months later the issuer still reports, so it was another class",
            tags=("text-not-read",),
        )
    label = (
        f"{form.label}; its text does not say which class"
        if text
        else f"{form.label}; which class is not known"
    )
    tags = () if text else ("text-not-read",)
    return Grade(severity=Severity.G3, row=row, event="removal", label=label, tags=tags)


def _went_on_reporting(filing: Filing, siblings: tuple[Filing, ...]) -> bool:
    """Whether a periodic report long after the removal, and no word of a delisting before it, speak for another class."""
    warned = any(
        timedelta(0) <= filing.filed - one.filed <= _WARNED and _speaks_of_removal(one) for one in siblings
    )
    reports = (one for one in siblings if base_form(one.form) in _PERIODIC)
    return not warned and any(one.filed - filing.filed >= _LATER for one in reports)


def _moved(row: str, *tags: str) -> Grade:
    label = "the shares move to another exchange"
    return Grade(severity=Severity.G1, row=row, event="listing", label=label, tags=tags)


def _moves_exchange(filing: Filing, siblings: tuple[Filing, ...]) -> bool:
    near = [one for one in (filing, *siblings) if abs(one.filed - filing.filed) <= _NEAR]
    if any(
        item_of(code).code in _NO_MOVE_ITEMS
        for one in near
        for code in one.items
        if form_of(one.form).role == "items"
    ):
        return False
    removed = [one.filed for one in near if base_form(one.form) == "25"]
    registered = [one.filed for one in near if base_form(one.form) == "8-A12B"]
    return any(abs(one - other) <= _SAME_DAYS for one in removed for other in registered)


def _names_shares(text: str) -> bool:
    left = _CLAIM.sub(" ", text)
    return bool(_SHARES.search(left) or (_DEPOSITARY.search(left) and not _PREFERRED.search(left)))


def _says(text: str, label: str) -> bool:
    return any(rule.label == label and rule.finds(_BLANKS.sub(" ", text[:_TEXT_READ])) for rule in LOWERING)


def _speaks_of_removal(filing: Filing) -> bool:
    form = form_of(filing.form)
    if form.role == "items":
        named = any(item_of(code).code in _REMOVAL_ITEMS for code in filing.items)
        return named and grade_filing(filing).severity is Severity.G3
    return form.event in _REMOVAL_EVENTS or (form.event == "tender offer" and not filing.about_other)
