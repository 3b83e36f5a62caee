"""What a link to a missing note becomes shows the words that stood there, and means nothing else."""

from __future__ import annotations

import html
import re

import mistune
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from processor.base.text import Edit
from processor.commands.build.inert import inert
from processor.commands.build.missing import unlinked
from processor.vault.note import Note, parse_note

SAMPLES = (
    "__init__", "*args", "**kwargs", "<script>", "</b>", "<!-- x", "<https://example.com>", "---", "***", "___", "===", "--", "%%gone%%", "%%",
    "#tag", "# x", "###", "1. x", "12) y", "1.", "1984", "> q", "- x", "+ x", "-", "$x$", "$$", "`c`", "``", "```", "[x](y)", "[x]: y", "[^1]", "[ ] todo",
    "[!note]", "\\", "a\\", "\\*", "~~~", "~~gone~~", "==h==", "=", "^id", "x ^id", "https://example.com/a_b", "www.example.com", "a@example.com",
    "mailto:a@b.example", "a | b", "|---|", "&amp;", "&#42;", "wow!", "_x_", "snake_case", "x_", "C#", "C# x", "#", "2 * 3 < 4 > 1",
    ":", ": x", "(x)", ".", ") x", "é", "日本 #語", "a  b", "!", "![p](q.png)", "{x}", "'\"",
)  # fmt: skip
BEFORE = (
    "",
    "- ",
    "1. ",
    "> ",
    "  - ",
    "word ",
    "word",
    "# ",
    "(",
    "- [x] ",
    "| a | ",
    "**b** ",
    "-",
    "#",
    "<",
    "&",
    "[t]",
    "=",
    "%",
    "~",
    "1",
    "> [!note] ",
)
AFTER = ("", ". word", ") word", " word", "word", ".", "=", "%", "[x](https://example.com)", " -", ")", "!", ";")
PARTS = st.lists(
    st.sampled_from(["*", "_", "__", "`", "```", "~", "~~~", "=", "==", "%", "%%", "$", "#", "^", "!", "&", "<", ">", "(", ")", "[", "]", "|", "\\", "-", "--", "+", ".", ":", "://", "@", "1", "a", "B", "www.", "http", "é", " ", "/", ";", "amp;", "id"]),
    min_size=1,
    max_size=8,
).map("".join)  # fmt: skip


def said(note: Note) -> list[object]:
    """What a note holds besides words, by kind and number."""
    body = (
        note.links,
        note.external_links,
        note.dead_links,
        note.tags,
        note.blocks,
        note.callouts,
        note.code,
        note.comments,
    )
    return [
        *[len(part) for part in body],
        [h.level for h in note.headings],
        [r.place for r in note.regions],
        [t.form for t in note.timestamps],
    ]


def replaced(before: str, text: str, after: str) -> tuple[str, str]:
    """A line with the words in it, and the same line with a plain word for them."""
    written, taken = inert(text, before, after)
    plain, also = inert("word", before, after)
    return before[: len(before) - taken] + written + after, before[: len(before) - also] + plain + after


@pytest.mark.parametrize("text", SAMPLES)
def test_words_are_nothing_but_words(text: str) -> None:
    for before in BEFORE:
        for after in AFTER:
            line, plain = replaced(before, text, after)
            assert said(parse_note(f"Above.\n\n{line}\n")) == said(parse_note(f"Above.\n\n{plain}\n")), (line, plain)


@given(PARTS, st.sampled_from(BEFORE), st.sampled_from(AFTER))
@example("a@", "", "b.example")
def test_any_words_are_nothing_but_words(text: str, before: str, after: str) -> None:
    text = text.strip()
    if not text or re.search(r"\d:\d\d", text):
        return
    line, plain = replaced(before, text, after)
    assert said(parse_note(f"Above.\n\n{line}\n")) == said(parse_note(f"Above.\n\n{plain}\n")), (line, plain)
    assert said(parse_note(f"Above.\n{line}\n")) == said(parse_note(f"Above.\n{plain}\n")), (line, plain)


MARKDOWN = mistune.create_markdown(
    escape=True, plugins=["strikethrough", "url", "mark", "math", "table", "footnotes", "task_lists"]
)


def shown_by_another(text: str) -> str:
    """What another program shows of a text: its words, and its tags where there are other than paragraphs."""
    return html.unescape(re.sub(r"</?p>|\n", "", MARKDOWN(text)))


@pytest.mark.parametrize("text", SAMPLES)
def test_another_program_shows_the_words(text: str) -> None:
    for before, after in (("", ""), ("", " word"), ("word ", ""), ("word ", " word")):
        assert shown_by_another(replaced(before, text, after)[0]) == before + text + after


@pytest.mark.parametrize("after", [". word", ") word", "."])
@pytest.mark.parametrize("text", ["1984", "1"])
def test_a_number_begins_no_list(text: str, after: str) -> None:
    line = replaced("", text, after)[0]
    assert html.unescape(shown_by_another(line)) == text + after  # once more, as mistune reads no entity


@given(PARTS)
def test_another_program_shows_any_words(text: str) -> None:
    text = text.strip()
    if text and not re.search(r"\d:\d\d", text):
        assert shown_by_another(replaced("", text, "")[0]) == text
        assert shown_by_another(replaced("word ", text, " word")[0]) == f"word {text} word"


@pytest.mark.parametrize(
    "text", [t for t in SAMPLES if "[" not in t and "]" not in t and "|" not in t and "#" not in t]
)
@pytest.mark.parametrize("line", ["{}", "- {} x", "word {} word", "> {}"])
def test_a_link_becomes_its_target(text: str, line: str) -> None:
    note = parse_note(line.format(f"[[gone]] [[{text}]]").replace("[[gone]] ", "", 1) + "\n")
    for link in note.links:
        edit = unlinked(note, link)
        assert edit is not None
        assert isinstance(edit, Edit)
        new = parse_note(note.source.edited([edit]).text)
        assert not new.links
        assert not new.tags
        assert not new.code
