"""A file of the cache that is open while another one takes its place."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.config import load_config
from processor.disk import walk
from processor.load.cache import stats as cache_stats
from processor.load.cache.sections import Sections, SectionWriter
from processor.load.cache.stats import Stats
from processor.load.origin import Disk
from processor.load.workspace import ToLint, Workspace, open_vault
from processor.vault.facts import names
from tests.cli.running import called, put


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache_stats, "SETTLED", 0)
    for name in "abcdef":
        put(tmp_path / "vault", f"{name}.md", f"---\ntitle: Title {name}\n---\n\n[[nowhere {name}]]\n")
    return tmp_path / "vault"


def opened(vault: Path) -> Workspace:
    listing = walk(vault)
    return open_vault(vault, load_config(vault), Disk(listing, Stats(vault, listing.notes)), ToLint())


def test_another_process_finds_what_this_one_has_read_or_nothing(vault: Path) -> None:
    called("lint", cwd=vault)
    before = opened(vault)
    (vault / "a.md").rename(vault / "g.md")
    called("lint", cwd=vault)  # another run, which writes as many notes in another order
    there = pickle.loads(pickle.dumps(before.vault))
    assert there.facts(names)["b.md"] == ["title", "Title b"]
    assert names(there.notes["b.md"]) == ["title", "Title b"]


def written(path: Path, text: bytes, replaced: Sections | None = None) -> None:
    file = SectionWriter(path, replaced)
    file.end("part", text)
    file.complete(4)


def test_the_same_file_is_opened_again(tmp_path: Path) -> None:
    written(tmp_path / "file", b"one")
    here = Sections(tmp_path / "file")
    assert pickle.loads(pickle.dumps(here)).read("part") == b"one"
    written(tmp_path / "file", b"two")
    there = pickle.loads(pickle.dumps(here))
    assert "part" not in there
    assert here.read("part") == b"one"


def without_replacing_what_is_open(replace: Callable[[str, Path], None]) -> Callable[[str, Path], None]:
    """As Windows does it."""

    def replaced(new: str, old: Path) -> None:
        if os.path.exists(old) and any(
            os.path.samestat(os.stat(old), os.fstat(int(fd))) for fd in os.listdir("/proc/self/fd") if _is_open(int(fd))
        ):
            raise PermissionError(13, "Access is denied", str(old))
        replace(new, old)

    return replaced


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="it does not tell which files are open")
@pytest.mark.parametrize("words", [(), ("--report", "jsonl=../second")], ids=["one report", "two"])
def test_where_an_open_file_cannot_be_replaced_it_is_closed(
    words: tuple[str, ...], vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.replace", without_replacing_what_is_open(os.replace))
    for text in ("one", "two", "three"):
        put(vault, "a.md", f"[[{text}]]\n")
        assert called("lint", *words, cwd=vault) == called("lint", "--no-cache", cwd=vault)
    assert opened(vault).known == 6, "what was found last is kept"


def test_what_it_held_is_known_no_more_once_it_is_closed(tmp_path: Path) -> None:
    written(tmp_path / "file", b"one")
    here = Sections(tmp_path / "file")
    here.close()
    assert "part" not in here
    with pytest.raises(KeyError):
        here.read("part")
    assert "part" not in pickle.loads(pickle.dumps(here))
