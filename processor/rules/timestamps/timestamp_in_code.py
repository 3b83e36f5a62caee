"""A stamp in code, where it can be no link.

What it does: reports anchors and full clocks in brackets (`[00:06:10]`) that stand in a code span, a code block or a fence
of a transcript note. Clocks of two fields are let pass there: `[10:20]` is a slice.

Why it is bad: nothing in code is rendered. The reader sees `<a class="yt-timestamp" …` spelled out and cannot click it.

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

The weights come up at `00:06:10`.
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

The weights come up at [00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s).
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

He calls it `weights_only` [00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s).
```

Fix: unsafe, and only where a code span holds nothing but a clock (`01:02:40` between backticks) of a note whose stamps leave no
doubt: it becomes a link. Else there is none: whether the stamp or the code was meant, and where the code ends, only a person can tell. A note that is one fence as a
whole is mended by fenced-note.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from processor.parse.timestamps.notations import IN_CODE
from processor.rules._fences import fence_around_note, unclosed_fences
from processor.rules.base import Context, Fix, Problem, rule
from processor.rules.guards import has_odd_stamps
from processor.vault.note import Note
from processor.vault.videos import aim_of

from ._evidence import has_doubtful_stamps
from ._linking import TITLE, fix_edits, obstacle


@rule(severity="warning", fixes="unsafe", where=has_odd_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    stamps = [t for t in note.timestamps.rest if t.place == "code"]
    if not stamps or not note.is_transcript(context.video_properties):
        return
    in_doubt = has_doubtful_stamps(note)  # what leads to the wrong second had better stay code
    around = fence_around_note(note)
    mistaken = [c.span for c in (*unclosed_fences(note), *([around] if around else ()))]
    for stamp in stamps:
        # where the fence itself is the mistake, its own rule says so
        if not any(stamp.span.start in span for span in mistaken):
            label = stamp.label or stamp.target or "the stamp"
            fix = None
            if stamp.notation == IN_CODE:
                aim = aim_of(note, stamp, context.video_properties)
                alone = stamp._replace(place="text")
                if aim.id and not stamp.fault and not in_doubt and not obstacle(note, alone, aim):
                    fix = Fix(TITLE, False, partial(fix_edits, note, alone, aim.id, context))
            yield Problem(stamp.span, f"{label} stands in code, where it is no link: move it behind the code", fix)
