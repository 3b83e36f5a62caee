"""The formats that programs read: exact on three findings, well-formed on all, and on none."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.base.text import Edit
from processor.lint.findings import by_note
from processor.lint.linter import LintResult
from processor.report import FORMATS, View, render
from processor.report.fingerprint import fingerprints
from processor.report.json_lines import dump
from processor.rules.base import FoundFix, NoteEdit, all_rules
from tests.report.findings import TEXT, THREE, finding, replaced, report, text_of

MACHINES = ("json", "jsonl", "github", "gitlab", "sarif", "junit")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "No problems in 21 notes.\n"),
        ("concise", ""),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("github", ""),
        ("gitlab", "[]\n"),
        ("statistics", "No problems in 21 notes.\n"),
    ],
)
def test_nothing_found(name: str, expected: str) -> None:
    assert report(name, []) == expected


def test_nothing_found_in_the_formats_with_a_frame() -> None:
    assert json.loads(report("sarif", []))["runs"][0]["results"] == []
    suites = ET.fromstring(report("junit", []))
    assert (suites.get("tests"), suites.get("failures"), len(suites.findall("testsuite/testcase"))) == ("1", "0", 1)


STATISTICS = {"statistics": "No problems in 21 notes.\n", "statistics-json": "[]\n", "statistics-jsonl": ""}


@pytest.mark.parametrize("name", STATISTICS)
def test_nothing_is_counted(name: str) -> None:
    assert report(name, []) == STATISTICS[name]


def test_every_format_is_tested_on_nothing() -> None:
    assert set(FORMATS) == {"text", "concise", "html", *STATISTICS, *MACHINES}


def test_an_unknown_format() -> None:
    with pytest.raises(KeyError):
        render("yaml", LintResult([], 0), View())


def test_concise() -> None:
    assert report("concise", THREE) == dedent("""\
        In box/a.md:3:1: warning: most of this vault writes videoId [misspelled-property]
        In box/a.md:6:4: error: no note is called <Meta Platforms> [broken-link]
        In box/a.md:6:44: information: no note is called "Llama" [missing-note]
        """)


def test_concise_is_one_line_a_finding_whatever_the_path_holds() -> None:
    odd = finding("x", (0, 1), message="a\nb", path="a\nb\x1b.md")
    assert report("concise", [odd]) == "a␊b␛.md:1:1: error: a␊b [broken-link]\n"


def test_statistics() -> None:
    more = [*THREE, *(f._replace(path="b.md") for f in THREE[:2]), THREE[1]._replace(fix=None)]
    assert report("statistics", more) == dedent("""\
        count  severity     rule                 in notes  safe fixes  unsafe fixes
            3  error        broken-link                 2           2             0
            2  warning      misspelled-property         2           0             2
            1  information  missing-note                1           0             0

        Found 6 problems in 2 of 21 notes: 3 errors, 2 warnings and 1 for information.
        """)


# JSON

OBJECTS = [
    {
        "path": "In box/a.md", "rule": "misspelled-property", "severity": "warning",
        "message": "most of this vault writes videoId",
        "start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 8},
        "fix": {"title": "write videoId", "safe": False, "edits": [
            {"path": "In box/a.md", "start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 8}, "text": "videoId"},
        ]},
    },
    {
        "path": "In box/a.md", "rule": "broken-link", "severity": "error",
        "message": "no note is called <Meta Platforms>",
        "start": {"line": 6, "column": 4}, "end": {"line": 6, "column": 22},
        "fix": {"title": "write [[meta_platforms|Meta Platforms]]", "safe": True, "edits": [
            {"path": "In box/a.md", "start": {"line": 6, "column": 4}, "end": {"line": 6, "column": 22},
             "text": "[[meta_platforms|Meta Platforms]]"},
        ]},
    },
    {
        "path": "In box/a.md", "rule": "missing-note", "severity": "information",
        "message": 'no note is called "Llama"',
        "start": {"line": 6, "column": 44}, "end": {"line": 6, "column": 53},
        "fix": None,
    },
]  # fmt: skip


def test_json() -> None:
    text = report("json", THREE)
    assert json.loads(text) == OBJECTS
    assert text.count("\n") == 5
    assert list(json.loads(text)[0]) == ["path", "rule", "severity", "message", "start", "end", "fix"]


def test_jsonl() -> None:
    assert [json.loads(line) for line in report("jsonl", THREE).splitlines()] == OBJECTS


def test_edits_in_several_notes_have_each_its_own_lines() -> None:
    texts = {"a.md": "one\ntwo\n", "b.md": "1\n2\n3\n"}
    fix = FoundFix("x", True, tuple(NoteEdit(p, Edit(4, 5, "")) for p in ("b.md", "a.md", "gone.md", "b.md")))
    [found] = json.loads(
        report("json", [finding("x", (0, 1), fix=fix)], View(show_path=lambda p: f"v/{p}", text_of=texts.get))
    )
    assert [(e["path"], e["start"], e["end"]) for e in found["fix"]["edits"]] == [
        ("v/b.md", {"line": 3, "column": 1}, {"line": 3, "column": 2}),
        ("v/a.md", {"line": 2, "column": 1}, {"line": 2, "column": 2}),
        ("v/b.md", {"line": 3, "column": 1}, {"line": 3, "column": 2}),
    ]


def test_json_reads_well_in_every_script_and_escapes_what_a_terminal_obeys() -> None:
    message = 'é 程度 👍 \x1b[31m \x9b31m \x7f \u2028 \u202e \ud800 "'
    line = report("jsonl", [finding("x", (0, 1), message=message)])
    assert json.loads(line)["message"] == message
    assert "é 程度 👍" in line
    assert line.isprintable() or line.removesuffix("\n").isprintable()
    line.encode()


TEXTS = st.text(st.characters())
FINDINGS = st.lists(
    st.builds(
        lambda path, rule, severity, message, start, length, new: finding(
            TEXT, (start, start + length), rule, severity, message, path=path, fix=new and replaced(path, (start, start + length), new)
        ),
        TEXTS,
        st.sampled_from(["broken-link", "no-such-rule"]),
        st.sampled_from(["error", "warning", "information"]),
        TEXTS,
        st.integers(0, 20),
        st.integers(0, 20),
        st.none() | TEXTS.filter(bool),
    ),
    max_size=12,
)  # fmt: skip


@settings(deadline=None)  # the first report in a format loads it
@given(FINDINGS)
def test_whatever_a_note_holds_each_format_can_be_read_back(findings) -> None:
    view = View(text_of=lambda _path: TEXT)
    objects = json.loads(report("json", findings, view))
    assert [(o["path"], o["message"]) for o in objects] == [(f.path, f.message) for f in by_note(findings)]
    lines = report("jsonl", findings, view).split("\n")[:-1]
    assert [json.loads(x) for x in lines] == objects
    assert lines == [dump(o) for o in objects]
    assert len(json.loads(report("gitlab", findings, view))) == len(findings)
    assert len(json.loads(report("sarif", findings, view))["runs"][0]["results"]) == len(findings)
    cases = ET.fromstring(report("junit", findings, view)).findall("testsuite/testcase")
    assert len(cases) == max(1, len(findings))
    assert len(report("concise", findings, view).splitlines()) == len(findings)
    for name in MACHINES:
        if name != "github":
            report(name, findings, view).encode()


# GitHub


def test_github() -> None:
    assert report("github", THREE) == dedent("""\
        ::error file=In box/a.md,line=6,endLine=6,col=4,endColumn=22,title=broken-link::no note is called <Meta Platforms>
        ::warning file=In box/a.md,line=3,endLine=3,col=1,endColumn=8,title=misspelled-property::most of this vault writes videoId
        ::notice file=In box/a.md,line=6,endLine=6,col=44,endColumn=53,title=missing-note::no note is called "Llama"
        """)


def test_github_codes_what_would_break_a_command() -> None:
    odd = finding("a\nb\nc", (0, 3), message="50 % of a:b,\nc", path="a,b:c%\n.md")
    assert report("github", [odd]) == (
        "::error file=a%2Cb%3Ac%25%0A.md,line=1,endLine=2,title=broken-link::50 %25 of a:b,␊c\n"
    )


def test_github_says_how_many_more_there_are_and_lists_them_in_the_log() -> None:
    errors = [finding("x", (0, 1), "abc"[i % 3], path=f"{i}.md") for i in range(23)]
    warnings = [finding("x", (0, 1), "d", "warning", path=f"{i}.md") for i in range(10)]
    lines = report("github", [*errors, *warnings]).splitlines()
    kinds = Counter(line.partition(" ")[0] for line in lines if line.startswith("::"))
    assert kinds == {"::error": 10, "::warning": 10, "::group::All": 1, "::endgroup::": 1}
    assert lines[9] == "::error title=ytvault::14 more: 5 a, 5 b and 4 c. The log of this step lists them all."
    assert lines[20] == "::group::All problems"
    assert lines[21] == "0.md:1:1: error: it leads nowhere [a]"
    assert lines[-1] == "::endgroup::"
    assert len(lines) == 20 + 2 + 33


def test_github_ten_need_no_log() -> None:
    assert "group" not in report("github", [finding("x", (0, 1))] * 10)


def test_a_note_cannot_give_the_runner_a_command() -> None:
    bad = finding("x", (0, 1), message="##[set-env name=A]b\n::set-env name=A::b", path="::stop-commands::x.md")
    for line in report("github", [bad] * 12).splitlines():
        assert "##[" not in line or line.startswith("::error ")
        assert re.match(r"\s*::(?!error |group::All|endgroup::)", line) is None


# GitLab


def test_gitlab() -> None:
    issues = json.loads(report("gitlab", THREE))
    marks = [i.pop("fingerprint") for i in issues]
    assert len(set(marks)) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", m) for m in marks)
    assert [i["severity"] for i in issues] == ["minor", "major", "info"]
    assert issues[1] == {
        "description": "no note is called <Meta Platforms>",
        "check_name": "broken-link",
        "severity": "major",
        "location": {
            "path": "In box/a.md",
            "positions": {"begin": {"line": 6, "column": 4}, "end": {"line": 6, "column": 22}},
        },
    }


def marks_of(text: str, words: str, rule: str = "r", path: str = "note.md") -> list[str]:
    found = [finding(text, m.span(), rule, path=path) for m in re.finditer(words, text)]
    return [mark for _, mark in fingerprints(LintResult(found, 1), View(text_of=lambda _path: text))]


def test_a_fingerprint_outlives_what_happens_elsewhere_in_the_note() -> None:
    before = marks_of("a [[x]] b [[x]] c [[y]]", r"\[\[.\]\]")
    assert before == marks_of("more\nlines\n\na [[x]] b\n [[x]] c [[y]]", r"\[\[.\]\]")
    assert len(set(before)) == 3
    for other in (
        marks_of("a [[x]] b [[x]] c [[y]]", r"\[\[.\]\]", rule="s"),
        marks_of("a [[x]] b [[x]] c [[y]]", r"\[\[.\]\]", path="o.md"),
    ):
        assert not set(before) & set(other)


# SARIF


def test_sarif() -> None:
    log = json.loads(report("sarif", THREE))
    assert (log["version"], set(log)) == ("2.1.0", {"$schema", "version", "runs"})
    [run] = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "ytvault"
    assert [r["id"] for r in driver["rules"]] == ["broken-link", "missing-note", "misspelled-property"]
    first, second, third = run["results"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert set(result["partialFingerprints"]) == {"ytvault/v1"}
    assert [r["level"] for r in run["results"]] == ["warning", "error", "note"]
    assert second["message"] == {"text": "no note is called <Meta Platforms>"}
    where = {"artifactLocation": {"uri": "In%20box/a.md", "uriBaseId": "%SRCROOT%"}}
    region = {"startLine": 6, "startColumn": 4, "endLine": 6, "endColumn": 22}
    assert second["locations"] == [{"physicalLocation": {**where, "region": region}}]
    assert second["fixes"] == [
        {
            "description": {"text": "write [[meta_platforms|Meta Platforms]]"},
            "artifactChanges": [
                {
                    **where,
                    "replacements": [
                        {"deletedRegion": region, "insertedContent": {"text": "[[meta_platforms|Meta Platforms]]"}}
                    ],
                }
            ],
        }
    ]
    assert "fixes" in first
    assert "fixes" not in third


def test_sarif_has_the_help_of_each_rule() -> None:
    ids = list(all_rules())
    log = json.loads(report("sarif", [finding("x", (0, 1), rule) for rule in (*ids, "no-such-rule")]))
    rules = {r["id"]: r for r in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules.pop("no-such-rule") == {"id": "no-such-rule"}
    assert set(rules) == set(ids)
    for rule in rules.values():
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert not re.search("^ *```(bad|good|fixed|file)", rule["help"]["markdown"], re.MULTILINE)
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_sarif_leaves_out_a_fix_without_edits() -> None:
    bare = finding("x", (0, 1), fix=FoundFix("x", True))
    assert "fixes" not in json.loads(report("sarif", [bare]))["runs"][0]["results"][0]


def test_sarif_paths_are_uris() -> None:
    log = json.loads(report("sarif", [finding("x", (0, 1), path="a:b/ü #1?.md")]))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "a%3Ab/%C3%BC%20%231%3F.md"


# JUnit


def test_junit() -> None:
    assert report("junit", THREE, seconds=1.5) == dedent("""\
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="ytvault" tests="3" failures="2" errors="0" time="1.500">
          <testsuite name="In box/a.md" tests="3" failures="2" errors="0">
            <testcase classname="In box/a.md" name="3:1 misspelled-property" file="In box/a.md" line="3">
              <failure type="warning" message="most of this vault writes videoId">In box/a.md:3:1: warning: most of this vault writes videoId
        unsafe fix: write videoId</failure>
            </testcase>
            <testcase classname="In box/a.md" name="6:4 broken-link" file="In box/a.md" line="6">
              <failure type="error" message="no note is called &lt;Meta Platforms&gt;">In box/a.md:6:4: error: no note is called &lt;Meta Platforms&gt;
        safe fix: write [[meta_platforms|Meta Platforms]]</failure>
            </testcase>
            <testcase classname="In box/a.md" name="6:44 missing-note" file="In box/a.md" line="6">
              <system-out>In box/a.md:6:44: information: no note is called &quot;Llama&quot;</system-out>
            </testcase>
          </testsuite>
        </testsuites>
        """)


def test_junit_has_a_suite_a_note() -> None:
    suites = ET.fromstring(report("junit", [*THREE, THREE[0]._replace(path="b.md")], View(text_of=text_of)))
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in suites] == [
        ("In box/a.md", "3", "2"),
        ("b.md", "1", "1"),
    ]
