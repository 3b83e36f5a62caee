"""Where something is defined, and where else it is spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from processor.base.text import Span
from processor.disk import ReadProblem, read
from processor.server.home import Home
from processor.server.opened import OpenVault
from processor.server.session import Session
from processor.server.stamps import aimed
from processor.server.targets import NEAR, Target, of_link, tags_of, target_at, targets
from processor.vault.backlinks import fragment_backlinks
from processor.vault.deferred import DeferredNote
from processor.vault.links.meant import guess
from processor.vault.note import Note


class Spot(NamedTuple):
    """A place in a file of a vault."""

    path: str
    span: Span


_TOP = Span(0, 0)


def definition(home: Home, offset: int) -> Spot | None:
    """Return where what stands at a place is defined; of a link that leads nowhere, the note that it certainly means."""
    target = target_at(home, offset)
    if target is None:
        return _meant(home, offset)
    if target.kind in ("heading", "block"):
        return Spot(target.path, target.at)
    if target.kind in ("note", "alias"):
        return Spot(target.path, _TOP)
    return None


def _meant(home: Home, offset: int) -> Spot | None:
    note, vault = home.note, home.vault.vault
    for link in note.links:
        if link.span.start <= offset <= link.span.end and link.path:
            answer = guess(vault).like(link.path, home.path).meant.answer
            return Spot(answer.path, _TOP) if answer else None
    return None


def references(session: Session, home: Home, offset: int, *, declared: bool) -> Iterator[Spot]:
    """Yield the places that speak of what stands at a place; `declared`: that where it is defined too.

    Those of a stamp are the stamps within ten seconds of the same video.
    """
    target = target_at(home, offset)
    if target is None:
        return
    if declared and (where := definition(home, offset)) and target.kind != "note":
        yield where
    if target.kind == "video":
        yield from _of_moment(session, home.vault, target)
    elif target.kind == "tag":
        yield from tagged(home.vault, target)
    else:
        yield from (Spot(path, link_span) for path, link_span in linking(home.vault, target))


def linking(vault: OpenVault, target: Target) -> Iterator[tuple[str, Span]]:
    """Yield the links that lead to a note, heading or block."""
    if target.kind in ("note", "alias"):
        yield from ((path, link.span) for path, link in vault.backlinks(target.path))
        return
    for path, link in dict.fromkeys(fragment_backlinks(vault.vault, target.path)):
        if target.kind == "heading":
            walk = vault.vault.headings(target.path).walk(link.fragment or "")
            if any(heading.span == target.at for heading in walk):
                yield path, link.span
        else:
            found = of_link(vault.vault.notes[path], link, vault.vault)
            if found and found.is_same(target):
                yield path, link.span


def tagged(vault: OpenVault, target: Target) -> Iterator[Spot]:
    """Yield the places of a tag, and of those below it."""
    wanted = target.text.casefold()
    for note in _holding(vault, target.text):
        for tag in tags_of(note):
            name = tag.text.casefold()
            if name == wanted or name.startswith(wanted + "/"):
                yield Spot(note.path, tag.span)


def _of_moment(session: Session, vault: OpenVault, target: Target) -> Iterator[Spot]:
    """Yield the stamps of a video near a second."""
    names = vault.vault.video_ids
    mine = {path for path, video_id in names.items() if video_id == target.text}
    others = {note.path for note in _holding(vault, target.text)}
    for path in sorted(mine | others):
        home = session.home_of(vault, path)
        for one in aimed(home) if home else ():
            if one.video_id == target.text and abs(one.seconds - target.second) <= NEAR:
                yield Spot(path, one.stamp.span)


def _holding(vault: OpenVault, text: str) -> Iterator[Note]:
    """Yield the notes in which a text stands, but for case of ASCII letters, each with all that it says."""
    wanted = text.encode().lower()
    for path, note in vault.vault.notes.items():
        data = read(vault.root, path) if isinstance(note, DeferredNote) else note.text.encode(errors="replace")
        if not isinstance(data, ReadProblem) and wanted in data.lower():
            yield note.whole


def highlights(home: Home, offset: int) -> list[Span]:
    """Return the places in an open note that speak of what stands at a place of it."""
    wanted = target_at(home, offset)
    if wanted is None:
        return []
    return sorted({other.span for other in targets(home) if other.is_same(wanted)} | {wanted.span})
