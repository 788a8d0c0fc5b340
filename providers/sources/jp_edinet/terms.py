"""On what terms EDINET may be read."""

from datetime import date

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="jp_edinet",
    name="EDINET",
    country="JP",
    reads="statutory documents of Japanese issuers: kind, reason and day, and who holds more than five percent",
    home="https://disclosure2.edinet-fsa.go.jp",
    licence="https://disclosure2dl.edinet-fsa.go.jp/guide/static/disclosure/WZEK0030.html (Public Data License 1.0)",
    checked=date(2026, 11, 28),
    per_second=2.0,
    rate="none is named; many requests in a short time are answered with 429",
    welcome=True,
    why="a documented interface with a free key, under an open licence",
    seen="lists of two days recorded in 2025 and 2026",
    needs=("edinet_key",),
)
