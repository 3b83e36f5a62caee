"""The stamps that can be linked only with a look at other notes: the part of unlinked-timestamp that sees the vault.

They are the stamps of headings, to which links in any note may lead, and stamps that would be in doubt (beyond four
hours, or all ending in `:00`) if the other notes about the same video, or its captions, did not show that they are right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from processor.base.text import Edit, Span
from processor.parse.nodes import Heading, Timestamp
from processor.rules.base import Context, Fix, NoteEdit, Problem
from processor.vault.facts import own_fact
from processor.vault.links.writing import heading_at, headings_taken_along
from processor.vault.note import Note
from processor.vault.videos import Aim, aim_of, own_video

from ._doubts import disputed, disputed_starts, is_mismatched, is_of_other_things
from ._evidence import has_doubtful_stamps, judge, judge_in_vault
from ._heard import has_own_captions, judged
from ._linking import MESSAGE, TITLE, TOGETHER, is_certain, is_linked, is_settled, link_edits, linkable, obstacle


@own_fact
def _has_stamped_heading(note: Note) -> bool:
    return any(t.place == "heading" and not t.fault and not is_linked(t) for t in note.timestamps.rest)


def needs_other_notes(note: Note) -> bool:
    """Return whether a note may have any such stamp."""
    return has_doubtful_stamps(note) or _has_stamped_heading(note)


def unlinked_in_vault(note: Note, context: Context) -> Iterator[Problem]:
    """Yield what unlinked-timestamp has to say of these stamps."""
    opened = {i for i, v in judge(note).items() if v.kind == "open"}
    doubts = disputed(note)
    in_doubt: Collection[int] = judge_in_vault(note, context.vault) if opened else ()
    if judge(note) and has_own_captions(note, context):
        judgements = {index: judgement for _, index, _, _, judgement in judged(note, context)}
        opened |= {i for i, doubt in doubts.items() if not isinstance(doubt, str) and judgements.get(i) == "right"}
        in_doubt = {index for index, judgement in judgements.items() if judgement != "right"}
    if not opened and not _has_stamped_heading(note):
        return
    with_fix: set[Span] = set()  # long lists whose fix a stamp has
    headings: dict[Heading, list[Timestamp]] = {}
    for index, stamp in enumerate(note.timestamps):
        if (
            stamp.fault
            or is_settled(stamp, context)
            or is_of_other_things(note, stamp)
            or is_mismatched(stamp)
            or (index in doubts and index not in opened)
            or index in in_doubt
        ):
            continue
        if stamp.place == "heading":
            if heading := heading_at(note, stamp.span.start):
                headings.setdefault(heading, []).append(stamp)
        elif index in opened and stamp.place != "code":
            aim = aim_of(note, stamp, context.video_properties)
            if what := obstacle(note, stamp, aim):
                yield Problem(stamp.span, f"{stamp.label or stamp.target} is no link: {what}")
            elif aim.id:
                yield linkable(note, stamp, aim, context, with_fix)
    for stamps in headings.values():
        aim = aim_of(note, stamps[0], context.video_properties)
        if aim.id or (aim.against and own_video(note, context.video_properties)):
            yield from _in_heading(note, context, aim, stamps, with_fix)


def _in_heading(
    note: Note, context: Context, aim: Aim, stamps: list[Timestamp], with_fix: set[Span]
) -> Iterator[Problem]:
    """Yield the stamps of one heading: where links lead to it, all are linked together and these links changed along."""
    edits: list[Edit] = []
    safe = True
    lists: set[Span] = set()
    for stamp in stamps:
        if obstacle(note, stamp, aim) or stamp.group in lists:
            continue
        if stamp.group is not None:
            lists.add(stamp.group)
        safe = safe and is_certain(note, stamp, aim)
        edits += link_edits(note, stamp, aim.id, context, disputed_starts(note)) or ()
    along = headings_taken_along(context.vault, note, edits)
    first = True
    for stamp in stamps:
        label = stamp.label or stamp.target
        what = obstacle(note, stamp, aim)
        if not what and along is None:
            what = "the links that lead to its heading cannot be changed along: move it below the heading"
        if what:
            yield Problem(stamp.span, f"{label} is no link: {what}")
        elif not along:
            yield linkable(note, stamp, aim, context, with_fix)
        elif first or len(stamps) <= TOGETHER:
            first = False
            found = [NoteEdit(note.path, e) for e in edits] + [NoteEdit(*e) for e in along]
            links = "link" if len(along) == 1 else f"{len(along)} links"
            fix = Fix(f"{TITLE} and change the {links} to its heading", safe, partial(list, found))
            yield Problem(stamp.span, MESSAGE.format(label), fix)
        else:
            message = f"{MESSAGE.format(label)}; it is linked with the first stamp of its heading"
            yield Problem(stamp.span, message)
