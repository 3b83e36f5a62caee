"""The baseline keeps what is known by rule, note and text, and says clearly what is wrong with a file that is none."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base.text import LineTable, Span
from processor.lint.suppress.baseline import Baseline, BaselineError, Entry, read_baseline, write_baseline
from processor.rules.base import Finding


def findings(texts: dict[str, str], rule: str = "broken-link") -> list[Finding]:
    """A finding for each `[[…]]` of the notes."""
    found = []
    for path, text in texts.items():
        position = LineTable(text).position
        found += [
            Finding(path, Span(*m.span()), rule, "error", "message", position(m.start()), position(m.end()), None)
            for m in re.finditer(r"\[\[[^]]*\]\]", text)
        ]
    return found


def baseline(texts: dict[str, str]) -> Baseline:
    return read_baseline(write_baseline(findings(texts), texts))


def new(base: Baseline, texts: dict[str, str]) -> tuple[list[str], int]:
    left, gone = base.filter(findings(texts), texts)
    return [texts[f.path][f.span.start : f.span.end] for f in left], gone


def test_one_line_an_entry_sorted() -> None:
    texts = {"b.md": "[[x]] [[é]] [[x]]\n", "a.md": "[[y]]\n"}
    assert write_baseline(findings(texts), texts) == (
        "{\n"
        '  "version": 1,\n'
        '  "findings": [\n'
        '    {"path": "a.md", "rule": "broken-link", "text": "[[y]]", "count": 1},\n'
        '    {"path": "b.md", "rule": "broken-link", "text": "[[x]]", "count": 2},\n'
        '    {"path": "b.md", "rule": "broken-link", "text": "[[é]]", "count": 1}\n'
        "  ]\n"
        "}\n"
    )
    assert write_baseline(reversed(findings(texts)), texts) == write_baseline(findings(texts), texts)
    assert json.loads(write_baseline([], {})) == {"version": 1, "findings": []}


def test_what_is_known_is_not_new() -> None:
    texts = {"a.md": "[[x]] and [[x]] and [[y]]\n"}
    base = baseline(texts)
    assert new(base, texts) == ([], 0)
    # moved, in another order, with other text around
    assert new(base, {"a.md": "Before.\n\n[[y]]\n\n- [[x]]\n- [[x]]\n"}) == ([], 0)
    # one more of a kind, and one of another
    assert new(base, {"a.md": "[[x]] [[x]] [[x]] [[y]] [[z]]\n"}) == (["[[x]]", "[[z]]"], 0)
    # mended
    assert new(base, {"a.md": "[[x]]\n"}) == ([], 2)
    assert new(base, {}) == ([], 3)
    # the same text in another note, or of another rule
    assert new(base, {"b.md": "[[x]]\n"}) == (["[[x]]"], 3)
    left, gone = base.filter(findings(texts, "missing-note"), texts)
    assert (len(left), gone) == (3, 3)


def test_gone_counts_what_was_looked_at() -> None:
    texts = {"a.md": "[[x]]\n", "b.md": "[[y]]\n"}
    base = baseline(texts)
    assert base.filter([], {}, judged={"a.md"}) == ([], 1)
    assert base.filter([], {}, rules={"missing-note"}) == ([], 0)
    assert base.filter([], {}, judged={"a.md", "b.md"}, rules={"broken-link"}) == ([], 2)


def test_long_spans_are_told_apart_and_kept_short() -> None:
    texts = {"a.md": "[[" + "x" * 5000 + "]]\n[[" + "x" * 5001 + "]]\n"}
    written = write_baseline(findings(texts), texts)
    assert len(written) < 700
    assert new(read_baseline(written), texts) == ([], 0)
    other = {"a.md": "[[" + "x" * 5000 + "]]\n[[" + "x" * 5002 + "]]\n"}
    assert new(read_baseline(written), other) == (["[[" + "x" * 5002 + "]]"], 1)


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=5),
        st.lists(
            st.sampled_from(["[[x]]", "[[y]]", '[["]]', "[[\u2028\\]]", "[[\ud7ff\U0010ffff]]", "text\n"]), max_size=8
        ),
        max_size=4,
    ),
    st.randoms(use_true_random=False),
)
def test_any_order_of_a_note_is_known(parts: dict[str, list[str]], random: object) -> None:
    texts = {path: "".join(p) for path, p in parts.items()}
    base = baseline(texts)
    for p in parts.values():
        random.shuffle(p)  # type: ignore[attr-defined]
    shuffled = {path: "".join(p) for path, p in parts.items()}
    assert new(base, shuffled) == ([], 0)
    known = findings(shuffled)
    assert base.filter(known[1:], shuffled)[1] == min(1, len(known))


HEAD = '{\n  "version": 1,\n  "findings": [\n'
GOOD = '    {"path": "a.md", "rule": "r", "text": "}],{", "count": 1}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: no valid JSON"),
        (HEAD + GOOD + "\n" + GOOD + "\n  ]\n}\n", "line 5: no valid JSON"),
        ("[]", 'line 1: no baseline: it has no list "findings"'),
        ('{"version": 1, "findings": {}}', 'it has no list "findings"'),
        ('{\n "findings": [],\n\n "version": 2}', 'line 4: "version" must be 1, not 2'),
        ('{"findings": []}', '"version" must be 1, not null'),
        (HEAD + GOOD + ",\n" + GOOD.replace('"r"', "7") + "\n  ]\n}\n", 'line 5: "rule" must be there, and a string'),
        (HEAD + GOOD + ",\n\n" + GOOD.replace(', "count": 1', "") + "\n  ]\n}\n", 'line 6: "count" must be there'),
        (HEAD + GOOD.replace("1}", "0}") + "\n  ]\n}\n", "line 4: "),
        (HEAD + GOOD.replace("1}", "true}") + "\n  ]\n}\n", "line 4: "),
        (HEAD + GOOD + ",\n  3]}\n", "line 5: each of the findings must be an object"),
        ('{"a": [1, {"findings": [5]}],\n\n"findings": [\n[]], "version": 1}', "line 4: each of the findings"),
        ("[" * 100_000, "line 1: no baseline: it is nested too deeply"),
    ],
)
def test_what_is_no_baseline(text: str, message: str) -> None:
    with pytest.raises(BaselineError) as caught:
        read_baseline(text)
    assert message in str(caught.value)


def test_written_in_another_way() -> None:
    text = json.dumps(
        {"findings": [{"count": 2, "text": "[[x]]", "rule": "r", "path": "a.md", "why": "later"}], "version": 1}
    )
    assert read_baseline(text).entries == {Entry("a.md", "r", "[[x]]"): 2}
