"""A stamp beyond the end of the video.

What it does: reports a stamp later than the video is long: by the note's `duration` property, else by that of another note on
the same video, an `.info.json` of yt-dlp among its captions, the setting `durations`, or its captions, which end with its last
word (see `ytvault captions`). That proves it wrong, and is an error. Without any of these it reports a stamp beyond four hours that
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

There is no fix: which second was meant, the video alone can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from processor.parse.youtube import write_clock
from processor.rules.base import Context, Problem, also_in_vault, rule
from processor.vault.note import Note

from ._ends import beyond_end
from ._evidence import Verdict, duration_of, has_doubtful_stamps, is_open, judge, judge_alone, judge_in_vault
from ._heard import has_own_captions


@rule(severity="warning", where=has_doubtful_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    return _beyond(note, judge_alone(note), proven=True)


@also_in_vault()
def check_in_vault(note: Note, context: Context) -> Iterator[Problem]:
    verdicts = judge(note) if has_doubtful_stamps(note) else {}
    if verdicts and has_own_captions(note, context):
        verdicts = {index: verdict for index, verdict in verdicts.items() if verdict.proven}
        yield from _beyond(
            note, {i: v._replace(kind="beyond") for i, v in verdicts.items() if v.kind == "shifted"}, proven=True
        )
    elif verdicts:
        found = judge_in_vault(note, context.vault) if is_open(note) else verdicts
        yield from _beyond(note, found, proven=False)
    for beyond in beyond_end(note, context):
        if beyond.stamp.place != "code" and verdicts.get(beyond.at) is None:
            yield Problem(beyond.stamp.span, beyond.message, None, "error")


def _beyond(note: Note, verdicts: Mapping[int, Verdict], *, proven: bool) -> Iterator[Problem]:
    for index, verdict in verdicts.items():
        if verdict.kind != "beyond" or verdict.proven != proven:
            continue
        stamp = note.timestamps[index]
        if stamp.place == "code" or stamp.fault:
            continue
        label = stamp.label or stamp.target
        if verdict.proven:
            end = write_clock(duration_of(note) or 0)
            yield Problem(stamp.span, f"{label} lies beyond the end of the video at {end}", None, "error")
        else:
            yield Problem(stamp.span, f"{label} lies hours beyond every other stamp of the video: look it up there")
