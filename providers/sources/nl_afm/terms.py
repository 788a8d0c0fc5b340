"""On what terms AFM may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="nl_afm",
    name="AFM",
    country="NL",
    reads="financial reports that issuers filed with the AFM: kind, year and day",
    home="https://www.afm.nl/en/sector/registers",
    licence="no terms for programs were found; the register offers its content as a file",
    checked=None,
    per_second=0.2,
    rate="none is named; the whole register is one file, asked for once a day",
    welcome=False,
    why="the AFM offers the register as a file but says nothing of programs that was found",
    seen="a part of the file recorded in 2026",
)
