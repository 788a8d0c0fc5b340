"""Danish headlines; the store's list names no kinds, so titles decide."""

from typing import Final

from core.facts.events import Event, Severity
from providers.sources.directive import KINDS as DIRECTIVE
from providers.sources.kinds import Kind, kind

KINDS: Final[tuple[Kind, ...]] = (
    *DIRECTIVE,
    kind(
        Event.BUYBACK, Severity.G1, "own shares",
        r"egne aktier",
        r"aktietilbagekøb",
        r"tilbagekøbsprogram",
        reason="daily and routine",
        example="Status på aktietilbagekøb i uge 21",
        counter="Tilbagekaldelse af et produkt",
        weekly=True,
    ),
    kind(
        Event.INSIDER, Severity.G1, "managers' dealings",
        r"ledende medarbejderes",
        r"insideres transaktioner",
        reason="routine",
        example="Indberetning af ledende medarbejderes transaktioner",
        counter="Ny ledende medarbejder",
        weekly=True,
    ),
    kind(
        Event.RESULTS, Severity.G2, "report",
        r"årsrapport",
        r"halvårsrapport",
        r"delårsrapport",
        r"årsregnskab",
        reason="figures of the period",
        example="Årsrapport 2025",
        counter="Årets kampagne",
    ),
    kind(
        Event.MEETING, Severity.G1, "general meeting",
        r"generalforsamling",
        reason="yearly and routine",
        example="Indkaldelse til ordinær generalforsamling",
        counter="Generalagentur i Norge",
    ),
)  # fmt: skip
