"""French phrases of events, rumour and opinion."""

from typing import Final

EVENTS: Final = """
@chef pdg directeur_general directrice_generale directeur_financier directrice_financiere dg patron \
patronne ceo cfo
@part filiale usine activite activites actif actifs division branche site magasins immeuble tour hotel \
participation
@hausse hausse baisse recul chute bond progression progresse progressent recule reculent bondit chute \
augmente augmentent
@hausse diminue grimpe grimpent double triple flechit s_envole explose s_effondre baisse en_baisse \
en_hausse plonge ralentit

= insolvency G3 / the equity is impaired
liquide|liquidee -- actif*|stock* / L'enseigne liquidée / L'or coule
redressement|liquidation judiciaire / Le groupe placé en redressement judiciaire / Redressement de \
l'économie
depose|depot|depots ~2 bilan / Le groupe dépose le bilan / Le groupe dépose une plainte
cessation_de_paiement*|procedure_de_sauvegarde|sauvegarde_acceleree|faillite|mise_en_faillite / Le groupe \
en faillite / Le groupe en fête
defaut ~1 paiement / Le promoteur en défaut de paiement / Défaut de fabrication
= restatement G3 / accounts are unreliable
irregularites comptables / Irrégularités comptables chez le groupe / Irrégularités sur le chantier
retraite|retraitement|corrige ~3 comptes / Le groupe corrige ses comptes / Le groupe corrige ses fautes
fraude comptable / Fraude comptable au groupe / Fraude au chômage
= litigation G3 / a state goes after the company
mis|mise en_examen / Le groupe mis en examen / Le groupe mis en vente
plaide|plaider coupable / Le groupe plaide coupable / Le groupe plaide
enquete|poursuites|proces penale|penales|penal / Le groupe visé par une enquête pénale / Enquête publique
perquisition* / Perquisitions au siège du groupe / Inquisition
= guidance withdrawn G3 / the company takes back what it had promised
suspend|retire|renonce|abandonne ~4 objectif|objectifs|previsions|prevision / Le groupe suspend ses \
objectifs / Le groupe suspend un vol
= guidance lowered G3 / the company takes back what it had promised
revoit|revise|ajuste ~3 en_baisse|baisse ~3 previsions|objectifs|prevision|objectif|perspectives|ambitions \
/ Le groupe revoit en baisse ses prévisions / Le groupe revoit
abaisse|abaissent|reduit|rabote|ampute|coupe|revise|revoit|degrade|ajuste ~4 objectif|objectifs|previsions|\
prevision|perspectives|guidance|ambitions -- hausse|relev*|cours|analyste|pib|economique|fmi / Le groupe \
abaisse ses objectifs / Le groupe relève ses prix
revoit|revise|revus|revue ~6 a_la_baisse -- pib|fmi / Le groupe revoit à la baisse sa marge / Le groupe \
revoit
avertissement|alerte|avertit ~2 resultats|resultat|benefices|benefice|ventes|marge|profit / Avertissement \
sur résultats / Alerte aux orages
profit_warning / Profit warning du groupe / Profit du groupe
objectif|objectifs|previsions ~3 abaisse*|revu*_a_la_baisse|hors_d_atteinte / Objectifs annuels abaissés / \
Objectif atteint
= chief leaves G3 / the people who set the course change
demission*|debarqu*|evinc*|limoge* -- ministre|maire|depute|ministere|entraineur|premier_ministre|\
gouvernement|syndicat|administrateur|elu|elue / Carlos Tavares démissionne / Le ministre démissionne
quitte|quittera ~2 fonctions|poste|groupe|direction -- ministre|maire|entraineur|joueur / Roux quitte ses \
fonctions / Roux quitte la ville
{chef}|patron|fondateur ~4 decede|meurt|mort|disparition -- ancien|ex / Le patron Milleri décède / Le \
patron parle
cede|passe|transmet ~2 renes|flambeau|main|commandes / Le patron cède les rênes à Roux / Le patron cède
remplace|remplacee|remplacera ~8 direction_generale|tete|poste|{chef} -- filiale / Roux remplacée par \
Blanc à la direction générale / Roux remplacée
changement|valse ~2 {chef}|direction_generale|gouvernance|tete / Changement à la tête du groupe / Changement
{chef} ~5 demissionne|demission|quitte|quittera|quitter|partir|va_quitter|limoge|evince|ecarte|remercie|\
debarque|partira|depart|pousse_vers_la_sortie|remplace|cede_sa_place|tire_sa_reverence -- ancien|ex|\
filiale / Le PDG démissionne / Le PDG visite
demission|depart|eviction|limogeage|limoge|evince|ecarte|debarque|remplace ~4 {chef} -- ancien|ex|filiale \
/ Départ du directeur général / Départ du train
quitte|quittera|cede|abandonne ~5 direction_generale|presidence|tete|poste_de_pdg / Roux quitte la \
direction générale / Roux quitte la ville
= chief comes G3 / the people who set the course change
nomme|nomment|designe|choisit|recrute ~6 {chef} -- filiale|division|france / Le groupe nomme un nouveau \
directeur général / Le groupe nomme un navire
nouveau|nouvelle|futur|future|prochain {chef} -- filiale|doit|face / Le nouveau patron du groupe / Nouveau \
quartier
{chef} ~3 nomme|nommee|designe / Roux, directeur général nommé / Directeur général
nomme|nommee|promu|promue|prend|prendra ~4 {chef}|tete|direction_generale|renes -- filiale|division / Roux \
prend la tête du groupe / Roux prend la mer
succede|succedera|succeder ~5 a_la_tete|comme|au_poste|{chef} / Roux succédera à Blanc à la tête / Roux \
succède
= deal called off G3 / who owns what will not change after all
fusion|rachat|opa|offre|acquisition|mariage|rapprochement ~5 abandonne*|annule*|avorte*|bloque*|enterre*|\
echoue|suspendu*|retiree / La fusion des deux groupes abandonnée / La fusion
renonce|abandonne|retire|enterre ~4 racheter|acquerir|fusionner|rachat|fusion|offre|acquisition|opa|\
rapprochement|cession / Le groupe renonce à la fusion / Le groupe renonce
echec|fin|rupture ~4 fusion|rachat|opa|negociations_exclusives|rapprochement / Échec de la fusion / Échec \
scolaire
= bid received G3 / who owns the company may change
sortir|retirer ~5 bourse|cote / Une offre pour sortir l'action de la Bourse / Sortir du parc
opa|ope|offre_publique / Le rival lance une OPA sur le groupe / Offre d'emploi
offre ~1 rachat|achat|hostile|non_sollicitee|de_reprise / Offre de rachat du groupe / Offre du jour
rejette|repousse|refuse|accepte ~3 offre|proposition -- emploi|salar*|syndicat* / Le conseil rejette \
l'offre / Le conseil rejette
rachete|racheté|rachetee|reprise|repris par -- action*|{part} / Le groupe racheté par son rival / Racheté
= deal agreed G3 / who owns what changes
fusionne|fusionnent|fusionner|fusion ~2 avec|entre|de|des -- commune*|region*|projet|envisage* / Le groupe \
fusionne avec son rival / Métal en fusion
sort|sortie|retrait|retire|quitte ~2 de|la cote|bourse / Le groupe sort de la cote / Le groupe sort
= deal agreed G2 / a part of a business changes hands
rachete|rachetent|acquiert|acquisition|s_offre|met_la_main_sur|reprend|rachat|s_empare -- ses|action*|\
titre* / Le groupe rachète une société / Le groupe rachète ses actions
va|veut|vend|cede|cedent|cession|vendre|ceder|se_separe ~5 {part}|marque|pour|de / Le groupe cède sa \
filiale / Le groupe va
coentreprise|co_entreprise|scission|introduction_en_bourse|prise_de_participation|entre_au_capital|\
monte_au_capital / Scission du groupe / Groupe
= dividend cut G3 / the board no longer trusts its cash
reduit|suspend|supprime|coupe|divise|annule|renonce ~3 dividende / Le groupe supprime son dividende / Le \
groupe verse
= product failed G3 / a product that the price had counted on is gone
ema|fda|agence|has ~2 rejette|refuse|recale / L'EMA rejette le vaccin / L'EMA étudie
echec ~4 essai|phase|etude|medicament|traitement / Échec d'un essai de phase 3 / Échec
essai|etude|medicament|traitement ~4 echoue|echec|rate|decoit|interrompu|arrete / Le médicament échoue en \
phase 3 / Le médicament
= change of control G3 / who decides changes
nationalis*|sauvetage|plan_de_sauvetage|mise_sous_tutelle / L'État va nationaliser le groupe / Sauveteur
= cyber incident G2 / systems or data are lost
cyberattaque*|piratage|pirates_informatiques|rancongiciel|fuite_de_donnees|vol_de_donnees / Cyberattaque \
contre le groupe / Attaque
= recall G2 / a product comes back
rappelle|rappel|rappelle ~4 vehicules|voitures|produits|lots|modeles|produit / Le groupe rappelle un \
million de véhicules / Le groupe rappelle
= impairment G2 / assets are worth less than the accounts said
depreciation*|deprecie|charge_exceptionnelle|provision* / Le groupe inscrit une dépréciation / Groupe
= results G2 / accounts of a period
resultat|resultats annuel*|semestriel*|trimestriel*|net|nets|du|operationnel|record -- match|election|\
sportif / Résultats semestriels du groupe / Résultat du match
benefice|benefices|profit|profits|chiffre_d_affaires|ventes|ca|marge|ebitda|recettes|pertes|perte|\
resultat_net ~4 {hausse}|record|atteint|trimestre|semestre|annuel*|nette|meilleur* / Bénéfice net en \
hausse / Vente de vin
publie|annonce|affiche|enregistre|degage|accuse|realise ~5 benefice|chiffre|resultat|resultats|perte|\
pertes|ventes|croissance|trimestre / Le groupe publie une perte / Le groupe publie un livre
= guidance raised G2 / what the company expects has become more
releve|relevent|rehausse|augmente ~4 objectif|objectifs|previsions|perspectives|ambitions|prevision -- \
cours / Le groupe relève ses objectifs / Le groupe relève
= guidance G2 / what the company expects
confirme|maintient|vise|prevoit|table_sur|s_attend ~6 objectif*|previsions|perspectives|croissance|marge|\
resultat|ventes / Le groupe confirme ses objectifs / Le groupe confirme
= dividend G2 / cash to the holders
dividende / Le groupe relève son dividende / Groupe
= buyback G2 / cash to the holders
rachat|rachete|racheter ~4 actions|titres / Le groupe lance un rachat d'actions / Rachat
= litigation G2 / a court decides
proces|tribunal|justice|juge|condamne|condamnee|cour_d_appel|assigne|porte_plainte|plainte|poursuivi|\
jugement|amiable|action_collective / Le groupe condamné en appel / Groupe
= regulator acts G2 / a regulator acts
amende|sanction*|autorite_de_la_concurrence|enquete|antitrust|bruxelles|amf|cnil|redressement_fiscal|\
inflige|regulateur / Amende pour le groupe / Groupe
feu_vert|autorisation|approuve|approuvee|autorise|homologation / Feu vert de l'agence au vaccin / Feu rouge
= restructuring G2 / costs and people
supprime*|suppression*|licencie*|reduit ~4 postes|emplois|effectifs|salaries / Le groupe supprime 500 \
postes / Le groupe supprime
plan_social|pse|licenciement*|restructuration|chomage_partiel|departs_volontaires|reorganis*|greve|\
debrayage / Plan social au groupe / Plan
ferme|fermer|fermera|fermeture|fermera ~3 usine|usines|site|sites|magasins|agences / Le groupe ferme une \
usine / Le groupe ferme
= contract lost G2 / business lost
perd|annule|resilie|resiliation ~4 contrat|commande|marche|client / Le groupe perd un contrat / Le groupe \
perd
= contract won G2 / business won
remporte|decroche|signe|obtient|gagne|empoche ~6 contrat|commande|commandes|accord|marche / Le groupe \
remporte un contrat / Le groupe signe
contrat|commande|accord|partenariat avec|de|pour|a|geant|entre / Accord avec le port / Accord
s_allie|partenariat|s_associe|s_associent|alliance / Le groupe s'allie à son rival / Groupe
= capital raised G2 / money raised
augmentation_de_capital|emission_d_obligations|emission_obligataire|placement_prive / Augmentation de \
capital du groupe / Groupe
leve|levee ~3 millions|milliards|fonds / Le groupe lève 200 millions / Le groupe lève
= debt G2 / the price of money
fitch|moody|s_&_p|notation ~4 abaisse|degrade|releve|note / Moody's dégrade la note du groupe / Moody's
refinancement|dette|endettement / Refinancement du groupe / Groupe
= accident G2 / work stands still or people are hurt
explosion|incendie|accident|panne|fuite|crash|deraillement / Explosion à l'usine / Usine
arrete|suspend|interrompt|reprend|stoppe ~4 production|activite|vols|livraisons|ventes / Le groupe suspend \
sa production / Le groupe
= large holding G2 / who holds the company
activiste|premier_actionnaire|actionnaires|participation|capital / Un activiste au capital / Acteur
= officer changes G2 / people at the top
nomme*|president|presidente|administrateur|conseil_d_administration|directeur|directrice / Le groupe nomme \
une directrice / Groupe
= agreement G2 / money put to work
investit|investir|investissement|investira ~6 millions|milliards|euros|dollars / Le groupe investit 2 \
milliards / Le groupe investit
= product G1 / the business goes on
lance|devoile|presente|ouvre|inaugure|demarre / Le groupe lance un modèle / Groupe
"""

SOURCING: Final = """
= rumour, French / a rumour has no author
rumeur*|speculation*|bruits_de_couloir|bruits_de_marche|on_dit / Rumeurs de rachat du groupe / Humeurs
selon|d_apres ~2 source|sources|presse|informations|proche|proches|bloomberg|reuters|medias|media|journal|\
wsj|ft|echos / Cession en vue, selon des sources / Selon le groupe
sources|source proche*|concordante*|:|. / Le groupe vendrait, sources proches / Sources d'eau
envisage|envisagent|etudie|etudient|reflechit|songe|explore|examine|sonde|plancherait ~5 vente|cession|\
offre|rachat|fusion|opa|introduction|scission|acquisition|rapprochement|option|options|suppression / Le \
groupe étudie une cession / Le groupe étudie la biologie
en|des|de discussion|discussions|pourparlers|negociation|negociations -- salaire*|salaria*|syndica*|\
entre_en|paix|fin|exclusives / Le groupe en discussions avec son rival / Discours
serait|seraient|pourrait|pourraient|aurait|auraient|envisagerait|preparerait|vendrait|supprimerait|\
viserait|etudierait|chercherait|negocierait / Le groupe serait à vendre / Le groupe est
interesse|pressenti|convoite|sur_le_point|proche_d_un_accord -- benefice / Le rival intéressé par le \
groupe / Groupe
"""

OPINION: Final = """
@note analyste* broker courtier barclays ubs citi citigroup jpmorgan goldman berenberg jefferies oddo \
kepler stifel bernstein
@note morgan_stanley bofa deutsche_bank societe_generale exane rbc hsbc alphavalue tp_icap portzamparc \
invest_securities

= rating, French / a rating is an opinion in any language
objectif de_cours|# -- mobilite / Objectif de cours relevé à 50 / Objectif du groupe
releve|abaisse|reduit|degrade|remonte|ajuste|maintient|confirme ~3 recommandation|conseil|opinion|note|\
cible|objectif_de_cours -- moody|fitch / Le courtier relève sa recommandation / Le groupe relève
a|passe|conseil|acheter|de|,|: ~1 achat|acheter|vendre|neutre|conserver|surponderer|sous_ponderer|\
surperformance|surperformer|alleger|accumuler . / Le courtier passe à neutre / A Paris
{note} ~3 releve|abaisse|degrade|vise|voit|reste|optimiste|optimistes|prudents|prudent|rassure|sceptique|\
favorable|recommande|passe|reprend|confirme|maintient|juge|entame|initie / Oddo dégrade le groupe / Oddo \
vend
a_l_achat|a_la_vente|avis_d_analyste*|avis_des_analystes|degradation|suivi_de|sous_performance|surponderer|\
selon_les_analystes|consensus / Passe à l'achat / Achat
= advice, French / advice, not an event
: pourquoi|comment|ce_que|ce_qu|que_faire|quel|quelle|voici|l_avis|les_analystes|le_point / Groupe : \
pourquoi l'action baisse / Groupe
voici pourquoi|comment|ce_que / Voici pourquoi le titre baisse / Voici
faut_il|doit_on|peut_on|que_faire|comment|pourquoi|est_ce|qui|quel|quelle|quelles|quels ~8 ? / Faut-il \
vendre le groupe ? / Il faut
? / Le groupe est-il cher ? / Le groupe
^ pourquoi|comment|ce_que|ce_qu|faut_il|que_penser|quelles|quels|cinq|trois|les_#|# / Pourquoi le groupe \
recule / Le groupe
conseil|conseils|idee|idees bourse|d_achat|de_placement|boursier* / Conseil bourse: le groupe / Conseil
valorisation|potentiel_de_hausse|sous_evalue|surevalue|opportunite|a_acheter|a_suivre|a_surveiller|pepite|\
analyse_technique|plan_de_trading|point_bas|support|coup_de_coeur|valeurs|valeur_du_jour / La valorisation \
du groupe / Groupe
edito|editorial|tribune|chronique|opinion|analyse|decryptage|entretien|interview|podcast|\
chronique_boursiere : / Édito: le groupe / Groupe
cac_40|stoxx|wall_street|bourse_de_paris|marches ~3 {fin} / Le CAC 40 finit en hausse / Bourse
@fin finit termine ouvre cloture recule progresse hausse baisse grimpe dans_le_rouge dans_le_vert attendu \
attendue hesite rebondit
mi_seance|avant_bourse|agenda_de|seance_du|ce_qu_il_faut_savoir|a_la_une|point_marches / Avant-Bourse: le \
groupe / Groupe
avant|attente ~2 resultats|publication / Le titre avant ses résultats / Avant
"""
