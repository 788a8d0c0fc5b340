"""The question, byte for byte: what the model is given, and what its answer will be read against."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedName:
    """One name put to the vote. `weight` in percent of the judged part plus cash; `fact_ids` as in the
    brief."""

    ticker: str
    held: bool
    weight: Decimal
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """`schema` is the ballot's JSON schema as canonical JSON text. `digest` covers system, user and schema.

    `names` in the order in which they stand in `user`; `cash_weight` in percent.
    """

    system: str
    user: str
    schema: str
    digest: str
    principles_digest: str
    names: tuple[AskedName, ...]
    cash_weight: Decimal
