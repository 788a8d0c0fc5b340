"""EDGAR's forms, items and documents in the house's words: the one place where the SEC's spelling is read.

What it must deliver stands at the head of `core.facts.filing`. `months_of` says for how long a document can
matter and is therefore worth a request; `filing_of` translates one listed row with what could be read of it.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from core.base.gap import Gap
from core.facts.events import Event, Severity
from core.facts.filing import Change, Document, Field, Filing, Reported, Span
from providers.sources.sec.accounts import AUDITOR, DOUBT, RESULTS, paragraphs
from providers.sources.sec.forms import Form, base_form, form_of, is_amendment
from providers.sources.sec.items import Item, item_of, sections
from providers.sources.sec.structured import dealings, is_the_stock, removed_class, stakes
from providers.sources.sec.submissions import Row

# How long a document of each role is worth reading: as long as the heaviest fact that it can be counts.
_MONTHS: Final = {"text": 12, "removal": 12, "late": 12, "insider": 3, "holder": 12, "accounts": 3}
_WEIGHS: Final = {Severity.G1: 1, Severity.G2: 3, Severity.G3: 12}
# A section that is shorter than this and names another item may say nothing itself.
_POINTER: Final = 900
_POINTS: Final = re.compile(r"\bItems? (\d\.\d\d)\b")
_ELSEWHERE: Final = re.compile(r"\bincorporated\b|\bset forth\b|\bdescribed\b|\bsee\b", re.IGNORECASE)
_WHY_LATE: Final = re.compile(
    r"\bNARRATIVE\b(?:[^\n]*\n)?(?P<why>.{40,6000}?)(?=\bPART IV\b|\bOTHER INFORMATION\b|\Z)", re.DOTALL
)
_EXHIBIT: Final = re.compile(r"\bexhibits? 99|\b(?:press|news|earnings) release\b", re.IGNORECASE)
# Accounts are G2.
ACCOUNTS_MONTHS: Final = _WEIGHS[Severity.G2]


def months_of(form: str, items: tuple[str, ...]) -> int:
    """Months for which the text of such a filing is worth a request; 0 where its form says all."""
    role = form_of(form).role
    if role != "items":
        return _MONTHS.get(role, 0)
    rows = [item for item in (item_of(code) for code in items) if item.weight is not None]
    return max(
        (_WEIGHS[item.weight or Severity.G1] if item.role == "plain" else 12 for item in rows), default=0
    )


def filing_of(
    row: Row,
    documents: tuple[Document, ...] | Gap,
    *,
    ticker: str,
    source: str,
    url: str,
    published: datetime | Gap,
    changes: tuple[Change, ...] = (),
) -> Filing:
    """One row of a company's list in the house's words."""
    form = form_of(row.form)
    series = "insider" if form.role == "insider" else form.form if form.role == "series" else ""
    amends = is_amendment(row.form)
    main = "" if isinstance(documents, Gap) else documents[0].text
    return Filing(
        ticker=ticker,
        source=source,
        key=row.accession,
        form=base_form(row.form),
        filed=row.filed,
        event_day=row.event_day if row.event_day is not None else Gap(gap="the filing names no event day"),
        url=url,
        title=row.description or row.form,
        reports=_reports(row, form, documents),
        documents=documents,
        fields=(*_fields(form, main), *(changes if form.role == "accounts" else ())),
        made=_made(form, main),
        series=f"{series} amended" if series and amends and series != "insider" else series,
        amends=amends,
        about_other=row.about_other,
        published=published,
    )


def _reports(row: Row, form: Form, documents: tuple[Document, ...] | Gap) -> tuple[Reported, ...]:
    if form.role == "items":
        rows = [item for item in (item_of(code) for code in row.items) if item.weight is not None]
        read = () if isinstance(documents, Gap) else documents
        where = sections(read[0].text) if read else {}
        reports = tuple(_reported(item, where, read) for item in rows)
        if reports and form.weight is Severity.G1:
            return reports
        # A successor's own weight stands last: between equals the item says more.
        return (*reports, Reported(event=form.event, label=form.label, weight=form.weight))
    if form.role == "accounts" and not isinstance(documents, Gap):
        return tuple(_accounts(form, documents[0].text))
    if form.role == "removal" and not isinstance(documents, Gap):
        return (_removal(form, documents[0].text),)
    weight = form.about_other if row.about_other else form.weight
    label = f"{form.label}, filed by the name about another company" if row.about_other else form.label
    spans = _narrative(documents) if form.role == "late" and not isinstance(documents, Gap) else ()
    return (Reported(event=form.event, label=label, weight=weight, open=form.role == "text", spans=spans),)


def _accounts(form: Form, text: str) -> Iterator[Reported]:
    """What a periodic report tells: a changed auditor, its results in words, which are only quoted, and doubt
    about going concern, which counts where a row raises it.
    """
    spans: dict[str, tuple[Span, ...]] = {DOUBT: (), AUDITOR: (), RESULTS: ()}
    for kind, begin, end in paragraphs(text):
        spans[kind] += (Span(0, begin, end),)
    if spans[AUDITOR]:
        yield Reported(event=Event.AUDITOR, label="auditor changed", weight=form.weight, spans=spans[AUDITOR])
    # A span of no length where nothing tells of them: the rest of the report is not to be read.
    told = spans[RESULTS] or (Span(0, 0, 0),)
    yield Reported(event=form.event, label=form.label, weight=form.weight, spans=told, quoted=True)
    if spans[DOUBT]:
        yield Reported(event=form.event, label=form.label, weight=form.weight, spans=spans[DOUBT])


def _narrative(documents: tuple[Document, ...]) -> tuple[Span, ...]:
    """The part of a notice of a late report that says why it is late."""
    found = _WHY_LATE.search(documents[0].text)
    return (Span(0, found.start("why"), found.end("why")),) if found else ()


def _reported(
    item: Item, where: dict[str, tuple[tuple[int, int], ...]], read: tuple[Document, ...]
) -> Reported:
    own = where.get(item.code, ())
    spans = [Span(0, start, end) for start, end in own]
    said = " ".join(read[0].text[start:end] for start, end in own)
    # "The information in Item 1.01 is incorporated by reference": what is reported stands there.
    if own and len(said) < _POINTER and (pointed := _POINTS.search(said)) and _ELSEWHERE.search(said):
        spans += [Span(0, start, end) for start, end in where.get(item_of(pointed[1]).code, ())]
    if own and item.role != "plain" and _EXHIBIT.search(said):
        spans += [Span(number, 0, len(one.text)) for number, one in enumerate(read) if number]
    return Reported(
        event=item.event,
        label=item.label,
        code=item.code,
        weight=item.weight,
        open=item.role == "open" or item.code == "1.01",
        spans=tuple(spans),
    )


def _removal(form: Form, text: str) -> Reported:
    """A class that leaves an exchange: the shares, another class, or, where the text does not say which, as
    the form has it.
    """
    stock = is_the_stock(removed_class(text))
    if stock is False:
        label = "a note or another class leaves the exchange"
        return Reported(event=Event.OTHER, label=label, weight=Severity.G1)
    label = "the shares leave the exchange" if stock else f"{form.label}; its text does not say which class"
    return Reported(event=form.event, label=label, weight=form.weight)


def _fields(form: Form, main: str) -> tuple[Field, ...]:
    if form.role == "insider":
        return dealings(main)
    return stakes(main) if form.role == "holder" else ()


def _made(form: Form, main: str) -> str:
    if form.role != "removal" or not main:
        return ""
    described = removed_class(main)
    stock = is_the_stock(described)
    return f"removal of {described}{', not the stock' if stock is False else ''}" if described else ""
