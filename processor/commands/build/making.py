"""A build from end to end: read the vault, plan, compare with the folder. Writing is left to the caller."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from processor.captions.files import caption_files
from processor.commands.build.copying import Odd, digest, digest_file, digests
from processor.commands.build.manifest import Manifest, ManifestError, decode, fingerprint
from processor.commands.build.options import Options
from processor.commands.build.output import Changes, compare
from processor.commands.build.places import FILE, FOLDER
from processor.commands.build.report import Report
from processor.commands.build.stages import Advance, Stage, unseen
from processor.commands.build.writing import Content, Copy
from processor.config import Config
from processor.disk import Listing, ReadProblem, read, reason
from processor.vault.vault import Vault

if TYPE_CHECKING:  # so that a build with nothing to do need not load it
    from processor.commands.build.plan import Built


class CannotBuild(Exception):  # noqa: N818  it is the caller's to say so
    """The build cannot be made. The message is for people."""


@dataclass(frozen=True)
class Made:
    """A build that is ready to be written. `copy` None: the folder holds it already, to the byte.

    `source` and `files` are the hashes of the source's files, and of those of the copy.
    """

    changes: Changes
    report: Report
    copy: Copy | None
    source: Mapping[str, str]
    files: Mapping[str, str]


def read_manifest(out: str, *, force: bool = False) -> Manifest | None:
    """Return the manifest of the copy in `out`; None where nothing is there yet, or with `force`. Raise CannotBuild."""
    try:
        with open(f"{out}/{FILE}", "rb") as file:
            return decode(file.read())
    except FileNotFoundError:
        pass
    except ManifestError as error:
        if force:
            return None
        raise CannotBuild(
            f"{FILE} in it is damaged: {error}. With --force what stands in the way is replaced"
        ) from None
    except OSError as error:
        raise CannotBuild(f"{FILE} in it cannot be read: {reason(error)}") from None
    try:
        others = [name for name in os.listdir(out) if name != FOLDER]
    except FileNotFoundError:
        others = []
    except OSError as error:
        raise CannotBuild(reason(error)) from None
    if others and not force:
        raise CannotBuild(
            "it is not empty, and no build made it. Name another folder; "
            "with --force what stands in the way is replaced, and the rest stays"
        )
    return None


def make(
    root: Path,
    out: str,
    listing: Listing,
    config: Config,
    options: Options,
    manifest: Manifest | None,
    stage: Stage = unseen,
) -> Made:
    """Plan the copy of the vault at `root` in `out`, a real path. Raise CannotBuild where a file cannot be read.

    Where the folder holds a complete copy that was made from just these files, in this way, by this program, nothing
    is planned anew: the same comes of the same.
    """
    settings = root / ".obsidian"
    beside = _beside(config)
    if manifest is not None and manifest.complete:
        paths = (*listing.notes, *listing.files, *listing.also)
        source = _hashes(root, paths)
        if fingerprint(source, config, options, beside) == manifest.made_from:
            changes = compare(out, manifest.files, manifest)
            if not changes:
                return Made(changes, manifest.report, None, source, manifest.files)
    # here, so that a build with nothing to do need not load them
    from processor.commands.build.plan import build
    from processor.load.origin import Disk
    from processor.load.workspace import ToAsk, open_vault
    from processor.vault.facts import FACTS

    with stage("Opening", len(listing.notes)) as advance:
        texts = _texts(root, listing.notes, advance)
    source = {path: digest(data) for path, data in texts.items()} | _hashes(root, (*listing.files, *listing.also))
    # from here on no note is read from the disk again: what is built is one moment's vault
    config.rules()  # loads them, and the facts that they ask for
    purpose = ToAsk(tuple(FACTS.values()), links=True)
    with stage("Reading", len(listing.notes)) as advance:
        vault = open_vault(root, config, Disk(listing, given=texts), purpose, advance).vault
    if listing.also:  # of which the copy has none: a link by a second path leads to the first there
        texts |= _by_first_paths(vault)
        vault = open_vault(root, config, Disk(listing._replace(also={}), given=texts), purpose).vault
    built = build(vault, config, options, stage)
    wanted = {p: digest(texts[p]) if p in texts else source[p] for p in (*listing.notes, *listing.files)}
    wanted |= {p: digest(built.source(p).encode()) for p in (*built.changed, *built.added)}
    has_settings = settings.is_dir()
    first = manifest is None or not manifest.obsidian
    new = Manifest(
        fingerprint(source, config, options, beside), wanted, built.report, obsidian=has_settings or not first
    )
    changes = compare(out, wanted, manifest)
    contents = _Contents(root, texts, built, frozenset((*built.changed, *built.added)))
    copy = Copy(out, changes, contents, new, contents.time, settings if has_settings and first else None)
    return Made(changes, built.report, copy, source, wanted)


@dataclass(frozen=True)
class _Contents:
    """What each file of the copy shall hold."""

    root: Path
    texts: Mapping[str, bytes]  # of the source's notes
    built: Built
    new: frozenset[str]  # the notes that are not as in the source

    def __call__(self, path: str) -> Content:
        if path in self.new:
            return self.built.source(path).encode()
        return self.texts[path] if path in self.texts else self.root / path

    def time(self, path: str) -> int | None:
        """Return when a file that is as in the source was last changed, in nanoseconds; None for one that is not."""
        if path in self.new:
            return None
        with suppress(OSError):
            return os.stat(self.root / path).st_mtime_ns
        return None


def _by_first_paths(vault: Vault) -> dict[str, bytes]:
    """Return the notes with links by a second path of a file, which lead there by its first one then. Raise CannotBuild."""
    from processor.commands.rename import RenameError, rename

    try:
        return {c.path: c.new.encode() for c in rename(vault, vault.also).changed}
    except RenameError as error:
        raise CannotBuild(f"{error}; nothing was built") from None


def _texts(root: Path, paths: Sequence[str], advance: Advance) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in paths:
        data = read(root, path)
        if isinstance(data, ReadProblem):
            raise CannotBuild(f"{path} {data.message}; nothing was built")
        found[path] = data
        advance(1)
    return found


def _beside(config: Config) -> list[str]:
    """Return the hashes of the captions beside the vault, with what their names say, and of the table of durations."""
    found = [(os.path.basename(path), digest_file(path, follow=True)) for path in caption_files(config.captions)]
    if config.durations is not None:
        found.append(("durations", digest_file(config.durations, follow=True)))
    return [f"{name}\0{hash_}" for name, hash_ in found]


def _hashes(root: Path, paths: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, digest_ in digests(str(root), paths, follow=True).items():
        if digest_ is None or isinstance(digest_, Odd):
            why = digest_ or "it is no longer there"
            raise CannotBuild(f"{path}: {why}; nothing was built")
        found[path] = digest_
    return found
