"""What is kept of captions: the same as is read, and nothing where it is damaged or the file another one."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from processor.captions import library as module
from processor.load.cache import folder
from processor.load.cache.captions import Beside
from processor.load.captions import CaptionLook
from tests.cli.running import put

ID = "n3Vq8ZtKp0A"
NAME = f"Talk [{ID}].en.vtt"
TEXT = "WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.500\nSchöne <00:00:02.000>Gewichte.\n"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))


def opened(root: Path, *, old: bool = True) -> Beside:
    if old:
        now = time.time_ns
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("processor.load.cache.stats.time.time_ns", lambda: now() + 10**10)
            return Beside(root, CaptionLook([str(root)], None), cached=True)
    return Beside(root, CaptionLook([str(root)], None), cached=True)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read."""
    found: list[str] = []
    read = module.read_track
    monkeypatch.setattr(module, "read_track", lambda path: (found.append(os.path.basename(path)), read(path))[1])
    return found


def test_what_was_read_is_not_read_again(tmp_path: Path, reads: list[str]) -> None:
    root = tmp_path / "captions"
    put(root, NAME, TEXT)
    put(root, "broken.vtt", "x")
    first = opened(root)
    said = first.library.captions(ID)
    problems = [*first.problems()]
    first.keep()
    assert sorted(reads) == [NAME, "broken.vtt"]
    again = opened(root)
    assert again.library.captions(ID) == said
    assert [*again.problems()] == problems != []
    assert len(reads) == 2


@pytest.mark.parametrize("how", ["cut", "changed", "gone"])
def test_what_is_damaged_is_read_again(tmp_path: Path, reads: list[str], how: str) -> None:
    root = tmp_path / "captions"
    put(root, NAME, TEXT)
    first = opened(root)
    said = first.library.captions(ID)
    first.keep()
    for file in [f for f in (folder() / "captions").rglob("*") if f.is_file()]:
        data = file.read_bytes()
        if how == "gone":
            file.unlink()
        else:
            file.write_bytes(data[:-3] if how == "cut" else data[:-3] + b"xyz")
    assert opened(root).library.captions(ID) == said
    assert reads == [NAME, NAME]


@pytest.mark.parametrize("old", [True, False])
def test_a_file_that_changes_is_read_again(tmp_path: Path, old: bool) -> None:
    root = tmp_path / "captions"
    put(root, NAME, TEXT)
    first = opened(root, old=old)
    first.library.captions(ID)
    kept = first.kept()
    first.keep()
    before = (root / NAME).stat()
    put(root, NAME, TEXT.replace("Gewichte", "Gesichte"))
    os.utime(root / NAME, ns=(before.st_atime_ns, before.st_mtime_ns))
    again = opened(root, old=old)
    found = again.library.captions(ID)
    assert found
    assert found.words[-1] == "Gesichte."
    assert again.changed_since(kept) == {ID}
    assert first.has_changed()
    assert again.changed_since(again.kept()) == set()


def test_without_a_cache_nothing_is_kept(tmp_path: Path) -> None:
    root = tmp_path / "captions"
    put(root, NAME, TEXT)
    beside = Beside(root, CaptionLook([str(root)], None), cached=False)
    assert beside.library.captions(ID)
    beside.keep()
    assert not (tmp_path / "cache").exists()
