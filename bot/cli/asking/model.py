"""Which model is asked, where, and with which key; confirmed by one tiny call whose price is said before."""

from datetime import UTC, datetime

from bot.cli.asking.talk import Choice, Talk, failed
from bot.cli.checks import model as check
from bot.cli.checks.bench import Finding
from bot.settings import KEYS, Settings
from bot.settings import values as read_value
from core.base.gap import Gap

# Providers whose server is usually one's own: its address is asked for.
OWN_SERVERS = ("ollama", "openai-compatible")


def ask_model(talk: Talk) -> None:
    """Asks until the model answers, or the person keeps what could not be confirmed."""
    say = talk.terminal.say
    say("3. The model that is asked. Some that are known to work, one for each provider:")
    for example, remark in _examples():
        say(f"     {example:<42} {remark}".rstrip())
    while True:
        _ask_once(talk)
        chosen = talk.settings().model
        if chosen is None:
            say("  Skipped: no report is made before MODEL is set.")
            return
        if chosen == "rehearsal":
            say("  No model will be asked: every report will say that it is a rehearsal.")
            return
        if not _confirmed(talk):
            choice = talk.after_failure("MODEL", _key_of(chosen.partition(":")[0]))
            if choice is Choice.AGAIN:
                continue
            if choice is Choice.LEAVE:
                return
        _ask_price(talk)
        return


def _ask_once(talk: Talk) -> None:
    from providers.models.services import BY_NAME, RECOMMENDED

    before = talk.value("MODEL").partition(":")[0].strip().casefold()
    answer = talk.ask("MODEL", "Model (- skips)", read_value.model, default=RECOMMENDED)
    if not answer or (chosen := read_value.model(answer)) == "rehearsal":
        return
    talk.answers["MODEL"] = chosen
    provider = chosen.partition(":")[0]
    if provider != before:
        talk.unset("MODEL_BASE_URL")
    if provider in OWN_SERVERS or talk.value("MODEL_BASE_URL"):
        own = BY_NAME[provider].address
        address = talk.ask("MODEL_BASE_URL", "Its address", read_value.address, default=own)
        # The service's own address is its default and need not be written.
        if address == own:
            talk.unset("MODEL_BASE_URL")
    _ask_key(talk, provider)


def _key_of(provider: str) -> str:
    return KEYS.get(provider, "MODEL_API_KEY")


def _ask_key(talk: Talk, provider: str) -> None:
    name = _key_of(provider)
    if provider not in KEYS:
        question = f"{name}, if the server wants one (Enter: none)"
    else:
        question = f"{name} (hidden while you type)"
    key = talk.terminal.secret(question, kept=talk.offered(name))
    if key in {"", "-"}:
        talk.unset(name)
    else:
        talk.answers[name] = key


def _confirmed(talk: Talk) -> bool:
    """Whether one tiny call succeeded, or the person wants none."""
    today = datetime.now(UTC).date()
    price = check.price_before(talk.settings(), today)
    if isinstance(price, Gap):
        cost = "its price is unknown here"
    elif price == 0:
        cost = "no charge"
    else:
        cost = f"at most about {check.dollars(price)}"
    if not talk.terminal.yes(f"Check it with one tiny call ({cost})?"):
        return True

    async def ask(settings: Settings) -> tuple[Finding, ...]:
        return await check.check(settings, today)

    return not failed(talk.check("model", ask, seconds=check.SECONDS))


def _ask_price(talk: Talk) -> None:
    """Only where the price list does not know the model: limits on costs cannot be kept without a price."""
    price = check.price_before(talk.settings(), datetime.now(UTC).date())
    if isinstance(price, Gap):
        question = "Its price, input,output in US dollars per million tokens (Enter: unknown)"
        talk.ask("MODEL_PRICE", question, read_value.price)


def _examples() -> tuple[tuple[str, str], ...]:
    from providers.models.services import RECOMMENDED, SERVICES

    examples = [f"{service.name}:{service.models[0][0]}" for service in SERVICES if service.models]
    rows = [(example, "recommended" if example == RECOMMENDED else "") for example in examples]
    rows.append(("openai-compatible:<id>", "a server of your own (llama.cpp, vLLM, …)"))
    rows.append(("rehearsal", "no model: an offline stand-in for trying things out"))
    return tuple(rows)
