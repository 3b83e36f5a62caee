"""What the editor's settings say of the server (`initializationOptions`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Options:
    """Each is a boolean in the editor's settings, in camel case."""

    incremental: bool = False
    """Whether the editor sends what has changed of a text, and not the whole."""
    workspace_diagnostics: bool = False
    """Whether the findings of all notes of the open vaults are offered, not those of open ones alone."""
    code_lens: bool = True
    """Whether links to a note and its headings are counted above them."""
    inlay_hints: bool = True
    """Whether it is shown where an ambiguous link leads."""
    remarks: tuple[str, ...] = ()


def options_of(given: object) -> Options:
    """Return the options that an editor gives. What is none of them, or has no such value, is remarked upon."""
    found = getattr(given, "__dict__", given) if not isinstance(given, Mapping) else given
    if not isinstance(found, Mapping):
        return Options()
    known = {_camel(f.name): f.name for f in fields(Options) if f.name != "remarks"}
    values: dict[str, Any] = {}
    remarks = []
    for key, value in found.items():
        if key not in known:
            remarks.append(f'no option of the server is called "{key}"; there are {", ".join(known)}')
        elif not isinstance(value, bool):
            remarks.append(f'the option "{key}" must be true or false, not {value!r}')
        else:
            values[known[key]] = value
    return Options(**values, remarks=tuple(remarks))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
