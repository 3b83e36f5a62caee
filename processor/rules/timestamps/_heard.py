"""What the captions of its videos say of the stamps of a note. Shared by the rules that hold stamps against captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple

from processor.base.memo import Memo
from processor.captions.claims import AS_IT_IS, Claim, Timing
from processor.captions.decode import NEAR, PAST_END, Meaning, decode
from processor.captions.index import Index
from processor.captions.model import Captions, Length
from processor.captions.quotes import Passage, nearest
from processor.captions.timing import FEWEST, Fit, fit
from processor.parse.nodes import Timestamp
from processor.rules.base import Context
from processor.vault.facts import own_fact
from processor.vault.note import Note
from processor.vault.said import captions_of, is_anything_said, length_of, transcript, transcript_span
from processor.vault.vault import Vault
from processor.vault.videos import aim_of

from ._claims import claims_of
from ._doubts import is_mismatched, is_of_other_things
from ._evidence import notes_of_videos

DOUBTED = 0.02
"""A stamp is in doubt that is less likely right than this. Of 48 that were looked up and are right none was."""
_FAINT = 0.2  # the confidence below which nobody is sent to look at a place
_PLAIN = 0.6  # of the stamps supported: nobody need look at other notes to see that these are captions of the video
_SAMPLE, _OF_ALL = 20, 160  # stamps of a note, and of all notes on a video, by which its captions are judged
_OF_ONE_LANGUAGE = 0.4
"""Of the terms of a note that captions in its language say at least, be it of another video, where both have some length: of 17
notes the least share was 0.85; of a German note on an English talk it is 0.16."""
_TELLING_TERMS, _TELLING_WORDS = 40, 500
_NOTES = 8
_NOTES_HELD = 2_000  # of which it is known what their stamps mean


class Heard(NamedTuple):
    """What the captions of a video say of the stamps of a note: whether they fit, and what each stamp means, by its index."""

    captions: Captions
    fit: Fit
    claims: Mapping[int, Claim]
    meanings: Mapping[int, Meaning]

    @property
    def terms(self) -> Index:
        return index_of(self.captions)


Judgement = Literal["right", "misplaced", "unsupported"]


def judgement(meaning: Meaning, claim: Claim) -> Judgement:
    """What there is to say of a stamp."""
    if not (meaning.is_said or meaning.beyond):
        return "unsupported"
    if meaning.stated >= DOUBTED:
        return "right"
    return "misplaced" if meaning.confidence >= _FAINT and abs(meaning.second - claim.stated) > NEAR else "unsupported"


@lru_cache(maxsize=4)  # several rules ask of one note, one after another
def heard(note: Note, vault: Vault, names: tuple[str, ...]) -> Mapping[str, Heard]:
    """What is heard in the videos of a note that have captions, by their ids. `names` are the properties that name a video."""
    found: dict[str, Heard] = {}
    if not is_anything_said(vault):
        return found
    for video_id, indices in _by_video(note, names).items():
        captions = captions_of(vault, video_id, note.text)
        if captions is None or captions.path == note.path or not captions.words:
            continue
        every = claims_of(note, video_id)
        end = length_of(vault, video_id)
        claims = {at: every[at] for at in indices if at in every and not _lacks_captions(every[at], captions, end)}
        if _is_in_another_language(captions, list(claims.values())):
            continue
        known = _fit(note, vault, captions, list(claims.values()))
        meanings: dict[int, Meaning] = {}
        if known.is_told:
            meant = _meanings(captions, list(claims.values()), known.timing)
            meanings = {at: meaning for at, meaning in zip(claims, meant, strict=True) if meaning}
        found[video_id] = Heard(captions, known, claims, meanings)
    return found


def _lacks_captions(claim: Claim, captions: Captions, end: Length | None) -> bool:
    """Whether a stamp lies where captions have ended and their video is known to go on: of that nothing can be told."""
    if end is None or end.source == "captions":
        return False
    return captions.length + PAST_END < claim.stated <= end.seconds


# While a note is mended it is judged several times, and says the same: what was found out is known by what tells the captions
# and the claims.


_LANGUAGES: dict[bytes, bool] = Memo()
_FITS: dict[bytes, Fit] = Memo()
_MEANINGS: dict[bytes, list[Meaning | None]] = Memo(_NOTES_HELD)


def _is_in_another_language(captions: Captions, claims: Sequence[Claim]) -> bool:
    """Whether a note is written in another language than captions, so that nothing can be held against them."""
    if len(captions.words) < _TELLING_WORDS or sum(len(claim.terms) for claim in claims) < _TELLING_TERMS:
        return False
    key = _digest(captions, claims, AS_IT_IS)
    if key not in _LANGUAGES:
        said = index_of(captions).said
        known = [term in said for claim in claims for term in claim.terms]
        _LANGUAGES[key] = sum(known) < _OF_ONE_LANGUAGE * len(known)
    return _LANGUAGES[key]


def _fit_of(captions: Captions, claims: Sequence[Claim]) -> Fit:
    key = _digest(captions, claims, AS_IT_IS)
    if key not in _FITS:
        _FITS[key] = fit(index_of(captions), claims)
    return _FITS[key]


def _meanings(captions: Captions, claims: Sequence[Claim], timing: Timing) -> list[Meaning | None]:
    """What each of the claims means; None for one of which nothing can be told, as nobody says anything there."""
    key = _digest(captions, claims, timing)
    if key not in _MEANINGS:
        index = index_of(captions)
        is_told = [not index.is_silent(timing.heard_at(claim.stated)) for claim in claims]
        meant = iter(decode(index, [claim for claim, told in zip(claims, is_told, strict=True) if told], timing))
        index.forget()
        _MEANINGS[key] = [next(meant) if told else None for told in is_told]
    return _MEANINGS[key]


_PASSAGES: dict[tuple[bytes, tuple[str, ...]], Passage | None] = Memo()


def passage_like(captions: Captions, terms: tuple[str, ...]) -> Passage | None:
    """The passage that is most like some terms in a row: see `quotes.nearest`."""
    key = (_digest_of_words(captions), terms)
    if key not in _PASSAGES:
        _PASSAGES[key] = nearest(index_of(captions), terms)
    return _PASSAGES[key]


def _digest(captions: Captions, claims: Sequence[Claim], timing: Timing) -> bytes:
    asked = repr((_digest_of_words(captions), claims, timing))
    return blake2b(asked.encode(errors="surrogatepass"), digest_size=16).digest()


@lru_cache(maxsize=4)
def _digest_of_words(captions: Captions) -> bytes:
    words = "\0".join(captions.words).encode(errors="surrogatepass")
    return blake2b(words + captions.seconds.tobytes() + repr(captions.length).encode(), digest_size=16).digest()


@own_fact
def has_stamps(note: Note) -> bool:
    return bool(len(note.timestamps))


def has_own_captions(note: Note, context: Context) -> bool:
    """Whether captions say which stamps of a note are right, so that nothing need be guessed."""
    return any(of.fit.is_told for of in heard(note, context.vault, context.video_properties).values())


def judged(note: Note, context: Context) -> Iterator[tuple[Heard, int, Timestamp, Meaning, Judgement]]:
    """Yield the stamps of a note of which captions of their video tell anything."""
    for of in heard(note, context.vault, context.video_properties).values():
        for index, meaning in of.meanings.items():
            yield of, index, note.timestamps[index], meaning, judgement(meaning, of.claims[index])


@lru_cache(maxsize=32)  # notes on one video need not lie side by side
def index_of(captions: Captions) -> Index:
    return Index(captions)


def _by_video(note: Note, names: tuple[str, ...]) -> dict[str, list[int]]:
    """The stamps of a note that claim anything of a video, by its id."""
    found: dict[str, list[int]] = {}
    spoken = transcript_span(note)
    for index, stamp in enumerate(note.timestamps):
        if (
            stamp.place == "code"
            or (stamp.form == "plain" and not stamp.certain)
            or (spoken and spoken.start <= stamp.span.start < spoken.end)
            or is_mismatched(stamp)
            or is_of_other_things(note, stamp)
        ):
            continue
        if video_id := stamp.video_id or aim_of(note, stamp, names).id:
            found.setdefault(video_id, []).append(index)
    return found


def _fit(note: Note, vault: Vault, captions: Captions, claims: list[Claim]) -> Fit:
    """How captions fit a video: by the note alone where that is plain, else by all notes of the video."""
    own = _fit_of(captions, claims[:: len(claims) // _SAMPLE + 1])
    if own.kind == "own" and own.stamps >= FEWEST and own.share >= _PLAIN:
        return own
    paths = notes_of_videos(vault).get(captions.video_id, ())
    if note.path not in paths:
        return own
    paths = paths[:_NOTES]
    notes = [note if path == note.path else vault.notes[path].anew() for path in paths]
    every: list[Claim] = []
    of_each = max(_SAMPLE, _OF_ALL // len(notes))
    for of in notes:
        found = _claims_of(_ByText(of), captions.video_id)
        every += found[:: len(found) // of_each + 1]
    return _fit_of(captions, every)


class _ByText:
    """A note, which is the same as another one of its text."""

    def __init__(self, note: Note) -> None:
        self.note = note

    def __hash__(self) -> int:
        return hash(self.note.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByText) and self.note.text == other.note.text


@lru_cache(maxsize=64)  # after each change of a note on a video all others are asked again
def _claims_of(note: _ByText, video_id: str) -> list[Claim]:
    """The claims of a note by which captions are judged: a transcript claims nothing."""
    return [] if transcript(note.note) else list(claims_of(note.note, video_id).values())
