"""News feeds that a row names."""
