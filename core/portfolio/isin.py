"""How an ISIN is recognised: by its shape alone. Pure.

Decision: the check digit is not demanded. Exports that people made anonymous carry false ones, and a wrong
ISIN does no harm here: it names a line until its owner gives it a ticker.
"""

import re

_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")


def is_isin(text: str) -> bool:
    """Whether `text` has the shape of an ISIN: two letters, nine letters or digits, one digit."""
    return _ISIN.fullmatch(text) is not None
