"""A quotation of words that nobody says.

What it does: looks for what stands in quotation marks, five words or more, in the captions of the note's video, or a transcript of
it in the vault (see `ytvault captions`), and reports what is not said there so: with what is said instead, where most of the words
are said one after another. A word left out or written otherwise is let pass, and so is an omission marked with `…` or `...`.

Why it is bad: quotation marks promise that somebody said just this, and a model that writes notes likes to put its own words into
them.

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

He says "nobody ever prints a training corpus, as papers would sue them" [00:02:00].
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

He says "nobody publishes the training corpus … would sue them the next morning" [00:02:00].
```

There is no fix: whether to quote what was said or to take the marks away, only a person can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.nodes import Place
from processor.parse.youtube import MAX_CLOCK, write_clock
from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note
from processor.vault.said import is_anything_said

from ._heard import has_stamps, heard

_QUOTE = regex(
    r"“([^“”\n]{20,600})”|„([^„“”\n]{20,600})[“”]|«([^«»\n]{20,600})»|(?<![\w\"=])\"([^\"\n]{20,600})\"(?![\w\"])"
)
_OMISSION = regex(r"\[?(?:\.\.\.|…)\]?")
_FEWEST = 5  # words
_SAID, _ALIKE = 0.75, 0.5  # of the terms, in their order
_PLACES: frozenset[Place] = frozenset(("text", "table", "heading"))


@rule(severity="information", needs="vault", where=has_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    if not is_anything_said(context.vault):
        return
    quotes = [m for m in _QUOTE.finditer(note.text, note.body_start) if note.place_at(m.start()) in _PLACES]
    if not quotes:
        return
    fitting = [of for of in heard(note, context.vault, context.video_properties).values() if of.fit.is_told]
    if len(fitting) != 1:
        return  # nobody can say in which of several videos it is to be said
    from processor.captions.terms import terms_of

    from ._claims import plain_text
    from ._hearing import passage_like

    of = fitting[0]
    for match in quotes:
        for part in _OMISSION.split(plain_text(next(filter(None, match.groups())))):
            terms = terms_of(part)
            if len(part.split()) < _FEWEST or len(terms) < _FEWEST:
                continue
            found = passage_like(of.captions, tuple(terms))
            if found and found.share >= _SAID:
                continue
            message = "nobody says this in the video"
            if not (found and found.share >= _ALIKE):
                if not of.is_whole:
                    continue
            else:
                second = min(max(0, int(of.fit.timing.stated_at(found.second))), MAX_CLOCK)
                said = " ".join(of.captions.words[found.first : found.last])
                message = f"nobody says this: at {write_clock(second)} it is “{said}”"
            yield Problem(Span(match.start(), match.end()), message)
            break
