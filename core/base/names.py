"""How a ticker is read: trimmed and case-folded, one spelling everywhere. Foreign spellings end here."""

import re
import unicodedata

# Letters and digits as exchanges use them, with the separators of class shares and markets (BRK-B, AZN.L,
# 7203.T).
TICKER = re.compile(r"[A-Z0-9^][A-Z0-9.\-=^&]{0,19}")


def fold_ticker(text: str) -> str:
    """The one spelling of a ticker. Only trims and folds case: whether it exists is for others to say."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def is_ticker(text: str) -> bool:
    """Whether `text`, once folded, can be a ticker at all. ASCII only, so no look-alike letters pass."""
    return TICKER.fullmatch(fold_ticker(text)) is not None
