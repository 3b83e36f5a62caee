"""What a run would change, as a unified diff that `patch -p1` and `git apply` take.

The lines that both texts hold once and in the same order are found first, and what lies between is compared line by
line: no text takes much longer than its length, which cannot be said of difflib.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from processor.base.text import Edit

_CONTEXT = 3


class _Change(NamedTuple):
    """The lines `a` to `b` of the old text have become the lines `c` to `d` of the new one."""

    a: int
    b: int
    c: int
    d: int


def unified_diff(path: str, old: bytes, new: bytes, to: str | None = None) -> str:
    """Return the diff between two contents of a file, both UTF-8; empty where they are equal. Line ends stay as they are.

    `to` is the file's new name where files are renamed, or its own: git's headers then say so, in each diff of a run, for
    without one git takes a diff for a part of the renaming before it.
    """
    header = ""
    if to is not None and (to != path or old != new):
        names = [_named(name).removesuffix("\t") for name in ("a/" + path, "b/" + to, path, to)]
        header = "diff --git {} {}\n".format(*names)
        header += "rename from {2}\nrename to {3}\n".format(*names) if to != path else ""
    if old == new:
        return header
    a, b = _lines(old.decode()), _lines(new.decode())
    parts = [header, f"--- {_named('a/' + path)}\n+++ {_named('b/' + (to or path))}\n"]
    for hunk in _hunks(_changes(a, b)):
        start_a, end_a = max(0, hunk[0].a - _CONTEXT), min(len(a), hunk[-1].b + _CONTEXT)
        start_b, end_b = max(0, hunk[0].c - _CONTEXT), min(len(b), hunk[-1].d + _CONTEXT)
        parts.append(f"@@ -{_range(start_a, end_a)} +{_range(start_b, end_b)} @@\n")
        at = start_a
        for change in hunk:
            parts += (_shown(" ", line) for line in a[at : change.a])
            parts += (_shown("-", line) for line in a[change.a : change.b])
            parts += (_shown("+", line) for line in b[change.c : change.d])
            at = change.b
        parts += (_shown(" ", line) for line in a[at:end_a])
    return "".join(parts)


def edits_between(old: str, new: str) -> list[Edit]:
    """Return edits that make one text of another: of lines that are other ones, only what is other in them."""
    a, b = _lines(old), _lines(new)
    starts = [*accumulate(map(len, a), initial=0)]
    found = []
    for c in _changes(a, b):
        pairs = [(i, i + 1, i + c.c - c.a, i + c.c - c.a + 1) for i in range(c.a, c.b)]
        for a0, a1, b0, b1 in pairs if c.b - c.a == c.d - c.c else [c]:
            was, now = "".join(a[a0:a1]), "".join(b[b0:b1])
            start, end, first, last = _trimmed(was, now, 0, len(was), 0, len(now))
            found.append(Edit(starts[a0] + start, starts[a0] + end, now[first:last]))
    return found


def _lines(text: str) -> list[str]:
    """Return the lines with their ends. Only `\\n` ends one, as for `patch`."""
    lines = text.split("\n")
    last = lines.pop()
    lines = [line + "\n" for line in lines]
    return [*lines, last] if last else lines


def _shown(mark: str, line: str) -> str:
    return mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"


def _range(start: int, end: int) -> str:
    if end - start == 1:
        return f"{start + 1}"
    return f"{start + 1 if end > start else start},{end - start}"


def _named(path: str) -> str:
    """Return a file's name as git writes it: quoted where it holds control characters, quotes or backslashes."""
    if any(c < " " or c in '"\\\x7f' for c in path):
        escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
        return '"' + "".join(escapes.get(c) or (f"\\{ord(c):03o}" if c < " " or c == "\x7f" else c) for c in path) + '"'
    return path + "\t" if " " in path else path


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Changes that share context, together."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.a - hunk[-1].b > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _changes(a: Sequence[str], b: Sequence[str]) -> Iterator[_Change]:
    """Yield what differs, in order."""
    for gap in _gaps(a, b):
        a0, a1, b0, b1 = _trimmed(a, b, *gap)
        if a1 - a0 != b1 - b0:
            yield _Change(a0, a1, b0, b1)
            continue
        start = None
        for i in range(a1 - a0 + 1):
            differs = i < a1 - a0 and a[a0 + i] != b[b0 + i]
            if differs and start is None:
                start = i
            elif not differs and start is not None:
                yield _Change(a0 + start, a0 + i, b0 + start, b0 + i)
                start = None


def _gaps(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches between the lines that both texts hold once and in the same order (patience diff, one level)."""
    a0, a1, b0, b1 = _trimmed(a, b, 0, len(a), 0, len(b))
    often_a, often_b = Counter(a[a0:a1]), Counter(b[b0:b1])
    place = {line: i for i, line in enumerate(b[b0:b1], start=b0) if often_b[line] == 1}
    pairs = [(i, place[line]) for i, line in enumerate(a[a0:a1], start=a0) if often_a[line] == 1 and line in place]
    at_a, at_b = a0, b0
    for i, j in [*_rising(pairs), (a1, b1)]:
        if i > at_a or j > at_b:
            yield at_a, i, at_b, j
        at_a, at_b = i + 1, j + 1


def _trimmed(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> tuple[int, int, int, int]:
    """Return the stretch without the equal lines at its start and at its end."""
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    return a0, a1, b0, b1


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs in which both numbers rise."""
    ends: list[int] = []  # the smallest second number that ends a run of each length
    last: list[int] = []  # and its pair
    before: list[int] = []
    for k, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [j]
        last[at : at + 1] = [k]
    found = []
    k = last[-1] if last else -1
    while k >= 0:
        found.append(pairs[k])
        k = before[k]
    return found[::-1]
