"""Comments and the property that suppress findings: `%% ytvault-disable broken-link %%`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.frontmatter import Properties
from processor.parse.nodes import (
    Comment,
    Suppression,
)

_SUPPRESSION = regex(
    r"%%\s*ytvault-(disable-next-line|disable|enable)(?![\w-])((?:[\s,]*[A-Za-z][\w-]*)*)"
)  # then a reason
_RULE_NAME = regex(r"[A-Za-z][\w-]*")


def read_suppressions(text: str, properties: Properties, comments: Sequence[Comment]) -> Iterator[Suppression]:
    """Yield the suppressions of a note, in the order of its text."""
    if entry := properties.get("ytvault-disable"):
        names = [n for item in entry.items for n in _RULE_NAME.finditer(text, *item.span)]
        if names:  # an empty property, as templates have it, silences nothing
            yield Suppression(entry.span, "property", tuple(n[0] for n in names), tuple(Span(*n.span()) for n in names))
    for comment in comments:
        if comment.form != "obsidian" or not comment.closed:
            continue
        m = _SUPPRESSION.match(text, comment.span.start, comment.span.end)
        if m:
            names = list(_RULE_NAME.finditer(text, *m.span(2)))
            yield Suppression(
                comment.span,
                m[1],  # type: ignore[arg-type]
                tuple(n[0] for n in names),
                tuple(Span(*n.span()) for n in names),
            )
