"""Which rule speaks about a link: each faulty link is reported by exactly one. Worked out once for all rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from processor.facts import own_fact
from processor.gone import Lost, lost
from processor.linktext import heading_at, headings_taken_along, relink, written_link
from processor.meant import guess
from processor.naming import path_key
from processor.naming.names import Entry, Meant, Near
from processor.note import Note
from processor.regex import regex
from processor.resolution import Resolution
from processor.rule import Fix, NoteEdit
from processor.syntax import Link
from processor.text import Edit
from processor.timestamps.wellformed import LENGTH, Stamps
from processor.vault import Vault
from processor.wikitext import PLACEHOLDER

Fault = Literal[
    "stamp",  # of the family of the timestamps
    "two-bars",
    "web-address",
    "bare-domain",
    "around-link",
    "broken-embed",
    "broken-link",
    "missing-note",
    "broken-heading",
    "broken-block",
    "ambiguous-link",
]


class Faulty(NamedTuple):
    """A link that is not as it should be, where it leads, and what is wrong; for one that leads nowhere, what is like it.

    `lost` is what it led to before the change that is judged.
    """

    link: Link
    resolution: Resolution
    fault: Fault
    meant: Meant = Meant()
    near: Near = Near()
    lost: Lost | None = None


WEB_ADDRESS = regex(r"(?:[a-z][a-z0-9+.-]*://|mailto:)\S", re.I)
BARE_DOMAIN = regex(
    r"(?:www\.[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|io|co|ai|dev|app|be|tv))(?:[/?#:]|$)",
    re.I,
)
AROUND_LINK = regex(r"\[?(?P<text>[^\[\]]*)\]\((?P<url><[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
# `#t=00:06:10`, as media players write a moment: no heading
_MOMENT = regex(r"t=[\d:.,hms]+", re.I)
_SIZE = regex(r"\d+(?:x\d+)?")


def of_fault(note: Note, vault: Vault, *faults: Fault) -> Sequence[Faulty]:
    """The links of a note that have one of these faults, in its order."""
    # only of the last note: its rules ask one after another, and those of a large vault do not fit into memory
    last: tuple[Note, Mapping[Fault, Sequence[Faulty]]] | None = vault.memo.get("links")
    if last is None or last[0] is not note:
        last = vault.memo["links"] = (note, _by_fault(note, vault))
    by_fault = last[1]
    found = [by_fault[fault] for fault in faults if fault in by_fault]
    if len(found) > 1:
        return sorted(chain.from_iterable(found), key=_place)
    return found[0] if found else ()


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
    """Whether a template engine is to put something into the link (`[[{{date}}]]`), so that it is none yet."""
    if link.form in ("markdown", "reference"):
        written = f"<{link.target}>"  # the angle brackets around a destination may be the engine's
    else:
        written = link.target if link.display is None else f"{link.target}|{link.display}"
    return ("{{" in written or "<%" in written) and PLACEHOLDER.search(written) is not None


def _place(faulty: Faulty) -> int:
    return faulty.link.span.start


def _judged(note: Note, link: Link, vault: Vault) -> Faulty | None:
    found = vault.resolve(link.target, note.path)
    if found.path is None:
        return _missing(note, link, found, vault)
    if found.status == "missing-heading":
        moment = _MOMENT.fullmatch(link.fragment or "")
        return Faulty(link, found, "stamp" if moment else "broken-heading")
    if found.status == "missing-block":
        return Faulty(link, found, "broken-block")
    if _two_bars(link):
        return Faulty(link, found, "two-bars")
    if found.decider in ("folder", "shortest", "tie") and _others(found):
        return Faulty(link, found, "ambiguous-link")
    return None


def _others(found: Resolution) -> bool:
    """Whether another file fits than those whose path differs only in case: of these name-collision speaks."""
    assert found.path is not None
    key = path_key(found.path)
    return any(path_key(c) != key for c in found.candidates)


def _two_bars(link: Link) -> bool:
    if link.display is None or "|" not in link.display or link.form not in ("wikilink", "property"):
        return False
    # an embed may have a text and a size
    return not (
        link.embed and link.display.count("|") == 1 and _SIZE.fullmatch(link.display.rpartition("|")[2].strip())
    )


@own_fact
def _stamps(note: Note) -> list[int]:
    """Where the links begin that are part of a timestamp."""
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
    if isinstance(stamps, Stamps):  # the most of them are not made for this
        i = bisect_right(stamps.starts, start) - 1
        if i >= 0 and end <= stamps.starts[i] + LENGTH:
            return True
        stamps = stamps.odd
    i = bisect_right(stamps, start, key=lambda t: t.span.start) - 1
    return i >= 0 and end <= stamps[i].span.end


def _missing(note: Note, link: Link, found: Resolution, vault: Vault) -> Faulty:
    path = link.path
    if vault.gone and (was := lost(path, note.path, vault)):
        fault: Fault = "broken-embed" if link.embed else "broken-link"
        meant = Meant() if was.now is None else guess(vault).like(path, note.path).meant
        return Faulty(link, found, fault, meant, lost=was)
    if _looks_like_stamp(link) and link.span.start in _stamps(note):
        return Faulty(link, found, "stamp")
    if ":" in path and WEB_ADDRESS.match(path):
        return Faulty(link, found, "web-address")
    if link.form == "wikilink" and "](" in path and AROUND_LINK.fullmatch(link.target):
        return Faulty(link, found, "around-link")
    asked = guess(vault)
    meant, near = asked.like(path, note.path)
    if link.embed:
        return Faulty(link, found, "broken-embed", meant, near)
    if meant.entries or near.slip:
        return Faulty(link, found, "broken-link", meant, near)
    if "." in path and BARE_DOMAIN.match(path) and (link.form in ("markdown", "reference") or path.startswith("www.")):
        return Faulty(link, found, "bare-domain")
    if _two_bars(link):
        return Faulty(link, found, "two-bars")
    if asked.is_attachment(path) or not path.rpartition("/")[2]:
        return Faulty(link, found, "broken-link")
    return Faulty(link, found, "missing-note", near=near)


# --- fixes ---


def fix_with(note: Note, vault: Vault, edits: list[Edit], title: Callable[[], str], *, safe: bool) -> Fix | None:
    """A fix that makes these edits; inside a heading it takes the links to that heading along, or there is none."""
    along: list[NoteEdit] = []
    if any(heading_at(note, e.start) for e in edits):
        taken = headings_taken_along(vault, note, edits)
        if taken is None:
            return None
        along = [NoteEdit(*t) for t in taken]
    return Fix(title(), safe, lambda: [NoteEdit(note.path, e) for e in edits] + along)


def leads_to(note: Note, link: Link, vault: Vault, target: str, *, safe: bool) -> Fix | None:
    """A fix that leads a link to `target`, in the link's own form; what a reader sees stays."""
    edit = relink(note, link, target)
    if edit is None:
        return None
    return fix_with(note, vault, [edit], lambda: f"write {written_link(note, link, edit)}", safe=safe)


def own_path(link: Link) -> str:
    """A link's path as `leads_to` takes it: that of a Markdown link without its `.md`, which comes back by itself."""
    return link.path.removesuffix(".md") if link.form in ("markdown", "reference") else link.path


def leads_to_file(note: Note, link: Link, vault: Vault, path: str, *, safe: bool) -> Fix | None:
    """A fix that leads a link to a file, by the path that the vault's style asks for; its fragment is kept."""
    target = vault.path_to(path, note.path)
    if vault.resolve(target, note.path).path != path:
        return None
    if link.fragment is not None:
        target += "#" + link.fragment
    return leads_to(note, link, vault, target, safe=safe)


# --- words ---


def named(entry: Entry, note: Note, vault: Vault) -> str:
    """How a message names a note: as a link from this note would."""
    return f'"{vault.path_to(entry.path, note.path)}"'


def either(names: list[str]) -> str:
    """`a`, `a or b`, `a, b or c`; of more than three the first three and how many others."""
    if len(names) > 3:
        return f"{', '.join(names[:3])} or {len(names) - 3} other{'s' if len(names) > 4 else ''}"
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def either_quoted(texts: list[str]) -> str:
    """`"a", "b" or "c"`, each cut where it is long."""
    return either([f'"{t if len(t) <= 80 else t[:79] + "…"}"' for t in texts])


def what_was_meant(faulty: Faulty, note: Note, vault: Vault) -> str:
    """What a message says of a link that leads nowhere: what it may mean; empty where nothing is like it."""
    meant, near = faulty.meant, faulty.near
    if faulty.lost:
        return f"; {faulty.lost.story}"
    if answer := meant.answer:
        name = named(answer, note, vault)
        if answer.kind == "alias":
            return f"; that is an alias of {name}, and Obsidian follows no alias"
        if answer.kind == "title":
            return f"; that is the title of {name}, and Obsidian goes by the file name"
        return f"; the file name is {name}"
    entries = meant.entries or near.entries
    if not entries:
        return ""
    names = either([named(e, note, vault) for e in entries])
    return f"; it may mean {names}" if meant.entries else f"; did you mean {names}?"


def guessed_fix(faulty: Faulty, note: Note, vault: Vault) -> Fix | None:
    """Safe where one note was meant for certain, unsafe where the nearest name stands out by far.

    What a link led to is never given up for what is like it; where it was renamed, the link follows.
    """
    if faulty.lost:
        now, answer = faulty.lost.now, faulty.meant.answer
        safe = answer is not None and answer.path == now  # else it is git's guess
        return leads_to_file(note, faulty.link, vault, now, safe=safe) if now is not None else None
    if answer := faulty.meant.answer:
        return leads_to_file(note, faulty.link, vault, answer.path, safe=True)
    if by_far := faulty.near.by_far:
        return leads_to_file(note, faulty.link, vault, by_far.path, safe=False)
    return None
