"""What the rules load: nothing that only some vaults need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import put
from tests.rules.timestamps.talk import claims, right, spoken

HEAVY = ("processor.captions.decode", "processor.captions.terms", "processor.captions.library")


@pytest.mark.parametrize("has_captions", [False, True])
def test_what_captions_need_is_loaded_where_there_are_some(tmp_path: Path, has_captions: bool) -> None:
    put(tmp_path, "vault/a.md", claims(right(1, 2, 3)))
    for name, text in spoken().items():
        put(tmp_path, f"captions/{name}", text)
    call = [sys.executable, "-X", "importtime", "-m", "processor", "lint", "--exit-zero", "--no-cache"]
    more = ["--captions", "../captions"] if has_captions else []
    ran = subprocess.run([*call, *more], cwd=tmp_path / "vault", capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.split("\n")}
    assert "processor.vault.said" in loaded
    assert [name in loaded for name in HEAVY] == [has_captions] * len(HEAVY)
