"""The vocabulary of events: what can happen to a company, in the house's own words. Every source translates into it.

A regulator's form, an item number, a headline's phrase: each is translated where it is read, so nothing after that knows how
a source spells. It is the one list: a new event is one row here.
"""

from enum import StrEnum


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
    INSOLVENCY = "insolvency"
    RESTRUCTURING = "restructuring"
    LISTING_DANGER = "listing in danger"
    LISTING_MOVED = "listing moved"
    LISTING_LEFT = "listing left"
    IMPAIRMENT = "impairment"
    CHARGE = "charge"
    DIVIDEND_CUT = "dividend cut"
    DIVIDEND_RAISED = "dividend raised"
    BUYBACK = "buyback"
    CAPITAL_RAISED = "capital raised"
    DEBT = "debt"
    LITIGATION = "litigation"
    REGULATOR = "regulator acts"
    PRODUCT = "product"
    RECALL = "recall"
    CYBER = "cyber incident"
    ACCIDENT = "accident"
    CONTRACT_WON = "contract won"
    CONTRACT_LOST = "contract lost"
    INSIDER = "insider dealing"
    HOLDING = "large holding"
    PAY = "pay"
    MEETING = "meeting"
    OTHER = "other"
