"""Fences that are there by mistake: what stands in them was never meant for code."""

from __future__ import annotations

from processor.parse.nodes import Code
from processor.vault.note import Note

PROSE = frozenset(("", "markdown", "md", "text", "txt", "plaintext", "plain"))
_LONGEST_LEAD = 120  # characters of a line that announces the text


def unclosed_fences(note: Note) -> list[Code]:
    """Return the fences that nothing closes; `unclosed-fence` reports them."""
    return [c for c in note.code if c.form == "fence" and not c.closed]


def fence_around_note(note: Note) -> Code | None:
    """Return the one closed fence that holds the whole body but for the `From:` line and a line that announces it."""
    # the first is the outermost: in a fence there is no other
    fence = next((c for c in note.code if c.form == "fence"), None)
    if fence is None or not fence.closed or fence.info.strip().lower() not in PROSE:
        return None
    lines = note.lines
    opening = lines.start(lines.line(fence.span.start))
    behind = lines.end(lines.line(fence.span.end - 1))
    if note.text[opening : opening + 1] not in "`~ " or note.text[behind:].strip() or not _is_lead(note, opening):
        return None
    return fence


def _is_lead(note: Note, end: int) -> bool:
    """Return whether the body up to `end` is nothing but the `From:` line and one line that ends in a colon."""
    leads = 0
    start = note.body_start
    while start < end:
        stop = note.lines.end(note.lines.line(start))
        line = note.text[start : min(stop, end)].strip()
        of_channel = note.channel is not None and start <= note.channel.span.start < stop
        if line and not of_channel:
            leads += 1
            if leads > 1 or len(line) > _LONGEST_LEAD or not line.endswith(":"):
                return False
        start = stop + 1
    return True
