"""What tells without reading a file that a copy is what its source gives, and what breaks that."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.commands.build import seal as module
from processor.commands.build.options import Options
from processor.commands.build.places import NEW
from processor.commands.build.report import Report
from processor.commands.build.seal import Seal
from processor.disk import walk
from processor.load.premises import captions_seen, config_files
from tests.cli.running import put
from tests.commands.build.test_output import written
from tests.commands.build.vaults import IDS, talk

_PLAIN = Options()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that makes what was written a moment ago old enough."""
    now = time.time_ns
    monkeypatch.setattr("processor.load.cache.time.time_ns", lambda: now() + 10**10)


def seal_of(vault: Path, out: Path, options: Options = _PLAIN, captions: tuple[Path, ...] = ()) -> Seal:
    return Seal(vault, str(out), walk(vault), options, config_files(vault), captions)


def sealed(vault: Path, out: Path) -> Report:
    """Build and seal; gives what the build came to."""
    seal = seal_of(vault, out)
    made = written(vault, out)
    seal.set([], made.source, made.files, made.report)
    return made.report


@pytest.mark.usefixtures("old")
def test_nothing_is_read_of_what_is_old_enough(vault: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = sealed(vault, out)
    read: list[str] = []
    hash_of = module._hash
    monkeypatch.setattr(module, "_hash", lambda path: read.append(path) or hash_of(path))
    standing = seal_of(vault, out).standing()
    assert standing is not None
    assert (standing.report, standing.files) == (report, 6)
    assert not [path for path in read if path.endswith((".md", ".png", "manifest.json"))]


CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "a note edited": lambda v, _: put(v, "ow/b.md", talk("B", IDS[1]).replace("Words", "Wards")),
    "a note more": lambda v, _: put(v, "new.md", "new"),
    "a file less": lambda v, _: (v / "ow/p.png").unlink(),
    "a note of the copy edited": lambda _, o: put(o, "ow/b.md", "edited"),
    "a file of the copy less": lambda _, o: (o / "ow/p.png").unlink(),
    "settings made": lambda v, _: put(v, "ytvault.toml", 'ignore = ["timestamps"]'),
    "Obsidian's settings": lambda v, _: put(v, ".obsidian/app.json", '{"useMarkdownLinks": true}'),
    "the manifest edited": lambda _, o: put(o, ".ytvault/manifest.json", "{}"),
    "left from a build that was killed": lambda _, o: (o / NEW).mkdir(),
}


@pytest.mark.parametrize("is_old", [True, False])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_breaks_it(
    vault: Path, out: Path, change: Callable[[Path, Path], object], request: pytest.FixtureRequest, *, is_old: bool
) -> None:
    if is_old:
        request.getfixturevalue("old")
    sealed(vault, out)
    assert seal_of(vault, out).standing() is not None
    change(vault, out)
    assert seal_of(vault, out).standing() is None


@pytest.mark.parametrize("where", ["vault", "out"])
def test_an_edit_that_leaves_no_sign_is_seen_while_that_can_be(vault: Path, out: Path, where: str) -> None:
    """Same length, same times: a clock that ticks every two seconds may give an editor just that."""
    sealed(vault, out)
    file = (vault if where == "vault" else out) / "ow/p.png"
    before = os.stat(file)
    file.write_bytes(file.read_bytes().replace(b"PNG", b"GIF"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    seen = os.stat
    same = {key: getattr(before, key) for key in ("st_ctime_ns",)}

    class Stat:
        def __init__(self, status: os.stat_result) -> None:
            self.status = status

        def __getattr__(self, name: str) -> object:
            return same.get(name, getattr(self.status, name))

    def stat(path: str, *rest: object, **more: object) -> object:
        status = seen(path, *rest, **more)  # type: ignore[arg-type]
        return Stat(status) if str(path) == str(file) else status

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("processor.load.cache.os.stat", stat)
        assert seal_of(vault, out).standing() is None


def test_other_options_have_no_seal(vault: Path, out: Path) -> None:
    sealed(vault, out)
    assert seal_of(vault, out, Options(related=True)).standing() is None


def test_a_copy_that_is_something_else_already_is_not_sealed(vault: Path, out: Path) -> None:
    seal = seal_of(vault, out)
    made = written(vault, out)
    put(out, "ow/b.md", "edited")
    seal.set([], made.source, made.files, made.report)
    assert seal_of(vault, out).standing() is None


def test_a_file_that_the_settings_name_counts(vault: Path, out: Path, tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text("{}")
    seal = seal_of(vault, out)
    made = written(vault, out)
    seal.set([schema], made.source, made.files, made.report)
    assert seal_of(vault, out).standing() is not None
    schema.write_text("[]")
    assert seal_of(vault, out).standing() is None


def test_what_was_young_need_not_be_read_for_ever(vault: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed(vault, out)
    now = time.time_ns
    monkeypatch.setattr("processor.load.cache.time.time_ns", lambda: now() + 10**10)
    assert seal_of(vault, out).standing() is not None  # reads, and seals anew
    monkeypatch.setattr(Seal, "_write", None)  # which it need not do again
    assert seal_of(vault, out).standing() is not None


def test_one_that_is_lost_or_damaged_does_no_harm(vault: Path, out: Path, tmp_path: Path) -> None:
    sealed(vault, out)
    for content in (b"\xff", b"{}", b"[]", b""):
        for file in (tmp_path / "cache").rglob("*-build"):
            file.write_bytes(content)
        assert seal_of(vault, out).standing() is None


def test_captions_that_change_break_it(vault: Path, out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "captions"
    put(folder, "Talk [n3Vq8ZtKp0A].vtt", "WEBVTT\n")
    seal = seal_of(vault, out, captions=(folder,))
    heard = captions_seen((str(folder),), None)["captions"]
    made = written(vault, out)
    seal.set([], made.source, made.files, made.report, heard)
    assert seal_of(vault, out, captions=(folder,)).standing() is not None
    assert seal_of(vault, out).standing() is None
    put(folder, "Talk [n3Vq8ZtKp0A].vtt", "WEBVTT ")
    assert seal_of(vault, out, captions=(folder,)).standing() is None
    put(folder, "Talk [n3Vq8ZtKp0A].vtt", "WEBVTT\n")
    put(folder, "more.srt", "")
    assert seal_of(vault, out, captions=(folder,)).standing() is None
