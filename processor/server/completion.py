"""What may be typed on: names in links, headings and blocks behind them, properties, callouts, rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from processor.base.text import Span, line_end
from processor.config.settings import FILE
from processor.parse.grammar import normal
from processor.rules.base import FAMILIES, all_rules
from processor.rules.notes.unknown_callout import TYPES
from processor.server.documents import Document
from processor.server.home import Home
from processor.server.naming import Named, channels, named
from processor.server.properties import property_names, property_values
from processor.vault.links.writing import encode, write_link
from processor.vault.naming import heading_fragment, linkable
from processor.vault.vault import Vault

Sort = Literal["note", "alias", "file", "heading", "block", "property", "value", "callout", "rule"]
TRIGGERS = ("[", "#", "^", "!", "(", ":", ",", " ")


class Item(NamedTuple):
    """Something that may be typed on: `text` is put in the place of the span. `typed` is what an editor holds against the text
    that stands there by now."""

    label: str
    sort: Sort
    span: Span
    text: str
    typed: str
    detail: str = ""


_WIKILINK = re.compile(r"(!?)\[\[([^\[\]\n|]*)$")
_MARKDOWN = re.compile(r"(!?)\[([^\[\]\n]*)\]\(<?([^()<>\n]*)$")
_FROM = re.compile(r"[ \t>*_]*From:[ \t*_]*(?!\[)([^\[\]\n]*)$")
_CALLOUT = re.compile(r"[ \t]*(?:>[ \t]?)+\[!([\w-]*)$")
_SUPPRESSION = re.compile(r"%%\s*ytvault-(?:disable-next-line|disable|enable)\s(?:[\w\s,-]*[\s,])?([\w-]*)$")
_KEY = re.compile(r"([\w -]*)$")
_VALUE = re.compile(r"([^\s:#'\"\[\]{},-][^:#\n]*):[ \t]+(?:\[(?:[^\[\]\n]*,[ \t]*)?)?([^\[\],\n]*)$")
_VALUE_STARTS = re.compile(r"(?::|-|\[|,)[ \t]+$|\[$")
_ITEM = re.compile(r"[ \t]*-[ \t]+([^\[\]\n]*)$")
_RULE_KEY = re.compile(
    r"(?:ytvault-disable|select|extend-select|ignore)\s*[:=]\s*\[?(?:[^\[\]\n]*[\s,'\"\[])?([A-Za-z][\w-]*|)$"
)
_IN_SETTINGS = re.compile(r"(?:^|[\s,\[\"'.])([A-Za-z][\w-]*|)$")


def complete(home: Home, offset: int) -> list[Item]:
    """Return what may be typed on at a place of an open note."""
    note = home.note
    start = note.text.rfind("\n", 0, offset) + 1
    before = note.text[start:offset]
    if offset and note.place_at(offset - 1) in ("code", "math"):
        return []
    for pattern, ask in _WAYS:
        if m := pattern.search(before):
            return list(ask(home, m, start, offset))
    if note.properties.span is not None and note.properties.span.start < offset <= note.properties.span.end:
        return list(_in_properties(home, before, start, offset))
    if (note.properties.unclosed or offset > 4) and note.text.startswith("---\n") and note.properties.span is None:
        return list(_in_properties(home, before, start, offset))
    return list(_callouts(m, start, offset)) if (m := _CALLOUT.match(before)) else []


# Links


def _in_wikilink(home: Home, m: re.Match[str], start: int, offset: int) -> Iterator[Item]:
    inner, begin = m[2], start + m.start(2)
    path, mark, fragment = inner.partition("#")
    text = home.note.text
    close = re.compile(r"[^\[\]\n|]*\]\]").match(text, offset)
    if mark:
        yield from _fragments(home, path, fragment, begin + len(path) + 1, offset, closed=close is not None)
        return
    vault, closing = home.vault.vault, "" if close else "]]"
    end = offset if close is None else close.end() - 2
    found = named(vault, inner, home.path, files=bool(m[1]))
    bare = _is_in_properties(text, offset) and _VALUE_STARTS.search(text, start, start + m.start()) is not None
    as_markdown = vault.style.markdown_links and close is None and home.note.place_at(offset) != "property" and not m[1]
    for name in found:
        target = vault.path_to(name.path, home.path)
        if not linkable(target):
            continue
        if as_markdown:
            yield _as_markdown(name, target, Span(start + m.start(), end), vault, _typed(name, inner))
            continue
        if bare:  # which YAML would read as a list
            shown = None if name.kind == "name" else name.text
            link = write_link(target, display=shown).replace("\\", r"\\").replace('"', r"\"")
            whole = Span(start + m.start(), end + (0 if close is None else 2))
            yield Item(name.text, "note", whole, f'"{link}"', f"{m[1]}[[{_typed(name, inner)}", _place(name))
            continue
        display = "" if name.kind == "name" or "|" in name.text or "]" in name.text else f"|{name.text}"
        sort: Sort = "file" if name.path in vault.files else "note" if name.kind != "alias" else "alias"
        yield Item(name.text, sort, Span(begin, end), f"{target}{display}{closing}", _typed(name, inner), _place(name))


def _is_in_properties(text: str, offset: int) -> bool:
    """Return whether a place lies in the front matter, be it valid or not."""
    end = text.find("\n---", 3)
    return text.startswith("---\n") and offset > 3 and (end < 0 or offset <= end)


def _as_markdown(name: Named, target: str, span: Span, vault: Vault, typed: str) -> Item:
    """Return a Markdown link in the place of the brackets that were typed, as the vault's settings ask."""
    suffix = ".md" if name.path in vault.notes else ""
    text = write_link(target + suffix, markdown=True, display=name.text)
    return Item(name.text, "note" if name.kind != "alias" else "alias", span, text, f"[[{typed}", _place(name))


def _typed(name: Named, inner: str) -> str:
    """Return what an editor is to hold against what stands in a link: with the folder that was typed there."""
    folder, slash, _ = inner.rpartition("/")
    return name.text if "/" in name.text else f"{folder}{slash}{name.text}"


def _place(name: Named) -> str:
    return name.path.rpartition("/")[0] if name.kind == "name" else name.path


def _in_markdown(home: Home, m: re.Match[str], start: int, offset: int) -> Iterator[Item]:
    inner, begin = m[3], start + m.start(3)
    if ":" in inner:
        return
    path, mark, fragment = inner.partition("#")
    if mark:
        yield from _fragments(home, normal(path), fragment, begin + len(path) + 1, offset, closed=True, encoded=True)
        return
    vault = home.vault.vault
    closing = "" if home.note.text[offset : line_end(home.note.text, offset)].startswith((")", ">")) else ")"
    for name in named(vault, normal(inner), home.path, files=bool(m[1])):
        target = vault.path_to(name.path, home.path) + (".md" if name.path in vault.notes else "")
        if vault.resolve(target, home.path).path == name.path:
            sort: Sort = "file" if name.path in vault.files else "note" if name.kind != "alias" else "alias"
            yield Item(
                name.text, sort, Span(begin, offset), encode(target) + closing, _typed(name, inner), _place(name)
            )


def _fragments(
    home: Home, path: str, fragment: str, begin: int, offset: int, *, closed: bool, encoded: bool = False
) -> Iterator[Item]:
    """Yield the headings, or behind a `^` the blocks, of the note that a link leads to."""
    vault = home.vault.vault
    led = vault.resolve(path, home.path).path if path.strip() else home.path
    there = vault.notes.get(led or "")
    if there is None:
        return
    span, closing = Span(begin, offset), "" if closed else "]]"
    if fragment.startswith("^"):
        for block in there.blocks:
            shown = there.whole.text[block.span.start : block.span.end].split("\n", 1)[0][:60]
            yield Item(f"^{block.id}", "block", span, f"^{block.id}{closing}", f"^{block.id}", shown)
        return
    head, hash_, _ = fragment.rpartition("#")
    span = Span(begin + len(head) + len(hash_), offset)
    walk = vault.headings(there.path).walk(head) if head else []
    for text in dict.fromkeys(h.text for h in there.headings if h.outline and h.text):
        heading = next(h for h in there.headings if h.outline and h.text == text)
        if walk and not (heading.span.start > walk[-1].span.start and heading.level > walk[-1].level):
            continue
        written = heading_fragment(text)
        yield Item(
            text, "heading", span, (encode(written) if encoded else written) + closing, written, "#" * heading.level
        )


def _after_from(home: Home, m: re.Match[str], _start: int, offset: int) -> Iterator[Item]:
    """Yield the channels, as links."""
    vault = home.vault.vault
    for name in channels(vault, m[1], home.path):
        target = vault.path_to(name.path, home.path)
        if linkable(target):
            display = None if name.kind == "name" else name.text
            text = write_link(target, display=display)
            yield Item(name.text, "note", Span(offset - len(m[1]), offset), text, name.text, _place(name))


# Other words


def _rules(_home: Home, m: re.Match[str], start: int, offset: int) -> Iterator[Item]:
    yield from _rule_names(Span(start + m.start(1), offset))


def _rule_names(span: Span) -> Iterator[Item]:
    for rule in all_rules().values():
        yield Item(rule.id, "rule", span, rule.id, rule.id, rule.summary)
    for family, what in FAMILIES.items():
        yield Item(family, "rule", span, family, family, what)


def _callouts(m: re.Match[str], start: int, offset: int) -> Iterator[Item]:
    for name in sorted(TYPES):
        yield Item(name, "callout", Span(start + m.start(1), offset), name, name)


def _in_properties(home: Home, before: str, start: int, offset: int) -> Iterator[Item]:
    if value := _VALUE.match(before):
        key, typed = value[1].strip(), value[2]
    elif item := _ITEM.match(before):
        key, typed = _key_above(home.note.text, start), item[1]
    elif key_ := _KEY.match(before):
        present = {
            entry.key.casefold()
            for entry in home.note.properties.entries
            if not entry.span.start <= offset <= entry.span.end
        }
        has_colon = home.note.text[offset : line_end(home.note.text, offset)].lstrip().startswith(":")
        for name, detail in property_names(home):
            if name.casefold() not in present:
                text = name if has_colon else f"{name}: "
                yield Item(name, "property", Span(offset - len(key_[1]), offset), text, name, detail)
        return
    else:
        return
    span = Span(offset - len(typed), offset)
    for text, detail in property_values(home, key):
        yield Item(text, "value", span, text, text, detail)


def _key_above(text: str, start: int) -> str:
    """Return the key whose list a line stands in."""
    for line in reversed(text[:start].splitlines()):
        if line.strip() and not line.lstrip().startswith("- "):
            return line.partition(":")[0].strip()
    return ""


_Ask = Callable[[Home, "re.Match[str]", int, int], Iterator[Item]]
_WAYS: tuple[tuple[re.Pattern[str], _Ask], ...] = (
    (_WIKILINK, _in_wikilink),
    (_MARKDOWN, _in_markdown),
    (_SUPPRESSION, _rules),
    (_RULE_KEY, _rules),
    (_FROM, _after_from),
)


def complete_settings(document: Document, offset: int) -> list[Item]:
    """Return the rules and families that may be named at a place of `ytvault.toml`."""
    if document.path is None or document.path.name != FILE:
        return []
    start = document.text.rfind("\n", 0, offset) + 1
    m = _IN_SETTINGS.search(document.text[start:offset])
    return list(_rule_names(Span(start + m.start(1), offset))) if m and start + m.start(1) > start else []
