"""What properties are expected to be: which notes must have one, and which JSON Schemas can be used."""

from __future__ import annotations

import builtins
import json
import re

import pytest

from processor.base.extras import MissingExtraError
from processor.rules.expected import Expected, JsonSchema, PropertySpec, SchemaFileError, _validator


@pytest.mark.parametrize(
    ("required", "path", "kind", "is_required"),
    [
        (["transcript"], "a/b.md", "transcript", True),
        (["transcript"], "a/b.md", "note", False),
        (["hub", "note"], "a/b.md", "note", True),
        (["articles/"], "articles/x/y.md", "note", True),
        (["articles/"], "other/y.md", "transcript", False),
        (["talks/*.md", "!talks/draft.md"], "talks/draft.md", "note", False),
        (["*"], "any.md", "hub", True),
        (["note/"], "note/a.md", "hub", True),  # a folder of that name
        ([], "a.md", "note", False),
    ],
)
def test_required(required: list[str], path: str, kind: str, is_required: bool) -> None:
    expected = Expected({"status": PropertySpec(required=tuple(required)), "other": PropertySpec()})
    assert list(expected.required(path, kind)) == (["status"] if is_required else [])


@pytest.mark.parametrize(
    ("spec", "message"),
    [({"pattern": "("}, '"(" is no regular expression: missing )'), ({"required": ("[z-a]",)}, '"[z-a]" is no valid pattern')],
)  # fmt: skip
def test_a_specification_that_is_none(spec: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        PropertySpec(**spec)


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        ("{", "line 1: is no JSON: "),
        ("[]", "is no JSON Schema, which is an object"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"type": "objct"}', "$.type: 'objct' is not valid"),
        ('{"properties": {"a": {"pattern": "("}}}', "$.properties.a.pattern: '(' is not a 'regex'"),
        ('{"$schema": "http://example.org/none"}', '$schema: "http://example.org/none" is no draft that is known'),
        ('{"$schema": 3}', "$schema: 3 is no draft that is known"),
        ('{"properties": {"a": {"$ref": "#/$defs/b"}}}', '$ref: "#/$defs/b" leads nowhere'),
        ('{"$ref": "http://example.org/s.json"}', '$ref: "http://example.org/s.json" leads nowhere'),
        ('{"$ref": "#"}', "refers to itself without end"),
    ],
)
def test_a_schema_that_cannot_be_used(contents: str, message: str) -> None:
    with pytest.raises(SchemaFileError) as caught:
        _ = JsonSchema("s.json", contents).validator
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "contents",
    [
        {"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"type": "string"}}},
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {"a": {"$ref": "#/definitions/b"}},
            "definitions": {"b": {"type": "string"}},
        },
        {"enum": [{"$ref": "nowhere"}]},  # data, no reference
        {"properties": {"a": {"type": "array", "items": {"$ref": "#"}}}},
    ],
)
def test_a_schema_that_can(contents: dict[str, object]) -> None:
    assert not JsonSchema("s.json", json.dumps(contents)).validator.is_valid({"a": 1})


def test_what_a_schema_requires() -> None:
    assert JsonSchema("s.json", '{"required": ["title", "date"]}').required == ("title", "date")
    assert JsonSchema("s.json", "true").required == ()


def test_the_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def fake(name: str, *rest: object) -> object:
        if name.startswith("jsonschema"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", fake)
    _validator.cache_clear()
    with pytest.raises(MissingExtraError, match='the library jsonschema, which comes with the extra "schema"'):
        _ = JsonSchema("s.json", "{}").validator
