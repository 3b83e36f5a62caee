"""`ytvault rule`, as a user calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.rules.base import FAMILIES, all_rules
from tests.cli.running import called


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_listed(family: str, tmp_path: Path) -> None:
    out = called("rule", family, cwd=tmp_path).out
    head, *lines = out.rstrip("\n").split("\n")
    assert head == f"{family}: {FAMILIES[family]}"
    assert [line.split()[0] for line in lines] == [r.id for r in all_rules().values() if r.family == family]
    assert called("rule", family.title(), cwd=tmp_path).out == out
    assert out in called("rule", cwd=tmp_path).out


def test_a_name_that_is_none(tmp_path: Path) -> None:
    for name, meant in (("lnks", "did you mean links?"), ("broken_lnk", "did you mean broken-link?")):
        ran = called("rule", name, cwd=tmp_path)
        assert ran.status == 2
        assert f"there is no rule or family {name}: {meant}" in ran.err
    assert "`ytvault rule` lists them all" in called("rule", "zzz", cwd=tmp_path).err
    assert called("rule", "ALL", cwd=tmp_path).out == called("rule", cwd=tmp_path).out
