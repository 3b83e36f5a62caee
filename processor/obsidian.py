"""Obsidian's Markdown: reads all that stands in a note below its properties, by mistune and rules of our own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, MutableMapping
from itertools import pairwise
from typing import Any

from mistune import InlineParser, InlineState

from processor.markdown import Blocks, Definition, Leaf, Lines, Match, label_key
from processor.syntax import Block, Callout, Code, Comment, DeadLink, ExternalLink, Heading, Link, Place, Region, Tag
from processor.text import Span
from processor.wikitext import (
    AUTOLINK,
    BARE_URL,
    BLOCK_ID,
    CALLOUT,
    CLOSE_TAG,
    DESTINATION,
    OPEN_TAG,
    SPACED,
    TAG,
    TAG_NUMBER,
    WIKILINK,
    Body,
    bare_url_end,
    before_tag,
    heading_text,
    markdown_link,
    wikilink,
)

_TRIGGER = re.compile(r"[\\`\[\]<$%#]|!\[|(?<![A-Za-z0-9])(?:https?://|www\.)")
_DOLLAR = re.compile(r"\\.|(\$+)", re.S)
_DOUBLE_BRACKET = re.compile(r"\[\[|\]\]|\n")
_MATH_END = re.compile(r"[^$]*\$\$[ \t]*$", re.M)
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.S)


class Text(InlineState):
    """A leaf's text while it is read: where each part of it stands in the note, what is open, what was found."""

    def __init__(self, env: MutableMapping[str, Any]) -> None:
        super().__init__(env)
        self.body: Body = env["body"]
        self.definitions: Mapping[str, Definition] = env["definitions"]
        self.place: Place = "text"
        self.in_table = False
        self.shift = 0  # of a text that stands in the note as it is
        self.firsts: list[int] = []  # of one that does not: where each line of it starts, in it and in the note
        self.begins: list[int] = []
        self.openers: list[tuple[int, int]] = []  # of each open `[`: where its mark and where its text begins
        self.found: list[ExternalLink | Link] = []  # Markdown links and bare URLs, which a link around them undoes
        self.images: list[ExternalLink | Link] = []  # Markdown images, which only another image undoes
        self.doubtful: list[int] = []  # each `[[` that opens no wikilink
        self.comment_end = -1
        self._maths: list[tuple[int, int]] | None = None

    def of(self, note: str, leaf: Leaf) -> Text:
        pieces = leaf.pieces
        if all(a[1] + 1 == b[0] for a, b in pairwise(pieces)):
            self.shift = pieces[0][0]
            self.src = note[pieces[0][0] : pieces[-1][1]]
            return self
        lines = [note[start:end] for start, end in pieces]
        self.src = "\n".join(lines)
        at = 0
        for (start, _), line in zip(pieces, lines, strict=True):
            self.firsts.append(at)
            self.begins.append(start)
            at += len(line) + 1
        return self

    def at(self, offset: int) -> int:
        """The offset in the note of one in this text."""
        if not self.firsts:
            return offset + self.shift
        line = bisect_right(self.firsts, offset) - 1
        return offset - self.firsts[line] + self.begins[line]

    def span(self, start: int, end: int) -> Span:
        """The note's span for one of this text."""
        if not self.firsts:
            return Span(start + self.shift, end + self.shift)
        first = self.at(start)
        return Span(first, self.at(end - 1) + 1 if end > start else first)

    def append_token(self, token: dict[str, Any]) -> None:
        """What is found goes into the body; mistune's own tokens are not wanted."""

    def place_at(self, offset: int) -> Place:
        return "comment" if offset < self.comment_end else self.place

    def math_end(self, start: int, marks: int) -> int | None:
        """Where the math ends that `marks` dollars at `start` open; None where they open none."""
        if self._maths is None:
            self._maths = [m.span(1) for m in _DOLLAR.finditer(self.src) if m[1]]
        following = bisect_right(self._maths, (start, len(self.src)))
        if following == len(self._maths):
            return None
        if marks == 1:
            # prices are no math: a dollar opens before what is no space, and closes behind it and before no digit
            if self.src[start + 1].isspace():
                return None
            first, last = self._maths[following]
            closes = not self.src[first - 1].isspace() and not self.src[last : last + 1].isdigit()
            return last if closes else None
        return self._maths[following][1]


class Inlines(InlineParser):
    """mistune's inline parser with Obsidian's marks. What opens first wins, and of the rules at one place the first."""

    state_cls = Text
    SPECIFICATION = {  # noqa: RUF012  mistune's own attribute
        "escape": r"\\[!-/:-@\[-`{-~]",
        "wikilink": WIKILINK,
        "link": r"!?\[",
        "link_close": r"\]",
        "codespan": r"`+",
        "math": r"\$+",
        "comment": r"%%",
        "auto_link": AUTOLINK,
        "inline_html": rf"<!--|<\?|<![A-Za-z]|{OPEN_TAG}|{CLOSE_TAG}",
        "url": BARE_URL,
        "tag": TAG,
    }
    DEFAULT_RULES = tuple(SPECIFICATION)

    def __init__(self) -> None:
        self._methods: dict[str, Any]
        super().__init__(hard_wrap=True)  # no rule for soft breaks

    def parse_linebreak(self, m: Match, _state: InlineState) -> int:
        return m.end()

    def _find_fast_text_end(self, src: str, pos: int) -> int:
        m = _TRIGGER.search(src, pos)
        return m.start() if m else len(src)

    def finalize_tokens(self, tokens: list[dict[str, Any]], _depth: int) -> list[dict[str, Any]]:
        return tokens

    def parse_escape(self, m: Match, _state: InlineState) -> int:
        return m.end()

    def parse_wikilink(self, m: Match, state: Text) -> int | None:
        embed = m[0][0] == "!"
        span = state.span(*m.span())
        start = state.at(m.start("inner"))
        place = state.place_at(m.start())
        link = wikilink(m["inner"], start, span, embed=embed, place=place, in_table=state.in_table)
        if link is None:
            state.body.dead.append(DeadLink(span, "blank"))
        else:
            state.body.links.append(link)
            state.body.regions.append(Region(start, span.end - 2, "display"))
        return m.end()

    def parse_link(self, m: Match, state: Text) -> int:  # type: ignore[override]
        if state.src.startswith("[", m.end()):
            if state.src.startswith("[]]", m.end()):
                state.body.dead.append(DeadLink(state.span(m.start(), m.end() + 3), "blank"))
                return m.end() + 3
            state.doubtful.append(m.end() - 1)
        state.openers.append((m.start(), m.end()))
        return m.end()

    def parse_link_close(self, m: Match, state: Text) -> int:  # type: ignore[override]
        if not state.openers:
            return m.end()
        opened, begin = state.openers.pop()
        src, after = state.src, m.end()
        if src.startswith("(", after):
            if d := DESTINATION.match(src, after):
                group = "bare" if d["angle"] is None else "angle"
                self._add_link(state, opened, begin, m.start(), d.end(), d[group], state.span(*d.span(group)))
                return d.end()
            if d := SPACED.match(src, after):
                state.body.dead.append(DeadLink(state.span(opened, d.end()), "space"))
        if state.definitions:
            label, end = src[begin : m.start()] if m.start() - begin < 1000 else "", after
            if r := _REFERENCE.match(src, after):
                label, end = r[1] or label, r.end()
            found = state.definitions.get(label_key(label)) if label else None
            if found:
                where = Span(found.start, found.end)
                self._add_link(state, opened, begin, m.start(), end, found.destination, where, reference=True)
                return end
        return after

    def _add_link(
        self,
        state: Text,
        opened: int,
        begin: int,
        end: int,
        after: int,
        destination: str,
        where: Span,
        *,
        reference: bool = False,
    ) -> None:
        """The link that is opened at `opened`, its text from `begin` to `end`, its last bracket before `after`."""
        embed = state.src[opened] == "!"
        span, text_span = state.span(opened, after), state.span(begin, end)
        for held in (state.found, state.images) if embed else (state.found,):
            while held and held[-1].span.start > span.start:
                held.pop()
        link = markdown_link(
            destination,
            where,
            span,
            state.src[begin:end],
            text_span,
            form="reference" if reference else "markdown",
            embed=embed,
            place=state.place_at(opened),
        )
        if link:
            (state.images if embed else state.found).append(link)
        if end > begin:
            state.body.regions.append(Region(text_span.start, text_span.end, "link"))

    def parse_codespan(self, m: Match, state: InlineState) -> int:
        assert isinstance(state, Text)
        end = state.delimiters.code_end(m[0], m.end())
        if end is None:
            return m.end()
        span = state.span(m.start(), end + len(m[0]))
        state.body.code.append(Code(span, "inline"))
        state.body.regions.append(Region(*span, "code"))
        return end + len(m[0])

    def parse_math(self, m: Match, state: Text) -> int:
        end = state.math_end(m.start(), len(m[0]))
        if end is None:
            return m.end()
        state.body.regions.append(Region(*state.span(m.start(), end), "math"))
        return end

    def parse_comment(self, m: Match, state: Text) -> int:
        """Links and tags live in a comment; only its extent is noted."""
        if m.start() + 2 == state.comment_end:
            return m.end()
        end = state.src.find("%%", m.end())
        if end >= 0:
            state.comment_end = end + 2
            span = state.span(m.start(), end + 2)
            state.body.comments.append(Comment(span, "obsidian"))
            state.body.regions.append(Region(*span, "comment"))
        return m.end()

    def parse_auto_link(self, m: Match, state: InlineState) -> int:
        assert isinstance(state, Text)
        where = state.span(*m.span("autolink"))
        state.found.append(
            ExternalLink(
                state.span(*m.span()),
                "autolink",
                False,
                m["autolink"],
                where,
                m["autolink"],
                where,
                state.place_at(m.start()),
            )
        )
        return m.end()

    def parse_inline_html(self, m: Match, state: InlineState) -> int:
        assert isinstance(state, Text)
        marker = {"<!--": "-->", "<?": "?>"}.get(m[0]) or (">" if m[0].startswith("<!") else "")
        if not marker:
            return m.end()
        close = state.delimiters.find(marker, m.end())
        if close is None:
            return m.end()
        if marker == "-->":
            span = state.span(m.start(), close + 3)
            state.body.comments.append(Comment(span, "html"))
            state.body.regions.append(Region(*span, "comment"))
        return close + len(marker)

    def parse_url(self, m: Match, state: Text) -> int:
        url = m[0]
        if state.openers and (cut := url.find("](")) >= 0:
            url = url[:cut]
        end = m.start() + bare_url_end(url)
        span = state.span(m.start(), end)
        url = state.src[m.start() : end]
        state.found.append(ExternalLink(span, "bare", False, url, span, "", None, state.place_at(m.start())))
        return end

    def parse_tag(self, m: Match, state: Text) -> int:
        if before_tag(state.src, m.start()) and not TAG_NUMBER.fullmatch(m["name"]):
            state.body.tags.append(Tag(state.span(*m.span()), m["name"]))
        return m.end()

    def read(self, state: Text) -> None:
        """Read a leaf's text into its body."""
        self.parse(state)
        for found in (*state.found, *state.images):
            (state.body.external if isinstance(found, ExternalLink) else state.body.links).append(found)
        if state.doubtful:
            self._add_unclosed(state)

    @staticmethod
    def _add_unclosed(state: Text) -> None:
        """Each `[[` that nothing closes on its line, unless it only is a bracket around a Markdown link."""
        closed: set[int] = set()
        opened: list[int] = []
        for m in _DOUBLE_BRACKET.finditer(state.src):
            if m[0] == "[[":
                opened.append(m.start())
            elif m[0] == "\n":
                opened.clear()
            elif opened:
                closed.add(opened.pop())
        links = {found.span.start for found in state.found}
        for start in state.doubtful:
            if start not in closed and not {state.at(start), state.at(start + 1)} & links:
                state.body.dead.append(DeadLink(state.span(start, start + 2), "unclosed"))


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
    blocks.insert_block_rule("math", r"[ \t]*(?P<dollars>\$\$+)[^$]*$", _read_math)  # type: ignore[arg-type]
    blocks.insert_block_rule("comment", r"[ \t]*(?P<mark>%%)", _read_comment)
    return blocks


_BLOCKS = _blocks()
_INLINES = Inlines()


def read_body(text: str, start: int) -> Body:
    """All that a note says from `start` on. Never raises."""
    body = Body.empty()
    state = Lines.of(text, start)
    _BLOCKS.parse(state)
    env = {"body": body, "definitions": state.definitions}
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
        body.code.append(Code(span, "fence" if leaf.type == "fence" else "indented", leaf.info, leaf.closed))
        body.regions.append(Region(*span, "code"))
    elif leaf.type in ("math", "html"):
        body.regions.append(Region(*span, "math" if leaf.type == "math" else "html"))
    elif leaf.type in ("comment", "html comment"):
        body.comments.append(Comment(span, "obsidian" if leaf.type == "comment" else "html", leaf.closed))
        body.regions.append(Region(*span, "comment"))
    elif leaf.type == "row":
        body.regions.append(Region(*span, "table"))
        _add_cut_links(text, leaf, body)
    else:
        if leaf.type == "heading":
            if not leaf.commented:
                place = "heading"
            leaf = _add_heading(text, leaf, body)
        elif leaf.type == "cell" and not leaf.commented:
            place = "table"
        state = Text(env).of(text, leaf)
        state.place, state.in_table = place, leaf.type == "cell"
        _INLINES.read(state)
        if leaf.type == "paragraph":
            _add_block(leaf, state, body)


def _add_heading(text: str, leaf: Leaf, body: Body) -> Leaf:
    """The heading, and the leaf that is its text."""
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


def _add_cut_links(text: str, leaf: Leaf, body: Body) -> None:
    """Wikilinks that a bare bar tears apart: the bar ends the cell."""
    for m in _CUT_LINK.finditer(text, leaf.start, leaf.end):
        body.dead.append(DeadLink(Span(*m.span()), "table-bar"))


_CUT_LINK = re.compile(r"!?\[\[[^\[\]\n|]*+(?<!\\)\|[^\[\]\n]*+\]\]")
