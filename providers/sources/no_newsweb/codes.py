"""NewsWeb's categories, as it names them in English, and words of Norwegian titles."""

from typing import Final

from core.facts.events import Event, Severity
from providers.sources.directive import KINDS as DIRECTIVE
from providers.sources.kinds import Kind, kind

KINDS: Final[tuple[Kind, ...]] = (
    kind(
        Event.BUYBACK, Severity.G1, "own shares",
        r"tilbakekjøp av egne aksjer",
        r"own shares",
        reason="daily and routine",
        example="ANNEN INFORMASJON Equinor ASA: Tilbakekjøp av egne aksjer",
        counter="Equinor ASA: Aksjer i Var Energi",
        weekly=True,
    ),
    kind(
        Event.INSIDER, Severity.G1, "managers' dealings",
        r"meldepliktig handel",
        r"managers[’'] transaction",
        reason="routine; what they did stands in the text",
        example="Equinor ASA: Meldepliktig handel",
        counter="Equinor ASA: Handel med gass",
        weekly=True,
    ),
    *DIRECTIVE,
)  # fmt: skip
