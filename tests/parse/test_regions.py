"""Where values stand that lie deep in a front matter."""

from __future__ import annotations

import pytest

from processor.parse.frontmatter import place_of, read_properties

TEXT = """\
---
a:
  b: [1, {c: "x", d: 2}]
  e: &k 3
  e: 4
f: *k
"q": \x07é
---
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (["f"], "f", "*k"),
        (["f", "deeper"], "f", "*k"),
        (["a", "b"], "b", '[1, {c: "x", d: 2}]'),
        (["a", "b", 0], None, "1"),
        (["a", "b", 1, "c"], "c", '"x"'),
        (["a", "b", 1, "d"], "d", "2"),
        (["a", "e"], "e", "4"),  # the last of duplicates
        (["q"], '"q"', "\x07é"),
    ],
)
def test_a_place(path: list[str | int], key: str | None, value: str) -> None:
    place = place_of(TEXT, read_properties(TEXT), path)
    assert place is not None
    assert (place.key_span and TEXT[slice(*place.key_span)]) == key
    assert TEXT[slice(*place.value_span)] == value


@pytest.mark.parametrize("path", [["z"], ["a", "z"], ["a", 0], ["a", "b", 2], ["a", "b", "c"]])
def test_no_place(path: list[str | int]) -> None:
    assert place_of(TEXT, read_properties(TEXT), path) is None


@pytest.mark.parametrize("text", ["", "---\na: b: c\n---\n", "---\n---\n"])
def test_nothing_to_look_in(text: str) -> None:
    assert place_of(text, read_properties(text), ["a"]) is None
