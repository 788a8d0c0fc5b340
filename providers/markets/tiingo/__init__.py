"""End-of-day prices of Tiingo."""
