"""Who a name is: two independent signs or it is asked, and the owner's word stands."""

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Subject
from core.portfolio.identities import (
    Certainty,
    Entry,
    Identity,
    Known,
    choose,
    folded,
    from_note,
    same_company,
    to_note,
)

SAP = Subject(ticker="SAP.DE", name="SAP SE", isin="DE0007164600", country="Germany")


def known(value: str, certainty: Certainty = Certainty.SURE, scheme: str = "lei") -> Known:
    return Known(scheme=scheme, value=value, source="GLEIF", certainty=certainty, signs=("its name",))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("BP p.l.c.", "BP PLC", True),
        ("Toyota Motor Corporation", "TOYOTA MOTOR CORP/", True),
        ("Novo Nordisk A/S", "NOVO NORDISK A S", True),
        ("Nokia Oyj", "NOKIA CORP", True),
        ("L’Oréal S.A.", "L'OREAL", True),
        ("UniCredit S.p.A.", "UNICREDIT SPA", True),
        ("ASML Holding N.V.", "ASML HOLDING NV", True),
        ("Iberdrola, S.A.", "IBERDROLA, S.A.", True),
        ("Atlas Copco Aktiebolag", "Atlas Copco AB", True),
        ("UniCredit S.p.A.", "UNICREDIT, SOCIETA' PER AZIONI", True),
        ("Deutsche Bank AG", "Deutsche Telekom AG", False),
        ("LVMH", "Moelis & Co", False),
        ("Iberdrola, S.A.", "IBERDROLA RENOVABLES, S.A.", False),
        ("Banco Santander, S.A.", "Banco Santander Chile", False),
        ("Siemens Aktiengesellschaft", "Siemens Energy AG", False),
        ("SE", "SE", True),
        ("SE", "AG", False),
        ("", "", False),
    ],
)
def test_two_registered_names_are_one_company_but_for_form_case_and_accents(
    one: str, other: str, same: bool
) -> None:
    assert same_company(one, other) is same
    assert same_company(other, one) is same


def test_a_name_of_legal_words_alone_keeps_them() -> None:
    assert folded("SE") == ("se",)
    assert folded("Trust Co") == ("trust", "co")


def test_name_and_country_together_are_enough() -> None:
    found = choose(SAP, [Entry(value="L1", name="SAP SE", country="DE")], scheme="lei", source="GLEIF")

    assert found == Known(
        scheme="lei",
        value="L1",
        source="GLEIF",
        certainty=Certainty.SURE,
        signs=("its name (SAP SE)", "its country (DE)"),
    )


def test_a_name_alone_is_asked_about() -> None:
    found = choose(SAP, [Entry(value="L1", name="SAP AG", country="US")], scheme="lei", source="GLEIF")

    assert found == Gap(gap="GLEIF: one sign only fits (L1); say which with `identities SAP.DE lei=…`")


def test_a_ticker_and_a_country_without_the_name_are_a_stranger() -> None:
    lvmh = Subject(ticker="MC.PA", name="LVMH", isin=NOT_GIVEN, country="US")

    found = choose(
        lvmh,
        [Entry(value="1596967", name="Moelis & Co", country="US", symbol="MC")],
        scheme="cik",
        source="SEC",
    )

    assert found == Gap(gap="SEC lists no issuer of its name")


def test_the_isin_and_the_country_are_one_sign_for_the_one_begins_with_the_other() -> None:
    entry = Entry(value="L1", name="Total SE", country="DE", isin="DE0007164600")

    found = choose(SAP, [entry], scheme="lei", source="GLEIF")

    assert found == Gap(gap="GLEIF: one sign only fits (L1); say which with `identities SAP.DE lei=…`")


def test_the_isin_and_the_name_are_two_signs_wherever_the_company_sits() -> None:
    entry = Entry(value="L1", name="SAP SE", country="LU", isin="DE0007164600")

    found = choose(SAP, [entry], scheme="lei", source="GLEIF")

    assert isinstance(found, Known)
    assert found.signs == ("its name (SAP SE)", "its ISIN (DE0007164600)")


def test_two_issuers_that_fit_alike_are_asked_about() -> None:
    entries = [Entry(value=value, name="SAP SE", country="DE") for value in ("L2", "L1")]

    found = choose(SAP, entries, scheme="lei", source="GLEIF")

    assert found == Gap(gap="GLEIF: several issuers fit (L1 or L2); say which with `identities SAP.DE lei=…`")


def test_of_two_that_fit_the_one_with_a_third_sign_is_meant() -> None:
    entries = [
        Entry(value="1", name="SAP SE", country="DE"),
        Entry(value="2", name="SAP", country="DE", symbol="sap"),
    ]

    found = choose(SAP, entries, scheme="no", source="NewsWeb")

    assert isinstance(found, Known)
    assert (found.value, found.signs[-1]) == ("2", "its ticker (sap)")


def test_spellings_that_the_price_source_vouches_for_count_as_the_name() -> None:
    subject = Subject(
        ticker="TTE.PA", name=NOT_GIVEN, isin=NOT_GIVEN, country="FR", aliases=("TotalEnergies",)
    )

    found = choose(
        subject, [Entry(value="L", name="TotalEnergies SE", country="FR")], scheme="lei", source="GLEIF"
    )

    assert isinstance(found, Known)


def test_a_name_that_nobody_said_is_not_looked_for() -> None:
    nameless = Subject(ticker="X.DE", name=NOT_GIVEN, isin=NOT_GIVEN, country="DE")

    found = choose(nameless, [Entry(value="1", name="", country="DE", symbol="X")], scheme="x", source="Y")

    assert found == Gap(gap="not looked for at Y: nobody said its name")


def test_only_what_is_sure_or_said_by_the_owner_may_be_acted_on() -> None:
    identity = Identity(
        ticker="SAP.DE",
        known=(known("1", Certainty.ONE, "cik"), known("L1"), known("9", Certainty.OWNER, "dk")),
    )

    assert identity.sure("lei") == "L1"
    assert identity.sure("dk") == "9"
    assert identity.sure("cik") == Gap(gap="no cik is known for SAP.DE")


def test_the_owners_word_is_never_replaced_but_by_the_owner() -> None:
    said = Identity(ticker="SAP.DE").with_(known("MINE", Certainty.OWNER))

    assert said.with_(known("L1")).sure("lei") == "MINE"
    assert said.with_(known("NEWER", Certainty.OWNER)).sure("lei") == "NEWER"
    assert said.without("lei").with_(known("L1")).sure("lei") == "L1"


def test_identifiers_stand_in_a_fixed_order_whatever_came_first() -> None:
    first = Identity(ticker="A").with_(known("1", scheme="lei")).with_(known("2", scheme="cik"))
    second = Identity(ticker="A").with_(known("2", scheme="cik")).with_(known("1", scheme="lei"))

    assert first == second
    assert [each.scheme for each in first.known] == ["cik", "lei"]


def test_an_identity_is_kept_as_a_note_and_a_torn_note_is_asked_anew() -> None:
    identity = Identity(ticker="A", known=(known("1"),))

    assert from_note("A", to_note(identity)) == identity
    assert from_note("A", None) == from_note("A", "{") == from_note("A", '[["a"]]') == Identity(ticker="A")
