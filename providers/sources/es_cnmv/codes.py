"""The CNMV's headings of inside information, Spanish, in the house's events. What no row knows is open: its words decide."""

from typing import Final

from core.facts.events import Event, Severity
from providers.sources.kinds import Kind, kind

KINDS: Final[tuple[Kind, ...]] = (
    kind(
        Event.INSOLVENCY, Severity.G3, "insolvency",
        r"situaciones? concursal",
        r"concurso de acreedores",
        reason="the equity is impaired",
        example="Sobre situaciones concursales",
        counter="Concurso público adjudicado",
    ),
    kind(
        Event.BID_RECEIVED, Severity.G3, "public offer",
        r"ofertas? públicas? de adquisición",
        r"\bOPAs?\b",
        reason="who owns what changes",
        example="Sobre ofertas públicas de adquisición de acciones",
        counter="Oferta pública de venta de energía",
    ),
    kind(
        Event.GUIDANCE, Severity.G2, "plans and forecasts",
        r"planes estratégicos y previsiones",
        reason="what the company holds its future to be",
        example="Sobre planes estratégicos y previsiones",
        counter="Planes de pensiones",
        titled=True,
    ),
    kind(
        Event.LISTING_DANGER, Severity.G2, "trading suspended, resumed or ended",
        r"suspensiones, levantamientos y exclusiones",
        reason="often for hours before news; an exclusion says so in its words",
        example="Sobre suspensiones, levantamientos y exclusiones de negociación",
        counter="Suspensión de un proyecto",
        titled=True,
    ),
    kind(
        Event.RESULTS, Severity.G2, "results",
        r"sobre resultados",
        r"resultados (?:anuales|trimestrales|semestrales)",
        reason="figures of the period",
        example="Sobre resultados",
        counter="Resultado de la votación",
    ),
    kind(
        Event.BUYBACK, Severity.G1, "own shares",
        r"recompra de acciones",
        r"acciones propias",
        reason="routine",
        example="Programas de recompra de acciones, estabilización y autocartera",
        counter="Compra de acciones de un tercero",
        weekly=True,
    ),
    kind(
        Event.DIVIDEND, Severity.G1, "dividend",
        r"dividendos?\b",
        reason="routine unless it is cut, which the text says",
        example="Información sobre dividendos",
        counter="Dividir la empresa",
        titled=True,
    ),
    kind(
        Event.CAPITAL_RAISED, Severity.G2, "capital",
        r"aumentos? (?:y reducciones )?de(?:l)? capital",
        reason="what a share is a part of changes",
        example="Sobre aumentos y reducciones del capital social",
        counter="Capital humano",
    ),
)  # fmt: skip
