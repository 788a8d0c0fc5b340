"""The newest report for commands that also have something to say without one."""

from core.base.errors import NotFound
from core.ports import Ledger
from core.run import Run


def newest_report(ledger: Ledger) -> Run | None:
    """The last finished report, or None. Raises LedgerFailed."""
    try:
        return ledger.last_report()
    except NotFound:
        return None
