"""The questions of `doctor` one by one: what each finds when its service or file is wrong, down, or
silent."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.checks import house, model, sources, telegram
from bot.cli.checks.bench import (
    Bench,
    Finding,
    State,
    bounded,
    exit_code_of,
    open_bench,
    unreachable,
    warned,
    wrong,
)
from bot.push.heartbeat import LAST
from bot.settings import Settings, read
from core.base.errors import BadRequest, SourceFailed
from providers.ledger.notes import SqliteNotes
from providers.ledger.sqlite import SqliteLedger
from tests.bot.cli.services_side import KEY, Services, running_services
from tests.providers.models.model_stub import Asked, Served, as_json, openai_stream

Look = Callable[..., tuple[int, dict[str, list[tuple[str, str]]], str]]

QUESTIONS: dict[str, Callable[[Bench], Awaitable[tuple[Finding, ...]]]] = {
    "model": lambda bench: model.check(bench.settings, bench.now.date()),
    "telegram": telegram.check_telegram,
    "sec": lambda bench: sources.check_official(bench, only="sec"),
    "feeds": sources.check_feeds,
    "market": sources.check_market,
    "currency": sources.check_currency,
    "heartbeat": lambda bench: house.check_heartbeat(bench.settings),
}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with running_services(tmp_path) as found:
        yield found


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Look:
    """Asks one question of `doctor`: exit code, check → (state, detail), and all details as one text."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    async def ask(question: str, settings: Settings) -> tuple[Finding, ...]:
        portfolio, finding = await house.read_portfolio(settings)
        if question == "portfolio":
            return (finding,)
        async with open_bench(settings, portfolio=portfolio) as bench:
            return await bounded(question, QUESTIONS[question](bench), seconds=20)

    def look(question: str, values: dict[str, str]) -> tuple[int, dict[str, list[tuple[str, str]]], str]:
        settings, faults = read(values, env_file=tmp_path / "no.env")
        assert faults == ()
        findings = asyncio.run(ask(question, settings))
        found: dict[str, list[tuple[str, str]]] = {}
        for each in findings:
            found.setdefault(each.check, []).append((each.state.value, each.detail))
        text = " ".join(each.detail for each in findings)
        assert KEY not in text
        return exit_code_of(findings), found, text

    return look


def test_a_wrong_key_is_a_wrong_setting_and_is_not_repeated_even_if_the_service_does(
    services: Services, look: Look
) -> None:
    code, found, printed = look(
        "model", services.environment | {"OPENAI_API_KEY": "sk-wrong-canary-0123456789"}
    )

    assert code == 2
    state, detail = found["model"][0]
    assert state == "failed"
    assert "does not accept the key (401)" in detail
    assert "Check the key." in detail
    assert "sk-wrong" not in printed


def test_a_model_server_that_is_down_is_unreachable(services: Services, look: Look) -> None:
    code, found, _ = look("model", services.environment | {"MODEL_BASE_URL": "http://127.0.0.1:9"})

    assert code == 3
    assert found["model"][0][0] == "failed"
    assert "nothing listens there" in found["model"][0][1]


def test_a_model_without_a_known_price_is_a_warning_that_names_the_setting(
    services: Services, look: Look
) -> None:
    code, found, _ = look("model", services.environment | {"MODEL": "openai:unheard-of"})

    assert code == 0
    assert "price unknown" in found["model"][0][1]
    assert found["model price"][0][0] == "warning"
    assert "MODEL_PRICE" in found["model price"][0][1]


def test_the_owners_price_is_used(services: Services, look: Look) -> None:
    settings = services.environment | {"MODEL": "openai:unheard-of", "MODEL_PRICE": "10,1000"}

    _, found, _ = look("model", settings)

    # 120 tokens at 10 and 8 at 1,000 dollars a million
    assert "$0.009200" in found["model"][0][1]
    assert "model price" not in found


def test_a_model_that_does_not_answer_in_the_asked_form_is_told(tmp_path: Path, look: Look) -> None:
    with running_services(tmp_path, lambda _: openai_stream("Yes, I am ready!")) as services:
        code, found, _ = look("model", services.environment)

    assert code == 0
    assert found["model answers"][0][0] == "warning"


def test_a_model_that_knows_no_schema_steps_down_and_says_so(tmp_path: Path, look: Look) -> None:
    def script(asked: Asked) -> Served:
        if asked.body.get("response_format", {}).get("type") == "json_schema":
            return as_json({"error": {"message": "response_format json_schema is not supported"}}, status=400)
        return openai_stream('{"ready": true}')

    with running_services(tmp_path, script) as services:
        _, found, _ = look("model", services.environment)

    assert "structured mode json, sampling provider default" in found["model"][0][1]


def test_the_rehearsal_jury_is_a_warning_and_nobody_is_asked(services: Services, look: Look) -> None:
    code, found, _ = look("model", services.environment | {"MODEL": "rehearsal"})

    assert code == 0
    assert found["model"][0][0] == "warning"
    assert services.model.asked == []


def test_a_wrong_token_is_a_wrong_setting_and_is_not_printed(services: Services, look: Look) -> None:
    wrong = "7000000001:another-canary-token-AAAAAAAAAAAAAA"

    code, found, printed = look("telegram", services.environment | {"TELEGRAM_TOKEN": wrong})

    assert code == 2
    assert found["telegram"] == [
        ("failed", "refuses TELEGRAM_TOKEN: Unauthorized Ask @BotFather for the bot's token.")
    ]
    assert "canary" not in printed


def test_a_person_who_never_wrote_to_the_bot_is_a_warning(services: Services, look: Look) -> None:
    _, found, _ = look("telegram", services.environment | {"TELEGRAM_ALLOWED_USER_IDS": "42,77"})

    assert [state for state, _ in found["telegram owner"]] == ["ok", "warning"]
    assert "send it /start" in found["telegram owner"][1][1]


def test_a_page_instead_of_the_list_of_tickers_is_a_failure(services: Services, look: Look) -> None:
    (services.folder / "web/files/company_tickers.json").write_text("<html>Blocked</html>")

    code, found, _ = look("sec", services.environment)

    assert code == 3
    assert found["SEC EDGAR"][0][0] == "failed"


def test_a_feeds_file_with_a_bad_row_is_a_wrong_setting(services: Services, look: Look) -> None:
    (services.folder / "feeds.csv").write_text("address\nnot-an-address\n")

    code, found, _ = look("feeds", services.environment)

    assert code == 2
    assert "row 1: address is not an http address" in found["feeds"][0][1]


def test_a_held_name_without_a_price_and_an_unknown_index_are_warnings(
    services: Services, look: Look
) -> None:
    (services.folder / "market.csv").write_text("ticker,currency,price,day\nMSFT,USD,1,2020-01-02\n")

    code, found, _ = look("market", services.environment)

    assert code == 0
    assert found["market"][0][0] == "warning"
    assert found["index"][0][0] == "warning"
    assert "Check INDEX_TICKER" in found["index"][0][1]


def test_a_market_file_that_is_not_there_is_a_wrong_setting(services: Services, look: Look) -> None:
    code, found, _ = look("market", services.environment | {"MARKET_SOURCE": "file:/nowhere/m.csv"})

    assert code == 2
    assert "Check MARKET_SOURCE." in found["market"][0][1]


def test_a_base_currency_without_a_rate_is_a_wrong_setting(services: Services, look: Look) -> None:
    code, found, _ = look("currency", services.environment | {"BASE_CURRENCY": "XAU"})

    assert code == 2
    assert "publishes no rate of BASE_CURRENCY; it knows CHF, EUR, USD." in found["currency"][0][1]


def test_a_portfolio_file_with_a_bad_row_is_named_with_its_line(services: Services, look: Look) -> None:
    (services.folder / "portfolio.csv").write_text("ticker,quantity,currency\nAAPL,10,USD\nMSFT,many,USD\n")

    code, found, _ = look("portfolio", services.environment)

    assert code == 2
    assert "line 3" in found["portfolio"][0][1]


def test_a_heartbeat_that_takes_no_connection_is_told(services: Services, look: Look) -> None:
    code, found, printed = look(
        "heartbeat", services.environment | {"HEARTBEAT_URL": "http://127.0.0.1:9/canary-uuid"}
    )

    assert code == 3
    assert "check HEARTBEAT_URL" in found["heartbeat"][0][1]
    assert "canary-uuid" not in printed


@pytest.mark.parametrize(
    ("failure", "state", "says"),
    [
        ("", "ok", "The last ping (alive, 1 Nov 09:00) arrived."),
        ("answered 404", "warning", "The last ping (alive, 1 Nov 09:00) failed: answered 404."),
    ],
)
def test_the_last_ping_is_told_with_what_went_wrong(
    services: Services, look: Look, failure: str, state: str, says: str
) -> None:
    ledger = SqliteLedger(services.folder / "pinged.sqlite")
    for kind, day in (("start", 31), ("alive", 1)):
        at = datetime(2026, 10 if day == 31 else 11, day, 8, tzinfo=UTC)
        noted = json.dumps({"at": at.isoformat(), "failure": failure})
        SqliteNotes(ledger.store).write_note(LAST.format(kind=kind), noted, now=at)
    ledger.close()
    settings = services.environment | {
        "DATABASE": str(services.folder / "pinged.sqlite"),
        "TIMEZONE": "Europe/Paris",
    }

    with socket.create_server(("127.0.0.1", 0)) as there:
        settings["HEARTBEAT_URL"] = f"http://127.0.0.1:{there.getsockname()[1]}/canary-uuid"
        code, found, printed = look("heartbeat", settings)

    assert code == 0
    assert found["heartbeat"][0][0] == state
    assert found["heartbeat"][0][1].endswith(says)
    assert "canary-uuid" not in printed


def test_the_owners_own_names_are_asked_about_first(services: Services, look: Look) -> None:
    (services.folder / "portfolio.csv").write_text("ticker,quantity,currency\nMSFT,1,USD\n")
    today = datetime.now(UTC).date()
    (services.folder / "market.csv").write_text(f"ticker,currency,price,day\nMSFT,USD,5,{today}\n")

    _, found, _ = look("market", services.environment)

    assert found["market"][0][1].startswith("MSFT 5 USD of")


def test_a_question_that_hangs_is_cut_off_with_a_sentence() -> None:
    async def hangs() -> tuple[Finding, ...]:
        await asyncio.sleep(60)
        return ()

    found = asyncio.run(bounded("x", hangs(), seconds=0.01, advice="Check the network."))

    assert found == (unreachable("x", "gave no answer within 0.01 seconds. Check the network."),)


@pytest.mark.parametrize(
    ("error", "code"), [(SourceFailed("It is down.", source="s"), 3), (BadRequest("It is wrong."), 2)]
)
def test_a_failure_tells_whose_hand_is_needed(error: Exception, code: int) -> None:
    async def fails() -> tuple[Finding, ...]:
        raise error

    (found,) = asyncio.run(bounded("x", fails(), seconds=5))

    assert (found.state, found.exit_code, found.detail) == (State.FAILED, code, str(error))


def test_wrong_settings_come_before_what_cannot_be_reached_and_warnings_are_no_failure() -> None:
    bad, down, odd = wrong("a", "x"), unreachable("b", "x"), warned("c", "x")

    assert exit_code_of((down, bad, odd)) == 2
    assert exit_code_of((odd, down)) == 3
    assert exit_code_of((odd,)) == 0
    assert exit_code_of(()) == 0


@pytest.mark.parametrize(
    ("offsets", "state", "said"),
    [
        ((), State.OK, "next push"),
        ((timedelta(seconds=3),), State.OK, "next push"),
        ((timedelta(hours=1),), State.WARNING, "The clock is 60 minutes behind"),
        ((timedelta(minutes=-5),), State.WARNING, "The clock is 5 minutes ahead"),
        ((timedelta(hours=1), timedelta(seconds=1)), State.OK, "next push"),
    ],
)
async def test_the_clock_is_held_against_the_servers_that_answered(
    offsets: tuple[timedelta, ...], state: State, said: str
) -> None:
    async with open_bench(Settings(timezone="Europe/Paris")) as bench:
        bench.offsets.extend(offsets)

        (found,) = house.check_clock(bench)

    assert found.state is state
    assert said in found.detail
    assert "in Europe/Paris" in found.detail
