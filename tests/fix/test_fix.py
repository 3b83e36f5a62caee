"""The engine: which fixes are made, in which order, and which are not, with rules of the tests' own."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base.text import Edit, Source, Span
from processor.fix import FixResult, fix_vault
from processor.fix.applying import Places, choose
from processor.fix.candidates import Candidate
from processor.fix.passes import MOST_ROUNDS
from processor.lint.findings import NoteFindings
from processor.rules.base import Finding, FoundFix, NoteEdit, Severity
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from tests.examples import examples


@dataclass
class Replace:
    """A rule of the tests: `pattern` is wrong, and `new` (a template) mends it. With `new` None there is no fix."""

    id: str
    pattern: str
    new: str | None
    safe: bool = True
    severity: Severity = "warning"
    also: Callable[[Note, re.Match[str]], Iterable[NoteEdit]] = lambda *_: ()
    needs_vault: Callable[[Vault, Note], bool] | None = None

    def check(self, note: Note) -> Iterable[Finding]:
        for m in re.finditer(self.pattern, note.text):
            fix = None
            if self.new is not None:
                edit = NoteEdit(note.path, Edit(m.start(), m.end(), m.expand(self.new)))
                fix = FoundFix(f"write {m.expand(self.new)}", self.safe, (edit, *self.also(note, m)))
            place = note.lines.position(m.start())
            yield Finding(note.path, Span(*m.span()), self.id, self.severity, f"{m[0]} is wrong", place, place, fix)


@dataclass
class Rules:
    rules: Sequence[Replace]
    judged: Counter[str] = field(default_factory=Counter)

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        del unsafe_edits, in_bulk
        self.judged[note.path] += 1
        return NoteFindings(note.path, [f for r in self.rules if r.needs_vault is None for f in r.check(note)])

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        del unsafe_edits
        return lambda note: [
            f for r in self.rules if r.needs_vault and r.needs_vault(vault, note) for f in r.check(note)
        ]

    def unsuppressed(self, note: Note, findings: Iterable[Finding]) -> NoteFindings:
        return NoteFindings(note.path, findings)


def vault_of(notes: Mapping[str, str] | str) -> Vault:
    notes = {"n.md": notes} if isinstance(notes, str) else notes
    return Vault([parse_note(Source.decode(text.encode()), path) for path, text in notes.items()])


def fixed(
    notes: Mapping[str, str] | str, *rules: Replace, paths: Iterable[str] | None = None, unsafe: bool = False
) -> FixResult:
    """What comes of it with one process; with two it must be the same."""
    result = fix_vault(vault_of(notes), Rules(rules), paths, unsafe=unsafe, processes=1)
    if sys.platform == "linux":  # elsewhere there are no forks
        other = fix_vault(vault_of(notes), Rules(rules), paths, unsafe=unsafe, processes=2)
        assert (other.contents, other.fixed, other.left_out) == (result.contents, result.fixed, result.left_out)
        assert (other.findings, other.together, other.unsettled) == (result.findings, result.together, result.unsettled)
    return result


def texts(result: FixResult) -> dict[str, str]:
    return {path: data.decode() for path, data in result.contents.items()}


def reasons(result: FixResult) -> list[tuple[str, str, str]]:
    return [(x.path, x.rule, x.reason) for x in result.left_out]


def test_a_fix_is_made_and_counted() -> None:
    result = fixed("one two one", Replace("r", "one", "1"), Replace("s", "two", None))
    assert texts(result) == {"n.md": "1 two 1"}
    assert [tuple(f) for f in result.fixed] == [("n.md", "r", "write 1", 2)]
    assert [(f.rule, f.span) for f in result.findings] == [("s", (2, 5))]
    assert result.rounds == 1
    assert (result.left_out, result.together, result.unsettled) == ([], [], {})


def test_titles_can_be_left_out() -> None:
    result = fix_vault(vault_of("a b"), Rules([Replace("r", "a", "x")]), titles=False)
    assert [tuple(f)[:3] for f in result.fixed] == [("n.md", "r", "")]


def test_unsafe_fixes_are_made_only_when_asked_for() -> None:
    rules = Replace("r", "a", "b", safe=False), Replace("s", "c", "d")
    assert texts(fixed("a c", *rules)) == {"n.md": "a d"}
    assert texts(fixed("a c", *rules, unsafe=True)) == {"n.md": "b d"}


def test_of_two_that_overlap_the_first_is_made() -> None:
    assert texts(fixed("abc", Replace("r", "bc", "BC"), Replace("s", "ab", "AB"))) == {"n.md": "ABc"}


def test_one_that_overlaps_is_made_in_the_next_round() -> None:
    result = fixed("abc", Replace("r", "ab", "xb"), Replace("s", "bc", "by"))
    assert texts(result) == {"n.md": "xby"}
    assert result.rounds == 2


def test_fixes_that_touch_are_made_in_one_round() -> None:
    result = fixed("abab", Replace("r", "a", "x"), Replace("s", "b", "y"))
    assert (texts(result), result.rounds) == ({"n.md": "xyxy"}, 1)


def test_two_insertions_at_one_place_take_two_rounds() -> None:
    result = fixed("ac", Replace("r", "(?<=a)(?=c)", "r"), Replace("s", "(?<=[ar])(?=c)(?<!s)", "s"))
    assert result.rounds == 2
    assert texts(result) == {"n.md": "arsc"}


def test_fixes_of_fixes() -> None:
    result = fixed("1", *(Replace(f"r{i}", f"^{i}$", str(i + 1)) for i in range(1, MOST_ROUNDS + 1)))
    assert texts(result) == {"n.md": str(MOST_ROUNDS + 1)}
    assert result.rounds == MOST_ROUNDS
    assert not result.unsettled


def test_fixes_that_do_not_come_to_an_end_are_named_and_not_made() -> None:
    result = fixed(
        {"n.md": "ab ok", "m.md": "c"}, Replace("to", "ab", "ba"), Replace("fro", "ba", "ab"), Replace("r", "c|ok", "d")
    )
    assert texts(result) == {"m.md": "d", "n.md": "ab d"}
    assert result.unsettled.keys() == {"n.md"}
    assert any("which is a bug of ytvault" in reason for *_, reason in reasons(result))


def test_a_note_without_end_is_no_other_notes_fault() -> None:
    steps = [Replace(f"r{i}", f"^{i}$", str(i + 1)) for i in range(1, MOST_ROUNDS + 1)]
    result = fixed({"m.md": "a", "n.md": "1"}, Replace("grow", "a", "aa"), *steps)
    assert texts(result) == {"n.md": str(MOST_ROUNDS + 1)}
    assert result.unsettled == {"m.md": {"grow"}}


def test_a_note_that_is_changed_with_another_without_end_is_as_it_was() -> None:
    rule = Replace(
        "grow",
        "a",
        "aa",
        also=lambda *_: [NoteEdit("hub.md", Edit(0, 0, "x"))],
        needs_vault=lambda _, n: n.path == "a.md",
    )
    result = fixed({"a.md": "a", "b.md": "1", "hub.md": "hub 1"}, rule, Replace("r", "1", "2"))
    assert texts(result) == {"b.md": "2", "hub.md": "hub 2"}
    assert result.unsettled["a.md"] == {"grow"}


def test_a_fix_that_grows_for_ever_is_not_made() -> None:
    result = fixed("a", Replace("grow", "a", "aa"))
    assert texts(result) == {}
    assert result.unsettled == {"n.md": {"grow"}}


def test_a_fix_that_changes_nothing_is_none() -> None:
    result = fixed("a", Replace("r", "a", "a"))
    assert (texts(result), result.rounds, result.unsettled) == ({}, 0, {})


def test_only_the_notes_named_are_fixed() -> None:
    result = fixed({"a.md": "x", "b.md": "x"}, Replace("r", "x", "y"), paths=["b.md"])
    assert texts(result) == {"b.md": "y"}
    assert result.findings == []


def also(path: str, old: str, new: str) -> Callable[[Note, re.Match[str]], Iterable[NoteEdit]]:
    """Edits to another note, which holds `old` once where the rule's note has its match."""

    def edits(_: Note, match: re.Match[str]) -> Iterable[NoteEdit]:
        return [
            NoteEdit(path, Edit(m.start(), m.end(), match.expand(new))) for m in re.finditer(match.expand(old), HUB)
        ]

    return edits


HUB = "the hub: 1 2 3 x1 x2"


def test_a_fix_of_two_notes_is_made_in_both() -> None:
    rule = Replace(
        "r", r"\b(\d)", r"n\1", also=also("hub.md", r"x\1", r"y\1"), needs_vault=lambda _, n: n.path != "hub.md"
    )
    result = fixed({"a.md": "1 and 2", "b.md": "nothing", "hub.md": HUB}, rule)
    assert texts(result) == {"a.md": "n1 and n2", "hub.md": "the hub: 1 2 3 y1 y2"}


def test_a_fix_of_two_notes_of_which_one_is_not_named_is_left_out() -> None:
    rule = Replace("r", "1", "one", also=also("hub.md", "x1", "y1"), needs_vault=lambda _, n: n.path == "a.md")
    result = fixed({"a.md": "1", "hub.md": HUB}, rule, paths=["a.md"])
    assert texts(result) == {}
    assert reasons(result) == [("a.md", "r", "it also changes hub.md, which is not among the notes named")]
    assert [f.rule for f in result.findings] == ["r"]


def test_a_fix_of_two_notes_is_made_in_neither_where_one_would_suffer() -> None:
    rule = Replace("r", "1", "one", also=also("hub.md", "x1", "`"), needs_vault=lambda _, n: n.path == "a.md")
    result = fixed({"a.md": "1", "hub.md": HUB + " `"}, rule)
    assert texts(result) == {}
    ((path, name, reason),) = reasons(result)
    assert (path, name) == ("a.md", "r")
    assert reason.startswith("it would change code: ` x2 `")


def test_notes_changed_together_are_told() -> None:
    rule = Replace("r", "1", "one", also=also("hub.md", "x1", "y1"), needs_vault=lambda _, n: n.path == "a.md")
    result = fixed({"a.md": "1", "b.md": "2", "hub.md": HUB}, rule, Replace("s", "^2$", "two"))
    assert result.together == [frozenset({"a.md", "hub.md"})]
    assert texts(result) == {"a.md": "one", "b.md": "two", "hub.md": "the hub: 1 2 3 y1 x2"}


def test_many_fixes_of_two_notes_take_few_rounds() -> None:
    """Each stamp of a heading is changed with the link to it, in one other note."""
    count = 3 * MOST_ROUNDS
    hub = "\n".join(f"[[a#h{i} {i}]]" for i in range(count))

    def links(_: Note, match: re.Match[str]) -> Iterable[NoteEdit]:
        found = re.search(rf"#h{match[1]} ", hub)
        assert found
        return [NoteEdit("hub.md", Edit(found.start(), found.end(), f"#k{match[1]} "))]

    rule = Replace("r", r"(?<=# )h(\d+)", r"k\1", also=links, needs_vault=lambda _, n: n.path == "a.md")
    result = fixed({"a.md": "\n\n".join(f"# h{i} {i}" for i in range(count)), "hub.md": hub}, rule)
    assert texts(result)["hub.md"] == hub.replace("h", "k")
    assert result.rounds == 1


@pytest.mark.parametrize(
    ("text", "rule", "harm"),
    [
        ("x `c` y", Replace("r", "x", "`"), "code: ` `"),
        ("x `code` y", Replace("r", "code", "other"), "code: `code`"),
        ("x\n\n```\nx\n```\n", Replace("r", "^x", "```", safe=True), "code"),
        ("---\na: x\nb: 2\n---\n", Replace("r", "x", "'"), "the properties, which could not be read any more"),
        ("---\na: &k x\nb: *k\n---\n", Replace("r", "x", "y"), "a property: b: *k"),
        ("x [[l]] y", Replace("r", "x", "`` [[k]] ` ``"), ""),
        ("x[[l]]$", Replace("r", "x", "$"), "a link: [[l]]"),
        ("x [[l]] `", Replace("r", "x", r"\\`"), ""),
        ("x<https://a.org>$", Replace("r", "x", "$"), "a link: <https://a.org>"),
        ("x [[l]] -->", Replace("r", "x", "<!--"), "a link: [[l]]"),
        ("x\n# h\n$$\n", Replace("r", "x", "$$"), "a heading: # h"),
        ("\\[[l]]", Replace("r", r"\\", "!"), ""),
    ],
)
def test_what_a_fix_would_change_besides(text: str, rule: Replace, harm: str) -> None:
    result = fixed(text, rule)
    if harm:
        assert texts(result) == {}
        ((_, name, reason),) = reasons(result)
        assert name == "r"
        assert reason.startswith(f"it would change {harm}")
    else:
        assert reasons(result) == []
        assert texts(result)


def test_only_the_fix_that_does_harm_is_left_out() -> None:
    text = "".join(f"a{i} [[l{i}]] " for i in range(100)) + "`"
    result = fixed(text, Replace("good", r"a(?!57\b)(\d+)", r"b\1"), Replace("bad", "a57", "`"))
    assert texts(result) == {"n.md": re.sub(r"a(\d+)", lambda m: m[0] if m[1] == "57" else "b" + m[1], text)}
    ((_, rule, reason),) = reasons(result)
    assert rule == "bad"
    assert "it would change" in reason


def test_a_fix_that_does_no_harm_once_others_are_made_is_made() -> None:
    result = fixed("x [[l]] Q`", Replace("bad", "x", "`"), Replace("s", "Q", "q"), Replace("t", "q`", "z"))
    assert texts(result) == {"n.md": "` [[l]] z"}
    assert reasons(result) == []


def test_many_that_do_harm_do_not_take_long() -> None:
    text = "".join(f"a{i} " for i in range(3000))
    result = fixed(text, Replace("bad", r"a(\d+) ", r"`\1` "), Replace("r", "a0", "b"))
    assert sum(f.times for f in result.fixed) + sum(x.times for x in result.left_out) >= 3000


def test_a_fix_that_is_not_sound_is_left_out() -> None:
    twice = Replace("r", "abc", "x", also=lambda n, m: [NoteEdit(n.path, Edit(m.start() + 1, m.end(), "y"))])
    assert reasons(fixed("abc", twice)) == [("n.md", "r", "its own edits overlap")]


def test_a_link_from_elsewhere_keeps_its_heading() -> None:
    notes = {"a.md": "# Old name\n\nold", "b.md": "[[a#Old name]] and [[a]]"}
    result = fixed(notes, Replace("r", "[Oo]ld", "New", needs_vault=lambda _, n: n.path == "a.md"))
    assert texts(result) == {"a.md": "# Old name\n\nNew"}
    assert reasons(result) == [("a.md", "r", "the link [[a#Old name]] in b.md would not lead where it does")]


def test_a_heading_is_changed_with_the_links_to_it() -> None:
    notes = {"a.md": "# Old\n\n# More", "b.md": "[[a#Old]] [[a#More]]"}

    rule = Replace(
        "r",
        "Old",
        "New",
        also=lambda *_: [NoteEdit("b.md", Edit(4, 7, "New"))],
        needs_vault=lambda _, n: n.path == "a.md",
    )
    result = fixed(notes, rule)
    assert texts(result) == {"a.md": "# New\n\n# More", "b.md": "[[a#New]] [[a#More]]"}


def test_a_block_keeps_its_id() -> None:
    result = fixed({"a.md": "text ^one", "b.md": "[[a#^one]]"}, Replace("r", r"(?<=text )\^one", "^two"))
    assert texts(result) == {}
    assert reasons(result) == [("a.md", "r", "the link [[a#^one]] in b.md would not lead where it does")]


def test_of_two_equal_headings_the_same_one_is_found() -> None:
    result = fixed({"a.md": "x\n\n# H\n\ntext", "b.md": "[[a#H]]"}, Replace("r", "^x", "y"))
    assert texts(result) == {"a.md": "y\n\n# H\n\ntext"}


def test_a_fix_after_which_there_is_a_new_error_is_left_out() -> None:
    rules = Replace("good", "a", "b"), Replace("bad", "c", "e"), Replace("error", "e", None, severity="error")
    result = fixed({"n.md": "a c a", "m.md": "a"}, *rules)
    assert texts(result) == {"n.md": "b c b", "m.md": "b"}
    assert reasons(result) == [("n.md", "bad", "it would bring an error: e is wrong [error]")]
    assert [(f.rule, f.times) for f in result.fixed] == [("good", 1), ("good", 2)]


def test_only_the_one_fix_that_brings_an_error_is_left_out() -> None:
    rules = Replace("r", r"a(\d+)", r"b\1"), Replace("error", r"b(3|17)\b", None, severity="error")
    text = " ".join(f"a{i}" for i in range(40))
    result = fixed(text, *rules)
    assert texts(result) == {"n.md": re.sub(r"a(?!(3|17)\b)", "b", text)}
    assert sorted(x.title for x in result.left_out) == ["write b17", "write b3"]


def test_a_fix_that_brings_an_error_only_as_long_as_another_is_not_made_is_made() -> None:
    """The safe one is tried first, by itself; what it brings is mended by an unsafe one that has nothing to do with it."""
    rules = (
        Replace("r", "a", "b"),
        Replace("error", "b(?= c)", None, severity="error"),
        Replace("s", "c", "d", safe=False),
    )
    result = fixed("a c", *rules, unsafe=True)
    assert texts(result) == {"n.md": "b d"}
    assert reasons(result) == []
    assert texts(fixed("b d", *rules, unsafe=True)) == {}


def test_what_a_fix_left_out_held_up_elsewhere_is_mended() -> None:
    """`late` has something to mend in one note only once another says so, and that brings an error for all that is known."""
    late = Replace("late", "x", "y", needs_vault=lambda v, n: n.path == "b.md" and "2" in v.notes["c.md"].text)
    rules = Replace("r", "1", "2"), Replace("bad", "q", "e"), Replace("error", "e", None, severity="error"), late
    result = fixed({"b.md": "x q", "c.md": "1 q"}, *rules)
    assert texts(result) == {"b.md": "y q", "c.md": "2 q"}


def test_of_fixes_of_one_rule_that_bring_an_error_none_is_left() -> None:
    """Where one is barred another of the same rule takes its place, and other rules are not to blame."""
    rules = Replace("r", "a", "b"), Replace("bad", "^(?=[^!])", "!"), Replace("good", "c", "d")
    error = Replace("error", "^!", None, severity="error")
    result = fixed("a c", *rules, error)
    assert texts(result) == {"n.md": "b d"}
    assert {x.rule for x in result.left_out} == {"bad"}


@dataclass
class Together(Rules):
    """Rules of which the fixes of `r` are made together; findings that hold `silenced` are."""

    silenced: str = "-"

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        found = super().check_note(note, unsafe_edits=unsafe_edits, in_bulk=in_bulk)
        together = [f._replace(fix=f.fix and f.fix._replace(together=f.rule == "r")) for f in found]
        return NoteFindings(note.path, together)

    def unsuppressed(self, note: Note, findings: Iterable[Finding]) -> NoteFindings:
        return super().unsuppressed(note, [f for f in findings if self.silenced not in f.message])


DIGITS = Replace("r", r"a(\d)", r"b\1")


def test_fixes_that_go_together_are_made_and_counted() -> None:
    result = fix_vault(vault_of("a1 x a2 a2"), Together([DIGITS, Replace("s", "x", "y")]))
    assert texts(result) == {"n.md": "b1 y b2 b2"}
    assert [tuple(f) for f in result.fixed] == [
        ("n.md", "r", "write b1", 1),
        ("n.md", "r", "write b2", 2),
        ("n.md", "s", "write y", 1),
    ]


@pytest.mark.parametrize(
    ("text", "rules", "reason"),
    [
        ("a1 x a2", Together([DIGITS], silenced="a2"), "it goes together with what a comment or a setting silences"),
        ("a1 x [[l]] a2", Together([Replace("r", "a1|a2", "`")]), "it would change code: ` y [[l]] `"),
        (
            "a1 x a2",
            Together([DIGITS, Replace("error", "b2", None, severity="error")]),
            "it would bring an error: b2 is wrong [error]",
        ),
    ],
    ids=["silenced", "harmful", "an error"],
)
def test_of_fixes_that_go_together_none_is_made_where_one_must_not_be(text: str, rules: Together, reason: str) -> None:
    rules.rules = [*rules.rules, Replace("s", "x", "y")]
    result = fix_vault(vault_of(text), rules)
    assert texts(result) == {"n.md": text.replace("x", "y")}
    assert {x.reason for x in result.left_out} == {reason}


def test_fixes_that_bring_an_error_only_together_are_all_left_out() -> None:
    rules = Replace("r", "a", "b"), Replace("s", "c", "d"), Replace("error", "b d", None, severity="error")
    result = fixed({"n.md": "a c", "m.md": "a"}, *rules)
    assert texts(result) in ({"m.md": "b"}, {"m.md": "b", "n.md": "a d"}, {"m.md": "b", "n.md": "b c"})
    assert reasons(result)


def test_an_error_that_a_fix_brings_to_light_is_not_new() -> None:
    """It stood in code, where the rule did not look."""

    def outside_code(_: Vault, note: Note) -> bool:
        return not note.code

    rules = (
        Replace("open", "(?s)```\n(.*)\n```", r"\1", severity="error"),
        Replace("error", "wrong", None, severity="error", needs_vault=outside_code),
        Replace("bad", "c", "b", needs_vault=outside_code),
        Replace("error", "b", None, severity="error"),
    )
    result = fixed("```\nis wrong c\n```", *rules)
    assert texts(result) == {"n.md": "is wrong c"}
    assert reasons(result) == [("n.md", "bad", "it would bring an error: b is wrong [error]")]


def test_an_error_that_was_there_already_stays() -> None:
    result = fixed("e a", Replace("r", "a", "b"), Replace("error", "e", None, severity="error"))
    assert texts(result) == {"n.md": "e b"}


def test_an_error_that_a_later_fix_mends_does_not_matter() -> None:
    rules = Replace("r", "a", "e"), Replace("error", "e", "f", severity="error")
    assert texts(fixed("a", *rules)) == {"n.md": "f"}


def test_a_note_of_which_another_was_changed_is_judged_again() -> None:
    """Whether `b` has something to mend depends on what `c`, which comes later, says."""
    late = Replace("late", "x", "y", needs_vault=lambda v, n: n.path == "b.md" and v.notes["c.md"].text == "two")
    result = fixed({"b.md": "x", "c.md": "one"}, late, Replace("r", "one", "two"))
    assert texts(result) == {"b.md": "y", "c.md": "two"}


def test_a_note_that_stays_as_it_is_is_read_once() -> None:
    rules = Rules([Replace("r", "a", "b"), Replace("s", "x", None)])
    fix_vault(vault_of({"a.md": "a", "x.md": "x", "y.md": ""}), rules)
    assert rules.judged == {"a.md": 2, "x.md": 1, "y.md": 1}


def test_a_note_that_is_not_utf8_is_never_changed() -> None:
    vault = Vault([parse_note(Source.decode(b"a \xff"), "n.md")])
    result = fix_vault(vault, Rules([Replace("r", "a", "b")]))
    assert texts(result) == {}
    assert reasons(result) == [("n.md", "r", "it changes a note that is not valid UTF-8")]


@given(st.text(st.sampled_from("ab,\n\u00e9"), max_size=20), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_the_rest_stays_byte_for_byte(text: str, newline: str, bom: bool) -> None:
    data = ("\ufeff" * bom + text.replace("\n", newline)).encode()
    vault = Vault([parse_note(Source.decode(data), "n.md")])
    result = fix_vault(vault, Rules([Replace("r", "a", "x\ny")]))
    most = newline if "\n" in text else "\n"
    new = result.contents.get("n.md", data)
    assert new == data.replace(b"a", f"x{most}y".encode())


words = st.text("abc", min_size=1, max_size=3)
replaces = st.lists(
    st.tuples(words, st.text("de `$\n", max_size=3), st.booleans(), st.sampled_from(["error", "warning"])),
    min_size=1,
    max_size=4,
)


@examples(120)
@given(st.lists(st.text("abcde `$\n", max_size=12), min_size=1, max_size=3), replaces)
def test_safe_and_then_all_is_as_all_at_once_and_the_second_run_changes_nothing(
    found: list[str], made: list[tuple[str, str, bool, Severity]]
) -> None:
    rules = [Replace(f"r{i}", old, new, safe, severity) for i, (old, new, safe, severity) in enumerate(made)]
    vault = vault_of({f"{i}.md": text for i, text in enumerate(found)})
    at_once = fix_vault(vault, Rules(rules), unsafe=True)
    safe = fix_vault(vault, Rules(rules))
    then = fix_vault(safe.vault, Rules(rules), unsafe=True)
    last = {p: n.text for p, n in at_once.vault.notes.items()}
    assert {p: n.text for p, n in then.vault.notes.items()} == last
    assert not at_once.unsettled
    for result in (at_once, safe):
        again = fix_vault(result.vault, Rules(rules), unsafe=result is at_once)
        assert again.contents == {}
        assert again.left_out == result.left_out


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), max_size=12))
def test_places_hold_no_two_that_overlap(wanted: list[tuple[int, int]]) -> None:
    places = Places()
    taken: list[tuple[int, int]] = []
    for start, length in wanted:
        edit = Edit(start, start + length, "x")
        finding = Finding("n.md", Span(0, 0), "r", "error", "", (1, 1), (1, 1), None)  # type: ignore[arg-type]
        free = not any(
            (start <= b and a <= start + length) if 0 in (length, b - a) else (start < b and a < start + length)
            for a, b in taken
        )
        assert places.take(Candidate(finding, {"n.md": (edit,)}, ())) == free
        if free:
            taken.append((start, start + length))


@given(st.lists(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4)), min_size=1, max_size=3), max_size=5))
def test_what_goes_together_is_chosen_as_if_one_by_one(wanted: list[list[tuple[int, int]]]) -> None:
    fixes = []
    for n, spans in enumerate(wanted):
        finding = Finding("n.md", Span(0, 0), "r", "error", "", (1, 1), (1, 1), None)  # type: ignore[arg-type]
        edits = tuple(Edit(start, start + length, "x") for start, length in spans)
        fixes.append(Candidate(finding, {"n.md": edits}, (n, 0, 0)))
    chosen, places = choose(fixes), Places()
    in_order = sorted(fixes, key=lambda fix: min(edit[:2] for edit in fix.edits["n.md"]))
    assert [fix.key for fix in chosen] == [fix.key for fix in in_order if places.take(fix)]
