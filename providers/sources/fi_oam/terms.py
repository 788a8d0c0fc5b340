"""On what terms Nasdaq Helsinki OAM may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="fi_oam",
    name="Nasdaq Helsinki OAM",
    country="FI",
    reads="announcements of Finnish issuers, with the text of the notice",
    home="https://www.oam.fi",
    licence="no terms for programs were found",
    checked=None,
    per_second=1.0,
    rate="none is named; one request at a time",
    welcome=False,
    why="the store is a page for people, so whether programs are welcome is not clear",
    seen="start page, list and one notice recorded in 2026; never seen live by this program",
)
