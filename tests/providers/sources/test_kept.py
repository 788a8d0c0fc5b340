"""Texts on disk are a cache: what is kept comes back whole, what is not sound is not kept."""

import os
import zlib
from pathlib import Path

import pytest

from providers.sources.kept import UNPACKED_LIMIT, Kept


@pytest.mark.parametrize("name", ["0000000001-26-000001", "jp_edinet 2026-04-24", "../../x", "é" * 500])
async def test_a_text_is_kept_under_its_name_and_no_other(tmp_path: Path, name: str) -> None:
    await Kept(tmp_path / "new").keep(name, "ホンダ\nsaid so")

    assert await Kept(tmp_path / "new").read(name) == "ホンダ\nsaid so"
    assert await Kept(tmp_path / "new").read(f"{name}x") == ""
    assert [Path(name).suffix for name in os.listdir(tmp_path / "new")] == [".z"]


@pytest.mark.parametrize(
    "damage",
    [b"", b"no archive", zlib.compress(b"\xff\xfe"), zlib.compress("é".encode() * UNPACKED_LIMIT)[:-9]],
)
async def test_a_damaged_or_foreign_file_is_bounded_and_counts_as_not_kept(
    tmp_path: Path, damage: bytes
) -> None:
    (tmp_path / "1.z").write_bytes(damage)

    assert len(await Kept(tmp_path).read("1")) <= UNPACKED_LIMIT


async def test_without_a_folder_or_with_one_that_cannot_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    for folder in (None, tmp_path / "file"):
        await Kept(folder).keep("1", "text")
        assert await Kept(folder).read("1") == ""


async def test_an_empty_text_is_no_text(tmp_path: Path) -> None:
    await Kept(tmp_path).keep("1", "")

    assert os.listdir(tmp_path) == []
