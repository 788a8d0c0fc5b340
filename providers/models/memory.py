"""What a service accepts, learned once and remembered for the life of the process, per address and model.

Sampling and structured answers are capabilities, not settings: ask for the strongest, step down on a refusal that names
the field, remember. Within one brief nothing may change after the first answer, or its ballots would not be comparable;
a later brief may learn anew.
"""

from dataclasses import dataclass, field

# Strongest first. `text` asks for the object in words alone; nothing is ever dug out of prose.
MODES = ("schema", "json", "text")


@dataclass(slots=True, kw_only=True)
class Accepted:
    """What one model at one address takes. `dropped` holds request fields that it refused by name."""

    mode: str
    temperature: bool = True
    max_tokens_step: int = 0
    dropped: set[str] = field(default_factory=set)
    settled_for: str = ""


class Memory:
    """One per process, passed by constructor."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Accepted] = {}

    def of(self, address: str, model: str, *, strongest: str) -> Accepted:
        return self._known.setdefault((address, model), Accepted(mode=strongest))
