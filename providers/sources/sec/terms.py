"""On what terms the SEC lets programs read EDGAR."""

from datetime import date

from providers.http import Refusal
from providers.sources.shape import SourceTerms

TERMS = SourceTerms(
    key="sec",
    name="SEC EDGAR",
    country="US",
    reads="every filing of companies registered with the SEC, foreign issuers included, with the texts that decide a grade",
    home="https://www.sec.gov/edgar/search/",
    licence="https://www.sec.gov/about/privacy-information#security (public domain; fair access: 10 requests a second)",
    # The day on which the rule was last seen at work; its own pages of refusal, which are recorded, state it.
    checked=date(2026, 10, 14),
    # The SEC allows ten a second from one person, over all machines; blocks were seen just below that.
    per_second=5.0,
    rate="half of what its fair-access rule allows",
    welcome=True,
    why="its fair-access rule welcomes programs that say who they are (CONTACT_EMAIL)",
    seen="recorded many times, 2023 to 2026",
)

# Which of the SEC's rules a refusing page names, by a phrase in it.
RULES = (
    (
        b"Request Rate Threshold Exceeded",
        Refusal(rule="more requests per second than it allows (10 over all machines)", permanent=False),
    ),
    (
        b"Undeclared Automated Tool",
        Refusal(
            rule="no contact e-mail in the user agent that it accepts (see CONTACT_EMAIL)", permanent=True
        ),
    ),
    (b"<Code>AccessDenied</Code>", Refusal(rule="this document is not open", permanent=True, rests=False)),
)


def explain(status: int, body: bytes) -> Refusal:
    """The rule that a refusing answer names; an unknown page counts as a refusal of us, not of one document."""
    for phrase, refusal in RULES:
        if phrase.lower() in body.lower():
            return refusal
    return Refusal(rule=f"it answered {status} without naming a rule", permanent=False)
