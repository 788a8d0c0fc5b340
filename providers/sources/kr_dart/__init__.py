"""Korea's DART."""
