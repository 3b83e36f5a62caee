"""The anchor of a stamp with an `href`: for a site, whose player script goes by its `data-t`. Shared by the rules of this family."""

from __future__ import annotations

from processor.base.text import Edit, Span
from processor.parse.nodes import Timestamp
from processor.parse.timestamps.clocks import read_label
from processor.parse.timestamps.writing import stands_in_brackets
from processor.parse.youtube import write_clock
from processor.vault.note import Note


def label_of(stamp: Timestamp) -> str:
    """Return what a reader shall see of a stamp: its label, and where it has none its clock."""
    if stamp.label.strip(" ~≈"):
        return stamp.label
    return stamp.target if read_label(stamp.target).kind == "clock" else write_clock(stamp.seconds or 0)


def linked_anchor(note: Note, stamp: Timestamp, url: str, *, clock: bool) -> list[Edit] | None:
    """Return the edits that give an anchor an `href`, a label where it shows none, and with `clock` a `data-t` of three fields, as
    which a site's player reads it; of brackets around brackets one pair goes.
    """
    target = stamp.target_span
    if target is None:
        return None
    text, span = note.text, stamp.span
    opened = text.index(">", target.end)
    edits = [Edit(opened, opened, f' href="{url}"')]
    if clock and note.quote(target) != (right := write_clock(stamp.seconds or 0)):
        edits.insert(0, Edit(*target, right))
    inner = Span(opened + 1, text.rindex("</", opened, span.end))
    in_brackets = stands_in_brackets(text, *span)
    if not stamp.label.strip(" ~≈"):
        edits.append(Edit(*inner, label_of(stamp) if in_brackets else f"[{label_of(stamp)}]"))
    elif in_brackets and note.quote(inner) == f"[{stamp.label}]":
        edits.append(Edit(*inner, stamp.label))
    return edits
