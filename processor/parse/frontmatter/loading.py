"""From the text of a front matter to nodes with their places, through PyYAML."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

from processor.base.text import Span
from processor.parse.frontmatter.scalars import resolve_plain

MAX_DEPTH = 100
"""Lists and mappings nested deeper are refused: nothing that shows properties goes so deep."""
MAX_VALUES = 10_000
"""How many values aliases may stand for, all together: what is a few lines here could be billions of values there."""

# Obsidian's reader takes any character for text but the line feed; PyYAML refuses control characters and folds the
# line breaks of YAML 1.1. So these are read as stand-ins from Unicode's last private plane and put back after.
_FOREIGN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_STAND_IN = 0x100000
_STOOD_IN = re.compile(f"[{chr(_STAND_IN)}-{chr(_STAND_IN + 0xFFFF)}]")


def readable(block: str) -> tuple[str, bool]:
    """Return the block with stand-ins for what PyYAML would not take as text, and whether it holds any."""
    swapped = bool(_FOREIGN.search(block)) and not _STOOD_IN.search(block)
    return (_FOREIGN.sub(lambda m: chr(_STAND_IN + ord(m.group())), block) if swapped else block), swapped


def put_back(text: str) -> str:
    """Return a text of a readable block as it was in the note."""
    return _STOOD_IN.sub(lambda m: chr(ord(m.group()) - _STAND_IN), text)


def index_of(mark: yaml.Mark | None) -> int | None:
    return None if mark is None else mark.index


class RefusedError(Exception):
    """What PyYAML would take and we do not. The span counts in the block."""

    def __init__(self, start: int, end: int, message: str) -> None:
        super().__init__(message)
        self.span = Span(start, end)
        self.message = message


class Node(NamedTuple):
    """A value with its place in the block. Of a collection, `children` are its entries (of a mapping keys and values
    in turn) and `end` is where its last one ends.
    """

    kind: str  # scalar, list, mapping, alias
    start: int
    end: int
    value: object = None
    style: str | None = None
    flow: bool = False
    children: tuple[Node, ...] = ()
    target: Node | None = None  # of an alias


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's scanner and parser under a composer of our own, which loses no place and expands no alias."""

    def get_single_data(self) -> Node | None:
        self._anchors: dict[str, Node] = {}
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
            raise RefusedError(mark, mark + 1, "a second YAML document begins here; properties must be one")
        return root

    def _node(self, depth: int) -> Node:
        event: Any = self.get_event()
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), start, end, depth)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            typed = plain and event.tag in (None, *_TYPED_TAGS)
            value = resolve_plain(event.value) if typed else event.value
            node = Node("scalar", start, end, value, None if plain else event.style)
        else:
            if depth >= MAX_DEPTH:
                raise RefusedError(start, end, f"lists and mappings are nested more than {MAX_DEPTH} deep")
            node = self._collection(event, start, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _collection(self, event: yaml.CollectionStartEvent, start: int, depth: int) -> Node:
        children: list[Node] = []
        while not self.check_event(yaml.SequenceEndEvent, yaml.MappingEndEvent):
            children.append(self._node(depth + 1))
        end = self.get_event().end_mark.index
        if children and not event.flow_style:  # the parser sees a block's end only where the next thing begins
            end = children[-1].end
        kind = "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
        return Node(kind, start, end, flow=bool(event.flow_style), children=tuple(children))

    def _alias(self, name: str, start: int, end: int, depth: int) -> Node:
        target = self._anchors.get(name)
        if target is None:
            raise RefusedError(
                start, end, f"`*{name}` is read as an alias, and there is no `&{name}` that it could stand for"
            )
        values, deep = self._extent(target)
        self._values += values
        if self._values > MAX_VALUES or depth + deep > MAX_DEPTH:
            raise RefusedError(start, end, f"`*{name}` stands for too much: aliases within aliases grow without bound")
        return Node("alias", start, end, target=target)

    def _extent(self, node: Node) -> tuple[int, int]:
        """Return how many values stand in a node, and how deep, with what aliases in it stand for."""
        if node.kind == "scalar":
            return 1, 0
        if id(node) not in self._extents:
            inner = [self._extent(n) for n in ((node.target,) if node.target is not None else node.children)]
            self._extents[id(node)] = 1 + sum(n for n, _ in inner), 1 + max((d for _, d in inner), default=0)
        return self._extents[id(node)]


_TYPED_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))


_MOST_TABS = 20  # lines with a tab after which the block is read again


def loaded(block: str) -> Node | None:
    """Return the root of the block. Raises what PyYAML raises, but for tabs that YAML 1.2 allows and PyYAML does not: on a line
    with nothing else, before a comment, and behind the dash of an entry.
    """
    for _ in range(_MOST_TABS):
        try:
            root: Node | None = YAMLHandler().load(block, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            tabs = _allowed_tabs(block, error)
            if tabs is None:
                raise
            block = block[: tabs.start] + " " * (tabs.end - tabs.start) + block[tabs.end :]
        else:
            return root
    return YAMLHandler().load(block, Loader=_Loader)  # type: ignore[no-any-return]


_BLANK = re.compile(r"[ \t]+(?=#|\n|\Z)")
_BEHIND_DASH = re.compile(r"[ ]*(?:-[ ]+)*-(?P<tabs>[ \t]+)(?!-[ \n])(?![^\n]*:(?:\s|\Z))")


def _allowed_tabs(block: str, error: yaml.MarkedYAMLError) -> Span | None:
    """Return the white space with the tab that PyYAML stumbled over, where YAML 1.2 allows it."""
    at = index_of(error.problem_mark)
    if at is None or block[at : at + 1] != "\t" or "block scalar" in (error.context or ""):
        return None
    start = block.rfind("\n", 0, at) + 1
    if m := _BLANK.match(block, start):
        return Span(*m.span())
    m = _BEHIND_DASH.match(block, start)
    return Span(*m.span("tabs")) if m else None
