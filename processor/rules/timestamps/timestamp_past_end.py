"""A stamp beyond the end of the video.

What it does: reports a stamp later than the video is long: by the note's `duration` property, else by that of another note on
the same video, an `.info.json` of yt-dlp among its captions, the setting `durations`, or its captions, which end with its last
word (see `ytvault captions`). That proves it wrong, and is an error. Captions prove nothing where they are foreign, or were cut short:
the stamps of the video go on behind their end, in steps like those before it, and what they stand for is said nowhere in them. And
what is heard half a minute and more behind a length that somebody states is there. Without any of these it reports a stamp beyond four hours that
the other stamps of the same video, here and in other notes, do not reach. What only has its fields shifted is reported by
shifted-timestamp.

Why it is bad: YouTube starts the video anew, and the reader looks in vain for the moment.

```bad
---
title: Openness
videoId: aBcD_-12-4w
duration: 45:00
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:56:10">[00:56:10]</a>.
```

```good
---
title: Openness
videoId: aBcD_-12-4w
duration: 1:45:00
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:56:10">[00:56:10]</a>.
```

```file captions/Talk [n3Vq8ZtKp0A].en.vtt
WEBVTT

00:00.000 --> 00:09.000
Welcome everybody, tonight we ask who pays the electricity bill of open weights.

00:40.000 --> 00:49.000
A licence decides whether companies may sell whatever they have trained with it.

01:20.000 --> 01:29.000
Hardware shortages forced every laboratory to rent graphics cards from three clouds.

02:00.000 --> 02:09.000
Nobody publishes the training corpus, newspapers would sue them the next morning.
```

```bad
---
title: Openness
videoId: n3Vq8ZtKp0A
---

Hardware shortages forced laboratories to rent graphics cards from clouds <a class="yt-timestamp" data-t="01:20:00">[01:20:00]</a>.
```

```fixed
---
title: Openness
videoId: n3Vq8ZtKp0A
---

Hardware shortages forced laboratories to rent graphics cards from clouds <a class="yt-timestamp" data-t="00:01:20">[00:01:20]</a>.
```

Fix: that of misplaced-timestamp, where that rule is on and captions say what was meant, with its `min-confidence`; safe or unsafe as it
is there. Without captions there is none: which second was meant, the video alone can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note

from ._ends import beyond_end, is_shown, proven_beyond
from ._evidence import has_doubtful_stamps, is_open, judge, judge_in_vault
from ._heard import has_own_captions, has_stamps
from ._repairs import repairs


@rule(severity="warning", needs="vault", fixes="both", where=has_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    proven = proven_beyond(note, context)
    repairing = context.on.get("misplaced-timestamp")
    fixes = (
        {at: found.fix for at, found in repairs(note, context, repairing.min_confidence)}
        if proven and repairing
        else {}
    )
    for at, message in proven.items():
        yield Problem(note.timestamps[at].span, message, fixes.get(at), "error")
    for beyond in beyond_end(note, context):
        if beyond.until is not None and is_shown(beyond.stamp):
            yield Problem(beyond.stamp.span, beyond.message)
    if has_doubtful_stamps(note) and not has_own_captions(note, context):
        yield from _guessed(note, context)


def _guessed(note: Note, context: Context) -> Iterator[Problem]:
    """Yield what the other stamps of the video make doubtful."""
    verdicts = judge_in_vault(note, context.vault) if is_open(note) else judge(note)
    for index, verdict in verdicts.items():
        stamp = note.timestamps[index]
        if verdict.kind == "beyond" and not verdict.proven and is_shown(stamp):
            label = stamp.label or stamp.target
            yield Problem(stamp.span, f"{label} lies hours beyond every other stamp of the video: look it up there")
