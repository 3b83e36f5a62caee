"""Settings as dataclasses: values checked against the fields' types, and the fields' own words for the documentation.

A field `min_length: int = 4` is the key `min-length`. Types: str, int, float, bool, Literal, tuple[T, ...],
Mapping[str, T], T | None, several of str, int, float, bool with `|`, and a dataclass for a table within.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Union

from processor.config.toml import KeyPath


class SchemaError(ValueError):
    """A key or value is not what the schema asks for; `path` leads to it."""

    def __init__(self, path: KeyPath, message: str) -> None:
        super().__init__(message)
        self.path = path


class Field(NamedTuple):
    """One setting: its key, its type and default as a person writes them, and what it does."""

    key: str
    type: str
    default: str
    doc: str


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that was probably meant, or None."""
    import difflib

    folded = {k.lower().replace("_", "-"): k for k in known}
    near = difflib.get_close_matches(name.lower().replace("_", "-"), folded, 1)
    return folded[near[0]] if near else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?`, or nothing."""
    near = nearest(name, known)
    return f'; did you mean "{near}"?' if near else ""


def dotted(path: KeyPath) -> str:
    """Return the path as TOML writes it, without the indexes in arrays: `rules.broken-link.min-length`."""
    return ".".join(_key(p) for p in path if isinstance(p, str))


def _named(path: KeyPath) -> str:
    return ("each item of " if isinstance(path[-1], int) else "") + f'"{dotted(path)}"'


def _key(name: str) -> str:
    return name if name and all(c.isascii() and (c.isalnum() or c in "-_") for c in name) else toml(name)


def toml(value: object) -> str:
    """Return a value as TOML writes it; None, which TOML lacks, as `not set`."""
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = "".join(_ESCAPES.get(c) or (c if c.isprintable() else f"\\U{ord(c):08X}") for c in value)
        return f'"{escaped}"'
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(str(k))} = {toml(v)}" for k, v in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml, value))}]"
    return str(value)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def keys_of(cls: type) -> dict[str, str]:
    """Return the keys of a settings class and the fields they set."""
    return {_key_of(f.name): f.name for f in dataclasses.fields(cls)}


def _key_of(field: str) -> str:
    """Return the key of a field; one that is a word of Python has a `_` behind it."""
    return field.removesuffix("_").replace("_", "-")


def types_of(cls: type) -> dict[str, Any]:
    """Return the fields' types. Names that a module imports for the type checker alone are known here too."""
    usual = {"Mapping": Mapping, "Sequence": Sequence, "Literal": Literal, "Any": Any}
    return typing.get_type_hints(cls, localns=usual)


def read_table(cls: type, table: object, path: KeyPath = ()) -> Any:  # noqa: ANN401  an instance of cls
    """Return the settings class filled from a TOML table. Raises SchemaError."""
    if not isinstance(table, Mapping):
        raise SchemaError(path, f"{_named(path)} must be a table, not {_is(table)}")
    keys = keys_of(cls)
    hints = types_of(cls)
    values = {}
    for key, value in table.items():
        if key not in keys:
            known = "" if keys else "; it has no options"
            hint = did_you_mean(key, keys) or known or f"; there are {listed(keys)}"
            where = f" in [{dotted(path)}]" if path else ""
            raise SchemaError((*path, key), f'unknown key "{key}"{where}{hint}')
        values[keys[key]] = read_value(hints[keys[key]], value, (*path, key))
    try:
        return cls(**values)
    except ValueError as error:  # a class may judge its own values
        raise SchemaError(path, f"{dotted(path)}: {error}") from None


def read_value(hint: Any, value: object, path: KeyPath) -> Any:  # noqa: ANN401
    """Return a TOML value as the type asks for it: arrays as tuples. Raises SchemaError."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return value
    if origin in (Union, types.UnionType):
        kinds = _present(arguments)
        if len(kinds) == 1:
            return read_value(kinds[0], value, path)
        if type(value) in kinds:
            return value
    if origin is Literal:
        if value in arguments and type(value) in {type(a) for a in arguments}:
            return value
        hint_text = did_you_mean(value, [a for a in arguments if isinstance(a, str)]) if isinstance(value, str) else ""
        what = toml(value) if isinstance(value, str) else _is(value)
        raise SchemaError(path, f"{_named(path)} must be {describe(hint)}, not {what}{hint_text}")
    if origin is tuple:
        if isinstance(value, list):
            return tuple(read_value(arguments[0], v, (*path, i)) for i, v in enumerate(value))
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        if isinstance(value, Mapping):
            return {k: read_value(arguments[1], v, (*path, k)) for k, v in value.items()}
    elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return read_table(hint, value, path)
    elif hint is float:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
    elif type(value) is hint:
        return value
    write = f"; write [{toml(value)}]" if origin is tuple and isinstance(value, str) else ""
    raise SchemaError(path, f"{_named(path)} must be {describe(hint)}, not {_is(value)}{write}")


def _present(arguments: Sequence[Any]) -> list[Any]:
    """Return the types of a union that are not None: TOML has no null. Where there are several, they are those of scalars."""
    return [a for a in arguments if a is not types.NoneType]


_WORDS = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}
_PLURAL = {str: "strings", int: "whole numbers", float: "numbers", bool: "true or false"}


def describe(hint: Any, *, plural: bool = False) -> str:  # noqa: ANN401
    """Return a type in words: `a list of strings`."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        return _either([describe(a, plural=plural) for a in _present(arguments)])
    if origin is Literal:
        return listed(arguments, "or")
    if origin is tuple:
        return ("lists" if plural else "a list") + f" of {describe(arguments[0], plural=True)}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return ("tables" if plural else "a table") + f" of {describe(arguments[1], plural=True)}"
    if dataclasses.is_dataclass(hint) or hint is Any:
        return "tables" if plural else "a table"
    return (_PLURAL if plural else _WORDS)[hint]


def _is(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, bool):
        return toml(value)
    return _WORDS.get(type(value), f"a {type(value).__name__}")


def _either(words: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def listed(words: Iterable[object], last: str = "and") -> str:
    """`"a", "b" and "c"`."""
    quoted = [toml(w) for w in words]
    return f" {last} ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))


def fields_of(cls: type) -> list[Field]:
    """Return the settings of a class for the documentation; a table within is not opened."""
    hints, docs = types_of(cls), field_docs(cls)
    return [
        Field(_key_of(f.name), describe(hints[f.name]), toml(_default(f)), docs.get(f.name, ""))
        for f in dataclasses.fields(cls)
    ]


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return None if field.default is dataclasses.MISSING else field.default


def field_docs(cls: type) -> dict[str, str]:
    """Return what each field's own words say: the string below it, else the comment on its line, else the lines above."""
    import ast
    import inspect
    import io
    import textwrap
    import tokenize

    source = textwrap.dedent(inspect.getsource(cls))
    comments: dict[int, str] = {}
    own_line: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line = token.start[0]
            comments[line] = token.string.lstrip("#").strip()
            if not token.line[: token.start[1]].strip():
                own_line.add(line)
    (definition,) = ast.parse(source).body
    assert isinstance(definition, ast.ClassDef)
    docs: dict[str, str] = {}
    for statement, following in zip(definition.body, [*definition.body[1:], None], strict=True):
        if not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)):
            continue
        said = ""
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            said = str(following.value.value)
        else:
            last = statement.end_lineno or statement.lineno
            beside = [comments[n] for n in range(statement.lineno, last + 1) if n in comments]
            above = statement.lineno - 1
            while above in own_line:
                above -= 1
            said = " ".join(beside or [comments[n] for n in range(above + 1, statement.lineno)])
        docs[statement.target.id] = " ".join(said.split())
    return docs
