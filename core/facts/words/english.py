"""English phrases of events, the gravest first: a headline that says two things is graded by the first \
row that finds it.

Severities are judgement (the literature ranks filings, not headlines): G3 where the thesis changes, G2 \
where it may.
"""

from typing import Final

from core.facts.words.english_grave import GRAVE

EVENTS: Final = (
    GRAVE
    + """
= cyber incident G2 / systems or data are lost
hack|hacked|hackers|hacking|cyberattack*|cyber_attack*|cyber_incident|ransomware|breached|data_breach|\
data_leak|malware / Retailer hit by ransomware / Retailer hit by rain
= recall G2 / a product comes back
recall|recalls|recalled|recalling -- election|governor|mayor|vote|memories / Carmaker recalls two million \
cars / Voters recall mayor
withdraw|withdraws|withdrew|pull|pulls|pulled|remove|removes ~5 from ~1 market|markets|shelves|sale / \
Maker pulls pill from shelves / Maker pulls out
= impairment G2 / assets are worth less than the accounts said
write|writes|writing|wrote|written down|off|downs|offs -- write_off_debt / Carmaker to write down 300 \
million / Author writes
writedown*|writeoff*|write_down|write_off|impairment* / Oil major takes impairment / Hearing impaired
charge|charges|hit of # / Carmaker takes charge of 2 billion / Charge of a light brigade
{chief} ~3 charge|charges / CEO sees charge / CEO
= results G2 / accounts of a period
report|reports|reported|post|posts|posted|announces|delivers|logs|books|discloses|records|swings ~6 \
results|earnings|profit|profits|revenue|sales|loss|losses|growth|deliveries|income|quarter / Bank posts \
profit / Bank posts a sign
{money}|income|loss|losses|orders|bookings|output|production ~3 {rise} / Retailer's sales rise / Prices rise
beat|beats|top|tops|topped|miss|misses|missed|exceed|exceeds|smash*|crush* ~4 estimates|expectations|\
forecasts|views|consensus / Maker beats estimates / Maker beats rival
q1|q2|q3|q4|h1|h2|quarter|quarterly|half_year|full_year|annual|first_half|half ~4 results|earnings|profit|\
profits|revenue|sales|loss|income|beat|growth / Maker's first-quarter profit / Quarter final
record|strong|weak|bumper ~2 quarter|profit|profits|revenue|sales|earnings|results|orders / Record revenue \
at maker / Record heat
{rise} ~2 on|after|as|amid ~3 results|earnings|profit|revenue|beat|sales -- analyst* / Maker jumps after \
results / Maker jumps
profit|profits|revenue|sales|earnings|loss of|at|hits|reaches|totals ~2 $|€|£|# / Profit of $3 billion / \
Profit
= guidance raised G2 / what the company expects has become more
{raise} ~6 {outlook}|target|targets|goal|view -- analyst*|price / Software house raises full-year forecast \
/ Mayor raises flag
= guidance G2 / what the company expects
confirm|confirms|reaffirm|reaffirms|maintain|maintains|keeps|affirms|reiterates|sets|issues|gives|unveils \
~4 {outlook} / Maker confirms outlook / Maker confirms visit
{outlook} -- analyst*|weather|economic|imf / Maker's guidance cheers holders / Maker's guide
expects|forecasts|sees|projects|aims|guides ~6 {money}|results|# / Maker expects sales of 3 billion / \
Maker expects guests
= dividend G2 / cash to the holders
dividend|dividends|payout|shareholder_returns|stock_split|share_split -- etf|stocks / Oil major lifts \
dividend / Oil major drills
= buyback G2 / cash to the holders
buyback|buybacks|buy_back|buys_back|repurchase|repurchases|repurchasing / Oil major starts buyback / \
Family buys house
= litigation G2 / a court decides
{court}|sue|sues|sued|suing|settle|settles|settled|settlement|patent|subpoena*|injunction|class_action -- \
peace|ceasefire|settlement_plan|settlers|supreme_court_justice / Rival sues chip maker / Rival meets maker
accuse|accuses|accused|misconduct|convicted|prosecutor|prosecutors|sentenced|jailed|charged|arrested / \
Carmaker accused of waste / Carmaker praised
= regulator acts G2 / a regulator acts
fine|fined|fines|penalty|penalties ~6 # -- weather / Bank fined 26 million / Fine weather
fined|fines|penalised|sanction*|antitrust|watchdog|regulator*|probe|probes|probing|probed|investigat*|ban|\
bans|banned|crackdown|inquiry|complaint|complaints|tariff|tariffs|export_curbs|subsidy|subsidies / Agency \
opens probe into maker / Maker opens shop
fda|ema|regulator*|commission|authority|chmp ~6 approv*|clear|clears|cleared|clearance|nod|green_light|\
authoris*|authoriz*|backs / FDA approves pill / FDA meets
win|wins|won|get|gets|secure|secures|receive|receives ~4 approval|clearance|nod|licence|license|permit / \
Pill wins approval / Pill sells
= restructuring G2 / costs and people
layoff*|lay_off|lays_off|laying_off|laid_off|job_cuts|job_cut|redundanc*|restructur*|reorganis*|reorganiz*|\
turnaround|headcount|shake_up|overhaul / Maker announces layoffs / Maker announces picnic
cut|cuts|cutting|slash|slashes|axe|axes|eliminat*|shed|sheds|shedding ~5 {workers} / Maker to cut 500 jobs \
/ Maker cuts grass
close|closes|closing|shut|shuts|shutting|closure ~5 plant|plants|factory|factories|store|stores|site|sites|\
branch|branches|office|offices|mill|mine|line|pubs|shops|outlets / Maker to close plant / Shop closes
strike|strikes|striking|walkout|walk_out|union|unions|unionised|unionized|pay_deal|pay_dispute -- \
air_strike*|missile|drone|israel*|strikes_deal|strikes_a / Pilots begin strike / Lightning
end|ends|scrap|scraps|cancel|cancels|axe|axes|shelve|shelves|abandon|abandons|drop|drops|pause|pauses|halt|\
halts|delay|delays ~5 project|projects|programme|program|plan|plans|venture|investment|upgrade|plant|\
rollout / Maker scraps project / Maker ends day
= contract lost G2 / business lost
lose|loses|lost|cancel|cancels|cancelled|canceled|terminat*|ditch|ditches|drops ~5 contract|order|orders|\
deal|customer|supplier / Maker loses contract / Team loses game
= contract won G2 / business won
win|wins|won|land|lands|secure|secures|secured|award|awarded|awards|sign|signs|signed|ink|inks|strike|\
strikes|bag|bags|get|gets|seal|seals ~6 deal|contract|contracts|agreement|order|orders|pact|mou / Maker \
wins contract / Team wins cup
deal|contract|agreement|pact|alliance|order|orders with|to|for|from|worth / Maker's deal with port / Deal
partner|partners|partnered|partnership|partnering|collaborat*|team_up|teams_up|alliance|joins_forces ~1 \
with|to|on|for|between / Maker partners with port / Life partner
supply|supplies ~2 deal|agreement|contract|to|with / Maker to supply batteries to port / Water supply
partnership|collaboration|joins_hands|team_up|teams_up|tie_up / Maker and port in partnership / Maker
= capital raised G2 / money raised
share|stock|rights|equity|convertible|bond|debt|note sale|offering|issue|placement|issuance / Bank plans \
share sale / Bank plans garage
raise|raises|raised|raising|sell|sells|issue|issues|prices|launches|seeks ~5 bonds|notes|debt|capital|loan|\
equity|funds|funding|$ / Bank raises capital / Bank raises flag
capital increase|raise|raising|injection|call / Bank starts capital increase / Capital city
= debt G2 / the price of money
fitch|moody|s_&_p|moodys ~6 upgrad*|downgrad*|affirm*|cut|cuts|lift|lifts|raises|lowers|rating / Fitch \
cuts the bank's rating / Fitch opens office
credit_rating|junk_status|refinanc*|debt_load|debt_pile|loan_facility|credit_line|debt_deal / Builder wins \
refinancing / Builder builds
= accident G2 / work stands still or people are hurt
outage|outages|explosion|blast|crash|crashes|crashed|derail*|fire_at|fire_in|blaze|spill|grounded|grounds|\
blackout|disruption|killed|dies_at|stranded -- stock|market|shares|crypto / Refinery blast kills two / \
Refinery opens
halt|halts|halted|suspend|suspends|suspended|stop|stops|shut|shuts|idle|idles|resume|resumes|restart|\
restarts|shortage|shortages|shutdown ~4 production|output|operations|deliveries|flights|work|plant|sales|\
exports|shipments|service|services|refinery|mine|line|trading / Maker halts production / Maker halts
= large holding G2 / who holds the company
stake|stakes|shareholding|holding_in -- at_stake|stakes_are|high / Fund takes stake in brewer / Jobs at \
stake
activist|activists|top_shareholder|largest_shareholder|biggest_shareholder / Activist calls for break-up / \
Climate walker
shareholder|shareholders|stockholders|investors ~2 approve|approves|reject|rejects|back|vote|votes|revolt|\
oppose|demand / Shareholders approve plan / Shareholders meet
= officer changes G2 / people at the top
{name}|joins|elects|elected ~7 chair|chairman|chairwoman|director|officer|president|chief|board|coo|cto|\
cio|head|head_of -- unit / Bank appoints new chair / Bank names branch
chair|chairman|chairwoman|director|officer|president|coo|cto|chief|head|executive|veteran|founder|\
board_member ~4 {leave} / Bank's chair steps down / Chair breaks
vote ~3 oust|remove ~3 chairman|chair|board|director / Holder sets vote to oust chairman / Vote
= agreement G2 / money put to work
joint_venture|jv|tie_up|ipo|go_public|listing / Makers form joint venture / Makers meet
invest|invests|invested|investing|investment|spend|spends|spending|capex|build|builds|expand|expands ~6 \
billion|million|bn|mn|m|crore / Maker to invest 2 billion / Maker invests hope
plan|plans|to|will ~2 invest|build|new ~4 plant|factory|facility|centre|center|refinery|mine|hub / Maker \
plans new plant / Maker plans party
final_investment_decision|takes_fid|oil_find|discovery|discovers / Oil major confirms discovery / Cover
= product G2 / evidence about a product
phase|late_stage|mid_stage|clinical ~2 1|2|3|i|ii|iii|trial|study|data|results / Pill works in late-stage \
trial / Phase
trial|study results|data|shows|finds|succeeds|meets / Trial shows benefit / Trial

= product G1 / the business goes on
launch|launches|launched|unveil|unveils|introduc*|opens|debuts|releases|rolls_out|expands|announces|starts|\
begins|tests|trials|brings|offers|adds|reveals|presents / Maker launches tablet / Maker
= price G1 / a price is no fact about the business
shares|share|stock|stocks|rally|rallies|market_value|market_cap|market_capitalisation / Maker's shares \
slip / Maker
"""
)
