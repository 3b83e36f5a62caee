"""Renaming what notes hold, a heading, a block, a tag or an alias, with every link that names it. Pure: from a vault to new
texts. `canvases` are the vault's `.canvas` files, whose links change too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from processor.base.text import Edit, Source, Span
from processor.commands.rename import Changed, RenameError, Renaming
from processor.commands.rename_cards import Cards
from processor.fix.unchanged import Shift, changed_outside
from processor.parse.frontmatter import Item
from processor.parse.nodes import Block, Heading, Link
from processor.vault.backlinks import fragment_backlinks, links_to
from processor.vault.links.parts import as_written, parts_of
from processor.vault.links.writing import PathEdit, headings_taken_along
from processor.vault.naming import heading_key
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault

Canvases = Iterable[tuple[str, Source]]
_BLOCK_ID = re.compile(r"[A-Za-z0-9-]+")


def rename_part(vault: Vault, path: str, fragment: str, new: str, canvases: Canvases = ()) -> Renaming:
    """Return what changes when the heading or block that a link's fragment leads to is called otherwise. Raise RenameError."""
    found = heading_named(vault, path, fragment)
    if isinstance(found, Heading):
        return rename_heading(vault, path, found, new, canvases)
    return rename_block(vault, path, found, new, canvases)


def heading_named(vault: Vault, path: str, fragment: str) -> Heading | Block:
    """Return the heading or block of a note that a link's fragment leads to. Raise RenameError where there is none."""
    found = vault.resolve(f"/{path}#{fragment}", path)
    if found.path == path and found.heading is not None:
        return found.heading
    if found.path == path and found.block is not None:
        return found.block
    what = "block" if fragment.startswith("^") else "heading"
    raise RenameError(f'{path} has no {what} "{fragment}"')


def rename_heading(vault: Vault, path: str, heading: Heading, new: str, canvases: Canvases = ()) -> Renaming:
    """Return what changes when a heading gets another text. Raise RenameError where a link could not lead to it."""
    note, new = vault.notes[path].whole, " ".join(new.split())
    if not heading_key(new):
        raise RenameError(f'no link could lead to a heading "{new}"')
    if new == heading.text:
        raise RenameError(f'the heading is "{new}" already')
    key = heading_key(new)
    if any(other.span != heading.span for other in vault.headings(path).having(key)):
        raise RenameError(f'{path} has a heading "{new}" already')
    edit = Edit(*heading.text_span, new)
    after = parse_note(note.source.edited([edit]), path)
    if [(h.level, h.outline) for h in after.headings] != [(h.level, h.outline) for h in note.headings]:
        raise RenameError(f'"{new}" is no text for a heading')
    cards = Cards(canvases)
    vault = cards.within(vault)
    along = headings_taken_along(vault, note, [edit], as_shown=False)
    if along is None:
        raise RenameError(f'a link to the heading could not lead to "{new}"')
    return cards.gathered(_changed(vault, {path: [edit]}, along))


def rename_block(vault: Vault, path: str, block: Block, new: str, canvases: Canvases = ()) -> Renaming:
    """Return what changes when a block gets another id. Raise RenameError where it cannot have it."""
    new = new.strip().removeprefix("^")
    if not _BLOCK_ID.fullmatch(new):
        raise RenameError(f'"{new}" is no id of a block: it may have letters, digits and hyphens')
    if new == block.id:
        raise RenameError(f"the block is called ^{new} already")
    note = vault.notes[path].whole
    if any(other.id.lower() == new.lower() and other != block for other in note.blocks):
        raise RenameError(f"{path} has a block ^{new} already")
    cards, links = Cards(canvases), []
    vault = cards.within(vault)
    for source, link in dict.fromkeys(fragment_backlinks(vault, path)):
        found = vault.resolve(link.target, source)
        if found.path == path and found.block is not None and found.block.id == block.id:
            whole = vault.notes[source].whole
            place = parts_of(whole, link)[1]
            head, mark, _ = whole.quote(place).rpartition("^")
            links.append(PathEdit(source, Edit(*place, head + mark + new)))
    return cards.gathered(_changed(vault, {path: [Edit(*block.id_span, f"^{new}")]}, links))


def rename_alias(vault: Vault, path: str, item: Item, new: str, canvases: Canvases = ()) -> Renaming:
    """Return what changes when an alias of a note (or its title) is another text: the links that show it show that. Raise
    RenameError where it cannot be written."""
    old, new = item.value, " ".join(new.split())
    note = vault.notes[path].whole
    if not new or new == old:
        raise RenameError(f'it is "{new}" already' if new else "a name must have a letter")
    edit = next((e for e in _ways(note, item.span, new) if _holds(note, e, item, new)), None)
    if edit is None:
        raise RenameError(f'"{new}" cannot be written in the properties of {path}')
    cards, links = Cards(canvases), []
    vault = cards.within(vault)
    for source, link in dict.fromkeys(links_to(vault, path)):
        if link.display == old and link.display_span is not None:
            if re.search(r"[\[\]|]", new):
                raise RenameError(f'no link can show "{new}"')
            links.append(PathEdit(source, Edit(*link.display_span, _shown(vault.notes[source].whole, link, new))))
    return cards.gathered(_changed(vault, {path: [edit]}, links))


def _shown(note: Note, link: Link, text: str) -> str:
    return as_written(note, link, text) if link.form == "property" else text


def _ways(note: Note, span: Span, new: str) -> Iterable[Edit]:
    """Yield the ways to write a value in the place of one in the properties."""
    quote = note.text[span.start - 1 : span.start]
    if quote == "'":
        yield Edit(*span, new.replace("'", "''"))
    elif quote == '"':
        yield Edit(*span, re.sub(r'["\\]', r"\\\g<0>", new))
    else:
        yield Edit(*span, new)
        yield Edit(*span, '"' + re.sub(r'["\\]', r"\\\g<0>", new) + '"')


def _holds(note: Note, edit: Edit, item: Item, new: str) -> bool:
    """Return whether the properties hold the new value after an edit, and all others as they were."""
    before = [i.value for p in note.properties.entries for i in p.items]
    spans = [i.span for p in note.properties.entries for i in p.items]
    after = parse_note(note.source.edited([edit]), note.path)
    wanted = [new if span == item.span else value for value, span in zip(before, spans, strict=True)]
    return [i.value for p in after.properties.entries for i in p.items] == wanted


def rename_tag(vault: Vault, old: str, new: str, places: Iterable[tuple[str, Span]]) -> Renaming:
    """Return what changes when a tag, and those below it, get another name; `places` are all where it stands, with what is below it.
    Raise RenameError where it cannot be called so."""
    new = new.strip().removeprefix("#")
    if [tag.name for tag in parse_note(f"#{new}").tags] != [new]:
        raise RenameError(f'"{new}" is no name of a tag')
    if new == old:
        raise RenameError(f"the tag is called #{new} already")
    edits = []
    for path, span in places:
        written = vault.notes[path].whole.quote(span)
        start = span.start + written.startswith("#")
        edits.append(PathEdit(path, Edit(start, start + len(old), new)))
    return Renaming({}, _changed(vault, {}, edits))


def _changed(vault: Vault, own: Mapping[str, Sequence[Edit]], links: Iterable[PathEdit]) -> tuple[Changed, ...]:
    """Return the notes after edits of what is renamed, and of the links to it; nothing else of them may change."""
    by_note: dict[str, list[Edit]] = {path: list(edits) for path, edits in own.items()}
    counts: dict[str, int] = {}
    for path, edit in links:
        by_note.setdefault(path, []).append(edit)
        counts[path] = counts.get(path, 0) + 1
    changed = []
    for path in sorted(by_note):
        note, edits = vault.notes[path].whole, by_note[path]
        if note.source.invalid is not None:
            raise RenameError(f"{path} is not valid UTF-8, so it cannot be changed")
        after = parse_note(note.source.edited(edits), path)
        if other := changed_outside(note, after, edits):
            raise RenameError(f"{path} cannot be changed without changing {other}")
        changed.append(Changed(path, path, note.source, after.source, counts.get(path, 0), 0))
    after_all = vault.with_notes([parse_note(c.new, c.path) for c in changed])
    for one in changed:
        _look(vault, after_all, one.path, by_note[one.path])
    return tuple(changed)


def _look(before: Vault, after: Vault, path: str, edits: Sequence[Edit]) -> None:
    """Raise RenameError where a link of a note leads elsewhere than it did, but for those that an edit took out whole."""
    shift, note = Shift(edits), before.notes[path].whole
    old = [link for link in note.links if not shift.covers(link.span)]
    new = [link for link in after.notes[path].links if not shift.is_within(link.span)]
    if len(old) != len(new):
        raise RenameError(f"{path} cannot be changed without changing other links")
    for was, now in zip(old, new, strict=True):
        a, b = before.resolve(was.target, path), after.resolve(now.target, path)
        if (a.path, a.status) != (b.path, b.status):
            raise RenameError(f"the link {note.quote(was.span)} in {path} could not lead where it does")
