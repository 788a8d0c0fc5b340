"""When a model's stated knowledge ends: before that day it may have read what became of a name, so nothing
counts as foresight.

A table by hand; what its maker does not state, or is not here, is a gap, and such calls count. A month means
its last day.
"""

from datetime import date
from typing import Final

from core.base.gap import Gap

# Beginning of the model's id (without its service), last day of its stated knowledge, who says so.
KNOWLEDGE: Final[tuple[tuple[str, date, str], ...]] = (
    ("claude-fable-5-1", date(2026, 6, 30), "Anthropic, models overview, read November 2026"),
    ("claude-opus-5", date(2026, 5, 31), "Anthropic, models overview, read November 2026"),
    ("claude-sonnet-5", date(2026, 1, 31), "Anthropic, models overview, read November 2026"),
    ("claude-haiku-4-5", date(2025, 2, 28), "Anthropic, models overview, read November 2026"),
    ("gpt-5.4", date(2025, 8, 31), "OpenAI, as the model's card at Box says, read November 2026"),
)
# Newer models whose ids begin like an older one's: nothing of them is known here.
UNKNOWN: Final = ("claude-opus-5-5", "claude-sonnet-5-5")


def knowledge_end(model: str) -> date | Gap:
    """The last day of `model`'s stated knowledge; `model` as in the stamp, with or without its service."""
    name = model.casefold().rpartition(":")[2].rpartition("/")[2]
    if not name.startswith(UNKNOWN):
        for beginning, day, _source in KNOWLEDGE:
            if name.startswith(beginning):
                return day
    return Gap(gap="its maker states no end of its knowledge that is known here")
