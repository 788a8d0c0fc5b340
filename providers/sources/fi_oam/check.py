"""How `doctor` asks the Finnish store: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.fi_oam.client import Helsinki
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="NOKIA.HE", name="Nokia Oyj", isin="FI0009000681", country="FI")
check = asked_about(Helsinki, STAND_IN)
