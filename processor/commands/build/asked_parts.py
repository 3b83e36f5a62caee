"""What a stub says: who asks for the note, and for which part of it. A heading that a link names is one of the stub, and a block
that it names is the line that asks for it, so that the link leads there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from processor.base.text import count
from processor.commands.build.inert import inert, plain
from processor.commands.build.missing import ToNothing
from processor.commands.build.sentences import IN_SENTENCES, sentence_around
from processor.commands.build.titles import entry_to
from processor.commands.titles import called
from processor.parse.nodes import Link
from processor.vault.naming import heading_key
from processor.vault.vault import Vault

_TOP = 2  # the level of a stub's headings
_DEEPEST = 6
_BLOCK = re.compile(r"[A-Za-z0-9-]+")

_Links = dict[str, list[ToNothing]]
"""The links of some notes, by these notes' paths."""


@dataclass
class _Heading:
    level: int
    text: str
    links: _Links = field(default_factory=dict)


@dataclass
class _Parts:
    """The links to one missing note, by what they ask for: the `whole` of it, blocks by their ids, headings by the way to each."""

    whole: _Links = field(default_factory=dict)
    blocks: dict[str, _Links] = field(default_factory=dict)
    headings: dict[tuple[str, ...], _Heading] = field(default_factory=dict)

    def add(self, link: ToNothing) -> None:
        names = _names(link.fragment)
        last = names[-1] if names else ""
        if last.startswith("^") and _BLOCK.fullmatch(last[1:]):
            links = self.blocks.setdefault(last[1:].lower(), {})
        elif names and _TOP + len(names) - 1 <= _DEEPEST and all(map(heading_key, names)) and last[0] not in "^[":
            links = self._heading(names).links
        else:
            links = self.whole
        links.setdefault(link.source, []).append(link)

    def _heading(self, names: Sequence[str]) -> _Heading:
        """Return the heading that a fragment leads to, made where there is none."""
        way = tuple(map(heading_key, names))
        if len(way) == 1 and (found := next((h for w, h in self.headings.items() if w[-1:] == way), None)):
            return found  # the first of that text, as links find it
        for i, name in enumerate(names):
            self.headings.setdefault(way[: i + 1], _Heading(_TOP + i, name))
        return self.headings[way]

    def in_order(self) -> Iterator[_Heading]:
        """Yield the headings, each with those below it behind it."""
        first = {way: i for i, way in enumerate(self.headings)}
        for way in sorted(first, key=lambda w: [first[w[: i + 1]] for i in range(len(w))]):
            yield self.headings[way]


def _names(fragment: str | None) -> list[str]:
    return [name for part in (fragment or "").split("#") if (name := " ".join(part.split()))]


class StubTexts:
    """The texts of stubs. `links` are all that ask for something."""

    def __init__(self, vault: Vault, links: Iterable[ToNothing]) -> None:
        self._vault = vault
        self._starts: dict[str, set[int]] = {}
        for link in links:
            self._starts.setdefault(link.source, set()).add(link.start)
        self._read: dict[str, dict[int, Link]] = {}

    def of(self, path: str, title: str, links: Sequence[ToNothing]) -> tuple[str, int]:
        """Return what the stub at a path says, and how many entries that are. `links` are those that ask for it."""
        parts = _Parts()
        for link in sorted(links, key=lambda x: (-len(_names(x.fragment)), x.source, x.start)):
            parts.add(link)
        listed = {source for asking in parts.blocks.values() for source in asking}
        lines = self._entries(path, {s: asking for s, asking in parts.whole.items() if s not in listed})
        for block, asking in parts.blocks.items():
            first, *others = self._entries(path, asking)
            lines += [f"{first} ^{block}", *others]
        number = len({link.source for link in links})
        ask = f"{count(number, 'note')} {'asks' if number == 1 else 'ask'} for it"
        told = [f"Nothing is written yet on “{plain(title)}”. {ask}{':' if lines else '.'}"]
        entries = len(lines)
        if lines:
            told.append("\n".join(lines))
        for heading in parts.in_order():
            mark = "#" * heading.level + " "
            told.append(mark + inert(heading.text, mark, "")[0])
            if below := self._entries(path, heading.links):
                told.append("\n".join(below))
                entries += len(below)
        return "\n\n".join(told), entries

    def _entries(self, path: str, asking: Mapping[str, Sequence[ToNothing]]) -> list[str]:
        """Return a line for each note that asks, by what the notes are called, with the sentence that does."""
        notes, lines = self._vault.notes, []
        for source in sorted(asking, key=lambda p: (called(notes[p]).casefold(), p)):
            entry = f"- {entry_to(notes[source], path, self._vault)}"
            said = self._sentence(source, asking[source])
            lines.append(f"{entry}: “{inert(said, f'{entry}: “', '”')[0]}”" if said else entry)
        return lines

    def _sentence(self, source: str, links: Sequence[ToNothing]) -> str:
        """Return the sentence of the first of some links that stands in one, as words; empty where none does."""
        note = self._vault.notes[source]
        if source not in self._read:
            starts = self._starts[source]
            self._read[source] = {x.span.start: x for x in note.links if x.span.start in starts}
        read = self._read[source]
        asking = next((x for link in links if (x := read[link.start]).place in IN_SENTENCES), None)
        return sentence_around(note, asking) if asking else ""
