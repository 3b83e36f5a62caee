"""A stamp whose text is said nowhere in the video.

What it does: holds the text before each stamp against the captions of its video, or a transcript of it in the vault (see
`ytvault captions`), and reports a stamp whose text is said neither there nor anywhere. What is said elsewhere is reported by
misplaced-timestamp, and what lies behind the end of the video by timestamp-past-end.

Why it is bad: the reader looks in vain for what the note says. Either the stamp is wrong or the sentence is: a model that writes
notes may have made it up.

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
