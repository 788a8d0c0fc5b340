"""The Dutch registers of the AFM."""
