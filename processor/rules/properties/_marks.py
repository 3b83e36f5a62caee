"""Values that lose their first word, since YAML takes it for a tag (`!word`) or an anchor (`&word`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from processor.base.regex import regex
from processor.base.text import Edit, Span
from processor.parse.frontmatter import Property, comment_behind, quote_scalar
from processor.rules.base import Problem
from processor.rules.fixes import fix_by, with_quotes
from processor.vault.note import Note

# what stands before a value on its line, behind the sign that it begins after
_BEFORE = regex(r"(?<=[\s\[{,])(?:[!&][^\s,\[\]{}]*+[ \t]++)+\Z")
_ALONE = regex(r"(?<=[\s\[{,])[!&][^\s,\[\]{}]*+\Z")
_FARTHEST = 500  # characters before a value in which its marks are looked for
_YAMLS_OWN = frozenset(
    f"!!{name}" for name in "str int float bool null binary timestamp seq map set omap pairs merge value yaml".split()
)


def may_hold_marks(note: Note) -> bool:
    """Return whether there is a sign in the front matter that a tag or an anchor could begin with."""
    text, end = note.text, note.body_start
    return text.find("!", 0, end) >= 0 or text.find("&", 0, end) >= 0


def losing_marks(note: Note, entry: Property) -> Iterator[Problem]:
    """Yield the values of a property that lose a word so; not those with a tag of YAML's own, or an anchor that is used."""
    if entry.style in {"mapping", "list"}:
        places = [item.span for item in entry.items if not item.alias and not isinstance(item.value, (list, dict))]
    elif entry.style in ("plain", "single", "double"):
        places = [entry.items[0].span]
    else:
        return
    for span in (*places, *(text.span for text in entry.nested)):
        if problem := _losing(note, entry, span):
            yield problem


def _losing(note: Note, entry: Property, inner: Span) -> Problem | None:
    text = note.text
    span = with_quotes(note, inner) if inner.start > entry.key_span.end else inner
    quoted = span != inner
    line = max(text.rfind("\n", 0, span.start) + 1, entry.key_span.end)
    start = max(line, span.start - _FARTHEST)
    m = (_ALONE if span.start == span.end else _BEFORE).search(text, start, span.start)
    if m is None:
        return None
    lost = next((mark for mark in m[0].split() if not _is_meant(note, mark)), None)
    if lost is None:
        return None
    whole = Span(m.start(), span.end)
    glued = _glued_comment(note, span.end)
    if glued:  # `!Talk #42`: what follows is lost too
        whole = Span(whole.start, glued.end)
    written = note.quote(whole)
    new = quote_scalar(written, quotes=True)
    what = "a tag" if lost[0] == "!" else "an anchor"
    read = f'only "{note.quote(inner)}" is read' if inner.start < inner.end else "nothing is read"
    fix = fix_by(note, f"write {new}", Edit(*whole, new), safe=not quoted and glued is None)
    message = f"YAML takes {lost} for {what}, and {read}: put the value in quotes"
    return Problem(whole, message, fix if "\n" not in written else None)


def _glued_comment(note: Note, end: int) -> Span | None:
    """Return the comment behind a value, where it begins with a word, so that it may be none."""
    comment = comment_behind(note.text, end)
    if comment is None or note.text[comment.start + 1 : comment.start + 2].isspace():
        return None
    return Span(comment.start, comment.start + len(note.quote(comment).rstrip()))


def _is_meant(note: Note, mark: str) -> bool:
    """Return whether a tag or an anchor is meant for one: a tag of YAML's own, a tag in full, an anchor that an alias stands for."""
    if mark[0] == "!":
        return mark in _YAMLS_OWN or mark.startswith("!<")
    alias = re.compile(rf"(?<![^\s\[{{,])\*{re.escape(mark[1:])}(?![^\s,\]}}])")
    return alias.search(note.text, 0, note.body_start) is not None
