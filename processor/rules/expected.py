"""What the properties of a vault's notes are expected to be: as configured, as Obsidian knows them, by a JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Literal

from processor.base.extras import MissingExtraError
from processor.base.globs import compile_globs, matches
from processor.base.regex import regex

Type = Literal["text", "list", "number", "checkbox", "date", "datetime"]
Scalar = str | int | float | bool
KINDS = ("transcript", "hub", "note")


_DATE = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = regex(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[-+][0-9]{2}:?[0-9]{2})?"
)


def is_of(value: object, kind: Type) -> bool:
    """Return whether a value is of a type."""
    match kind:
        case "text":
            return isinstance(value, str)
        case "list":
            return isinstance(value, list)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "checkbox":
            return isinstance(value, bool)
    return isinstance(value, str) and looks_like(value, kind) and _exists(value, kind)


def looks_like(value: str, kind: Type) -> bool:
    """Return whether a text has the form of a date, or of a date and time."""
    return bool((_DATE if kind == "date" else _DATETIME).fullmatch(value))


def _exists(value: str, kind: Type) -> bool:
    """Return whether there is such a day, at such a time."""
    try:
        if kind == "date":
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class PropertySpec:
    """What one property is expected to be: `[properties.NAME]`."""

    type: Type | None = None
    """The type of the value, as Obsidian calls it."""
    pattern: str | None = None
    """A regular expression that the whole value must match; of a list each entry."""
    values: tuple[Scalar, ...] = ()
    """The values there may be; of a list each entry must be one of them."""
    required: tuple[str, ...] = ()
    """Which notes must have it: kinds of note (`transcript`, `hub`, `note`), or patterns of paths as in `.gitignore`."""

    def __post_init__(self) -> None:
        if self.pattern is not None:
            try:
                re.compile(self.pattern)
            except re.error as error:
                raise ValueError(f'"{self.pattern}" is no regular expression: {error}') from None
        if self._globs:
            compile_globs(self._globs)

    @property
    def _globs(self) -> tuple[str, ...]:
        return tuple(name for name in self.required if name not in KINDS)

    def is_required(self, path: str, kind: str) -> bool:
        """Return whether a note of that kind at that path must have the property."""
        return kind in self.required or matches(path, self._globs)


class SchemaFileError(ValueError):
    """The JSON Schema cannot be used; the message says why."""


@dataclass(frozen=True)
class JsonSchema:
    """A JSON Schema for the front matter of each note that has one. `text` is what the file holds."""

    file: str
    text: str

    @property
    def validator(self) -> Any:  # noqa: ANN401  a validator of the library `jsonschema`
        """The schema made ready. Raises SchemaFileError where it is none, or where the library is missing."""
        return _validator(self.text)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The properties that the schema itself names, by their folded names: case makes no difference, as in Obsidian."""
        contents = json.loads(self.text)
        named = contents.get("properties", ()) if isinstance(contents, dict) else ()
        return {name.casefold(): name for name in (*named, *self.required) if isinstance(name, str)}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The properties that every front matter must have, by the schema's own `required`."""
        contents = json.loads(self.text)
        return tuple(contents.get("required", ())) if isinstance(contents, dict) else ()


@dataclass(frozen=True)
class Expected:
    """All that is expected of properties. `obsidian` holds the types of `.obsidian/types.json`."""

    properties: Mapping[str, PropertySpec] = field(default_factory=dict)
    obsidian: Mapping[str, Type] = field(default_factory=dict)
    schema: JsonSchema | None = None

    @cached_property
    def by_key(self) -> Mapping[str, PropertySpec]:
        """What is configured, by the property's name in small letters: names match in any case, as in Obsidian."""
        return {name.casefold(): spec for name, spec in self.properties.items()}

    @cached_property
    def obsidian_by_key(self) -> Mapping[str, Type]:
        """What Obsidian knows, by the property's name in small letters."""
        return {name.casefold(): kind for name, kind in self.obsidian.items()}

    def required(self, path: str, kind: str) -> Iterator[str]:
        """Yield the properties that are configured as required of a note."""
        return (name for name, spec in self.properties.items() if spec.required and spec.is_required(path, kind))


@lru_cache(maxsize=8)
def _validator(text: str) -> Any:  # noqa: ANN401
    try:
        from jsonschema.exceptions import SchemaError
        from jsonschema.validators import Draft202012Validator, validator_for
        from referencing.jsonschema import EMPTY_REGISTRY
    except ImportError:
        raise MissingExtraError("a JSON Schema", "schema") from None
    try:
        contents = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise SchemaFileError(f"line {error.lineno}: is no JSON: {error.msg[:1].lower()}{error.msg[1:]}") from None
    except RecursionError:
        raise SchemaFileError("is nested too deeply") from None
    if not isinstance(contents, (dict, bool)):
        raise SchemaFileError("is no JSON Schema, which is an object")
    kind: Any = Draft202012Validator
    if isinstance(contents, dict) and "$schema" in contents:
        find: Any = validator_for  # its types know no default of None
        kind = find(contents, default=None) if isinstance(contents["$schema"], str) else None
        if kind is None:
            raise SchemaFileError(f"$schema: {json.dumps(contents['$schema'])} is no draft that is known")
    try:
        kind.check_schema(contents)
    except SchemaError as error:
        raise SchemaFileError(f"{error.json_path}: {error.message}") from None
    # with an empty registry nothing is ever fetched: what a `$ref` names must stand in the file
    _prepare(contents, kind.META_SCHEMA["$schema"], EMPTY_REGISTRY)
    validator = kind(contents, registry=EMPTY_REGISTRY, format_checker=kind.FORMAT_CHECKER)
    try:
        validator.is_valid({})
    except RecursionError:
        raise SchemaFileError("refers to itself without end") from None
    return validator


def _prepare(contents: Any, draft: str, registry: Any) -> None:  # noqa: ANN401
    """Raise SchemaFileError for a `$ref` that leads nowhere, and write `false` for a property so that its errors have a path."""
    from referencing import Resource
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import specification_with

    root: Any = Resource.from_contents(contents, default_specification=specification_with(draft))
    waiting = [(root, registry.resolver_with_root(root))]
    while waiting:
        resource, resolver = waiting.pop()
        of_keys: Any = resource.contents.get("properties") if isinstance(resource.contents, dict) else None
        for key, inner in of_keys.items() if isinstance(of_keys, dict) else ():
            if inner is False:
                of_keys[key] = {"not": {}}
        for key in ("$ref", "$dynamicRef"):
            if isinstance(resource.contents, dict) and isinstance(name := resource.contents.get(key), str):
                try:
                    resolver.lookup(name)
                except Unresolvable:
                    raise SchemaFileError(
                        f'{key}: "{name}" leads nowhere; what it names must stand in the same file'
                    ) from None
        waiting += [(inner, resolver.in_subresource(inner)) for inner in resource.subresources()]
