"""One line of a note read token by token: what holds more than text and wikilinks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from processor.base.regex import regex
from processor.base.text import Span, line_end
from processor.parse.grammar import (
    AUTOLINK,
    BARE_URL,
    CALLOUT,
    CLOSE_TAG,
    OPEN_TAG,
    TAG,
    TAG_NUMBER,
    WIKILINK,
    Body,
    bare_url_end,
    before_tag,
    markdown_link,
    wikilink,
)
from processor.parse.nodes import Callout, Code, Comment, ExternalLink, Place, Region, Tag

Match = re.Match[str]
# every alternative begins with a plain character: so the search skips all others fast
_TOKEN = regex(
    rf"{WIKILINK.removeprefix('!?')}"
    r"|\[(?P<text>[^\[\]\n<`\\]*+)\]\((?P<destination>[^\s()<>\\]*+(?:\([^\s()<>\\]*+\)[^\s()<>\\]*+)*+)"
    r'(?:(?<!\() ++"[^"\\\n]*+" *+)?+\)'
    r"|\[(?P<unread>\[)|(?P<opener>\[)(?![^\[\]\n`\\$</]*+\])"
    # what stands in `<>` as a destination ends it
    r"|\](?P<undone>\((?!<[^<>\\\n]*+>[^\s)]))"
    rf"|{OPEN_TAG}|{CLOSE_TAG}|{AUTOLINK}|<(?P<open>[A-Za-z/!?])"
    r"|:(?:(?<=http:)|(?<=https:))(?P<url>//[^\s<]++)"
    rf"|{TAG}|(?P<ticks>`++)|\\(?P<escaped>[!-/:-@\[-`{{-~])|(?P<dollars>\$++)|(?P<percent>%)%"
)
_BARE_URL = regex(BARE_URL)
_TAG = regex(TAG)
_WWW = regex(r"(?<!http://)(?<!https://)www\.")
_DOLLARS = regex(r"\$++")
_DOLLAR = regex(r"\\.|(\$++)", re.S)
_QUOTE = regex(r" {0,3}> ?(?=\[!)")
_MARK = regex(r"[\[\]!#:]")  # of what may trail a bare URL
# lines that are in no list or quote, below an empty line: of text, of headings, or blotted out
TOP_LEVEL = regex(r"(?:[^\W\d_]|\x01|#{1,6} )[^\n]*(?:\n(?:[^\W\d_]|\x01|#{1,6} )[^\n]*)*+")
_FULL = -1  # an end: that takes the full parse


class LineReader:
    """Reads lines of a text into a body, each by itself; `look` is the text with blots in it."""

    def __init__(self, text: str, look: str, start: int, body: Body) -> None:
        self.lines: set[int] = set()
        """Where the lines begin that were read."""
        self._text, self._look, self._start, self._body = text, look, start, body
        self._absent: dict[str, int] = {}  # of a mark: up to where it is known not to stand in the paragraph
        self._bottom = start  # where the last paragraph searched ends
        # of the line that is read
        self._first = self._last = start
        self._place: Place = "text"
        self._alone = False
        self._before = start  # where the last thing that is no text ends
        self._comment_end = start

    def read(self, start: int, end: int, place: Place, *, alone: bool = False) -> bool:
        """Read a line; return False where it takes the full parse. `alone` says that no paragraph can go on below it."""
        self.lines.add(start)
        look = self._look
        self._first = self._before = self._comment_end = start
        self._last, self._place, self._alone = end, place, alone
        if look.find("^[", start, end) >= 0 or _WWW.search(look, start, end):
            return False
        if not alone and (m := _QUOTE.match(look, start, end)) and not self.read_callout(m.end()):
            return False
        at = start
        while m := _TOKEN.search(look, at, end):
            kind = m.lastgroup
            if kind is None:  # an HTML tag
                at = self._before = m.end()
                if "[" in m[0]:
                    self._body.regions.append(Region(m.start() + 1, at, "html"))
                continue
            read = self._READERS.get(kind)
            at = read(self, m) if read else _FULL
            if at == _FULL:
                return False
        return True

    def read_callout(self, at: int) -> bool:
        """Read the callout whose `[!` stands at `at`, if it is one; return False where it takes the full parse.

        It begins its quote, and that for certain: below an empty line, or below text.
        """
        text, look = self._text, self._look
        line = look.rfind("\n", max(self._start, at - 6), at) + 1 or self._start
        quote = _QUOTE.match(look, line, at + 2)
        callout = CALLOUT.match(text, at)
        if callout is None or quote is None or quote.end() != at:
            return True
        if text[callout.end() : callout.end() + 1] not in " \n":
            return False
        if line > self._start + 1 and look[line - 2] != "\n":
            top = look.rfind("\n\n", self._start, line)
            if not TOP_LEVEL.fullmatch(look, top + 2 if top >= 0 else self._start, line - 1):
                return False
        self._body.callouts.append(Callout(Span(at, line_end(look, at)), callout["type"], Span(*callout.span("type"))))
        return True

    def _follows(self, mark: str) -> bool:
        """Return whether `mark` may stand further down in the line's paragraph.

        It is looked for but once where it is not, and no further than to the first where it is.
        """
        end = self._last
        if self._alone or end < self._absent.get(mark, 0):
            return False
        if end >= self._bottom:
            bottom = self._look.find("\n\n", end)
            self._bottom = len(self._look) if bottom < 0 else bottom
        if self._look.find(mark, end, self._bottom) >= 0:
            return True
        self._absent[mark] = self._bottom
        return False

    def _place_at(self, at: int) -> Place:
        return "comment" if at < self._comment_end else self._place

    def _embeds(self, at: int) -> bool:
        return at > self._before and self._look[at - 1] == "!"

    def _wikilink(self, m: Match) -> int:
        at, end = m.span()
        embed = self._embeds(at)
        at -= embed
        link = wikilink(
            self._text[m.start() + 2 : end - 2], m.start() + 2, Span(at, end), embed=embed, place=self._place_at(at)
        )
        if link is None:
            return _FULL
        self._body.links.append(link)
        self._body.regions.append(Region(m.start() + 2, end - 2, "display"))
        self._before = end
        return end

    def _link(self, m: Match) -> int:
        at, end = m.span()
        embed = self._embeds(at)
        at -= embed
        said, span = m["text"], Span(*m.span("text"))
        if "%%" in said or any(self._math_end(*d.span()) != d.end() for d in _DOLLARS.finditer(self._look, *span)):
            return _FULL
        where = Span(*m.span("destination"))
        found = markdown_link(
            m["destination"], where, Span(at, end), said, span, form="markdown", embed=embed, place=self._place_at(at)
        )
        if isinstance(found, ExternalLink):
            self._body.external.append(found)
        elif found:
            self._body.links.append(found)
        if said:
            self._body.regions.append(Region(*span, "link"))
        for tag in _TAG.finditer(self._look, *span) if "#" in said else ():
            if tag.start() == span.start or self._look[tag.start() - 1] in "[>_#$":
                return _FULL
            self._add_tag(tag)
        self._before = end
        return end

    def _opener(self, m: Match) -> int:
        """Return a bracket that nothing closes on its line: what could make a link of it is nowhere further down."""
        return _FULL if self._follows("](") else m.end()

    def _url(self, m: Match) -> int:
        at, end = m.span()
        look = self._look
        url = _BARE_URL.match(look, at - 4 - (look[at - 1] in "sS"), self._last)
        if url is None or url.start() < self._before or look.find("](", at, end) >= 0:
            return _FULL
        where = Span(url.start(), url.start() + bare_url_end(url[0]))
        if _MARK.search(look, where.end, end):
            return _FULL
        place = self._place_at(where.start)
        self._body.external.append(
            ExternalLink(where, "bare", False, look[where.start : where.end], where, "", None, place)
        )
        self._before = end
        return end

    def _autolink(self, m: Match) -> int:
        at, end = m.span()
        where = Span(at + 1, end - 1)
        url = m["autolink"]
        self._body.external.append(
            ExternalLink(Span(at, end), "autolink", False, url, where, url, where, self._place_at(at))
        )
        self._before = end
        return end

    def _tag(self, m: Match) -> int:
        at, end = m.span()
        if at != self._first and (at == self._before or self._look[at - 1] in "[>_$"):  # behind a link, in emphasis, …
            return _FULL
        self._add_tag(m)
        self._before = end
        return end

    def _add_tag(self, m: Match) -> None:
        start = self._first if self._place == "table" else self._start
        if before_tag(self._look, m.start(), start) and not TAG_NUMBER.fullmatch(m["name"]):
            self._body.tags.append(Tag(Span(*m.span()), m["name"]))

    def _code(self, m: Match) -> int:
        """Code ends at the next run of as many backticks."""
        at, begin = m.span()
        look, marks, last = self._look, m[0], self._last
        end = look.find(marks, begin, last)
        while end >= 0 and (look[end - 1] == "`" or look.startswith("`", end + len(marks), last)):
            end += len(marks)
            while end < last and look[end] == "`":
                end += 1
            end = look.find(marks, end, last)
        if end < 0:
            self._before = begin  # a tag may begin behind it, all the same
            return _FULL if look.find("`", begin, last) >= 0 or self._follows("`") else begin
        self._before = end + len(marks)
        self._body.add_code(Code(Span(at, self._before), "inline"))
        return self._before

    def _escape(self, m: Match) -> int:
        self._before = m.end()
        return m.end()

    def _math(self, m: Match) -> int:
        at, begin = m.span()
        end = self._math_end(at, begin)
        if end > begin:
            self._body.regions.append(Region(at, end, "math"))
        self._before = max(begin, end)  # a tag may begin behind a dollar, too
        return end

    def _math_end(self, at: int, begin: int) -> int:
        """Return the end of the math that the dollars up to `begin` open; `begin` if they open none.

        It ends at the next run of dollars. A single one opens it only if both look like marks, not like prices.
        """
        look, last = self._look, self._last
        single = begin == at + 1
        if single and (begin == last or look[begin].isspace()):
            return begin
        closing = next((c for c in _DOLLAR.finditer(look, begin, last) if c[1]), None)
        if closing is None:
            return self._math_below(begin, single=single)
        end = closing.end()
        price = look[closing.start() - 1].isspace() or look[end : min(end + 1, last)].isdigit()
        return begin if single and price else end

    def _math_below(self, begin: int, *, single: bool) -> int:
        """As `_math_end`, where no other dollar stands on the line."""
        if not self._follows("$"):
            return begin
        look = self._look
        at = end = look.find("$", self._last)
        while look.startswith("$", end):
            end += 1
        price = look[at - 1] in " \n" or look[end : end + 1].isdigit()
        return begin if single and price and look[at - 1] != "\\" else _FULL

    def _comment(self, m: Match) -> int:
        """Links and tags live in a comment."""
        at, begin = m.span()
        if at < self._comment_end:
            return begin
        end = self._look.find("%%", begin, self._last)
        if end < 0:
            return _FULL if self._follows("%%") else begin
        self._comment_end = end + 2
        self._body.add_comment(Comment(Span(at, end + 2), "obsidian"))
        return begin

    _READERS: ClassVar[dict[str, Callable[[LineReader, Match], int]]] = {
        "inner": _wikilink,
        "destination": _link,
        "opener": _opener,
        "url": _url,
        "autolink": _autolink,
        "name": _tag,
        "ticks": _code,
        "escaped": _escape,
        "dollars": _math,
        "percent": _comment,
    }
