"""A stamp that is in doubt never becomes a link as it is, in no round, by no later run: its witnesses stay until it is mended
with them. Only what lies below four hours, and may be shifted or not, is let go with them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from processor.config import Config
from processor.fix import FixResult, fix_vault
from processor.lint.linter import Linter
from processor.vault.note import parse_note
from processor.vault.vault import Vault

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
URL = "https://www.youtube.com/watch?v=aBcD_-12-4w"


def anchor(clock: str) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock}]</a>'


def anchors(*clocks: str) -> str:
    return " ".join(map(anchor, clocks))


def links(*clocks: str) -> str:
    fields = [(clock, [int(x) for x in clock.split(":")]) for clock in clocks]
    return " ".join(f"[{clock}]({URL}&t={h * 3600 + m * 60 + s}s)" for clock, (h, m, s) in fields)


WRONG = anchors("06:10:00", "10:50:00", "15:05:00", "20:10:00")
RIGHT = links("00:06:10", "00:10:50", "00:15:05", "00:20:10")
SHORT = anchors("00:00:21", "00:01:13", "00:02:16", "00:03:01", "00:03:41")
WHOLE_MINUTES = anchors("01:05:00", "02:10:00", "03:15:00", "03:20:00")
LATE = anchors("20:10:00", "30:11:00", "40:13:00", "55:25:00")


def run(
    notes: dict[str, str], paths: Iterable[str] | None = None, *, unsafe: bool = True, config: Config | None = None
) -> tuple[dict[str, str], FixResult]:
    vault = Vault([parse_note(text, path) for path, text in notes.items()])
    result = fix_vault(vault, Linter(config or Config(), with_edits=True), paths, unsafe=unsafe, processes=1)
    return {path: note.text for path, note in result.vault.notes.items()}, result


def after(notes: dict[str, str], paths: Iterable[str] | None = None, *, config: Config | None = None) -> dict[str, str]:
    """The notes after `--unsafe-fixes`; as after `--fix` before it, and after a second run."""
    made, _ = run(notes, paths, config=config)
    safe, _ = run(notes, paths, unsafe=False, config=config)
    assert run(safe, paths, config=config)[0] == made
    assert run(made, paths, config=config)[0] == made
    return made


def reasons(notes: dict[str, str], paths: Iterable[str] | None = None) -> set[tuple[str, str]]:
    return {(x.path, x.reason) for x in run(notes, paths)[1].left_out if x.rule == "shifted-timestamp"}


@pytest.mark.parametrize("stamp", [anchor("14:54:00"), "[14:54:00]"])
def test_a_heading_is_mended_with_its_siblings(stamp: str) -> None:
    made = after({"a.md": f"{HEAD}## Ingredients {stamp}\n\n{WRONG}\n"})
    assert made == {"a.md": f"{HEAD}## Ingredients {links('00:14:54')}\n\n{RIGHT}\n"}


def test_the_links_to_the_heading_come_along_in_the_form_they_have() -> None:
    linked = {
        "b.md": (
            "[[a#Ingredients 14 54 00]] [[a#Ingredients 14 54 00|x]] ![[a#Ingredients 14 54 00]] [y](a.md#Ingredients%2014%2054%2000)\n\n"
            "| a |\n|---|\n| [[a#Ingredients 14 54 00\\|z]] |\n"
        ),
        "c.md": '---\nup: "[[a#Ingredients 14 54 00]]"\n---\n',
    }
    notes = {"a.md": f"{HEAD}## Ingredients [14:54:00]\n\n{WRONG} [[#Ingredients 14 54 00]]\n", **linked}
    made, result = run(notes, config=Config(ignore=("unlinked-timestamp",)))
    mended = anchors("00:06:10", "00:10:50", "00:15:05", "00:20:10")
    for path, text in linked.items():
        assert made[path] == text.replace("14 54 00", "00 14 54").replace("14%2054%2000", "00%2014%2054")
    assert made["a.md"] == f"{HEAD}## Ingredients [00:14:54]\n\n{mended} [[#Ingredients 00 14 54]]\n"
    assert result.together == [frozenset(notes)]
    vault = Vault([parse_note(text, path) for path, text in after(notes).items()])
    for path in notes:
        for link in vault.notes[path].links:
            assert vault.resolve(link.target, path).heading


def test_where_a_note_with_such_a_link_is_not_named_nothing_is_mended() -> None:
    notes = {"a.md": f"{HEAD}## Ingredients [14:54:00]\n\n{WRONG}\n", "b.md": "[[a#Ingredients 14 54 00]]\n"}
    assert after(notes, ["a.md"]) == notes
    assert reasons(notes, ["a.md"]) == {("a.md", "it also changes b.md, which is not among the notes named")}


def test_where_such_a_link_cannot_be_changed_nothing_is_mended() -> None:
    notes = {"a.md": f"{HEAD}## 00 14 54\n\n## [14:54:00]\n\n{WRONG}\n", "b.md": "[[a#14 54 00]]\n"}
    made = after(notes)
    assert "## [14:54:00]" in made["a.md"]
    assert WRONG in made["a.md"]
    messages = {f.message for f in run(notes)[1].findings if f.rule == "shifted-timestamp"}
    assert all("links lead that cannot be changed along" in message for message in messages)


@pytest.mark.parametrize("names", ["shifted-timestamp", ""])
def test_what_a_comment_silences_keeps_its_witnesses(names: str) -> None:
    notes = {"a.md": f"{HEAD}{WRONG}\n\n%% ytvault-disable-next-line {names} %%\n{anchor('14:54:00')}\n"}
    assert after(notes) == notes
    assert reasons(notes) == {("a.md", "it goes together with what a comment or a setting silences")}


def test_what_the_configuration_silences_is_not_linked() -> None:
    notes = {"a.md": f"{HEAD}{WRONG} {anchor('14:54:00')}\n"}
    assert after(notes, config=Config(per_file_ignores={"a.md": ("shifted-timestamp",)})) == notes
    assert after(notes, config=Config(ignore=("shifted-timestamp",))) == notes


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (f"| a |\n|---|\n| {anchor('14:54:00')} |", f"| a |\n|---|\n| {links('00:14:54')} |"),
        ("[[b|at [14:54:00] x]]", "[[b|at [00:14:54] x]]"),
        ("[at [14:54:00]](b.md)", "[at [00:14:54]](b.md)"),
        (
            f"<div>\n{anchor('14:54:00')}\n</div>",
            f'<div>\n{anchor("00:14:54").replace(">[", f""" href="{URL}&t=894s">[""")}\n</div>',
        ),
        ("%% [14:54:00] %%", "%% [00:14:54] %%"),
        ("$[14:54:00]$", "$[00:14:54]$"),
        ('<a class="yt-timestamp" data-t="14:54:">[14:54]</a>', None),
    ],
)
def test_all_are_mended_at_once_wherever_they_stand(text: str, mended: str | None) -> None:
    made = after({"a.md": f"{HEAD}{WRONG}\n\n{text}\n", "b.md": ""})["a.md"]
    assert RIGHT in made
    if mended is not None:
        assert made == f"{HEAD}{RIGHT}\n\n{mended}\n"
    assert "53640" not in made


@pytest.mark.parametrize("code", ["`[14:54:00]`", f"```\n{anchor('14:54:00')}\n```"])
def test_one_in_code_keeps_its_witnesses(code: str) -> None:
    notes = {"a.md": f"{HEAD}{WRONG}\n\n{code}\n"}
    assert after(notes) == notes
    by_hand = {"a.md": f"{HEAD}{WRONG}\n\n{anchor('14:54:00')}\n"}  # the code taken away
    assert after(by_hand) == {"a.md": f"{HEAD}{RIGHT}\n\n{links('00:14:54')}\n"}


def test_one_that_is_malformed_is_mended_before_its_witnesses_are() -> None:
    made = after({"a.md": f"{HEAD}{WRONG}\n\n{anchor('14:54:0')} {anchor('14:53:00')}\n"})
    assert made == {"a.md": f"{HEAD}{RIGHT}\n\n{links('00:14:54', '00:14:53')}\n"}
    silent = {"a.md": f"{HEAD}{WRONG}\n\n%% ytvault-disable-next-line malformed-timestamp %%\n{anchor('14:54:0')}\n"}
    assert after(silent) == silent


def test_below_four_hours_nothing_is_mended_and_the_doubt_ends_with_its_witnesses() -> None:
    notes = {"a.md": f"{HEAD}{WRONG} {anchor('01:54:00')}\n"}
    assert run(notes, unsafe=False)[0] == notes
    assert after(notes) == {"a.md": f"{HEAD}{RIGHT} {links('01:54:00')}\n"}


def test_mended_ones_are_not_taken_for_shifted_again() -> None:
    notes = {"a.md": HEAD + anchors("06:00:00", "10:00:00", "15:00:00", "65:00:00"), "b.md": HEAD + SHORT}
    made = after(notes)
    assert made["a.md"] == notes["a.md"]
    assert reasons(notes) == {("a.md", "it would take away the evidence against 00:06:00 in a.md")}


@pytest.mark.parametrize(
    ("quiet", "paths"), [("", None), ("", ["b.md", "c.md"]), ("%% ytvault-disable shifted-timestamp %%\n\n", None)]
)
def test_a_note_keeps_the_witness_of_a_note_that_is_not_mended_with_it(quiet: str, paths: list[str] | None) -> None:
    notes = {"a.md": HEAD + quiet + WHOLE_MINUTES, "b.md": HEAD + LATE, "c.md": HEAD + SHORT}
    made = after(notes, paths)
    assert (made["a.md"], made["b.md"]) == (notes["a.md"], notes["b.md"])
    assert reasons(notes, paths) >= {("b.md", "it would take away the evidence against 01:05:00 in a.md")}
    assert after(made)["a.md"] == notes["a.md"]


@pytest.mark.parametrize(
    "heading",
    [
        "### 1. Acknowledge [00:03:21]",
        "### 1. Acknowledge [00:03:21] ##",
        "### 1. Acknowledge [00:03:21]  ",
        "1. Acknowledge [00:03:21]\n===",
        "> ### 1. Acknowledge [00:03:21]",
        "### [00:03:20] Acknowledge [00:03:21]",
    ],
)
def test_a_stamp_of_a_heading_is_linked_wherever_in_it_it_stands(heading: str) -> None:
    notes = {"a.md": f"{HEAD}{heading}\n\n[[#1. Acknowledge 00 03 21|x]] [[#00 03 20 Acknowledge 00 03 21|x]]\n"}
    made, result = run(notes, unsafe=False)
    assert f"[00:03:21]({URL}&t=201s)" in made["a.md"]
    assert not result.left_out
    assert run(made)[0] == made


def test_an_error_that_new_names_elsewhere_bring_is_no_fault_of_the_mending() -> None:
    named = "---\ntilte: The lost one\n---\n\n[[the lost one]] {}\n"
    texts = {"b.md": f"{HEAD}[[the lost one]] {WRONG}\n", "d/c.md": named.format("c"), "d/e.md": named.format("e")}
    vault = Vault([parse_note(text, path) for path, text in texts.items()], [])
    first = fix_vault(vault, Linter(Config(), with_edits=True))
    then = fix_vault(first.vault, Linter(Config(), with_edits=True), unsafe=True)
    both = fix_vault(vault, Linter(Config(), with_edits=True), unsafe=True)
    assert [note.text for note in then.vault.notes.values()] == [note.text for note in both.vault.notes.values()]
    assert both.vault.notes["b.md"].text == f"{HEAD}[[the lost one]] {RIGHT}\n"


def test_of_equal_headings_each_is_linked_and_the_first_is_still_the_one_that_links_find() -> None:
    made = after({"a.md": f"{HEAD}## A [00:03:21]\n\n## A [00:03:21]\n", "b.md": "[[a#A 00 03 21|x]]\n"})
    heading = "## A " + links("00:03:21")
    new = f"A 00 03 21 ({URL.replace(':', ' ')}&t=201s)"
    assert made == {"a.md": f"{HEAD}{heading}\n\n{heading}\n", "b.md": f"[[a#{new}|x]]\n"}


def test_links_that_the_program_wrote_bear_no_witness() -> None:
    """A person's links are believed, and what is below four hours says as a link no more than before it was one."""
    plain = " and ".join(
        f"[{c}]" for c in ("00:24:00", "01:07:51", "00:11:02", "00:12:04", "01:28:19", "01:59:55", "02:14:28")
    )
    text = f"{HEAD}{plain} c [03:50:00] d [46:24:38] e [04:00:00] f [[g|[10:50:00] h]]\n"
    made, _ = run({"a.md": text}, unsafe=False)
    assert f"c {links('03:50:00')} d [46:24:38] e [04:00:00] f" in made["a.md"]
    again, _ = run(made, unsafe=False)
    assert again == made
