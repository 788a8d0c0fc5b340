"""The Finnish store's categories, as it names them in English."""

from typing import Final

from core.facts.events import Event, Severity
from providers.sources.directive import KINDS as DIRECTIVE
from providers.sources.kinds import Kind, kind

KINDS: Final[tuple[Kind, ...]] = (
    *DIRECTIVE,
    kind(
        Event.CAPITAL_RAISED, Severity.G2, "capital",
        r"share issu(?:e|ance)",
        r"capital increase",
        reason="what a share is a part of changes",
        example="Directed share issuance resolved",
        counter="Shares of the market",
    ),
)  # fmt: skip
