"""Yahoo's numbers through the yfinance package."""
