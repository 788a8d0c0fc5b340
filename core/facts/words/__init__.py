"""What headlines say, language by language: tables of phrases for events (what happened) and views (what nobody vouches for).

Each table is a text file beside this module, `LANGUAGE_KIND.txt`, one alternative a line, so that a person can review it:
`@ class words` names a class of words, `= name severity / reason` opens a group, and every other line is a phrase, an example
that it must find and one that it must not (the tests hold every line to both). A backslash at the end goes on in the next line. The
English events stand gravest first: a headline that says two things is graded by the first row that finds it. Severities are
judgement (the literature ranks filings, not headlines): G3 where the thesis changes, G2 where it may.
"""

from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr", "de", "it", "es", "nl", "ja")


@cache
def words(language: str, kind: str) -> str:
    """The text of a table: `kind` is events, sourcing or opinion, for English also forecast."""
    table = files(__name__).joinpath(f"{language}_{kind}.txt")
    return table.read_text(encoding="utf-8").replace("\\\n", "")
