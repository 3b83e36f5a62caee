"""What must be true of every rule: its page, its samples, its files, its options, its words."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from processor.base.text import Edit, Source
from processor.config import Config, load_config
from processor.config.schema import field_docs, read_value, types_of
from processor.rules.base import FAMILIES, Context, Problem, Rule, all_rules
from processor.rules.samples import Sample
from processor.vault.note import parse_note
from processor.vault.vault import Vault
from tests.tables import idle_in, library_of

RULES = list(all_rules().values())
HERE = Path(__file__).parent
NAMES = (
    "Obsidian",
    "YouTube",
    "YAML",
    "HTML",
    "Markdown",
    "Windows",
    "PDF",
    "UTF-8",
)  # with which a sentence may begin
CASES = [
    pytest.param(rule, i, id=f"{rule.id} {sample.kind} {i}")
    for rule in RULES
    for i, sample in enumerate(rule.samples)
    if sample.kind in ("bad", "good")
]
every_rule = pytest.mark.parametrize("rule", RULES, ids=[r.id for r in RULES])
every_sample = pytest.mark.parametrize(("rule", "index"), CASES)


# Files


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_holds_rules_only(family: str) -> None:
    folder = importlib.import_module(f"processor.rules.{family}")
    names = {m.name for m in pkgutil.iter_modules(folder.__path__)}
    rules = {r.id.replace("-", "_") for r in RULES if r.family == family}
    assert rules <= names
    assert all(name.startswith("_") for name in names - rules), "a module that is no rule begins with an underscore"


def test_no_rule_stands_outside_a_family() -> None:
    assert {r.family for r in RULES} == set(FAMILIES)
    assert [r.id for r in RULES] == list(dict.fromkeys(r.id for r in RULES))


@every_rule
def test_a_rule_has_a_table(rule: Rule) -> None:
    path = HERE / rule.family / f"test_{rule.id.replace('-', '_')}.py"
    assert path.exists(), f"{path.relative_to(HERE)} is missing"
    assert re.search(rf'\btable\(\s*"{rule.id}"', path.read_text(encoding="utf-8")), "no table of this rule"


def test_each_table_has_a_rule() -> None:
    tables = {p.stem.removeprefix("test_").replace("_", "-") for p in HERE.glob("*/test_*.py")}
    assert tables <= set(all_rules())


# The page


@every_rule
def test_the_page_says_all(rule: Rule) -> None:
    summary, blank, *_ = rule.doc.split("\n")
    assert 0 < len(summary) <= 120
    assert not blank, "a blank line follows the summary"
    starts = [p.split("\n")[0] for p in rule.doc.split("\n\n")]
    assert any(p.startswith("What it does: ") for p in starts)
    assert any(p.startswith("Why it is bad: ") for p in starts)
    kinds = [s.kind for s in rule.samples]
    assert {"bad", "good"} <= set(kinds)
    assert ("fixed" in kinds) == (rule.fixes != "none")
    if rule.fixes == "none":
        assert any(p.startswith("There is no fix") for p in starts)
    else:
        assert not any(p.startswith("There is no fix: ") for p in starts)
        (said,) = (p for p in rule.doc.split("\n\n") if p.startswith("Fix: "))
        for word in {"both": ("safe", "unsafe")}.get(rule.fixes, (rule.fixes,)):
            assert re.search(rf"\b{word}\b", said), f"the paragraph on the fix does not call it {word}"


@every_rule
def test_all_fences_of_the_page_are_samples(rule: Rule) -> None:
    fences = re.findall(r"^ *```\S.*$", rule.doc, re.M)
    assert len(fences) == len(rule.samples), fences


# The options


@every_rule
def test_options_are_frozen_typed_and_documented(rule: Rule) -> None:
    options = rule.options
    assert dataclasses.is_dataclass(options)
    assert options.__dataclass_params__.frozen
    docs, hints = field_docs(options), types_of(options)
    values = options()
    for field in dataclasses.fields(options):
        assert docs.get(field.name), f"{field.name} has no word of explanation"
        value = getattr(values, field.name)
        if value is None:
            assert type(None) in typing.get_args(hints[field.name])
        else:
            assert read_value(hints[field.name], as_toml(value), (field.name,)) == value


def as_toml(value: Any) -> Any:
    return [as_toml(v) for v in value] if isinstance(value, tuple) else value


# The samples


class Case:
    """A sample's vault, and what the rule says there."""

    def __init__(self, rule: Rule, index: int, folder: Path) -> None:
        self.rule = rule
        self.sample = rule.samples[index]
        self.config = Config()
        self.fixed: Sample | None = None
        for i, other in enumerate(rule.samples):
            if other.kind == "config" and i < index:
                file = folder / "ytvault.toml"
                file.write_text(other.text, encoding="utf-8")
                self.config = load_config(folder, file)
            elif other.kind == "fixed" and i > index and self.fixed is None:
                between = rule.samples[index + 1 : i]
                if self.sample.kind == "bad" and not any(s.kind == "bad" for s in between):
                    self.fixed = other
        files = [s for s in rule.samples if s.kind == "file"]
        assert self.sample.path not in {s.path for s in files}, "the sample is one of its own neighbours"
        self.sources = {s.path: Source.decode(s.data) for s in (self.sample, *files) if s.path.endswith(".md")}
        self.files = tuple(s.path for s in files if not s.path.endswith(".md"))
        self.captions = tuple((Path(s.path).name, s.text) for s in files if s.path.startswith("captions/"))

    def problems(self) -> list[Problem]:
        notes = [parse_note(source, path) for path, source in self.sources.items()]
        vault = Vault(
            notes,
            self.files,
            style=self.config.link_style,
            video_properties=self.config.video_property,
            captions=library_of(self.captions),
        )
        fields = {
            "video_properties": self.config.video_property,
            "stamp_style": self.config.stamp_style,
            "url_style": self.config.url_style,
            "expected": self.config.expected,
        }
        note = vault.notes[self.sample.path]
        return list(
            self.rule.problems(
                note,
                Context(
                    options=self.config.options_of(self.rule),
                    on={other.id: other.options() for other in RULES},
                    opened_vault=vault if self.rule.in_vault else None,
                    idle=idle_in(note, vault, fields) if self.rule.needs == "findings" else (),
                    **fields,
                ),
            )
        )

    def mend(self) -> None:
        """Apply all fixes, again and again until there is none left."""
        for _ in range(10):
            taken: dict[str, list[Edit]] = {}
            for problem in self.problems():
                edits = list(problem.fix.edits()) if problem.fix else []
                if not any(overlap(e.edit, t) for e in edits for t in taken.get(e.path, ())):
                    for e in edits:
                        taken.setdefault(e.path, []).append(e.edit)
            if not taken:
                return
            for path, edits_of_note in taken.items():
                self.sources[path] = self.sources[path].edited(edits_of_note)
        raise AssertionError("ten rounds of fixes do not come to rest")


def overlap(a: Edit, b: Edit) -> bool:
    return (a.start < b.end and b.start < a.end) or (a.start == b.start and a.end == b.end)


def texts(problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        yield problem.message
        if problem.fix:
            yield problem.fix.title


@every_sample
def test_bad_samples_are_reported_and_good_ones_are_not(rule: Rule, index: int, tmp_path: Path) -> None:
    case = Case(rule, index, tmp_path)
    problems = case.problems()
    assert bool(problems) == (case.sample.kind == "bad"), [p.message for p in problems]
    text = case.sources[case.sample.path].text
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)


@every_sample
def test_fixes_mend_bad_samples(rule: Rule, index: int, tmp_path: Path) -> None:
    case = Case(rule, index, tmp_path)
    before = dict(case.sources)
    case.mend()
    if case.fixed:
        path = case.fixed.path if case.fixed.path in case.sources else case.sample.path
        assert case.sources[path].text == case.fixed.text
    else:
        assert case.sources == before, "fixes change this sample, and no `fixed` says how"


@every_sample
def test_fixes_are_what_the_rule_says(rule: Rule, index: int, tmp_path: Path) -> None:
    case = Case(rule, index, tmp_path)
    allowed = {"safe": {True}, "unsafe": {False}, "both": {True, False}, "none": set()}[rule.fixes]
    for problem in case.problems():
        if problem.fix:
            assert problem.fix.safe in allowed
            assert list(problem.fix.edits()), "a fix without an edit"
            assert all(e.path in case.sources for e in problem.fix.edits())


@every_sample
def test_sentences_are_for_people(rule: Rule, index: int, tmp_path: Path) -> None:
    for text in texts(Case(rule, index, tmp_path).problems()):
        assert text == text.strip()
        assert "\n" not in text
        assert not text.endswith("."), text
        assert not text[0].isupper() or text.startswith(NAMES), text
