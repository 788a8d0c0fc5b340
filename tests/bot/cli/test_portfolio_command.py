"""`python -m bot portfolio`: shows, imports after a yes, exports what reads back, restores, edits. A real
ledger in a folder."""

import json
from pathlib import Path

import pytest

from bot.cli.base import main

FILE = "ticker,quantity,currency,name\nAAPL,10,USD,Apple\nMSFT,ten,USD,\n$CASH,500,EUR,\n"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE", str(tmp_path / "ledger.sqlite"))
    for name in ("PORTFOLIO_FILE", "UNIVERSE_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "mine.csv").write_text(FILE, encoding="utf-8")
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["portfolio", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def tickers(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    code, out, _ = call(capsys, "--json")
    assert code == 0
    return {each["ticker"]: each["quantity"] for each in json.loads(out)["holdings"]}


def test_without_a_terminal_an_import_shows_everything_and_replaces_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call(capsys, "add", "OLD", "1")

    code, out, _ = call(capsys, "import", "mine.csv")

    assert code == 2, "a script must see that nothing was done"
    assert "AAPL" in out
    assert "line 3: the quantity 'ten' is not a number" in out
    assert "Nothing was replaced. Add --yes" in out
    assert tickers(capsys) == {"OLD": "1"}


def test_a_first_portfolio_replaces_nothing_and_needs_no_yes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "import", "mine.csv")

    assert (code, "this is your portfolio now" in out) == (0, True)
    assert tickers(capsys) == {"AAPL": "10"}


def test_with_yes_the_portfolio_is_replaced_and_can_be_restored(capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "add", "OLD", "1")

    code, out, _ = call(capsys, "import", "mine.csv", "--yes")

    assert (code, "Replaced." in out) == (0, True)
    assert tickers(capsys) == {"AAPL": "10"}
    assert call(capsys, "restore")[0] == 0
    assert tickers(capsys) == {"OLD": "1"}


@pytest.mark.parametrize(
    ("answer", "after"), [("y\n", {"AAPL": "10"}), ("n\n", {"OLD": "1"}), ("\n", {"OLD": "1"})]
)
def test_at_a_terminal_a_yes_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, answer: str, after: dict[str, str]
) -> None:
    call(capsys, "add", "OLD", "1")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda question: answer.strip())

    code, _, _ = call(capsys, "import", "mine.csv")

    assert code == 0
    assert tickers(capsys) == after


def test_an_import_as_json_is_one_object_with_rejected_rows(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "import", "mine.csv", "--yes", "--json")

    found = json.loads(out)
    assert code == 0
    assert found["replaced"] is True
    assert found["rejected"] == [
        {"line": 3, "text": "MSFT,ten,USD", "reason": "the quantity 'ten' is not a number"}
    ]
    assert found["cash"] == [{"currency": "EUR", "amount": "500"}]


def test_a_file_of_no_known_format_is_refused_with_exit_code_2(
    capsys: pytest.CaptureFixture[str], house: Path
) -> None:
    (house / "other.csv").write_text("Foo,Bar\n1,2\n", encoding="utf-8")

    code, out, err = call(capsys, "import", "other.csv", "--yes")

    assert (code, out) == (2, "")
    assert "other.csv is in no format known here. Accepted: " in err


def test_a_refusal_as_json_is_one_error_object(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "import", "absent.csv", "--json")

    assert code == 2
    assert json.loads(out)["error"]["code"] == 2
    assert "absent.csv cannot be read" in json.loads(out)["error"]["message"]


def test_a_file_that_leaves_nothing_replaces_nothing_even_with_yes(
    capsys: pytest.CaptureFixture[str], house: Path
) -> None:
    call(capsys, "add", "OLD", "1")
    rows = (
        "Date,Code,Currency,Price,Quantity,Action,Fee\n2024-03-04,A,USD,1,1,buy,0\n2024-03-05,A,USD,1,1,sell,"
        "0\n"
    )
    (house / "sold.csv").write_text(rows, encoding="utf-8")

    code, out, _ = call(capsys, "import", "sold.csv", "--yes")

    assert code == 2
    assert "the file leaves no open position" in out
    assert tickers(capsys) == {"OLD": "1"}


@pytest.mark.parametrize(
    ("name", "text"), [("head.csv", "ticker,quantity\n"), ("none.json", '{"holdings": []}')]
)
def test_a_header_without_rows_empties_no_portfolio_even_with_yes(
    capsys: pytest.CaptureFixture[str], house: Path, name: str, text: str
) -> None:
    call(capsys, "add", "OLD", "1")
    (house / name).write_text(text, encoding="utf-8")

    _, out, err = call(capsys, "import", name, "--yes")

    assert "the file leaves no open position" in out + err
    assert tickers(capsys) == {"OLD": "1"}


def test_the_ticker_of_an_isin_is_named_once_and_remembered(
    capsys: pytest.CaptureFixture[str], house: Path
) -> None:
    (house / "isin.csv").write_text("ticker,quantity\nDE0005557508,3\n", encoding="utf-8")

    call(capsys, "import", "isin.csv", "--yes")
    assert tickers(capsys) == {"DE0005557508": "3"}
    call(capsys, "rename", "DE0005557508", "dte.de")
    call(capsys, "import", "isin.csv", "--yes")

    assert tickers(capsys) == {"DTE.DE": "3"}


def test_the_ticker_of_an_isin_can_be_named_with_the_import(
    capsys: pytest.CaptureFixture[str], house: Path
) -> None:
    (house / "isin.csv").write_text("ticker,quantity\nDE0005557508,3\n", encoding="utf-8")

    call(capsys, "import", "isin.csv", "--yes", "--ticker", "DE0005557508=DTE.DE")

    assert tickers(capsys) == {"DTE.DE": "3"}


@pytest.mark.parametrize("kind", [[], ["--csv"], ["--json"]])
def test_an_export_reads_back_identically(
    capsys: pytest.CaptureFixture[str], house: Path, kind: list[str]
) -> None:
    (house / "evil.csv").write_text(
        "ticker,quantity,name,locked\nAAPL,1.50,'=CMD(),yes\n$CASH,5,,\n", encoding="utf-8"
    )
    call(capsys, "import", "mine.csv", "--yes")
    call(capsys, "add", "BRK-B", "1.50", "USD")
    call(capsys, "lock", "AAPL")
    before = call(capsys, "--json")[1]

    code, out, _ = call(capsys, "export", *kind)

    assert code == 0
    (house / "back").write_text(out, encoding="utf-8")
    call(capsys, "remove", "AAPL")
    call(capsys, "import", "back", "--yes")
    assert call(capsys, "--json")[1] == before


def test_an_exported_name_runs_in_no_spreadsheet(capsys: pytest.CaptureFixture[str], house: Path) -> None:
    (house / "evil.csv").write_text("ticker,quantity,name\nAAPL,1,'=CMD()\n", encoding="utf-8")
    call(capsys, "import", "evil.csv", "--yes")

    assert json.loads(call(capsys, "--json")[1])["holdings"][0]["name"] == "=CMD()"
    assert "AAPL,1,,'=CMD(),equity,," in call(capsys, "export")[1]


def test_single_lines_are_changed_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["add", "aapl", "10", "usd"],
        ["add", "AAPL", "2.5"],
        ["add", "MSFT", "1"],
        ["cash", "500", "eur"],
        ["cash", "usd", "7"],
    ):
        assert call(capsys, *words)[0] == 0
    call(capsys, "lock", "MSFT")
    call(capsys, "cash", "0", "EUR")

    shown = json.loads(call(capsys, "show", "--json")[1])

    assert [(each["ticker"], each["quantity"], each["locked"]) for each in shown["holdings"]] == [
        ("AAPL", "12.5", False),
        ("MSFT", "1", True),
    ]
    assert shown["cash"] == [{"currency": "USD", "amount": "7"}]
    call(capsys, "unlock", "MSFT")
    call(capsys, "remove", "AAPL")
    assert "locked" not in call(capsys)[1]
    assert tickers(capsys) == {"MSFT": "1"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["remove", "AAPL"], "AAPL is not held"),
        (["add", "AAPL", "1,234"], "could mean 1234 or 1.234"),
        (["add", "A_B", "1"], "is not a ticker"),
        (["frobnicate"], "nothing that can be done with a portfolio"),
        (["cash", "5", "EURO"], "three letters"),
        (["restore"], "no earlier portfolio"),
        (["import", "mine.csv", "--ticker", "X"], "is not ISIN=TICKER"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    code, _, err = call(capsys, *words)

    assert code == 2
    assert says in err


def test_without_any_portfolio_the_way_to_one_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys)

    assert code == 2
    assert "portfolio import FILE" in err


def test_the_portfolio_file_of_the_settings_wins_and_says_so(
    capsys: pytest.CaptureFixture[str], house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (house / "set.csv").write_text("ticker,quantity\nV,3\n", encoding="utf-8")
    monkeypatch.setenv("PORTFOLIO_FILE", str(house / "set.csv"))

    code, out, err = call(capsys, "import", "mine.csv", "--yes")

    assert code == 2
    assert "AAPL" in out
    assert "Nothing was changed: PORTFOLIO_FILE is set" in err
    assert "PORTFOLIO_FILE is set" in call(capsys, "add", "V", "1")[2]
    assert tickers(capsys) == {"V": "3"}


def test_the_demo_has_its_own_copy_that_can_be_changed(capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "add", "MINE", "1")
    code, out, _ = call(capsys, "--demo", "--json")
    call(capsys, "remove", "AAPL", "--demo")

    assert code == 0
    assert len(json.loads(out)["holdings"]) > 5
    assert "AAPL" in out
    assert "AAPL" not in call(capsys, "--demo", "--json")[1]
    assert tickers(capsys) == {"MINE": "1"}


def test_a_question_without_a_terminal_says_how_to_answer_and_the_answer_counts(
    capsys: pytest.CaptureFixture[str], house: Path
) -> None:
    (house / "comma.txt").write_text("AIR.PA 1,234\nAAPL 10\n", encoding="utf-8")

    code, _, err = call(capsys, "import", "comma.txt", "--yes")

    assert code == 2
    assert "1,234: is that 1234 or 1.234? Answer with --answer 'decimal=.' (1234)" in err
    assert call(capsys, "import", "comma.txt", "--yes", "--answer", "decimal=.")[0] == 0
    assert tickers(capsys) == {"AAPL": "10", "AIR.PA": "1234"}


def test_an_import_replaces_its_own_account_and_says_when_the_same_would_count_twice(
    capsys: pytest.CaptureFixture[str], house: Path
) -> None:
    rows = "Action,Time,ISIN,Ticker,Name,No. of shares,Currency (Price / share)\n{}"
    row = "Market buy,2024-01-02 10:00:00,US0378331005,AAPL,Apple,{},USD\n"
    (house / "t212.csv").write_text(rows.format(row.format(5)), encoding="utf-8")
    call(capsys, "add", "NEW", "1")

    assert call(capsys, "import", "t212.csv", "--yes")[0] == 0
    (house / "t212.csv").write_text(rows.format(row.format(6)), encoding="utf-8")
    assert call(capsys, "import", "t212.csv", "--yes")[0] == 0
    assert tickers(capsys) == {"AAPL": "6", "NEW": "1"}
    assert "Accounts: main (1 position), Trading 212 (1 position)." in call(capsys)[1]

    (house / "again.csv").write_text("ticker,quantity\nAAPL,6\n", encoding="utf-8")
    code, _, err = call(capsys, "import", "again.csv", "--yes")
    assert code == 2
    assert "the account Trading 212 already holds much of this" in err
    assert call(capsys, "import", "again.csv", "--yes", "--all")[0] == 0
    assert tickers(capsys) == {"AAPL": "6"}
    assert call(capsys, "undo")[0] == 0
    assert tickers(capsys) == {"AAPL": "6", "NEW": "1"}


def test_the_accounts_are_renamed_merged_and_removed_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "add", "AAPL", "1", "in", "Bank")
    call(capsys, "add", "AAPL", "2", "in", "Broker")

    assert call(capsys, "account", "merge", "Bank", "into", "Broker")[0] == 0
    assert call(capsys, "account", "rename", "Broker", "to", "My", "broker")[0] == 0
    assert tickers(capsys) == {"AAPL": "3"}
    assert "Accounts: My broker (1 position)." in call(capsys)[1]
    assert ",My broker" in call(capsys, "export")[1]


def test_the_ticker_of_an_isin_survives_every_other_import(
    capsys: pytest.CaptureFixture[str], house: Path
) -> None:
    (house / "isin.csv").write_text("ticker,quantity\nDE0005557508,3\n", encoding="utf-8")
    (house / "other.csv").write_text("ticker,quantity\nAAPL,3\n", encoding="utf-8")
    call(capsys, "import", "isin.csv", "--yes")
    call(capsys, "name", "DE0005557508", "=", "dte.de")

    for name in ("other.csv", "isin.csv"):
        assert call(capsys, "import", name, "--yes")[0] == 0

    assert tickers(capsys) == {"DTE.DE": "3"}
