"""What there is to say of all notes of the open vaults, for an editor that asks for that: a few notes at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from processor.rules.base import Finding
from processor.server.home import Home
from processor.server.opened import OpenVault
from processor.server.session import Session

AT_ONCE = 16
"""How many notes are judged before anything else may come between."""


class Place(NamedTuple):
    """A note of a vault."""

    root: Path
    path: str


class Swept(NamedTuple):
    """What there is to say of a note, and what tells that from what was said before; of a note that is gone, nothing (`home` None)."""

    place: Place
    mark: str
    home: Home | None
    findings: Sequence[Finding]


class Sweep:
    """Knows of each note that was judged what tells the answer from others, until it is touched. `news` is called then."""

    def __init__(self, session: Session, news: Callable[[], None]) -> None:
        self._session = session
        self._news = news
        self._marks: dict[Place, str] = {}
        session.when_touched = self._touched

    def _touched(self, vault: OpenVault, paths: Collection[str] | None) -> None:
        if paths is None:
            self._marks = {place: mark for place, mark in self._marks.items() if place.root != vault.root}
        else:
            for path in paths:
                self._marks.pop(Place(vault.root, path), None)
        self._news()

    def left(self, known: Mapping[Place, str]) -> list[list[Place]]:
        """Return the notes of which something else may be said than is `known`, in lots, those that are gone among them."""
        there = [Place(vault.root, path) for vault in self._session.vaults for path in vault.vault.notes]
        left = [
            place for place in there if place not in self._marks or self._marks[place] != known.get(place, _NOTHING)
        ]
        left += known.keys() - set(there)
        return [left[at : at + AT_ONCE] for at in range(0, len(left), AT_ONCE)]

    def judged(self, places: Sequence[Place], known: Mapping[Place, str]) -> Iterator[Swept]:
        """Judge some notes; yield those of which something else is said than is `known`."""
        vaults = {vault.root: vault for vault in self._session.vaults}
        for place in places:
            vault = vaults.get(place.root)
            home = self._session.home_of(vault, place.path) if vault else None
            findings = home.vault.findings(place.path) if home else []
            mark = _mark(findings)
            if home:
                self._marks[place] = mark
            if mark != known.get(place, _NOTHING):
                yield Swept(place, mark, home, findings)


def _mark(findings: Sequence[Finding]) -> str:
    if not findings:
        return _NOTHING
    return blake2b(repr(findings).encode(errors="surrogatepass"), digest_size=12).hexdigest()


_NOTHING = "nothing"
