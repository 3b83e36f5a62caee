"""Captions that are those of another video.

What it does: reports a note whose video has captions, or a transcript in the vault, that are of another episode and were saved under
its id. They are told by what the notes on the video say: of a text hardly anything is said in one place of another talk, even if
its subject is the same; and by the share of stamps whose text is said where they stand: six in ten to all by captions of the
video, fewer than two in ten by others. Captions of another cut of the same video, in which all is said so much sooner or later, are
no foreign ones: they are shifted and believed.

Why it is bad: nothing can be held against such captions, and whoever reads or quotes them is misled. Of the stamps of such a video
nothing is said by misplaced-timestamp and unsupported-timestamp.

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
title: Compost
videoId: aBcD_-12-4w
---

- Kitchen scraps rot faster when you chop them and keep the pile damp [00:00:40].
- Never throw cooked meat on the heap unless you enjoy the company of rats [00:01:20].
- Tomatoes want potash once the first truss has set its fruit [00:02:00].
- Slugs avoid coarse sand, although a hungry one crosses anything [00:02:40].
- Prune apple trees while frost keeps the sap down in the roots [00:03:20].
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

- Who pays the electricity bill of open weights [00:00:00].
- A licence decides whether companies may sell what they trained [00:00:40].
- Hardware shortages forced laboratories to rent graphics cards [00:01:20].
- Nobody publishes the training corpus, newspapers would sue [00:02:00].
- Benchmarks leak into datasets and scores climb without understanding [00:02:40].
- Translators in Iceland recorded parliament debates for a speech model [00:03:20].
- Volunteers maintain the tokenizer and answer angry bug reports [00:04:00].
- Regulators in Brussels demand energy labels on large networks [00:04:40].
```

There is no fix: take the file away, or give it the id of its video.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note

from ._heard import has_stamps, heard


@rule(severity="warning", needs="vault", where=has_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    found = heard(note, context.vault, context.video_properties)
    if not found:
        return
    from processor.captions.timing import FEWEST

    for video_id, of in found.items():
        if of.fit.kind == "foreign" and of.claims:
            first = note.timestamps[min(of.claims)]
            fit = of.fit
            why = (
                f"by them only {100 * fit.share:.0f} % of {fit.stamps} stamps are right"
                if fit.stamps >= FEWEST
                else "hardly anything that its notes say is said in them"
            )
            message = f"the captions {of.captions.path} are not those of the video {video_id}: {why}"
            yield Problem(first.span, message)
