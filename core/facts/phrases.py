"""What a filing's text changes about the grade of its item or form: rows that raise, and rows that lower.

Promise: only the section of the item is read, so a director's farewell under 5.02 cannot borrow the words of 8.01.
A raising row that finds its words wins over any lowering row. Refused: grading by mood; each row looks for an event
that is stated. All rows are judgement, tuned on the tune part of the project's label file.
"""

import re
from dataclasses import dataclass
from typing import Final

from core.facts.events import Event, Severity
from core.facts.filing import Reported


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A text that changes the grade of what is reported as one of `events`, or, with `free`, of what says nothing itself.

    `unless` stops the row. `example` is a text that the row must find: the tests hold every row to it.
    """

    events: frozenset[Event]
    free: bool
    severity: Severity
    event: Event
    label: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    reason: str
    example: str

    def concerns(self, reported: Reported) -> bool:
        """Whether the row is to be tried on the text of `reported`."""
        return reported.event in self.events or (self.free and reported.open)

    def finds(self, text: str) -> re.Match[str] | None:
        """Where the row finds its words in `text`, if nothing in it speaks against them."""
        found = self.pattern.search(text)
        return None if found and self.unless is not None and self.unless.search(text) else found


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
    events: tuple[Event, ...],
    free: bool,
    severity: Severity,
    event: Event,
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
        events=frozenset(events),
        free=free,
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
    _row((Event.AGREEMENT, ), True, G3, Event.DEAL_AGREED, "merger agreement",
         r"enter(?:ed|s|ing)? into (?:(?!credit|loan|indenture|amend|underwriting|notes).){0,140}?(?:agreement and plan of (?:merger|reorganization)|merger agreement|business combination agreement|(?:scheme )?implementation (?:agreement|deed))|scheme of arrangement|to be acquired by|will be acquired by|agreed to be acquired|definitive (?:merger )?agreement .{0,60}(?:to be acquired|will acquire the company|be acquired by)",
         "the company buys or is bought", "entered into an Agreement and Plan of Merger (the “Merger Agreement”)"),
    _row((Event.CONTRACT_LOST, ), True, G3, Event.DEAL_OFF, "merger called off",
         r"terminat\w+ .{0,80}(?:Merger Agreement|Agreement and Plan of Merger|business combination|(?:proposed|planned|pending) (?:merger|acquisition|transaction))",
         "a deal that the price had counted on is gone", "the parties agreed to terminate the Merger Agreement"),
    _row((Event.CONTRACT_LOST, ), False, G3, Event.CONTRACT_LOST, "main customer or supplier lost",
         r"(?:largest|principal|primary|main|sole|single) (?:\w+ )?(?:customer|client|distributor|supplier|licen[cs](?:or|ee)|tenant)",
         "business that the price had counted on is gone", "the agreement with its largest customer was terminated"),
    _row((Event.DEAL_CLOSED, ), False, G3, Event.CONTROL, "the company was acquired",
         r"(?:merged with and into the (?:Company|Registrant)[^.]{0,80}(?:Company|Registrant)[^.]{0,40}surviv|(?:the Company|the Registrant|we) (?:\S+ ){0,4}became an? .{0,30}wholly[- ]owned subsidiary of|each (?:issued and outstanding )?share of (?:\S+ ){0,4}(?:Company|Registrant)\b.{0,160}converted into the right to receive)",
         "the shares turn into cash or into others", "the Company became a wholly owned subsidiary of Parent"),
    _row((Event.CYBER, ), True, G3, Event.CYBER, "cyber incident with effect",
         rf"{_CYBER}(?:(?!{_CYBER}).){{0,1500}}?(?:halt|suspend|disrupt|taken offline|material(?:ly)? (?:impact|adverse)|is reasonably likely to have a material|was material)",
         "operations stand or money is lost", "ransomware forced us to suspend production at all plants",
         _NO_EFFECT),
    _row((Event.CYBER, ), False, G3, Event.CYBER, "cyber incident with effect",
         r"\b(?:halt|suspend|disrupt|offline|material(?:ly)? (?:impact|adverse)|(?:is|are) reasonably likely to have a material|was material)",
         "operations stand or money is lost", "which has disrupted our manufacturing and is expected to have a material impact", _NO_EFFECT),
    _row((Event.RESULTS, ), True, G3, Event.GUIDANCE_DOWN, "guidance withdrawn or cut",
         r"(?:withdr\w+|suspend\w*|rescind\w*|lower(?:s|ed|ing)?|reduc(?:es|ed|ing)|cut(?:s|ting)?) (?:its |our |the |all )?(?:previously (?:issued|announced|provided) )?(?:\w+[- ]){0,5}?(?:guidance|outlook|forecast)",
         "the company takes back what it had promised", "is withdrawing its previously issued full-year guidance"),
    _row((Event.RESULTS, ), True, G3, Event.GUIDANCE_DOWN, "profit warning",
         r"profit warning|(?:materially|significantly|substantially) (?:below|lower than) (?:its |our |the )?(?:previous|prior|guidance|expectation|outlook)",
         "the company says that it will miss", "revenue significantly below our previous guidance"),
    _row((Event.AUDITOR, ), False, G3, Event.AUDITOR, "auditor resigned or disagreed",
         r"(?i:resign(?:ed|s|ation)|declin\w+ to stand|withdr[ae]w)|there were (?:the following )?disagreements|material weakness",
         "auditors rarely leave by themselves", "Deloitte & Touche LLP resigned as the Company’s auditor"),
    _row((Event.OFFICER, ), False, G3, Event.CHIEF_LEAVES, "chief executive or finance chief leaves",
         rf"{_NOT_IF}{_CHIEFS}(?:.{{0,160}}?){_LEAVES}|{_LEAVES}(?:.{{0,120}}?){_CHIEFS}",
         "the people who set the course change", "John Doe, Chief Financial Officer, notified the Company that he will resign",
         case=True),
    _row((Event.OTHER, ), False, G2, Event.OTHER, "waiver for an executive", r"\bwaive[rd]?\b",
         "an exception was made for someone at the top", "granted a waiver of the Code to its Chief Executive Officer"),
    _row((Event.MEETING, ), False, G2, Event.MEETING, "holders voted a proposal down",
         r"(?:proposal .{0,80}(?:was not approved|did not (?:pass|receive the required)|failed)|did not approve|not re-?elected)",
         "holders rarely refuse", "stockholders did not approve, on an advisory basis, executive compensation",
         r"(?:stock|share)holder proposal"),
    _row((Event.RIGHTS, ), True, G2, Event.RIGHTS, "rights plan",
         r"(?:stockholder |shareholder )?rights (?:agreement|plan)\b|poison pill",
         "a defence against a bid", "adopted a limited duration shareholder rights plan"),
    _row((), True, G3, Event.INSOLVENCY, "insolvency",
         r"(?:filed? (?:a )?voluntary petition|chapter 11\b|chapter 7 of|restructuring support agreement|substantial doubt .{0,60}going concern|insolvency proceedings|judicial administration)",
         "the equity is impaired", "filed voluntary petitions under chapter 11 of the Bankruptcy Code",
         r"\b(?:one|certain|some) of (?:our|its|the Company['’]s) (?:\w+ ){0,2}(?:tenants?|customers?|suppliers?|partners?|lessees?)\b.{0,60}(?:filed|chapter 11|voluntary)"),
    _row((), True, G3, Event.RESTATEMENT, "accounts unreliable",
         r"should no longer be relied (?:up)?on|restat(?:e|ed|ing|ement of) (?:its |our |the |certain )?(?:previously|prior|financial|consolidated)|accounting irregularit",
         "published accounts are unreliable", "should no longer be relied upon"),
    _row((), True, G3, Event.CHIEF_LEAVES, "chief executive or finance chief leaves",
         rf"{_NOT_IF}{_CHIEFS}(?:.{{0,120}}?){_LEAVES}|{_LEAVES}(?:.{{0,80}}?){_CHIEFS}",
         "the people who set the course change", "announced that its Chief Executive Officer will step down", case=True),
    _row((), True, G3, Event.REGULATOR, "criminal or fraud case",
         r"\b(?:indict(?:ed|ment)|plead(?:ed)? guilty|guilty plea|deferred prosecution|Wells notice|securities fraud charges|criminal (?:charges|investigation))",
         "a state goes after the company", "received a Wells Notice from the staff of the SEC"),
    _row((), True, G3, Event.PRODUCT_FAILED, "trial failed or product refused",
         r"(?:did not (?:meet|achieve) (?:its|the) (?:co-)?primary endpoint|complete response letter|clinical hold|discontinu\w+ .{0,60}(?:trial|study)\b)",
         "a product that the price had counted on is gone", "the study did not meet its primary endpoint"),
    _row((), True, G2, Event.RESULTS, "results",
         r"(?:(?:first|second|third|fourth)[- ](?:quarter|half)|full[- ]year|half[- ]year|interim|annual|quarterly|preliminary|fiscal) .{0,60}(?:results|revenue|sales|earnings)|(?:results|earnings) (?:of|for) the (?:first|second|third|fourth|quarter|half|year|three|six|nine|twelve)",
         "results by another door", "announced its second quarter 2026 financial results"),
    _row((), True, G2, Event.DIVIDEND, "dividend or buyback",
         r"(?:declar\w+|increas\w+|suspend\w*|cut|special|quarterly|cash|interim|final) .{0,60}dividend|(?:repurchase|buy-?back) (?:program|plan|of|up to)|share repurchase",
         "cash to the holders", "authorized a share repurchase program of up to $10 billion"),
    _row((), True, G2, Event.DEAL_AGREED, "deal or stake",
         r"\b(?:acqui(?:re[sd]?|sition|ring)|divest\w*|spin-?off|merger|joint venture|sale of (?:its|the) .{0,60}(?:business|unit|division))\b",
         "the shape of the company changes", "completed the previously announced acquisition of Livongo"),
    _row((), True, G2, Event.LITIGATION, "litigation or regulator",
         r"\b(?:settle(?:ment|d)|lawsuit|class action|jury|verdict|subpoena|civil investigative|investigation by|antitrust|consent decree|injunction|recall)\b",
         "a court or a regulator acts", "entered into a settlement agreement resolving the lawsuit"),
    _row((), True, G2, Event.GUIDANCE, "guidance",
         r"\b(?:guidance|outlook|reaffirm\w*|preliminary (?:unaudited )?(?:estimates?|results))\b",
         "the company says what it expects", "reaffirmed its full-year guidance"),
    _row((), True, G2, Event.RESTRUCTURING, "restructuring",
         r"\b(?:restructuring|lay-?offs?|workforce reduction|reduction in force|plant closure|headcount)\b",
         "costs and people", "a reduction in force of about ten percent"),
    _row((), True, G2, Event.CYBER, "cyber incident",
         r"\b(?:cybersecurity incident|ransomware|unauthorized access|data breach|security incident)\b",
         "not material by the company's own reading", "detected unauthorized access to certain systems"),
    _row((), True, G2, Event.PRODUCT, "approval of a product",
         r"\b(?:FDA|EMA|European Commission|NMPA)\b.{0,80}(?:approv|authoriz|clear)\w+",
         "a product may be sold", "the FDA approved the new drug application"),
)

LOWERING: Final[tuple[TextRow, ...]] = (
    _row((Event.LISTING_DANGER, ), False, G1, Event.LISTING_MOVED, "moves to another exchange",
         r"(?:voluntar\w+ .{0,200}(?:transfer|withdraw|delist|mov)|transfer (?:of )?(?:the |its )?(?:stock exchange )?listing|(?:transfer|move|switch)\w* .{0,120}(?:to|from) (?:the )?(?:Nasdaq|NYSE|New York Stock Exchange))",
         "the shares stay listed elsewhere", "voluntarily transfer its stock exchange listing to Nasdaq",
         r"fail\w* to (?:comply|satisfy|meet)|not in compliance|deficien"),
    _row((Event.LISTING_DANGER, ), False, G1, Event.OTHER, "a note or another class leaves the exchange",
         r"(?:delist|remov|withdraw|cease)\w*.{0,200}\b(?:notes?|debentures?|bonds?|warrants?)\b|\b(?:notes?|debentures?|bonds?|warrants?)\b.{0,200}(?:delist|remov|withdraw|cease)",
         "the shares stay listed", "requested that the NYSE delist its 1.5% Senior Notes due 2026",
         r"common (?:stock|shares?)|ordinary shares?|class [abc]\b|depositary|fail\w* to|not in compliance|deficien|bid price|merger|bankruptcy"),
    _row((Event.LISTING_DANGER, ), False, G1, Event.LISTING_SAFE, "complies again",
         r"(?:has |have |had )?(?:now )?regained compliance|matter is (?:now )?closed|(?:has|been) cured|is (?:now )?in compliance with",
         "the danger is over", "notified the Company that it has regained compliance with the bid price rule",
         r"(?:not|never|fail\w* to) (?:yet )?(?:regain|be in compliance)|in order to|determin\w+ to delist"),
    _row((Event.LISTING_DANGER, ), False, G2, Event.LISTING_DANGER, "a committee is short of a member",
         r"audit committee.{0,300}(?:three|vacan|at least)|majority (?:of )?independent",
         "technical, and cured by electing a director", "no longer complies since the audit committee has fewer than three members",
         r"bid price|stockholders['’] equity|market value|timely fil"),
    _row((Event.OFFICER, ), False, G1, Event.PAY, "pay or director only",
         r"(?:compensat|award|bonus|incentive plan|equity plan|salary|director|stock plan|retention|severance|employment agreement)",
         "no officer comes or goes", "approved the annual bonus plan for its named executive officers",
         r"(?:officer|president|chief|controller|treasurer|counsel)\b.{0,200}?(?:resign|will retire|retirement of|step(?:s|ped|ping)? down|depart|appoint|promot|elected (?:as|to serve as)|succeed|successor)|(?:resign|appoint|promot|succeed|named (?!executive)|retire)\w*.{0,160}?(?:officer|president|chief|controller|treasurer|counsel)\b"),
)
# fmt: on
