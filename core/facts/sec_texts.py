"""What a filing's text changes about the grade of its item or form: rows that raise, and rows that lower.

Promise: only the section of the item is read, so a director's farewell under 5.02 cannot borrow the words of 8.01.
A raising row that finds its words wins over any lowering row. Refused: grading by mood; each row looks for an event
that is stated. All rows are judgement, tuned on the tune part of the project's label file.
"""

import re
from typing import Final

from core.facts.fact import Severity
from core.facts.grade import TextRow

_FREE: Final = ("7.01", "8.01", "5", "9", "6-K")  # where the code or form says nothing about the content

# A definite departure: said of a person, not in the "if he retires" of a pay plan.
_LEAVES: Final = (
    r"(?<![Ii]f he )(?<![Ii]f she )(?<!unless he )(?<!unless she )(?<!should he )(?<!should she )"
    r"(?i:resign(?:ed|s|ation)|will resign|to resign|retire[sd]\b|will retire|to retire|(?:his|her|planned|upcoming|announced) retirement"
    r"|retirement of|step(?:s|ped|ping)? down|will depart|depart(?:ed|s|ure)|(?:was|been|were) terminated"
    r"|terminated the employment of|relieved|was dismissed"
    r"|ceas(?:e|es|ed|ing) to (?:serve|be)|will (?:leave|be leaving)|no longer (?:serve|be employed)|removed|passed away|death of)"
)
_TITLES: Final = r"(?:Chief Executive(?: Officer)?+|Chief Financial Officer|CEO|CFO|Co-CEO|[Pp]rincipal (?:executive|financial) officer)\b"
# Not what a director once was elsewhere ("the former Chief Executive Officer of Acme"), and not who takes over the duties.
_CHIEFS: Final = (
    rf"(?:(?<!former )(?<!served as )(?<!serves as ){_TITLES}|{_TITLES}(?! of [A-Z]))"
    r"(?!, will (?:also )?(?:assume|act|serve|continue))"
)

# A plan's conditions: "If the Chief Executive Officer resigns for good reason, …".
_NOT_IF: Final = r"(?<![Ii]f the )(?<![Ii]f our )(?<![Ii]f its )(?<!event the )(?<!event our )(?<!event that the )(?<![Uu]pon the )"


def _row(
    where: tuple[str, ...],
    severity: Severity,
    event: str,
    label: str,
    pattern: str,
    reason: str,
    example: str,
    unless: str = "",
    *,
    case: bool = False,
) -> TextRow:
    flags = 0 if case else re.IGNORECASE
    return TextRow(
        where=frozenset(where),
        severity=severity,
        event=event,
        label=label,
        pattern=re.compile(pattern, flags),
        unless=re.compile(unless, flags) if unless else None,
        reason=reason,
        example=example,
    )


# Each stretch ends at the next such word, so that a document which says "cyber" a thousand times is read once.
_CYBER: Final = r"(?:cyber|ransomware|unauthorized (?:access|actor|third part)|security incident)"

# The company says that nothing came of it, or that it does not know yet.
_NO_EFFECT: Final = r"(?:not|no) (?:had |have |yet |been )?(?:a )?(?:reasonably likely|material)|has not had a material|not (?:yet )?(?:determined|concluded)"

G1, G2, G3 = Severity.G1, Severity.G2, Severity.G3

# fmt: off
RAISING: Final[tuple[TextRow, ...]] = (
    _row(("1.01", *_FREE), G3, "merger", "merger agreement",
         r"enter(?:ed|s|ing)? into (?:(?!credit|loan|indenture|amend|underwriting|notes).){0,140}?(?:agreement and plan of (?:merger|reorganization)|merger agreement|business combination agreement|(?:scheme )?implementation (?:agreement|deed))|scheme of arrangement|to be acquired by|will be acquired by|agreed to be acquired|definitive (?:merger )?agreement .{0,60}(?:to be acquired|will acquire the company|be acquired by)",
         "the company buys or is bought", "entered into an Agreement and Plan of Merger (the “Merger Agreement”)"),
    _row(("1.02", *_FREE), G3, "merger", "merger called off",
         r"terminat\w+ .{0,80}(?:Merger Agreement|Agreement and Plan of Merger|business combination|(?:proposed|planned|pending) (?:merger|acquisition|transaction))",
         "a deal that the price had counted on is gone", "the parties agreed to terminate the Merger Agreement"),
    _row(("1.02",), G3, "agreement ended", "main customer or supplier lost",
         r"(?:largest|principal|primary|main|sole|single) (?:\w+ )?(?:customer|client|distributor|supplier|licen[cs](?:or|ee)|tenant)",
         "business that the price had counted on is gone", "the agreement with its largest customer was terminated"),
    _row(("2.01", "2"), G3, "deal closed", "the company was acquired",
         r"(?:merged with and into the (?:Company|Registrant)[^.]{0,80}(?:Company|Registrant)[^.]{0,40}surviv|(?:the Company|the Registrant|we) (?:\S+ ){0,4}became an? .{0,30}wholly[- ]owned subsidiary of|each (?:issued and outstanding )?share of (?:\S+ ){0,4}(?:Company|Registrant)\b.{0,160}converted into the right to receive)",
         "the shares turn into cash or into others", "the Company became a wholly owned subsidiary of Parent"),
    _row(("1.05", *_FREE), G3, "cyber incident", "cyber incident with effect",
         rf"{_CYBER}(?:(?!{_CYBER}).){{0,1500}}?(?:halt|suspend|disrupt|taken offline|material(?:ly)? (?:impact|adverse)|is reasonably likely to have a material|was material)",
         "operations stand or money is lost", "ransomware forced us to suspend production at all plants",
         _NO_EFFECT),
    _row(("1.05",), G3, "cyber incident", "cyber incident with effect",
         r"\b(?:halt|suspend|disrupt|offline|material(?:ly)? (?:impact|adverse)|(?:is|are) reasonably likely to have a material|was material)",
         "operations stand or money is lost", "which has disrupted our manufacturing and is expected to have a material impact", _NO_EFFECT),
    _row(("2.02", "12", *_FREE), G3, "guidance", "guidance withdrawn or cut",
         r"(?:withdr\w+|suspend\w*|rescind\w*|lower(?:s|ed|ing)?|reduc(?:es|ed|ing)|cut(?:s|ting)?) (?:its |our |the |all )?(?:previously (?:issued|announced|provided) )?(?:\w+[- ]){0,5}?(?:guidance|outlook|forecast)",
         "the company takes back what it had promised", "is withdrawing its previously issued full-year guidance"),
    _row(("2.02", "12", *_FREE), G3, "guidance", "profit warning",
         r"profit warning|(?:materially|significantly|substantially) (?:below|lower than) (?:its |our |the )?(?:previous|prior|guidance|expectation|outlook)",
         "the company says that it will miss", "revenue significantly below our previous guidance"),
    _row(("4.01", "4"), G3, "auditor", "auditor resigned or disagreed",
         r"(?i:resign(?:ed|s|ation)|declin\w+ to stand|withdr[ae]w)|there were (?:the following )?disagreements|material weakness",
         "auditors rarely leave by themselves", "Deloitte & Touche LLP resigned as the Company’s auditor"),
    _row(("5.02",), G3, "management", "chief executive or finance chief leaves",
         rf"{_NOT_IF}{_CHIEFS}(?:.{{0,160}}?){_LEAVES}|{_LEAVES}(?:.{{0,120}}?){_CHIEFS}",
         "the people who set the course change", "John Doe, Chief Financial Officer, notified the Company that he will resign",
         case=True),
    _row(("5.05",), G2, "ethics code", "waiver for an executive", r"\bwaive[rd]?\b",
         "an exception was made for someone at the top", "granted a waiver of the Code to its Chief Executive Officer"),
    _row(("5.07",), G2, "vote", "holders voted a proposal down",
         r"(?:proposal .{0,80}(?:was not approved|did not (?:pass|receive the required)|failed)|did not approve|not re-?elected)",
         "holders rarely refuse", "stockholders did not approve, on an advisory basis, executive compensation",
         r"(?:stock|share)holder proposal"),
    _row(("3.03", *_FREE), G2, "shareholder rights", "rights plan",
         r"(?:stockholder |shareholder )?rights (?:agreement|plan)\b|poison pill",
         "a defence against a bid", "adopted a limited duration shareholder rights plan"),
    _row(_FREE, G3, "bankruptcy", "insolvency",
         r"(?:filed? (?:a )?voluntary petition|chapter 11\b|chapter 7 of|restructuring support agreement|substantial doubt .{0,60}going concern|insolvency proceedings|judicial administration)",
         "the equity is impaired", "filed voluntary petitions under chapter 11 of the Bankruptcy Code",
         r"\b(?:one|certain|some) of (?:our|its|the Company['’]s) (?:\w+ ){0,2}(?:tenants?|customers?|suppliers?|partners?|lessees?)\b.{0,60}(?:filed|chapter 11|voluntary)"),
    _row(_FREE, G3, "restatement", "accounts unreliable",
         r"should no longer be relied (?:up)?on|restat(?:e|ed|ing|ement of) (?:its |our |the |certain )?(?:previously|prior|financial|consolidated)|accounting irregularit",
         "published accounts are unreliable", "should no longer be relied upon"),
    _row(("6-K", "8.01", "7.01", "5"), G3, "management", "chief executive or finance chief leaves",
         rf"{_NOT_IF}{_CHIEFS}(?:.{{0,120}}?){_LEAVES}|{_LEAVES}(?:.{{0,80}}?){_CHIEFS}",
         "the people who set the course change", "announced that its Chief Executive Officer will step down", case=True),
    _row(_FREE, G3, "investigation", "criminal or fraud case",
         r"\b(?:indict(?:ed|ment)|plead(?:ed)? guilty|guilty plea|deferred prosecution|Wells notice|securities fraud charges|criminal (?:charges|investigation))",
         "a state goes after the company", "received a Wells Notice from the staff of the SEC"),
    _row(_FREE, G3, "clinical", "trial failed or product refused",
         r"(?:did not (?:meet|achieve) (?:its|the) (?:co-)?primary endpoint|complete response letter|clinical hold|discontinu\w+ .{0,60}(?:trial|study)\b)",
         "a product that the price had counted on is gone", "the study did not meet its primary endpoint"),
    _row(_FREE, G2, "results", "results",
         r"(?:(?:first|second|third|fourth)[- ](?:quarter|half)|full[- ]year|half[- ]year|interim|annual|quarterly|preliminary|fiscal) .{0,60}(?:results|revenue|sales|earnings)|(?:results|earnings) (?:of|for) the (?:first|second|third|fourth|quarter|half|year|three|six|nine|twelve)",
         "results by another door", "announced its second quarter 2026 financial results"),
    _row(_FREE, G2, "dividend or buyback", "dividend or buyback",
         r"(?:declar\w+|increas\w+|suspend\w*|cut|special|quarterly|cash|interim|final) .{0,60}dividend|(?:repurchase|buy-?back) (?:program|plan|of|up to)|share repurchase",
         "cash to the holders", "authorized a share repurchase program of up to $10 billion"),
    _row(_FREE, G2, "deal", "deal or stake",
         r"\b(?:acqui(?:re[sd]?|sition|ring)|divest\w*|spin-?off|merger|joint venture|sale of (?:its|the) .{0,60}(?:business|unit|division))\b",
         "the shape of the company changes", "completed the previously announced acquisition of Livongo"),
    _row(_FREE, G2, "litigation", "litigation or regulator",
         r"\b(?:settle(?:ment|d)|lawsuit|class action|jury|verdict|subpoena|civil investigative|investigation by|antitrust|consent decree|injunction|recall)\b",
         "a court or a regulator acts", "entered into a settlement agreement resolving the lawsuit"),
    _row(_FREE, G2, "guidance", "guidance",
         r"\b(?:guidance|outlook|reaffirm\w*|preliminary (?:unaudited )?(?:estimates?|results))\b",
         "the company says what it expects", "reaffirmed its full-year guidance"),
    _row(_FREE, G2, "restructuring", "restructuring",
         r"\b(?:restructuring|lay-?offs?|workforce reduction|reduction in force|plant closure|headcount)\b",
         "costs and people", "a reduction in force of about ten percent"),
    _row(_FREE, G2, "cyber incident", "cyber incident",
         r"\b(?:cybersecurity incident|ransomware|unauthorized access|data breach|security incident)\b",
         "not material by the company's own reading", "detected unauthorized access to certain systems"),
    _row(_FREE, G2, "approval", "approval of a product",
         r"\b(?:FDA|EMA|European Commission|NMPA)\b.{0,80}(?:approv|authoriz|clear)\w+",
         "a product may be sold", "the FDA approved the new drug application"),
)

LOWERING: Final[tuple[TextRow, ...]] = (
    _row(("3.01",), G1, "listing", "moves to another exchange",
         r"(?:voluntar\w+ .{0,200}(?:transfer|withdraw|delist|mov)|transfer (?:of )?(?:the |its )?(?:stock exchange )?listing|(?:transfer|move|switch)\w* .{0,120}(?:to|from) (?:the )?(?:Nasdaq|NYSE|New York Stock Exchange))",
         "the shares stay listed elsewhere", "voluntarily transfer its stock exchange listing to Nasdaq",
         r"fail\w* to (?:comply|satisfy|meet)|not in compliance|deficien"),
    _row(("3.01",), G1, "listing", "a note or another class leaves the exchange",
         r"(?:delist|remov|withdraw|cease)\w*.{0,200}\b(?:notes?|debentures?|bonds?|warrants?)\b|\b(?:notes?|debentures?|bonds?|warrants?)\b.{0,200}(?:delist|remov|withdraw|cease)",
         "the shares stay listed", "requested that the NYSE delist its 1.5% Senior Notes due 2026",
         r"common (?:stock|shares?)|ordinary shares?|class [abc]\b|depositary|fail\w* to|not in compliance|deficien|bid price|merger|bankruptcy"),
    _row(("3.01",), G1, "listing", "complies again",
         r"(?:has |have |had )?(?:now )?regained compliance|matter is (?:now )?closed|(?:has|been) cured|is (?:now )?in compliance with",
         "the danger is over", "notified the Company that it has regained compliance with the bid price rule",
         r"(?:not|never|fail\w* to) (?:yet )?(?:regain|be in compliance)|in order to|determin\w+ to delist"),
    _row(("3.01",), G2, "listing", "a committee is short of a member",
         r"audit committee.{0,300}(?:three|vacan|at least)|majority (?:of )?independent",
         "technical, and cured by electing a director", "no longer complies since the audit committee has fewer than three members",
         r"bid price|stockholders['’] equity|market value|timely fil"),
    _row(("5.02",), G1, "management", "pay or director only",
         r"(?:compensat|award|bonus|incentive plan|equity plan|salary|director|stock plan|retention|severance|employment agreement)",
         "no officer comes or goes", "approved the annual bonus plan for its named executive officers",
         r"(?:officer|president|chief|controller|treasurer|counsel)\b.{0,200}?(?:resign|will retire|retirement of|step(?:s|ped|ping)? down|depart|appoint|promot|elected (?:as|to serve as)|succeed|successor)|(?:resign|appoint|promot|succeed|named (?!executive)|retire)\w*.{0,160}?(?:officer|president|chief|controller|treasurer|counsel)\b"),
)
# fmt: on
