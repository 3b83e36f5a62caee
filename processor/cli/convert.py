"""`ytvault convert`: stamps between anchors and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import click

from processor.base.text import Edit, Span, count
from processor.cli import hints
from processor.cli.console import is_quiet, progress, say, tell, warn
from processor.cli.fixing import differences, store
from processor.cli.options import config_option, paths_argument, vault_option, verbosity_options
from processor.cli.session import Opened, Shown, open_vaults
from processor.commands.convert import from_plugins, to_anchors, to_links
from processor.config import Config
from processor.fix import FixResult, fix_vault
from processor.lint.findings import NoteFindings
from processor.rules.base import Finding, FoundFix, NoteEdit
from processor.vault.links.writing import heading_at, headings_taken_along
from processor.vault.note import Note
from processor.vault.vault import Vault

Notation = Literal["links", "anchors"]
_OTHER: dict[str, str] = {"links": "anchor", "anchors": "link"}


@click.command()
@paths_argument
@click.option(
    "--to", "notation", type=click.Choice(["links", "anchors"]), required=True, help="What the stamps become."
)
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@verbosity_options("Say nothing but what goes wrong.", "Tell how many stamps of each note are converted.")
@vault_option
@config_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    notation: Notation,
    diff: bool,
    vault: Path | None,
    config_file: Path | None,
) -> None:
    """Turn the timestamp anchors of the notes at PATHS into links to the video, or such links into anchors.

    Only what can be turned back byte for byte is converted: a well-formed anchor, and a link exactly as this command
    writes it. All else is for `ytvault lint`. Links to a heading that holds a stamp follow it.

    What only a plugin opens becomes a link, too, where it leads to a video of YouTube's, and does not come back but by
    `ytvault undo`: the fences of Timestamp Notes, the `obsidian://mx-open` links and the clips of Media Extended.

    \b
    ytvault convert --to links talks
    ytvault convert --to anchors --diff
    """
    opened = open_vaults(paths, vault=vault, config_file=config_file, held=True, writes=not diff)
    shown = Shown(opened, Path.cwd())
    try:
        judges = [_Judge(one.config, notation) for one in opened]
        found = [_converted(one, judge) for one, judge in zip(opened, judges, strict=True)]
        done = [_convert(*one, shown, diff=diff) for one in zip(opened, judges, found, strict=True)]
    finally:
        for one in opened:
            one.close()
    stamps, notes = sum(x.stamps for x in done), sum(x.notes for x in done)
    noun = "stamp" if any(x.of_plugins for x in done) else _OTHER[notation]
    what = f"{count(stamps, noun)} in {count(notes, 'note')}"
    refused = any(one.refused for one in opened)
    if diff:
        from processor.cli.diffs import show_diff

        summary = f"{count(notes, 'note')} would change, {count(stamps, noun)} in all; nothing was written."
        show_diff((x.diff for x in done), summary if stamps else "Nothing would change.")
    elif not is_quiet():
        is_any = f"Converted {what}. {hints.undo(*[one.root for one in opened])} takes it back."
        none = f"No {_OTHER[notation]} was converted." if refused else f"There was no {_OTHER[notation]} to convert."
        tell(is_any if stamps else none)
    ctx.exit(2 if refused else int(diff and any(x.diff for x in done)))


class _Done(NamedTuple):
    """So many stamps of so many notes were converted, or, by the `diff`, would be; some of them are a plugin's."""

    stamps: int
    notes: int
    of_plugins: bool = False
    diff: str = ""


def _converted(opened: Opened, judge: _Judge) -> FixResult:
    """Convert the notes of a vault that were named, in memory."""
    with progress("Converting", len(opened.reported)) as advance:
        return fix_vault(opened.vault, judge, opened.reported, titles=False, advance=advance)


def _convert(opened: Opened, judge: _Judge, found: FixResult, shown: Shown, *, diff: bool) -> _Done:
    """Write what was converted, and tell what was left out."""
    before, notation = opened.vault.notes, judge.notation

    def left(path: str, times: int, why: str) -> None:
        stamps = count(times, "place") + (" was" if times == 1 else " were")
        warn(f"{shown.path(shown.key(opened, path), 'current')}: {stamps} left as before: {why}")

    for path, _, _, why, times in found.left_out:
        left(path, times, why)
    for path, times in sorted(Counter(f.path for f in found.findings if f.fix is None).items()):
        left(path, times, "the stamp is in a heading, and not every link to that can follow")

    refused = set() if diff else store(opened, found.contents, found.together)
    written = found.contents.keys() - refused
    stamps = {p: len(judge.edits(before[p])) - len(judge.edits(found.vault.notes[p])) for p in written}
    of_plugins = notation == "links" and any(from_plugins(before[p], judge.config) for p in written)
    for path, n in sorted(stamps.items()):
        would = "would be converted" if diff else "converted"
        noun = "stamp" if of_plugins else _OTHER[notation]
        say(f"{shown.path(shown.key(opened, path), 'current')}: {count(n, noun)} {would}")
    shown_diff = differences(opened, found.contents) if diff else ""
    return _Done(sum(stamps.values()), sum(n > 0 for n in stamps.values()), of_plugins, shown_diff)


@dataclass
class _Judge:
    """The conversion in the shape of a rule, so that the engine of fixes sees to all that is safe about it."""

    config: Config
    notation: Notation

    def edits(self, note: Note) -> list[Edit]:
        if self.notation == "anchors":
            return to_anchors(note, self.config)
        return sorted([*to_links(note, self.config), *from_plugins(note, self.config)])

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        del unsafe_edits, in_bulk
        return NoteFindings(note.path, ())

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        del unsafe_edits

        def check(note: Note) -> list[Finding]:
            if note.source.invalid is not None:
                return []
            groups: dict[Span, list[Edit]] = {}
            for edit in self.edits(note):
                heading = heading_at(note, edit.start)
                groups.setdefault(heading.span if heading else Span(edit.start, edit.end), []).append(edit)
            return [self._finding(vault, note, edits) for edits in groups.values()]

        return check

    def _finding(self, vault: Vault, note: Note, edits: Sequence[Edit]) -> Finding:
        """Return the stamps of one heading together, others one by one."""
        along = headings_taken_along(vault, note, edits)
        made = [NoteEdit(note.path, e) for e in edits] + [NoteEdit(*e) for e in along or ()]
        fix = None if along is None else FoundFix("convert", True, tuple(made))
        span = Span(edits[0].start, edits[-1].end)
        start, end = note.lines.position(span.start), note.lines.position(span.end)
        return Finding(note.path, span, "convert", "information", "", start, end, fix)

    def unsuppressed(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        return NoteFindings(note.path, findings)
