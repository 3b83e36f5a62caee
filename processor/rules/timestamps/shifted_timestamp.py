"""A stamp that is hours too late: minutes and seconds written as hours and minutes.

What it does: reports `MM:SS` written as `MM:SS:00` or as `MM:SS` and two more digits, so that `10:50:00` means ten
minutes and fifty seconds. No single stamp shows that. The evidence is:

- a `duration` property of the note (`3723`, `1:02:03`, `PT1H2M3S`): what lies beyond it is wrong, an error (which is
  timestamp-past-end's to say where nothing shows that it is shifted);
- no YouTube video is longer than twelve hours;
- of the stamps beyond four hours half or more end in `:00`, where one in sixty would, or have two equal last fields;
- the stamps of the same video that do not end so, in this note and all others: as far as they reach without a gap, a
  stamp is believed. A true five-hour video has them all the way;
- links whose text and start time agree: where they follow one another in order, each within four hours of the one before,
  they are believed, and what lies between them.

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

Fix: unsafe. It writes the clock that was meant, in label and target, where that can be told: for stamps beyond four hours, in
a note in which more of these have a first field of 10 and above than below. Held against what is said in the videos, 98 % of
such repairs were right; where the first field is 4 to 9 it was 51 %, and 16 % where it is 1 to 3: a digit of the minutes may be
lost (`05:29:00` is 58:29), or the stamp be some hours off. These are reported without a fix. So is what lies below four hours:
of 433 such repairs 138 were right. Once its witnesses beyond four hours are mended, nothing speaks against it any more.

Where the video has captions nothing need be guessed: misplaced-timestamp says what is meant, and this rule is silent.

The shifted stamps of a note bear witness against one another, so all of them are mended at once or none: those in headings
too, with the links to the heading, and those where no link works (in display texts, formulas, comments). None is where one
of them stands in code, is malformed, or is silenced by a comment, and where mending them would take away the evidence
against a stamp that stays, in the note or in another one about the same video.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from processor.parse.youtube import write_clock
from processor.rules.base import Context, Fix, Problem, Severity, objecting, rule
from processor.vault.note import Note
from processor.vault.vault import Vault

from ._evidence import Verdict, has_doubtful_stamps, is_open, judge, judge_in_vault
from ._heard import has_own_captions
from ._mending import lost_evidence, mending


@rule(severity="warning", needs="vault", fixes="unsafe", where=has_doubtful_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    if has_own_captions(note, context):
        return iter(())
    return _shifted(note, judge_in_vault(note, context.vault) if is_open(note) else judge(note), context)


@objecting
def objections(vault: Vault, after: Vault, mended: Sequence[str]) -> Iterable[tuple[Sequence[str], str]]:
    return lost_evidence(vault, after, mended)


def _shifted(note: Note, verdicts: Mapping[int, Verdict], context: Context) -> Iterator[Problem]:
    mended = mending(note, verdicts, context)
    for index, verdict in verdicts.items():
        if verdict.kind != "shifted":
            continue
        stamp = note.timestamps[index]
        if stamp.place == "code" or stamp.fault:
            continue
        label = stamp.target if stamp.label_seconds == verdict.seconds else stamp.label or stamp.target
        meant = write_clock(verdict.seconds)
        severity: Severity | None = "error" if verdict.proven else None
        reason = "the video is not so long" if verdict.proven else "hours too late by all evidence"
        if not verdict.sure:
            yield Problem(
                stamp.span, f"{label} may mean {meant}, or a digit may be lost: look it up in the video", None, severity
            )
        elif index in mended.edits:
            fix = Fix(f"write {meant}", False, partial(iter, mended.edits[index]), together=True)
            yield Problem(stamp.span, f"{label} means {meant}: {reason}", fix, severity)
        else:
            what = mended.hindrance or "mend it by hand where it stands"
            yield Problem(stamp.span, f"{label} means {meant}: {reason}; {what}", None, severity)
