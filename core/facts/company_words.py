"""Words in company names: legal words, descriptors, and names that are also words of the language.

LEGAL words end a registered name and are never spoken. DESCRIPTORS are spoken or not ("Cisco Systems", "Cisco").
COMMON words name a company only with a second sign: "Apple" in a farm report, "Target" as a verb. Kept by hand from the
registered names of large companies; a word that is missing here makes a name match too easily, never too rarely.
"""

from typing import Final

# fmt: off
LEGAL: Final = frozenset((
    "a", "actions", "commandite", "en", "par", "s",
    "ab", "adr", "ads", "ag", "aktiengesellschaft", "anonyme", "asa", "bv", "co", "com", "company", "corp",
    "corporation", "cv", "de", "del", "europeenne", "ges", "gmbh", "hldgs", "inc", "incorporated",
    "kabushiki", "kaisha", "kg", "kgaa", "limited", "llc", "lp", "ltd", "new", "nv", "oyj", "plc", "reg",
    "sa", "sab", "sarl", "sas", "se", "societe", "spa", "trust",
))

DESCRIPTORS: Final = frozenset((
    "aerospace", "airlines", "banking", "health", "airways", "bancorp", "beverage", "beverages", "biosciences", "brands",
    "communications", "companies", "company", "corporation", "devices", "energy", "enterprises",
    "entertainment", "fashion", "financial", "foods", "global", "groep", "group", "gruppe", "hathaway", "holding",
    "holdings", "industries", "interactive", "international", "laboratories", "labs", "manufacturing",
    "materials", "media", "motor", "motors", "networks", "neuro", "petroleum", "pharma", "pharmaceutical",
    "pharmaceuticals", "platforms", "resources", "semiconductor", "semiconductors", "services", "software",
    "solutions", "stores", "systems", "technologies", "technology", "therapeutics", "wholesale", "worldwide",
))

COMMON: Final = frozenset((
    "advance", "air", "allegiance", "alliance", "ally", "alphabet", "altitude", "amazon", "american",
    "analog", "apple", "applied", "arrow", "atlas", "autonomy", "avenue", "ball", "bank", "banner", "bath",
    "bed", "beyond", "big", "black", "block", "blue", "boot", "boston", "box", "bright", "brink", "brown",
    "bull", "camping", "canada", "capital", "cardinal", "carnival", "carrier", "carter", "centene", "center",
    "century", "charter", "chase", "chemical", "chewy", "choice", "church", "circle", "citizens", "clear",
    "cloud", "coach", "coherent", "columbia", "comfort", "community", "compass", "concentrix", "confluent",
    "consolidated", "constellation", "continental", "cooper", "copper", "core", "corner", "credit", "crest",
    "cross", "crown", "culp", "cycle", "data", "delta", "denali", "dentsply", "digital", "discover",
    "diversified", "dollar", "dominion", "dover", "dow", "draft", "dream", "duke", "dynamic", "eagle",
    "east", "eastern", "eaton", "edison", "element", "embark", "emerald", "emerson", "endeavor", "energy",
    "enterprise", "equity", "essential", "evergreen", "exact", "express", "fair", "fastly", "federal",
    "fidelity", "first", "five", "ford", "forte", "fortune", "forward", "fossil", "foundation", "four",
    "fox", "franklin", "freedom", "freshpet", "frontier", "gap", "gartner", "general", "genesis", "global",
    "globe", "gold", "golden", "grand", "graphic", "great", "green", "ground", "guess", "guidance",
    "hanover", "harmony", "harvest", "hawaiian", "health", "hershey", "hill", "hilton", "home", "honest",
    "hope", "horizon", "host", "howard", "hub", "hunt", "independence", "independent", "insight", "insulet",
    "integra", "intuitive", "invitation", "iron", "jack", "joint", "journey", "key", "kinetic", "knight",
    "lamb", "land", "legend", "leggett", "lemonade", "lennox", "liberty", "life", "light", "lincoln",
    "linde", "live", "local", "loop", "louisiana", "love", "lucid", "macerich", "magic", "main", "marathon",
    "markel", "marsh", "martin", "mask", "match", "matterport", "mercury", "meritage", "middle", "mirion",
    "mobile", "model", "modern", "mohawk", "monster", "morgan", "mosaic", "motion", "national",
    "nelson", "new", "news", "next", "nice", "noble", "nordic", "north", "northern", "nova", "nu", "nutrien",
    "ocean", "old", "omega", "on", "one", "open", "oracle", "orange", "oscar", "otis", "outfront", "owens",
    "pacific", "park", "parsons", "pay", "pearson", "penumbra", "perrigo", "pinnacle", "pioneer", "planet",
    "plug", "point", "pool", "post", "power", "premier", "primo", "principal", "procter", "progress",
    "progressive", "prologis", "prudential", "public", "pulse", "pure", "quest", "rambus", "range", "ready",
    "red", "regal", "regency", "regions", "relay", "reliance", "republic", "revolution", "rich", "rise",
    "rocket", "root", "ross", "royal", "rush", "ryder", "safe", "saga", "sage", "salt", "sands",
    "sea", "seat", "select", "sempra", "sensata", "service", "shell", "shift", "signet", "silver", "simon",
    "simply", "sirius", "sky", "snap", "snowflake", "solid", "sonder", "sonic", "southern", "southwest",
    "spirit", "sprout", "square", "standard", "star", "state", "steel", "stem", "sterling", "stone",
    "strategy", "stride", "summit", "sun", "super", "sweet", "sysco", "target", "telephone", "tempur",
    "texas", "textron", "thor", "tile", "titan", "toast", "toll", "total", "tractor", "trade", "transocean",
    "travelers", "tribune", "trimble", "trinity", "triumph", "trust", "turning", "twist", "two", "union",
    "unit", "united", "unity", "universal", "upstart", "urban", "vale", "valley", "value", "vector",
    "ventas", "verso", "vertex", "victory", "view", "virtu", "visa", "vision", "vista", "vital", "wave",
    "weis", "welltower", "wendy", "west", "western", "whirlpool", "white", "williams", "willis", "wolf",
    "wolverine", "workday", "world", "worthington", "york", "zions", "zoom",
))

# Legal words in front, which are not spoken either ("Koninklijke Ahold Delhaize", "Compagnie de Saint-Gobain").
LEGAL_FRONT: Final = frozenset(("compagnie", "de", "koninklijke", "the"))

# Before a name: a country that headlines leave out ("China Evergrande Group").
COUNTRIES: Final = frozenset(("china", "india", "japan", "korea", "russia", "turkey"))

# After a name: what it sponsors, which is no news of the company ("the LVMH Prize", "the Allianz Arena").
SPONSORED: Final = frozenset((
    "Arena", "Award", "Awards", "Bowl", "Championship", "Championships", "Cup", "Field", "Foundation", "Hall", "League",
    "Marathon", "Museum", "Open", "Park", "Prize", "Stadium", "Theatre", "Tour", "Trophy",
))

# Words with a capital that stand before a company's name without being a given name ("Chinese Tesla", "Big Tech").
CAPITALS: Final = frozenset((
    "American", "And", "British", "Canadian", "Chinese", "Danish", "Dutch", "European", "French", "German", "How", "Indian",
    "Italian", "Japanese", "Korean", "Spanish", "Street", "Swedish", "Swiss", "Tech", "Wall", "When", "Why",
))
# fmt: on
