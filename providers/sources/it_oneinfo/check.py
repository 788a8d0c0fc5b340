"""How `doctor` asks 1INFO: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.it_oneinfo.client import OneInfo
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="ENI.MI", name="Eni S.p.A.", isin="IT0003132476", country="IT")
check = asked_about(OneInfo, STAND_IN)
