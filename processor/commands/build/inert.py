"""Words as Markdown that shows just these, wherever they stand: what would be read as a mark is escaped."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\\`*\[\]<>$|~=]|#(?=[^\s\d])|%(?=%)|(?<!\w)_|_(?!\w)")
# whatever stands around it: what opens or closes code, math, a link, HTML, a table's cell, a highlight, a footnote, …
_ALWAYS = re.compile(
    r"[\\`*\[\]<$|~^]"
    r"|&(?=#?\w)"  # an entity
    r"|(?<![^\W_])_|_(?![^\W_])"  # amid a word it is a letter
    r"|(?<![^\W_])#|\#\Z"
    r"|=(?==)|(?<==)=|%(?=%)|(?<=%)%"
    r"|(?<=[A-Za-z]):(?=//)|(?<=\bmailto):|(?<=\bwww)\.|(?<=[\w.+-])@(?=[\w-]+\.)",
    re.I,
)
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bmailto):|(?<=\bwww)\.|(?<=[\w.+-])@(?=[\w-]+\.)", re.I)
_CLOCK = re.compile(r"\[[\d:,\u2013 -]*\d:\d\d[\d:,\u2013 -]*\](?![\[(:])")
_LINE_START = re.compile(r"[-+*_=>#~`:|]|(?P<number>\d{1,9})(?=[.)](?:[ \t]|\Z))")
_BLOCK_START = re.compile(
    r"(?:[-+*]|#{1,6})(?=[ \t]|\Z)|>|`{3}|~{3}|[-=_*](?=[-=_* \t]*\Z)|(?P<number>\d{1,9})(?=[.)](?:[ \t]|\Z))"
)
_NUMBER = re.compile(r"[0-9]{1,9}")
_NUMBERS = re.compile(r"[.)](?:[ \t]|\Z)")
_MARKS_ONLY = re.compile(r"[ \t>*+=_#|:-]*(?:\d{1,9}[.)]?)?[ \t]*")
# what opens something of the words that follow it
_OPENS = re.compile(r"(?:(?<!\\)(?:\\\\)*)(?P<mark>[#<&^@])\Z")


def plain(text: str) -> str:
    """Return words as Markdown that shows just these, on one line that they begin."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def inert(text: str, before: str, after: str, *, is_markdown: bool = False) -> tuple[str, int]:
    """Words on one line as Markdown that shows just these, and how many signs before them it takes in too.

    `before` and `after` are the rest of the line. With `is_markdown` the words were Markdown where they stood, as the text
    of a link is: of these only that is escaped which means something else now.
    """
    if is_markdown:
        written = _ADDRESS.sub(r"\\\g<0>", text)
    else:
        keep = {i for m in _CLOCK.finditer(text + after[:1]) for i in (m.start(), m.end() - 1)}
        written = _ALWAYS.sub(lambda m: m[0] if m.start() in keep else "\\" + m[0], text)
    if written[:1] != "\\":
        written = _begun(written, text, before, _BLOCK_START if is_markdown else _LINE_START)
    if _NUMBER.fullmatch(text) and _NUMBERS.match(after) and _MARKS_ONLY.fullmatch(before):
        written = (
            f"{text[:-1]}&#{ord(text[-1])};"  # `1984. A novel` would be an item of a list, and what follows is not ours
        )
    if (text[-1:] == "!" and after[:1] == "[") or (text[-1:] in "%=" and after[:1] == text[-1:]):
        written = written[:-1].removesuffix("\\") + "\\" + written[-1]
    if m := _OPENS.search(before):
        return f"\\{m['mark']}{written}", 1
    return written, 0


def _begun(written: str, text: str, before: str, start: re.Pattern[str]) -> str:
    """Return the words with their first sign escaped where it would go on with what stands before it, or begin a block."""
    last = before[-1:]
    if (last == "]" and text[:1] in "(:") or (last in "%=" and text[:1] == last):
        return "\\" + written
    if last.isalnum() and text[:1] in "@:.)" and text[:1]:
        return "\\" + written
    if not _MARKS_ONLY.fullmatch(before):
        return written
    m = start.match(text)
    if m is None:
        return written
    at = len(m["number"] or "")
    return f"{written[:at]}\\{written[at:]}"
