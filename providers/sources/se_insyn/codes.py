"""Insynsregistret's words: what kind of dealing it was, whether the row still counts, who is a chief."""

import re
from typing import Final

# Karaktär → bought in the market, sold, or neither (grants, gifts, loans, exchanges): those are not in the table.
BOUGHT: Final = {"förvärv": True, "avyttring": False}

# Rows that no longer count: withdrawn, or replaced by a later one.
GONE: Final = frozenset({"Makulerad", "Reviderad"})

CHIEFS: Final = re.compile(
    r"\bVD\b"
    r"|verkställande direktör(?!s)"
    r"|ekonomichef"
    r"|finansdirektör"
    r"|\bCEO\b"
    r"|\bCFO\b",
    re.IGNORECASE,
)
