"""How `doctor` asks the CNMV: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.es_cnmv.client import Cnmv
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="IBE.MC", name="Iberdrola, S.A.", isin="ES0144580Y14", country="ES")
check = asked_about(Cnmv, STAND_IN)
