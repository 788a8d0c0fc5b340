"""English phrases of events, the gravest first: a headline that says two things is graded by the first row that finds it.

Severities are judgement (the literature ranks filings, not headlines): G3 where the thesis changes, G2 where it may.
"""

from typing import Final

EVENTS: Final = """
@cut cut cuts cutting lower lowers lowered lowering slash slashes slashed slashing trim trims trimmed reduce reduces reduced
@cut pare pares pared dial*
@withdraw withdraw withdraws withdrew withdrawn withdrawing scrap scraps scrapped pull pulls pulled suspend suspends suspended
@withdraw abandon abandons abandoned ditch ditches ditched
@raise raise raises raised raising lift lifts lifted boost boosts boosted hike hikes hiked increase increases increased
@raise bump bumps bumped upgrade upgrades upgraded
@outlook guidance outlook forecast forecasts projection projections
@money profit profits sales revenue revenues earnings margin margins growth eps cash_flow deliveries
@chief ceo cfo chief_executive chief_executives chief_exec chief_executive_officer chief_financial_officer finance_chief
@chief finance_boss boss co_ceo managing_director top_boss ceos
@leave resign resigns resigned resigning resignation step_down steps_down stepped_down stepping_down step_aside steps_aside
@leave stepping_aside to_leave to_depart to_retire to_exit to_go leaves leaving departs departing departure departed retires
@leave retiring retirement retired exits exiting exit quits quit ousted ouster fired sacked sacking dismissed removed replaced
@leave dies died dead out stands_down stand_down standing_down
@oust ousts ousted fires fired sacks sacked dismisses removes replaces replaced replace oust topples
@name name names named naming appoint appoints appointed taps tapped picks picked hires hired chooses selects elects promotes
@name promoted poaches welcomes finds installs nominates
@buy buy buys buying acquire acquires acquired acquiring acquisition purchase purchases takeover buyout
@says says said sees warns tells told calls expects backs defends urges pay paid meets visits
@not_firm shares share stake stock stocks bonds bond notes back power energy credits gas chips planes jets aircraft property land
@not_firm building treasury insiders director fund fleet tankers ships stadium house mansion home homes cars vehicles tickets
@part business unit division arm assets asset portfolio brand brands stores plant plants site sites field fields data licence
@part license licences rights capacity minority holding systems equipment mine mines building project
@deal deal takeover acquisition buyout merger bid offer tie_up combination
@court court judge jury ruling verdict lawsuit lawsuits suit suits trial appeal appeals tribunal litigation
@rise rise rises rose rising fall falls fell jump jumps jumped drop drops dropped surge surges surged climb climbs climbed
@rise soar soars soared grow grows grew slump slumps slumped decline declines declined double doubles doubled slip slips slipped
@rise plunge plunges plunged edge edges increase increases increased narrow narrows widen widens beat beats top tops topped miss
@rise misses missed triple triples tripled tumble tumbles sink sinks halve halves halved rebound rebounds up down higher lower
@rise swell swells swelled shrink shrinks shrank weaken weakens advance advances accelerate accelerates slows
@workers job jobs staff workforce positions roles workers employees headcount posts

= insolvency G3 / the equity is impaired
file|files|filed|filing ~2 for ~1 bankruptcy|insolvency|chapter|administration / Chip maker files for bankruptcy / Chip maker files a patent
seek|seeks|enter|enters|into|declares|in ~2 bankruptcy|administration|receivership|liquidation|insolvency|creditor_protection / Retailer enters administration / In 2020
insolvent|insolvency|bankruptcy ~2 protection|filing|proceedings|court|judge / Airline wins bankruptcy court nod / Personal bankruptcy is up
goes|went|going bankrupt|bust|under / Furniture chain goes bust / Furniture chain goes online
chapter 11|7|15 / Carrier exits Chapter 11 / Chapter 3 of a novel
default|defaults|defaulted on / Builder defaults on offshore bonds / Builder's default settings
missed|misses|skips ~1 interest|coupon|debt|bond payment|payments / Builder misses coupon payment / Builder misses profit goal
breach|breaches|breached ~2 covenant|covenants / Lender says it breached covenants / Vandals breached a fence
liquidation|winding_up ~1 petition|order|hearing|filing / Court accepts liquidation petition / Petition on roads
= restatement G3 / accounts are unreliable
to|will|must restate / Firm to restate three years of results / Firm to reinstate bonus
restates|restated|restatement|restating ~4 accounts|results|earnings|financial|financials|years / Firm restates results / Firm restates its view
accounting fraud|irregularities|scandal|probe|error|errors|manipulation / Accounting irregularities found at lender / Accounting firm hires
delays|delay|postpones ~3 annual_report|annual_results|accounts / Builder delays annual report / Builder delays a tower
= auditor changes G3 / auditors rarely leave by themselves
auditor|auditors ~4 resign|resigns|resigned|quits|steps_down|withdraws|refuses / Auditor resigns from chip maker / Auditor praises chip maker
= listing left G3 / the listing goes
delist|delists|delisted|delisting -- avoid|chinese_companies|fears|threat / Exchange to delist the shares / Bank plans to list the shares
take|takes|taken|taking|go|goes|going ~4 private -- jet|equity / Founder to go private / Founder takes private jet
= litigation G3 / a state goes after the company
indicted|indictment|indicts -- former|ex|employee|worker / Drug maker indicted in price case / Drug maker invited to talks
plead|pleads|pleaded guilty -- former|ex|employee|man|woman / Bank pleads guilty in money laundering case / Bank denies claim
criminal charge|charges|probe|investigation|case|complaint / Bank faces criminal charges / Bank hires a criminal lawyer
charged|charges|accused|accuses|convicted with|of|over ~3 fraud|bribery|corruption -- former|ex|worker|man / Lender charged with fraud / Lender charged a fee
fraud charges|probe|case|trial|investigation|scandal|allegations / Lender faces fraud probe / Fraud awareness week starts
jails|jailed|sentenced|arrest|arrests|arrested|detains|detained ~4 founder|chairman|ceo|chief_executive -- former|ex / State jails founder of builder / State jails thief
raid|raids|raided ~3 office|offices|headquarters|hq / Police raid offices of lender / Police raid a farm
= guidance withdrawn G3 / the company takes back what it had promised
{withdraw} ~5 {outlook} / Airline withdraws its outlook / Airline withdraws a plane
= guidance lowered G3 / the company takes back what it had promised
{cut} ~6 {outlook} -- analyst*|economist*|imf|gdp|oecd / Shoemaker cuts full-year outlook / Shoemaker cuts prices
{cut} ~5 {money}|production|output|shipment*|delivery|volume target|targets|goal|goals|view|expectations / Miner trims output goal / Miner cuts costs
{outlook}|target|goal|expectations cut|lowered|slashed|withdrawn|trimmed|reduced / Full-year outlook cut at shoemaker / Outlook for rain
profit|sales|revenue|earnings|results warning|warnings / Profit warning sinks retailer / Flood warning for the coast
warn|warns|warned ~2 on|of|about|over|that ~6 {money}|results|losses -- analyst*|{rise}_by|tariff_war / Retailer warns on profit / Retailer warns staff
sees|expects|forecasts|guides|projects|flags|predicts ~5 lower|weaker|wider|below|drop|fall|decline|hit ~3 {money}|results|loss|profit / Maker sees lower profit / Maker sees the light
expects|forecasts|guides|projects|flags|predicts ~4 {money}|results|profit ~2 below|drop|fall|decline|hit|plunge / Maker expects profit to fall / Maker expects guests
{outlook}|guidance ~2 disappoint|disappoints|disappointing|misses|below|underwhelms|weak / Guidance misses estimates / Guidance for parents
weak|disappointing|gloomy|downbeat|bleak|soft {outlook} / Maker slides on weak outlook / Weak tea
= chief leaves G3 / the people who set the course change
{chief} ~4 {leave} -- former|ex|says|unit|division|arm|subsidiary|retirement_plan / Carmaker's chief executive to step down / CEO opens a plant
{oust} ~5 {chief} -- former|ex|unit|division|subsidiary / Board ousts CEO / Board ousts a rival
{leave} ~3 as ~2 {chief} -- former|unit|division|subsidiary / Jones to leave as CEO next year / Jones to leave as editor
departure|exit|resignation|ouster|removal|retirement|firing|death of|as ~3 {chief} / Departure of finance chief rattles bank / Departure of a train
board|shareholders|investors ~2 revoke*|strip*|suspend*|vote_out|votes_out ~4 {chief} / Board revokes CEO's powers / Board revokes permit
ousted|outgoing|departing|sacked|fired ~3 {chief} -- former|ex / Ousted bank boss warns of risk / Ousted minister returns
{chief} ~3 succession|transition|successor|handover|shake_up|shakeup|reshuffle / Insurer plans CEO transition / CEO opens a plant
{chief} ~1 hands|handing|handed ~1 over|reins / CEO hands over the reins / CEO hands out prizes
search* ~2 new|next {chief} / Retailer searches for new CEO / Retailer searches for a new site
chief to|will step_down|resign|retire|leave / Boeing chief to step down / Boeing chief to visit
= chief comes G3 / the people who set the course change
{name} ~6 {chief} -- unit|division|arm|subsidiary|jewellery|regional|country|former / Carmaker names Jane Roe chief executive / Carmaker names a car
new|next|interim|incoming|acting {chief} -- says|ahead_of|week_ahead|unit|needs / Insurer welcomes its new CEO / New boss says hello
{chief} ~2 named|appointed|succeeds|to_succeed / Insurer's next CEO named / CEO opens a plant
takes|take|taking|steps|step over|up|in as ~2 {chief} / Roe takes over as CEO / Roe takes over as coach
to|will succeed|replace ~4 as ~2 {chief} / Roe to succeed Doe as CEO / Roe to succeed Doe as mayor
as ~2 new? {chief} in|from|at|of|after|amid|,|. -- unit|division|arm|subsidiary|former|said|works|brand / Insurer brings in Roe as CEO / Roe works as a cook
= deal called off G3 / who owns what will not change after all
call|calls|called|calling|break|breaks|broke off ~5 {deal}|talks|merger / Insurers call off merger / Match called off
{withdraw}|terminate*|abort* ~4 {deal} -- regulator* / Miner abandons bid for rival / Miner abandons a pit
end|ends|ended ~2 talks|negotiations ~4 {deal}|sale|combination / Food groups end talks on merger / War ends
{deal} ~3 collapse|collapses|collapsed|falls_through|fails|failed|blocked|scrapped|terminated|off / Airlines' merger blocked / Offer ends today
block|blocks|blocked|reject|rejects|veto|vetoes ~6 merger|takeover|acquisition|buyout|tie_up / Regulator blocks takeover / Judge blocks road
= bid received G3 / who owns the company may change
bid|bids|offer|offers for -- contract|tender|rights|land|licence|license|world|games|debt|peace|job|jobs|hearing|review|lawsuit / Postal group makes bid for Telecom / Bid to win
hostile|takeover|unsolicited|rival|counter|sweetened|buyout bid|offer|approach|proposal|battle|interest|pursuit|target / Retailer gets takeover approach / Goalkeeper target
bid|offer ~2 low|inadequate|undervalues / Bank's chief says offer is very low / Low tide
low price of ~2 bid|offer / Bank surprised by low price of offer / Low price of tea
reject|rejects|rejected|rebuff|rebuffs|spurns|spurned|turns_down|accepts|backs ~6 bid|offer|approach|takeover -- hearing|lawsuit|judge|court / Bank rejects 35bn offer / Jury rejects claim
tender offer / Founder starts tender offer / Tender beef
agree|agrees|agreed|set|poised to be acquired|bought|taken / Chip maker agrees to be bought / Chip maker agrees
to be|will_be acquired|bought|taken_over|taken_private by -- {part} / Chip maker to be acquired by rival / Art to be bought
= deal agreed G3 / who owns what changes
to|will|agree|agrees|agreed merge|merger|combine ~2 with|in|create|of|to -- {part}|explore|study / Banks agree to merge with rival / Roads merge
merger ~2 agreement|plan|deal|terms|of_equals|with|between -- {part}|explore|ahead|after|before / Board approves merger plan / Merger lawyer
agree|agrees|agreed|approve|approves|seal|seals|strike|strikes|reach|reaches ~4 merger|takeover|mega_deal -- after|explore / Boards approve takeover / Boards agree
{deal}|agree|agrees|agreed|approve|approves ~4 merger|takeover -- after|explore|unit|{part} / Bank reaches deal on terms of merger / Deal
= deal agreed G2 / a part of a business changes hands
{buy} ~8 for # -- back / Maker buys rival's unit for 300 million / Maker buys time
to|will|agree|agrees|agreed|plans ~1 buy|acquire|purchase|take_over -- back|option / Maker to acquire rival's brand / Maker to build
acquires|buys|acquiring|buying|acquisition|completes|snaps_up|takeover / Maker acquires start-up / Maker builds
to|will|agrees|agreed|plans|completes|looks sell|sale|offload|divest|spin_off|hive_off / Maker to sell its paint unit / Maker to build
sells|sold|divests|offloads|divestment|divestiture|spinoff|spin_off|demerger|carve_out|sale_of|exits -- sells_out / Maker sells its paint unit / Maker builds
merger|merge|merges|takeover|bidder|bidders / Bidders circle maker / Makers meet
= dividend cut G3 / the board no longer trusts its cash
{cut}|{withdraw}|halve|halves|halved|skips|omits|axes|cancels ~3 dividend|dividends|payout / Miner halves dividend / Miner pays dividend
dividend cut|suspended|scrapped|halved|slashed / Dividend cut at miner / Dividend paid
= product failed G3 / a product that the price had counted on is gone
fail|fails|failed ~5 trial|study|endpoint|test|goal|goals -- crash|emissions / Heart drug fails late-stage trial / Pupil fails exam
trial|study|drug fail|fails|failed|failure|halted|stopped|misses|missed|disappoints|setback / Drug trial halted / Drug trial starts
misses|missed|miss ~4 endpoint|endpoints|primary / Drug misses main endpoint / Train missed
complete_response_letter|crl|clinical_hold / FDA sends complete response letter / Letter
fda|ema|regulator|nice|chmp reject|rejects|rejected|declines|refuses|turns_down / FDA rejects pill / FDA meets
halts|stops|ends|discontinues|scraps|drops ~4 trial|trials|study|drug|development -- road / Maker halts cancer trial / Maker halts work
= change of control G3 / who decides changes
nationalise*|nationaliz*|expropriat*|seizes|seized ~4 -- drugs|cocaine|ship|vessel / State to nationalise steelmaker / State to sell steel
proxy fight|battle|contest|war / Activist starts proxy fight / Proxy server
bailout|bailed_out|rescue_deal|rescue_package|emergency_funding|state_rescue -- taxpayer|smelter / Lender gets bailout / Boat rescue
= cyber incident G2 / systems or data are lost
hack|hacked|hackers|hacking|cyberattack*|cyber_attack*|cyber_incident|ransomware|breached|data_breach|data_leak|malware / Retailer hit by ransomware / Retailer hit by rain
= recall G2 / a product comes back
recall|recalls|recalled|recalling -- election|governor|mayor|vote|memories / Carmaker recalls two million cars / Voters recall mayor
withdraw|withdraws|withdrew|pull|pulls|pulled|remove|removes ~5 from ~1 market|markets|shelves|sale / Maker pulls pill from shelves / Maker pulls out
= impairment G2 / assets are worth less than the accounts said
write|writes|writing|wrote|written down|off|downs|offs -- write_off_debt / Carmaker to write down 5 billion / Author writes
writedown*|writeoff*|write_down|write_off|impairment* / Oil major takes impairment / Hearing impaired
charge|charges|hit of # / Carmaker takes charge of 2 billion / Charge of a light brigade
{chief} ~3 charge|charges / CEO sees charge / CEO
= results G2 / accounts of a period
report|reports|reported|post|posts|posted|announces|delivers|logs|books|discloses|records|swings ~6 results|earnings|profit|profits|revenue|sales|loss|losses|growth|deliveries|income|quarter / Bank posts profit / Bank posts a sign
{money}|income|loss|losses|orders|bookings|output|production ~3 {rise} / Retailer's sales rise / Prices rise
beat|beats|top|tops|topped|miss|misses|missed|exceed|exceeds|smash*|crush* ~4 estimates|expectations|forecasts|views|consensus / Maker beats estimates / Maker beats rival
q1|q2|q3|q4|h1|h2|quarter|quarterly|half_year|full_year|annual|first_half|half ~4 results|earnings|profit|profits|revenue|sales|loss|income|beat|growth / Maker's first-quarter profit / Quarter final
record|strong|weak|bumper ~2 quarter|profit|profits|revenue|sales|earnings|results|orders / Record revenue at maker / Record heat
{rise} ~2 on|after|as|amid ~3 results|earnings|profit|revenue|beat|sales -- analyst* / Maker jumps after results / Maker jumps
profit|profits|revenue|sales|earnings|loss of|at|hits|reaches|totals ~2 $|€|£|# / Profit of $3 billion / Profit
= guidance raised G2 / what the company expects has become more
{raise} ~6 {outlook}|target|targets|goal|view -- analyst*|price / Software house raises full-year forecast / Mayor raises flag
= guidance G2 / what the company expects
confirm|confirms|reaffirm|reaffirms|maintain|maintains|keeps|affirms|reiterates|sets|issues|gives|unveils ~4 {outlook} / Maker confirms outlook / Maker confirms visit
{outlook} -- analyst*|weather|economic|imf / Maker's guidance cheers holders / Maker's guide
expects|forecasts|sees|projects|aims|guides ~6 {money}|results|# / Maker expects sales of 3 billion / Maker expects guests
= dividend G2 / cash to the holders
dividend|dividends|payout|shareholder_returns|stock_split|share_split -- etf|stocks / Oil major lifts dividend / Oil major drills
= buyback G2 / cash to the holders
buyback|buybacks|buy_back|buys_back|repurchase|repurchases|repurchasing / Oil major starts buyback / Family buys house
= litigation G2 / a court decides
{court}|sue|sues|sued|suing|settle|settles|settled|settlement|patent|subpoena*|injunction|class_action -- peace|ceasefire|settlement_plan|settlers|supreme_court_justice / Rival sues chip maker / Rival meets maker
accuse|accuses|accused|misconduct|convicted|prosecutor|prosecutors|sentenced|jailed|charged|arrested / Carmaker accused of waste / Carmaker praised
= regulator acts G2 / a regulator acts
fine|fined|fines|penalty|penalties ~6 # -- weather / Bank fined 26 million / Fine weather
fined|fines|penalised|sanction*|antitrust|watchdog|regulator*|probe|probes|probing|probed|investigat*|ban|bans|banned|crackdown|inquiry|complaint|complaints|tariff|tariffs|export_curbs|subsidy|subsidies / Agency opens probe into maker / Maker opens shop
fda|ema|regulator*|commission|authority|chmp ~6 approv*|clear|clears|cleared|clearance|nod|green_light|authoris*|authoriz*|backs / FDA approves pill / FDA meets
win|wins|won|get|gets|secure|secures|receive|receives ~4 approval|clearance|nod|licence|license|permit / Pill wins approval / Pill sells
= restructuring G2 / costs and people
layoff*|lay_off|lays_off|laying_off|laid_off|job_cuts|job_cut|redundanc*|restructur*|reorganis*|reorganiz*|turnaround|headcount|shake_up|overhaul / Maker announces layoffs / Maker announces picnic
cut|cuts|cutting|slash|slashes|axe|axes|eliminat*|shed|sheds|shedding ~5 {workers} / Maker to cut 500 jobs / Maker cuts grass
close|closes|closing|shut|shuts|shutting|closure ~5 plant|plants|factory|factories|store|stores|site|sites|branch|branches|office|offices|mill|mine|line|pubs|shops|outlets / Maker to close plant / Shop closes
strike|strikes|striking|walkout|walk_out|union|unions|unionised|unionized|pay_deal|pay_dispute -- air_strike*|missile|drone|israel*|strikes_deal|strikes_a / Pilots begin strike / Lightning
end|ends|scrap|scraps|cancel|cancels|axe|axes|shelve|shelves|abandon|abandons|drop|drops|pause|pauses|halt|halts|delay|delays ~5 project|projects|programme|program|plan|plans|venture|investment|upgrade|plant|rollout / Maker scraps project / Maker ends day
= contract lost G2 / business lost
lose|loses|lost|cancel|cancels|cancelled|canceled|terminat*|ditch|ditches|drops ~5 contract|order|orders|deal|customer|supplier / Maker loses contract / Team loses game
= contract won G2 / business won
win|wins|won|land|lands|secure|secures|secured|award|awarded|awards|sign|signs|signed|ink|inks|strike|strikes|bag|bags|get|gets|seal|seals ~6 deal|contract|contracts|agreement|order|orders|pact|mou / Maker wins contract / Team wins cup
deal|contract|agreement|pact|alliance|order|orders with|to|for|from|worth / Maker's deal with port / Deal
partner|partners|partnered|partnership|partnering|collaborat*|team_up|teams_up|alliance|joins_forces ~1 with|to|on|for|between / Maker partners with port / Life partner
supply|supplies ~2 deal|agreement|contract|to|with / Maker to supply batteries to port / Water supply
partnership|collaboration|joins_hands|team_up|teams_up|tie_up / Maker and port in partnership / Maker
= capital raised G2 / money raised
share|stock|rights|equity|convertible|bond|debt|note sale|offering|issue|placement|issuance / Bank plans share sale / Bank plans garage
raise|raises|raised|raising|sell|sells|issue|issues|prices|launches|seeks ~5 bonds|notes|debt|capital|loan|equity|funds|funding|$ / Bank raises capital / Bank raises flag
capital increase|raise|raising|injection|call / Bank starts capital increase / Capital city
= debt G2 / the price of money
fitch|moody|s_&_p|moodys ~6 upgrad*|downgrad*|affirm*|cut|cuts|lift|lifts|raises|lowers|rating / Fitch cuts bank to junk / Fitch opens office
credit_rating|junk_status|refinanc*|debt_load|debt_pile|loan_facility|credit_line|debt_deal / Builder wins refinancing / Builder builds
= accident G2 / work stands still or people are hurt
outage|outages|explosion|blast|crash|crashes|crashed|derail*|fire_at|fire_in|blaze|spill|grounded|grounds|blackout|disruption|killed|dies_at|stranded -- stock|market|shares|crypto / Refinery blast kills two / Refinery opens
halt|halts|halted|suspend|suspends|suspended|stop|stops|shut|shuts|idle|idles|resume|resumes|restart|restarts|shortage|shortages|shutdown ~4 production|output|operations|deliveries|flights|work|plant|sales|exports|shipments|service|services|refinery|mine|line|trading / Maker halts production / Maker halts
= large holding G2 / who holds the company
stake|stakes|shareholding|holding_in -- at_stake|stakes_are|high / Fund takes stake in brewer / Jobs at stake
activist|activists|top_shareholder|largest_shareholder|biggest_shareholder / Activist calls for break-up / Climate walker
shareholder|shareholders|stockholders|investors ~2 approve|approves|reject|rejects|back|vote|votes|revolt|oppose|demand / Shareholders approve plan / Shareholders meet
= officer changes G2 / people at the top
{name}|joins|elects|elected ~7 chair|chairman|chairwoman|director|officer|president|chief|board|coo|cto|cio|head|head_of -- unit / Bank appoints new chair / Bank names branch
chair|chairman|chairwoman|director|officer|president|coo|cto|chief|head|executive|veteran|founder|board_member ~4 {leave} / Bank's chair steps down / Chair breaks
vote ~3 oust|remove ~3 chairman|chair|board|director / Holder sets vote to oust chairman / Vote
= agreement G2 / money put to work
joint_venture|jv|tie_up|ipo|go_public|listing / Makers form joint venture / Makers meet
invest|invests|invested|investing|investment|spend|spends|spending|capex|build|builds|expand|expands ~6 billion|million|bn|mn|m|crore / Maker to invest 2 billion / Maker invests hope
plan|plans|to|will ~2 invest|build|new ~4 plant|factory|facility|centre|center|refinery|mine|hub / Maker plans new plant / Maker plans party
final_investment_decision|takes_fid|oil_find|discovery|discovers / Oil major confirms discovery / Cover
= product G2 / evidence about a product
phase|late_stage|mid_stage|clinical ~2 1|2|3|i|ii|iii|trial|study|data|results / Pill works in late-stage trial / Phase
trial|study results|data|shows|finds|succeeds|meets / Trial shows benefit / Trial

= product G1 / the business goes on
launch|launches|launched|unveil|unveils|introduc*|opens|debuts|releases|rolls_out|expands|announces|starts|begins|tests|trials|brings|offers|adds|reveals|presents / Maker launches tablet / Maker
= price G1 / a price is no fact about the business
shares|share|stock|stocks|rally|rallies|market_value|market_cap|market_capitalisation / Maker's shares slip / Maker
"""
