"""What an instrument is. Portfolio and market both speak of it, so it stands below them."""

from enum import StrEnum


class Kind(StrEnum):
    """What an instrument is. Only EQUITY is put to the vote; the others are held, not judged."""

    EQUITY = "equity"
    FUND = "fund"
    BOND = "bond"
    CRYPTO = "crypto"
    OTHER = "other"
