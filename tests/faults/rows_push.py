"""Rows 9, 13 to 17, 23, 29, 31 on real processes: the push meets a bad line, the model and the sources answer
with nonsense."""

import asyncio
import json
import time
from functools import partial
from pathlib import Path

from tests.faults.kills import NEVER, dying, waiting
from tests.faults.living import Answer, Living
from tests.faults.rows_kills import SAYS, some
from tests.journeys.world import Question, good
from tests.local_telegram import BadGateway, Fault, Flood, Refusal, ResetAfterAccept

NONSENSE = {
    "a page": Answer(kind="text/html", body=b"<html>hello</html>"),
    "{}": Answer(body=b"{}"),
    "nothing": Answer(body=b""),
    "an error with 200": Answer(body=b'{"error": {"message": "overloaded", "type": "overloaded"}}'),
}


async def killed_at_each_step_of_a_push(folder: Path, *, fast: bool) -> str:
    """A ledger of its own for each kill: a month is reported once in one."""
    number, steps, names = 0, [NEVER], list[str]()
    while number < len(steps):
        async with Living(folder / str(number)) as living:
            period = living.make_due()
            bot = await living.start(wrap=dying(living, steps[number], armed=True))
            if number:
                await living.ended(bot)
                await living.start()
            await living.one_report(period)
            await living.until(partial(lambda w: waiting(w) == 0, living), "all of it")
            extra = living.questions() - 5

            assert extra <= 1, (steps[number], extra)
            if not number:
                names = living.steps()
                steps = [NEVER, *some(names, fast=fast)]
        number += 1
    return (
        f"{len(steps) - 1} kills at steps {steps[1:]} of {len(names)}: one report each, no ballot asked twice"
    )


async def pushed_through(
    folder: Path, *faults: tuple[Fault, tuple[str, ...], int | None], seconds: float = 0.0
) -> float:
    """A month's report while Telegram misbehaves; seconds to its delivery."""
    async with Living(folder) as living:
        period = living.make_due()
        placed = [living.local.inject(fault, *methods, times=times) for fault, methods, times in faults]
        await living.start()
        if seconds:
            await living.until(lambda: placed[0].used > 0, "met by the first")
            await asyncio.sleep(seconds)
            placed[0].lift()
        begun = time.monotonic()
        await living.until(lambda: living.states().get(period) == "delivered", "delivered", patience=700.0)
        took = time.monotonic() - begun

        assert all(each.used > 0 for each in placed)
        assert living.reports() == 1, living.reports()
        assert living.questions() == 5
        assert living.whole()
        assert sum(row.text == "The report is coming…" for row in living.chat()) <= 1
        return took


async def a_flooded_push(folder: Path, *, fast: bool) -> str:
    wait = 6 if fast else 30
    took = await pushed_through(folder, (Flood(wait), SAYS, 1))

    assert took >= wait, took
    return f"asked to wait {wait} s: one report after {took:.0f} s"


async def a_push_cut_off(folder: Path, *, fast: bool) -> str:
    lost = ResetAfterAccept()
    took = await pushed_through(
        folder, (lost, ("sendMessage",), 1), (lost, ("editMessageText",), 1), (lost, ("editMessageMedia",), 1)
    )
    return f"three answers lost: one report after {took:.0f} s, at most one orphan"


async def a_push_behind_a_proxy_page(folder: Path, *, fast: bool) -> str:
    seconds = 10.0 if fast else 600.0
    took = await pushed_through(folder, (BadGateway(), SAYS, None), seconds=seconds)
    return f"{seconds:.0f} s of 502: one report {took:.0f} s later"


async def a_push_whose_markup_is_refused(folder: Path, *, fast: bool) -> str:
    refused = Refusal(400, "Bad Request: can't parse entities: unsupported start tag")
    async with Living(folder) as living:
        period = living.make_due()
        placed = living.local.inject(refused, "editMessageText", times=1)
        await living.start()
        await living.one_report(period)
        reasons = [str(row[0]) for row in living.ask("SELECT reason FROM outbox WHERE reason != ''")]

        assert placed.used == 1
        assert any("sent as plain words" in reason and "parse entities" in reason for reason in reasons), (
            reasons
        )
        return "the words arrived without markup, and the outbox says why"


async def the_model_answers_nonsense(folder: Path, *, fast: bool) -> str:
    """Each shape with status 200: a provider's failure, tried once more, and no quorum."""
    causes = []
    for number, (name, shape) in enumerate(NONSENSE.items()):
        async with Living(folder / str(number)) as living:
            living.settings["JURY_CONCURRENCY"] = "5"
            living.world.script = partial(lambda shape, question: _unless_first(shape, question), shape)
            code = await living.ended(await living.start("analyze", "--json"))
            said = json.loads(living.printed[-1])["error"]["message"]

            assert code == 4, (name, code, living.words()[-500:])
            assert "1 of 5 ballots were readable" in said, said
            assert living.ask("SELECT state FROM closings") == [("no quorum",)]
            assert living.questions() == 1 + 4 * 2, (name, living.questions())
            causes.append(name)
    return f"exit 4, tried once more each, none a vote: {', '.join(causes)}"


def _unless_first(shape: Answer, question: Question) -> Answer:
    return good(question) if question.number == 0 else shape


async def feeds_that_attack_the_parser(folder: Path, *, fast: bool) -> str:
    """Every feed is a billion laughs, or comments without an end: the newswires failed, and that is said
    soon."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bodies = {
        "a billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>'
        "<rss><channel><title>&l9;</title></channel></rss>",
        "comments": "<rss>" + "<!--" * 100_000,
    }
    took = []
    for number, (name, body) in enumerate(bodies.items()):
        async with Living(folder / str(number)) as living:
            for way in ("/news/", "/search"):
                living.world.ways[way] = Answer(kind="application/xml", body=body.encode())
            begun = time.monotonic()
            code = await living.ended(await living.start("analyze"))
            took.append(f"{name} {time.monotonic() - begun:.0f} s")

            assert code == 3, (name, code, living.words()[-500:])
            assert "newswire" in living.words(), living.words()[-500:]
            assert living.questions() == 0
    return f"exit 3, no ballot asked: {', '.join(took)}"


async def no_price_for_much_of_the_weight(folder: Path, *, fast: bool) -> str:
    """The largest holding has no price that is one, or one of last month."""
    said = []
    for number, (name, change) in enumerate(
        {"NaN": {"price": "NaN"}, "stale": {"day": "2020-01-02"}}.items()
    ):
        async with Living(folder / str(number)) as living:
            market = json.loads(living.world.market.read_text())
            for entry in market["names"]:
                if entry["ticker"] in ("MSFT", "NVDA", "AAPL"):
                    entry.update(change)
                    entry["history"] = []
            living.world.market.write_text(json.dumps(market))
            code = await living.ended(await living.start("analyze"))

            assert code in (2, 3), (name, code, living.words()[-800:])
            assert living.questions() == 0
            assert "Traceback" not in living.words()
            said.append(f"{name}: exit {code}")
    return f"no report, no ballot asked: {', '.join(said)}"
