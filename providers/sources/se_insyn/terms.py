"""On what terms Insynsregistret may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="se_insyn",
    name="Insynsregistret",
    country="SE",
    reads="dealings of managers of Swedish issuers, each with shares and price",
    home="https://marknadssok.fi.se/publiceringsklient/sv-SE/Search/Start/Insyn",
    licence="no terms for programs were found; the register offers its content as a file",
    checked=None,
    per_second=0.5,
    rate="none is named; one request in two seconds",
    welcome=False,
    why="Finansinspektionen offers the search as a file but says nothing of programs that was found",
    seen="a file of 2018 recorded; the words of the question are second-hand",
)
