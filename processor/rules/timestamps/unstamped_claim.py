"""A sentence without a stamp whose place in the video is certain.

What it does: looks for each sentence that has no stamp behind it, in a paragraph or list item, in the captions of the note's video,
or a transcript of it in the vault (see `ytvault captions`), and reports those that are said at one place only. It is off unless it
is named, as a note need not stamp all that it says.

Why it is bad: the reader must look for the moment, though the program knows it.

```file captions/Talk [aBcD_-12-4w].en.vtt
WEBVTT

00:00.000 --> 00:09.000
Welcome everybody, tonight we ask who pays the electricity bill of open weights.

00:40.000 --> 00:49.000
A licence decides whether companies may sell whatever they have trained with it.

01:20.000 --> 01:29.000
Hardware shortages forced every laboratory to rent graphics cards from three clouds.

02:00.000 --> 02:09.000
Nobody publishes the training corpus, newspapers would sue them the next morning.

02:40.000 --> 02:49.000
Benchmarks leak into datasets, so scores climb without any understanding.

03:20.000 --> 03:29.000
Translators in Iceland recorded parliament debates for their own speech model.

04:00.000 --> 04:09.000
Volunteers maintain the tokenizer on weekends and answer angry bug reports.

04:40.000 --> 04:49.000
Regulators in Brussels demand energy labels on every large network.
```

```bad
---
title: Openness
videoId: aBcD_-12-4w
---

Nobody publishes the training corpus, as newspapers would sue [00:02:00].

Volunteers maintain the tokenizer on weekends and answer angry bug reports.
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Nobody publishes the training corpus, as newspapers would sue [00:02:00].

Volunteers maintain the tokenizer on weekends and answer angry bug reports. [00:04:00](https://www.youtube.com/watch?v=aBcD_-12-4w&t=240s)
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Nobody publishes the training corpus, as newspapers would sue [00:02:00].

Volunteers maintain the tokenizer on weekends and answer angry bug reports. [00:04:00](https://www.youtube.com/watch?v=aBcD_-12-4w&t=240s)
```

A moment to which another stamp of the note leads, as above a paragraph or in a list of chapters, is let be.

Fix: unsafe. It puts a link to the second behind the sentence, or an anchor where these are configured. A sentence counts only where
its place is as certain as 95 %.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from processor.base.regex import regex
from processor.base.text import Edit, Span
from processor.parse.timestamps.writing import write_anchor
from processor.parse.youtube import MAX_CLOCK, write_clock, write_url
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.vault.note import Note
from processor.vault.videos import own_video

from ._heard import has_stamps, heard

_LINE = regex(r"^(?![ \t>]*(?:#|\||```|~~~|%%|<|---|$))[^\n]+", re.M)
_END = regex(r"(?<![.!?])[.!?]++[\"”»)*_]*+(?=\s|$)")
_WORD = regex(r"[^\W\d_]{2}")
_FEWEST = 8  # terms
_CERTAIN = 0.95
_SAME = 30  # seconds


@rule(severity="information", needs="vault", fixes="unsafe", default=False, where=has_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    own = own_video(note, context.video_properties)
    of = heard(note, context.vault, context.video_properties).get(own.id) if own else None
    if own is None or of is None or not of.fit.is_told:
        return
    from processor.captions.decode import place_of
    from processor.captions.terms import terms_of

    from ._claims import plain_text

    stamped = sorted(claim.stated for claim in of.claims.values())
    for span in _unstamped(note):
        terms = tuple(terms_of(plain_text(note.quote(span))))
        if len(set(terms)) < _FEWEST:
            continue
        found, confidence = place_of(of.terms, terms)
        second = round(of.fit.timing.stated_at(found))
        if confidence < _CERTAIN or not 0 <= second <= MAX_CLOCK or _is_near(second, stamped):
            continue
        clock = write_clock(second)
        edit = Edit(span.end, span.end, f" {_written(own.id, second, context)}")
        fix = fix_by(note, f"link it to {clock}", edit, safe=False)
        yield Problem(span, f"this is said at {clock}, and no stamp says so", fix, None, confidence)


def _is_near(second: int, stamped: Sequence[int]) -> bool:
    """Return whether a stamp leads to a second already, from above or below its text or from a list of chapters."""
    at = bisect_left(stamped, second - _SAME)
    return at < len(stamped) and stamped[at] <= second + _SAME


def _unstamped(note: Note) -> Iterator[Span]:
    """Yield the sentences amid text to which no stamp belongs: none stands behind them in their line, nor at its start."""
    stamps = sorted([stamp.span for stamp in note.timestamps])
    at = 0
    for line in _LINE.finditer(note.text, note.body_start):
        start, end = line.span()
        first = True
        while at < len(stamps) and stamps[at].start < end:
            if first and not _WORD.search(note.text, start, max(start, stamps[at].start)):
                start = end
            first = False
            start = max(start, stamps[at].end)
            at += 1
        for match in _END.finditer(note.text, start, end):
            words = _WORD.search(note.text, start, match.start())
            if words and note.place_at(words.start()) == "text":
                yield Span(words.start(), match.end())
            start = match.end()


def _written(video_id: str, second: int, context: Context) -> str:
    """Return a stamp as the settings want it."""
    clock = write_clock(second)
    url = write_url(video_id, second, context.url_style, media=context.stamp_style == "media")
    return write_anchor(clock, clock, url) if context.stamp_style == "html" else f"[{clock}]({url})"
