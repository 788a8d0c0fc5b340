"""The kinds of the AFM's register of financial reports, which it names in English beside Dutch."""

from providers.sources.directive import KINDS

__all__ = ["KINDS"]
