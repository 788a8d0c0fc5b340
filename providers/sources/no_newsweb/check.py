"""How `doctor` asks NewsWeb: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.no_newsweb.client import NewsWeb
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="EQNR.OL", name="Equinor ASA", isin="NO0010096985", country="NO")
check = asked_about(NewsWeb, STAND_IN)
