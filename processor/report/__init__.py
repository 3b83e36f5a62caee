"""Findings as text: one module an output format, each a pure function from a result and a view to pieces of text."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from processor.base.formats import FORMATS

if TYPE_CHECKING:  # so that to break lines takes no linter
    from processor.commands.report.collect import Subject
    from processor.lint.findings import Kind, NoteFindings
    from processor.lint.linter import LintResult


By = Literal["rule", "target", "note", "folder"]
"""What `--statistics` counts findings by."""


@dataclass(frozen=True)
class Hints:
    """The commands that a report suggests to go on with, each as it can be typed; empty where it would not be right."""

    lint: str = "ytvault lint"  # the call again without its options of fixing and reporting, to which others are added
    rule: str = "ytvault rule"  # to which a rule is added
    init: str = ""  # configures the vault, where nothing does
    undo: str = ""  # takes back what this run wrote, in backticks
    baseline: str = ""  # lists what is left in a file
    standard_input: bool = False  # the note came in there: what mends it prints it, and there is no --diff
    tried: Literal["", "safe", "unsafe"] = (
        ""  # the fixes that this run made: those of the same kind that it left cannot be made
    )


@dataclass(frozen=True, eq=False)
class View:
    """How a result is to be shown.

    `show_path` turns a finding's path into the one that is printed; `text_of` returns the text (`Note.text`) of the note at
    a finding's path, None where it is not to be had: then there is no excerpt.
    """

    show_path: Callable[[str], str] = str
    text_of: Callable[[str], str | None] = lambda _path: None
    color: bool = False
    width: int = 100  # columns
    terminal: bool = False  # a person looks on: a long list becomes a summary
    quiet: bool = False  # the findings, and not a word besides
    by: By = "rule"
    causes_of: Callable[[NoteFindings], Iterable[tuple[str, Kind]]] = lambda _found: ()
    """What findings are about: see `lint.targets`."""
    all: bool = False  # no summary in place of the list, and nothing folded
    hints: Hints = Hints()
    has_baseline: bool = False  # a baseline takes findings out of the result
    mended: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # path → rule → how many this run has mended
    unfixed: Collection[str] = ()  # the paths of notes in which the commands that are suggested would mend nothing
    show_fixes: bool = False  # tell what was mended note by note
    nothing: str = "There are no notes here."  # what is said where no note was judged
    remarks: tuple[str, ...] = ()  # sentences for the end of a report for people
    subject: Subject | None = None  # the vault that a page tells of besides its findings
    place: str = ""  # what tells how paths are shown from other ways; empty: nothing does

    def name_of(self, format_name: str) -> str:
        """Return what tells what a format makes of a note here from what it makes elsewhere; empty: nothing does."""
        if not self.place:
            return ""
        return f"{format_name} {self.place} {self.color} {self.width} {self.terminal} {self.all}"

    def fold(self, text: str, hang: int | None = None) -> str:
        """Return the text with lines that fit a terminal, broken at words; as it is where it goes elsewhere: see `wrap.fold`."""
        if not self.terminal:
            return text
        from processor.report.wrap import fold  # which is built upon this

        return fold(text, self.width, hang)


def render(name: str, result: LintResult, view: View) -> Iterator[str]:
    """Return the report in the format of that name, piece by piece: each ends with a line's end. A KeyError for an unknown name."""
    module = importlib.import_module(f"processor.report.{FORMATS[name].module}")
    pieces: Iterator[str] = module.render(result, view)
    return pieces
