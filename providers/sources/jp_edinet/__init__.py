"""Japan's EDINET."""
