"""Italian phrases of events, rumour and opinion."""

from typing import Final

EVENTS: Final = """
@capo amministratore_delegato amministratrice_delegata ceo ad cfo direttore_generale direttore_finanziario
@parte ramo divisione quota quote asset attivita controllata impianto stabilimento partecipazione filiale \
marchio immobile
@guida stime guidance previsioni target obiettivi outlook previsione obiettivo
@voce utile utili ricavi fatturato ebitda vendite profitti margini perdita perdite risultato

= insolvency G3 / the equity is impaired
fallimento|bancarotta|insolvenza|concordato_preventivo|amministrazione_straordinaria|\
liquidazione_giudiziale|concordato|dichiara_fallimento|dichiarata_fallita|dichiarato_fallito|fallita|\
fallito|composizione_negoziata|commissariata / Il gruppo chiede il concordato / Il gruppo chiede
= restatement G3 / accounts are unreliable
falso|irregolarita ~2 bilancio|contabili|contabile / Inchiesta per falso in bilancio / Falso allarme
= litigation G3 / a state goes after the company
indagato|indagati|rinvio_a_giudizio|rinviato_a_giudizio|arrestato|arresti|perquisizione|perquisizioni|\
frode|corruzione / Perquisizioni nella sede del gruppo / Sede del gruppo
= guidance lowered G3 / the company takes back what it had promised
taglia|rivede|abbassa|riduce|ritira|sospende|lima|ridimensiona ~5 {guida} -- rialzo|alza|prezzo|analist*|\
fmi|pil / Il gruppo taglia le stime / Il gruppo taglia i prezzi
profit_warning|allarme_utili|allarme_sui_conti|allarme_profitti / Profit warning del gruppo / Allarme meteo
{guida} ~2 tagliate|riviste_al_ribasso|ridotte|tagliata|ridotti|al_ribasso / Stime tagliate per il gruppo \
/ Stime
= chief leaves G3 / the people who set the course change
dimette|dimissioni|si_dimettono -- ministro|sindaco|governo|deputato|allenatore|consigliere|assessore|\
premier|presidente_del / Gubitosi si dimette / Il ministro si dimette
ad|ceo|amministratore_delegato ~3 revocato|revocata|sostituito|sostituita|rimpiazzato / L'ad Minali \
revocato / L'ad
sfiducia|sfiduciato|sfiduciati ~4 -- governo|ministro|parlamento|camera / Il socio sfiducia Gubitosi / \
Fiducia
{capo} ~6 lascia|dimette|dimissioni|si_dimette|uscita|sfiduciato|revoca|revocato|addio|licenziato|rimosso|\
lascera|fuori|passo_indietro -- ex / L'amministratore delegato lascia il gruppo / L'amministratore \
delegato visita
lascia|lascera|addio|dimissioni|dimette|dimesso|uscita|revoca|sfiducia|licenzia|rimuove|caccia|silura|\
cambia|cambio ~5 {capo} -- ex / Dimissioni dell'ad del gruppo / Dimissioni del sindaco
revoca|revocate|ritira ~2 deleghe / Il cda revoca le deleghe / Il cda
= chief comes G3 / the people who set the course change
nuovo|nuova|prossimo|nominato|nominata|nomina|sceglie|designa|indica|scelto ~5 {capo} -- divisione|\
controllata / Rossi nominato amministratore delegato / Rossi nominato sindaco
{capo} ~3 nominato|scelto|succede|al_posto / Rossi, nuovo ceo scelto / Rossi
cambio_al_vertice|ribaltone|cambio_della_guardia|nuovo_numero_uno / Cambio al vertice del gruppo / Cambio
= deal called off G3 / who owns what will not change after all
rinuncia|ritira|dice_no|addio ~3 a|al|alla|all -- dividendo|prezzo|bonus|stipendio|dimissioni / Il gruppo \
rinuncia a Stx / Il gruppo rinuncia
salta|sfuma|fallisce|ritira|rinuncia|abbandona|naufraga|stop ~4 fusione|offerta|acquisizione|opa|ops|\
vendita|nozze|aggregazione / Salta la fusione / Salta
= bid received G3 / who owns the company may change
alza|rilancia|migliora|lancia|presenta|deposita ~2 offerta|opa|ops -- lavoro|cellulare|commerciale / La \
banca alza l'offerta / La banca alza
opa|ops|opas|offerta_pubblica|offerta_di_acquisto|scalata / Il rivale lancia un'opa sul gruppo / Ora
respinge|rifiuta|rigetta|boccia|accetta ~4 offerta|proposta -- lavoro|sindacat* / Il cda respinge \
l'offerta / Il cda respinge
= deal agreed G3 / who owns what changes
fusione|nozze|aggregazione|si_fonde|si_fondono ~3 con|tra|fra|per|in|via_libera -- allo_studio|ipotesi|\
dopo_la_fusione|nucleare / Fusione con il rivale / Fusione
acquistata|acquisita|comprata|rilevata da|dal|dalla|dai -- {parte} / La società acquisita dal rivale / La
delisting|addio_alla_borsa|lascia_piazza_affari|via_dalla_borsa / Delisting del gruppo / Borsa
= deal agreed G2 / a part of a business changes hands
acquista|acquisisce|acquisizione|rileva|compra|acquisto|acquisira|si_compra|mette_le_mani -- \
azioni_proprie|titoli / Il gruppo acquisisce un rivale / Il gruppo
vende|cede|cessione|vendita|dismissione|scorporo|joint_venture|quotazione|ipo|spin_off|sale_al|\
entra_nel_capitale|quota|partecipazione / Il gruppo cede un ramo / Il gruppo
= dividend cut G3 / the board no longer trusts its cash
taglia|sospende|riduce|azzera|cancella|niente|dimezza ~3 dividendo|cedola / Il gruppo sospende il \
dividendo / Il gruppo
= product failed G3 / a product that the price had counted on is gone
fallisce|fallito|fallimento|delude|stop ~5 studio|sperimentazione|farmaco|trial|fase / Fallisce lo studio \
sul farmaco / Fallisce
studio|farmaco|sperimentazione|trial ~4 fallisce|fallito|delude|non_raggiunge|interrotto / Il farmaco \
fallisce / Il farmaco
= change of control G3 / who decides changes
nazionalizza*|salvataggio|commissariamento|commissariat* / Commissariamento della banca / Commissario
= cyber incident G2 / systems or data are lost
hacker|attacco_informatico|attacco_hacker|data_breach|furto_di_dati|ransomware|cyberattacco / Attacco \
hacker al gruppo / Attacco
= recall G2 / a product comes back
richiama|richiamo|ritira ~5 vetture|auto|veicoli|lotti|prodotti|mercato|prodotto / Il gruppo richiama le \
auto / Il gruppo
= impairment G2 / assets are worth less than the accounts said
svalutazion*|svaluta|rettifiche|oneri_straordinari / Svalutazione per il gruppo / Valuta
= results G2 / accounts of a period
{voce} ~5 cresce|crescono|cala|calano|sale|salgono|scende|scendono|aumento|netto|rialzo|ribasso|balzo|\
crollo|record|milioni|miliardi|raddoppia|crolla|balza|calo|crescita|oltre|sopra|sotto|a|del / Utile netto \
in crescita / Utile
trimestrale|semestrale|conti|bilancio|risultati|trimestre|semestre -- pubblici|stato|regione|dello_stato / \
Trimestrale sopra le attese / Treno
chiude|archivia|registra|torna|batte ~5 {voce}|attese|esercizio|trimestre|rosso / Il gruppo torna in utile \
/ Il gruppo torna
= guidance raised G2 / what the company expects has become more
alza|migliora|rialza|aumenta|rivede ~5 {guida} -- prezzo / Il gruppo alza le stime / Il gruppo alza
= guidance G2 / what the company expects
conferma|stima|prevede|punta|vede ~5 {guida}|crescita|{voce}|# / Il gruppo conferma la guidance / Il \
gruppo conferma
piano_industriale|piano_strategico / Nuovo piano industriale del gruppo / Piano
= dividend G2 / cash to the holders
dividendo|dividendi|cedola|acconto / Dividendo in aumento / Divide
= buyback G2 / cash to the holders
buyback|riacquisto|azioni_proprie / Buyback del gruppo / Azioni
= litigation G2 / a court decides
tribunale|causa|processo|condanna*|giudice|ricorso|sentenza|class_action|tar|cassazione|risarcimento|\
patteggia* / Condanna per il gruppo / Gruppo
= regulator acts G2 / a regulator acts
multa|sanzion*|antitrust|consob|inchiesta|indagine|agcm|garante|bce|golden_power|ivass|dazi|istruttoria|\
procura / Multa al gruppo / Gruppo
via_libera|autorizza*|approva*|ok|aifa|nulla_osta|disco_verde / Via libera al farmaco / Farmaco
= restructuring G2 / costs and people
esuber*|licenziament*|taglio|taglia|tagli|cassa_integrazione|ristruttura*|chiude|chiusura|sciopero|\
scioperi|prepensionament*|uscite_volontarie ~6 / Esuberi nel gruppo / Gruppo
= contract won G2 / business won
vince|aggiudica|ottiene|firma|sigla|conquista|incassa|si_aggiudica|ordine|ordini|commessa|commesse|\
contratto|contratti|appalto / Il gruppo firma un contratto / Gruppo
accordo|partnership|alleanza|collaborazione|intesa con|per|tra|fra|su|da / Accordo con il porto / Accordo
= contract lost G2 / business lost
perde|annulla|disdetta ~4 contratto|commessa|ordine / Il gruppo perde una commessa / Il gruppo
= capital raised G2 / money raised
aumento_di_capitale|bond|obbligazion*|prestito|collocamento|convertibile|finanziamento / Aumento di \
capitale del gruppo / Capitale
= debt G2 / the price of money
fitch|moody|s_&_p|dbrs|rating|debito / Fitch taglia il rating del gruppo / Gruppo
= accident G2 / work stands still or people are hurt
esplosione|incendio|incidente|guasto|disservizi|blackout|morti|deraglia*|incidenti / Esplosione nello \
stabilimento / Stabilimento
ferma|sospende|blocca|interrompe|riprende ~4 produzione|attivita|voli|consegne|vendite / Il gruppo ferma \
la produzione / Il gruppo
= large holding G2 / who holds the company
azionista|azionisti|soci|patto|capitale|attivista|fondo / Un fondo sale nel capitale / Fondale
= officer changes G2 / people at the top
presidente|cda|consiglio|vertici|nomine|consigliere|consigliera|direttore|direttrice / Nuovo presidente \
del gruppo / Gruppo
= agreement G2 / money put to work
investe|investimento|investimenti|investira ~6 milioni|miliardi|euro|mln|mld / Il gruppo investe 2 \
miliardi / Il gruppo
= product G1 / the business goes on
lancia|presenta|apre|inaugura|svela|avvia / Il gruppo presenta un modello / Gruppo
= price G1 / a price is no fact about the business
titolo|azioni|azione|borsa / Il titolo sale / Gruppo
"""

SOURCING: Final = """
= rumour, Italian / a rumour has no author
indiscrezion*|rumors|rumor|voci|speculazion*|sarebbe|sarebbero|avrebbe|avrebbero|starebbe|starebbero|\
potrebbe|potrebbero|vorrebbe|punterebbe|valuterebbe|penserebbe / Indiscrezioni sulla vendita / Vendita
secondo|per ~1 fonti|fonte|indiscrezioni|stampa|quotidiano|bloomberg|reuters|ft|media|agenzie|rumors / \
Vendita vicina, secondo fonti / Secondo posto
fonti|fonte|stampa :|vicine|. / Il gruppo tratta - fonti / Fontana
valuta|valutano|studia|esamina|pensa|considera|ipotizza|sonda|riflette|medita|allo_studio|ipotesi ~6 \
vendita|cessione|offerta|acquisizione|fusione|opa|quotazione|opzioni|ipo|scorporo|aggregazione|nozze|\
operazione|mossa|acquisto|l_acquisto|ingresso / Il gruppo valuta la vendita / La valuta
in|nelle trattative|trattativa|colloqui|contatti -- sindacat* / Il gruppo in trattative con il fondo / \
Trattato
interessat*|nel_mirino|vicino_a|vicina_a|corteggia|dossier|tentazione -- tasso ~6 accordo|vendita|fusione|\
acquisto|di / Il gruppo nel mirino di un fondo / Gruppo
"""

OPINION: Final = """
@casa goldman jpmorgan barclays ubs berenberg jefferies mediobanca equita intermonte kepler banca_akros \
akros citigroup citi
@casa morgan_stanley deutsche_bank bofa hsbc intesa banca_imi websim analisti analista broker bernstein \
goldman_sachs exane

= rating, Italian / a rating is an opinion in any language
target_price|prezzo_obiettivo|tp|giudizio|raccomandazione|rating_buy / Target price alzato / Prezzo del pane
{casa} ~4 alza|taglia|promuove|boccia|conferma|giudizio|vede|vedono|consiglia|riduce|migliora|abbassa|\
avvia|ottimist*|cauti|positivi|inizia|rivede / Equita promuove il gruppo / Equita
promosso|promossa|bocciato|bocciata da|a -- esame|pieni_voti / Titolo promosso da Equita / Titolo
a|da|su|:|rating|giudizio buy|sell|hold|neutral|outperform|underperform|overweight|underweight|accumulate|\
equalweight|upgrade|downgrade / Giudizio buy sul titolo / Giudizio
analisti|broker|esperti|{casa} :|. / Il gruppo piace agli analisti / Il gruppo
= advice, Italian / advice, not an event
: ecco|perche|cosa|come|cosa_fare|le_ipotesi|gli_analisti|il_punto / Gruppo: ecco perché sale / Gruppo
ecco perche|cosa|come|quanto|i|le / Ecco perché il titolo sale / Ecco
ipotesi su|sul|sulla|di|per / Le ipotesi sul futuro / Ipotesi
? / Conviene comprare? / Conviene
^ perche|come|cosa|quanto|quando|quali|chi|ecco|conviene|tre|cinque|i_#|le_#|# / Perché il titolo scende / \
Il titolo scende
azioni|titoli|titolo|azione ~4 da_comprare|comprare|vendere|da_tenere|conviene|sottovalut*|da_seguire|\
interessanti|opportunita|analisi|previsioni|supporto|resistenza|rimbalzo|sotto_la_lente|sotto_i_riflettori|\
preferit* / Azioni da comprare / Azioni
analisi_tecnica|da_comprare|sottovalutat*|sopravvalutat*|trading|piace_agli|quotazioni_a_sconto|livelli_da|\
segnali_operativi|valutazione|potenziale_di|cosa_aspettarsi|sotto_la_lente|opinione|commento|editoriale|\
intervista|l_intervista|il_commento|podcast / Analisi tecnica del gruppo / Tecnica
ftse_mib|borsa_milano|piazza_affari|borse|wall_street|borsa_italiana ~4 {fine} / Piazza Affari chiude in \
rialzo / Piazza
@fine chiude apre sale scende rialzo ribasso positiva negativa debole in_rosso in_verde sopra sotto cauta \
brilla brillano vola giu su avvio
attesa|attese|vigilia|prima|aspettando|in_attesa ~2 conti|trimestrale|risultati|dei_conti|bilancio -- \
sopra|sotto|batte|oltre|meglio / In attesa dei conti / In attesa
settimana|agenda|i_titoli_da|titoli_caldi|titoli_sotto|mercati|market_mover / I titoli da tenere d'occhio \
/ Gruppo
"""
