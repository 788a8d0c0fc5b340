"""How `doctor` asks the AMF's base: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.fr_bdif.client import Bdif
from providers.sources.shape import asked_about

STAND_IN = Subject(
    ticker="MC.PA", name="LVMH Moët Hennessy Louis Vuitton SE", isin="FR0000121014", country="FR"
)
check = asked_about(Bdif, STAND_IN)
