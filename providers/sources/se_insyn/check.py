"""How `doctor` asks Insynsregistret: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.se_insyn.client import Insyn
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="ATCO-A.ST", name="Atlas Copco AB", isin="SE0017486889", country="SE")
check = asked_about(Insyn, STAND_IN)
