"""Sweden's register of insiders' dealings (Insynsregistret): who among the managers bought or sold, how much
and at what price.

One row is one dealing and becomes fields, from which core makes its sentence; a week of them is one fact. A
row that was withdrawn (Makulerad) or replaced (Reviderad) counts for nothing. The file is UTF-16 with
semicolons and decimal commas. A row counts by its ISIN, or as another paper of the issuer of that very name.
Times are Stockholm's.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from urllib.parse import quote

from core.base.gap import Gap
from core.facts.filing import Dealing
from core.portfolio.identities import Entry, Known, choose, same_company
from providers.sources.codes import codes_of
from providers.sources.listing import MOST_ROWS, Listing, Look, Row
from providers.sources.shape import terms_of

SEARCH = "/publiceringsklient/sv-SE/Search/Search?SearchFunctionType=Insyn"
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:,[0-9]{1,10})?")


class Insyn(Listing):
    """FactSource for the dealings of managers of Swedish issuers."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    async def issuer(self, look: Look) -> str | Gap:
        """The name as it is asked for: the register takes no number. Which rows are meant is decided by their
        ISIN and name."""
        return self.named(look.subject)

    async def rows(self, look: Look) -> Sequence[Row]:
        fetched = await self.get(
            f"{SEARCH}&Utgivare={quote(look.issuer)}&Publiceringsdatum.From={look.first}"
            f"&Publiceringsdatum.To={look.last}&button=export"
        )
        try:
            text = fetched.body.decode("utf-16-le").lstrip("\ufeff")
            table = csv.DictReader(io.StringIO(text), delimiter=";")
            listed = list(table)
        except (UnicodeDecodeError, csv.Error) as error:
            raise self.failed("answered with a page instead of its file") from error
        gone = self.codes.words["gone"]
        for name in self.codes.words["columns"]:
            # A row that is cut off lacks its last columns.
            if name not in (table.fieldnames or ()) or any(row[name] is None for row in listed):
                raise self.without(name)
        found = [row for row in listed if self._mine(look, row) and row["Status"] not in gone]
        return [self._row(row) for row in found[:MOST_ROWS]]

    def _mine(self, look: Look, row: dict[str, str]) -> bool:
        """Whether a dealing is in the subject: its share by ISIN, or another paper of the issuer of that very
        name."""
        issuer, isin = row["Utgivare"], row["ISIN"]
        if isinstance(look.subject.isin, str) and isin == look.subject.isin:
            return True
        entry = Entry(value=issuer, name=issuer, country=self.terms.country, isin=isin)
        known = choose(look.subject, (entry,), scheme=self.terms.key, source=self.name)
        return isinstance(known, Known) or same_company(look.issuer, issuer)

    def _row(self, row: dict[str, str]) -> Row:
        words, kind = self.codes.words, row["Karaktär"]
        shares: Decimal | Gap = Gap(gap="given as an amount")
        money: Decimal | Gap = Gap(gap="no price was given")
        price = _number(row["Pris"])
        if row["Volymsenhet"] == "Antal":
            shares = _number(row["Volym"])
            if isinstance(shares, Decimal) and isinstance(price, Decimal):
                money = shares * price
        who = " ".join(row["Person i ledande ställning"].split())[:120]
        role = " ".join(row["Befattning"].split())[:120]
        bought = kind.casefold() in words["bought"]
        dealing = Dealing(
            who=who,
            role=role,
            chief=any(re.search(one, row["Befattning"], re.IGNORECASE) for one in words["chiefs"]),
            bought=bought if bought or kind.casefold() in words["sold"] else None,
            shares=shares,
            money=money,
            currency=row["Valuta"][:3] or "SEK",
        )
        told = f"{kind}: {who} ({role}), {row['Volym']} {row['Instrument']}"
        said = self.row(
            key=f"{row['Publicerings datum']} {who} {kind} {row['Volym']} {row['ISIN']}",
            title=" ".join(told.split())[:300],
            published=self.moment(row["Publicerings datum"], "Publicerings datum", "%Y-%m-%d %H:%M:%S"),
            form="PDMR",
            code="PDMR",
            url=self.terms.home,
        )
        reported = replace(said.reported, code=kind, weight=None)
        return replace(said, fields=(dealing,), reported=reported)


def _number(text: str) -> Decimal | Gap:
    """A number as the register writes it, with a decimal comma; ASCII only."""
    plain = text.replace("\u00a0", "").replace(" ", "")
    return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else Gap(gap="no number")
