"""Runs rules over a vault and gives findings: pure, from notes to data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from processor.config import Config
from processor.note import Note
from processor.rule import Context, NoteEdit, Problem, Rule, Severity
from processor.text import Position, Span
from processor.vault import Vault


class FoundFix(NamedTuple):
    """How a finding can be mended. `edits` are empty until asked for (see `lint`'s `with_edits`)."""

    title: str
    safe: bool
    edits: tuple[NoteEdit, ...] = ()


class Finding(NamedTuple):
    """A problem in its place: one stamp, one link, one key. `end` is exclusive; both count from 1, in code points."""

    path: str
    span: Span
    rule: str
    severity: Severity
    message: str
    start: Position
    end: Position
    fix: FoundFix | None


@dataclass(frozen=True)
class LintResult:
    """What a run found: `findings` by path and place, and what a summary tells besides."""

    findings: Sequence[Finding]
    notes: int  # how many notes were judged
    missing: Mapping[str, int] = field(default_factory=dict)  # the notes that are asked for and do not exist: how often
    seconds: float = 0.0
