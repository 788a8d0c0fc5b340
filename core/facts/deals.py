"""The sentences of official documents that state a deal which changes what a share stands for: bought,
merged, split, called off.

The marks are explained in `phrases`. All severities are judgement.
"""

from typing import Final

from core.facts.phrases import NAMES, phrases

DEALS: Final = phrases(
    NAMES
    + r"""
= deal called off G3 | open, contract lost, agreement | merger called off | a deal that the price had
? terminate withdraw withdrew withdrawn proceed forward
? merger merge acquisition acquire combination transaction reorganization scheme arrangement implementation
   business bid
   counted on is gone
\bterminat\w+ .{0,90}(?:<merger>|\b(?:proposed|planned|pending|previously announced) (?:merger|acquisition
  |transaction
  |combination))
(?:<merger>|\b(?:proposed|planned|pending|previously announced) (?:merger|acquisition|combination)) .{0,90}\b
  (?:has been|was|were
  |have been|been) terminated
\bwithdr(?:ew|awn|awing|awal) .{0,40}\b(?:offer|proposal) to acquire\b
\bnot (?:proceed|move forward) with .{0,40}\b(?:merger|acquisition|combination|transaction)\b
! <if>|\bwill terminate\b|\bearliest\b|\bfee\b|(?-i:\bmay\b)|\bwould\b|\bcan be\b|\bright(?:s)? to
   terminate\b|\bcircumstance|\bprovision|\bearlier of\b|\bprior to\b
! \bterminated? in accordance\b|\bunder which\b|\bwaiting period\b|\buntil\b|\bcredit\b|\bindenture\b
+ On May 1 the parties mutually agreed to terminate the Merger Agreement.
- The Merger Agreement may be terminated by either party before December 31.

= deal agreed G3 | open, agreement | the company merges or is bought | the company buys or is bought
? merger merge acquired acquire acquisition purchase sale own combine combination scheme arrangement
   implementation private reorganization
   business bid
\benter(?:ed|s|ing)? into (?:\S+ ){0,12}?<merger>
\b(?:execut|sign)\w+ .{0,100}<merger>
\b(?:to|will) be acquired by\b|\bagreed to be acquired\b
\bagreed to (?:merge|combine)\b
\b(?:proposed|definitive|planned) merger (?:of|with|agreement)\b
\bmerger of equals\b
\b(?:offer|proposal)\b.{0,80}\bto (?:acquire|purchase) all (?:of )?(?:the )?(?:outstanding|issued|shares)
\bacquire all (?:of the )?(?:issued and )?(?:outstanding )?(?:shares|common stock|equity|capital stock|stock)
  (?: \w+){0,3} of the (?:company|registrant)\b
\b(?:take|taken|taking|go|going)[- ]private\b
\bwill own (?:approximately |about )?[5-9]\d ?%.{0,60}\boutstanding\b
\b(?:acquisition|purchase|sale) of the (?:company|registrant) (?:by|to)\b
\b(?:amended and restated|original) merger agreement\b.{0,200}\bacquire
! <legal>|\btermination fee\b|\bcredit agreement\b|\bindenture\b|\bunderwriting\b|\bexchange offers?\b
  |\bnotes\b
! \bconsent solicitation|\bin connection with the (?:proposed )?merger\b|\bpreviously (?:announced
  |disclosed)\b
! \bwaiting period\b|\bregulatory (?:approval|clearance)s?\b|\bsecond request\b|\bas described\b
+ The Company entered into an Agreement and Plan of Merger with Parent and Merger Sub.
+ Acme has agreed to be acquired by Beta for $20 a share in cash.
- The Company entered into a credit agreement in connection with the merger agreement.

= deal agreed G3 | open, agreement | the company is split up | what a share stands for changes
? separate separation spin spinoff split companies two three substantially
\b(?:sell|sale of|divest|dispose of) .{0,160}\bsubstantially all of (?:the company['’]s|its|our|the)\b
\b(?:explor|pursu|evaluat|authoriz|approv|announc|propos|intend)\w* .{0,80}\b(?:separation|spin-?off)\b
  .{0,120}
  \b(?:standalone|stand-alone|independent|publicly|public compan)
\b(?:plan|plans|intention|intends?|decision|decided|agree\w*) to (?:separate|spin[- ]?off|split) .{0,120}\b
  (?:compan(?:y|ies)|businesses|shareholders|stockholders)\b
\bseparat\w+ into (?:two|three) (?:\w+ ){0,3}compan
\b(?:two|three) (?:\w+ ){0,3}(?:publicly traded|public|independent) companies\b
! \b(?:indebtedness|liens|covenants?|ability to|restrict\w*)\b
! \bpreviously (?:announced|disclosed)\b|<if>
+ The board approved a plan to separate the company into two independent public companies.
- On May 2 the Registrant spoke about its previously announced plan to separate into two public companies.

= change of control G3 | deal closed, open | the company was acquired | the shares turn into cash or into
? merged subsidiary converted control surviving
   others
\bmerged with and into the (?:company|registrant).{0,120}(?:company|registrant).{0,60}surviv
\b(?:the company|the registrant|we) (?:\S+ ){0,6}became an? .{0,50}subsidiary of\b
\b(?:company|registrant) (?:\S+ ){0,3}(?:surviv\w+|continu\w+) .{0,60}wholly[- ]owned subsidiary of\b
\beach (?:issued and outstanding )?share of .{0,120}\bconverted into the right to receive\b
\bchange (?:in|of) control of the (?:company|registrant) (?:has )?occurred\b
!! \b(?:company|registrant|corporation|we) (?:\w+ )?(?:completed|consummated|closed) (?:its |the |our )?
  (?:previously announced )?(?:acquisition|purchase) of (?!all of the assets)
! <if>|\bwill\b|\bwould\b|\bsubject to\b
+ As a result, the Company became a wholly owned subsidiary of Parent.
- If approved, each share of common stock will be converted into the right to receive $20.

= deal closed G3 | deal closed, open, agreement | the company is split up or sells most of itself | what a
? separation spin spinoff distribution distributed substantially complete
   share stands for changes
\b(?:separation|spin-?off|distribution)\b.{0,200}\b(?:was |were |has been |is )?complet(?:ed|ion)\b
\bcomplet(?:ed|ion)\b.{0,120}\b(?:separation|spin-?off)\b
\b(?:distribut\w+) .{0,30}(?:100%|all) of the .{0,30}outstanding
\bsale of (?:all or )?substantially all (?:of )?(?:its|our|the company['’]s|the) (?:assets|business)
! <if>|\bwill\b|\bexpects?\b|\bexpected\b|\bplanned\b|\bsubject to\b|\bprior to\b|\bin the event\b
! \bdividend\b|\bpreviously (?:reported|disclosed)\b|\bdeclared\b|\bauthorized\b
+ The previously announced separation of Acme Steel from the Company was completed today.
- The separation is expected to be completed in 2027.
"""
)
