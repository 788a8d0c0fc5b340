"""Spanish phrases of events, rumour and opinion."""

from typing import Final

EVENTS: Final = """
@jefe consejero_delegado consejera_delegada ceo director_general director_financiero directora_financiera \
primer_ejecutivo
@jefe presidente_ejecutivo directora_general cfo director_ejecutivo
@parte filial division negocio activos participacion planta unidad marca fabrica edificio paquete sede
@meta previsiones previsi* objetivos objetivo guia estimaciones perspectivas
@cifra beneficio beneficios ingresos ventas ebitda ganancias ganancia facturacion perdidas perdida margen \
utilidad utilidades
@sube sube suben baja bajan crece crecen cae caen aumenta aumentan dispara disparan duplica triplica \
record desploma gana pierde
@sube reduce mejora alcanza multiplica hasta un mas menos millones supera retrocede se_hunde cayo crecio \
subio

= insolvency G3 / the equity is impaired
concurso_de_acreedores|suspende_pagos|en_concurso|preconcurso|quiebra|bancarrota|insolvencia|\
suspension_de_pagos|capitulo_11|ley_de_quiebras|impago / El grupo entra en concurso de acreedores / El \
grupo entra
= restatement G3 / accounts are unreliable
reformula|irregularidades|fraude|agujero ~2 cuentas|contables|contable|contabilidad / Irregularidades \
contables en el grupo / Irregularidades
= litigation G3 / a state goes after the company
imputa|imputado|imputada|imputados|procesa|procesado|detenido|detencion|registro_de_la_sede|querella|\
blanqueo|corrupcion|fraude / El juez imputa al grupo / El juez
= guidance lowered G3 / the company takes back what it had promised
rebaja|recorta|reduce|retira|revisa_a_la_baja|suspende|empeora|abandona ~5 {meta} -- precio|fmi|pib|\
analistas|emisiones / El grupo recorta sus previsiones / El grupo recorta precios
profit_warning|advertencia_de_beneficios|aviso_sobre_resultados|alerta_de_resultados / El grupo lanza un \
profit warning / El grupo
advierte|avisa|alerta ~5 {cifra}|resultados / El grupo advierte de menores beneficios / El grupo advierte
= chief leaves G3 / the people who set the course change
deja|dejara|abandona|abandonara ~3 cargo|puesto|funciones|presidencia|mando -- ministro|alcalde / Ruiz \
dejará el cargo de consejero delegado / Ruiz deja la ciudad
dimite|dimision|destituido|cesado|destituyen -- ministro|ministra|alcalde|alcaldesa|gobierno|entrenador|\
diputado|concejal|presidente_del_gobierno / Dimite Ruiz / Dimite el ministro
releva|destituye|cesa|relevo|sustituye ~4 presidente|presidenta|cupula|{jefe} -- gobierno|ministro / El \
grupo releva a su presidente / El grupo nombra presidente
releva|destituye ~4 y nombra / El grupo releva a Ruiz y nombra a Gil / El grupo nombra a Gil
{jefe} ~6 dimite|dimision|deja|dejara|cesa|cese|destituye|destituido|abandona|renuncia|salida|sale|se_va|\
se_marcha|despedido|relevado -- ex|exconsejero / El consejero delegado dimite / El consejero delegado visita
dimite|dimision|cese|salida|destituye|releva|renuncia|despide|marcha|relevo|cesa|sustituye ~5 {jefe} -- ex \
/ El grupo destituye a su consejero delegado / El grupo
= chief comes G3 / the people who set the course change
nombra|nombrado|nombrada|nuevo|nueva|ficha|elige|designa|proximo|propone|asume ~6 {jefe} -- filial / El \
grupo nombra consejero delegado / El grupo nombra
{jefe} ~2 nombrado|sustituira|sucedera|sucede / Ruiz, consejero delegado, sucederá a Gil / Ruiz
= deal called off G3 / who owns what will not change after all
rompe|rompen|retira|renuncia|fracasa|cancela|desiste|frustra|bloquea|veta ~5 fusion|oferta|opa|compra|\
comprar|venta|negociaciones|acuerdo -- {parte} / El grupo renuncia a la fusión / El grupo
fracasa|fracaso ~2 opa|fusion / Fracasa la OPA / Fracaso
= bid received G3 / who owns the company may change
opa|oferta_publica|oferta_de_compra|ofertas_de_compra|oferta_hostil|opa_hostil|oferta_de_adquisicion / El \
rival lanza una OPA sobre el grupo / Oferta del día
rechaza|acepta ~4 oferta|opa|propuesta -- empleo|sindicat* / El consejo rechaza la oferta / El consejo
= deal agreed G3 / who owns what changes
fusion|fusiona|fusionan|fusionarse|fusionara ~3 con|entre|de|. -- nuclear|estudia|posible|pide / El grupo \
se fusiona con su rival / Posible fusión
comprado|comprada|adquirido|adquirida|absorbido por -- {parte} / El grupo es comprado por su rival / \
Comprado
exclusion_de_bolsa|exclusion_de_cotizacion|exclusion_bursatil|opa_de_exclusion|deja_de_cotizar / Exclusión \
de Bolsa del grupo / Bolsa
= deal agreed G2 / a part of a business changes hands
compra|adquiere|adquirir|compran|comprara|adquisicion|se_hace_con|absorbe -- acciones_propias|\
compra_de_acciones|recompra / El grupo compra una empresa / El grupo
vende|venta|desinvier*|vendera|escision|salida_a_bolsa|participacion|entra_en_el_capital|joint_venture|\
empresa_conjunta|traspasa -- ventas|venta_de_coches|venta_minorista / El grupo vende una filial / El grupo
= dividend cut G3 / the board no longer trusts its cash
recorta|suspende|elimina|reduce|cancela|rebaja ~3 dividendo / El grupo suspende el dividendo / El grupo
= product failed G3 / a product that the price had counted on is gone
fracasa|fracaso|suspende|decepciona|falla ~5 ensayo|farmaco|estudio|medicamento|fase / Fracasa el ensayo \
del fármaco / Fracaso
ensayo|farmaco|estudio|medicamento ~4 fracasa|falla|decepciona|no_cumple|no_logra / El fármaco fracasa / \
El fármaco
= change of control G3 / who decides changes
nacionaliza*|expropia*|rescate|toman_el_control|toma_el_control|intervenid*|intervencion_del|intervenida / \
El Estado nacionaliza el grupo / Nación
= cyber incident G2 / systems or data are lost
ciberataque*|hackers|hackeo|ataque_informatico|robo_de_datos|ransomware|pirateria / Ciberataque al grupo / \
Ataque
= recall G2 / a product comes back
retira|llama_a_revision|retirada|revision ~5 vehiculos|coches|mercado|lotes|producto|productos|unidades / \
El grupo llama a revisión coches / El grupo
= impairment G2 / assets are worth less than the accounts said
deterioro*|saneamiento*|provisiona|provision|amortizacion|ajuste_contable|minusvalia* / El grupo anota \
deterioros / Grupo
= results G2 / accounts of a period
{cifra} ~5 {sube}|# / El beneficio sube / El beneficio
gana|pierde|ingresa|factura|vende|obtiene|registra|logra|reduce|dispara|eleva|multiplica|aumenta|duplica|\
presenta|publica|cierra ~5 millones|{cifra}|resultados|trimestre|semestre|ejercicio|euros|% -- loteria|\
liga|partido / El grupo gana 300 millones / El grupo gana
resultados|cuentas ~4 trimestre|semestre|anuales|trimestrales|semestrales|record|hasta|de|ejercicio -- \
elecci*|encuesta / Resultados del trimestre / Resultados
= guidance raised G2 / what the company expects has become more
eleva|mejora|sube|aumenta|revisa_al_alza ~5 {meta} -- precio / El grupo eleva sus previsiones / El grupo \
eleva
= guidance G2 / what the company expects
confirma|mantiene|preve|espera|ratifica|reitera ~6 {meta}|{cifra}|crecer|crecimiento / El grupo confirma \
sus objetivos / El grupo confirma
plan_estrategico / El grupo presenta su plan estratégico / Plan
= dividend G2 / cash to the holders
dividendo|dividendos|scrip / El grupo eleva el dividendo / Grupo
= buyback G2 / cash to the holders
recompra|autocartera|compra_de_acciones_propias|amortizar_acciones / El grupo inicia una recompra / Grupo
= litigation G2 / a court decides
tribunal|demanda|demandan|juez|juicio|condena*|sentencia|supremo|recurso|audiencia_nacional|indemniza*|\
tjue|arbitraje|laudo / El Supremo condena al grupo / Grupo
= regulator acts G2 / a regulator acts
multa*|sancion*|cnmc|cnmv|competencia|investiga*|bruselas|antimonopolio|expedient*|hacienda|aranceles|\
regulador|banco_de_espana / Competencia multa al grupo / Grupo
luz_verde|autoriza*|aprueba*|aprobacion|visto_bueno / Luz verde a la vacuna / Vacuna
= restructuring G2 / costs and people
ere|erte|despidos|despide|despedira|recorte|bajas_incentivadas|prejubilaciones|reestructura*|\
ajuste_de_plantilla|huelga|paros|suprimira|plantilla / El grupo plantea un ERE / Grupo
cierra|cierre|cerrara|clausura ~4 planta|fabrica|oficinas|tiendas|factoria|centro / El grupo cierra una \
planta / El grupo
= contract won G2 / business won
contrato|contratos|adjudica*|pedido|pedidos|concesion|licitacion|encargo / El grupo logra un contrato / \
Grupo
acuerdo|alianza|pacto|acuerdan|se_alia|colaboracion|firma|firman|socio ~3 con|para|entre|de|un / Acuerdo \
con el puerto / Acuerdo
= contract lost G2 / business lost
pierde|cancela|rescinde ~4 contrato|pedido|concesion / El grupo pierde un contrato / El grupo
= capital raised G2 / money raised
ampliacion_de_capital|emite|emision|bonos|convertibles|coloca|levanta|financiacion|ronda|capta / \
Ampliación de capital del grupo / Capital
= debt G2 / the price of money
fitch|moody|s_&_p|rating|refinancia*|deuda|credito / Moody's rebaja el rating del grupo / Grupo
= accident G2 / work stands still or people are hurt
explosion|incendio|accidente|averia|apagon|vertido|muertos|fallecidos|descarrila* / Explosión en la planta \
/ Planta
para|suspende|paraliza|detiene|reanuda ~4 produccion|actividad|vuelos|entregas|ventas|obras / El grupo \
suspende la producción / El grupo
= large holding G2 / who holds the company
accionista|accionistas|capital|fondo|activista|junta / Un fondo entra en el accionariado del capital / Grupo
= officer changes G2 / people at the top
presidente|presidenta|consejo|consejero|consejera|director|directora|cupula|ficha|nombra / El grupo nombra \
presidenta / Grupo
= agreement G2 / money put to work
invierte|inversion|invertira|invertir|inversiones|destina ~6 millones|euros|dolares / El grupo invertirá \
200 millones / El grupo
= product G1 / the business goes on
lanza|presenta|abre|inaugura|estrena|prueba / El grupo presenta un modelo / Grupo
= price G1 / a price is no fact about the business
accion|acciones|bolsa|cotizacion|titulos / La acción sube / Grupo
"""

SOURCING: Final = """
= rumour, Spanish / a rumour has no author
rumor*|especula*|filtracion|presunt*|supuest*|al_parecer / Rumores de venta del grupo / Humor
segun ~2 fuentes|fuente|prensa|medios|bloomberg|reuters|ft|expansion|diario|informa|informacion / Venta \
cercana, según fuentes / Según él
fuentes|fuente :|cercanas|del_mercado|financieras|. / El grupo negocia - fuentes / Fuentes del parque
estudia|estudian|sopesa|baraja|valora|contempla|explora|plantea|analiza|considera|medita|tantea ~6 venta|\
vender|oferta|compra|comprar|fusion|opa|salida|escision|opciones|adquisicion|entrada|entrar|desinversion / \
El grupo estudia la venta / El grupo estudia
en|mantiene|abre|negocia|negocian ~2 conversaciones|contactos|negociaciones|venta|compra|entrada|fusion|\
adquisicion -- sindicatos|convenio|rompe / El grupo en conversaciones con un fondo / Negocio
podria|podrian|habria|habrian|estaria|estarian|planearia|tendria|buscaria / El grupo podría vender su \
filial / Podrido
interesad*|ultima|ultiman|a_punto_de|cerca_de|prepara|busca_comprador|se_acerca ~5 compra|venta|acuerdo|\
oferta|opa|fusion|vender|comprar|en|cerrar / El grupo ultima la venta / El grupo
"""

OPINION: Final = """
@casa goldman jpmorgan jp_morgan barclays ubs berenberg jefferies bankinter renta_4 kepler citi citigroup \
morgan_stanley
@casa deutsche_bank bofa hsbc bernstein analistas analista expertos experto exane alantra sabadell \
caixabank rbc credit_suisse goldman_sachs

= rating, Spanish / a rating is an opinion in any language
precio_objetivo|recomendacion|recomienda*|consejo_de_inversion|valoracion / Precio objetivo elevado / \
Precio del pan
{casa} ~4 eleva|rebaja|mejora|recorta|recomienda*|ve|ven|sube|baja|aconseja*|confia|cree|creen|inicia|\
apuesta|apuestan|reitera|otorga|advierte -- dividendo|beneficio|previsiones|plantilla / Bankinter mejora \
el valor / Bankinter abre
comprar|vender|mantener|sobreponderar|infraponderar|neutral|sobreponderada|consejo|recomendacion . / Casa \
eleva a comprar / Casa
a_comprar|a_vender|a_neutral|a_mantener|a_sobreponderar|segun_los_analistas|segun_analistas|consenso / De \
neutral a comprar / Neutral
= advice, Spanish / advice, not an event
: por_que|que|como|claves|las_claves|asi|cuanto -- que_cierra / Grupo: por qué cae / Grupo
momento_tecnico|charts|por_accion|videoanalisis|su_formula|la_formula|los_charts -- dividendo|oferta|paga|\
pagara|opa / Buen momento técnico del grupo / Momento
? / ¿Es hora de comprar? / Es hora
^ por_que|como|que|cual|cuales|cuando|cuanto|claves|las_claves|los_#|las_#|cinco|tres|diez|asi|estas|estos|\
# / Por qué cae el grupo / El grupo
valores|acciones|bolsa|titulos ~4 comprar|vender|favorit*|recomend*|barat*|oportunidad*|ideas|apuesta|\
apuestas|para_invertir|invertir|potencial|atractiv*|analisis|preferid*|seguir|vigilar / Valores para \
comprar / Valores
analisis_tecnico|soporte|resistencia|potencial_alcista|potencial_bajista|infravalorad*|sobrevalorad*|\
oportunidad_de_compra|ideas_de_inversion|trading|en_bolsa_por|caro|barato|cartera_modelo|a_examen|grafico|\
soportes|claves_de|que_esperar|opinion|editorial|tribuna|entrevista|analisis|columna|la_lupa / Análisis \
técnico del grupo / Técnico
ibex|ibex_35|stoxx|wall_street|bolsas|mercados|bolsa ~4 {fin} -- salida / El Ibex cierra al alza / Bolsa
@fin cierra abre sube baja cae alza gana pierde avanza cede retrocede rebota recupera conquista supera \
roza rojo verde plano
sesion|agenda|semana|la_sesion|al_cierre|media_sesion|a_la_espera|pendiente|pendientes / Agenda de la \
semana / Grupo
"""
