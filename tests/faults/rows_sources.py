"""Rows 19, 24, 25, 26: the model and the sources misbehave under the real command line."""

import asyncio
import gzip
import json
import sys
from pathlib import Path

from tests.faults.living import Answer, Living
from tests.journeys.house import ROOT
from tests.journeys.world import BLOCK_PAGE, Question, Script, good
from tests.providers.http.loopback import Loopback

N = 5
QUORUM = 4
GROWTH_MB = 20
REFUSALS = (
    Answer(status=429, body=b'{"error": {"message": "rate limited", "type": "rate_limit"}}'),
    Answer(status=529, body=b'{"error": {"message": "overloaded", "type": "overloaded"}}'),
    Answer(status=503, kind="text/html", body=b"<html>unavailable</html>"),
)


def failing(ballots: int) -> Script:
    """The last `ballots` ballots fail, as often as they are asked; one is asked at a time, so numbers tell
    ballots."""

    def script(question: Question) -> Answer:
        return good(question) if question.number < N - ballots else REFUSALS[question.number % len(REFUSALS)]

    return script


async def k_of_n_ballots_fail(folder: Path, *, fast: bool) -> str:
    """Two at a time: more would only wait for the processor."""
    observed = []
    for first in range(0, N + 1, 2):
        observed += await asyncio.gather(*(_with_failing(folder, k) for k in (first, first + 1)))
    return f"failed:exit {' '.join(observed)}; the run is kept each time"


async def _with_failing(folder: Path, k: int) -> str:
    async with Living(folder / str(k)) as living:
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = failing(k)
        code = await living.ended(await living.start("analyze"))
        (state, valid) = living.ask("SELECT state, valid FROM closings")[0]

        assert code == (0 if N - k >= QUORUM else 4), (k, code, living.words())
        assert (state, valid) == ("done" if N - k >= QUORUM else "no quorum", N - k), (k, state, valid)
        assert living.whole()
        return f"{k}:{code}"


async def a_key_refused_at_the_second_ballot(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        living.settings["JURY_CONCURRENCY"] = "1"
        refused = Answer(
            status=401, body=b'{"error": {"message": "bad key", "type": "authentication_error"}}'
        )
        living.world.script = lambda question: good(question) if question.number == 0 else refused
        code = await living.ended(await living.start("analyze"))

        assert code == 4
        assert len(living.world.questions) == 2
        return f"exit {code} after 2 calls, none after the refusal"


async def the_regulator_refuses(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        living.world.ways["/sec"] = Answer(status=403, kind="text/html", body=BLOCK_PAGE)
        code = await living.ended(await living.start("analyze"))

        assert code == 3
        assert living.world.questions == []
        assert "edgar" in living.words().lower() or "sec" in living.words().lower()
        assert "403" in living.words()
        return f"exit {code}, no ballot asked: {_first_line(living.words())}"


async def feeds_that_are_pages(folder: Path, *, fast: bool) -> str:
    for name, way in (
        ("page", Answer(kind="text/html", body=BLOCK_PAGE)),
        ("empty", Answer(kind="application/xml", body=b"")),
    ):
        async with Living(folder / name) as living:
            living.world.ways["/news"] = way
            code = await living.ended(await living.start("analyze"))
            if code == 0:
                snapshot = json.loads(
                    str(living.ask("SELECT body FROM texts WHERE body LIKE '%dossiers%'")[0][0])
                )
                states = {
                    row["state"]
                    for dossier in snapshot["dossiers"]
                    for row in dossier["coverage"]
                    if row["source_class"] == "newswire"
                }
                assert states == {"failed"}, (name, states)
            else:
                assert code == 3, (name, code, living.words())
    return f"coverage failed, or no report (exit {code}); never “0 news”"


# Fetches each address and says how many were refused and by how many MB this process grew.
_FETCHES = """
import asyncio, resource, sys
from core.base.errors import SourceFailed
from providers.http import Fetcher

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

async def main(base, *paths):
    refused = 0
    async with Fetcher(trusted=[base]) as fetcher:
        await fetcher.get(base + "/small")
        before = peak()
        for path in paths:
            try:
                await fetcher.get(base + path)
            except SourceFailed:
                refused += 1
        print(refused, peak() - before)

asyncio.run(main(*sys.argv[1:]))
"""


async def bodies_that_would_fill_the_memory(folder: Path, *, fast: bool) -> str:
    """Fetched by a process of its own, so that its memory can be weighed."""
    once = gzip.compress(b"0" * 200_000_000)
    huge: dict[str, tuple[bytes, str]] = {
        "/gzip": (once, "gzip"),
        "/twice": (gzip.compress(once), "gzip, gzip"),
        "/plain": (b"0" * 60_000_000, "identity"),
    }
    async with Loopback() as web:
        web.serve("/small", "a page")
        for path, (body, coding) in huge.items():
            web.serve(path, body, content_encoding=coding)
        words = (sys.executable, "-c", _FETCHES, web.url, *huge)
        child = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
        async with asyncio.timeout(60):
            said, _ = await child.communicate()
    refused, grown = said.split()

    assert int(refused) == len(huge)
    assert float(grown) < GROWTH_MB
    return f"{len(huge)} refused, memory +{float(grown):.0f} MB"


def _first_line(text: str) -> str:
    return " ".join(text.split())[:90]
