"""What is told of a note at a glance is what reading it tells."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from processor.vault.facts import channel_target, fragment_targets, has_anchor
from processor.vault.note import Note, parse_note
from tests.examples import examples
from tests.soup import document

ANCHOR = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'
TOPS = ("From: [[hub]] <br/> \n", "From:[[ a/hub | Hub ]]\n", "\n \nFrom: [[hub\xa0]]\n---\n", "From: [[ ]]\n", "- From: [[hub]]\n", "From: [[a\\|b]]\n", "From: [[a [[hub]]\n", "From: [hub](hub.md)\n", "`From: [[hub]]`\n", "<p>\nFrom: [[hub]]\n", "> From: [[hub]]\n", "    From: [[hub]]\n", "```\nFrom: [[hub]]\n```\n")  # fmt: skip
ENDS = ("", ANCHOR, f"[{ANCHOR}](https://youtu.be/aBcD_-12-4w?t=3)", f"[x](<{ANCHOR}>)", f"\\{ANCHOR}", "<span data-t>", "[[a#b]]", "# x [[y]]", "[a](\n<b#c>)", "[a](b%23c)", "[a]: b#c\n\n[a]", "[[a]] #b", "`[[a#b]]`", "[a]:\nb#c\n\n[a]")  # fmt: skip


def assert_told(text: str) -> None:
    glanced, read = parse_note(text), parse_note(text)
    assert read.timestamps is not None
    assert read.links is not None
    assert channel_target(glanced) == (None if read.channel is None else read.channel.target)
    line = None
    if read.channel is not None and read.channel.place != "property":
        at = read.lines.line(read.channel.span.start)
        line = read.text[read.lines.start(at) : read.lines.end(at)].rstrip()
    assert glanced.channel_line == line
    assert has_anchor(glanced) == _has_anchor(read)
    assert fragment_targets(glanced) == list(dict.fromkeys(x.target for x in read.links if "#" in x.target))


def _has_anchor(note: Note) -> bool:
    return any(t.form in ("anchor", "broken-anchor", "linked-anchor", "doubled") for t in note.timestamps)


@pytest.mark.parametrize("top", TOPS)
@pytest.mark.parametrize(
    "front", ["", "---\ntitle: x\n---\n", '---\nup: "[[a\\x23b]]"\n---\n', "---\nup: '[[a#b]]'\n---\n"]
)
def test_what_a_glance_tells_is_so(top: str, front: str) -> None:
    for end in ENDS:
        assert_told(front + top + "Text.\n\n" + end)


@examples(200)
@given(st.randoms(use_true_random=False).map(document), st.sampled_from(TOPS), st.sampled_from(ENDS))
@example("", TOPS[0], ENDS[0])
def test_so_it_is_in_any_text(text: str, top: str, end: str) -> None:
    assert_told(f"{top}{text}\n\n{end}")
    assert_told(text)


def test_the_usual_note_is_not_read_for_it() -> None:
    note = parse_note(f"---\ntitle: x\n---\n\nFrom: [[hub]] <br/> \n\n## A heading\n\nText {ANCHOR}. A #tag, [[y]].\n")
    assert (channel_target(note), note.channel_line, has_anchor(note)) == ("hub", "From: [[hub]] <br/>", True)
    assert fragment_targets(note) == []
    assert "_body" not in vars(note)
