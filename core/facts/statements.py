"""The sentences of official documents that state an event: rows that raise a grade, and rows that lower it.

The marks are explained in `phrases`. All severities are judgement; docs/evidence.md says where they rest on
more.
"""

from typing import Final

from core.facts.phrases import NAMES, phrases

STRUCTURAL: Final = phrases(
    NAMES
    + r"""
= insolvency G3 | open, agreement, debt, contract lost, results, restructuring | insolvency | the equity is
? petition defaulted missed interest suspend suspended chapter receiver liquidator administrator conservator
   creditors doubt
   forbearance restructuring
   insolvency judicial receivership liquidation dissolution wind winding cease discontinue default
   acceleration liquidate
   impaired
\bsuspend\w* (?:all|substantially all) (?:of )?(?:its |our |the )?(?:business |)operations\b
\bvoluntary petitions?\b
\b(?:filed|files|filing|petition\w*|sought|seek|commenc\w+|emerge[sd]?) .{0,60}\bchapter (?:11|7|15)\b
\bchapter 11 (?:case|proceeding|petition|filing|plan|protection)
\bappoint\w* .{0,60}\b(?:receiver|liquidator|administrator|conservator)\b
\bassignment for the benefit of (?:its |the )?creditors
\bsubstantial doubt\b.{0,90}\bgoing concern\b
\bforbearance agreement\b
\bdefaulted on\b|\b(?:missed|did not make|failed to make) .{0,40}\b(?:interest|principal|coupon) payment
\brestructuring support agreement\b
\b(?:insolvency proceedings?|judicial administration|placed into receivership)\b
\bplan of (?:complete )?(?:liquidation|dissolution)\b
\b(?:wind(?:ing)? down|liquidat\w+|cease\w*|discontinu\w+) (?:all |substantially all )?(?:of )?
  (?:its |our |the company['’]s |the )?(?:business|operations)\b
\b(?:events? of default|default) (?:has |have )?(?:occurred|exists?|resulted)
\b(?:received|delivered) .{0,40}notice of (?:default|acceleration)
! <if>|<other>|<void>|no (?:event of )?default
+ The Company filed voluntary petitions under chapter 11 of the Bankruptcy Code.
+ There is substantial doubt about the Company's ability to continue as a going concern.
- One of our tenants filed a voluntary petition under chapter 11.
- The credit agreement has customary events of default, including voluntary petitions.

= restatement G3 | open, results | accounts unreliable | published accounts are unreliable
? relied restate restatement accounting
\bshould no longer be relied (?:up)?on\b
\b(?:will|to|must|intends? to|expects? to) restate\b
\brestate(?:ment|d|s)? .{0,40}\b(?:previously (?:issued|filed|reported)|prior period) .{0,40}financial
\baccounting irregularit
! <if>|\bno restatement\b
+ The statements for 2025 should no longer be relied upon.
- The amended and restated credit agreement restates the prior agreement.

= chief leaves G3 | officer changes, open, results, agreement
  | chief executive or finance chief leaves | the people who set the course change
? chief ceo cfo principal
\bsearch\b.{0,80}\b(?:new|successor|next|permanent)\b.{0,20}\b<chief>
\b<chief>.{0,80}\buntil (?:a|his|her) successor\b
\bsuccessor to .{0,80}\b<chief>
\b<chief>.{0,170}?\b<leaves>
\b<leaves>.{0,120}?\b<chief>
\bappoint\w* .{0,90}\b(?:interim|acting)\b.{0,40}\b<chief>
\b<chief>.{0,80}?\b(?:on an (?:interim|acting) basis|transition to executive chair)
\b<chief>.{0,140}?\bemployment .{0,40}\b(?:ends?|ended|terminates?)\b
\b(?:transition|separation) (?:and \w+ )?agreement with .{0,80}\b<chief>
\b(?:succeed|replac)(?:s|es|ed|ing)? .{0,90}\bas .{0,60}\b<chief>
& \b<leaves>.{0,300}[.] (?:mr|ms|mrs|dr)[.] .{0,60}\b(?:our|the company['’]s|its) .{0,60}\b<chief>
& \bintention to leave\b.{0,300}[.] (?:mr|ms|mrs|dr)[.] .{0,60}\b(?:our|the company['’]s|its) .{0,60}\b<chief>
\bbecome executive chair.{0,80}\b<chief>
! \bretired in (?:\w+ )?(?:19|20)\d\d\b|\b(?:since|until) (?:his|her) retirement\b|^\W*director\b
! \bfrom (?:the|our|its) board\b.{0,80}\b(?:duties|role|position|responsibilities) as\b
! <if>|\bright to (?:retire|resign)\b|\buntil (?:his|her|the)\b.{0,60}(?:retirement|resignation|death)
! \bprior to (?:joining|that|his|her|this)\b|\bbefore joining\b|\b(?:from|since|in) (?:19|20)\d\d (?:to|until
  |through)\b
! \b(?:former|retired|previously served as|who served as|formerly) (?:\w+ ){0,4}\b<chief>.{0,30} (?:of|at)
   (?!the company)[A-Z]
! \bextend\w*\b.{0,120}\b<chief>|\bnot (?:a )?result of any disagreement\b.{0,10}$
! \bappointment as .{0,60} of (?!the company|the registrant)[A-Z]|\b(?:controller|accounting officer)\b
  .{0,160}\bwill assume\b
! \b(?:family relationship|retirement plan|retirement benefits?|deferred compensation|severance|award|vest
  (?:s|ed|ing)?|bonus)\b
! \b(?:previously (?:announced|disclosed|reported)|acting as|extend\w*|retired as .{0,40} of (?!the
   company)[A-Z])\b
! \b<chief>,? will (?:also )?(?:assume|act|continue)|\b(?:a|the|former) \b<chief> of (?!the company|the
   registrant|our)[A-Z]
! \bsection 16\b|\breport(?:s|ed|ing)? (?:directly )?to (?:the|our|its) \b<chief>
+ John Doe, Chief Financial Officer, notified the Company that he will resign.
+ The Board terminated the employment of its CEO for cause.
+ Jane Roe was appointed interim Chief Executive Officer.
- The CFO receives the award unless he resigns before 2028.
- She is the former Chief Executive Officer of Acme Corp and a director since 2020.
- The amendment extends the term of the Chief Executive Officer until his retirement.

= auditor changes G3 | auditor changes | auditor resigned or disagreed | auditors rarely leave by themselves
\bresign(?:ed|s|ation)\b
\b(?:declin\w+|not|unable|elected not) (?:to )?stand for (?:re-?appointment|re-?election)
\bwithdr[ae]w
\bthere were (?:the following )?(?:disagreements|reportable events)
\b(?:identified|existence of|due to|except for|disclosed|reported|the following) .{0,60}material weakness
\bmaterial weakness(?:es)? (?:in|existed|was|were)\b
! \bno\b.{0,30}(?:disagreement|reportable|material weakness)|<if>|\bfurnish|\bresponse to\b
+ Deloitte & Touche LLP resigned as the Company's auditor.
- During these years there were no disagreements with the auditor.

= contract lost G3 | contract lost, open | main customer or supplier lost | business that the price had
   counted on is gone
\b(?:terminat|cancel|not (?:to )?renew|expir)\w* .{0,160}\b(?:largest|principal|primary|main|sole|single)
   (?:\w+ )?
  (?:customer|client|distributor|supplier|licen[cs](?:or|ee)|tenant)
\b(?:largest|principal|primary|main|sole|single) (?:\w+ )?(?:customer|client|distributor|supplier|licen[cs]
  (?:or|ee)|tenant)\b.{0,160}\b(?:terminat|cancel|not (?:to )?renew)
\b(?:accounted for|accounts for|represent(?:s|ed|ing)) .{0,40}\b[1-9]\d ?%.{0,160}\bterminat
\bterminat\w* .{0,160}\b(?:accounted for|accounts for|represent(?:s|ed|ing)) .{0,40}\b[1-9]\d ?%
! <if>|(?-i:\bmay\b)|\bprincipal executive\b
+ The supply agreement with its largest customer was terminated.
- The Company terminated its lease of an office.

= guidance withdrawn G3 | results, open | guidance withdrawn | the company takes back what it had promised
? guidance outlook forecast
\b(?:withdr\w+|suspend\w*|rescind\w*|retract\w*) (?:its |our |the |all )?(?:[\w,/-]+ ){0,8}?(?:guidance
  |outlook|forecasts?)\b
\b(?:guidance|outlook|forecast)\b.{0,80}\b(?:is|has been|are|was|were) (?:being )?(?:withdrawn|suspended
  |rescinded)
\b(?:guidance|outlook) .{0,60}should no longer be relied
! <if>|\bwithdrawal liability\b
+ The Company is withdrawing its previously issued full-year guidance.
- The company has no obligation to withdraw from the plan.

= guidance lowered G3 | results, open | guidance lowered | the company says that it will miss
? guidance outlook forecast expectations expected profit shortfall estimates range previous prior earlier
   original company
\b(?:expects?|outlook|guidance|forecast)\b.{0,200}\bdown from\b
\b(?:lower|reduc|cut|slash|trimm?|revis\w+ downward|decreas)(?:s|es|ed|ing|ting)? (?:its |our |the )?
  (?:[\w,%/-]+ ){0,7}?(?:guidance|outlook|forecasts?|expectations)\b
\b(?:guidance|outlook|forecast)\b.{0,60}\b(?:lowered|reduced|cut|revised downward|revised lower)\b
\bprofit warning\b
\bno longer expects? to (?:achieve|meet|reach|attain)\b
\b(?:down|lower|reduced|decreased|decrease) from (?:its |our |the )?(?:prior|previous\w*|earlier)
   (?:\w+ ){0,2}
  (?:guidance|outlook|forecast|expectations?|estimates?|range)
\b(?:below|lower than|short of|less than) (?:its |our |the )?(?:company['’]s )?(?:previous|prior|earlier
  |original|guidance|expectation|outlook|forecast)
\b(?:will|does|do|may) not (?:expect to )?(?:meet|achieve|attain) (?:its|our|the) (?:previous\w* |prior
   |full[- ]year )*(?:\w+ ){0,3}(?:guidance|outlook|forecast|expectations)
\bshortfall\b.{0,60}\b(?:revenue|sales|earnings|results)
! <if>|\bcosts?\b.{0,30}\blower than\b|\bexpenses\b|\btax rate\b|\bcapital expenditures?\b.{0,40}\b
  (?:guidance|outlook)\b
! \b(?:prior|previous) (?:year|quarter|period)|\bdiffer\b|\bthan the (?:prior|previous)\b|\blosses lower\b
+ The Company lowers its fiscal 2026 adjusted earnings guidance.
+ Revenue was significantly below our previous guidance.
- Actual results could be below our expectations if demand falls.
- Sales were lower than the prior year.

= regulator acts G3 | open, agreement, litigation | a state or regulator acts against the company | it
? indicted guilty prosecution wells fraud criminal cease consent corrective undercapitalized directive
   written formal revoked suspended
   threatens the business
\bindict(?:ed|ment)\b
\bplead(?:ed|s)? guilty\b|\bguilty plea\b
\bdeferred prosecution\b
\bWells notice\b
\b(?:securities|accounting) fraud\b
\bcriminal (?:charges?|investigation|complaint|proceeding)
\b(?:order to )?cease[- ]and[- ]desist\b|\border to cease and desist\b
\bconsent order\b|\bconsent decree\b
\b(?:federal reserve|comptroller|OCC|FDIC)\b.{0,120}\b(?:written|formal) agreement\b
\bprompt corrective action\b|\bundercapitalized\b|\bcapital directive\b
\b(?:written|formal) agreement (?:with|by and (?:among|between)) .{0,120}\b(?:federal reserve|comptroller|OCC
  |OTS|FDIC)
\b(?:revok|suspend)\w+ .{0,60}\b(?:licen[cs]e|registration|charter|certificate)\b
! <if>|\b(?:acquisition|merger|divest\w*)\b|\bno longer\b|\b(?:released|lifted|terminat(?:ed|ion) of the
   (?:consent|order))|<other>
+ The Bank entered into a Stipulation and Consent to the Issuance of an Order to Cease and Desist with the
   FDIC.
+ The Company received a Wells Notice from the staff.
- The regulator lifted the consent order.

= product failed G3 | open, product, contract lost | trial failed or product refused | a product that the
? endpoint statistical complete clinical trial study phase refuse discontinue
   price had counted on is gone
\b(?:did not|failed to|does not) (?:meet|achieve|reach|demonstrate|show) .{0,80}\b(?:endpoint|statistical
  (?:ly)?
   significan)
\bcomplete response letter\b
\bclinical hold\b
\b(?:discontinu|terminat|halt|suspend)\w* .{0,80}\b(?:clinical (?:trial|study|program|development)
  |phase [123I]+\b|(?:the|its|our) (?:trial|study)\b)
\brefus\w+ to file\b
! <if>|\blift(?:ed|s)?\b|\bremov(?:ed|al)\b
+ The study did not meet its primary endpoint.
- The FDA lifted the clinical hold.

= accident G3 | open, accident | work stands still at the heart of the company | what it lives from stands
   still
? fire explosion accident hurricane flood earthquake outage derailment majeure collapse
\b(?:main|largest|only|sole|primary|principal)\b.{0,200}\b(?:shut ?down|suspend|halt|force majeure|destroyed)
\bforce majeure\b
! <if>|<void>|\bresum|\brisks?\b
+ A fire at its largest refinery has halted production.
- A force majeure clause is customary.

= cyber incident G3 | cyber incident, open | cyber incident with effect | operations stand or money is lost
\b(?:cyber|ransomware|unauthorized (?:access|actor|third part)|security incident|attack)\b.{0,240}\b(?:halt
  |suspend|disrupt|offline|shut down)
\b(?:halt|suspend|disrupt|offline|shut down)\w*.{0,160}\b(?:cyber|ransomware|unauthorized|incident)
\b(?:incident|attack)\b.{0,160}\b(?:had|has had|have|reasonably likely to have) (?:a )?material (?:adverse )?
  (?:impact|effect)
! \b(?:not|no|nor)\b.{0,50}\b(?:material|disrupt|reasonably likely)|\bnot (?:yet )?(?:determined|concluded)
  |\bwhether\b|<if>
+ Ransomware forced us to suspend production at all plants, and the cyber incident goes on.
- The incident has not had a material impact.

= cyber incident G3 | cyber incident | cyber incident with effect | operations stand or money is lost
\b(?:halted|suspended|disrupted|offline|shut down)\b
! \b(?:not|no|nor)\b.{0,50}\b(?:material|disrupt)|<if>|\bwhether\b|\bresum
+ Systems were taken offline, which has disrupted manufacturing.
- Operations were not disrupted.
"""
)
