"""German phrases of events, rumour and opinion."""

from typing import Final

EVENTS: Final = """
@chef ceo cfo vorstandschef vorstandschefin vorstandsvorsitzende vorstandsvorsitzender \
vorstandsvorsitzenden konzernchef
@chef konzernchefin finanzvorstand finanzvorstandin finanzchef finanzchefin firmenchef unternehmenschef \
bankchef vorstandsboss
@chef autoboss chief_executive konzernlenker chef chefin boss ceos vorstandsvorsitz
@ziel prognose prognosen ausblick jahresziel jahresziele gewinnziel gewinnziele umsatzprognose \
gewinnprognose jahresprognose
@ziel umsatzziel renditeziel margenziel erwartungen ziele mittelfristziele
@geld umsatz umsatze gewinn gewinne ergebnis betriebsergebnis nettogewinn quartalsgewinn jahresgewinn \
marge auftragseingang
@geld verlust verluste absatz erlose uberschuss konzerngewinn ebit auslieferungen jahresuberschuss \
quartalsverlust
@teil sparte tochter geschaft werk bereich anteil anteile beteiligung marke fabrik tochterfirma aktienpaket

= insolvency G3 / the equity is impaired
aktionare ~3 verlieren|leer|totalverlust / Aktionäre verlieren alles / Aktionäre
schutzschirm*|sanierungsverfahren|zahlungsverzug|anleihe_nicht / Konzern im Schutzschirmverfahren / Schirm
starug|aktionare_gehen_leer_aus|schuldenschnitt|insolvenzantrag|rettungsschirm / Aktionäre gehen leer aus \
/ Aktionäre
insolvenz*|zahlungsunfahig*|glaubigerschutz|pleite|konkurs|zahlungsausfall / Autozulieferer meldet \
Insolvenz an / Autozulieferer meldet Erfolg
= restatement G3 / accounts are unreliable
verschiebt|verzogert|verspatet ~4 jahresabschluss|geschaftsbericht|bilanz|jahresbericht|quartalsbericht|\
zahlen / Konzern verschiebt Jahresabschluss / Konzern verschiebt
verweigert|entzieht|kein ~2 testat / Prüfer verweigert Testat / Testat
bilanzskandal|bilanzfalschung|bilanzbetrug|bilanzmanipulation|bilanz_skandal / Bilanzskandal beim Konzern \
/ Bilanz des Konzerns
korrigiert ~3 bilanz|abschluss|jahresabschluss|zahlen / Konzern korrigiert Bilanz / Konzern korrigiert \
Tippfehler
= auditor changes G3 / auditors rarely leave by themselves
wirtschaftsprufer|abschlussprufer ~4 verweiger*|legt_nieder|kundigt|zieht / Wirtschaftsprüfer verweigert \
Testat / Wirtschaftsprüfer wächst
= litigation G3 / a state goes after the company
razzia|durchsuchung*|anklage|angeklagt|ermittlungsverfahren|haftbefehl|festgenommen|schuldig|\
staatsanwaltschaft / Razzia beim Autobauer / Autobauer
= guidance withdrawn G3 / the company takes back what it had promised
kassiert|zieht|streicht|setzt ~4 {ziel} ~2 zuruck|aus|. / Konzern kassiert Prognose / Konzern kassiert Geld
kassiert ~4 {ziel} / Konzern kassiert seine Jahresziele ein / Konzern kassiert
= guidance lowered G3 / the company takes back what it had promised
warnt ~4 gewinneinbruch|gewinnruckgang|verlust|verlusten|umsatzruckgang|schwachem|schwacheren|geringeren|\
einbruch / Konzern warnt vor Gewinneinbruch / Konzern warnt
gewinn|umsatz|ergebnis ~3 unter|hinter ~1 prognose|plan|erwartungen_zuruck / Gewinn unter Plan / Gewinn
gewinnwarnung|umsatzwarnung|gewinneinbruch_erwartet / Gewinnwarnung beim Konzern / Gewinn
senkt|kappt|kurzt|streicht|reduziert|stutzt|schraubt|dampft|revidiert|korrigiert|verfehlt ~5 {ziel} -- \
kursziel|analyst|iwf|konjunktur / Autobauer senkt Prognose / Autobauer senkt Preise
{ziel} gesenkt|gekappt|gestrichen|reduziert|nach_unten / Prognose gesenkt / Prognose
warnt|rechnet|erwartet ~4 {geld}|gewinnruckgang|verlust|einbruch|ruckgang ~3 . -- analyst* / Konzern \
rechnet mit Verlust / Konzern rechnet
= chief leaves G3 / the people who set the course change
{chef} ~4 hort ~4 auf / Konzernchef hört vorzeitig auf / Konzernchef hört zu
{chef} ~4 gibt|legt|stellt ~3 amt|posten|chefposten|mandat|job ~2 auf|ab|nieder|. / Konzernchef legt Amt \
nieder / Konzernchef
{chef} ~4 nicht|keine ~2 mehr|verlangerung|vertragsverlangerung|vertrag / Konzernchef tritt nicht mehr an \
/ Konzernchef
tritt|trat ~3 zuruck|ab -- minister*|trainer|burgermeister|prasident|kanzler|abgeordnet*|praesident / Roe \
tritt zurück / Roe tritt ein
ersetzt|tauscht|wechselt|entmachtet|verliert ~2 {chef} -- tochter|spartenchef / Konzern ersetzt Chef Roe / \
Konzern ersetzt Teile
{chef} ~6 geht|gehen|tritt|verlasst|wechselt|hort_auf|muss_weichen|stolpert|gefeuert|abberufen|rucktritt|\
muss_gehen|scheidet|legt|gibt_amt|entlassen|gefeuert|raumt|abgelost|zuruck|weg|wirft|abgang|vor_dem_aus -- \
ex|fruherer|tochter / Vorstandschef verlässt den Autobauer / Vorstandschef lobt
rucktritt|abgang|abberufung|rauswurf|ablosung|trennt_sich|feuert|entlasst|schasst|abschied ~4 {chef} -- ex|\
tochter / Konzern trennt sich von Finanzchef / Abgang
= chief comes G3 / the people who set the course change
wird|ubernimmt|folgt|soll|als|zum|zur|holt|beruft|ernennt|bestellt ~6 {chef} -- tochter|spartenchef|sagt / \
Müller wird neuer Vorstandschef / Müller wird alt
neuer|neue|neuen|kunftiger|kunftige|designierter|nachster {chef} -- sagt|will|muss|tochter / Neuer \
Vorstandschef beim Konzern / Neuer Wagen
{chef} : ~4 folgt|ubernimmt|kommt|nachfolger|wechsel / Finanzchef: Meier übernimmt / Finanzchef
chefwechsel|fuhrungswechsel|machtwechsel|nachfolge ~4 {chef}|spitze|konzern|an|bei|in|. / Chefwechsel beim \
Konzern / Wechsel
= deal called off G3 / who owns what will not change after all
bricht|brechen|beendet|beenden|stoppen|blasen ~6 fusionsgesprache|ubernahmegesprache|gesprache|\
verhandlungen|fusion|ubernahme -- tarif*|gewerkschaft*|koalition* / Banken brechen Fusionsgespräche ab / \
Banken brechen
zieht ~3 angebot|offerte|gebot|ubernahmeangebot ~2 zuruck / Rivale zieht Angebot zurück / Rivale zieht um
platzt|scheitert|untersagt|stoppt|verbietet ~6 fusion|ubernahme|deal|verkauf|zusammenschluss / Kartellamt \
untersagt Fusion / Kartellamt
fusion|ubernahme|deal|verkauf|zusammenschluss ~5 geplatzt|platzt|gescheitert|scheitert|abgesagt|abgeblasen|\
untersagt|vom_tisch / Übernahme gescheitert / Übernahme
= bid received G3 / who owns the company may change
ubernahmeangebot|ubernahmeofferte|ubernahmeschlacht|ubernahmeversuch|ubernahmekampf|kaufangebot|\
pflichtangebot|kaufofferte / Übernahmeangebot für den Autobauer / Angebot der Woche
lehnt|weist|nimmt ~5 angebot|offerte|ubernahme -- tarif*|gewerkschaft*|streik* / Bank lehnt Angebot ab / \
Bank lehnt
bietet|bieten ~4 fur|milliarden|je_aktie|euro -- kunden|service|staatsanleihe* / Rivale bietet Milliarden \
für Konzern / Konzern bietet Service
= deal agreed G3 / who owns what changes
fusionier*|fusion|zusammenschluss ~4 mit|von|zwischen|perfekt|. -- kern|prufen|pruft / Konzern fusioniert \
mit Rivalen / Kernfusion
wird|werden|von|durch ~4 ubernommen|aufgekauft|geschluckt -- {teil} / Autobauer wird von Rivalen \
übernommen / Autobauer wird
delisting|von_der_borse / Konzern nimmt Delisting vor / Börse
= deal agreed G2 / a part of a business changes hands
ubernimmt|kauft|erwirbt|ubernahme|zukauf|schluckt|schnappt_sich|will_ubernehmen|kaufen -- aktien_zuruck|\
{chef} / Konzern übernimmt Start-up / Konzern baut
verkauft|verkaufen|trennt_sich|stosst|spaltet|abspaltung|verkauf|veraussert|ausgliederung|borsengang -- \
verkaufte|verkauft_mehr|absatz / Konzern verkauft Sparte / Konzern baut
steigt_ein|steigt_bei|beteiligt_sich|beteiligung|einstieg|anteil|anteile|gemeinschaftsunternehmen|\
joint_venture|stockt / Fonds stockt auf / Fonds
= dividend cut G3 / the board no longer trusts its cash
streicht|kurzt|kappt|senkt|halbiert ~3 dividende / Konzern streicht Dividende / Konzern zahlt
dividende ~2 gestrichen|gekurzt|gekappt|ausgesetzt|fallt_aus|halbiert / Dividende gestrichen / Dividende
= product failed G3 / a product that the price had counted on is gone
studie|medikament|wirkstoff|impfstoff|praparat|therapie|mittel|phase ~5 scheitert|gescheitert|fehlschlag|\
verfehlt|ruckschlag|gestoppt|abgebrochen / Wirkstoff scheitert in Studie / Wirkstoff
ruckschlag|fehlschlag ~5 hoffnungstrager|studie|medikament|wirkstoff|mittel|forschung|zulassung / \
Rückschlag bei Medikament / Rückschlag
= change of control G3 / who decides changes
verstaatlich*|staatshilfe|rettungspaket|rettung / Staat will Konzern verstaatlichen / Rettich
= cyber incident G2 / systems or data are lost
hacker*|cyberangriff*|cyberattacke*|datenleck|hackerangriff|ransomware|datendiebstahl / Cyberangriff auf \
Konzern / Angriff
= recall G2 / a product comes back
ruft ~6 zuruck|fahrzeuge|autos / Autobauer ruft Wagen zurück / Autobauer ruft an
ruckruf* / Rückruf beim Autobauer / Ruf
= impairment G2 / assets are worth less than the accounts said
abschreibung*|wertberichtigung*|sonderbelastung*|schreibt ~5 ab|milliarden|. / Milliardenabschreibung: \
Abschreibung beim Konzern / Konzern
= results G2 / accounts of a period
quartalszahlen|jahreszahlen|halbjahreszahlen|geschaftszahlen|quartalsbericht|halbjahresbericht|zahlen_vor|\
bilanz|rekordgewinn|rekordumsatz|gewinnsprung|gewinneinbruch|umsatzplus|gewinnplus|umsatzruckgang|\
verlustzone|schwarze_zahlen|rote_zahlen|milliardenverlust|milliardengewinn / Konzern legt Quartalszahlen \
vor / Konzern
{geld} ~5 steigt|steigen|sinkt|sinken|fallt|fallen|wachst|bricht|springt|zu|legt|halbiert|verdoppelt|\
gesteigert|einbruch|mehr|weniger|hoher|niedriger|rekord|plus|minus|schrumpft|uber|unter|rutscht|\
erwartungen / Umsatz steigt / Umsatz
steigert|verdoppelt|halbiert|erhoht|verdient|verbucht|erzielt|macht|meldet|schreibt|ubertrifft|verfehlt ~5 \
{geld}|prozent_mehr|mehr|weniger|erwartungen|milliarden / Konzern steigert Gewinn / Konzern steigert sich
= guidance raised G2 / what the company expects has become more
erhoht|hebt|schraubt|heraufgesetzt ~5 {ziel} -- kursziel / Konzern erhöht Prognose / Konzern erhöht
= guidance G2 / what the company expects
bestatigt|bekraftigt|halt|erwartet|peilt|rechnet ~5 {ziel}|{geld}|wachstum / Konzern bestätigt Prognose / \
Konzern bestätigt
= dividend G2 / cash to the holders
dividende|sonderdividende|ausschuttung|aktiensplit / Konzern hebt Dividende an / Konzern
= buyback G2 / cash to the holders
aktienruckkauf* / Konzern startet Aktienrückkauf / Konzern
kauft|ruckkauf ~4 aktien|eigener / Konzern kauft Aktien zurück / Konzern kauft
= litigation G2 / a court decides
gericht|klage|klagt|verklagt|verklagen|prozess|urteil|vergleich|schadenersatz|schadensersatz|bgh|eugh|\
sammelklage|verurteilt|patentstreit / Gericht stoppt Autobauer / Autobauer
= regulator acts G2 / a regulator acts
bussgeld|strafe|geldbusse|kartellamt|kartell*|bafin|ermittelt|ermittlungen|ermittlung|aufsicht|verbietet|\
verbot|zolle|eu_kommission|milliardenstrafe|untersucht|behorde* / Kartellamt prüft Konzern / Konzern
zulassung|genehmigt|genehmigung|grunes_licht|freigabe|erlaubt / Medikament erhält Zulassung / Medikament
= restructuring G2 / costs and people
stellenabbau|stellenstreichung*|jobabbau|entlassung*|massenentlassung*|kurzarbeit|sparprogramm|sparkurs|\
umbau|restrukturier*|sanierung|streik|warnstreik|streikt / Stellenabbau beim Autobauer / Stelle
streicht|baut|kurzt|entlasst|kundigt ~6 stellen|jobs|arbeitsplatze|mitarbeiter|ab / Konzern streicht 500 \
Stellen / Konzern streicht
schliesst|schliessung|dichtmachen|macht_dicht ~5 werk|werke|filialen|fabrik|standort|standorte / Konzern \
schließt Werk / Konzern schließt
= contract lost G2 / business lost
verliert|storniert|kundigt ~5 auftrag|grossauftrag|kunden|vertrag / Konzern verliert Auftrag / Konzern \
verliert
= contract won G2 / business won
auftrag|grossauftrag|milliardenauftrag|auftrage|rahmenvertrag|liefervertrag|ausschreibung / Konzern erhält \
Großauftrag / Konzern
kooperation|kooperier*|partnerschaft|zusammenarbeit|allianz|vereinbarung|einigung|vertrag|abkommen|\
verbundet ~3 mit|zwischen|uber|fur|. / Konzern in Kooperation mit Bank / Konzern
= capital raised G2 / money raised
kapitalerhohung|anleihe|wandelanleihe|kapitalspritze|aktienplatzierung|finanzierungsrunde|sammelt ~4 / \
Kapitalerhöhung beim Konzern / Konzern
= debt G2 / the price of money
moody|fitch|s_&_p|ratingagentur|bonitat|kredit|refinanzierung|schulden|ramschniveau / Moody's stuft \
Konzern herab / Konzern
= accident G2 / work stands still or people are hurt
explosion|brand|unfall|absturz|panne|storung|grossbrand|ausfall|havarie|tote / Explosion im Werk / Werk
stoppt|unterbricht|stellt|fahrt|drosselt|pausiert ~4 produktion|auslieferung|betrieb|verkauf|fluge|ein|\
herunter|bau / Autobauer stoppt Produktion / Autobauer
= large holding G2 / who holds the company
grossaktionar*|aktivist*|aktionare|hauptversammlung|investor|ankerinvestor / Großaktionär stockt auf / \
Aktion
= officer changes G2 / people at the top
aufsichtsrat*|vorstand|aufsichtsratschef|chefaufseher|betriebsratschef|vorstandsmitglied|manager|chef / \
Wechsel im Aufsichtsrat / Aufsicht
= agreement G2 / money put to work
investiert|investition|investieren|steckt ~6 milliarden|millionen|mrd|mio|euro / Konzern investiert \
Milliarden / Konzern investiert
= product G1 / the business goes on
stellt|prasentiert|startet|bringt|eroffnet|enthullt|baut / Autobauer präsentiert Modell / Autobauer
= price G1 / a price is no fact about the business
aktie|aktien|kurs / Aktie des Konzerns fällt / Konzern
"""

SOURCING: Final = """
= rumour, German / a rumour has no author
gerucht*|spekulation*|spekuliert|mutmasslich / Gerüchte um Verkauf / Gericht
laut|nach|insidern|kreise|insider|kreisen ~1 insidern?|kreisen|medien*|bericht|zeitung|insider|zufolge|:|\
presse / Laut Medien plant Konzern Verkauf / Laut war es
insidern|kreise|insider|kreisen|medienbericht|medienberichte|medien|zeitung|bericht|magazin|\
zeitungsbericht|presse|pressebericht zufolge|:|. / Kreise: Bank vor Verkauf / Bericht des Vorstands
finanzkreise*|unternehmenskreise*|verhandlungskreise*|insidern|wohl|offenbar|angeblich|womoglich|\
soll_angeblich / Konzern plant offenbar Verkauf / Konzern plant
erwagt|pruft|uberlegt|liebaugelt|erwagen|sondiert|plant_offenbar ~6 verkauf|fusion|ubernahme|angebot|\
abspaltung|borsengang|einstieg|kauf|zusammenschluss|optionen|nach|gebot|stellenabbau -- kartell*|behorde*|\
eu / Konzern erwägt Verkauf / Konzern erwägt
in|fuhrt|fuhren|vor ~2 gesprach*|gesprachen|verhandlung|verhandlungen|ubernahmegesprach* -- tarif*|\
gewerkschaft / Konzern in Gesprächen über Verkauf / Sprache
konnte|konnten|durfte|steht_vor|vor_verkauf|interessiert_an|hat_interesse|kurz_vor ~6 kaufen|verkaufen|\
ubernehmen|ubernahme|verkauf|fusionieren|bieten|einigung|streichen|werden / Konzern könnte Sparte \
verkaufen / Konzern
{blatt} . / Konzern will Sparte verkaufen - Handelsblatt / Blatt
@blatt handelsblatt bloomberg reuters ft wsj spiegel faz bild wiwo manager_magazin sz
"""

OPINION: Final = """
@haus goldman jpmorgan barclays ubs berenberg jefferies bernstein kepler warburg deutsche_bank citigroup \
citi hsbc rbc dz_bank
@haus morgan_stanley stifel baader metzler bofa nord_lb lbbw independent_research oddo exane commerzbank \
bankhaus analyst
@haus analysten analystin analystenstimmen experte experten goldman_sachs credit_suisse socgen \
societe_generale nordlb hauck

= rating, German / a rating is an opinion in any language
kursziel*|kaufempfehlung*|verkaufsempfehlung*|hochstufung|abstufung|herabstufung|heraufstufung|\
analystenstimme*|empfehlung / Kursziel für Konzern steigt / Ziel
{haus} ~4 belasst|hebt|senkt|stuft|startet|rat|sieht|sehen|bestatigt|nimmt|empfiehlt|erwartet|warnt|\
optimistisch|skeptisch|setzt|lobt|bleibt|traut -- stellen|prognose|dividende|vorstand|gewinn|streicht / \
Goldman hebt Konzern auf Kaufen / Goldman baut
auf|mit|von|: kaufen|verkaufen|halten|buy|sell|hold|overweight|underweight|neutral|outperform|underperform|\
equal_weight|equal|sector_perform|add|reduce|conviction / Bank stuft Konzern auf Kaufen / Auf See
buy|sell|hold|neutral|overweight|underweight|outperform|underperform|reduce . -- best_buy|group_buy|to_buy|\
to_sell / Konzern: Neutral / Neutralitat
= advice, German / advice, not an event
: das|darum|warum|was|so|wie|hier|jetzt ~4 analysten|anleger|experten|aktie|wissen|wichtig|sagen|geht|\
steckt / Konzern: Das sagen die Analysten / Konzern: Das Werk brennt
^ ausblick : / Ausblick: Konzern legt Zahlen vor / Konzern senkt Ausblick
? / Lohnt der Einstieg? / Einstieg
^ warum|wie|was|wieso|weshalb|darum|so|diese|dieser|welche|wann|lohnt|ist|sollte|sind|kann|funf|drei|top / \
Warum die Aktie fällt / Aktie
aktie|aktien ~6 kaufen|verkaufen|halten|chance|chancen|jetzt|einstieg|potenzial|kaufchance|einstiegschance|\
prognose|ausblick|analyse|kursziel|chartanalyse|kaufsignal|tipp|favorit|favoriten|dividendenperle|\
schnappchen|gunstig|unterbewertet|lohnt|aussichten|spannend|rat|im_check -- zuruck|platzier* / Aktie jetzt \
kaufen / Aktie fällt
chartanalyse|charttechnik|kaufsignal|verkaufssignal|trading_idee|tradingchance|borsentipp|anleger_sollten|\
geldanlage|depot|kurspotenzial|bewertung|unterbewertet|uberbewertet|aktientipp|dividendenaristokrat*|\
widerstand|unterstutzung|musterdepot|anlegerliebling / Chartanalyse: Konzern / Chart
kommentar|meinung|analyse|leitartikel|kolumne|interview|podcast|gastbeitrag|portrat|hintergrund|\
pro_und_contra|essay : / Kommentar: Der Konzern irrt / Konzern
dax|mdax|stoxx|dow|wall_street|ftse|smi|atx|borse ~4 {schluss} / Dax schließt fester / Dax
@schluss schliesst startet fester schwacher steigt fallt leichter erwartet rekord verluste gewinne kaum \
dreht legt gibt behauptet im_plus im_minus wenig
vorschau|tagesvorschau|wochenausblick|borsenticker|aktien_im_fokus|im_fokus|marktbericht|borsen|termine|\
was_anleger|anleger_wissen|im_blick|aktien_europa|aktien_frankfurt / Vorschau: Konzern legt Zahlen vor / \
Blick
vor ~2 zahlen|quartalszahlen / Aktie vor Zahlen / Vor Ort
"""
