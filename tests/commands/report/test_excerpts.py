"""Excerpts: what is shown is the finding's own text, and what the fix would write, whatever the line holds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from processor.base.text import Edit
from processor.commands.report.excerpts import BEFORE, BEHIND, excerpt
from processor.rules.base import FoundFix, NoteEdit
from tests.report.findings import finding, replaced

TEXTS = st.text(st.sampled_from("ab \n\t\x00é程😀\udc80"), max_size=300)


def units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


@given(TEXTS, st.integers(0, 300), st.integers(0, 40))
@example("x" * 200, 100, 150)
@example("", 0, 0)
def test_it_marks_the_text_of_the_finding(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    found = excerpt(finding(text, (start, end)), text)
    shown = units(found.line)[2 * found.start : 2 * found.end].decode("utf-16-le", "surrogatepass")
    first = text[start:end].partition("\n")[0]
    assert first.startswith(shown)
    assert len(shown) >= min(len(first), BEHIND)
    assert "\n" not in found.line
    assert len(found.line) <= BEFORE + BEHIND + 18


@given(TEXTS, st.integers(0, 300), st.integers(0, 20), st.text("ab😀", max_size=9))
def test_its_edit_gives_the_line_as_mended(text: str, start: int, length: int, new: str) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    if "\n" in text[start:end]:
        return
    found = excerpt(finding(text, (start, end), fix=replaced("note.md", (start, end), new)), text)
    assert found.edits is not None
    ((a, b, written),) = found.edits
    line = units(found.line)
    mended = (line[: 2 * a] + units(written) + line[2 * b :]).decode("utf-16-le", "surrogatepass")
    whole = text[:start] + new + text[end:]
    assert mended.strip("…") in whole or mended.strip("…") == ""


def test_what_is_not_on_the_line_is_not_shown() -> None:
    text = "one\ntwo\n"
    elsewhere = FoundFix("write x", True, (NoteEdit("note.md", Edit(4, 7, "x")),))
    other_note = FoundFix("write x", True, (NoteEdit("other.md", Edit(0, 3, "x")),))
    long = FoundFix("write x", True, (NoteEdit("note.md", Edit(0, 3, "x" * 999)),))
    for fix in (elsewhere, other_note, long):
        found = excerpt(finding(text, (0, 3), fix=fix), text)
        assert (found.fix, found.safe, found.edits) == ("write x", True, None)


def test_without_a_text_there_is_no_line() -> None:
    assert excerpt(finding("abc", (0, 3)), None)[1:4] == ("", 0, 0)
