"""The README's table of models, at today's list prices: what one report of 30 names with five ballots
costs."""

import sys
from datetime import UTC, datetime

from providers.models.prices import price_table


def main() -> int:
    """Prints the table; a price has no limit to be over."""
    print(price_table(datetime.now(UTC).date()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
