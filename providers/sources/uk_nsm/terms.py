"""On what terms FCA National Storage Mechanism may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="uk_nsm",
    name="FCA National Storage Mechanism",
    country="GB",
    reads="regulated announcements of issuers on UK markets, by LEI, with the announcement's text",
    home="https://data.fca.org.uk/#/nsm/nationalstoragemechanism",
    licence="no terms for programs were found; the search behind the public page is undocumented",
    checked=None,
    per_second=1.0,
    rate="none is named; one request at a time",
    welcome=False,
    why="the FCA documents no programming interface for this store, so whether programs are welcome is not clear",
    seen="answers and two announcements recorded in 2026; the body of the question is second-hand",
    hosts=("https://data.fca.org.uk",),
)
