"""The properties that a vault knows, and what is known of their values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from processor.rules.expected import Expected
from processor.server.home import Home
from processor.vault.facts import keys
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault

_LOOKED = 200  # notes of the same folder that are looked at for values
_MOST = 50


def property_names(home: Home) -> Iterator[tuple[str, str]]:
    """Yield the names of properties, the commonest first, each with what there is to say of it."""
    expected = home.vault.config.expected
    known = {name: _said(expected, name) for name in _expected_names(expected)}
    folded = {name.casefold() for name in known}
    yield from known.items()
    for name, times in _used(home.vault.vault):
        if name.casefold() not in folded:
            yield name, f"in {times:,} notes"
    if "ytvault-disable" not in folded:
        yield "ytvault-disable", "the rules that are silent in this note"


def _expected_names(expected: Expected) -> Iterator[str]:
    found = [*expected.properties, *(expected.schema.names.values() if expected.schema else ()), *expected.obsidian]
    yield from dict.fromkeys(found)


def _said(expected: Expected, name: str) -> str:
    spec = expected.by_key.get(name.casefold())
    return (spec.type if spec and spec.type else None) or expected.obsidian_by_key.get(name.casefold()) or ""


@per_vault(keys, traced=False)
def _used(vault: Vault) -> list[tuple[str, int]]:
    counted = Counter(name for found in vault.facts(keys).values() for name in found)
    return [(name, times) for name, times in counted.most_common() if times > 1 or len(vault.notes) < _MOST]


def property_values(home: Home, key: str) -> Iterator[tuple[str, str]]:
    """Yield values of a property: those that are expected, then those of notes in the same folder, the commonest first."""
    expected = home.vault.config.expected
    spec = expected.by_key.get(key.casefold())
    given: list[object] = [*(spec.values if spec else ()), *_of_schema(expected, key)]
    kinds = (spec.type if spec else None, expected.obsidian_by_key.get(key.casefold()))
    if not given and "checkbox" in kinds:
        given = [True, False]
    told = dict.fromkeys(_written(value) for value in given)
    yield from ((value, "expected") for value in told)
    vault, folder = home.vault.vault, home.path.rpartition("/")[0]
    near = [path for path in vault.notes if path.rpartition("/")[0] == folder and path != home.path][:_LOOKED]
    counted: Counter[str] = Counter()
    for path in near:
        entry = vault.notes[path].anew().properties.get(key)
        counted.update(item.value for item in entry.items if isinstance(item.value, str)) if entry else None
    for value, times in counted.most_common(_MOST):
        if value and "\n" not in value and value not in told:
            yield value, f"in {times:,} notes here"


def _of_schema(expected: Expected, key: str) -> list[object]:
    """Return the values that a JSON Schema lists for a property."""
    if expected.schema is None:
        return []
    contents = json.loads(expected.schema.text)
    named = contents.get("properties", {}) if isinstance(contents, dict) else {}
    if not isinstance(named, dict):
        return []
    spec = next((value for name, value in named.items() if name.casefold() == key.casefold()), None)
    if not isinstance(spec, dict):
        return []
    items = spec.get("items")
    found = spec.get("enum") or (items.get("enum") if isinstance(items, dict) else None) or []
    return found if isinstance(found, list) else []


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
