"""Links as text: how a link is written, and how one that stands in a note is led elsewhere.

What a reader saw stays: where a wikilink had no display text and would now show other words, the old ones become it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Edit, Span, apply_edits
from processor.parse.nodes import Heading, Link
from processor.vault.backlinks import fragment_backlinks
from processor.vault.headings import HeadingIndex, moved_anchors
from processor.vault.naming import heading_fragment, heading_key, linkable
from processor.vault.note import Note
from processor.vault.per_vault import per_note
from processor.vault.vault import Vault


class PathEdit(NamedTuple):
    """An edit to the note at `path`."""

    path: str
    edit: Edit


_ENTITY = r"&(?=#?\w+;)"
_ENCODED = regex(rf"[\x00-\x20\x7f\u00a0\u2028\u2029\\<>()\"%|:`\[\]]|{_ENTITY}")
_ENCODED_IN_ANGLES = regex(rf"[<>\\\n%`]|{_ENTITY}")


def encode(target: str, *, angled: bool = False) -> str:
    """Return a link's target as a Markdown destination, in angle brackets (`angled`) or without: what would end it or read
    otherwise is percent-encoded."""
    signs = _ENCODED_IN_ANGLES if angled else _ENCODED
    return signs.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), target)


def shown(link: Link) -> str:
    """Return what a reader sees of a link: its display text, else its target with each `#` as ` > `."""
    return link.display if link.display is not None else shown_target(link.target)


def words_of(link: Link) -> str:
    """Return the same of a link whose text may be empty: of a wikilink Obsidian shows the target then."""
    return shown(link) or ("" if link.form in ("markdown", "reference") else shown_target(link.target))


def shown_target(target: str) -> str:
    """Return what Obsidian shows for a target without display text: `a#b` as `a > b`, `#b` as `b`."""
    return target.replace("#", " > ").removeprefix(" > ")


def write_link(
    target: str,
    *,
    markdown: bool = False,
    display: str | None = None,
    table: bool = False,
) -> str:
    """Return a new link to `target` (path and fragment, not encoded); in a table the bar is escaped.

    A Markdown link's path should end in `.md`: other programs than Obsidian look for the file.
    """
    if markdown:
        text = shown_target(target) if display is None else display
        return f"[{escape_brackets(text)}]({encode(target)})"
    if display is None or display == shown_target(target):
        return f"[[{target}]]"
    bar = "\\|" if table else "|"
    return f"[[{target}{bar}{display}]]"


def title_of(note: Note) -> str:
    """Return what a link to a note shows: its title on one line, else its file name."""
    title = note.properties.get("title")
    shown = title.value.strip() if title and isinstance(title.value, str) else ""
    return shown if is_shown_as_title(shown) else note.name


def is_shown_as_title(text: str) -> bool:
    """Return whether a link to a note of this title shows it: it is on one line, and nothing in it ends a link."""
    return bool(text) and not re.search(r"[\[\]|\n]", text)


def link_to(note: Note, source: str, vault: Vault, *, table: bool = False, display: str | None = None) -> str:
    """Return a new link from the note at `source`, in the vault's style, that shows the other note's title, or `display`: a Markdown link
    where only that can hold the other's name. None can hold a `#`: see `linkable`.
    """
    target = vault.path_to(note.path, source)
    markdown = vault.style.markdown_links or not linkable(target)
    seen = title_of(note) if display is None else display
    return write_link(target + ".md" if markdown else target, markdown=markdown, display=seen, table=table)


def escape_brackets(text: str) -> str:
    """Return the text as it can stand in a Markdown link's brackets: unbalanced ones are escaped."""
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            break
    return text if depth == 0 else re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", text)


def within_quotes(note: Note, link: Link, written: str) -> str | None:
    """Return a part of a link as it can stand where the link does: in a property that is in quotes, it is escaped for these. None
    where the link stands in none.
    """
    if link.place != "property":
        return written
    quote = note.text[link.span.start - 1 : link.span.start]
    if quote == '"':
        return re.sub(r'["\\]', r"\\\g<0>", written)
    return written.replace("'", "''") if quote == "'" else None


_ENDS_FRAGMENT = regex(r"[|\n]|\[\[|\]\]")


def relink(note: Note, link: Link, target: str, seen: str | None = None) -> Edit | None:
    """Return the edit that leads a link of a note to another target, in the link's own form; None where that cannot be written.

    `target` is path (without `.md`) and fragment; `seen` is what a reader is to see of a link without display text, by
    default what he saw. A reference link's edit is that of its definition.
    """
    path, mark, fragment = target.partition("#")
    start, end = link.target_span
    if link.form in ("markdown", "reference"):
        if not linkable(path, markdown=True):
            return None
        if path and link.path.lower().endswith(".md") and not path.lower().endswith(".md"):
            path += ".md"
        written = path + mark + fragment
        if note.text[start : start + 1] == "<":
            start, end = start + 1, end - 1
        quoted = within_quotes(note, link, encode(written, angled=note.text[start - 1 : start] == "<"))
        return None if quoted is None else Edit(start, end, quoted)
    if not linkable(path) or (fragment and _ENDS_FRAGMENT.search(fragment)):
        return None
    written = target
    if link.display is None and not link.embed:
        # as it is written, so not a letter changes; a property's may be escaped
        if seen is None:
            seen = shown(link) if link.form == "property" else shown_target(note.text[start:end])
        # the id of a block is no text for readers: where only that changes, nobody misses it
        of_block = fragment.startswith("^") and (link.fragment or "").startswith("^") and path == link.path
        if seen != shown_target(target) and not of_block:
            if seen.count("[") != seen.count("]"):
                return None  # one is astray, and would stay so
            written += ("\\|" if link.place == "table" else "|") + seen
    if link.form == "property":
        quoted = within_quotes(note, link, written)
        if quoted is None and note.text[link.span.start - 1 : link.span.start] not in (" ", "\n", "\t"):
            return None
        written = written if quoted is None else quoted
    return Edit(start, end, written)


def written_link(note: Note, link: Link, *edits: Edit) -> str:
    """Return a link as it stands after edits; of a reference link its destination."""
    start, end = link.span
    if all(start <= e.start and e.end <= end for e in edits):
        return apply_edits(note.text[start:end], [Edit(e.start - start, e.end - start, e.text) for e in edits])
    return edits[0].text


class _HeadingLink(NamedTuple):
    """A link to a heading of a note: where it stands, and the headings its fragment goes through."""

    path: str
    link: Link
    walk: list[Heading]


@per_note
def _heading_links(note: Note, vault: Vault) -> Mapping[Span, Sequence[_HeadingLink]]:
    """Return the links to each heading of a note, by the heading's span."""
    found: dict[Span, list[_HeadingLink]] = {}
    for source, link in fragment_backlinks(vault, note.path):
        walk = vault.headings(note.path).walk(link.fragment) if link.fragment else []
        for heading in walk:
            found.setdefault(heading.span, []).append(_HeadingLink(source, link, walk))
    return found


def heading_at(note: Note, offset: int) -> Heading | None:
    """Return the heading in which an offset lies."""
    i = bisect_right(note.headings, offset, key=lambda h: h.span.start) - 1
    return note.headings[i] if i >= 0 and offset <= note.headings[i].span.end else None


def renamed_fragment(
    index: HeadingIndex,
    fragment: str,
    walk: Sequence[Heading],
    texts: Mapping[Span, str],
    anchors: Mapping[Span, str],
) -> str | None:
    """Return the fragment that leads where `fragment` led, through the headings `walk`, before some of a note's headings got
    new `texts` or new GitHub `anchors`, both by the headings' spans; None where it need not change.
    """
    if anchored := index.anchored(fragment):
        return anchors.get(anchored.span)
    if not any(heading.span in texts for heading in walk):
        return None
    parts = zip([part for part in fragment.split("#") if part.strip()], walk, strict=True)
    return "#".join(heading_fragment(texts[h.span]) if h.span in texts else part for part, h in parts)


def headings_taken_along(
    vault: Vault, note: Note, edits: Sequence[Edit], *, as_shown: bool = True
) -> list[PathEdit] | None:
    """Return the edits that keep links to the note's headings alive when `edits` change these headings' text.

    Each link to such a heading, in any note, names it by its new text and, `as_shown`, goes on showing what it showed. None: that
    cannot be had, because another heading has that text too or a link cannot be written so, and `edits` must not be made.
    """
    inside: dict[Span, list[Edit]] = {}
    anchors = vault.style.github_anchors
    for edit in edits:
        heading = heading_at(note, edit.start)
        if heading is not None and (heading.outline or anchors):
            if edit.start < heading.text_span.start or edit.end > heading.text_span.end:
                return None
            inside.setdefault(heading.text_span, []).append(edit)
    changed: dict[Span, str] = {}
    texts: dict[Span, str] = {}
    spans: dict[str, list[Span]] = {}  # of the headings that change, by their new keys
    hidden: list[Span] = []  # of headings that no link finds any more, behind another of their text
    index = vault.headings(note.path)
    for span, made in inside.items():
        heading = heading_at(note, span.start)
        assert heading is not None
        text = apply_edits(heading.text, [Edit(e.start - span.start, e.end - span.start, e.text) for e in made]).strip()
        key = heading_key(text)
        texts[heading.span] = text
        if heading.outline and key != heading_key(heading.text):
            if not key:
                return None
            rivals = [*(h.span for h in index.having(key)), *spans.setdefault(key, [])]
            hidden += [max(rival, heading.span) for rival in rivals]
            spans[key].append(heading.span)
            changed[heading.span] = text
    moved_to = moved_anchors(note.headings, texts) if anchors and texts else {}
    links = _heading_links(note, vault) if changed or moved_to else {}
    if any(span in links for span in hidden):
        return None
    found: list[PathEdit] = []
    for path, link, walk in dict.fromkeys(
        (x.path, x.link, tuple(x.walk)) for span in {**changed, **moved_to} for x in links.get(span, ())
    ):
        fragment = renamed_fragment(index, link.fragment or "", walk, changed, moved_to)
        if fragment is None:
            continue
        target = f"{link.path.removesuffix('.md')}#{fragment}"
        moved = relink(vault.notes[path], link, target, None if as_shown else shown_target(target))
        if moved is None or (path == note.path and any(e.start < moved.end and moved.start < e.end for e in edits)):
            return None
        found.append(PathEdit(path, moved))
    return found
