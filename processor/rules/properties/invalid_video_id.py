"""The property that names the video holds no video id.

What it does: reports a video property whose value is neither an id of 11 characters (letters, digits, `-`, `_`) nor a
YouTube URL with one, and a URL where the property's name asks for an id. A property of a general name, such as `source`, is
judged only where it holds a URL of YouTube's.

Why it is bad: the stamps of the note lead to a video that does not exist, or cannot be linked at all.

```bad
---
title: Open weights
videoId: https://www.youtube.com/watch?v=Yw2sMd8fRj0&list=PL123
---
```

```fixed
---
title: Open weights
videoId: Yw2sMd8fRj0
---
```

```bad
---
title: Open weights
videoId: dQw4w9WgXc
---
```

```good
---
title: Open weights
videoId: Yw2sMd8fRj0
source: a talk in Lisbon
---
```

Fix: safe, for a URL in an id's place: the id in it says the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.frontmatter import edit_value
from processor.parse.youtube import is_video_id, read_url
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.properties._video import VideoProperty, has_odd_video, video_properties
from processor.vault.note import Note


@rule(severity="error", fixes="safe", where=has_odd_video)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for video in video_properties(note, context.video_properties):
        if not video.id:
            yield Problem(video.span, _message(video))
        elif not video.holds_url and not is_video_id(video.written):
            entry, found = video.entry, video.id
            edit = edit_value(note.text, entry, found)
            yield Problem(
                video.span,
                f'"{entry.key}" holds a URL where the id belongs: {found}',
                fix_by(note, f"write {found}", edit, safe=True),
            )


def _message(video: VideoProperty) -> str:
    entry, written = video.entry, video.written
    if entry.style in ("list", "mapping", "alias"):
        return f'"{entry.key}" must be one video id, and this is a {entry.style}'
    if read_url(written) is not None:
        return "this URL of YouTube's leads to no video: it has no id of 11 characters"
    if "/" in written:
        return "this is neither a video id nor a URL of YouTube's"
    odd = [c for c in written if not (c.isascii() and (c.isalnum() or c in "-_"))]
    if odd:
        shown = "a space" if odd[0].isspace() else f'"{odd[0]}"'
        return f"this is no video id: {shown} is not a letter, a digit, - or _"
    return f"this is no video id: one has 11 characters, this has {len(written)}"
