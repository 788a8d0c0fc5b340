"""On what terms DART may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="kr_dart",
    name="DART",
    country="KR",
    reads="disclosures of Korean issuers: title and day",
    home="https://englishdart.fss.or.kr",
    licence="https://opendart.fss.or.kr (a documented interface with a free key; its terms were not read)",
    checked=None,
    per_second=1.0,
    rate="20,000 requests a day are said to be allowed; one a second",
    welcome=False,
    why="a documented interface for programs with a free key, but its terms were not read",
    seen="one list recorded, of 2024",
    needs=("dart_key",),
)
