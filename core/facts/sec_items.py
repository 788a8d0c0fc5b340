"""The 8-K items: 33 codes in force since August 2004, and the twelve numbers used before.

Titles are the SEC's own (Form 8-K, General Instructions; reference/facts.md section 1). Severities: 1.03, 2.04, 3.01,
4.02 and 5.01 rest on published price evidence or law; the rest is judgement and says so by having only a reason.
Refused: 9.01 carries exhibits and never raises a grade (it stands on three of four recorded 8-Ks).
"""

import re
from dataclasses import dataclass
from typing import Final

from core.facts.fact import Severity

G1, G2, G3 = Severity.G1, Severity.G2, Severity.G3


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`severity` is None for a pure carrier. `from_text`: the code alone says too little, the text is worth reading."""

    code: str
    title: str
    severity: Severity | None
    event: str
    reason: str
    from_text: bool = False


def _item(
    code: str, title: str, severity: Severity | None, event: str, reason: str, *, from_text: bool = False
) -> Item:
    return Item(code=code, title=title, severity=severity, event=event, reason=reason, from_text=from_text)


# fmt: off
ITEMS: Final[tuple[Item, ...]] = (
    _item("1.01", "Entry into a Material Definitive Agreement", G2, "agreement", "G3 when it is a merger agreement", from_text=True),
    _item("1.02", "Termination of a Material Definitive Agreement", G2, "agreement ended", "G3 when a deal or main customer is lost", from_text=True),
    _item("1.03", "Bankruptcy or Receivership", G3, "bankruptcy", "the equity is impaired; drift lasts six months"),
    _item("1.04", "Mine Safety – Reporting of Shutdowns and Patterns of Violations", G1, "mine safety", "local; matters to miners only"),
    _item("1.05", "Material Cybersecurity Incidents", G2, "cyber incident", "G3 when operations stop or the impact is material", from_text=True),
    _item("2.01", "Completion of Acquisition or Disposition of Assets", G2, "deal closed", "G3 when the company itself is acquired", from_text=True),
    _item("2.02", "Results of Operations and Financial Condition", G2, "results", "G3 when guidance is withdrawn", from_text=True),
    _item("2.03", "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a Registrant", G1, "debt", "ordinary borrowing; its size is not in the code"),
    _item("2.04", "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement", G3, "default", "default or acceleration", from_text=True),
    _item("2.05", "Costs Associated with Exit or Disposal Activities", G2, "restructuring", "a restructuring with its costs"),
    _item("2.06", "Material Impairments", G2, "impairment", "G3 above a tenth of equity, which the code does not say"),
    _item("3.01", "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing", G3, "delisting", "the listing is at risk; G1 for a voluntary transfer", from_text=True),
    _item("3.02", "Unregistered Sales of Equity Securities", G1, "share issue", "mostly small; G2 above five percent dilution"),
    _item("3.03", "Material Modification to Rights of Security Holders", G2, "shareholder rights", "rights change, often a defence against a bid", from_text=True),
    _item("4.01", "Changes in Registrant's Certifying Accountant", G2, "auditor", "G3 when the auditor resigns or disagrees", from_text=True),
    _item("4.02", "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim Review", G3, "restatement", "published accounts are unreliable"),
    _item("5.01", "Changes in Control of Registrant", G3, "control", "another owner decides from now on"),
    _item("5.02", "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers; Compensatory Arrangements of Certain Officers", G2, "management", "G3 when the chief executive or finance chief goes; G1 for pay or a director", from_text=True),
    _item("5.03", "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year", G1, "bylaws", "housekeeping"),
    _item("5.04", "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans", G1, "plan blackout", "technical"),
    _item("5.05", "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics", G1, "ethics code", "G2 for a waiver granted to an executive", from_text=True),
    _item("5.06", "Change in Shell Company Status", G2, "shell status", "the business behind the shares changes"),
    _item("5.07", "Submission of Matters to a Vote of Security Holders", G1, "vote", "mostly routine; G2 when holders vote down a proposal", from_text=True),
    _item("5.08", "Shareholder Director Nominations", G1, "nominations", "a date for the meeting; a contest has its own forms"),
    _item("6.01", "ABS Informational and Computational Material", G1, "asset-backed", "asset-backed securities only"),
    _item("6.02", "Change of Servicer or Trustee", G1, "asset-backed", "asset-backed securities only"),
    _item("6.03", "Change in Credit Enhancement or Other External Support", G1, "asset-backed", "asset-backed securities only"),
    _item("6.04", "Failure to Make a Required Distribution", G2, "asset-backed", "a payment did not arrive"),
    _item("6.05", "Securities Act Updating Disclosure", G1, "asset-backed", "asset-backed securities only"),
    _item("6.06", "Static Pool", G1, "asset-backed", "asset-backed securities only"),
    _item("7.01", "Regulation FD Disclosure", G1, "disclosure", "anything from a slide deck to a profit warning: the text decides", from_text=True),
    _item("8.01", "Other Events", G1, "other event", "anything the company chose to say: the text decides", from_text=True),
    _item("9.01", "Financial Statements and Exhibits", None, "exhibits", "a carrier"),
)

# Before 23 August 2004 the form had twelve items under plain numbers (old Form 8-K).
OLD_ITEMS: Final[tuple[Item, ...]] = (
    _item("1", "Changes in Control of Registrant (before 2004)", G3, "control", "as 5.01 today"),
    _item("2", "Acquisition or Disposition of Assets (before 2004)", G2, "deal closed", "as 2.01 today", from_text=True),
    _item("3", "Bankruptcy or Receivership (before 2004)", G3, "bankruptcy", "as 1.03 today"),
    _item("4", "Changes in Registrant's Certifying Accountant (before 2004)", G2, "auditor", "as 4.01 today", from_text=True),
    _item("5", "Other Events (before 2004)", G1, "other event", "as 8.01 today: the text decides", from_text=True),
    _item("6", "Resignations of Registrant's Directors (before 2004)", G1, "management", "directors only"),
    _item("7", "Financial Statements and Exhibits (before 2004)", None, "exhibits", "as 9.01 today: a carrier"),
    _item("8", "Change in Fiscal Year (before 2004)", G1, "bylaws", "housekeeping"),
    _item("9", "Regulation FD Disclosure (before 2004)", G1, "disclosure", "as 7.01 today: the text decides", from_text=True),
    _item("10", "Amendments to the Code of Ethics (before 2004)", G1, "ethics code", "as 5.05 today"),
    _item("11", "Temporary Suspension of Trading Under Benefit Plans (before 2004)", G1, "plan blackout", "as 5.04 today"),
    _item("12", "Results of Operations and Financial Condition (before 2004)", G2, "results", "as 2.02 today", from_text=True),
)
# fmt: on

BY_CODE: Final = {item.code: item for item in (*ITEMS, *OLD_ITEMS)}

_SHORT = re.compile(r"(\d)\.(\d)")
_PADDED = re.compile(r"0(\d)[a-z]?")


def item_of(code: str) -> Item:
    """The row of `code` as filers write it ("9.1" and "06" occur); a code in no table is notable until read."""
    folded = code.strip().removeprefix("Item").strip().rstrip(".")
    if short := _SHORT.fullmatch(folded):
        folded = f"{short[1]}.0{short[2]}"
    elif padded := _PADDED.fullmatch(folded):
        folded = padded[1]
    return BY_CODE.get(folded) or _item(
        folded,
        f"Unclassified 8-K item {folded}",
        G2,
        "unclassified",
        "a code that no table knows is shown, not dropped",
    )
