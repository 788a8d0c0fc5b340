"""Small filings, stories and subjects for the tests of the facts layer."""

from datetime import UTC, date, datetime
from zlib import crc32

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority, Coverage, Fact, Filing, Gathering, SourceClass, State, Story, Subject
from core.facts.filing import document_of
from core.facts.sift import sift
from providers.sources.sec.codes import filing_of
from providers.sources.sec.submissions import Row

AS_OF = datetime(2026, 4, 24, 20, tzinfo=UTC)


def subject(
    ticker: str = "NVDA", name: str | Gap = "NVIDIA CORP", *aliases: str, isin: str | Gap = NOT_GIVEN
) -> Subject:
    return Subject(ticker=ticker, name=name, isin=isin, country=NOT_GIVEN, aliases=aliases)


def filing(
    form: str = "8-K",
    items: str = "",
    *,
    ticker: str = "NVDA",
    key: str = "0001-26-000001",
    filed: date = date(2026, 4, 20),
    event_day: date | Gap = NOT_GIVEN,
    text: str | Gap = NOT_GIVEN,
    about_other: bool = False,
    source: str = "SEC",
) -> Filing:
    """A filing as EDGAR's codes translate it."""
    row = Row(
        accession=key,
        filed=filed,
        form=form,
        items=tuple(items.split(",")) if items else (),
        event_day=None if isinstance(event_day, Gap) else event_day,
        document="a.htm",
        description="",
        about_other=about_other,
    )
    documents = text if isinstance(text, Gap) else (document_of(form, text),)
    return filing_of(
        row, documents, ticker=ticker, source=source, url=f"https://sec.example/{key}", published=NOT_GIVEN
    )


def story(
    title: str,
    *,
    published: datetime | Gap = datetime(2026, 4, 23, 9, tzinfo=UTC),
    feed: str | Gap = NOT_GIVEN,
    publisher: str = "Reuters",
    authority: Authority = Authority.NEWSWIRE,
    url: str = "",
    key: str = "",
    summary: str = "",
) -> Story:
    return Story(
        source="wire",
        publisher=publisher,
        authority=authority,
        title=title,
        summary=summary,
        url=url or f"https://wire.example/{crc32((title + publisher).encode())}",
        published=published,
        only_for=feed,
        key=key or title + publisher,
    )


def gathering(*items: Filing | Story, read: int | None = None) -> Gathering:
    return Gathering(
        source="everything",
        source_class=SourceClass.NEWSWIRE,
        coverage=(),
        filings=tuple(one for one in items if isinstance(one, Filing)),
        stories=tuple(one for one in items if isinstance(one, Story)),
        read=len(items) if read is None else read,
    )


def facts_of(
    *items: Filing | Story, subjects: tuple[Subject, ...] = (subject(),), ticker: str = "NVDA"
) -> tuple[Fact, ...]:
    return dict(sift((gathering(*items),), subjects, AS_OF).facts)[ticker]


def coverage(source: str, source_class: SourceClass, state: State, reason: str = "because") -> Coverage:
    return Coverage(source=source, source_class=source_class, state=state, reason=reason)
