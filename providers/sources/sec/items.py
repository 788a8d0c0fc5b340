"""The 8-K items in the house's events: 33 codes in force since August 2004, and the twelve numbers used before.

One item a line: code | event | weight | role | what a person reads | why; below it the SEC's own title (Form 8-K, General
Instructions), which is cut off the text so that it feeds no row. Roles: `open` says nothing of the content, `read` is
changed by its text, `plain` is not. Weights: 1.03, 2.04, 3.01, 4.02 and 5.01 rest on published price evidence or law; the
rest is judgement. Refused: 9.01 carries exhibits and never raises a grade (it stands on three of four recorded 8-Ks).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.facts.events import Event, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`weight` is None for a pure carrier of exhibits."""

    code: str
    event: Event
    weight: Severity | None
    role: str
    label: str
    title: str


TABLE: Final = """
1.01|agreement|G2|read|material agreement entered|G3 when it is a merger agreement
    Entry into a Material Definitive Agreement
1.02|contract lost|G2|read|material agreement ended|G3 when a deal or main customer is lost
    Termination of a Material Definitive Agreement
1.03|insolvency|G3|plain|bankruptcy or receivership|the equity is impaired; drift lasts six months
    Bankruptcy or Receivership
1.04|accident|G1|plain|mine safety|local; matters to miners only
    Mine Safety – Reporting of Shutdowns and Patterns of Violations
1.05|cyber incident|G2|read|material cybersecurity incident|G3 when operations stop or the impact is material
    Material Cybersecurity Incidents
2.01|deal closed|G2|read|acquisition or disposal completed|G3 when the company itself is acquired
    Completion of Acquisition or Disposition of Assets
2.02|results|G2|read|results announced|G3 when guidance is withdrawn
    Results of Operations and Financial Condition
2.03|debt|G1|plain|debt taken on|ordinary borrowing; its size is not in the code
    Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a
    Registrant
2.04|debt|G3|read|debt accelerated or in default|default or acceleration
    Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an
    Off-Balance Sheet Arrangement
2.05|restructuring|G2|plain|costs of an exit or restructuring|a restructuring with its costs
    Costs Associated with Exit or Disposal Activities
2.06|impairment|G2|plain|material impairment|G3 above a tenth of equity, which the code does not say
    Material Impairments
3.01|listing in danger|G3|read|listing rule failed or listing ends|the listing is at risk; G1 for a move
    Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing
3.02|capital raised|G1|plain|unregistered sale of shares|mostly small; G2 above five percent dilution
    Unregistered Sales of Equity Securities
3.03|rights of holders|G2|read|rights of holders changed|rights change, often a defence against a bid
    Material Modification to Rights of Security Holders
4.01|auditor changes|G2|read|auditor changed|G3 when the auditor resigns or disagrees
    Changes in Registrant's Certifying Accountant
4.02|restatement|G3|plain|published accounts no longer to be relied on|published accounts are unreliable
    Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim
    Review
5.01|change of control|G3|plain|change of control|another owner decides from now on
    Changes in Control of Registrant
5.02|officer changes|G2|read|directors, officers or their pay|G3 when a chief goes; G1 for pay
    Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers;
    Compensatory Arrangements of Certain Officers
5.03|other|G1|plain|bylaws or fiscal year changed|housekeeping
    Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year
5.04|pay|G1|plain|benefit plan suspends trading|technical
    Temporary Suspension of Trading Under Registrant's Employee Benefit Plans
5.05|other|G1|read|code of ethics changed or waived|G2 for a waiver granted to an executive
    Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics
5.06|other|G2|plain|shell status changed|the business behind the shares changes
    Change in Shell Company Status
5.07|meeting|G1|read|votes of the holders' meeting|mostly routine; G2 when holders vote down a proposal
    Submission of Matters to a Vote of Security Holders
5.08|meeting|G1|plain|nominations by holders|a date for the meeting; a contest has its own forms
    Shareholder Director Nominations
6.01|debt|G1|plain|asset-backed: material|asset-backed securities only
    ABS Informational and Computational Material
6.02|debt|G1|plain|asset-backed: servicer or trustee changed|asset-backed securities only
    Change of Servicer or Trustee
6.03|debt|G1|plain|asset-backed: support changed|asset-backed securities only
    Change in Credit Enhancement or Other External Support
6.04|debt|G2|plain|asset-backed: a payment did not arrive|a payment did not arrive
    Failure to Make a Required Distribution
6.05|debt|G1|plain|asset-backed: disclosure updated|asset-backed securities only
    Securities Act Updating Disclosure
6.06|debt|G1|plain|asset-backed: static pool|asset-backed securities only
    Static Pool
7.01|other|G1|open|statement to all investors|anything from a slide deck to a profit warning: the text decides
    Regulation FD Disclosure
8.01|other|G1|open|other event|anything the company chose to say: the text decides
    Other Events
9.01|-|-|plain|exhibits|a carrier
    Financial Statements and Exhibits
1|change of control|G3|plain|change of control|as 5.01 today
    Changes in Control of Registrant
2|deal closed|G2|read|acquisition or disposal|as 2.01 today
    Acquisition or Disposition of Assets
3|insolvency|G3|plain|bankruptcy or receivership|as 1.03 today
    Bankruptcy or Receivership
4|auditor changes|G2|read|auditor changed|as 4.01 today
    Changes in Registrant's Certifying Accountant
5|other|G1|open|other event|as 8.01 today: the text decides
    Other Events
6|director changes|G1|plain|directors resigned|directors only
    Resignations of Registrant's Directors
7|-|-|plain|exhibits|as 9.01 today: a carrier
    Financial Statements and Exhibits
8|other|G1|plain|fiscal year changed|housekeeping
    Change in Fiscal Year
9|other|G1|open|statement to all investors|as 7.01 today: the text decides
    Regulation FD Disclosure
10|other|G1|plain|code of ethics changed|as 5.05 today
    Amendments to the Code of Ethics
11|pay|G1|plain|benefit plan suspends trading|as 5.04 today
    Temporary Suspension of Trading Under Benefit Plans
12|results|G2|read|results announced|as 2.02 today
    Results of Operations and Financial Condition
"""


def _items() -> Iterator[Item]:
    for line in TABLE.strip().replace("\n    ", "|").splitlines():
        code, event, weight, role, label, _, *title = line.split("|")
        yield Item(
            code=code,
            event=Event.OTHER if event == "-" else Event(event),
            weight=None if weight == "-" else Severity(weight),
            role=role,
            label=label,
            title=" ".join(title),
        )


ITEMS: Final = tuple(_items())
BY_CODE: Final = {item.code: item for item in ITEMS}

_SHORT = re.compile(r"(\d)\.(\d)")
_PADDED = re.compile(r"0(\d)[a-z]?")


def item_of(code: str) -> Item:
    """The row of `code` as filers write it ("9.1" and "06" occur); a code in no table is notable until read."""
    folded = code.strip().removeprefix("Item").strip().rstrip(".")
    if short := _SHORT.fullmatch(folded):
        folded = f"{short[1]}.0{short[2]}"
    elif padded := _PADDED.fullmatch(folded):
        folded = padded[1]
    return BY_CODE.get(folded) or Item(
        code=folded,
        event=Event.OTHER,
        weight=Severity.G2,
        role="open",
        label=f"unclassified item {folded}",
        title="",
    )


# A heading, not a reference to an item ("furnished under Item 2.02 of Form 8-K", "Item 404(a) of Regulation S-K").
_HEAD: Final = re.compile(
    r"\bItems?\s*(\d{1,2}(?:\.\d{2})?+)\b(?!\()[.:\s–—-]"
    r"(?!\s*(?:of|above|below|and|or|shall|is|are|hereof|in|by|to|has|have|was|,)\b)",
    re.IGNORECASE,
)
_EDGES: Final = " .:;–—-\n"
# From this many characters on, a beginning that agrees with the item's title is the title.
_TITLE_KNOWN: Final = 20
_TITLE_MOST: Final = 360


def sections(text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where the text of each item stands, headings cut off; a code that stands twice has two stretches. {} without heads."""
    heads = [head for head in _HEAD.finditer(text) if item_of(head[1]).code in BY_CODE]
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for index, head in enumerate(heads):
        code = item_of(head[1]).code
        stop = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        start = _behind_title(text, head.end(), stop, BY_CODE[code].title)
        if start < stop:
            found[code] = (*found.get(code, ()), (start, stop))
    return found


def _behind_title(text: str, start: int, stop: int, title: str) -> int:
    # The titles speak of departures and delistings themselves: they must not feed the rows.
    start = _skipped(text, start, stop)
    same = 0
    while same < min(len(title), stop - start) and _plain(text[start + same]) == _plain(title[same]):
        same += 1
    if same >= _TITLE_KNOWN or same == len(title) > 0:  # some write half of a long title: cut what agrees
        start = _skipped(text, start + same, stop)
    # Older filings use other titles: a first line or sentence in which nearly every long word has a capital is one.
    ends = [
        end for mark in (". ", "\n") if (end := text.find(mark, start, min(stop, start + _TITLE_MOST))) > 0
    ]
    if ends:
        long = [word for word in text[start : min(ends)].split() if len(word) > 3]
        if long and sum(word[0].isupper() for word in long) >= 0.8 * len(long):
            return _skipped(text, min(ends), stop)
    return start


def _skipped(text: str, start: int, stop: int) -> int:
    while start < stop and text[start] in _EDGES:
        start += 1
    return start


def _plain(character: str) -> str:
    return "'" if character == "’" else " " if character == "\n" else character.lower()
