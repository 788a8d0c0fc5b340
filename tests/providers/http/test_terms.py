"""What a host asks of its visitors holds over all tasks, and a refusal is followed by rest."""

import asyncio
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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


async def test_a_request_that_gets_onto_the_wire_late_is_not_closed_up_on() -> None:
    now = [0.0]
    gate = Gate(Terms(addresses=("http://x",), per_second=5, user_agent="x"), clock=lambda: now[0])
    first = await gate.enter("The regulator")
    second = asyncio.create_task(gate.enter("The regulator"))
    await asyncio.sleep(0)
    now[0] = 0.9
    gate.sent(first)
    await asyncio.sleep(0.01)

    assert not second.done()
    now[0] = 0.9 + 1.06 / 5 + 0.001
    gate.sent(first)
    await asyncio.sleep(0.3)
    assert second.done()


async def test_a_request_that_never_gets_onto_the_wire_holds_the_others_up_for_a_second_only() -> None:
    now = [0.0]
    gate = Gate(Terms(addresses=("http://x",), per_second=50, user_agent="x"), clock=lambda: now[0])
    await gate.enter("The regulator")
    now[0] = 0.999

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(gate.enter("The regulator"), timeout=0.0005)
    now[0] = 1.0
    await asyncio.wait_for(gate.enter("The regulator"), timeout=2)


@pytest.fixture
def stamping() -> Iterator[tuple[str, list[float]]]:
    """A server of its own thread, which a busy test does not hold up, and the moments at which requests
    arrived."""
    arrived: list[float] = []

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            arrived.append(time.monotonic())
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_words: object, **_named: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", arrived
    server.shutdown()
    server.server_close()
    thread.join(5)


async def test_no_second_holds_more_requests_than_the_rate_on_a_machine_that_is_held_up(
    stamping: tuple[str, list[float]],
) -> None:
    url, arrived = stamping
    terms = Terms(addresses=(url,), per_second=20, user_agent="x")

    async def busy() -> None:
        for _ in range(6):
            await asyncio.sleep(0.03)
            time.sleep(0.15)  # noqa: ASYNC251 it is the loop that must be held up

    async with Fetcher(trusted=[url], terms=[terms]) as fetcher:
        await asyncio.gather(busy(), *(fetcher.get(f"{url}/{number}") for number in range(25)))

    gaps = [later - earlier for earlier, later in zip(arrived, arrived[20:], strict=False)]
    assert len(arrived) == 25
    assert min(gaps) >= 1.0


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
