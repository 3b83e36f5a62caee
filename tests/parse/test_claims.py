"""Several videos in one note: which of them a place of it speaks of."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.parse.timestamps.claims import Claims, read_claims
from processor.vault.note import parse_note
from tests.examples import examples
from tests.growth import LINEAR, growth
from tests.tables import in_callout, in_list

A, B, C = "aBcD_-12-4w", "0123456789A", "zyxwvutsr_0"
URL = f"https://youtu.be/{B}"
T = f"[T]({URL})"
CLOCK = "[00:00:01]"
V = "https://vimeo.com/76979871"


def claims(text: str) -> Claims:
    note = parse_note(text)
    return read_claims(note.text, note.body_start, note.headings, note.external_links, A)


# of each `@` in a text: `o` where it speaks of no other video than the note's, `B` where of B, `?` where of several; behind a
# bar the same for anchors, where that differs
PLACES = {
    "no video": ("@ x", "o"),
    "on the line of a URL": (f"- @ T — {URL}\n- @ x", "Bo"),
    "on the line of a link": (f"{T} @\n\n@", "Bo"),
    "on the line of a link's other forms": (f"@ <{URL}>\n\n@ [T][t]\n\n@ [t]\n\n@ T (youtu.be/{B})\n\n@ www.youtube.com/watch?v={B}\n\n[t]: {URL}\n\n@", "BBBBBo"),
    "on the line of an element": (f'<a href="{URL}">T</a> @\n\nx <iframe src="https://www.youtube.com/embed/{B}"></iframe> @\n\n@', "BBo"),
    "on the line of the note's video": (f"@ https://youtu.be/{A}", "o"),
    "on the line of both": (f"{T} @ and https://youtu.be/{A} @", "??"),
    "on the line of no id": ("https://youtu.be/@channel @ https://www.youtube.com/playlist?list=x @", "oo"),
    "amid a sentence": (f"As he said in {T}, @ is.\n\n@", "Bo|oo"),
    "amid a sentence with a stamp's link": (f"As in {T}, it is [00:08:47](https://youtu.be/{A}?t=527) @.", "B|o"),
    "in a sentence over two lines": (f"He says in {T} at\n@ that it is.\ny @", "Bo|oo"),
    "in a column of stamps": (f"[00:01] @ T {URL}\n[00:02] @ y\n", "Bo"),
    "below a heading": (f"@\n## About {T}\n@\n### sub\n@\n## other\n@", "oBBo"),
    "below a heading with a URL": (f"## {URL}\n@\n# other\n@", "Bo"),
    "below an underlined heading": (f"About {T}\n---\n@\n\nother\n---\n@", "Bo"),
    "below a heading of the note's video": (f"## {T}\n@\n### https://youtu.be/{A}\n@\n## x\n@", "Boo"),
    "below an embed": (f"@\n![]({URL})\n\n@\n\n## x\n@", "oBB"),
    "below an embed, in a section": (f"## x\n![T]({URL})\n\n@\n\n### y\n@\n\n## z\n@", "BBo"),
    "below an embed with a size": (f"![T|600]({URL})\n\n@", "B"),
    "below a callout's title": (f"@\n\n> [!info]+ {T}\n> @\n\n@", "oBo"),
    "below an iframe": (f'<iframe width="560" src="https://www.youtube.com/embed/{B}?start=3" allowfullscreen></iframe>\n\n@', "B"),
    "below a line that is a URL": (f"@\n\n{URL}\n\n@\n\nx @", "oBB"),
    "below a line that is a link, and more": (f"**Video:** {T}\n\n@", "B"),
    "below a line that is a picture and a link": (f"[![x](https://img.youtube.com/vi/{B}/0.jpg)]({URL})\n\n@", "B"),
    "below a line that is a stamp's link": (f"[00:06:10]({URL}?t=370)\n\n@", "o"),
    "below a link in a description": (f"# T\n\nSee also:\n{URL}\n\n@\n## Transcript\n@", "Bo"),
    "below a link in a section": (f"## T\n\n{URL}\n\n@\n### Transcript\n@\n## U\n@", "BBo"),
    "in a column below a line": (f"Of {T} :\n@ x\n@ y\n\n@", "BBo"),
    "in a column of anchors below a line": (f'Of {T} by X\n<a class="yt-timestamp" data-t="00:00:01">@</a>\n@ y\n\n@', "BBo"),
    "beside a link to a second of the note's video": (f"He says in {T} at\n@ that\nand [00:02](https://youtu.be/{A}?t=2).", "B|o"),
    "below a thumbnail": (f"![](https://i.ytimg.com/vi/{B}/hqdefault.jpg)\n\n@\n\n![](https://img.youtube.com/vi/{A}/0.jpg)\n\n@", "Bo"),
    "on the line of a plugin's link": (f"[T](obsidian://mx-open?url=https%3A%2F%2Fyoutu.be%2F{B}&t=3) @\n\n@", "Bo"),
    "two links": (f"{URL}\n\n@\n\nhttps://youtu.be/{C}\n\n@\n\nas {T} says @", "BCB|BCC"),
    "below a list item": (f"- x {T} y\n  - @ x\n\n    @ y\n- @ z\n\n@", "BBoo"),
    "below a list item in a quote": (f"> - x {T} y\n>   - @ x\n> - @ z\n>\n> @", "Boo"),
    "in a list below a line": (f"Of {T} by X:\n- @ x\n- @ y\n\n@", "BBo"),
    "in a list below a line and a blank one": (f"Of {T} by X:\n\n1. @ x\n   @ y\n2. @ z\n\n@", "BBBo"),
    "in a table's row": (f"| x | @ |\n|---|---|\n| {T} | @ |\n| y | @ |\n", "oBo"),
    "below a table's first row": (f"| x | {T} |\n|---|---|\n| @ | @ |\n| @ | y |\n\n@", "BBBo"),
    "in a callout": (f"> [!note] On {T}\n> @ x\n>\n> @ y\n\n@", "BBo"),
    "on the line of a video that is not YouTube's": (f"- @ T — {V}\n- [T]({V}) @\n- @ <https://vimeo.com/about>\n\n@", "VVoo"),
    "below a video that is not YouTube's": (f"@\n\n{V}\n\n@\n## [T]({V})\n@\n## x\n@", "oVVo"),
    "below a footnote's text": (f"@ x[^1]\n\n[^1]: {URL} @\n\n@", "oBo"),
    "below a fence of a plugin": (f"```timestamp-url\n{URL}\n```\n\n@", "B"),
}  # fmt: skip


def said(text: str, *, firm: bool) -> str:
    found = claims(text)
    found = found.firm if firm else found
    names = {B: "B", C: "C", V: "V", "": "?"}
    ats = [m.start() for m in re.finditer(re.escape(CLOCK), text)]
    return "".join("o" if (c := found.by_other(at, A)) is None else names[c.video_id] for at in ats)


def clocked(text: str) -> str:
    return re.sub("@(?!channel)", CLOCK, text)


@pytest.mark.parametrize(("text", "places"), PLACES.values(), ids=PLACES)
def test_which_video_a_place_speaks_of(text: str, places: str) -> None:
    bare, _, anchors = places.partition("|")
    assert said(clocked(text), firm=False) == bare
    assert said(clocked(text), firm=True) == (anchors or bare)


@pytest.mark.parametrize("wrap", [in_callout, in_list])
@pytest.mark.parametrize("text", [f"- @ T — {URL}\n- @ x", f"{T} @", f"![]({URL})\n\n@", f"{URL}\n\n@", f"## {T}\n\n@"])
def test_in_a_container(wrap, text) -> None:
    assert said(clocked(wrap(text)), firm=False)[0] == "B"


LINES = st.sampled_from((
    "", "x @ y", "@", "- @ x", "  - @ y", "> @", "| @ | x |", "|---|---|", "# h @", "## i", f"{URL} @", f"- {T}", f"@ — {URL}", f"> {T} @", f"![]({URL})",
    f"https://youtu.be/{A} @", "text", "```", f"## {T}", f"x {T} y @", "> [!note] @", "%% @ %%",
))  # fmt: skip


@examples(200)
@given(st.lists(LINES, max_size=12).map("\n".join))
def test_no_place_on_a_line_with_another_video_is_left_to_the_note(text: str) -> None:
    text = clocked(text)
    found = claims(text)
    at = 0
    for line in text.split("\n"):
        if B in line:
            assert all(found.by_other(at + m.start(), A) for m in re.finditer(re.escape(CLOCK), line)), text
        at += len(line) + 1


@pytest.mark.parametrize(
    "piece",
    [f"{URL} ", f"{URL}\n", f"- x {T}\n", f"# {T}\n", f"### {T}\n# x\n", f"> {T} x\n", f"| {T} |\n|-|\n", "youtu.be/", f"x {T} y\n\n", "[" + URL, f"<a {URL}"],
)  # fmt: skip
class TestLong:
    @staticmethod
    def read(piece: str, length: int) -> None:
        text = piece * (length // len(piece))
        headings = parse_note(text).headings if "#" in piece else ()
        found = read_claims(text, 0, headings, (), A)
        for at in range(0, len(text), 50):
            found.by_other(at, A)

    def test_they_are_read(self, piece):
        self.read(piece, 60_000)

    @pytest.mark.slow
    def test_time_grows_with_their_length(self, piece):
        assert growth(partial(self.read, piece), 50_000) < 2 * LINEAR


@pytest.mark.parametrize("sign", [".", "-", "|-", "> ", "a", "[", "[0:", "<a ", "0:05 ", " "])
class TestLongLines:
    """Lines beside one that names a video."""

    @staticmethod
    def read(sign: str, length: int) -> None:
        line = sign * (length // len(sign))
        claims(f"{URL}\n\n{line}x\nof {T} x:\n{line}x\n")

    def test_they_are_read(self, sign):
        self.read(sign, 60_000)

    @pytest.mark.slow
    def test_time_grows_with_their_length(self, sign):
        assert growth(partial(self.read, sign), 100_000) < 2 * LINEAR
