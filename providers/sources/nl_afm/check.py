"""How `doctor` asks the AFM: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.nl_afm.client import Afm
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="ASML.AS", name="ASML Holding N.V.", isin="NL0010273215", country="NL")
check = asked_about(Afm, STAND_IN)
