"""How `doctor` asks EDINET: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.jp_edinet.client import Edinet
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="7203.T", name="Toyota Motor Corporation", isin="JP3633400001", country="JP")
check = asked_about(Edinet, STAND_IN)
