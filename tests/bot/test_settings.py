"""Settings: every fault named at once, no value repeated, the example kept in step with the table."""

import re
from datetime import date, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from bot.app import open_engine
from bot.settings import KEYS, NEEDS_BOT, PROVIDERS, Settings, load, missing, model_keys, read, secrets_of
from bot.settings.reading import overridden
from core.base.errors import BadRequest
from core.jury.ballot import Usage
from providers.models.prices import read_rates

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / ".env.example"
SECRET = "sk-canary-0123456789abcdef"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def written(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, *needs: str) -> str:
    with pytest.raises(BadRequest) as caught:
        load(needs, env_file=path)
    return str(caught.value)


def test_the_example_names_every_setting_once_and_nothing_else() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()

    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]

    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_holds_the_defaults_and_nothing_is_wrong_with_it() -> None:
    settings, faults = read(env_file=EXAMPLE)

    assert faults == ()
    assert settings == Settings()


def test_each_line_of_the_example_stands_below_its_own_comment() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()

    bare = [
        line
        for before, line in pairwise(lines)
        if line and not line.startswith("#") and not before.startswith("# ")
    ]

    assert bare == []


def test_a_default_of_the_table_is_shown_in_the_example() -> None:
    shown = dict(
        line.split("=", 1)
        for line in EXAMPLE.read_text(encoding="utf-8").splitlines()
        if re.match(r"[A-Z_]+=", line)
    )

    hidden = [
        name
        for name, field in Settings.model_fields.items()
        if (field.default not in (None, ())) != bool(shown[name.upper()])
    ]

    assert hidden == []


def test_every_provider_that_needs_a_key_says_which() -> None:
    assert set(PROVIDERS) - set(KEYS) == {"ollama", "llamacpp", "vllm", "lmstudio", "openai-compatible"}
    assert set(KEYS.values()) <= {"ANTHROPIC_API_KEY", "OPENAI_API_KEY", "MODEL_API_KEY"}


def test_missing_settings_are_named_all_at_once(tmp_path: Path) -> None:
    said = refused(written(tmp_path, "JURY_SIZE=5\n"), *NEEDS_BOT)

    for name in NEEDS_BOT:
        assert f"{name} is missing" in said
    assert "4 to mend" in said


def test_names_from_fixed_lists_are_trimmed_and_case_folded(tmp_path: Path) -> None:
    text = (
        "MODEL= OpenAI : gpt \nTIMEZONE= europe/PARIS \nINDEX_TICKER= ^gspc \nLOG_LEVEL= debug "
        "\nMARKET_SOURCE= Yahoo \n"
        "BASE_CURRENCY= chf \nWATCH_TIME= OFF \n"
    )

    settings = load(env_file=written(tmp_path, text))

    assert settings.model == "openai:gpt"
    assert settings.timezone == "Europe/Paris"
    assert settings.index_ticker == "^GSPC"
    assert (settings.log_level, settings.market_source) == ("DEBUG", "yahoo")
    assert (settings.base_currency, settings.watch_time) == ("CHF", None)


def test_wrong_missing_and_misspelt_settings_are_named_together_and_no_value_is_repeated(
    tmp_path: Path,
) -> None:
    text = (
        f"ANTHROPIC_API_KEY={SECRET}\nMODEL=claude\nJURRY_SIZE=7\nTIMEZONE=Mars/Olympus\n"
        "TELEGRAM_TOKEN=123:canary-token-value\nPUSH_TIME=8\n"
    )

    said = refused(written(tmp_path, text), *NEEDS_BOT)

    assert "MODEL must be `rehearsal` or one of" in said
    assert "JURRY_SIZE is not a setting; did you mean JURY_SIZE?" in said
    assert "TIMEZONE is no time zone" in said
    assert "PUSH_TIME must be a time of day" in said
    assert "CONTACT_EMAIL is missing" in said
    assert "MODEL is missing" not in said
    for value in (SECRET, "claude", "Olympus", "canary", "=7"):
        assert value not in said


def test_the_key_that_the_model_needs_is_named_with_the_rest(tmp_path: Path) -> None:
    said = refused(written(tmp_path, "MODEL=anthropic:x\n"), "MODEL", "CONTACT_EMAIL")

    assert "ANTHROPIC_API_KEY is missing" in said
    assert "CONTACT_EMAIL is missing" in said


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MODEL=anthropic:x\nMODEL_API_KEY=k", ()),
        ("MODEL=openai:x\nMODEL_BASE_URL=http://127.0.0.1:9/v1", ()),
        ("MODEL=ollama:x", ()),
        ("MODEL=rehearsal", ()),
        ("MODEL=gemini:x", ("MODEL_API_KEY",)),
        ("", ("MODEL",)),
    ],
)
def test_a_key_is_asked_for_only_where_the_model_needs_one(
    tmp_path: Path, text: str, names: tuple[str, ...]
) -> None:
    settings, _ = read(env_file=written(tmp_path, text))

    assert missing(settings, ("MODEL",)) == names


def test_a_misspelt_name_in_the_environment_is_named_and_a_foreign_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUGDET_USD", "1")
    monkeypatch.setenv("SOME_OTHER_PROGRAM", "1")

    said = refused(tmp_path / ".env")

    assert "BUGDET_USD (in the environment) is not a setting; did you mean BUDGET_USD?" in said
    assert "SOME_OTHER_PROGRAM" not in said


@pytest.mark.parametrize("line", [SECRET, f"{SECRET}=", "a line of words", "'unclosed"])
def test_a_line_that_is_no_setting_is_named_by_its_number_because_it_may_be_a_key(
    tmp_path: Path, line: str
) -> None:
    said = refused(written(tmp_path, f"# a comment\n\nMODEL=rehearsal\n{line}\n"))

    assert "line 4 cannot be read" in said
    assert line not in said
    assert SECRET.upper() not in said.upper()


def test_a_file_that_is_no_text_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"MODEL=\xff\xfe\n")

    with pytest.raises(BadRequest, match="is not UTF-8 text"):
        load(env_file=path)


def test_no_file_and_no_environment_give_the_defaults(tmp_path: Path) -> None:
    assert load(env_file=tmp_path / "none") == Settings()


def test_an_empty_or_blank_setting_counts_as_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JURY_SIZE", "  ")

    settings = load(env_file=written(tmp_path, "JURY_SIZE=\nBASE_CURRENCY=\n"))

    assert (settings.jury_size.most, settings.base_currency) == (5, "EUR")


def test_the_environment_wins_over_the_file_and_an_answer_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "JURY_SIZE=7\nBASE_CURRENCY=CHF\nHORIZON_MONTHS=6\n")
    monkeypatch.setenv("JURY_SIZE", "9")
    monkeypatch.setenv("HORIZON_MONTHS", "3")

    settings, faults = read({"HORIZON_MONTHS": "24"}, env_file=path)

    assert faults == ()
    assert (settings.jury_size.most, settings.base_currency, settings.horizon_months) == (9, "CHF", 24)
    assert overridden(path) == ("JURY_SIZE", "HORIZON_MONTHS")


def test_what_can_be_read_is_read_beside_what_is_wrong(tmp_path: Path) -> None:
    settings, faults = read(env_file=written(tmp_path, "JURY_SIZE=2\nBASE_CURRENCY=usd\n"))

    assert settings.base_currency == "USD"
    assert str(settings.jury_size) == "5"
    assert len(faults) == 1


def test_words_are_trimmed_and_case_folded(tmp_path: Path) -> None:
    text = (
        "MODEL= OpenAI: GPT-X "
        "\nMARKET_SOURCE=Yahoo\nLOG_LEVEL=debug\nINFO_FINANCIERE_URL=OFF\nWATCH_TIME=Off\n"
    )

    settings = load(env_file=written(tmp_path, text))

    assert (settings.model, settings.market_source, settings.log_level) == ("openai:GPT-X", "yahoo", "DEBUG")
    assert settings.info_financiere_url is None
    assert settings.watch_time is None


def test_a_file_written_on_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"\xef\xbb\xbfMODEL=rehearsal\r\nPUSH_TIME=07:30\r\n")

    settings = load(env_file=path)

    assert (settings.model, settings.push_time) == ("rehearsal", time(7, 30))


def test_nothing_inside_a_value_is_expanded(tmp_path: Path) -> None:
    settings = load(env_file=written(tmp_path, "MODEL_API_KEY='a${HOME}b $x #c'\n"))

    assert model_keys(settings) == {"MODEL_API_KEY": "a${HOME}b $x #c"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("TELEGRAM_ALLOWED_USER_IDS=@ada", "numeric Telegram ids"),
        ("TELEGRAM_ALLOWED_USER_IDS=12,١٢", "numeric Telegram ids"),
        ("TELEGRAM_BASE_URL=ftp://x", "begins with http"),
        ("SEC_BASE_URL=https://", "begins with http"),
        ("FX_URL=http://h:99999", "begins with http"),
        ("MODEL=anthropic:", "must be `rehearsal`"),
        ("MODEL=rehearsal:x", "must be `rehearsal`"),
        ("PROXY_URL=proxy.example:3128", "begins with http://, https:// or socks5://"),
        ("MODEL_PRICE=3", "US dollars per million tokens"),
        ("MODEL_PRICE=3,-1", "US dollars per million tokens"),
        ("MODEL_PRICE=3,inf", "US dollars per million tokens"),
        ("JURY_SIZE=2", "a number from 3 to 31"),
        ("JURY_SIZE=32", "a range of them"),
        ("TEMPERATURE=NaN", "TEMPERATURE"),
        ("MAX_COST_USD=-1", "greater than or equal to 0"),
        ("BASE_CURRENCY=EURO", "three letters"),
        ("CONTACT_EMAIL=noreply@example.org", "reach you"),
        ("CONTACT_EMAIL=someone", "reach you"),
        ("CONTACT_EMAIL=änne@example.org", "reach you"),
        ("MARKET_SOURCE=bloomberg", "yahoo, eodhd, tiingo, or `file:`"),
        ("MARKET_SOURCE=file:", "yahoo, eodhd, tiingo, or `file:`"),
        ("PUSH_DAY=0", "greater than or equal to 1"),
        ("PUSH_TIME=25:00", "time of day"),
        ("PUSH_TIME=08:00Z", "time of day"),
        ("LOG_LEVEL=LOUD", "one of DEBUG"),
        ("FRACTIONAL_SHARES=perhaps", "boolean"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be_and_is_not_repeated(
    tmp_path: Path, line: str, reason: str
) -> None:
    name, _, value = line.partition("=")

    said = refused(written(tmp_path, line + "\n"))

    assert f"- {name} " in said
    assert reason in said
    assert f"={value}" not in said
    assert f"'{value}'" not in said


@pytest.mark.parametrize("text", ["3,15", " 3 , 15 ", "3,15,0.30,3.75"])
def test_a_price_is_read_as_the_price_list_reads_it(tmp_path: Path, text: str) -> None:
    settings = load(env_file=written(tmp_path, f"MODEL_PRICE={text}\n"))

    assert settings.model_price is not None
    rates = read_rates(settings.model_price)
    assert (rates.input, rates.output) == (Decimal(3), Decimal(15))
    assert rates.cached_read == Decimal("0.30")


def test_no_secret_stands_in_the_repr_of_settings(tmp_path: Path) -> None:
    text = f"TELEGRAM_TOKEN={SECRET}\nMODEL_API_KEY={SECRET}\nHEARTBEAT_URL=https://h.example/{SECRET}\n"

    settings = load(env_file=written(tmp_path, text))

    assert SECRET not in repr(settings)
    assert SECRET not in str(settings)
    assert secrets_of(settings) == (SECRET, SECRET)


def test_a_home_folder_is_found_in_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    settings = load(env_file=written(tmp_path, "DATABASE=~/ledger.sqlite\nMARKET_SOURCE=file:~/m.csv\n"))

    assert settings.database == tmp_path / "ledger.sqlite"
    assert settings.market_source == f"file:{tmp_path}/m.csv"


async def test_the_owners_price_reaches_the_engine(tmp_path: Path) -> None:
    settings, _ = read(
        {"MODEL": "ollama:x", "MODEL_BASE_URL": "http://box.example/v1", "MODEL_PRICE": "2,10"}
        | {"DATABASE": str(tmp_path / "ledger.sqlite")},
        env_file=tmp_path / "none",
    )
    used = Usage(input=1_000_000, cached_read=0, cache_write=0, output=1_000_000, reasoning=0)

    async with open_engine(settings, asks_sources=False) as engine:
        cost = engine.doors.prices.cost("ollama:x", used, date(2026, 11, 1))

    assert cost == Decimal(12)


@pytest.mark.parametrize("name", ["gpt\udcff", "gpt\x00", "gpt\n5"])
def test_a_model_of_characters_that_cannot_be_sent_is_refused(name: str) -> None:
    _, faults = read({"MODEL": f"openai:{name}"})

    assert faults == ("MODEL holds a character that no model's id has",)


@pytest.mark.parametrize(
    ("text", "words"), [(" Default , SEC,", ("default", "sec")), ("sec", ("sec",)), ("", ())]
)
def test_sources_are_words_of_the_registry(text: str, words: tuple[str, ...], tmp_path: Path) -> None:
    settings, faults = read({"SOURCES": text}, env_file=tmp_path / "none")

    assert (settings.sources, faults) == (words, ())


def test_a_source_that_nobody_knows_is_named_with_those_that_exist(tmp_path: Path) -> None:
    settings, faults = read({"SOURCES": "sec,edgar"}, env_file=tmp_path / "none")

    assert settings.sources == ()
    assert len(faults) == 1
    assert faults[0].startswith("SOURCES must be words of default, sec, ")
    assert "edgar" not in faults[0]


def test_a_keyed_source_of_prices_needs_its_key_and_the_key_and_proxy_are_secrets(tmp_path: Path) -> None:
    said = refused(written(tmp_path, "MARKET_SOURCE=tiingo\n"), *NEEDS_BOT)
    text = "MARKET_SOURCE=Tiingo\nMARKET_KEY=abcdef123\nPROXY_URL=socks5://me:word@proxy.example:1080\n"
    settings = load(env_file=written(tmp_path, text))

    assert "MARKET_KEY is missing" in said
    assert settings.market_source == "tiingo"
    assert {"abcdef123", "socks5://me:word@proxy.example:1080"} <= set(secrets_of(settings))
    assert "word" not in repr(settings)
