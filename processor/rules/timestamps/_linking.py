"""The link that a stamp becomes, and what stands against it. Shared by the rules of this family."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from weakref import WeakKeyDictionary

from processor.base.text import Edit, Span
from processor.parse.nodes import Place, Timestamp
from processor.parse.timestamps.clocks import AND, TO, count_fields, is_long_clip
from processor.parse.timestamps.wellformed import LENGTH, OPENED, SECONDS, Stamps
from processor.parse.timestamps.writing import guard, is_plain, stands_in_brackets, write_anchor
from processor.parse.youtube import MAX_CLOCK, read_url, write_clock, write_url
from processor.rules.base import Context, Fix, NoteEdit, Problem
from processor.vault.note import Note
from processor.vault.videos import Aim

from ._anchors import label_of, linked_anchor
from ._around import end_of, leaves_something, url_behind, what_speaks_against
from ._doubts import disputed_starts

TITLE = "link it to its second of the video"
MESSAGE = "{} is no link: a click on it does nothing"
RENDERED: frozenset[Place] = frozenset(("text", "table", "heading"))
"""Where a Markdown link is live."""

HIDDEN: Mapping[Place, str] = {
    "math": "it stands in a formula, where no link works: move it behind the closing `$`",
    "comment": "it stands in a comment, which is not shown: move it out",
    "link": "it stands in the text of a link, which cannot hold another: move it behind the link",
    "display": "it stands in a wikilink, which cannot hold another link: move it behind the `]]`",
    "property": "it stands in the properties, where it is plain text",
}
"""Why a stamp is not linked where it stands, and what to do."""

TOGETHER = 50
"""Stamps that one fix links, of which each says so; of more only the first does: each fix holds the edits of all of them,
and what a report holds must not grow with their square."""


def is_linked(stamp: Timestamp) -> bool:
    """Return whether a stamp leads to YouTube already; whether to the right video and second is another question."""
    if stamp.form not in ("link", "anchor") or not stamp.url:
        return False
    return bool(stamp.video_id) or read_url(stamp.url) is not None


def is_settled(stamp: Timestamp, context: Context) -> bool:
    """Return whether there is nothing to link: the stamp is a link, or of a notation that is left alone."""
    return is_linked(stamp) or not is_wanted(context, stamp.form, stamp.notation)


def is_wanted(context: Context, form: str, notation: str = "") -> bool:
    """Return whether stamps of a form and notation are to be linked: the settings may choose some."""
    names = {form, notation} - {""}
    return (context.forms is None or not names.isdisjoint(context.forms)) and names.isdisjoint(context.ignore_forms)


def obstacle(note: Note, stamp: Timestamp, aim: Aim) -> str:
    """Why a stamp cannot become a link to its video where it stands, and what to do; empty where it can."""
    if stamp.place in HIDDEN:
        return HIDDEN[stamp.place]
    if stamp.place == "html" and (stamp.form != "anchor" or stamp.target_span is None):
        return "no Markdown is rendered in HTML: move it out"
    if not is_plain(stamp.label):
        return "its label holds Markdown of its own: write it anew"
    return (not stamp.video_id and aim.against) or what_speaks_against(note, stamp, aim.id)


def url_of(note: Note, stamp: Timestamp, video_id: str, context: Context) -> str | None:
    """Return the URL a stamp is to lead to, None where its second cannot be written."""
    if stamp.seconds is None or not 0 <= stamp.seconds <= MAX_CLOCK:
        return None
    if stamp.video_id and stamp.url:
        return stamp.url  # a link that somebody wrote keeps its URL
    if url := url_behind(note, stamp, video_id):
        return url
    return write_url(video_id, stamp.seconds, context.url_style, media=context.stamp_style == "media")


def link_edits(
    note: Note, stamp: Timestamp, video_id: str, context: Context, skip: frozenset[int] = frozenset()
) -> list[Edit] | None:
    """Return the edits that make a stamp a link; None where there is no way to write it. Of a list, all clocks are linked but
    those whose start is in `skip`: they get brackets of their own."""
    url = url_of(note, stamp, video_id, context)
    if url is None:
        return None
    if stamp.group is not None:
        return _list_edits(note, stamp, video_id, context, skip)
    text = note.text
    html = context.stamp_style == "html" and stamp.place != "heading"  # a table of contents shows the tags in one
    if stamp.form == "anchor" and (html or stamp.place == "html"):
        return linked_anchor(note, stamp, url, clock=html)
    if stamp.place not in RENDERED:
        return None
    if stamp.form == "link":
        return [Edit(*stamp.target_span, url)] if stamp.target_span else None
    if not is_plain(stamp.label):
        return None
    label, end = label_of(stamp), end_of(note, stamp, video_id)
    if html:
        in_brackets = stands_in_brackets(text, stamp.span.start, end)
        anchor = write_anchor(write_clock(stamp.seconds or 0), label, url, in_brackets=in_brackets)
        return [Edit(stamp.span.start, end, anchor)]
    before = guard(text, stamp.span)
    if stamp.form == "bare" and stamp.span != stamp.label_span:
        return [*before, Edit(stamp.span.end, end, f"({url})")]
    return [*before, Edit(stamp.span.start, end, f"[{label}]({url})")]


def anchor_edits(note: Note, stamps: Stamps, video_id: str, context: Context) -> list[Edit]:
    """Return the edits that make links of the well-formed anchors amid text: what `link_edits` gives for each."""
    text = note.text
    html, media = context.stamp_style == "html", context.stamp_style == "media"
    edits: list[Edit] = []
    for clock, start in zip(stamps.clocks, stamps.starts, strict=True):
        url = write_url(video_id, SECONDS[clock], context.url_style, media=media)
        if html:
            at = start + OPENED
            edits.append(Edit(at, at, f' href="{url}"'))
            if stands_in_brackets(text, start, start + LENGTH):
                edits.append(Edit(at + 1, start + LENGTH - len("</a>"), clock))
            continue
        span = Span(start, start + LENGTH)
        if text[start - 1 : start] in _NEEDS_GUARD:
            edits += guard(text, span)
        edits.append(Edit(*span, f"[{clock}]({url})"))
    return edits


_NEEDS_GUARD = frozenset("!^[(")


def _list_edits(
    note: Note, stamp: Timestamp, video_id: str, context: Context, skip: frozenset[int]
) -> list[Edit] | None:
    """`[00:11:02, 00:12:04]` becomes `[00:11:02](…), [00:12:04](…)`."""
    group = stamp.group
    assert group is not None
    if stamp.place not in RENDERED:
        return None
    first_of_list = bisect_left(note.timestamps, group.start, key=_start)
    behind_list = bisect_left(note.timestamps, group.end, key=_start)
    clocks = [t for t in note.timestamps[first_of_list:behind_list] if t.group == group]
    edits = guard(note.text, group)
    end = end_of(note, stamp, video_id)
    own = note.text[group.start] == "["  # else the brackets around it are a footnote's
    for i, clock in enumerate(clocks):
        url = None if clock.span.start in skip else url_of(note, clock, video_id, context)
        opening = "" if (i == 0 and own) or not (own or url) else "["
        closing = "" if (i == len(clocks) - 1 and own) or not (own or url) else "]"
        if url and context.stamp_style == "html":
            anchor = write_anchor(write_clock(clock.seconds or 0), clock.label, url)
            first = group.start if i == 0 else clock.span.start
            edits.append(Edit(first, end if i == len(clocks) - 1 else clock.span.end, anchor))
            continue
        if opening:
            edits.append(Edit(clock.span.start, clock.span.start, opening))
        if own and not closing:
            if url:
                edits.append(Edit(group.end, end, f"({url})"))
        elif closing:
            edits.append(Edit(clock.span.end, clock.span.end, f"{closing}({url})" if url else closing))
    return edits


def _start(stamp: Timestamp) -> int:
    return stamp.span.start


def fix_edits(note: Note, stamp: Timestamp, video_id: str, context: Context) -> Sequence[NoteEdit]:
    """Return the edits that link a stamp, as a fix gives them; clocks of its list that are in doubt stay unlinked."""
    if stamp.group is None:
        return [NoteEdit(note.path, e) for e in link_edits(note, stamp, video_id, context) or ()]
    edits = _EDITS_OF_LIST.get(note)
    # each clock of a list has the edits of the whole list, and a list may have thousands
    if edits is None or edits[0] != (stamp.group, video_id, context.stamp_style, context.url_style):
        linked = link_edits(note, stamp, video_id, context, disputed_starts(note))
        found = tuple([NoteEdit(note.path, e) for e in linked or ()])
        edits = _EDITS_OF_LIST[note] = (stamp.group, video_id, context.stamp_style, context.url_style), found
    return edits[1]


_EDITS_OF_LIST: WeakKeyDictionary[Note, tuple[tuple[Span, str, str, str], tuple[NoteEdit, ...]]] = WeakKeyDictionary()
"""The edits of the list in each note that was asked for last."""


@lru_cache(maxsize=4)
def _long_lists(note: Note) -> frozenset[Span]:
    """Return the lists of which only the first stamp has the fix."""
    sizes = Counter([stamp.group for stamp in note.timestamps.odd if stamp.group is not None])
    return frozenset([group for group, size in sizes.items() if size > TOGETHER])


def linkable(note: Note, stamp: Timestamp, aim: Aim, context: Context, with_fix: set[Span]) -> Problem:
    """Return what there is to say of a stamp that can be linked. `with_fix` are the long lists of which a stamp has the fix
    already; this one's is added.
    """
    message = MESSAGE.format(stamp.label or stamp.target)
    if stamp.group in with_fix:
        return Problem(stamp.span, f"{message}; it is linked with the first stamp of its list")
    if stamp.group in _long_lists(note):
        with_fix.add(stamp.group)
    return Problem(
        stamp.span,
        message,
        Fix(TITLE, is_certain(note, stamp, aim), partial(fix_edits, note, stamp, aim.id, context)),
    )


_AN_HOUR = write_clock(3600)
_LISTED = re.compile(rf"[~≈]?[0-9:：.]+(?:[ \t]*(?:{AND}|{TO})[ \t]*[~≈]?[0-9:：.]+)*")


def is_certain(note: Note, stamp: Timestamp, aim: Aim) -> bool:
    """Return whether linking a stamp is safe: nobody can have meant anything else by it.

    A bare clock of two fields may be a verse, a ratio, a time of day; a link to `#t=00:24:20` may be for a plugin that
    plays the video in the note; what stands in brackets with other signs than a comma between may be no list; and what
    stands behind a clock must become a part of its link, or be no part of one.
    """
    if not aim.is_sure or leaves_something(note, stamp, aim.id):
        return False
    if stamp.form == "link":
        return stamp.url == "#"
    if stamp.form == "plain":
        return stamp.certain
    if stamp.form != "bare":
        return True
    if count_fields(stamp.label) == 2 and not stamp.certain and not two_fields_are_stamps(note):
        return end_of(note, stamp, aim.id) > (stamp.group or stamp.span).end  # it was to be a link
    if not stamp.certain and is_long_clip(stamp.seconds, stamp.end_seconds):
        return False
    return stamp.group is None or _LISTED.fullmatch(note.quote(stamp.group).strip("[]")) is not None


@lru_cache(maxsize=4)
def two_fields_are_stamps(note: Note) -> bool:
    """Return whether `[3:16]` in this note is surely a stamp: the note writes its stamps so.

    None below an hour has three fields, there is another besides, and one of those of two fields is in an anchor, a link or a
    column, has a leading zero or more minutes than a day has hours, or goes on beyond the hour as `1:02:03`.
    """
    stamps = note.timestamps
    anchors = stamps.clocks  # written in full, they sort as their seconds do
    if anchors and min(anchors) < _AN_HOUR:
        return False
    sure = bool(anchors) and not max(anchors).startswith("0")
    two, three = 0, len(anchors)
    for stamp in stamps.odd:
        clock = stamp.label or stamp.target
        fields = count_fields(clock)
        if stamp.fault or stamp.seconds is None:
            continue
        if fields == 3:
            if stamp.seconds < 3600:
                return False
            three += 1
            sure = sure or not clock.startswith("0")
        elif fields == 2:
            two += 1
            minutes = clock.lstrip("~≈").partition(":")[0]
            sure = (
                sure
                or stamp.certain
                or stamp.form not in ("bare", "plain")
                or (len(minutes) == 2 and minutes[0] == "0")
                or (minutes.isdigit() and int(minutes) > 24)
            )
    return sure and two + three > 1
