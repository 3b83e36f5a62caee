"""`--statistics`, counted by rule, target, note and folder."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.lint.findings import AlikeFindings, Findings, Kind, NoteFindings
from processor.lint.linter import LintResult
from processor.report import By, View, render
from processor.report.grouping import grouped
from processor.rules.base import SEVERITIES, FoundFix
from tests.report.findings import finding

WAYS: tuple[By, ...] = ("rule", "target", "note", "folder")
FIXES = (None, FoundFix("safe", True, ()), FoundFix("unsafe", False, ()))
SINGLE = st.builds(
    finding,
    st.just("x" * 20),
    st.just((0, 1)),
    st.sampled_from(("broken-link", "broken-heading", "missing-note")),
    st.sampled_from(SEVERITIES),
    st.sampled_from(("one", "Two", "two")),
    fix=st.sampled_from(FIXES),
)
ALIKE = st.builds(
    lambda severity, fix, n: AlikeFindings(
        "unlinked-timestamp", severity, "{}", fix, 1, [*range(n)], ["x"] * n, [1] * n, [*range(1, n + 1)]
    ),
    st.sampled_from(SEVERITIES),
    st.sampled_from(FIXES),
    st.integers(1, 5),
)
PATHS = st.sampled_from(("a.md", "b/a.md", "b/c/a.md", "b/c/d.md"))
VAULTS = st.dictionaries(PATHS, st.tuples(st.lists(SINGLE, max_size=6), st.lists(ALIKE, max_size=2)))


def by_message(found: NoteFindings) -> Iterable[tuple[str, Kind]]:
    """As if what is said were what a finding is about."""
    yield from ((f.message, Kind(f.rule, f.severity, 1, f.fix and f.fix.safe)) for f in found.single)
    yield from (("", kind) for kind in NoteFindings(found.path, (), found.alike).kinds())


def result_of(vault: dict) -> LintResult:
    notes = [NoteFindings(p, [f._replace(path=p) for f in single], alike) for p, (single, alike) in vault.items()]
    return LintResult(Findings(notes), len(vault))


@pytest.mark.parametrize("by", WAYS)
@given(VAULTS, st.sets(PATHS))
def test_the_counts_add_up_to_the_findings(by: By, vault: dict, unfixed: set[str]) -> None:
    result = result_of(vault)
    groups = grouped(result, View(by=by, causes_of=by_message, unfixed=unfixed), by)
    found = list(result.findings)
    assert sum(group.count for group in groups) == len(found)
    for severity in SEVERITIES:
        assert sum(group.severities[severity] for group in groups) == sum(f.severity == severity for f in found)
    mended = [f.fix.safe for f in found if f.fix and f.path not in unfixed]
    assert sum(group.safe for group in groups) == mended.count(True)
    assert sum(group.unsafe for group in groups) == mended.count(False)
    assert len({(group.name.lower(), group.rule, group.severity) for group in groups}) == len(groups)


@pytest.mark.parametrize("by", WAYS)
@given(VAULTS)
def test_every_format_says_the_same(by: By, vault: dict) -> None:
    view, result = View(by=by, causes_of=by_message), result_of(vault)
    told = json.loads("".join(render("statistics-json", result, view)))
    lines = "".join(render("statistics-jsonl", result, view)).splitlines()
    assert told == [json.loads(line) for line in lines] == [group.plain(by) for group in grouped(result, view, by)]
    rows = "".join(render("statistics", result, view)).partition("\n\n")[0].splitlines()[1:]
    assert [int(row.split()[0]) for row in rows] == [group["count"] for group in told]


FEW = {
    "b/c.md": ([finding("x", (0, 1), "broken-heading", message="t#Two"), finding("x", (0, 1))], []),
    "a.md": ([finding("x", (0, 1), "broken-heading", message=m) for m in ("t#two", "t#two")], []),
}
TABLES: dict[By, str] = {
    "target": """\
count  severity  rule            in notes  safe fixes  unsafe fixes  target
    3  error     broken-heading         2           0             0  t#two
    1  error     broken-link            1           0             0  it leads nowhere
""",
    "note": """\
count  errors  warnings  information  safe fixes  unsafe fixes  note
    2       2         0            0           0             0  a.md
    2       2         0            0           0             0  b/c.md
""",
    "folder": """\
count  errors  warnings  information  in notes  safe fixes  unsafe fixes  folder
    2       2         0            0         1           0             0  .
    2       2         0            0         1           0             0  b
""",
}


@pytest.mark.parametrize("by", TABLES)
def test_a_table(by: By) -> None:
    text = "".join(render("statistics", result_of(FEW), View(by=by, causes_of=by_message)))
    assert text == TABLES[by] + "\nFound 4 problems in 2 of 2 notes: 4 errors.\n"


def test_where_a_table_has_no_room() -> None:
    view = View(by="target", causes_of=by_message, terminal=True, width=40)
    text = "".join(render("statistics", result_of(FEW), view))
    assert text.startswith("3  error  broken-heading\n   t#two\n   2 notes\n1  error  broken-link\n")


def test_a_long_table_is_cut_on_a_terminal_only() -> None:
    result = result_of({f"{i:02}.md": ([finding("x", (0, 1))], []) for i in range(60)})
    shown = "".join(render("statistics", result, View(by="note", terminal=True)))
    assert "49.md\n… and 10 more; --all lists them.\n\nFound 60 problems" in shown
    for view in (View(by="note"), View(by="note", terminal=True, all=True)):
        assert "59.md\n\nFound 60 problems" in "".join(render("statistics", result, view))
