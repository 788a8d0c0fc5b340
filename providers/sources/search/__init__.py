"""A news search by name."""
