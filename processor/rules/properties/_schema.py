"""What a JSON Schema says of a note's properties, each error at the key or value that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from processor.base.text import Span, most_like
from processor.parse.frontmatter import Property, place_of, resolve_plain
from processor.rules.base import Fix, Problem
from processor.rules.expected import JsonSchema, Type
from processor.rules.fixes import fix_by
from processor.rules.properties._typed import either, named, retyped, revalued
from processor.vault.note import Note

_TYPES: Mapping[str, tuple[str, Type | None]] = {
    "string": ("a text", "text"),
    "number": ("a number", "number"),
    "integer": ("a whole number", "number"),
    "boolean": ("true or false", "checkbox"),
    "array": ("a list", "list"),
    "object": ("a mapping", None),
    "null": ("empty", None),
}
_QUOTED = re.compile(
    r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
)  # keys in the library's message, as `repr` writes them
_LONGEST = 160  # of a message of the library's, which quotes the value


class _Where(NamedTuple):
    """A note, and its properties by key, as the schema writes that: of duplicates the last."""

    note: Note
    entries: Mapping[str, Property]


def by_schema(note: Note, schema: JsonSchema, reported: frozenset[str]) -> Iterator[Problem]:
    """Yield the errors of a note's properties, but for those in `reported`, which have a problem already.

    What the schema itself requires of all notes is left to missing-property.
    """
    entries = {schema.names.get(entry.key.casefold(), entry.key): entry for entry in note.properties.entries}
    values = {key: entry.value for key, entry in entries.items()}
    try:
        errors = list(schema.validator.iter_errors(values))
    except RecursionError:
        yield Problem(Span(0, 3), f"the schema {schema.file} refers to itself without end")
        return
    for error in errors:
        if list(error.absolute_schema_path) == ["required"]:
            continue
        error = _nearest(error)  # noqa: PLW2901  this is the error to report
        path = list(error.absolute_path)
        if path and entries[path[0]].key in reported:
            continue
        yield from _problems(_Where(note, entries), error, path)


def _nearest(error: Any) -> Any:  # noqa: ANN401  an error of the library
    """Of a choice of which no branch fits the error that is most to the point."""
    from jsonschema.exceptions import best_match

    return best_match([error])


def _problems(where: _Where, error: Any, path: list[str | int]) -> Iterator[Problem]:  # noqa: ANN401
    if error.validator in ("additionalProperties", "unevaluatedProperties") and isinstance(error.instance, dict):
        quoted = set(_QUOTED.findall(error.message))
        for key in error.instance:
            if repr(key) in quoted:
                near = most_like(key, error.schema.get("properties", ()))
                hint = f'; did you mean "{near}"?' if near else ""
                message = f'the schema knows no property "{_dotted([*path, key])}"{hint}'
                yield Problem(_place(where, [*path, key], key=True), message)
        return
    key = _key_of(error)
    if key is not None:
        path = [*path, key]
    about_key = key is not None or not path or error.validator == "required"
    yield Problem(_place(where, path, key=about_key), _sentence(error, path), _fix(where, error, path))


def _key_of(error: Any) -> str | None:  # noqa: ANN401
    """Return the key that an error is about though its path ends at the mapping around it."""
    if error.validator in ("dependentRequired", "dependencies") and isinstance(error.validator_value, dict):
        for key, needed in error.validator_value.items():
            if any(error.message == f"{other!r} is a dependency of {key!r}" for other in needed):
                return str(key)
    way = list(error.absolute_schema_path)
    for before, part in pairwise([None, *way]):
        if part == "propertyNames" and before != "properties" and isinstance(error.instance, str):
            return error.instance
    return None


# Places


def _place(where: _Where, path: Sequence[str | int], *, key: bool = False) -> Span:
    """Return where the value at a path stands, or its key; of the front matter as a whole its first line."""
    entry = where.entries.get(str(path[0])) if path else None
    if entry is None:
        return Span(0, 3)
    if len(path) > 1 and (place := place_of(where.note.text, where.note.properties, [entry.key, *path[1:]])):
        return place.key_span if key and place.key_span else place.value_span
    return entry.key_span if key or entry.style == "empty" else entry.value_span


# Words


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(map(str, path))


def _sentence(error: Any, path: Sequence[str | int]) -> str:  # noqa: ANN401
    name = f'"{_dotted(path)}"' if path else "the front matter"
    wanted = error.validator_value
    match error.validator:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return f"{name} must be {' or '.join(_TYPES[k][0] for k in kinds)}, and this is {named(error.instance)}"
        case "enum":
            return f"{name} must be {either(wanted)}"
        case "const":
            return f"{name} must be {either([wanted])}"
        case "pattern":
            return f"{name} must match the pattern {wanted}"
        case "format":
            return f"{name} must have the format {wanted}"
        case "required":
            missing = next(key for key in wanted if error.message.startswith(repr(key)))
            return f'{name} lacks "{missing}"'
        case "not" if wanted == {}:
            return f"{name} is not allowed"
    said = str(error.message)
    return f"{name}: {said if len(said) <= _LONGEST else said[:_LONGEST] + '…'}"


def _fix(where: _Where, error: Any, path: Sequence[str | int]) -> Fix | None:  # noqa: ANN401
    """Return the same value as the type that is asked for, or as one of the values there may be."""
    entry = where.entries.get(str(path[0])) if path else None
    if entry is None:
        return None
    found = None
    if error.validator == "type" and isinstance(error.validator_value, str) and len(path) == 1:
        kind = _TYPES[error.validator_value][1]
        found = kind and retyped(entry, kind)
        if found and error.validator_value == "integer" and not isinstance(resolve_plain(found.edit.text), int):
            found = None
    elif error.validator == "enum":
        index = path[1] if len(path) == 2 and entry.style == "list" else 0 if len(path) == 1 else None
        if isinstance(index, int) and index < len(entry.items):
            found = revalued(where.note, entry, entry.items[index], error.validator_value)
    return found and fix_by(where.note, f"write {found.edit.text}", found.edit, safe=found.safe)
