"""Words in company names and around them: legal words, descriptors, common words, and what stands beside one.

The words and what each set is for stand in `words/companies.txt`. COMMON words, given names and surnames
name a company only with a second sign: "Apple" in a farm report, "Target" as a verb, "Powell" at the
central bank; a word that is missing there makes a name match too easily, never too rarely.
"""

from typing import Final

from core.facts.words import sections


def _set(section: str) -> frozenset[str]:
    return frozenset(" ".join(sections("companies")[section]).split())


LEGAL: Final = _set("legal")
DESCRIPTORS: Final = _set("descriptors")
NOUNS: Final = _set("nouns")
NAMES: Final = _set("names")
COMMON: Final = NOUNS | NAMES | _set("companies too")
GENERIC: Final = _set("generic")
PLACES: Final = frozenset(one.replace("_", " ") for one in _set("places"))
GENERIC_FRONT: Final = _set("generic front")
PARTICLES: Final = _set("particles")
SIBLINGS: Final = _set("siblings")
COUNTRIES: Final = _set("countries")
SPONSORED: Final = _set("sponsored")
CAPITALS: Final = _set("capitals")
BESIDE: Final = _set("beside")
BUSINESS: Final = _set("business")
NOT_ITS_OWN_BEFORE: Final = _set("not its own before")
NOT_ITS_OWN_AFTER: Final = _set("not its own after")
PLACES_OF: Final = _set("places of")
SPEECH: Final = _set("speech")
BANKS: Final = _set("banks")
CAPITALS_OF_OTHERS: Final = _set("capitals of others")
