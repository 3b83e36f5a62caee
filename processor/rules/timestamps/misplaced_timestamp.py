"""A stamp whose text is said elsewhere in the video.

What it does: holds the text before each stamp against the captions of its video, or a transcript of it in the vault (see
`ytvault captions`), and reports a stamp whose text is not said there but elsewhere: where one reading of its digits leads to it
(`05:29:00` is 5:29, or 58:29 with a digit lost, or an hour is missing), or simply where it is said. A note counts as a whole: how
its other stamps go wrong, and that stamps follow one another. A video without captions in the language of the note is left
alone, and so are a stretch of it in which nobody speaks, and what lies behind the end of captions that were cut short.
A list of chapters, lines from `0:00` on that begin with rising stamps, names parts of the video, and is not held against what is said.

Why it is bad: the link leads to another moment, and the reader believes that it is said there, or that nothing is.

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

Nobody publishes the training corpus, as newspapers would sue [00:02:00]. In Iceland translators recorded debates
of their parliament for a speech model [03:20:00]. Volunteers maintain the tokenizer on weekends [00:04:00].
```

```fixed
---
title: Openness
videoId: aBcD_-12-4w
---

Nobody publishes the training corpus, as newspapers would sue [00:02:00]. In Iceland translators recorded debates
of their parliament for a speech model [00:03:20]. Volunteers maintain the tokenizer on weekends [00:04:00].
```

```good
---
title: Openness
videoId: aBcD_-12-4w
---

Nobody publishes the training corpus, as newspapers would sue [00:02:00]. In Iceland translators recorded debates
of their parliament for a speech model [00:03:20]. Volunteers maintain the tokenizer on weekends [00:04:00].
```

Of 142 wrong stamps on 44 videos that people looked up 133 are reported, by this rule or as unsupported or behind the end of the
video, and of 48 right ones none.

Fix: it writes the place that is meant, in label and target. It is safe where it is all but certain (97 %), and the stamp lies
behind the end of the video or others of the note are as wrong: of 92 such repairs 91 were right. It is never safe where
others are off by the same interval, as by a part that the captions lack, nor where fewer than four words tell which digit is lost,
nor of a range or a list, of which the captions prove the first clock only; the end of a range is moved along. It is unsafe from
`min-confidence` on: of 115 repairs 111 were right at 50 %. What is less certain is reported with the place to look at, without a
fix. JSON tells the figure as `confidence`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.base.text import Span
from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note
from processor.vault.vault import Vault

from ._heard import has_stamps, heard
from ._repairs import LEAST, repairs

if TYPE_CHECKING:
    from processor.captions.decode import Meaning


@dataclass(frozen=True)
class Options:
    """See the rule's page."""

    min_confidence: float = LEAST
    """How probable the place must be that a fix writes, between 0 and 1."""

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise ValueError(f"min-confidence must lie between 0 and 1, and not be {self.min_confidence}")


@rule(severity="warning", needs="vault", fixes="both", options=Options, where=has_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for _, problem in repairs(note, context, context.options.min_confidence):
        yield problem


def meanings(note: Note, vault: Vault) -> Iterator[tuple[Span, Meaning]]:
    """Yield the stamps that are held against captions, and what they mean by these."""
    for of in heard(note, vault, vault.video_properties).values():
        for index, meaning in of.meanings.items():
            yield note.timestamps[index].span, meaning
