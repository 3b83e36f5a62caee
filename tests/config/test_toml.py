"""The lines of keys: whatever way TOML offers to write them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.config.toml import KeyPath, TomlError, parse
from tests.examples import examples

TEXT = '''\
# a comment with a = and a [
select = [  # [not a table]
    "links",
    "a # b",  'c = "d"',
]
"quoted key" = """
three = 1
[fake]
"""
date = 1979-05-27 07:32:00
pi = 3.14
many = [[1, 2], { x = 1 }]

[rules.broken-link]
near = { first = 1, 'second' = { third = """""two quotes""" } }
a . b = \'\'\'x = 'y'\'\'\'\'

[[row]]
n = 1
[[row]]
n = 2
[row.sub]
m = 3
[[row.inner]]
deep = 4
'''


def test_each_key_has_its_line() -> None:
    lines = parse(TEXT).lines
    expected: dict[KeyPath, int] = {
        ("select",): 2, ("select", 0): 3, ("select", 1): 4, ("select", 2): 4,
        ("quoted key",): 6, ("date",): 10, ("pi",): 11,
        ("many",): 12, ("many", 0): 12, ("many", 0, 0): 12, ("many", 0, 1): 12, ("many", 1): 12, ("many", 1, "x"): 12,
        ("rules",): 14, ("rules", "broken-link"): 14,
        ("rules", "broken-link", "near"): 15, ("rules", "broken-link", "near", "first"): 15,
        ("rules", "broken-link", "near", "second"): 15, ("rules", "broken-link", "near", "second", "third"): 15,
        ("rules", "broken-link", "a"): 16, ("rules", "broken-link", "a", "b"): 16,
        ("row",): 18, ("row", 0): 18, ("row", 0, "n"): 19, ("row", 1): 20, ("row", 1, "n"): 21,
        ("row", 1, "sub"): 22, ("row", 1, "sub", "m"): 23,
        ("row", 1, "inner"): 24, ("row", 1, "inner", 0): 24, ("row", 1, "inner", 0, "deep"): 25,
    }  # fmt: skip
    assert lines == expected


def test_a_missing_key_is_shown_at_the_table_around_it() -> None:
    document = parse("a = 1\n\n[b]\nc = 2\n")
    assert document.line(("b", "no", "such")) == 3
    assert document.line(("nothing",)) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_and_byte_order_mark(newline: str) -> None:
    document = parse("\ufeff" + newline.join(["# x", "a = '''", "b = 2'''", "c = 3", ""]))
    assert document.lines == {("a",): 2, ("c",): 4}
    assert document.values == {"a": "b = 2", "c": 3}


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("a = 1\na = 2\n", 2), ("a = 1\n\nb = [1,\n", 3), ("x", 1), ("a = " + "[" * 10_000, 1)],
)
def test_no_toml(text: str, line: int) -> None:
    with pytest.raises(TomlError) as caught:
        parse(text)
    assert caught.value.line == line
    assert "line" not in str(caught.value)


KEYS = st.sampled_from(["a", "b-c", '"d.e"', "'f # g'", '"\\u0041"', "1"])
SIMPLE = st.sampled_from(
    ["1", "1.5", "true", '"x"', "'y = ['", '"""\nk = 1\n"""', "'''\n[t]'''", "1979-05-27", '"\\"]"', '""', "''''''"]
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda xs: "[\n" + " # ,]\n,".join(xs) + "\n]")
        | st.lists(inner, max_size=2).map(lambda xs: "{" + ",".join(f" k{i} = {x}" for i, x in enumerate(xs)) + "}")
    ),
    max_leaves=5,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(" = ".join),
    st.tuples(KEYS, KEYS, SIMPLE).map(lambda t: f"{t[0]}. {t[1]}={t[2]} # c"),
    st.lists(KEYS, min_size=1, max_size=3).map(lambda ks: f"[{' . '.join(ks)}]"),
    st.lists(KEYS, min_size=1, max_size=2).map(lambda ks: f"[[{'.'.join(ks)}]]"),
    st.just(""),
    st.just("# [x] = 1"),
)


def paths_of(value: object, way: KeyPath = ()) -> set[KeyPath]:
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    return {p for k, v in inner for p in ({(*way, k)} | paths_of(v, (*way, k)))}


@examples(200)
@given(st.lists(LINES, max_size=6).map("\n".join))
def test_every_value_of_valid_toml_has_a_line(text: str) -> None:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(TomlError):
            parse(text)
        return
    assert set(parse(text).lines) == paths_of(values)
