"""Spreadsheets, OFX, Portfolio Performance's file, encodings, archives: read as the table they hold, or
refused with what to do."""

import io
import time
import zipfile
from decimal import Decimal

import pytest

from core.base.errors import BadRequest
from core.base.kind import Kind
from core.portfolio.holding import Import
from providers.holdings.reading import read_file
from providers.holdings.sheet import MAX_UNPACKED

SHEET = (
    '<?xml version="1.0"?><worksheet '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}'
    "</sheetData></worksheet>"
)
BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)
ROOT = RELATIONS.replace("worksheets/sheet1.xml", "xl/workbook.xml").replace("/worksheet", "/officeDocument")
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def xlsx(*rows: tuple[str | float, ...], inflate: int = 0) -> bytes:
    """A workbook of one sheet, as small as the format allows."""
    made = ""
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            if isinstance(cell, str)
            else f'<c r="{chr(65 + at)}{number}"><v>{cell}</v></c>'
            for at, cell in enumerate(row)
        )
        made += f'<row r="{number}">{cells}</row>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(rows=made))
        if inflate:
            archive.writestr("xl/big.xml", b"0" * inflate)
    return packed.getvalue()


def held(found: Import) -> dict[str, str]:
    return {each.ticker: f"{each.quantity:f}" for each in found.portfolio.holdings}


def test_a_spreadsheet_is_read_like_the_table_it_holds() -> None:
    data = xlsx(
        ("ticker", "quantity", "currency"),
        ("AAPL", 10, "USD"),
        ("SAP.DE", 1234.5, "EUR"),
        ("0700.HK", 0.1, "HKD"),
    )

    found = read_file(data, origin="mine.xlsx")

    assert held(found) == {"0700.HK": "0.1", "AAPL": "10", "SAP.DE": "1234.5"}


def test_a_number_of_a_spreadsheet_is_never_two_numbers() -> None:
    data = xlsx(("ticker", "quantity"), ("AAPL", 1.234), ("MSFT", 1234))

    assert held(read_file(data, origin="mine.xlsx")) == {"AAPL": "1.2340", "MSFT": "1234"}


def test_a_text_of_a_spreadsheet_that_could_be_two_numbers_is_asked_about() -> None:
    found = read_file(xlsx(("ticker", "quantity"), ("AAPL", "1.234"), ("MSFT", 2)), origin="mine.xlsx")

    assert held(found) == {"MSFT": "2"}
    assert [each.text for each in found.questions] == ["1.234: is that 1234 or 1.234?"]


def test_a_broken_cell_of_a_spreadsheet_sets_its_instrument_aside() -> None:
    data = xlsx(("ticker", "quantity"), ("AAPL", 10), ("AAPL", "#REF!"), ("MSFT", 2))

    found = read_file(data, origin="mine.xlsx")

    assert held(found) == {"MSFT": "2"}
    assert any("set aside" in row.reason for row in found.rejected)


def test_other_archives_and_bombs_are_refused_at_once() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("export.csv", "ticker,quantity\nAAPL,1\n")
    bomb = xlsx(("ticker", "quantity"), ("AAPL", 1), inflate=MAX_UNPACKED + 1)
    begun = time.process_time()

    with pytest.raises(BadRequest, match=r"is packed \(ZIP\): unpack it and send the file inside"):
        read_file(other.getvalue(), origin="export.zip")
    with pytest.raises(BadRequest, match="far larger unpacked"):
        read_file(bomb, origin="bomb.xlsx")
    with pytest.raises(BadRequest, match="damaged archive"):
        read_file(bomb[:200], origin="half.xlsx")
    with pytest.raises(BadRequest, match="not a readable spreadsheet"):
        read_file(b"\xd0\xcf\x11\xe0" + bytes(600), origin="old.xls")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_the_encoding_is_recognised_and_said(encoding: str) -> None:
    text = "ticker;quantity;name\nOR.PA;12;L’Oréal\n"

    found = read_file(text.encode(encoding), origin="x.csv")

    assert [each.name for each in found.portfolio.holdings] == ["L’Oréal"]
    said = [remark for remark in found.remarks if remark.startswith("read as ")]
    assert len(said) == (encoding != "utf-8-sig")


OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20240131<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<INVSTMTMSGSRSV1><INVSTMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><INVSTMTRS><DTASOF>20240131<CURDEF>USD
<INVACCTFROM><BROKERID>fidelity.com<ACCTID>X1</INVACCTFROM>
<INVPOSLIST>
<POSSTOCK><INVPOS><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><HELDINACCT>CASH<POSTYPE>LONG<UNITS>12.5<UNITPRICE>200
<MKTVAL>2500<DTPRICEASOF>20240131</INVPOS></POSSTOCK>
<POSMF><INVPOS><SECID><UNIQUEID>922908769<UNIQUEIDTYPE>CUSIP</SECID><HELDINACCT>CASH<POSTYPE>LONG<UNITS>3<UNITPRICE>100
<MKTVAL>300<DTPRICEASOF>20240131</INVPOS></POSMF>
<POSSTOCK><INVPOS><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID><HELDINACCT>SHORT<POSTYPE>SHORT<UNITS>4<UNITPRICE>1
<MKTVAL>-4<DTPRICEASOF>20240131</INVPOS></POSSTOCK>
</INVPOSLIST>
<INVBAL><AVAILCASH>99.5<MARGINBALANCE>0<SHORTBALANCE>0</INVBAL>
</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST>
<STOCKINFO><SECINFO><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID>
<SECNAME>APPLE INC<TICKER>AAPL</SECINFO></STOCKINFO>
<MFINFO><SECINFO><SECID><UNIQUEID>922908769<UNIQUEIDTYPE>CUSIP</SECID>
<SECNAME>VANGUARD TOTAL<TICKER>VTI</SECINFO></MFINFO>
<STOCKINFO><SECINFO><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID><SECNAME>MICROSOFT<TICKER>MSFT</SECINFO></STOCKINFO>
</SECLIST></SECLISTMSGSRSV1></OFX>
"""


def test_an_ofx_download_gives_positions_and_cash_and_refuses_what_is_short() -> None:
    found = read_file(OFX.encode(), origin="x.qfx")

    assert held(found) == {"AAPL": "12.5", "VTI": "3"}
    assert [each.kind for each in found.portfolio.holdings] == [Kind.EQUITY, Kind.FUND]
    assert [(each.currency, each.amount) for each in found.portfolio.cash] == [("USD", Decimal("99.5"))]
    assert [each.name for each in found.accounts] == ["Fidelity"]
    assert ["short position" in row.reason for row in found.rejected] == [True]


@pytest.mark.parametrize("part", [0.4, 0.6, 0.8, 0.95, 0.99])
def test_a_download_that_broke_off_is_refused(part: float) -> None:
    with pytest.raises(BadRequest, match="not readable OFX"):
        read_file(OFX[: int(part * len(OFX))].encode(), origin="x.qfx")


PERFORMANCE = """<client><version>68</version><securities><security><uuid>1</uuid><name>BASF</name>
<currencyCode>EUR</currencyCode>
<isin>DE000BASF111</isin><tickerSymbol>BAS.DE</tickerSymbol>
<prices><price t="2015-01-02" v="{price}"/></prices></security>
</securities><portfolios><portfolio><name>Depot</name><transactions>
<portfolio-transaction><date>2015-01-05T00:00</date><currencyCode>EUR</currencyCode><amount>69880</amount>
<security reference="../../../../../securities/security"/>
<shares>{shares}</shares><type>BUY</type></portfolio-transaction>
<portfolio-transaction><date>2015-02-05T00:00</date><currencyCode>EUR</currencyCode><amount>20964</amount>
<security reference="../../../../../securities/security"/>
<shares>{sold}</shares><type>SELL</type></portfolio-transaction>
</transactions></portfolio></portfolios></client>"""


@pytest.mark.parametrize(("share", "price"), [(10**6, 6988), (10**8, 698800), (10**8, 6988000000)])
def test_a_portfolio_performance_file_tells_by_its_own_prices_how_it_counts(share: int, price: int) -> None:
    text = PERFORMANCE.format(shares=10 * share, sold=3 * share, price=price)

    found = read_file(text.encode(), origin="mine.xml")

    assert held(found) == {"BAS.DE": "7"}
    assert found.portfolio.holdings[0].isin == "DE000BASF111"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PERFORMANCE.format(shares=10, sold=3, price=6988), "could mean several things"),
        ("<!DOCTYPE x>" + PERFORMANCE.format(shares=10, sold=3, price=1), "declares a document type"),
        (PERFORMANCE.format(shares=10, sold=3, price=1)[:-5], "not readable XML"),
    ],
)
def test_a_portfolio_performance_file_that_could_mean_several_things_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadRequest, match=says):
        read_file(text.encode(), origin="mine.xml")


def test_names_and_isins_are_typed_as_plain_lines() -> None:
    found = read_file(
        b"Air Liquide 12,5\nFR0000121014 = 3\nAAPL 10 @170 USD\nStoxx 600 10\ncash 500 EUR\nAIR.PA 1,234\n",
        origin="x.txt",
        tickers={"air liquide": "AI.PA"},
    )

    assert held(found) == {"AAPL": "10", "AI.PA": "12.5", "AIR.PA": "1.234", "FR0000121014": "3"}
    assert [row.reason for row in found.rejected] == [
        "'Stoxx 600 10' has more than one number: write @ before a price"
    ]


def test_a_lone_comma_in_a_plain_line_is_asked() -> None:
    found = read_file(b"AIR.PA 1,234\nAAPL 10\n", origin="x.txt")

    assert [question.text for question in found.questions] == ["1,234: is that 1234 or 1.234?"]
    answered = read_file(b"AIR.PA 1,234\nAAPL 10\n", origin="x.txt", answers={"decimal": "."})
    assert held(answered) == {"AAPL": "10", "AIR.PA": "1234"}
