"""Anchors: `<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>`, and all that was meant for one."""

from __future__ import annotations

import re
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.timestamps.clocks import (
    LOOSE,
    Label,
    Reading,
    decide,
    decide_by_url,
    is_label_at_fault,
    read_label,
)
from processor.parse.youtube import read_clock, read_url

_ATTRIBUTE = r"[ \t]+[A-Za-z][A-Za-z0-9_:.-]*(?:=(?:\"[^\"<>\n]*\"|'[^'<>\n]*'))?"
_WHOLE = regex(rf"<a((?:{_ATTRIBUTE}){{1,12}})[ \t]*>([^<>\n]*)</a>", re.IGNORECASE)
_USUAL = regex(r'<a class="yt-timestamp" data-t="([^"<>\n]+)">([^<>\n]*)</a>')
"""Most of those that are not well-formed: only a value is at fault, or the label is another one."""
_ATTRIBUTES = regex(r"([A-Za-z][A-Za-z0-9_:.-]*)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")

_OPEN = regex(r"<[ \t]{0,2}(a|span)(?=[ \t%\"&])([^<>\n]{0,400})(>?)", re.IGNORECASE)
# what says that a tag was meant for a stamp: its class, as it is or gone wrong; …
_CLASS = regex(
    r"(?<![\w-])yt(?:[-_:= \t\"'“”]*(?:t-|t_)?(?:time|stamp)|[-_:=]?[0-9]|[=\"'“”]|[-_:]?[ \t]*\Z)", re.IGNORECASE
)
# … a `data-t`; or, in a tag with no class of its own, what real notes write in its stead
_DATA_T = regex(r"(?<![\w-])data[-_]t(?![\w-])", re.IGNORECASE)
_MISWRITTEN = regex(
    rf"(?<![\w-])(?:data[-_]timestamp(?![\w-])|data=|data[-_]?(?=[0-9]{{1,2}}:)|href=[\"']?{LOOSE}[\"']?(?=\s|\Z))",
    re.IGNORECASE,
)
_FOREIGN = regex(r"(?<![\w-])class=[\"']?[^\s\"'=]", re.IGNORECASE)
_LIKE_CLOCK = regex(r"[^0-9A-Za-z]*(?:[0-9]{1,4}:[0-9]|HH?:MM)", re.IGNORECASE)  # no date before it
_ELSEWHERE = regex(r"(?<![\w-])href=[\"']?[a-z]+:[^\"'\s]*", re.IGNORECASE)
_DATA = regex(
    r"(?<![\w-])data(?:[-_](?:timestamp|time|t)(?![\w-])|(?=[-_]?[0-9]|[ \t]*=))[-_]?(?:[ \t]*=)?(?:t=)?[ \t]*"
    r"(?:([\"'“”])([^\"'“”<>\n]*)|([^\"'“”\s<>]*))",
    re.IGNORECASE,
)
_HREF = regex(rf"(?<![\w-])href=[\"']?({LOOSE})", re.IGNORECASE)
_CLOCK = regex(rf"(?<![0-9:]){LOOSE}")
_LABEL = regex(
    r"((?:(?!<[ \t]{0,2}/?[ \t]?(?:a|span)\b)[^\n]){0,200}?)(<[ \t]?/[ \t]?(?:a|span)\b[ \t]?(?:>|(?=[)\].,;\s]|\Z)))",
    re.IGNORECASE,
)
_SHORT_LABEL = regex(rf"[ \t]?\[?[ \t]?({LOOSE})[ \t]?\]?")
_TAGS = regex(r"<[^<>]{0,200}>")
_CLOSE = regex(r"<[ \t]?/[ \t]?(?:a|span)\b[ \t]?>?", re.IGNORECASE)


LABEL_FAULT = "its label is no clock"


class Anchor(NamedTuple):
    """An anchor with its parts. `fault` is empty for a well-formed one, and then `reading` is None."""

    span: Span
    label: Label
    label_span: Span
    target: str
    target_span: Span | None
    href: str = ""
    href_span: Span | None = None
    fault: str = ""
    reading: Reading | None = None

    @property
    def seconds(self) -> int | None:
        return read_clock(self.target)


def read_anchor(text: str, at: int) -> Anchor | None:
    """Return the anchor whose `<` stands at `at`; None where a tag there has nothing of a timestamp. Looks a few hundred
    characters ahead at most."""
    if m := _USUAL.match(text, at):
        return None if "{" in m[1] else _whole(m, Span(*m.span(1)), None)
    if m := _WHOLE.match(text, at):
        attributes = {a[1].lower(): a for a in _ATTRIBUTES.finditer(text, m.start(1), m.end(1))}
        clock, css = attributes.get("data-t"), attributes.get("class")
        if clock and css and "yt-timestamp" in (css[2] or css[3] or "").split() and (clock[2] or clock[3]):
            link = attributes.get("href")
            if "{" in clock[0]:
                return None  # of a template
            return _whole(m, _value(clock), _value(link) if link else None)
    if m := _OPEN.match(text, at):
        return _linked(text, m) or _broken(text, m)
    return None


def _value(attribute: re.Match[str]) -> Span:
    """Return where an attribute's value stands, between its quotes; before all text where it has none."""
    return Span(*attribute.span(2 if attribute[2] is not None else 3))


def _whole(m: re.Match[str], target_span: Span, href_span: Span | None) -> Anchor:
    """Return a tag as HTML wants it; its values may be at fault nevertheless."""
    label = read_label(m[2])
    href = m.string[href_span.start : href_span.end] if href_span and href_span.start >= 0 else ""
    target = m.string[target_span.start : target_span.end]
    fault = ""
    if read_clock(target) is None:
        fault = "its `data-t` is no clock"
    elif label.kind == "broken":
        fault = LABEL_FAULT
    elif href_span and read_url(href) is None:
        fault = "its `href` leads to no video"
    reading = decide(target, label) if fault else None
    if reading and href not in ("", "#") and fault.startswith("its `href`") and read_clock(href) != reading.seconds:
        reading = reading._replace(certain=False)
    label_span = _inside(m.string, *m.span(2))
    return Anchor(Span(*m.span()), label, label_span, target, target_span, href, href_span, fault, reading)


def _linked(text: str, m: re.Match[str]) -> Anchor | None:
    """Return an ordinary anchor to a video, with a clock for its label: it is a link already."""
    whole = _WHOLE.match(text, m.start())
    if whole is None:
        return None
    attributes = {a[1].lower(): a for a in _ATTRIBUTES.finditer(text, whole.start(1), whole.end(1))}
    link = attributes.get("href")
    href_span = _value(link) if link else None
    href = text[href_span.start : href_span.end] if href_span and href_span.start >= 0 else ""
    url = read_url(href)
    label = read_label(whole[2])
    if url is None or (label.seconds is None and label.reading is None) or "data-t" in attributes:
        return None
    fault, reading = "", None
    if label.reading is not None:
        seconds = url.seconds if url.start_span else 0
        if seconds is None or not is_label_at_fault(label.text, seconds):
            return None
        fault, reading = LABEL_FAULT, decide_by_url(label.reading, seconds, sure=url.start_span is not None)
    label_span = _inside(text, *whole.span(2))
    return Anchor(Span(*whole.span()), label, label_span, url.start, None, href, href_span, fault, reading)


def _inside(text: str, start: int, end: int) -> Span:
    """Return the label without the white space and brackets around it."""
    raw = text[start:end]
    if len(raw.strip()) < len(raw):
        start += len(raw) - len(raw.lstrip())
        end -= len(raw) - len(raw.rstrip())
    if end - start >= 2 and text[start] == "[" and text[end - 1] == "]" and "[" not in text[start + 1 : end]:
        start, end = start + 1, end - 1
    return Span(min(start, end), max(start, end)) if start <= end else Span(end, end)


def _broken(text: str, m: re.Match[str]) -> Anchor | None:
    attributes, at = m[2], m.start(2)
    signs = _ELSEWHERE.sub("", attributes)
    classed = _CLASS.search(signs) is not None
    if not (classed or _DATA_T.search(signs) or (_MISWRITTEN.search(signs) and not _FOREIGN.search(signs))):
        return None
    data = _DATA.search(attributes)
    clock = None
    if data and (data[2] or data[3]):
        target, inner = data[2] or data[3], data.span(2 if data[2] else 3)
    elif (clock := _HREF.search(attributes)) or (clock := _CLOCK.search(attributes)):
        group = clock.re.groups  # there is one in `_HREF`
        target, inner = clock[group], clock.span(group)
    else:
        target, inner = "", (-1, -1)
    if m[1].lower() == "span" and not target:
        return None
    if not classed and _LIKE_CLOCK.match(target) is None:
        return None  # another tool's, that counts seconds or means something else by it
    label_text, label_span = "", Span(m.end(), m.end())
    fault = "its tag is broken"
    if m[3]:
        end = m.end()
        if found := _LABEL.match(text, end):
            label_text, label_span = _TAGS.sub("", found[1]), _inside(text, *found.span(1))
            end = found.end()
            if text[end : end + 1] in (")", "]") and text[m.start() - 1 : m.start()] not in ("(", "["):
                end += not found[2].endswith(">")
        else:
            fault = "it has no `</a>`"
            if short := _SHORT_LABEL.match(text, end):
                label_text, label_span, end = short[1], Span(*short.span(1)), short.end()
    else:
        # no `>`: what belongs to the anchor ends with its last clock, and whatever stands right behind that
        end = at + (inner[1] if target else 0)
        end += text[end : end + 1] in ('"', "'")
        if short := _SHORT_LABEL.match(text, end):
            label_text, label_span, end = short[1], Span(*short.span(1)), short.end()
        if close := _CLOSE.match(text, end):
            end = close.end()
        if not target:
            return None
    target_span = Span(at + inner[0], at + inner[1]) if target else None
    label = read_label(label_text)
    return Anchor(Span(m.start(), end), label, label_span, target, target_span, "", None, fault, decide(target, label))
