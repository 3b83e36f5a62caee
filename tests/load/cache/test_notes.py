"""The cache: what it finds, and that nothing it holds or lacks changes an answer."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import processor
from processor.commands.build import manifest
from processor.config import Config
from processor.disk import ReadProblem, walk
from processor.disk import read as read_file
from processor.fix import fix_vault
from processor.lint.findings import NoteFindings, TextOf, by_note
from processor.lint.linter import Linter, LintResult
from processor.load import cache
from processor.load.cache import stats as cache_stats
from processor.load.cache.notes import NoteCache
from processor.load.cache.stats import Stats, is_settled
from processor.load.scan import Bytes, Wanted, scan
from processor.vault.note import Note
from tests.clock import stop_clock
from tests.examples import examples

NOTE = """\
---
title: {title}
videoId: n3Vq8ZtKp0A
---

From: [[channel]] <br/>

See [[{link}]] and <a class="yt-timestamp" data-t="00:06:1{n}">[00:06:1{n}]</a>.
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    for n in range(4):
        (root / f"note_{n}.md").write_text(NOTE.format(title=f"Note {n}", link=f"Note {n + 1}", n=n))
    (root / "channel.md").write_text("- [[note_0]]\n## Part [[nowhere]]\n")
    return root


def lint(root: Path, config: Config = Config(), *, cached: bool = True, processes: int | None = None) -> LintResult:
    result = to_lint(root, config, cached=cached, processes=processes)
    by_note(result.findings).judge()
    return result


def to_lint(root: Path, config: Config, *, cached: bool, processes: int | None = None) -> LintResult:
    listing = walk(root)
    linter = Linter(config)
    stats = Stats(root, listing.notes) if cached else None
    found = scan(root, listing, config, Wanted(linter), Bytes(stats=stats), processes=processes)
    return linter.lint(found.vault, memory=found.memory)


def reported(root: Path, config: Config = Config(), *, cached: bool = True, name: str = "names") -> str:
    """A report, of which what is made of each note is kept."""
    made = by_note(to_lint(root, config, cached=cached).findings).made(_report, lambda _: None, name)
    return b"".join(made).decode()


def _report(found: NoteFindings, _text_of: TextOf) -> bytes:
    return "".join(f"{f.path} {f.rule} {f.message}\n" for f in found).encode()


def known(root: Path, config: Config = Config()) -> set[str]:
    """The notes that need not be read again."""
    from processor.load.scan import _judged

    return set(NoteCache(root, _judged(Linter(config))).look(Stats(root, walk(root).notes)))


def files(own_folder: Path, part: str = "") -> list[Path]:
    return [f for f in (own_folder / part).rglob("*") if f.is_file()]


def test_a_note_is_read_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lint(root)
    assert known(root) == {p.name for p in root.iterdir()}
    for module in ("load.scan", "load.reading"):
        monkeypatch.setattr(f"processor.{module}.parse_note", lambda *_: pytest.fail("a note was read again"))
    assert lint(root).findings == first.findings
    assert {f.rule for f in first.findings} > {"missing-note", "unlinked-timestamp"}


def test_it_is_the_changed_notes_that_are_read(root: Path) -> None:
    lint(root)
    (root / "note_1.md").write_text("other")
    (root / "note_2.md").rename(root / "renamed.md")
    (root / "note_3.md").unlink()
    assert known(root) == {"note_0.md", "channel.md"}
    assert lint(root).findings == lint(root, cached=False).findings


def test_to_mend_a_named_note_no_other_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lint(root)
    listing, linter = walk(root), Linter(Config(), with_edits=True)
    anew = fix_vault(
        scan(root, listing, Config(), Wanted(linter), Bytes(held=listing.notes)).vault, linter, ["note_0.md"]
    )
    monkeypatch.setattr("processor.load.reading.read_file", only(read_file, "note_0.md"))
    found = scan(root, listing, Config(), Wanted(linter), Bytes(held=["note_0.md"], stats=Stats(root, listing.notes)))
    result = fix_vault(found.vault, linter, ["note_0.md"])
    assert result.contents == anew.contents
    assert result.contents.keys() == {"note_0.md"}
    assert result.findings == anew.findings


def only(read: Callable[[Path, str], bytes | ReadProblem], path: str) -> Callable[[Path, str], bytes | ReadProblem]:
    return lambda root, other: read(root, other) if other == path else pytest.fail(f"{other} was read")


def test_a_note_that_is_held_stays_as_it_was_read(root: Path) -> None:
    listing, linter = walk(root), Linter(Config(), with_edits=True)
    old = (root / "note_1.md").read_bytes()
    vault = scan(root, listing, Config(), Wanted(linter), Bytes(held=listing.notes)).vault
    (root / "note_1.md").write_text("other")
    assert vault.notes["note_1.md"].encoded() == old
    assert vault.notes["note_1.md"].whole.text == old.decode()


def test_notes_that_have_become_alike_or_are_alike_no_more(root: Path) -> None:
    lint(root)
    text = (root / "note_1.md").read_text()

    def duplicates(*, cached: bool) -> list[str]:
        return [f.path for f in lint(root, cached=cached).findings if f.rule == "duplicate-note"]

    for name, new in (("note_0", text), ("note_2", text), ("note_1", "Other.\n")):
        (root / f"{name}.md").write_text(new)
        assert duplicates(cached=True) == duplicates(cached=False) != []
    (root / "note_0.md").unlink()
    (root / "note_2.md").unlink()
    assert duplicates(cached=True) == duplicates(cached=False) == []


@pytest.mark.parametrize("fewest", [0, 400])
def test_notes_that_were_not_judged_are_known_by_their_facts(
    root: Path, monkeypatch: pytest.MonkeyPatch, fewest: int
) -> None:
    listing, linter = walk(root), Linter(Config())
    with monkeypatch.context() as patched:
        patched.setattr("processor.load.scan.FEWEST", fewest)
        found = scan(root, listing, Config(), Wanted(linter), Bytes(stats=Stats(root, listing.notes)), processes=1)
    assert found.memory is not None
    found.memory.keep_facts()
    named = linter.lint(found.vault, ["note_0.md"])
    assert named.findings == [f for f in lint(root, cached=False).findings if f.path == "note_0.md"]
    assert known(root) == set(listing.notes)
    for _ in range(2):
        assert lint(root).findings == lint(root, cached=False).findings


def test_a_note_that_changes_while_the_vault_is_read_is_not_kept_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)
    listing, linter = walk(root), Linter(Config())
    with monkeypatch.context() as patched:
        patched.setattr("processor.load.scan.FEWEST", 0)
        found = scan(root, listing, Config(), Wanted(linter), Bytes(stats=Stats(root, listing.notes)), processes=1)
    text = (root / "note_0.md").read_text()
    (root / "note_0.md").write_text(text.replace("Note 1", "Note 7"))
    assert len(linter.lint(found.vault, memory=found.memory).findings)
    (root / "note_0.md").write_text(text)
    assert lint(root).findings == lint(root, cached=False).findings


def test_an_edit_of_the_same_size_in_the_same_tick_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "note_0.md").write_text("See [[aaaa]].")
    stop_clock(monkeypatch)
    lint(root)
    assert known(root) == {p.name for p in root.iterdir()}
    (root / "note_0.md").write_text("See [[bbbb]].")
    assert known(root) == {p.name for p in root.iterdir()} - {"note_0.md"}
    assert lint(root).findings == lint(root, cached=False).findings


def test_a_settled_stat_is_believed_without_reading(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_stats, "SETTLED", -(10**12))  # all stats are old enough
    lint(root)
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("a note was opened"))
    stats = Stats(root, walk(root).notes)
    assert not stats.unsettled()
    assert all(is_settled(s) for s in stats.each())


@pytest.mark.parametrize("ahead", [3600, -3600])
def test_a_clock_that_is_set_hides_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    now = time.time_ns
    monkeypatch.setattr(cache.time, "time_ns", lambda: now() + ahead * 10**9)
    lint(root)
    before = (root / "note_0.md").stat()
    (root / "note_0.md").write_text((root / "note_0.md").read_text().replace("Note 1", "Note 7"))
    os.utime(root / "note_0.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert lint(root).findings == lint(root, cached=False).findings


def test_other_options_are_another_cache(root: Path) -> None:
    lint(root)
    for config in (
        Config(ignore=("broken-link",)),
        Config(severity={"timestamps": "error"}),
        Config(video_property=("video",)),
    ):
        assert not known(root, config)
        assert lint(root, config).findings == lint(root, config, cached=False).findings
    assert known(root)


def test_another_version_finds_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lint(root)
    monkeypatch.setattr("processor.load.scan.program", lambda: "another")
    assert not known(root)


def test_a_library_that_lies_elsewhere_tells_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where some are the system's, and some the user's."""
    own = tmp_path / "site-packages"
    own.mkdir()
    monkeypatch.setattr("sys.path", [*sys.path, str(own), str(tmp_path / "gone" / "site-packages")])
    before = cache.program.__wrapped__()
    assert cache.program.__wrapped__() == before
    (own / "mistune-3.1.3.dist-info").mkdir()
    assert cache.program.__wrapped__() != before


@pytest.mark.parametrize("told", [cache.program, manifest._program], ids=["cache", "build"])
@pytest.mark.parametrize("file", ["rules/links/broken_link.py", "base/text.py", "commands/build/plan.py"])
def test_the_program_is_told_by_its_files(
    told: Any, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(processor.__file__).parent
    copy = shutil.copytree(source, tmp_path / "processor", ignore=shutil.ignore_patterns("__pycache__", "*.js"))
    monkeypatch.setattr(processor, "__file__", str(copy / "__init__.py"))
    before = told.__wrapped__()
    assert told.__wrapped__() == before
    (copy / file).write_text("# another program\n")
    assert told.__wrapped__() != before


def test_the_number_of_processes_makes_no_difference(
    root: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = lint(root, cached=False)
    for processes in (1, 2, 3):
        monkeypatch.setattr("processor.load.scan.FEWEST", 0 if processes % 2 else 400)
        shutil.rmtree(own_folder, ignore_errors=True)
        assert lint(root, processes=processes).findings == plain.findings
        assert lint(root, processes=processes).findings == plain.findings


def test_few_changes_write_nothing_many_do(root: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_stats, "SETTLED", -(10**12))
    for n in range(300):
        (root / f"more_{n}.md").write_text(f"x {n}")
    lint(root)
    (file,) = files(own_folder, "vaults")
    old = file.read_bytes()
    for changed, written in ((1, False), (10, True)):
        for n in range(changed):
            (root / f"more_{n}.md").write_text(f"y {n} {changed}")
        lint(root)
        assert (file.read_bytes() != old) == written, changed


def test_in_whatever_form_it_is_asked_for_nothing_is_judged_twice(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = reported(root, cached=False)
    plain = lint(root)
    monkeypatch.setattr("processor.lint.judging.Judge.at", lambda _, path: pytest.fail(f"{path} was judged again"))
    for name in ("names", "others", "names"):
        assert reported(root, name=name) == report
    assert lint(root).findings == plain.findings


def test_notes_in_which_nothing_is_to_be_mended_are_not_judged_to_mend_others(root: Path) -> None:
    (root / "clean.md").write_text("See [[note_0]].\n")
    (root / "another.md").write_text("See [[nowhere]].\n")
    lint(root)
    listing, linter = walk(root), Linter(Config(), with_edits=True)
    held = Bytes(held=listing.notes, stats=Stats(root, listing.notes))
    found = scan(root, listing, Config(), Wanted(linter), held)
    assert found.memory is not None
    known = found.memory.known("", listing.notes)
    assert known is not None
    judged: list[str] = []

    class Telling(Linter):
        def check_note(self, note: Note, **more: Any) -> NoteFindings:
            judged.append(note.path)
            return super().check_note(note, **more)

    result = fix_vault(found.vault, Telling(Config(), with_edits=True), known=known.recalled)
    anew = fix_vault(scan(root, listing, Config(), Wanted(linter), Bytes(held=listing.notes)).vault, linter)
    assert "note_0.md" in judged
    assert not {"clean.md", "another.md"} & {*judged}
    assert result.contents == anew.contents
    assert result.findings == anew.findings


def test_what_has_changed_since_its_stat_was_taken_is_not_known(root: Path) -> None:
    lint(root)
    listing, linter = walk(root), Linter(Config(), with_edits=True)
    stats = Stats(root, listing.notes)
    (root / "note_1.md").write_text("other")
    held = Bytes(held=listing.notes, stats=stats)
    found = scan(root, listing, Config(), Wanted(linter), held)
    assert found.known == len(listing.notes) - 1
    assert found.vault.notes["note_1.md"].text == "other"


# --- damage ---


def damages(data: bytes) -> Iterator[bytes]:
    yield b""
    yield data[: len(data) // 2]
    yield data[:-1]
    yield data + b"x"
    yield bytes(len(data))
    yield b"cos\nsystem\n(S'exit 1'\ntR."
    yield data[:-24] + (1 << 63).to_bytes(8, "little") + data[-16:]
    yield data[:-16] + b"\xff" * 16
    chance = random.Random(1)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(chance.choice((1, 1, 5, 200))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        yield bytes(broken)


@pytest.mark.parametrize("part", ["vaults", "reports"])
def test_a_damaged_file_changes_no_answer(root: Path, own_folder: Path, part: str) -> None:
    plain, report = lint(root, cached=False), reported(root)
    (file,) = files(own_folder, part)
    for broken in damages(file.read_bytes()):
        file.write_bytes(broken)
        for _ in range(2):
            assert lint(root).findings == plain.findings
            assert reported(root) == report


@pytest.mark.parametrize(
    "what", [[], {}, "x", 1e999, None, {"paths": 1}, {"paths": [0, 10**30, 1]}, {"paths": [-5, 5, 0]}, [[1]]]
)
@pytest.mark.parametrize("part", ["vaults", "reports"])
def test_a_footer_of_anything_is_no_cache(root: Path, own_folder: Path, part: str, what: object) -> None:
    plain, report = lint(root, cached=False), reported(root)
    (file,) = files(own_folder, part)
    footer = json.dumps(what).encode()
    numbers = (0, len(footer), zlib.crc32(footer))
    file.write_bytes(footer + cache.FORMAT + b"".join(n.to_bytes(8, "little") for n in numbers))
    assert lint(root).findings == plain.findings
    assert reported(root) == report


@pytest.mark.parametrize("part", ["vaults", "reports"])
def test_a_folder_in_the_place_of_the_file(root: Path, own_folder: Path, part: str) -> None:
    plain, report = lint(root, cached=False), reported(root)
    (file,) = files(own_folder, part)
    file.unlink()
    file.mkdir()
    (file / "x").write_text("x")
    assert lint(root).findings == plain.findings
    assert reported(root) == report


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(root: Path, own_folder: Path) -> None:
    own_folder.mkdir()
    own_folder.chmod(0o500)
    try:
        assert lint(root).findings == lint(root, cached=False).findings
    finally:
        own_folder.chmod(0o700)


def test_a_file_in_the_place_of_the_folder(root: Path, own_folder: Path) -> None:
    own_folder.write_text("x")
    assert lint(root).findings == lint(root, cached=False).findings
    assert cache.held() == []


def test_a_full_disk(root: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache.os, "replace", full)
    assert lint(root).findings == lint(root, cached=False).findings
    assert files(own_folder) == []


def test_files_that_are_not_used_any_more_go(root: Path, own_folder: Path) -> None:
    for n in range(10):
        reported(root, Config(video_property=(f"video{n}",)))
    assert len(files(own_folder, "vaults")) == 4
    assert len(files(own_folder, "reports")) == 8
    assert cache.held()
    cache.clear()
    assert files(own_folder) == []


# --- anything at all ---

NAMES = ("a", "b", "deep/c", "deep/d", "e f")
TEXTS = (
    NOTE.format(title="A", link="b", n=1),
    NOTE.format(title="A", link="c", n=2),
    "# Head\n\n[[a#Head]] [[A]] [[deep/c|see]]\n",
    "# Haed\n\n[[a#Haed]] [[A]] [[deep/c|see]]\n",
    "---\naliases: [e]\n---\n[[e]] ^block\n",
    "%% ytvault-disable broken-link %%\n[[A!]]\n",
    "",
)
CONFIGS = (Config(), Config(ignore=("links",)), Config(severity={"broken-link": "warning"}))


class Edits(RuleBasedStateMachine):
    """Whatever happens to the notes, a run with the cache says what one without it says."""

    @initialize()
    def start(self) -> None:
        import tempfile

        self.place = Path(tempfile.mkdtemp())
        self.root = self.place / "vault"
        (self.root / "deep").mkdir(parents=True)
        os.environ["YTVAULT_CACHE_DIR"] = str(self.place / "cache")
        self.config = Config()
        self.count = 0

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def write(self, name: str, text: str) -> None:
        (self.root / f"{name}.md").write_text(text)

    @rule(name=st.sampled_from(NAMES))
    def delete(self, name: str) -> None:
        (self.root / f"{name}.md").unlink(missing_ok=True)

    @rule(old=st.sampled_from(NAMES), new=st.sampled_from(NAMES))
    def rename(self, old: str, new: str) -> None:
        if (self.root / f"{old}.md").exists():
            (self.root / f"{old}.md").replace(self.root / f"{new}.md")

    @rule(name=st.sampled_from(NAMES), when=st.sampled_from((0, 10**18, 10**18 + 1, 4 * 10**18)))
    def touch(self, name: str, when: int) -> None:
        if (self.root / f"{name}.md").exists():
            os.utime(self.root / f"{name}.md", ns=(when, when))

    @rule(config=st.sampled_from(CONFIGS))
    def configure(self, config: Config) -> None:
        self.config = replace(config)

    @rule(settled=st.sampled_from((0, 2 * 10**9)))
    def tick(self, settled: int) -> None:
        time.sleep(0.011)  # a tick of the file system's clock, so that a stat may count as settled at once
        cache_stats.SETTLED = settled

    @invariant()
    def same(self) -> None:
        if hasattr(self, "root"):
            if cache_stats.SETTLED == 0:
                time.sleep(0.011)
            if self.count % 2:  # now what is found is wanted, now a report
                assert lint(self.root, self.config) == lint(self.root, self.config, cached=False)
            else:
                assert reported(self.root, self.config) == reported(self.root, self.config, cached=False)
            self.count += 1

    def teardown(self) -> None:
        cache_stats.SETTLED = 2 * 10**9
        shutil.rmtree(self.place)


TestEdits = Edits.TestCase
TestEdits.settings = examples(25, stateful_step_count=20, suppress_health_check=list(HealthCheck))
