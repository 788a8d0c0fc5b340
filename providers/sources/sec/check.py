"""How `doctor` asks the SEC: two requests with the owner's contact, the list of tickers and one company's
filings.
"""

from core.base.errors import SourceFailed
from providers.sources.sec.client import LIST_CAP, NAME
from providers.sources.sec.submissions import read_submissions, read_tickers, spelled
from providers.sources.shape import Checked, Health, Question, Reach, Source


async def check(source: Source, reach: Reach, question: Question) -> Checked:
    """Whether both lists answer, and of when the newest filing is. Raises SourceFailed."""
    if not reach.contact:
        detail = "not asked: CONTACT_EMAIL is missing, and the SEC wants one."
        return Checked(health=Health.WARNING, detail=detail)
    base, data = reach.addresses
    stand_in = source.terms.stand_in.ticker
    listing = await reach.fetcher.get(f"{base}/files/company_tickers.json", source=NAME, cap=LIST_CAP)
    question.heard(listing)
    try:
        listed = read_tickers(listing.body)
        held = (each.ticker for each in question.held if spelled(each.ticker) in listed)
        ticker = next(held, stand_in if stand_in in listed else next(iter(listed), stand_in))
        page = await reach.fetcher.get(
            f"{data}/submissions/CIK{listed[spelled(ticker)].cik:010d}.json",
            source=NAME,
            cap=LIST_CAP,
            accept=(200, 404),
        )
        if page.status == 404:
            said = f"lists {ticker} but has no page of its filings: check SEC_DATA_URL."
            return Checked(health=Health.WARNING, detail=said)
        rows = read_submissions(page.body).rows
    except ValueError as error:
        raise SourceFailed(f"{NAME} failed: {error}.", source=NAME) from error
    newest = max((row.filed for row in rows), default=None)
    filings = f"newest filing of {ticker}: {newest}" if newest else f"no filing of {ticker}"
    return Checked(health=Health.OK, detail=f"{len(listed):,} tickers; {filings}.")
