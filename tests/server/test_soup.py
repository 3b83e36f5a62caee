"""Whatever a note holds, and wherever one asks: there is an answer, and each place in it lies in a text that there is."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from processor.base.text import OverlapError, Span, apply_edits
from processor.commands.rename import RenameError
from processor.rules.base import NoteEdit
from processor.server.actions import actions
from processor.server.completion import complete
from processor.server.diagnostics import diagnostics
from processor.server.hints import counted, hints, lenses
from processor.server.home import Home
from processor.server.hover import hover
from processor.server.links import leading
from processor.server.places import definition, highlights, references
from processor.server.positions import Places
from processor.server.renaming import edits_of, renameable, renamed
from processor.server.symbols import Part, folds, parts, selections, symbols
from tests.cli.running import put
from tests.server.desk import Desk
from tests.soup import document


def text_of(rng: random.Random) -> str:
    front = rng.choice(
        ("", "", "---\ntitle: T\naliases: [One, 'Two']\ntags: [a, b/c]\n---\n", "---\nvideoId: n3Vq8ZtKp0A\n---\n")
    )
    return (front + document(rng, 14)).replace("\n", rng.choice(("\n", "\n", "\r\n")))


class Look:
    """Asks everything at a place, and holds the answers against the texts."""

    def __init__(self, desk: Desk, home: Home) -> None:
        self.desk, self.home = desk, home
        self.length = len(home.note.text)

    def inside(self, span: Span, path: str = "") -> None:
        note = self.home.vault.vault.notes.get(path or self.home.path)
        length = len(note.text) if note else 0
        assert 0 <= span.start <= span.end <= length, (span, path, length)

    def edits(self, edits: list[NoteEdit], created: str = "") -> None:
        notes = self.home.vault.vault.notes
        for path in {edit.path for edit in edits}:
            text = "" if path == created else notes[path].text if path in notes else None
            if text is not None:
                try:
                    apply_edits(text, [e.edit for e in edits if e.path == path])
                except OverlapError as error:
                    pytest.fail(f"{error} in {text!r}: {edits}")

    def at(self, offset: int, rng: random.Random) -> None:
        home = self.home
        if spot := definition(home, offset):
            self.inside(spot.span, spot.path)
        for spot in references(self.desk.session, home, offset, declared=True):
            self.inside(spot.span, spot.path)
        for span in highlights(home, offset):
            self.inside(span)
        if shown := hover(home, offset):
            self.inside(shown.span)
            assert shown.span.start <= offset <= shown.span.end
        for item in complete(home, offset):
            self.inside(item.span)
            assert item.span.start <= offset <= item.span.end
            assert "\n" not in home.note.quote(item.span)
        for span in selections(home, offset):
            self.inside(span)
        if found := renameable(home, offset):
            self.inside(found.span)
            assert found.span.start <= offset <= found.span.end
            with suppress(RenameError):
                renaming = renamed(home, offset, rng.choice(("new", "New name", "a/b", "^x", "")))
                assert renaming is not None
                self.edits(list(edits_of(renaming)))
        end = min(self.length, offset + rng.choice((0, 0, 5, 40)))
        for action in actions(home, Span(offset, end), home.vault.mendable(home.path)):
            assert action.title
            if not action.is_slow or rng.random() < 0.2:
                self.edits(list(action.edits()), action.creates)

    def whole(self) -> None:
        home = self.home

        def each(some: list[Part]) -> None:
            for part in some:
                self.inside(part.span)
                assert part.span.start <= part.title.start <= part.title.end
                each(list(part.parts))

        each(parts(home.note))
        for first, last in folds(home.note):
            assert 0 <= first < last < len(home.note.lines)
        for one in leading(home):
            self.inside(one.span)
        for lens in lenses(home):
            assert counted(home, lens.span)
        list(hints(home, Span(0, self.length)))
        places = Places.of(home.document.text, "utf-16")
        for found in diagnostics(home, self.desk.found(home.document.uri)):
            self.inside(found.span)
            start, end = places.range(found.span)
            assert places.offset(*start) == found.span.start
            assert places.offset(*end) == found.span.end
            for path, span, _ in found.related:
                self.inside(span, path)


def looked(seed: int, root: Path, notes: int) -> None:
    rng = random.Random(seed)
    put(root, "ytvault.toml", "")
    for name in ("link", "target", "note", "cell", "x", "deep/x", "my note"):
        put(root, f"{name}.md", text_of(rng).encode())
    put(root, "image.png", b"x")
    desk = Desk()
    for i in range(notes):
        text = text_of(rng)
        uri = desk.put(root / f"soup{i % 3}.md", text)
        look = Look(desk, desk.home(uri))
        try:
            look.whole()
            for _ in range(6):
                look.at(rng.randint(0, look.length), rng)
            list(symbols(look.home.vault, rng.choice(("x", "#hea", "", "n3Vq8ZtKp0A"))))
        except Exception as error:
            raise AssertionError(f"{text!r}, {seed}, {i}") from error
    assert desk.lines == []


@pytest.mark.parametrize("seed", range(6))
def test_every_question_about_any_note(seed: int, tmp_path: Path) -> None:
    looked(seed, tmp_path / "vault", 30)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1040))
def test_every_question_about_many_notes(seed: int, tmp_path: Path) -> None:
    looked(seed, tmp_path / "vault", 150)
