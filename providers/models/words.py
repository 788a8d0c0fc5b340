"""Words that both dialects need: the schema in the text for services that cannot enforce it, and why nothing was reached."""

import socket
import ssl

from core.brief.model import Brief


def asked_in_words(brief: Brief, mode: str) -> str:
    """What is added to the end of the question, so that the prefix stays the same: nothing where the schema is enforced."""
    if mode == "schema":
        return ""
    return (
        "\n\nThe answer must be one JSON object that conforms to this JSON schema, with nothing before or after it:\n"
        + brief.schema
    )


def unreachable(error: BaseException) -> str:
    """Why no connection came about, from the root of a chain of exceptions, in a person's words."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, socket.gaierror):
            return "no such host"
        if isinstance(seen, ConnectionRefusedError):
            return "nothing listens there"
        if isinstance(seen, ssl.SSLError):
            return "its certificate is not trusted"
        if isinstance(seen, TimeoutError):
            return "it did not take the connection in time"
        seen = seen.__cause__ or seen.__context__
    return "the connection was lost before an answer began"
