"""Fixes that are made in one step are the same as one by one, and so is what is left."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.config import Config
from processor.fix import FixResult, fix_vault
from processor.lint import Linter
from processor.note import Note, parse_note
from processor.rule import Finding
from processor.vault import Vault
from tests.test_findings import stamped

ANCHOR = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'
LATER = ANCHOR.replace("06", "07")
HEAD = "---\ntitle: x\nvideoId: aBcD_-12-4w\n---\n\n"


class OneByOne:
    """A linter whose findings are always told apart."""

    unsafe_edits = True

    def __init__(self, config: Config) -> None:
        self.linter = Linter(config, with_edits=True)

    def check_note(self, note: Note) -> Sequence[Finding]:
        return self.linter.check_note(note)

    def vault_check(self, vault: Vault) -> Callable[[Note], list[Finding]]:
        return self.linter.vault_check(vault)

    def kept(self, note: Note, findings: Sequence[Finding]) -> Sequence[Finding]:
        return self.linter.kept(note, findings)


def both(text: str, config: Config, *, unsafe: bool = False) -> FixResult:
    """What fixing comes to, and must come to either way."""
    vault = Vault([parse_note(text, "a.md"), parse_note("[[a#" + "x", "b.md")])
    one = fix_vault(vault, OneByOne(config), unsafe=unsafe)
    bulk = fix_vault(vault, Linter(config, with_edits=True), unsafe=unsafe)
    assert bulk.sources == one.sources
    assert bulk.fixed == one.fixed
    assert bulk.left_out == one.left_out
    assert list(bulk.findings) == list(one.findings)
    return bulk


@settings(max_examples=150, deadline=None)
@given(
    st.randoms(use_true_random=False),
    st.sampled_from(["markdown", "html", "media"]),
    st.sampled_from(["watch", "short"]),
    st.booleans(),
)
def test_in_one_step_as_one_by_one(r: random.Random, style: str, url: str, unsafe: bool) -> None:
    text = stamped(r)
    for mark in "![(^`$":
        if r.random() < 0.2:
            text = text.replace(ANCHOR, mark + ANCHOR, r.randint(1, 3))
    both(text, Config(stamp_style=style, url_style=url), unsafe=unsafe)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body",
    [
        f"{ANCHOR} words {LATER}\n",
        f"a!{ANCHOR} b^{LATER}\n",
        f"[{ANCHOR} x]] {LATER}\n",
        f"[{ANCHOR}][{LATER}]\n",
        f"{ANCHOR}\n\n%% ytvault-disable-next-line unlinked-timestamp %%\n{LATER}\n",
        f"{ANCHOR} [[a|{LATER}]] [00:08:00]\n",
    ],
)
def test_cases(body: str) -> None:
    result = both(HEAD + body, Config())
    text = result.sources["a.md"].text
    assert "[00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s)" in text
    if "disable" in body:
        assert LATER in text


def test_a_group_is_counted_by_its_stamps() -> None:
    result = both(HEAD + f"{ANCHOR} words {LATER}\n", Config())
    assert [(f.rule, f.times) for f in result.fixed] == [("unlinked-timestamp", 2)]
