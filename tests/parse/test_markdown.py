"""Blocks: which lines are code, headings, tables, quotes and lists, and where each begins and ends."""

from __future__ import annotations

import pytest

from processor.parse.markdown import Blocks, Lines
from processor.parse.markdown.containers import indentation, list_items, quote_lines

BLOCKS = Blocks()


def leaves(text: str) -> list[tuple[str, str]]:
    """Each leaf's type and its text, its lines without what containers take from them."""
    state = Lines.of(text, 0)
    BLOCKS.parse(state)
    return [(leaf.type, "\n".join(text[start:end] for start, end in leaf.pieces)) for leaf in state.leaves]


CASES = {
    "paragraphs": ("a\nb\n\nc", [("paragraph", "a\nb"), ("paragraph", "c")]),
    "white space before a paragraph": ("   a\n  b", [("paragraph", "a\n  b")]),
    "a fence": ("```py\na\n```\nb", [("fence", "```py\na\n```"), ("paragraph", "b")]),
    "a fence with a shorter one in it": ("````\n```\n````", [("fence", "````\n```\n````")]),
    "a fence that another cannot close": ("```\n~~~\n``` x", [("fence", "```\n~~~\n``` x")]),
    "backticks in a fence's first line": ("``` a`b", [("paragraph", "``` a`b")]),
    "tildes may hold backticks": ("~~~ a`b\n~~~", [("fence", "~~~ a`b\n~~~")]),
    "indented code": ("    a\n\n    b\n\nc", [("indented", "    a\n\n    b"), ("paragraph", "c")]),
    "a tab is code": ("\ta", [("indented", "\ta")]),
    "a tab behind spaces is none": ("  \ta", [("paragraph", "a")]),
    "indented lines in a paragraph": ("a\n    b", [("paragraph", "a\n    b")]),
    "a tab behind the mark of a quote": (">\ta", [("indented", "\ta")]),
    "a quote": ("> a\n>b\n> c", [("paragraph", "a\nb\nc")]),
    "a lazy line": ("> a\nb", [("paragraph", "a\nb")]),
    "a lazy line that opens a block": ("> a\n- b", [("paragraph", "a"), ("paragraph", "b")]),
    "a lazy line below a fence in a quote": ("> ```\n> a\nb", [("fence", "```\na\nb")]),
    "a blank line ends a quote": ("> a\n\nb", [("paragraph", "a"), ("paragraph", "b")]),
    "quotes within quotes": ("> > a\n> b", [("paragraph", "a\nb")]),
    "a list": ("- a\n- b", [("paragraph", "a"), ("paragraph", "b")]),
    "a list item's second paragraph": ("- a\n\n  b\n\nc", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
    "a lazy line in a list": ("- a\nb", [("paragraph", "a\nb")]),
    "another bullet": ("- a\n* b", [("paragraph", "a"), ("paragraph", "b")]),
    "a numbered list interrupts only with 1": ("a\n2. b\n1. c", [("paragraph", "a\n2. b"), ("paragraph", "c")]),
    "a list within a list": ("- a\n  - b\n    - c", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
    "a numbered item takes four columns": ("1. a\n\n    b", [("paragraph", "a"), ("paragraph", "b")]),
    "code in a list item": ("- a\n\n      b", [("paragraph", "a"), ("indented", "    b")]),
    "code behind a bullet": ("-     a", [("indented", "    a")]),
    "a bullet with a tab": ("-\ta\n\n\tb", [("paragraph", "a"), ("paragraph", "b")]),
    "a task": ("- [ ] a\n- [x] # b", [("paragraph", "a"), ("heading", "# b")]),
    "a fence in a list": ("- ```\n  a\n  ```\n- b", [("fence", "```\na\n```"), ("paragraph", "b")]),
    "a quote in a list": ("- > a\n  > b", [("paragraph", "a\nb")]),
    "a list in a quote": ("> - a\n>   b\n> - c", [("paragraph", "a\nb"), ("paragraph", "c")]),
    "a thematic break is no list": ("- a\n- - -\nb", [("paragraph", "a"), ("paragraph", "b")]),
    "a heading with marks behind it": ("## a ##", [("heading", "## a ##")]),
    "an underlined heading": ("a\n--", [("heading", "a\n--")]),
    "an underlined tag": ("<div>\n===\na", [("heading", "<div>\n==="), ("paragraph", "a")]),
    "an underline with white space is none": ("a\n--- ", [("paragraph", "a")]),
    "an underline below two lines is none": ("a\nb\n==", [("paragraph", "a\nb\n==")]),
    "an HTML block ends at a blank line": ("<div>\na\n\nb", [("html", "<div>\na"), ("paragraph", "b")]),
    "but not at white space": ("<div>\na\n \nb", [("html", "<div>\na\n \nb")]),
    "a tag alone on its line": ("<x-y z='1'>\na\n\nb", [("html", "<x-y z='1'>\na"), ("paragraph", "b")]),
    "a tag alone interrupts no paragraph": ("a\n<b>", [("paragraph", "a\n<b>")]),
    "a div interrupts a paragraph": ("a\n<div>", [("paragraph", "a"), ("html", "<div>")]),
    "a script runs to its end": ("<script>\n\na\n</script> b\nc", [("html", "<script>\n\na\n</script> b"), ("paragraph", "c")]),
    "an HTML comment runs to its end": ("<!-- a\n\nb --> c\nd", [("html comment", "<!-- a\n\nb --> c"), ("paragraph", "d")]),
    "a table": ("a | b\n--|--\nc | d\ne", [("row", "a | b"), ("cell", "a"), ("cell", "b"), ("row", "c | d"), ("cell", "c"), ("cell", "d"), ("paragraph", "e")]),
    "a table's rows may differ in length": ("|a|\n|-|-|\n|b|c|d|", [("row", "|a|"), ("cell", "a"), ("row", "|b|c|d|"), ("cell", "b"), ("cell", "c"), ("cell", "d")]),
    "an escaped bar": ("|a|\n|-|\n|b\\|c|", [("row", "|a|"), ("cell", "a"), ("row", "|b\\|c|"), ("cell", "b\\|c")]),
    "a table does not interrupt a paragraph": ("x\n|a|\n|-|", [("paragraph", "x\n|a|\n|-|")]),
    "a table needs its second row": ("|a|\n|b|", [("paragraph", "|a|\n|b|")]),
    "a table in a quote": ("> |a|\n> |-|", [("row", "|a|"), ("cell", "a")]),
    "a definition": ("[a]: b 'c'\nd", [("paragraph", "d")]),
    "no definition": ("[a]: b c", [("paragraph", "[a]: b c")]),
    "a footnote": ("[^1]: a\nb\n\n    c\n\nd", [("paragraph", "a\nb"), ("paragraph", "c"), ("paragraph", "d")]),
    "two footnotes": ("[^1]: a\n[^2]: b", [("paragraph", "a"), ("paragraph", "b")]),
    "carriage returns are no line ends": ("a\rb", [("paragraph", "a\rb")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert leaves(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a", (0, 0)),
        ("  a", (2, 2)),
        ("\ta", (4, 1)),
        (" \ta", (4, 2)),
        ("\t a", (5, 2)),
        ("   ", (3, 3)),
        ("", (0, 0)),
    ],
)
def test_indentation(line: str, expected: tuple[int, int]) -> None:
    assert indentation(line, 0, len(line)) == expected


def lines(text: str) -> tuple[list[int], list[int]]:
    state = Lines.of(text, 0)
    return state.starts, state.ends


def test_quote_lines_begin_behind_the_mark() -> None:
    text = "> a\n>b\n  > c\nd\n\n> e"
    (starts, ends), after = quote_lines(text, *lines(text), 0, lambda _line: False)
    assert [text[s:e] for s, e in zip(starts, ends, strict=True)] == ["a", "b", "c", "d"]
    assert after == 4


def test_list_items_lose_what_all_their_lines_are_indented_by() -> None:
    text = "- a\n  b\n    c\n\n  d\n- e\n f\n"
    items, after = list_items(text, *lines(text), 0, lambda _line: False, lambda _line: False)
    assert [[text[s:e] for s, e in zip(i.starts, i.ends, strict=True)] for i in items] == [
        ["a", "b", "  c", "", "d"],
        ["e", "f"],
    ]
    assert [text[i.bullet] for i in items] == ["-", "-"]
    assert after == 7


def test_nesting_has_a_limit() -> None:
    """Behind it a mark is text; nothing is lost."""
    (kind, text), *rest = leaves("> " * 50 + "a")
    assert (kind, rest) == ("paragraph", [])
    assert text.endswith("> a")
