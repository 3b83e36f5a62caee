"""What was found before: by a baseline, or by an earlier report."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import Counter
from itertools import accumulate
from typing import Any, NamedTuple

from processor.commands.report.rows import Known
from processor.lint.suppress.baseline import BaselineError, read_baseline

_BLOCK = r'<script type="application/octet-stream" id="{}">([A-Za-z0-9+/=]*)</script>'


class EarlierError(ValueError):
    """A file is neither a baseline nor a report that can be compared with; the message says why."""


class Earlier(NamedTuple):
    """What was found before, and the name of the file that says so."""

    name: str
    found: Known


def read_earlier(text: str) -> Known:
    """Return how many findings of each rule each note had. Raise EarlierError where the file does not tell."""
    if not text.lstrip().startswith("<"):
        try:
            baseline = read_baseline(text)
        except BaselineError as error:
            raise EarlierError(str(error)) from None
        found: Counter[tuple[str, str]] = Counter()
        for entry, count in baseline.entries.items():
            found[entry.path, entry.rule] += count
        return found
    try:
        notes, rows = (_block(text, name) for name in ("notes", "rows"))
        if notes["redacted"]:
            raise EarlierError("it was made with --redact, so it does not name its notes")
        found = Counter()
        for note, kind, count in zip(accumulate(rows["note"]), rows["kind"], rows["count"], strict=True):
            found[notes["path"][note], rows["kinds"][kind][0]] += count
    except (KeyError, IndexError, TypeError, AttributeError, zlib.error, json.JSONDecodeError) as error:
        raise EarlierError("it is no report of ytvault, or one of another version") from error
    return found


def _block(text: str, name: str) -> Any:  # noqa: ANN401  as JSON has it
    found = re.search(_BLOCK.format(name), text)
    if found is None:
        raise KeyError(name)
    return json.loads(zlib.decompress(base64.b64decode(found[1])))
