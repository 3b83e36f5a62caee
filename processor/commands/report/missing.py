"""What links ask for and is not there, most wanted first, the spellings of one name joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from processor.commands.links import Missing


def plain(found: Sequence[Missing], numbers: Mapping[str, int], *, redact: bool) -> dict[str, Any]:
    """Return the same in columns; with `redact` without names. Notes are told by their `numbers`; another file that may be meant by
    its path."""
    notes = [sorted(numbers[path] for path in one.wanted.notes) for one in found]
    return {
        "name": [f"missing note {i + 1}" if redact else one.wanted.name for i, one in enumerate(found)],
        "spellings": [[] if redact or len(one.wanted.spellings) < 2 else one.wanted.spellings for one in found],
        "links": [one.wanted.links for one in found],
        "broken": [int(one.is_broken) for one in found],
        "meant": [[] if redact else [numbers.get(path, path) for path in one.meant] for one in found],
        "safe": [one.safe for one in found],
        "unsafe": [one.unsafe for one in found],
        "notes": [[b - a for a, b in zip([0, *of[:-1]], of, strict=True)] for of in notes],
    }
