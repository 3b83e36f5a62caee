"""The hubs that are missing: a channel that `From:` lines name and no note is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from processor.commands.build.work import Places, Work, is_free
from processor.parse.frontmatter import quote_scalar
from processor.vault.facts import channel_target
from processor.vault.links.faults import of_fault
from processor.vault.naming import SHORTEST_FOLDED, letters, linkable, path_key, spaced
from processor.vault.naming.files import is_file_name
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault


def add_missing_hubs(work: Work) -> list[str]:
    """Add an empty hub for each channel that `From:` lines name and no note is; return their paths."""
    new, free = [], Places(work.vault)
    for name, notes in sorted(_wanted(work.vault).items()):
        path = place_of_hub(name, notes)
        if path and (
            not is_free(work.vault, path.rpartition("/")[2].removesuffix(".md")) or not (path := free.take(path))
        ):
            path = None
        if path is None:
            work.remark(notes[0].path, f'the channel "{name}" has no hub, and a file cannot be called so')
            continue
        title = quote_scalar(path.rpartition("/")[2].removesuffix(".md"))
        new.append(parse_note(f"---\ntitle: {title}\n---\n", path))
    work.add(new)
    return [n.path for n in new]


def lost(vault: Vault) -> list[str]:
    """Return the notes whose `From:` line leads nowhere."""
    targets = sorted(vault.facts(channel_target).items())
    return [p for p, target in targets if target is not None and vault.resolve(target, p).path is None]


def _wanted(vault: Vault) -> Mapping[str, Sequence[Note]]:
    """Return the notes of each channel without a hub, by the name that most of them give it."""
    found: dict[str, list[Note]] = {}
    names: dict[str, Counter[str]] = {}
    for path in lost(vault):
        note = vault.notes[path]
        link = note.channel
        assert link is not None
        # a slip of the pen, or one that may mean several, is a person's to decide
        if all(faulty.link is not link for faulty in of_fault(note, vault, "missing-note", "folder")):
            continue
        name = link.path.removesuffix(".md")
        is_folded = len(letters(name.rpartition("/")[2])) >= SHORTEST_FOLDED
        key = spaced(name) if is_folded else path_key(name)
        found.setdefault(key, []).append(note)
        names.setdefault(key, Counter())[name] += 1
    return {min(n for n, count in names[k].items() if count == max(names[k].values())): found[k] for k in found}


def place_of_hub(name: str, notes: Iterable[Note]) -> str | None:
    """Return where the hub of a channel belongs: where its name says, else in the folder of its notes that is called so,
    else in a new one. None where no file can be called so.
    """
    if not is_file_name(name) or not linkable(name):
        return None
    if "/" in name:
        return name + ".md"
    folders = Counter(n.folder for n in notes if path_key(n.folder.rpartition("/")[2]) == path_key(name))
    folder = min(folders, key=lambda f: (-folders[f], f)) if folders else name
    return f"{folder}/{name}.md"
