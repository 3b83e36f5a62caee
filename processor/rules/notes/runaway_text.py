"""A generator that could not stop.

What it does: reports ten or more equal stamps in a row, and ten or more equal sentences or lines in a row.

Why it is bad: a language model got into a loop there. What follows, and often what stands before, was made up.

```bad
He lists them [00:00:03] [00:00:03] [00:00:03] [00:00:03] [00:00:03] [00:00:03] [00:00:03] [00:00:03] [00:00:03] [00:00:03].
```

```good
He lists them [00:00:03] [00:00:05] [00:00:09] and comes back to the first [00:00:03].
```

There is no fix: what of it is to stay, only a person can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from processor.note import Note
from processor.rule import Context, Problem, rule
from processor.text import Span
from processor.timestamps.wellformed import Stamps

_RUN = 10
_STRIDE = _RUN // 2
_SENTENCE = re.compile(r"[^.!?\n]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")


@rule(severity="warning")
def check(note: Note, context: Context) -> Iterator[Problem]:
    del context
    yield from _stamps(note)
    yield from _sentences(note)


def _stamps(note: Note) -> Iterator[Problem]:
    """Runs of equal stamps with no word between two of them."""
    stamps = note.timestamps
    if len(stamps) < _RUN:
        return
    if isinstance(stamps, Stamps):
        repeated = len(stamps.clocks) - len(set(stamps.clocks))
        if stamps.odd:
            repeated += len(stamps.odd) - len({stamp.seconds for stamp in stamps.odd})
        if repeated < _RUN - 2:  # of each kind all but the first
            return  # too few of them are equal for a run
    run: list[Span] = []
    previous: object = None
    for stamp in stamps:
        span = stamp.group or stamp.span
        same = stamp.seconds is not None and (stamp.seconds, stamp.form) == previous
        if not same or (run[-1] != span and _LETTERS.search(note.text, run[-1].end, span.start)):
            yield from _report(run, "stamps")
            run = []
        previous = (stamp.seconds, stamp.form)
        run.append(span)
    yield from _report(run, "stamps")


def _sentences(note: Note) -> Iterator[Problem]:
    """Runs of equal sentences; lines count as such."""
    # most notes have none, and a run of ten takes nine pieces that are there already
    text = note.text.replace("\n", ".").replace("!", ".").replace("?", ".")
    pieces = list(filter(None, map(str.strip, text.split("."))))
    if len(pieces) - len(set(pieces)) < _RUN - 1:
        return
    if not any(
        a == b == c and _LETTERS.search(a) for a, b, c in zip(pieces, pieces[1:], pieces[_STRIDE:], strict=False)
    ):
        return  # in a run a piece is equal to the next, and to the one five places on; links alone repeat otherwise
    found = (
        (m[0].strip(), Span(*m.span())) for m in _SENTENCE.finditer(note.text, note.body_start) if not m[0].isspace()
    )
    for text, run in groupby(found, key=lambda piece: piece[0]):
        if _LETTERS.search(text):
            spans = [span for _, span in run]
            if note.place_at(spans[0].start) != "code":
                first = spans[0].start + len(note.quote(spans[0])) - len(note.quote(spans[0]).lstrip())
                last = spans[-1].start + len(note.quote(spans[-1]).rstrip())
                yield from _report([Span(first, first), *spans[1:-1], Span(last, last)], "sentences")


def _report(run: Iterable[Span], what: str) -> Iterator[Problem]:
    spans = list(run)
    if len(spans) >= _RUN:
        span = Span(spans[0].start, spans[-1].end)
        yield Problem(span, f"{len(spans)} equal {what} in a row: a generator that could not stop; cut them by hand")
