"""What is said about who a name is."""

OWNER = "the owner"
NOTHING = "{ticker}: nothing is known yet; sources that go by a number ask at the next look."
LINE = "{ticker}: {scheme} {value} ({certainty}; {source}: {signs})"
WRONG = "{change!r} is not SCHEME=VALUE with one of {known}."
NO_NUMBER = "{value!r} is no {scheme}."
