"""The figures of an annual report that are told, and the countries whose issuers file such reports."""

from typing import Final

# IFRS concepts that stood in a recorded report → words, in the order in which they are told.
CONCEPTS: Final = {
    "ifrs-full:Revenue": "revenue",
    "ifrs-full:ProfitLossFromOperatingActivities": "operating profit",
    "ifrs-full:ProfitLoss": "net profit",
}

# The EU's electronic format is law there, and the United Kingdom kept it. Germany and Ireland are left out: the collection
# holds none of theirs.
COUNTRIES: Final = frozenset(
    ("AT", "BE", "DK", "ES", "FI", "FR", "GB", "GR", "IT", "LU", "NL", "NO", "PL", "PT", "SE")
)
