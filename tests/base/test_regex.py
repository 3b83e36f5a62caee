"""Regular expressions that are compiled where they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import processor
from processor.base.regex import _Regex, regex

MODULES = [m.name for m in pkgutil.walk_packages(processor.__path__, "processor.") if m.name != "processor.__main__"]


def test_it_does_what_the_pattern_does() -> None:
    letters = regex("[a-z]+", re.IGNORECASE)
    assert letters.pattern == "[a-z]+"
    assert letters.flags == re.compile("[a-z]+", re.IGNORECASE).flags
    assert letters.sub("-", "Ab1c") == "-1-"
    assert letters.fullmatch("Ab1c") is None
    assert regex(b"b").search(b"ab")


def test_it_is_compiled_where_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    found = regex("(")
    with pytest.raises(re.error):
        found.search("")
    used = regex("a")
    used.search("a")
    monkeypatch.setattr(re, "compile", lambda *_: pytest.fail("compiled again"))
    assert used.search("a")


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_is_one(name: str) -> None:
    for found in vars(importlib.import_module(name)).values():
        if isinstance(found, _Regex):
            assert re.compile(found.pattern, found._flags)
