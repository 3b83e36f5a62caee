"""mistune's block parser over the lines of a note."""

from __future__ import annotations

import re
from collections.abc import Callable

from mistune import BlockParser, BlockState

from processor.parse.grammar import CALLOUT, CLOSE_TAG, HTML_BLOCKS, OPEN_TAG
from processor.parse.markdown.containers import list_items, quote_lines
from processor.parse.markdown.lines import Definition, Lines, Match, label_key
from processor.parse.markdown.tables import parse_table

_SPACE = re.compile(r"[ \t]*")
_TABBED = re.compile(r" *\t")
_DEEP = re.compile(r" *\t| {4}")
_INDENTED = re.compile(r" {4}|\t")
_SETEXT = re.compile(r"(?:=+|-+)$", re.M)
_DEFINITION = re.compile(
    r"[ \t]*\[(?!\^)(?P<label>(?:[^\[\]\\\n]|\\.)++)\]:[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s\[\]]+))"
    r"""(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$""",
    re.M,
)
_FOOTNOTE = re.compile(r"[ \t]*\[\^(?P<label>[^\]\n]+)\]:[ \t]*")
_HTML_END = {
    "raw": re.compile(r"</(?:script|pre|style)>", re.I),
    "markup": re.compile(r"-->"),
    "instruction": re.compile(r"\?>"),
    "declaration": re.compile(r">"),
    "cdata": re.compile(r"\]\]>"),
}
_INTERRUPTS = frozenset({"comment", "math", "fence", "block_quote", "heading", "thematic_break", "list", "html"})
_INTERRUPTS_QUOTE = _INTERRUPTS | {"indented"}
_INTERRUPTS_LIST = frozenset({"comment", "math", "fence", "heading", "thematic_break"})


class Blocks(BlockParser):
    """mistune's block parser over runs of lines. Each `parse_*` reads a block and returns the line behind it, or None."""

    state_cls = Lines
    SPECIFICATION = {  # noqa: RUF012  mistune's own attribute
        "indented": r"(?: {4}|\t)",
        "fence": r"[ \t]*(?P<ticks>`{3,}+(?=[^`]*$)|~{3,}+)(?P<info>.*)$",
        "block_quote": r"[ \t]*>",
        "heading": r"[ \t]*(?P<marks>#{1,6})(?=[ \t]|$)",
        "thematic_break": r"[ \t]*(?P<rule>[*_-])(?: *(?P=rule)){2,} *$",
        "list": r"[ \t]*(?P<bullet>[*+-]|(?P<number>[0-9]+)[.)])(?P<gap> {1,4}(?! )| |\t|$)",
        "html": (
            r"[ \t]*<(?:(?P<raw>(?i:script|pre|style)(?=[\s>]|$))|(?P<markup>!--)|(?P<instruction>\?)"
            rf"|(?P<declaration>![A-Za-z])|(?P<cdata>!\[CDATA\[)|/?(?i:{HTML_BLOCKS})(?=\s|/?>|$))"
        ),
        "html_tag": rf"[ \t]*(?:{OPEN_TAG}|{CLOSE_TAG})[ \t]*$",
    }
    DEFAULT_RULES = tuple(SPECIFICATION)  # type: ignore[assignment]  # of a fixed length there

    def __init__(self) -> None:
        super().__init__()
        self._innermost = [r for r in self.rules if r not in ("block_quote", "list")]

    def insert_block_rule(self, name: str, pattern: str, func: Callable[[Blocks, Match, Lines], int | None]) -> None:
        """Register a rule that is tried before all others."""
        self.register(name, pattern, func, before=self.rules[0])  # type: ignore[arg-type]
        self._innermost.insert(0, name)

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        assert isinstance(state, Lines)
        deepest = state.level >= self.max_nested_level
        match = self.compile_sc(self._innermost if deepest else rules).match
        text, starts, ends = state.src, state.starts, state.ends
        while (line := state.cursor) < len(starts):
            if state.blank(line):
                state.cursor += 1
                continue
            m = match(text, starts[line], ends[line])
            state.cursor = (self.parse_method(m, state) if m else None) or self.parse_paragraph(state)

    def _kind(self, state: Lines, line: int) -> str | None:
        """Return the rule that a line would start a block by, as far as it may do so inside a paragraph."""
        m = self.compile_sc().match(state.src, state.starts[line], state.ends[line])
        if m is None or (m.lastgroup == "list" and m["number"] not in (None, "1")):
            return None
        return m.lastgroup

    def parse_paragraph(self, state: Lines) -> int:
        first = state.cursor
        if self._parse_setext(state, first):
            return first + 2
        if after := self._parse_definition(state, first) or parse_table(state, first):
            return after
        line = first + 1
        while line < len(state.starts) and self._continues(state, line):
            line += 1
        start = _SPACE.match(state.src, state.starts[first], state.ends[first])
        state.add("paragraph", first, line, start=start.end() if start else -1)
        return line

    def _continues(self, state: Lines, line: int) -> bool:
        """Return whether a line goes on with the paragraph above it: behind a tab it always does, even with nothing on it."""
        if state.blank(line):
            return _TABBED.match(state.src, state.starts[line], state.ends[line]) is not None
        deep = _DEEP.match(state.src, state.starts[line], state.ends[line])
        return deep is not None or self._kind(state, line) not in _INTERRUPTS

    def _parse_setext(self, state: Lines, line: int) -> bool:
        """Only a paragraph of one line becomes a heading; one character is enough to underline it."""
        if line + 1 >= len(state.starts) or not _SETEXT.match(state.src, state.starts[line + 1], state.ends[line + 1]):
            return False
        level = 1 if state.src[state.starts[line + 1]] == "=" else 2
        text = state.src[state.starts[line] : state.ends[line]]
        state.add("heading", line, line + 2, start=state.ends[line] - len(text.lstrip()), level=level, info="setext")
        return True

    def _parse_definition(self, state: Lines, line: int) -> int | None:
        text, start, end = state.src, state.starts[line], state.ends[line]
        if state.level < self.max_nested_level and (m := _FOOTNOTE.match(text, start, end)):
            return self._parse_footnote(state, m)
        m = _DEFINITION.match(text, start, end)
        if m is None:
            return None
        group = "bare" if m["angle"] is None else "angle"
        state.definitions.setdefault(label_key(m["label"]), Definition(m[group], m.start(group), m.end(group)))
        state.past(start)
        return line + 1

    def _parse_footnote(self, state: Lines, m: Match) -> int:
        """Return a footnote's text holds blocks: the lines that follow on, and behind blank lines those that are indented."""
        first = line = state.cursor
        starts, ends = [m.end()], [state.ends[first]]
        line += 1
        blanks = 0
        while line < len(state.starts):
            start, end = state.starts[line], state.ends[line]
            if state.blank(line):
                blanks += 1
            else:
                indent = _INDENTED.match(state.src, start, end)
                if indent is None and (
                    blanks
                    or self._kind(state, line) in _INTERRUPTS
                    or _FOOTNOTE.match(state.src, start, end)
                    or _DEFINITION.match(state.src, start, end)
                ):
                    break
                blanks = 0
                start = indent.end() if indent else start
            starts.append(start)
            ends.append(end)
            line += 1
        line -= blanks
        self.parse(state.child(starts[: line - first], ends[: line - first]))
        state.past(state.starts[first])
        return line

    def parse_indented(self, _m: Match, state: Lines) -> int | None:
        first = state.cursor
        line = last = first + 1
        while line < len(state.starts):
            if not state.blank(line):
                if not _INDENTED.match(state.src, state.starts[line], state.ends[line]):
                    break
                last = line + 1
            line += 1
        state.add("indented", first, last)
        return last

    def parse_fence(self, m: Match, state: Lines) -> int:
        mark = m["ticks"]
        closing = re.compile(rf" {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*$", re.M)
        line = state.cursor + 1
        closed = False
        while line < len(state.starts) and not closed:
            closed = closing.match(state.src, state.starts[line], state.ends[line]) is not None
            line += 1
        state.add("fence", state.cursor, line, start=m.start("ticks"), info=m["info"].strip(), closed=closed)
        return line

    def parse_heading(self, m: Match, state: Lines) -> int:
        state.add("heading", state.cursor, state.cursor + 1, start=m.start("marks"), level=len(m["marks"]))
        return state.cursor + 1

    def parse_block_quote(self, _m: Match, state: Lines) -> int:  # type: ignore[override]
        first = state.cursor

        def ends_quote(line: int) -> bool:
            return self._kind(state, line) in _INTERRUPTS_QUOTE or (
                line + 1 < len(state.starts)
                and _SETEXT.match(state.src, state.starts[line + 1], state.ends[line + 1]) is not None
            )

        (starts, ends), after = quote_lines(state.src, state.starts, state.ends, first, ends_quote)
        inner = state.child(starts, ends)
        if m := CALLOUT.match(state.src, starts[0], ends[0]):
            state.callouts.append((starts[0], ends[0]))
            inner.add("paragraph", 0, 1, start=m.end() if m.end() < ends[0] else -1)
            inner.cursor = 1
        self.parse(inner)
        state.past(state.starts[first])
        return after

    def parse_list(self, _m: Match, state: Lines) -> int:  # type: ignore[override]
        first = state.cursor
        rule = self.compile_sc(["thematic_break"])
        items, after = list_items(
            state.src,
            state.starts,
            state.ends,
            first,
            lambda line: self._kind(state, line) in _INTERRUPTS_LIST,
            lambda line: rule.match(state.src, state.starts[line], state.ends[line]) is not None,
        )
        for item in items:
            self.parse(state.child(item.starts, item.ends, item.bullet))
        state.past(state.starts[first])
        return after

    def parse_thematic_break(self, m: Match, state: Lines) -> int:  # type: ignore[override]
        state.past(m.start())
        return state.cursor + 1

    def parse_html(self, m: Match, state: Lines) -> int:
        if self._parse_setext(state, state.cursor):
            return state.cursor + 2
        closing = next((_HTML_END[name] for name in _HTML_END if m[name]), None)
        if closing is None:
            return self._parse_element(state)
        line, closed = state.cursor, False
        begin = m.end()
        while line < len(state.starts) and not closed:
            closed = closing.search(state.src, begin, state.ends[line]) is not None
            line += 1
            begin = state.starts[line] if line < len(state.starts) else begin
        type_ = "html comment" if m["markup"] else "html"
        first = state.src.index("<", state.starts[state.cursor])
        state.add(type_, state.cursor, line, start=first, closed=closed)
        return line

    def parse_html_tag(self, _m: Match, state: Lines) -> int:
        return state.cursor + 2 if self._parse_setext(state, state.cursor) else self._parse_element(state)

    def _parse_element(self, state: Lines) -> int:
        """To the next line that is empty: white space alone does not end it."""
        line = state.cursor + 1
        while line < len(state.starts) and state.starts[line] < state.ends[line]:
            line += 1
        first = state.src.index("<", state.starts[state.cursor])
        state.add("html", state.cursor, line, start=first)
        return line
