"""Dutch phrases of events, rumour and opinion."""

from typing import Final

EVENTS: Final = """
@top ceo cfo topman topvrouw bestuursvoorzitter financieel_directeur topbestuurder bestuursvoorzitster \
chief_executive
@deel divisie onderdeel tak belang dochter dochterbedrijf activiteiten fabriek vestiging deelneming pand
@doel omzetverwachting resultaatverwachting omzetdoel winstdoel jaarprognose groeiverwachting verwachting \
verwachtingen outlook winstverwachting prognose vooruitzichten doelstelling doelstellingen winstprognose \
jaarverwachting
@post omzet winst nettowinst verlies resultaat ebitda marge verkopen kwartaalwinst jaarwinst orderinstroom \
bedrijfswinst

= insolvency G3 / the equity is impaired
failliet|faillissement|uitstel_van_betaling|surseance|surseance_van_betaling|schuldeisers|bankroet / Keten \
vraagt surseance aan / Keten vraagt
= restatement G3 / accounts are unreliable
boekhoudfraude|boekhoudschandaal|boekhoudfouten|jaarcijfers_uitgesteld / Boekhoudfraude bij concern / Boek
= litigation G3 / a state goes after the company
inval|vervolg|vervolgt|aangeklaagd_wegens|fraude|witwassen|verdachte|strafrechtelijk* / Inval bij concern \
/ Concern
= guidance lowered G3 / the company takes back what it had promised
verlaagt|schrapt|trekt|stelt|bijgesteld|neerwaarts|verlaagd ~5 {doel} -- koersdoel|analist* / Chipbedrijf \
verlaagt verwachting / Chipbedrijf verlaagt prijs
winstwaarschuwing|winstalarm|omzetwaarschuwing|waarschuwt_voor_lagere|waarschuwt_voor_verlies / \
Winstwaarschuwing van concern / Winst
{doel} ~2 verlaagd|omlaag|geschrapt|ingetrokken|neerwaarts / Verwachting verlaagd / Verwachting
= chief leaves G3 / the people who set the course change
{top} ~4 stokje|stapt|opvolger|plaats|roer / Topman draagt stokje over / Topman draagt
opgestapt|stapt_op|treedt_af|legt_functie_neer -- minister|burgemeester|trainer|wethouder / Roe stapt op / \
Roe stapt in
vervangt|wisselt|zoekt|dumpt ~3 {top} -- dochter|divisie / Concern vervangt topman / Concern vervangt \
leidingen
{top} ~6 vertrekt|stapt|opgestapt|weg|vertrek|ontslagen|treedt|neemt_afscheid|legt|verlaat|opzij|opgevolgd \
-- oud|voormalig / Topman vertrekt bij concern / Topman bezoekt
vertrek|ontslag|afscheid|ontslaat|opvolger|opvolging|verlaat ~4 {top} -- oud|voormalig / Vertrek van \
topman / Vertrek
= chief comes G3 / the people who set the course change
nieuwe|benoemt|benoemd|wordt|nieuw|haalt|kiest|volgt|draagt ~6 {top} -- dochter|divisie|oud / Jansen wordt \
nieuwe topman / Jansen wordt oud
= deal called off G3 / who owns what will not change after all
fusie|overname|deal|bod|verkoop ~5 afgeblazen|mislukt|niet_door|ketst|van_de_baan|afgeketst|geblokkeerd|\
stuk|ingetrokken / Fusie gaat niet door / Fusie
blaast|staakt|trekt|ziet_af ~5 overname|fusie|bod|verkoop|af|in / Concern ziet af van overname / Concern
= bid received G3 / who owns the company may change
overnamebod|bod_op|vijandig_bod|overnamestrijd|overnameprooi|openbaar_bod|overnamevoorstel / Overnamebod \
op concern / Bod
wijst|verwerpt|aanvaardt|accepteert ~4 bod|overnamebod|voorstel / Bedrijf wijst bod af / Bedrijf wijst
= deal agreed G3 / who owns what changes
fuseert|fuseren|fusie|samengaan|gaat_samen ~3 met|tussen|van|. -- overweegt / Concern fuseert met rivaal / \
Concern
overgenomen|ingelijfd door -- {deel} / Bedrijf overgenomen door rivaal / Bedrijf
van_de_beurs|beursexit|beursnotering_op / Concern gaat van de beurs / Beurs
= deal agreed G2 / a part of a business changes hands
neemt ~6 over|belang / Concern neemt rivaal over / Concern neemt
koopt|overname|lijft|verwerft|acquisitie -- aandelen|eigen_aandelen / Concern koopt rivaal / Concern
verkoopt|verkoop|splitst|afsplitsing|stoot|beursgang|belang|joint_venture|afstoten|verkocht / Concern \
verkoopt divisie / Concern
= dividend cut G3 / the board no longer trusts its cash
schrapt|verlaagt|halveert|passeert|geen ~2 dividend|interimdividend / Concern schrapt dividend / Concern
= product failed G3 / a product that the price had counted on is gone
stopt|stop|staakt ~3 medicijn|studie|onderzoek_naar|ontwikkeling -- productie / Concern stopt met medicijn \
/ Concern stopt
studie|medicijn|middel|onderzoek|proef ~4 mislukt|faalt|teleurstellend|gestaakt|tegenslag / Medicijn faalt \
in studie / Medicijn
tegenslag|mislukking ~4 medicijn|studie|middel|onderzoek / Tegenslag met medicijn / Tegenslag
= change of control G3 / who decides changes
nationaliseer*|nationalisat*|genationaliseerd|staatssteun|reddingsplan|noodsteun / Staatssteun voor \
concern / Staat
= cyber incident G2 / systems or data are lost
hackers|hack|cyberaanval|datalek|gehackt|ransomware|gijzelsoftware / Cyberaanval op concern / Aanval
= recall G2 / a product comes back
roept|haalt|terugroep* ~5 terug|schappen|markt|autos / Concern roept producten terug / Concern roept
= impairment G2 / assets are worth less than the accounts said
afschrijving*|schrijft|afboeking*|waardevermindering ~4 / Afschrijving bij concern / Concern
= results G2 / accounts of a period
{post} ~5 stijgt|daalt|groeit|hoger|lager|omhoog|omlaag|verdubbelt|krimpt|record|miljoen|miljard|halveert|\
gestegen|gedaald|boven|onder|zakt|keldert|meer|minder / Omzet stijgt / Omzet
kwartaalcijfers|jaarcijfers|halfjaarcijfers|cijfers|kwartaal|recordwinst|recordomzet|halfjaar / Concern \
komt met kwartaalcijfers / Concern
boekt|maakt|behaalt|draait|lijdt|schrijft|ziet ~5 {post}|cijfers|rode_cijfers|groei / Concern boekt winst \
/ Concern boekt
= guidance raised G2 / what the company expects has become more
verhoogt|schroeft|optimistischer ~5 {doel} -- koersdoel / Concern verhoogt verwachting / Concern verhoogt
= guidance G2 / what the company expects
bevestigt|handhaaft|verwacht|mikt|rekent|herhaalt ~5 {doel}|{post}|groei / Concern handhaaft verwachting / \
Concern handhaaft
= dividend G2 / cash to the holders
dividend|interimdividend|slotdividend / Concern verhoogt dividend / Concern
= buyback G2 / cash to the holders
aandeleninkoop*|inkoopprogramma|koopt_eigen_aandelen|inkoop_eigen_aandelen|terugkoop* / Concern start \
aandeleninkoop / Concern
= litigation G2 / a court decides
rechter|rechtbank|rechtszaak|schikking|schikt|claim|veroordeeld|aangeklaagd|dagvaardt|hoger_beroep|\
massaclaim|kort_geding / Rechter veroordeelt concern / Concern
= regulator acts G2 / a regulator acts
boete|toezichthouder|acm|afm|dnb|onderzoek_naar|sanctie*|exportbeperking*|verbod|verbiedt|\
europese_commissie|justitie|heffing*|exportvergunning* / Boete voor concern / Concern
goedkeuring|groen_licht|toestemming|vergunning|goedgekeurd / Groen licht voor medicijn / Medicijn
= restructuring G2 / costs and people
schrapt|ontslaat|snijdt|verdwijnen ~5 banen|arbeidsplaatsen|werknemers|functies|medewerkers / Concern \
schrapt 500 banen / Concern schrapt
reorganisatie|ontslagronde|massaontslag|banenverlies|staking|staken|sluit|sluiting|bezuinig*|\
herstructurering|ontslagen|sluiten / Reorganisatie bij concern / Concern
= contract won G2 / business won
order|opdracht|contract|orders|aanbesteding|miljardenorder|megaorder / Concern krijgt order / Concern
samenwerking|akkoord|deal|overeenkomst|partnerschap|alliantie|werkt|slaat|gaat_samenwerken ~2 met|tussen|\
over|. / Samenwerking met haven / Samen
= capital raised G2 / money raised
aandelenemissie|emissie|obligatie*|claimemissie|haalt ~4 / Aandelenemissie van concern / Concern
= debt G2 / the price of money
moody|fitch|s_&_p|kredietbeoordelaar|herfinancier*|schuld|schulden|lening / Moody's verlaagt rating van \
concern / Concern
= accident G2 / work stands still or people are hurt
explosie|brand|ongeluk|storing|ontploffing|doden|lekkage|stroomstoring / Explosie in fabriek / Fabriek
stopt|staakt|legt|schort|hervat ~4 productie|levering|leveringen|vluchten|verkoop|stil|op / Concern legt \
productie stil / Concern
= large holding G2 / who holds the company
aandeelhouder*|activistische|grootaandeelhouder|activist / Activistische belegger wil splitsing / Actie
= officer changes G2 / people at the top
commissaris|raad_van_commissarissen|bestuurder|bestuur|president_commissaris|benoemt|directeur / Nieuwe \
commissaris bij concern / Concern
= agreement G2 / money put to work
investeert|investering|investeringen|steekt ~6 miljoen|miljard|euro / Concern investeert miljard / Concern
= product G1 / the business goes on
lanceert|presenteert|opent|onthult|begint / Concern lanceert model / Concern
= price G1 / a price is no fact about the business
aandeel|aandelen|beurskoers|koers / Aandeel zakt / Concern
"""

SOURCING: Final = """
= rumour, Dutch / a rumour has no author
gerucht*|speculatie*|naar_verluidt|vermoedelijk|zou|zouden|mogelijk|bronnen|ingewijden|volgens_bronnen|\
insiders|zegt_bron / Concern zou divisie verkopen / Concern
volgens ~1 bronnen|media|krant|fd|bloomberg|reuters|ft|ingewijden|bron|kringen / Verkoop nabij, volgens \
media / Volgens
overweegt|onderzoekt|bekijkt|denkt|bestudeert|praat|onderhandelt|in_gesprek|in_gesprekken|aast|azen|\
dicht_bij|overwegen ~5 verkoop|overname|fusie|bod|beursgang|splitsing|opties|over|met|op|deal -- vakbond*|\
cao / Concern overweegt verkoop / Concern overweegt
{krant} : / FD: concern wil verkopen / FD
: fd|bloomberg|reuters|ft|wsj|media|bronnen|persbureau . / Concern wil verkopen - FD / Concern
kan|kunnen|wil|mikt ~3 overgenomen|verkopen|kopen ~4 {krant} / Concern wil divisie verkopen: FD / Concern
@krant fd bloomberg reuters ft media bronnen
"""

OPINION: Final = """
@huis goldman jpmorgan barclays ubs berenberg jefferies ing kepler degroof abn kbc citi morgan_stanley \
analist analisten kbc_securities
@huis bernstein citigroup deutsche_bank goldman_sachs hsbc bofa van_lanschot degroof_petercam jp_morgan \
exane rbc beleggers_belangen

= rating, Dutch / a rating is an opinion in any language
koersdoel*|koopadvies|verkoopadvies|advies|adviesverlaging|adviesverhoging|houden_advies|beleggingsadvies \
/ Koersdoel verhoogd / Koers
{huis} ~4 verhoogt|verlaagt|ziet|zien|zet|positief|negatief|haalt|herhaalt|verwacht|verwachten|start|\
begint|adviseert|optimistisch -- banen|dividend|winst|spaarrente|rente|hypotheek* / ING verhoogt koersdoel \
/ ING opent
naar|op|van kopen|verkopen|houden|afbouwen|buy|hold|sell|neutral|outperform|overweight / Advies naar kopen \
/ Naar huis
= advice, Dutch / advice, not an event
? / Is het tijd? / Tijd
^ waarom|hoe|wat|dit|deze|vijf|drie|zo|welke|is|moet|moeten|# / Waarom het aandeel daalt / Aandeel
aandeel|aandelen ~5 kopen|verkopen|koopwaardig|kansen|kans|tip|tips|favoriet*|ondergewaardeerd|goedkoop|\
potentieel|analyse|waardering|uitgelicht / Aandelen kopen / Aandelen
technische_analyse|beleggingstip|beleggers_opgelet|waardering|ondergewaardeerd|opinie|column|commentaar|\
analyse|interview|podcast|vooruitblik|beursblik|beursupdate|preview|achtergrond / Technische analyse: \
concern / Techniek
aex|amx|bel_20|beurs|damrak|wall_street|beurzen|stoxx ~4 {slot} -- van_de|naar_de / AEX sluit hoger / Beurs
@slot sluit opent hoger lager winst verlies stijgt daalt start record vlak rood groen omhoog omlaag veert
agenda|weekagenda|beursagenda|voorbeurs|voor_de_bel|dagoverzicht|nabeurs|vooruitzicht / Beursagenda: \
concern / Concern
"""
