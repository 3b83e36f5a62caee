"""Fixes that are made in one step, or one after another in one note before all others have their turn, are the same as one by
one and round by round, and so is what is left."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.config import Config
from processor.fix import FixResult, fix_vault
from processor.fix.mending import Mender
from processor.lint.findings import NoteFindings
from processor.lint.linter import Linter
from processor.rules.base import Finding
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from tests.examples import examples
from tests.lint.test_findings import stamped

ANCHOR = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'
LATER = ANCHOR.replace("06", "07")
HEAD = "---\ntitle: x\nvideoId: aBcD_-12-4w\n---\n\n"


class OneByOne:
    """A linter whose findings are always told apart."""

    def __init__(self, config: Config) -> None:
        self.linter = Linter(config, with_edits=True)

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        del in_bulk
        return self.linter.check_note(note, unsafe_edits=unsafe_edits)

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        return self.linter.vault_check(vault, unsafe_edits=unsafe_edits)

    def unsuppressed(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        return self.linter.unsuppressed(note, findings)


def both(text: str, config: Config, *, unsafe: bool = False, other: str = "[[a#x") -> FixResult:
    """What fixing comes to, and must come to either way."""
    vault = Vault([parse_note(text, "a.md"), parse_note(other, "b.md")])
    with patch.object(Mender, "mend_repeatedly", lambda mender, path, checked, _most: mender.mend(path, checked)):
        one = fix_vault(vault, OneByOne(config), unsafe=unsafe)
    for processes in (1, 2) if sys.platform == "linux" else (1,):
        bulk = fix_vault(vault, Linter(config, with_edits=True), unsafe=unsafe, processes=processes)
        assert bulk.contents == one.contents
        assert bulk.fixed == one.fixed
        assert bulk.left_out == one.left_out
        assert list(bulk.findings) == list(one.findings)
    return bulk


@examples(60)
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
    text = result.contents["a.md"].decode()
    assert "[00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s)" in text
    if "disable" in body:
        assert LATER in text


def test_a_group_is_counted_by_its_stamps() -> None:
    result = both(HEAD + f"{ANCHOR} words {LATER}\n", Config())
    assert [(f.rule, f.times) for f in result.fixed] == [("unlinked-timestamp", 2)]


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize(
    "suppressed",
    [
        "%% ytvault-disable-next-line missing-note %%\nSee [[nowhere at all]].\n",
        "%% ytvault-disable-next-line broken-heading %%\nSee [[b#No such]].\n",
        "%% ytvault-disable missing-note %%\n[[nowhere]]\n%% ytvault-enable missing-note %%\n",
        "%% ytvault-disable-next-line missing-note, unlinked-timestamp %%\n[[nowhere]] [00:09:00]\n",
        "%% ytvault-disable-next-line missing-note %%\nnothing to silence\n",
    ],
)
def test_what_is_suppressed_of_the_vault_stays_so(suppressed: str, *, unsafe: bool) -> None:
    body = f"{ANCHOR} words\n\n{suppressed}\n[00:08:00] [[ B ]]\n"
    result = both(HEAD + body, Config(), unsafe=unsafe, other="# Heading\n\n[[a]]\n")
    text = result.contents["a.md"].decode()
    assert "[00:06:10](https://www" in text
    assert ("nothing to silence" in suppressed) == ("%%" not in text)
    assert not {f.rule for f in result.findings} & {"missing-note", "broken-heading", "broken-link"}


@pytest.mark.parametrize("unsafe", [False, True])
def test_a_property_silences_the_vault_too(*, unsafe: bool) -> None:
    head = HEAD.replace("title: x", "title: x\nytvault-disable: [missing-note]")
    result = both(f"{head}{ANCHOR} [[nowhere]]\n", Config(), unsafe=unsafe)
    assert "ytvault-disable: [missing-note]" in result.contents["a.md"].decode()


def test_a_stamp_in_a_heading_to_which_a_link_leads() -> None:
    result = both(f"{HEAD}# At {ANCHOR}\n\n{LATER} [[B_]]\n", Config(), other=f"[[a#At {ANCHOR}]] [[a]]\n")
    assert "t=430s" in result.contents["a.md"].decode()
