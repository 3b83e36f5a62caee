"""A vault that is open for the editor, and what its rules say of each note as it is there now."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from processor.config import Config
from processor.config.app import is_app_setting
from processor.config.settings import FILE
from processor.disk import walk
from processor.lint.judging import Judge
from processor.lint.linter import Linter
from processor.lint.suppress.baseline import Baseline
from processor.load.origin import Disk
from processor.load.workspace import ToLint, Workspace, open_vault
from processor.rules.base import Finding, all_rules
from processor.server.configured import ConfigFault, baseline_of, configured, without_rules
from processor.vault.backlinks import Backlink, links_from, links_to
from processor.vault.note import Note
from processor.vault.vault import Vault

Log = Callable[[str], None]
_RULES = "processor.rules."
_KEPT = 16  # files of which it is kept which links lead there


class Failed(NamedTuple):
    """A rule that failed on a note, and how."""

    path: str
    rule: str
    error: str


class OpenVault:
    """A vault that is open. All of it is asked by one thread."""

    def __init__(self, root: Path, config: Config, baseline: Baseline | None, log: Log) -> None:
        self.root = root
        self.config = config
        self._baseline = baseline
        self._log = log
        listed = Disk.now(root, partial(walk, root), cached=True)
        self.workspace: Workspace = open_vault(root, config, listed, ToLint((), followed=True))
        for path, message in (*listed.listing.problems, *self.workspace.problems):
            log(f"{root / path}: {message}")
        for path, message in self.workspace.caption_problems(()):
            log(f"{path} {message}")
        self._mender: Linter | None = None
        self._mendable: tuple[Vault | None, str, list[Finding]] = (None, "", [])  # the last answer
        self._backlinks: dict[str, list[Backlink]] = {}
        self._failing: dict[str, set[str]] = {}  # note → rules that failed on it
        self._told: set[Failed] = set()

    @property
    def vault(self) -> Vault:
        return self.workspace.vault

    def path_in(self, file: Path) -> str | None:
        """Return the path from the root of a file of the vault; None where it is no part of it."""
        if self.root not in file.parents:
            return None
        path = file.relative_to(self.root).as_posix()
        if any(part.startswith(".") for part in path.split("/")):
            return None
        return self.workspace.listing.also.get(path, path)

    def is_read_from(self, file: Path) -> bool:
        """Return whether a file may hold settings of this vault."""
        config = self.config
        schema = config.expected.schema
        if str(file) in (config.file, config.baseline, config.durations, schema.file if schema else ""):
            return True
        return is_setting(file) and (self.root in file.parents or file.parent in self.root.parents)

    def is_judged(self, path: str) -> bool:
        """Return whether a path is that of a note, and no setting leaves it out."""
        return path in self.vault.notes and not self.config.is_excluded(path)

    def update(self, changed: Iterable[str], texts: Mapping[str, bytes]) -> set[str]:
        """Take in that files have changed, came or are gone; those in `texts` hold that instead of what the disk has. Return the
        notes of which there may be something else to say."""
        before, changed = self.vault, set(changed) | texts.keys()
        touched = set(self.workspace.update(changed, texts))
        if before.notes.keys() == self.vault.notes.keys() and before.files == self.vault.files:
            for path, known in self._backlinks.items():
                anew = [
                    one for source in changed & self.vault.notes.keys() for one in links_from(self.vault, source, path)
                ]
                kept = [one for one in known if one.path not in changed]
                self._backlinks[path] = sorted([*kept, *anew], key=lambda one: (one.path, one.link.span))
        else:
            self._backlinks.clear()
        return touched | {path for path in self._failing if path in self.vault.notes}

    def backlinks(self, path: str) -> list[Backlink]:
        """Return the links that lead to a file, by their notes. Those of the files that were asked of last are kept."""
        found = self._backlinks.pop(path, None)
        if found is None:
            found = sorted(links_to(self.vault, path), key=lambda one: (one.path, one.link.span))
        self._backlinks[path] = found
        if len(self._backlinks) > _KEPT:
            del self._backlinks[next(iter(self._backlinks))]
        return found

    # What the rules say

    def findings(self, path: str) -> list[Finding]:
        """Return what `lint` says of a note, without the edits of the fixes."""
        return self._without_known(path, self._judged(path)) if self.is_judged(path) else []

    def mendable(self, path: str) -> list[Finding]:
        """Return the same, and with each fix its edits."""
        if not self.is_judged(path):
            return []
        if self._mendable[:2] == (self.vault, path):
            return self._mendable[2]
        without = self._failing.get(path)
        linter = Linter(without_rules(self.config, without), with_edits=True) if without else self.mender
        found = self._without_known(path, list(Judge(linter, self.vault).at(path).found))
        self._mendable = self.vault, path, found
        return found

    @property
    def mender(self) -> Linter:
        """The rules that are on, whose fixes hold their edits."""
        if self._mender is None:
            self._mender = Linter(self.config, with_edits=True)
        return self._mender

    def note(self, path: str) -> Note | None:
        """Return a note with all that it says; None where there is none."""
        return self.workspace.note(path)

    def _judged(self, path: str) -> list[Finding]:
        """Return the findings of a note. A rule that fails is named, and left out for this note."""
        while True:
            without = self._failing.get(path)
            try:
                if not without:
                    return list(self.workspace.lint([path]).findings)
                linter = Linter(without_rules(self.config, without))
                return list(linter.lint(self.vault, [path]).findings)
            except Exception as error:  # whatever a rule fails at, the others have something to say
                rule = _failing_rule(error)
                if rule is None or rule in (without or ()):
                    raise
                self._failing.setdefault(path, set()).add(rule)
                self._tell(Failed(path, rule, f"{type(error).__name__}: {error}"))

    def _tell(self, failed: Failed) -> None:
        if failed not in self._told:
            self._told.add(failed)
            self._log(f"the rule {failed.rule} failed on {failed.path}, which is judged without it ({failed.error})")

    def _without_known(self, path: str, found: list[Finding]) -> list[Finding]:
        if self._baseline is None or not found:
            return found
        return self._baseline.filter(found, {path: self.vault.notes[path].text})[0]


def is_setting(file: Path) -> bool:
    """Return whether a file, by its name, may hold settings of a vault, or say that a folder is one."""
    return file.name in (FILE, "pyproject.toml") or is_app_setting(file)


def opened(root: Path, log: Log, before: OpenVault | None = None) -> tuple[OpenVault | None, tuple[ConfigFault, ...]]:
    """Return the vault at `root`, opened anew, and what is wrong in its settings. Where these cannot be read those of `before`
    hold on; None without such."""
    found = configured(root)
    for remark in found.remarks:
        log(remark)
    config = found.config or (before.config if before else None)
    if config is None:
        return None, found.faults
    baseline, faults = baseline_of(config)
    return OpenVault(root, config, baseline, log), (*found.faults, *faults)


def _failing_rule(error: Exception) -> str | None:
    """Return the rule in whose code an error came up; None where it was in none's."""
    known = all_rules()
    for frame, _ in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(_RULES):
            name = module.rpartition(".")[2].replace("_", "-")
            if name in known:
                return name
    return None
