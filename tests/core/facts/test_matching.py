"""A story is matched to names by whole words in their case; common words need a second sign."""

from dataclasses import replace

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Subject
from core.facts.matching import Match, Matcher
from core.facts.names_of import aliases_of
from core.facts.spelling import straight
from tests.core.facts.made import story, subject

NAMES = (
    subject("AAPL", "Apple Inc."),
    subject("ABBN.SW", "ABB Ltd"),
    subject("ABBV", "AbbVie Inc."),
    subject("MSFT", "MICROSOFT CORP"),
    subject("NVDA", "NVIDIA CORP"),
    subject("V", "VISA INC."),
    subject("BAC", "BANK OF AMERICA CORP /DE/"),
    subject("OR.PA", "L'Oréal S.A."),
    subject("COST", "COSTCO WHOLESALE CORP /NEW"),
    subject("AZN.L", "AstraZeneca PLC"),
    subject("BRK-B", "BERKSHIRE HATHAWAY INC"),
    subject("7267.T", "Honda Motor Co., Ltd."),
    subject("TGT", "Target Corporation"),
)


def named(
    title: str, feed: str | Gap = NOT_GIVEN, summary: str = "", subjects: tuple[Subject, ...] = NAMES
) -> list[str]:
    return [one.ticker for one in Matcher(subjects).matches(story(title, feed=feed), title, summary)]


def test_a_whole_word_matches_and_a_part_of_a_word_does_not() -> None:
    assert named("AbbVie drug wins approval") == ["ABBV"]
    assert named("ABB wins grid order") == ["ABBN.SW"]
    assert named("abb and nvidia in lower case") == []


@pytest.mark.parametrize(
    ("title", "ticker"),
    [
        ("Microsoft buys a startup", "MSFT"),
        ("NVIDIA unveils a chip", "NVDA"),
        ("Nvidia’s chips are scarce", "NVDA"),
        ("L’Oréal posts growth", "OR.PA"),
        ("L'Oreal posts growth", "OR.PA"),
        ("Costco opens a store", "COST"),
        ("BofA opens branches", "BAC"),
    ],
)
def test_spellings_of_headlines_are_known(title: str, ticker: str) -> None:
    assert named(title) == [ticker]


def test_a_bare_ticker_is_no_name_but_one_with_its_exchange_is() -> None:
    assert named("MSFT rises") == []
    assert named("Chip maker (NASDAQ: NVDA) rises") == ["NVDA"]
    assert named("Drug maker (LSE: AZN) rises") == ["AZN.L"]
    assert named("Conglomerate (NYSE: BRK.A; BRK.B) rises") == ["BRK-B"]
    assert named("Somebody (NOWHERE: NVDA) rises") == []
    assert named("$NVDA rises") == ["NVDA"]
    assert named("It costs $NVDAX") == []


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Apple harvest is late this year", []),
        ("Apple Inc unveils a phone", ["AAPL"]),
        ("Apple Corp. unveils a phone", ["AAPL"]),
        ("Apple (NASDAQ: AAPL) unveils a phone", ["AAPL"]),
        ("Apple changes App Store fees", ["AAPL"]),
        ("Visa rules tightened for students", []),
        ("Target practice for the navy", []),
    ],
)
def test_a_common_word_needs_a_second_sign(title: str, found: list[str]) -> None:
    assert named(title) == found


def test_the_summary_can_give_the_second_sign() -> None:
    assert named("Apple unveils a phone", summary="The iPhone maker Apple Inc. said on Tuesday") == ["AAPL"]


def test_a_names_own_feed_is_a_second_sign_but_must_still_name_it() -> None:
    assert named("Apple unveils a phone", feed="AAPL") == ["AAPL"]
    assert named("Chip shares fall", feed="NVDA") == []
    assert named("Microsoft rises", feed="NVDA") == ["MSFT"]
    assert named("Chip shares fall", feed="NVDA", summary="Nvidia led the losses") == ["NVDA"]
    assert named("Chip shares fall", feed="NVDA", summary="word " * 60 + "Nvidia") == []
    assert named("Chip shares (NASDAQ: NVDA) fall", feed="NVDA") == ["NVDA"]


def test_two_subjects_side_by_side_share_a_story() -> None:
    found = Matcher(NAMES).matches(
        story("Microsoft, Nvidia sign a pact"), "Microsoft, Nvidia sign a pact", ""
    )

    assert found == (Match("MSFT", shared=True, leads=True), Match("NVDA", shared=True, leads=True))


def test_the_first_name_leads_and_the_other_follows() -> None:
    title = "Microsoft cuts orders at Nvidia plant"

    assert Matcher(NAMES).matches(story(title), title, "") == (
        Match("MSFT", shared=False, leads=True),
        Match("NVDA", shared=True, leads=False),
    )


def test_names_deep_in_a_headline_lead_nobody() -> None:
    title = "Shares of makers such as Microsoft and of Nvidia fall"

    assert [one.leads for one in Matcher(NAMES).matches(story(title), title, "")] == [False, False]


def test_a_story_in_one_names_feed_reaches_the_other_name_it_is_about() -> None:
    title = "Microsoft cuts orders at Nvidia plant"
    matcher = Matcher(NAMES)

    assert matcher.matches(story(title, feed="NVDA"), title, "") == (
        Match("MSFT", shared=False, leads=True),
        Match("NVDA", shared=True, leads=False),
    )
    assert matcher.matches(story(title, feed="NVDA"), title, "") == matcher.matches(story(title), title, "")


@pytest.mark.parametrize(
    "title",
    [
        "Loans may soften, Bank of America says",
        "Chip demand is strong, says Bank of America",
        "Intel backed by Bank of America",
        "Bank of America downgrades India to underweight",
        "Chip maker falls after BofA downgrade note",
        "Bank of America sees copper at a record",
        "Art sells again, Bank of America report finds",
        "Insurer hires Bank of America as adviser",
        "Clerk conned by man posing as Bank of America officer",
    ],
)
def test_a_voice_behind_a_view_is_not_the_subject(title: str) -> None:
    assert named(title) == []


@pytest.mark.parametrize(
    "title",
    [
        "The player Keisuke Honda signs for the club",
        "The Nvidia Prize goes to a student",
        "Apple Hospitality (NYSE: APLE) buys an Apple Hospitality hotel",
    ],
)
def test_a_person_a_prize_and_a_namesake_are_not_the_company(title: str) -> None:
    assert named(title) == []


@pytest.mark.parametrize(
    "title",
    [
        "Carmaker Honda recalls cars",
        "The Chinese Honda plant closes today",
        "Cars: Honda recalls two",
        "Today HONDA MOTOR recalls",
    ],
)
def test_a_capital_before_a_name_does_not_make_it_a_person(title: str) -> None:
    assert named(title) == ["7267.T"]


def test_an_isin_and_a_vouched_alias_are_names() -> None:
    made = (subject("X", "Some Holdings PLC", "Brandy", "Target", isin="GB0000000001"),)

    assert named("Brandy recalls toys", subjects=made) == ["X"]
    assert named("Bond GB0000000001 priced", subjects=made) == ["X"]
    assert named("Target recalls toys", subjects=made) == ["X"]
    assert named("Target practice for the navy", subjects=made) == []


def test_a_name_that_is_not_given_matches_nothing() -> None:
    assert aliases_of(subject("X", NOT_GIVEN)) == ()
    assert aliases_of(subject("X", " ")) == ()


@pytest.mark.parametrize(
    ("ticker", "name", "spelling"),
    [
        ("DIS", "The Walt Disney Company", "Disney"),
        ("3333.HK", "China Evergrande Group", "Evergrande"),
        ("000660.KS", "SK hynix Inc.", "SK Hynix"),
        ("0293.HK", "Cathay Pacific Airways Limited", "Cathay Pacific"),
        ("BMW.DE", "Bayerische Motoren Werke Aktiengesellschaft", "BMW"),
        ("BP.L", "BP p.l.c.", "BP"),
        ("MMC", "Marsh & McLennan Companies, Inc.", "Marsh & McLennan"),
        ("SIE.DE", "Siemens Aktiengesellschaft", "Siemens"),
        ("ADM", "ARCHER-DANIELS-MIDLAND OF CO", "Archer Daniels Midland"),
        ("ADM", "ARCHER-DANIELS-MIDLAND OF CO", "ADM"),
        ("KO", "COCA COLA CO", "Coca-Cola"),
        ("EBAY", "eBay Inc.", "EBay"),
        ("EBAY", "eBay Inc.", "eBay"),
        ("MAERSK-B.CO", "A.P. Møller - Mærsk A/S", "Maersk"),
        ("PHIA.AS", "Koninklijke Philips N.V.", "Philips"),
        ("RMS.PA", "Hermès International Société en commandite par actions", "Hermes"),
        ("LLOY.L", "Lloyds Banking Group plc", "Lloyds"),
        ("WFC", "Wells Fargo & Company", "Wells Fargo"),
        ("ACM", "Acmeon Systems and Solutions Inc.", "Acmeon"),
        ("VWS.CO", "Vestas Wind Systems A/S", "Vestas"),
        ("ERIC-B.ST", "Telefonaktiebolaget LM Ericsson (publ)", "Ericsson"),
        ("ML.PA", "Compagnie Générale des Établissements Michelin", "Michelin"),
        ("BBVA.MC", "Banco Bilbao Vizcaya Argentaria, S.A.", "BBVA"),
        ("SMCI", "Super Micro Computer, Inc.", "Supermicro"),
        ("BMPS.MI", "Banca Monte dei Paschi di Siena S.p.A.", "Monte Paschi"),
        ("BMPS.MI", "Banca Monte dei Paschi di Siena S.p.A.", "Monte dei Paschi"),
        ("G.MI", "Assicurazioni Generali S.p.A.", "Generali"),
        ("ATD.TO", "Alimentation Couche-Tard Inc.", "Couche-Tard"),
        ("MB.MI", "Mediobanca Banca di Credito Finanziario S.p.A.", "Mediobanca"),
        ("PETR4.SA", "Petróleo Brasileiro S.A. - Petrobras", "Petrobras"),
        ("P911.DE", "Dr. Ing. h.c. F. Porsche AG", "Porsche"),
        ("JPM", "JPMorgan Chase & Co.", "JP Morgan"),
        ("JPM", "JPMorgan Chase & Co.", "J.P. Morgan"),
        ("XOM", "Exxon Mobil Corporation", "ExxonMobil"),
        ("MA", "Mastercard Incorporated", "MasterCard"),
        ("PG", "The Procter & Gamble Company", "P&G"),
        ("MKS.L", "Marks and Spencer Group plc", "M&S"),
        ("LSEG.L", "London Stock Exchange Group plc", "LSEG"),
        ("MC.PA", "LVMH Moët Hennessy - Louis Vuitton, Société Européenne", "LVMH"),
    ],
)
def test_registered_names_give_the_spoken_ones(ticker: str, name: str, spelling: str) -> None:
    assert named(f"Somehow {spelling} was mentioned", subjects=(subject(ticker, name),)) == [ticker]


def test_single_letters_and_numbers_are_no_names() -> None:
    assert aliases_of(subject("V", "V")) == ()
    assert aliases_of(subject("700", "700")) == ()


def test_a_country_before_a_common_word_stays() -> None:
    china = (subject("X", "China Mobile Limited"),)

    assert named("Mobile operators meet", feed="X", subjects=china) == []
    assert named("China Mobile adds users", subjects=china) == ["X"]


def test_two_tickers_of_one_company_both_get_its_news() -> None:
    twins = (subject("GOOG", "Alphabet Inc."), subject("GOOGL", "Alphabet Inc."))

    assert named("Google to build a data center", subjects=twins) == ["GOOG", "GOOGL"]


def test_the_first_word_of_a_long_name_is_not_the_name() -> None:
    assert named("Bank robbers flee through a tunnel") == []


def test_a_descriptor_stays_when_only_a_common_word_would_be_left() -> None:
    general = (subject("GM", "General Motors Company"),)

    assert named("General wins a battle", subjects=general) == []
    assert named("General Motors recalls trucks", subjects=general) == ["GM"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("China Pharma Holdings, Inc.", "China lowers its growth target"),
        ("New Zealand Energy Corp.", "New Zealand loses the first test"),
        ("California Resources Corp", "California judge opens a pipeline case"),
        ("Trump Media & Technology Group Corp.", "Trump visits a steel plant"),
        ("Powell Industries Inc", "Powell says rates stay"),
        ("CINCINNATI FINANCIAL CORP", "Tennis final in Cincinnati delayed"),
        ("NASDAQ, INC.", "Nasdaq closes lower"),
        ("S&P Global Inc.", "Second-quarter earnings of the S&P 500 beat forecasts"),
        ("Siemens Energy AG/ADR", "Siemens opens a plant for trains"),
        ("BP PRUDHOE BAY ROYALTY TRUST", "BP lifts its dividend"),
        ("Goldman Sachs BDC, Inc.", "Goldman Sachs names a new chair"),
        ("Mitsubishi Motors Corp", "Mitsubishi buys a copper mine"),
    ],
)
def test_a_place_a_person_an_index_and_a_sister_company_are_not_the_name(name: str, title: str) -> None:
    assert named(title, subjects=(subject("X", name),)) == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("China Pharma Holdings, Inc.", "China Pharma opens a plant"),
        ("Trump Media & Technology Group Corp.", "Trump Media buys bitcoin"),
        ("NASDAQ, INC.", "Nasdaq Inc. raises its dividend"),
        ("S&P Global Inc.", "S&P Global names a new chief"),
        ("Siemens Energy AG/ADR", "Siemens Energy raises its forecast"),
        ("Goldman Sachs Group Inc", "Goldman Sachs names a new chair"),
        ("BP PLC", "BP lifts its dividend"),
    ],
)
def test_the_same_companies_are_found_under_their_own_names(name: str, title: str) -> None:
    assert named(title, subjects=(subject("X", name),)) == ["X"]


def test_a_place_is_no_name_in_a_names_own_feed_either() -> None:
    china = (subject("CPHI", "China Pharma Holdings, Inc."),)

    assert named("China lowers its growth target", feed="CPHI", subjects=china) == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("AB Volvo (publ)", "Volvo Cars recalls 40,000 cars"),
        ("Fresenius SE & Co. KGaA", "Fresenius Medical Care cuts its outlook"),
        ("Compagnie Générale des Établissements Michelin", "Michelin Guide adds forty restaurants"),
        ("Samsung Electronics Co., Ltd.", "Samsung C&T wins a contract"),
    ],
)
def test_a_relative_of_the_same_name_is_another_company(name: str, title: str) -> None:
    assert Matcher([subject("X", name)]).matches(story(title), title, "") == ()


WEAK = (
    subject("F", "Ford Motor Company"),
    subject("SHEL.L", "Shell plc"),
    subject("AMZN", "Amazon.com, Inc."),
    subject("V", "VISA INC."),
    subject("VALE", "Vale S.A."),
    subject("ENI.MI", "Eni S.p.A."),
    subject("SNAP", "Snap Inc."),
    subject("POWL", "Powell Industries Inc"),
    subject("INTC", "Intel Corporation"),
    subject("STO.AX", "Santos Limited"),
    subject("SPGI", "S&P Global Inc."),
    subject("CBK.DE", "Commerzbank AG"),
    subject("ISP.MI", "Intesa Sanpaolo S.p.A."),
    subject("MSFT", "Microsoft Corporation"),
    subject("JD", "JD.com, Inc."),
    subject("USB", "U.S. Bancorp"),
    subject("PM", "Philip Morris International Inc."),
    subject("WMB", "WILLIAMS COMPANIES, INC."),
    subject("JL", "J-Long Group Ltd"),
    subject("COOT", "Australian Oilseeds Holdings Ltd"),
    subject("NOA", "North American Construction Group Ltd."),
    subject("EGLXF", "Enthusiast Gaming Holdings Inc. / Canada"),
)


@pytest.mark.parametrize(
    ("title", "ticker"),
    [
        ("Ford recalls two million trucks", "F"),
        ("Carmakers such as Ford CEO's firm", "F"),
        ("Ford's plant in Spain is revived", "F"),
        ("Ford to revive a plant in Spain", "F"),
        ("Lawyers begin suit against Shell", "SHEL.L"),
        ("Eni, Shell targeted by hacking group", "SHEL.L"),
        ("Iron ore wrap: Vale falls despite data", "VALE"),
        ("Vale ends board fight", "VALE"),
        ("Snap bets on glasses", "SNAP"),
        ("Exclusive-Amazon's workers plan a walkout", "AMZN"),
        ("Vale (VALE) Seen in a New Light", "VALE"),
        ("Intesa raises its dividend", "ISP.MI"),
        ("Is JD.com late?", "JD"),
        ("Is JD Inc late?", "JD"),
    ],
)
def test_a_weak_name_counts_with_what_stands_beside_a_company(title: str, ticker: str) -> None:
    assert ticker in named(title, subjects=WEAK)


@pytest.mark.parametrize(
    "title",
    [
        "Gerald Ford remembered at a museum",
        "Deforestation slows in Brazil's Amazon as the retailer helps",
        "The Shell found on the beach by a carmaker",
        "US Visa rules tightened for chief executives",
        "A Visa for the company worker",
        "Powell says rates stay",
        "Second-quarter earnings of the S&P 500 beat forecasts",
        "Port of Santos sets record as sales climb",
        "Ex-Intel officers warn of war",
        "Ford heir sells a horse farm",
        "Snap co-founder sells a horse farm",
        "Passenger jet billed as an answer to Intel",
        "Bank hires Intel and others as advisers",
        "Vale Tudo fighters meet in the city of profit",
        "JD Vance mocks a rival",
        "Sales grow as shoppers redeem their TV Visa",
        "Powell recalls switches",
        "Serena Williams teams up with a rival",
        "US to tell partners they must pick sides as sales fall",
        "PM says profit is up",
        "Long trial begins over sales",
        "Australian state to launch gun buyback",
        "North American box office sales rise",
        "Canada announces $50 billion plan",
    ],
)
def test_a_person_a_place_an_index_and_one_who_left_are_not_the_company(title: str) -> None:
    assert named(title, subjects=WEAK) == []


def test_an_abbreviation_counts_in_capitals_only() -> None:
    sap = (subject("SAP.DE", "SAP SE"),)

    assert named("SAP lifts its outlook", subjects=sap) == ["SAP.DE"]
    assert named("Sap rises in the birches", subjects=sap) == []


def test_a_common_word_counts_as_the_name_that_a_search_asked_for() -> None:
    title = "Orange et ses voisins"
    orange = subject("ORA.PA", "Orange S.A.")
    asked = replace(story(title), asked_for="ORA.PA")

    assert Matcher((orange,)).matches(story(title), title, "") == ()
    assert [one.ticker for one in Matcher((orange,)).matches(asked, title, "")] == ["ORA.PA"]


def test_the_name_that_is_bought_is_told_from_its_buyer_and_from_one_that_loses_a_part() -> None:
    def bought(title: str) -> list[str]:
        return [one.ticker for one in Matcher(WEAK).matches(story(title), title, "") if one.bought]

    assert bought("Microsoft to buy Commerzbank for 9 billion") == ["CBK.DE"]
    assert bought("Rival makes takeover of Commerzbank") == ["CBK.DE"]
    assert bought("Microsoft to buy Commerzbank's card unit") == []
    assert bought("Commerzbank to buy a rival") == []


def test_a_name_that_opens_a_clause_leads() -> None:
    title = "Crash goes on at car hire firm, Commerzbank lifts outlook"

    assert [one.leads for one in Matcher(WEAK).matches(story(title), title, "")] == [True]


def test_a_surname_that_is_cut_from_a_longer_name_counts_in_its_own_feed_only() -> None:
    assert named("Powell recalls switches", feed="POWL", subjects=WEAK) == ["POWL"]
    assert named("Powell Industries recalls switches", subjects=WEAK) == ["POWL"]
    assert named("Powell recalls", summary="Powell Industries said on Monday", subjects=WEAK) == ["POWL"]
    assert named("Powell and Vale S.A. fall", summary="Powell Industries fell", subjects=WEAK) == [
        "POWL",
        "VALE",
    ]


def test_an_article_that_is_joined_to_a_name_does_not_hide_it() -> None:
    asked = (
        subject("ENGI.PA", "Engie SA"),
        subject("OR.PA", "L'Oréal S.A."),
        subject("ENI.MI", "Eni S.p.A."),
    )

    assert named("La hausse d’Engie et de L’Oréal", subjects=asked) == ["ENGI.PA", "OR.PA"]
    assert named("I conti dell'Eni", subjects=asked) == ["ENI.MI"]
    assert named("O'Engie and 'Eni' are spelled", subjects=asked) == ["ENI.MI"]


ABROAD = (
    subject("6758.T", "Sony Group Corporation"),
    subject("7201.T", "Nissan Motor Co., Ltd."),
    subject("CBK.DE", "Continental AG"),
    subject("DBK.DE", "Deutsche Bank AG"),
    subject("GPS", "Gap Inc."),
    subject("KKR", "KKR & Co. Inc."),
    subject("MBG.DE", "Mercedes-Benz Group AG"),
    subject("MRK", "Merck & Co., Inc."),
    subject("MRK.DE", "Merck KGaA"),
    subject("ORA.PA", "Orange S.A."),
    subject("SMCI", "Super Micro Computer, Inc."),
)


@pytest.mark.parametrize(
    ("title", "tickers"),
    [
        ("Mercedes schraubt Gewinnziel herunter", ["MBG.DE"]),
        ("Super Micro delays its report", ["SMCI"]),
        ("Razzia bei der Deutschen Bank wegen Geldwäsche", ["DBK.DE"]),
        ("Continental wirft Finanzvorstand Schäfer raus", ["CBK.DE"]),
        ("Orange victime d'une cyberattaque", ["ORA.PA"]),
        ("Orange groves victims of a cyberattack", []),
        ("Gap's Roe departs after two bruising years", ["GPS"]),
        ("Gap in the fence", []),
        ("Kkr presenta un'offerta per la rete del gruppo", ["KKR"]),
        ("Kkr is not how it is written in English", []),
        ("Merck senkt die Prognose für das Jahr", ["MRK.DE"]),
        ("Merck and Moderna claim that the vaccine works", ["MRK"]),
        ("Merck KGaA and Merck & Co agree", ["MRK", "MRK.DE"]),
        ("日産、社長が退任へ", ["7201.T"]),
        ("ホンダと日産、経営統合を撤回", ["7201.T"]),
        ("日産化学、純利益10%増", []),
        ("米ソニーが新型機を発売", ["6758.T"]),
    ],
)
def test_headlines_abroad_name_companies_their_way(title: str, tickers: list[str]) -> None:
    assert named(title, subjects=ABROAD) == tickers


def test_a_japanese_name_is_known_with_and_without_its_legal_form_and_holding() -> None:
    native = subject("1.T", "株式会社 架空ホールディングス")

    assert {" ".join(alias.words) for alias in aliases_of(native)} >= {
        straight("架空ホールディングス"),
        straight("架空"),
        straight("架空HD"),
    }


def test_a_voice_is_one_that_says_something_and_not_one_that_gets_a_job() -> None:
    assert named("Rates fall, says economist at Deutsche Bank", subjects=ABROAD) == []
    assert named("Roe lands top job at Deutsche Bank", subjects=ABROAD) == ["DBK.DE"]
