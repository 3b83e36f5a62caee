"""What must hold of every note, whatever its text: each span quotes exactly its source."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from processor.base.text import Span
from processor.vault.note import Note

_PUNCTUATION = re.compile(r"\\([!-/:-@\[-`{-~])")


def unwrapped(text: str) -> str:
    """Without what containers put at the start of each further line, and without escapes."""
    return _PUNCTUATION.sub(r"\1", re.sub(r"\n[ \t>]*", "\n", text))


def as_target(written: str) -> str:
    return unicodedata.normalize("NFC", written.replace("\xa0", " ")).strip()


def check_spans(note: Note) -> None:
    """Raises AssertionError where a span does not quote what its construct says."""
    text, quote = note.text, note.quote
    for group in (
        note.headings, note.links, note.external_links, note.dead_links, note.tags, note.blocks, note.callouts, note.code,
        note.comments, note.timestamps, note.regions,
    ):  # fmt: skip
        starts = [x[0] if isinstance(x[0], int) else x.span.start for x in group]
        assert starts == sorted(starts)
        for x in group:
            for value in x:
                if isinstance(value, Span):
                    assert 0 <= value.start <= value.end <= len(text), x
    for link in note.links:
        whole = quote(link.span)
        assert whole.startswith("!" if link.embed else "["), whole
        target = quote(link.target_span)
        if link.form in ("wikilink", "property"):
            assert whole.endswith("]]")
            assert "\n" not in whole
            assert as_target(target) == link.target
            assert link.display is None or quote(link.display_span) == link.display
        else:
            assert whole.endswith(")" if link.form == "markdown" else "]")
            assert as_target(unquote(unwrapped(target))) == link.target
            assert unwrapped(quote(link.display_span)).strip() == unwrapped(link.display)
    for link in note.external_links:
        whole = quote(link.span)
        assert whole.startswith(
            {"autolink": "<", "bare": ("http", "www.")}.get(link.form, "!" if link.embed else "[")
        ), whole
        assert unwrapped(quote(link.url_span)).strip() == link.url
    for tag in note.tags:
        assert quote(tag.span) == "#" + tag.name
    for heading in note.headings:
        assert quote(heading.text_span) == heading.text
        assert heading.span.start <= heading.text_span.start <= heading.text_span.end <= heading.span.end
        assert quote(heading.span).startswith("#" * heading.level) or heading.level < 3  # underlined
    for block in note.blocks:
        assert quote(block.id_span) == "^" + block.id
        assert block.span.start <= block.id_span.start
        assert block.span.end == block.id_span.end
    for callout in note.callouts:
        assert quote(callout.span).startswith(f"[!{callout.type}]")
        assert quote(callout.type_span) == callout.type
    for comment in note.comments:
        marks = ("%%", "%%") if comment.form == "obsidian" else ("<!--", "-->")
        assert quote(comment.span).startswith(marks[0])
        if comment.form == "obsidian" and comment.closed:
            assert quote(comment.span).endswith(marks[1])
    for code in note.code:
        written = quote(code.span)
        if code.form == "fence":
            assert written.startswith(("```", "~~~"))
            assert code.info in written
        elif code.form == "inline":
            assert written[0] == written[-1] == "`"
    for dead in note.dead_links:
        written = quote(dead.span)
        assert written == "[[" if dead.reason == "unclosed" else written[-1] in ")]"
