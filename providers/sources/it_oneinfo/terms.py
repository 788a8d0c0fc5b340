"""On what terms 1INFO may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="it_oneinfo",
    name="1INFO",
    country="IT",
    reads="documents and announcements of Italian issuers: title and category",
    home="https://www.1info.it",
    licence="no terms for programs were found",
    checked=None,
    per_second=1.0,
    rate="none is named; one request at a time",
    welcome=False,
    why="Computershare documents no programming interface for 1INFO, so whether programs are welcome is not clear",
    seen="companies and documents recorded in 2026; the body of the question is second-hand",
)
