"""What a page holds, read out of it again."""

from __future__ import annotations

import base64
import json
import re
import zlib
from itertools import accumulate
from typing import Any


def block(page: str, name: str) -> Any:
    """A block of a page, as data."""
    if name == "head":
        found = re.search(r'<script type="application/json" id="head">(.*?)</script>', page, re.DOTALL)
        assert found
        return json.loads(found[1])
    found = re.search(rf'<script type="application/octet-stream" id="{name}">([^<]*)</script>', page)
    assert found, name
    return json.loads(zlib.decompress(base64.b64decode(found[1])))


def rows(page: str) -> list[tuple[str, str, int, int, int]]:
    """The rows of a page: path, rule, count, and how many are mended safely, and unsafely."""
    notes, found = block(page, "notes"), block(page, "rows")
    columns = (accumulate(found["note"]), found["kind"], found["count"], found["safe"], found["unsafe"])
    return [
        (notes["path"][note], found["kinds"][kind][0], *numbers) for note, kind, *numbers in zip(*columns, strict=True)
    ]
