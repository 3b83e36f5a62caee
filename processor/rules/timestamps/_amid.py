"""What stamps claim that stand amid their sentences: `Hardware was short, as she says [00:05:00], so laboratories rent it.`"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from processor.base.regex import regex
from processor.captions.claims import Claim
from processor.captions.terms import terms_of
from processor.vault.note import Note

from ._claims import block_end, block_start, plain_text

_SENTENCE_END = regex(r"[.!?][\"”»)*_]*\s")


def claims_amid(note: Note, claims: Mapping[int, Claim]) -> dict[int, Claim]:
    """Return the same claims, each of the sentence in which its stamp stands, or the part of it that is nearer to it than to
    another stamp, and of those behind it up to the next one that has a stamp.
    """
    text = note.text
    starts: dict[int, int] = {}
    before = 0  # where the stamp before ends
    for index in claims:
        span = note.timestamps[index].span
        start = max(before, block_start(text, span.start))
        for match in _SENTENCE_END.finditer(text, start, span.start):
            start = match.end()
        starts[index] = start
        before = span.end
    found: dict[int, Claim] = {}
    for index, next_start in zip(starts, [*islice(starts.values(), 1, None), len(text)], strict=False):
        end = min(block_end(text, note.timestamps[index].span.end), next_start)
        found[index] = Claim(claims[index].stated, tuple(terms_of(plain_text(text[starts[index] : end]))))
    return found
