"""`python -m bot`, installed `condorcet`: the bot itself, and its commands. Nothing heavy is imported before
it is known what is asked.

Exit codes of every command: 0 done, 2 wrong use or settings, 3 a source failed (no report), 4 no quorum.
"""

import io
import os
import sys

from bot.cli.base import main


def console() -> int:
    """The process' entry: its exit code."""
    # What this program writes is its owner's alone: reports, exports and backups hold the portfolio.
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8 shows a mark in place of a sign, instead of ending the program.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return main()


if __name__ == "__main__":
    sys.exit(console())
