"""How `doctor` asks Finanstilsynet: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.dk_oam.client import Finanstilsynet
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="NOVO-B.CO", name="Novo Nordisk A/S", isin="DK0062498333", country="DK")
check = asked_about(Finanstilsynet, STAND_IN)
