"""A stamp that leads nowhere.

What it does: reports each stamp of a transcript note that is not a link to its second yet: an anchor without `href`, a
clock in brackets (`[00:06:10]`, each one of `[00:11:02, 00:12:04]`), a clock as a wikilink (`[[00:06:10]]`), and what
generators make of both at once (`[00:06:10](<a …>00:06:10</a>)`, `[00:06:10]<a …>[00:06:10]</a>`).

Why it is bad: Obsidian renders no Markdown inside HTML and opens no anchor without `href`. The reader sees
`[00:06:10]` and clicks in vain.

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.
He says it twice [00:11:02, 00:12:04].
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence [00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s).
He says it twice [00:11:02](https://www.youtube.com/watch?v=aBcD_-12-4w&t=662s), [00:12:04](https://www.youtube.com/watch?v=aBcD_-12-4w&t=724s).
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence [00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s).
```

A clock without square brackets is a stamp by the shape of its line, in a note that names a video:
- a bold clock (`**0:05** · text`, as Obsidian's Web Clipper writes), `Name (00:12:34):`, `(00:12:34):` alone, `**Name** (48:47) -`, `[inaudible 00:44:48]`, a
  range or list in brackets (`(00:32:31-00:32:43)`), `【06:10】`, the first clock of a line of subtitles;
- in a column, which is three lines or more of one shape in one section whose times do not go back: `0:00 Intro`, `- 0:00 Intro`, `### 00:54:45 — Intro`,
  `(0:00) Intro`, a clock alone on its line, and `Name: 00:19:41` or `Name (0:19): text` where speakers take turns;
- the cells of a table, where a column of it begins at 0:00 and rises from row to row.

What is a time of day, a date, a length (`Duration: 00:10:40`), a line of a chat, or stands elsewhere in a table, in straight quotes, within HTML tags
(`<b>0:05</b>`) or in a URL is none, and neither are clocks in a column that goes on beyond the `duration`. Bare clocks that all may be times of a day, and begin late (`9:05`, `9:31`, `10:12`), are no column.

Fix: safe. The label stays as it is read, the clock alone becomes a link, and the second is the one that the stamp names. A stamp whose second is in
doubt (malformed-timestamp, mismatched-timestamp, shifted-timestamp, timestamp-past-end) is not linked by this rule, but that a whole transcript goes on beyond
the `duration` speaks against that property. A heading is linked to by its text: the links to it are changed in the same fix, in all notes, and go on showing
what they showed; where one of them cannot be written anew there is no fix. A clock of two fields, which may be a verse or a time of day, is linked safely only
in a column or where the note's other stamps are of that kind, and else by an unsafe fix; so are links to nowhere with a second (`[00:06:10](#t=00:06:10)`), which
may be meant for a plugin, and all stamps of a note that merely mentions its video. What stands right behind a stamp becomes a part of the link: brackets left
empty (`[00:06:10]()`), the video's URL with the same second (`[00:06:10] (https://…&t=370s)`); where something else may be left hanging there (`[00:06:10][1]`),
the fix is unsafe.

The video is that of a property; below a heading or an embed of another video it is that one, and below a line that names another the fix is unsafe. A stamp whose
own line names another video is reported without a fix. In code, formulas, comments and inside other links there is no fix: the finding says what
to do. In an HTML block, where Markdown is not rendered, the anchor gets an `href`.

How links are written is set in the configuration under `[timestamps]`: `style` is `markdown`, `html` (the anchor stays
and gets an `href`, a `data-t` of three fields and a label, if it lacks these; in a heading it becomes a Markdown link) or `media` (`&t=370#t=06:10`, for YouTube and the Media Extended plugin); `url` is `watch`, `short` or a
template (`https://youtu.be/{id}?t={seconds}`). `forms` names what is linked, `ignore-forms` what is not,
by the `form` or the `notation` that `ytvault inspect` tells: `ignore-forms = ["bare"]` leaves `[00:06:10]` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from processor.base.text import Span
from processor.parse.nodes import Timestamp
from processor.parse.timestamps.wellformed import LENGTH, Stamps
from processor.rules.base import Alike, Context, FoundFix, Problem, also_in_vault, mostly_alike, rule
from processor.vault.note import Note
from processor.vault.videos import aim_of, claims_of, own_video

from ._doubts import disputed, is_of_other_things
from ._evidence import judge
from ._linking import MESSAGE, TITLE, anchor_edits, is_settled, is_wanted, linkable, obstacle
from ._with_vault import needs_other_notes, unlinked_in_vault


@rule(severity="warning", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    stamps, doubts = note.timestamps, disputed(note)
    if not stamps.clocks:
        return _problems(note, context, stamps.rest_ones())
    return _problems(note, context, ((i, stamps[i]) for i in range(len(stamps)) if i not in doubts))


def _problems(note: Note, context: Context, stamps: Iterable[tuple[int, Timestamp]]) -> Iterator[Problem]:
    """Yield those of some stamps, each given with its index in the note."""
    doubts = disputed(note)
    with_fix: set[Span] = set()  # long lists whose fix a stamp has
    for index, stamp in stamps:
        is_elsewhere = stamp.place in ("code", "heading")
        if index in doubts or is_elsewhere or is_settled(stamp, context) or is_of_other_things(note, stamp):
            continue
        aim = aim_of(note, stamp, context.video_properties)
        if not aim.id and (stamp.form == "plain" or own_video(note, context.video_properties) is None):
            continue  # nobody can say which video it is of, or whether it is a stamp at all
        if what := obstacle(note, stamp, aim):
            yield Problem(stamp.span, f"{stamp.label or stamp.target} is no link: {what}")
            continue
        yield linkable(note, stamp, aim, context, with_fix)


@mostly_alike
def check_alike(note: Note, context: Context) -> tuple[Alike, Iterable[Problem]] | None:
    stamps = note.timestamps
    own = own_video(note, context.video_properties)
    if own is None or not own.is_sure or not is_wanted(context, "anchor"):
        return None
    anchors = _undisputed(note, stamps)
    if not anchors.clocks:
        return None
    claims = claims_of(note, own.id).firm
    if claims and any(claims.by_other(start, own.id) for start in anchors.starts):
        return None
    edits = partial(anchor_edits, note, anchors, own.id, context)
    alike = Alike(anchors.starts, LENGTH, anchors.clocks, MESSAGE, FoundFix(TITLE, safe=True), edits)
    return alike, _problems(note, context, stamps.rest_ones())


def _undisputed(note: Note, stamps: Stamps) -> Stamps:
    """Return the well-formed anchors amid text that nothing speaks against."""
    doubts = judge(note)
    if not doubts:
        return stamps
    columns = zip(stamps.indices(), stamps.clocks, stamps.starts, strict=True)
    kept = [(clock, start) for index, clock, start in columns if index not in doubts]
    return Stamps([clock for clock, _ in kept], [start for _, start in kept])


@also_in_vault(where=needs_other_notes)
def check_in_vault(note: Note, context: Context) -> Iterator[Problem]:
    return unlinked_in_vault(note, context)
