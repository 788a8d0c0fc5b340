"""Sweden's register of insiders' dealings (Insynsregistret): who among the managers bought or sold, how much and at what price.

One row is one dealing and becomes fields, from which core makes its sentence; a week of them is one fact. A row that was
withdrawn (Makulerad) or replaced (Reviderad) counts for nothing. The file is UTF-16 with semicolons and decimal commas; a
row of another share of the same issuer's name is not this name's when both ISINs are known. Times are Stockholm's.
"""

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.events import Event
from core.facts.fact import Subject
from core.facts.filing import Dealing, Reported
from core.portfolio.identities import Entry, Known, choose, names_of, same_company
from providers.sources.listing import MOST_ROWS, Listing, Row, Window
from providers.sources.se_insyn.codes import BOUGHT, CHIEFS, GONE
from providers.sources.se_insyn.terms import TERMS

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SEARCH = "/publiceringsklient/sv-SE/Search/Search?SearchFunctionType=Insyn"
TIME = "%Y-%m-%d %H:%M:%S"
SERIES = "insider"
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:,[0-9]{1,10})?")
NEEDED = (
    "Publicerings datum", "Utgivare", "Person i ledande ställning", "Befattning", "Karaktär", "Instrument", "ISIN",
    "Volym", "Volymsenhet", "Pris", "Valuta", "Status",
)  # fmt: skip


class Insyn(Listing):
    """FactSource for the dealings of managers of Swedish issuers."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        """The name as it is asked for: the register takes no number. Which rows are meant is decided by their ISIN and name."""
        kept = self.reach.identities.known(subject.ticker).sure(self.terms.key)
        if isinstance(kept, str):
            return kept
        return next(iter(names_of(subject)), Gap(gap=f"not looked for at {self.name}: nobody said its name"))

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        asked = (
            f"{SEARCH}&Utgivare={quote(issuer)}&Publiceringsdatum.From={window.first}"
            f"&Publiceringsdatum.To={window.last}&button=export"
        )
        fetched = await self.get(asked)
        try:
            text = fetched.body.decode("utf-16-le").lstrip("\ufeff")
        except UnicodeDecodeError as error:
            raise self.failed("answered with a page instead of its file") from error
        table = csv.DictReader(io.StringIO(text), delimiter=";")
        missing = next((name for name in NEEDED if name not in (table.fieldnames or ())), None)
        if missing is not None:
            raise self.without(missing)
        found = [row for row in table if self._mine(subject, issuer, row) and row["Status"] not in GONE]
        return [self._row(row) for row in found[:MOST_ROWS]]

    def _mine(self, subject: Subject, issuer: str, row: dict[str, str]) -> bool:
        """Whether a dealing is in the subject: its share by ISIN, or another paper of the issuer of that very name."""
        if isinstance(subject.isin, str) and row["ISIN"] == subject.isin:
            return True
        entry = Entry(value=row["Utgivare"], name=row["Utgivare"], country=TERMS.country, isin=row["ISIN"])
        known = isinstance(choose(subject, (entry,), scheme=self.terms.key, source=self.name), Known)
        return known or same_company(issuer, row["Utgivare"])

    def _row(self, row: dict[str, str]) -> Row:
        published = self.local(row["Publicerings datum"], TIME, STOCKHOLM, "Publicerings datum")
        shares, price = _number(row["Volym"]), _number(row["Pris"])
        counted = isinstance(shares, Decimal) and row["Volymsenhet"] == "Antal"
        money: Decimal | Gap = Gap(gap="no price was given")
        if counted and isinstance(shares, Decimal) and isinstance(price, Decimal):
            money = shares * price
        who = " ".join(row["Person i ledande ställning"].split())[:120]
        dealing = Dealing(
            who=who,
            role=" ".join(row["Befattning"].split())[:120],
            chief=CHIEFS.search(row["Befattning"]) is not None,
            bought=BOUGHT.get(row["Karaktär"].casefold()),
            shares=shares if counted else Gap(gap="given as an amount"),
            money=money,
            currency=row["Valuta"][:3] or "SEK",
        )
        told = f"{row['Karaktär']}: {who} ({dealing.role}), {row['Volym']} {row['Instrument']}"
        return Row(
            key=f"{row['Publicerings datum']} {who} {row['Karaktär']} {row['Volym']} {row['ISIN']}",
            form="PDMR",
            title=" ".join(told.split())[:300],
            filed=published.date(),
            published=published,
            reported=Reported(event=Event.INSIDER, label="manager's dealing", code=row["Karaktär"]),
            series=SERIES,
            url=TERMS.home,
            fields=(dealing,),
        )


def _number(text: str) -> Decimal | Gap:
    """A number as the register writes it, with a decimal comma; ASCII only."""
    plain = text.replace("\u00a0", "").replace(" ", "")
    return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else Gap(gap="no number")
