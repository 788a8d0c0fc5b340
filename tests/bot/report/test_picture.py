from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.report.canvas import drawable, theme_of
from bot.report.picture import CELLS, GAP, LINE, TOP, picture
from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN
from core.jury.verdict import Counts
from core.run import Run
from tests.bot.report.made_run import made_run, snapshot, verdict


def drawn(run: Run, dark: bool = False) -> Image.Image:
    return Image.open(BytesIO(picture(run, dark))).convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def colours_of(image: Image.Image) -> set[Any]:
    counted = image.getcolors(1 << 20)
    assert counted is not None
    return {colour for _count, colour in counted}


def many(count: int) -> Run:
    return made_run(
        stability={"verdicts": tuple(verdict("INTC", ticker=f"T{number:02}") for number in range(count))}
    )


def test_the_picture_grows_by_a_row_a_name_and_keeps_its_width() -> None:
    five, sixty = drawn(many(5)), drawn(many(60))

    assert five.width == sixty.width == 720
    assert sixty.height - five.height == 55 * 40
    assert sixty.height < 5000


@pytest.mark.parametrize(("dark", "theme"), [(False, theme_of(dark=False)), (True, theme_of(dark=True))])
def test_each_theme_has_its_own_ground_and_every_stance_its_own_colour(dark: bool, theme: Any) -> None:
    image = drawn(made_run(), dark)

    colours = colours_of(image)
    assert image.getpixel((1, 1)) == rgb(theme.ground)
    assert all(rgb(theme.cells[stance][0]) in colours for stance in ("sell", "lighten", "hold", "add", "buy"))


def test_cells_run_from_sell_to_buy() -> None:
    image = drawn(made_run(tickers=("NVDA",)))

    row = [image.getpixel((x, TOP + GAP + 8)) for x in range(*CELLS)]
    order = [
        row.index(rgb(theme_of(dark=False).cells[stance][0]))
        for stance in ("sell", "lighten", "hold", "add", "buy")
    ]
    assert order == sorted(order)


def test_thirty_one_ballots_stay_inside_their_column() -> None:
    counts = Counts(buy=31, add=0, hold=0, lighten=0, sell=0, abstain=0, missing=0)
    image = drawn(made_run(stability={"verdicts": (verdict("GE", counts=counts),)}))

    blue = rgb(theme_of(dark=False).cells["buy"][0])
    assert max(x for x in range(720) if image.getpixel((x, TOP + GAP + 12)) == blue) <= CELLS[1]


def test_a_rehearsal_is_drawn_in_warning_colour() -> None:
    plain = colours_of(drawn(many(1)).crop((0, 50, 720, 80)))
    marked = colours_of(drawn(made_run(rehearsal=True)).crop((0, 50, 720, 80)))

    assert rgb(theme_of(dark=False).warn) in marked
    assert rgb(theme_of(dark=False).warn) not in plain


def test_no_label_runs_over_the_edge() -> None:
    recorded = {"recording": "recorded day 2026-04-24 with an uncommonly long name of its own, and more"}
    image = drawn(made_run(rehearsal=True, frozen=recorded))
    warn = rgb(theme_of(dark=False).warn)

    assert any(image.getpixel((x, y)) == warn for x in range(14, 60) for y in range(50, 80))
    assert all(image.getpixel((x, y)) != warn for x in range(710, 720) for y in range(50, 50 + LINE))


def test_a_name_that_no_font_can_draw_or_that_runs_from_right_to_left_shows_its_ticker() -> None:
    assert drawable("Saudi Aramco", "2222.SR") == "Saudi Aramco"
    assert drawable("أرامكو", "2222.SR") == "2222.SR"
    assert drawable("Škoda & Søn", "X") == "Škoda & Søn"
    assert drawable("\U0001f9ff Charms", "X") == "X"


def test_long_names_stay_inside_their_column() -> None:
    long = made_run(
        stability={"verdicts": (verdict("INTC", ticker="LONG"),)},
        frozen={"dossiers": (replace(snapshot().dossiers[0], ticker="LONG", name="W" * 60),)},
    )

    image = drawn(long)

    ground = rgb(theme_of(dark=False).ground)
    middle = [image.getpixel((x, TOP + GAP + 20)) for x in range(CELLS[0] - 5, CELLS[0])]
    assert set(middle) == {ground}


def test_a_run_without_a_map_has_no_picture() -> None:
    with pytest.raises(BadRequest):
        picture(made_run(closing={"stability": NOT_GIVEN}))
