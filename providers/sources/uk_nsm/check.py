"""How `doctor` asks the National Storage Mechanism: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.shape import asked_about
from providers.sources.uk_nsm.client import Nsm

STAND_IN = Subject(ticker="TSCO.L", name="Tesco PLC", isin="GB00BLGZ9862", country="GB")
check = asked_about(Nsm, STAND_IN)
