"""English phrases of what is no event: rumour that nobody stands by, views on a price, and what is not \
yet so."""

from typing import Final

SOURCING: Final = """
@thing sale bid offer deal takeover ipo merger acquisition buyout stake spin_off split options listing cut \
cuts exit alternatives loan return funding comeback purchase
@wire wsj ft bloomberg reuters nyt cnbc nikkei information axios semafor politico handelsblatt times \
journal post
@no deny denies denied dismiss dismisses dismissed reject rejects rejected rules_out ruled_out no_longer \
end ends ended confirms

= rumour / a rumour has no author
rumor*|rumour*|speculat*|chatter|gossip|whispers -- {no} / Takeover chatter lifts maker / Maker denies \
takeover rumour
= reportedly / nobody vouches for it
reportedly|purportedly|supposedly|unconfirmed|tipped_to / Maker reportedly delays its phone / Maker delays \
its phone
= unnamed people / nobody stands by it with a name
source|sources|people|person|persons|insiders familiar|close|with_knowledge|with_direct|briefed|say|says|\
said|tell|tells|told / Bank weighs sale, sources say / People at work
sources|insiders :|,|. / Maker to cut jobs: sources / Water sources run dry
familiar with the? matter / Bank to go, those familiar with matter say / Familiar faces
: sources|source|insiders|report|reports . / Maker to cut jobs - source / Source of a river
= said to / nobody stands by it with a name
said to be|have|plan|consider|weigh|seek|near|explore|mull|eye|prepare|discuss|shape|cut|offer|pick|hire|\
tap|buy|sell|put|agree|lift|raise|have_put / Suitor said to plan bid / What he said to them
= report says / the reporter of the report is the only source
,|;|: ~1 report|reports says|claims|:|. -- {no} / Maker plans plant, report says / Maker's report out
report|reports says|claims|suggests|suggest|say -- {no}|annual_report / Maker plans plant, report claims / \
Report is out
{wire}|news reports|reported|report|says|writes . / Maker to sell unit, Bloomberg News reports / Maker \
reports sales
on|after|according_to|amid a|media|press|news? report|reports that|of|says|. -- {no}|earnings|financial|\
annual|jobs / Shares drop on report of probe / On jobs report
media|press|local|tv|newspaper report|reports -- {no} / Maker to leave, media reports / Maker reports
^ report|reports|exclusive : / Report: maker to cut jobs / Maker's report
: {wire} . / Maker eyes plant - WSJ / WSJ opens office
according to ~2 {wire}|documents|memo|insider / Maker to cut jobs, according to the FT / According to law
= considering / a thought is not an act
may|might|could sell|buy|acquire|merge|list|offload|divest|split|spin / Maker may sell its stake / Maker \
may appeal
weigh|weighs|weighing|mull|mulls|mulling|consider|considers|considering|explores|exploring|eyes|eyeing|\
studying|contemplat* ~5 {thing} -- {no} / Maker weighs a sale of its unit / Maker considers staff
in ~1 talks|negotiations|discussions -- {no}|union|peace|ceasefire / Maker in talks with fund / Talks of \
peace
near|nears|nearing|close_to|closing_in_on|edges_closer_to|on_verge_of ~1 {thing}|agreement / Maker nears \
deal / Shop near sea
could|may|might be|soon|seek|sell|buy|bid|acquire ~1 planning|preparing|considering|working|looking|forced|\
acquired|bought|sold|launch|announce|bid|sell|unit|rival / Maker may be planning a laptop / May be
could|might|may be? studying|eyeing|weighing|bid / Bank could be studying a bid / Could be
set|poised|likely|expected|looking|looks to sell|buy|announce|bid|acquire|merge ~9 {wire}|sources|report / \
Maker set to sell unit: FT / Set
= leak / leaked by nobody in particular
leak|leaks|leaked ~3 suggest*|reveal*|show*|hint*|point*|memo|document*|image* -- oil|gas|data / Leaked \
memo suggests cuts / Oil leak shows
= market chatter / nobody stands by it with a name
market_chatter|market_talk|street_wise|grapevine / Market Chatter: Maker to bid / Market opens
"""

OPINION: Final = """
@broker analyst analysts wall_street goldman goldman_sachs jpmorgan jpm jp_morgan j_p_morgan \
morgan_stanley citi citigroup bofa
@broker bank_of_america barclays ubs wedbush jefferies bernstein evercore mizuho keybanc piper \
piper_sandler oppenheimer needham
@broker rbc td_cowen stifel truist raymond_james deutsche_bank hsbc wells_fargo baird cantor bmo \
da_davidson rosenblatt
@broker loop_capital cramer morningstar argus telsey guggenheim benchmark scotiabank susquehanna broker \
brokers brokerage nomura
@broker mufg ing julius_baer bny standard_chartered lombard wells natixis cowen wolfe_research
@broker berenberg kepler strategist strategists fund_manager tph b_riley macquarie redburn rothschild wolfe
@pick stock stocks share shares etf etfs pick picks play plays idea ideas buy investment
@act buy sell own hold watch avoid consider add double soar retire bet
@price_word price_target price_targets target_price pt
@number two three four five six seven eight nine ten 1 2 3 4 5 6 7 8 9 10 11 12 13 15 20 25
@deal_word acquire acquires buy buys boosts sells with
@agency fitch moody moodys s_&_p dbrs scope credit_rating

= price target / someone's number, not an event
{price_word} -- emission*|climate / Broker raises price target on maker / Price of bread
raises|lifts|cuts|lowers|hikes|boosts|trims|slashes|ups|sets|maintains|keeps|increases|triples|adjusts ~5 \
target|pt|targets -- job|profit|sales|revenue|emission*|climate|inflation|production|growth|cost|full|year|\
output / Citi lifts target for maker / Maker lifts profit target
target raised|lifted|cut|lowered|trim|trimmed|resets|reset|increased|hike|revision -- job|profit|sales|\
growth / Target cut at Citi / Target opens shop
# target :|. / New 530 target / New target
= rating / a rating is an opinion
upgrad*|downgrad*|rerating -- network|factory|plant|software|outlook|guidance|forecast|{agency}|aircraft|\
system|power|grid / Bank upgrades Visa / Maker upgrades plant
initiat*|reiterat*|reaffirm*|resum*|assum*|maintain*|starts|rates|rated|assigns ~5 coverage|rating|buy|\
hold|sell|overweight|outperform|neutral|underweight|perform / Bank resumes coverage / Maker resumes work
overweight|underweight|outperform|underperform|equal_weight|sector_perform|market_perform|strong_buy / \
Kept at overweight / Overgrown path
buy|sell|hold|analyst rating|ratings|call -- {agency} / Buy rating kept / Rating agency
rating ~1 lifted|raised|cut|lowered|by -- {agency} / Rating lifted at Citi / Rating
buy_point|stock_of_the_day|moving_average|technical|breakout|broke_out|short_interest|golden_cross|\
relative_strength|chart / Maker broke out / Maker
= stocks to buy / advice, not an event
{number} ~2 stocks|etfs|picks|funds -- traded|splits|fall|rise|delisted / These 5 stocks pay / 5 men
etf|etfs -- launches|lists|issuer|fee / The ETF that pays / Law firm
{pick}|names|companies to ~2 {act} / 3 shares to buy now / Shares fall
{pick} that|you|worth|for|poised|set|ready|primed ~2 can|could|should|may|might|will|buy|your|long|the|\
income -- for_sale / Shares that could double / Shares for staff
best|top|great|no_brainer|cheap|undervalued|overvalued|magnificent|unstoppable|monster|hot|hottest|\
favorite|favourite|cyclical|overbought|oversold ~3 {pick} -- best_buy|launch*|sell*|sale|share_of|\
top_stock_exchange|slashes|cuts / Best AI stock / Best baker
growth|value|dividend|ai|blue_chip|tech|income|penny|bank|oil|chip {pick} -- fall|rise|drop|slip|surge|\
jump|sink|{deal_word}|split|sale|repurchase|buyback / Growth stock for years / Growth of wheat
buy|buying ~4 stock|stocks|shares -- back|insider*|agree* / A fine time to buy the stock / Buying bread
buy|sell|hold or|vs|, or? buy|sell|hold|avoid / Buy or sell? / Buy bread
is|are ~4 a|an ~2 buy|sell|bargain|steal|investment|winner / Maker is a buy / Maker is a house
stock|shares ~2 could|should|might|can|looks|worth|deserves|belongs|flirts / The stock could run / Stock \
falls
could ~1 double|triple|soar|skyrocket|surge|crash|outperform / It could soar / It could
time|reason|reasons|moment|case|opportunity to|for ~2 buy|sell|own|load|buying|selling|profits|take / Time \
to sell / Time to eat
this|one|your ~3 {pick}|portfolio|watchlist -- year|share_sale / One stock outpacing Nvidia / One man
= list / a list made by an author
^ the|top|my|here_are? {number} ~6 reasons|reason|things|takeaways|{pick}|ways|charts|funds|companies|\
questions|facts|names|tips|lessons|trends|signs|warnings|sectors|positions -- dead|killed|injured|arrested \
/ 3 reasons why / 3 men held
{number}|key|biggest|these ~1 reasons|things|takeaways|risks|flags|catalysts|questions ~1 to|why|you|that|\
for|about|from|investors|behind / Two key takeaways from maker / Two men
= question / a question states nothing
? / Is maker a buy? / Maker is here
= rhetorical opening / an explanation or a question, not an event
: why|how|what|where|should|can|does|is|are|will|would|which|who|when|dont|buy -- explained_by|said / \
Nvidia rallies. Why Intel may be the reason / Nvidia rallies. Intel falls
^ why|how|what|whats|should|is|are|can|could|does|do|did|here|where|when|which|whether|meet|forget|think|\
got|want|missed|if_you|inside|beyond|unpacking|understanding|exploring|assessing|evaluating -- is_to|\
can_opener / Here's why maker fell / Maker fell
here is? why|how|where|when|what|who / Luxury hurts. Here's how / Here
^ a|an ~1 look|closer|deeper|deep_dive|guide|brief / A look at maker / A maker
= valuation / a view on the price
still|too|so|looks|looking|getting|dirt|relatively|finally cheap|expensive|attractive|pricey|undemanding / \
Still cheap at these levels / Still here
charts|chart say|says|show|shows|suggest|suggests / What the charts say / Chart room
at|near these|current|this levels|level|price|prices|valuation / A buy at these levels / At home
valuation*|undervalued|overvalued|intrinsic|fair_value|p_e|dcf|priced_in|priced_for|upside|downside|\
bull_case|bear_case|bullish|bearish|too_cheap|too_expensive|looks_cheap|wall_of_worry|narrative|rerating|\
multiples|re_rating|mispriced -- funding|startup|start_up|round|ipo|stake|raises|sale|billion|trillion|\
talks / Valuation check of maker / Start-up's valuation at round
value price|stock|trap|play / Growth at a value price / Value of work
= investor focus / written for a buyer, about nothing that happened
investor|investors should|need|must|may|might|focus|ask|weigh|eye|watch|are|can|question|wonder|\
expectations|see|bet|sentiment|lens|await / What investors should know / Investors sue
for|means|mean ~1 investors|shareholders|shares|portfolio|portfolios / What it means for investors / Means \
of travel
portfolio|passive_income|millionaire*|what_to_know|what_to_watch|what_to_expect|need_to_know|to_watch|\
worth_watching|nest_egg -- product|patent|loan|brand|reshuffles|solar|wind|{deal_word} / Income for your \
portfolio / Fund reshuffles portfolio
buying|selling ~2 given|warrant|recent / Buying given weakness / Buying
= analyst says / an analyst's view
{broker} ~3 say|says|saying|see|sees|think|thinks|expect|expects|warn|warns|call|calls|recommend*|like|\
likes|bets|love|loves|remain*|stay|stays|lift|lifts|raise|raises|cut|cuts|boost*|keep|keeps|predict*|\
reset*|revis*|issue|issues|view|views|react|weigh|estimate*|forecast*|argue*|cautious|constructive|triples|\
ups|downbeat|upbeat -- boss|ceo|cfo|chief|chair|job|jobs|staff|profit|quarter|dividend|branches / Analysts \
see gains / Bank cuts jobs
say|says|said|according_to|per a|an|the? ~2 {broker} / Cloud is soft, says analyst / He says
: {broker} . / Chip cycle turns - Jefferies / Jefferies opens
{broker} estimates|support|optimism|reaction|consensus|targets|shifts|blog|views|assumptions|expectations|\
sentiment|react / Analyst targets shift / Analyst
consensus|ahead_of_consensus|street_expects|wall_street_expects|earnings_growth_expected|jim_cramer / \
Ahead of consensus / Ahead
, {broker} says|say . / Cloud may soften, Mizuho says / It is so, governor says
need|needs|must|should ~10 , ~3 says . -- court|judge|regulator|ministry|police|company / Markets need \
clearer rules, Duffy says / Maker must pay, court says
says ~3 chef|author|actor|actress|singer|professor|expert|economist|historian|strategist / Says a chef / \
Says the firm
= comparison / two shares weighed by an author
vs|versus -- expectations|estimates|year|prior|#|court|match|world / Visa vs Mastercard / Sales up vs year
better ~3 stock|buy|pick|investment|bet / The better stock / Better days
lagging|outpacing|outperform*|underperform*|lags|beats_the ~4 market|stocks|sector|peers|this_year|s_&_p|\
industry / Lagging the market / Lagging clocks
= transcript or preview / nothing has happened yet, or a copy of what did
preview|transcript|earnings_call|call_highlights|call_summary|earnings_whisper|gears_up|in_the_offing|\
in_store|on_tap|in_the_cards -- preview_video|preview_game|festival|convention / Q2 earnings preview / \
Game shown
ahead of ~3 earnings|results|report|q1|q2|q3|q4 / Ahead of earnings / Ahead of schedule
earnings|results expected|to_watch|loom|next_week|due|season|ahead|on_deck / Earnings next week / Earnings \
rise
loom|looms over ~2 earnings|results / Worry looms over earnings / Cloud looms
reports next_week|tomorrow|this_week|soon / Maker reports next week / Maker reports sales
= screen / made by a program from a list of prices
zacks|gurufocus|stock_screener|most_active|top_movers|trending|stock_movers|style_score|style_scores|\
quant_ratings|investor_attention|value_trader / Zacks value trader / Maker
some|key facts|information|insights|data|metrics|figures -- key_data_centre / Key metrics of maker / Key
larger|bigger|smaller|more|less|higher|worse|steeper ~2 than|drop|dip|loss|gain|slump ~1 market|peers|\
expected|broader / Bigger dip than market / Bigger ship
while|as|than|despite ~2 market|markets falls|gains|rises|improves|dips|slips|rallies|upbeat / Sinks as \
market gains / As they say
up|down|ride|jump|gain|gains|propels ~4 ytd|this_year|in_a_year|year_to_date -- sales|profit|revenue / Up \
58 % this year / Up
= roundup / many names, none the subject
wrap : -- snack / Iron ore wrap: prices fall / Snack wrap
stocks|names|earnings|what to watch / Stocks to watch / Stocks fall
recap|roundup|round_up|movers|catalyst_watch|the_week_ahead|stock_market_today|market_minute|morning_bid|\
overnight_news|stocks_today|shares_today|market_update|dow_jones_futures|sector_update|on_the_move -- \
earnings_highlights / Market recap: banks fall / Paper
ftse|dow|nasdaq|s_&_p|stocks|equities|bourses|equity_indexes|european_shares|wall_street ~2 {fall} -- \
stock_of|stocks_of / FTSE slips as oil rises / Fall of a tree
@fall fall falls rise rises slip slips slide slides gain gains climb climbs rally rallies drop drops ease \
mixed higher lower ends close
@fall closes jump jumps edge cool tumble tumbles surge surges record
= story / a story told about the shares
story|storyline|saga|spotlight|in_focus|into_focus|tailwind*|headwinds_for|skeptic|thesis|crossroads -- \
story_of_a|toy_story|love_story|landmark|trial|q1|q2|q3|q4|quarter / The growth story / Storm
put|puts|bring|brings|place|places|draw|draws|raise|raises|face|faces|meet|meets|add|adds|signal|signals|\
test|tests|reframe*|shape|highlight|highlights ~7 focus|spotlight|scrutiny|view|debate|questions|path|\
growth_path|catalysts|risk_profile|appeal / Deal puts debt in view / Maker puts lid
is|are ~3 shifting|evolving|reframing|changing|rewritten|quietly|reshaping / The view is shifting / Earth \
is round
shifting|changing|evolving|balances|repositions ~3 narrative|story|view|assumptions|growth -- \
shifting_sands / Shifting narrative / Shifting
: the|a|an|one|core|rare|still|navigating|assessing|strong|key|deepening|growth|why|how|is|what ~4 engine|\
stock|giant|play|giant|bet|holding|stability|story|winner|growth|value|it|trillion|investment|opportunity \
/ Maker: a growth engine / Maker: a plant
valuation|governance|debt|execution|growth|competitive|margin questions|concerns|risks|debate|story|\
worries|appeal / Margin questions for maker / Margin
questions|doubts|concerns|worries about|on|over|around ~3 valuation|growth|risk|outlook|spending|dividend \
/ Doubts about growth / Doubts
what_it_means|what_this_means|what_they_mean|means_for|implications_for / And what it means / Means
= looking back / a price looked back on
# % ~2 rally|surge|jump|gain|run|slump|pullback|drop|crash ~2 ?|this_year|in|since|leaves|makes / A 58 % \
rally since / Rally
up|down # % ~1 ytd|this_year|since|from|in_the_past|in|past / Up 120 % in the past year / Up 3
if you|youd had? invested|bought|put / If you invested / If
we|i predicted|said|told_you / We predicted it / We
trade|rally is stalling|over|fading|just / The rally is over / Rally
= column / a column
ticker : -- enters|signs|launches|to|announces|reports|posts|wins|buys|sells|appoints|names / Visa (V): a \
story of growth / Visa (V) signs
analyst_report|options_activity|companies_owned_by|power_play|moment_is_here|growth_engine / Analyst \
report: maker / Analyst
^ opinion|editorial|commentary|column|analysis|breakingviews|lex|heard_on_the_street|barron|podcast|\
explainer|explained|quiz|live_q|letter|review|interview|q_&|viewpoint|comment|watch|video|quick_take|\
factbox|timeline|history ~1 :|quiz|- / Opinion: chips turn / Opinion poll
explains|explained|explainer|seen_as|beneficiar*|dividend_aristocrat*|what_we_know|my_top|my_portfolio|\
blunt|brilliant|indispensable|pulse_check|advantage|must_know|food_for / Maker seen as winner / Maker
analysis|exclusive_analysis|insight|column : -- blood / Analysis - maker's new chief / Blood analysis
^ i asked|bought|drove|gave|had|have|just|let|lived|love|made|never|own|quit|sold|spent|still|switched|\
tested|think|tried|used|want|was|went / I bought a car / Squared
needs|must|has ~1 to? fix|prove|convince|navigate|deliver -- court / Maker needs to fix pipeline / Maker \
needs
= praise / praise
buffett|ackman|burry|cathie_wood|dalio|billionaire|hedge_fund|hedge_funds ~3 confidence|bet|bets|buys|\
buying|sold|sells|selling|loves|favorite|favourite|piles|loading|dumps|owns|holdings|portfolio -- \
berkshire|stake_in|takes_stake / Buffett's confidence in an oil major / Buffett to step down
worth|worthy ~1 owning|buying|holding|watching|a_look / A turnaround worth owning / Worth 3 billion
options|option traders|trader|activity|market / Options traders brace for move / Options exist
moat|poised_to|poised_for|skyrocket*|unstoppable|compelling|no_brainer|hidden_gem|game_changer|\
generational|once_in_a|screaming|crush_the_market|beaten_down|must_own|underrated|overlooked|next_trillion|\
hiding_in|big_money|well_positioned|once_in_a_decade / Maker is poised to win / Maker
worst|best ~1 performing|performers / Best performing shares / Best
"""

FORECAST: Final = """
@metric revenue sales profit earnings growth margin margins eps results capex spending deliveries demand \
loss income quarter year
@grow grow rise fall reach hit top double exceed decline increase surge post report benefit win lose gain

= expects / about what is not yet so
expect|expects|forecast|forecasts|project|projects|anticipate*|predict|predicts|guides|aims|targets|\
estimates|sees ~6 {metric}|to|of|between|$|# / Maker expects sales of 2 billion / Maker expects
guidance|outlook / Maker's outlook / Maker looks
{metric}|shipments|market ~3 to|will {grow} / Phone sales to fall / Sales
will|to reach|hit|exceed|top us? $|# / Debt will hit $3 / Will
= set to / about what is not yet so
set|likely|bound|on_track|on_course|expected to ~1 {grow} / Phone sales set to fall / Set meal
"""
