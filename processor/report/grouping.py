"""Findings counted by what they have in common: the rule, the thing they are about, the note or the folder they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from processor.lint.findings import Kind, NoteFindings, by_note
from processor.lint.linter import LintResult
from processor.report import By, View
from processor.rules.base import SEVERITIES, Severity
from processor.vault.naming import path_key

_Key = tuple[str, str, Severity | None]


@dataclass
class Group:
    """Findings that belong together: `name` is the target, note or folder; `rule` and `severity` are empty and None where
    there are several.
    """

    name: str
    rule: str
    severity: Severity | None
    count: int = 0
    safe: int = 0
    unsafe: int = 0
    notes: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)

    def add(self, kind: Kind) -> None:
        """Count what a note has of one kind."""
        self.count += kind.number
        self.severities[kind.severity] += kind.number
        if kind.safe is not None:
            self.safe += kind.number if kind.safe else 0
            self.unsafe += 0 if kind.safe else kind.number

    def plain(self, by: By) -> dict[str, Any]:
        """As plain data, in the order in which JSON has it."""
        data: dict[str, Any] = {} if by == "rule" else {by: self.name}
        if by in ("rule", "target"):
            data |= {"rule": self.rule, "severity": self.severity}
        data["count"] = self.count
        if by in ("note", "folder"):
            data |= {severity: self.severities[severity] for severity in SEVERITIES}
        if by != "note":
            data["notes"] = self.notes
        return {**data, "safe": self.safe, "unsafe": self.unsafe}


def grouped(result: LintResult, view: View, by: By) -> list[Group]:
    """Return the groups: by rule and target the gravest first, by note and folder those with the most errors; then the most frequent.
    In the notes `view.unfixed` fixes count for nothing.
    """
    groups: dict[_Key, Group] = {}
    spelled: dict[_Key, Counter[str]] = {}
    for note in by_note(result.findings).notes:
        touched: dict[_Key, None] = {}
        for name, found in _named(note, view, by):
            kind = found._replace(safe=None) if note.path in view.unfixed else found
            is_one_rule = by in ("rule", "target")
            folded = path_key(name) if by == "target" else name
            key: _Key = (folded, kind.rule, kind.severity) if is_one_rule else (folded, "", None)
            groups.setdefault(key, Group(name, *key[1:])).add(kind)
            spelled.setdefault(key, Counter())[name] += kind.number
            touched[key] = None
        for one in touched:
            groups[one].notes += 1
    for one, names in spelled.items():
        groups[one].name = min(names, key=lambda name: (-names[name], name))
    return sorted(groups.values(), key=_rank)


def _named(note: NoteFindings, view: View, by: By) -> Iterable[tuple[str, Kind]]:
    """Yield what a note has of which kind, each with the name of its group."""
    if by == "target":
        yield from view.causes_of(note)
        return
    shown = "" if by == "rule" else view.show_path(note.path)
    name = shown.rpartition("/")[0] or "." if by == "folder" else shown
    yield from ((name, kind) for kind in note.kinds())


def _rank(group: Group) -> tuple[object, ...]:
    if group.severity:
        return SEVERITIES.index(group.severity), -group.count, group.rule, group.name
    return (*(-group.severities[severity] for severity in SEVERITIES), group.name)
