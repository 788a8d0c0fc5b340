"""How `doctor` asks filings.xbrl.org: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.eu_xbrl.client import AnnualFigures
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="ASML.AS", name="ASML Holding N.V.", isin="NL0010273215", country="NL")
check = asked_about(AnnualFigures, STAND_IN)
