"""A broker's file of ISINs ends as a priced report in the chat, and nobody types a ticker."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.living import Living

LONG = 60.0
ISINS = {"AAPL": "US0378331005", "MSFT": "US5949181045", "NVDA": "US67066G1040", "MC.PA": "FR0000121014"}
HEADER = (
    "datetime,date,account_type,category,type,asset_class,name,symbol,shares,price,amount,fee,tax,currency\n"
)


def trade_republic(*tickers: str, shares: int = 9) -> bytes:
    rows = [
        f"2024-03-0{place}T10:00:00Z,2024-03-0{place},DEFAULT,TRADING,BUY,STOCK,{ticker} Inc,{ISINS[ticker]},"
        f"{shares},10,-90,-1,,EUR"
        for place, ticker in enumerate(tickers, 1)
    ]
    return (HEADER + "\n".join(rows) + "\n").encode()


@pytest.fixture
async def living(tmp_path: Path) -> AsyncIterator[Living]:
    async with Living(tmp_path / "house") as living:
        market = json.loads(living.world.market.read_text(encoding="utf-8"))
        for entry in market["names"]:
            if entry["ticker"] in ISINS:
                entry["isin"] = ISINS[entry["ticker"]]
        living.world.market.write_text(json.dumps(market), encoding="utf-8")
        del living.settings["PORTFOLIO_FILE"]
        yield living


async def test_isins_become_a_priced_report_without_a_typed_ticker_and_later_imports_remember(
    living: Living,
) -> None:
    owner = living.owner
    await living.start()
    owner.sends_document("tr.csv", trade_republic("AAPL", "MSFT", "NVDA"))

    offered = await owner.next_message("No ticker is given for 3 instruments", timeout=LONG)
    assert "→ NVDA · United States · " in offered.text
    owner.presses(offered, "Use these 3")
    await owner.next_message("Kept: ", timeout=LONG)
    shown = await owner.next_message("Read as Trade Republic transactions", timeout=LONG)
    owner.presses(shown, "Import it")
    await owner.next_message("Replaced.", timeout=LONG)
    owner.says("/analyze")
    digest = await owner.next_message("Stability map", timeout=LONG)
    assert "3 names" in digest.text

    # The same account again, one name more: only that one is asked about.
    owner.sends_document("tr.csv", trade_republic("AAPL", "MSFT", "NVDA", "MC.PA", shares=10))
    offered = await owner.next_message("No ticker is given for 1 instrument", timeout=LONG)
    other = owner.presses(offered, "Other: MC.PA Inc")
    await other.answer(timeout=LONG)
    listed = await owner.next_message("→ MC.PA · Euronext Paris", timeout=LONG)
    owner.presses(listed, "MC.PA")
    shown = await owner.next_message("Replace the portfolio by this?", timeout=LONG)
    owner.presses(shown, "Replace my portfolio")
    await owner.next_message("Replaced.", timeout=LONG)
    owner.says("/portfolio export")
    exported = await owner.next_message("Your portfolio.", timeout=LONG)

    assert exported.document is not None
    text = exported.document.content.decode()
    assert "MC.PA,10,,MC.PA Inc,equity,,FR0000121014,Trade Republic" in text
    assert text.count(",10,") == 4


async def test_a_table_of_no_known_format_is_asked_about_once(living: Living) -> None:
    owner = living.owner
    await living.start()
    table = "Valeur;Code ISIN;Quantité;Cours;Montant\nLVMH;FR0000121014;1 200;10,5;12 600,00\n".encode(
        "cp1252"
    )
    owner.sends_document("positions.csv", table)

    asked = await owner.next_message("is no export that is known here", timeout=LONG)
    assert "quantity = “Quantité”" in asked.text
    owner.presses(asked, "Yes, read it so")
    offered = await owner.next_message("No ticker is given for 1 instrument", timeout=LONG)
    owner.presses(offered, "Use these 1")
    shown = await owner.next_message("read as Windows-1252 text", timeout=LONG)
    assert "MC.PA · 1,200" in shown.text
    owner.presses(shown, "Import it")
    await owner.next_message("Replaced.", timeout=LONG)
    owner.sends_document("positions.csv", table)

    again = await owner.next_message("Read as a table by its columns", timeout=LONG)
    assert "Replace the portfolio by this?" in again.text
