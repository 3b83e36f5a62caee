"""A stamp whose label and target name different seconds.

What it does: reports an anchor whose label is another clock than its `data-t`, and a link whose text is another clock
than its URL's start time, also in links that a person wrote: `[1:06](…&t=66s)` is right, `[1:06](…&t=106s)` is not. A
link without a start time leads to second 0. A second of difference in a URL is let pass: start times get rounded.

Why it is bad: the reader sees one moment and is led to another, and nobody can tell which of the two is right.

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:06:10">[00:16:10]</a>.
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:06:10">[6:10]</a>.
```

There is no fix: which of the two is right, the video alone can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.note import Note
from processor.questions import has_odd_stamps
from processor.rule import Context, Problem, rule
from processor.youtube import MAX_CLOCK, write_clock

from ._linking import disputed


@rule(severity="warning", where=has_odd_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    del context
    for index, why in disputed(note).items():
        if why != "mismatched":
            continue
        stamp = note.timestamps[index]
        if stamp.place != "code":
            assert stamp.seconds is not None
            second = write_clock(stamp.seconds) if stamp.seconds <= MAX_CLOCK else f"second {stamp.seconds}"
            yield Problem(stamp.span, f"it reads {stamp.label} and leads to {second}: look which is right")
