"""Every SEC form in the house's events, and what it weighs without its text. A form that no row knows is shown, not dropped.

One form a line: form (with "*" a family) | event | weight, behind "/" when the name filed it about another company | role |
what a person reads | why. Amendments ("/A") weigh what their form weighs. The weights of `NT`, `25`, `15`, `SC TO-T`, `13D`,
`424B5`, 10-K/10-Q/20-F, Form 4, 144, 13G and DEF 14A are the reference's; the others are judgement. An unknown form is
G2: the SEC keeps inventing reports, and a quarter beside the name is the price of not missing one.

Roles: `items` is translated by its items, `text` by its documents, `removal` by the class of security; `insider`, `holder`,
`late` and `accounts` have readers of their own; `series` come several a week; `plain` says all by its form.
"""

from dataclasses import dataclass
from typing import Final

from core.facts.events import Event, Severity

UNCLASSIFIED: Final = "unclassified official filing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """`about_other` is the weight when the name filed it about another company."""

    form: str
    event: Event
    weight: Severity
    about_other: Severity
    role: str
    label: str
    reason: str


TABLE: Final = """
8-K|other|G1|items|current report|its items decide
8-K12B|other|G2|items|current report of a successor|another legal entity takes over the listing
8-K12G3|other|G2|items|current report of a successor|another legal entity takes it over
8-K15D5|other|G2|items|current report of a successor|another legal entity takes over the reports
6-K|other|G1|text|report of a foreign issuer|has no item codes: the exhibit's text decides
10-K*|results|G2|accounts|annual report|audited accounts and risks
10-Q*|results|G2|accounts|quarterly report|accounts of the quarter
10-KT*|results|G2|accounts|annual report of a short year|accounts after a change of the year
20-F*|results|G2|accounts|annual report of a foreign issuer|audited accounts and risks
40-F*|results|G2|accounts|annual report of a Canadian issuer|audited accounts and risks
NT 10-K*|report is late|G3|late|notice of a late annual report|accounts that are not ready are a warning
NT 10-Q*|report is late|G3|late|notice of a late quarterly report|accounts that are not ready are a warning
NT 20-F*|report is late|G3|late|notice of a late annual report|accounts that are not ready are a warning
NT 11-K*|other|G1|late|notice of a late plan report|an employee plan, not the company
NT *|report is late|G2|late|notice of a late filing|late, but not the company's own accounts
25|listing left|G3|removal|voluntary removal from an exchange|the listed class goes, unless a note or a move
25-NSE|listing left|G3|removal|removal by the exchange|the listed class goes, unless it is a note that matured
15-12G*|registration ended|G3|plain|end of registration|the company stops reporting
15-12B*|registration ended|G3|plain|end of registration|the company stops reporting
15F-*|registration ended|G3|plain|end of registration of a foreign issuer|the company stops reporting here
15-15D*|registration ended|G2|plain|suspension of the duty to report|often one class or an employee plan
SC TO-T*|bid received|G3/G2|plain|tender offer by a third party|someone offers to buy the shares
SC TO-I*|buyback|G2|plain|tender offer by the issuer|the company buys back its own securities
SC TO-C*|bid received|G2/G1|plain|communication before a tender offer|an offer is being prepared
SC 14D9*|bid received|G3/G1|plain|answer to a tender offer|the board answers a bid for the company
SC14D9*|bid received|G3/G1|plain|answer to a tender offer|the board answers a bid for the company
SC 13E3*|bid received|G3/G2|plain|going private|the public shares are to disappear
DEFM14A*|deal agreed|G3|plain|merger proxy|holders vote on a merger
PREM14A*|deal agreed|G3|plain|draft merger proxy|holders will vote on a merger
DEFM14C*|deal agreed|G3|plain|merger information|a merger that needs no further vote
PREM14C*|deal agreed|G3|plain|draft merger information|a merger that needs no further vote
425|deal agreed|G2|series|communication about a merger|many per deal; the deal itself is graded by its 8-K
S-4*|deal agreed|G2|plain|registration for a merger or exchange|shares issued for a deal or for notes
F-4*|deal agreed|G2|plain|registration for a merger or exchange|shares issued for a deal or for notes
SC 13D*|large holding|G2/G1|holder|holder above five percent with intent|about 7 % abnormal return at first
SC 13G*|large holding|G1|holder|passive holder above five percent|passive and periodic
DEFC14A*|meeting|G2|plain|contested proxy|a contest for the board
PREC14A*|meeting|G2|plain|draft contested proxy|a contest for the board
DEFN14A*|meeting|G2|plain|proxy of a dissident|a contest for the board
PREN14A*|meeting|G2|plain|draft proxy of a dissident|a contest for the board
DFRN14A*|meeting|G2|plain|revised proxy of a dissident|a contest for the board
PRRN14A*|meeting|G2|plain|revised draft proxy of a dissident|a contest for the board
DFAN14A*|meeting|G1|series|material of a dissident|many per contest; the contest has its own proxy
DEFA14A*|meeting|G1|series|additional proxy material|routine
DEF 14*|meeting|G1|plain|proxy statement|yearly and routine
PRE 14*|meeting|G1|plain|draft proxy statement|yearly and routine
DEFR14A*|meeting|G1|plain|revised proxy statement|routine
PRER14A*|meeting|G1|plain|revised draft proxy statement|routine
PRES14A*|meeting|G2|plain|proxy for a special meeting|an unplanned vote
DEFS14A*|meeting|G2|plain|proxy for a special meeting|an unplanned vote
PX14A6*|meeting|G1|series|notice by a holder about a vote|anyone may send one
424B5*|capital raised|G2|series|prospectus supplement|securities are being sold
424B*|capital raised|G1|series|prospectus|mostly notes under a shelf
S-1*|capital raised|G2|plain|registration of new securities|new securities to be sold
F-1*|capital raised|G2|plain|registration of new securities|new securities to be sold
S-3*|capital raised|G1|series|shelf registration|permission to sell, not a sale
F-3*|capital raised|G1|plain|shelf registration|permission to sell, not a sale
S-8*|pay|G1|series|shares for employee plans|routine
POS*|capital raised|G1|series|amendment to a registration|routine
EFFECT|capital raised|G1|series|registration takes effect|clerical
FWP|capital raised|G1|series|terms of an offering|mostly notes
RW*|capital raised|G1|plain|withdrawal of a registration|clerical
8-A12*|class listed|G1|series|listing of a class|mostly notes
CERT*|class listed|G1|series|certification of a listing|clerical
3|insider dealing|G1|insider|insider's first statement|routine
4|insider dealing|G1|insider|insider's transaction|mostly grants, taxes and plans
5|insider dealing|G1|insider|insider's yearly statement|routine
144|insider dealing|G1|insider|notice of an insider's sale|mostly under plans
13F*|large holding|G1|plain|holdings of a manager|about others' shares
N-*|other|G1|plain|fund report|about funds
497*|other|G1|plain|fund prospectus|about funds
11-K*|other|G1|plain|employee plan report|an employee plan, not the company
SD*|other|G1|plain|conflict minerals|yearly and routine
ARS*|other|G1|plain|annual report to holders|a copy of what was filed
ABS-*|debt|G1|series|asset-backed securities|about pools, not the company
10-D*|debt|G1|plain|asset-backed distribution|about pools, not the company
D|capital raised|G1|plain|private placement|small or by others
1-*|capital raised|G1|plain|small offering|Regulation A paper
T-3*|capital raised|G1|plain|trust indenture|clerical
UPLOAD|regulator acts|G1|series|letter from the SEC's staff|released after the matter is closed
CORRESP|regulator acts|G1|series|letter to the SEC's staff|released after the matter is closed
SEC STAFF*|regulator acts|G1|plain|paper of the SEC's staff|clerical
NO ACT|regulator acts|G1|plain|no-action letter|mostly about proposals of holders
CT ORDER|regulator acts|G1|plain|confidential treatment order|clerical
DR*|capital raised|G1|plain|draft registration|a draft
DOS*|capital raised|G1|plain|draft offering statement|a draft
QUALIF|capital raised|G1|plain|offering qualified|clerical
IRANNOTICE|other|G1|plain|notice about dealings with Iran|formal notice beside a periodic report
"""


def _form(line: str) -> Form:
    form, event, weight, role, label, reason = line.split("|")
    own, _, other = weight.partition("/")
    return Form(
        form=form,
        event=Event(event),
        weight=Severity(own),
        about_other=Severity(other or own),
        role=role,
        label=label,
        reason=reason,
    )


FORMS: Final = tuple(_form(line) for line in TABLE.strip().splitlines())
_EXACT: Final = {row.form: row for row in FORMS if not row.form.endswith("*")}
# Longest family first, so that "10-KT*" is asked before "10-K*".
_FAMILIES: Final = tuple(
    sorted((row for row in FORMS if row.form.endswith("*")), key=lambda row: (-len(row.form), row.form))
)

# Forms that a company also files about others; the SEC lists them under both, without a file number for the filer.
_ABOUT_OTHERS: Final = ("SC 13", "SC TO-", "SC 14D", "SC14D", "SCHEDULE ", "13F")


def base_form(form: str) -> str:
    """`form` folded, without the "/A" of an amendment."""
    return " ".join(form.upper().split()).removesuffix("/A")


def is_amendment(form: str) -> bool:
    """Whether the form changes an earlier filing."""
    return form.upper().strip().endswith("/A")


def form_of(form: str) -> Form:
    """The row of a form; one that no row knows is an unclassified official filing, G2, never dropped."""
    # The SEC renames forms one by one: SC 13D is SCHEDULE 13D since 2024, the others may follow.
    base = base_form(form)
    if base.startswith("SCHEDULE "):
        base = f"SC {base.removeprefix('SCHEDULE ')}"
    if exact := _EXACT.get(base):
        return exact
    for row in _FAMILIES:
        if base.startswith(row.form[:-1]):
            return row
    return _form(f"{base}|other|G2|plain|{UNCLASSIFIED}|a form that no table knows is shown")


def is_accounts(form: str) -> bool:
    """Whether the form is a periodic report, whose figures the regulator publishes by themselves."""
    return form_of(form).role == "accounts"


def is_about_other(form: str, file_number: str) -> bool:
    """Whether a listed filing is the name's own paper about another company: SEC leaves its file number blank then."""
    return not file_number.strip() and base_form(form).startswith(_ABOUT_OTHERS)
