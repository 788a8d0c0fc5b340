"""Regulated information outside the SEC: graded by its kind and title, in English and French.

Kinds are those of the EU transparency directive as national stores name them; titles are the issuer's. Promise: nothing
official is dropped, a kind that no row knows is "unclassified official filing" and G2. A row with `weekly` is routine
(notices of share buy-backs come daily): a week of it is one fact. All severities are judgement.
"""

import re
from dataclasses import dataclass
from typing import Final

from core.facts.fact import Filing, Severity
from core.facts.grade import RANK, Grade
from core.facts.headlines import grade_headline
from core.facts.rule import line

G1, G2, G3 = Severity.G1, Severity.G2, Severity.G3


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`titled`: the kind says too little, the title may weigh more. `example` is a "kind title" the pattern must find."""

    label: str
    severity: Severity
    event: str
    pattern: re.Pattern[str]
    reason: str
    example: str
    weekly: bool = False
    titled: bool = False


def _kind(
    label: str,
    severity: Severity,
    event: str,
    pattern: str,
    reason: str,
    example: str,
    *,
    weekly: bool = False,
    titled: bool = False,
) -> Kind:
    return Kind(
        label=label,
        severity=severity,
        event=event,
        pattern=re.compile(pattern, re.IGNORECASE),
        reason=reason,
        example=example,
        weekly=weekly,
        titled=titled,
    )


# fmt: off
KINDS: Final[tuple[Kind, ...]] = (
    _kind("insolvency", G3, "bankruptcy", r"\b(?:sauvegarde|redressement judiciaire|liquidation judiciaire|insolvency|cessation des paiements)\b", "the equity is impaired", "Information privilégiée Ouverture d'une procédure de sauvegarde"),
    _kind("profit warning", G3, "guidance", r"avertissement sur (?:ses |les )?r[ée]sultats|profit warning|(?:r[ée]vise|abaisse|suspend)\w* .{0,40}(?:objectifs|pr[ée]visions|perspectives)", "the company takes back what it had promised", "Inside information Avertissement sur résultats"),
    _kind("change at the top", G3, "management", r"(?:d[ée]mission|d[ée]part|r[ée]vocation|succession|nomination|resign\w*|appoint\w*|steps? down) .{0,80}(?:directeur g[ée]n[ée]ral|directrice g[ée]n[ée]rale|directeur financier|CEO|CFO|chief executive|chief financial)", "the people who set the course change", "Information privilégiée Nomination de Jean Dupont comme Directeur général"),
    _kind("public offer", G3, "merger", r"\b(?:offre publique (?:d['’]achat|d['’][ée]change|de retrait)|\bOPA\b|\bOPE\b|\bOPR\b|takeover bid|tender offer|projet de fusion)\b", "who owns what changes", "Documents offre Offre publique d'achat visant la société"),
    _kind("buy-back notices", G1, "buyback", r"own shares|actions propres|rachat d['’]actions|programme de rachat|share buy-?back|transactions? sur actions|contrat de liquidit[ée]|liquidity (?:contract|agreement)", "daily and routine", "Acquisition or disposal of the issuer's own shares", weekly=True),
    _kind("voting rights and capital", G1, "capital", r"voting rights|droits de vote|nombre total d['’]actions", "monthly and routine", "Total number of voting rights and capital", weekly=True),
    _kind("threshold crossed", G1, "stake", r"major shareholding|franchissement de seuil|d[ée]claration de seuil", "passive and periodic", "Major shareholding notifications", weekly=True),
    _kind("annual report", G2, "annual report", r"annual financial|rapport financier annuel|universal registration document|document d['’]enregistrement universel|r[ée]sultats annuels|annual results", "audited accounts and risks", "Annual financial and audit reports"),
    _kind("half-year report", G2, "half-year report", r"half[- ]year|rapport (?:financier )?semestriel|r[ée]sultats semestriels", "accounts of the half-year", "Half yearly financial reports and audit reports / limited reviews"),
    _kind("quarterly figures", G2, "results", r"chiffre d['’]affaires|quarter|trimestr\w+|revenue|r[ée]sultats", "figures of the period", "Information privilégiée Chiffre d'affaires du premier trimestre 2026"),
    _kind("rights of shares", G2, "shareholder rights", r"changes? in the rights|droits attach[ée]s", "what a share is entitled to changes", "Changes in the rights attaching to the classes of shares or securities"),
    _kind("governance and pay", G1, "governance", r"r[ée]mun[ée]rations?|remuneration|gouvernement d['’]entreprise|corporate governance|assembl[ée]e g[ée]n[ée]rale|general meeting", "yearly and routine", "Gouvernement d'entreprise Rémunération des dirigeants"),
    _kind("where to find a document", G1, "notice", r"mise [àa] disposition|availability of|home member state|payments? to governments?|prospectus", "a notice", "Modalités de mise à disposition du document"),
    _kind("deal", G2, "deal", r"\b(?:acquisition|cession|acquiert|c[èe]de|partenariat|joint venture|disposal of)\b", "the shape of the company changes", "Inside information Cession de la branche emballage"),
    _kind("inside information", G2, "disclosure", r"inside information|information privil[ée]gi[ée]e|press release|communiqu[ée]", "what the issuer itself holds to matter to the price", "Inside information", titled=True),
)
# fmt: on


# Four small letters in a row are a word; "8-k/a" is a code that somebody wrote in small letters.
_IN_WORDS: Final = re.compile(r"[a-zà-ÿ]{4}")


def is_regulated(form: str) -> bool:
    """Whether a form is a kind of regulated information in words, not a code of the SEC."""
    return _IN_WORDS.search(form) is not None


def kind_of(filing: Filing) -> Kind | None:
    """The first row that finds its pattern in the filing's kind and title."""
    told = f"{filing.form} {filing.title}"
    return next((row for row in KINDS if row.pattern.search(told)), None)


def grade_regulated(filing: Filing) -> Grade:
    """The grade by kind; where the kind says too little, the title's event when it weighs more."""
    row = kind_of(filing)
    if row is None:
        label = "unclassified official filing"
        return Grade(
            severity=G2, row=f"kind {filing.form}", event="unclassified", label=label, excerpt=filing.title
        )
    if row.titled:
        told = grade_headline(line(filing.title)).grade
        if RANK[told.severity] > RANK[row.severity]:
            return Grade(
                severity=told.severity, row=f"kind {row.label}, {told.row}", event=told.event, label=row.label,
                excerpt=filing.title,
            )  # fmt: skip
    return Grade(
        severity=row.severity, row=f"kind {row.label}", event=row.event, label=row.label, excerpt=filing.title
    )
