"""A table of no known format: proposed by the words of its header in seven languages, read after a yes,
checked by itself."""

from decimal import Decimal

import pytest

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from core.portfolio.paid import Paid
from providers.holdings.reading import read_file

TABLES = {
    "english": ("Security;ISIN;Quantity;Price;Market value", "{0};{1};{2};{3};{4}"),
    "french": ("Libellé;Code ISIN;Quantité;Cours;Montant", "{0};{1};{2};{3};{4}"),
    "german": ("Wertpapierbezeichnung;ISIN;Stück;Kurs;Kurswert", "{0};{1};{2};{3};{4}"),
    "italian": ("Titolo;Codice ISIN;Quantità;Prezzo;Controvalore", "{0};{1};{2};{3};{4}"),
    "spanish": ("Nombre;Código ISIN;Títulos;Precio;Importe", "{0};{1};{2};{3};{4}"),
    "dutch": ("Naam;ISIN;Aantal;Koers;Waarde", "{0};{1};{2};{3};{4}"),
    "swedish": ("Namn;ISIN;Antal;Kurs;Värde", "{0};{1};{2};{3};{4}"),
}
ROWS = (
    ("LVMH", "FR0000121014", "12", "700,50", "8406,00"),
    ("SAP", "DE0007164600", "3,5", "200,00", "700,00"),
    ("Enel", "IT0003128367", "100", "6,25", "625,00"),
)


def table(language: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    header, row = TABLES[language]
    return "\n".join([header, *(row.format(*each) for each in rows)]).encode()


def after_yes(data: bytes, option: int = 0, origin: str = "positions.csv") -> Import:
    asked = read_file(data, origin=origin)
    assert asked.portfolio.holdings == ()
    (question,) = asked.questions
    return read_file(data, origin=origin, answers={question.key: question.options[option][0]})


def held(found: Import) -> dict[str, str]:
    return {each.ticker: f"{each.quantity:f}" for each in found.portfolio.holdings}


@pytest.mark.parametrize("language", TABLES)
def test_a_table_of_positions_is_proposed_by_its_words_and_read_after_a_yes(language: str) -> None:
    found = after_yes(table(language))

    assert held(found) == {"DE0007164600": "3.5", "FR0000121014": "12", "IT0003128367": "100"}
    assert [each.name for each in found.accounts] == ["positions"]


def test_the_proposal_shows_each_column_and_three_rows() -> None:
    (question,) = read_file(table("french"), origin="x.csv").questions

    assert (
        "isin = “Code ISIN”, quantity = “Quantité”, name = “Libellé”, price = “Cours”, value = “Montant”"
        in question.text
    )
    assert "FR0000121014 · 12 · LVMH · 700,50 · 8406,00 | DE0007164600 · 3,5 · SAP" in question.text


def test_a_confirmed_header_is_not_asked_about_again() -> None:
    first = after_yes(table("german"))
    mapping = read_file(table("german"), origin="x").questions[0].options[0][0]

    again = read_file(table("german", ROWS[:1]), origin="y.csv", known={first.header: mapping})

    assert held(again) == {"FR0000121014": "12"}
    assert again.questions == ()


def test_a_row_that_contradicts_itself_is_not_used() -> None:
    rows = (*ROWS, ("Oops", "NL0010273215", "7", "100,00", "900,00"))

    found = after_yes(table("english", rows))

    assert "NL0010273215" not in held(found)
    assert [row.reason for row in found.rejected] == ["quantity × price is not the value that the row states"]


def test_another_column_of_numbers_can_be_the_quantity() -> None:
    data = b"Name;ISIN;Quantity;Free\nLVMH;FR0000121014;0;12\nSAP;DE0007164600;0;4\n"
    (question,) = read_file(data, origin="x.csv").questions
    other = next(answer for answer, words in question.options if words == "The quantity is “Free”")

    assert held(read_file(data, origin="x.csv", answers={"columns": other})) == {
        "DE0007164600": "4",
        "FR0000121014": "12",
    }


@pytest.mark.parametrize(
    ("buy", "sell", "paid"),
    [
        ("Achat", "Vente", "Dividendes"), ("Kauf", "Verkauf", "Dividende"), ("Acquisto", "Vendita",
         "Dividendi"),
        ("Compra", "Venta", "Dividendo"), ("Koop", "Verkoop", "Rente"), ("Köp", "Sälj", "Utdelning"),
        ("Buy", "Sell", "Fee"),
    ],
)  # fmt: skip
def test_a_table_of_trades_is_netted_in_every_language(buy: str, sell: str, paid: str) -> None:
    data = (
        f"Date;Type;ISIN;Quantity\n2024-01-02;{buy};FR0000121014;12\n2024-01-03;{sell};FR0000121014;5\n"
        f"2024-01-04;{paid};FR0000121014;\n"
    ).encode()

    assert held(after_yes(data)) == {"FR0000121014": "7"}


def test_an_unknown_kind_of_trade_sets_its_instrument_aside() -> None:
    data = (
        "Date;Type;ISIN;Quantity\n2024-01-02;Buy;FR0000121014;12\n2024-01-03;Fusion;FR0000121014;5\n"
        "2024-01-03;Buy;DE0007164600;1\n"
    )

    assert held(after_yes(data.encode())) == {"DE0007164600": "1"}


def test_an_ambiguous_number_is_asked_and_the_answer_counts() -> None:
    data = "Name;ISIN;Quantity\nLVMH;FR0000121014;1.234\n".encode("utf-16")
    answers = {"columns": read_file(data, origin="x.csv").questions[0].options[0][0]}

    asked = read_file(data, origin="x.csv", answers=answers)

    assert asked.questions[0].text == "1.234: is that 1234 or 1.234?"
    thousands, decimals = (
        read_file(data, origin="x.csv", answers={**answers, "decimal": answer}).portfolio.holdings[0].quantity
        for answer, _ in asked.questions[0].options
    )
    assert (thousands, decimals) == (Decimal(1234), Decimal("1.234"))


def test_a_mapping_that_describes_no_columns_is_refused() -> None:
    with pytest.raises(BadRequest, match="does not say which column is what"):
        read_file(table("english"), origin="x.csv", answers={"columns": "positions;isin=99;quantity=1"})


@pytest.mark.parametrize(
    "header", ["Symbol,Quantity,Date Sold,Total Proceeds", "Date,Amount,Category", "Name,Comment"]
)
def test_what_holds_no_portfolio_is_not_proposed(header: str) -> None:
    with pytest.raises(BadRequest, match="in no format known here"):
        read_file(f"{header}\nAAPL,1,2024-01-01,5\n".encode(), origin="x.csv")


def test_two_accounts_of_one_table_stay_apart() -> None:
    data = b"Account;Name;ISIN;Quantity\nPEA;LVMH;FR0000121014;1\nCTO;LVMH;FR0000121014;2\n"

    found = after_yes(data, origin="mine.csv")

    assert held(found) == {"FR0000121014": "3"}
    assert [each.name for each in found.accounts] == ["mine CTO", "mine PEA"]


def test_without_a_header_for_it_what_stands_in_a_column_tells_isins_symbols_and_sides() -> None:
    coded = b"Instrument name;Code;Number of shares held\nLVMH;FR0000121014;3\nSAP;DE0007164600;4\n"
    sided = b"Activity Date,What,Trans Code,Quantity\n1/2/2024,AAPL,Buy,10\n1/3/2024,AAPL,Sell,3\n"

    assert held(after_yes(coded)) == {"DE0007164600": "4", "FR0000121014": "3"}
    assert held(after_yes(sided)) == {"AAPL": "7"}


def test_a_column_of_kinds_is_no_column_of_trades_and_negative_shares_are_sold_ones() -> None:
    kinds = b"Symbol,Qty,Type\nAAPL,10,Stock\nAAPL240119C00150000,1,Option\nBTC-USD,0.5,Crypto\n"
    signed = b"Produkt;ISIN;Antal\nNovo;DK0062498333;10\nNovo;DK0062498333;-4\n"

    found = after_yes(kinds)

    assert held(found) == {"AAPL": "10", "BTC-USD": "0.5"}
    assert [row.line for row in found.rejected] == [3]
    assert held(after_yes(signed)) == {"DK0062498333": "6"}


def test_what_was_not_carried_out_counts_nothing_and_an_unknown_state_sets_aside() -> None:
    data = (
        b"Symbol,Side,Status,Quantity,Filled Time\nAAPL,Buy,Filled,10,2024-01-02\n"
        b"AAPL,Buy,Cancelled,7,2024-01-02\nMSFT,Buy,Filled,3,2024-01-02\nMSFT,Sell,Partly,1,2024-01-03\n"
    )

    found = after_yes(data)

    assert held(found) == {"AAPL": "10"}
    assert any("1 × not carried out" in remark for remark in found.remarks)
    assert any("'status Partly' is not known" in row.reason for row in found.rejected)


@pytest.mark.parametrize(
    ("price", "listed"), [("£0.72", False), ("72p", False), ("0.72", True), ("USD 9", True)]
)
def test_a_bare_symbol_is_american_only_where_no_price_speaks_of_another_currency(
    price: str, listed: bool
) -> None:
    found = after_yes(f"Symbol,Name,Qty,Price\nVOD,Vodafone,100,{price}\n".encode())

    assert held(found) == ({"VOD": "100"} if listed else {})
    assert [each.identity for each in found.unnamed] == ([] if listed else [f"VOD ({_currency(price)})"])


def _currency(price: str) -> str:
    return "GBp" if price.endswith("p") else "GBP"


def test_what_was_paid_is_read_with_the_currency_of_its_column() -> None:
    data = "Libellé;ISIN;Quantité;PRU (EUR)\nLVMH;FR0000121014;3;600,50\n".encode()

    (lvmh,) = after_yes(data).portfolio.holdings

    assert lvmh.paid == Paid(price=Decimal("600.5"), currency="EUR")


def test_a_web_page_is_told_how_to_become_a_table() -> None:
    with pytest.raises(BadRequest, match="is a web page, whatever its ending says"):
        read_file(b"<html><table><tr><td>Symbol</td></tr></table></html>", origin="x.xls")
