"""A world for one test, and one analysis that many tests look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.house import Done, bot
from tests.journeys.world import CANDIDATES, HELD, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """One analysis of twenty names and two candidates; afterwards every server is down."""
    folder = tmp_path_factory.mktemp("house")
    with World(folder, held=HELD, candidates=CANDIDATES) as world:
        said = bot(folder, world.settings, "analyze", "--json", "--save-snapshot", "frozen.json")
        return Done(folder=folder, settings=world.settings, said=said)


@pytest.fixture
def asked(done: Done, world: World) -> World:
    """A world whose model is asked about the frozen snapshot of `done`: no source is read."""
    (world.folder / "frozen.json").write_bytes((done.folder / "frozen.json").read_bytes())
    return world
