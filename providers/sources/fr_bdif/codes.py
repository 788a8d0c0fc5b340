"""The AMF's kinds of operation on public offers, as its own counts name them, in the house's events."""

from typing import Final

from core.facts.events import Event, Severity
from core.facts.filing import Reported

# Whom a decision concerns; the offeror (Initiateur) is another company.
ROLES: Final = frozenset({"SocieteConcernee", "SocieteVisee"})

# typesOperation → what a person reads.
OPERATIONS: Final = {
    "PreOffre": "before a public offer",
    "OPA": "public offer",
    "OPAS": "simplified public offer",
    "OPE": "public exchange offer",
    "OPES": "simplified public exchange offer",
    "OPR": "offer to withdraw from the market",
    "RO": "squeeze-out",
}
OWN_SHARES: Final = {"OPRA": "public offer of the company for its own shares"}


def translated(operation: str) -> Reported:
    """What a decision reports; an operation that no row names is a public offer all the same, for it stands in that list."""
    if operation in OWN_SHARES:
        return Reported(event=Event.BUYBACK, label=OWN_SHARES[operation], code=operation, weight=Severity.G2)
    label = OPERATIONS.get(operation, "public offer")
    return Reported(event=Event.BID_RECEIVED, label=label, code=operation, weight=Severity.G3)
