"""What the rules found in a note, as an editor shows it: with the places that it is about, besides its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Span
from processor.lint.suppress import SELF
from processor.rules.base import Finding, Rule, Severity, all_rules
from processor.server.configured import ConfigFault
from processor.server.home import Home
from processor.vault.links.faults import Fault, Faulty, of_fault
from processor.vault.note import Note

_QUOTED = regex(r'"([^"\n]+)"')
_MOST = 3  # related places of one finding
_FAULTS: tuple[Fault, ...] = (
    "broken-link",
    "broken-embed",
    "missing-note",
    "ambiguous-link",
    "fragile-link",
    "broken-heading",
)


class Related(NamedTuple):
    """A place that a finding is about: a note (or file) of the vault, and what it is to the finding."""

    path: str
    span: Span
    message: str


class Diagnostic(NamedTuple):
    """A finding as an editor shows it. `page` is the file that explains the rule; `is_idle`: the text does nothing."""

    span: Span
    rule: str
    severity: Severity
    message: str
    page: Path | None = None
    is_idle: bool = False
    related: tuple[Related, ...] = ()


def diagnostics(home: Home, findings: Sequence[Finding]) -> list[Diagnostic]:
    """Return what there is to show of the findings of a document."""
    if not findings:
        return []
    known, about = all_rules(), _About(home)
    return [
        Diagnostic(
            f.span,
            f.rule,
            f.severity,
            _message(f),
            page_of(known[f.rule]) if f.rule in known else None,
            is_idle=f.rule == SELF,
            related=tuple(about.related(f)),
        )
        for f in findings
    ]


def of_faults(faults: Sequence[ConfigFault]) -> dict[Path, list[ConfigFault]]:
    """Return what is wrong in the settings, by the files."""
    found: dict[Path, list[ConfigFault]] = {}
    for fault in faults:
        found.setdefault(fault.file, []).append(fault)
    return found


def page_of(rule: Rule) -> Path | None:
    """Return the file whose first lines explain a rule."""
    file = getattr(sys.modules.get(rule.check.__module__), "__file__", None)
    return Path(file) if file else None


def _message(finding: Finding) -> str:
    if finding.confidence is None:
        return finding.message
    return f"{finding.message} ({finding.confidence:.0%})"


class _About:
    """The notes that the findings of one document are about."""

    def __init__(self, home: Home) -> None:
        self._vault = home.vault.vault
        self._path = home.path
        self._note = home.note
        self._faulty: dict[Span, Faulty] | None = None

    def related(self, finding: Finding) -> Iterator[Related]:
        """Yield the notes that may have been meant, or are told of in the message."""
        seen = 0
        for path, message in dict.fromkeys(self._named(finding)):
            if path != self._path and seen < _MOST:
                seen += 1
                yield Related(path, self._place(path), message)

    def _named(self, finding: Finding) -> Iterator[tuple[str, str]]:
        if finding.rule in _FAULTS:
            faulty = self._of_links.get(finding.span)
            if faulty is None:
                return
            if faulty.resolution.path is not None:
                for path in faulty.resolution.candidates:
                    yield path, "it leads here" if path == faulty.resolution.path else "it might lead here"
                return
            for entry in (*faulty.meant.entries, *faulty.near.entries):
                yield entry.path, "this may be meant"
        elif finding.rule in ("duplicate-note", "name-collision", "wrong-case-link", "missing-from-hub"):
            for name in _QUOTED.findall(finding.message):
                found = name if name in self._vault.notes else self._vault.resolve(name, self._path).path
                if found is not None:
                    yield found, "the other one"

    @property
    def _of_links(self) -> dict[Span, Faulty]:
        if self._faulty is None:
            self._faulty = {f.link.span: f for f in of_fault(self._note, self._vault, *_FAULTS)}
        return self._faulty

    def _place(self, path: str) -> Span:
        """Return where a note is shown: its title, or its first heading."""
        note: Note | None = self._vault.notes.get(path)
        if note is None:
            return Span(0, 0)
        title = note.properties.get("title")
        if title:
            return title.value_span
        return note.headings[0].span if note.headings else Span(0, 0)
