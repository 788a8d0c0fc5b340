"""On what terms NewsWeb may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="no_newsweb",
    name="NewsWeb",
    country="NO",
    reads="announcements of issuers on Oslo Børs, with their text",
    home="https://newsweb.oslobors.no",
    licence="no terms for programs were found",
    checked=None,
    per_second=1.0,
    rate="none is named; one request at a time",
    welcome=False,
    why="Euronext documents no programming interface for NewsWeb, so whether programs are welcome is not clear",
    seen="list, issuers and message recorded in 2026 (rows of 2024)",
)
