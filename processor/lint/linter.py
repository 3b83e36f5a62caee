"""Runs rules over notes and returns findings: pure, from notes to data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from processor.base.parallel import FEWEST
from processor.config import Config
from processor.lint.findings import AlikeFindings, Findings, NoteFindings, by_note
from processor.lint.judging import Judge, JudgedFindings, Keeper
from processor.lint.packing import Checked
from processor.lint.suppress import Suppressor
from processor.rules.base import Context, Finding, FoundFix, NoteEdit, Problem, Rule
from processor.rules.guards import Asked
from processor.vault.facts import FACTS
from processor.vault.note import Note
from processor.vault.vault import Vault
from processor.vault.wanted import Ask

__all__ = ["Finding", "FoundFix", "LintResult", "Linter"]


@dataclass(frozen=True)
class LintResult:
    """What a run found: `findings` by path and place, and what a summary tells besides."""

    findings: Sequence[Finding]
    notes: int  # how many notes were judged
    missing: Iterable[Ask] = ()  # each link to a note that does not exist
    seconds: float = 0.0
    processes: int = field(default=1, compare=False)  # by how many the notes are judged


class Linter:
    """A configuration made ready to run: the rules that are on, each with its options.

    With `with_edits` each finding's fix holds its edits; else only its title, which is much less.
    """

    def __init__(self, config: Config, *, with_edits: bool = False) -> None:
        self.config = config
        self.with_edits = with_edits
        self.rules = config.rules()
        self._of_note = Asked((r.where, (r, self._context(r))) for r in self.rules if r.needs == "note")
        self._of_vault = [(r, *in_vault) for r in self.rules if (in_vault := r.in_vault) is not None]
        self.facts = [ask for ask in FACTS.values() if ask.of_all] if self._of_vault else []
        """The facts that rules read of all notes: they are worked out of each where it is read, and stored with it."""
        self._suppressor = Suppressor(config, self.rules)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process."""
        return partial(type(self), with_edits=self.with_edits), (self.config,)

    def _context(self, rule: Rule, vault: Vault | None = None) -> Context:
        return Context(
            options=self.config.options_of(rule),
            video_properties=self.config.video_property,
            stamp_style=self.config.stamp_style,
            url_style=self.config.url_style,
            expected=self.config.expected,
            templates=self.config.templates,
            opened_vault=vault,
        )

    def _finding(self, note: Note, rule: Rule, problem: Problem, *, unsafe_edits: bool) -> Finding:
        fix = problem.fix
        wanted = fix and self.with_edits and (fix.safe or unsafe_edits)
        return Finding(
            path=note.path,
            span=problem.span,
            rule=rule.id,
            severity=self.config.severity_of(rule, problem.severity),
            message=problem.message,
            start=note.lines.position(problem.span.start),
            end=note.lines.position(problem.span.end),
            fix=fix and FoundFix(fix.title, fix.safe, *((tuple(fix.edits()), fix.together) if wanted else ())),
        )

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        """Return the findings of the rules that see one note only, suppressed ones too: see `judging.Checker`."""
        single: list[Finding] = []
        groups: list[AlikeFindings] = []
        one_by_one = self.with_edits and not in_bulk
        for rule, context in self._of_note.of(note):
            problems = None
            if rule.check_alike and not one_by_one and (found := rule.check_alike(note, context)):
                alike, problems = found
                if self.with_edits and alike.fix and alike.edits:
                    edits = tuple([NoteEdit(note.path, edit) for edit in alike.edits()])
                    alike = alike._replace(fix=alike.fix._replace(edits=edits))
                groups.append(AlikeFindings.of(note, rule.id, self.config.severity_of(rule, None), alike))
            if problems is None:
                problems = rule.check(note, context)
            single += [self._finding(note, rule, problem, unsafe_edits=unsafe_edits) for problem in problems]
        return NoteFindings(note.path, single, groups)

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        """Return a function from a note to the findings of the rules that see the vault, suppressed ones too."""
        ready = Asked((where, (rule, ask, self._context(rule, vault))) for rule, where, ask in self._of_vault)

        def check(note: Note) -> list[Finding]:
            return [
                self._finding(note, rule, problem, unsafe_edits=unsafe_edits)
                for rule, ask, context in ready.of(note)
                for problem in ask(note, context)
            ]

        return check

    def unsuppressed(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        """Return those findings of a note that are not suppressed, and the suppressions without use; by place."""
        if isinstance(findings, NoteFindings) and not self._suppressor.may_silence(note):
            return findings
        return NoteFindings(note.path, self._suppressor.apply(note, findings))

    def lint(
        self,
        vault: Vault,
        paths: Iterable[str] | None = None,
        checked: Checked | Mapping[str, Sequence[Finding]] | None = None,
        processes: int = 1,
        advance: Callable[[int], None] = lambda _count: None,
        keeper: Keeper | None = None,
    ) -> LintResult:
        """Return the findings of the notes at `paths` (all: None), judged in the vault, without suppressed ones.

        `checked` holds what `check_note` has found before, by path; it is not run again for these. Many notes are judged
        only when the findings are read, at best where a report is made of them: see `JudgedFindings`. The notes are dealt
        out among so many `processes`; the result is the same. `advance` is called with the number of notes done since the
        last call. `keeper` stores what `check_note` finds in the others.
        """
        ordered = sorted(vault.notes if paths is None else set(paths))
        judge = Judge(self, vault, checked)
        findings: Findings = JudgedFindings(judge, ordered, processes, advance, keeper)
        if processes == 1 and len(ordered) <= FEWEST:
            findings = Findings(_at_once(judge, ordered, keeper))
        return LintResult(findings, len(ordered), MissingNotes(vault, findings))


def _at_once(judge: Judge, paths: Iterable[str], keeper: Keeper | None) -> Iterator[NoteFindings]:
    for path in paths:
        judged = judge.at(path)
        if keeper and judged.anew:
            keeper.add(path, keeper.record(judged.note, judged.of_note))
        yield judged.found
    if keeper:
        keeper.finish()


class MissingNotes(Iterable[Ask]):
    """What `missing_notes` yields, worked out when it is read, as few reports show it."""

    def __init__(self, vault: Vault, findings: Sequence[Finding]) -> None:
        self._vault = vault
        self._findings = findings

    def __iter__(self) -> Iterator[Ask]:
        return iter(self._asks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Iterable) and self._asks == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self._asks))

    @cached_property
    def _asks(self) -> list[Ask]:
        return list(missing_notes(self._vault, self._findings))


def missing_notes(vault: Vault, findings: Sequence[Finding]) -> Iterator[Ask]:
    """Yield the links to notes that do not exist, by the findings of missing-note."""
    spans: dict[str, set[tuple[int, int]]] = {}
    for f in (f for note in by_note(findings).notes for f in note.single):
        if f.rule == "missing-note":
            spans.setdefault(f.path, set()).add(f.span)
    for path, places in spans.items():
        yield from ((path, x.path) for x in vault.notes[path].anew().links if x.span in places)
