"""When EDGAR published a filing, to the second: `<updated>` of its Atom feeds, the one time of EDGAR's with a
true offset.

Refuses whatever is no feed with ValueError and a sentence: past the end of a list, and when it is overloaded,
EDGAR answers with a web page. Decisions: only the hour is taken from here, all else from the submissions; one
filing stands once for each filer and reporting owner, and the earliest of its times counts; a time without an
offset is left out, because guessing one is what the submissions' `acceptanceDateTime` suffers from. Written
from recorded `getcurrent` feeds; of the company's own feed (`getcompany`) there is no recording, only its
documented likeness to them.
"""

import re
from datetime import datetime
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
# The most that one page gives. A company that files more in one day keeps its older filings of that day by
# their date.
ENTRIES = 100
_ACCESSION = re.compile(r"accession-number=(\d{10}-\d{2}-\d{6})\Z")


def company_feed(base: str, cik: int) -> str:
    """The address of a company's newest filings."""
    asked = f"action=getcompany&CIK={cik:010d}&type=&dateb=&owner=include&count={ENTRIES}&output=atom"
    return f"{base}/cgi-bin/browse-edgar?{asked}"


def read_atom(body: bytes) -> dict[str, datetime]:
    """accession number → the instant of publication (aware). Raises ValueError for anything but a feed."""
    # A feed of EDGAR's declares no entities, so nothing can expand; the size is capped by the fetcher.
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise ValueError("the answer is a page, not the feed that was asked for")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 (see the line above)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise ValueError("the answer is a page, not the feed that was asked for") from error
    if root.tag != f"{ATOM}feed":
        raise ValueError("the answer is not an Atom feed")
    found: dict[str, datetime] = {}
    for entry in root.iter(f"{ATOM}entry"):
        named = _ACCESSION.search((entry.findtext(f"{ATOM}id") or "").strip())
        published = _instant(entry.findtext(f"{ATOM}updated") or "")
        if named is not None and published is not None:
            found[named[1]] = min(published, found.get(named[1], published))
    return found


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
