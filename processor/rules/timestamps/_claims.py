"""What the stamps of a note claim: the text to which each belongs, as it can be held against what a video says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processor.base.regex import regex
from processor.captions.claims import Claim
from processor.captions.terms import terms_of
from processor.parse.nodes import Place, Timestamp
from processor.vault.note import Note

_ENOUGH = 4  # terms: with fewer a text says too little, and what stands before it is taken in
_NEXT_LINE = 200  # code points: as far on a line may begin to which a stamp above it belongs
_LINES = 20  # of a paragraph, at most
_NOT_SHOWN: frozenset[Place] = frozenset(("code", "math", "property"))
_STARTS_BLOCK = regex(r"[ \t>]*(?:$|[-+*][ \t]|[0-9]{1,9}[.)][ \t]|#{1,6}[ \t]|\||```|~~~)", re.M)
_WIKILINK = regex(r"!?\[\[([^\]|\n]*)(?:\\?\|([^\]\n]*))?\]\]")
_LINK = regex(r"\[([^\]\n]*)\]\([^)\n]*\)")
_NO_WORDS = regex(r"<[^>\n]*>|https?://\S+|\b[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?\b|[`|#>\[\]]+|(?<!\w)_+|_+(?!\w)")
_WORD = regex(r"[^\W\d_]{2}")
_ENDS_SENTENCE = regex(r"[)\]*_ \t]*(?:[.!?;:](?:\s|$)|$)", re.M)
_EMPHASIS = regex(r"\*+|==|~~")


def claims_of(note: Note, video_id: str) -> dict[int, Claim]:
    """What each stamp of a video claims, by its index in the note."""
    found: dict[int, Claim] = {}
    stamps = list(note.timestamps)
    before: Timestamp | None = None
    terms: list[str] = []
    leading_until = 0  # where the block ends whose stamps stand before their text
    for index, (stamp, following) in enumerate(zip(stamps, [*stamps[1:], None], strict=False)):
        second = _second(stamp)
        if second is None or stamp.place in _NOT_SHOWN or (stamp.video_id and stamp.video_id != video_id):
            continue
        start = _block_start(note.text, stamp.span.start)
        goes_on = before is not None and before.span.end > start
        own = terms_of(plain_text(note.text[before.span.end if goes_on and before else start : stamp.span.start]))
        if not goes_on and len(set(own)) < _ENOUGH:
            leading_until = _leading_until(note.text, stamps[index:], has_text=bool(own))
        if stamp.span.start < leading_until:
            end = min(leading_until, following.span.start if following else leading_until)
            few = [] if goes_on else own
            own = [*few, *terms_of(plain_text(note.text[stamp.span.end : end]))]
        elif not own and not goes_on:
            own = terms_of(plain_text(_behind(note.text, stamp, following)))
        elif goes_on and len(set(own)) < _ENOUGH:
            own = [*terms, *own]
        terms = own
        before = stamp
        found[index] = Claim(second, tuple(own))
    return found


def plain_text(text: str) -> str:
    """The words of a text as a reader sees them, without Markdown, URLs and clocks."""
    text = _WIKILINK.sub(lambda m: m[2] or m[1].rpartition("#")[2].replace("_", " "), text)
    return _EMPHASIS.sub("", _NO_WORDS.sub(" ", _LINK.sub(r"\1", text)))


def _second(stamp: Timestamp) -> int | None:
    if stamp.fault:
        return stamp.reading if stamp.certain else None
    return stamp.seconds


def _block_start(text: str, at: int) -> int:
    """Where the paragraph, the item or the row begins in which a place stands."""
    start = text.rfind("\n", 0, at) + 1
    for _ in range(_LINES):
        if start == 0 or _STARTS_BLOCK.match(text, start):
            break
        above = text.rfind("\n", 0, start - 1) + 1
        if _is_blank(text, above, start - 1):
            break
        start = above
    return start


def _leading_until(text: str, stamps: Sequence[Timestamp], *, has_text: bool) -> int:
    """Where the block ends in which some stamps stand, the first of them with no more than a few words before it, if they stand
    before their text, as there is some behind the last of them; 0 where they stand behind it."""
    first = stamps[0].span.end
    if has_text and _ENDS_SENTENCE.match(text, first):
        return 0
    end = _block_end(text, first)
    last = max(stamp.span.end for stamp in stamps if stamp.span.start < end)
    return end if _WORD.search(plain_text(text[last:end])) else 0


def _block_end(text: str, at: int) -> int:
    """Where the paragraph, the item or the row ends in which a place stands."""
    end = text.find("\n", at)
    while end >= 0:
        below = text.find("\n", end + 1)
        if _STARTS_BLOCK.match(text, end + 1) or _is_blank(text, end + 1, len(text) if below < 0 else below):
            return end
        end = below
    return len(text)


def _is_blank(text: str, start: int, end: int) -> bool:
    return not text[start:end].strip(" \t>\r") or text.startswith("---", start)


def _behind(text: str, stamp: Timestamp, following: Timestamp | None) -> str:
    """What stands behind a stamp in its line, or in the next that holds a word, up to the next stamp."""
    end = following.span.start if following else len(text)
    words = _WORD.search(text, stamp.span.end, min(end, stamp.span.end + _NEXT_LINE))
    line_end = text.find("\n", words.start() if words else stamp.span.end)
    return text[stamp.span.end : end if line_end < 0 else min(line_end, end)]
