"""The hub that a note names for its channel does not link back to it.

What it does: reports a note whose channel is a note that holds no link to it: by its `From: [[channel]]` line, or, where it
names a video, by a link in its property `channel` or `author`. Off by default: `ytvault build` writes such links by itself.

Why it is bad: whoever starts from the channel never comes to the note.

```bad openweights/what_is_a_weight.md
---
title: What is a weight
videoId: Yw2sMd8fRj0
---

From: [[openweights]]

A weight is a number that training has found.
```

```fixed openweights/openweights.md
---
title: openweights
---

### [Weights and licences](https://www.youtube.com/watch?v=Yw2sMd8fRj0)
- [[licences|Licences]]
- [[what_is_a_weight|What is a weight]]

### [Who pays](https://www.youtube.com/watch?v=Qe9bLx3vHyI)
```

```good openweights/licences.md
---
title: Licences
videoId: Yw2sMd8fRj0
---

From: [[openweights]]

Most licences allow more than people think.
```

```file openweights/openweights.md
---
title: openweights
---

### [Weights and licences](https://www.youtube.com/watch?v=Yw2sMd8fRj0)
- [[licences|Licences]]

### [Who pays](https://www.youtube.com/watch?v=Qe9bLx3vHyI)
```

Fix: unsafe. The link is added to the hub, at the end of the list below its video's heading, or at the end of the hub where no heading
has the video. A hub may leave a note out on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from processor.base.text import Edit
from processor.rules.base import Context, Fix, NoteEdit, Problem, rule
from processor.vault.links.writing import link_to
from processor.vault.naming import linkable
from processor.vault.note import Note
from processor.vault.trace import EVERYTHING
from processor.vault.vault import Vault

_BULLET = re.compile(r"([ \t]*[-*+][ \t]+)")


@rule(severity="warning", needs="vault", fixes="unsafe", default=False)
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    path = vault.hub(note.path)
    if note.channel is None or path is None or path == note.path or note.path in _linked_by(path, vault):
        return
    hub = vault.notes[path]
    video = note.video(context.video_properties)
    at = place_in_hub(hub, video.id if video else "")
    fix = None
    is_open = hub.place_at(max(0, at - 1)) not in ("code", "comment", "math", "html")
    if is_open and linkable(vault.path_to(note.path, hub.path), markdown=True):
        link = link_to(note, hub.path, vault)
        fix = Fix(
            f"add {link} to {path}", safe=False, edits=lambda: [NoteEdit(path, Edit(at, at, item_of(hub, at, link)))]
        )
    yield Problem(note.channel.span, f'"{path}" does not link back to this note', fix)


def _linked_by(hub: str, vault: Vault) -> set[str | None]:
    """Return the files to which a hub links."""
    vault.trace.add(EVERYTHING)
    known: dict[str, set[str | None]] = vault.memo.setdefault("missing-from-hub", {})
    if hub not in known:
        with vault.trace.paused():
            known[hub] = {vault.resolve(link.target, hub).path for link in vault.notes[hub].links}
    return known[hub]


def place_in_hub(hub: Note, video_id: str) -> int:
    """Return where in the hub a link to a note of that video belongs: behind the last line of the video's section, or of the hub."""
    end = len(hub.text)
    if video_id:
        for link in hub.external_links:
            if video_id in link.url:
                over = [i for i, h in enumerate(hub.headings) if h.span.start <= link.span.start < h.span.end]
                if over:
                    following = hub.headings[over[0] + 1 : over[0] + 2]
                    end = following[0].span.start if following else end
                    break
    return max(hub.body_start, len(hub.text[:end].rstrip()))


def item_of(hub: Note, at: int, link: str) -> str:
    """Return the link as an item of the list that ends here, or as a list of its own."""
    last = hub.lines.line(max(0, at - 1))
    line = hub.text[hub.lines.start(last) : at]
    bullet = _BULLET.match(line)
    if bullet:
        return f"\n{bullet[1]}{link}"
    apart = "" if at == hub.body_start else "\n" if line.lstrip().startswith("#") else "\n\n"
    return f"{apart}- {link}" + ("\n" if at == hub.body_start else "")
