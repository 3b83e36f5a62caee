"""One table, many runs: a row of a rule's table is a text with its spans marked, run in every setting it can stand in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from processor.base.text import Edit, Source
from processor.captions.files import caption_files
from processor.captions.library import FileLibrary
from processor.captions.model import NO_CAPTIONS, Length, Library
from processor.lint.suppress import Silence
from processor.rules.base import Context, Idle, Problem, all_rules
from processor.vault.note import Note, parse_note
from processor.vault.style import LinkStyle
from processor.vault.vault import Vault

FRONT_MATTER = re.compile(r"---\n.*?^---[ \t]*(?:\n|\Z)", re.S | re.M)
MARKS = re.compile("[«»]")


@dataclass(frozen=True)
class Row:
    """A note and what the rule says of it.

    In `text` each span that must be reported stands between « and »; with none, nothing may be reported.
    `fixed` is the text after the safe fixes, `unsafe` after all fixes; None: that leaves it as it was.
    `notes` are other notes of the vault by path, `files` its attachments, `captions` files of captions by name, `durations` a
    table of seconds. A row with `containers=False` is not run in
    a callout or list, one with `properties=False` not behind a front matter. `\\udce9` in a text is the byte `E9`.
    """

    id: str
    text: str
    fixed: str | None = None
    unsafe: str | None = None
    message: str = ""  # must be found in each message
    path: str = "note.md"
    notes: dict[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    captions: dict[str, str] = field(default_factory=dict)
    durations: dict[str, float] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)  # other fields of Context
    style: LinkStyle = LinkStyle()
    containers: bool = True
    properties: bool = True


def split(text: str) -> tuple[str, str]:
    """Front matter and body; marks count as nothing."""
    if text.startswith("---\n") and (m := FRONT_MATTER.match(text)):
        return m.group(), text[m.end() :]
    return "", text


def in_callout(text: str) -> str:
    head, body = split(text)
    return (
        head + "> [!note] Title\n" + re.sub("^", "> ", body.removesuffix("\n"), flags=re.M) + "\n" * body.endswith("\n")
    )


def in_list(text: str) -> str:
    head, body = split(text)
    lines = body.split("\n")
    return head + "\n".join("- " + x if i == 0 else "  " + x if x else x for i, x in enumerate(lines))


def behind_properties(text: str) -> str:
    return "---\ncssclasses: [wide]  # a comment\n---\n\n" + text


def as_written(text: str) -> str:
    return text


SETTINGS: dict[str, tuple[Callable[[str], str], str, bool]] = {
    # name: (what it does to the text, line end, byte order mark)
    "as written": (as_written, "\n", False),
    "CRLF": (as_written, "\r\n", False),
    "BOM": (as_written, "\n", True),
    "behind properties": (behind_properties, "\n", False),
    "in a callout": (in_callout, "\n", False),
    "in a callout, CRLF": (in_callout, "\r\n", False),
    "in a list": (in_list, "\n", False),
}


def settings_of(row: Row) -> Iterable[str]:
    for name in SETTINGS:
        if not row.containers and name.startswith("in a"):
            continue
        if name == "behind properties" and (not row.properties or row.text.startswith(("---", "«---"))):
            continue
        # an empty first line makes no list item, and a first line that is indented another one
        if name == "in a list" and not re.match(r"[^\s]", split(row.text)[1]):
            continue
        yield name


def spans_of(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the marked spans in the order of their starts."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    parts: list[str] = []
    length = at = 0
    for m in MARKS.finditer(marked):
        parts.append(marked[at : m.start()])
        length += m.start() - at
        at = m.end()
        if m.group() == "«":
            opened.append(length)
        else:
            spans.append((opened.pop(), length))
    assert not opened, "a « without its »"
    return "".join(parts) + marked[at:], sorted(spans)


def file_bytes(text: str, newline: str, *, bom: bool) -> bytes:
    return (("\ufeff" if bom else "") + text.replace("\n", newline)).encode(errors="surrogateescape")


@cache
def library_of(files: tuple[tuple[str, str], ...], durations: tuple[tuple[str, float], ...] = ()) -> Library:
    """The captions in some files, by their names."""
    if not (files or durations):
        return NO_CAPTIONS
    lengths = {video_id: Length(seconds, "list", "durations.csv") for video_id, seconds in durations}
    with TemporaryDirectory() as folder:
        for name, text in files:
            Path(folder, name).write_bytes(text.encode())
        library = FileLibrary(caption_files([folder]), lengths, root=folder)
        for video_id in library.ids():
            library.captions(video_id)  # which it holds from then on
            library.length(video_id)
    return library


def problems_of(rule_id: str, data: bytes, row: Row) -> tuple[Note, list[Problem]]:
    """What a rule says of a note with these bytes, in the row's vault."""
    rule = all_rules()[rule_id]
    note = parse_note(Source.decode(data), row.path)
    others = [parse_note(Source.decode(text.encode()), path) for path, text in row.notes.items()]
    fields = dict(row.context)
    vault = Vault(
        [note, *others],
        row.files,
        style=row.style,
        captions=library_of(tuple(row.captions.items()), tuple(row.durations.items())),
        video_properties=fields.get("video_properties", Context().video_properties),
    )
    on = {other.id: other.options() for other in all_rules().values()}
    context = Context(
        options=rule.options(**row.options), opened_vault=vault if rule.in_vault else None, on=on, **fields
    )
    if rule.needs == "findings":
        context = replace(context, idle=idle_in(note, vault, fields))
    return note, sorted(rule.problems(note, context), key=lambda p: p.span)


def idle_in(note: Note, vault: Vault, fields: dict[str, Any]) -> tuple[Idle, ...]:
    """The suppressions of a note that silence nothing, when every rule is on."""
    others = [r for r in all_rules().values() if r.needs != "findings"]
    silence = Silence(note)
    silence.split(
        [
            (r.id, p.span.start)
            for r in others
            for p in r.problems(note, Context(options=r.options(), opened_vault=vault, **fields))
        ]
    )
    return silence.idle(frozenset(all_rules()))


def mended(note: Note, problems: Iterable[Problem], *, unsafe: bool) -> bytes:
    """The note's bytes after the fixes; of two that overlap, the first."""
    taken: list[Edit] = []
    for problem in problems:
        if problem.fix and (problem.fix.safe or unsafe):
            edits = [e.edit for e in problem.fix.edits() if e.path == note.path]
            if not any((a.start < b.end and b.start < a.end) or a == b for a in edits for b in taken):
                taken += edits
    return note.source.edited(taken).encode()


def table(rule_id: str, *rows: Row) -> Callable[..., None]:
    """The test function of a rule: every row in every setting."""
    ids = [row.id for row in rows]
    assert len(ids) == len({*ids}), f"two rows of {rule_id} have one id: {sorted(ids)}"

    @pytest.mark.parametrize("row", rows, ids=ids)
    def test(row: Row) -> None:
        for setting in settings_of(row):  # one test, as pytest takes longer over each than most settings do
            try:
                hold(rule_id, row, setting)
            except BaseException as error:
                error.add_note(f"{rule_id}: {row.id}, {setting}")
                raise

    return test


def hold(rule_id: str, row: Row, setting: str) -> None:
    """Hold a rule against a row in a setting."""
    change, newline, bom = SETTINGS[setting]
    text, expected = spans_of(change(row.text))
    data = file_bytes(text, newline, bom=bom)
    note, problems = problems_of(rule_id, data, row)
    assert [tuple(p.span) for p in problems] == expected, [(note.quote(p.span), p.message) for p in problems]
    for problem in problems:
        assert row.message in problem.message
    if note.source.invalid is not None:  # is never written
        assert all(problem.fix is None for problem in problems)
        return
    for unsafe, want in ((False, row.fixed), (True, row.unsafe if row.unsafe is not None else row.fixed)):
        right = data if want is None else file_bytes(change(want), newline, bom=bom)
        now = mended(note, problems, unsafe=unsafe)
        assert now.decode() == right.decode()
        if now != data:
            again, left = problems_of(rule_id, now, row)
            assert mended(again, left, unsafe=unsafe) == now, "a second run changes something"
