"""Words in company names: legal words, descriptors, and names that are also words of the language.

LEGAL words end a registered name and are never spoken. DESCRIPTORS are spoken or not ("Cisco Systems", "Cisco").
COMMON words, given names and surnames name a company only with a second sign: "Apple" in a farm report, "Target" as a
verb, "Powell" at the central bank. Kept by hand from the 10,433 registered names that the SEC lists, run against a week of
general headlines; a word that is missing here makes a name match too easily, never too rarely.
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
    "abbott", "abel", "acadia", "acorn", "acumen", "adam", "advance", "advanced", "advantage", "advent", "affirm", "air",
    "alamo", "albany", "albert", "alex", "alexander", "alexanders", "align", "allegiance", "alliance", "ally", "alpha",
    "alphabet", "alps", "altitude", "amalgamated", "amanda", "amazon", "amber", "american", "analog", "andersen", "andersons",
    "andrew", "angel", "angle", "anika", "anna", "anthony", "apogee", "apple", "applied", "aqua", "arcadia", "arena", "arlo",
    "array", "arrow", "arrowhead", "arthur", "ascent", "ashland", "assembly", "atlantic", "atlas", "aura", "austin",
    "authentic", "automotive", "autonomy", "avenue", "awareness", "babcock", "balance", "ball", "bally", "bandwidth", "bank",
    "banner", "barbara", "bark", "barnes", "barrel", "bath", "baxter", "beacon", "beam", "bed", "beneficient", "benjamin",
    "bentley", "beta", "beyond", "bicycle", "big", "bill", "black", "blend", "block", "bloom", "blue", "booking", "boot",
    "boston", "boundless", "box", "boyd", "bradley", "brady", "bread", "bridger", "bright", "brink", "broadway", "brown",
    "bruce", "brunswick", "bryn", "buckle", "bull", "bullish", "bumble", "burlington", "byline", "cabot", "cactus", "cadiz",
    "caesars", "california", "camber", "cambridge", "camping", "canada", "capital", "cardinal", "caribou", "caring", "carl",
    "carlisle", "carlos", "carnival", "carpenter", "carriage", "carrier", "carter", "carver", "caspian", "castle", "catalyst",
    "catherine", "celsius", "centene", "center", "century", "chandler", "charles", "charlie", "chart", "charter", "chase",
    "cheer", "chemical", "chewy", "chime", "choice", "chord", "chris", "christopher", "church", "cincinnati", "circle",
    "citizens", "city", "clark", "claude", "clean", "clear", "click", "climb", "clinch", "cloud", "cna", "coach", "coastal",
    "coffee", "cognition", "cohen", "coherent", "collins", "columbia", "comfort", "community", "compass", "complete",
    "composite", "concentrix", "concord", "concorde", "conduit", "confluent", "consolidated", "constellation", "consumers",
    "context", "continental", "cooper", "copper", "core", "corner", "cosmos", "crane", "crawford", "creative", "credit",
    "crescent", "crest", "cross", "crown", "cullen", "culp", "cumberland", "curtis", "customers", "cycle", "cyrus", "dalton",
    "dana", "daniel", "data", "dave", "david", "dean", "decent", "defense", "delta", "deluxe", "denali", "dennis", "dentsply",
    "descartes", "design", "designer", "destiny", "devon", "diamondback", "diana", "digital", "dine", "diploma", "disco",
    "discover", "distribution", "diversified", "dixie", "dogwood", "dole", "dollar", "dolphin", "dominion", "donald",
    "donaldson", "douglas", "dover", "dow", "draft", "dragonfly", "dream", "dreamland", "driven", "duke", "duluth", "dylan",
    "dynamic", "eagle", "east", "eastern", "eaton", "edgewise", "edison", "edward", "elastic", "element", "elite", "elizabeth",
    "ellington", "embark", "embassy", "emerald", "emerging", "emerson", "emma", "empire", "employers", "enact", "encompass",
    "encore", "endeavor", "energy", "enhanced", "ennis", "enterprise", "equitable", "equity", "eric", "ernest", "escalade",
    "esquire", "essential", "establishment", "ethos", "eva", "evan", "evans", "eve", "everest", "evergreen", "evolution",
    "exact", "exchange", "expand", "exponent", "express", "extreme", "fair", "fastly", "fate", "fathom", "federal", "felix",
    "ferguson", "fermi", "fidelity", "figs", "figure", "firefly", "first", "fisher", "five", "fletcher", "flex", "flexible",
    "flowers", "flutter", "fold", "ford", "foresight", "forge", "formula", "fort", "forte", "fortune", "forum", "forward",
    "fossil", "foster", "foundation", "founder", "fountain", "four", "fox", "francis", "frank", "franklin", "fred", "freedom",
    "freelancer", "freight", "frequency", "freshpet", "frontier", "frontline", "fulcrum", "fulton", "fund", "fuse", "gaia",
    "gain", "galaxy", "gap", "gartner", "gary", "general", "genesis", "genie", "genius", "george", "gibraltar", "gibson",
    "gilbert", "glacier", "glimpse", "global", "globe", "glow", "glucose", "gold", "golden", "gordon", "gorilla",
    "grab", "grace", "grafton", "graham", "grail", "grand", "grande", "granite", "grant", "graphic", "gravity", "gray", "great",
    "green", "greenland", "greg", "griffon", "ground", "guess", "guidance", "guided", "gulf", "hackett", "hagerty", "hamilton",
    "hammer", "hannah", "hanover", "hans", "harmony", "harold", "harper", "harris", "harrison", "harrow", "harvest", "harvey",
    "hawaiian", "hawkeye", "hawkins", "hayward", "health", "helen", "helios", "helix", "hello", "henry", "herbert", "heritage",
    "heron", "hershey", "highway", "hill", "hillcrest", "hillman", "hilltop", "hilton", "hinge", "hippo", "home", "honest",
    "hope", "hopkins", "horizon", "host", "howard", "hub", "hudson", "hunt", "hunter", "huntsman", "ian", "icahn", "icon",
    "identity", "immersion", "independence", "independent", "indie", "information", "innovate", "innovation", "insight",
    "inspired", "insulet", "integer", "integra", "integrated", "intelligent", "intensity", "inter", "interface", "intrusion",
    "intuitive", "invitation", "iron", "ironwood", "irving", "isaac", "ithaca", "jack", "jackson", "jacobs", "jade", "jaguar",
    "jake", "james", "janel", "janus", "jason", "jasper", "jazz", "jean", "jeffrey", "jerry", "jessica", "jim", "joe", "joel",
    "john", "johnson", "joint", "jones", "jordan", "joseph", "journey", "julia", "julian", "karen", "karl", "kaya", "kearny",
    "keith", "kelly", "kemper", "ken", "kepler", "kestrel", "kevin", "key", "kinetic", "king", "kirby", "klein", "knight",
    "knowles", "lakeland", "lakeside", "lamb", "land", "landmark", "lantern", "largo", "larry", "latch", "latham", "lattice",
    "laura", "lawrence", "lear", "lee", "legend", "leggett", "lemonade", "lennox", "lens", "leo", "leon", "leonard", "leopard",
    "leslie", "lewis", "liberation", "liberty", "life", "light", "lily", "lincoln", "linda", "linde", "lindsay", "lineage",
    "linkage", "lion", "lionheart", "liquidity", "lisa", "live", "local", "loews", "logan", "longevity", "loomis", "loop",
    "lotus", "louis", "louisiana", "love", "lowe", "lucas", "lucid", "lucy", "ludwig", "luke", "lumen", "lyra", "macerich",
    "macy", "madison", "madrigal", "magic", "magna", "magnitude", "magnolia", "maiden", "main", "maison", "mammoth", "marathon",
    "marcus", "maria", "marine", "mario", "mark", "markel", "marker", "marsh", "martin", "mary", "mask", "mason", "matador",
    "match", "matterport", "matthews", "max", "maximus", "maxwell", "maze", "mccormick", "mechanics", "medallion", "megan",
    "melrose", "merchants", "mercury", "meridian", "meritage", "merlin", "mesa", "metro", "miami", "michael", "middle", "mike",
    "milestone", "millennium", "miller", "mind", "minerals", "mink", "mint", "mira", "mirion", "mitchell", "mobile", "mobility",
    "model", "modern", "mohawk", "monster", "montage", "moore", "morgan", "morris", "mosaic", "moses", "motion", "mueller",
    "murphy", "mustang", "myers", "nasdaq", "nathan", "national", "natural", "navigator", "neil", "nelson", "neutral",
    "neutron", "new", "newell", "newmark", "newmarket", "news", "next", "nice", "nicholas", "nick", "nicole", "nightingale",
    "nixon", "noah", "noble", "noel", "nomad", "noodles", "nordic", "norman", "norris", "north", "northern", "northwestern",
    "norwood", "nova", "nu", "nutrien", "obsidian", "ocean", "oculus", "odyssey", "old", "olin", "oliver", "omega", "on", "one",
    "open", "opera", "optimum", "oracle", "orange", "origin", "orion", "oscar", "otis", "outdoor", "outfront", "outlook",
    "owens", "owlet", "pacific", "paladin", "palatin", "palomar", "pan", "pandora", "pantheon", "par", "park", "parker",
    "parsons", "pathfinder", "patrick", "pattern", "paul", "pay", "peabody", "pearson", "penguin", "penn", "pennant",
    "penumbra", "people", "peoples", "perfect", "perimeter", "permian", "perpetua", "perrigo", "perspective", "peter", "phenom",
    "philip", "phoenix", "pineapple", "pinewood", "pinnacle", "pioneer", "planet", "plug", "poet", "point", "ponce", "pony",
    "pool", "popular", "porch", "porter", "positron", "post", "powell", "power", "precision", "prelude", "premier", "premium",
    "primary", "primo", "princeton", "principal", "priority", "procter", "profusa", "prog", "progress", "progressive",
    "prologis", "prophet", "protagonist", "proto", "provident", "prudential", "public", "pulse", "pure", "quantum", "quest",
    "quinn", "radian", "radius", "rafael", "rainmaker", "ralph", "rambus", "randall", "range", "ranger", "raphael", "rapport",
    "raymond", "reading", "ready", "recon", "recreatives", "recursion", "red", "redwood", "reed", "regal", "regency", "regions",
    "regis", "reid", "rein", "relay", "reliability", "reliance", "republic", "research", "reserve", "reservoir", "restaurant",
    "revelation", "revolution", "revolve", "rex", "rhythm", "ribbon", "rich", "richard", "riley", "ring", "riot", "rise",
    "river", "robert", "robertson", "robin", "robinson", "rocket", "rocky", "rogers", "rollins", "roman", "romeo", "root",
    "roper", "rosa", "rose", "ross", "roy", "royal", "royale", "royalty", "rumble", "rupert", "rush", "russell", "ryan",
    "ryder", "ryerson", "s&p", "sabre", "safe", "saga", "sage", "salt", "samuel", "sanders", "sands", "sarah", "scholastic",
    "scientific", "scott", "scottie", "screen", "sea", "seaboard", "seal", "sean", "seaport", "seat", "sebastian", "select",
    "sempra", "seneca", "senior", "sensata", "sentient", "sentinel", "service", "sharon", "shattuck", "shaw", "shell",
    "sherman", "shift", "shuttle", "sierra", "signet", "silence", "silicon", "silver", "silverton", "simon", "simply",
    "simpson", "sinclair", "sirius", "sky", "smith", "snail", "snap", "snowflake", "solid", "sonder", "sonic", "sophia", "sos",
    "sound", "southern", "southwest", "spar", "spectrum", "spencer", "spero", "sphere", "spire", "spirit", "splash", "spring",
    "sprout", "spruce", "square", "standard", "stanley", "star", "state", "steel", "steele", "stellar", "stem", "stephen",
    "sterling", "steven", "stewart", "stoke", "stone", "strategic", "strategy", "stride", "strive", "structure", "stuart",
    "sullivan", "summit", "sun", "sunrise", "super", "superstar", "surge", "susan", "sweet", "sysco", "tactical", "tactile",
    "tango", "tapestry", "target", "taylor", "team", "teams", "telephone", "tempest", "tempur", "ten", "terry", "tetra",
    "texas", "textron", "thomas", "thompson", "thor", "tidewater", "tile", "tim", "timberland", "tiny", "titan", "toast",
    "todd", "toll", "tom", "tompkins", "tony", "top", "toro", "total", "touch", "tower", "track", "tractor", "trade",
    "transocean", "travel", "travelers", "travis", "treasure", "trees", "tribune", "trimble", "trinity", "triton", "triumph",
    "trump", "trust", "turbo", "turn", "turner", "turning", "twin", "twist", "two", "tyler", "tyson", "uniform", "union",
    "unit", "united", "unity", "universal", "university", "upstart", "uptrend", "uranium", "urban", "vail", "vale", "valley",
    "value", "vantage", "vector", "velocity", "ventas", "venture", "verde", "vermilion", "verse", "verso", "versus", "vertex",
    "vertical", "victor", "victory", "vida", "view", "viking", "vince", "vincent", "viper", "virtu", "visa", "vision",
    "visionary", "vista", "vital", "vivian", "void", "voyager", "vulcan", "walker", "wallace", "walter", "warner", "warren",
    "waste", "waters", "watson", "wave", "wayne", "wearable", "weave", "webb", "webster", "weed", "weird", "weis", "welltower",
    "wendy", "werner", "west", "western", "westlake", "westwood", "whirlpool", "whisper", "white", "wild", "williams", "willis",
    "willow", "wilson", "winchester", "winner", "winners", "winston", "wise", "wolf", "wolverine", "woodside", "woodward",
    "workday", "world", "worthington", "wrap", "wright", "xavier", "yellowstone", "york", "young", "zach", "zeal", "zions",
    "zoom",
))

# Never a company's name by themselves: "China Pharma Holdings" is not called China, not even in its own feed.
PLACES: Final = frozenset((
    "africa", "alabama", "alaska", "america", "amsterdam", "angola", "arabia", "argentina", "arizona", "arkansas", "asia",
    "athens", "atlanta", "australia", "austria", "baltimore", "bangkok", "bangladesh", "barcelona", "beijing", "belgium",
    "berlin", "bermuda", "bolivia", "brazil", "britain", "brooklyn", "brussels", "bulgaria", "cairo", "california", "canada",
    "caribbean", "charlotte", "chicago", "chile", "china", "cincinnati", "cleveland", "colombia", "colorado", "connecticut",
    "copenhagen", "costa rica", "croatia", "cuba", "cyprus", "dakota", "dallas", "delaware", "denmark", "denver", "detroit",
    "dubai", "dublin", "ecuador", "egypt", "england", "estonia", "ethiopia", "eurasia", "europe", "finland", "florida",
    "france", "frankfurt", "geneva", "georgia", "germany", "ghana", "greece", "greenland", "guangdong", "guatemala", "hamburg",
    "hawaii", "helsinki", "hong kong", "houston", "hungary", "iceland", "idaho", "illinois", "india", "indiana", "indianapolis",
    "indonesia", "iowa", "iran", "iraq", "ireland", "israel", "istanbul", "italy", "jamaica", "japan", "jersey", "jerusalem",
    "jordan", "kansas", "kazakhstan", "kentucky", "kenya", "korea", "kuwait", "latvia", "lebanon", "lisbon", "lithuania",
    "london", "los angeles", "louisiana", "luxembourg", "madrid", "maine", "malaysia", "malta", "manchester", "manhattan",
    "maryland", "massachusetts", "memphis", "mexico", "miami", "michigan", "milan", "milwaukee", "minneapolis", "minnesota",
    "mississippi", "missouri", "mongolia", "montana", "montreal", "morocco", "moscow", "mumbai", "munich", "nashville",
    "nebraska", "netherlands", "nevada", "new england", "new hampshire", "new jersey", "new mexico", "new orleans", "new york",
    "new zealand", "nigeria", "north carolina", "north dakota", "north korea", "norway", "oakland", "ohio", "oklahoma", "oman",
    "ontario", "oregon", "orlando", "oslo", "oxford", "pakistan", "panama", "paris", "pennsylvania", "peru", "philadelphia",
    "philippines", "phoenix", "pittsburgh", "poland", "portland", "portugal", "prague", "qatar", "quebec", "richmond",
    "romania", "rome", "russia", "sacramento", "san antonio", "san diego", "san francisco", "san jose", "saudi arabia",
    "scotland", "seattle", "serbia", "shanghai", "shenzhen", "siberia", "singapore", "slovakia", "slovenia", "south africa",
    "south carolina", "south dakota", "south korea", "spain", "stockholm", "sweden", "switzerland", "sydney", "syria", "taiwan",
    "tampa", "tanzania", "tennessee", "texas", "thailand", "tokyo", "toronto", "tulsa", "tunisia", "turkey", "uganda",
    "ukraine", "united kingdom", "united states", "uruguay", "utah", "uzbekistan", "vancouver", "venezuela", "vermont",
    "vienna", "vietnam", "virginia", "wales", "warsaw", "washington", "west virginia", "wisconsin", "wyoming", "zambia",
    "zealand", "zimbabwe", "zurich",
))

# Legal words in front, which are not spoken either ("Koninklijke Ahold Delhaize", "Compagnie de Saint-Gobain").
LEGAL_FRONT: Final = frozenset(("compagnie", "de", "koninklijke", "the"))

# In the rest of a registered name: a fund, a trust or a lender that only bears a company's brand ("BP Prudhoe Bay Royalty Trust").
SIBLINGS: Final = frozenset((
    "bdc", "credit", "etf", "etn", "fund", "funds", "gold", "income", "index", "municipal", "physical", "receivables", "royalty",
))

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
