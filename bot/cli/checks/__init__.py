"""What `doctor` and `setup` ask of the owner's machine and services, each question within bounded time.

bench: findings and what the questions share · house: files, ledger, clock · telegram, model: the two that
need a secret · sources: regulators, news, prices, currency.
"""
