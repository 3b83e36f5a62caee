"""Links: where each leads and by which rule, what leads to a file, and which files links ask for that do not exist. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from processor.base.text import Span
from processor.commands.asked import MISSING_RULES, MOST_MEANT, Asking, asked_by
from processor.lint.linter import Linter
from processor.parse.nodes import Link
from processor.vault.backlinks import backlinks
from processor.vault.links.meant import guess
from processor.vault.note import Note, parse_note
from processor.vault.resolution import Resolution
from processor.vault.vault import Vault
from processor.vault.wanted import Ask, Wanted, name_key, wanted


class Answer(NamedTuple):
    """A link as it is written in the note at `path`, where it leads, and why. Line and column count from 1."""

    path: str
    line: int
    column: int
    original: str
    link: Link
    found: Resolution

    @property
    def fault(self) -> str:
        """What is wrong with where it leads, as the rest of a sentence; empty where nothing is."""
        status, fragment = self.found.status, self.link.fragment or ""
        if status == "missing-heading":
            return f'it has no heading "{fragment}", so it opens at the top'
        if status == "missing-block":
            return f'it has no block "{fragment}", so it opens at the top'
        return ""

    def plain(self) -> dict[str, Any]:
        """Return the answer as plain data, in the terms of `inspect`."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "original": self.original,
            "link": self.link.target,
            "embed": self.link.embed,
            "resolved": self.found.path,
            "status": self.found.status,
            "rule": self.found.decider,
            "reason": self.found.reason,
            "candidates": list(self.found.candidates),
        }


def answer(note: Note, link: Link, vault: Vault, text: str) -> Answer:
    """Return the answer on one link of a note, whose `text` is given: the note need not hold it."""
    line, column = note.lines.position(link.span.start)
    written = " ".join(text[link.span.start : link.span.end].split())
    return Answer(note.path, line, column, written, link, vault.resolve(link.target, note.path))


def answer_text(written: str, source: str, vault: Vault) -> Answer:
    """Return what a link would do that were written in the note at `source`: `[[x]]`, `[t](x.md)`, or just its target `x`."""
    for text in (written.strip(), f"[[{written.strip()}]]"):
        note = parse_note(text, source)
        link = next(iter(note.links), None)
        if link is not None and link.span == Span(0, len(text)):
            return answer(note, link, vault, text)
    raise ValueError(f'"{written}" is no link, which is written [[x]], [t](x.md), or just x')


def similar(path: str, source: str, vault: Vault) -> tuple[str, ...]:
    """Return the files that may have been meant by a path that leads nowhere, the likeliest first."""
    like = guess(vault).like(path, source)
    return tuple(dict.fromkeys(e.path for e in (*like.meant.entries, *like.near.entries)))[:3]


class Missing(NamedTuple):
    """What links ask for and no file is. `meant` are the files whose name, title or alias is like it, the likeliest first; `safe`
    and `unsafe` the links that --fix, or --unsafe-fixes, leads there."""

    wanted: Wanted
    meant: Sequence[str] = ()
    is_broken: bool = False
    safe: int = 0
    unsafe: int = 0

    def plain(self) -> dict[str, Any]:
        """Return the same as plain data."""
        one = self.wanted
        return {"link": one.name, "times": one.links, "notes": list(one.notes), "meant": list(self.meant)}


def counted(asks: Iterable[tuple[str, Asking]]) -> list[Missing]:
    """Return what links ask for, each given with the path of its note: first the notes that do not exist, the most wanted first, as
    everywhere; then what broken-link and broken-embed speak of."""
    plain: list[Ask] = []
    broken: list[Ask] = []
    meant: dict[str, dict[str, None]] = {}
    fixes: Counter[tuple[str, str]] = Counter()
    for path, ask in asks:
        if not ask.is_broken:
            plain.append((path, ask.name))
            continue
        broken.append((path, ask.name))
        key = name_key(ask.name)
        meant.setdefault(key, {}).update(dict.fromkeys(ask.meant))
        fixes[key, ask.fix] += 1

    def told(one: Wanted) -> Missing:
        key = name_key(one.name)
        return Missing(one, [*meant[key]][:MOST_MEANT], True, fixes[key, "safe"], fixes[key, "unsafe"])

    return [*(Missing(one) for one in wanted(plain)), *map(told, wanted(broken))]


def missing(notes: Iterable[Note], vault: Vault, linter: Linter) -> list[Missing]:
    """Return what the links of some notes ask for and is not there: see `counted`.

    `linter` runs `MISSING_RULES`: what a person has silenced is left out.
    """
    check = linter.vault_check(vault)
    return counted((note.path, ask) for note in notes for _, ask in asked_by(note, vault, linter, check, MISSING_RULES))


def links_to(path: str, vault: Vault) -> Iterator[tuple[Note, list[Link]]]:
    """Yield the notes with links that lead to a file, each with these links in its order."""
    by_note: dict[str, list[Link]] = {}
    for source, link in backlinks(vault, path):
        by_note.setdefault(source, []).append(link)
    for source, links in by_note.items():
        yield vault.notes[source], links
