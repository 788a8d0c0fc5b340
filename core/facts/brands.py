"""Brands, namesakes and exchanges: what no rule can make of a registered name.

BRANDS are spoken names that share no word and no initials with the registered one ("Alphabet" is called
Google, "Fast Retailing" Uniqlo); a row's key is how the registered name begins. A brand with "?" is a place
where others act (a platform, a product): it needs a second sign. OTHERS are words after a spelling that make
it a sister's or a thing's name. Both are kept small: all other spellings are made from the name itself and
from the former and short names that a source gives.
"""

from typing import Final

BRANDS: Final = """
alphabet: Google, Waymo, DeepMind, YouTube?, Gemini?, Android?
amazon: AWS, Amazon Web Services, Prime Video?, Alexa?
american express: Amex, AmEx
anheuser busch: AB InBev, Budweiser
apple inc: iPhone?, App Store?, iPad?, MacBook?
bank of america: BofA
citigroup: Citi
coca cola: Coke
commonwealth bank of australia: CommBank
eli lilly: Lilly
exxon mobil: Exxon
fast retailing: Uniqlo
federal home loan mortgage: Freddie Mac
federal national mortgage: Fannie Mae
general motors: Chevrolet?, Cadillac?
goldman sachs: Goldman
hannover ruck: Hannover Re
hon hai: Foxconn
industria de diseno textil: Inditex, Zara?
international consolidated airlines: IAG, British Airways, Iberia
jpmorgan: JPM
kering: Gucci
lvmh: Louis Vuitton, Moet Hennessy
meta platforms: Facebook?, Instagram?, WhatsApp?
microsoft: LinkedIn?, Xbox?, Azure?
munchener ruck: Munich Re
nippon telegraph: NTT
novo nordisk: Novo
rtx: Raytheon, Pratt & Whitney
royal bank of canada: RBC
samsung electronics: Samsung, Samsung Elec
societe generale: SocGen
sony: PlayStation?
stellantis: Fiat, Chrysler, Peugeot?, Jeep?
stmicroelectronics: STMicro
super micro: Supermicro
t mobile: T-Mobile
toronto dominion: TD Bank
toyota: Lexus?
unitedhealth: UnitedHealthcare, Optum
volkswagen: VW, Audi?
walmart: Sam's Club?
walt disney: Disney, ESPN?, Hulu?
warner bros: WBD
"""

# Words after a spelling that make it another company's or thing's name.
OTHERS: Final = """
Apple: Hospitality Valley Bank Daily Martins Blossom
Ford: Foundation Theatre Field Coppola
GE: HealthCare Healthcare Vernova Appliances Capital
Sony: Financial Open
Toyota: Industries Tsusho Boshoku
Siemens: Energy Healthineers Gamesa
Shell: company companies shock
Amazon: River rainforest Rainforest basin forest
Allianz: Arena Stadium
Visa: Free Waiver Office Requirements
Target: Hospitality Date
Volvo: Car Cars
Fresenius: Medical
Michelin: Guide Star Stars guide star starred stars
Delta: Force Apparel Electronics variant
Morgan: Freeman
Kraft: Foods
Samsung: Biologics C&T Card Electro Engineering Fire Heavy Life SDI SDS Securities
Mercedes: F1
United: Nations States Kingdom
Alphabet: soup
Meta: analysis Analysis analyses data
SoftBank: Hawks
Cadillac: F1 Formula Ranch
Mitsubishi: Chemical Electric Estate Heavy Materials Motors UFJ
Tata: Consultancy Motors Power Steel
Hitachi: Construction Energy Zosen
Berkshire: Grey Hills
Hyundai: Department Engineering Glovis Heavy Mobis Rotem Steel
Adani: Energy Green Ports Power Total Wilmar
Reliance: Capital Communications Home Infrastructure Power
Nasdaq: closes ends falls rises composite futures opens slips gains climbs drops jumps tumbles hits slides
LG: Chem Display Electronics Energy
"""

# Exchange words in "(EXCHANGE: X)" and the suffix that tickers of that exchange carry here ("-": none).
EXCHANGES: Final = """
-: NASDAQ, NASDAQGS, NASDAQGM, NASDAQCM, NYSE, NYSEARCA, NYSE ARCA, NYSEAMERICAN, NYSE AMERICAN, NYSEMKT, \
AMEX, OTC, OTCMKTS, OTCPK, OTCQX, OTCQB, CBOE, BATS
.L: LSE, LON, AIM, LSE AIM
.PA: EPA, ENXTPA, XPAR, EURONEXT PARIS, PARIS, EURONEXT
.AS: AMS, ENXTAM, EURONEXT AMSTERDAM, EURONEXT
.BR: EBR, ENXTBR, EURONEXT BRUSSELS, EURONEXT
.DE: ETR, XTRA, XETRA, FRA, FWB
.MI: BIT, BORSA ITALIANA, MIL
.MC: BME, MCE
.SW: SWX, SIX, VTX
.T: TSE, TYO, TOKYO
.TO: TSX, TSE
.HK: HKEX, HKG, SEHK, HKSE
.ST: STO, OM
.CO: CPH
.OL: OSE, OB, OSL
.HE: HEL, HLSE
.AX: ASX
.NS: NSE
"""
