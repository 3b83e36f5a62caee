"""From the blocks of a note to all that it says."""

from __future__ import annotations

import re
from typing import Any

from processor.base.text import Span
from processor.parse.grammar import BLOCK_ID, CALLOUT, Body, heading_text
from processor.parse.markdown import Blocks, Leaf, Lines, Match
from processor.parse.nodes import Block, Callout, Code, Comment, DeadLink, Heading, Place, Region
from processor.parse.obsidian.inline import Inlines
from processor.parse.obsidian.text import Text

_MATH_END = re.compile(r"[^$]*\$\$[ \t]*$", re.M)


def _read_comment(blocks: Blocks, m: Match, state: Lines) -> int | None:
    """`%%` at a line's start opens a comment that holds blocks, over blank lines too, up to the next `%%`."""
    text, first = state.src, state.cursor
    start = m.start("mark")
    line, at = first, m.end()
    close = text.find("%%", at, state.ends[line])
    if close >= 0 and text[close + 2 : state.ends[line]].strip():
        return None  # a comment amid a line
    while close < 0 and line + 1 < len(state.starts):
        line += 1
        close = text.find("%%", state.starts[line], state.ends[line])
    starts, ends = [at, *state.starts[first + 1 : line + 1]], state.ends[first : line + 1]
    if close >= 0:
        ends[-1] = close
    inner = state.child(starts, ends)
    inner.commented = True
    blocks.parse(inner)
    end = close + 2 if close >= 0 else state.ends[line]
    state.leaves.append(Leaf("comment", start, end, ((start, end),), closed=close >= 0))
    state.past(start)
    if close >= 0 and text[end : state.ends[line]].strip():
        state.starts[line] = end
        state.add("paragraph", line, line + 1)
    return line + 1


def _read_math(_blocks: Blocks, m: Match, state: Lines) -> int:
    """`$$` at a line's start, with no other `$` on it: up to the first line whose first `$` is the closing `$$`."""
    first = state.cursor
    line, closed = first + 1, False
    while line < len(state.starts) and not closed:
        closed = _MATH_END.match(state.src, state.starts[line], state.ends[line]) is not None
        line += 1
    state.add("math", first, line, start=m.start("dollars"), closed=closed)
    return line


def _blocks() -> Blocks:
    blocks = Blocks()
    blocks.insert_block_rule("math", r"[ \t]*(?P<dollars>\$\$+)[^$]*$", _read_math)
    blocks.insert_block_rule("comment", r"[ \t]*(?P<mark>%%)", _read_comment)
    return blocks


_BLOCKS = _blocks()
_INLINES = Inlines()


def read_body(text: str, start: int) -> Body:
    """Return all that a note says from `start` on. Never raises."""
    body = Body.empty()
    state = Lines.of(text, start)
    _BLOCKS.parse(state)
    env = {"body": body, "definitions": state.definitions, "cut": set()}
    for leaf in state.leaves:
        _read_leaf(text, leaf, body, env)
    for at, end in state.callouts:
        if m := CALLOUT.match(text, at, end):
            body.callouts.append(Callout(Span(at, end), m["type"], Span(*m.span("type"))))
    return body.ordered()


def _read_leaf(text: str, leaf: Leaf, body: Body, env: dict[str, Any]) -> None:
    span = Span(leaf.start, leaf.end)
    place: Place = "comment" if leaf.commented else "text"
    if leaf.type in ("fence", "indented"):
        body.add_code(Code(span, "fence" if leaf.type == "fence" else "indented", leaf.info, leaf.closed))
    elif leaf.type in ("math", "html"):
        body.regions.append(Region(*span, "math" if leaf.type == "math" else "html"))
    elif leaf.type in ("comment", "html comment"):
        body.add_comment(Comment(span, "obsidian" if leaf.type == "comment" else "html", leaf.closed))
    elif leaf.type == "row":
        body.regions.append(Region(*span, "table"))
        _add_cut_links(text, leaf, body, env["cut"])
    else:
        if leaf.type == "heading":
            if not leaf.commented:
                place = "heading"
            leaf = _add_heading(text, leaf, body)
        elif leaf.type == "cell" and not leaf.commented:
            place = "table"
        state = Text(env).of(text, leaf)
        state.place = place
        _INLINES.read(state)
        if leaf.type == "paragraph":
            _add_block(leaf, state, body)


def _add_heading(text: str, leaf: Leaf, body: Body) -> Leaf:
    """Return the heading, and the leaf that is its text."""
    first, last = leaf.pieces[0]
    begin = first if leaf.info else first + leaf.level
    written, where = heading_text(text[begin:last], begin) if not leaf.info else (text[begin:last].strip(), Span(0, 0))
    if leaf.info:
        where = Span(begin, begin + len(written))
    body.headings.append(Heading(Span(leaf.start, leaf.end), leaf.level, written, where, leaf.top))
    body.regions.append(Region(leaf.start, leaf.end, "heading"))
    return leaf._replace(pieces=((where.start, max(where.start, where.end)),))


def _add_block(leaf: Leaf, state: Text, body: Body) -> None:
    """The id at a paragraph's end; one that is all of its paragraph names the block before it."""
    m = BLOCK_ID.search(state.src, max(0, len(state.src) - 200))
    if m:
        alone = not state.src[: m.start()].strip()
        begin = leaf.before if alone and leaf.before >= 0 else leaf.begin
        where = state.span(m.start(), m.end(1))
        body.blocks.append(Block(Span(begin, where.end), m[1], where))
    elif m := _GLUED_ID.search(state.src, max(0, len(state.src) - 200)):
        where = state.span(*m.span())
        before = [x.span.end for x in body.links[-2:] if x.embed] + [x.span.end for x in body.external[-2:] if x.embed]
        if where.start in before:
            body.dead.append(DeadLink(where, "glued-id"))


_GLUED_ID = re.compile(r"(?<=[\])])\^[A-Za-z0-9-]+(?=[ \t]*\Z)")


def _add_cut_links(text: str, leaf: Leaf, body: Body, cut: set[int]) -> None:
    """Wikilinks that a bare bar tears apart: the bar ends the cell."""
    for m in _CUT_LINK.finditer(text, leaf.start, leaf.end):
        body.dead.append(DeadLink(Span(*m.span()), "table-bar"))
        cut.add(m.start() + m[0].index("["))


_CUT_LINK = re.compile(r"!?\[\[[^\[\]\n|]*+(?<!\\)\|[^\[\]\n]*+\]\]")
