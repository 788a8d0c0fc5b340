"""Words of Italian titles in the house's events.

The recorded category (1.1) stands on yearly documents of every sort, so it says nothing and titles decide.
"""

from typing import Final

from core.facts.events import Event, Severity
from providers.sources.directive import KINDS as DIRECTIVE
from providers.sources.kinds import Kind, kind

KINDS: Final[tuple[Kind, ...]] = (
    kind(
        Event.MEETING, Severity.G1, "general meeting",
        r"verbale (?:di |dell[’'])?assemblea",
        r"avviso di convocazione",
        r"assemblea (?:ordinaria|straordinaria|degli azionisti)",
        r"relazione sulla remunerazione",
        r"governo societario",
        reason="yearly and routine",
        example="Verbale Assemblea 2026 (1^ parte)",
        counter="Assemblaggio in Polonia",
    ),
    kind(
        Event.BUYBACK, Severity.G1, "own shares",
        r"azioni proprie",
        r"buy ?back",
        reason="weekly and routine",
        example="Acquisto di azioni proprie: informativa periodica",
        counter="Azioni di responsabilità",
        weekly=True,
    ),
    kind(
        Event.INSIDER, Severity.G1, "managers' dealings",
        r"internal dealing",
        reason="routine",
        example="Comunicazione internal dealing",
        counter="Dealing room",
        weekly=True,
    ),
    kind(
        Event.OTHER, Severity.G1, "voting rights and capital",
        r"capitale sociale",
        r"diritti di voto",
        reason="routine figures of the capital",
        example="Variazione del capitale sociale",
        counter="Capitale umano",
        weekly=True,
    ),
    kind(
        Event.RESULTS, Severity.G2, "annual report",
        r"relazione finanziaria annuale",
        r"bilancio (?:di esercizio|consolidato)",
        r"progetto di bilancio",
        reason="audited accounts and risks",
        example="Relazione finanziaria annuale 2025 - ESEF",
        counter="Bilancio di sostenibilità del fornitore",
    ),
    kind(
        Event.RESULTS, Severity.G2, "half-year or quarterly figures",
        r"relazione (?:finanziaria )?semestrale",
        r"resoconto intermedio",
        r"risultati del (?:primo|secondo|terzo|quarto) trimestre",
        reason="figures of the period",
        example="Resoconto intermedio di gestione al 31 marzo 2026",
        counter="Relazioni industriali",
    ),
    kind(
        Event.BID_RECEIVED, Severity.G3, "public offer",
        r"offerta pubblica di (?:acquisto|scambio)",
        r"\bOPA\b",
        reason="who owns what changes",
        example="Offerta pubblica di acquisto volontaria",
        counter="Offerta di lavoro",
    ),
    *DIRECTIVE,
)  # fmt: skip
