"""Parts of the sieve's benchmark: the project's own labels, the recorded items they speak of, and what is
measured.
"""
