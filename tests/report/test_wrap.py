"""Lines for a terminal: broken at words, by what a terminal's columns hold."""

from __future__ import annotations

import re
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.report import Hints, View
from processor.report.terminal import Paint
from processor.report.text import LONG
from processor.report.wrap import fold, fold_command, fold_page, width_of
from tests.report.findings import TEXT, THREE, finding, report, text_of

CELLS = st.text(st.sampled_from("ab程🌍é\u0301-/."), min_size=1, max_size=12)
LINES = st.lists(CELLS, min_size=1, max_size=20).map(" ".join)


@pytest.mark.parametrize(("line", "width", "hang", "expected"), [
    ("it fits", 7, None, ["it fits"]),
    ("  one two three", 10, None, ["  one two", "    three"]),
    ("  one two three", 10, 2, ["  one two", "  three"]),
    ("", 10, None, [""]),
    # a word is broken nowhere, be it longer than the line
    ("see talks/opening_the_weights.md twice", 12, 0, ["see", "talks/opening_the_weights.md", "twice"]),
    ("--unsafe-fixes and so", 16, 0, ["--unsafe-fixes", "and so"]),
    # what is in quotes, in backticks or a link stays together where it can
    ('the note "Open weights" is', 18, 0, ["the note", '"Open weights" is']),
    ("run `ytvault undo` then", 16, 0, ["run", "`ytvault undo`", "then"]),
    ("write [[a b|c d]]: it", 14, 0, ["write", "[[a b|c d]]:", "it"]),
    ('the note "Open weights, and more of it" is', 18, 0, ['the note "Open', "weights, and more", 'of it" is']),
    # wide characters count double, and their scripts are broken between any two; no line begins with a closing mark
    ("程度程度程度", 8, 0, ["程度程度", "程度"]),
    ("程度程、度", 6, 0, ["程度", "程、度"]),
    ("🌍🌍 ab 🌍", 8, 0, ["🌍🌍 ab", "🌍"]),
    ("e\u0301e\u0301e\u0301 abc", 7, 0, ["e\u0301e\u0301e\u0301 abc"]),
    # cells: what is left of the last stands below its beginning, or on a line of its own
    ("  notes  one two three four five six", 24, None, ["  notes  one two three", "         four five six"]),
    ("  12  a-long-name-of-a-rule  by hand", 28, None, ["  12  a-long-name-of-a-rule", "      by hand"]),
    ("  12  a-long-name-of-a-rule", 22, None, ["  12", "      a-long-name-of-a-rule"]),
    ("one two\nthree four", 5, 0, ["one", "two", "three", "four"]),
])  # fmt: skip
def test_lines(line: str, width: int, hang: int | None, expected: list[str]) -> None:
    assert fold(line, width, hang).split("\n") == expected


def test_colours_take_no_columns() -> None:
    paint = Paint(on=True)
    line = f"  12  {paint('error', 'error')}  {paint('broken-link', 'rule')}  by hand"
    assert fold(line, width_of("  12  error  broken-link  by hand")) == line
    assert re.sub(r"\x1b\[[\d;]*m", "", fold(line, 30)) == fold("  12  error  broken-link  by hand", 30)


@given(LINES, st.integers(8, 60), st.integers(0, 4))
def test_all_words_stay_and_a_line_too_long_is_one_word(text: str, width: int, hang: int) -> None:
    lines = fold(text, width, hang).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        if width_of(line) > width:
            assert len(line.split()) == 1
            assert not re.search("[程🌍]{2}", line)  # it could have been broken between them


@given(LINES, st.integers(8, 60))
def test_what_fits_stays(text: str, width: int) -> None:
    once = fold(text, width, 0)
    assert fold(once, width, 0) == once


@given(st.lists(st.text(st.sampled_from("ab -'\"程$\\"), min_size=1, max_size=12), min_size=1), st.integers(20, 60))
def test_a_command_in_several_lines_is_the_same_command(words: list[str], width: int) -> None:
    command = shlex.join(["ytvault", *words])
    # as a shell has it, a backslash at a line's end goes with that
    assert shlex.split(fold_command(command, width).replace("\\\n", "")) == ["ytvault", *words]


def test_a_command_that_is_too_long() -> None:
    assert (
        fold_command("ytvault lint 'a note.md' --diff", 20) == "  ytvault lint \\\n      'a note.md' \\\n      --diff"
    )


def test_a_page() -> None:
    page = "A rule.\n\nIt says\nmuch of one thing.\n\n- an item that\n  goes on\n- one more\n\n```bad\n[[a]] [[b]] [[c]] [[d]]\nx\n```\n"
    assert fold_page(page, 20).split("\n") == [
        "A rule.", "", "It says much of one", "thing.", "", "- an item that goes", "  on", "- one more", "",
        "```bad", "[[a]] [[b]] [[c]]", "    [[d]]", "x", "```", "",
    ]  # fmt: skip
    assert fold_page("- a\n\n```\nx\n", 20) == "- a\n\n```\nx\n"


MANY = [*THREE, *(finding(TEXT, (0, 3), path="In box/a.md") for _ in range(LONG))]


@pytest.mark.parametrize("findings", [THREE, MANY], ids=["list", "summary"])
@pytest.mark.parametrize("name", ["text", "statistics"])
@pytest.mark.parametrize("width", [40, 60, 80, 160])
def test_a_report_fits_the_terminal(name: str, findings: list, width: int) -> None:
    remarks = ("Left out, as ytvault-baseline.json lists them: 1 finding, which nobody need look at.",)
    view = View(text_of=text_of, terminal=True, width=width, hints=Hints(init="ytvault init"), remarks=remarks)
    for line in report(name, findings, view, missing=[("a.md", "程度 " * 20)]).splitlines():
        assert width_of(line) <= width, line


def test_a_pipe_is_given_lines_as_they_are() -> None:
    told = report("text", THREE, View(text_of=text_of, width=20)).splitlines()
    assert '  6:44 information: no note is called "Llama" [missing-note]' in told
    assert "Found 3 problems in 1 of 21 notes: 1 error, 1 warning and 1 for information." in told


def test_where_a_line_would_show_nothing_none_is_shown() -> None:
    shown = report("text", THREE, View(text_of=text_of, terminal=True, width=24))
    assert "^" not in shown
    assert "broken-link" in shown
