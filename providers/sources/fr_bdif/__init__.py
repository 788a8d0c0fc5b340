"""The AMF's decisions on public offers (BDIF)."""
