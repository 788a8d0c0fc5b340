"""Every source of official filings, one row each. The run, the trusted addresses, the pacing, `doctor`, `/status` and
`docs/sources.md` go by this list; adding a source is a folder, a row here, a row in the settings and its `.env.example` line.
"""

from typing import Final

from providers.sources.dk_oam.check import check as check_dk_oam
from providers.sources.dk_oam.client import Finanstilsynet
from providers.sources.dk_oam.terms import TERMS as DK_OAM
from providers.sources.es_cnmv.check import check as check_es_cnmv
from providers.sources.es_cnmv.client import Cnmv
from providers.sources.es_cnmv.terms import TERMS as ES_CNMV
from providers.sources.eu_xbrl.check import check as check_eu_xbrl
from providers.sources.eu_xbrl.client import AnnualFigures
from providers.sources.eu_xbrl.terms import TERMS as EU_XBRL
from providers.sources.fi_oam.check import check as check_fi_oam
from providers.sources.fi_oam.client import Helsinki
from providers.sources.fi_oam.terms import TERMS as FI_OAM
from providers.sources.fr_bdif.check import check as check_fr_bdif
from providers.sources.fr_bdif.client import Bdif
from providers.sources.fr_bdif.terms import TERMS as FR_BDIF
from providers.sources.info_financiere.check import check as check_info_financiere
from providers.sources.info_financiere.client import InfoFinanciere
from providers.sources.info_financiere.terms import TERMS as INFO_FINANCIERE
from providers.sources.it_oneinfo.check import check as check_it_oneinfo
from providers.sources.it_oneinfo.client import OneInfo
from providers.sources.it_oneinfo.terms import TERMS as IT_ONEINFO
from providers.sources.jp_edinet.check import check as check_jp_edinet
from providers.sources.jp_edinet.client import Edinet
from providers.sources.jp_edinet.terms import TERMS as JP_EDINET
from providers.sources.kr_dart.check import check as check_kr_dart
from providers.sources.kr_dart.client import Dart
from providers.sources.kr_dart.terms import TERMS as KR_DART
from providers.sources.nl_afm.check import check as check_nl_afm
from providers.sources.nl_afm.client import Afm
from providers.sources.nl_afm.terms import TERMS as NL_AFM
from providers.sources.no_newsweb.check import check as check_no_newsweb
from providers.sources.no_newsweb.client import NewsWeb
from providers.sources.no_newsweb.terms import TERMS as NO_NEWSWEB
from providers.sources.se_insyn.check import check as check_se_insyn
from providers.sources.se_insyn.client import Insyn
from providers.sources.se_insyn.terms import TERMS as SE_INSYN
from providers.sources.sec.check import check as check_sec
from providers.sources.sec.client import Edgar
from providers.sources.sec.terms import TERMS as SEC
from providers.sources.sec.terms import explain
from providers.sources.shape import Source
from providers.sources.uk_nsm.check import check as check_uk_nsm
from providers.sources.uk_nsm.client import Nsm
from providers.sources.uk_nsm.terms import TERMS as UK_NSM

# fmt: off
ROWS: Final[tuple[Source, ...]] = (
    Source(terms=SEC, addresses=("sec_base_url", "sec_data_url"), build=Edgar, check=check_sec, refusal=explain),
    Source(terms=INFO_FINANCIERE, addresses=("info_financiere_url",), build=InfoFinanciere, check=check_info_financiere),
    Source(terms=UK_NSM, addresses=("uk_nsm_url",), build=Nsm, check=check_uk_nsm),
    Source(terms=NO_NEWSWEB, addresses=("no_newsweb_url",), build=NewsWeb, check=check_no_newsweb),
    Source(terms=DK_OAM, addresses=("dk_oam_url",), build=Finanstilsynet, check=check_dk_oam),
    Source(terms=FI_OAM, addresses=("fi_oam_url",), build=Helsinki, check=check_fi_oam),
    Source(terms=IT_ONEINFO, addresses=("it_oneinfo_url",), build=OneInfo, check=check_it_oneinfo),
    Source(terms=ES_CNMV, addresses=("es_cnmv_url",), build=Cnmv, check=check_es_cnmv),
    Source(terms=NL_AFM, addresses=("nl_afm_url",), build=Afm, check=check_nl_afm),
    Source(terms=SE_INSYN, addresses=("se_insyn_url",), build=Insyn, check=check_se_insyn),
    Source(terms=JP_EDINET, addresses=("jp_edinet_url",), build=Edinet, check=check_jp_edinet),
    Source(terms=KR_DART, addresses=("kr_dart_url",), build=Dart, check=check_kr_dart),
    Source(terms=EU_XBRL, addresses=("eu_xbrl_url",), build=AnnualFigures, check=check_eu_xbrl),
    Source(terms=FR_BDIF, addresses=("fr_bdif_url",), build=Bdif, check=check_fr_bdif),
)
# fmt: on
