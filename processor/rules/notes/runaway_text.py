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
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from processor.base.text import Span
from processor.parse.timestamps.wellformed import LENGTH, Stamps
from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note

_RUN = 10
_STRIDE = _RUN // 2
_SENTENCE = re.compile(r"[^.!?\n]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")


@rule(severity="warning")
def check(note: Note, context: Context) -> Iterator[Problem]:
    stamps = note.timestamps
    between: list[tuple[int, int]] = []
    if _repeated(stamps) >= _RUN - 2:  # of each kind all but the first of a run
        yield from _stamps(note)
    else:
        between = [(start, start + LENGTH) for start in stamps.starts]
        if stamps.linked.links:
            between = sorted([*between, *(link.span for link in stamps.linked.links)])
    if any(map(_may_repeat, _stretches(between, note.text))):
        yield from _sentences(note)


def _repeated(stamps: Stamps) -> int:
    """Return how many stamps have the second of an earlier one; anchors amid text, links as the program writes them and others are
    counted apart."""
    alike, others = (stamps.clocks, stamps.linked.clocks), stamps.rest
    return sum(len(c) - len(set(c)) for c in alike) + len(others) - len({stamp.seconds for stamp in others})


def _stamps(note: Note) -> Iterator[Problem]:
    """Runs of equal stamps with no word between two of them."""
    run: list[Span] = []
    previous: object = None
    for stamp in note.timestamps:
        span = stamp.group or stamp.span
        same = stamp.seconds is not None and (stamp.seconds, stamp.form) == previous
        if not same or (run[-1] != span and _LETTERS.search(note.text, run[-1].end, span.start)):
            yield from _report(run, "stamps")
            run = []
        previous = (stamp.seconds, stamp.form)
        run.append(span)
    yield from _report(run, "stamps")


def _stretches(stamps: Sequence[tuple[int, int]], text: str) -> list[str]:
    """Return the stretches of text between stamps that stand there, as far as they have ten sentences; each of these, and each
    line, is ended by a full stop.

    Equal sentences with a stamp in them have equal stamps: where there are few of these, a run lies between two.
    """
    text = text.replace("\n", ".").replace("!", ".").replace("?", ".")
    starts = [0, *[end for _, end in stamps]]
    ends = [*[start for start, _ in stamps], len(text)]
    return [text[a:b] for a, b in zip(starts, ends, strict=True) if text.count(".", a, b) >= _RUN - 1]


def _may_repeat(text: str) -> bool:
    """Return whether ten equal sentences in a row may stand in a stretch. Of nearly all a glance tells."""
    pieces = list(filter(None, map(str.strip, text.split("."))))
    if len(pieces) - len(set(pieces)) < _RUN - 1:
        return False
    # in a run a piece is equal to the next, and to the one five places on; links alone repeat otherwise
    return any(
        a == b == c and _LETTERS.search(a) for a, b, c in zip(pieces, pieces[1:], pieces[_STRIDE:], strict=False)
    )


def _sentences(note: Note) -> Iterator[Problem]:
    """Runs of equal sentences; lines count as such."""
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
