"""Offsets ↔ positions, in each of the three units, and the texts that an editor's changes make."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base.text import Source
from processor.server.documents import Documents, TextChange, changed, path_of, storable, uri_of
from processor.server.positions import Encoding, Place, Places, Range

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
TEXTS = st.text(st.sampled_from("ab\n\r\tä→😀́ \u2028\x0b\x85\ufeff"), max_size=30)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@pytest.mark.parametrize(
    ("encoding", "text", "offset", "place"),
    [
        ("utf-16", "a😀b", 2, (0, 3)),
        ("utf-8", "a😀b", 2, (0, 5)),
        ("utf-32", "a😀b", 2, (0, 2)),
        ("utf-8", "ä\nöü", 3, (1, 2)),
        ("utf-16", "a\r\nb\rc", 2, (1, 0)),  # the text has "\n" for "\r\n"
        ("utf-16", "a\r\nb\rc", 4, (2, 0)),
        ("utf-16", "a\u2028b\x0bc", 4, (0, 4)),  # these end no line
        ("utf-16", "\ufeffab", 1, (0, 2)),  # the editor shows the mark
        ("utf-8", "\ufeffab", 0, (0, 3)),
        ("utf-16", "ab", 9, (0, 2)),
    ],
)
def test_places(encoding: Encoding, text: str, offset: int, place: tuple[int, int]) -> None:
    assert Places.of(text, encoding).place(offset) == place


@pytest.mark.parametrize(
    ("text", "place", "offset"),
    [
        ("a😀b", (0, 2), 1),  # amid a character it is before it
        ("ab\ncd", (0, 99), 2),
        ("ab\r\ncd", (0, 99), 2),
        ("ab\ncd", (7, 0), 5),
        ("ab\ncd", (-1, 3), 0),
        ("ab\ncd", (1, -3), 3),
        ("", (0, 0), 0),
        ("\ufeffab", (0, 0), 0),
    ],
)
def test_places_that_are_out_of_range_count_as_the_nearest(text: str, place: tuple[int, int], offset: int) -> None:
    assert Places.of(text, "utf-16").offset(*place) == offset


def test_no_editor_shows_the_mark_of_a_file() -> None:
    assert Places(Source.decode("\ufeffab".encode()), "utf-8").place(1) == (0, 1)
    assert Places(Source.decode(b"\x00\x01\x02\x03\x04\x05"), "utf-8").place(3) == (0, 0)  # no text at all


@given(TEXTS, st.sampled_from(ENCODINGS))
def test_there_and_back(text: str, encoding: Encoding) -> None:
    source, places = Source.decode(text.encode()), Places.of(text, encoding)
    before = Place(0, 0)
    for offset in range(len(source.text) + 1):
        place = places.place(offset)
        assert places.offset(*place) == offset
        assert before <= place
        before = place


@given(
    TEXTS, st.sampled_from(ENCODINGS), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), TEXTS), max_size=4)
)
def test_changes_make_the_text_that_the_editor_has(
    text: str, encoding: Encoding, edits: list[tuple[int, int, str]]
) -> None:
    """An editor counts in lines that end with a line end of the protocol's, and in units of its encoding."""
    wanted, changes = text, []
    for a, b, new in edits:
        start, end = sorted((min(a, len(wanted)), min(b, len(wanted))))
        if wanted[start - 1 : start + 1] == "\r\n" or wanted[end - 1 : end + 1] == "\r\n":
            continue  # amid a line end no editor has a place
        changes.append(TextChange(Range(_editors(wanted, start, encoding), _editors(wanted, end, encoding)), new))
        wanted = wanted[:start] + new + wanted[end:]
    assert changed(text, changes, encoding) == wanted


def _editors(text: str, offset: int, encoding: Encoding) -> Place:
    codec, width = CODECS[encoding]
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n")
    last = before.rpartition("\n")[2]
    return Place(line, len(last.encode(codec)) // width)


def test_a_change_without_a_range_is_the_whole_text() -> None:
    part = TextChange(Range(Place(0, 0), Place(0, 1)), "x")
    assert changed("abc", [part, TextChange(None, "new"), part], "utf-16") == "xew"


def test_half_a_character_can_be_stored() -> None:
    assert storable("a\ud83db") == "a\ufffdb"
    assert storable("a\ud83d\ude00b") == "a😀b"
    documents = Documents()
    documents.put("file:///a.md", 1, "a\udc00").text.encode()


@pytest.mark.parametrize("name", ["a.md", "a b.md", "ä#?.md", "100%25.md", "[x].md", "😀.md"])
def test_files_by_their_uris(name: str, tmp_path: Path) -> None:
    assert path_of(uri_of(tmp_path / name)) == tmp_path / name


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "", "file:", "http://x/a.md", "file://host/a", "file:///a%00b", "//["]
)
def test_what_names_no_file(uri: str) -> None:
    assert path_of(uri) is None


def test_serials_tell_all_texts_apart() -> None:
    documents = Documents()
    first = documents.put("u:a", 1, "x")
    assert documents.close("u:a") == first
    assert (documents.serial("u:a"), documents.get("u:a"), documents.close("u:a")) == (0, None, None)
    assert documents.change("u:a", 2, [], "utf-16") is None
    assert documents.put("u:a", 1, "x").serial != first.serial
