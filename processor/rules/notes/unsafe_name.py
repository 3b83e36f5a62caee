"""The name of a note or folder holds what does harm in names or links.

What it does: reports names with `#`, `^`, `|`, `[[`, `]]` or `%%`; with `*`, `"`, `\\`, `<`, `>`, `?` or `:`; with invisible
characters or a no-break space; names that begin or end with a space; folders that end with a dot; and the names that
Windows keeps for itself (`CON`, `NUL`, `COM1` …). A folder's name is reported once, in the first note below it.

Why it is bad: the first lot ends a wikilink's target, so the note cannot be linked to. Windows and Android refuse the second, and a sync
stops there. An invisible character makes a name that nobody can type, and two that look the same.

```bad talks/C# and models.md
---
title: C# and models
---
```

```good talks/C sharp and models.md
---
title: C# and models
---
```

There is no fix: the name is its author's. `ytvault rename` moves a note and takes its links along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from processor.base.text import Span
from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault

_HARMLESS = re.compile(r"(?! )[\w ,;()+=@&!'~${}.\-]*(?<! )", re.ASCII)
_LINKS = re.compile(r"\[\[|\]\]|%%|[#^|]")
_SYSTEMS = re.compile(r'[*"\\<>?:]')
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)")
_SAFE = re.compile(rf"(?!{_RESERVED.pattern}){_HARMLESS.pattern}", re.ASCII)
_JOINERS = "\u200c\u200d"  # between letters of many scripts, and in emoji, they have a meaning


@rule(severity="warning", needs="vault")
def check(note: Note, context: Context) -> Iterator[Problem]:
    if not _SAFE.fullmatch(note.name) and (faults := _faults(note.name)):
        yield Problem(Span(0, 0), f"the name {_shown(note.name)} {faults}; ytvault rename changes it and its links")
    folders = _first_below(context.vault)
    for folder in folders.get(note.path, ()):
        faults = _faults(folder.rpartition("/")[2], folder=True)
        yield Problem(Span(0, 0), f"the folder {_shown(folder)} {faults}")


@per_vault()
def _first_below(vault: Vault) -> dict[str, list[str]]:
    """Return the folders with faults in their names, by the first note below each."""
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for path in sorted(vault.notes):
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            above, _, name = folder.rpartition("/")
            if _faults(name, folder=True):
                found.setdefault(path, []).insert(0, folder)
            folder = above
    return found


def _faults(name: str, *, folder: bool = False) -> str:
    """Return what is wrong with one name, for people; empty where nothing is."""
    found = []
    if not _HARMLESS.fullmatch(name):
        if marks := dict.fromkeys(_LINKS.findall(name)):
            found.append(f"holds {_listed(marks)}, which no link to it can hold")
        if marks := dict.fromkeys(_SYSTEMS.findall(name)):
            found.append(f"holds {_listed(marks)}, which Windows and Android refuse")
        if hidden := dict.fromkeys(_hidden(name)):
            found.append(f"holds {' and '.join(hidden)}, which nobody sees")
        if name != name.strip(" "):
            found.append("begins or ends with a space")
    if folder and name.endswith("."):
        found.append("ends with a dot, which Windows drops")
    if _RESERVED.match(name):
        found.append("is one that Windows keeps for itself")
    return " and ".join(found)


def _hidden(name: str) -> Iterator[str]:
    """Yield the characters of a name that have no shape, as `U+200B`."""
    for i, char in enumerate(name):
        kind = unicodedata.category(char)
        if char == "\xa0" or kind in ("Cc", "Cf", "Zl", "Zp") or char in "\u115f\u1160\u3164\uffa0":
            around = name[max(0, i - 1) : i] + name[i + 1 : i + 2]
            joined = char in _JOINERS and len(around) == 2 and not any(c.isascii() for c in around)
            if not joined and not "\U000e0020" <= char <= "\U000e007f":  # flags are written with tag characters
                yield f"U+{ord(char):04X}"


def _listed(marks: dict[str, None]) -> str:
    return " and ".join(marks)


def _shown(name: str) -> str:
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in name) + '"'
