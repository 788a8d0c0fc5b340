"""What `doctor` and `setup` ask of the owner's machine and services, each question within bounded time.

finding: one answer · bench: what the questions share · house: files, ledger, clock · telegram, model: the two that need a
secret · facts: regulators and news · numbers: prices and currency.
"""
