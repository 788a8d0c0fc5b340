"""Three gates for stories: sourcing, opinion, forecast. Each is a table; what a gate stops is kept with its reason.

Promise: an official item passes sourcing and opinion whatever its words; a forecast is kept only when the issuer itself
makes it, tagged `forecast`. Refused: discarding for "may" or "could" alone, and word lists under a licence that forbids
reuse. The rows are judgement, tuned on the tune part of the label file.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.facts.fact import Authority, Severity
from core.facts.rule import Line, Rule, rule, table

_BROKERS = (
    r"(?:analysts?|Wall Street|Goldman(?: Sachs)?|JPMorgan|J\.P\. Morgan|Morgan Stanley|Citi(?:group)?|BofA|Bank of America|Barclays|UBS|"
    r"Wedbush|Jefferies|Bernstein|Evercore(?: ISI)?|Mizuho|KeyBanc|Piper Sandler|Oppenheimer|Needham|RBC|TD Cowen|Stifel|Truist|"
    r"Raymond James|Deutsche Bank|HSBC|Wells Fargo|Baird|Cantor|BMO|DA Davidson|D\.A\. Davidson|Rosenblatt|Loop Capital|Cramer|Morningstar|Argus|Telsey|Guggenheim|Benchmark|Scotiabank|Susquehanna)"
)

# fmt: off
SOURCING: Final[tuple[Rule, ...]] = (
    rule("rumour", "rumor rumors rumour rumours rumored rumoured speculation speculated speculates chatter gossip whispers", r"\b(?:rumou?r(?:s|ed)?|speculat(?:ion|ed|es)|chatter|gossip|whispers)\b", "a rumour has no author", "Takeover chatter lifts shares of the chip maker", r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|rules? out|ruled out|no longer)\b"),
    rule("reportedly", "reportedly allegedly purportedly supposedly unconfirmed", r"\b(?:reportedly|allegedly|purportedly|supposedly|unconfirmed)\b", "nobody vouches for it", "Apple reportedly delays its foldable phone"),
    rule("unnamed people", "sources source people person insiders familiar", r"\b(?:sources?|people|persons?|insiders)\b (?:familiar|close|with (?:knowledge|direct)|briefed|say|said|tell|told)|\b(?:sources|source)(?: say| said|:|$)|, sources?\b|\bfamiliar with the matter", "nobody stands by it with a name", "Bank weighs sale of unit, sources say"),
    rule("said to", "said", r"\b(?:is |are |was )?said to (?:be|have|plan|consider|weigh|seek|near|explore|mull|eye|prepare|discuss|shape|cut|offer|pick|hire|tap|\w+)\b", "nobody stands by it with a name", "Suitor said to be shaping a funding package"),
    rule("report says", "report reports wsj ft bloomberg reuters nyt cnbc nikkei information axios semafor politico", r"[,:;-] (?:report|reports)(?: says?| claims?)?\s*(?:$|[-|])|\b(?:report|reports) (?:says?|claims?|suggests?)\b|\bon (?:a )?reports?\b(?! card)|\baccording to (?:a |media |press )?reports?\b|[,-] (?:Bloomberg|Reuters|WSJ|FT|CNBC|Nikkei|The Information|Axios|Handelsblatt|Il Sole)(?: News)? (?:report(?:s|ed)|says)\b|^report:|\b(?:media|press|local|tv|paper) reports?$|[:-] (?:WSJ|FT|Bloomberg|Reuters|NYT|CNBC|Nikkei|The Information|Axios|Semafor|Politico)$", "the reporter of the report is the only source", "Chip maker plans new fab in Ohio, report says", r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|rules? out|ruled out|no longer)\b"),
    rule("considering", "weighs mulls considers considering weighing mulling explores exploring eyes eyeing talks negotiations discussions nears near nearing closing", r"\b(?:weigh(?:s|ing)|mull(?:s|ing)|consider(?:s|ing)|explor(?:es|ing)|eye(?:s|ing)) (?:a |an |the |its |possible |potential )?(?:\S+ ){0,3}(?:sale|bid|offer|deal|takeover|ipo|merger|acquisition|buyout|stake|spin-?off|split|options|listing|cuts?)\b|\bin (?:early |advanced |late-stage |exclusive |final )?(?:talks|negotiations|discussions)\b|\bnear(?:s|ing)? (?:a )?(?:deal|agreement)\b|\bclosing in on\b|\beye(?:s|ing)? \$?\d", "a thought is not an act", "Oracle weighs a sale of its health unit", r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|rules? out|ruled out|no longer)\b"),
    rule("could be", "may might could", r"\b(?:may|might|could) (?:be (?:planning|preparing|considering|working|about|close|looking|forced|acquired|bought|sold)|soon (?:launch|announce|buy|sell|acquire))\b", "a possibility without a source", "Apple may be planning a cheaper laptop"),
    rule("rumour, other languages", "rumeur rumeurs selon sources laut kreise kreisen insider insidern voci secondo fonti indiscrezioni rumores fuentes", r"\brumeurs?\b|\bselon (?:des |une |plusieurs |la )?(?:sources?|presse)\b|\blaut (?:insidern?|kreisen|medien\w*)\b|\binsidern? zufolge\b|\b(?:finanz|unternehmens|verhandlungs)?kreise[n:]|\bger(?:ü|ue)chte?\b|\bsecondo (?:fonti|indiscrezioni|rumors)\b|\bindiscrezioni\b|\bseg[uú]n fuentes\b|\brumores\b", "a rumour has no author in any language", "Verkauf der Sparte geplant, laut Kreisen"),
    rule("leak", "leak leaks leaked leaker", r"\bleak(?:s|ed|er)?\b (?:\S+ ){0,3}(?:suggest|reveal|show|hint|point|memo|document|image)\w*|\bleaker\b", "leaked by nobody in particular", "Leaked memo suggests cuts in the cloud unit", r"\b(?:oil|gas|data|pipeline|chemical)\b"),
)

OPINION: Final[tuple[Rule, ...]] = (
    rule("rating, other languages", "kursziel kaufen verkaufen halten objectif recommandation conseil acheter vendre faut analystes analyst analysten rating giudizio obiettivo precio objetivo", r"\bkursziel\b|\b(?:auf|mit) ['\"]?(?:kaufen|verkaufen|halten|buy|sell|overweight|neutral)\b|\bkaufempfehlung\b|\bobjectif de cours\b|\b(?:rel[eè]ve|abaisse|r[ée]duit) (?:son|sa|l')? ?(?:objectif|recommandation|conseil)\b|\bfaut-il (?:acheter|vendre)\b|\bprezzo obiettivo\b|\btarget price\b|\bprecio objetivo\b|\banalysten? (?:sieht|sehen|hebt|senkt|r[äa]t)\b", "a rating is an opinion in any language", "Goldman hebt Kursziel für SAP auf 250 Euro"),
    rule("price target", "target targets pt", r"\bprice targets?\b|\btarget (?:price|raised|lifted|cut|lowered)\b|\b(?:raises?|lifts?|cuts?|lowers?|hikes?|boosts?|trims?|slashes|ups|sets?|maintains?|keeps?) (?:\S+ ){0,4}(?:price )?(?:target|pt)\b(?! (?:for|on) (?:\S+ )?(?:emission|profit|sales|revenue))|\bPT\b (?:raised|cut|lowered|to)", "someone's number, not an event", "Wedbush raises price target on Oracle to $275", r"^target\b|\b(?:emissions?|climate|inflation|profit|sales|revenue|cost|production|growth|savings) targets?\b"),
    rule("rating", "upgrade upgrades upgraded downgrade downgrades downgraded initiates initiated reiterates reiterated reaffirms overweight underweight outperform underperform neutral rating ratings rated hold buy sell coverage", r"\b(?:upgrade[sd]?|downgrade[sd]?)\b(?! (?:to|of) (?:its |the )?(?:network|factory|plant|system|software|outlook|guidance|forecast))|\b(?:initiate[sd]?|reiterate[sd]?|reaffirm(?:s|ed)?|resume[sd]?|assume[sd]?|maintain(?:s|ed)?|start(?:s|ed)) (?:\S+ ){0,4}(?:coverage|rating|buy|hold|sell|overweight|outperform|neutral|underweight)\b|\b(?:overweight|underweight|outperform|underperform|market perform|equal[- ]weight)\b|\b(?:strong )?(?:buy|sell|hold) rating\b|\brated? (?:a )?(?:strong )?(?:buy|sell|hold)\b|\banalyst ratings?\b", "a rating is an opinion", "Morgan Stanley upgrades Visa to overweight", r"\b(?:fitch|moody'?s|s&p global|dbrs|scope ratings)\b|\bcredit rating\b"),
    rule("stocks to buy", "buying selling own owning hold holding bargain steal load undervalued overvalued best top great no-brainer cheap low magnificent unstoppable growth value monster hottest favorite favourite millionaire names companies funds plays ideas time reason moment dip stock stocks shares buy sell etf etfs pick picks dividend", r"\b(?:stocks?|shares?|etfs?|picks?|names?|companies|funds?) (?:to|you (?:can|should|need to|may want to|might)|that (?:could|can|should|may|might|will)|worth|for|i'd|i|we|poised|set|ready|primed|trading|with|near|under) (?:consider |think about )?(?:buy(?:ing)?|sell(?:ing)?|own(?:ing)?|hold(?:ing)?|watch(?:ing)?|avoid|consider|add|double|soar|retire|the next|long[- ]term|your|crush|triple|bet|make|beat|outperform|surge|huge|big|high|strong)\b|\b(?:best|top|great|no-brainer|cheap|undervalued|overvalued|low priced|magnificent|unstoppable|growth|value|dividend|ai|tech|blue[- ]chip|monster|hot(?:test)?|favou?rite|millionaire[- ]maker) (?:\S+ ){0,4}(?:stocks?|picks?|etfs?|plays?|ideas)\b|\bbuy(?:ing)? (?:\S+ ){0,4}stock\b|\b(?:buy|sell|hold) (?:or|and|vs\.?) (?:buy|sell|hold|avoid)\b|\bbuy the dip\b|\b(?:is|are) (?:a |an )?(?:\S+ ){0,3}(?:buy|sell|bargain|steal)\b|\bstock (?:a )?(?:buy|sell)\b|\b(?:stock|shares) could\b|\bcould (?:\S+ )?(?:double|triple|soar|skyrocket|surge)\b|\b(?:time|reason(?:s)?|moment) to (?:buy|sell|own|load)\b", "advice, not an event", "3 top AI stocks to buy in April", spelled=False),
    rule("list", "0 1 2 3 4 5 6 7 8 9 two three four five six seven eight nine ten reasons reason things stocks", r"^(?:the |top |my |here are |here's |why )?(?:these )?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?:\S+ ){0,6}?(?:reasons?|things|takeaways|stocks?|etfs?|ways|charts?|funds?|plays?|picks|companies|questions|facts|names|tips|lessons|trends|signs|shares)\b", "a list made by an author", "3 reasons Walmart is a safe haven", r"\b(?:dead|killed|injured|arrested)\b", spelled=False),
    rule("reasons", "reason reasons thing things takeaway takeaways risk risks flags", r"\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|key|one|biggest|big) (?:\S+ )?(?:reasons?|things|takeaways|risks|green flags|red flags) (?:to|why|you|that|for|about|from|investors)\b", "a list made by an author", "Two key takeaways for holders of the chip maker", r"\b(?:dead|killed|injured|arrested)\b", spelled=False),
    rule("question", "?", r"\?\s*(?:$|\||\s[\w\"'$(])", "a question states nothing", "Is Broadcom stock still a buy?"),
    rule("rhetorical opening", "why how what should is can will here where when which whats heres", r"^(?:why|how|what|what's|whats|should|is|are|can|will|could|does|do|did|here's|here is|here are|heres|where|when|which|whether|meet|forget|think|got|want|missed|if you)\b", "an explanation or a question, not an event", "Here's why Broadcom stock is a better buy", r"^(?:will|can|is) [A-Z]\w+ (?:plc|inc|corp)\b"),
    rule("valuation", "valuation undervalued overvalued overvaluation fair intrinsic pe multiple dcf value priced upside downside bull bear bullish bearish cheap expensive", r"\b(?:valuation|undervalued|overvalued|intrinsic value|fair value|p/e|dcf|pricing reflect|priced (?:in|for|right)|upside|downside|bull(?:ish)? (?:case|thesis|on|run|view)|bear(?:ish)? (?:case|thesis|on|view)|bullish|bearish|too (?:cheap|expensive)|looks (?:cheap|expensive|attractive)|wall of worry|narrative)\b", "a view on the price", "Assessing Siemens' valuation after the share price rebound", r"\b(?:raises?|raised|funding|round|startup|ipo)\b.{0,60}\bvaluation\b|\bvaluation\b.{0,40}\b(?:funding|round)\b|\$\s?[\d.]+ ?(?:billion|million|trillion|[bmt]n?)?\+? valuation\b"),
    rule("investor focus", "investor investors investing portfolio retirement millionaire position holdings shareholders", r"\b(?:investors? (?:should|need|must|may|might|focus|ask|weigh|eye|watch|guide|are|can|question|wonder|heavily)|for investors|investor focus|your portfolio|retire(?:ment)? (?:income|portfolio|rich)|millionaire|passive income|what to (?:know|watch|expect)|need to know|to watch)\b", "written for a buyer, about nothing that happened", "SAP partnerships put AI integration in investor focus"),
    rule("analyst says", "strategist strategists consensus ahead manager wells bank loop td d.a. da analyst analysts says say sees street wedbush jefferies mufg rbc barclays ubs hsbc nomura ing oppenheimer needham baird truist stifel bmo scotiabank cowen keybanc piper argus guggenheim benchmark susquehanna wells morgan deutsche raymond goldman jpmorgan citi bofa barclays ubs wedbush jefferies bernstein cramer morningstar evercore mizuho", rf"\b{_BROKERS}\b (?:\S+ ){{0,3}}?(?:say(?:s|ing)?|see[sn]?|think(?:s|ing)?|expect(?:s|ed)?|warn(?:s|ed)?|call(?:s|ed)?|recommend(?:s|ed)?|like[sd]?|bet(?:s|ting)?|love[sd]?|remain(?:s|ed)?|stay(?:s|ed)?|lift(?:s|ed)?|raise[sd]?|cut(?:s)?|boost(?:s|ed)?|keep(?:s)?|predict(?:s|ed)?|reset(?:s)?|revis(?:e|es|ed)|issue[sd]?|view(?:s|ed)?|react(?:s|ed)?|weigh(?:s)?|estimate[sd]?|forecast(?:s)?|argue[sd]?)\b|\b(?:says?|said|according to|per) (?:an? |the )?(?:\S+ )?(?:analysts?|cramer|strategists?|fund manager)\b|\bjim cramer\b|\banalysts? (?:blog|estimates|forecasts?|consensus)\b|\bconsensus (?:estimate|rating|price)\b|\bahead of consensus\b|[:-] (?:analysts?|strategist|Jefferies|Wedbush|Goldman(?: Sachs)?|Morgan Stanley|JPMorgan|Citi|UBS|Barclays|Bernstein|BofA|HSBC|Nomura|RBC|Evercore|KeyBanc|Truist|Stifel|Mizuho)$", "an analyst's view", "Oracle stock is no high-risk play, says analyst", r"\banalyst (?:day|meeting)\b", spelled=False),
    rule("voice", "says", r", [\w.&' ]{2,24} says$|, says (?:an? |the )?(?:[\w-]+ ){0,3}(?:chef|author|actor|actress|singer|professor|expert|economist|historian)\b", "somebody's view on others", "Cloud demand may soften, Mizuho says", r", (?:[\w.&'-]+ ){0,3}(?:company|firm|regulators?|court|judge|ministry|minister|government|police|union|ceo|cfo|chair(?:man)?|spokes\w+|sec|fda|fcc|watchdog|officials?|filing|airline|bank|carmaker|retailer) says$"),
    rule("comparison", "vs versus better", r"\b(?:vs\.?|versus)\b(?! (?:expectations?|estimates?|forecasts?|year|prior|\$|\d))|\bbetter (?:\S+ ){0,3}(?:stock|buy|pick|investment|bet)\b", "two shares weighed by an author", "Visa vs. Mastercard: which is the better stock"),
    rule("transcript or preview", "preview transcript ahead expect expectations earnings whisper countdown", r"\b(?:earnings|results?|q[1-4]) (?:preview|ahead|countdown|whisper)\b|\bpreview\b|\bcall transcript\b|\bahead of (?:\S+ ){0,3}(?:earnings|results|report)\b|\bearnings (?:expected to|to watch|loom)\b|\bearnings (?:call )?(?:highlights|summary)\b", "nothing has happened yet, or a copy of what did", "Visa Q2 earnings preview: growth in focus"),
    rule("screen", "drop dip loss gain slump larger bigger smaller less outpaces sinks lags rises falls tumbles increases gains insights data metrics figures projections zacks rank momentum value growth score style screener gurufocus trending most active movers facts key information quant wall projections than market outperforms underperforms", r"\bzacks\b|\bgurufocus\b|\b(?:most active|top movers?|trending stocks?|stock movers|style scores?|attracting investor attention|trending)\b|\b(?:some|key) (?:facts|information|insights|data|metrics|figures)\b|\bkey metrics\b|\bfacts to (?:know|note)\b|\b(?:larger|bigger|smaller|more|less) (?:\S+ )?(?:drop|dip|loss|gain|slump) than\b|\b(?:under|out)performs? (?:the )?(?:broader |general )?market\b|\bwhile market (?:falls|gains|rises|improves)\b|\bquant ratings?\b|\bwall street'?s? (?:projections?|estimates?|expects?|insights?|views?)\b|\bprojections for\b|\bmore significant dip\b|\bdips more than\b|\b(?:outpaces|sinks as|gains? as|lags|rises? (?:higher )?than|falls? more than|tumbles? more than|increases? despite|stock (?:sinks|rises|dips|falls|gains)) (?:the )?(?:broader )?market\b", "made by a program from a list of prices", "Sony sees a more significant dip than broader market: facts to know", spelled=False),
    rule("roundup", "watch recap movers roundup ahead talk update minute wrap movers", r"\b(?:stocks?|names|earnings|what) to watch\b|\bstocks? (?:on the move|making moves)\b|\b(?:today's|biggest|top) (?:stock )?movers\b|\brecap\b|\b(?:market|markets|news|stocks?|services|earnings|weekly|daily|deals?) roundup\b|\broundup(?:$|:)|\bmarket (?:talk|minute|wrap|chatter)\b|\bweek ahead\b|\bcatalyst watch\b|\bdow jones futures\b|\bstock market today\b", "many names, none the subject", "Stocks to watch: a chip maker, a bank, a brewer"),
    rule("here is", "here", r"\bhere(?:'s| is|s| are) (?:\S+ )?(?:why|how|where|when|what|the|who)\b", "an explanation, not an event", "Luxury retail is hurting. Here's how."),
    rule("story", "scrutiny view puts puts: holding stability core rare still navigating assessing strong key deepening lens reasons doubt becoming evolution governance ahead story focus spotlight narrative tailwinds headwinds momentum opportunity opportunities potential evolution fundamentals catalysts risks skeptic confidence buffett thesis twist worry brilliant indispensable moment future trajectory questions debate concerns test tests lens", r"\bstory\b|\bin focus$|\b(?:into|in) (?:the )?(?:investor )?(?:focus|spotlight)\b|\b(?:puts?|brings?|places?|draws?|raises?|faces?|meets?|adds?) (?:\S+ ){1,8}(?:in|into|to|on|under|for) (?:\S+ )?(?:focus|spotlight|scrutiny|view|debate)\b|^[^:]{0,60}: (?:the|a|an|one of|core|rare|still|navigating|assessing|strong|key|deepening) |\bdefensive (?:holding|stability|stock)\b|\b(?:warren )?buffett'?s? (?:confidence|favou?rite|bet|top|highest|advice)\b|\b(?:evolution of|fundamentals behind|key data, catalysts|catalysts?, and risks|reasons to doubt|skeptic|a worrying sign|brilliant move|shocking twist|becoming indispensable|test governance|opportunit(?:y|ies) (?:push|ahead))\b|\b(?:valuation|governance|debt|execution|growth|competitive|margin) (?:questions?|concerns?|risks?|debate|potential|story)\b", "a story told about the shares", "AI partnership adds depth to the growth story", spelled=False),
    rule("looking back", "predicted ytd later later year stalling stalled returned overtake", r"\b(?:we|i) predicted\b|\b(?:up|down) \d+(?:\.\d+)?%\+? (?:ytd|this year|since|from|in (?:a|one|20\d\d))\b|\bstill (?:down|up) \d|\bone year later\b|\b(?:trade|rally) is (?:stalling|over|fading)\b|\bif you (?:had )?invested\b", "a price looked back on", "Oil stocks are up 20%+ YTD: why the trade is stalling"),
    rule("column", "i explains explainer analysis breakingviews lex seen beneficiaries aristocrats exclusive heard know barron opinion editorial column commentary letter thesis buffett munger podcast", r"^(?:opinion|editorial|commentary|column|analysis|breakingviews|lex|heard on the street|barron's|podcast|explainer|\w+ explains|explained)\b\s*[:|-]|\bseen as\b|\bbeneficiar(?:y|ies)\b|\bdividend aristocrats?\b|\bwhat we know\b|\bmy (?:top|favou?rite|portfolio)\b|\b(?:i'm|i am|i'd|i'll|i've)\b|^i (?:asked|bought|drove|gave|had|have|just|let|lived|love|made|never|own|quit|sold|spent|still|switched|tested|think|tried|used|want|was|went)\b", "a column", "Opinion: the chip cycle has turned"),
    rule("praise", "soar soaring moat poised skyrocket unstoppable compelling bargain millionaire winner genius hidden gem crush crushing beaten", r"\b(?:moat|poised (?:to|for)|skyrocket\w*|unstoppable|compelling|no-brainer|hidden gem|game[- ]changer|generational|once-in-a|screaming|crush(?:ing)? the market|beaten[- ]down|must[- ](?:own|buy|see)|underrated|overlooked)\b", "praise", "Visa is poised to beat the market"),
)

FORECAST: Final[tuple[Rule, ...]] = (
    rule("expects", "grow rise fall reach double exceed decline increase hit top revenue sales guide aim target estimate project anticipate predict expects expect forecasts forecast projects sees anticipates predicts targets aims guides guidance outlook estimates plans will", r"\b(?:expects?|forecasts?|projects?|anticipates?|predicts?|guides?|aims? (?:for|to)|targets?|estimates) (?:\S+ ){0,6}?(?:revenue|sales|profit|earnings|growth|margins?|eps|results?|capex|spending|deliveries|demand|loss|income|quarter|year|to|of|between|\$?\d)|\bsees (?:\S+ ){0,4}(?:revenue|sales|profit|earnings|growth|q[1-4]|fy|fiscal|quarter|year|demand|margin)\w*|\b(?:guidance|outlook)\b|\b(?:sales|revenue|profit|earnings|shipments|demand|market) (?:\S+ ){0,3}(?:to|will|set to|expected to|projected to) (?:grow|rise|fall|reach|hit|top|double|exceed|decline|increase)\b|\b(?:will|to) (?:reach|hit|exceed|top) (?:us)?\$?\d", "about what is not yet so", "Chip maker expects third-quarter revenue of $12 billion", spelled=False),
    rule("set to", "set likely", r"\b(?:is |are )?(?:set|likely|bound|on track|on course) to (?:\S+ )?(?:grow|rise|fall|reach|hit|top|double|exceed|decline|increase|surge|post|report|benefit|win|lose|gain)\b", "about what is not yet so", "Smartphone sales set to fall this year"),
)
# fmt: on

# Publishers whose product is a view on shares. Their headline is kept only when it states an event of G2 or more, because
# even their reports of events are written to be traded on (49 of 420 headlines of one recorded day are Zacks' alone).
OPINION_PUBLISHERS: Final[tuple[tuple[str, str], ...]] = (
    ("zacks", "rank lists and previews made from estimates"),
    ("motley fool", "stock picks"),
    ("fool.com", "stock picks"),
    ("simply wall st", "valuation notes made by a program"),
    ("insider monkey", "lists of stocks"),
    ("24/7 wall st", "lists and price views"),
    ("stockstory", "quality scores"),
    ("marketbeat", "ratings and lists"),
    ("tipranks", "ratings"),
    ("gurufocus", "valuation notes"),
    ("seeking alpha", "columns by readers"),
    ("investorplace", "stock picks"),
    ("barchart", "screens"),
    ("moby", "stock picks"),
    ("barrons", "columns on shares"),
    ("barron's", "columns on shares"),
    ("investor's business daily", "chart patterns"),
    ("thestreet", "columns on shares"),
    ("benzinga", "ratings and price moves"),
    ("kiplinger", "advice"),
    ("morningstar", "analyst reports"),
    ("investopedia", "explanations"),
    ("stocknews", "stock picks"),
    ("trefis", "valuation notes"),
    ("finbold", "price views"),
    ("fx empire", "price forecasts"),
    ("fxempire", "price forecasts"),
    ("invezz", "price views"),
    ("equities.com", "stock picks"),
    ("argus research", "analyst reports"),
    ("smartasset", "advice"),
    ("etf.com", "advice"),
    ("wealth of geeks", "advice"),
    ("money morning", "stock picks"),
    ("marketwatch picks", "advice"),
)

_SOURCING: Final = table(SOURCING)
_OPINION: Final = table(OPINION)
_FORECAST: Final = table(FORECAST)


@dataclass(frozen=True, slots=True)
class Stopped:
    """The gate that stopped a story, and why."""

    gate: str
    reason: str


def stop(headline: Line, authority: Authority) -> Stopped | None:
    """The first gate whose row finds a headline, or None. Official items pass sourcing and opinion."""
    if authority is Authority.OFFICIAL:
        return None
    for gate, rows in (("sourcing", _SOURCING), ("opinion", _OPINION)):
        if found := rows.first(headline):
            return Stopped(gate, f"{found.name}: {found.reason}")
    return None


def stop_views(authority: Authority, publisher: str, severity: Severity) -> Stopped | None:
    """The opinion gate for publishers of views: below G2 (the headline's grade by its event) they state no event."""
    if authority is Authority.OFFICIAL or severity is not Severity.G1:
        return None
    if what := _sells_views(publisher):
        return Stopped("opinion", f"publisher of opinion: {what}, and no event of weight is stated")
    return None


@lru_cache(maxsize=1024)
def _sells_views(publisher: str) -> str:
    folded = publisher.lower().replace("’", "'")
    return next((what for name, what in OPINION_PUBLISHERS if name in folded), "")


def forecast(headline: Line) -> Rule | None:
    """The row by which a headline is about what is not yet so, or None."""
    return _FORECAST.first(headline)
