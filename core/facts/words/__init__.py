"""The tables of words behind the sieve, one text file each, so that a person can review them.

`LANGUAGE_KIND.txt` says how headlines tell events (what happened) and views (what nobody vouches for),
language by language: `@ class words` names a class of words, `= name severity / reason` opens a group, and
every other line is a phrase, an example that it must find and one that it must not (the tests hold every
line to both; `core.facts.rule` says how phrases are written). The English events stand gravest first: a
headline that says two things is graded by the first row that finds it. Severities are judgement (the
literature ranks filings, not headlines): G3 where the thesis changes, G2 where it may. The other files hold
plain sections, `= name / reason` and its lines. A backslash at the end of a line goes on in the next.
"""

from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr", "de", "it", "es", "nl", "ja")


@cache
def words(language: str, kind: str) -> str:
    """The text of a table: `kind` is events, sourcing or opinion, for English also forecast."""
    return _text(f"{language}_{kind}.txt")


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of each section of the file `name`, in its order."""
    found: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, _text(f"{name}.txt").splitlines())):
        if line.startswith("="):
            lines = found.setdefault(line[1:].partition(" / ")[0].strip(), [])
        else:
            lines.append(line)
    return {section: tuple(lines) for section, lines in found.items()}


def pairs(name: str, section: str) -> tuple[tuple[str, str], ...]:
    """Lines "key: value" of one section."""
    rows = (line.partition(": ") for line in sections(name)[section])
    return tuple((key, value) for key, _, value in rows)


def _text(file: str) -> str:
    return files(__name__).joinpath(file).read_text(encoding="utf-8").replace("\\\n", "")
