"""On what terms Finanstilsynet OAM may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="dk_oam",
    name="Finanstilsynet OAM",
    country="DK",
    reads="announcements of Danish issuers: headline and category",
    home="https://oam.finanstilsynet.dk",
    licence="no terms for programs were found",
    checked=None,
    per_second=1.0,
    rate="none is named; one request at a time",
    welcome=False,
    why="Finanstilsynet documents no programming interface for this store, so whether programs are welcome is not clear",
    seen="list, issuers and one notice recorded in 2026; the body of the question is second-hand",
)
