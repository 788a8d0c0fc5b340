"""Why nothing was reached, in a person's words, and giving up on a service that refuses everything."""

import socket
import ssl
from decimal import Decimal

import pytest

from core.base.errors import ModelFailed
from providers.models.registry import build_model, check_model
from providers.models.stepping import Memory
from providers.models.stream import unreachable
from tests.providers.models.model_stub import Asked, Served, as_json, serving


@pytest.mark.parametrize(
    ("root", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "no such host"),
        (ConnectionRefusedError(111, "refused"), "nothing listens there"),
        (ssl.SSLError("bad certificate"), "its certificate is not trusted"),
        (TimeoutError(), "it did not take the connection in time"),
        (ConnectionResetError(), "the connection was lost before an answer began"),
    ],
)
def test_the_root_of_a_chain_of_exceptions_says_why(root: Exception, words: str) -> None:
    wrapped = RuntimeError("Connection error.")
    wrapped.__cause__ = OSError("all attempts failed")
    wrapped.__cause__.__context__ = root

    assert unreachable(wrapped) == words


async def test_a_service_that_refuses_every_field_is_given_up_after_a_few_rounds() -> None:
    def script(asked: Asked) -> Served:
        names = (
            "temperature response_format stream_options max_completion_tokens max_tokens prompt_cache_key "
            "cache_control"
        )
        return as_json({"error": {"message": f"refused: {names}"}}, status=400)

    async with serving(script) as service:
        model = build_model(
            "openai:m", temperature=Decimal(0), base_url=service.address, keys={}, memory=Memory()
        )
        with pytest.raises(ModelFailed) as caught:
            await check_model(model)
        await model.aclose()

    assert caught.value.permanent is True
    assert len(service.asked) <= 10
