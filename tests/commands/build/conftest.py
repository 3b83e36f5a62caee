"""A vault on the disk, and where its copy goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import put
from tests.commands.build.vaults import FILES


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        put(tmp_path / "vault", path, text)
    return tmp_path / "vault"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"
