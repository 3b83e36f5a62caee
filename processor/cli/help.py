"""Help and errors as they are shown: in lines that fit the terminal, broken at words."""

from __future__ import annotations

import io
from collections.abc import Iterable

import click

from processor.base.regex import regex
from processor.cli.console import columns, folded, is_terminal
from processor.report.wrap import fold

_PARAGRAPHS = regex(r"\n[ \t]*\n")
_NARROW = 60  # columns; with fewer an option's text stands below it
_WIDEST = 78
_LEAST = 16


class Formatter(click.HelpFormatter):
    """Click's own takes no terminal for narrower than fifty columns, and breaks words at hyphens."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        super().__init__(indent_increment, width, max_width)
        if width is None and is_terminal():
            self.width = max(min(columns() - 1, _WIDEST), _LEAST)

    def write_text(self, text: str) -> None:
        """Write paragraphs; one that begins with `\\b` keeps its lines."""
        indent = " " * self.current_indent
        paragraphs = [self._paragraph(paragraph, indent) for paragraph in _PARAGRAPHS.split(text)]
        self.write("\n\n".join(paragraphs) + "\n")

    def _paragraph(self, text: str, indent: str) -> str:
        first, _, rest = text.strip("\n").partition("\n")
        if first.strip() == "\b":
            return fold("\n".join((indent + line).rstrip() for line in rest.split("\n")), self.width)
        return fold(indent + " ".join(text.split()), self.width, len(indent))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean: beside them, or below where a term is long or there is little room."""
        rows = list(rows)
        if not rows:
            return
        most = 4 if self.width < _NARROW else col_max
        indent = " " * self.current_indent
        first_column = min(max(len(term) for term, _ in rows), most) + col_spacing
        hang = len(indent) + first_column
        for term, meaning in rows:
            shown = fold(_parted(indent + term, self.width), self.width, hang)
            if not meaning:
                self.write(f"{shown}\n")
                continue
            text = fold(" " * hang + " ".join(meaning.split()), self.width, hang)
            self.write(
                f"{shown.ljust(hang)}{text[hang:]}\n"
                if len(indent + term) + col_spacing <= hang
                else f"{shown}\n{text}\n"
            )


def _parted(term: str, width: int) -> str:
    """Return an option with its choices, these with a space behind each bar where they would not fit a line."""
    return " ".join(word.replace("|", "| ") if len(word) + 6 > width else word for word in term.split(" "))


class FoldedError(click.ClickException):
    """An error of click's or ours with exit status 2, as all of them have, shown in lines that fit."""

    exit_code = 2

    def __init__(self, error: click.ClickException) -> None:
        super().__init__(error.message)
        self.error = error

    def show(self, file: object = None) -> None:
        del file
        said = io.StringIO()
        self.error.show(said)
        click.echo(folded(said.getvalue(), err=True), nl=False, err=True)
