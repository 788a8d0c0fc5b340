"""Every source of official filings, one row each. The run, the trusted addresses, the pacing, `doctor`, `/status` and
`docs/sources.md` go by this list; adding a source is a folder, a row here, a row in the settings and its `.env.example` line.
"""

from typing import Final

from providers.sources.info_financiere import check as info_financiere_check
from providers.sources.info_financiere import client as info_financiere
from providers.sources.info_financiere.terms import TERMS as INFO_FINANCIERE
from providers.sources.sec import check as sec_check
from providers.sources.sec import client as sec
from providers.sources.sec.terms import TERMS as SEC
from providers.sources.sec.terms import explain
from providers.sources.shape import Source

ROWS: Final[tuple[Source, ...]] = (
    Source(
        terms=SEC,
        addresses=("sec_base_url", "sec_data_url"),
        build=sec.Edgar,
        check=sec_check.check,
        refusal=explain,
    ),
    Source(
        terms=INFO_FINANCIERE,
        addresses=("info_financiere_url",),
        build=info_financiere.InfoFinanciere,
        check=info_financiere_check.check,
    ),
)
