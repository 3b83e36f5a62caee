"""What is suppressed, what suppresses nothing, and what is written to suppress the rest."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base.text import Source, Span, apply_edits
from processor.config import Config
from processor.lint.suppress import Silence, Suppressor, apply_suppressions
from processor.lint.suppress.silencing import MANY, add_suppressions
from processor.rules.base import Finding, all_rules
from processor.vault.note import Note, parse_note
from tests.examples import examples

ALL = frozenset(all_rules())
DEFAULT = frozenset(r.id for r in all_rules().values() if r.default)
LINKS = ("broken-link", "missing-note")


def finding(note: Note, rule: str, start: int, end: int | None = None) -> Finding:
    end = start if end is None else end
    position = note.lines.position
    return Finding(note.path, Span(start, end), rule, "error", "message", position(start), position(end), None)


def marked(text: str, rule: str = "broken-link") -> tuple[Note, list[Finding]]:
    """A note, and a finding for each `[[x:rule]]` in it; without a rule one of `rule`."""
    note = parse_note(text, "a/note.md")
    return note, [
        finding(note, m[1] or rule, m.start(), m.end()) for m in re.finditer(r"\[\[x(?::([\w-]+))?\]\]", text)
    ]


def kept(text: str) -> list[int]:
    """The lines, from 1, of the findings that are not suppressed."""
    note, findings = marked(text)
    return [f.start.line for f in apply_suppressions(note, findings, ALL)[0]]


# Scopes


def test_a_note_without_suppressions_keeps_all() -> None:
    assert kept("[[x]]\n\n[[x]]\n") == [1, 3]


@pytest.mark.parametrize(
    "names",
    [
        "",
        " broken-link",
        " links",
        " ALL",
        " missing-note, broken-link",
        " broken-link: planned",
        " broken-link -- planned",
    ],
)
def test_a_range_lasts_to_its_end(names: str) -> None:
    assert kept(f"[[x]]\n\n%% ytvault-disable{names} %%\n\n[[x]]\n\n%% ytvault-enable %%\n\n[[x]]\n") == [1, 9]
    assert kept(f"[[x]]\n\n%% ytvault-disable{names} %%\n\n[[x]]\n\n[[x]]\n") == [1]


def test_a_range_is_of_its_rules_only() -> None:
    assert kept("%% ytvault-disable missing-note %%\n\n[[x]]\n\n[[x:missing-note]]\n") == [3]


def test_enable_ends_what_it_names() -> None:
    text = "%% ytvault-disable broken-link, missing-note %%\n\n[[x]] [[x:missing-note]]\n\n%% ytvault-enable missing-note %%\n\n[[x]]\n\n[[x:missing-note]]\n"
    assert kept(text) == [9]


def test_enable_makes_a_hole_in_a_range_of_all() -> None:
    text = "%% ytvault-disable %%\n\n[[x]]\n\n%% ytvault-enable broken-link %%\n\n[[x]] [[x:missing-note]]\n\n%% ytvault-disable %%\n\n[[x]]\n"
    assert kept(text) == [7]


def test_a_range_begins_in_its_line() -> None:
    assert kept("Before [[x]] %% ytvault-disable broken-link %% after [[x]]\n\n[[x]]\n") == [1]


def test_next_line_is_one_line() -> None:
    assert kept("[[x]]\n\n%% ytvault-disable-next-line broken-link %%\n[[x]] and [[x]]\n[[x]]\n") == [1, 5]


def test_next_line_of_another_rule() -> None:
    assert kept("%% ytvault-disable-next-line missing-note %%\n[[x]]\n") == [2]


def test_next_lines_may_be_stacked() -> None:
    text = "%% ytvault-disable-next-line missing-note %%\n%% ytvault-disable-next-line broken-link %%\n[[x]] [[x:missing-note]]\n[[x]]\n"
    assert kept(text) == [4]


def test_next_line_in_a_quote() -> None:
    assert kept("> %% ytvault-disable-next-line broken-link %%\n> [[x]]\n> [[x]]\n") == [3]


def test_next_line_is_not_a_blank_one_further() -> None:
    assert kept("%% ytvault-disable-next-line broken-link %%\n\n[[x]]\n") == [3]


@pytest.mark.parametrize(
    "value",
    [
        "broken-link",
        "[broken-link]",
        "[missing-note, broken-link]",
        "\n  - missing-note\n  - broken-link",
        "links",
        '"ALL"',
    ],
)
def test_the_property_is_of_the_whole_note(value: str) -> None:
    assert kept(f"---\nytvault-disable: {value}\n---\n\n[[x]]\n\n%% ytvault-enable %%\n\n[[x]]\n") == []


def test_an_empty_property_is_nothing() -> None:
    assert kept("---\nytvault-disable:\n---\n\n[[x]]\n") == [5]


def test_in_code_nothing_is_suppressed() -> None:
    assert kept("```\n%% ytvault-disable %%\n```\n\n[[x]]\n") == [5]


# What is not judged


def unused(text: str, enabled: frozenset[str] = ALL) -> list[str]:
    note, findings = marked(text)
    return [note.quote(p.span) for p in apply_suppressions(note, findings, enabled)[1]]


def test_a_rule_that_is_off_is_not_judged() -> None:
    text = "%% ytvault-disable broken-link, missing-note %%\n\n[[x]]\n"
    assert unused(text) == ["missing-note"]
    assert unused(text, ALL - {"missing-note"}) == []
    assert unused("%% ytvault-disable links %%\n", ALL - {"missing-note"}) == []
    assert unused("%% ytvault-disable %%\n", ALL - {"missing-note"}) == []
    assert unused("%% ytvault-disable %%\n", DEFAULT) == ["%% ytvault-disable %%"]
    assert unused(text, ALL - {"unused-suppression"}) == []


def test_all_does_not_hide_an_unused_suppression_but_its_name_does() -> None:
    idle = "%% ytvault-disable-next-line missing-note %%"
    assert unused(f"%% ytvault-disable %%\n\n[[x]]\n\n{idle}\nText.\n") == [idle]
    assert unused(f"%% ytvault-disable notes %%\n\n{idle}\nText.\n\n[[x:unclosed-fence]]") == [idle]
    assert unused(f"%% ytvault-disable unused-suppression %%\n\n{idle}\nText.\n") == []


def test_the_suppressor_knows_the_configuration() -> None:
    note, findings = marked("%% ytvault-disable-next-line missing-note %%\n[[x]]\n[[x:missing-note]]\n")
    rules = all_rules().values()

    def found(config: Config) -> list[tuple[str, str]]:
        return [(f.rule, f.severity) for f in Suppressor(config, rules).apply(note, findings)]

    assert found(Config()) == [("broken-link", "error"), ("missing-note", "error"), ("unused-suppression", "warning")]
    # what the file's pattern turns off is not judged either
    ignored = {"a/*.md": ("missing-note",), "b/*.md": ("ALL",)}
    assert found(Config(per_file_ignores=ignored)) == [("broken-link", "error")]
    assert found(Config(per_file_ignores={"a/": ("links",)})) == []
    graver = Config(severity={"unused-suppression": "error"}, per_file_ignores={"*": ("broken-link",)})
    assert found(graver) == [("missing-note", "error"), ("unused-suppression", "error")]


def test_the_finding_of_an_unused_suppression_brings_its_edits() -> None:
    note, _ = marked("Text.\n\n%% ytvault-disable-next-line missing-note %%\nText.\n")
    (found,) = Suppressor(Config(), all_rules().values()).apply(note, [])
    assert found.fix
    assert found.fix.safe
    assert apply_edits(note.text, [e.edit for e in found.fix.edits]) == "Text.\n\nText.\n"
    assert (found.start.line, found.start.column) == (3, 1)


# Against the plain reading of the rules: one finding and one line at a time

PIECES = st.lists(
    st.sampled_from(
        [
            "[[x]]",
            "[[x:missing-note]]",
            "text",
            *(
                f"%% ytvault-{action}{names} %%"
                for action in ("disable", "enable", "disable-next-line")
                for names in ("", " broken-link", " missing-note", " links", " broken-link, missing-note")
            ),
        ]
    ),
    max_size=14,
)


def plainly(lines: list[str], at: int, rule: str) -> bool:
    """Whether a finding of a rule on a line is suppressed."""
    every, named = False, set[str]()
    off: set[str] = set()
    for line in lines[:at]:
        m = re.match(r"%% ytvault-(disable|enable)((?: [\w-]+,?)*) %%", line)
        if not m:
            continue
        words = re.findall(r"[\w-]+", m[2])
        rules = {r for w in words for r in (LINKS if w == "links" else (w,))}
        if m[1] == "disable":
            every, named = every or not rules, named | rules
            off = off - rules if rules else set()
        elif rules:
            named, off = named - rules, off | rules
        else:
            every, named, off = False, set(), set()
    if rule in named or (every and rule not in off):
        return True
    above = at - 1
    while above >= 0 and (m := re.match(r"%% ytvault-([a-z-]+)((?: [\w-]+,?)*) %%", lines[above])):
        words = re.findall(r"[\w-]+", m[2])
        if m[1] == "disable-next-line" and (not words or rule in words or "links" in words):
            return True
        above -= 1
    return False


@given(PIECES)
def test_every_order_of_comments(lines: list[str]) -> None:
    note, findings = marked("\n".join(lines))
    expected = [f for f in findings if not plainly(lines, f.start.line - 1, f.rule)]
    left, problems = apply_suppressions(note, findings, ALL)
    assert left == expected
    # without the suppressions that do nothing, one after the other in any order, the same is reported, and in the end
    # none is left
    for step in range(40):
        edits = [list(p.fix.edits()) for p in problems if p.fix]
        if not edits:
            break
        note, findings = marked(apply_edits(note.text, [e.edit for e in edits[step * 7 % len(edits)]]))
        left, problems = apply_suppressions(note, findings, ALL)
        assert [f.rule for f in left] == [f.rule for f in expected]
    assert not problems


# Writing suppressions


def silenced(text: str, rule: str = "broken-link") -> str:
    """The note after `add_suppressions`, which must silence all."""
    note, findings = marked(text, rule)
    added = add_suppressions(note, findings)
    assert not added.left
    after = apply_edits(text, added.edits)
    again, found = marked(after, rule)
    assert apply_suppressions(again, found, frozenset({"unused-suppression"} | {f.rule for f in findings})) == ([], [])
    assert add_suppressions(again, []).edits == ()
    return after


NEXT = "%% ytvault-disable-next-line broken-link %%\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text.\n\nSee [[x]].\n", f"Text.\n\n{NEXT}See [[x]].\n"),
        ("Text.\nSee [[x]].\nEnd.\n", f"Text.\n{NEXT}See [[x]].\nEnd.\n"),
        ("Text.\n\n## See [[x]]\n", f"Text.\n\n{NEXT}## See [[x]]\n"),
        ("Text.\n\n- a\n- [[x]]\n", f"Text.\n\n- a\n{NEXT}- [[x]]\n"),
        ("Text.\n\n- a\n  - [[x]]\n", f"Text.\n\n- a\n  {NEXT}  - [[x]]\n"),
        ("Text.\n\n> One.\n> [[x]]\n", f"Text.\n\n> One.\n> {NEXT}> [[x]]\n"),
        ("Text.\n\n> [[x]]\n> Two.\n", f"Text.\n\n{NEXT}> [[x]]\n> Two.\n"),
        ("Text.\n\n> [!note] [[x]]\n> Two.\n", f"Text.\n\n{NEXT}> [!note] [[x]]\n> Two.\n"),
        ("Text.\n\n[[x]] [[x:missing-note]]\n", f"Text.\n\n{NEXT.replace(' %%', ', missing-note %%')}[[x]] [[x:missing-note]]\n"),
        # where no comment can stand: the property
        ("---\ntitle: A\n---\n\n| a | b |\n| --- | --- |\n| [[x]] | c |\n", "---\ntitle: A\nytvault-disable: [broken-link]\n---\n\n| a | b |\n| --- | --- |\n| [[x]] | c |\n"),
        ("---\ntitle: A\n---\n\n```\n[[x]]\n```\n", "---\ntitle: A\nytvault-disable: [broken-link]\n---\n\n```\n[[x]]\n```\n"),
        ('---\nsee: "[[x]]"\n---\n\nText.\n', '---\nsee: "[[x]]"\nytvault-disable: [broken-link]\n---\n\nText.\n'),
        ('---\nytvault-disable: [orphan-note]\nsee: "[[x]]"\n---\n', '---\nytvault-disable: [orphan-note, broken-link]\nsee: "[[x]]"\n---\n'),
        ('---\nytvault-disable: orphan-note\nsee: "[[x]]"\n---\n', '---\nytvault-disable: [broken-link, orphan-note]\nsee: "[[x]]"\n---\n'),
        ('---\nytvault-disable:\nsee: "[[x]]"\n---\n', '---\nytvault-disable: [broken-link]\nsee: "[[x]]"\n---\n'),
        ('---\nytvault-disable:\n  - orphan-note\nsee: "[[x]]"\n---\n', '---\nytvault-disable:\n  - orphan-note\n  - broken-link\nsee: "[[x]]"\n---\n'),
        ("Text.\n\n| [[x]] | b |\n| --- | --- |\n| a | c |\n", "%% ytvault-disable broken-link %%\nText.\n\n| [[x]] | b |\n| --- | --- |\n| a | c |\n"),
        # what is said of the note as a whole
        ("[[x]]\n", "%% ytvault-disable broken-link %%\n[[x]]\n"),
        ("---\ntitle: A\n---\n\n[[x]] is the first.\n", "---\ntitle: A\nytvault-disable: [broken-link]\n---\n\n[[x]] is the first.\n"),
        ("Text.\n\n```\n[[x]]\n```\n", "%% ytvault-disable broken-link %%\nText.\n\n```\n[[x]]\n```\n"),
    ],
)  # fmt: skip
def test_the_least_intrusive_suppression(text: str, expected: str) -> None:
    assert silenced(text) == expected


def test_a_rule_found_everywhere_is_named_once() -> None:
    few = "---\ntitle: A\n---\nText.\n" + "\n[[x]]\n" * MANY
    assert silenced(few).count("disable-next-line") == MANY
    many = few + "\n[[x]]\n"
    assert silenced(many) == many.replace("title: A\n", "title: A\nytvault-disable: [broken-link]\n")


def test_what_nothing_can_silence_is_said() -> None:
    text = "---\ntitle: [a\n---\n\nText.\n\nSee [[x]].\n"
    note, findings = marked(text)
    yaml = finding(note, "invalid-yaml", 4, 9)
    added = add_suppressions(note, [yaml, *findings])
    assert added.left == (yaml,)
    assert apply_edits(text, added.edits).count("ytvault-disable") >= 1
    broken = parse_note(Source.decode(b"a \xff"), "note.md")
    assert add_suppressions(broken, [finding(broken, "broken-link", 0)]).edits == ()


def test_line_ends_and_byte_order_mark_stay() -> None:
    source = Source.decode("\ufeffText.\r\n\r\nSee [[x]].\r\n".encode())
    note = parse_note(source, "note.md")
    added = add_suppressions(note, [finding(note, "broken-link", 11, 16)])
    assert (
        note.source.edited(added.edits).encode() == f"\ufeffText.\n\n{NEXT}See [[x]].\n".replace("\n", "\r\n").encode()
    )


BLOCKS = st.lists(
    st.sampled_from(
        [
            "Text [[x]] and more.", "[[x]]", "text\nmore [[x]]\nend", "# H [[x]]", "- a\n- [[x]]\n  [[x]]\n- b", "1. [[x]]\n2. b",
            "> [[x]]\n> b", "> [!tip] T\n> - [[x]]", "| a | b |\n| - | - |\n| [[x]] | c |", "```\n[[x]]\n```", "    [[x]]", "$$\n[[x]]\n$$",
            "<div>\n[[x]]\n</div>", "%%\n[[x]]\n%%", "Title [[x]]\n===", "text ^id\n[[x]]", "%% ytvault-disable-next-line missing-note %%\n[[x:missing-note]] [[x]]",
        ]
    ),
    min_size=1, max_size=6,
)  # fmt: skip
HEADS = st.sampled_from(
    [
        "",
        "---\ntitle: A\n---\n",
        "---\nytvault-disable: missing-note\n---\n\n",
        '---\nsee: "[[x]]"\n---',
        "---\na: [b\n---\n",
    ]
)


@examples(150)
@given(HEADS, BLOCKS, st.sampled_from(["\n", "\n\n"]))
def test_all_is_silent_afterwards_and_the_note_says_the_same(head: str, blocks: list[str], between: str) -> None:
    if head.endswith("---"):
        blocks = []
    text = head + between.join(blocks)
    note, findings = marked(text)
    findings = not_silent(note, findings)
    added = add_suppressions(note, findings)
    after = apply_edits(text, added.edits)
    again, found = marked(after)
    left = not_silent(again, found)
    assert len(left) == len(added.left)
    without = [line for line in after.split("\n") if "ytvault-disable" not in line]
    assert without == [line for line in text.split("\n") if "ytvault-disable" not in line]
    assert [(x.target, x.place) for x in again.links] == [(x.target, x.place) for x in note.links]
    assert [(x.text, x.outline) for x in again.headings] == [(x.text, x.outline) for x in note.headings]


def not_silent(note: Note, findings: list[Finding]) -> list[Finding]:
    gone = Silence(note).split([(f.rule, f.span.start) for f in findings])
    return [f for f, silenced in zip(findings, gone, strict=True) if not silenced]


# Time


@pytest.mark.parametrize(
    ("text", "left", "unused"),
    [
        ("%% ytvault-disable-next-line a %%\n" * 5_000, 0, 5_000),
        ("%% ytvault-disable broken-link %% " * 5_000, 0, 5_000),
        (
            "%% ytvault-disable broken-link, missing-note %%\n\n%% ytvault-enable missing-note %%\n\n" * 3_000,
            0,
            3_000,
        ),
        ("[[x]]\n%% ytvault-disable-next-line broken-link %%\n" * 3_000, 1, 1),
        ("%% ytvault-disable-next-line" + " a" * 10_000 + " %%\n", 0, 10_000),
    ],
    ids=["stacked", "one line", "ranges", "alternating", "names"],
)
def test_many_suppressions(text: str, left: int, unused: int) -> None:
    note, findings = marked(text)
    kept, problems = apply_suppressions(note, findings, DEFAULT)
    assert (len(kept), len(problems)) == (left, unused)
    assert all(list(problem.fix.edits()) for problem in problems if problem.fix)
