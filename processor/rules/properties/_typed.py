"""Whether a property's value is what is expected of it: its type, its pattern, the values there may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from processor.base.text import Edit, in_words, most_like
from processor.parse.frontmatter import Item, Property, quote_scalar, resolve_plain
from processor.rules.base import Problem
from processor.rules.expected import PropertySpec, Scalar, Type, is_of, looks_like
from processor.rules.fixes import fix_by, with_quotes
from processor.vault.note import Note

_KINDS: dict[Type, str] = {
    "text": "a text", "list": "a list", "number": "a number", "checkbox": "true or false",
    "date": "a date such as 2024-02-29", "datetime": "a date and time such as 2024-02-29T10:30:00",
}  # fmt: skip
_SWITCHES = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_SCALAR = ("plain", "single", "double")
_MOST = 6  # values that a message lists


def named(value: object) -> str:
    """Return what a value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if value is None:
        return "nothing"
    return "a text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a mapping"


# Types


class Rewriting(NamedTuple):
    """An edit that makes the value what it should be, and whether it is certain that this was meant."""

    edit: Edit
    safe: bool = True


def typed(note: Note, entry: Property, kind: Type, *, by_obsidian: bool = False) -> Iterator[Problem]:
    """Yield the problem of a value that is not of its type.

    A type `by_obsidian` is taken as Obsidian takes it: any scalar does for a text or for the one entry of a list,
    and a date is a date with a time or without.
    """
    value = entry.value
    if value is None or is_of(value, kind) or (by_obsidian and _passes(value, kind)):
        return
    is_date = kind in ("date", "datetime") and isinstance(value, str) and looks_like(value, kind)
    what = "no such day or time" if is_date else named(value)
    source = ", by .obsidian/types.json," if by_obsidian else ""
    found = retyped(entry, kind)
    yield Problem(
        entry.value_span,
        f'"{entry.key}" must{source} be {_KINDS[kind]}, and this is {what}',
        found and fix_by(note, f"write {found.edit.text}", found.edit, safe=found.safe),
    )


def _passes(value: object, kind: Type) -> bool:
    if kind in ("text", "list"):
        return not isinstance(value, (list, dict))
    return kind in ("date", "datetime") and (is_of(value, "date") or is_of(value, "datetime"))


def retyped(entry: Property, kind: Type) -> Rewriting | None:
    """Return the same value as another type, where that can be written."""
    if entry.style not in _SCALAR:
        return None
    value = entry.value
    if kind == "text":
        return Rewriting(Edit(*entry.value_span, quote_scalar(entry.written, quotes=True)))
    if kind == "list":
        inside = quote_scalar(value, flow=True) if isinstance(value, str) else entry.written
        return Rewriting(Edit(*entry.value_span, f"[{inside}]"))
    if kind in ("number", "checkbox") and isinstance(value, str):
        plain = value.strip()
        safe = True
        if kind == "checkbox" and plain.casefold() in _SWITCHES:
            safe = plain.casefold() in ("true", "false")
            plain = _SWITCHES[plain.casefold()]
        if is_of(resolve_plain(plain), kind):
            return Rewriting(Edit(*entry.value_span, plain), safe)
    return None


# Patterns and values


def limited(note: Note, entry: Property, spec: PropertySpec) -> Iterator[Problem]:
    """Yield the problems of a value, or of a list's entries, that are not among the values there may be or miss the pattern."""
    for item in entry.items:
        if item.value is None:
            continue
        if spec.values and not any(same(item.value, v) for v in spec.values):
            found = revalued(note, entry, item, spec.values)
            yield Problem(
                item.span,
                f'"{entry.key}" must be {either(spec.values)}{_near(item.value, spec.values)}',
                found and fix_by(note, f"write {found.edit.text}", found.edit, safe=found.safe),
            )
        elif spec.pattern is not None and not re.fullmatch(spec.pattern, _text(note, item)):
            yield Problem(item.span, f'"{entry.key}" must match the pattern {spec.pattern}')


def same(value: object, other: object) -> bool:
    """Return whether two values are one: true is not 1."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _text(note: Note, item: Item) -> str:
    return item.value if isinstance(item.value, str) else note.quote(item.span)


def written(value: Scalar) -> str:
    """Return a value as TOML, YAML and JSON all write it, but for the quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def either(values: Sequence[object]) -> str:
    """Return the values there may be, in words."""
    if len(values) > _MOST:
        return f"one of {len(values)} values"
    words = [f'"{v}"' if isinstance(v, str) else written(v) if isinstance(v, (int, float)) else str(v) for v in values]
    return in_words(words, "or")


def _near(value: object, values: Sequence[object]) -> str:
    if not isinstance(value, str):
        return ""
    folded = {v.casefold(): v for v in values if isinstance(v, str)}
    near = most_like(value[:200].casefold(), folded)
    return f'; did you mean "{folded[near]}"?' if near else ""


def revalued(note: Note, entry: Property, item: Item, values: Sequence[object]) -> Rewriting | None:
    """Return the one value that differs only by case, quotes, or white space, `_` and `-`, written in the place of the item."""
    if item.alias or isinstance(item.value, (list, dict)) or entry.style not in (*_SCALAR, "list"):
        return None
    if "\n" in note.quote(item.span):
        return None
    text = _folded(_text(note, item))
    fits = [v for v in values if isinstance(v, (str, int, float)) and _folded(written(v)) == text]
    if len(fits) != 1:
        return None
    new = quote_scalar(fits[0], flow=entry.style == "list") if isinstance(fits[0], str) else written(fits[0])
    span = entry.value_span if entry.style != "list" else with_quotes(note, item.span)
    return Rewriting(Edit(*span, new))


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.strip()).casefold()
