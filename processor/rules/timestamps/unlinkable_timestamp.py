"""Stamps in a note whose video is not known.

What it does: reports, once a note, that it has stamp anchors and names no video they could lead to. It is silent where
another rule says why: missing-property for a transcript note without a video, invalid-video-id for a bad id.

Why it is bad: none of the stamps can ever become a link.

```bad
<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a> Weights alone are not a licence.
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a> Weights alone are not a licence.
```

There is no fix: which video it is, only a person knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.nodes import ANCHORS
from processor.rules.base import Context, Problem, rule
from processor.rules.guards import lacks_properties
from processor.vault.note import Note
from processor.vault.videos import own_video


@rule(severity="error", where=lacks_properties)
def check(note: Note, context: Context) -> Iterator[Problem]:
    if note.video(context.video_properties) or own_video(note, context.video_properties):
        return  # of the first invalid-video-id speaks
    properties = note.properties
    if properties.span is not None or properties.unclosed is not None or properties.misplaced is not None:
        return  # missing-property judges it, or a rule says why there are no properties to read
    stamps = [t for t in note.timestamps if t.form in ANCHORS and not t.url and t.place != "code"]
    if not stamps:
        return
    count = "the stamp leads" if len(stamps) == 1 else f"the {len(stamps)} stamps lead"
    yield Problem(stamps[0].span, f"{count} to no video: the note has no properties that name one")
