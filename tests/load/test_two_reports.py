"""A second report of one run is what it would be alone, whatever earlier runs have made of the notes for the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.load.cache import stats as cache_stats
from tests.cli.running import called, put

FORMATS = ("text", "concise", "jsonl", "json")


@pytest.mark.parametrize("second", FORMATS)
@pytest.mark.parametrize("first", FORMATS)
def test_a_second_report(first: str, second: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache_stats, "SETTLED", 0)
    vault = tmp_path / "vault"
    for name in ("one", "two", "three"):
        put(vault, f"{name}.md", f"[[nowhere {name}]] [[{name}|x|y]]\n")
    put(vault, "other.md", "[[nothing]]\n")

    def reports(*words: str) -> tuple[str, str]:
        file = tmp_path / "second"
        ran = called("lint", "--output-format", first, "--report", f"{second}={file}", *words, cwd=vault)
        return ran.out, file.read_text()

    assert reports() == reports("--no-cache")
    put(vault, "other.md", "[[nothing else]]\n")
    assert reports() == reports("--no-cache")
