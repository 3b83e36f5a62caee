"""A start time in a URL that YouTube does not read.

What it does: reports a link to a second of a video whose URL names it in a way that YouTube passes over: a clock behind `#t=`
or `&t=`, words (`t=28min40s`), a start time joined on by a wrong sign (`youtu.be/ID&t=119s`, `watch?v=ID?t=119`), `t=` in an
embedding URL, which reads `start=` only; and one with several start times that differ. YouTube reads `t=370`, `370s`,
`6m10s`, and fractions behind `t=`.

Why it is bad: the link opens the video at its beginning, or not at all.

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence [06:10](https://youtu.be/aBcD_-12-4w&t=370s).
They were, once [0:31](https://www.youtube.com/watch?v=aBcD_-12-4w#t=00:00:31).
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence [06:10](https://youtu.be/aBcD_-12-4w?t=370s).
They were, once [0:31](https://www.youtube.com/watch?v=aBcD_-12-4w&t=31s#t=00:00:31).
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence [06:10](https://youtu.be/aBcD_-12-4w?t=6m10s).
```

Fix: safe where the second is certain. A fragment stays: the Media Extended plugin reads a clock there, and the second is
written before it for YouTube. It is unsafe where the clock is no well-formed one (`t=9:9`), and of several start times where the
label says which is meant; without a label there is no fix, nor in a heading, to which links may lead. A clip
(`#t=06:10,06:20`) is for Media Extended and let be. Start times that mean nothing (`t=s`) are for malformed-timestamp, those
that their label contradicts for mismatched-timestamp.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from processor.base.text import Edit
from processor.parse.nodes import Timestamp
from processor.parse.starts import find_unread_start
from processor.parse.youtube import set_start
from processor.rules.base import Context, Fix, NoteEdit, Problem, rule
from processor.rules.guards import has_odd_stamps
from processor.vault.note import Note

from ._doubts import is_mismatched

TITLE = "write the start time as YouTube reads it"


@rule(severity="warning", fixes="both", where=has_odd_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    del context
    for stamp in note.timestamps.rest:
        if not stamp.video_id or stamp.url_span is None or stamp.fault or is_mismatched(stamp) or stamp.place == "code":
            continue
        found = find_unread_start(stamp.url)
        if found is None:
            continue
        mended = found.url
        if not mended and stamp.label_seconds is not None:
            mended = set_start(stamp.url, stamp.label_seconds)
        edit = _edit(note, stamp, mended) if mended else None
        yield Problem(
            stamp.url_span, found.why, edit and Fix(TITLE, found.certain and bool(found.url), partial(_edits, edit))
        )


def _edit(note: Note, stamp: Timestamp, mended: str) -> NoteEdit | None:
    """Return the edit of a URL; None in a heading, and where the URL is not written as it is read, or elsewhere than the stamp."""
    span = stamp.url_span
    assert span is not None
    at = note.text.find(stamp.url, span.start, span.end)
    if at < 0 or stamp.place == "heading" or not stamp.span.start <= at < stamp.span.end:
        return None
    return NoteEdit(note.path, Edit(at, at + len(stamp.url), mended))


def _edits(edit: NoteEdit) -> Iterator[NoteEdit]:
    yield edit
