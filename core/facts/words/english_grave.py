"""English phrases of the gravest events, and the classes of words that the phrases of lighter ones use as \
well."""

from typing import Final

GRAVE: Final = """
@cut cut cuts cutting lower lowers lowered lowering slash slashes slashed slashing trim trims trimmed \
reduce reduces reduced
@cut pare pares pared dial*
@withdraw withdraw withdraws withdrew withdrawn withdrawing scrap scraps scrapped pull pulls pulled \
suspend suspends suspended
@withdraw abandon abandons abandoned ditch ditches ditched
@raise raise raises raised raising lift lifts lifted boost boosts boosted hike hikes hiked increase \
increases increased
@raise bump bumps bumped upgrade upgrades upgraded
@outlook guidance outlook forecast forecasts projection projections
@money profit profits sales revenue revenues earnings margin margins growth eps cash_flow deliveries
@chief ceo cfo chief_executive chief_executives chief_exec chief_executive_officer chief_financial_officer \
finance_chief
@chief finance_boss boss co_ceo managing_director top_boss ceos
@leave resign resigns resigned resigning resignation step_down steps_down stepped_down stepping_down \
step_aside steps_aside
@leave stepping_aside to_leave to_depart to_retire to_exit to_go leaves leaving departs departing \
departure departed retires
@leave retiring retirement retired exits exiting exit quits quit ousted ouster fired sacked sacking \
dismissed removed replaced
@leave dies died dead out stands_down stand_down standing_down forced_out pushed_out on_leave \
to_be_replaced shown_the_door hand_over hands_over handing_over bow_out bows_out bowing_out step_back \
steps_back
@leave relinquish* parts_ways part_ways removal exit_plan vacates vacate cede cedes to_cede passes_baton \
hand_reins hands_reins
@other_chief technology operating marketing information people legal commercial product design strategy \
police fire fed army un iaea
@other_chief coach minister editor union party economist investment scientist medical creative digital \
data accounting
@oust parts_ways_with part_ways_with pushes_out forces_out axes dumps drops ejects jettisons
@oust ousts ousted fires fired sacks sacked dismisses removes replaces replaced replace oust topples
@name name names named naming appoint appoints appointed taps tapped picks picked hires hired chooses \
selects elects promotes
@name promoted poaches welcomes finds installs nominates
@buy buy buys buying acquire acquires acquired acquiring acquisition purchase purchases takeover buyout
@says says said sees warns tells told calls expects backs defends urges pay paid meets visits
@not_firm shares share stake stock stocks bonds bond notes back power energy credits gas chips planes jets \
aircraft property land
@not_firm building treasury insiders director fund fleet tankers ships stadium house mansion home homes \
cars vehicles tickets
@part business unit division arm assets asset portfolio brand brands stores plant plants site sites field \
fields data licence
@part license licences rights capacity minority holding systems equipment mine mines building project
@deal purchase deal takeover acquisition buyout merger bid offer tie_up combination
@court court judge jury ruling verdict lawsuit lawsuits suit suits trial appeal appeals tribunal litigation
@rise rise rises rose rising fall falls fell jump jumps jumped drop drops dropped surge surges surged \
climb climbs climbed
@rise soar soars soared grow grows grew slump slumps slumped decline declines declined double doubles \
doubled slip slips slipped
@rise plunge plunges plunged edge edges increase increases increased narrow narrows widen widens beat \
beats top tops topped miss
@rise misses missed triple triples tripled tumble tumbles sink sinks halve halves halved rebound rebounds \
up down higher lower
@rise swell swells swelled shrink shrinks shrank weaken weakens advance advances accelerate accelerates \
slows
@workers job jobs staff workforce positions roles workers employees headcount posts

= insolvency G3 / the equity is impaired
bankruptcy|bankrupt -- lawyer|law|personal|avoid|avoids|avoided|emerges|exits|fears|professor|threat / \
Pharmacy shuts after second bankruptcy / Personal bankruptcy is up
going_concern|substantial_doubt|stay_in_business|staying_in_business|cease_trading|ceases_trading|wound_up \
/ Car hire firm flags going concern doubts / Concern
ordered|court|judge ~3 liquidat*|wind_up|winding_up|liquidation / Builder ordered to liquidate / Ordered \
home
debt ~1 overhaul|restructuring|workout|moratorium|standstill|rescheduling / Builder unveils debt overhaul \
plan / Debt talks
collapse|collapses|collapsed ~3 seized|regulators|lender|bank|into / Lender collapses, seized by \
regulators / Bridge collapses
to junk|junk_status -- food|avoid|escape / Agency cuts carrier to junk / Junk mail
file|files|filed|filing ~2 for ~1 bankruptcy|insolvency|chapter|administration / Chip maker files for \
bankruptcy / Chip maker files a patent
seek|seeks|enter|enters|into|declares|in ~2 bankruptcy|administration|receivership|liquidation|insolvency|\
creditor_protection / Retailer enters administration / In 2020
insolvent|insolvency|bankruptcy ~2 protection|filing|proceedings|court|judge / Airline wins bankruptcy \
court nod / Personal bankruptcy is up
goes|went|going bankrupt|bust|under / Furniture chain goes bust / Furniture chain goes online
chapter 11|7|15 / Carrier exits Chapter 11 / Chapter 3 of a novel
default|defaults|defaulted on / Builder defaults on offshore bonds / Builder's default settings
missed|misses|skips ~1 interest|coupon|debt|bond payment|payments / Builder misses coupon payment / \
Builder misses profit goal
breach|breaches|breached ~2 covenant|covenants / Lender says it breached covenants / Vandals breached a \
fence
liquidation|winding_up ~1 petition|order|hearing|filing / Court accepts liquidation petition / Petition on \
roads
= restatement G3 / accounts are unreliable
fabricat*|inflated|falsif*|overstated|misstated|faked ~3 sales|revenue|accounts|transactions|profit|\
profits|results|figures|earnings / Coffee chain finds fabricated sales / Fabricated steel
to|will|must restate / Firm to restate three years of results / Firm to reinstate bonus
restates|restated|restatement|restating ~4 accounts|results|earnings|financial|financials|years / Firm \
restates results / Firm restates its view
accounting fraud|irregularities|scandal|probe|error|errors|manipulation / Accounting irregularities found \
at lender / Accounting firm hires
delays|delay|postpones ~3 annual_report|annual_results|accounts / Builder delays annual report / Builder \
delays a tower
= auditor changes G3 / auditors rarely leave by themselves
auditor|auditors ~3 doubt|doubts|qualified_opinion|disclaimer / Auditor raises doubt about future / \
Auditor praised
{leave}|quits|resigns|drops ~1 as ~1 auditor|auditors / Audit firm quits as auditor of online shop / Roe \
quits as mayor
auditor|auditors|kpmg|deloitte|ey|pwc|bdo ~4 refuse*|declines|withholds|unable / Auditor declines to sign \
accounts / Auditor eats
auditor|auditors ~4 resign|resigns|resigned|quits|steps_down|withdraws|refuses / Auditor resigns from chip \
maker / Auditor praises chip maker
= listing left G3 / the listing goes
delist|delists|delisted|delisting -- avoid|chinese_companies|fears|threat / Exchange to delist the shares \
/ Bank plans to list the shares
take|takes|taken|taking|go|goes|going ~4 private -- jet|equity / Founder to go private / Founder takes \
private jet
= litigation G3 / a state goes after the company
found|convicted guilty|of -- former|ex|employee|worker|man|woman|murder / Bank found guilty in drug money \
case / Found gold
bribery|corruption|laundering|fraud ~1 charges|case|allegations|conspiracy|plea|conviction -- former|ex / \
Miner to pay over bribery charges / Bribery law
indicted|indictment|indicts -- former|ex|employee|worker / Drug maker indicted in price case / Drug maker \
invited to talks
plead|pleads|pleaded guilty -- former|ex|employee|man|woman / Bank pleads guilty in money laundering case \
/ Bank denies claim
criminal charge|charges|probe|investigation|case|complaint / Bank faces criminal charges / Bank hires a \
criminal lawyer
charged|charges|accused|accuses|convicted with|of|over ~3 fraud|bribery|corruption|laundering|manipulation|\
violations|conspiracy -- former|ex|worker|employee|man|engineer / Lender charged with fraud / Lender \
charged a fee
fraud charges|probe|case|trial|investigation|scandal|allegations / Lender faces fraud probe / Fraud \
awareness week starts
jails|jailed|sentenced|arrest|arrests|arrested|detains|detained ~4 founder|chairman|ceo|chief_executive -- \
former|ex / State jails founder of builder / State jails thief
raid|raids|raided ~3 office|offices|headquarters|hq / Police raid offices of lender / Police raid a farm
= guidance withdrawn G3 / the company takes back what it had promised
{withdraw} ~5 {outlook} / Airline withdraws its outlook / Airline withdraws a plane
= guidance lowered G3 / the company takes back what it had promised
{cut} ~4 annual|full_year|yearly|q1|q2|q3|q4|quarterly|2024|2025|2026|2027|2028 ~3 view|views|target|\
targets|outlook|estimate|expectations / Retailer trims annual sales view / Retailer cuts annual fee
{cut} ~6 {outlook} -- analyst*|economist*|imf|gdp|oecd / Shoemaker cuts full-year outlook / Shoemaker cuts \
prices
{cut} ~5 {money}|production|output|shipment*|delivery|volume target|targets|goal|goals|view|expectations / \
Miner trims output goal / Miner cuts costs
{outlook}|target|goal|expectations cut|lowered|slashed|withdrawn|trimmed|reduced / Full-year outlook cut \
at shoemaker / Outlook for rain
profit|sales|revenue|earnings|results warning|warnings / Profit warning sinks retailer / Flood warning for \
the coast
warn|warns|warned|warning ~2 on|of|about|over|that|{money} ~6 {money}|results|losses|miss|fall|drop|below|\
lower|. -- {rise}_by|tariff_war|analyst*|economist* -- analyst*|{rise}_by|tariff_war / Retailer warns on \
profit / Retailer warns staff
sees|expects|forecasts|guides|projects|flags|predicts ~5 lower|weaker|wider|below|drop|fall|decline|hit ~3 \
{money}|results|loss|profit / Maker sees lower profit / Maker sees the light
expects|forecasts|guides|projects|flags|predicts ~4 {money}|results|profit ~2 below|drop|fall|decline|hit|\
plunge / Maker expects profit to fall / Maker expects guests
{outlook}|guidance ~2 disappoint|disappoints|disappointing|misses|below|underwhelms|weak / Guidance misses \
estimates / Guidance for parents
weak|disappointing|gloomy|downbeat|bleak|soft|grim|dismal|cautious|lacklustre|lackluster|underwhelming|\
poor ~2 {outlook} / Maker slides on weak outlook / Weak tea
= chief leaves G3 / the people who set the course change
to step_down|resign|retire|leave|depart ~8 helm|take_over|takes_over|succeed|successor -- coach|minister|\
chair|chairman / Walmsley to step down, Miels to take helm / Roe to step down
several|all|entire|two|three|four|five|six|seven|mass ~2 directors|board|board_members ~3 quit|quits|\
resign|resigns|leave|exit / Chair and six directors to quit / Six directors meet
chief|ceo ~2 {leave} -- {other_chief}|unit|division|former|ex|says / Chip maker's chief Roe forced out / \
Chief technology officer leaves
auto|group|company|founder|tycoon|chairman_and_ceo head|chief ~2 {leave} -- unit|division|former / Auto \
head Li steps down / Head of marketing leaves
resigns|resigned|to_step_down|ousted|to_retire|quits ~8 succeed|successor|disclose|relationship|scandal|\
probe|investigation -- director|chair|chairman|board|minister|coach|analyst|editor|president / Looney \
resigns after failing to disclose / Looney resigns
puts|put|places ~3 {chief} on ~2 leave / Grain trader puts finance chief on leave / CEO on stage
{chief} ~4 {leave} -- former|ex|says|unit|division|arm|subsidiary|retirement_plan / Carmaker's chief \
executive to step down / CEO opens a plant
{oust} ~5 {chief} -- former|ex|unit|division|subsidiary / Board ousts CEO / Board ousts a rival
{leave} ~3 as ~2 {chief} -- former|unit|division|subsidiary / Jones to leave as CEO next year / Jones to \
leave as editor
departure|exit|resignation|ouster|removal|retirement|firing|death of|as ~3 {chief} / Departure of finance \
chief rattles bank / Departure of a train
board|shareholders|investors ~2 revoke*|strip*|suspend*|vote_out|votes_out ~4 {chief} / Board revokes \
CEO's powers / Board revokes permit
ousted|outgoing|departing|sacked|fired ~3 {chief} -- former|ex / Ousted bank boss warns of risk / Ousted \
minister returns
{chief} ~3 succession|transition|successor|handover|shake_up|shakeup|reshuffle / Insurer plans CEO \
transition / CEO opens a plant
{chief} ~1 hands|handing|handed ~1 over|reins / CEO hands over the reins / CEO hands out prizes
search* ~2 new|next {chief} / Retailer searches for new CEO / Retailer searches for a new site
chief to|will step_down|resign|retire|leave / Boeing chief to step down / Boeing chief to visit
= chief comes G3 / the people who set the course change
{name}|brings|recalls|returns ~6 to replace|succeed ~4 -- director|chair|head_of|chairman|board|coach|\
plant / Maker brings back Iger to replace Chapek / Maker to replace pumps
{name} ~6 {chief} -- unit|division|arm|subsidiary|jewellery|regional|country|former / Carmaker names Jane \
Roe chief executive / Carmaker names a car
new|next|interim|incoming|acting {chief} -- says|ahead_of|week_ahead|unit|needs / Insurer welcomes its new \
CEO / New boss says hello
{chief} ~2 named|appointed|succeeds|to_succeed / Insurer's next CEO named / CEO opens a plant
takes|take|taking|steps|step over|up|in as ~2 {chief} / Roe takes over as CEO / Roe takes over as coach
to|will succeed|replace ~4 as ~2 {chief} / Roe to succeed Doe as CEO / Roe to succeed Doe as mayor
as ~2 new? {chief} in|from|at|of|after|amid|,|. -- unit|division|arm|subsidiary|former|said|works|brand / \
Insurer brings in Roe as CEO / Roe works as a cook
= deal called off G3 / who owns what will not change after all
unwind|unwinds|unravel*|derail*|doom*|torpedo* ~4 {deal} / Maker to unwind deal / Unwind at sea
walk|walks|walked|walking away from ~4 {deal}|talks / Buyer walks away from deal / Walk away from home
call|calls|called|calling|break|breaks|broke off ~5 {deal}|talks|merger / Insurers call off merger / Match \
called off
{withdraw}|terminate*|abort* ~4 {deal} -- regulator* / Miner abandons bid for rival / Miner abandons a pit
end|ends|ended ~2 talks|negotiations ~4 {deal}|sale|combination / Food groups end talks on merger / War ends
{deal} ~3 collapse|collapses|collapsed|falls_through|fails|failed|blocked|scrapped|terminated|off / \
Airlines' merger blocked / Offer ends today
block|blocks|blocked|veto|vetoes|vetoed|bars ~6 merger|takeover|acquisition|buyout|tie_up|purchase|sale_of|\
deal / Regulator blocks takeover / Judge blocks road
= bid received G3 / who owns the company may change
bid|bids|offer|offers for -- contract|tender|rights|land|licence|license|world|games|debt|peace|job|jobs|\
hearing|review|lawsuit / Postal group makes bid for Telecom / Bid to win
hostile|takeover|unsolicited|rival|counter|sweetened|buyout bid|bids|offer|offers|approach|proposal|battle|\
interest|pursuit|target / Retailer gets takeover approach / Goalkeeper target
bid|offer ~2 low|inadequate|undervalues / Bank's chief says offer is very low / Low tide
low price of ~2 bid|offer / Bank surprised by low price of offer / Low price of tea
reject|rejects|rejected|rebuff|rebuffs|spurns|spurned|turns_down|accepts|backs ~6 bid|offer|approach|\
takeover|proposal -- union|activist|peace|climate|pay|hearing|lawsuit|judge|court / Bank rejects 35bn \
offer / Jury rejects claim
tender offer / Founder starts tender offer / Tender beef
agree|agrees|agreed|set|poised to be acquired|bought|taken / Chip maker agrees to be bought / Chip maker \
agrees
to be|will_be acquired|bought|taken_over|taken_private by|in|for|,|. -- {part} / Chip maker to be acquired \
by rival / A park to be opened
= deal agreed G3 / who owns what changes
to|will|agree|agrees|agreed merge|merger|combine ~2 with|in|create|of|to|,|. -- {part}|explore|study / \
Banks agree to merge with rival / Roads merge
merger ~2 agreement|plan|deal|terms|of_equals|with|between -- {part}|explore|ahead|after|before / Board \
approves merger plan / Merger lawyer
agree|agrees|agreed|approve|approves|seal|seals|strike|strikes|reach|reaches ~4 merger|takeover|mega_deal \
-- after|explore / Boards approve takeover / Boards agree
{deal}|agree|agrees|agreed|approve|approves ~4 merger|takeover -- after|explore|unit|{part} / Bank reaches \
deal on terms of merger / Deal
= deal agreed G2 / a part of a business changes hands
strike|strikes|clinch|clinches|reach|reaches|seal|seals|ink|inks ~4 deal|agreement|pact ~1 for|to_buy|\
to_acquire -- supply|labour|labor|wage|union|debt / Maker strikes 300 million deal for rival / Lightning \
strikes
{buy} ~8 for # -- back / Maker buys rival's unit for 300 million / Maker buys time
to|will|agree|agrees|agreed|plans ~1 buy|acquire|purchase|take_over -- back|option / Maker to acquire \
rival's brand / Maker to build
acquires|buys|acquiring|buying|acquisition|completes|snaps_up|takeover / Maker acquires start-up / Maker \
builds
to|will|agrees|agreed|plans|completes|looks sell|sale|offload|divest|spin_off|hive_off / Maker to sell its \
paint unit / Maker to build
sells|sold|divests|offloads|divestment|divestiture|spinoff|spin_off|demerger|carve_out|sale_of|exits -- \
sells_out / Maker sells its paint unit / Maker builds
merger|merge|merges|takeover|bidder|bidders|tie_up|combination / Bidders circle maker / Makers meet
= dividend cut G3 / the board no longer trusts its cash
{cut}|{withdraw}|halve|halves|halved|skips|omits|axes|cancels ~3 dividend|dividends|payout / Miner halves \
dividend / Miner pays dividend
dividend cut|suspended|scrapped|halved|slashed / Dividend cut at miner / Dividend paid
= product failed G3 / a product that the price had counted on is gone
trial|study|therapy|dosing ~4 put_on_hold|on_hold|paused|suspended -- murder|court|jury / Gene therapy \
trial put on hold / Trial begins
plummet*|plunge*|crash|crashes|tumble*|halve|halves|dives|sinks ~8 drug|trial|study|patient|therapy|\
vaccine -- ban|price|stock_market / Share plummets after disappointing drug result / Share plummets
patient death|deaths / Third patient death linked to therapy / Patient
fail|fails|failed ~5 trial|study|endpoint|test|goal|goals -- crash|emissions / Heart drug fails late-stage \
trial / Pupil fails exam
trial|study|drug fail|fails|failed|failure|halted|stopped|misses|missed|disappoints|setback / Drug trial \
halted / Drug trial starts
misses|missed|miss ~4 endpoint|endpoints|primary / Drug misses main endpoint / Train missed
complete_response_letter|crl|clinical_hold / FDA sends complete response letter / Letter
fda|ema|regulator|nice|chmp reject|rejects|rejected|declines|refuses|turns_down / FDA rejects pill / FDA \
meets
halts|stops|ends|discontinues|scraps|drops ~4 trial|trials|study|drug|development -- road / Maker halts \
cancer trial / Maker halts work
= change of control G3 / who decides changes
take|takes|taking|seize|seizes|gain|gains|win|wins|wrest* ~2 control of|in|at|from -- inflation|costs|fire|\
ship|city|town|border|strait|village / State takes control of lender / Control of pests
nationalise*|nationaliz*|expropriat*|seizes|seized ~4 -- drugs|cocaine|ship|vessel / State to nationalise \
steelmaker / State to sell steel
proxy fight|battle|contest|war / Activist starts proxy fight / Proxy server
bailout|bailed_out|rescue_deal|rescue_package|emergency_funding|state_rescue -- taxpayer|smelter / Lender \
gets bailout / Boat rescue
"""
