"""`ytvault lint --watch`: checks again what a change touches, and the notes that link to it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from processor.base.extras import MissingExtraError
from processor.base.text import Source
from processor.cli.known import baseline_of, without_known
from processor.cli.lint_options import Options
from processor.cli.linting import run
from processor.cli.reporting import format_of, merged, report, view_of
from processor.cli.screen import tell
from processor.cli.session import Opened, Shown
from processor.disk import ReadProblem, read, walk
from processor.lint.linter import Finding, LintResult
from processor.vault.facts import fact
from processor.vault.naming import path_key
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault

_SETTINGS = frozenset(("ytvault.toml", "pyproject.toml", ".obsidian/app.json", ".obsidian/types.json"))
_QUIET = 20  # milliseconds without a further change, after which a change is looked at
_LONGEST = 200  # milliseconds after which it is looked at anyway
_POLL = 250  # milliseconds between two looks at whether somebody pressed Ctrl-C
_NAMED = 3  # changed files that are named


class Watched:
    """A vault whose notes change. It knows which notes speak of which names."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.vault: Vault = opened.scanned.vault
        self._found: dict[str, Sequence[Finding]] = {}  # in the notes that were read since
        self._speaking: dict[str, set[str]] = {}  # a name, as links compare it → the notes with a link to it
        self._spoken: dict[str, frozenset[str]] = {}  # the same the other way round
        self._no_notes = frozenset(p for p in opened.listing.files if p.endswith(".md"))  # which git ignores
        for note in self.vault.notes.values():
            self._learn(note)

    def _learn(self, note: Note) -> None:
        new = frozenset(_link_names(note.anew()))
        self._forget(note.path, but=new)
        for name in new:
            self._speaking.setdefault(name, set()).add(note.path)
        self._spoken[note.path] = new

    def _forget(self, path: str, but: frozenset[str] = frozenset()) -> None:
        for name in self._spoken.pop(path, frozenset()) - but:
            self._speaking[name].discard(path)

    def changed(self, paths: Iterable[str]) -> list[str]:
        """Of the files and folders at which something happened, the files that may be other than they were."""
        vault, root, paths = self.vault, self.opened.root, list(paths)
        if all(path in vault.notes and os.path.isfile(root / path) for path in paths):
            return sorted(paths)  # as it mostly is, and the vault need not be walked
        listing = self.opened.relist() if self.opened.relist else walk(root)
        files = frozenset(listing.files).union(p.path for p in self.opened.scanned.problems)
        there = {*listing.notes, *listing.files}
        found = {*vault.notes, *vault.files} ^ {*listing.notes, *files}  # came or went
        for path in paths:
            if path in there:
                found.add(path)
            else:
                found.update(p for p in there if p.startswith(path + "/"))
        self._no_notes = frozenset(p for p in listing.files if p.endswith(".md"))
        # what an attachment holds is nothing to us
        return sorted(p for p in found if self._is_note(p) or p not in vault.files or p not in files)

    def _is_note(self, path: str) -> bool:
        return path.endswith(".md") and path not in self._no_notes

    def update(self, changed: Iterable[str]) -> list[str]:
        """Read files that have changed; gives the notes to check again: these, and those that link to them."""
        notes: dict[str, Note] = {}
        files, gone = set(self.vault.files), set()
        for path in changed:
            data = read(self.opened.root, path)
            files.discard(path)
            if isinstance(data, bytes) and self._is_note(path):
                notes[path] = parse_note(Source.decode(data), path)
            else:
                gone.add(path)
                if not isinstance(data, ReadProblem) or os.path.lexists(self.opened.root / path):
                    files.add(path)
        gone &= self.vault.notes.keys()
        if not gone and notes.keys() <= self.vault.notes.keys() and files == self.vault.files:
            self.vault = self.vault.with_notes(notes.values())
        else:
            kept = {p: n for p, n in self.vault.notes.items() if p not in gone} | notes
            self.vault = self.vault.with_files([kept[p] for p in sorted(kept)], files, notes.keys())
        self.opened.scanned = self.opened.scanned._replace(vault=self.vault)
        for path, note in notes.items():
            self._learn(note)
            self._found[path] = self.opened.linter.check_note(note)
        touched = set(notes)
        for path in changed:
            if path not in notes:
                self._forget(path)
            touched |= self._speaking.get(_name(path), set())
        return sorted(path for path in touched if self._is_reported(path))

    def _is_reported(self, path: str) -> bool:
        if path not in self.vault.notes or self.opened.config.is_excluded(path):
            return False
        return self.opened.named is None or path in self.opened.named

    def lint(self, paths: Iterable[str]) -> LintResult:
        """What there is to say of some notes now."""
        paths, checked = list(paths), dict(self._found)
        for path in paths:
            before = self.opened.scanned.checked
            known = None if before is None or path in checked else before.get(path)
            if known is not None:
                checked[path] = known
        return self.opened.linter.lint(self.vault, paths, checked)


@fact
def _link_names(note: Note) -> list[str]:
    """The names of which a note's links speak."""
    return sorted({_name(link.path) for link in note.links})


def _name(path: str) -> str:
    """The name by which links find a file: its last part, without `.md`."""
    return path_key(path).rpartition("/")[2].removesuffix(".md")


def watch(options: Options, roots: Sequence[Path], open_all: Callable[[], list[Opened]]) -> None:
    """Report, and report again what each change touches, until Ctrl-C."""
    events = _events(roots)
    next(events)  # from here on no change is missed
    while True:
        opened = open_all()
        run(options, opened, time.monotonic())
        sys.stdout.flush()
        _follow(events, options, opened)


def _events(roots: Sequence[Path]) -> Iterator[list[tuple[Path, str]]]:
    """The files and folders at which something happened: root, and path from it; often none."""
    try:
        from watchfiles import watch as watch_files
    except ImportError:
        raise MissingExtraError("--watch", "watch") from None
    real = {os.path.realpath(root): root for root in roots}

    def places(name: str) -> tuple[Path, str] | None:
        for folder, root in real.items():
            if name.startswith(folder + os.sep):
                path = name[len(folder) + 1 :].replace(os.sep, "/")
                return None if "/." in "/" + path and path not in _SETTINGS else (root, path)
        return None

    for events in watch_files(
        *real,
        watch_filter=lambda _, name: places(name) is not None,
        step=_QUIET,
        debounce=_LONGEST,
        rust_timeout=_POLL,
        yield_on_timeout=True,
    ):
        yield [place for _, name in events if (place := places(name))]


def _follow(events: Iterator[list[tuple[Path, str]]], options: Options, opened: Sequence[Opened]) -> None:
    """Report on changes until one touches the settings."""
    watched = {one.root: Watched(one) for one in opened}
    shown = Shown(opened, Path.cwd())
    for found in events:
        if any(path in _SETTINGS for _, path in found):
            return
        started = time.monotonic()
        results, named = [], []
        for root, one in watched.items():
            also = one.opened.listing.also
            changed = one.changed(also.get(path, path) for place, path in found if place == root) if found else []
            named += [shown.path(shown.key(one.opened, path), "current") for path in changed]
            result = one.lint(one.update(changed)) if changed else LintResult((), 0)
            results.append(without_known(result, one.opened, baseline_of(options, one.opened), options)[0])
        if named:
            view = view_of(options, opened, shown, {}, ())
            name = format_of(options, opened)
            if view.terminal:
                click.clear()
            if name == "text":
                more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
                tell(f"Changed: {', '.join(named[:_NAMED])}{more}\n")
            report(merged(results, opened, shown, started), view, None, name)
            sys.stdout.flush()
