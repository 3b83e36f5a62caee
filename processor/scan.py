"""Disk → notes → a vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from processor.config import Config
from processor.disk import Listing, ReadProblem, read
from processor.lint import Finding, Linter
from processor.note import Note, parse_note
from processor.text import Source
from processor.vault import Vault


class Scan(NamedTuple):
    """A vault that was read. `checked` are the findings of the rules that see one note only, where a linter was given."""

    vault: Vault
    checked: dict[str, list[Finding]]
    problems: tuple[ReadProblem, ...]


def scan(
    root: Path,
    listing: Listing,
    config: Config,
    linter: Linter | None = None,
    advance: Callable[[int], None] = lambda _count: None,
) -> Scan:
    """Read and parse all notes of a vault; with a linter, also run the rules on them that need nothing but the note.

    `advance` is called with the number of notes done since the last call. A note that cannot be read is among the
    problems, and known to the vault as a file only.
    """
    notes: list[Note] = []
    checked: dict[str, list[Finding]] = {}
    problems: list[ReadProblem] = []
    for path in listing.notes:
        data = read(root, path)
        advance(1)
        if isinstance(data, ReadProblem):
            problems.append(data)
            continue
        note = parse_note(Source.decode(data), path)
        notes.append(note)
        if linter is not None:
            checked[path] = linter.check_note(note)
    unread = [p.path for p in problems]
    vault = Vault(notes, (*listing.files, *unread), style=config.link_style, video_properties=config.video_property)
    return Scan(vault, checked, tuple(problems))
