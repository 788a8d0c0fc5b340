"""The report as files: the HTML page, the JSON object, the picture in light and dark."""

import json
from datetime import tzinfo
from pathlib import Path

from bot.report.picture import picture
from bot.report.report_html import report_html
from bot.report.report_json import report_json
from core.base.errors import BadRequest
from core.run import Run


def write_report_files(run: Run, previous: Run | None, folder: Path, *, zone: tzinfo) -> tuple[Path, ...]:
    """The paths written, for people to open. Raises BadRequest when the folder cannot be written."""
    contents = (
        ("report.html", report_html(run, previous, zone=zone).encode()),
        (
            "report.json",
            (json.dumps(report_json(run, previous), ensure_ascii=False, indent=1) + "\n").encode(),
        ),
        ("map-light.png", picture(run, dark=False)),
        ("map-dark.png", picture(run, dark=True)),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents:
            (folder / name).write_bytes(content)
    except OSError as error:
        raise BadRequest(f"The report files could not be written to {folder} ({error.strerror}).") from error
    return tuple(folder / name for name, _ in contents)
