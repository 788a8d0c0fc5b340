"""Annual reports of the EU as figures, at filings.xbrl.org."""
