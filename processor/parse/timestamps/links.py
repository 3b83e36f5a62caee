"""Stamps that are links already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from processor.base.text import Span
from processor.parse.nodes import ExternalLink, Link, Place, StampForm, Timestamp
from processor.parse.timestamps.clocks import (
    LOOSE,
    Label,
    Reading,
    decide,
    decide_by_url,
    is_label_at_fault,
    read_label,
)
from processor.parse.youtube import CLOCK, read_start, read_url

_AMID_WORDS = re.compile(rf"[^\w\s]*[ \t]*(?:({CLOCK})(?![:\d]|[ \t]*[ap]\.?m\b)(?:[^\w\s]*|[ \t].*)|([0-9]{{1,6}}s))")
"""A label with a clock in emphasis, in brackets, behind a sign or before words; or in seconds."""
_NOWHERE = re.compile(rf"#?(?:t=?)?({LOOSE})?", re.IGNORECASE)
"""Destinations into the note itself that were meant for a second: `#t=00:24:20`, `#00:24:20`, `00:24:20`, `#`."""


_PLACEHOLDER = re.compile(r"[{}<]|%7B|%3C%|%[sd](?![0-9A-F])|[/=](?:\$|:[a-z]|\[)", re.IGNORECASE)
"""What a template's URL holds in the place of an id or a second."""
_LEADING = re.compile(r"[0-9hms.:]++(?![A-Za-z0-9_=-])", re.IGNORECASE)


def link_stamps(links: Sequence[Link], external_links: Sequence[ExternalLink]) -> Iterator[Timestamp]:
    """Return the stamps that are links already, to a video or, with a clock for their text or target, to nowhere."""
    for link in external_links:
        url = read_url(link.url)
        if url is None or link.embed or _PLACEHOLDER.search(link.url):
            continue
        label, label_span = read_label(link.text) if link.text_span else Label("", "empty"), link.text_span
        if label.seconds is None and label_span and (clock := _AMID_WORDS.fullmatch(link.text)):
            written = clock[1] or clock[2]
            at = label_span.start + link.text.index(written)
            label, label_span = Label(written, "clock", read_start(written)), Span(at, at + len(written))
        if label.seconds is None and label.reading is None and url.start_span is None:
            continue
        seconds = url.seconds if url.start_span else 0
        if seconds is None and link.form == "bare" and (cut := _LEADING.match(url.start)):
            seconds = read_start(cut[0].rstrip(".:"))  # what trails a bare URL is a part of it to Obsidian
        fault = "its start time cannot be read" if seconds is None else ""
        reading = decide("", label) if fault else None
        if seconds is not None and label.reading is not None and is_label_at_fault(label.text, seconds):
            fault, reading = "its label is no clock", decide_by_url(label.reading, seconds, sure=bool(url.start_span))
        target_span = None
        if url.start_span:
            at = link.url_span.end - len(link.url)
            target_span = Span(at + url.start_span.start, at + url.start_span.end)
        yield make_stamp(
            link.span,
            "link",
            label,
            label_span or Span(link.span.start, link.span.start),
            link.place,
            target=url.start,
            target_span=target_span,
            seconds=seconds,
            video_id=url.video_id,
            url=link.url,
            url_span=link.url_span,
            fault=fault,
            reading=reading,
        )
    for inner in [link for link in links if link.form == "markdown" and link.place != "property"]:
        if inner.embed or inner.display is None or inner.display_span is None:
            continue
        m = _NOWHERE.fullmatch(inner.target)
        if m is None:
            continue
        label = read_label(inner.display)
        if label.seconds is None and not m[1]:
            continue
        yield make_stamp(
            inner.span,
            "link",
            label,
            inner.display_span,
            inner.place,
            target=m[1] or "",
            target_span=inner.target_span,
            seconds=read_start(m[1]) if m[1] else label.seconds,
            url=inner.target,
        )


def make_stamp(
    span: Span,
    form: StampForm,
    label: Label,
    label_span: Span,
    place: Place,
    *,
    target: str = "",
    target_span: Span | None = None,
    seconds: int | None = None,
    video_id: str = "",
    url: str = "",
    url_span: Span | None = None,
    fault: str = "",
    reading: Reading | None = None,
) -> Timestamp:
    """Return a stamp with the parts of its label and its reading spread out."""
    return Timestamp(
        span,
        form,
        label.text,
        label_span,
        label.seconds,
        target,
        target_span,
        seconds,
        label.end if label.end is not None or reading is None else reading.end,
        video_id,
        url,
        place,
        url_span,
        None,
        fault,
        reading.seconds if reading else None,
        reading.certain if reading else False,
    )
