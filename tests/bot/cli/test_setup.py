"""`setup`: the questions and their checks against real services on loopback, and a file that is written whole
or not at all."""

import asyncio
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.asking import telegram as telegram_questions
from bot.cli.asking.env_file import composed, example_text, write
from bot.cli.asking.talk import Terminal
from bot.cli.setup import converse
from bot.settings import Settings, load, model_keys, read, read_file
from core.base.errors import BadRequest
from tests.bot.cli.services_side import KEY, Services, running_services
from tests.local_telegram import ResetBeforeAccept

Answer = str | list[str] | Callable[[], str]
CODE = re.compile(r"send this code to @condorcet_bot: (\S+)")


class Script:
    """A person at a terminal: answers questions by a fragment of them, in any order; a callable is run for
    its answer. A question without an answer gets Enter. `shown` is everything that stood on the screen,
    prompts included."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = {question.replace("_", " "): answer for question, answer in answers.items()}
        self.shown: list[str] = []
        self.hidden: list[str] = []
        self.on_line: Callable[[str], None] = lambda _line: None

    @property
    def terminal(self) -> Terminal:
        return Terminal(read=self.read, read_secret=self.read_secret, write=self.write)

    @property
    def text(self) -> str:
        return "\n".join(self.shown)

    def write(self, line: str) -> None:
        self.shown.append(line)
        self.on_line(line)

    def read(self, prompt: str) -> str:
        self.shown.append(prompt)
        assert len(self.shown) < 200, "the same questions come again and again"
        for fragment, answer in self.answers.items():
            if fragment.casefold() in prompt.replace("_", " ").casefold():
                if isinstance(answer, list):
                    return answer.pop(0) if answer else ""
                return answer() if callable(answer) else answer
        return ""

    def read_secret(self, prompt: str) -> str:
        self.hidden.append(prompt)
        return self.read(prompt)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with running_services(tmp_path) as found:
        yield found


@pytest.fixture
def env_file(services: Services, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where `setup` writes. The services' addresses stand in the environment, as a self-hoster would set
    them."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in services.addresses.items():
        monkeypatch.setenv(name, value)
    folder = services.folder / "home"
    folder.mkdir()
    return folder / ".env"


def healthy(services: Services, **other: Answer) -> Script:
    """Answers that lead to a whole file; the rest is Enter."""
    answers: dict[str, Answer] = {
        "Telegram_token": services.telegram.token,
        "Numeric_Telegram_ids": "42",
        "Model_(-_skips)": "openai:gpt-6-luna",
        "OPENAI_API_KEY": KEY,
        "Currency": "chf",
        "E-mail": "ada@example.org",
    }
    return Script(**(answers | other))


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_answers_make_a_file_that_the_bot_starts_with(services: Services, env_file: Path) -> None:
    script = healthy(services)

    converse(script.terminal, env_file)

    settings = load(
        ("TELEGRAM_TOKEN", "TELEGRAM_ALLOWED_USER_IDS", "MODEL", "CONTACT_EMAIL"), env_file=env_file
    )
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == services.telegram.token
    assert settings.telegram_allowed_user_ids == (42,)
    assert (settings.model, settings.base_currency) == ("openai:gpt-6-luna", "CHF")
    assert settings.contact_email == "ada@example.org"
    assert model_keys(settings) == {"OPENAI_API_KEY": KEY}
    assert mode_of(env_file) == 0o600
    assert [path.name for path in env_file.parent.iterdir()] == [".env"]
    assert "python -m bot doctor" in script.text


def test_each_answer_was_checked_against_its_service(services: Services, env_file: Path) -> None:
    script = healthy(services)

    converse(script.terminal, env_file)

    assert "ok: the token is that of @condorcet_bot." in script.text
    assert "Check it with one tiny call (at most about $0." in script.text
    assert "sampling provider default" in script.text
    assert "2 rates of" in script.text
    assert "1 tickers; newest filing of AAPL" in script.text
    assert len(services.model.asked) == 1


def test_no_secret_is_shown_and_both_are_typed_unseen(services: Services, env_file: Path) -> None:
    script = healthy(services)
    converse(script.terminal, env_file)
    again = Script()

    converse(again.terminal, env_file)

    for text in (script.text, again.text):
        assert KEY not in text
        assert services.telegram.token not in text
    assert len(script.hidden) == 2
    assert "OPENAI_API_KEY (hidden while you type) [****, Enter keeps it]: " in again.shown


def test_enter_keeps_everything_that_the_old_file_says(services: Services, env_file: Path) -> None:
    converse(healthy(services).terminal, env_file)
    first = env_file.read_text()

    converse(Script().terminal, env_file)

    assert env_file.read_text() == first


def test_the_old_file_is_kept_beside_the_new_one_for_its_owner_alone(
    services: Services, env_file: Path
) -> None:
    env_file.write_text(f"MODEL=rehearsal\nJURY_SIZE=7\nOPENAI_API_KEY={KEY}\n")
    env_file.chmod(0o644)
    script = healthy(services)

    converse(script.terminal, env_file)

    backup = env_file.with_name(".env.bak")
    assert backup.read_text() == f"MODEL=rehearsal\nJURY_SIZE=7\nOPENAI_API_KEY={KEY}\n"
    assert (mode_of(backup), mode_of(env_file)) == (0o600, 0o600)
    assert load(env_file=env_file).jury_size.most == 7
    assert "The former one is .env.bak" in script.text


def test_the_comments_and_the_order_of_the_example_are_kept(services: Services, env_file: Path) -> None:
    converse(healthy(services).terminal, env_file)

    written = env_file.read_text().splitlines()
    example = example_text().splitlines()
    assert [line.partition("=")[0] for line in written] == [line.partition("=")[0] for line in example]
    assert [line for line in written if line.startswith("#")] == [
        line for line in example if line.startswith("#")
    ]


def test_the_owner_is_found_out_by_a_message_with_the_one_time_code(
    services: Services, env_file: Path
) -> None:
    owner, stranger = services.person(4242, "Grace\x1b[2J"), services.person(666, "Mallory")
    script = healthy(services, Numeric_Telegram_ids="")

    def answer(line: str) -> None:
        if found := CODE.search(line):
            services.on_loop(lambda: stranger.says("/start"))
            services.on_loop(lambda: owner.says(f"/start {found[1]}"))

    script.on_line = answer

    converse(script.terminal, env_file)

    assert load(env_file=env_file).telegram_allowed_user_ids == (4242,)
    assert "Grace[2J (id 4242) sent it. Is that you?" in script.text
    code = CODE.search(script.text)
    assert code is not None
    assert f"https://t.me/condorcet_bot?start={code[1]}" in script.text
    # The bot must not answer the code at its first start.
    assert services.on_loop(lambda: services.telegram.updates.pending) == 0


def test_whoever_denies_being_the_sender_is_asked_again(services: Services, env_file: Path) -> None:
    stranger = services.person(666, "Mallory")
    script = healthy(services, Numeric_Telegram_ids=["m", "42"], Is_that_you="n")

    def answer(line: str) -> None:
        if found := CODE.search(line):
            services.on_loop(lambda: stranger.says(found[1]))

    script.on_line = answer

    converse(script.terminal, env_file)

    assert load(env_file=env_file).telegram_allowed_user_ids == (42,)


def test_a_wrong_code_and_a_message_in_a_group_are_nobodys(services: Services, env_file: Path) -> None:
    stranger = services.person(666, "Mallory")
    settings, _ = read({"TELEGRAM_TOKEN": services.telegram.token}, env_file=env_file)
    services.on_loop(lambda: stranger.says("/start 22222222"))

    found = asyncio.run(telegram_questions.wait_for(settings, "abcdefgh", seconds=1.2))

    assert found is None
    private = {"type": "private"}
    person = {"id": 666, "first_name": "M", "is_bot": False}
    sender = telegram_questions._sender
    assert sender({"chat": {"type": "group"}, "from": person, "text": "abcdefgh"}, "abcdefgh") is None
    assert (
        sender({"chat": private, "from": person | {"is_bot": True}, "text": "abcdefgh"}, "abcdefgh") is None
    )
    assert sender({"chat": private, "from": person, "text": "my code is abcdefgh"}, "abcdefgh") is None
    assert sender({"chat": private, "from": person, "text": " ABCDEFGH "}, "abcdefgh") == (666, "M")
    assert sender(None, "abcdefgh") is None


def test_a_connection_that_breaks_while_waiting_is_taken_up_again(
    services: Services, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_questions, "PAUSE_SECONDS", 0.05)
    services.on_loop(lambda: services.telegram.inject(ResetBeforeAccept(), "getUpdates", times=1))
    services.on_loop(lambda: services.telegram.person(42).says("abcdefgh"))
    settings, _ = read({"TELEGRAM_TOKEN": services.telegram.token}, env_file=env_file)

    found = asyncio.run(telegram_questions.wait_for(settings, "abcdefgh", seconds=5))

    assert found == (42, "Ada")


def test_nobody_writes_and_the_wait_ends_politely(
    services: Services, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_questions.ask_owner, "__kwdefaults__", {"wait_seconds": 1.0})
    script = healthy(services, Numeric_Telegram_ids=["m", "42"])

    converse(script.terminal, env_file)

    assert "No message with the code came. Try again, or type the id" in script.text
    assert load(env_file=env_file).telegram_allowed_user_ids == (42,)


def test_a_wrong_token_is_asked_for_again(services: Services, env_file: Path) -> None:
    wrong = "7000000001:another-canary-token-AAAAAAAAAAAAAA"
    script = healthy(services, Telegram_token=[wrong, "not a token", services.telegram.token])

    converse(script.terminal, env_file)

    assert "failed: refuses TELEGRAM_TOKEN: Unauthorized" in script.text
    assert "A token looks like 123456789:AA" in script.text
    assert "canary" not in script.text
    settings = load(env_file=env_file)
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == services.telegram.token


def test_a_refused_value_is_not_the_next_default_and_enter_leads_out(
    services: Services, env_file: Path
) -> None:
    script = healthy(services, Telegram_token=["7000000001:another-token-AAAAAAAAAAAAAAAAAAAAAAAA"])

    converse(script.terminal, env_file)

    assert "Skipped: without a token only the command line works." in script.text
    assert load(env_file=env_file).telegram_token is None


def test_a_refused_key_and_model_are_left_out_when_the_person_says_so(
    services: Services, env_file: Path
) -> None:
    script = healthy(services, OPENAI_API_KEY="sk-wrong-canary-0123456789", Enter_asks_again="n")

    converse(script.terminal, env_file)

    settings = load(env_file=env_file)
    assert settings.model is None
    assert model_keys(settings) == {}
    assert "Still to set: MODEL." in script.text


def test_pressing_only_enter_ends_after_a_kept_token_was_refused(services: Services, env_file: Path) -> None:
    env_file.write_text("TELEGRAM_TOKEN=7000000001:another-token-AAAAAAAAAAAAAAAAAAAAAAAA\n")
    script = Script(**{"Model_(-_skips)": "-"})

    converse(script.terminal, env_file)

    assert load(env_file=env_file).telegram_token is None


def test_ids_that_are_none_are_explained(services: Services, env_file: Path) -> None:
    script = healthy(services, Numeric_Telegram_ids=["@ada", "-100500", "42, -100500"])

    converse(script.terminal, env_file)

    assert "numeric Telegram ids separated by commas" in script.text
    assert "At least one must be a person's id" in script.text
    assert load(env_file=env_file).telegram_allowed_user_ids == (42, -100500)


def test_a_wrong_key_is_told_and_can_be_typed_again(services: Services, env_file: Path) -> None:
    script = healthy(services, OPENAI_API_KEY=["sk-wrong-canary-0123456789", KEY])

    converse(script.terminal, env_file)

    assert "does not accept the key (401)" in script.text
    assert "sk-wrong" not in script.text
    assert model_keys(load(env_file=env_file)) == {"OPENAI_API_KEY": KEY}


def test_the_call_can_be_declined_and_then_none_is_paid(services: Services, env_file: Path) -> None:
    script = healthy(services, tiny_call="n")

    converse(script.terminal, env_file)

    assert services.model.asked == []
    assert load(env_file=env_file).model == "openai:gpt-6-luna"


def test_a_model_without_a_known_price_is_asked_for_one(services: Services, env_file: Path) -> None:
    answers: dict[str, Answer] = {"Model_(-_skips)": "openai:unheard-of", "Its_price,": ["cheap", "1,5"]}
    script = healthy(services, **answers)

    converse(script.terminal, env_file)

    assert "its price is unknown here" in script.text
    assert "It must be `input,output`" in script.text
    assert load(env_file=env_file).model_price == "1,5"


def test_the_rehearsal_needs_no_key_and_no_call(services: Services, env_file: Path) -> None:
    script = healthy(services, **{"Model_(-_skips)": "Rehearsal"})

    converse(script.terminal, env_file)

    assert load(env_file=env_file).model == "rehearsal"
    assert len(script.hidden) == 1
    assert services.model.asked == []


def test_a_server_of_ones_own_is_asked_for_its_address_and_optional_key(
    services: Services, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODEL_BASE_URL")
    answers: dict[str, Answer] = {
        "Model_(-_skips)": "openai-compatible:mine",
        "Its_address": ["nowhere", services.model.address],
        "MODEL_API_KEY,_if": KEY,
    }
    script = healthy(services, **answers)

    converse(script.terminal, env_file)

    settings = load(env_file=env_file)
    assert "It must be an address that begins with http" in script.text
    assert settings.model_base_url == services.model.address
    assert model_keys(settings) == {"MODEL_API_KEY": KEY}


def test_another_provider_does_not_keep_the_address_of_the_former_one(
    services: Services, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODEL_BASE_URL")
    env_file.write_text("MODEL=ollama:qwen3\nMODEL_BASE_URL=http://127.0.0.1:9/v1\n")

    converse(healthy(services, tiny_call="n").terminal, env_file)

    assert load(env_file=env_file).model_base_url is None


def test_everything_can_be_skipped_and_what_is_still_to_set_is_named(
    services: Services, env_file: Path
) -> None:
    script = Script(**{"Model_(-_skips)": "-"})

    converse(script.terminal, env_file)

    for name in ("TELEGRAM_TOKEN", "TELEGRAM_ALLOWED_USER_IDS", "MODEL", "CONTACT_EMAIL"):
        assert f"Still to set: {name}." in script.text
    assert load(env_file=env_file).base_currency == "EUR"


def test_what_cannot_be_reached_can_be_kept(
    services: Services, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TELEGRAM_BASE_URL", "MODEL_BASE_URL", "SEC_BASE_URL", "FX_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    script = healthy(services, Enter_asks_again="k")

    converse(script.terminal, env_file)

    assert "could not be reached" in script.text
    settings = load(("TELEGRAM_TOKEN", "MODEL", "CONTACT_EMAIL"), env_file=env_file)
    assert settings.base_currency == "CHF"


def test_a_currency_without_a_rate_and_a_bad_address_are_asked_for_again(
    services: Services, env_file: Path
) -> None:
    script = healthy(services, **{"Currency": ["francs", "XAU", "USD"], "E-mail": ["me", "ada@example.org"]})

    converse(script.terminal, env_file)

    assert "It must be a currency code of three letters" in script.text
    assert "publishes no rate of BASE_CURRENCY" in script.text
    assert "It must be an e-mail address" in script.text
    assert load(env_file=env_file).base_currency == "USD"


def test_a_portfolio_file_is_read_before_it_is_taken(services: Services, env_file: Path) -> None:
    good = services.folder / "portfolio.csv"
    script = healthy(services, Portfolio_file=[str(services.folder / "none.csv"), str(good)])

    converse(script.terminal, env_file)

    assert "which cannot be read" in script.text
    assert "1 positions from" in script.text
    assert load(env_file=env_file).portfolio_file == good


def test_what_is_no_setting_is_left_out_and_named(services: Services, env_file: Path) -> None:
    env_file.write_text(f"JURRY_SIZE=7\n{KEY}\nTIMEZONE=Mars/X\n")
    script = healthy(services)

    converse(script.terminal, env_file)

    assert "Left out, because it is no setting: JURRY_SIZE (did you mean JURY_SIZE?)." in script.text
    assert "Left out, because they cannot be read: 1 lines." in script.text
    assert "Still to mend: TIMEZONE is no time zone" in script.text
    assert KEY not in script.text
    assert "JURRY" not in env_file.read_text()


def test_a_setting_of_the_environment_that_wins_is_told(
    services: Services, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BASE_CURRENCY", "USD")
    script = healthy(services)

    converse(script.terminal, env_file)

    assert "The environment holds other values, and wins: BASE_CURRENCY." in script.text


@pytest.mark.parametrize("error", [KeyboardInterrupt, EOFError])
def test_an_end_in_the_middle_leaves_the_old_file_alone(
    services: Services, env_file: Path, error: type[BaseException]
) -> None:
    env_file.write_text("MODEL=rehearsal\n")

    def ends() -> str:
        raise error

    with pytest.raises((KeyboardInterrupt, BadRequest)):
        converse(healthy(services, **{"E-mail": ends}).terminal, env_file)

    assert env_file.read_text() == "MODEL=rehearsal\n"
    assert [path.name for path in env_file.parent.iterdir()] == [".env"]


def test_a_folder_that_cannot_be_written_is_told_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    script = Script()

    with pytest.raises(BadRequest, match="cannot be written"):
        converse(script.terminal, tmp_path / ".env")

    assert script.shown == []


def test_a_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    real, link = tmp_path / "real.env", tmp_path / ".env"
    real.write_text("old\n")
    link.symlink_to(real)

    backup = write(link, "new\n")

    assert link.is_symlink()
    assert real.read_text() == "new\n"
    assert backup == tmp_path / "real.env.bak"


@given(value=st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])).map(str.strip))
def test_whatever_a_value_holds_is_read_as_it_was_written(
    value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not value.isprintable():
        return
    path = tmp_path_factory.getbasetemp() / "round.env"

    path.write_text(composed("# c\nMODEL_API_KEY=\nMODEL=x\n", {"MODEL_API_KEY": value}), encoding="utf-8")

    assert read_file(path) == ({"MODEL_API_KEY": value, "MODEL": "x"}, [])


def test_a_value_of_two_lines_is_refused() -> None:
    with pytest.raises(BadRequest, match="MODEL_API_KEY holds a line break"):
        composed("MODEL_API_KEY=\n", {"MODEL_API_KEY": "a\nTELEGRAM_TOKEN=b"})
