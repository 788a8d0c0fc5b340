"""Company numbers as filed with the SEC."""
