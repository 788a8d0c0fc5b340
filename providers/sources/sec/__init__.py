"""EDGAR, the store of the United States' regulator."""
