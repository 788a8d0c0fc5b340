"""What a host asks of its visitors holds over all tasks, and a refusal is followed by rest."""

import asyncio

import pytest

from core.base.errors import SourceFailed
from providers.http import Fetcher, Refusal, Terms
from providers.http.terms import Gate
from tests.providers.http.loopback import Loopback


async def test_the_rate_holds_over_all_tasks_together() -> None:
    async with Loopback() as web:
        terms = Terms(addresses=(web.url,), per_second=50, user_agent="Condorcet me@example.org")
        async with Fetcher(trusted=[web.url], terms=[terms]) as fetcher:
            for number in range(12):
                web.serve(f"/{number}", "x")

            await asyncio.gather(*(fetcher.get(f"{web.url}/{number}") for number in range(12)))

            times = sorted(asked.at for asked in web.asked)
            assert times[-1] - times[0] >= 10 / 50
            assert {asked.headers["user-agent"] for asked in web.asked} == {"Condorcet me@example.org"}


async def test_a_refusal_rests_the_host_for_every_waiting_and_later_request() -> None:
    async with Loopback() as web:
        terms = Terms(
            addresses=(web.url,),
            per_second=20,
            user_agent="x",
            refusal=lambda _status, _body: Refusal(rule="too many requests", permanent=False),
        )
        async with Fetcher(trusted=[web.url], terms=[terms]) as fetcher:
            web.serve("/a", "slow down", status=429)

            outcomes = await asyncio.gather(
                *(fetcher.get(web.url + "/a", source="The regulator") for _ in range(10)),
                return_exceptions=True,
            )

            said = {str(outcome) for outcome in outcomes}
            assert said == {
                "The regulator refused the request: too many requests.",
                "The regulator is left alone for 10 more minutes: it refused the request: too many requests.",
            }
            assert len(web.asked) <= 2


async def test_the_host_is_asked_again_after_the_rest() -> None:
    now = [0.0]
    gate = Gate(Terms(addresses=("http://x",), per_second=5, user_agent="x"), clock=lambda: now[0])
    gate.refused(Refusal(rule="it said so", permanent=True))
    now[0] = 541.0

    with pytest.raises(SourceFailed, match="left alone for 1 more minute:") as caught:
        await gate.enter("The regulator")

    assert caught.value.permanent
    now[0] = 600.0
    await gate.enter("The regulator")


async def test_a_dead_host_costs_five_silences_and_not_one_per_name() -> None:
    now = [0.0]
    gate = Gate(Terms(addresses=("http://x",), per_second=5, user_agent="x"), clock=lambda: now[0])
    for _ in range(5):
        gate.silent("it could not be reached")

    with pytest.raises(SourceFailed, match="5 times in a row it could not be reached"):
        await gate.enter("The regulator")

    now[0] = 61.0
    await gate.enter("The regulator")


async def test_an_answer_in_between_forgives_earlier_silences() -> None:
    gate = Gate(Terms(addresses=("http://x",), per_second=100, user_agent="x"))
    for _ in range(4):
        gate.silent("it could not be reached")
    gate.answered()
    gate.silent("it could not be reached")

    await gate.enter("The regulator")


def test_terms_hold_for_whole_path_segments_below_their_addresses() -> None:
    terms = Terms(addresses=("https://data.sec.gov", "http://127.0.0.1:9/sec"), per_second=5, user_agent="x")

    assert terms.hold_for("https://data.sec.gov/submissions/x.json")
    assert terms.hold_for("http://127.0.0.1:9/sec/files")
    assert not terms.hold_for("https://data.sec.gov.example.org/x")
    assert not terms.hold_for("http://127.0.0.1:9/security")


async def test_a_refusal_wakes_those_who_wait_for_a_distant_turn() -> None:
    gate = Gate(Terms(addresses=("http://x",), per_second=0.01, user_agent="x"))
    await gate.enter("The regulator")
    waiting = asyncio.create_task(gate.enter("The regulator"))
    await asyncio.sleep(0)

    gate.refused(Refusal(rule="too many requests", permanent=False))

    with pytest.raises(SourceFailed, match="too many requests"):
        await asyncio.wait_for(waiting, timeout=2)
