"""A report names each file by its way from the folder that one stands in."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from processor.cli.session import Shown

NAMES = st.lists(st.sampled_from(("a", "b", "In box", "程", "..c", "d.md")), max_size=3).map("/".join)
FILES = st.sampled_from(("a.md", "b.md", "- x.md", "..md"))


@given(st.lists(st.tuples(NAMES, FILES), max_size=6), NAMES, NAMES, st.booleans())
def test_the_way_to_a_file(files: list[tuple[str, str]], vault: str, start: str, two: bool) -> None:
    opened: list[Any] = [SimpleNamespace(root=Path("/home") / root) for root in (vault, "second")[: two + 1]]
    shown = Shown(opened, Path("/home") / start)
    for one in opened:
        for folder, file in files:
            path = f"{folder}/{file}" if folder else file
            key = shown.key(one, path)
            assert shown.path(key, "vault") == path
            if not start.startswith(f"{vault}/{path}"):  # nobody stands in a note
                assert shown.path(key, "current") == os.path.relpath(one.root / path, Path("/home") / start)
