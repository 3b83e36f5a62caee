"""A stamp whose label and target name different seconds.

What it does: reports an anchor whose label is another clock than its `data-t`, or whose `href` leads to another second than that, and a link whose text is another clock
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

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:51:10">[51:10:00]</a>.
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:51:10">[00:51:10]</a>.
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:06:10">[6:10]</a>.
```

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:06:10" href="https://www.youtube.com/watch?v=aBcD_-12-4w&t=970s">[00:06:10]</a>.
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:06:10" href="https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s">[00:06:10]</a>.
```

Fix: safe where the URL of the note's video names no second at all (`[12:34](https://youtu.be/…)`): it gets that of the label.
Where an anchor's `data-t` and `href` differ, the one that the label does not name is written anew, which is unsafe.
Else only where the label is the target with a field too many, `08:47:00` beside a `data-t` of `00:08:47`: minutes and seconds were written as hours and minutes, and the target is right. It writes the label anew, and is safe where no video is so
long as the label says (twelve hours, or the note's `duration`), else unsafe. For all others there is none: which of the two is
right, the video alone can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from processor.base.regex import regex
from processor.base.text import Edit
from processor.parse.nodes import Timestamp
from processor.parse.youtube import LONGEST_VIDEO, MAX_CLOCK, set_start, write_clock
from processor.rules.base import Context, Fix, NoteEdit, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.guards import has_odd_stamps
from processor.vault.note import Note
from processor.vault.videos import own_video

from ._doubts import differing_href, disputed
from ._evidence import duration_of
from ._linking import RENDERED

_IN_FULL = regex(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}")


def _is_shifted(stamp: Timestamp) -> bool:
    """Return whether the label is the target with one more field behind it."""
    label = stamp.label_seconds or 0
    return label >= 3600 and label // 60 == stamp.seconds and _IN_FULL.fullmatch(stamp.label) is not None


def _edits(note: Note, stamp: Timestamp, clock: str) -> Iterator[NoteEdit]:
    yield NoteEdit(note.path, Edit(*stamp.label_span, clock))


def _problem_of_href(note: Note, stamp: Timestamp, href: int, context: Context) -> Problem:
    """Return what is wrong with an anchor whose `data-t` and `href` differ; where the label agrees with one, it is the other's turn."""
    assert stamp.seconds is not None
    assert stamp.target_span is not None
    assert stamp.url_span is not None
    own = own_video(note, context.video_properties)
    fix = None
    if stamp.place != "heading" and own is not None and own.id == stamp.video_id:
        if stamp.label_seconds == stamp.seconds:
            edit = Edit(*stamp.url_span, set_start(stamp.url, stamp.seconds))
            fix = fix_by(note, f"lead its `href` to {_told(stamp.seconds)}", edit, safe=False)
        elif stamp.label_seconds == href:
            edit = Edit(*stamp.target_span, write_clock(href))
            fix = fix_by(note, f"write {_told(href)} as its `data-t`", edit, safe=False)
    message = f"its `data-t` names {_told(stamp.seconds)}, and its `href` leads to {_told(href)}"
    return Problem(stamp.span, message if fix else f"{message}: look which is right", fix)


def _told(second: int) -> str:
    return write_clock(second) if second <= MAX_CLOCK else f"second {second}"


def _fix_of_start(note: Note, stamp: Timestamp, context: Context) -> Fix | None:
    """Return the fix that gives a URL of the note's own video the second of its label; that of another may say how long that is."""
    own = own_video(note, context.video_properties)
    second = stamp.label_seconds
    if (
        own is None
        or own.id != stamp.video_id
        or stamp.url_span is None
        or second in (None, duration_of(note))
        or stamp.place == "heading"
    ):
        return None
    edit = Edit(*stamp.url_span, set_start(stamp.url, second))
    return fix_by(note, f"lead it to {stamp.label}", edit, safe=own.is_sure)


@rule(severity="warning", fixes="both", where=has_odd_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for index, why in disputed(note).items():
        if why != "mismatched":
            continue
        stamp = note.timestamps[index]
        if stamp.place != "code":
            assert stamp.seconds is not None
            second = _told(stamp.seconds)
            href = differing_href(stamp)
            if href is not None:
                yield _problem_of_href(note, stamp, href, context)
                continue
            if _is_shifted(stamp):
                message = (
                    f"it reads {stamp.label}, hours and minutes in the place of minutes and seconds: it means {second}"
                )
                fix = None
                if stamp.place in RENDERED - {"heading"} or stamp.place == "html":
                    sure = (stamp.label_seconds or 0) > (duration_of(note) or LONGEST_VIDEO)
                    edits = partial(_edits, note, stamp, write_clock(stamp.seconds, like=stamp.label))
                    fix = Fix(f"write {second}", sure, edits)
                yield Problem(stamp.span, message if fix else f"{message}; mend it by hand where it stands", fix)
                continue
            if stamp.video_id and not stamp.target:
                fix = _fix_of_start(note, stamp, context)
                yield Problem(stamp.span, f"it reads {stamp.label} and leads to the start of the video", fix)
                continue
            yield Problem(stamp.span, f"it reads {stamp.label} and leads to {second}: look which is right")
