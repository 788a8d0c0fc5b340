"""How `doctor` asks Info-financière: the records of one French issuer."""

from core.facts.fact import Subject
from providers.sources.info_financiere.client import InfoFinanciere
from providers.sources.shape import asked_about

STAND_IN = Subject(ticker="MC.PA", name="LVMH", isin="FR0000121014", country="FR")
check = asked_about(InfoFinanciere, STAND_IN)
