"""A stamp whose notation is broken.

What it does: reports what was meant for a stamp and is none: a tag with broken attributes (`class="yt="yt-timestamp"`,
`data=`, a missing `>` or `"`, a `span`), an anchor never closed, a `data-t` that is no clock (`01:00:17:51`, `05:4:00`,
`HH:MM:SS`, a range, a URL), a label that is none, also of a link (`[00:06:60](…&t=420s)`), a start time in a URL that YouTube
does not read (`t=55t`). A tag counts for a stamp's by its class or its `data-t`, as they are or as real notes have them wrong;
other tools' (`<span data-seconds="370">`) and templates (`data-t="{{time}}"`) are let be.

Why it is bad: a player or a program finds no second in it, and a broken tag can swallow the text behind it.

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone <a class="yt="yt-timestamp" data-t="00:06:10">[00:06:10]</a> are not a licence <a class="yt-timestamp" data-t="00:18:58]">[00:18:58]</a>.
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a> are not a licence <a class="yt-timestamp" data-t="00:18:58">[00:18:58]</a>.
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Weights alone are not a licence <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.
```

Fix: safe where one reading is left: label and `data-t` agree, or the one that is no clock says nothing and the other is
plain, or the notation has only one meaning (`00:18:58]`, `001:00:23`, `01:03:07:`; a fourth field behind an hour is a
frame). A label in full below four hours is believed before a `data-t` that is no clock. It is unsafe where one reading
is likely: a lost zero (`05:4:00` is 05:04:00), a lost third field (`01:26:`), a last field rounded up (`00:06:60` is 00:07:00;
of two fields, `5:60`, only where the note's stamps have two), label and target that differ. The fix writes
a well-formed anchor, which unlinked-timestamp then links. No fix where no reading is better than another (`N/A`), and
none in a heading or in code.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from processor.base.regex import regex
from processor.base.text import Edit
from processor.parse.nodes import Timestamp
from processor.parse.timestamps.clocks import LOOSE, count_fields, read_label
from processor.parse.timestamps.writing import is_plain, write_anchor
from processor.parse.youtube import MAX_CLOCK, read_clock, set_start, write_clock
from processor.rules.base import Context, Fix, NoteEdit, Problem, rule
from processor.rules.guards import has_odd_stamps
from processor.vault.note import Note

from ._linking import RENDERED, two_fields_are_stamps

_CLOCKS = regex(rf":?{LOOSE}|[0-9]{{3,5}}")


def _mended(note: Note, stamp: Timestamp) -> Edit | None:
    """Return the edit that writes a stamp as it was meant."""
    if stamp.reading is None or stamp.reading > MAX_CLOCK:
        return None
    clock = write_clock(stamp.reading)
    if stamp.form == "link" or (stamp.url and stamp.target_span is None):
        if stamp.seconds is not None:  # the target is well, its label is not
            return Edit(*stamp.label_span, _in_manner(note.quote(stamp.label_span), stamp.reading, stamp.end_seconds))
        return _with_start(stamp, stamp.reading)
    label = read_label(stamp.label)
    keep = label.kind == "words" or (label.seconds == stamp.reading and label.kind in ("clock", "several"))
    shown = stamp.label if keep and is_plain(stamp.label) else clock
    if stamp.form == "bare":
        if not keep:
            shown = _in_manner(note.quote(stamp.label_span), stamp.reading, stamp.end_seconds)
        return Edit(*stamp.label_span, shown)
    if stamp.form == "wikilink":
        return Edit(*stamp.span, f"[{shown}]" + (f"({stamp.url})" if stamp.url else ""))
    # an `href` that leads to a video stays: the stamp is a link already
    href = set_start(stamp.url, stamp.reading) if stamp.url else ""
    return Edit(*stamp.span, write_anchor(clock, shown, href))


def _in_manner(label: str, seconds: int, end_seconds: int | None) -> str:
    """Return a label with its clock, or both of a range, written as they were meant, and in their manner: `~5:60` becomes
    `~6:00`.
    """
    first, *others = _CLOCKS.finditer(label)
    written = label[: first.start()] + _like(first[0], seconds)
    at = first.end()
    if others and end_seconds is not None:
        last = others[0]
        written += label[at : last.start()]
        written += last[0] if read_clock(last[0]) is not None else _like(last[0], end_seconds)
        at = last.end()
    return written + label[at:]


def _like(clock: str, seconds: int) -> str:
    return write_clock(seconds, like=clock) if clock.count(":") <= 2 else write_clock(seconds)


def _with_start(stamp: Timestamp, seconds: int) -> Edit | None:
    if stamp.url_span is None:
        return None
    return Edit(*stamp.url_span, set_start(stamp.url, seconds))


def _edits(note: Note, edit: Edit) -> Iterator[NoteEdit]:
    yield NoteEdit(note.path, edit)


@rule(severity="error", fixes="both", where=has_odd_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    del context
    for stamp in note.timestamps.rest:
        if not stamp.fault or stamp.place == "code":
            continue
        if stamp.form == "bare" and count_fields(stamp.label) == 2 and not two_fields_are_stamps(note):
            continue  # `[5:60]` may be anything
        if stamp.reading is None:
            yield Problem(
                stamp.span, f"{stamp.fault}, and which second is meant cannot be told: look it up in the video"
            )
            continue
        meant = write_clock(stamp.reading) if stamp.reading <= MAX_CLOCK else ""
        edit = _mended(note, stamp) if stamp.place in RENDERED or stamp.place == "html" else None
        message = f"{stamp.fault}; {'it means' if stamp.certain else 'most likely it means'} {meant}"
        if stamp.place == "heading" or edit is None:
            where = "in a heading, to which links may lead" if stamp.place == "heading" else "in its place"
            yield Problem(stamp.span, f"{message}: mend it by hand {where}")
            continue
        yield Problem(stamp.span, message, Fix(f"write it as {meant}", stamp.certain, partial(_edits, note, edit)))
