"""What a periodic report says beyond its figures: doubt about going concern, a changed auditor, results in
words.

A report of 300 pages is read once, paragraph by paragraph, and only these paragraphs are kept. Refused:
everything else of it, for risk factors and notes repeat what was news before.
"""

import re
from collections.abc import Iterator
from typing import Final

DOUBT: Final = "doubt"
AUDITOR: Final = "auditor"
RESULTS: Final = "results"
# As far as a report is read: the longest have some two million characters without their tags.
LIMIT: Final = 3_000_000
_LONG: Final = 2_000
_MOST: Final = {DOUBT: 6, AUDITOR: 3, RESULTS: 8}
_SHORT: Final = 40
_HEADING: Final = re.compile(
    r"\bdisagreements with accountants(?: on accounting and financial disclosures?)?\b", re.IGNORECASE
)
_NEXT: Final = re.compile(r"[\W\d]*(?:item\s*9A\b|controls and procedures\b)", re.IGNORECASE)
# "None." and the page numbers of a table of contents.
_NOTHING: Final = re.compile(
    r"\W*(?:none|not applicable|n/a|no changes?\b|there (?:were|have been|are) no|\d*\W*$)", re.IGNORECASE
)
_RESULT: Final = re.compile(
    r"\b(?:revenues?|net sales|sales|net income|net loss|net earnings|operating income)\b[^.]{0,160}"
    r"\b(?:increased|decreased|was|were|declined|rose|grew|fell)\b[^.]{0,160}[$€£%]",
    re.IGNORECASE,
)


def paragraphs(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, begin and end of each paragraph of `text` that tells something, in order."""
    left = dict(_MOST)
    place, after = 0, 0
    for line in text.split("\n"):
        begin, place = place, place + len(line) + 1
        said = line[:_LONG]
        heading = _HEADING.search(said)
        if heading:
            after, begin, said = 3, begin + heading.end(), said[heading.end() :]
        if _NEXT.match(said):
            after = 0
        kind = _kind(said, under=after > 0)
        after -= heading is None
        if kind and left[kind]:
            left[kind] -= 1
            yield kind, begin, begin + len(said)


def telling(text: str) -> str:
    """The paragraphs of `text` that tell something, one a line, under their heading where they need it."""
    kept = [(kind, text[begin:end]) for kind, begin, end in paragraphs(text)]
    heading = "Changes in and Disagreements with Accountants"
    first = next((number for number, (kind, _) in enumerate(kept) if kind == AUDITOR), len(kept))
    lines = [said for _, said in kept]
    return "\n".join([*lines[:first], *([heading] if first < len(kept) else []), *lines[first:]])


def _kind(said: str, *, under: bool) -> str:
    """What a paragraph tells; `under`: it stands below the heading of changes of accountants."""
    low = said.lower()
    if "substantial doubt" in low and "going concern" in low:
        return DOUBT
    if len(said) < _SHORT:
        return ""
    if under and not _NOTHING.match(said):
        return AUDITOR
    return RESULTS if _RESULT.search(said) else ""
