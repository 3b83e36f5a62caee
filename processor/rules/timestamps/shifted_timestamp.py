"""A stamp that is hours too late: minutes and seconds written as hours and minutes.

What it does: reports `MM:SS` written as `MM:SS:00` or as `MM:SS` and two more digits, so that `10:50:00` means ten
minutes and fifty seconds. No single stamp shows that. The evidence is:

- a `duration` property of the note (`3723`, `1:02:03`, `PT1H2M3S`): what lies beyond it is wrong, an error;
- no YouTube video is longer than twelve hours;
- of the stamps beyond four hours half or more end in `:00`, where one in sixty would, or have two equal last fields;
- the stamps of the same video that do not end so, in this note and all others: as far as they reach without a gap, a
  stamp is believed. A true five-hour video has them all the way.

Stamps below four hours are doubted only in notes with others beyond: those that end in `:00` where most do, and those
beyond what the shifted ones make the video's length. A note whose every stamp ends in `:00` is judged by the other notes
on its video. A label that says `10:50` beside a `data-t` of `10:50:00` is evidence enough.

Why it is bad: the link leads hours behind the moment, mostly behind the video's end, where YouTube starts it anew.

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Opening <a class="yt-timestamp" data-t="00:00:40">[00:00:40]</a>, weights <a class="yt-timestamp" data-t="06:10:00">[06:10:00]</a>,
licences <a class="yt-timestamp" data-t="10:50:00">[10:50:00]</a>, data <a class="yt-timestamp" data-t="15:05:00">[15:05:00]</a>.
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Opening <a class="yt-timestamp" data-t="00:00:40">[00:00:40]</a>, weights <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>,
licences <a class="yt-timestamp" data-t="00:10:50">[00:10:50]</a>, data <a class="yt-timestamp" data-t="00:15:05">[00:15:05]</a>.
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Opening <a class="yt-timestamp" data-t="00:00:40">[00:00:40]</a>, weights <a class="yt-timestamp" data-t="02:06:10">[02:06:10]</a>,
licences <a class="yt-timestamp" data-t="03:10:50">[03:10:50]</a>, data <a class="yt-timestamp" data-t="04:15:05">[04:15:05]</a>.
```

Fix: unsafe. It writes the clock that was meant, in label and target. The evidence is good, yet it is only that: a
moderator may have cited whole minutes of a long stream. One lone stamp is reported without a fix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from processor.note import Note
from processor.rule import Context, Fix, NoteEdit, Problem, Severity, also_in_vault, rule
from processor.syntax import Timestamp
from processor.text import Edit, Span
from processor.youtube import set_start, write_clock

from ._evidence import Verdict, has_doubtful_stamps, is_open, judge_alone, judge_in_vault
from ._linking import RENDERED


def _edits(note: Note, stamp: Timestamp, seconds: int) -> Iterator[NoteEdit]:
    """The stamp's clocks written anew: its label, its `data-t`, its URL's start time."""
    clock = write_clock(seconds)
    if stamp.label_seconds is not None and stamp.label_seconds != seconds:
        yield NoteEdit(note.path, Edit(*stamp.label_span, clock))
    if stamp.url and stamp.url_span:
        yield NoteEdit(note.path, Edit(*stamp.url_span, set_start(stamp.url, seconds)))
    elif stamp.target_span and stamp.target and stamp.target_span != stamp.label_span:
        target = stamp.target_span
        if stamp.form == "link":  # `[10:50:00](#t=10:50:00)`
            written = note.quote(target)
            at = target.start + written.rindex(stamp.target)
            target = Span(at, at + len(stamp.target))
        yield NoteEdit(note.path, Edit(*target, clock))
    yield from _inner_label(note, stamp, clock)


def _inner_label(note: Note, stamp: Timestamp, clock: str) -> Iterator[NoteEdit]:
    """The second label of `[10:50:00](<a data-t="10:50:00">10:50:00</a>)` and the like."""
    if stamp.form in ("linked-anchor", "doubled") and stamp.target_span:
        behind = stamp.target_span.end
        at = note.text.find(stamp.target, behind, stamp.span.end)
        if at >= 0:
            yield NoteEdit(note.path, Edit(at, at + len(stamp.target), clock))


@rule(severity="warning", fixes="unsafe", where=has_doubtful_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    return _shifted(note, judge_alone(note))


@also_in_vault(where=is_open)
def check_in_vault(note: Note, context: Context) -> Iterator[Problem]:
    return _shifted(note, judge_in_vault(note, context.vault))


def _shifted(note: Note, verdicts: Mapping[int, Verdict]) -> Iterator[Problem]:
    for index, verdict in verdicts.items():
        if verdict.kind != "shifted":
            continue
        stamp = note.timestamps[index]
        if stamp.place == "code" or stamp.fault:
            continue
        label = stamp.label or stamp.target
        meant = write_clock(verdict.seconds)
        severity: Severity | None = "error" if verdict.proven else None
        reason = "the video is not so long" if verdict.proven else "hours too late by all evidence"
        if not verdict.sure:
            yield Problem(
                stamp.span, f"{label} is likely {meant}, but it is the only one of its kind: look it up in the video"
            )
        elif stamp.place in RENDERED - {"heading"} or stamp.place == "html":
            fix = Fix(f"write {meant}", False, partial(_edits, note, stamp, verdict.seconds))
            yield Problem(stamp.span, f"{label} means {meant}: {reason}", fix, severity)
        else:
            yield Problem(
                stamp.span, f"{label} means {meant}: {reason}; mend it by hand where it stands", None, severity
            )
