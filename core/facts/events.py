"""The vocabulary of events: what can happen to a company, in the house's own words. Every source translates
into it.

A regulator's form, an item number, a headline's phrase: each is translated where it is read, so nothing after
that knows how a source spells. It is the one list: a new event is one row here and one in `WEIGHTS`, which
says how much it weighs before anything is known of its size. Words once used stand in stored snapshots and
are never renamed.
"""

from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """G3 changes the thesis, G2 is notable, G1 anecdotal."""

    G1 = "G1"
    G2 = "G2"
    G3 = "G3"


class Event(StrEnum):
    """One word of the vocabulary. The value is what a person and the model read."""

    RESULTS = "results"
    GUIDANCE_UP = "guidance raised"
    GUIDANCE_DOWN = "guidance lowered"
    GUIDANCE_WITHDRAWN = "guidance withdrawn"
    DEAL_AGREED = "deal agreed"
    DEAL_CLOSED = "deal closed"
    DEAL_OFF = "deal called off"
    BID_RECEIVED = "bid received"
    CONTROL = "change of control"
    CHIEF_LEAVES = "chief leaves"
    CHIEF_COMES = "chief comes"
    OFFICER = "officer changes"
    DIRECTOR = "director changes"
    AUDITOR = "auditor changes"
    RESTATEMENT = "restatement"
    LATE = "report is late"
    INSOLVENCY = "insolvency"
    RESTRUCTURING = "restructuring"
    LISTING_DANGER = "listing in danger"
    LISTING_MOVED = "listing moved"
    LISTING_LEFT = "listing left"
    LISTING_SAFE = "listing safe again"
    DEREGISTERED = "registration ended"
    LISTED = "class listed"
    IMPAIRMENT = "impairment"
    CHARGE = "charge"
    DIVIDEND_CUT = "dividend cut"
    DIVIDEND_RAISED = "dividend raised"
    DIVIDEND = "dividend"
    BUYBACK = "buyback"
    CAPITAL_RAISED = "capital raised"
    DEBT = "debt"
    LITIGATION = "litigation"
    REGULATOR = "regulator acts"
    PRODUCT = "product"
    PRODUCT_FAILED = "product failed"
    RECALL = "recall"
    CYBER = "cyber incident"
    ACCIDENT = "accident"
    AGREEMENT = "agreement"
    CONTRACT_WON = "contract won"
    CONTRACT_LOST = "contract lost"
    RIGHTS = "rights of holders"
    INSIDER = "insider dealing"
    HOLDING = "large holding"
    PAY = "pay"
    MEETING = "meeting"
    GUIDANCE = "guidance"
    PRICE = "price"
    OTHER = "other"


_G1: Final = """
class listed, listing moved, listing safe again, director changes, debt, insider dealing, large holding,
pay, meeting, price, other
"""
_G3: Final = """
guidance lowered, guidance withdrawn, deal called off, bid received, change of control, chief leaves,
restatement, report is late, insolvency, listing in danger, listing left, registration ended, product failed
"""


def _weights() -> dict[Event, Severity]:
    light = {Event(one.strip()): Severity.G1 for one in _G1.split(",")}
    heavy = {Event(one.strip()): Severity.G3 for one in _G3.split(",")}
    return dict.fromkeys(Event, Severity.G2) | light | heavy


# What an event weighs when nothing is known of its size. Restatement, insolvency, control and the listing
# rest on published price evidence or law (docs/evidence.md); the rest is judgement.
WEIGHTS: Final = _weights()
