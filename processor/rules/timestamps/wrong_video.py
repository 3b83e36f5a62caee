"""A stamp that leads to another video than the note's.

What it does: reports a link of a transcript note that has a clock for its text and leads to another video, and any that
should start a video at a second and names none: a generator that did not know the id has put one in that it knew, or a
word (`watch?v=example`).

Why it is bad: the reader lands in a stranger's video.

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence [00:06:10](https://www.youtube.com/watch?v=example&t=370s).
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence [00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s).
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence [00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s). He said
so [in an earlier talk](https://youtu.be/0123456789A?t=20).
```

A part of the note that is about another video is let be: what stands below a heading, an embed or a line that names that
video.

Fix: unsafe, and only where the URL holds no video id at all, and nothing beside or above it names another video: the note's
video is meant, most likely. A link to another video may be meant, so there is no fix for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from processor.base.regex import regex
from processor.base.text import Edit
from processor.parse.nodes import Timestamp
from processor.parse.youtube import write_url
from processor.rules.base import Context, Fix, NoteEdit, Problem, rule
from processor.vault.note import Note
from processor.vault.videos import claims_of, own_video

from ._doubts import is_mismatched

_ENDS = regex(r"[\[\]()'\"`*|]")
"""What stands behind a bare URL more often than in it."""


def _edits(note: Note, stamp: Timestamp, video_id: str, context: Context) -> Iterator[NoteEdit]:
    if stamp.url_span and stamp.seconds is not None:
        url = write_url(video_id, stamp.seconds, context.url_style, media=context.stamp_style == "media")
        yield NoteEdit(note.path, Edit(*stamp.url_span, url))


def _has_more_than_anchors(note: Note) -> bool:
    """Return whether any stamp is not simply a well-formed anchor amid text."""
    return len(note.timestamps) > len(note.timestamps.clocks)


def _is_claimed(note: Note, stamp: Timestamp, video_id: str) -> bool:
    return claims_of(note, video_id).by_other(stamp.span.start, video_id) is not None


@rule(severity="warning", fixes="unsafe", where=_has_more_than_anchors)
def check(note: Note, context: Context) -> Iterator[Problem]:
    own = own_video(note, context.video_properties)
    if own is None or own.by != "property":
        return
    video_id = own.id
    stamps = note.timestamps
    all_there = stamps.linked.video_id == video_id
    for stamp in stamps.rest if all_there else stamps.odd:
        if stamp.url_span is None or stamp.video_id == video_id or (stamp.video_id and stamp.label_seconds is None):
            continue
        if stamp.video_id:
            claim = claims_of(note, video_id).sections.at(stamp.span.start)
            if claim and claim.video_id == stamp.video_id and note.text.find("\n", claim.start, stamp.span.start) >= 0:
                continue  # the note says above that this part of it is about that video
            yield Problem(stamp.span, f"it leads to the video {stamp.video_id}, and the note is about {video_id}")
            continue
        fix = None
        if (
            not stamp.fault
            and not is_mismatched(stamp)
            and stamp.place in ("text", "table")
            and _ENDS.search(stamp.url) is None
            and not _is_claimed(note, stamp, video_id)
        ):
            fix = Fix("lead it to the note's video", False, partial(_edits, note, stamp, video_id, context))
        yield Problem(
            stamp.span, f"it leads to no video: the URL holds no video id, and the note is about {video_id}", fix
        )
