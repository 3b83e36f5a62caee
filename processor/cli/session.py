"""A vault made ready for a command: its configuration, its notes, what was named of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.base.extras import require_all
from processor.base.formats import Base
from processor.base.text import count
from processor.captions.files import readable
from processor.cli.console import Failure, is_quiet, is_verbose, progress, say, warn, warn_of
from processor.cli.vaults import list_vault, named_notes, named_vaults, shown
from processor.config import Config, load_config
from processor.disk import Listing, repository_of, seen_from
from processor.disk.record import pending_of
from processor.disk.roots import is_known
from processor.lint.findings import NoteFindings, by_note
from processor.lint.linter import LintResult
from processor.lint.targets import Cause
from processor.load.origin import Disk, Origin
from processor.load.premises import captions_seen, digests, forget, premises
from processor.load.workspace import ToAsk, ToLint, Workspace, open_vault
from processor.rules.base import Finding, NoteEdit
from processor.vault.naming import lies_in
from processor.vault.vault import Vault

if TYPE_CHECKING:
    from processor.disk.journal import Journal


Choice = Mapping[str, Iterable[Any]]
"""What the command line says of the rules to run, and of captions: the keyword arguments of `Config.merge_cli`."""


@dataclass
class Opened:
    """A vault that is open, and what of it a command is about."""

    workspace: Workspace
    named: tuple[str, ...] | None  # the notes that were named, None for all
    refused: bool = False  # the system refused a file, and that was said
    journal: Journal | None = None  # open where the command writes
    beside: Mapping[str, str] = field(default_factory=dict)  # notes that are judged and not fixed, and why not
    remarked: bool = False  # something was said of its captions that the next call must say too
    seen: Mapping[str, Any] | None = None  # what an answer depends on of the listing, see `answer`
    premises: Mapping[str, Any] | None = None  # and of all else
    reported: list[str] = field(init=False)  # the notes whose findings are shown

    def __post_init__(self) -> None:
        notes, config = self.vault.notes, self.config
        self.reported = list(notes) if self.named is None else [p for p in self.named if p in notes]
        if config.exclude or config.templates:
            self.reported = [p for p in self.reported if not config.is_excluded(p)]
        self.beside = {p: why for p, why in self.beside.items() if self.is_judged(p)}

    @property
    def root(self) -> Path:
        return self.workspace.root

    @property
    def config(self) -> Config:
        return self.workspace.config

    @property
    def listing(self) -> Listing:
        return self.workspace.listing

    @property
    def vault(self) -> Vault:
        return self.workspace.vault

    def is_judged(self, path: str) -> bool:
        """Return whether a path is that of a note, and no setting leaves it out."""
        return path in self.vault.notes and not self.config.is_excluded(path)

    def close(self) -> None:
        """Give up the journal, and what a run that did not end would have stored."""
        self.workspace.close()
        if self.journal:
            self.journal.close()

    def lint(self, *, beside: bool = False) -> LintResult:
        """Judge the notes whose findings are shown; `beside`: those too that are not to be written to."""
        judged = [*self.reported, *(self.beside if beside else ())]
        started = time.monotonic()
        with progress("Judging", len(judged)) as advance:
            result = self.workspace.lint(judged, advance)
            findings = by_note(result.findings)
            if sys.stdout.isatty():
                findings.judge()  # where a report is shown nothing else must show how far it is
        by = f"by {count(result.processes, 'process', 'processes')}"
        notes = count(len(judged), "note")
        if findings.are_judged:
            say(f"{notes} judged in {time.monotonic() - started:.2f} s, {by}")
        else:
            say(f"{notes} to be judged where they are reported on, {by}")
        return result


def open_vaults(
    paths: Sequence[Path],
    *,
    vault: Path | None,
    config_file: Path | None,
    choice: Choice | None = None,
    with_edits: bool = False,
    held: bool = False,
    writes: bool = False,
    cached: bool = False,
    followed: bool = False,
) -> list[Opened]:
    """Return the vaults that the paths lie in, each read; warn of what cannot be read.

    With `held` the notes that were named stay as they were read. What an interrupted run had left is rolled back first;
    with `writes` each vault's journal is open until `Opened.close`. With `cached` what an earlier run found in notes that
    have not changed is taken from the cache. With `followed` they will follow changes.
    """
    opened: list[Opened] = []
    placed = named_vaults(paths, vault)
    for root, named in placed.items():
        found = premises(root, paths, vault, config_file, pending_of(root), placed) if cached else None
        config, journal = prepared(root, config_file, choice, writes=writes)
        if found:
            schema = config.expected.schema
            found["files"] |= digests(f for f in (config.baseline, schema.file if schema else None) if f is not None)
            found |= captions_seen(config.captions, config.durations)
        config.rules()  # loads them, while another process may be looking at the vault
        disk = Disk.now(root, partial(list_vault, root, named, whole=vault is not None), cached=cached)
        chosen = named_notes(disk.listing, root, named, placed)
        purpose = ToLint(chosen, edits=with_edits, held=held, followed=followed)
        noted = disk.seen()
        opened.append(opened_vault(root, config, disk, purpose, journal))
        opened[-1].premises, opened[-1].seen = found, noted
    return opened


def prepared(
    root: Path, config_file: Path | None, choice: Choice | None, *, writes: bool
) -> tuple[Config, Journal | None]:
    """Roll back an interrupted run of a vault. Return its configuration, and its open journal where the command `writes`.

    Without a `choice` no rule is going to be run.
    """
    config = load_config(root, config_file)
    if choice is not None:
        config = config.merge_cli(**choice)
    for remark in config.remarks:
        warn(remark)
    if choice is not None:
        require_all(config.rules())
    if writes and not is_quiet() and not is_known(root):
        warn(
            f"{root} is no known vault, as it holds neither .obsidian nor ytvault.toml; its notes are changed all the same"
        )
    say(
        lambda: (
            f"vault {root}, configured by {config.file or 'nothing but defaults'}, {count(len(config.rules()), 'rule')} on"
        )
    )
    return config, _journal(root, writes=writes)


def opened_vault(root: Path, config: Config, origin: Origin, purpose: ToLint, journal: Journal | None) -> Opened:
    """Open a vault to judge its notes; warn of what cannot be read."""
    listing, started = origin.listing, time.monotonic()
    if is_verbose():
        import_module("processor.commands.survey")  # whose fact is worked out where the notes are read
    with progress("Reading", len(listing.notes)) as advance:
        workspace = open_vault(root, config, origin, purpose, advance)
    cached_notes = workspace.known
    anew = count(len(listing.notes) - cached_notes, "note")
    say(
        f"{anew} read and {cached_notes:,} known from the cache in {time.monotonic() - started:.2f} s, "
        f"by {count(workspace.processes, 'process', 'processes')}; {count(len(listing.files), 'other file')}"
    )
    if config.templates and (n := sum(lies_in(path, config.templates) for path in listing.notes)):
        say(f"{count(n, 'template')} not judged: {', '.join(config.templates)}, named by {config.origins['templates']}")
    warn_of(workspace.problems)
    opened = Opened(workspace, purpose.paths, bool(workspace.problems or listing.problems), journal)
    warn_of_captions(opened)
    if is_verbose():
        from processor.commands.survey import described_stamps, stamps_of

        say(f"stamps {described_stamps(stamps_of(opened.vault, opened.reported))}")
    return opened


def warn_of_captions(opened: Opened) -> None:
    """Warn of the files of captions that would be needed and cannot be used."""
    for path, message in opened.workspace.caption_problems(opened.reported):
        warn(f"{readable(shown(Path(path)))} {message}")
        opened.remarked = True


def opened_to_ask(root: Path, config: Config, listing: Listing, purpose: ToAsk) -> Workspace:
    """Open a vault to ask something of its notes. The caller must report `Workspace.problems`."""
    with progress("Reading", len(listing.notes)) as advance:
        return open_vault(root, config, Disk(listing), purpose, advance)


def _journal(root: Path, *, writes: bool) -> Journal | None:
    """Roll back an interrupted run; return the open journal where the command `writes`."""
    if not writes and not pending_of(root).exists():
        return None
    forget(root)  # notes change where an interrupted run is rolled back
    from processor.disk.journal import Journal, JournalError, recover

    journal = None
    try:
        if writes:
            journal = Journal(root)
            reverted = journal.__enter__().recovered
        else:
            reverted = recover(root)
    except JournalError as error:
        raise Failure(f"{root}: {error}") from None
    if reverted:
        warn(f"a run was interrupted and has been rolled back; as before it: {count(len(reverted.restored), 'file')}")
        warn_of(reverted.problems)
    return journal


class ShownPaths:
    """How the paths in one or more vaults are shown in one report, by keys that tell the vaults apart."""

    def __init__(self, roots: Sequence[Path], start: Path) -> None:
        self._roots = {str(root): root for root in roots}
        self._only = roots[0] if len(roots) == 1 else None
        self._start = start
        self._folders: dict[tuple[Path, Base, str], str] = {}

    def _split(self, key: str) -> tuple[Path, str]:
        if self._only:
            return self._only, key
        root, _, path = key.partition("\0")
        return self._roots[root], path

    def place(self, base: Base) -> str:
        """Return what tells the paths that are shown of one vault from other ones; empty where there are several."""
        root = self._only
        return "" if root is None else repr((base, str(root), self._folder(root, base, "")))

    def path(self, key: str, base: Base) -> str:
        """Return the path to print, with `/`: from the current folder, from the top of the git repository, or from the vault's root."""
        root, path = self._split(key)
        if base == "vault":
            return path
        folder, _, name = path.rpartition("/")
        before = self._folders.get((root, base, folder))
        if before is None:
            before = self._folders[root, base, folder] = self._folder(root, base, folder)
        return before + name

    def _folder(self, root: Path, base: Base, folder: str) -> str:
        """Return what stands before the name of each file in a folder of a vault."""
        start = self._start if base == "current" else repository_of(root) or root
        shown = seen_from(start, root / folder).as_posix()
        return "" if shown == "." else shown.removesuffix("/") + "/"


class Shown(ShownPaths):
    """The notes of one or more vaults in one report."""

    def __init__(self, opened: Sequence[Opened], start: Path) -> None:
        super().__init__([one.root for one in opened], start)
        self._opened = {one.root: one for one in opened}

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process only paths are to be shown."""
        return ShownPaths, ([*self._opened], self._start)

    def key(self, opened: Opened, path: str) -> str:
        return path if self._only else f"{opened.root}\0{path}"

    def keyed(self, opened: Opened, found: NoteFindings) -> NoteFindings:
        """Return the findings of a note with their paths as keys."""
        return NoteFindings(self.key(opened, found.path), [self._keyed(opened, f) for f in found.single], found.alike)

    def _keyed(self, opened: Opened, finding: Finding) -> Finding:
        fix = finding.fix
        if fix:
            fix = fix._replace(edits=tuple(NoteEdit(self.key(opened, e.path), e.edit) for e in fix.edits))
        return finding._replace(path=self.key(opened, finding.path), fix=fix)

    def causes_of(self, found: NoteFindings) -> Iterator[Cause]:
        """Return what the findings of a note are about."""
        root, path = self._split(found.path)
        return self._opened[root].workspace.causes(path, found)

    def text_of(self, key: str) -> str | None:
        """Return the text of a note as it was judged; of one whose text was not kept, as its file is now."""
        root, path = self._split(key)
        return self._opened[root].workspace.text(path)
