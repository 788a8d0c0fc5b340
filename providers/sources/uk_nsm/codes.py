"""The kinds of the National Storage Mechanism, by its codes where they were seen and by its words."""

from typing import Final

from core.facts.events import Event, Severity
from core.facts.filing import Reported
from providers.sources.directive import KINDS
from providers.sources.kinds import translate

# type_code → event, weight, label, whether it comes by the dozen. Codes as they stand in recorded answers.
CODES: Final = {
    "POS": (Event.BUYBACK, Severity.G1, "transaction in own shares", True),
    "DSH": (Event.INSIDER, Severity.G1, "managers' dealings", True),
    "ACS": (Event.RESULTS, Severity.G2, "annual report", False),
    "RAG": (Event.MEETING, Severity.G1, "result of the general meeting", False),
    "ADM": (Event.OTHER, Severity.G1, "admission to trading", True),
}


def translated(code: str, kind: str, headline: str) -> tuple[Reported, str]:
    """What an announcement reports, and its series; a code that was never seen goes by its words."""
    row = CODES.get(code)
    if row is None:
        return translate(KINDS, kind, headline)
    event, weight, label, weekly = row
    return Reported(event=event, label=label, code=code, weight=weight), label if weekly else ""
