"""What the captions of a video are worth: whether they are its own and how far they reach, by the stamps of all its notes.

Loaded only where a video has captions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from processor.base.memo import Memo
from processor.captions.claims import AS_IT_IS, Claim, Timing
from processor.captions.cut_short import goes_on_until
from processor.captions.index import Index
from processor.captions.model import Captions
from processor.captions.terms import script_of
from processor.captions.timing import FEWEST, Fit, fit
from processor.vault.note import Note
from processor.vault.said import transcript
from processor.vault.vault import Vault

from ._claims import claims_of
from ._evidence import notes_of_videos

_PLAIN = 0.6  # of the stamps supported: nobody need look at other notes to see that these are captions of the video
_SAMPLE, _OF_ALL = 20, 160  # stamps of a note, and of all notes on a video, by which its captions are judged
_OF_ONE_LANGUAGE = 0.4
"""Of the terms of a note that captions in its language say at least, be it of another video, where both have some length: of 17
notes the least share was 0.85; of a German note on an English talk it is 0.16."""
_OF_ONE_SCRIPT = 0.2
"""Of the terms of captions are in a script at least in which they are written: names may be in another one."""
_TELLING_TERMS, _TELLING_WORDS = 40, 500
_NOTES = 8


@lru_cache(maxsize=32)  # notes on one video need not lie side by side
def index_of(captions: Captions) -> Index:
    return Index(captions)


# While a note is mended it is judged several times, and says the same: what was found out is known by what tells the captions
# and the claims.


_LANGUAGES: dict[bytes, bool] = Memo()
_FITS: dict[bytes, Fit] = Memo()


def is_in_another_language(captions: Captions, claims: Sequence[Claim]) -> bool:
    """Return whether a note is written in another language than captions, so that nothing can be held against them."""
    key = digest(captions, claims)
    if key not in _LANGUAGES:
        index = index_of(captions)
        terms = [term for claim in claims for term in claim.terms]
        known = sum(term in index.said for term in terms)
        is_telling = len(index.terms) >= _TELLING_WORDS and len(terms) >= _TELLING_TERMS
        _LANGUAGES[key] = (is_telling and known < _OF_ONE_LANGUAGE * len(terms)) or _is_in_another_script(
            captions, terms
        )
    return _LANGUAGES[key]


def _is_in_another_script(captions: Captions, terms: Iterable[str]) -> bool:
    """Return whether most of some terms are written in scripts that captions hardly have: then nobody need know the language."""
    usual = _scripts_of(captions)
    scripts = [script for term in terms if (script := script_of(term))]
    return sum(script not in usual for script in scripts) > len(scripts) / 2


@lru_cache(maxsize=32)
def _scripts_of(captions: Captions) -> frozenset[str]:
    """Return the scripts in which captions are written."""
    said = index_of(captions).said
    return frozenset(script for script, n in Counter(map(script_of, said)).items() if n >= _OF_ONE_SCRIPT * len(said))


def fit_of_video(note: Note, vault: Vault, captions: Captions, claims: Mapping[int, Claim]) -> Fit:
    """Return how captions fit a video: by some claims of a note alone where that is plain, else by all notes of the video."""
    own = _fit_of(captions, [*claims.values()][:: len(claims) // _SAMPLE + 1])
    if own.kind == "own" and own.stamps >= FEWEST and own.share >= _PLAIN:
        return own
    if note.path not in _paths_of(vault, captions):
        return own
    notes = _notes_of(note, vault, captions)
    every: list[Claim] = []
    of_each = max(_SAMPLE, _OF_ALL // len(notes))
    for of in notes:
        found = _claims_of(_ByText(of), captions.video_id)
        every += found[:: len(found) // of_each + 1]
    return _fit_of(captions, every)


def ends_before(note: Note, vault: Vault, captions: Captions) -> float | None:
    """Until which second the video of a note goes on behind the end of its captions, by all notes on it; None where nothing shows
    that it does."""
    return _ends_before(captions, tuple(map(_ByText, _notes_of(note, vault, captions) or [note])))


@lru_cache(maxsize=64)
def _ends_before(captions: Captions, notes: tuple[_ByText, ...]) -> float | None:
    return goes_on_until(index_of(captions), [_claims_of(note, captions.video_id) for note in notes])


def _notes_of(note: Note, vault: Vault, captions: Captions) -> list[Note]:
    """Return the first notes on a video, this one as it is given."""
    paths = _paths_of(vault, captions)[:_NOTES]
    return [note if path == note.path else vault.notes[path].anew() for path in paths]


def _paths_of(vault: Vault, captions: Captions) -> Sequence[str]:
    return notes_of_videos(vault).get(captions.video_id, ())


def _fit_of(captions: Captions, claims: Sequence[Claim]) -> Fit:
    key = digest(captions, claims)
    if key not in _FITS:
        _FITS[key] = fit(index_of(captions), claims)
    return _FITS[key]


def digest(captions: Captions, claims: object, timing: Timing = AS_IT_IS) -> bytes:
    """Return what tells captions and what is asked of them from others."""
    asked = repr((digest_of_words(captions), claims, timing))
    return blake2b(asked.encode(errors="surrogatepass"), digest_size=16).digest()


@lru_cache(maxsize=4)
def digest_of_words(captions: Captions) -> bytes:
    words = "\0".join(captions.words).encode(errors="surrogatepass")
    return blake2b(words + captions.seconds.tobytes() + repr(captions.length).encode(), digest_size=16).digest()


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
    """Return the claims of a note by which captions are judged: a transcript claims nothing."""
    return [] if transcript(note.note) else list(claims_of(note.note, video_id).values())
