"""A stamp whose text is said nowhere in the video.

What it does: holds the text before each stamp against the captions of its video, or a transcript of it in the vault (see
`ytvault captions`), and reports a stamp whose text is said neither there nor anywhere: of ten words that tell something, hardly any
two are said near one another. Of sentences on other videos it finds four in ten, of those whose stamps are right fewer than one in
two hundred. What is said elsewhere is reported by misplaced-timestamp, and what lies behind the end of the video by
timestamp-past-end.

Why it is bad: the reader looks in vain for what the note says. Either the stamp is wrong or the sentence is: a model that writes
notes may have made it up.

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

Nobody publishes the training corpus, as newspapers would sue [00:02:00]. The moon consists of green cheese, of which hungry astronauts
nibble away a crater each summer [00:03:20].
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Nobody publishes the training corpus, as newspapers would sue [00:02:00]. In Iceland translators recorded debates of their parliament
for a speech model [00:03:20].
```

There is no fix: only a person can tell, by a look into the video.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note

from ._heard import has_stamps, judged


@rule(severity="information", needs="vault", where=has_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for _, _, stamp, meaning, judgement in judged(note, context):
        if judgement == "unsupported" and not meaning.beyond and not stamp.fault:
            label = stamp.label or stamp.target
            yield Problem(stamp.span, f"what {label} stands for is said neither there nor elsewhere in the video")
