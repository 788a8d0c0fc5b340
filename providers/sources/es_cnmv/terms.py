"""On what terms CNMV may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="es_cnmv",
    name="CNMV",
    country="ES",
    reads="inside information of Spanish issuers: heading and title",
    home="https://www.cnmv.es",
    licence="no terms for programs were found",
    checked=None,
    per_second=0.5,
    rate="none is named; one request in two seconds",
    welcome=False,
    why="the register is a page for people, so whether programs are welcome is not clear",
    seen="list of one issuer recorded in 2026; never seen live by this program",
)
