"""Over random commits: `lint --staged` says what a lint of the whole staged tree says of the notes the commit touches or breaks."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from processor.base.text import Source
from processor.cli.session import Opened
from processor.cli.staged import Refs, open_commit
from processor.commands.staged import Change, broken_by
from processor.config import Config, load_config
from processor.disk import walk
from processor.lint.judging import Judge
from processor.lint.linter import Linter
from processor.load.cache import stats as cache_stats
from processor.load.scan import scan
from processor.rules.base import Finding
from processor.vault.deferred import DeferredNote
from processor.vault.note import Note, parse_note
from processor.vault.outline import outline
from processor.vault.style import LinkStyle
from processor.vault.vault import Vault
from tests.repositories import Repo, environment

NAMES = [
    "a.md", "b.md", "B.md", "x/a.md", "x/b.md", "x/y/a.md", "two words.md", "two_words.md", "x/-dash.md", "it's.md", "🎬 film.md",
    "v1.2.md", "pic.png", "x/pic.png", "v1.2", "x/Ünï.md", ".hidden/a.md",
]  # fmt: skip
TARGETS = [
    "a", "b", "x/a", "x/b", "./a", "../a", "two words", "two_words", "-dash", "it's", "🎬 film", "v1.2", "pic.png", "Ünï", "nowhere",
    "a#Top", "b#^id", "x/a#Top#Deep", "./b#Top", "#Top", "ünï#Deep", "Two-Words",
]  # fmt: skip
PIECES = [
    "# Top\n\n## Deep\n",
    "# top\n",
    "A text. ^id\n",
    "## Deep\n",
    "Words that stay as they are, long enough to be known again.\n",
]


class Files(NamedTuple):
    """What a tree holds, as a test knows it: path → bytes."""

    files: dict[str, bytes]

    def vault(self) -> Vault:
        seen = {p: d for p, d in self.files.items() if not p.startswith(".")}
        notes = [parse_note(Source.decode(d), p) for p, d in seen.items() if p.endswith(".md")]
        # which is a folder without any mark of a vault
        return Vault(notes, [p for p in seen if not p.endswith(".md")], style=LinkStyle(github_anchors=True))


def a_text(rng: random.Random) -> bytes:
    lines = ["---\ntitle: A thing\naliases: [Two-Words]\n---\n"] if rng.random() < 0.3 else []
    for _ in range(rng.randint(0, 8)):
        target = rng.choice(TARGETS)
        link = rng.choice((f"[[{target}]]", f"![[{target}]]", f"[[{target}|shown]]", f"[shown](<{target}>)"))
        lines.append(f"See {link}.\n" if rng.random() < 0.6 else rng.choice(PIECES))
    return "\n".join(lines).encode()


def change(repo: Repo, files: dict[str, bytes], rng: random.Random) -> None:
    """Add, edit, rename or delete a file; `files` follow."""
    name = rng.choice(NAMES)
    # where names differ in case only, some systems know but one of them
    if any(f.casefold() == name.casefold() and f != name for f in files) and rng.random() < 0.7:
        return
    what = rng.random()
    if name not in files or what < 0.4:
        if any(f.startswith(name + "/") for f in files):
            return
        files[name] = b"\x89PNG" if name.endswith(".png") else a_text(rng)
        repo.put(name, files[name])
    elif what < 0.7:
        del files[name]
        (repo.path / name).unlink()
    else:
        new = rng.choice(NAMES)
        if new not in files:
            files[new] = files.pop(name)
            (repo.path / new).parent.mkdir(parents=True, exist_ok=True)
            (repo.path / name).rename(repo.path / new)


def disturb(repo: Repo, files: dict[str, bytes], rng: random.Random) -> None:
    """Change the work tree in ways that are not staged."""
    for _ in range(rng.randint(0, 3)):
        name = rng.choice(NAMES)
        path = repo.path / name
        if path.exists() and rng.random() < 0.3:
            path.unlink()
        elif not path.is_dir() and all(not p.is_file() for p in path.parents):
            repo.put(name, a_text(rng))


def renamed(repo: Repo) -> dict[str, str]:
    """What git sees renamed: new → old. Which of two like files it was is git's to say."""
    fields = repo.git("diff", "--cached", "-M", "--name-status", "-z", "--diff-filter=R").split("\0")[:-1]
    pairs = zip(fields[2::3], fields[1::3], strict=True)
    return {new: old for new, old in pairs if not old.startswith(".")}  # what was hidden was in no vault


def lost_links(before: Files, after: Files, moved: dict[str, str]) -> tuple[set[str], dict[tuple[str, Any], str]]:
    """Notes left as they are whose links the change breaks; and where a link led to a file and now leads to none: its rule."""
    then, now = before.vault(), after.vault()
    broken: set[str] = set()
    lost: dict[tuple[str, Any], str] = {}
    for path, note in now.notes.items():
        for link in note.links:
            here = now.resolve(link.target, path)
            there = then.resolve(link.target, moved.get(path, path))
            good = ("ok", "ambiguous")
            if before.files.get(path) == after.files[path] and there.status in good and here.status not in good:
                broken.add(path)
            if there.path is not None and here.path is None:
                lost[path, link.span] = "broken-embed" if link.embed else "broken-link"
    return broken, lost


def said(findings: list[Finding], lost: dict[tuple[str, Any], str]) -> set[tuple[Any, ...]]:
    """Findings to compare; of links that are lost only where and by which rule."""
    told: set[tuple[Any, ...]] = {(p, span, rule) for (p, span), rule in lost.items()}
    for f in findings:
        if (f.path, f.span) not in lost or not f.rule.startswith(("broken-", "missing-note", "malformed-link")):
            told.add((f.path, f.span, f.rule, f.severity, f.message))
    return told


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("two words.md", "Two Words"),
        ("x/Naïve note.md", "NAI\u0308VE NOTE"),
        ("日本.md", "日本"),
        ("ab.md", "AB"),
        ("xxİ.md", "XXİ"),
        ("say 'it' twice.md", "folder/../say 'it' twice"),
        ("a\u00a0thing.md", "a thing"),
        ("v1.2.md", "v1.2#Top"),
        ("pic one.png", "pic%20one.png"),
    ],
)
def test_a_link_is_found_in_a_note_that_is_known_by_its_outline(name: str, target: str) -> None:
    for text in (f"[[{target}]]", f"[x](<{target}>)", f'---\nup: "[[{target}]]"\n---\n'):
        note = parse_note(text, "n.md")
        known = DeferredNote("n.md", _Outline(note))
        something_else = parse_note("[[Something else]]", "o.md")
        other = DeferredNote("o.md", _Outline(something_else))
        gone = Change(frozenset(), {name: None}, {})
        plain = list(broken_by(gone, {}, frozenset(), Vault([note])))
        assert list(broken_by(gone, {}, frozenset(), Vault([known, other]))) == plain
        judged = [DeferredNote(n.path, _Cells(n)) for n in (note, something_else)]
        assert list(broken_by(gone, {}, frozenset(), Vault(judged))) == plain
        was_there = Vault([note, parse_note("", name)] if name.endswith(".md") else [note], [name])
        assert plain == (
            ["n.md"] if note.links and was_there.resolve(note.links[0].target.partition("#")[0], "n.md").path else []
        )


class _Outline:
    """A shelf that holds no more than the outline of a note."""

    def __init__(self, note: Note) -> None:
        self._text = outline(note)

    def outline(self, path: str) -> str:
        return self._text

    def fact(self, name: str, path: str) -> Any:
        raise KeyError(name)

    def source(self, path: str) -> Any:
        raise AssertionError(path)

    note = source


class _Cells:
    """A shelf that knows what the rules of a note have read, and its file."""

    def __init__(self, note: Note) -> None:
        vault = Vault([note])
        reads = Judge(Linter(Config()), vault, traces=True).at(note.path).reads
        assert reads is not None
        self._cells, self._note = reads.encode(), note

    def outline(self, path: str) -> str:
        raise ValueError(path)

    def cells(self, path: str) -> bytes:
        return self._cells

    def fact(self, name: str, path: str) -> Any:
        raise KeyError(name)

    def source(self, path: str) -> Source:
        return self._note.source

    def note(self, path: str) -> Note:
        return self._note


@pytest.fixture
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    for name, value in environment().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)


def commits(repo: Repo, rng: random.Random, number: int) -> Iterator[tuple[Files, Files]]:
    """Random commits: what was there before and is now. Each is staged, and made when the next one is asked for."""
    files: dict[str, bytes] = {}
    for _ in range(number):
        before = Files(dict(files))
        for _ in range(rng.randint(1, 8 if files else 25)):
            change(repo, files, rng)
        repo.git("add", "--all")
        yield before, Files(dict(files))
        repo.git("checkout-index", "--all", "--force")
        repo.git("clean", "-fdq")
        repo.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", "x")


def opened_in(repo: Repo, *, cached: bool = False) -> Opened:
    [opened] = open_commit(
        [repo.path],
        refs=Refs(),
        vault=None,
        config_file=None,
        choice={},
        with_edits=False,
        held=False,
        writes=False,
        cached=cached,
    )
    return opened


def judge(seed: int, folder: Path) -> None:
    rng = random.Random(seed)
    repo = Repo(folder / "repo")
    for i, (before, after) in enumerate(commits(repo, rng, 4)):
        apart = folder / f"apart{i}"
        repo.git("checkout-index", "--all", f"--prefix={apart}/")
        moved = renamed(repo) if i else {}
        disturb(repo, after.files, rng)
        opened = opened_in(repo)
        quick = opened_in(repo, cached=True)
        assert quick.reported == opened.reported
        assert [*quick.lint().findings] == [*opened.lint().findings], (seed, i)
        config = load_config(apart)
        apart.mkdir(exist_ok=True)
        whole = scan(apart, walk(apart), config)
        touched = {
            p for p in after.files if before.files.get(p) != after.files[p] and p.endswith(".md") and p[0] != "."
        }
        broken, lost = lost_links(before, after, moved)
        if not touched | broken:
            assert opened.reported == []
            continue
        expected = Linter(config).lint(whole.vault, touched | broken).findings
        assert opened.reported == sorted(touched | broken), (seed, i)
        lost = {place: rule for place, rule in lost.items() if place[0] in touched | broken}
        assert said([*opened.lint().findings], lost) == said([*expected], lost), (seed, i)
        assert {(f.path, f.span, f.rule) for f in opened.lint().findings} >= {
            (*place, rule) for place, rule in lost.items()
        }
        shutil.rmtree(apart)


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was read once is taken from the cache although it is no two seconds old, and most notes have changed."""
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache_stats, "SETTLED", 0)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.usefixtures("_plain_environment", "_at_once")
def test_a_commit_is_judged_as_the_whole_tree_is(seed: int, tmp_path: Path) -> None:
    judge(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 500))
@pytest.mark.usefixtures("_plain_environment", "_at_once")
def test_many_commits_are_judged_as_the_whole_tree_is(seed: int, tmp_path: Path) -> None:
    judge(seed, tmp_path)
