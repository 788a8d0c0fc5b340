"""For every test: the Telegram library speaks of waits as durations, as the bot itself asks it to; the
examples of property tests are the same at each run, so that a commit is green or it is not. `FUZZ=1` searches
anew.
"""

import os

from hypothesis import settings

os.environ.setdefault("PTB_TIMEDELTA", "true")
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("search" if os.environ.get("FUZZ") else "repeatable")
