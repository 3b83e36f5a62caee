"""Any front matter at all, read through PyYAML. Imported only where the block is not a simple one."""

from __future__ import annotations

import re

import yaml

from processor.base.text import Span
from processor.parse.frontmatter.faults import explain
from processor.parse.frontmatter.loading import Node, RefusedError, index_of, loaded, put_back, readable
from processor.parse.frontmatter.model import Item, Place, Property, PropertyText, Reading, Style, YamlFault

_STYLES: dict[str | None, Style] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_PREFIX = re.compile(r"(?:[&!]\S*\s+)+")  # anchor and tag before a value


def read_full(text: str, start: int, end: int) -> Reading:
    """Read the YAML in `text[start:end]`; spans are offsets in `text`. Never raises."""
    block, swapped = readable(text[start:end])
    try:
        root = loaded(block)
        return _Reader(text, start, swapped=swapped).reading(root)
    except RefusedError as refused:
        return Reading(fault=YamlFault(Span(start + refused.span.start, start + refused.span.end), refused.message))
    except yaml.MarkedYAMLError as error:
        span, message = explain(
            text[start:end],
            error.problem or "",
            index_of(error.problem_mark),
            error.context or "",
            index_of(error.context_mark),
        )
        return Reading(fault=YamlFault(Span(start + span.start, start + span.end), message))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # PyYAML's own promise is YAMLError; lone surrogates and the like come as ValueError
        at = min(getattr(error, "position", 0) or 0, len(block))
        return Reading(
            fault=YamlFault(Span(start + at, start + min(at + 1, len(block))), "this cannot be read as YAML")
        )


def read_places(text: str, start: int, end: int) -> dict[tuple[str | int, ...], Place]:
    """Return the place of every value in the YAML of `text[start:end]`, which must be without fault, by its path.

    An alias has a place, and what stands in its stead has none.
    """
    block, swapped = readable(text[start:end])
    root = loaded(block)
    reader = _Reader(text, start, swapped=swapped)
    places: dict[tuple[str | int, ...], Place] = {}
    waiting: list[tuple[tuple[str | int, ...], Node]] = [] if root is None else [((), root)]
    while waiting:
        path, node = waiting.pop()
        below: list[tuple[Node | None, str | int, Node]] = []
        if node.kind == "list":
            below = [(None, i, child) for i, child in enumerate(node.children)]
        elif node.kind == "mapping":
            below = [(key, reader.key(key), child) for key, child in _pairs(node)]
        for key, name, child in below:  # of duplicates the last counts
            places[(*path, name)] = Place(key and reader.place(key), reader.place(child))
            waiting.append(((*path, name), child))
    return places


class _Reader:
    """Turns nodes into properties with their places in the note's text."""

    def __init__(self, text: str, start: int, *, swapped: bool) -> None:
        self.text = text
        self.start = start
        self.swapped = swapped
        self.values: dict[int, object] = {}
        self.nested_duplicates: list[Property] = []

    def reading(self, root: Node | None) -> Reading:
        if root is None or (root.kind == "scalar" and root.value is None):
            return Reading()
        if root.kind != "mapping":
            what = "a list" if root.kind == "list" else "plain text"
            return Reading(
                fault=YamlFault(
                    self.place(root), f"this is {what}, not properties: each needs a name, a colon and a space"
                )
            )
        entries = []
        again = []
        seen: set[str] = set()
        for key, value in _pairs(root):
            entry = self.property(key, value, root)
            entries.append(entry)
            if entry.key in seen:
                again.append(entry)
            seen.add(entry.key)
        found = {entry.key_span: entry for entry in (*again, *self.nested_duplicates)}
        return Reading(tuple(entries), tuple(found[place] for place in sorted(found)))

    def place(self, node: Node) -> Span:
        """Return where a node stands in the text: without the line ends a block's text is followed by."""
        end = node.end
        if node.children and not node.flow:
            return Span(self.start + node.start, self.place(node.children[-1]).end)
        if node.style in ("|", ">"):
            end = node.start + len(self.text[self.start + node.start : self.start + end].rstrip(" \t\n"))
        return Span(self.start + node.start, self.start + end)

    def property(self, key: Node, node: Node, parent: Node, path: str = "") -> Property:
        name = path + self.key(key)
        place = self.place(node)
        value = self.value(node)
        end = place.end
        if not parent.flow:
            line_end = self.text.find("\n", max(place.end, self.start + key.end))
            end = line_end if line_end >= 0 else len(self.text)
        items: tuple[Item, ...]
        written = ""
        nested: list[PropertyText] = []
        if node.kind == "alias":
            style: Style = "alias"
            listed = value if isinstance(value, list) else [] if isinstance(value, dict) else [value]
            items = tuple(Item(v, place, alias=True) for v in listed)
        elif node.kind == "scalar":
            style = _STYLES.get(node.style, "plain")
            inner = self.inner(node)
            written = str(value) if node.style in ("|", ">") else self.text[inner.start : inner.end]
            if place.start == place.end:
                style, items = "empty", ()
            else:
                items = (Item(value, inner),)
        elif node.kind == "list":
            style = "list"
            items = tuple(Item(self.value(child), self.inner(child), child.kind == "alias") for child in node.children)
            for i, child in enumerate(node.children):
                self.collect(child, f"{name}.{i}", nested)
        else:
            style, items = "mapping", ()
            self.collect(node, name, nested)
        return Property(
            name, value, written, style, Span(self.start + key.start, end), self.place(key), place, items, tuple(nested)
        )

    def collect(self, node: Node, path: str, texts: list[PropertyText]) -> None:
        """The texts below a list or mapping."""
        if node.kind == "list":
            below = [(f"{path}.{i}", child) for i, child in enumerate(node.children)]
        elif node.kind == "mapping":
            below = []
            seen: set[str] = set()
            for key, child in _pairs(node):
                name = self.key(key)
                if name in seen:
                    self.nested_duplicates.append(self.property(key, child, node, path + "."))
                seen.add(name)
                below.append((f"{path}.{name}", child))
        else:
            return
        for name, child in below:
            value = self.value(child) if child.kind == "scalar" else None
            if isinstance(value, str):
                texts.append(PropertyText(name, value, self.inner(child)))
            self.collect(child, name, texts)

    def key(self, node: Node) -> str:
        """Return a key as a name: text as it is, a number as it is written, a list or mapping (`{{x}}`) as Obsidian shows it."""
        if node.kind == "list":
            return f"[ {', '.join(map(self.key, node.children))} ]"
        if node.kind == "mapping":
            pairs = [(self.key(key), self.key(value)) for key, value in _pairs(node)]
            return f"{{ {', '.join(f'{key}: {value}' if value else key for key, value in pairs)} }}"
        value = self.value(node)
        if value is None or isinstance(value, str):
            return value or ""
        span = self.inner(node)
        return self.text[span.start : span.end]

    def value(self, node: Node) -> object:
        """Return a node's value; what aliases share is built once and shared."""
        if node.kind == "scalar":
            if self.swapped and isinstance(node.value, str):
                return put_back(node.value)
            return node.value
        if node.target is not None:
            return self.value(node.target)
        if id(node) not in self.values:
            self.values[id(node)] = (
                [self.value(child) for child in node.children]
                if node.kind == "list"
                else {self.key(key): self.value(child) for key, child in _pairs(node)}
            )
        return self.values[id(node)]

    def inner(self, node: Node) -> Span:
        """Return where a value itself stands: without anchor, tag and quotes."""
        start, end = self.place(node)
        if node.kind != "alias" and (m := _PREFIX.match(self.text, start, end)):
            start = m.end()
        elif (
            node.kind != "alias"
            and start < end
            and self.text[start] in "&!"
            and node.style is None
            and node.value in (None, "")
        ):
            start = end  # an anchor or tag before nothing
        return Span(start + 1, end - 1) if node.style in ("'", '"') else Span(start, end)


def _pairs(node: Node) -> list[tuple[Node, Node]]:
    return list(zip(node.children[::2], node.children[1::2], strict=True))
