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
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from processor.parse.nodes import Timestamp
from processor.parse.timestamps.clocks import SURE
from processor.parse.timestamps.wellformed import SECONDS, Stamps
from processor.parse.youtube import LONGEST_VIDEO, MAX_CLOCK, read_duration, write_clock
from processor.vault.facts import own_fact, videos
from processor.vault.note import Note
from processor.vault.per_vault import per_note, per_vault
from processor.vault.vault import Vault

_FIELDS = re.compile(r"([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])(?:[^0-9:.][^0-9:]*[0-9]+:[0-9].*)?")
"""The first clock of a stamp, alone or of a range or a list."""
_GAP = 20 * 60  # speech that nobody cited: a video goes on behind its last stamp, and between two
_WITNESSES = 5
_SURE_CLOCK = write_clock(SURE)
_TEN_HOURS = 10 * 3600
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


def written_clock(stamp: Timestamp) -> str:
    """Return the clock that a reader sees, which a stamp keeps when it becomes a link; where that is none, its target."""
    return stamp.label if stamp.label_seconds == stamp.seconds else stamp.target or stamp.label


def duration_of(note: Note) -> int | None:
    """Return the video's length in seconds by the note's `duration` property, None where it has none that can be read."""
    entry = note.properties.get("duration")
    return (read_duration(entry.written) if entry else None) or None


@lru_cache(maxsize=4)  # several rules ask of one note, one after another
def judge(note: Note) -> Mapping[int, Verdict]:
    """Return the verdict on each doubtful stamp of a note, by its index in `Note.timestamps`, from the note alone."""
    stamps, length = note.timestamps, duration_of(note)
    if length is None and _are_natural(stamps):
        return {}
    return _judge(stamps, length, None)


@own_fact
def has_doubtful_stamps(note: Note) -> bool:
    """Return whether there is any verdict on a note, or the video's other notes may give one."""
    return bool(judge(note))


@own_fact
def is_open(note: Note) -> bool:
    """Return whether the video's other notes decide on the stamps of a note."""
    return any(v.kind == "open" for v in judge(note).values())


def judge_alone(note: Note) -> Mapping[int, Verdict]:
    """Return the verdicts on a note that needs no other to decide."""
    return {} if is_open(note) else judge(note)


@per_note
def judge_in_vault(note: Note, vault: Vault) -> Mapping[int, Verdict]:
    """Return the verdicts on a note that is open, in the light of the video's other notes: nothing stays open. Of other notes
    none: that is `judge_alone`."""
    if not is_open(note):
        return {}
    video = note.video(vault.video_properties)
    siblings = notes_of_videos(vault).get(video.id, ()) if video and video.id else ()
    others = [second for path in siblings if path != note.path for second in natural_seconds(vault.notes[path])]
    return _judge(note.timestamps, duration_of(note), others)


@per_vault(videos)
def notes_of_videos(vault: Vault) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path, video in vault.video_ids.items():
        if video:
            found[video].append(path)
    return found


@own_fact
def natural_seconds(note: Note) -> list[int]:
    """Return the seconds of a note that bear witness to how long its video is: those not written with `:00`, unless the note
    itself is full of shifted stamps."""
    seconds = set(_clocks(note.timestamps).values())
    beyond = {second for second in seconds if second >= SURE}
    if _is_padded(beyond) or _has_fractions(beyond):
        return []
    return sorted([second for second in seconds if second % 60 and second <= LONGEST_VIDEO])


def _are_natural(stamps: Stamps) -> bool:
    """Return whether it is plain that no stamp gives reason to doubt another, as of most notes: written in full, clocks sort as
    their seconds do."""
    clocks = [*stamps.clocks, *stamps.linked.clocks]
    if stamps.rest or not clocks:
        return not len(stamps)
    return max(clocks) < _SURE_CLOCK and not all(clock.endswith("00") for clock in clocks)


# a stamp of three fields is taken as its seconds: its last field is `seconds % 60`, and `seconds // 60` is what was meant
# if the first two fields are minutes and seconds


def _clocks(stamps: Stamps) -> dict[int, int]:
    """Return the seconds of the stamps of three fields, by their index, and of the malformed ones that have a reading, as if they
    were mended already: so that to mend them takes no doubt away."""
    found: dict[int, int] = {}
    found.update(zip(stamps.indices(), map(SECONDS.__getitem__, stamps.clocks), strict=True))
    found.update(zip(stamps.linked_indices(), map(SECONDS.__getitem__, stamps.linked.clocks), strict=True))
    for index, stamp in stamps.rest_ones():
        if stamp.fault:
            if stamp.reading is not None and stamp.reading <= MAX_CLOCK:
                found[index] = stamp.reading
        elif stamp.seconds is not None and (m := _FIELDS.fullmatch(written_clock(stamp))):
            found[index] = int(m[1]) * 3600 + int(m[2]) * 60 + int(m[3])
    return found


def _is_padded(beyond: Collection[int]) -> bool:
    """Return whether the stamps beyond four hours come from a `:00` put behind `MM:SS`."""
    zeros = sum(not second % 60 for second in beyond)
    if not zeros or zeros * 2 < len(beyond):
        return False
    return len(beyond) >= 3 or max(beyond) > LONGEST_VIDEO


def _has_fractions(beyond: Collection[int]) -> bool:
    """Return whether they come from a frame or hundredth put behind `MM:SS`, or from its seconds written twice."""
    if sum(second > LONGEST_VIDEO for second in beyond) >= 2:
        return True
    return len(beyond) >= 5 and sum(s // 60 % 60 == s % 60 for s in beyond) * 10 >= len(beyond) * 3


def _believed(stamps: Stamps, clocks: Mapping[int, int]) -> dict[int, int]:
    """Return the seconds of the links, by their index, whose label and start time a person has made agree: as far as they follow
    one another, and the other stamps, in order, each within reach of the one before.

    What is below four hours bears the same witness as a link and before it became one, so that to link it changes nothing.
    """
    found: dict[int, int] = {}
    found.update(zip(stamps.linked_indices(), map(SECONDS.__getitem__, stamps.linked.clocks), strict=True))
    for at, stamp in stamps.rest_ones():
        said, second = stamp.label_seconds, stamp.seconds
        if (
            stamp.form == "link"
            and stamp.video_id
            and said is not None
            and second is not None
            and abs(said - second) <= 1
        ):
            found[at] = second
    if not found:
        return {}
    every = {**clocks, **found}
    believed: dict[int, int] = {}
    last = farthest = 0
    order = sorted(every)
    for at, following in zip(order, [*order[1:], order[-1]], strict=True):
        second = every[at]
        if at in found:
            if last <= second <= min(last + SURE, every[following]):
                believed[at] = last = farthest = second
        elif last <= second < SURE or last <= second <= farthest + _GAP:
            last = second
    return believed if farthest <= LONGEST_VIDEO else {}  # else whoever wrote them did not look where they lead


def _judge(stamps: Stamps, length: int | None, others: Sequence[int] | None) -> dict[int, Verdict]:
    """`others` are the natural seconds of the video's other notes, None while they are not known."""
    clocks = _clocks(stamps)
    verdicts: dict[int, Verdict] = {}
    for at, stamp in stamps.rest_ones():
        meant = clocks.get(at, 0) // 60
        if meant >= 60 and stamp.label_seconds == meant and stamp.label_seconds != stamp.seconds:
            verdicts[at] = Verdict("shifted", meant, clocks[at] >= SURE)  # `data-t="10:50:00">[10:50]`
    limit = SURE if length is None else length + 1
    believed = _believed(stamps, clocks) if length is None else {}
    farthest = max(believed.values(), default=0) + _GAP
    if farthest >= SURE + _GAP:
        clocks = {
            at: second for at, second in clocks.items() if second < SURE or (at not in believed and second > farthest)
        }
    beyond = {second for second in clocks.values() if second >= limit}
    if not beyond:
        if length is None:
            verdicts |= _all_padded(clocks, others)
        return {at: verdict for at, verdict in verdicts.items() if at not in believed}
    late = [second for second in clocks.values() if second >= SURE]
    tens = sum(second >= _TEN_HOURS for second in late)
    sure = tens > len(late) - tens  # what else is late may have lost a digit of its minutes, or be some hours off
    top = max(beyond) // 60
    small = {second for second in clocks.values() if second < limit}
    within = None if length is not None else _reach(small, beyond, others or ())
    natural = within is not None and max(beyond) <= within
    padded = not natural and _is_padded(beyond)
    fractions = not padded and _has_fractions(beyond)
    mostly_zeros = sum(not second % 60 for second in small) * 2 >= len(small)
    reach = None if padded or fractions or others is None else within
    plain = length is not None or max(beyond) > LONGEST_VIDEO
    for at, second in clocks.items():
        verdict: Verdict | None = None
        meant, last = divmod(second, 60)
        if second >= limit:
            if length is not None:
                shifted = sure and second >= SURE and meant <= length
                verdict = Verdict("shifted" if shifted else "beyond", meant, proven=True)
            elif padded or fractions or second > LONGEST_VIDEO:
                verdict = Verdict("shifted", meant, sure)
            elif reach is None or second > reach:
                verdict = Verdict("beyond") if last else Verdict("shifted", meant, sure)
        elif padded and not last and second:
            lone = second < 3600 and not mostly_zeros and second <= top * 1.25 + 120
            few = second >= 3600 and not mostly_zeros and len(beyond) < 10
            if not lone and not few:
                verdict = Verdict("shifted", meant, sure=False)
        elif fractions and second >= 3600 and second > top * 1.25 + 120:
            verdict = Verdict("shifted", meant, sure=False)
        if verdict and at not in believed:
            verdicts.setdefault(at, verdict if plain or others is not None else Verdict("open"))
    return verdicts


def _all_padded(clocks: Mapping[int, int], others: Sequence[int] | None) -> dict[int, Verdict]:
    """Return a note of a short video in which every stamp ends in `:00`: its other notes tell how short."""
    distinct = set(clocks.values())
    if len(distinct) < 4 or any(second % 60 for second in distinct) or max(distinct) < 3600:
        return {}
    if others is None:
        return dict.fromkeys(clocks, Verdict("open"))
    # whole minutes are also what an unsure generator rounds to: only a note far out of all reach is shifted
    reach = max(others, default=0)
    if (
        len(others) < _WITNESSES
        or min(second for second in distinct if second >= 3600) < reach * 2
        or max(distinct) // 60 > reach + _GAP
    ):
        return {}
    return {at: Verdict("shifted", second // 60, sure=False) for at, second in clocks.items() if second}


def _reach(small: Collection[int], beyond: Collection[int], others: Sequence[int]) -> int | None:
    """Return how far the video goes by its natural stamps: from four hours on, as long as they follow one another without a gap
    that is out of the common. None: they do not come near four hours."""
    natural = sorted({second for second in (*small, *beyond) if second % 60}.union(others))
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
