"""The report for people, word for word."""

from __future__ import annotations

import re
from textwrap import dedent

from processor.report import Hints, View
from processor.report.text import LONG
from tests.report.findings import TEXT, THREE, finding, replaced, report, text_of
from tests.tables import spans_of


def expect(actual: str, expected: str) -> None:
    assert actual == dedent(expected)


def test_one_of_each_kind() -> None:
    expect(
        report("text", THREE),
        """\
        In box/a.md
          3:1 warning: most of this vault writes videoId [misspelled-property]
          3 | videoID: Ff4fRgnuFgQ
            | ^^^^^^^
            = unsafe fix: write videoId

          6:4 error: no note is called <Meta Platforms> [broken-link]
          6 | As [[Meta Platforms]] says, a 程度 word: see [[Llama]].
            |    ^^^^^^^^^^^^^^^^^^
            = safe fix: write [[meta_platforms|Meta Platforms]]

          6:44 information: no note is called "Llama" [missing-note]
          6 | As [[Meta Platforms]] says, a 程度 word: see [[Llama]].
            |                                              ^^^^^^^^^

        Found 3 problems in 1 of 21 notes: 1 error, 1 warning and 1 for information.

          1  error        broken-link          by --fix
          1  warning      misspelled-property  by --unsafe-fixes
          1  information  missing-note         by hand

          ytvault lint --fix        mends 1 of them; no reader would object
          ytvault lint --diff       shows first what that would change
          ytvault rule broken-link  explains a rule
        """,
    )


def many(count: int, *, rule: str = "unlinked-timestamp", start: int = 1):
    """Findings on lines of their own, every tenth line left out."""
    text, spans = spans_of(
        "".join("\n" if i % 10 == 0 else f"At «[00:00:{i:02}]».\n" for i in range(start, start + count))
    )
    made = [finding(text, s, rule, "warning", "not linked", fix=replaced("note.md", s, "x")) for s in spans]
    return made, View(text_of=lambda _path: text, width=60)


def test_many_of_one_rule_in_one_note_are_folded() -> None:
    findings, view = many(48)
    expect(
        report("text", findings, view).partition("Found")[0],
        """\
        note.md
           1:4 warning: not linked [unlinked-timestamp]
           1 | At [00:00:01].
             |    ^^^^^^^^^^
             = safe fix: write x
             = … and 43 more, in lines 2–9, 11–19, 21–29, 31–39, 41–48

        """,
    )


def test_three_of_one_rule_are_not_folded_and_others_stand_in_their_place() -> None:
    findings, view = many(7)
    other = finding("At [00:00:01].\n" * 9, (45, 47), "broken-link", path="note.md")
    text = report("text", [*findings[:3], other], view)
    assert re.findall(r"^ +(\d+:\d+)", text, re.MULTILINE) == ["1:4", "2:4", "3:4", "4:1"]
    text = report("text", [*findings[:3], other, *findings[3:]], view)
    assert re.findall(r"^ +(\d+:\d+)", text, re.MULTILINE) == ["1:4", "4:1"]
    assert "= … and 6 more, in lines 2–7\n" in text


def test_all_folds_nothing() -> None:
    findings, view = many(48)
    text = report("text", findings, View(text_of=view.text_of, all=True))
    assert text.count("unlinked-timestamp]") == len(findings) == 44
    assert "more, in line" not in text


def test_the_same_rule_in_two_notes_is_not_folded_together() -> None:
    findings, view = many(4)
    text = report("text", [*findings[:3], *(f._replace(path="other.md") for f in findings[:3])], view)
    assert "more, in line" not in text
    assert "Found 6 problems in 2 of 21 notes: 6 warnings.\n" in text


def test_lines_that_repeat_are_named_once() -> None:
    text, spans = spans_of("«a» «b» «c» «d» «e»\n«f»\n\n\n«g»")
    findings = [finding(text, s) for s in spans]
    assert "= … and 4 more, in line 1\n" in report("text", findings[:5])
    assert "= … and 6 more, in lines 1, 2, 5\n" in report("text", findings)


HINTS = Hints(
    "ytvault lint notes",
    init="ytvault init",
    undo="`ytvault undo`",
    baseline="ytvault lint notes --write-baseline b.json",
)
LONG_SUMMARY = """\
Read 21,273 notes in 1.9 s.
Found 252 problems in 2 of 21,273 notes: 12 errors, 228 warnings and 12 for information.

   12  error        broken-link          6 by --fix, 2 by --unsafe-fixes, 4 by hand
  222  warning      unlinked-timestamp   by --fix
    6  warning      misspelled-property  by --unsafe-fixes
   12  information  missing-note         by hand

The worst, one of each rule:

a
  1:1 error: it leads nowhere [broken-link]
    = safe fix: write x

a
  1:1 warning: it leads nowhere [unlinked-timestamp]
    = safe fix: write x

a
  1:1 warning: it leads nowhere [misspelled-property]
    = unsafe fix: write x

a
  1:1 information: it leads nowhere [missing-note]

Links ask for these notes most, and they do not exist:

  1,000 notes, 1,211 links  openai
        90 notes, 99 links  ␛[31mred
        90 notes, 90 links  程度
          8 notes, 8 links  a
          8 notes, 8 links  b

  ytvault init                                looks at the vault, and writes a configuration that fits
  ytvault lint notes --diff                   shows what --fix would change
  ytvault lint notes --fix                    mends 228 of them; no reader would object, and `ytvault undo` takes it back
  ytvault lint notes --unsafe-fixes --diff    shows 8 changes that are probably right
  ytvault lint notes --write-baseline b.json  lists what is left in a file, and says how only what is new is reported then
  ytvault lint notes --all                    lists every problem
  ytvault rule unlinked-timestamp             explains the rule that is broken most
"""


def hundreds():
    safe, unsafe = (replaced("n.md", (0, 1), "x", safe=safe) for safe in (True, False))

    def some(n, rule, severity, fix):
        return [finding("x", (0, 1), rule, severity, fix=fix, path=path) for i in range(n) for path in ("ab"[i % 2],)]

    return [
        *some(6, "broken-link", "error", safe),
        *some(2, "broken-link", "error", unsafe),
        *some(4, "broken-link", "error", None),
        *some(12, "missing-note", "information", None),
        *some(6, "misspelled-property", "warning", unsafe),
        *some(222, "unlinked-timestamp", "warning", safe),
    ]


def test_a_long_list_on_a_terminal_becomes_a_summary() -> None:
    view = View(terminal=True, width=130, hints=HINTS)
    often = {"a": (8, 8), "c": (8, 7), "b": (8, 8), "openai": (1211, 1_000), "程度": (90, 90), "\x1b[31mred": (99, 90)}
    missing = [(f"{i % notes}.md", name) for name, (links, notes) in often.items() for i in range(links)]
    text = report("text", hundreds(), view, notes=21_273, seconds=1.94, missing=missing)
    assert text == LONG_SUMMARY


def test_the_way_on_names_only_what_can_be_done() -> None:
    findings = [finding("x", (0, 1), "missing-note", "warning") for _ in range(LONG + 1)]
    text = report("text", findings, View(terminal=True, width=120))
    assert text.endswith(
        """\

  ytvault lint --all         lists every problem
  ytvault rule missing-note  explains the rule that is broken most
"""
    )


def test_a_list_that_can_be_read_a_pipe_and_all_are_no_summary() -> None:
    findings = hundreds()
    assert report("text", findings[:LONG], View(terminal=True)).startswith("a\n  1:1 error: ")
    for view in (View(terminal=False), View(terminal=True, all=True)):
        assert report("text", findings, view).startswith("a\n  1:1 error: ")
    assert report("text", findings[: LONG + 1], View(terminal=True)).startswith("Read 21 notes.\n")


def test_nothing_found() -> None:
    assert report("text", []) == "No problems in 21 notes.\n"
    assert report("text", [], notes=1) == "No problems in 1 note.\n"
    assert report("text", [], notes=0) == "There are no notes here.\n"


def test_what_was_mended() -> None:
    mended = {"a.md": {"broken-link": 3, "missing-property": 1}, "b.md": {"broken-link": 1}}
    assert report("text", [], View(mended=mended)) == "Mended 5 problems in 2 notes.\nNothing is left to report.\n"
    expect(
        report("text", [], View(mended={"a.md": mended["a.md"]}, show_fixes=True)),
        """\
        a.md: mended 3 broken-link and 1 missing-property

        Mended 4 problems in 1 note.
        Nothing is left to report.
        """,
    )
    assert "\nMended 5 problems in 2 notes.\nLeft: 1 problem in 1 of 21 notes: 1 warning.\n" in report(
        "text", THREE[:1], View(mended=mended)
    )


def test_the_commands_fit_what_can_be_done() -> None:
    def steps(*which: int) -> list[str]:
        text = report("text", [THREE[i] for i in which], View(hints=Hints("ytvault lint x")))
        return re.findall(r"^  (ytvault .*?)  ", text, re.MULTILINE)

    assert steps(1) == ["ytvault lint x --fix", "ytvault lint x --diff", "ytvault rule broken-link"]
    assert steps(0) == ["ytvault lint x --unsafe-fixes --diff", "ytvault rule misspelled-property"]
    assert steps(2) == ["ytvault rule missing-note"]
    assert steps(2, 2, 2, 2) == ["ytvault lint x --all", "ytvault rule missing-note"]


def test_remarks_come_last() -> None:
    assert report("text", [], View(remarks=("3 baselined problems are gone.",))).endswith(
        "notes.\n\n3 baselined problems are gone.\n"
    )


def test_a_span_over_several_lines() -> None:
    text, [span] = spans_of("a\n«```\ncode\n»")
    assert "  2 | ```\n    | ^^^ to line 3\n" not in report(
        "text", [finding(text, span)], View(text_of=lambda _p: text)
    )
    text, [span] = spans_of("a\n«```\nco»de\n")
    assert "  2 | ```\n    | ^^^ to line 3\n" in report("text", [finding(text, span)], View(text_of=lambda _p: text))


def test_an_empty_line_has_an_excerpt_only_where_it_is_the_span() -> None:
    def shown(end: int) -> str:
        return report("text", [finding("\nx", (0, end))], View(text_of=lambda _p: "\nx"))

    assert "[broken-link]\n  1 |\n    | ^\n\nFound" in shown(1)
    assert "[broken-link]\n\nFound" in shown(0)


def test_where_the_lines_of_the_others_do_not_fit_some_are_named() -> None:
    text, spans = spans_of("".join(f"{'«x»' * (i % 2)}\n" for i in range(100)))
    shown = report("text", [finding(text, s) for s in spans], View(width=40))
    assert "= … and 49 more, in lines 4, 6, …\n" in shown


def test_without_the_text_there_is_no_excerpt() -> None:
    assert report("text", THREE[1:2], View()).startswith(
        "In box/a.md\n  6:4 error: no note is called <Meta Platforms> [broken-link]\n    = safe fix: write"
    )


def test_nothing_in_a_note_reaches_the_terminal_as_a_command() -> None:
    text = "\x1b]0;title\x07[[\x9b31m\u202e]]\r\n"
    bad = finding(text, (0, 20), "broken-link", message=text, path="\x1b[1m.md", fix=replaced("x", (0, 1), text))
    for view in (View(text_of=lambda _p: text), View(text_of=lambda _p: text, terminal=True)):
        for name in ("text", "concise", "statistics"):
            shown = report(name, [bad], view)
            assert not set(shown) & set("\x1b\x07\x9b\u202e\r")


def test_colour_says_nothing_that_words_do_not() -> None:
    painted = report("text", THREE, View(text_of=text_of, color=True))
    assert "\x1b[1;31merror\x1b[0m: no note is called" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == report("text", THREE)


def test_paths_are_shown_as_the_view_says() -> None:
    assert report("text", THREE, View(show_path=lambda p: f"../{p}")).startswith("../In box/a.md\n")


def test_a_message_that_quotes_at_length_is_cut() -> None:
    text = report("text", [finding("x", (0, 1), message="a" * 100_000)], View())
    assert len(text) < 3_000
    assert "a… [broken-link]" in text


def test_a_large_report_streams() -> None:
    from processor.lint.linter import LintResult
    from processor.report import render

    findings = [finding(TEXT, (0, 3), path=f"{i}.md") for i in range(3)]
    pieces = render("text", LintResult(findings, 3), View())
    first = next(pieces)
    assert first.startswith("0.md\n")
    assert "1.md" not in first
