"""From the MODEL setting to a model: the address, the key, and no SDK before it is asked."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.base.errors import BadRequest, ModelFailed
from providers.models.registry import address_of, build_model, check_model, is_local
from providers.models.services import BY_NAME
from providers.models.stepping import Memory
from tests.providers.models.model_stub import Asked, Served, anthropic_stream, as_json, openai_stream, serving

ROOT = Path(__file__).resolve().parents[3]


def build(model: str, *, base_url: str | None = None, keys: dict[str, str] | None = None) -> Any:
    return build_model(model, temperature=Decimal(0), base_url=base_url, keys=keys or {}, memory=Memory())


def test_building_a_model_loads_no_sdk() -> None:
    code = (
        "import sys\n"
        "from decimal import Decimal\n"
        "from providers.models.registry import build_model\n"
        "from providers.models.stepping import Memory\n"
        "from providers.models.prices import ListPrices\n"
        "for m in ('anthropic:a', 'openai:b', 'rehearsal'):\n"
        "    keys = {'MODEL_API_KEY': 'k'}\n"
        "    build_model(m, temperature=Decimal(0), base_url=None, keys=keys, memory=Memory())\n"
        "print([name for name in ('anthropic', 'openai', 'httpx2', 'genai_prices') if name in sys.modules])\n"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("model", ["anthropic", "anthropic:", "claude:x", "openai: ", ""])
def test_a_setting_that_names_no_model_is_refused_with_the_choices(model: str) -> None:
    with pytest.raises(BadRequest, match="openai-compatible"):
        build(model)


@pytest.mark.parametrize(
    ("model", "named"),
    [
        ("anthropic:a", "ANTHROPIC_API_KEY or MODEL_API_KEY"),
        ("openai:a", "OPENAI_API_KEY"),
        ("gemini:a", "MODEL_API_KEY"),
    ],
)  # fmt: skip
def test_a_missing_key_is_named(model: str, named: str) -> None:
    with pytest.raises(BadRequest, match=named):
        build(model)


def test_a_server_of_ones_own_needs_no_key() -> None:
    assert build("ollama:qwen3").label == "ollama:qwen3"
    assert build("openai-compatible:m").label == "openai-compatible:m"
    assert build("anthropic:a", base_url="http://127.0.0.1:9").label == "anthropic:a"


def test_the_provider_is_case_folded_and_the_model_is_not() -> None:
    assert build(" OpenAI: GPT-x ", keys={"OPENAI_API_KEY": "k"}).label == "openai:GPT-x"


@pytest.mark.parametrize(
    ("name", "base_url", "address"),
    [
        ("anthropic", None, "https://api.anthropic.com"),
        ("anthropic", "http://127.0.0.1:4010", "http://127.0.0.1:4010"),
        ("anthropic", "http://127.0.0.1:4010/v1/", "http://127.0.0.1:4010"),
        ("openai", None, "https://api.openai.com/v1"),
        ("openai", "http://127.0.0.1:4010", "http://127.0.0.1:4010/v1"),
        ("openai", "http://127.0.0.1:4010/v1", "http://127.0.0.1:4010/v1"),
        ("openrouter", "http://127.0.0.1:4010", "http://127.0.0.1:4010/api/v1"),
        ("openai-compatible", "http://box:8000/deep/v2", "http://box:8000/deep/v2"),
    ],
)
def test_an_address_without_a_path_gets_the_services_own(
    name: str, base_url: str | None, address: str
) -> None:
    assert address_of(BY_NAME[name], base_url) == address


def test_local_is_this_machine_only() -> None:
    assert is_local("http://127.0.0.1:1/v1")
    assert is_local("http://localhost:1")
    assert is_local("http://[::1]:1")
    assert not is_local("http://192.168.1.2:1")
    assert not is_local("https://localhost.example.com")


@pytest.mark.parametrize("name", ["anthropic", "openai"])
async def test_a_check_says_mode_sampling_and_what_it_used(name: str) -> None:
    def script(asked: Asked) -> Served:
        if "temperature" in asked.body:
            return as_json({"error": {"message": "temperature: Extra inputs are not permitted"}}, status=400)
        stream = anthropic_stream if name == "anthropic" else openai_stream
        return stream('{"ready": true}')

    async with serving(script) as service:
        model = build(f"{name}:m", base_url=service.address, keys={"MODEL_API_KEY": "k"})
        reply = await check_model(model)
        await model.aclose()

    assert (reply.mode, reply.sampling, reply.usage.output) == ("schema", "provider default", 50)
    assert len(service.asked) == 2


async def test_a_check_with_a_wrong_key_raises_its_sentence() -> None:
    body = {"type": "error", "error": {"type": "authentication_error", "message": "invalid x-api-key"}}
    async with serving(lambda _: as_json(body, status=401)) as service:
        model = build("anthropic:m", base_url=service.address, keys={"ANTHROPIC_API_KEY": "k"})
        with pytest.raises(ModelFailed, match="does not accept the key"):
            await check_model(model)
        await model.aclose()


async def test_the_rehearsal_jury_needs_nothing_and_can_be_closed() -> None:
    model = build("rehearsal")

    reply = await check_model(model)
    await model.aclose()

    assert model.rehearsal is True
    assert reply.sampling == "rehearsal: no model was asked"


async def test_a_model_never_asked_closes_without_loading_anything() -> None:
    await build("ollama:x").aclose()
