"""Stubs of notes that are asked for and do not exist: one for all spellings of a name, with the sentences that ask for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from processor.base.text import Edit
from processor.commands.build.asked_parts import StubTexts
from processor.commands.build.missing import DEAD, ToNothing
from processor.commands.build.region import STUB, marked
from processor.commands.build.stages import Stage
from processor.commands.build.turning import turn
from processor.commands.build.work import Places, Work, is_free
from processor.commands.titles import readable
from processor.lint.linter import Linter
from processor.parse.frontmatter import quote_scalar
from processor.parse.nodes import Link
from processor.rules.base import Finding
from processor.vault.links.writing import relink
from processor.vault.naming import linkable
from processor.vault.naming.files import is_file_name
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from processor.vault.wanted import Wanted, name_key

FOLDER = "Missing notes"
"""Where stubs lie whose links name no folder."""
ANSWERED = (*DEAD, "broken-heading", "broken-block")
"""The rules that find links which a stub answers."""

Made = Mapping[str, Wanted]
"""The stubs that were made, by their paths, most wanted first."""


def add_stubs(work: Work, missing: Sequence[Wanted], links: Sequence[ToNothing]) -> Made:
    """Make a note of each missing one, with links to those that ask for it; return them by their paths, most wanted first. `links` are
    all that ask for something.
    """
    places: dict[str, Wanted] = {}
    free = Places(work.vault)  # of `fi` and `ﬁ` one disk may hold but one
    for one in missing:
        name = one.name
        file = name.rpartition("/")[2]
        is_possible = is_free(work.vault, file) and is_file_name(name) and linkable(name)
        path = free.take((name if "/" in name else f"{FOLDER}/{name}") + ".md") if is_possible else None
        if path is None:
            work.remark(one.notes[0], f'no stub is made for "{name}": a file cannot be called so, or one is already')
            continue
        places[path] = one
    asking: dict[str, list[ToNothing]] = defaultdict(list)
    for link in links:
        asking[name_key(link.name)].append(link)
    keys = {path: name_key(one.name) for path, one in places.items()}
    titles = {path: _title(asking[key]) for path, key in keys.items()}
    heads = {path: f"---\ntitle: {quote_scalar(title)}\n---\n" for path, title in titles.items()}
    work.add([parse_note(head, path) for path, head in heads.items()])
    stubs = StubTexts(work.vault, links)  # the links are written when all stubs have their place
    changed = []
    for path, key in keys.items():
        body, entries = stubs.of(path, titles[path], asking[key])
        work.made["stub entries"] += entries
        changed.append(parse_note(f"{heads[path]}\n{marked(STUB, body)}\n", path))
    work.change(changed)
    return places


def _title(links: Iterable[ToNothing]) -> str:
    """Return how a missing note is called: as most links spell it that have words in it."""
    names = Counter(link.name.removesuffix(".md").rpartition("/")[2].strip() for link in links)
    return readable(min(names, key=lambda n: (" " not in n, -names[n], n)))


def lead_to_stubs(work: Work, linter: Linter, stubs: Made, embeds: Iterable[ToNothing], stage: Stage) -> None:
    """Lead the links, and the embeds, that spell the name of a stub otherwise to it, and those of a part that it cannot have to the whole
    of it; they go on showing what they showed. `linter` tells which links lead nowhere (`ANSWERED`).
    """
    places = {name_key(one.name): path for path, one in stubs.items()}

    def led(_finding: Finding, note: Note, link: Link, vault: Vault) -> Edit | None:
        found = vault.resolve(link.target, note.path)
        path = places.get(name_key(link.path)) if link.path else None
        if path is None or found.path not in (None, path) or (found.path and found.status == "ok"):
            return None
        target = vault.path_to(path, note.path)
        part = f"{target}#{link.fragment}"
        is_there = link.fragment is not None and vault.resolve(part, note.path).status == "ok"
        return relink(note, link, part if is_there else target)

    asking = {path for one in stubs.values() for path in one.notes}
    asking |= {embed.source for embed in embeds if name_key(embed.name) in places}
    with stage("Leading", len(asking)) as advance:
        turn(work, linter, sorted(asking), led, "lead it to the note that is asked for", advance)
