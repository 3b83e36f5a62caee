"""The front matter: found, read as Obsidian reads it, each value with its place."""

from __future__ import annotations

import itertools
import math
import re
from functools import partial

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from processor.base.text import Span, apply_edits
from processor.parse.frontmatter import (
    edit_key,
    edit_value,
    end_of_unclosed,
    insert_property,
    is_text_everywhere,
    mend_by_quoting,
    quote_scalar,
    read_properties,
    remove_property,
    resolve_plain,
)
from processor.parse.frontmatter.full import read_full
from processor.parse.frontmatter.simple import read_simple
from tests.growth import LINEAR, growth


def block(*lines: str) -> str:
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n\nText.\n"


def values(text: str) -> dict[str, object]:
    properties = read_properties(text)
    assert properties.fault is None, properties.fault
    return {entry.key: entry.value for entry in properties.entries}


@pytest.mark.parametrize(
    ("text", "span", "body"),
    [
        ("---\na: b\n---\nText", (0, 12), 13),
        ("---\na: b\n---", (0, 12), 12),
        ("---  \na: b\n---\t \nText", (0, 14), 17),
        ("---\na: b\n----\nText", (0, 12), 14),
        ("---\n---\nText", (0, 7), 8),
        ("---\n\n\n---\nText", (0, 9), 10),
    ],
)
def test_where_it_lies(text: str, span: tuple[int, int], body: int) -> None:
    properties = read_properties(text)
    assert properties.span == span
    assert properties.body_start == body
    assert properties.fault is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text\n",
        "---",
        "---\n",
        "--\na: b\n--\n",
        "----\na: b\n---\n",
        "+++\na = 1\n+++\n",
        "---a\nb: c\n---\n",
        "---\n\nText\n",
    ],
)
def test_there_is_none(text: str) -> None:
    properties = read_properties(text)
    assert properties.span is properties.unclosed is properties.misplaced is properties.fault is None
    assert properties.entries == ()


def test_unclosed() -> None:
    properties = read_properties("---\ntitle: A note\n\nText.\n")
    assert properties.unclosed == (0, 3)
    assert properties.span is None


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("---\ntitle: A\n\nText", 13),
        ("---\ntitle: A", 12),
        ("---\ntags:\n  - a\n- b\n\n", 20),
        ("---\ntitle: A\nText without a blank line", None),
        ("Text", None),
    ],
)
def test_end_of_unclosed(text: str, end: int | None) -> None:
    assert end_of_unclosed(text) == end


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("\n---\na: b\n---\nText", "\n"),
        ("\n \n\t\n---\na: b\n---\n", "\n \n\t\n"),
        ("  ---\na: b\n---\n", "  "),
        ("\ufeff---\na: b\n---\n", "\ufeff"),
        ("# A heading\n\n---\ntitle: A\nyear: 2024\n---\nText", "# A heading\n\n"),
        ("From: [[x]]\n---\nvideoId: -V7ovjYG2vg\n---\n", "From: [[x]]\n"),
    ],
)
def test_misplaced(text: str, prefix: str) -> None:
    properties = read_properties(text)
    assert properties.span is None
    assert properties.misplaced_prefix == (0, len(prefix))
    assert properties.misplaced is not None
    assert re.fullmatch(r"---\n(.+\n)+---", text[slice(*properties.misplaced)])


@pytest.mark.parametrize(
    "text",
    [
        "Text\n\n---\n\nMore\n\n---\n",
        "Text\n\n---\nNote: this is a heading\n---\n",  # a rule and a setext heading
        "```yaml\n---\ntitle: an example\n---\n```\n",
        "\n---\n\n- a list\n\n---\n",
        "\n---\nNote: a: b\n---\n",
        "".join(f"Line {i}\n" for i in range(9)) + "---\ntitle: A\n---\n",
        "Text\n---\ntitle: A\n\nMore text\n---\n",
        "\n---\na: b\n",
    ],
)
def test_not_misplaced(text: str) -> None:
    assert read_properties(text).misplaced is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("text", "text"), ("-V7ovjYG2vg", "-V7ovjYG2vg"), ("12345678901", 12345678901), ("-1234567890", -1234567890),
        ("0x123456789", 0x123456789), ("01234567012", 1234567012), ("1_234_567_8", "1_234_567_8"), ("1234e567890", math.inf),
        ("-1e999", -math.inf), ("1.5e3", 1500.0), ("0o17", 15), ("08", 8), ("0b11", "0b11"), ("yes", "yes"), ("No", "No"),
        ("on", "on"), ("12:30", "12:30"), ("1:20:30", "1:20:30"), ("2024-02-30", "2024-02-30"), ("2024-01-01", "2024-01-01"),
        ("2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z"), ("true", True), ("FALSE", False), ("tRUE", "tRUE"), ("~", None),
        ("null", None), ("", None), ("nULL", "nULL"), ("1.", 1.0), (".5", 0.5), ("+1", 1), ("-.inf", -math.inf), ("1e3", 1000.0),
        ("0o8", "0o8"), ("0xg", "0xg"), ("-0x1", "-0x1"), ("1 2", "1 2"), (".", "."), ("+", "+"), ("12345678901234567890", 1.2345678901234567e19),
        ("1" * 5000, math.inf), ("0x" + "f" * 400, math.inf), ("٣", "٣"), ("<<", "<<"), ("=", "="),
    ],
)  # fmt: skip
def test_what_a_plain_scalar_means(written: str, value: object) -> None:
    assert resolve_plain(written) == value
    assert type(resolve_plain(written)) is type(value)
    read = read_properties(block(f"k: {written}")).entries[0]
    assert read.value == value
    assert read.written == written
    assert read.key_span == (4, 5)
    assert read_properties(block(f"k: {written} # a comment")).entries[0].value == value


def test_not_a_number() -> None:
    assert math.isnan(resolve_plain(".nan"))  # type: ignore[arg-type]
    assert read_properties(block("a: .NaN")) == read_properties(block("a: .NaN"))


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        (["title: Foo", "", "tags: [a, b]"], {"title": "Foo", "tags": ["a", "b"]}),
        (["# a comment", "title: Foo # another"], {"title": "Foo"}),
        (["title: #1 thing"], {"title": None}),
        (["{title: Foo, n: 1}"], {"title": "Foo", "n": 1}),
        (["a: &x [1, 2]", "b: *x"], {"a": [1, 2], "b": [1, 2]}),
        (["a: &x {b: 1}", "<<: *x"], {"a": {"b": 1}, "<<": {"b": 1}}),
        (["a: !!str 12", "b: !!int 12", "c: ! 12", "d: !x 12", "e: !!str"], {"a": "12", "b": 12, "c": "12", "d": "12", "e": ""}),
        (["a:\tb", "c: d\te"], {"a": "b", "c": "d\te"}),
        (["a: b\x00c", "d: \x85e\x07", "f: g\u2028h", "i: j\rk", "l: \ufeff"],
         {"a": "b\0c", "d": "\x85e\x07", "f": "g\u2028h", "i": "j\rk", "l": "\ufeff"}),
        (["a: {{x}}"], {"a": {"{ x }": None}}),
        (["a: [[x]]"], {"a": [["x"]]}),
        (["1: a", "true: b", "~: c", "? [x, y]", ": d"], {"1": "a", "true": "b", "": "c", "[ x, y ]": "d"}),
        (["a: |", "  x", "    y", "", "b: >-", "  x", "  y"], {"a": "x\n  y\n", "b": "x y"}),
        (["a: '2024-02-30'", "b: 2024-13-45"], {"a": "2024-02-30", "b": "2024-13-45"}),
        (["a: https://example.org/x?y=z#w"], {"a": "https://example.org/x?y=z#w"}),
        (["# nothing but a comment"], {}),
        (["null"], {}),
    ],
)  # fmt: skip
def test_values(lines: list[str], want: dict[str, object]) -> None:
    assert values(block(*lines)) == want


def test_places() -> None:
    text = block(
        "title: 'It''s'  # a comment", "tags:", "  - plain  ", '  - "a\\"b"', "", "x: &n !!str v", "link: [ '[[a]]', [\"[[b]]\"], {c: '[[d]]'}, *n ]",
        "lit: |", "  one", "  two", "", "none:", 'q: ""', "deep:", "  a:", "  - b: c",
    )  # fmt: skip
    properties = read_properties(text)

    def quote(span: Span) -> str:
        return text[span.start : span.end]

    shown = {
        e.key: (e.style, quote(e.span), quote(e.value_span), [quote(i.span) for i in e.items])
        for e in properties.entries
    }
    flow = "[ '[[a]]', [\"[[b]]\"], {c: '[[d]]'}, *n ]"
    assert shown == {
        "title": ("single", "title: 'It''s'  # a comment", "'It''s'", ["It''s"]),
        "tags": ("list", 'tags:\n  - plain  \n  - "a\\"b"', '- plain  \n  - "a\\"b"', ["plain", 'a\\"b']),
        "x": ("plain", "x: &n !!str v", "&n !!str v", ["v"]),
        "link": ("list", "link: " + flow, flow, ["[[a]]", '["[[b]]"]', "{c: '[[d]]'}", "*n"]),
        "lit": ("literal", "lit: |\n  one\n  two", "|\n  one\n  two", ["|\n  one\n  two"]),
        "none": ("empty", "none:", "", []),
        "q": ("double", 'q: ""', '""', [""]),
        "deep": ("mapping", "deep:\n  a:\n  - b: c", "a:\n  - b: c", []),
    }
    assert [(t.key, t.value, quote(t.span)) for t in properties.texts()] == [
        ("title", "It's", "It''s"), ("tags.0", "plain", "plain"), ("tags.1", 'a"b', 'a\\"b'), ("x", "v", "v"),
        ("link.0", "[[a]]", "[[a]]"), ("link.1.0", "[[b]]", "[[b]]"), ("link.2.c", "[[d]]", "[[d]]"),
        ("lit", "one\ntwo\n", "|\n  one\n  two"), ("q", "", ""), ("deep.a.0.b", "c", "c"),
    ]  # fmt: skip


def test_duplicates() -> None:
    properties = read_properties(block("a: 1", "b: 2", "a: 3", "a: 4"))
    assert [e.value for e in properties.duplicates] == [3, 4]
    assert properties.get("A").value == 4  # type: ignore[union-attr]
    properties = read_properties(block("a: {x: 1, y: [{z: 1, z: 2}], x: 3}", "a: # again"))
    assert [e.key for e in properties.duplicates] == ["a.y.0.z", "a.x", "a"]


@pytest.mark.parametrize(
    ("lines", "at", "message"),
    [
        (["title: Foo: bar"], ":" , "a colon"),
        (["title: Foo", "x: @y"], "@y", "cannot begin with `@`"),
        (["x: `y`"], "`y`", "cannot begin with"),
        (["x: %y"], "%y", "cannot begin with"),
        (["x: *y*"], "*y*", "alias"),
        (["x: *y"], "*y", "alias"),
        (["x: [a] b"], "b", "text follows"),
        (["x: 'a' b"], "b", "text follows"),
        (['x: "a', "y: b"], '"a', "not closed"),
        (["x: [a, b", "y: c"], "[a, b", "lacks its `]`"),
        (["x: {a: b"], "{a: b", "lacks its `}`"),
        (["just text", "x: y"], "just text", "no colon"),
        (["x: y", "just text"], "just text", "no colon"),
        (["x: - a"], "- a", "list item"),
        (["\tx: y"], "\t", "tab"),
        (["x: |", "  a", "\t\t", "  b"], "\t\t", "blank line of a block of text"),
        (["x: >", "\ta"], "\t", "indent with spaces"),
        (["x:", "  - a", " \t- b"], "\t", "indent with spaces"),
        (["x:\tb: c"], ":", "stands inside the value"),
        (["x: [a, @b, c]"], "@b", "`@`"),
        (["x: [#a, b]"], "#a, b]", "comment"),
        (["x: [a, - b]"], "- b]", "no `-` begins"),
        (["x: ? y"], "? y", "`?`"),
        (["x:y", "z: w"], "x:y", "no space follows"),
        (["x: y", "z:w"], "z:w", "no space follows"),
        (["x:\xa0y", "z: w"], "x:\xa0y", "no-break space follows"),
        (["x\uff1ay", "z: w"], "x\uff1ay", "wide"),
        (["x:", "\xa0 - y"], "- y", "no-break space indents"),
        (["x: y\rz: w"], "\r", "carriage return"),
        (["  x: y", "z: w"], "z: w", "not indented"),
        (["!x: y", "z: w"], "!x: y", "a tag"),
        (["x:", "\t- y"], "\t", "tab"),
        (["x: y", "  z: w"], "z: w", "indented"),
        (["x:", "  - a", " - b"], "- b", "indented"),
        (['x: "\\q"'], "\\q", "escape"),
        (["x: a", "...", "y: b"], "y: b", "second"),
        (["%YAML 1.2", "a: b"], "%YAML 1.2", "directive"),
        (["x: |a", "  b"], "|a", "block of text"),
        (["x: !<a b"], "!<a b", "tag"),
        (["- a", "- b"], "- a\n- b", "a list"),
        (["only text"], "only text", "plain text"),
        (["x: &a [*a]"], "*a", "alias"),
        (["x: " + "[" * 200 + "]" * 200], "[", "nested"),
    ],
)  # fmt: skip
def test_faults(lines: list[str], at: str, message: str) -> None:
    text = block(*lines)
    properties = read_properties(text)
    assert properties.fault is not None
    assert properties.entries == ()
    assert message in properties.fault.message
    assert text[slice(*properties.fault.span)] == at
    assert properties.span is not None


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        (["a: b", "\t", "c: d"], {"a": "b", "c": "d"}),
        (["\t", "a: b", " \t ", "\t# c"], {"a": "b"}),
        (["a:", "  - b", "\t", "  -\tc", "d: |", "  e"], {"a": ["b", "c"], "d": "e\n"}),
        (["a:", "  - -\tb"], {"a": [["b"]]}),
        (["a: |", "  b", "  \t", "  c"], {"a": "b\n\t\nc\n"}),
        (["a:\tb", "c: \td"], {"a": "b", "c": "d"}),
    ],
)  # fmt: skip
def test_tabs_that_are_no_indent(lines: list[str], want: dict[str, object]) -> None:
    assert values(block(*lines)) == want


def test_an_alias_bomb_costs_nothing() -> None:
    names = "abcdefghijklmnop"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{c}: &{c} [{', '.join([f'*{p}'] * 9)}]" for p, c in itertools.pairwise(names)]
    properties = read_properties(block(*lines))  # in full it would take more memory than there is
    assert properties.fault is not None
    assert "grow" in properties.fault.message


def test_a_tower_of_aliases_stays_low() -> None:
    lines = [
        "a0: &a0 " + "[" * 60 + "]" * 60,
        "a1: &a1 " + "[" * 30 + "*a0" + "]" * 30,
        "a2: [[[[[[[[[[[[*a1]]]]]]]]]]]]",
    ]
    assert read_properties(block(*lines)).fault is not None
    assert read_properties(block(*lines[:2])).fault is None


@pytest.mark.parametrize(
    "piece",
    ["[", "- ", "a: ", "? ", "{{", "''", "&a ", "!", "\t", " \n", "a\n", "x, ", "k: v\n", "- x\n", "---\n", "\n"],
)
@pytest.mark.parametrize("head", ["", "---\n", "---\na: ", "---\na: [", "---\na: '"])
class TestLong:
    @staticmethod
    def read(head: str, piece: str, times: int) -> None:
        text = head + piece * times + "\n---\n"
        properties = read_properties(text)
        assert 0 <= properties.body_start <= len(text)

    def test_they_are_read(self, head: str, piece: str) -> None:
        self.read(head, piece, 20_000)

    @pytest.mark.slow
    def test_time_grows_with_their_length(self, head: str, piece: str) -> None:
        assert growth(partial(self.read, head, piece), 20_000) < 2 * LINEAR


# ---- random input ---------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["a", "title", "b c", "-", "- ", "-x", ": ", ":", "\n", "\n", "\n  ", " ", "#", " #", "[", "]", "{", "}", ", ", "'", '"', "''", "\\",
     "[[x]]", "&a", "*a", "!t ", "!!str ", "|", ">", "%", "@", "`", "?", "? ", "~", "null", "true", "1", "0x1", "1e5", ".nan", ".", "...",
     "\t", "é", "😀", "\u2028", "\x85", "\x00", "\x07", "\r", "\ufeff", "\xa0", "\ud800", "2024-02-30", "k: v\n", "k: 'v'\n", "k:\n- v\n", "k: [a, b]\n", "  - w\n"]
)  # fmt: skip
SOUP = st.lists(PIECES, max_size=25).map("".join).map(lambda s: s.replace("\n---", "\n--") + "\n")
NAMES = st.from_regex(r"[a-zA-Z0-9é][\w -]{0,5}", fullmatch=True)
PLAIN = st.text(st.sampled_from("ab1-:#[]{},.'\"\\ é%@&*!|>?`\xa0\u2028\x0b~_0xe"), max_size=8)
LINE = st.one_of(
    st.tuples(NAMES, st.sampled_from([": ", ":", ":  "]), PLAIN).map("".join),
    st.tuples(NAMES, st.just(": "), st.sampled_from(["'%s'", '"%s"', "[%s]", "%s # c", "[%s, %s]"]), PLAIN).map(lambda t: t[0] + t[1] + t[2].replace("%s", t[3])),
    st.tuples(st.sampled_from(["- ", "  - ", "-  ", "   - "]), PLAIN).map("".join),
    st.just(""),
)  # fmt: skip
LINES = st.lists(LINE, max_size=6).map(lambda lines: "".join(x + "\n" for x in lines))


@given(st.one_of(LINES, SOUP))
@example("null: a\n")
@example("k: v\n\n  - w\n")
@example("k:\n- a\n  - b\n")
@example("k: [a, b,]\n")
def test_the_simple_reader_says_what_the_full_one_says(inside: str) -> None:
    text = f"---\n{inside}---\n"
    simple = read_simple(text, 4, 4 + len(inside))
    if simple is not None:
        full = read_full(text, 4, 4 + len(inside))
        assert full.fault is None
        assert simple == full.entries


@pytest.mark.parametrize(
    "inside",
    [
        "title: Foo\nvideoId: -V7ovjYG2vg\n",
        "a: 1\nb: 'x y'\nc: \"\"\nd:\n",
        "tags:\n  - a\n  - 'b'\nx: [a, 1.5, b/c]\n",
        "a:\n- b\n\nc: []\n",
    ],
)
def test_the_simple_reader_reads_the_usual(inside: str) -> None:
    assert read_simple(f"---\n{inside}---\n", 4, 4 + len(inside)) is not None


@given(st.one_of(LINES, SOUP))
def test_every_span_quotes_its_source(inside: str) -> None:
    text = f"---\n{inside}---\nText"
    properties = read_properties(text)
    if properties.fault:
        assert 4 <= properties.fault.span.start < properties.fault.span.end <= len(text)
    assert properties.span is not None
    for entry in properties.entries:
        assert entry.span.start <= entry.key_span.start <= entry.key_span.end <= entry.span.end
        assert (
            entry.key_span.end
            <= entry.value_span.start
            <= entry.value_span.end
            <= entry.span.end
            <= properties.span.end
        )
        written = text[slice(*entry.value_span)]
        assert not written.endswith("\n")
        for item in entry.items:
            assert entry.value_span.start <= item.span.start <= item.span.end <= entry.value_span.end
        if entry.style in ("single", "double"):
            assert written.endswith("'" if entry.style == "single" else '"')
            assert text[slice(*entry.items[0].span)] == entry.written
        if entry.style == "plain" and "\n" not in written:
            assert text[slice(*entry.items[0].span)] == entry.written
            assert resolve_plain(entry.written) == entry.value or "!" in written or entry.value != entry.value


@given(
    SOUP, st.sampled_from(["", "---\n", "\n---\n", "x\n---\n", "---\na: b\n"]), st.sampled_from(["", "---\n", "\n---"])
)
def test_no_text_is_too_much(inside: str, head: str, tail: str) -> None:
    properties = read_properties(head + inside + tail)
    for span in (properties.span, properties.yaml_span, properties.unclosed, properties.misplaced):
        assert span is None or 0 <= span.start <= span.end <= len(head + inside + tail)


# ---- writing --------------------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    PLAIN,
    st.text(max_size=8),
    PIECES,
    SOUP,
    st.sampled_from(["yes", "12:30", "1_0", "0b1", "2024-01-01", "<<", "=", "y", "- a", "---", "...", "[[x]]"]),
)


@given(TEXTS)
def test_a_quoted_scalar_is_that_text_to_all(value: str) -> None:
    for written in (quote_scalar(value), quote_scalar(value, quotes=True), quote_scalar(value, flow=True)):
        assert "\n" not in written
        assert values(f"---\nk: {written}\n---\n") == {"k": value}
        if not any("\ud800" <= c <= "\udfff" for c in value):
            assert yaml.safe_load(f"k: {written}") == {"k": value}
    flow = quote_scalar(value, flow=True)
    assert values(f"---\nk: [{flow}, {flow}]\n---\n") == {"k": [value, value]}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Foo", "Foo"), ("Foo, bar", "Foo, bar"), ("Foo: bar", '"Foo: bar"'), ("12345678901", '"12345678901"'), ("-V7ovjYG2vg", "-V7ovjYG2vg"),
        ('a "b": c', "'a \"b\": c'"), ("it's: \"x\"", '"it\'s: \\"x\\""'), ("", '""'), (" a", '" a"'), ("no", '"no"'), ("a\nb", '"a\\nb"'),
        ("1_234_567_8", '"1_234_567_8"'), ("It's fine", "It's fine"), ("#1", '"#1"'),
    ],
)  # fmt: skip
def test_quote_scalar(text: str, written: str) -> None:
    assert quote_scalar(text) == written


def test_is_text_everywhere() -> None:
    for text in (
        "12345678901",
        "1_234_567_8",
        "1234e567890",
        "0b101010101",
        "0x123456789",
        "0o123456701",
        "1:20:30",
        "2024-01-01",
        "Off",
        "~",
    ):
        assert not is_text_everywhere(text), text
    for text in ("-V7ovjYG2vg", "Ff4fRgnuFgQ", "12345678_9a", "1e", "0xg", "nope"):
        assert is_text_everywhere(text), text


@given(st.one_of(LINES, st.just("a: b # c\nk: 'v'\n")), TEXTS)
@example("k:\n- a\n- b\nx: y\n", "z")
@example("k: # why\n- a\nx: y\n", "z")
@example("k:\n  a: b\nx: y\n", "z")
@example("k: 'v'\n", "\x1f\U00100000")
def test_edit_value_sets_that_value_and_no_other(inside: str, value: str) -> None:
    text = f"---\n{inside}---\nText"
    properties = read_properties(text)
    if properties.fault or properties.duplicates:
        return
    for i, entry in enumerate(properties.entries):
        for new in (value, [value, "x"]):
            want = [(e.key, e.value) for e in properties.entries]
            want[i] = (entry.key, new)
            after = read_properties(apply_edits(text, [edit_value(text, entry, new)]))
            assert after.fault is None
            assert [(e.key, e.value) for e in after.entries] == want


@pytest.mark.parametrize(
    ("inside", "value", "want"),
    [
        ("k: v # why", "w", "k: w # why"),
        ("k: 'v'", "it is", "k: 'it is'"),
        ("k: 'v'", "it's", 'k: "it\'s"'),
        ("k:", "v", "k: v"),
        ("k: # why", "v", "k: v # why"),
        ("k:\n  - a\n  - b", ["a"], "k: [a]"),
        ("k: # why\n  - a\n  - b", ["a"], "k: # why\n  [a]"),
        ("k: # why\n- a", "v", "k: # why\n  v"),
        ("{k: v}", "a, b", '{k: "a, b"}'),
    ],
)
def test_edit_value_keeps_what_stands_around(inside: str, value: str | list[str], want: str) -> None:
    text = block(inside)
    entry = read_properties(text).entries[0]
    assert apply_edits(text, [edit_value(text, entry, value)]) == block(want)


@given(LINES, st.one_of(NAMES, TEXTS))
def test_rename_insert_and_remove(inside: str, key: str) -> None:
    text = f"---\n{inside}---\nText"
    properties = read_properties(text)
    if properties.fault or properties.duplicates:
        return
    before = [(e.key, e.value) for e in properties.entries]
    for i, entry in enumerate(properties.entries):
        removed = remove_property(text, entry)
        if len(key) < 500:
            renamed = read_properties(apply_edits(text, [edit_key(entry, key)]))
            assert [(e.key, e.value) for e in renamed.entries] == [*before[:i], (key, entry.value), *before[i + 1 :]]
        assert removed is not None
        left = read_properties(apply_edits(text, [removed]))
        assert [(e.key, e.value) for e in left.entries] == before[:i] + before[i + 1 :]
    for first in (False, True):
        edit = insert_property(text, properties, "new", key, first=first)
        assert edit is not None
        after = read_properties(apply_edits(text, [edit]))
        assert [(e.key, e.value) for e in after.entries] == (
            [("new", key), *before] if first else [*before, ("new", key)]
        )


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("", "---\nk: v\n---\n"),
        ("Text", "---\nk: v\n---\n\nText"),
        ("\nText", "---\nk: v\n---\n\nText"),
        ("---\n---\n", "---\nk: v\n---\n"),
        ("---\na: b # c\n# d\n---\n", "---\na: b # c\nk: v\n# d\n---\n"),
        ("---\n  a: b\n---\n", "---\n  a: b\n  k: v\n---\n"),
        ("---\n{a: b}\n---\n", None),
        ("---\n? a\n: b\n---\n", None),
        ("---\nnull\n---\n", None),
        ("---\n# c\n---\n", "---\nk: v\n# c\n---\n"),
        ("---\na: b: c\n---\n", None),
        ("---\na: b\n", None),
        ("\n---\na: b\n---\n", None),
    ],
)
def test_insert_property(text: str, want: str | None) -> None:
    edit = insert_property(text, read_properties(text), "k", "v")
    assert (edit and apply_edits(text, [edit])) == want


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("title: Foo: bar", 'title: "Foo: bar"'),
        ("title: Foo: bar # why", 'title: "Foo: bar" # why'),
        ("title: Foo:", 'title: "Foo:"'),
        ("title: @x", 'title: "@x"'),
        ("title: %x", 'title: "%x"'),
        ("title: *x*", 'title: "*x*"'),
        ("title: **x** y", 'title: "**x** y"'),
        ("title: `x`", 'title: "`x`"'),
        ("title: [x] y", 'title: "[x] y"'),
        ("title: 'a' b", "title: \"'a' b\""),
        ('title: "a" b', "title: '\"a\" b'"),
        ('title: "Foo "bar" baz"', "title: 'Foo \"bar\" baz'"),
        ("title: 'It's fine'", 'title: "It\'s fine"'),
        ('title: "a" and "b"', 'title: \'"a" and "b"\''),
        ("links: [[a]], [[b|c]]", 'links: ["[[a]]", "[[b|c]]"]'),
        ("link: [[a]] and more", 'link: "[[a]] and more"'),
        ("tags: [@x, b, *c]", 'tags: ["@x", b, "*c"]'),
        ("tags: [#x, b #y]", 'tags: ["#x", b, "#y"]'),
        ("tags: [@x, 'b']", None),
        ("tags: [@x, [b]]", None),
        ("x: &a [1]\ny: [*a, @b]", None),
        ("title:\tFoo: bar", 'title:\t"Foo: bar"'),
        ("title: ? Foo", 'title: "? Foo"'),
        ("a: b\rc: d", None),
        ("title:\xa0Foo", "title: Foo"),
        ("title:\u3000 Foo", "title: Foo"),
        ("tags:\n\xa0\xa0- a\n\xa0\xa0- b", "tags:\n  - a\n  - b"),
        ("text: |\n  a\n\t\n  b", "text: |\n  a\n\n  b"),
        ("title:Foo", None),
        ("tags:\n\t- a", None),
        ("- @x", None),
        ("list:\n  - @x\n  - Foo", 'list:\n  - "@x"\n  - Foo'),
        ("a: @x\nb: y: z\nc: d", 'a: "@x"\nb: "y: z"\nc: d'),
        ("title: |x\nb: c", 'title: "|x"\nb: c'),
        ('title: "Foo', None),
        ("tags: [a, b", None),
        ("title: - a", None),
        ("a: b\n  c: d", None),
        ("just text", None),
        ("\ta: b", None),
    ],
)
def test_mend_by_quoting(line: str, want: str | None) -> None:
    text = f"---\n{line}\nend: 1\n---\nText"
    edits = mend_by_quoting(text, read_properties(text))
    assert (edits and apply_edits(text, edits)) == (want and text.replace(line, want))
