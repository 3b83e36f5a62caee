"""From the findings of a vault to all that a report tells of it, in blocks of plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from processor.base.parallel import processes_for, streamed
from processor.commands.asked import MISSING_RULES, Asking
from processor.commands.links import Missing, counted, missing
from processor.commands.report.layout import layout
from processor.commands.report.missing import plain
from processor.commands.report.piece import VERSION, Piece, tell, tell_findings
from processor.commands.report.rows import Known, Rows, deltas
from processor.commands.report.since import Earlier
from processor.commands.report.videos import Strips
from processor.lint.findings import DeferredFindings, NoteFindings, TextOf, by_note
from processor.lint.judging import JudgedFindings
from processor.lint.linter import Linter, LintResult
from processor.load.workspace import Workspace
from processor.rules.base import all_rules
from processor.vault.vault import Vault


@dataclass(frozen=True, eq=False)
class Subject:
    """What a report is about: the notes at `paths` in a vault of that name, all of them if it is `whole`. `before` is what was found before, as a file of the
    name `since` says; with `redact` no name and no text of a note is told. `missing` finds what links ask for, where not all findings
    of that are in the result."""

    vault: Vault
    paths: Sequence[str]
    name: str
    rules: Sequence[str] = ()
    before: Known | None = None
    since: str = ""
    redact: bool = False
    whole: bool = True
    missing: Callable[[], list[Missing]] | None = None


def subject_of(
    workspace: Workspace,
    paths: Sequence[str],
    earlier: Earlier | None = None,
    *,
    redact: bool = False,
    whole: bool = True,
    filtered: bool = False,
) -> Subject:
    """Return the subject that some notes of an open vault are. `filtered`: the result does not hold all findings, as where a baseline
    knows some."""
    name, before = earlier or ("", None)
    rules = [rule.id for rule in workspace.linter.rules]
    is_told = not filtered and {*MISSING_RULES} <= {*rules}
    apart = None if is_told else partial(_missing_in, workspace, paths)
    return Subject(workspace.vault, paths, workspace.root.name, rules, before, name, redact, whole, apart)


def _missing_in(workspace: Workspace, paths: Sequence[str]) -> list[Missing]:
    """Return what the links of some notes ask for, whatever rules are on."""
    vault, config = workspace.vault, workspace.config
    notes = (vault.notes[path].whole for path in paths if not config.is_excluded(path))
    return missing(notes, vault, Linter(config.merge_cli(select=MISSING_RULES), with_edits=True))


Blocks = Mapping[str, Any]
"""What is told, by name: `head` is read at once, all others where they are shown."""


def collect(result: LintResult, subject: Subject | None, text_of: TextOf) -> Blocks:
    """Return all that a report tells. Without a subject that is the findings alone."""
    return _Collection(result, subject, text_of).blocks()


class _Collection:
    def __init__(self, result: LintResult, subject: Subject | None, text_of: TextOf) -> None:
        self.subject = subject
        self.vault = subject.vault if subject else None
        self.redact = bool(subject and subject.redact)
        self.rows = Rows(redact=self.redact, before=subject.before if subject else None)
        self.strips = Strips(self.vault.video_ids if self.vault else {})
        self.notes = result.notes
        self.paths: list[str] = []
        self._links: list[Sequence[str]] = []
        self._told: dict[str, Sequence[Any]] = {}
        asks: list[tuple[str, Asking]] = []
        for piece in _pieces(result, subject, text_of):
            note = len(self.paths)
            self.paths.append(piece.path)
            self._links.append(piece.links)
            asks += [(piece.path, ask) for ask in piece.asks]
            self.strips.add(note, piece.path, piece.stamps)
            self.rows.add(note, piece.path, piece.rows)
            self._told[piece.path] = piece.told
        self.rows.finish(self.paths, subject.rules if subject else ())
        self.numbers = {path: i for i, path in enumerate(self.paths)}
        found = subject.missing() if subject and subject.missing else counted(asks)
        self.missing = found

    def blocks(self) -> Blocks:
        groups, names = self._groups()
        return {
            "head": self._head(names),
            "notes": self._notes(groups),
            "rows": self.rows.plain(),
            "texts": self.rows.plain_texts(),
            "missing": plain(self.missing, self.numbers, redact=self.redact),
            "videos": self.strips.plain(self.vault, self._told, redact=self.redact),
            "graph": self._graph(groups),
            "rules": {row["rule"]: all_rules()[row["rule"]].doc for row in self.rules() if row["rule"] in all_rules()},
        }

    def _head(self, names: Sequence[str]) -> dict[str, Any]:
        subject, strips, rules = self.subject, self.strips, self.rules()
        return {
            "vault": subject.name if subject and not self.redact else "",
            "whole": subject is None or subject.whole,
            "redacted": self.redact,
            "notes": self.notes,
            "videos": strips.videos,
            "channels": len(self.vault.hubs & {*self.paths}) if self.vault else 0,
            "stamps": strips.stamps,
            "clickable": strips.clickable,
            "states": strips.states,
            "links": sum(map(len, self._links)),
            "missing": {
                "names": len(self.missing),
                "links": sum(one.wanted.links for one in self.missing),
            },
            "rules": rules,
            "groups": names,
            "since": self._since(rules),
        }

    def rules(self) -> list[dict[str, Any]]:
        """Return the rules of which there are findings, with what is known of each."""
        known = all_rules()
        return [
            {**row, "summary": known[row["rule"]].summary, "family": known[row["rule"]].family}
            if row["rule"] in known
            else {**row, "summary": "", "family": ""}
            for row in self.rows.rules()
        ]

    def _since(self, rules: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
        if self.subject is None or self.subject.before is None:
            return None
        came, went = (sum(row[name] for row in rules) for name in ("came", "went"))
        name = "" if self.redact else self.subject.since
        return {"file": name, "came": came, "went": went}

    def _groups(self) -> tuple[list[int], list[str]]:
        """Return of each note its group, the channel, else the folder at the top, and the names of the groups."""
        numbers: dict[str, int] = {}
        groups = []
        for path in self.paths:
            hub = self.vault.hub(path) if self.vault else None
            name = hub.removesuffix(".md") if hub else path.partition("/")[0] + "/" if "/" in path else ""
            groups.append(numbers.setdefault(name, len(numbers)))
        return groups, [f"channel {i + 1}" if self.redact else name for i, name in enumerate(numbers)]

    def _notes(self, groups: Sequence[int]) -> dict[str, Any]:
        paths = [f"note {i + 1}" for i in range(len(self.paths))] if self.redact else self.paths
        return {"redacted": self.redact, "path": paths, "group": groups}

    def _graph(self, groups: Sequence[int]) -> dict[str, Any]:
        """Return which notes each note leads to, and where all of them stand in a picture."""
        numbers = self.numbers
        leads: list[list[int]] = []
        for note, (path, targets) in enumerate(zip(self.paths, self._links, strict=True)):
            found = set()
            for target in targets:
                assert self.vault is not None
                led = self.vault.resolve(target, path).path if target.strip() else None
                if led in numbers and led is not None and numbers[led] != note:
                    found.add(numbers[led])
            leads.append(sorted(found))
        hubs = self.vault.hubs if self.vault else ()
        places = layout(groups, leads, [numbers[hub] for hub in hubs if hub in numbers])
        return {
            "x": [x for x, _ in places],
            "y": [y for _, y in places],
            "links": [len(of) for of in leads],
            "to": [n for of in leads for n in deltas(of)],
        }


def _pieces(result: LintResult, subject: Subject | None, text_of: TextOf) -> Iterator[Piece]:
    """Yield what is told of each note, in their order; made where the notes are judged, if that was not done yet."""
    import json

    for part in _told(result, subject, text_of):
        for line in part.splitlines():
            yield Piece.of_plain(json.loads(line))


def _told(result: LintResult, subject: Subject | None, text_of: TextOf) -> Iterator[bytes]:
    findings = result.findings
    if subject is None:
        yield from by_note(findings).made(tell_findings, text_of)
        return
    if isinstance(findings, JudgedFindings) and not findings.are_judged:
        yield from findings.told(tell, VERSION)
        return
    found = by_note(findings).notes
    paths = found.paths if isinstance(found, DeferredFindings) else [of_note.path for of_note in found]
    index = {path: i for i, path in enumerate(paths)}
    notes = subject.vault.notes

    def share(some: Sequence[str]) -> bytes:
        parts = []
        for path in some:
            of_note = found[index[path]] if path in index else NoteFindings(path, ())
            parts.append(tell(notes[path].whole, of_note, text_of, subject.vault))
        return b"".join(parts)

    ordered = sorted(subject.paths)
    yield from streamed(share, ordered, processes_for(len(ordered)))
