"""Every word that a person reads, in one place: `report` for what is shown of a run, `chat` for the talk
around it.

A second language is a second pair of files. Templates are filled with `str.format`; outside text that goes
into them is cleaned or escaped by the caller. No template promises that a call is right: stability is not
truth.
"""
