"""How the shifted stamps of a note are mended: all of them at once, wherever they stand, or none.

They bear witness against one another. Once some are mended nothing shows that the others are wrong, and these would be
linked as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Edit, Span, apply_edits
from processor.parse.nodes import Timestamp
from processor.parse.timestamps.clocks import SURE
from processor.parse.youtube import CLOCK, MAX_CLOCK, read_clock, set_start, write_clock
from processor.rules.base import Context, NoteEdit
from processor.vault.links.writing import headings_taken_along
from processor.vault.note import Note
from processor.vault.vault import Vault

from ._evidence import Verdict, is_open, judge, judge_in_vault, notes_of_videos

_CLOCK = regex(rf"(?<![0-9:]){CLOCK}(?![0-9:])")


class Mending(NamedTuple):
    """The edits that mend each shifted stamp, by its index in the note; or what stands against mending any."""

    edits: Mapping[int, Sequence[NoteEdit]]
    hindrance: str = ""


def mending(note: Note, verdicts: Mapping[int, Verdict], context: Context) -> Mending:
    """Return how the stamps are mended that are shifted for sure."""
    shifted = {i: v for i, v in verdicts.items() if v.kind == "shifted" and v.sure}
    targets = _targets(note) if shifted else []
    edits: dict[int, list[NoteEdit]] = {}
    in_headings: list[Edit] = []
    first_in_heading = None
    for index, verdict in shifted.items():
        stamp = note.timestamps[index]
        if _is_within(stamp.span, targets):
            continue  # of where a link leads: no stamp to any reader
        if stamp.place == "code" or stamp.fault:
            return Mending({}, _hindered(note, stamp))
        edits[index] = [NoteEdit(note.path, edit) for edit in stamp_edits(note, stamp, verdict.seconds)]
        if stamp.place == "heading":
            first_in_heading = index if first_in_heading is None else first_in_heading
            in_headings += [edit for _, edit in edits[index]]
    if first_in_heading is not None:
        along = headings_taken_along(context.vault, note, in_headings, as_shown=False)
        if along is None:
            return Mending({}, "it stands with others in headings to which links lead that cannot be changed along")
        edits[first_in_heading] += [NoteEdit(*edit) for edit in along]
    return Mending(edits)


def _hindered(note: Note, stamp: Timestamp) -> str:
    line = note.lines.position(stamp.span.start).line
    where = "is malformed" if stamp.fault else "stands in code"
    return f"it is mended with all others of its kind, and {stamp.label or stamp.target} in line {line} {where}: mend that first"


def stamp_edits(note: Note, stamp: Timestamp, seconds: int, like: str = "00:00:00") -> Iterator[Edit]:
    """Yield the stamp's clocks written anew: its label in the manner of `like`, its `data-t`, its URL's start time.

    They are one edit, over the whole stamp: no other rule must link it to the old second meanwhile.
    """
    edits = sorted(_own_edits(note, stamp, seconds, like))
    if not edits:
        return
    start, end = stamp.span
    if stamp.group and not note.text[end : stamp.group.end - 1].strip():
        end = stamp.group.end  # behind the last of a list its URL is put
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    yield Edit(start, end, apply_edits(note.text[start:end], moved))


def _own_edits(note: Note, stamp: Timestamp, seconds: int, like: str) -> Iterator[Edit]:
    clock = write_clock(seconds)
    url, target = stamp.url_span if stamp.url else None, stamp.target_span
    if stamp.label_seconds is not None and stamp.label_seconds != seconds:
        yield Edit(*stamp.label_span, _moved_label(note.quote(stamp.label_span), stamp, seconds, like))
    if url:
        yield Edit(*url, set_start(stamp.url, seconds))
    if target and stamp.target and target != stamp.label_span and (stamp.form == "anchor" or not url):
        if stamp.form == "link":  # `[10:50:00](#t=10:50:00)`
            written = note.quote(target)
            at = target.start + written.rindex(stamp.target)
            target = Span(at, at + len(stamp.target))
        yield Edit(*target, clock)
    yield from _inner_label(note, stamp, clock)


def has_several_clocks(label: str) -> bool:
    """Return whether a label is a range or a list."""
    return len(_clocks(label)) > 1


def _clocks(label: str) -> list[re.Match[str]]:
    return [m for m in _CLOCK.finditer(label) if read_clock(m[0]) is not None]


def _moved_label(label: str, stamp: Timestamp, seconds: int, like: str) -> str:
    """Return a label with its clock written anew. Of a range its end moves along, and of a list what is shifted as its first clock is."""
    clocks = _clocks(label)
    first = stamp.label_seconds or 0
    if len(clocks) < 2 or read_clock(clocks[0][0]) != first:
        return write_clock(seconds, like)
    is_shifted = first // 60 == seconds
    written, at = "", 0
    for m in clocks:
        second = read_clock(m[0]) or 0
        if m is clocks[0]:
            second = seconds
        elif is_shifted and second >= first:
            second //= 60
        elif not is_shifted and stamp.end_seconds is not None and second > first:
            second = min(second + seconds - first, MAX_CLOCK)
        written += label[at : m.start()] + write_clock(second, m[0])
        at = m.end()
    return written + label[at:]


def _inner_label(note: Note, stamp: Timestamp, clock: str) -> Iterator[Edit]:
    """Yield the second label of `[10:50:00](<a data-t="10:50:00">10:50:00</a>)` and the like."""
    if stamp.form in ("linked-anchor", "doubled") and stamp.target_span:
        behind = stamp.target_span.end
        at = note.text.find(stamp.target, behind, stamp.span.end)
        if at >= 0:
            yield Edit(at, at + len(stamp.target), clock)


def is_where_a_link_leads(note: Note, stamp: Timestamp) -> bool:
    """Return whether a stamp is part of what a link says of where it leads: no stamp to any reader."""
    return stamp.place in ("link", "display") and _is_within(stamp.span, _targets(note))


def _targets(note: Note) -> list[Span]:
    """Return where the links of a note say where they lead, in the order of the text."""
    return sorted([*(x.target_span for x in note.links), *(x.url_span for x in note.external_links)])


def _is_within(span: Span, targets: Sequence[Span]) -> bool:
    i = bisect_right(targets, span) - 1
    return any(t.start <= span.start and span.end <= t.end for t in targets[max(0, i) : i + 2])


# What mending must not do


def lost_evidence(vault: Vault, after: Vault, mended: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """Yield those of the `mended` notes, video by video, whose stamps must not be mended, and why: that would take away the
    evidence against others, in the note or in others about the same video, which would then be linked as they are."""
    by_video: dict[str, list[str]] = defaultdict(list)
    for path in mended:
        by_video[vault.video_ids[path] or path].append(path)
    for video, paths in sorted(by_video.items()):
        if why := _unsettled(notes_of_videos(vault).get(video, ()), paths, vault, after):
            yield paths, why


def _unsettled(paths: Iterable[str], mended: Collection[str], vault: Vault, after: Vault) -> str | None:
    for path in sorted({*paths, *mended}):
        note, new = vault.notes[path].anew(), after.notes[path].anew()
        if (path in mended or is_open(note)) and (
            clock := _unsettled_clock(note, vault, new, after, mended=path in mended)
        ):
            return f"it would take away the evidence against {clock} in {path}"
    return None


def _unsettled_clock(note: Note, vault: Vault, new: Note, after: Vault, *, mended: bool) -> str | None:
    """Return a clock in a note on which the verdict is another once the `vault` has become what it is `after`: one that nobody
    has mended is in doubt no more, or one is that was not. `mended`: those that are shifted for sure are; those below four hours,
    which may be, need not stay in doubt.
    """
    left: Counter[int] = Counter()
    free: set[int] = set()
    for stamp, verdict in _doubted(note, vault):
        second = _second(stamp)
        shifted = mended and verdict.kind == "shifted"
        if not (shifted and verdict.sure):
            left[second] += 1
            if shifted and second < SURE:
                free.add(second)
    then = Counter(_second(stamp) for stamp, _ in _doubted(new, after))
    wrong = [second for second in left | then if second not in free and then[second] != left[second]]
    return write_clock(min(wrong)) if wrong else None


def _doubted(note: Note, vault: Vault) -> Iterator[tuple[Timestamp, Verdict]]:
    """Yield the stamps that are in doubt; without those that say where a link leads."""
    verdicts = judge_in_vault(note, vault) if is_open(note) else judge(note)
    targets = _targets(note) if verdicts else []
    for index, verdict in verdicts.items():
        if not _is_within(note.timestamps[index].span, targets):
            yield note.timestamps[index], verdict


def _second(stamp: Timestamp) -> int:
    return (stamp.reading if stamp.fault else stamp.seconds) or 0
