"""Italy's 1INFO."""
