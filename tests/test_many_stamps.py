"""Stamps that one fix links: of very many of them only the first has it, and still all are linked."""

from __future__ import annotations

import pytest

from processor.config import Config
from processor.lint import Linter
from processor.note import parse_note
from processor.rules.timestamps._linking import TOGETHER
from processor.text import apply_edits
from processor.vault import Vault

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
ANCHOR = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'


@pytest.mark.parametrize("number", [2, TOGETHER, TOGETHER + 1, 400])
@pytest.mark.parametrize(
    ("before", "one", "between", "behind"),
    [("## ", ANCHOR, " ", ""), ("## ", "[00:06:10]", " ", ""), ("x [", "00:06:10", ", ", "]")],
    ids=["anchors of a heading", "clocks of a heading", "a list"],
)
def test_each_is_told_and_the_edits_are_few(before: str, one: str, between: str, behind: str, number: int) -> None:
    text = HEAD + before + between.join([one] * number) + behind + "\n"
    note = parse_note(text, "a.md")
    vault = Vault([note])
    found = [f for f in Linter(Config(), with_edits=True).lint(vault).findings if f.rule == "unlinked-timestamp"]
    assert len(found) == number
    fixes = [f.fix for f in found if f.fix]
    assert len(fixes) == (number if number <= TOGETHER else 1)
    assert sum(len(fix.edits) for fix in fixes) <= 2 * number * TOGETHER
    assert all("is linked with the first stamp" in f.message for f in found if not f.fix)
    mended = apply_edits(text, [e.edit for e in fixes[0].edits])
    assert mended.count("](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s)") == number
