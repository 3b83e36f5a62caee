"""What is wrong with a link: each faulty link is reported by exactly one rule. Worked out once for all rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from processor.base.regex import regex
from processor.parse.grammar import PLACEHOLDER
from processor.parse.nodes import Link
from processor.parse.timestamps.wellformed import LENGTH
from processor.vault.facts import own_fact
from processor.vault.links.around import AROUND_LINK, MARKS, WEB_ADDRESS, surplus, unwrapped
from processor.vault.links.gone import Lost, lost
from processor.vault.links.meant import Guess, guess
from processor.vault.links.slips import target_as_meant
from processor.vault.naming import path_key
from processor.vault.naming.names import Entry, Meant, Near
from processor.vault.note import Note
from processor.vault.per_vault import per_note, per_vault
from processor.vault.resolution import Resolution, joined
from processor.vault.vault import Vault

Fault = Literal[
    "stamp",  # of the family of the timestamps
    "two-bars",
    "web-address",
    "bare-domain",
    "around-link",
    "wrapped",
    "brackets",
    "broken-embed",
    "broken-link",
    "folder",
    "missing-note",
    "broken-heading",
    "broken-block",
    "ambiguous-link",
    "fragile-link",
]


class Faulty(NamedTuple):
    """A link that is not as it should be, where it leads, and what is wrong; for one that leads nowhere, what is like it.

    `lost` is what it led to before the change that is judged. `target` is what leads somewhere, where the link's own is
    written in another notation, such as with `%20`; `path` is the path without that. `whole`: its whole text is a title,
    with the bar, the `#` or the `/` in it.
    """

    link: Link
    resolution: Resolution
    fault: Fault
    meant: Meant = Meant()
    near: Near = Near()
    lost: Lost | None = None
    path: str = ""
    target: str = ""
    whole: bool = False


BARE_DOMAIN = regex(
    r"(?:www\.[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|io|co|ai|dev|app|be|tv))(?:[/?#:]|$)",
    re.I,
)
# `#t=00:06:10`, as media players write a moment: no heading
_MOMENT = regex(r"t=[\d:.,hms]+", re.I)
_SIZE = regex(r"\d+(?:x\d+)?")


def of_fault(note: Note, vault: Vault, *faults: Fault) -> Sequence[Faulty]:
    """Return the links of a note that have one of these faults, in its order."""
    by_fault = _by_fault(note, vault)
    found = [by_fault.get(fault, ()) for fault in faults]
    return found[0] if len(found) == 1 else sorted(chain.from_iterable(found), key=_place)


@per_note
def _by_fault(note: Note, vault: Vault) -> Mapping[Fault, Sequence[Faulty]]:
    found: dict[Fault, list[Faulty]] = {}
    sound = vault.sound
    for link in note.links:
        target = link.target
        if (target in sound or vault.is_sound(target)) and (link.display is None or "|" not in link.display):
            continue
        faulty = _judged(note, link, vault)
        if faulty is not None and not _is_to_be_filled(link):
            found.setdefault(faulty.fault, []).append(faulty)
    return found


def _is_to_be_filled(link: Link) -> bool:
    """Return whether a template engine is to put something into the link (`[[{{date}}]]`), so that it is none yet."""
    # the angle brackets around a destination may be the engine's
    is_markdown = link.form in ("markdown", "reference")
    written = f"<{link.target}>" if is_markdown else f"{link.target}|{link.display or ''}"
    return ("{{" in written or "<%" in written) and PLACEHOLDER.search(written) is not None


def _place(faulty: Faulty) -> int:
    return faulty.link.span.start


def _judged(note: Note, link: Link, vault: Vault) -> Faulty | None:
    found = vault.resolve(link.target, note.path)
    if found.path is None:
        return _missing(note, link, found, vault)
    if found.decider == "tie" and _others(found, found.tied):
        return Faulty(link, found, "ambiguous-link")  # of the headings of which file would be spoken?
    if found.status == "missing-heading":
        moment = _MOMENT.fullmatch(link.fragment or "")
        return Faulty(link, found, "stamp" if moment else "broken-heading")
    if found.status == "missing-block":
        return Faulty(link, found, "broken-block")
    if _two_bars(link):
        return Faulty(link, found, "two-bars")
    if found.decider in ("folder", "shortest") and _others(found, len(found.candidates)):
        return Faulty(link, found, "fragile-link")
    return None


def _others(found: Resolution, among: int) -> bool:
    """Return whether among the first candidates are others than those whose path differs only in case: of these name-collision
    speaks.
    """
    assert found.path is not None
    key = path_key(found.path)
    return any(path_key(c) != key for c in found.candidates[:among])


def _two_bars(link: Link) -> bool:
    if link.display is None or "|" not in link.display or link.form not in ("wikilink", "property"):
        return False
    # an embed may have a text and a size
    return not (
        link.embed and link.display.count("|") == 1 and _SIZE.fullmatch(link.display.rpartition("|")[2].strip())
    )


@own_fact
def _stamps(note: Note) -> list[int]:
    """Return where the links begin that are part of a timestamp."""
    return [link.span.start for link in note.links if _looks_like_stamp(link) and _is_stamp(note, link)]


def _looks_like_stamp(link: Link) -> bool:
    if link.display is not None and ":" in link.display:
        return True
    target = link.target
    if not (target[:1].isdigit() or ":" in target or "<" in target):
        return False  # as of nearly every link, and the path is a part of it
    path = link.path
    return path[:1].isdigit() or ":" in path or "<" in path


def _is_stamp(note: Note, link: Link) -> bool:
    stamps, (start, end) = note.timestamps, link.span
    i = bisect_right(stamps.starts, start) - 1
    if i >= 0 and end <= stamps.starts[i] + LENGTH:
        return True
    i = bisect_right(stamps.odd, start, key=lambda t: t.span.start) - 1
    return i >= 0 and end <= stamps.odd[i].span.end


def _missing(note: Note, link: Link, found: Resolution, vault: Vault) -> Faulty | None:
    path = link.path
    if vault.gone and (was := lost(path, note.path, vault)):
        fault: Fault = "broken-embed" if link.embed else "broken-link"
        meant = Meant() if was.now is None else guess(vault).like(path, note.path).meant
        return Faulty(link, found, fault, meant, lost=was)
    if _looks_like_stamp(link) and link.span.start in _stamps(note):
        return Faulty(link, found, "stamp")
    if malformed := _malformed(note, link, found, vault):
        return malformed
    return _unfollowed(note, link, found, vault)


def _malformed(note: Note, link: Link, found: Resolution, vault: Vault) -> Faulty | None:
    """Return a link that leads nowhere because of what stands around its target."""
    path = link.path
    if ":" in path and WEB_ADDRESS.match(path):
        return Faulty(link, found, "web-address")
    if link.form == "wikilink" and "](" in path and AROUND_LINK.fullmatch(link.target):
        return Faulty(link, found, "around-link")
    inner = unwrapped(link.target) if path[:1] in MARKS and link.form == "markdown" else ""
    if inner and (WEB_ADDRESS.match(inner) or vault.resolve(inner, note.path).path is not None):
        return Faulty(link, found, "wrapped")
    # of a note that is called otherwise broken-link speaks once the brackets are gone
    if path[:1] == "[" and (around := surplus(note, link)) and _leads(around.target, around.path, note, vault):
        return Faulty(link, found, "brackets")
    return None


def _leads(target: str, path: str, note: Note, vault: Vault) -> bool:
    """Return whether a link with this target and path leads to a file, or means one though it is mistyped."""
    if vault.resolve(target, note.path).path is not None:
        return True
    like = guess(vault).like(path, note.path)
    return bool(like.meant.entries) or like.near.slip


def _unfollowed(note: Note, link: Link, found: Resolution, vault: Vault) -> Faulty | None:
    """Return what is wrong with a well-formed link that leads nowhere, by what is like it."""
    names = guess(vault)
    broken: Fault = "broken-embed" if link.embed else "broken-link"
    path, fragment = target_as_meant(link.target)
    if path != link.path or "^" in path:
        for target in _in_our_notation(link, path, fragment):
            led = vault.resolve(target, note.path)
            split = "#" in path  # by what was written %23: only a heading that is there shows that this was meant
            if led.path is not None and led.status not in (
                "ambiguous",
                "missing-block",
                "missing-heading" if split else "",
            ):
                return Faulty(link, found, broken, path=path, target=target)
    meant, near = names.like(path, note.path)
    if entry := _titled(link, names):
        others = [e for e in meant.entries if e.path != entry.path]
        return Faulty(link, found, broken, Meant((entry, *others), 1), path=path, whole=not others)
    if not meant.entries and _leads_to_folder(link, path, note.path, vault):
        # GitHub follows it
        return None if vault.style.github_anchors and link.form != "wikilink" else Faulty(link, found, "folder")
    if link.embed:
        return Faulty(link, found, "broken-embed", meant, near, path=path)
    if meant.entries or near.slip:
        return Faulty(link, found, "broken-link", meant, near, path=path)
    if "." in path and BARE_DOMAIN.match(path) and (link.form in ("markdown", "reference") or path.startswith("www.")):
        return Faulty(link, found, "bare-domain")
    if _two_bars(link):
        return Faulty(link, found, "two-bars")
    if names.is_attachment(path):
        return Faulty(link, found, "broken-link", path=path)
    if link.path.endswith("/") or link.path in (".", ".."):
        return Faulty(link, found, "folder")
    return Faulty(link, found, "missing-note", near=near, path=path)


def _in_our_notation(link: Link, path: str, fragment: str | None) -> Iterator[str]:
    """Yield the targets that a link may mean whose path was written in another notation."""
    _, mark, inside = path.partition("#")
    is_fragment = fragment is None and inside.strip() != "" and not inside[0].isspace()  # `C# basics` is a title
    if path != link.path and path.strip("/.") and (not mark or is_fragment):
        yield path if fragment is None else f"{path}#{fragment}"
    if "^" in path and fragment is None:
        head, _, block = path.rpartition("^")
        yield f"{head.rstrip()}#^{block}"


def _titled(link: Link, names: Guess) -> Entry | None:
    """Return the note whose title is the whole text of a link, with what ends a path in it; a bar without the spaces that the title
    has around it is the link's own.
    """
    if link.display is not None and link.form in ("wikilink", "property") and not link.embed:
        whole = f"{link.target} | {link.display}"
        if (entry := names.titled(whole)) and "|" in entry.text:
            is_spaced = link.display_span is not None and link.display_span.start - link.target_span.end > 2
            return entry if is_spaced or " | " not in entry.text else None
    mark = next((c for c in "#/" if c in link.target), None)
    entry = names.titled(link.target) if mark else None
    return entry if entry and mark and mark in entry.text else None


def _leads_to_folder(link: Link, path: str, source: str, vault: Vault) -> bool:
    """Return whether a link names a folder of the vault, from its root, from the note's own folder, or by the end of its path."""
    if link.fragment is not None or not path:
        return False
    folders, key = _folder_names(vault), path_key(path).strip("/")
    if path.startswith(("./", "../")):
        return "/" + joined(path_key(source.rpartition("/")[0]), path_key(path)).strip("/") in folders
    return key in folders


@per_vault()
def _folder_names(vault: Vault) -> frozenset[str]:
    return frozenset(_folders(vault))


def _folders(vault: Vault) -> Iterator[str]:
    """Yield the folders of a vault, each by every end of its path, and by its whole path with a slash before it."""
    for folder in {p.rpartition("/")[0] for p in chain(vault.notes, vault.files)}:
        parts = path_key(folder).split("/") if folder and not folder.startswith(".") else []
        for end in range(1, len(parts) + 1):
            yield "/" + "/".join(parts[:end])
            for begin in range(end):
                yield "/".join(parts[begin:end])
