"""What a finding is about, so that many can be seen to have one cause: the note or heading that a link asks for, a
property, a video.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Span
from processor.lint.findings import Kind, NoteFindings
from processor.parse.nodes import Link
from processor.rules.base import Finding, all_rules
from processor.vault.note import Note
from processor.vault.vault import Vault

_QUOTED = regex(r'"([^"\n]+)"')


class Cause(NamedTuple):
    """So many findings of one kind that are about one thing; `target` is empty where they are about nothing but their place."""

    target: str
    kind: Kind


def causes(note: Note, found: NoteFindings, vault: Vault) -> Iterator[Cause]:
    """Yield what the findings of a note are about."""
    about = _About(note, vault) if found.single else None
    for f in found.single:
        kind = Kind(f.rule, f.severity, 1, f.fix and f.fix.safe)
        yield Cause(about.target_of(f) if about else "", kind)
    for group in found.alike:
        kind = Kind(group.rule, group.severity, len(group.starts), group.fix and group.fix.safe)
        yield Cause(_video(note, vault) if _is_of_stamps(group.rule) else "", kind)


class _About:
    """The links and properties of one note, by place."""

    def __init__(self, note: Note, vault: Vault) -> None:
        self._note = note
        self._vault = vault
        self._links = sorted(note.links, key=lambda link: link.span)
        self._starts = [link.span.start for link in self._links]

    def target_of(self, finding: Finding) -> str:
        """Of a stamp the video; else the link's target, the property, or what the message quotes."""
        if _is_of_stamps(finding.rule):
            return _video(self._note, self._vault)
        if link := self._link(finding.span):
            return self._asked(link)
        for entry in self._note.properties.entries:
            if entry.span.start <= finding.span.start < entry.span.end:
                return entry.key
        quoted = _QUOTED.search(finding.message)
        return quoted[1] if quoted else ""

    def _link(self, span: Span) -> Link | None:
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span.end > self._links[at].span.end or span.end == span.start:
            return None
        return self._links[at]

    def _asked(self, link: Link) -> str:
        found = self._vault.resolve(link.target, self._note.path)
        if found.path is None:
            return link.path.removesuffix(".md")
        is_part = found.status in ("missing-heading", "missing-block")
        return f"{found.path}#{link.fragment}" if is_part else found.path


def _is_of_stamps(rule: str) -> bool:
    known = all_rules().get(rule)
    return known is not None and known.family == "timestamps"


def _video(note: Note, vault: Vault) -> str:
    return vault.video_ids[note.path] or ""
