"""Stamps that one fix links: of very many of them only the first has it, and still all are linked."""

from __future__ import annotations

import pytest

from processor.base.text import apply_edits
from processor.config import Config
from processor.lint.linter import Linter
from processor.rules.timestamps._linking import TOGETHER
from processor.vault.naming import heading_fragment
from processor.vault.note import parse_note
from processor.vault.vault import Vault

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
ANCHOR = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'


@pytest.mark.parametrize("number", [2, TOGETHER, TOGETHER + 1, 400])
@pytest.mark.parametrize(
    ("before", "one", "between", "behind", "together"),
    [
        ("## ", ANCHOR, " ", "", False),
        ("## ", "[00:06:10]", " ", "", False),
        ("## ", "[00:06:10]", " ", "\n\n[[#LINK]]", True),
        ("x [", "00:06:10", ", ", "]", True),
    ],
    ids=["anchors of a heading", "clocks of a heading", "of a heading that is linked to", "a list"],
)
def test_each_is_told_and_the_edits_are_few(
    before: str, one: str, between: str, behind: str, together: bool, number: int
) -> None:
    stamps = between.join([one] * number)
    text = HEAD + before + stamps + behind.replace("LINK", heading_fragment(stamps)) + "\n"
    vault = Vault([parse_note(text, "a.md")])
    found = [f for f in Linter(Config(), with_edits=True).lint(vault).findings if f.rule == "unlinked-timestamp"]
    assert len(found) == number
    fixes = [f.fix for f in found if f.fix]
    assert len(fixes) == (1 if together and number > TOGETHER else number)
    assert sum(len(fix.edits) for fix in fixes) <= 2 * number * TOGETHER
    assert all("is linked with the first stamp" in f.message for f in found if not f.fix)
    edits = {e.edit: None for fix in fixes for e in fix.edits}
    mended = apply_edits(text, edits)
    assert mended.count("](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s)") == number
    assert "#LINK" not in mended
    left = Linter(Config()).lint(Vault([parse_note(mended, "a.md")])).findings
    assert {f.rule for f in left} <= {"runaway-text"}
