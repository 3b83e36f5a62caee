"""What is recorded of a note as read is the same, whatever was judged before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given

from processor.lint.judging import Judge
from processor.lint.linter import Linter
from processor.vault.backlinks import backlinks, fragment_backlinks
from processor.vault.facts import names
from processor.vault.said import durations
from processor.vault.trace import SEPARATOR, Trace
from processor.vault.vault import Vault
from tests.examples import examples
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
@examples(60, suppress_health_check=list(HealthCheck))
@given(VAULTS)
def test_of_any_notes(linter: Linter, texts: Texts) -> None:
    is_the_same_in_any_order(texts, linter)


HEAD = "---\nvideoId: n3Vq8ZtKp0A\n---\n\n"


@LINTERS
def test_of_a_heading_whose_links_are_changed_along(linter: Linter) -> None:
    heading = f"{HEAD}## {STAMP.format('00:06:10')} Part\n"
    is_the_same_in_any_order({"a.md": heading, "b.md": "[[a#Part]] [[a#00 06 10 Part]]\n"}, linter)


READINGS: dict[str, tuple[Callable[[Vault], object], set[str]]] = {
    "a note": (lambda vault: vault.notes["b.md"], {"=b.md"}),
    "a note that is not there": (lambda vault: vault.notes.get("c.md"), {"=c.md"}),
    "all notes": (lambda vault: list(vault.notes), {"*"}),
    "how many there are": (lambda vault: len(vault.notes), {"*"}),
    "a fact of all": (lambda vault: vault.facts(names), {"*"}),
    "a note's video": (lambda vault: vault.video_id("b.md"), {"=b.md"}),
    "a note's headings": (lambda vault: vault.headings("b.md"), {"=b.md"}),
    "what a function has under a key": (lambda vault: durations(vault).get("x"), {"@said.durations x"}),
    "whether it has anything there": (lambda vault: "x" in durations(vault), {"@said.durations x"}),
    "whether it has anything": (lambda vault: bool(durations(vault)), {"*"}),
    "where a link leads": (lambda vault: vault.resolve("b#Part", "a.md"), {":b", "#b"}),
    "how a link names a note": (lambda vault: vault.path_to("b.md", "a.md"), {":b"}),
    "which links lead to a note": (lambda vault: backlinks(vault, "b.md"), {"*"}),
    "which lead into it": (lambda vault: list(fragment_backlinks(vault, "b.md")), {"^b"}),
    "the note itself": (lambda vault: vault.notes["a.md"], set()),
}


@pytest.mark.parametrize("is_known", [False, True], ids=["first", "known before"])
@pytest.mark.parametrize(("ask", "expected"), READINGS.values(), ids=READINGS)
def test_what_is_read_of_a_vault_is_recorded(
    ask: Callable[[Vault], object], expected: set[str], *, is_known: bool
) -> None:
    given = vault_of({"a.md": "Text\n", "b.md": f"{HEAD}## Part\n"})
    trace = Trace()
    vault = given.traced(trace)
    if is_known:
        assert given.video_ids
        ask(given)
        ask(vault)
        trace.begin()
    ask(vault)
    assert set(trace.line(given.notes["a.md"]).split(SEPARATOR)) - {""} == expected
