"""Words in company names and around them: legal words, descriptors, common words, and what stands beside one.

LEGAL words end a registered name and are never spoken; GENERIC_FRONT words begin it and often are not
("Banca", "Alimentation"). DESCRIPTORS are spoken or not ("Cisco Systems", "Cisco"). COMMON words, given names
and surnames name a company only with a second sign: "Apple" in a farm report, "Target" as a verb, "Powell" at
the central bank; a word that is missing here makes a name match too easily, never too rarely. BESIDE are
words that follow a company and rarely anything else.
"""

from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEGAL: Final = _set("""
a ab abp actions ad adr ads ag akcyjna aktiebolag aktiebolaget aktien aktiengesellschaft aktieselskab
anonima anonyme ao as asa auf azioni bearer berhad bhd bv cdi cls co com commandite company corp corporation
cotizada cv dac dd de del depositary doo ead en europeenne ges gesellschaft gmbh hf hldg hldgs inc
incorporated inhaber jsc kabushiki kaisha kg kgaa kk kommanditgesellschaft limited llc lllp llp lp ltd
maatschappij naamloze namens new nv nvdr nyrt o.n oao ord ordinary osakeyhtio oy oyj pao par pcl per pjsc
plc preferred psc pt publ public qpsc receipt receipts reg registered reit s sa saa sab sae saoc sapi sarl
sas sau sca scpa scrl scs se sgps shs siiq sl sme snc sociedad societa societe società socimi spa spolka
sponsored srl stammaktien tbk trust ulc unsponsored vennootschap vorzugsaktien vz zrt
""")

DESCRIPTORS: Final = _set("""
aerospace airlines airways assurance auto automobile automobiles bancorp banking beverage beverages
biosciences brands capital cement chemical chemicals communications companies company construction
corporation development devices electronics energy engineering enterprises entertainment fashion financial
foods global groep group gruppe gruppen hathaway health hldgs holding holdings industries insurance
interactive international investments laboratories labs lines logistics manufacturing marine materials media
minerals mining motor motors networks neuro partners petroleum pharma pharmaceutica pharmaceutical
pharmaceuticals platforms properties property resources retail semiconductor semiconductors services
software solution solutions stores systems technologies technology therapeutics wholesale wind worldwide
""")

# Kept by hand from the 10,433 registered names that the SEC lists, run against a week of general headlines.
NOUNS: Final = _set("""
acorn advance advanced advantage affirm air align alliance ally alphabet altitude amber analog angel angle
anna apple applied arena array arrow ascent assembly atlas automotive autonomy awareness balance ball
bandwidth bank banner bark barrel bath beacon beam bed beta beyond bicycle big black blend block bloom blue
booking boot boundless box bread bright brink buckle bull bullish bumble byline cactus camping canada
capital cardinal caring carnival carpenter carriage carrier castle catalyst center century chart charter
cheer chemical chewy chime choice chord church circle citizens city clean clear click climb cloud coach
coastal coffee cognition coherent comfort community compass complete composite conduit confluent
consolidated constellation consumers context continental copper core corner crane creative credit crescent
crest cross crown customers cycle dana data decent defense deluxe design designer destiny digital dine
diploma disco discover distribution diversified dollar dolphin dominion donald draft dragonfly dream driven
dynamic eagle east eastern elastic element elite embark embassy emerald emerging empire employers enact
encompass encore endeavor energy enhanced enterprise equitable equity essential establishment evolution
exact exchange expand exponent express extreme fair fate fathom federal figs figure firefly first five flex
flexible flowers flutter fold foresight forge formula fortune forum forward fossil foster foundation founder
fountain four fox freedom freelancer freight frequency friday frontier frontline fund fuse gain galaxy gap
general genesis genie genius glacier glimpse global globe glow glucose gold golden gorilla grab grail grand
granite graphic gravity gray great green griffon ground guess guidance guided hammer harmony harvest health
helix hello here heritage heron highway hill hinge hippo home honest hope horizon host hub icon identity
immersion independence independent information innovate innovation insight inspired integer integrated
intelligent intensity inter interface intrusion intuitive invitation iron jade jaguar jazz joint journey
kestrel key kinetic king knight lamb land landmark lantern latch lattice lear legend lemonade lens leopard
liberation life light lily lineage linkage lion liquidity live local long longevity loop lotus love lucid
lumen magic magnitude maiden main mammoth marathon marine marker mary mask matador match max maze mechanics
medallion merchants mercury meridian metro middle milestone millennium mind minerals mink mint mobile
mobility model modern monday monster montage mosaic motion mountain mustang national natural navigator
neutral neutron new news next nice noble nomad noodles north northern northwestern obsidian ocean odyssey
old one open opera optimum oracle orange origin outdoor outlook paladin pandora par park pathfinder pattern
pay peace penguin pennant people peoples perfect perimeter perspective pineapple pinnacle pioneer planet
plug poet point pony pool popular porch positron post power prelude premier premium primary principal
priority progress progressive prophet protagonist public pulse pure quantum quest radius rainmaker range
ranger rapport reading ready recursion red regal regency regions rein relay reliability reliance republic
research reserve reservoir restaurant revelation revolution revolve rhythm ribbon ring riot rise river
rocket root rose royal royalty rumble rush safe saga sage salt sands scientific screen sea seal seat select
senior sentinel serve service shell shift shuttle silence silver simply sky snail snap snowflake solid sonic
sound south southern southwest spectrum sphere spire spirit splash spring sprout spruce square standard star
state steel stellar stem sterling stone strategic strategy stride strive structure summit sun super
superstar surge sweet tactical tactile tango tapestry target taylor team teams tech telephone tempest ten
tile tiny titan toast toll top total touch tower track tractor trade travel travelers treasure trees tribune
trinity triumph troops trust tuesday turbo turn turning twin twist two uniform union unit united unity
university uptrend uranium value vantage vector velocity venture verse versus vertex vertical victory view
viking viper visa vision visionary vista vital void voyager waste waters wave wearable weave weed weird west
western where whirlpool whisper white wild willow winner winners wise wolf wolverine world wrap young zeal
zoom
""")

# Given names, surnames, places and other names that are not a company's alone.
NAMES: Final = _set("""
abbott abel acadia acumen adam advent alamo albany albert alex alexander alexanders allegiance alpha alps
amalgamated amanda american andersen andersons andrew anika anthony apogee aqua arcadia arlo arrowhead
arthur ashland atlantic aura austin authentic avenue babcock bally banco barbara barnes baxter beneficient
benjamin bentley bill boston boyd bradley brady bridger broadway brown bruce brunswick bryn burlington
butler cabot cadiz caesars california camber cambridge caribou carl carlisle carlos carter carver caspian
catherine celsius centene chandler charles charlie chris christopher cincinnati clark claude clinch cna
cohen collins columbia concentrix concord concorde cooper cosmos crawford cullen culp cumberland curtis
cyrus dalton daniel dave david dean denali dennis dentsply descartes deutsche devon diamondback diana dixie
dogwood dole donaldson douglas dover dow dreamland duke duluth dylan eaton edgewise edison edward elizabeth
ellington emerson emma ennis eric ernest escalade esquire ethos eva evan evans eve everest evergreen fastly
felix ferguson fermi fidelity fisher fletcher fort forte francis frank franklin fred freshpet fulcrum fulton
gaia gartner gary generale george gibraltar gibson gilbert gordon grace grafton graham grande grant
greenland greg hackett hagerty hamilton hannah hanover hans harold harper harris harrison harrow harvard
harvey hawaiian hawkeye hawkins hayward helen helios henry herbert hershey hillcrest hillman hilltop hilton
hopkins howard hudson hunt hunter huntsman ian icahn indie insulet integra ironwood irving isaac ithaca jack
jackson jacobs jake james janel janus jason jasper jean jeffrey jerry jessica jim joe joel john johnson
jones jordan joseph julia julian karen karl kaya kearny keith kelly kemper ken kepler kevin kirby klein
knowles lakeland lakeside largo larry latham laura lawrence lee leggett lennox leo leon leonard leslie lewis
liberty lincoln linda linde lindsay lionheart lisa loews logan loomis louis louisiana lowe lucas lucy ludwig
luke lyra macerich macy madison madrigal magna magnolia maison marcus maria mario mark markel marsh martin
mason matterport matthews maximus maxwell mccormick megan melrose meritage merlin mesa miami michael mike
miller mira mirion mitchell mohawk moore morgan morris moses mueller murphy myers nasdaq nathan neil nelson
newell newmark newmarket nicholas nick nicole nightingale nixon noah noel nordic norman norris norwood nova
nu nutrien oculus olin oliver omega on orion oscar otis outfront owens owlet oxford pacific palatin palomar
pan pantheon parker parsons patrick paul peabody pearson penn penumbra permian perpetua perrigo peter phenom
philip phoenix pinewood ponce porter powell precision primo princeton procter profusa prog prologis proto
provident prudential quinn radian rafael ralph rambus randall raphael raymond recon recreatives redwood reed
regis reid rex rich richard riley robert robertson robin robinson rocky rogers rollins roman romeo roper
rosa ross roy royale rupert russell ryan ryder ryerson s&p sabre samuel sanders sarah scholastic scott
scottie seaboard sean seaport sebastian sempra seneca sensata sentient sharon shattuck shaw sherman sierra
signet silicon silverton simon simpson sinclair sirius smith sonder sophia sos spar spencer spero stanley
steele stephen steven stewart stoke stuart sullivan sunrise susan sysco tempur terry tetra texas textron
thomas thompson thor tidewater tim timberland todd tom tompkins tony toro transocean travis trimble triton
trump turner tyler tyson universal upstart urban vail valley ventas verde vermilion verso victor victoria
vida vince vincent virtu vivian vulcan walker wallace walter warner warren watson wayne webb webster weis
welltower wendy werner westlake westwood williams willis wilson winchester winston woodside woodward workday
worthington wright xavier yellowstone york zach zions
""")

# Names of places and persons that are companies first where business is told.
COMPANIES_TOO: Final = _set("amazon ford vale santos delta chase")

COMMON: Final = NOUNS | NAMES | COMPANIES_TOO

# Words of which no company is called by one alone, not even in its own feed.
GENERIC: Final = _set("""
advanced air airlines america american analog applied automatic banco bank banque big black blue boston
british canadian capital central china city class community consumer credit data deutsche digital dutch east
eastern electric electronic european exchange finance first french fund general german global gold great
green gulf healthcare home imperial india industrial information insurance international italian japan korea
land life machines medical metro mobile mountain national natural new news nippon nordic north northern oil
old one ordinary pacific paper peoples power products public realty red royal science sciences service
services south southern spanish standard state states steel store svenska swiss telecom telekom texas
tobacco toronto trust union united universal university west western white world
""")

# Never a company's name by themselves: "China Pharma Holdings" is not called China, not even in its own feed.
PLACES: Final = frozenset(
    one.replace("_", " ")
    for one in _set("""
africa alabama alaska america amsterdam angola arabia argentina arizona arkansas asia athens atlanta
australia austria baltimore bangkok bangladesh barcelona beijing belgium berlin bermuda bolivia brazil
britain brooklyn brussels bulgaria cairo california canada caribbean charlotte chicago chile china
cincinnati cleveland colombia colorado connecticut copenhagen costa_rica croatia cuba cyprus dakota dallas
delaware denmark denver detroit dubai dublin ecuador egypt england estonia ethiopia eurasia europe finland
florida france frankfurt geneva georgia germany ghana greece greenland guangdong guatemala hamburg hawaii
helsinki hong_kong houston hungary iceland idaho illinois india indiana indianapolis indonesia iowa iran
iraq ireland israel istanbul italy jamaica japan jersey jerusalem jordan kansas kazakhstan kentucky kenya
korea kuwait latvia lebanon lisbon lithuania london los_angeles louisiana luxembourg madrid maine malaysia
malta manchester manhattan maryland massachusetts memphis mexico miami michigan milan milwaukee minneapolis
minnesota mississippi missouri mongolia montana montreal morocco moscow mumbai munich nashville nebraska
netherlands nevada new_england new_hampshire new_jersey new_mexico new_orleans new_york new_zealand nigeria
north_carolina north_dakota north_korea norway oakland ohio oklahoma oman ontario oregon orlando oslo oxford
pakistan panama paris pennsylvania peru philadelphia philippines phoenix pittsburgh poland portland portugal
prague qatar quebec richmond romania rome russia sacramento san_antonio san_diego san_francisco san_jose
saudi_arabia scotland seattle serbia shanghai shenzhen siberia singapore slovakia slovenia south_africa
south_carolina south_dakota south_korea spain stockholm sweden switzerland sydney syria taiwan tampa
tanzania tennessee texas thailand tokyo toronto tulsa tunisia turkey uganda ukraine united_kingdom
united_states uruguay utah uzbekistan vancouver venezuela vermont vienna vietnam virginia wales warsaw
washington west_virginia wisconsin wyoming zambia zealand zimbabwe zurich
""")
)

# Words in front, which are often not spoken ("Koninklijke Ahold Delhaize", "Banca Monte dei Paschi").
GENERIC_FRONT: Final = _set("""
ab aktiebolaget aktiengesellschaft alimentation assicurazioni banca banco banque compagnie companhia
compania de dr etablissement etablissements fabrique fratelli gebruder generale groupe grupo gruppo hc
industria industrias ing kabushiki kaisha kommanditgesellschaft koninklijke lm officine prof pt sociedad
societa societatea societe telefonaktiebolaget the
""")

# Small words inside names; headlines drop them ("Monte Paschi") and write them in any case.
PARTICLES: Final = _set(
    "and de dei del della delle di do da dos du des la le of for the in et e y und von van der den &"
)

# In the rest of a name: a fund, a trust or a lender that only bears a brand ("BP Prudhoe Bay Royalty Trust").
SIBLINGS: Final = _set(
    "bdc credit etf etn fund funds gold income index municipal physical receivables royalty"
)

# Before a name: a country that headlines leave out ("China Evergrande Group").
COUNTRIES: Final = _set("china india japan korea russia turkey")

# After a name: what it sponsors, which is no news of the company ("the LVMH Prize", "the Allianz Arena").
SPONSORED: Final = _set("""
Arena Award Awards Bowl Championship Championships Cup Field Foundation Hall League Marathon Museum Open
Park Prize Stadium Theatre Tour Trophy
""")

# Words with a capital that stand before a company's name without being a given name ("Chinese Tesla", "Big Tech").
CAPITALS: Final = _set("""
African American Analysis And Asian Australian Austrian Belgian Big Brazilian British Canadian Chinese Czech
Danish Dutch Embattled European Exclusive Finnish Former French German Giant Greek How Hungarian Indian
Indonesian Iranian Irish Israeli Italian Japanese Korean Latin Live Maker Malaysian Mexican New Norwegian
Ousted Polish Portuguese Report Rival Russian Saudi Scottish Singaporean Spanish Street Struggling Swedish
Swiss Taiwanese Tech Thai Top Turkish Ukrainian Vietnamese Wall When Why
""")

BESIDE: Final = _set("""
aandeel abaisse acciones accused accuses acquires action actions adds agreed agrees aktie aktien annonce
announced announces appeals appoints asked asks azioni backs bans beats bets blocks board bonds books boosts
boss bucks builds buys cae ceo cfo cfo's chair chairman changes chef chief chiude climbs closes compra
conferma coo cto customer customers cuts defends delays delivers denies divests dividend doubles drivers
drops earnings eleva employee employees ends engineers enters ex-chief executive executives exits expands
expects eyes faces factories factory falls files fined fires forced forecast forecasts gains gana gets
gewinn group guidance halts hebt hikes hires hit introduces investigating investors invests invierte ipo
joins jumps kauft koopt lance lancia lanza launched launches lifts logs loses lowers makes meldet misses
moves names offers opens ordered outlook overtakes paid partners pays pilots plans plant plants plc plunges
posted posts president probing profit profits publie pulls pushes quits rachete raises rallies recalls
recorta rejects releve reported reports results resumes revenue rises rolls said sales says schrapt scraps
seeks sees sells senkt settles share shareholder shareholders shareholders' shares ships shuts signs sinks
slashes slides slips soars spins staff starts steigert stock stocks stops store stores streicht sube
subsidiary sued sues supprime surges suspends swings taglia takes targeted targets teams tells tests titolo
titre told tops trims tumbles turns umsatz unit unloads unveiled unveils urges users utile va vend vende
verkauft verkoopt verliert veut vorstand wants warns weighs will wins withdraws worker workers
""")

# Anywhere in a headline: it is about business.
BUSINESS: Final = _set("""
aandeel acciones acquisition ai airline aktie analysts antitrust app automaker automakers azioni bank
benefice beneficio bet bid billion brand brewer buyback carmaker carmakers cash ceo cfo chiffre chipmaker
chips cloud company contract costs court customers dam data deal dividend earnings executives factory fees
fining firm gewinn giant groupe grupo gruppo guidance investment investors ipo jobs konzern lawsuit layoffs
lender maker market merger miliardi milioni miljard miljoen milliarden milliards million millionen millions
millones mine miner omzet outlook profit profits quarterly recall regulator regulators retailer revenue
revenues ricavi sales shareholders shares smartphone spending stake startup stock stocks subscription
supplier takeover taxes tech umsatz unit users utile ventas winst workers
""")

# What belongs to a person or a thing that only bears, left or is measured by the name.
NOT_ITS_OWN_BEFORE: Final = _set("ex")
NOT_ITS_OWN_AFTER: Final = _set("cofounder heir heiress alum alumnus fan fans maps")

# Before "of" and a name: a place ("Port of Santos").
PLACES_OF: Final = _set(
    "port city university gulf state province bay lake republic duke prince house battle mayor bishop town"
)

# What a person does as well as a company: no sign for a name that is also a surname ("Powell says").
SPEECH: Final = _set(
    "says said warns tells asks wants urges expects denies makes gets takes moves quits told asked wins loses"
)

# In the name of a house that is quoted on other companies: what it sees or expects is a view, unless it is on itself.
BANKS: Final = _set(
    "morgan jpm jpmorgan goldman barclays ubs hsbc citi citigroup bank nomura jefferies chartered mufg bofa stanley rbc"
)

# Capitals that stand for countries, offices and everyday things: never a company, whatever its initials or its words are.
CAPITALS_OF_OTHERS: Final = _set("""
US USA UK EU UN UAE PM AI IT TV EV EVS PC NY LA DC HK SA IS OR ON AT BE DO GO HE IN ME MY NO OF SO TO UP WE ALL
ARE FOR NOW NEW CEO CFO COO CTO IPO GDP CPI FBI CIA FDA SEC DOJ FCC FTC WHO NHS IMF ECB NATO OPEC PLC LLC ETF ESG
Q1 Q2 Q3 Q4 H1 H2 FY EPS PE PR HR VP VC NFL NBA MLB UFC FIFA UEFA BBC CNN ABC NBC CBS GMT EST PDF USD EUR GBP COVID HIV DNA LNG
""")
