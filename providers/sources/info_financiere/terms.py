"""On what terms Info-financière may be read."""

from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="info_financiere",
    name="Info-financière",
    country="FR",
    reads="regulated information of French issuers, by ISIN: title, kind and link",
    home="https://www.info-financiere.gouv.fr",
    licence="https://www.data.gouv.fr: open data of the DILA under the Licence Ouverte; the page of this data set was not read",
    checked=None,
    per_second=5.0,
    rate="the portal names none; as for other regulators",
    welcome=True,
    why="an open data portal of the state with a documented API",
    seen="rows recorded in 2026 (of 2009 complete, of 2025 and 2026 in part)",
)
