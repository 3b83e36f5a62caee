"""mistune's inline parser with Obsidian's marks."""

from __future__ import annotations

import re
from typing import Any

from mistune import InlineParser, InlineState

from processor.base.text import Span
from processor.parse.grammar import (
    AUTOLINK,
    BARE_URL,
    CLOSE_TAG,
    DESTINATION,
    OPEN_TAG,
    SPACED,
    TAG,
    TAG_NUMBER,
    WIKILINK,
    bare_url_end,
    before_tag,
    markdown_link,
    wikilink,
)
from processor.parse.markdown import Match, label_key
from processor.parse.nodes import Code, Comment, DeadLink, ExternalLink, Link, Region, Tag
from processor.parse.obsidian.text import Found, Text

_TRIGGER = re.compile(r"[\\`\[\]<$%#]|[!^]\[|(?<![A-Za-z0-9])(?:https?://|www\.)")
_DOUBLE_BRACKET = re.compile(r"\[\[|\]\]|\n")
_NODES = frozenset(("escape", "wikilink", "codespan", "math", "auto_link", "inline_html", "url"))
_TAG = re.compile(TAG)
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.S)


class Inlines(InlineParser):
    """mistune's inline parser with Obsidian's marks. What opens first wins, and of the rules at one place the first."""

    state_cls = Text
    SPECIFICATION = {  # noqa: RUF012  mistune's own attribute
        "escape": r"\\[!-/:-@\[-`{-~]",
        "footnote": r"\^\[",
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
    DEFAULT_RULES = tuple(SPECIFICATION)  # type: ignore[assignment]  # of a fixed length there

    def __init__(self) -> None:
        self._methods: dict[str, Any]
        super().__init__(hard_wrap=True)  # no rule for soft breaks

    def parse_method(self, m: Match, state: InlineState) -> int | None:
        end = super().parse_method(m, state)
        if end and m.lastgroup in _NODES:
            assert isinstance(state, Text)
            state.node_end = end
        return end

    def parse_linebreak(self, m: Match, _state: InlineState) -> int:
        return m.end()

    def _find_fast_text_end(self, src: str, pos: int) -> int:
        m = _TRIGGER.search(src, pos)
        return m.start() if m else len(src)

    def finalize_tokens(self, tokens: list[dict[str, Any]], _depth: int) -> list[dict[str, Any]]:
        return tokens

    def parse_escape(self, m: Match, _state: InlineState) -> int:
        return m.end()

    def parse_footnote(self, m: Match, state: Text) -> int | None:
        """`^[` opens an inline footnote before what follows is read; one that nothing closes is text."""
        if not state.is_closed(m.end() - 1):
            return None
        state.openers.append((m.start(), m.end()))
        return m.end()

    def parse_wikilink(self, m: Match, state: Text) -> int | None:
        embed = m[0][0] == "!"
        span = state.span(*m.span())
        start = state.at(m.start("inner"))
        place = state.place_at(m.start())
        link = wikilink(m["inner"], start, span, embed=embed, place=place)
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
        if tag := _TAG.match(src, begin, m.start()):  # first in a link's text, be the link defined or not
            self._add_tag(state, tag)
        if src[opened] == "^":  # what stands behind a footnote makes no link of it
            return after
        if src.startswith("(", after):
            if d := DESTINATION.match(src, after):
                group = "bare" if d["angle"] is None else "angle"
                self._add_link(state, opened, begin, m.start(), d.end(), d[group], state.span(*d.span(group)))
                return d.end()
            if (d := SPACED.match(src, after)) and " " in d["spaced"].strip():
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
        for held in (state.found, state.images) if embed else (state.found,):
            while held and held[-1].opened > opened:  # a link holds no other, an image's text no image
                held.pop()
        (state.images if embed else state.found).append(Found(opened, begin, end, after, destination, where, reference))
        state.node_end = after
        if end > begin:
            state.body.regions.append(Region(state.at(begin), state.span(begin, end).end, "link"))

    def parse_codespan(self, m: Match, state: InlineState) -> int:
        assert isinstance(state, Text)
        end = state.delimiters.code_end(m[0], m.end())
        if end is None:
            return m.end()
        state.body.add_code(Code(state.span(m.start(), end + len(m[0])), "inline"))
        return end + len(m[0])

    def parse_math(self, m: Match, state: Text) -> int:
        end = state.math_end(m.start(), len(m[0]))
        if end is None:
            return m.end()
        state.body.regions.append(Region(*state.span(m.start(), end), "math"))
        return end

    def parse_comment(self, m: Match, state: Text) -> int:
        """Links and tags live in a comment; only its extent is noted."""
        if state.comment_ends and m.start() < state.comment_ends[-1]:
            return m.end()
        end = state.src.find("%%", m.end())
        if end >= 0:
            state.comment_starts.append(m.start())
            state.comment_ends.append(end + 2)
            state.body.add_comment(Comment(state.span(m.start(), end + 2), "obsidian"))
        return m.end()

    def parse_auto_link(self, m: Match, state: InlineState) -> int:
        assert isinstance(state, Text)
        state.found.append(Found(m.start(), -1, -1, m.end(), m["autolink"], state.span(*m.span("autolink"))))
        return m.end()

    def parse_inline_html(self, m: Match, state: InlineState) -> int:
        assert isinstance(state, Text)
        marker = {"<!--": "-->", "<?": "?>"}.get(m[0]) or (">" if m[0].startswith("<!") else "")
        if not marker:
            self._add_raw(state, m.start(), m.end())
            return m.end()
        close = state.delimiters.find(marker, m.end())
        if close is None:
            return m.end()
        if marker == "-->":
            state.body.add_comment(Comment(state.span(m.start(), close + 3), "html"))
        else:
            self._add_raw(state, m.start(), close + len(marker))
        return close + len(marker)

    @staticmethod
    def _add_raw(state: Text, start: int, end: int) -> None:
        """What stands in a tag is no Markdown: said where something may be taken for it."""
        if state.src.find("[", start, end) >= 0:
            state.body.regions.append(Region(*state.span(start + 1, end), "html"))

    def parse_url(self, m: Match, state: Text) -> int:
        url = m[0]
        if state.openers and (cut := url.find("](")) >= 0:
            url = url[:cut]
        end = m.start() + bare_url_end(url)
        state.found.append(Found(m.start(), -1, -1, end, state.src[m.start() : end], state.span(m.start(), end)))
        return end

    def parse_tag(self, m: Match, state: Text) -> int:
        if m.start() == state.node_end or before_tag(state.src, m.start()):
            self._add_tag(state, m)
        return m.end()

    @staticmethod
    def _add_tag(state: Text, m: Match) -> None:
        name = m["name"]
        if state.src[m.start() - 1 : m.start()] == "_":  # `_#tag_`: emphasis
            name = name.rstrip("_")
        if name and not TAG_NUMBER.fullmatch(name):
            state.body.tags.append(Tag(state.span(m.start(), m.start() + 1 + len(name)), name))

    def read(self, state: Text) -> None:
        """Read a leaf's text into its body."""
        self.parse(state)
        for found in (*state.found, *state.images):
            self._add_found(state, found)
        if state.doubtful:
            self._add_unclosed(state)

    @staticmethod
    def _add_found(state: Text, found: Found) -> None:
        span, place = state.span(found.opened, found.after), state.place_at(found.opened)
        if found.begin < 0:
            url, where = found.destination, found.where
            link: Link | ExternalLink | None = (
                ExternalLink(span, "bare", False, url, where, "", None, place)
                if span == where
                else ExternalLink(span, "autolink", False, url, where, url, where, place)
            )
        else:
            link = markdown_link(
                found.destination,
                found.where,
                span,
                state.src[found.begin : found.end],
                state.span(found.begin, found.end),
                form="reference" if found.reference else "markdown",
                embed=state.src[found.opened] == "!",
                place=place,
            )
        if isinstance(link, ExternalLink):
            state.body.external.append(link)
        elif link:
            state.body.links.append(link)

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
        links = {found.opened for found in state.found}
        behind = 0  # the last: two that overlap are one, `[[[`
        for start in state.doubtful:
            if (
                start >= behind
                and start not in closed
                and state.at(start) not in state.cut
                and not links & {start, start + 1}
            ):
                behind = start + 2
                state.body.dead.append(DeadLink(state.span(start, behind), "unclosed"))
