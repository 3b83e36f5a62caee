from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.report.terminal import Paint, cells, clipped, columns, is_narrow, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 程度 👩‍👧", "plain é 程度 👩‍👧"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\tb\nc\r\x00\x7f", "a b␊c␍␀␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("zero\u200bwidth\u2060", "zero<U+200B>width<U+2060>"),
        ("\u202eabc\u2066", "<U+202E>abc<U+2066>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_what_would_not_show_itself_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_what_is_visible_can_be_printed_and_is_one_line(text: str) -> None:
    shown = visible(text)
    shown.encode()
    assert not any(unicodedata.category(c) == "Cc" for c in shown)
    assert len(shown.splitlines()) <= 1
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("程度", 4),
        ("ｆｕｌｌ", 8),
        ("👍", 2),
        ("👍🏽", 2),
        ("👩‍👩‍👧", 2),
        ("❤️", 2),
        ("❤", 1),
        ("👁️‍🗨️", 2),
        ("🇩🇪", 2),
        ("1️⃣", 2),
        ("한글", 4),
        ("\u1112\u1161\u11ab", 2),  # the same syllable as 한, in parts
        ("क्‍ष", 2),  # a joiner between letters is no emoji's
        ("\t", 4),
        ("\x1b", 1),
        ("\u200b", 8),
        ("", 0),
    ],
)
def test_width(text: str, width: int) -> None:
    assert columns(cells(text)) == width


@given(st.text())
def test_each_code_point_has_its_cell(text: str) -> None:
    assert len(cells(text)) == len(text)


@given(st.text(), st.integers(2, 30))
def test_a_clipped_text_fits(text: str, width: int) -> None:
    cut = clipped(text, width)
    assert columns(cells(cut)) <= width
    assert cut == visible(text) or cut.endswith("…")


def test_clipped() -> None:
    assert clipped("abcdef", 6) == "abcdef"
    assert clipped("abcdef", 5) == "abcd…"
    assert clipped("程度程度", 6) == "程度…"
    assert clipped("a" * 10_000_000, 5) == "aaaa…"


def test_paint() -> None:
    assert Paint(on=True)("no", "error") == "\x1b[1;31mno\x1b[0m"
    assert Paint(on=True)("", "error") == ""
    assert Paint(on=False)("no", "error") == "no"


def test_narrow_characters_are_those_that_are_shown_as_they_are_in_one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = [c for c in map(chr, range(0x10FFFF + 1)) if is_narrow(c)]
    assert len(narrow) > 800
    monkeypatch.setattr("processor.report.terminal.is_narrow", lambda _text: False)
    assert [c for c in narrow if cells(c) != [(c, 1)] or cells(f"a{c}") != [("a", 1), (c, 1)]] == []
