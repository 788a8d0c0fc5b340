"""What kind of event a headline reports, and how much it weighs. The first row that finds its words decides.

Promise: every story that passes the gates gets a row; none matching is G1, "no event row". All severities are
judgement: the literature ranks filings, not headlines. `two_sided` events concern both names of a headline.
"""

from dataclasses import dataclass
from typing import Final

from core.facts.events import Event, Severity
from core.facts.grade import Grade
from core.facts.rule import Line, Rule, rule, table

G1, G2, G3 = Severity.G1, Severity.G2, Severity.G3


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """`event` is shared with the filings' rows, so that a filing and the news of it can be one fact."""

    rule: Rule
    severity: Severity
    event: str
    two_sided: bool


def _event(
    severity: Severity,
    event: str,
    words: str,
    pattern: str,
    reason: str,
    example: str,
    unless: str = "",
    *,
    two: bool = False,
) -> EventRow:
    return EventRow(
        rule=rule(event, words, pattern, reason, example, unless),
        severity=severity,
        event=event,
        two_sided=two,
    )


_CHIEF = r"(?:ceo|cfo|chief executive(?: officer)?|chief financial officer|finance chief|chief|boss)"

# fmt: off
EVENTS: Final[tuple[EventRow, ...]] = (
    _event(G3, "bankruptcy", "bankruptcy bankrupt chapter insolvency insolvent administration receivership liquidation", r"\b(?:files? for (?:bankruptcy|chapter|insolvency)|bankruptcy (?:protection|filing|court)|chapter (?:11|7)\b|insolven(?:cy|t)|(?:enters?|goes into|into) (?:administration|receivership|liquidation)|declares? bankruptcy)", "the equity is impaired", "Chip maker files for bankruptcy protection"),
    _event(G3, "restatement", "restate restates restated restatement restating accounting irregularities", r"\b(?:to restate|restat(?:es|ed|ement|ing)|accounting (?:fraud|irregularities|probe|scandal))\b", "accounts are unreliable", "Firm to restate three years of results"),
    _event(G3, "delisting", "delist delisted delisting deregister", r"\bdelist(?:ed|ing|s)?\b|\bderegister", "the listing goes", "Exchange to delist the shares", r"\b(?:to avoid|chinese companies|fears)\b"),
    _event(G3, "fraud", "fraud indicted indictment guilty criminal bribery charged", r"\b(?:indict(?:ed|ment)|pleads? guilty|pleaded guilty|criminal (?:charges?|probe|investigation|case)|(?:charged|charges|accused|convicted) (?:with|of|over) (?:\w+ ){0,3}(?:fraud|bribery)|fraud (?:charges?|probe|case|trial))\b", "a state goes after the company", "Lender charged with fraud over client accounts"),
    _event(G3, "merger", "merger merge merges acquire acquires acquired acquisition buy buys buying takeover buyout bid deal merging takeovers acquiring purchase", r"\b(?:to (?:buy|acquire|merge|purchase|take over)|agree[sd]? to (?:buy|acquire|merge|be (?:acquired|bought))|(?:will|be|being|to be) (?:acquired|bought|taken private) by|merger (?:agreement|with|of|deal)|takeover (?:bid|offer|of|by|battle)|buyout (?:offer|of|by|deal)|hostile bid|tender offer|(?:acquires|buys|acquiring|buying) |acquisition of|\$\S+ (?:\w+ )?(?:takeover|acquisition|buyout|merger))", "who owns what changes", "Software house to acquire rival for $20 billion", r"\b(?:shares?|stake|stock|bonds?|notes?|back|power|energy|credits?|gas|chips?|planes|jets|aircraft|property|land|building|treasur\w+|insiders?|director|fund)\b.{0,20}$|\b(?:business|unit|division|assets?|portfolios?|brands?|stores?|plants?|sites?|capacity|fields?|data|licen[cs]es?|\d+ ?[mg]w|\$\d+(?:\.\d+)? ?(?:m\b|mn|million))\b|\b(?:acquires|buys|bought|sells|purchases|to buy|to acquire|to purchase) (?:\S+ ){0,4}(?:shares?|stake|bonds?|stock|position)\b|\bbuys? back\b", two=True),
    _event(G3, "management", "ceo cfo chief boss executive", rf"\b{_CHIEF}\b.{{0,60}}\b(?:resign(?:s|ed|ation)?|step(?:s|ping)? (?:down|aside)|to (?:leave|depart|retire|exit|go)|leav(?:es|ing)|depart(?:s|ed|ure)?|retir(?:es|ed|ing|ement)|exit(?:s|ed)?|oust(?:ed|s)?|fired|replaced|sacked|quits?|dies|out|handing over|hands over|successor|succeed(?:s|ed)?|transition)\b|\b(?:names?|appoints?|taps?|picks?|hires?|ousts?|fires?|replaces?|new|next|incoming|outgoing|interim|departing|succeed(?:s|ing)?|replac\w+) (?:\S+ ){{0,5}}{_CHIEF}\b", "the people who set the course change", "Carmaker names Jane Roe chief executive", r"\b(?:boss|chief|ceo|cfo) (?:says|said|sees|warns|tells|calls|expects|told|backs|defends|pay)\b"),
    _event(G3, "guidance", "guidance outlook forecast forecasts warns warning profit cuts cut lowers slashes withdraws suspends", r"\b(?:cut(?:s|ting)?|lower(?:s|ed|ing)?|slash(?:es|ed|ing)?|withdr(?:aws|ew|awn|awing)|suspend(?:s|ed|ing)?|reduc(?:es|ed|ing)|trim(?:s|med)?|scrap(?:s|ped)?|pull(?:s|ed)?|abandon(?:s|ed)?) (?:\S+ ){0,6}(?:guidance|outlook|forecasts?|(?:profit|sales|revenue|earnings|margin) (?:targets?|goals?|forecasts?))\b|\bprofit warning\b|\bwarns? (?:\S+ ){0,4}(?:profit|sales|revenue|earnings|results)\b", "the company takes back what it had promised", "Shoemaker cuts full-year outlook"),
    _event(G3, "clinical", "trial endpoint study fda drug hold fails failed rejects", r"\b(?:fail(?:s|ed)? (?:\S+ ){0,5}(?:trial|study|endpoint|test)|(?:trial|study) (?:fail(?:s|ed|ure)|halted|stopped|miss(?:es|ed))|misse[sd] (?:\S+ ){0,4}endpoint|complete response letter|\bcrl\b|clinical hold|(?:fda|ema) (?:rejects?|declines?|refuses?)|halts? (?:\S+ ){0,4}trial)\b", "a product that the price had counted on is gone", "Heart drug fails late-stage trial"),
    _event(G3, "default", "default defaults defaulted covenant missed", r"\b(?:default(?:s|ed)? on|missed (?:interest|coupon|debt) payment|breach(?:es|ed)? (?:of )?(?:debt )?covenants?|in default)\b", "lenders may act", "Builder defaults on offshore bonds"),
    _event(G3, "auditor", "auditor auditors resigns quits", r"\bauditors?\b.{0,40}\b(?:resign(?:s|ed)?|quits?|steps? down|withdraws?)\b", "auditors rarely leave by themselves", "Auditor EY resigns from chip maker"),
    _event(G3, "management", "leave leaves retire retires resign resigns step steps quits depart departs", rf"\b(?:to (?:leave|depart|retire|resign|quit|step down)|leaves|departs|retires|resigns|resigned|quits|steps down|stepping down|removed|ousted) (?:(?:his|her|the) (?:role|post|position|job) )?as (?:\S+ ){{0,2}}{_CHIEF}\b", "the people who set the course change", "Jones to leave as CEO next year", r"\bas (?:\S+ )?(?:boss|chief) (?!executive|financial)\w+ (?:officer|editor)"),
    _event(G3, "guidance", "abaisse abaissent revoit duit avertissement suspend gewinnwarnung senkt kappt kassiert streicht taglia rebaja recorta", r"\b(?:abaiss(?:e|ent)|r[ée]duit|revoit (?:\S+ ){0,4}baisse|suspend) (?:\S+ ){0,4}(?:objectifs?|pr[ée]visions?)\b|\brevoit (?:\S+ ){0,4}(?:objectifs?|pr[ée]visions?) (?:\S+ ){0,3}baisse\b|\bavertissement sur (?:ses |les )?r[ée]sultats\b|\bgewinnwarnung\b|\b(?:senkt|kappt|kassiert|streicht) (?:\S+ ){0,4}(?:\w*prognosen?|ausblick|jahresziele?|gewinnziele?)\b|\btaglia (?:\S+ ){0,3}(?:stime|guidance|previsioni)\b|\b(?:rebaja|recorta) (?:\S+ ){0,3}previsiones\b", "the company takes back what it had promised, in another language", "Autobauer senkt Prognose für das Gesamtjahr"),
    _event(G3, "merger", "opa offre publique rach rachete bernahmeangebot fusionne fusioniert", r"\boffre publique d'achat\b|\bopa (?:sur|su|por)\b|\brach[eè]te (?!ses|des actions|pour)|\bfusionne avec\b|[üu]bernahmeangebot|\bfusioniert mit\b", "who owns what changes, in another language", "Le groupe lance une OPA sur son rival"),
    _event(G3, "management", "pdg directeur directrice vorstandschef vorstandsvorsitzender vorstandsvorsitzende finanzvorstand finanzchef amministratore", r"\b(?:pdg|direct(?:eur|rice) g[ée]n[ée]rale?|direct(?:eur|rice) financi(?:er|[èe]re))\b.{0,60}\b(?:d[ée]missionn?\w*|quitte|nomm[ée]e?|remplac\w+)\b|\b(?:nomme|d[ée]signe|remplace) .{0,60}\b(?:pdg|direct(?:eur|rice) g[ée]n[ée]rale?|direct(?:eur|rice) financi(?:er|[èe]re))\b|\b(?:vorstandschef(?:in)?|vorstandsvorsitzende[rn]?|finanzvorstand|finanzchef(?:in)?)\b.{0,60}\b(?:geht|tritt|verl[äa]sst|wechselt|h[öo]rt auf|abberufen|r[üu]cktritt)\b|\b(?:neuer?|k[üu]nftiger?) (?:vorstandschef|finanzvorstand|finanzchef)(?:in)?\b|\bamministratore delegato\b.{0,40}\b(?:lascia|dimett\w+|nominat\w+)\b", "the people who set the course change, in another language", "Vorstandschef verlässt den Autobauer"),
    _event(G2, "cyber incident", "hack hacked hackers cyberattack cyber breach ransomware breached", r"\b(?:hack(?:ed|ers)?|cyber[- ]?(?:attack|incident|security breach)\w*|data breach|ransomware|breached)\b", "systems or data are lost", "Retailer hit by ransomware"),
    _event(G2, "recall", "recall recalls recalled recalling", r"\brecall(?:s|ed|ing)?\b", "a product comes back", "Carmaker recalls two million cars", r"\b(?:election|governor|mayor|vote)\b"),
    _event(G2, "results", "results earnings profit revenue sales quarter quarterly loss q1 q2 q3 q4 q income margin deliveries beat beats misses eps", r"\b(?:(?:reports?|reported|posts?|posted|announces?|delivers?|logs?|swings? to|books?|discloses?) (?:\S+ ){0,6}(?:results|earnings|profits?|revenues?|sales|loss(?:es)?|growth|deliveries|income|quarter)|(?:profits?|revenues?|sales|earnings|net income|operating income|loss(?:es)?|deliveries|margins?) (?:\S+ ){0,3}(?:rise|rises|rose|fall|falls|fell|jump|jumps|jumped|drop|drops|dropped|surge|surges|surged|climb|climbs|climbed|beat|beats|top|tops|topped|miss|misses|missed|soar|soars|soared|grow|grows|grew|slump|slumps|decline|declines|declined|double|doubles|doubled|slip|slips|slipped|plunge|plunges|edge|edges|increase|increases|increased|narrows?|widens?)\b|(?:beats?|tops?|misses?|exceeds?) (?:\S+ ){0,4}(?:estimates|expectations|forecasts?|views)|(?:q[1-4]|first|second|third|fourth|quarterly|half[- ]year|full[- ]year|annual)[- ]?(?:quarter|half)? (?:\S+ ){0,3}(?:results|earnings|profits?|revenues?|sales|loss|net income)|(?:sales|revenues?|profits?|earnings) (?:up|down) \d|earnings (?:beat|miss|call)|(?:results|earnings) (?:beat|top|miss))", "accounts of a period", "Luxury group posts first-quarter growth"),
    _event(G2, "results", "sultat sultats chiffre fice quartalszahlen umsatz gewinn ergebnis steigert utile ricavi beneficio", r"\br[ée]sultats? (?:annuels?|semestriels?|trimestriels?|nets?|du (?:premier|deuxi[èe]me|troisi[èe]me|quatri[èe]me))\b|\bchiffre d'affaires\b|\bb[ée]n[ée]fice (?:\S+ ){0,4}(?:hausse|baisse|recule|bondit|progresse|chute)\b|\bquartalszahlen\b|\b(?:umsatz|gewinn|ergebnis) (?:\S+ ){0,3}(?:steigt|sinkt|f[äa]llt|w[äa]chst|bricht|springt)\b|\b(?:steigert|verdoppelt|halbiert) (?:\S+ ){0,2}(?:umsatz|gewinn|ergebnis)\b|\butile netto\b|\bricavi\b|\bbeneficio neto\b", "accounts of a period, in another language", "Le groupe publie ses résultats semestriels"),
    _event(G2, "recall", "withdraws withdraw pulls pulled market shelves", r"\b(?:withdr(?:aws?|ew|awing)|pull(?:s|ed|ing)?) (?:\S+ ){1,6}from (?:the )?(?:\S+ )?(?:market|markets|shelves|sale)\b", "a product comes back", "Drug maker withdraws sickle cell pill from market", r"\b(?:cash|money|billions?|offer|bid|investors?)\b"),
    _event(G2, "deal", "shareholders stockholders shareholder stockholder investors", r"\b(?:share|stock)holders? (?:overwhelmingly )?(?:approve|reject|back|vote (?:for|against|down))s?\b(?:.{0,60})\b(?:merger|deal|takeover|acquisition|sale|split|offer)\b", "the holders have decided", "Shareholders approve the split of the two banks"),
    _event(G2, "guidance", "guidance outlook forecast forecasts raises lifts reaffirms expects", r"\b(?:guidance|outlook)\b|\b(?:rais(?:es|ed)|lift(?:s|ed)|boost(?:s|ed)|confirm(?:s|ed)?|reaffirm(?:s|ed)?|maintain(?:s|ed)?|keep(?:s)?|hik(?:es|ed)) (?:\S+ ){0,4}(?:forecasts?|targets?)\b|\bexpects\b|\bforecasts\b", "what the company expects", "Software house raises full-year forecast"),
    _event(G2, "dividend or buyback", "dividend dividends buyback buybacks repurchase repurchases payout split back", r"\b(?:dividends?|buy-?backs?|share repurchases?|repurchas\w+|payout|shareholder returns?|stock split|buys? back)\b", "cash to the holders", "Oil major lifts dividend and buyback"),
    _event(G2, "litigation", "lawsuit sues sued suing court judge jury ruling settles settlement settle verdict antitrust probe investigation investigates investigated fine fined fines appeal patent subpoena regulator regulators charges injunction trial penalty accuses accused misconduct watchdog sanctions ban bans banned complaint complaints suit suits ordered privacy charged ruled rules sanctioned sanction settled appeals patents", r"\b(?:law-?suits?|sues?|sued|suing|court|judge|jury|rul(?:es|ed|ing)|settle(?:s|d|ment)?|verdict|antitrust|probe[sd]?|investigat\w+|fine[sd]?|appeal[s]?|patent|subpoena\w*|regulators? (?:\w+ )?(?:order|approve|block|open|fine|demand|ban)\w*|injunction|penalt(?:y|ies)|misconduct|watchdog|accuse[sd]?|sanction\w*|bann?(?:s|ed)?|complaints?|(?:new |class[- ]action )suits?|ordered to|prosecutors?|sentence[sd]?|jail(?:s|ed)|landmark case|(?:landmark|antitrust|jury|civil|criminal|federal|state) trial|trial (?:begins|over|that|on|starts|opens|gets|against)|faces .{0,30}\btrial|sexually harassed|privacy)\b", "a court or a regulator acts", "Judge orders search company to share data"),
    _event(G2, "restructuring", "layoffs layoff lays cuts cut jobs job restructuring workforce closes close closure plant plants closing buyouts headcount strike strikes union ends end scraps cancels shelves abandons drops pauses halts project", r"\b(?:lay-?offs?|lays? off|laying off|(?:cut(?:s|ting)?|slash(?:es|ing)?|axe?s?|eliminat\w+|shed(?:s|ding)?) (?:\S+ ){0,5}(?:jobs?|staff|workforce|positions|roles|workers|employees|headcount)|job cuts?|restructur\w+|(?:clos(?:es?|ing)|shut(?:s|ting)?(?: down)?) (?:\S+ ){0,4}(?:plants?|factor(?:y|ies)|stores?|sites?|branches|offices?|mill)|(?:voluntary|employee|worker|staff) (?:buyouts?|severance|retirement)|buyouts to|headcount|(?:ends?|scraps?|cancels?|axes|shelves?|abandons?|drops?|pauses?|halts?) (?:\S+ ){0,5}(?:projects?|programmes?|programs?|plans?|ventures?|upgrades?|investments?)\b|series of strikes|review timing of|(?:workers|pilots|crews?|staff|employees|drivers|baristas) (?:\S+ ){0,2}(?:strike|walk)|on strike|strikes? at|union)\b", "costs and people", "Software house lays off a tenth of its staff"),
    _event(G2, "deal", "deal partnership contract agreement order orders stake invest invests investment venture joint sells sell sale divest divests spin spinoff partners supply wins award awarded funding ipo alliance partner bidders bidder develop signs fid decision secures lands inks strikes seals cancels loses gets invested investing formalise venture guarantee buy buys acquire acquires acquired acquiring acquisition purchase purchases", r"\b(?:partner(?:s|ship|ed|ing)? (?:with|to|on|for)|partnership|joint venture|(?:signs?|signed|wins?|won|lands?|secures?|secured|awarded|inks?|strikes?|gets?|seals?|cancels?|canceling|cancelling|ends?|loses?) (?:\S+ ){0,6}(?:deal|contract|agreement|order|pact)|(?:deal|contract|agreement|pact|alliance) (?:with|to|for)|supply (?:deal|agreement|contract)|(?:to |be )?(?:buys?|acquires?|acquired|purchases?|acquiring|acquisition of) |bidders?\b|to develop|takes fid|final investment decision|investment plan|stakes?\b|invest(?:s|ing|ed|ment)? (?:\S+ ){0,3}(?:in|of)\b|to invest|(?:to sell|sells|sold|sale of|divest\w*) |spin-?off|spins? off|(?:raises?|raised) \$|orders? for|\bipo\b|guarantee|tie-?ups?\b|takeover|pursuit of|funding plan|(?:share)?holding\b)", "business won, lost or bought", "Cloud company signs $10 billion contract", two=True),
    _event(G2, "approval", "fda ema approval approves approved cleared clearance authorization nod", r"\b(?:fda|ema|european commission|regulators?)\b.{0,60}\b(?:approv\w+|clear(?:s|ed|ance)|authori[sz]\w+|nod|green light)\b|\b(?:wins?|gets?|secures?|receives?) (?:\S+ ){0,4}(?:approval|clearance|nod)\b", "a product may be sold", "Weight-loss pill wins FDA approval"),
    _event(G2, "trial result", "trial study phase data", r"\b(?:phase (?:[1-3]|i{1,3})\b|late-stage|mid-stage|clinical trial|trial (?:data|results|shows|finds)|study (?:shows|data|results))", "evidence about a product", "Obesity pill cuts weight in late-stage trial"),
    _event(G2, "capital", "bond bonds notes offering debt loan raise raises capital credit rating fitch moody moodys shares financing", r"\b(?:(?:sells?|issues?|prices?|offers?|raises?|launch\w*) (?:\S+ ){0,5}(?:bonds?|notes|debt|capital|loan|shares)|(?:bond|share|notes|stock|equity|debt) (?:sale|offering|issue|placement)|rights issue|capital (?:raise|increase)|(?:fitch|moody'?s|s&p)\b.{0,40}\b(?:upgrad|downgrad|affirm|cut|lift|rat)\w*|credit rating|financing package)\b", "money raised or its price", "Bank prices $3 billion of notes"),
    _event(G2, "disruption", "outage outages fire explosion crash crashes halt halts halted suspends suspended shutdown shortage shortages disruption delays delay delayed tariff tariffs blast blocked grounded hit attack attacks blackout", r"\b(?:outages?|fire (?:at|in|hits)|explosion|blast|crash(?:es|ed)?|halt(?:s|ed|ing)?|suspend(?:s|ed|ing)?|shut ?down|shortages?|disrupt\w*|delay(?:s|ed|ing)?|tariffs?|grounded|blackout|attacks? on)\b", "work stands still", "Chip maker halts production after explosion"),
    _event(G2, "management", "appoints appointed names named hires chairman chair director executive officer president head leaves joins steps cfo ceo coo cto resigns departs board", r"\b(?:appoint(?:s|ed|ment)?|named?s?|hires?|joins?|elect(?:s|ed)|promot(?:es|ed)) (?:\S+ ){0,6}(?:chair(?:man|woman)?|director|officer|president|head|chief|board|cto|coo|cio|evp|vp)\b|\b(?:chair(?:man|woman)?|director|officer|president|head of|chief|cto|coo)\b.{0,40}\b(?:resigns?|steps? down|leaves?|departs?|retires?|quits?|ousted|to leave|exits?|joins)\b", "people at the top", "Bank appoints new chair"),
    _event(G1, "product", "launch launches launched unveils unveil introduces opens open debuts announces releases rolls expands unveiled opening", r"\b(?:launch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|introduc(?:es|ed|ing)|open(?:s|ed|ing)?|debut(?:s|ed)?|releas(?:es|ed|ing)|rolls? out|expands?|announces?|starts?|begins?)\b", "the business goes on", "Phone maker launches a new tablet"),
    _event(G1, "price", "shares stock stocks falls rises jumps drops surges slides climbs slips tumbles gains rally soars plunges high low", r"\b(?:shares?|stocks?)\b.{0,80}\b(?:fall|falls|fell|rise|rises|rose|jump|jumps|jumped|drop|drops|dropped|surge|surges|surged|slide|slides|slid|climb|climbs|slip|slips|tumble|tumbles|gain|gains|rally|rallies|soar|soars|plunge|plunges|sink|sinks|dip|dips|lower|higher|up|down|record)\b", "a price is not a fact about the business", "Oracle shares slip after the close"),
)
# fmt: on

# The rows' words in the vocabulary that filings use too.
WORDS: Final = {
    "bankruptcy": Event.INSOLVENCY,
    "restatement": Event.RESTATEMENT,
    "delisting": Event.LISTING_LEFT,
    "fraud": Event.REGULATOR,
    "merger": Event.DEAL_AGREED,
    "management": Event.OFFICER,
    "guidance": Event.GUIDANCE,
    "clinical": Event.PRODUCT_FAILED,
    "default": Event.DEBT,
    "auditor": Event.AUDITOR,
    "results": Event.RESULTS,
    "recall": Event.RECALL,
    "dividend or buyback": Event.DIVIDEND,
    "litigation": Event.LITIGATION,
    "restructuring": Event.RESTRUCTURING,
    "deal": Event.AGREEMENT,
    "approval": Event.PRODUCT,
    "trial result": Event.PRODUCT,
    "capital": Event.CAPITAL_RAISED,
    "disruption": Event.ACCIDENT,
    "cyber incident": Event.CYBER,
    "product": Event.PRODUCT,
    "price": Event.PRICE,
}
# Words that mean another event when they change the thesis.
HEAVY: Final = {"management": Event.CHIEF_LEAVES, "guidance": Event.GUIDANCE_DOWN}

_TABLE: Final = table(row.rule for row in EVENTS)
_BY_RULE: Final = {id(row.rule): row for row in EVENTS}


@dataclass(frozen=True, slots=True)
class Headline:
    """The grade of a headline and whether it concerns both of two names."""

    grade: Grade
    two_sided: bool


def grade_headline(headline: Line) -> Headline:
    """The first event row that finds its words; else G1."""
    found = _TABLE.first(headline)
    if found is None:
        grade = Grade(severity=G1, row="no event row", event=Event.OTHER, label="news")
        return Headline(grade, two_sided=False)
    row = _BY_RULE[id(found)]
    event = HEAVY.get(row.event, WORDS[row.event]) if row.severity is G3 else WORDS[row.event]
    told = f"news: {row.event} ({row.rule.reason})"
    grade = Grade(severity=row.severity, row=told, event=event, label=row.event)
    return Headline(grade, two_sided=row.two_sided)
