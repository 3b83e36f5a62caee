"""What the captions of its videos say of the stamps of a note. Loaded only where there are captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Literal, NamedTuple

from processor.base.memo import Memo
from processor.captions.claims import Claim, Timing
from processor.captions.decode import NEAR, PAST_END, Meaning, decode
from processor.captions.index import Index
from processor.captions.model import Captions, Length
from processor.captions.quotes import Passage, nearest
from processor.captions.timing import FEWEST, Fit
from processor.vault.note import Note
from processor.vault.said import captions_of, length_of, transcript_span
from processor.vault.vault import Vault
from processor.vault.videos import aim_of

from ._captioned import (
    digest,
    digest_of_words,
    ends_before,
    fit_of_video,
    index_of,
    is_in_another_language,
)
from ._chapters import chapters
from ._claims import claims_of
from ._doubts import is_mismatched, is_of_other_things

_FAINT = 0.2  # the confidence below which nobody is sent to look at a place
DOUBTED = 0.02
"""A stamp is in doubt that is less likely right than this. Of 48 that were looked up and are right none was."""
_NEARLY_ALL = 0.8  # of the stamps of a note
_SAME_PLACE = 60  # seconds between what two stamps mean that mean one place
_SENT = 0.5  # confidence from which on a fix may lead a stamp there
_NOTES_HELD = 2_000  # of which it is known what their stamps mean
_CREDITS = 120  # seconds: as long a video may go on without a word

Judgement = Literal["right", "misplaced", "unsupported"]


class Heard(NamedTuple):
    """What the captions of a video say of the stamps of a note: whether they fit, and what each stamp means, by its index.
    `until`: as far as their video is known to go on behind their end; None where it ends with them."""

    captions: Captions
    fit: Fit
    claims: Mapping[int, Claim]
    meanings: Mapping[int, Meaning]
    until: float | None

    @property
    def terms(self) -> Index:
        return index_of(self.captions)

    @property
    def is_whole(self) -> bool:
        """Whether all is there that is said in the video, by all that is known."""
        return self.until is None or self.until <= self.captions.length + _CREDITS

    def speaks_against(self, index: int) -> bool:
        """Return whether what a stamp stands for is not said where it stands."""
        meaning = self.meanings.get(index)
        return meaning is not None and judgement(meaning, self.claims[index]) != "right"


def judgement(meaning: Meaning, claim: Claim) -> Judgement:
    """Return what there is to say of a stamp."""
    if not (meaning.is_said or meaning.beyond):
        return "unsupported"
    if meaning.stated >= DOUBTED:
        return "right"
    return "misplaced" if meaning.confidence >= _FAINT and abs(meaning.second - claim.stated) > NEAR else "unsupported"


def hear(note: Note, vault: Vault, names: tuple[str, ...]) -> Iterator[tuple[str, Heard]]:
    """Yield what is heard in the videos of a note that have captions, with their ids: see `_heard.heard`."""
    for video_id, indices in _by_video(note, names).items():
        captions = captions_of(vault, video_id, note.text)
        if captions is None or captions.path == note.path or not captions.words:
            continue
        written = claims_of(note, video_id)
        until = _goes_on_until(note, vault, captions, written, length_of(vault, video_id))
        told = {at: of for at in indices if (of := written.get(at)) and not _lacks_captions(of, captions, until)}
        if is_in_another_language(captions, list(told.values())):
            continue
        known = fit_of_video(note, vault, captions, told)
        meanings: dict[int, Meaning] = {}
        if known.is_told:
            meant = _meanings(captions, list(told.values()), known.timing)
            if offset := _common_offset(list(told.values()), meant):
                slope, before = known.timing
                known = known._replace(kind="recut", timing=Timing(slope, before + slope * offset))
                meant = _meanings(captions, list(told.values()), known.timing)
            meanings = {at: meaning for at, meaning in zip(told, meant, strict=True) if meaning}
        yield video_id, Heard(captions, known, told, meanings, until)


def _common_offset(claims: Sequence[Claim], meanings: Sequence[Meaning | None]) -> float:
    """By how many seconds all that a note stamps is said later than it says, or nearly all: then the captions are of another cut,
    be it only without its opening titles; 0 where there is no such interval."""
    offs = [m.second - of.stated for of, m in zip(claims, meanings, strict=True) if m and m.kind == "elsewhere"]
    told = sum(meaning is not None for meaning in meanings)
    if len(offs) < max(FEWEST, _NEARLY_ALL * told):
        return 0.0
    usual = median(offs)
    near = sum(abs(off - usual) <= NEAR for off in offs)
    return usual if near >= _NEARLY_ALL * told and abs(usual) > NEAR else 0.0


def _goes_on_until(
    note: Note, vault: Vault, captions: Captions, claims: Mapping[int, Claim], end: Length | None
) -> float | None:
    """As far as a video is known to go on behind the end of its captions, None where these reach its end: somebody says how long
    it is, a note has quoted but a passage, or its stamps go on."""
    if end is None:
        return float("inf")
    if end.source != "captions":
        return end.seconds
    known = max(end.seconds, captions.length) + PAST_END  # captions in another language may be longer
    if any(claim.stated > known for claim in claims.values()) and (until := ends_before(note, vault, captions)):
        return max(until, end.seconds)
    return end.seconds if end.seconds > captions.length + PAST_END else None


def _lacks_captions(claim: Claim, captions: Captions, until: float | None) -> bool:
    """Return whether a stamp lies where captions have ended and their video goes on: of that nothing can be told."""
    return until is not None and captions.length + PAST_END < claim.stated <= until


_MEANINGS: dict[bytes, list[Meaning | None]] = Memo(_NOTES_HELD)


def _meanings(captions: Captions, claims: Sequence[Claim], timing: Timing) -> list[Meaning | None]:
    """Return what each of the claims means; None for one of which nothing can be told, as nobody says anything there."""
    key = digest(captions, claims, timing)
    if key not in _MEANINGS:
        index = index_of(captions)
        is_told = [not index.is_silent(timing.heard_at(claim.stated)) for claim in claims]
        meant = iter(decode(index, [claim for claim, told in zip(claims, is_told, strict=True) if told], timing))
        index.forget()
        _MEANINGS[key] = _of_their_own(claims, [next(meant) if told else None for told in is_told])
    return _MEANINGS[key]


def _of_their_own(claims: Sequence[Claim], meanings: Sequence[Meaning | None]) -> list[Meaning | None]:
    """Return the same without those of stamps that would mean what the stamp means whose text they have borrowed: `(see also
    [00:24:10])` is no second stamp of one place."""
    found: list[Meaning | None] = []
    lent: Meaning | None = None
    for claim, meaning in zip(claims, meanings, strict=True):
        if claim.borrowed and lent and meaning and _is_sent(claim, meaning):
            found.append(meaning if abs(meaning.second - lent.second) > _SAME_PLACE else None)
            continue
        lent = lent if claim.borrowed else meaning
        found.append(meaning)
    return found


def _is_sent(claim: Claim, meaning: Meaning) -> bool:
    """Return whether a fix may lead a stamp to another place by nothing but what is said there."""
    is_elsewhere = meaning.kind == "elsewhere" and not meaning.beyond and abs(meaning.second - claim.stated) > NEAR
    return is_elsewhere and meaning.confidence >= _SENT


_PASSAGES: dict[tuple[bytes, tuple[str, ...]], Passage | None] = Memo()


def passage_like(captions: Captions, terms: tuple[str, ...]) -> Passage | None:
    """Return the passage that is most like some terms in a row: see `quotes.nearest`."""
    key = (digest_of_words(captions), terms)
    if key not in _PASSAGES:
        _PASSAGES[key] = nearest(index_of(captions), terms)
    return _PASSAGES[key]


def _by_video(note: Note, names: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the stamps of a note that claim anything of a video, by its id."""
    found: dict[str, list[int]] = {}
    spoken, named = transcript_span(note), chapters(note)
    for index, stamp in enumerate(note.timestamps):
        if (
            stamp.place == "code"
            or index in named
            or (stamp.form == "plain" and not stamp.certain)
            or (spoken and spoken.start <= stamp.span.start < spoken.end)
            or is_mismatched(stamp)
            or is_of_other_things(note, stamp)
        ):
            continue
        if video_id := stamp.video_id or aim_of(note, stamp, names).id:
            found.setdefault(video_id, []).append(index)
    return found
