"""A video id ends in a character that no id ends in.

What it does: reports an id of 11 right characters whose last one is none of `AEIMQUYcgkosw048`.

Why it is bad: an id is a number of 64 bits, and 11 characters hold 66, so only every fourth character can be the
last. Any other is a slip, and the video does not exist. It is a warning because Google does not promise it.

```bad
---
title: Open weights
videoId: dQw4w9WgXcR
---
```

```good
---
title: Open weights
videoId: Yw2sMd8fRj0
---
```

There is no fix: which character was meant cannot be known.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.youtube import is_possible_video_id
from processor.rules.base import Context, Problem, rule
from processor.rules.properties._video import has_odd_video, video_properties
from processor.vault.note import Note


@rule(severity="warning", where=has_odd_video)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for video in video_properties(note, context.video_properties):
        if video.id and not is_possible_video_id(video.id):
            yield Problem(video.id_span, f'no video has the id {video.id}: none ends in "{video.id[-1]}"')
