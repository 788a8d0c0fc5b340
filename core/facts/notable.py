"""The sentences of official documents that state a notable event.

The marks are explained in `phrases`. All severities are judgement.
"""

from typing import Final

from core.facts.phrases import NAMES, phrases

NOTABLE: Final = phrases(
    NAMES
    + r"""
= chief comes G2 | officer changes, open | a new chief executive or finance chief | the people who set the
? chief ceo cfo principal
   course change
\b(?:appoint|nam|elect|promot|hir|select|succeed)\w* .{0,120}\b<chief>
! <if>|\bserved as\b|\bprior to\b
+ The Board appointed Ann Poe as Chief Executive Officer.
- Prior to joining, she served as Chief Executive Officer of Acme, named best employer.

= officer changes G2 | officer changes, open | an officer comes or goes | people at the top
? president chief counsel treasurer controller chair chairman chairwoman
\b(?:president|chief \w+(?: \w+)? officer|general counsel|treasurer|controller|chair(?:man|woman)?)\b.{0,160}
  (?:\b<leaves>|\b(?:appoint|promot|elect|succeed)\w*)
(?:\b<leaves>|\b(?:appoint|promot|elect|named|succeed)\w*).{0,160}\b(?:president|chief \w+(?: \w+)? officer
  |general counsel|treasurer|controller|chair(?:man|woman)?)\b
! <if>|\bcommittee\b|\bnot\b|\bno\b|\bprior to\b|\bserved as\b|\bhas been\b|\b(?:a|former|the) \b<chief> of
   (?!the company)[A-Z]
+ The Board appointed Ann Poe Chief Operating Officer of the Company.
- Mr. Roe was elected chair of the Audit Committee.

= other G2 | other | waiver for an executive | an exception was made for someone at the top
\bwaive[rd]?\b.{0,120}\bcode of\b|\bcode of\b.{0,120}\bwaive[rd]?\b
! \bno waiver|\bwithout waiv|\bnot .{0,30}waiver
+ The Board granted a waiver of the Code of Ethics to its Chief Executive Officer.
- The amendment to the Code of Ethics does not result in any waiver; no waiver was given.

= meeting G2 | meeting | holders voted a proposal down | holders rarely refuse
\bproposal\b.{0,80}\b(?:was not approved|did not (?:pass|receive the required)|failed)\b
\bdid not approve\b
\bnot re-?elected\b
!! \b(?:stock|share)holder proposal
+ Stockholders did not approve, on an advisory basis, executive compensation.
- Stockholders approved the proposal.

= meeting G2 | meeting, open | holders approved a merger | a condition of the deal is met
\b(?:approv|adopt)\w+ .{0,60}<merger>
! <if>|<legal>|\bwill\b
+ Stockholders adopted the Merger Agreement at the special meeting.
- Stockholders will vote on the Merger Agreement.

= rights of holders G2 | rights of holders, open | rights plan | a defence against a bid
? rights poison
\b(?:stockholder |shareholder )?rights (?:agreement|plan)\b
\bpoison pill\b
! <legal>
+ The board adopted a limited duration shareholder rights plan.
- Holders have rights.

= results G2 | open | results | results by another door
? results revenue sales earnings income loss
\b(?:first|second|third|fourth)[- ](?:fiscal )?(?:quarter|half)\b.{0,60}\b(?:results|revenue|sales|earnings
  |income|loss)\b
\b(?:full[- ]year|half[- ]year|interim|quarterly|preliminary|fiscal(?: year)?)\b.{0,60}\b(?:results|revenue
  |sales|earnings)\b
\bannual (?:results|revenue|sales|earnings)\b
\b(?:results|earnings|revenues?) (?:of operations )?(?:of|for) the (?:first|second|third|fourth|quarter|half
  |year|three|six|nine|twelve|fiscal)
\bresults (?:of|for) Q[1-4]\b
! \bwill (?:release|announce|report|host|present|hold)\b|\bto (?:release|announce|report|discuss)\b
  |\bconference call\b
+ The Company announced its second quarter 2026 financial results.
- The Company will host a conference call on its second quarter results.

= other G2 | open | strategic alternatives | the whole company may be sold
\bstrategic alternatives\b
! <if>|\bin the future\b
+ The Board began a review of strategic alternatives.
- There are no alternatives.

= dividend raised G2 | open | dividend raised | more cash to the holders
\b(?:increas|rais)\w* (?:in |of )?(?:its |the |our )?(?:[\w-]+ ){0,4}dividend\b
\bdividend\b.{0,60}\bincrease (?:of|over|from)\b
! <if>
+ The Board raised the quarterly dividend by ten percent.
- Dividend policy is reviewed each year.

= dividend cut G2 | open | dividend cut or suspended | less cash to the holders
\b(?:suspend|cut|reduc|eliminat|defer|discontinu)\w* (?:of )?(?:the |its |our )?(?:payment of )?
  (?:[\w-]+ ){0,4}dividends?\b
! <if>
+ The Board suspended the quarterly dividend.
- The dividend was paid.

= dividend G2 | open | dividend | cash to the holders
\bdeclar\w+ .{0,80}\bdividend
\b(?:special|quarterly|cash|interim|final|annual|semi-?annual) (?:\w+ )?(?:dividend|distribution)\b
! <if>
+ The Board declared a cash dividend of $0.20 a share.
- Dividend reinvestment forms are on the website.

= buyback G2 | open | buyback | cash to the holders
? repurchase buyback buy own purchase
\b(?:share|stock) repurchase\b
\b(?:repurchase|buy-?back)\b.{0,60}\b(?:program|plan|authoriz|shares|stock|up to)
\b(?:authoriz|increas)\w+ .{0,60}\brepurchase
\brepurchased? .{0,40}\b(?:shares|stock)\b
! <if>|\bnotes\b
\bpurchased? .{0,60}\bof its (?:own |ordinary |common )*shares\b
\btransactions? in own shares\b|\bpurchased? .{0,40}\bown shares\b
+ The Board authorized a share repurchase program of up to $10 billion.
- Repurchase of notes is planned.

= deal closed G2 | open | a deal is closed | the shape of the company changes
\b(?:complet|clos|consummat)\w+ .{0,60}\b(?:acquisition|sale|divestiture|purchase|merger|spin-?off
  |disposition|transaction)\b
! <if>|\bexpect|\bwill\b|\bwould\b|\bsubject to\b|\bnotes\b|\bconditions?\b
+ The Company completed the previously announced acquisition of Livongo.
- The Company expects to complete the acquisition in May.

= deal agreed G2 | open | deal or stake | the shape of the company changes
\b(?:agree\w*|agreement|plans?|intends?|intention|letter of intent|offer) (?:\w+ ){0,6}(?:to )?(?:acquire
  |purchase|sell|divest|merge)\b
\b(?:acquir(?:e[sd]?|ing)|acquisition of|divest\w*|spin-?off|merger|joint venture|separation)\b
\bsale of (?:its|the|our) .{0,60}\b(?:business|unit|division|subsidiary|assets)
\b(?:purchased|sold) .{0,60}\b(?:business|assets|stake|interest|subsidiary)\b
! <if>|\bPDMR\b|\bshares under\b|\bincluding (?:bankruptcy|risks?)\b|\bsuccessfully (?:integrate|complete)\b
  |\bability to\b|\brisks?\b
  |\bformerly\b
+ The Company sold its packaging business to Beta.
- Risks include our ability to integrate an acquisition.

= litigation G2 | open, agreement | a court decides or a case is settled | a court acts
? settle settlement jury verdict judgment injunction ruling court district supreme arbitration lawsuit
   complaint suit class
\b(?:entered into|reached|agreed to|announc\w+) .{0,60}\bsettle(?:ment|d)?\b
\bsettle(?:d|ment) .{0,60}\b(?:litigation|lawsuit|claims?|dispute|class action|patent)
\b(?:jury|verdict|judgment|injunction|ruling|court of appeals|district court|supreme court|arbitrat)\w*
\b(?:filed|served with|named) .{0,60}\b(?:lawsuit|complaint|suit|class action)\b
\b(?:lawsuit|complaint|class action|suit) .{0,60}\b(?:filed|alleg|against)
! <if>|\bsettlement date\b|\bnet settle|\bphysical settlement\b|\bcash settlement\b|\bjurisdiction\b
+ The Company entered into a settlement agreement resolving the lawsuit.
- The offering's settlement date is June 6.

= regulator acts G2 | open | a regulator acts | an authority acts
? subpoena civil investigation antitrust second sec doj ftc department european attorney inquiry
\b(?:subpoena|civil investigative demand|investigation by|antitrust|second request)\b
\b(?:SEC|DOJ|department of justice|FTC|european commission|attorney general)\b.{0,80}\b(?:investigat|charg
  |fine|order|inquir|complaint)
! <if>|\bfiled with the\b|\brisks?\b
+ The Company received a subpoena from the Department of Justice.
- The form was filed with the SEC in order.

= recall G2 | open, product | recall | a product comes back
\b(?:voluntar\w+ )?recall(?:s|ed|ing)? (?:of |its |all |the |certain )
! <if>
+ The Company announced a voluntary recall of its infusion pumps.
- Investors may recall earlier remarks.

= guidance raised G2 | open, results | guidance raised | the company promises more
\b(?:rais|increas|lift|boost)(?:e|es|ed|ing|s)? (?:its |our |the )?(?:[\w,%/-]+ ){0,7}?(?:guidance|outlook
  |forecasts?)\b
\b(?:guidance|outlook)\b.{0,40}\b(?:raised|increased)\b
! <if>|\bcapital expenditures?\b
+ The Company raises its full-year earnings guidance.
- Guidance is unchanged.

= guidance G2 | open | guidance | the company says what it expects
\b(?:guidance|outlook|reaffirm\w*)\b
\bpreliminary (?:unaudited )?(?:estimates?|results)\b
! <if>|\binterpretive guidance\b|\bguidance (?:from|of|issued by) the\b|\bcautionary\b|\bforward-looking\b
+ The Company reaffirmed its full-year guidance.
- Interpretive guidance of the staff was followed.

= restructuring G2 | open, restructuring | restructuring | costs and people
\bfurlough\w*
\b(?:restructuring|lay-?offs?|workforce reduction|reduction[- ]in[- ]force|headcount)\b
\breduc\w+ .{0,40}\bworkforce\b
\b(?:plant|facility|store) clos(?:ure|ing)s?\b
\bclos(?:e|ing|ure of) .{0,60}\b(?:plant|facilit|factory|mill|stores)
! <if>|\bdebt restructuring\b|\brisks?\b
+ The Company announced a reduction in force of about ten percent.
- Risks include restructuring costs.

= accident G2 | open | an accident | work stands still
? fire explosion accident hurricane flood earthquake outage derailment collapse
\b(?:fire|explosion|accident|hurricane|flood|earthquake|outage|derailment|collapse)\b.{0,160}
  \b(?:plant|facilit|mine|refinery|site|operations|production|shut|suspend|halt|damage)
! <if>|\brisks?\b
+ An explosion at the plant has halted production.
- Fire insurance was renewed.

= capital raised G2 | open, agreement | shares or notes are sold | securities are being sold
? offering placement underwriting senior convertible subordinated aggregate notes public
\b(?:public|underwritten|registered direct|private|secondary|at-the-market|initial public) (?:\w+ )?
  (?:offering|placement)\b
\bunderwriting agreement\b
\b(?:issu|sold|sale of|pric)\w* .{0,80}\b(?:senior|convertible|subordinated|aggregate principal amount)\b
  .{0,40}\bnotes\b
! <if>
+ The Company priced an underwritten public offering of shares.
- A private room was offered.

= impairment G2 | open, results, impairment | impairment | an asset is worth less than the books say
? impairment impaired write writedown charge charges
\bimpaired\b|\b(?:non-?cash|pre-?tax|material) charges?\b
\b(?:goodwill|asset|intangible)?\s?impairment (?:charge|loss)?
\bwrite-?(?:down|off)s?\b
! <if>|\bno impairment\b|\bexclud\w+\b|\brisks?\b|\bnon-GAAP\b
+ The Company will record a goodwill impairment charge of $80 million.
- There was no impairment.

= cyber incident G2 | open | cyber incident | not material by the company's own reading
\b(?:cybersecurity incident|ransomware|unauthorized access|data breach|security incident)\b
! <if>|\brisks?\b
+ The Company detected unauthorized access to certain systems.
- Risks include a data breach.

= product G2 | open | approval of a product | a product may be sold
\b(?:FDA|EMA|european commission|NMPA|food and drug administration)\b.{0,80}\b(?:approv|authoriz|clear
  |accept)\w+
\b(?:approval|clearance) (?:of|for|from) .{0,60}\b(?:FDA|EMA|food and drug)
! <if>|\bseek|\bnot approv
+ The FDA approved the new drug application.
- The Company will seek FDA approval.

= product G2 | open | trial results | evidence about a product
\b(?:met|achieved|meets) .{0,60}\bprimary endpoint
\bphase (?:[123]|I{1,3})\b.{0,60}\b(?:results|data|trial|study)\b
! <if>|\brisks?\b
+ The study met its primary endpoint.
- The next phase of works begins.

= contract won G2 | open, agreement | contract won | business won
? contract order tender agreement
\b(?:award|won|secur)\w* .{0,60}\b(?:contract|order|tender)\b
\b(?:contract|order) .{0,40}\b(?:awarded|valued at|worth)\b
\b(?:supply|license|collaboration|distribution|services) agreement with\b
! <if>|\bemployment\b|\bindenture\b
+ The Company was awarded a $2 billion contract.
- He signed an employment contract.

= director changes G2 | open | directors change | people at the top
\b(?:elect|appoint|resign|retir)\w* .{0,80}\b(?:director|board)\b
\bchair(?:man|woman)? of the board\b
! <if>|\bprior to\b|\bserved\b
+ The Company announced that Ann Poe was appointed to the board.
- She served on the board.
"""
)
