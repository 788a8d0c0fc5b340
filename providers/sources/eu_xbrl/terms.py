"""On what terms filings.xbrl.org may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="eu_xbrl",
    name="filings.xbrl.org",
    country="EU",
    reads="annual reports of EU and UK issuers as tagged figures",
    home="https://filings.xbrl.org",
    licence="https://filings.xbrl.org (a documented interface of XBRL International; its terms were not read)",
    checked=None,
    per_second=1.0,
    rate="none is named; one request at a time",
    welcome=False,
    why="a documented interface of an association, no authority: its terms were not read, and it holds no complete collection",
    seen="a list and one report recorded in 2026",
)
