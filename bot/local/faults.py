"""Faults a test can put in the way of the next requests: flood control, outages, lost answers, refusals, delays."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Flood:
    """429 with `retry_after` in seconds; nothing is stored."""

    retry_after: int = 30


@dataclass(frozen=True, slots=True)
class Refusal:
    """Any refusal, such as `Refusal(403, "Forbidden: bot was blocked by the user")`; nothing is stored."""

    code: int
    description: str


@dataclass(frozen=True, slots=True)
class BadGateway:
    """An HTML page of a proxy instead of JSON; nothing is stored."""

    status: int = 502
    html: str = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class ResetBeforeAccept:
    """The connection breaks before the server understood; nothing is stored."""


@dataclass(frozen=True, slots=True)
class ResetAfterAccept:
    """The message is stored, then the connection breaks: the sender cannot know."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Waits, in seconds, before the request is carried out, or with `after` before a finished one is answered."""

    seconds: float
    after: bool = False


Fault = Flood | Refusal | BadGateway | ResetBeforeAccept | ResetAfterAccept | Delay


@dataclass(slots=True, kw_only=True)
class Injection:
    """A fault in place. `left` None means until lifted; `used` counts the requests it met."""

    fault: Fault
    methods: frozenset[str]
    chat_id: int | None
    left: int | None
    used: int = 0

    def lift(self) -> None:
        self.left = 0

    def meets(self, method: str, chat_id: str) -> bool:
        if self.left == 0 or (self.methods and method.lower() not in self.methods):
            return False
        return self.chat_id is None or str(self.chat_id) == chat_id


@dataclass(slots=True)
class Faults:
    """The first injection that meets a request is used for it, the oldest first."""

    placed: list[Injection] = field(default_factory=list)

    def place(
        self, fault: Fault, methods: tuple[str, ...], *, times: int | None, chat_id: int | None
    ) -> Injection:
        names = frozenset(method.lower() for method in methods)
        injection = Injection(fault=fault, methods=names, chat_id=chat_id, left=times)
        self.placed.append(injection)
        return injection

    def take(self, method: str, chat_id: str) -> Fault | None:
        for injection in self.placed:
            if injection.meets(method, chat_id):
                injection.used += 1
                if injection.left is not None:
                    injection.left -= 1
                return injection.fault
        return None
