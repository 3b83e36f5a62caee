"""The blocks of a note that are more than lines of text, as far as they are plain to see: they are read and blotted out.

What is left are lines of paragraphs, headings, quotes and lists. All blocks here stand at the top level: each begins in the
first column, where no list or quote can hold it.
"""

from __future__ import annotations

import re

from processor.base.regex import regex
from processor.base.text import Span, line_end
from processor.parse.fast.inline import TOP_LEVEL, LineReader
from processor.parse.grammar import CLOSE_TAG, HTML_BLOCKS, OPEN_TAG, Body
from processor.parse.nodes import Code, Comment, Heading, Region

_BULLET = r"(?:[*+-]|[0-9]+[.)])"
_PREFIX = rf"(?:[ >]|{_BULLET}[ ])*+(?:\[[^\]\n]\][ ]++)?"  # whatever quotes, lists and tasks put before a line's text
# text in quotes and items, as most lines are that begin with a mark
_ORDINARY = rf"(?:>[ ])*+(?:{_BULLET}[ ]{{1,4}})?+(?:\*\*)?[A-Za-z]|\#{{1,6}}[ ]"
# by its beginning: HTML blocks; definitions and footnotes; fences, math, comments; tables; underlined headings; empty items,
# code in an item; headings and quotes in a list, headings in a quote; code in a quote; indented headings; callouts within
# callouts
_LINE = (
    rf"{_PREFIX}(?:</?(?i:{HTML_BLOCKS})(?=[\s/>]|\Z)|(?:{OPEN_TAG}|{CLOSE_TAG})[ ]*(?:\n|\Z)|<[!?]"
    r"|\[(?:[^\]\n]*|(?:[^\[\]\\\n]|\\.)*+)\]:|`{3,}+[^`\n]*+(?:\n|\Z)|~~~|\$\$++[^$\n]*+(?:\n|\Z)|%%)"
    r"|[ >:-]*\|[ |:-]*(?:\n|\Z)"
    r"|(?<=[^\n]\n)[ >]*(?:-+|=+)[ ]*(?:\n|\Z)"
    rf"|(?!(?:[*] *){{3,}}(?:\n|\Z)|(?:- *){{3,}}(?:\n|\Z))[ >]*{_BULLET}(?:[ ]*(?:\n|\Z)|[ ]{{5}}|[ ]+\[[^\]\n]\][ ]{{5}}|[ ]+(?:\[[^\]\n]\][ ]+)?(?:[#>]|{_BULLET}(?:[ \n]|\Z)))"
    r"|[ >]*>[ ]*\#{1,6}(?:[ \n]|\Z)|[ ]+\#{1,6}(?:[ \n]|\Z)|[ >]*>[ ]{5}"
    rf"|(?![ ]{{0,3}}(?:>[ ]?)?\[!){_PREFIX}\[!"
)
_ODD_BEGINNING = r"[- >|:=*+0-9<\[`~$%]"
_COMPLEX_LINE = regex(rf"\n(?={_ODD_BEGINNING})(?!{_ORDINARY})(?={_LINE})")
_COMPLEX_OR_INDENTED = regex(rf"\n(?={_ODD_BEGINNING})(?!{_ORDINARY})(?=[ ]{{4}}|{_LINE})")
_COMPLEX_FIRST = regex(_LINE)

_FENCE = regex(r"^(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)", re.M)
_INDENTED = regex(r"\n {4,}(?=[^ \n])")
_INDENTED_CODE = regex(r" {4,}(?!%%|\$\$)[^ \n][^\n]*(?:\n(?:[ ]*\n)*+ {4,}[^ \n][^\n]*)*+")
# the line before one that is indented and no code: indented itself, or an item whose text begins no further in; no rule
_UNDER_ITEM = regex(
    rf"(?! *(?:{_BULLET} +)?(?:[*_-] *){{3,}}\Z)"
    r"(?: {4,}(?=[^ ])| *(?:[*+-] {1,3}|[0-9][.)] {1,2}|[0-9]{2}[.)] )(?!\[.\] *\Z)[^ ])"
)
_MARKED = regex(rf"( *+)(?:(>)|{_BULLET}(?: {{1,4}}(?! )| ))")  # a quote or an item
_MARKED_LINE = regex(rf"\n{_MARKED.pattern}")
_DELIMITERS = regex(r"[ ]*+\|?(?:[ ]*+[:-][: -]*+\|)*+(?:[ ]*+[:-][: -]*+)?[ ]*$", re.M)
_CELL_END = regex(r"\\.|\|", re.S)
_CUT_LINK = regex(r"!?\[\[[^\[\]\n|]*+(?<!\\)\|[^\[\]\n]*+\]\]")
_UNDERLINE = regex(r"(=+|-+)$", re.M)
_RULE = regex(r"-{3,}$", re.M)
_MATH = regex(r"\$\$++[^$\n]*+$", re.M)
_MATH_END = regex(r"^[^$\n]*\$\$[ ]*$", re.M)
_REMARK = regex(r"%%[ ]{0,3}(?:[A-Za-z](?:[A-Za-z0-9 ,()_-]|\.(?![a-z]))*+)?%%(?=[ ]*$)", re.M)
_INERT = "\x01"  # what blots consist of: no mark, no space


def blot_blocks(text: str, look: str, start: int, body: Body) -> str | None:
    """Return the text with its blocks blotted out, which are read into `body`; None where that takes the full parse."""
    if look.find("`", start) >= 0 or look.find("~", start) >= 0:
        fences = _fences(text, look, start, body)
        if fences is None:
            return None
        look = _blotted(look, fences)
    if look.startswith("    ", start) or _COMPLEX_FIRST.match(look, start):
        return None
    if not _COMPLEX_OR_INDENTED.search(look, start):
        return look
    if look.find("\n    ", start) >= 0:
        indented = _indented(look, start, body)
        if indented is None:
            return None
        look = _blotted(look, indented)
    blocks = _complex(text, look, start, body)
    return None if blocks is None else _blotted(look, blocks)


def _blotted(look: str, spans: list[Span]) -> str:
    if not spans:
        return look
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (look[at:start], _INERT * (end - start))
        at = end
    pieces.append(look[at:])
    return "".join(pieces)


def _line_start(look: str, start: int, at: int) -> int:
    return look.rfind("\n", start, at) + 1 or start


def _fences(text: str, look: str, start: int, body: Body) -> list[Span] | None:
    found: list[Span] = []
    at = start
    while m := _FENCE.search(look, at):
        if "|" in m["info"]:  # it may be a table's row
            return None
        mark = m["mark"]
        closing = re.compile(rf"^ {{0,3}}{mark[0]}{{{len(mark)},}}[ ]*$", re.M).search(look, m.end())
        end = closing.end() if closing else len(look) - look.endswith("\n")
        span = Span(m.start(), end)
        found.append(span)
        body.add_code(Code(span, "fence", text[m.start("info") : m.end()].strip(), closing is not None))
        at = end
    return found


def _indented(look: str, start: int, body: Body) -> list[Span] | None:
    """Indented code below paragraphs; None where a line's indentation may mean anything else but a place in a list."""
    found: list[Span] = []
    code_end = start
    seen = max(0, start - 1)  # up to where the lines above have been read
    amid: set[int] = set()  # the columns between the bullet and the text of an item above: another bullet there ends it
    for m in _INDENTED.finditer(look, start):
        at = m.start() + 1
        if at <= code_end:
            continue
        if at >= start + 2 and look[at - 2] == "\n":
            code = _INDENTED_CODE.match(look, at) if _below_text(look, start, at - 2) else None
            if code is None:
                return None
            code_end = code.end()
            found.append(Span(at, code_end))
            body.add_code(Code(Span(at, code_end), "indented"))
            continue
        before = _line_start(look, start, at - 1)
        if not _UNDER_ITEM.match(look, before, at - 1):
            return None
        top = look.rfind("\n\n", seen, before)
        if top >= 0:
            seen = top + 1
            amid.clear()
        first = _MARKED.match(look) if seen == 0 else None
        for marked in (*((first,) if first else ()), *_MARKED_LINE.finditer(look, seen, at - 1)):
            if marked[2]:
                return None
            amid.update(range(len(marked[1]) + 1, marked.end() - marked.start(1)))
        seen = at - 1
        if m.end() - at in amid:
            return None
    return found


def _below_text(look: str, start: int, at: int) -> bool:
    """Return whether the last block above `at`, an empty line, is certain to be in no list: a heading or a paragraph."""
    while at > start and look[at - 1] == "\n":
        at -= 1
    top = look.rfind("\n\n", start, at)
    return TOP_LEVEL.fullmatch(look, top + 2 if top >= 0 else start, at) is not None


def _complex(text: str, look: str, start: int, body: Body) -> list[Span] | None:
    """Tables, underlined headings and remarks; None where a line is anything else but text, or may be."""
    found: list[Span] = []
    end = start
    reader = LineReader(text, look, start, body)
    for m in _COMPLEX_LINE.finditer(look, start):
        at = m.end()
        if at < end:
            continue
        span = (
            _remark(look, at, body)
            or _math(look, at, body)
            or _underlined(text, look, start, at, body, reader)
            or _table(text, look, start, at, reader, body)
        )
        if span is None or span.start < end:
            return None
        found.append(span)
        end = span.end
    return found


def _remark(look: str, at: int, body: Body) -> Span | None:
    """Return a line `%% words %%`, in which nothing can be found."""
    m = _REMARK.match(look, at)
    if m is None:
        return None
    span = Span(*m.span())
    body.add_comment(Comment(span, "obsidian"))
    return span


def _math(look: str, at: int, body: Body) -> Span | None:
    m = _MATH.match(look, at)
    if m is None:
        return None
    closing = _MATH_END.search(look, m.end() + 1)
    span = Span(at, closing.end() if closing else len(look) - look.endswith("\n"))
    if look.find(f"\n{_INERT}", *span) >= 0:  # the end of the math may stand in what seemed to be code
        return None
    body.regions.append(Region(*span, "math"))
    return span


def _begins(look: str, start: int, line: int) -> bool:
    """Return whether a line is certain to begin a paragraph at the top level: below an empty line, with a letter or a bar."""
    return (line == start or look[max(start, line - 2) : line] in ("\n\n", "\n")) and (
        look[line].isalpha() or look[line] == "|"
    )


def _underlined(text: str, look: str, start: int, at: int, body: Body, reader: LineReader) -> Span | None:
    """Return a heading underlined on the line at `at`; or a rule below a paragraph of two lines, which is none."""
    underline = _UNDERLINE.match(look, at)
    above = _line_start(look, start, at - 1)
    if underline is None or above >= at - 1:
        return None
    if not _begins(look, start, above):
        first = _line_start(look, start, above - 1) if above > start else above
        rule = look[above].isalpha() and first < above and _begins(look, start, first) and len(underline[0]) > 2
        return Span(at, underline.end()) if rule else None
    said = text[above : at - 1].rstrip()
    span = Span(above, underline.end())
    body.headings.append(Heading(span, 1 if look[at] == "=" else 2, said, Span(above, above + len(said))))
    body.regions.append(Region(*span, "heading"))
    return span if reader.read(above, above + len(said), "heading", alone=True) else None


def _table(text: str, look: str, start: int, at: int, reader: LineReader, body: Body) -> Span | None:
    """Return a table whose delimiter row is the line at `at`."""
    head, row_end = _line_start(look, start, at - 1), line_end(look, at)
    if head >= at - 1 or not _begins(look, start, head) or text.find("|", head + 1, at - 1) < 0:
        return None
    if look.find("|", at + 1, row_end) < 0 or not _DELIMITERS.match(look, at, row_end):
        return None
    line = head
    end = at
    while line < len(look):
        row_end = line_end(look, line)
        if line != at:
            if look[line] == _INERT:
                if text[line] == _INERT:
                    return None
                break
            if text.find("|", line + 1, row_end) < 0:
                break
            if not _read_row(text, line, row_end, body, reader):
                return None
        end = row_end
        line = row_end + 1
    return Span(head, end)


def _read_row(text: str, line: int, end: int, body: Body, reader: LineReader) -> bool:
    body.regions.append(Region(line, end, "table"))
    if _CUT_LINK.search(text, line, end):
        return False
    cell = line
    for m in _CELL_END.finditer(text, line, end):
        if m[0] == "|":
            if not _read_cell(text, cell, m.start(), reader):
                return False
            cell = m.end()
    return _read_cell(text, cell, end, reader)


def _read_cell(text: str, start: int, end: int, reader: LineReader) -> bool:
    cell = text[start:end]
    end -= len(cell) - len(cell.rstrip(" "))
    start += len(cell) - len(cell.lstrip(" "))
    return start >= end or reader.read(start, end, "table", alone=True)
