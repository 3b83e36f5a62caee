"""Any front matter at all, read through PyYAML. Imported only where the block is not a simple one."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

from processor.properties.faults import explain
from processor.properties.model import Item, Place, Property, PropertyText, Reading, Style, YamlFault
from processor.properties.scalars import resolve_plain
from processor.text import Span

MAX_DEPTH = 100
"""Lists and mappings nested deeper are refused: nothing that shows properties goes so deep."""
MAX_VALUES = 10_000
"""How many values aliases may stand for, all together: what is a few lines here could be billions of values there."""

_STYLES: dict[str | None, Style] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_TEXT_TAG = "tag:yaml.org,2002:str"
_PREFIX = re.compile(r"(?:[&!]\S*\s+)+")  # anchor and tag before a value

# Obsidian's reader takes any character for text but the line feed; PyYAML refuses control characters and folds the
# line breaks of YAML 1.1. So these are read as stand-ins from Unicode's last private plane and put back after.
_FOREIGN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_STAND_IN = 0x100000
_STOOD_IN = re.compile(f"[{chr(_STAND_IN)}-{chr(_STAND_IN + 0xFFFF)}]")


def read_full(text: str, start: int, end: int) -> Reading:
    """Read the YAML in `text[start:end]`; spans are offsets in `text`. Never raises."""
    block, swapped = _readable(text[start:end])
    try:
        root: _Node | None = YAMLHandler().load(block, Loader=_Loader)
        return _Reader(text, start, swapped=swapped).reading(root)
    except _RefusedError as refused:
        return Reading(fault=YamlFault(Span(start + refused.span.start, start + refused.span.end), refused.message))
    except yaml.MarkedYAMLError as error:
        span, message = explain(
            block, error.problem or "", _index(error.problem_mark), error.context or "", _index(error.context_mark)
        )
        return Reading(fault=YamlFault(Span(start + span.start, start + span.end), message))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # PyYAML's own promise is YAMLError; lone surrogates and the like come as ValueError
        at = min(getattr(error, "position", 0) or 0, len(block))
        return Reading(
            fault=YamlFault(Span(start + at, start + min(at + 1, len(block))), "this cannot be read as YAML")
        )


def _readable(block: str) -> tuple[str, bool]:
    """The block with stand-ins for what PyYAML would not take as text, and whether it holds any."""
    swapped = bool(_FOREIGN.search(block)) and not _STOOD_IN.search(block)
    return (_FOREIGN.sub(lambda m: chr(_STAND_IN + ord(m.group())), block) if swapped else block), swapped


def read_places(text: str, start: int, end: int) -> dict[tuple[str | int, ...], Place]:
    """The place of every value in the YAML of `text[start:end]`, which must be without fault, by its path.

    An alias has a place, and what stands in its stead has none.
    """
    block, swapped = _readable(text[start:end])
    root: _Node | None = YAMLHandler().load(block, Loader=_Loader)
    reader = _Reader(text, start, swapped=swapped)
    places: dict[tuple[str | int, ...], Place] = {}
    waiting: list[tuple[tuple[str | int, ...], _Node]] = [] if root is None else [((), root)]
    while waiting:
        path, node = waiting.pop()
        below: list[tuple[_Node | None, str | int, _Node]] = []
        if node.kind == "list":
            below = [(None, i, child) for i, child in enumerate(node.children)]
        elif node.kind == "mapping":
            below = [(key, reader.key(key), child) for key, child in _pairs(node)]
        for key, name, child in below:  # of duplicates the last counts
            places[(*path, name)] = Place(key and reader.place(key), reader.place(child))
            waiting.append(((*path, name), child))
    return places


def _index(mark: yaml.Mark | None) -> int | None:
    return None if mark is None else mark.index


class _RefusedError(Exception):
    """What PyYAML would take and we do not. The span counts in the block."""

    def __init__(self, start: int, end: int, message: str) -> None:
        super().__init__(message)
        self.span = Span(start, end)
        self.message = message


class _Node(NamedTuple):
    """A value with its place in the block. Of a collection, `children` are its entries (of a mapping keys and values
    in turn) and `end` is where its last one ends.
    """

    kind: str  # scalar, list, mapping, alias
    start: int
    end: int
    value: object = None
    style: str | None = None
    flow: bool = False
    children: tuple[_Node, ...] = ()
    target: _Node | None = None  # of an alias


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's scanner and parser under a composer of our own, which loses no place and expands no alias."""

    def get_single_data(self) -> _Node | None:
        self._anchors: dict[str, _Node] = {}
        self._extents: dict[int, tuple[int, int]] = {}
        self._values = 0
        self.get_event()  # the stream's start
        if self.check_event(yaml.StreamEndEvent):
            return None
        self.get_event()  # the document's start
        root = self._node(0)
        self.get_event()  # the document's end
        if not self.check_event(yaml.StreamEndEvent):
            mark = self.peek_event().start_mark.index
            raise _RefusedError(mark, mark + 1, "a second YAML document begins here; properties must be one")
        return root

    def _node(self, depth: int) -> _Node:
        event: Any = self.get_event()
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), start, end, depth)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            typed = plain and event.tag in (None, *_TYPED_TAGS)
            value = resolve_plain(event.value) if typed else event.value
            node = _Node("scalar", start, end, value, None if plain else event.style)
        else:
            if depth >= MAX_DEPTH:
                raise _RefusedError(start, end, f"lists and mappings are nested more than {MAX_DEPTH} deep")
            node = self._collection(event, start, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _collection(self, event: yaml.CollectionStartEvent, start: int, depth: int) -> _Node:
        children: list[_Node] = []
        while not self.check_event(yaml.SequenceEndEvent, yaml.MappingEndEvent):
            children.append(self._node(depth + 1))
        end = self.get_event().end_mark.index
        if children and not event.flow_style:  # the parser sees a block's end only where the next thing begins
            end = children[-1].end
        kind = "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
        return _Node(kind, start, end, flow=bool(event.flow_style), children=tuple(children))

    def _alias(self, name: str, start: int, end: int, depth: int) -> _Node:
        target = self._anchors.get(name)
        if target is None:
            raise _RefusedError(
                start, end, f"`*{name}` is read as an alias, and there is no `&{name}` that it could stand for"
            )
        values, deep = self._extent(target)
        self._values += values
        if self._values > MAX_VALUES or depth + deep > MAX_DEPTH:
            raise _RefusedError(start, end, f"`*{name}` stands for too much: aliases within aliases grow without bound")
        return _Node("alias", start, end, target=target)

    def _extent(self, node: _Node) -> tuple[int, int]:
        """How many values stand in a node, and how deep, with what aliases in it stand for."""
        if node.kind == "scalar":
            return 1, 0
        if id(node) not in self._extents:
            inner = [self._extent(n) for n in ((node.target,) if node.target is not None else node.children)]
            self._extents[id(node)] = 1 + sum(n for n, _ in inner), 1 + max((d for _, d in inner), default=0)
        return self._extents[id(node)]


_TYPED_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))


class _Reader:
    """Turns nodes into properties with their places in the note's text."""

    def __init__(self, text: str, start: int, *, swapped: bool) -> None:
        self.text = text
        self.start = start
        self.swapped = swapped
        self.values: dict[int, object] = {}
        self.nested_duplicates: list[Property] = []

    def reading(self, root: _Node | None) -> Reading:
        if root is None or (root.kind == "scalar" and root.value is None):
            return Reading()
        if root.kind != "mapping":
            what = "a list" if root.kind == "list" else "plain text"
            return Reading(
                fault=YamlFault(self.place(root), f"this is {what}, not properties: each needs a name and a colon")
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

    def place(self, node: _Node) -> Span:
        """Where a node stands in the text: without the line ends a block's text is followed by."""
        end = node.end
        if node.children and not node.flow:
            return Span(self.start + node.start, self.place(node.children[-1]).end)
        if node.style in ("|", ">"):
            end = node.start + len(self.text[self.start + node.start : self.start + end].rstrip(" \t\n"))
        return Span(self.start + node.start, self.start + end)

    def property(self, key: _Node, node: _Node, parent: _Node, path: str = "") -> Property:
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

    def collect(self, node: _Node, path: str, texts: list[PropertyText]) -> None:
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

    def key(self, node: _Node) -> str:
        """A key as a name: text as it is, a number as it is written, a list or mapping (`{{x}}`) as Obsidian shows it."""
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

    def value(self, node: _Node) -> object:
        """A node's value; what aliases share is built once and shared."""
        if node.kind == "scalar":
            if self.swapped and isinstance(node.value, str):
                return _STOOD_IN.sub(lambda m: chr(ord(m.group()) - _STAND_IN), node.value)
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

    def inner(self, node: _Node) -> Span:
        """Where a value itself stands: without anchor, tag and quotes."""
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


def _pairs(node: _Node) -> list[tuple[_Node, _Node]]:
    return list(zip(node.children[::2], node.children[1::2], strict=True))
