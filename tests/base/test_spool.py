"""Bytes that are laid aside are what they were."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from processor.base.spool import Later, Spool, Spooled, content


def test_what_was_laid_aside_is_given_back() -> None:
    spool = Spool()
    laid = [spool.lay(data) for data in (b"one", b"", b"three")]
    assert not any(isinstance(data, bytes) for data in laid)
    assert [content(data) for data in laid] == [b"one", b"", b"three"]
    assert content(spool.lay(b"four")) == b"four"
    assert content(laid[0]) == b"one"
    assert pickle.loads(pickle.dumps(laid)) == [b"one", b"", b"three"]  # another process gets the bytes themselves


def test_what_the_system_does_not_take_stays_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert Spool().lay(b"one") == b"one"


def test_bytes_by_name() -> None:
    spooled = Spooled()
    spooled.add("a", b"one")
    assert (spooled["a"], spooled.get("b"), "b" in spooled, [*spooled]) == (b"one", None, False, ["a"])
    assert content(Later(spooled.__getitem__, "a")) == b"one"
