"""Names filed by their letters and kept: after changes they say what all names of now say."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.vault.naming import letters
from processor.vault.naming.kept import FAULTS, KeptLetters, KeptNames, KnownNames, stem
from processor.vault.naming.names import Columns, Names

TEXTS = st.sampled_from(
    ["Open Weights", "open_weights", "openweights", "open-weihgts", "the open weights", "C#", "C", "", "über", "UBER"]
)
OTHERS = st.lists(st.tuples(st.sampled_from(["title", "alias"]), TEXTS), max_size=3).map(
    lambda pairs: [part for pair in pairs for part in pair]
)
NOTES = st.dictionaries(st.tuples(st.sampled_from(["", "deep/"]), TEXTS).map("".join).map("{}.md".format), OTHERS)


def columns(notes: dict[str, list[str]]) -> Columns:
    named = [(path, stem(path), "name") for path in notes]
    named += [
        (path, text, kind)
        for path, others in notes.items()
        for kind, text in zip(others[::2], others[1::2], strict=True)
    ]
    return Columns([n[0] for n in named], [n[1] for n in named], [n[2] for n in named])  # type: ignore[misc]


def _numbers(*numbers: int) -> bytes:
    return array("Q", numbers).tobytes()


@given(NOTES, NOTES, st.sampled_from([0, 2, 20]))
def test_what_is_kept_and_what_is_new_say_what_all_say(
    before: dict[str, list[str]], now: dict[str, list[str]], few: int
) -> None:
    if not before:
        return
    data = KeptLetters.of(list(before), list(before.values())).written()
    same = {path for path, others in now.items() if before.get(path) == others}
    known = KnownNames(
        KeptLetters.read(data, len(before)),
        list(before),
        before.keys() - same,
        [path for path in now if path not in same],
    )
    filed = KeptNames(known, now.__getitem__, lambda: columns(now))
    filed._left = filed._to_look = few
    kept, right = Names(filed), Names(columns(now))
    assert set(filed) == set(columns(now))
    assert len(filed) == len(columns(now))
    assert list(filed) == sorted(filed, key=len)
    for name in ("Open Weights", "open_weights", "open wieghts", "weights", "C#", "c", "", "Über", "nobody"):
        assert (letters(name) in filed) == (letters(name) in columns(now))
        assert kept.unlike(name) == right.unlike(name)
        assert kept.alike(name) == right.alike(name)
        assert kept.nearest(name, lambda _: 0) == right.nearest(name, lambda _: 0)


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"1\na", b"1 8\na", b"1 8\n" + b"a".ljust(9, b"\0") + bytes(8), b"1 8\na" + _numbers(1, 9), b"1 8\na" + _numbers(1), b"2 8\n\xff\xff" + _numbers(1, 0), b"-1 8\na" + _numbers(1, 0), b"1 8\na" + _numbers(2, 1, 2**63)],
)  # fmt: skip
def test_what_is_damaged_is_found_out(data: bytes) -> None:
    now = {"a.md": ["title", "A"]}
    try:
        known = KnownNames(KeptLetters.read(data, 1), ["a.md"], (), ())
        filed = KeptNames(known, now.__getitem__, lambda: columns(now))
    except FAULTS:
        return
    assert filed.of("a") == columns(now).of("a")
