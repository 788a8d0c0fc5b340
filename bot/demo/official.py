"""What the official stores answered when they were recorded, by source, path and words of the question.

A question that was not recorded is a 404, as for a store that is down: nothing is invented in its place.
`KEYS` are the sources of which anything was recorded; the demo switches on no other.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

FOLDER: Final = Path(__file__).parent / "recordings" / "official"
ISSUERS: Final = "/portal/Consultas/BusquedaPorEntidad.aspx"

# Source, method, path, words that the question must hold, the recorded answer.
ANSWERS: Final = (
    ("nl_afm", "GET", "/export.aspx", "", "export.xml"),
    ("it_oneinfo", "GET", "/PORTALE1INFO/API/companies/documenti", "", "companies.json"),
    ("it_oneinfo", "POST", "/PORTALE1INFO/API/Documenti", '"117"', "documenti.json"),
    ("it_oneinfo", "POST", "/PORTALE1INFO/API/Comunicati", '"117"', "comunicati.json"),
    ("dk_oam", "GET", "/config", "", "config.json"),
    ("dk_oam", "POST", "/search", "24256790", "search.json"),
    ("fi_oam", "GET", "/", "", "start.html"),
    ("fi_oam", "POST", "/", "company=690", "search.html"),
    ("es_cnmv", "GET", ISSUERS, "Iberdrola", "landing.html"),
    ("es_cnmv", "POST", ISSUERS, "Iberdrola", "entities.html"),
    ("es_cnmv", "GET", "/portal/Informacion-Privilegiada/resultado-ip.aspx", "nif=A-48010615", "inside.html"),
)
KEYS: Final = tuple(dict.fromkeys(row[0] for row in ANSWERS))


async def answer(request: "Request") -> "Response":
    """The recorded answer to a question below /official/SOURCE."""
    from starlette.responses import FileResponse, PlainTextResponse

    source, path = request.path_params["source"], f"/{request.path_params['path']}"
    said = f"{request.url.query} {(await request.body()).decode('utf-8', 'replace')}"
    for key, method, known, words, file in ANSWERS:
        if (key, method, known) == (source, request.method, path) and words in said:
            return FileResponse(FOLDER / key / file)
    return PlainTextResponse("not recorded", status_code=404)
