"""Runs rules over notes and returns findings: pure, from notes to data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from processor.base.parallel import FEWEST
from processor.config import Config
from processor.lint.findings import AlikeFindings, Findings, NoteFindings
from processor.lint.judging import Judge, JudgedFindings, missing_notes
from processor.lint.memory import Memory
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

    def __init__(self, config: Config, *, with_edits: bool = False, only: Collection[str] | None = None) -> None:
        """`only`: of the rules that are on those with these ids (None: all)."""
        self.config = config
        self.with_edits = with_edits
        rules = config.rules()
        self._on = {rule.id: config.options_of(rule) for rule in rules}
        self.rules = [rule for rule in rules if only is None or rule.id in only]
        self._of_note = Asked((r.where, (r, self._context(r))) for r in self.rules if r.needs == "note")
        self._of_vault = [(r, *in_vault) for r in self.rules if (in_vault := r.in_vault) is not None]
        self._asking = Asked((where, rule.id) for rule, where, _ in self._of_vault)
        self.facts = [ask for ask in FACTS.values() if ask.of_all] if self._of_vault else []
        """The facts that rules read of all notes: they are worked out of each where it is read, and stored with it."""
        self._suppressor = Suppressor(config, self.rules, with_edits=with_edits)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process."""
        return partial(type(self), with_edits=self.with_edits), (self.config,)

    def _context(self, rule: Rule, vault: Vault | None = None) -> Context:
        return Context(
            options=self._on[rule.id],
            video_properties=self.config.video_property,
            stamp_style=self.config.stamp_style,
            url_style=self.config.url_style,
            forms=self.config.forms,
            ignore_forms=self.config.ignore_forms,
            expected=self.config.expected,
            templates=self.config.templates,
            opened_vault=vault,
            on=self._on,
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
            confidence=None if problem.confidence is None else round(problem.confidence, 3),
        )

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        """Return the findings of the rules that see one note only, suppressed ones too: see `checker.Checker`."""
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

    def rules_in_vault(self, note: Note) -> frozenset[str]:
        """See `checker.RuleChecker`."""
        return frozenset(self._asking.of(note))

    def limited(self, rules: frozenset[str]) -> Linter:
        """See `checker.RuleChecker`."""
        return Linter(self.config, with_edits=self.with_edits, only=rules)

    def may_silence(self, note: Note) -> bool:
        """See `checker.RuleChecker`."""
        return self._suppressor.may_silence(note)

    def unsuppressed(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        """Return those findings of a note that are not suppressed, and the suppressions without use; by place."""
        if isinstance(findings, NoteFindings) and not self.may_silence(note):
            return findings
        return NoteFindings(note.path, self._suppressor.apply(note, findings))

    def lint(
        self,
        vault: Vault,
        paths: Iterable[str] | None = None,
        processes: int = 1,
        advance: Callable[[int], None] = lambda _count: None,
        memory: Memory | None = None,
    ) -> LintResult:
        """Return the findings of the notes at `paths` (all: None), judged in the vault, without suppressed ones.

        Many notes are judged only when the findings are read, at best where a report is made of them: see `JudgedFindings`.
        The notes are dealt out among so many `processes`; the result is the same. `advance` is called with the number of
        notes done since the last call. `memory` is what is known of all notes from earlier runs, and is to be known of this
        one.
        """
        ordered = sorted(vault.notes if paths is None else set(paths))
        if memory is None and processes == 1 and len(ordered) <= FEWEST:
            judge = Judge(self, vault)
            judged = [judge.at(path) for path in ordered]
            missing = [(one.note.path, target) for one in judged for target in missing_notes(one.note, one.found)]
            return LintResult(Findings([one.found for one in judged]), len(ordered), missing)
        findings = JudgedFindings(Judge(self, vault, traces=memory is not None), ordered, processes, advance, memory)
        return LintResult(findings, len(ordered), MissingNotes(lambda: findings.missing))


class MissingNotes(Iterable[Ask]):
    """The links to notes that do not exist, found when they are read, as few reports show them."""

    def __init__(self, find: Callable[[], Iterable[Ask]]) -> None:
        self._find = find

    def __iter__(self) -> Iterator[Ask]:
        return iter(self._find())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Iterable) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def missing_in(vault: Vault, findings: Findings) -> Iterator[Ask]:
    """Yield the links to notes that do not exist, by the findings of missing-note."""
    for found in findings.notes:
        if any(f.rule == "missing-note" for f in found.single):
            yield from ((found.path, target) for target in missing_notes(vault.notes[found.path].anew(), found))
