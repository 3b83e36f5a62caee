"""What the stamps of a note claim: the text to which each belongs, as it can be held against what a video says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise, takewhile

from processor.base.regex import regex
from processor.captions.claims import Claim
from processor.captions.terms import terms_of
from processor.parse.nodes import Place, Timestamp
from processor.vault.note import Note

_ENOUGH = 4  # terms: with fewer a text says too little, and what stands before it is taken in
_NEXT_LINE = 200  # code points: as far on a line may begin to which a stamp above it belongs
_LINES = 20  # of a paragraph, at most
_NOT_SHOWN: frozenset[Place] = frozenset(("code", "math", "property"))
_STARTS_BLOCK = regex(r"[ \t>]*(?:$|[-+*][ \t]|[0-9]{1,9}[.)][ \t]|#{1,6}[ \t]|\||```|~~~|\[\^[^\]\s]+\]:)", re.M)
_WIKILINK = regex(r"!?\[\[([^\]|\n]*)(?:\\?\|([^\]\n]*))?\]\]")
_LINK = regex(r"\[([^\]\n]*)\]\([^)\n]*\)")
_NO_WORDS = regex(
    r"\[!\w[\w-]*\]|\[\^[^\]\s]+\]:?|<[^>\n]*>|https?://\S+|\b[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?\b|[`|#>\[\]]+|(?<!\w)_+|_+(?!\w)"
)
_WORD = regex(r"[^\W\d_]{2}")
_ENDS_SENTENCE = regex(r"[)\]*_ \t]*(?:[.!?;:](?:\s|$)|$)", re.M)
_ENDS_LINE = regex(r"[)\]*_ \t:]*$", re.M)
_SENTENCE_END = regex(r"[.!?][\"”»)*_]*\s(?!.*[.!?][\"”»)*_]*\s)", re.S)
_OPENING = 40  # code points of a text that are looked at
_EMPHASIS = regex(r"\*+|==|~~")
_SAYS_WHO = regex(r"[ \t>]*(?:[—–―]|--(?!-))")  # `— Anna Lind, [00:12:34]` below what she says
_FOOTNOTE = regex(r"[ \t>]*\[\^([^\]\s]+)\]:")
_REFERENCE = "[^{}]"
_TOGETHER = 20  # stamps at one text, at most
_LABELS = 3  # stamps behind the same words, as `Source: [00:12:34]` below each paragraph


def claims_of(note: Note, video_id: str) -> dict[int, Claim]:
    """Return what each stamp of a video claims, by its index in the note."""
    found: dict[int, Claim] = {}
    stamps = list(note.timestamps)
    before: Timestamp | None = None
    terms: list[str] = []
    do_lead: bool | None = None  # whether stamps that stand alone are above their text
    leading_until = 0  # where the block ends whose stamps stand before their text
    labels = _labels(note.text, stamps)
    for index, (stamp, following) in enumerate(zip(stamps, [*stamps[1:], None], strict=False)):
        second = _second(stamp)
        if second is None or stamp.place in _NOT_SHOWN or (stamp.video_id and stamp.video_id != video_id):
            continue
        start = _block_start(note.text, stamp.span.start)
        goes_on = before is not None and before.span.end > start
        piece = note.text[before.span.end if goes_on and before else start : stamp.span.start]
        own = terms_of(plain_text(piece))
        if tuple(own) in labels or (not goes_on and len(set(own)) < _ENOUGH and _SAYS_WHO.match(piece)):
            own = []
        if not goes_on and (footnote := _FOOTNOTE.match(piece)):
            own = [*_text_of_footnote(note.text, footnote[1]), *own]
        if not goes_on and len(set(own)) < _ENOUGH:
            leading_until = _leading_until(note.text, islice(stamps, index, None), has_text=bool(own))
        if stamp.span.start < leading_until:
            if goes_on and not own:  # the end of a range, or one of several at one text
                before = stamp
                continue
            few = [] if goes_on else own
            own = [*few, *_text_behind(note.text, islice(stamps, index, None), leading_until)]
        elif not own and not goes_on:
            above = _text_above(note, before, start)
            behind = "" if _ends_quote(note.text, stamp.span.end) else _behind(note.text, stamp, following)
            do_lead = not above if do_lead is None else do_lead
            own = terms_of(plain_text(behind if do_lead and behind else f"{above} {behind}"))
        else:
            is_few = goes_on and len(set(own)) < _ENOUGH
            own = [*terms, *own] if is_few else own
            if not goes_on and len(set(own)) < _ENOUGH and _ENDS_LINE.match(note.text, stamp.span.end):
                end = _block_end(note.text, stamp.span.end)  # the title of a callout, a line above its text
                if following is None or following.span.start >= end:
                    own += terms_of(plain_text(note.text[stamp.span.end : end]))
            elif (is_few or _opens_sentence(piece)) and not _ENDS_SENTENCE.match(note.text, stamp.span.end):
                own += _text_behind(note.text, islice(stamps, index, None), _block_end(note.text, stamp.span.end))
        borrowed = bool(terms) and own[: len(terms)] == terms and goes_on
        terms = own
        before = stamp
        found[index] = Claim(second, tuple(own), borrowed)
    return found


def _labels(text: str, stamps: Sequence[Timestamp]) -> set[tuple[str, ...]]:
    """Return the terms of words that stand before most stamps of a note, alike: they say nothing of what is said."""
    pieces: Counter[str] = Counter()
    end = 0
    for stamp in stamps:
        pieces[text[max(_block_start(text, stamp.span.start), end) : stamp.span.start]] += 1
        end = stamp.span.end
    often = [piece for piece, n in pieces.most_common(2) if n >= max(_LABELS, len(stamps) / 2)]
    return {tuple(terms_of(plain_text(piece))) for piece in often} - {()}


def _text_of_footnote(text: str, label: str) -> list[str]:
    """Return the terms of what stands before the reference to a footnote, from the start of its block or the reference before."""
    reference = _REFERENCE.format(label)
    at = text.find(reference)
    while at >= 0 and text.startswith(":", at + len(reference)):
        at = text.find(reference, at + 1)
    if at < 0:
        return []
    start = _block_start(text, at)
    return terms_of(plain_text(text[max(start, text.rfind("[^", start, at)) : at]))


def plain_text(text: str) -> str:
    """Return the words of a text as a reader sees them, without Markdown, URLs and clocks."""
    text = _WIKILINK.sub(lambda m: m[2] or m[1].rpartition("#")[2].replace("_", " "), text)
    return _EMPHASIS.sub("", _NO_WORDS.sub(" ", _LINK.sub(r"\1", text)))


def _second(stamp: Timestamp) -> int | None:
    if stamp.fault:
        return stamp.reading if stamp.certain else None
    return stamp.seconds


def _block_start(text: str, at: int) -> int:
    """Return where the paragraph, the item or the row begins in which a place stands."""
    start = text.rfind("\n", 0, at) + 1
    for _ in range(_LINES):
        if start == 0 or _STARTS_BLOCK.match(text, start):
            break
        above = text.rfind("\n", 0, start - 1) + 1
        if _is_blank(text, above, start - 1):
            break
        start = above
    return start


def _leading_until(text: str, stamps: Iterator[Timestamp], *, has_text: bool) -> int:
    """Return where the block ends in which some stamps stand, the first of them with no more than a few words before it, if they
    stand before their text, as there is some behind the last of them; 0 where they stand behind it.
    """
    first = last = next(stamps).span.end
    if has_text and _ENDS_SENTENCE.match(text, first):
        return 0
    end = _block_end(text, first)
    for stamp in takewhile(lambda stamp: stamp.span.start < end, stamps):
        last = stamp.span.end
    return end if _WORD.search(plain_text(text[last:end])) else 0


def _text_behind(text: str, stamps: Iterator[Timestamp], until: int) -> list[str]:
    """Return the terms behind the first of some stamps, or behind those that follow it without a word, up to the next."""
    for stamp, following in islice(pairwise(chain(stamps, (None,))), _TOGETHER):
        if stamp is None or stamp.span.end >= until:
            break
        end = min(until, following.span.start) if following else until
        if found := terms_of(plain_text(text[stamp.span.end : end])):
            return found
    return []


def _opens_sentence(piece: str) -> bool:
    """Return whether a text ends with the first few words of a sentence."""
    tail = piece[-_OPENING:]
    found = _SENTENCE_END.search(tail)
    return found is not None and len(terms_of(plain_text(tail[found.end() :]))) < _ENOUGH


def _text_above(note: Note, before: Timestamp | None, start: int) -> str:
    """Return the block above the one that starts at a place, where no stamp has claimed it yet and it is no heading."""
    text, end = note.text, start
    while end and text[end - 1] in " \t>\r\n":
        end -= 1
    above = _block_start(text, end)
    if above < note.body_start or text.startswith(("#", "---"), above) or (before and before.span.end > above):
        return ""
    return text[above:end]


def _ends_quote(text: str, at: int) -> bool:
    """Return whether the line of a place is the last of a quote."""
    line = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[line:at].lstrip(" \t").startswith(">") and (
        end < 0 or not text[end + 1 : end + 9].lstrip(" \t").startswith(">")
    )


def _block_end(text: str, at: int) -> int:
    """Return where the paragraph, the item or the row ends in which a place stands."""
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
    """Return what stands behind a stamp in its line, or in the next that holds a word, up to the next stamp."""
    end = following.span.start if following else len(text)
    words = _WORD.search(text, stamp.span.end, min(end, stamp.span.end + _NEXT_LINE))
    line_end = text.find("\n", words.start() if words else stamp.span.end)
    return text[stamp.span.end : end if line_end < 0 else min(line_end, end)]
