"""The generated vault: the same bytes from the same seed, and drawn as a real one is."""

from __future__ import annotations

import random
from pathlib import Path
from statistics import fmean, median

import pytest

from tests.benchmarks.generate import SHARES, Generator, folder_sizes
from tests.benchmarks.shape import Shape
from tests.edits import Edits

NOTES = 300


def contents(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def shape(tmp_path_factory: pytest.TempPathFactory) -> Shape:
    root = tmp_path_factory.mktemp("vault")
    Generator(NOTES, 2).write(root)
    return Shape(root)


def test_a_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        Generator(40, seed).write(tmp_path / name)
    made = {name: contents(tmp_path / name) for name in "abc"}
    assert made["a"] == made["b"]
    assert made["a"] != made["c"]


def about(share: float, notes: int = NOTES) -> object:
    """A share as it is found among so many notes that are drawn."""
    return pytest.approx(share, abs=0.01 + 3 * (share * (1 - share) / notes) ** 0.5)


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        ("ordinary", 0.65),
        ("odd stamps", 0.15),
        ("doubtful alone", 0.11),
        ("judged by siblings", 0.07),
        ("full parse", 0.02),
    ],
)
def test_what_it_takes_to_judge_a_note(shape: Shape, kind: str, share: float) -> None:
    assert len(shape.paths[kind]) / shape.notes == about(share)


@pytest.mark.parametrize(
    ("what", "drawn"),
    [
        ("links in headings", "heading link"),
        ("lines of nested lists", "nested list"),
        ("`$`", "price"),
        ("callouts", "callout"),
        ("non-ASCII", "non-ascii"),
        ("inline code", "inline code"),
        ("fences", "fence"),
    ],
)
def test_in_how_many_notes_there_is_such_a_thing(shape: Shape, what: str, drawn: str) -> None:
    assert shape.share(what) == about(SHARES[drawn])


def test_how_much_there_is(shape: Shape) -> None:
    assert fmean(shape.contents["bytes"]) == pytest.approx(7_600, rel=0.15)
    assert fmean(shape.contents["links"]) == pytest.approx(9.9, rel=0.15)
    assert median(shape.contents["links"]) == pytest.approx(6, abs=1)
    assert fmean(shape.contents["headings"]) == pytest.approx(7.4, rel=0.15)
    assert shape.targets / shape.notes == pytest.approx(49 / 21, rel=0.25)
    assert shape.missing / shape.notes == pytest.approx(29 / 21, rel=0.25)
    assert shape.notes_a_video == pytest.approx(3.4, rel=0.1)


def test_some_names_are_borne_twice_and_differ_in_case() -> None:
    names = [entry.name for entry in Generator(2_000, 1).entries]
    assert len({name.lower() for name in names}) < len({*names}) < len(names) < 2_000


def test_folders_of_all_sizes() -> None:
    sizes = sorted(folder_sizes(21_000))
    assert sum(sizes) == 21_000
    assert (len(sizes), median(sizes), sizes[-1]) == (81, pytest.approx(100, rel=0.1), pytest.approx(2_247, rel=0.1))
    for notes in (3, 500, 100_000):
        assert sum(folder_sizes(notes)) == notes


def test_an_edit_is_taken_back(tmp_path: Path) -> None:
    Generator(30, 1).write(tmp_path / "vault")
    before = contents(tmp_path)
    edits = Edits(tmp_path / "vault", random.Random(1))
    for kind in Edits.KINDS * 2:
        known = contents(tmp_path)
        edits.change(kind)
        assert (contents(tmp_path) != known) != edits.told[-1].startswith("no "), kind
    edits.restore()
    assert contents(tmp_path) == before
