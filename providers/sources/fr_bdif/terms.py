"""On what terms AMF BDIF may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="fr_bdif",
    name="AMF BDIF",
    country="FR",
    reads="public offers and their preliminaries on French issuers",
    home="https://bdif.amf-france.org",
    licence="no terms for programs were found",
    checked=None,
    per_second=0.5,
    rate="none is named; one request in two seconds",
    welcome=False,
    why="the AMF documents no programming interface for this base, so whether programs are welcome is not clear",
    seen="one page of offers recorded in May 2026",
)
