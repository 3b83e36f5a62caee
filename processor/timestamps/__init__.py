"""Finds every stamp of a note, well-formed or gone wrong, with exact spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from processor.syntax import ExternalLink, Link, Place, Region, StampForm, Timestamp
from processor.text import Span
from processor.timestamps.anchors import Anchor, read_anchor
from processor.timestamps.clocks import LOOSE, Label, Reading, decide, read_broken_clock, read_label
from processor.youtube import read_clock, read_start, read_url

_CLOCK = r"[0-9]{2}:[0-5][0-9]:[0-5][0-9]"
_BETWEEN = r"[ \t]*(?:[,;/&–—-]|and\b|to\b)[ \t]*"
_TOKEN = re.compile(
    # the well-formed anchor, nearly all there is
    rf'<a class="yt-timestamp" data-t="({_CLOCK})">\[(\1)\]</a>'
    r"|(<)[ \t]{0,2}(?:[aA]|span)(?=[ \t%\"&])"
    # one clock or several, in one or two brackets
    rf"|(\[\[?)[ \t]*([~≈]?{LOOSE}(?:{_BETWEEN}[~≈]?{LOOSE})*)[ \t]*(?:\\?\|[^\[\]\n|]{{0,100}})?(\]\]?)"
)
_CLOCKS = re.compile(rf"[~≈]?({LOOSE})")
_RANGE = re.compile(rf"[~≈]?({LOOSE})[ \t]*(?:[–—-]|to\b)[ \t]*[~≈]?({LOOSE})")
_TARGET = re.compile(r"\((<?)(https?://[^\s()<>]+)>?\)")
_DEFINITION = re.compile(r":[ \t]*<?[a-z]+://", re.IGNORECASE)
_FRAGMENT = re.compile(rf"#?(?:t=?)?({LOOSE})?", re.IGNORECASE)

_HOURS = {f"{n:02}:": n * 3600 for n in range(100)}
_MINUTES = {f"{n:02}:": n * 60 for n in range(60)}
_SECONDS = {f"{n:02}": n for n in range(60)}


def read_timestamps(
    text: str,
    body_start: int,
    regions: Sequence[Region],
    links: Sequence[Link],
    external_links: Sequence[ExternalLink],
) -> tuple[Timestamp, ...]:
    """All stamps of a text, in its order. `regions` say what stands where; links are those the text's Markdown holds."""
    place_at = _places(regions)
    found = list(_link_stamps(links, external_links))
    linked = {t.span.start: t.span.end for t in found}
    taken = {link.span.start for link in external_links} | {
        link.span.start for link in links if link.form != "wikilink"
    }
    reader = _Reader(text, place_at, linked, taken)
    plain = not regions
    add = found.append
    new = tuple.__new__
    at = body_start
    for m in _TOKEN.finditer(text, body_start):
        start, end = m.span()
        if start < at:
            continue
        clock = m[1]
        if clock and text[start - 2 : start] != "](" and text[start - 1 : start] != "\\":
            second = _HOURS[clock[:3]] + _MINUTES[clock[3:6]] + _SECONDS[clock[6:]]
            first = m.start(1)
            label = m.start(2)
            add(
                new(
                    Timestamp,
                    (
                        new(Span, (start, end)),
                        "anchor",
                        clock,
                        new(Span, (label, label + 8)),
                        second,
                        clock,
                        new(Span, (first, first + 8)),
                        second,
                        None,
                        "",
                        "",
                        "text" if plain else place_at(start),
                        None,
                        None,
                        "",
                        None,
                        False,
                    ),
                )
            )
            at = end
            continue
        if linked and start in linked:
            at = linked[start]
            continue
        for stamp in reader.read(m, at):
            add(stamp)
            at = max(at, stamp.group.end if stamp.group else stamp.span.end)
    return tuple(_apart(found)) if linked else tuple(found)


def _apart(found: list[Timestamp]) -> Iterator[Timestamp]:
    """The stamps in the order of the text, without those inside another one."""
    end = 0
    for stamp in sorted(found, key=lambda t: (t.span.start, -t.span.end)):
        if stamp.span.start >= end:
            yield stamp
            end = stamp.span.end


def _places(regions: Sequence[Region]) -> Callable[[int], Place]:
    """What stands at an offset: of nested regions the innermost."""
    starts: list[int] = [-1]
    places: list[Place] = ["text"]
    stack: list[Region] = []

    def change(at: int) -> None:
        starts.append(at)
        places.append(stack[-1].place if stack else "text")

    for region in sorted(regions, key=lambda r: (r.start, -r.end)):
        while stack and stack[-1].end <= region.start:
            change(stack.pop().end)
        stack.append(region)
        change(region.start)
    while stack:
        end = stack.pop().end
        change(end)
    return lambda offset: places[bisect_right(starts, offset) - 1]


def _link_stamps(links: Sequence[Link], external_links: Sequence[ExternalLink]) -> Iterator[Timestamp]:
    """The stamps that are links already, to a video or, with a clock for their text or target, to nowhere."""
    for link in external_links:
        url = read_url(link.url)
        if url is None or link.embed:
            continue
        label = read_label(link.text) if link.text_span else Label("", "empty")
        if label.seconds is None and label.reading is None and url.start_span is None:
            continue
        seconds = url.seconds if url.start_span else 0
        fault = "its start time cannot be read" if seconds is None else ""
        reading = decide("", label) if fault else None
        target_span = None
        if url.start_span:
            at = link.url_span.start + link.url_span.end - link.url_span.start - len(link.url)
            target_span = Span(at + url.start_span.start, at + url.start_span.end)
        yield _stamp(
            link.span,
            "link",
            label,
            link.text_span or Span(link.span.start, link.span.start),
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
    for inner in links:
        if inner.form != "markdown" or inner.embed or inner.display is None or inner.display_span is None:
            continue
        m = _FRAGMENT.fullmatch(inner.target)
        if m is None:
            continue
        label = read_label(inner.display)
        if label.seconds is None and not m[1]:
            continue
        yield _stamp(
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


def _stamp(
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


class _Reader:
    """Reads every shape but the commonest."""

    def __init__(self, text: str, place_at: Callable[[int], Place], linked: dict[int, int], taken: set[int]) -> None:
        self.text = text
        self.place_at = place_at
        self.linked = linked
        self.taken = taken

    def read(self, m: re.Match[str], floor: int) -> Iterator[Timestamp]:
        """The stamps at a match; none of them begins before `floor`."""
        if m[4]:
            yield from self._brackets(m)
        elif anchor := read_anchor(self.text, m.start()):
            yield self._anchor(anchor, floor)

    def _anchor(self, anchor: Anchor, floor: int) -> Timestamp:
        """An anchor on its own, or as the target of a Markdown link with words for its text."""
        text, start = self.text, anchor.span.start
        if text[start - 2 : start] == "](" and (opening := self._opening(start - 2, floor)) is not None:
            label = read_label(text[opening + 1 : start - 2])
            return self._joined(anchor, opening, label, Span(opening + 1, start - 2), "linked-anchor")
        stamp = _anchor_stamp(anchor, "broken-anchor" if anchor.fault else "anchor")
        if text[start - 1 : start] == "\\" and start >= 1:
            reading = decide(anchor.target, anchor.label)
            stamp = stamp._replace(
                span=Span(start - 1, anchor.span.end), form="broken-anchor", fault="a backslash makes it plain text"
            )
            stamp = stamp._replace(reading=reading.seconds if reading else None)  # uncertain: it may be meant as text
        return stamp._replace(place=self.place_at(stamp.span.start))

    def _opening(self, close: int, floor: int) -> int | None:
        """The `[` to a `]` on the same line, not far before it; None where it closes a wikilink."""
        depth = 0
        for at in range(close, max(floor - 1, close - 300), -1):
            character = self.text[at]
            if character == "]":
                depth += 1
            elif character == "[":
                depth -= 1
                if depth == 0:
                    inner = self.text[at + 1 : close]
                    return None if inner.startswith("[") or "[[" in inner else at
            elif character == "\n":
                break
        return None

    def _joined(self, anchor: Anchor, start: int, label: Label, label_span: Span, form: StampForm) -> Timestamp:
        """One stamp out of a label and the anchor behind it."""
        end = anchor.span.end
        if form == "linked-anchor":
            end += self.text[end : end + 1] == ")"
        fault, reading = "", None
        exact = read_clock(anchor.target)
        if exact is None:
            fault = "its `data-t` is no clock"
            reading = decide(anchor.target, label if label.seconds is not None else anchor.label)
        elif label.kind == "broken":
            fault = "its label is no clock"
            reading = decide(anchor.target, label)
        return _stamp(
            Span(start, end),
            form,
            label,
            label_span,
            self.place_at(start),
            target=anchor.target,
            target_span=anchor.target_span,
            seconds=exact,
            fault=fault,
            reading=reading,
        )

    def _brackets(self, m: re.Match[str]) -> Iterator[Timestamp]:
        text = self.text
        opens, closes = len(m[4]), len(m[6])
        if opens == 2 and closes == 2:
            yield from self._wikilink(m)
            return
        start, end = m.start() + opens - 1, m.end() - closes + 1
        if "|" in text[m.end(5) : end]:
            return
        before = text[start - 1 : start]
        if before == "\\" and start >= 1:
            return
        label = read_label(m[5])
        if text[end : end + 2] == "(<" and (anchor := read_anchor(text, end + 1)):
            yield self._joined(anchor, start, label, Span(*m.span(5)), "linked-anchor")
            return
        gap = end + (text[end : end + 1] == " ")
        if text[gap : gap + 2] == "<a" and (anchor := read_anchor(text, gap)) and self._same(label, anchor):
            yield self._joined(anchor, start, label, Span(*m.span(5)), "doubled")
            return
        if start in self.taken or _DEFINITION.match(text, end):
            return  # the text of a link, the label of a definition
        yield from self._bare(m, start, end, label)

    @staticmethod
    def _same(label: Label, anchor: Anchor) -> bool:
        return label.seconds is not None and label.seconds in (anchor.seconds, anchor.label.seconds)

    def _wikilink(self, m: re.Match[str]) -> Iterator[Timestamp]:
        label = read_label(m[5])
        reading = None if label.seconds is not None else label.reading
        if label.seconds is None and (reading is None or m[5].count(":") < 2):
            return
        start, end = m.span()
        if self.text[start - 1 : start] in ("!", "\\") and start >= 1:
            return
        url, video_id, seconds, target, target_span = "", "", label.seconds, m[5], Span(*m.span(5))
        if behind := _TARGET.match(self.text, end):
            found = read_url(behind[2])
            if found and found.video_id:
                url, video_id, end, target = behind[2], found.video_id, behind.end(), found.start
                seconds = found.seconds if found.start_span else 0
                target_span = Span(behind.start(2), behind.end(2))
        yield _stamp(
            Span(start, end),
            "wikilink",
            label._replace(text=m[5]),
            Span(*m.span(5)),
            self.place_at(start),
            target=target,
            target_span=target_span,
            seconds=seconds,
            video_id=video_id,
            url=url,
            fault="" if label.seconds is not None else "its label is no clock",
            reading=reading,
        )

    def _bare(self, m: re.Match[str], start: int, end: int, label: Label) -> Iterator[Timestamp]:
        """`[00:06:10]`, a range, or each clock of a list."""
        text = self.text
        clocks = list(_CLOCKS.finditer(text, m.start(5), m.end(5)))
        place = self.place_at(start)
        # `list[10:20]` is a slice, `[16:9]` a ratio
        slices = (
            place in ("code", "math") or text[start - 1 : start].isalnum() or text[start - 1 : start] in ("]", ")", "_")
        )
        if slices and all(c[1].count(":") < 2 for c in clocks):
            return
        whole = Span(start, end)
        if len(clocks) == 1 or _RANGE.fullmatch(text, *m.span(5)):
            stamp = _bare_stamp(text, whole, Span(*m.span(5)), label, place)
            if stamp:
                yield stamp
            return
        at = m.start(5)
        while at < m.end(5):
            piece = _RANGE.match(text, at, m.end(5)) or _CLOCKS.match(text, at, m.end(5))
            if piece is None:
                at += 1
                continue
            span = Span(*piece.span())
            stamp = _bare_stamp(text, span, span, read_label(piece[0]), place)
            if stamp:
                yield stamp._replace(group=whole)
            at = piece.end()


def _bare_stamp(text: str, span: Span, inner: Span, label: Label, place: Place) -> Timestamp | None:
    written = text[inner.start : inner.end]
    fault, reading = "", None
    if label.seconds is None:
        if written.count(":") < 2:
            return None
        fault, reading = "it is no clock", label.reading or read_broken_clock(written)
    return _stamp(span, "bare", label, inner, place, seconds=label.seconds, fault=fault, reading=reading)


def _anchor_stamp(anchor: Anchor, form: StampForm) -> Timestamp:
    url = read_url(anchor.href) if anchor.href else None
    seconds = anchor.seconds
    if url and anchor.target_span is None:  # an ordinary anchor to a video
        seconds = url.seconds if url.start_span else 0
    return _stamp(
        anchor.span,
        form,
        anchor.label,
        anchor.label_span,
        "text",
        target=anchor.target,
        target_span=anchor.target_span,
        seconds=seconds,
        video_id=url.video_id if url else "",
        url=anchor.href if url else "",
        url_span=anchor.href_span if url else None,
        fault=anchor.fault,
        reading=anchor.reading,
    )
