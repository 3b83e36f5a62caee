"""Answers that are given again, and `ytvault cache`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.cli.session import prepared
from processor.disk import walk
from processor.load import premises
from processor.load.cache.stats import Stats
from processor.load.premises import look
from tests.cli.running import Ran, called, put, write, ytvault
from tests.clock import stop_clock

NOTE = "---\ntitle: {0}\nvideoId: n3Vq8ZtKp0A\n---\n\nSee [[{1}]] at [00:06:10].\n"
OLD = ("MARK\n", 1)
"""What an answer is made to say, so that it shows where it is given."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    write(tmp_path / "vault", a=NOTE.format("A", "b"), b=NOTE.format("B", "Nothing"), deep__c="[[a]]\n")
    put(tmp_path / "vault", "pic.png", "x")
    return tmp_path


class Vault:
    def __init__(self, place: Path) -> None:
        self.root = place / "vault"
        self.cache = place / "cache"

    def lint(self, *args: str, cwd: Path | None = None, **env: str) -> Ran:
        return ytvault("lint", *args, cwd=cwd or self.root, env={"YTVAULT_CACHE_DIR": str(self.cache), **env})

    def answers(self) -> list[Path]:
        return [f for f in self.cache.glob("answers/*") if not f.name.startswith(".")]

    def mark(self, head: Callable[[dict[str, object]], object] = lambda _: None) -> None:
        """Make each answer say MARK."""
        for file in self.answers():
            data = file.read_bytes()
            length = int(data[-12:])
            facts = json.loads(data[-12 - length : -12])
            facts["crc"] = zlib.crc32(OLD[0].encode())
            head(facts)
            text = json.dumps(facts).encode()
            file.write_bytes(OLD[0].encode() + text + b"%12d" % len(text))


@pytest.fixture
def vault(place: Path) -> Vault:
    return Vault(place)


def test_an_unchanged_vault_gets_the_same_answer(vault: Vault) -> None:
    plain = vault.lint("--no-cache")
    assert plain.status == 1
    assert not vault.cache.exists()
    assert vault.lint() == plain
    assert vault.lint() == plain
    vault.mark()
    assert vault.lint() == Ran(1, OLD[0], "")
    assert vault.lint("--no-cache") == plain


@pytest.mark.parametrize(
    "args", [("--output-format", "concise"), ("--statistics",), ("--exit-zero",), ("a.md", "deep")]
)
def test_each_command_line_has_its_own_answer(vault: Vault, args: tuple[str, ...]) -> None:
    vault.lint()
    vault.mark()
    plain = vault.lint("--no-cache", *args)
    assert vault.lint(*args) == plain
    assert vault.lint(*args) == plain
    assert vault.lint().out == OLD[0]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a note": lambda r: put(r, "a.md", NOTE.format("A", "c")),
    "a note of the same size": lambda r: put(r, "b.md", NOTE.format("C", "Nothing")),
    "a new note": lambda r: put(r, "new.md", "x"),
    "a new attachment": lambda r: put(r, "Nothing.png", "x"),
    "a note less": lambda r: (r / "deep/c.md").unlink(),
    "an attachment less": lambda r: (r / "pic.png").unlink(),
    "another name": lambda r: (r / "a.md").rename(r / "z.md"),
    "a configuration": lambda r: put(r, "ytvault.toml", 'ignore = ["links"]\n'),
    "a project above": lambda r: put(r.parent, "pyproject.toml", '[tool.ytvault]\nignore = ["links"]\n'),
    "Obsidian's settings": lambda r: put(r, ".obsidian/app.json", '{"useMarkdownLinks": true}'),
    "Obsidian's types": lambda r: put(r, ".obsidian/types.json", '{"types": {"title": "number"}}'),
    "another root": lambda r: (r / "deep/.obsidian").mkdir(),
    "a repository": lambda r: (r.parent / ".git").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_makes_it_void(vault: Vault, change: str) -> None:
    args = ("deep",) if change == "another root" else ()
    vault.lint(*args)
    vault.mark()
    assert vault.lint(*args).out == OLD[0]
    CHANGES[change](vault.root)
    assert vault.lint(*args) == vault.lint("--no-cache", *args)


def test_files_that_the_configuration_names_count(vault: Vault) -> None:
    put(vault.root, "ytvault.toml", 'baseline = "known.json"\n')
    vault.lint("--write-baseline", "known.json")
    known = vault.lint()
    assert known.status == 0
    vault.mark()
    assert vault.lint().out == OLD[0]
    (vault.root / "known.json").write_text(
        (vault.root / "known.json").read_text().replace("missing-note", "broken-link")
    )
    assert vault.lint() == vault.lint("--no-cache") != known


def test_every_file_that_is_read_counts(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is opened in the vault besides notes is among the files whose change makes an answer void."""
    put(vault.root, "ytvault.toml", 'extend-select = ["ALL"]\nbaseline = "known.json"\nschema = "note.schema.json"\n')
    put(vault.root, "note.schema.json", "{}")
    for name in ("app", "types", "templates", "daily-notes", "community-plugins", "graph"):
        put(vault.root, f".obsidian/{name}.json", "{}")
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(vault.cache))
    called("lint", "--write-baseline", "known.json", cwd=vault.root)
    opened: set[str] = set()
    listening = True

    def hear(event: str, args: tuple[object, ...]) -> None:
        if listening and event == "open" and isinstance(args[0], (str, os.PathLike)):
            opened.add(os.path.abspath(args[0]))

    sys.addaudithook(hear)
    called("lint", cwd=vault.root)
    listening = False
    (file,) = vault.answers()
    data = file.read_bytes()
    [head] = json.loads(data[-12 - int(data[-12:]) : -12])["vaults"]
    read = {p for p in opened if p.startswith(str(vault.root)) and not p.endswith(".md")}
    assert {os.path.relpath(p, vault.root) for p in read - {*head["files"]}} == set()
    assert {os.path.relpath(p, vault.root) for p in read} >= {"ytvault.toml", "known.json", ".obsidian/app.json"}


def test_an_edit_of_the_same_size_in_the_same_tick_makes_it_void(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    listing = walk(vault.root)
    placed = {vault.root: [vault.root]}
    given = premises.premises(vault.root, [vault.root], None, None, vault.root / "pending", placed)
    seen = premises.seen(listing, Stats(vault.root, listing.notes))
    assert seen is not None
    head = {"vaults": [{**given, **seen}]}
    assert premises.holds(head)
    put(vault.root, "b.md", NOTE.format("C", "Nothing"))
    assert not premises.holds(head)


def test_where_and_how_it_is_shown_counts(vault: Vault) -> None:
    vault.lint()
    vault.mark()
    assert "../a.md" in vault.lint("..", cwd=vault.root / "deep").out
    assert vault.lint(COLUMNS="40").out != OLD[0]
    assert vault.lint().out == OLD[0]


def test_an_interrupted_run_is_rolled_back_all_the_same(vault: Vault, place: Path) -> None:
    data = {"YTVAULT_DATA_DIR": str(place / "data")}
    vault.lint("--fix", **data)
    vault.lint(**data)
    vault.mark()
    assert vault.lint(**data).out == OLD[0]
    (last,) = (place / "data").rglob("run-*")
    last.rename(last.with_name("pending"))
    ran = vault.lint(**data)
    assert "rolled back" in ran.err
    assert ran.out == vault.lint("--no-cache", **data).out


def test_what_was_seen_before_a_run_is_rolled_back_counts_no_more(
    vault: Vault, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"YTVAULT_DATA_DIR": str(place / "data")}
    monkeypatch.setenv(*data.popitem())
    vault.lint("--fix")
    for interrupted in (False, True):
        if interrupted:
            (last,) = (place / "data").rglob("run-*")
            last.rename(last.with_name("pending"))
        monkeypatch.setitem(premises._LOOKED, vault.root, look(vault.root, (), whole=True))
        prepared(vault.root, None, {}, writes=False)
        assert (premises.looked(vault.root) is None) == interrupted


@pytest.mark.parametrize("option", ["--fix", "--diff", "--output-file=out.txt", "--write-baseline=known.json"])
def test_what_writes_is_done_every_time(vault: Vault, option: str) -> None:
    vault.lint(option)
    assert vault.answers() == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read anything")
def test_a_note_that_cannot_be_read_is_said_every_time(vault: Vault) -> None:
    (vault.root / "a.md").chmod(0)
    first = vault.lint()
    assert first.status == 2
    assert vault.lint() == first
    assert vault.answers() == []


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"x",
        b"%12d" % 10**11,
        b"{}          -1",
        b"{}          2 ",
        b"{}           2",
        b"[]           2",
        b'{"vaults": []}' + b"          14",
        b'{"vaults": [{"root": 1e999}], "crc": 0, "status": 0}'.ljust(80) + b"          80",
        b'{"vaults": [], "crc": "0", "status": "__import__"}'.ljust(60) + b"          60",
    ],
)
def test_a_broken_answer_is_none(vault: Vault, broken: bytes) -> None:
    plain = vault.lint()
    (file,) = vault.answers()
    file.write_bytes(broken)
    assert vault.lint() == plain


def test_an_answer_that_was_damaged_is_none(vault: Vault) -> None:
    plain = vault.lint()
    (file,) = vault.answers()
    data = file.read_bytes()
    for damaged in (data[:-1], data + b"x", data[:-1] + b"X", data[:40] + b"X" + data[41:]):
        file.write_bytes(damaged)
        assert vault.lint() == plain


@pytest.mark.parametrize("status", [2, -1, None, "0", [], 10**40])
def test_no_status_but_ours_is_taken(vault: Vault, status: object) -> None:
    plain = vault.lint()
    vault.mark(lambda facts: facts.update(status=status))
    assert vault.lint() == plain


def test_two_runs_at_once(vault: Vault) -> None:
    plain = vault.lint("--no-cache")
    env = {**os.environ, "YTVAULT_CACHE_DIR": str(vault.cache), "PYTHONPATH": str(Path(__file__).parents[2])}
    for _ in range(3):
        runs = [
            subprocess.Popen(
                [sys.executable, "-m", "processor", "lint"], cwd=vault.root, env=env, stdout=subprocess.PIPE
            )
            for _ in range(3)
        ]
        assert {run.communicate()[0].decode() for run in runs} == {plain.out}
        put(vault.root, "deep/c.md", (vault.root / "deep/c.md").read_text() + "\n")
    assert not list(vault.cache.rglob(".*"))


def test_a_reader_that_stops_reading_is_no_fault(vault: Vault) -> None:
    for n in range(900):  # so many are reported on while they are judged
        put(vault.root, f"many/note_{n}.md", "[[Nothing]] [[Nothing more]]\n")
    vault.lint()
    for known in (True, False):
        if not known:
            shutil.rmtree(vault.cache)
        run = subprocess.Popen(
            [sys.executable, "-m", "processor", "lint"], cwd=vault.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "YTVAULT_CACHE_DIR": str(vault.cache), "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        assert run.stdout is not None
        run.stdout.read(100)
        run.stdout.close()
        assert run.stderr is not None
        assert b"Traceback" not in run.stderr.read()
        run.wait()
        assert not list(vault.cache.rglob(".*"))


# --- the command ---


def test_cache_path_info_clear(vault: Vault) -> None:
    def cache(*args: str) -> Ran:
        return ytvault("cache", *args, cwd=vault.root, env={"YTVAULT_CACHE_DIR": str(vault.cache)})

    assert cache("path").out == f"{vault.cache}\n"
    assert "0 files" in cache("info").out
    vault.lint()
    assert "in 3 files" in cache("info").out
    assert "The notes of 1 vault, 1 whole answer." in cache("info").out
    (vault.cache / "mine.txt").write_text("x")
    assert cache("clear").out.startswith("Removed 3 files")
    assert [f.name for f in vault.cache.iterdir()] == ["mine.txt"]
    assert cache("clear").status == 0
    assert vault.lint() == vault.lint("--no-cache")
    assert not (vault.root / ".cache").exists()


def test_nothing_is_put_into_the_vault(vault: Vault) -> None:
    before = sorted(vault.root.rglob("*"))
    vault.lint()
    vault.lint("a.md")
    assert sorted(vault.root.rglob("*")) == before
