"""What is recorded of a note as read is the same, whatever was judged before it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings

from processor.lint.judging import Judge
from processor.lint.linter import Linter
from processor.vault.trace import SEPARATOR
from tests.lint.test_touched import ALL, ASKED, DEFAULT, SEVERAL, STAMP, VAULTS, Texts, vault_of

LINTERS = pytest.mark.parametrize("linter", [DEFAULT, ALL], ids=["default", "all"])


def judge_of(texts: Texts, linter: Linter) -> Judge:
    return Judge(linter, vault_of(texts), traces=True)


def read(judge: Judge, paths: Iterable[str]) -> dict[str, set[str]]:
    """The cells that the rules of each note have read, judged in this order."""
    return {path: set(judge.at(path).reads.split(SEPARATOR)) for path in paths}


def is_the_same_in_any_order(texts: Texts, linter: Linter) -> None:
    paths = sorted(path for path in texts if path.endswith(".md"))
    alone = {path: read(judge_of(texts, linter), [path])[path] for path in paths}
    assert read(judge_of(texts, linter), paths) == alone
    assert read(judge_of(texts, linter), paths[::-1]) == alone
    judge = judge_of(texts, linter)
    judge.learn(paths)
    assert read(judge, paths) == alone, "what is learned before notes are dealt out hides nothing"
    assert read(judge, paths) == alone, "nor what was judged before"


@LINTERS
@pytest.mark.parametrize(("text", "others"), [case[:2] for case in ASKED.values()], ids=ASKED)
def test_of_several_notes_that_ask_the_same(text: str, others: Texts, linter: Linter) -> None:
    is_the_same_in_any_order({**{path: f"{text}\n\n{i}\n" for i, path in enumerate(SEVERAL)}, **others}, linter)


@LINTERS
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(VAULTS)
def test_of_any_notes(linter: Linter, texts: Texts) -> None:
    is_the_same_in_any_order(texts, linter)


HEAD = "---\nvideoId: n3Vq8ZtKp0A\n---\n\n"


@LINTERS
def test_of_a_heading_whose_links_are_changed_along(linter: Linter) -> None:
    heading = f"{HEAD}## {STAMP.format('00:06:10')} Part\n"
    is_the_same_in_any_order({"a.md": heading, "b.md": "[[a#Part]] [[a#00 06 10 Part]]\n"}, linter)
