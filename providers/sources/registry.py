"""Every source of official filings, one row each. The run, the trusted addresses, the pacing, `doctor`,
`/status` and `docs/sources.md` go by this list; adding a source is a folder, a row here, a row in the
settings and its `.env.example` line.
"""

from typing import Final

from providers.sources.dk_oam.client import Finanstilsynet
from providers.sources.es_cnmv.client import Cnmv
from providers.sources.eu_xbrl.client import AnnualFigures
from providers.sources.fi_oam.client import Helsinki
from providers.sources.fr_bdif.client import Bdif
from providers.sources.info_financiere.client import InfoFinanciere
from providers.sources.it_oneinfo.client import OneInfo
from providers.sources.jp_edinet.client import Edinet
from providers.sources.kr_dart.client import Dart
from providers.sources.nl_afm.client import Afm
from providers.sources.no_newsweb.client import NewsWeb
from providers.sources.se_insyn.client import Insyn
from providers.sources.sec.check import check as check_sec
from providers.sources.sec.client import Edgar
from providers.sources.shape import Source
from providers.sources.uk_nsm.client import Nsm

ROWS: Final[tuple[Source, ...]] = (
    Source(terms=Edgar.terms, build=Edgar, check=check_sec),
    Source(terms=InfoFinanciere.terms, build=InfoFinanciere),
    Source(terms=Nsm.terms, build=Nsm),
    Source(terms=NewsWeb.terms, build=NewsWeb),
    Source(terms=Finanstilsynet.terms, build=Finanstilsynet),
    Source(terms=Helsinki.terms, build=Helsinki),
    Source(terms=OneInfo.terms, build=OneInfo),
    Source(terms=Cnmv.terms, build=Cnmv),
    Source(terms=Afm.terms, build=Afm),
    Source(terms=Insyn.terms, build=Insyn),
    Source(terms=Edinet.terms, build=Edinet),
    Source(terms=Dart.terms, build=Dart),
    Source(terms=AnnualFigures.terms, build=AnnualFigures),
    Source(terms=Bdif.terms, build=Bdif),
)
