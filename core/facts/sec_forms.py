"""Every SEC form and what it weighs, without its text. Unknown forms are shown as "unclassified official filing".

A row's form may end in "*": a family. Amendments ("/A") weigh what their form weighs, with the tag `amendment`.
Severities of `NT`, `25`, `15`, `SC TO-T`, `13D`, `424B5`, 10-K/10-Q/20-F, Form 4, 144, 13G and DEF 14A are the
reference's; the others are judgement. An unknown form is G2: the SEC keeps inventing reports (10-S was proposed in May
2026), and a quarter beside the name is the price of not missing one.
"""

from dataclasses import dataclass
from typing import Final

from core.facts.fact import Severity

G1, G2, G3 = Severity.G1, Severity.G2, Severity.G3


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """`role` is what the form does in the sieve: `items` (graded by 8-K items), `text`, `insider`, `removal`, `series`
    (several a week are one fact), `plain`.

    `about_other` is the severity when the name filed it about another company.
    """

    form: str
    label: str
    severity: Severity
    event: str
    reason: str
    role: str = "plain"
    about_other: Severity | None = None


def _form(
    form: str,
    label: str,
    severity: Severity,
    event: str,
    reason: str,
    role: str = "plain",
    about_other: Severity | None = None,
) -> Form:
    return Form(
        form=form,
        label=label,
        severity=severity,
        event=event,
        reason=reason,
        role=role,
        about_other=about_other,
    )


# fmt: off
FORMS: Final[tuple[Form, ...]] = (
    _form("8-K", "current report", G1, "current report", "its items decide", "items"),
    _form("8-K12B", "current report of a successor", G2, "successor", "another legal entity takes over the listing", "items"),
    _form("8-K12G3", "current report of a successor", G2, "successor", "another legal entity takes over the registration", "items"),
    _form("8-K15D5", "current report of a successor", G2, "successor", "another legal entity takes over the reports", "items"),
    _form("6-K", "report of a foreign issuer", G1, "current report", "has no item codes: the exhibit's text decides", "text"),
    _form("10-K*", "annual report", G2, "annual report", "audited accounts and risks"),
    _form("10-Q*", "quarterly report", G2, "quarterly report", "accounts of the quarter"),
    _form("10-KT*", "annual report of a short year", G2, "annual report", "accounts after a change of the year"),
    _form("20-F*", "annual report of a foreign issuer", G2, "annual report", "audited accounts and risks"),
    _form("40-F*", "annual report of a Canadian issuer", G2, "annual report", "audited accounts and risks"),
    _form("NT 10-K*", "notice of a late annual report", G3, "late report", "accounts that are not ready are a warning"),
    _form("NT 10-Q*", "notice of a late quarterly report", G3, "late report", "accounts that are not ready are a warning"),
    _form("NT 20-F*", "notice of a late annual report", G3, "late report", "accounts that are not ready are a warning"),
    _form("NT 11-K*", "notice of a late plan report", G1, "plan report", "an employee plan, not the company"),
    _form("NT *", "notice of a late filing", G2, "late report", "late, but not the company's own accounts"),
    _form("25", "voluntary removal from an exchange", G3, "removal", "the listed class goes, unless it is a note or moves", "removal"),
    _form("25-NSE", "removal by the exchange", G3, "removal", "the listed class goes, unless it is a note that matured", "removal"),
    _form("15-12G*", "end of registration", G3, "deregistration", "the company stops reporting"),
    _form("15-12B*", "end of registration", G3, "deregistration", "the company stops reporting"),
    _form("15F-*", "end of registration of a foreign issuer", G3, "deregistration", "the company stops reporting here"),
    _form("15-15D*", "suspension of the duty to report", G2, "deregistration", "often one class or an employee plan"),
    _form("SC TO-T*", "tender offer by a third party", G3, "tender offer", "someone offers to buy the shares", about_other=G2),
    _form("SC TO-I*", "tender offer by the issuer", G2, "buyback", "the company buys back its own securities"),
    _form("SC TO-C*", "communication before a tender offer", G2, "tender offer", "an offer is being prepared", about_other=G1),
    _form("SC 14D9*", "answer to a tender offer", G3, "tender offer", "the board answers a bid for the company", about_other=G1),
    _form("SC14D9*", "answer to a tender offer", G3, "tender offer", "the board answers a bid for the company", about_other=G1),
    _form("SC 13E3*", "going private", G3, "going private", "the public shares are to disappear", about_other=G2),
    _form("DEFM14A*", "merger proxy", G3, "merger", "holders vote on a merger"),
    _form("PREM14A*", "draft merger proxy", G3, "merger", "holders will vote on a merger"),
    _form("DEFM14C*", "merger information", G3, "merger", "a merger that needs no further vote"),
    _form("PREM14C*", "draft merger information", G3, "merger", "a merger that needs no further vote"),
    _form("425", "communication about a merger", G2, "merger", "many per deal; the deal itself is graded by its 8-K", "series"),
    _form("S-4*", "registration for a merger or exchange", G2, "merger", "shares issued for a deal or an exchange of notes"),
    _form("F-4*", "registration for a merger or exchange", G2, "merger", "shares issued for a deal or an exchange of notes"),
    _form("SC 13D*", "holder above five percent with intent", G2, "stake", "about 7 % abnormal return on first filings", about_other=G1),
    _form("SC 13G*", "passive holder above five percent", G1, "stake", "passive and periodic"),
    _form("DEFC14A*", "contested proxy", G2, "proxy contest", "a contest for the board"),
    _form("PREC14A*", "draft contested proxy", G2, "proxy contest", "a contest for the board"),
    _form("DEFN14A*", "proxy of a dissident", G2, "proxy contest", "a contest for the board"),
    _form("PREN14A*", "draft proxy of a dissident", G2, "proxy contest", "a contest for the board"),
    _form("DFRN14A*", "revised proxy of a dissident", G2, "proxy contest", "a contest for the board"),
    _form("PRRN14A*", "revised draft proxy of a dissident", G2, "proxy contest", "a contest for the board"),
    _form("DFAN14A*", "material of a dissident", G1, "proxy contest", "many per contest; the contest has its own proxy", "series"),
    _form("DEFA14A*", "additional proxy material", G1, "proxy material", "routine", "series"),
    _form("DEF 14*", "proxy statement", G1, "proxy statement", "yearly and routine"),
    _form("PRE 14*", "draft proxy statement", G1, "proxy statement", "yearly and routine"),
    _form("DEFR14A*", "revised proxy statement", G1, "proxy statement", "routine"),
    _form("PRER14A*", "revised draft proxy statement", G1, "proxy statement", "routine"),
    _form("PRES14A*", "proxy for a special meeting", G2, "special meeting", "an unplanned vote"),
    _form("DEFS14A*", "proxy for a special meeting", G2, "special meeting", "an unplanned vote"),
    _form("PX14A6*", "notice by a holder about a vote", G1, "proxy material", "anyone may send one", "series"),
    _form("424B5*", "prospectus supplement", G2, "offering", "securities are being sold", "series"),
    _form("424B*", "prospectus", G1, "offering", "mostly notes under a shelf", "series"),
    _form("S-1*", "registration of new securities", G2, "offering", "new securities to be sold"),
    _form("F-1*", "registration of new securities", G2, "offering", "new securities to be sold"),
    _form("S-3*", "shelf registration", G1, "offering", "permission to sell, not a sale", "series"),
    _form("F-3*", "shelf registration", G1, "offering", "permission to sell, not a sale"),
    _form("S-8*", "shares for employee plans", G1, "plan shares", "routine", "series"),
    _form("POS*", "amendment to a registration", G1, "offering", "routine", "series"),
    _form("EFFECT", "registration takes effect", G1, "offering", "clerical", "series"),
    _form("FWP", "terms of an offering", G1, "offering", "mostly notes", "series"),
    _form("RW*", "withdrawal of a registration", G1, "offering", "clerical"),
    _form("8-A12*", "listing of a class", G1, "listing", "mostly notes", "series"),
    _form("CERT*", "certification of a listing", G1, "listing", "clerical", "series"),
    _form("3", "insider's first statement", G1, "insider", "routine", "insider"),
    _form("4", "insider's transaction", G1, "insider", "mostly grants, taxes and plans", "insider"),
    _form("5", "insider's yearly statement", G1, "insider", "routine", "insider"),
    _form("144", "notice of an insider's sale", G1, "insider", "mostly under plans", "insider"),
    _form("13F*", "holdings of a manager", G1, "holdings", "about others' shares"),
    _form("N-*", "fund report", G1, "fund", "about funds"),
    _form("497*", "fund prospectus", G1, "fund", "about funds"),
    _form("11-K*", "employee plan report", G1, "plan report", "an employee plan, not the company"),
    _form("SD*", "conflict minerals", G1, "conflict minerals", "yearly and routine"),
    _form("ARS*", "annual report to holders", G1, "annual report", "a copy of what was filed"),
    _form("ABS-*", "asset-backed securities", G1, "asset-backed", "about pools, not the company", "series"),
    _form("10-D*", "asset-backed distribution", G1, "asset-backed", "about pools, not the company"),
    _form("D", "private placement", G1, "offering", "small or by others"),
    _form("1-*", "small offering", G1, "offering", "Regulation A paper"),
    _form("T-3*", "trust indenture", G1, "offering", "clerical"),
    _form("UPLOAD", "letter from the SEC's staff", G1, "staff letter", "released after the matter is closed", "series"),
    _form("CORRESP", "letter to the SEC's staff", G1, "staff letter", "released after the matter is closed", "series"),
    _form("SEC STAFF*", "paper of the SEC's staff", G1, "staff letter", "clerical"),
    _form("NO ACT", "no-action letter", G1, "staff letter", "mostly about proposals of holders"),
    _form("CT ORDER", "confidential treatment order", G1, "staff letter", "clerical"),
    _form("DR*", "draft registration", G1, "offering", "a draft"),
    _form("DOS*", "draft offering statement", G1, "offering", "a draft"),
    _form("QUALIF", "offering qualified", G1, "offering", "clerical"),
    _form("IRANNOTICE", "notice about dealings with Iran", G1, "disclosure", "formal notice beside a periodic report"),
)
# fmt: on

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
    """The row of a form; one that no row knows is "unclassified official filing", G2, never dropped."""
    # The SEC renames forms one by one: SC 13D is SCHEDULE 13D since 2024, the others may follow.
    base = base_form(form)
    if base.startswith("SCHEDULE "):
        base = f"SC {base.removeprefix('SCHEDULE ')}"
    if exact := _EXACT.get(base):
        return exact
    for row in _FAMILIES:
        if base.startswith(row.form[:-1]):
            return row
    return _form(
        base, "unclassified official filing", G2, "unclassified", "a form that no table knows is shown"
    )


def is_about_other(form: str, file_number: str) -> bool:
    """Whether a listed filing is the name's own paper about another company: SEC leaves its file number blank then."""
    return not file_number.strip() and base_form(form).startswith(_ABOUT_OTHERS)
