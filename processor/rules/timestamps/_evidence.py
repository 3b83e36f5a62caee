"""Which stamps of a note are shifted: `MM:SS` written as `MM:SS:00` or `MM:SS:xx`, and so hours too late.

A transcript counts `MM:SS` below the hour; a language model that must write three fields puts `:00` behind it, or two
digits of its own. `10:50:00` is then 10 minutes 50 seconds. The evidence, strongest first:

1. The note's `duration` property: what lies beyond it is wrong.
2. No YouTube video is longer than twelve hours.
3. How many of the stamps beyond four hours end in `:00`: of real ones one in sixty does.
4. Stamps whose last two fields are equal (`05:21:21`), which no speaker keeps to.
5. The stamps of the video that do not end in `:00`, here and in its other notes: the video reaches as far as they do
   without a gap, and no stamp within their reach is doubted.

Below four hours a stamp is doubted only in a note that has others beyond, or where all end in `:00`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from processor.facts import own_fact, videos
from processor.note import Note
from processor.rule import per_vault
from processor.syntax import Timestamp
from processor.timestamps.clocks import SURE
from processor.timestamps.wellformed import SECONDS, Stamps, odd
from processor.vault import Vault
from processor.youtube import LONGEST_VIDEO, MAX_CLOCK, read_duration, write_clock

_FIELDS = re.compile(r"([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])")
_GAP = 20 * 60  # speech that nobody cited: a video goes on behind its last stamp, and between two
_WITNESSES = 5
_SURE_CLOCK = write_clock(SURE)
_NEAR_THE_END = 3 * 3600 + 20 * 60


class Verdict(NamedTuple):
    """What the evidence says of a stamp that is not simply right.

    `shifted`: `seconds` is what was meant, and `sure` enough to offer it; `beyond`: the video does not reach so far, and
    what was meant cannot be told; `open`: only the video's other notes can tell. `proven` by the note's `duration`.
    """

    kind: Literal["shifted", "beyond", "open"]
    seconds: int = 0
    sure: bool = True
    proven: bool = False


class Clock(NamedTuple):
    """A stamp of three fields as it is written; `at` is its index in `Note.timestamps`."""

    at: int
    first: int
    second: int
    third: int

    @property
    def written(self) -> int:
        return self.first * 3600 + self.second * 60 + self.third

    @property
    def meant(self) -> int:
        """The seconds if its first two fields are minutes and seconds."""
        return self.first * 60 + self.second


def written_clock(stamp: Timestamp) -> str:
    """The clock that a reader sees, which a stamp keeps when it becomes a link; where that is none, its target."""
    return stamp.label if stamp.label_seconds == stamp.seconds else stamp.target or stamp.label


def duration_of(note: Note) -> int | None:
    """The video's length in seconds by the note's `duration` property, None where it has none that can be read."""
    entry = note.properties.get("duration")
    return (read_duration(entry.written) if entry else None) or None


@lru_cache(maxsize=4)  # several rules ask of one note, one after another
def judge(note: Note) -> Mapping[int, Verdict]:
    """The verdict on each doubtful stamp of a note, by its index in `Note.timestamps`, from the note alone."""
    stamps = note.timestamps
    if isinstance(stamps, Stamps) and _is_natural(note, stamps) and duration_of(note) is None:
        return {}
    return _judge(stamps, duration_of(note), None)


@own_fact
def is_open(note: Note) -> bool:
    """Whether the video's other notes decide on the stamps of a note."""
    return any(v.kind == "open" for v in judge(note).values())


def judge_alone(note: Note) -> Mapping[int, Verdict]:
    """The verdicts on a note that needs no other to decide."""
    return {} if is_open(note) else judge(note)


@lru_cache(maxsize=4)  # several rules ask of one note, one after another
def judge_in_vault(note: Note, vault: Vault) -> Mapping[int, Verdict]:
    """The verdicts on a note that is open, in the light of the video's other notes: nothing stays open. Of other notes
    none: that is `judge_alone`."""
    if not is_open(note):
        return {}
    video = note.video(vault.video_properties)
    siblings = _notes_of_videos(vault).get(video.id, ()) if video and video.id else ()
    others = [second for path in siblings if path != note.path for second in natural_seconds(vault.notes[path])]
    return _judge(note.timestamps, duration_of(note), others)


@per_vault(videos)
def _notes_of_videos(vault: Vault) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path, video in vault.video_ids.items():
        if video:
            found[video].append(path)
    return found


@own_fact
def natural_seconds(note: Note) -> list[int]:
    """The seconds of a note that bear witness to how long its video is: those not written with `:00`, unless the note
    itself is full of shifted stamps."""
    stamps = note.timestamps
    if isinstance(stamps, Stamps) and _is_early(note, stamps):
        seconds = {SECONDS[c] for c in stamps.clocks if not c.endswith("00")}
        return sorted(seconds.union([c.written for c in _odd_clocks(note) if c.third]))
    clocks = _clocks(stamps)
    beyond = {c.written: c for c in clocks if c.written >= SURE}
    if _is_padded(beyond) or _has_fractions(beyond):
        return []
    return sorted({c.written for c in clocks if c.third and c.written <= LONGEST_VIDEO})


# of most notes the clocks alone tell, as text: written in full they sort as their seconds do


@lru_cache(maxsize=4)
def _odd_clocks(note: Note) -> list[Clock]:
    """The clocks of the stamps that are not simply well-formed anchors; of a note made by a build all of them."""
    return _clocks(odd(note.timestamps))


def _is_early(note: Note, stamps: Stamps) -> bool:
    """Whether all lie before the second from which on stamps are doubted."""
    if stamps.clocks and max(stamps.clocks) >= _SURE_CLOCK:
        return False
    return not stamps.odd or all(c.written < SURE for c in _odd_clocks(note))


def _is_natural(note: Note, stamps: Stamps) -> bool:
    """Whether it is plain that no stamp gives reason to doubt another."""
    if not len(stamps):
        return True
    return (
        not all(c.endswith("00") for c in stamps.clocks)
        and _is_early(note, stamps)
        and all(t.label_seconds is None or t.label_seconds == t.seconds for t in stamps.odd)
    )


def _clocks(stamps: Sequence[Timestamp]) -> list[Clock]:
    """The stamps of three fields, and the malformed ones that have one reading, as if they were mended already."""
    found = []
    for index, stamp in enumerate(stamps):
        if stamp.fault:
            if stamp.certain and stamp.reading is not None and stamp.reading <= MAX_CLOCK:
                written = write_clock(stamp.reading)
                found.append(Clock(index, int(written[:2]), int(written[3:5]), int(written[6:])))
        elif stamp.seconds is not None and (m := _FIELDS.fullmatch(written_clock(stamp))):
            found.append(Clock(index, int(m[1]), int(m[2]), int(m[3])))
    return found


def _is_padded(beyond: Mapping[int, Clock]) -> bool:
    """Whether the stamps beyond four hours come from a `:00` put behind `MM:SS`."""
    zeros = sum(not c.third for c in beyond.values())
    if not zeros or zeros * 2 < len(beyond):
        return False
    return len(beyond) >= 3 or max(beyond) > LONGEST_VIDEO


def _has_fractions(beyond: Mapping[int, Clock]) -> bool:
    """Whether they come from a frame or hundredth put behind `MM:SS`, or from its seconds written twice."""
    if sum(w > LONGEST_VIDEO for w in beyond) >= 2:
        return True
    return len(beyond) >= 5 and sum(c.second == c.third for c in beyond.values()) * 10 >= len(beyond) * 3


def _judge(stamps: Sequence[Timestamp], length: int | None, others: Sequence[int] | None) -> dict[int, Verdict]:
    """`others` are the natural seconds of the video's other notes, None while they are not known."""
    clocks = _clocks(stamps)
    verdicts: dict[int, Verdict] = {}
    for clock in clocks:
        stamp = stamps[clock.at]
        if stamp.label_seconds not in (None, stamp.seconds) and stamp.label_seconds == clock.meant and clock.first:
            verdicts[clock.at] = Verdict("shifted", clock.meant)  # `data-t="10:50:00">[10:50]`
    limit = SURE if length is None else length + 1
    beyond = {c.written: c for c in clocks if c.written >= limit}
    if not beyond:
        if length is None:
            verdicts |= _all_padded(clocks, others)
        return verdicts
    top = max(c.meant for c in beyond.values())
    small = {c.written: c for c in clocks if c.written < limit}
    within = None if length is not None else _reach(small, beyond, others or ())
    natural = within is not None and max(beyond) <= within
    padded = not natural and _is_padded(beyond)
    fractions = not padded and _has_fractions(beyond)
    zeros = [c for c in small.values() if not c.third]
    mostly_zeros = len(zeros) * 2 >= len(small)
    reach = None if padded or fractions or others is None else within
    plain = length is not None or max(beyond) > LONGEST_VIDEO
    for clock in clocks:
        verdict: Verdict | None = None
        if clock.written >= limit:
            if length is not None:
                fits = clock.meant <= length and (clock.first > 0 or not clock.third)
                verdict = Verdict("shifted" if fits else "beyond", clock.meant, proven=True)
            elif padded or fractions or clock.written > LONGEST_VIDEO:
                verdict = Verdict("shifted", clock.meant)
            elif reach is None or clock.written > reach:
                alike = sum(not c.third for c in beyond.values())
                verdict = Verdict("beyond") if clock.third else Verdict("shifted", clock.meant, sure=alike > 1)
        elif padded and not clock.third and clock.written:
            lone = clock.first == 0 and not mostly_zeros and clock.written <= top * 1.25 + 120
            few = clock.first > 0 and not mostly_zeros and len(beyond) < 10
            if not lone and not few:
                verdict = Verdict("shifted", clock.meant)
        elif fractions and clock.first and clock.written > top * 1.25 + 120:
            verdict = Verdict("shifted", clock.meant)
        if verdict:
            verdicts.setdefault(clock.at, verdict if plain or others is not None else Verdict("open"))
    return verdicts


def _all_padded(clocks: Sequence[Clock], others: Sequence[int] | None) -> dict[int, Verdict]:
    """A note of a short video in which every stamp ends in `:00`: its other notes tell how short."""
    distinct = {c.written: c for c in clocks}
    if len(distinct) < 4 or any(c.third for c in clocks) or not any(c.first for c in clocks):
        return {}
    if others is None:
        return {c.at: Verdict("open") for c in clocks}
    # whole minutes are also what an unsure generator rounds to: only a note far out of all reach is shifted
    reach = max(others, default=0)
    if (
        len(others) < _WITNESSES
        or min(c.written for c in clocks if c.first) < reach * 2
        or max(c.meant for c in clocks) > reach + _GAP
    ):
        return {}
    return {c.at: Verdict("shifted", c.meant) for c in clocks if c.written}


def _reach(small: Mapping[int, Clock], beyond: Mapping[int, Clock], others: Sequence[int]) -> int | None:
    """How far the video goes by its natural stamps: from four hours on, as long as they follow one another without a gap
    that is out of the common. None: they do not come near four hours."""
    natural = sorted({w for w, c in {**small, **beyond}.items() if c.third} | set(others))
    if len(natural) < 3:
        return None
    from statistics import median  # here, as few notes need it

    usual = max(_GAP, 3 * int(median(b - a for a, b in pairwise(natural))))
    last = max((s for s in natural if s < SURE), default=0)
    if last < min(_NEAR_THE_END, SURE - usual):
        return None
    for second in natural:
        if second >= SURE:
            if second > last + usual:
                break
            last = second
    return last + _GAP
