"""For every test: the Telegram library speaks of waits as durations, as the bot itself asks it to."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")
