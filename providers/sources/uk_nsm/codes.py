"""The kinds of the National Storage Mechanism, by its codes where they were seen and by its words; and its form TR-1.

TR-1 is the standard form on which a large holder says its share: the lines behind its headings are read, and a form whose
headings stand differently gives no field, so that its words are quoted instead.
"""

import re
from decimal import Decimal
from typing import Final

from core.base.gap import Gap
from core.facts.events import Event, Severity
from core.facts.filing import Field, Reported, Stake
from providers.sources.directive import KINDS
from providers.sources.kinds import translate

# type_code → event, weight, label, whether it comes by the dozen. Codes as they stand in recorded answers.
CODES: Final = {
    "POS": (Event.BUYBACK, Severity.G1, "transaction in own shares", True),
    "DSH": (Event.INSIDER, Severity.G1, "managers' dealings", True),
    "ACS": (Event.RESULTS, Severity.G2, "annual report", False),
    "RAG": (Event.MEETING, Severity.G1, "result of the general meeting", False),
    "ADM": (Event.OTHER, Severity.G1, "admission to trading", True),
}


def translated(code: str, kind: str, headline: str) -> tuple[Reported, str]:
    """What an announcement reports, and its series; a code that was never seen goes by its words."""
    row = CODES.get(code)
    if row is None:
        return translate(KINDS, kind, headline)
    event, weight, label, weekly = row
    return Reported(event=event, label=label, code=code, weight=weight), label if weekly else ""


_HOLDER: Final = re.compile(
    r"3\. Details of person subject to the notification obligation\s*\n\s*Name\s*\n\s*([^\n]{2,120})"
)
# The total in percent stands third behind the resulting situation, and so does that of the notification before.
_NOW: Final = re.compile(
    r"Resulting situation on the date[^\n]*\n(?:[^\n]*\n){2}([0-9]{1,3}\.[0-9]{1,6})\s*\n"
)
_BEFORE: Final = re.compile(
    r"Position of previous notification[^\n]*\n(?:[0-9.]+\s*\n){2}([0-9]{1,3}\.[0-9]{1,6})\s*\n"
)


def stake_of(text: str) -> tuple[Field, ...]:
    """Who holds how much after a TR-1, and before where the form says it; () where it is filled in another way."""
    holder, now, before = _HOLDER.search(text), _NOW.search(text), _BEFORE.search(text)
    if holder is None or now is None or Decimal(now[1]) > 100:
        return ()
    earlier = Decimal(before[1]).normalize() if before else Gap(gap="the form names no earlier share")
    return (Stake(holder=" ".join(holder[1].split()), percent=Decimal(now[1]).normalize(), before=earlier),)
