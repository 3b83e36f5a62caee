"""The carets stand under the span, whatever the line is made of and however long it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base.text import LineTable, Span
from processor.report.excerpt import _around, cut, excerpt
from processor.report.terminal import cells, columns
from tests.examples import examples
from tests.tables import spans_of


def shown(marked: str, width: int = 80) -> str:
    """The excerpt for the marked span: the line, and below it the carets."""
    text, [span] = spans_of(marked)
    found = excerpt(text, Span(*span), LineTable(text).position(span[0]).column, width)
    assert found is not None
    return f"{found.line.rstrip()}\n{' ' * found.indent}{'^' * found.length}"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("see «[[Foo]]» now", "see [[Foo]] now\n    ^^^^^^^"),
        ("«a»", "a\n^"),
        ("one\ntwo «x»\nthree", "two x\n    ^"),
        ("a\t«b»", "a    b\n     ^"),
        ("程度 «程» x", "程度 程 x\n     ^^"),
        ("e\u0301 «b»", "e\u0301 b\n  ^"),
        ("👩‍👩‍👧 «b»", "👩‍👩‍👧 b\n   ^"),
        ("\x1b[1m«b»", "␛[1mb\n    ^"),
        ("«\u200b»b", "<U+200B>b\n^^^^^^^^"),
        ("here«» it is missing", "here it is missing\n    ^"),
        ("at the end«»\nnext", "at the end\n          ^"),
        ("ends «with\nthe next» line", "ends with\n     ^^^^"),
        ("the line's end«\n»next", "the line's end\n              ^"),
        ("a «b »", "a b\n  ^^"),
    ],
)
def test_carets(marked: str, expected: str) -> None:
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("«x» and then quite a lot of text", "x and then quite a…\n^"),
        ("after quite a lot of text comes «x»", "…ot of text comes x\n                  ^"),
        ("a lot of text stands here, «x», and there too", "…ere, x, and there …\n      ^"),
        ("so «it goes on and on and on and on» here", "…it goes on and on …\n ^^^^^^^^^^^^^^^^^^"),
        ("«it goes on and on and on and on»", "it goes on and on …\n^^^^^^^^^^^^^^^^^^"),
        ("程度程度程度程度程度程度«x»程度程度程度程度", "…程度x程度程度程度…\n     ^"),
        ("e\u0301" * 30 + "«x»", "…" + "e\u0301" * 17 + "x\n" + " " * 18 + "^"),
        ("exactly twenty c«x»lls", "exactly twenty cxlls\n                ^"),
    ],
)
def test_a_long_line_is_cut_around_the_span(marked: str, expected: str) -> None:
    assert shown(marked, 20) == expected


def test_a_text_that_has_changed_has_no_excerpt() -> None:
    assert excerpt("short", Span(10, 12), 3, 80) is None
    assert excerpt("one line", Span(4, 5), 3, 80) is None
    assert excerpt("one line", Span(4, 5), 9, 80) is None


def test_a_line_of_400_kb_is_shown_around_each_span() -> None:
    text = "[00:00:03] " * 36_000
    for start in range(0, len(text), 1100):
        found = excerpt(text, Span(start, start + 10), start + 1, 100)
        assert found is not None
        assert found.line[found.indent : found.indent + found.length] == "[00:00:03]"


LETTERS = st.sampled_from("ab [](#\t\x1b\x00程度Ａ한é👍👩🏽❤\u0301\u200d\ufe0f\u200b\u202e🇩क\u094d\n")
SIMPLE = st.sampled_from("ab []程度👍é\n")


@examples(200)
@given(st.lists(LETTERS, max_size=60).map("".join), st.data(), st.integers(0, 60))
def test_the_excerpt_fits_and_the_carets_are_in_it(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = LineTable(text)
    place = lines.position(start)
    found = excerpt(text, Span(start, end), place.column, width)
    assert found is not None
    found.line.encode()
    assert "\n" not in found.line
    # the joined forms are measured in their line, so a cut may make two of one
    assert columns(cells(found.line)) <= max(20, width) + 4 * ("\u200d" in text or "\ufe0f" in text or "🏽" in text)
    assert found.length >= 1


@examples(200)
@given(st.lists(SIMPLE, max_size=80).map("".join), st.data(), st.integers(20, 60))
def test_above_the_carets_is_the_span(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    lines = LineTable(text)
    line = lines.line(start)
    end = data.draw(st.integers(start, lines.end(line)))
    found = excerpt(text, Span(start, end), lines.position(start).column, width)
    assert found is not None
    by_column: list[str] = []  # the character that begins in each column
    for c, n in cells(found.line):
        by_column += [c, *([""] * (n - 1))]
    above = "".join(by_column[found.indent : found.indent + found.length])
    quoted = text[start:end]
    if columns(cells(quoted)) <= width - 2:
        assert above == (quoted or above)
    else:
        assert quoted.startswith(above.rstrip("…"))
    before = "".join(by_column[: found.indent]).removeprefix("…")
    assert text[lines.start(line) : start].endswith(before)
    if columns(cells(text[lines.start(line) : lines.end(line)])) <= width:
        assert found.line == text[lines.start(line) : lines.end(line)]


PIECES = st.one_of(
    st.text("ab —é", max_size=40), st.text("ab —é\n", max_size=8), st.lists(LETTERS, max_size=4).map("".join)
)


@examples(400)
@given(st.lists(PIECES, max_size=6).map("".join), st.data(), st.integers(20, 40))
def test_what_is_left_unlooked_at_makes_no_difference(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    column = LineTable(text).position(start).column
    line, at, stop, opens, closes = _around(text, span, start - column + 1, 2 * width, 4 * width)
    assert excerpt(text, span, column, width) == cut(cells(line), at, stop, width, opens=opens, closes=closes)


@pytest.mark.parametrize("wide", ["程", "\u200b", "\U000e0001", "e\u0301", "👩\u200d"])
def test_however_long_the_span_no_room_is_left_for_what_stands_before(wide: str) -> None:
    for width in range(20, 40):
        for n in range(1, 60):
            text = f"before {wide * n} behind"
            line = cells(text)
            if len(text) < 2 * width:
                assert excerpt(text, Span(7, 7 + n * len(wide)), 8, width) == cut(line, 7, 7 + n * len(wide), width)
