"""Yahoo's prices, targets and company numbers."""
