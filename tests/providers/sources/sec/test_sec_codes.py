"""The tables of forms and items: complete, reasoned, and never silent about what they do not know."""

import pytest

from core.facts.fact import Severity
from providers.sources.sec.codes import months_of
from providers.sources.sec.forms import FORMS, base_form, form_of, is_about_other, is_amendment
from providers.sources.sec.items import ITEMS, item_of, sections


def test_the_table_has_all_thirty_three_codes_and_the_twelve_old_ones_once() -> None:
    codes = [item.code for item in ITEMS]

    assert len(codes) == len(set(codes)) == 45
    assert codes[33:] == [str(number) for number in range(1, 13)]


def test_every_row_says_what_it_is_and_why() -> None:
    assert all(item.title and item.label for item in ITEMS)
    assert all(form.label and form.reason for form in FORMS)


def test_each_code_weighs_what_the_reference_says() -> None:
    weights = {weight: [item.code for item in ITEMS[:33] if item.weight is weight] for weight in Severity}

    assert weights[Severity.G3] == ["1.03", "2.04", "3.01", "4.02", "5.01"]
    assert weights[Severity.G2] == [
        *("1.01", "1.02", "1.05", "2.01", "2.02", "2.05", "2.06"),
        *("3.03", "4.01", "5.02", "5.06", "6.04"),
    ]
    assert weights[Severity.G1] == [
        *("1.04", "2.03", "3.02", "5.03", "5.04", "5.05", "5.07", "5.08"),
        *("6.01", "6.02", "6.03", "6.05", "6.06", "7.01", "8.01"),
    ]


def test_exhibits_carry_no_grade() -> None:
    assert item_of("9.01").weight is None
    assert item_of("7").weight is None


@pytest.mark.parametrize(
    ("written", "code"), [("9.1", "9.01"), ("Item 5.02.", "5.02"), ("06b", "6"), (" 12 ", "12")]
)
def test_codes_are_read_as_filers_write_them(written: str, code: str) -> None:
    assert item_of(written).code == code


def test_a_code_in_no_table_is_notable_until_read() -> None:
    unknown = item_of("7.77")

    assert unknown.weight is Severity.G2
    assert unknown.label == "unclassified item 7.77"


@pytest.mark.parametrize(
    ("form", "severity"),
    [
        ("10-K", Severity.G2),
        ("10-KT", Severity.G2),
        ("10-k405", Severity.G2),
        ("NT 10-Q", Severity.G3),
        ("NT 11-K", Severity.G1),
        ("SC 13D", Severity.G2),
        ("SCHEDULE 13D", Severity.G2),
        ("SCHEDULE TO-T", Severity.G3),
        ("SCHEDULE 13E3/A", Severity.G3),
        ("25", Severity.G3),
        ("25-NSE", Severity.G3),
        ("4", Severity.G1),
        ("SC 13G/A", Severity.G1),
        ("SCHEDULE 13G", Severity.G1),
        ("DEFM14A", Severity.G3),
        ("DEFC14A", Severity.G2),
        ("DEF 14A", Severity.G1),
        ("424B5", Severity.G2),
        ("424B2", Severity.G1),
        ("15-12G", Severity.G3),
        ("SC TO-T", Severity.G3),
        ("144", Severity.G1),
        ("20-F", Severity.G2),
        ("  10-q  ", Severity.G2),
    ],
)
def test_forms_weigh_what_the_table_says(form: str, severity: Severity) -> None:
    assert form_of(form).weight is severity


def test_an_unknown_form_is_an_unclassified_official_filing() -> None:
    unknown = form_of("10-S")

    assert unknown.label == "unclassified official filing"
    assert unknown.weight is Severity.G2


def test_an_amendment_is_known_by_its_ending() -> None:
    assert is_amendment("8-K/A")
    assert not is_amendment("8-K")
    assert base_form("SC  13D/A") == "SC 13D"


def test_a_paper_about_another_company_has_no_file_number() -> None:
    assert is_about_other("SC TO-T", "")
    assert not is_about_other("SC 13G", "005-51773")
    assert not is_about_other("8-K", "")


def cut(text: str, code: str) -> list[str]:
    return [text[start:end].strip() for start, end in sections(text)[code]]


def test_an_items_title_is_not_read_as_its_content() -> None:
    title = (
        "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers"
    )
    text = f"Item 5.02. {title}; Compensatory Arrangements of Certain Officers. Pay was set."

    assert cut(text, "5.02") == ["Pay was set."]


def test_an_item_that_stands_twice_has_two_stretches() -> None:
    assert cut("Item 7.01. One. Item 9.01. Two. Item 7.01. Three.", "7.01") == ["One.", "Three."]


def test_a_title_of_older_wording_is_cut_off() -> None:
    text = (
        "Item 5.02. Departure of Directors or Principal Officers; Election of Directors. Ann Poe was elected."
    )

    assert cut(text, "5.02") == ["Ann Poe was elected."]


def test_a_reference_to_an_item_is_no_heading() -> None:
    text = "Item 7.01. It is furnished under Item 2.02 of Form 8-K, see Item 404(a) and Item 99.99."

    assert set(sections(text)) == {"7.01"}


@pytest.mark.parametrize(
    ("form", "items", "months"),
    [
        ("8-K", ("5.02",), 12),
        ("8-K", ("5.03", "9.01"), 1),
        ("8-K", ("9.01",), 0),
        ("6-K", (), 12),
        ("25-NSE", (), 12),
        ("4", (), 3),
        ("424B2", (), 0),
    ],
)
def test_a_document_is_worth_a_request_as_long_as_what_it_says_can_count(
    form: str, items: tuple[str, ...], months: int
) -> None:
    assert months_of(form, items) == months
