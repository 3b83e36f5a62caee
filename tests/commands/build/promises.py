"""What every build promises, checked on a source and the copy that was made of it."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from processor.config import load_config
from processor.disk import walk
from processor.fix import fix_vault
from processor.lint.linter import Linter
from processor.load.scan import scan
from processor.vault.naming import heading_key
from processor.vault.note import Note
from processor.vault.vault import Vault


def vault_at(root: Path) -> Vault:
    return scan(root, walk(root), load_config(root)).vault


def snapshot(root: Path) -> dict[str, tuple[int, bytes]]:
    """Time and bytes of every file, those of dot-folders included, and the times of folders."""
    found = {}
    for folder, _, files in os.walk(root):
        found[os.path.relpath(folder, root)] = (os.stat(folder).st_mtime_ns, b"")
        for file in files:
            path = Path(folder, file)
            found[str(path.relative_to(root))] = (path.stat().st_mtime_ns, path.read_bytes())
    return found


def contents(root: Path) -> dict[str, bytes]:
    return {path: data for path, (_, data) in snapshot(root).items() if not (root / path).is_dir()}


def lost_links(source: Vault, copy: Vault) -> list[tuple[str, str]]:
    """Links that led to a note or file in the source, or to a heading or block of one, and that its note in the copy no
    longer has."""
    lost = []
    for path, note in source.notes.items():
        then, now = _led(source, note), _led(copy, copy.notes[path])
        files = Counter(file for file, _ in then) - Counter(file for file, _ in now)
        places = Counter(x for x in then if x[1]) - Counter(x for x in now if x[1])
        lost += [(path, file) for file in files] + [(path, f"{file}#{place}") for file, place in places]
    return lost


def _led(vault: Vault, note: Note) -> list[tuple[str, str]]:
    """Where a note's links lead: the file, and the heading (as links are compared) or the block."""
    found = (vault.resolve(x.target, note.path) for x in note.links)
    return [
        (r.path, heading_key(r.heading.text) if r.heading else r.block.id if r.block else "")
        for r in found
        if r.path is not None
    ]


def mendable(root: Path) -> list[str]:
    """What a build promises to mend and stands in the copy nevertheless."""
    vault, config = vault_at(root), load_config(root)
    linter = Linter(config.merge_cli(extend_select=("missing-from-hub", "missing-source")), with_edits=True)
    left = [
        f"{f.path}: {f.rule}: {f.message}"
        for f in linter.lint(vault).findings
        if f.rule in ("missing-from-hub", "missing-source") and f.fix
    ]
    fixed = fix_vault(vault, Linter(config, with_edits=True))
    return left + [f"{x.path}: {x.rule}: {x.title}" for x in fixed.fixed]


def unlisted(copy: Vault) -> list[str]:
    """The notes with a hub that does not list them exactly once, for hubs that listed none twice in the source."""
    from processor.commands.build.hubs import is_listing, members

    wrong = []
    for hub, notes in members(copy).items():
        page = copy.notes[hub]
        times = Counter(copy.resolve(x.target, hub).path for x in page.links if is_listing(page, x))
        wrong += [n.path for n in notes if times[n.path] != 1]
    return wrong
