"""End-of-day prices of EODHD."""
