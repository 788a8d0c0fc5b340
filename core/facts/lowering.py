"""The sentences of official documents that lower a grade: moves and notes that are no delisting, pay that is
no departure.

The marks are explained in `phrases`. A row acts only when nothing in the whole section speaks against it
(`!!`).
"""

from typing import Final

from core.facts.phrases import NAMES, phrases

LOWERING: Final = phrases(
    NAMES
    + r"""
@officers \b(?:officer|president|chief|controller|treasurer|counsel)\b

= listing moved G1 | listing in danger | moves to another exchange | the shares stay listed elsewhere
\bvoluntar\w+ .{0,200}\b(?:transfer|withdraw|delist|mov)
\btransfer (?:of )?(?:the |its )?(?:stock exchange |primary )?listing\b
\b(?:transfer|move|switch)\w* .{0,120}\b(?:to|from) (?:the )?(?:nasdaq|nyse|new york stock exchange|texas
   stock exchange)
!! \bfail\w* to (?:comply|satisfy|meet|maintain|timely|regain|file)|\bnot in compliance\b|\bdeficien
  |\bnon-?complian
!! \bno longer (?:complies|satisf|meet|in compliance)|\bnot (?:been )?(?:maintained|satisf|regained|met
  |compl)|\bbid price\b
!! \bminimum\b|\bwill be delisted\b|\bdetermin\w+ to (?:delist|suspend)|\bbelow\b|\bnot timely\b|\bmerger\b
+ The Company will voluntarily transfer its stock exchange listing to Nasdaq.
- The Company asked for a hearing.

= other G1 | listing in danger | a note or another class leaves the exchange | the shares stay listed
\b(?:delist|remov|withdraw|cease)\w*.{0,200}\b(?:notes?|debentures?|bonds?|warrants?)\b
\b(?:notes?|debentures?|bonds?|warrants?)\b.{0,200}\b(?:delist|remov|withdraw|cease)
!! \bcommon (?:stock|shares?)\b|\bordinary shares?\b|\bclass [abc]\b|\bdepositary\b|\bfail\w* to\b|\bnot in
   compliance\b
!! \bdeficien|\bbid price\b|\bmerger\b|\bbankruptcy\b
+ The Company asked the NYSE to delist its 1.5% Senior Notes due 2026.
- The Company asked the NYSE for time.

= listing safe again G1 | listing in danger | complies again | the danger is over
\b(?:has |have |had )(?:now )?regained compliance\b
\bmatter is (?:now )?closed\b
\bis (?:now )?in compliance with\b
!! \b(?:not|never|fail\w* to) (?:yet )?(?:regain|be in compliance)|\bdetermin\w+ to delist\b|\bwill be
   delisted\b
!! \bhas not\b|\bwill have\b|\bcalendar days\b|\bno longer\b|\bdeficien
+ The staff said that the Company has regained compliance with the rule.
- The Company has until May to regain compliance.

= listing in danger G2 | listing in danger | a committee is short of a member | technical, cured by electing
   a director
\baudit committee\b.{0,300}\b(?:three|vacan|at least|members)
\bmajority (?:of )?independent\b
!! \bbid price\b|\bstockholders['’] equity\b|\bmarket value\b|\btimely fil|\bminimum\b
+ The Company no longer complies since the audit committee has fewer than three members.
- The audit of the accounts is late.

= director changes G1 | officer changes | a director comes or goes | the board, not the officers
\b(?:elect|appoint|nominat)\w* .{0,120}\b(?:director|to the board|board of directors)\b
\b(?:resign|retir|stand|depart|step)\w* .{0,120}\b(?:director|from the board|board of directors)\b
!! \b(?:appoint|promot|elect|named)\w* .{0,80}\b(?:president|chief \w+(?: \w+)? officer|treasurer|controller
  |general counsel)\b
+ The Board elected Ann Poe as a director.
- The Board met.

= pay G1 | officer changes | pay only | no officer comes or goes
? compensation award bonus incentive equity salary stock retention severance employment
\b(?:compensat|award|bonus|incentive plan|equity plan|salary|stock plan|retention|severance|employment
   agreement)
!! <officers>.{0,200}?(?:\b<leaves>|\b(?:appoint|promot|elected (?:as|to serve as)|succeed|successor))
!! (?:\b<leaves>|\b(?:appoint|promot|succeed|named (?!executive))\w*).{0,160}?<officers>
+ The Committee approved the annual bonus plan for its named executive officers.
- The Board met.
"""
)
