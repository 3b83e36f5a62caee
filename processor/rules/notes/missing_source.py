"""A note has no `From:` line, though the notes beside it have one.

What it does: reports a note made from a transcript that no `From: [[channel]]` line leads back from, where most of the
other such notes in its folder have one. Hub notes need none, nor do those with a link in a property `channel` or `author`.
Such a property counts where the note names its video by a URL, by an embed at its head, or by an id under a name that says so
(`videoId`, `youtube_id`); a bare id under any other name is no sign of a video.

Why it is bad: the line is the only way from the note to its channel. Without it the note is missing among the
channel's backlinks and hangs loose in the graph.

```bad openweights/what_is_a_weight.md
---
title: What is a weight
videoId: Yw2sMd8fRj0
---

A weight is a number that training has found.
```

```fixed
---
title: What is a weight
videoId: Yw2sMd8fRj0
---

From: [[openweights]] <br/>

A weight is a number that training has found.
```

```good openweights/licences.md
---
title: Licences
videoId: n3Vq8ZtKp0A
---

From: [[openweights]] <br/>

Most licences allow more than people think.
```

```file openweights/openweights.md
---
title: openweights
---
```

```file openweights/who_pays.md
---
title: Who pays
videoId: Qe9bLx3vHyI
---

From: [[openweights]] <br/>

Somebody pays for the machines.
```

Fix: unsafe. The line is the one that most of the neighbours have, and a note in the wrong folder would get the wrong
channel. No fix is offered where the note begins with a `From:` line that links to nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Edit, Span
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.vault.facts import channel_target, fact, has_anchor, videos
from processor.vault.note import Note
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault

_LINE = regex(r"^[^\S\n]*+\S[^\n]*", re.M)


class Folder(NamedTuple):
    """What the transcript notes of one folder have: how many there are, and how often each `From:` line stands in them."""

    notes: int
    lines: Mapping[str, int]


@rule(severity="warning", needs="vault", fixes="unsafe")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    if note.channel or vault.kind_of(note) != "transcript":
        return
    folder = _folders(vault)[note.folder]
    most = max(folder.lines.values(), default=0)
    if not most or most * 2 < folder.notes - 1:
        return  # the notes beside it are of several channels, or of none
    line = min(line for line, count in folder.lines.items() if count == most)
    first = first_line(note)
    fix = fix_by(note, f"add the line {line}", insertion(note, line), safe=False)
    message = f"nothing says where this is from; the notes beside it say {line}"
    yield Problem(first, message, None if note.quote(first).lower().startswith("from:") else fix)


@fact
def _line_of_channel(note: Note) -> str:
    """Return the `From:` line as it is written; empty where there is none."""
    return note.channel_line or ""


@per_vault(_line_of_channel, channel_target, has_anchor, videos)
def _folders(vault: Vault) -> dict[str, Folder]:
    paths, lines_of = list(vault.transcripts()), vault.facts(_line_of_channel)
    folders = [path.rpartition("/")[0] for path in paths]
    lines: dict[str, dict[str, int]] = {}
    for (folder, line), count in Counter(zip(folders, map(lines_of.__getitem__, paths), strict=True)).items():
        if line:
            lines.setdefault(folder, {})[line] = count
    return {folder: Folder(count, lines.get(folder, {})) for folder, count in Counter(folders).items()}


def first_line(note: Note) -> Span:
    """Return the first line of the body that is not blank."""
    m = _LINE.search(note.text, note.body_start)
    return Span(*m.span()) if m else Span(note.body_start, note.body_start)


def insertion(note: Note, line: str) -> Edit:
    """Return the line behind the properties, with a blank line on either side."""
    at, text = note.body_start, note.text
    if at and text[at - 1] != "\n":
        return Edit(at, at, f"\n\n{line}\n")
    before = ""
    if text.startswith("\n", at):
        at += 1
    elif at:
        before = "\n"
    return Edit(at, at, f"{before}{line}\n" + ("" if text.startswith("\n", at) or at == len(text) else "\n"))
