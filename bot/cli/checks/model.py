"""The model: one tiny priced call tells whether key, address and model are right, and what sampling and form
it settled on."""

import json
from datetime import date
from decimal import Decimal

from bot.app import build_chat_model
from bot.cli.checks.bench import Finding, fine, unreachable, warned, wrong
from bot.settings import Settings, missing
from core.base.errors import ModelFailed
from core.base.gap import Gap
from core.jury.ballot import Finish, Reply
from core.ports import Prices

SECONDS = 90.0
# What the tiny question takes: measured 90 to 150 tokens with its schema. Models that think first may write a
# thousand.
TOKENS_IN, TOKENS_OUT = 150, 1_000
# Causes that only the owner's hand mends.
OWNERS = {"bad_key", "forbidden", "unknown_model", "wrong_address", "no_credit"}
ADVICE = {
    "bad_key": "Check the key.",
    "unknown_model": "Check MODEL.",
    "forbidden": "Check what the key may use.",
    "no_credit": "Add credit, or take another model.",
    "wrong_address": "Check MODEL_BASE_URL.",
    "unreachable": "Check MODEL_BASE_URL and the network.",
}


def price_before(settings: Settings, day: date) -> Decimal | Gap:
    """The most that the tiny call is likely to cost, in US dollars."""
    return _prices(settings).estimate(
        settings.model or "", input_tokens=TOKENS_IN, output_tokens=TOKENS_OUT, ballots=1, day=day
    )


async def check(settings: Settings, day: date) -> tuple[Finding, ...]:
    """Asks once. The detail names mode, sampling, tokens and price."""
    from providers.models.registry import check_model

    lacking = missing(settings, ("MODEL",))
    if lacking:
        return (warned("model", f"not asked: {' and '.join(lacking)} missing."),)
    if settings.model == "rehearsal":
        return (
            warned("model", "the rehearsal jury is set: no model is asked, and no report is a real one."),
        )
    model = build_chat_model(settings)
    try:
        reply = await check_model(model)
    except ModelFailed as error:
        said = " ".join(part for part in (str(error), ADVICE.get(error.cause, "")) if part)
        return (wrong("model", said) if error.cause in OWNERS else unreachable("model", said),)
    finally:
        await model.aclose()
    return _told(settings, reply, day)


def _told(settings: Settings, reply: Reply, day: date) -> tuple[Finding, ...]:
    cost = _prices(settings).cost(settings.model or "", reply.usage, day)
    detail = (
        f"{settings.model} answers: structured mode {reply.mode}, sampling {reply.sampling}; "
        f"this call took {_count(reply.usage.input)} tokens in, {_count(reply.usage.output)} "
        f"out, {dollars(cost)}."
    )
    if reply.notes:
        detail += " " + " ".join(reply.notes)
    findings = [fine("model", detail)]
    if not _as_asked(reply):
        said = (
            f"it answered, but not with the asked JSON object (stop reason {reply.finish_raw}): its "
            "ballots may be spoiled."
        )
        findings.append(warned("model answers", said))
    if isinstance(cost, Gap):
        said = (
            "its price is unknown, so no limit on costs can be kept: set MODEL_PRICE=input,output "
            "in US dollars per "
            "million tokens."
        )
        findings.append(warned("model price", said))
    return tuple(findings)


def dollars(cost: Decimal | Gap) -> str:
    """An amount for people; tiny ones keep their first digits."""
    if isinstance(cost, Gap):
        return "price unknown"
    return "no charge" if cost == 0 else f"${cost:.6f}" if cost < Decimal("0.01") else f"${cost:.2f}"


def _prices(settings: Settings) -> Prices:
    from providers.models.prices import ListPrices, read_rates

    rates = None if settings.model_price is None else read_rates(settings.model_price)
    return ListPrices(base_url=settings.model_base_url, rates=rates)


def _count(tokens: int | Gap) -> str:
    return "an unknown number of" if isinstance(tokens, Gap) else str(tokens)


def _as_asked(reply: Reply) -> bool:
    if reply.finish is not Finish.NATURAL:
        return False
    try:
        return bool(json.loads(reply.text) == {"ready": True})
    except (ValueError, RecursionError):
        return False
