"""Which findings a person has silenced, which suppressions silence nothing, and how to silence what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from processor.config import Config
from processor.parse.nodes import Suppression
from processor.rules.base import Context, Finding, FoundFix, Idle, Problem, Rule, all_rules
from processor.vault.facts import own_fact
from processor.vault.note import Note

SELF = "unused-suppression"


@dataclass(eq=False)
class _Name:
    """One name of a suppression, or, with `index` -1, a suppression that lists none and so means every rule."""

    suppression: Suppression
    index: int
    rules: frozenset[str]
    used: bool = False


@dataclass
class _Active:
    """What silences rules at one place: by rule, and for every rule but some."""

    named: dict[str, _Name] = field(default_factory=dict)
    every: _Name | None = None
    but: set[str] = field(default_factory=set)
    others: list[_Name] = field(default_factory=list)  # which would silence something, were it not silent already

    def add(self, name: _Name) -> None:
        """One that is silent already stays with the name that made it so."""
        if name.index >= 0:
            if name.rules & self.named.keys():
                self.others.append(name)
            for rule in name.rules:
                self.named.setdefault(rule, name)
        elif self.every is None:
            self.every = name
        elif self.but:  # what an `enable` took out of the first is silenced by this one
            self.others.append(self.every)
            self.every, self.but = name, set()
        else:
            self.others.append(name)

    def end(self, rules: frozenset[str] | None) -> list[_Name]:
        """End the silence of some rules (None: of all); gives the names that it ended."""
        if rules is None:
            ended = [*self.named.values(), *([self.every] if self.every else []), *self.others]
            self.named, self.every, self.but, self.others = {}, None, set(), []
            return ended
        ended = [self.named.pop(r) for r in rules if r in self.named]
        ended += [name for name in self.others if name.index < 0 or name.rules & rules]
        if self.every and not rules <= self.but:
            ended.append(self.every)
            self.but |= rules
        return ended

    def of(self, rule: str) -> Iterator[_Name]:
        if rule in self.named:
            yield self.named[rule]
        # who silences all does not mean to silence the rule that judges this
        if self.every and rule not in self.but and rule != SELF:
            yield self.every


def _rules_of(name: str) -> frozenset[str]:
    """Return the rules that a name in a suppression means: its own, a family's, all; none where nothing is called so."""
    known = all_rules()
    if name in known:
        return frozenset((name,))
    return frozenset(r.id for r in known.values() if name in ("ALL", r.family) and r.id != SELF)


def _names_of(suppression: Suppression) -> Iterator[_Name]:
    if not suppression.rules:
        yield _Name(suppression, -1, frozenset())
    for i, name in enumerate(suppression.rules):
        yield _Name(suppression, i, _rules_of(name))


def _is_blank(note: Note, start: int, end: int) -> bool:
    """Return whether a stretch holds but white space and the marks of quotes; a long one is not looked at."""
    return end - start < 1000 and not note.text[start:end].strip(" \t>")


def _next_lines(note: Note) -> dict[int, list[Suppression]]:
    """Return the `disable-next-line`s by the line (from 0) they mean: the next one that holds more than suppressions."""
    found: dict[int, list[Suppression]] = {}
    target: dict[int, int] = {}  # where a line that holds nothing but a suppression leads
    for s in reversed(note.suppressions):
        if s.action == "property":
            continue
        first, last = note.lines.line(s.span.start), note.lines.line(max(s.span.start, s.span.end - 1))
        line = target.get(last + 1, last + 1)
        if s.action == "disable-next-line":
            found.setdefault(line, []).append(s)
        if _is_blank(note, note.lines.start(first), s.span.start) and _is_blank(note, s.span.end, note.lines.end(last)):
            target[first] = line
    return {line: found[line][::-1] for line in found}


class Silence:
    """What the suppressions of a note silence. Ask `split`, and then `idle` what was of no use."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._names = {s: list(_names_of(s)) for s in note.suppressions if s.action != "enable"}
        self._ranges = [s for s in note.suppressions if s.action in ("disable", "enable")]
        self._everywhere = self._activate(s for s in note.suppressions if s.action == "property")
        self._lines = {line: self._activate(found) for line, found in _next_lines(note).items()}
        self._enables: list[tuple[Suppression, int, list[_Name]]] = []  # an `enable`, one of its names, what that ended

    def _activate(self, suppressions: Iterable[Suppression]) -> _Active:
        active = _Active()
        for s in suppressions:
            for name in self._names[s]:
                active.add(name)
        return active

    def split(self, places: Sequence[tuple[str, int]]) -> list[bool]:
        """For each rule and offset whether it is silenced; remembers which names did it."""
        silenced = [False] * len(places)
        self._enables = []
        current = _Active()
        ranges = iter(self._ranges)
        following = next(ranges, None)
        for i in sorted(range(len(places)), key=lambda i: places[i][1]):
            rule, offset = places[i]
            while following and following.span.start <= offset:
                self._step(current, following)
                following = next(ranges, None)
            on_line = self._lines.get(self._note.lines.line(offset)) if self._lines else None
            for active in (self._everywhere, current, on_line):
                for name in active.of(rule) if active else ():
                    name.used = silenced[i] = True
        while following:
            self._step(current, following)
            following = next(ranges, None)
        return silenced

    def _step(self, active: _Active, s: Suppression) -> None:
        if s.action == "disable":
            for name in self._names[s]:
                active.add(name)
        else:
            for name in _names_of(s):
                self._enables.append((s, name.index, active.end(None if name.index < 0 else name.rules)))

    def idle(self, enabled: frozenset[str]) -> tuple[Idle, ...]:
        """Return what silences nothing, among the names whose rules are all on: of others nobody can say."""
        on = frozenset(r.id for r in all_rules().values() if r.default)

        def judged(name: _Name) -> bool:
            if name.index < 0:
                return on <= enabled
            if not name.rules or SELF in name.rules:
                return False
            return (name.rules if len(name.rules) == 1 else name.rules & on) <= enabled

        useless = {name: None for names in self._names.values() for name in names if not name.used and judged(name)}
        gone: dict[Suppression, list[int]] = {}
        for name in useless:
            gone.setdefault(name.suppression, []).append(name.index)
        # an `enable` that ends one suppression only goes with it; one that ends nothing is idle itself
        along: dict[Suppression, dict[Suppression, list[int]]] = {}
        for enable, index, ended in self._enables:
            if index >= 0 and not _rules_of(enable.rules[index]):
                continue  # nothing is called so: that is said of the name
            if not ended:
                gone.setdefault(enable, []).append(index)
            elif all(name in useless for name in ended) and len({name.suppression for name in ended}) == 1:
                along.setdefault(ended[0].suppression, {}).setdefault(enable, []).append(index)
        return tuple(
            Idle(
                s,
                tuple(i for i in gone[s] if i >= 0),
                tuple((e, tuple(i for i in indices if i >= 0)) for e, indices in along.get(s, {}).items()),
            )
            for s in sorted(gone, key=lambda s: s.span)
        )


def apply_suppressions(
    note: Note, findings: Sequence[Finding], enabled: Iterable[str]
) -> tuple[list[Finding], list[Problem]]:
    """Return the findings that are not suppressed, and what `unused-suppression` has to say, if it is on.

    `enabled` are the ids of the rules that were run; a suppression of another one is not judged.
    """
    if not note.suppressions:
        return list(findings), []
    enabled = frozenset(enabled)
    silence = Silence(note)
    silenced = silence.split([(f.rule, f.span.start) for f in findings])
    kept = [f for f, gone in zip(findings, silenced, strict=True) if not gone]
    problems: list[Problem] = []
    if SELF in enabled:
        problems = list(all_rules()[SELF].check(note, Context(idle=silence.idle(enabled))))
        silenced = silence.split([(SELF, p.span.start) for p in problems])
        problems = [p for p, gone in zip(problems, silenced, strict=True) if not gone]
    return kept, problems


@own_fact
def _is_suppressing(note: Note) -> bool:
    return bool(note.suppressions)


def _without_silenced_fixes(findings: Iterable[Finding], kept: list[Finding]) -> list[Finding]:
    """Return the findings that are kept, without fixes that a silenced one of the same place has, too: who wants none of that
    rule's wants none of another's that does the same."""
    staying = set(map(id, kept))
    gone = {(f.span, f.fix.title) for f in findings if f.fix and id(f) not in staying}
    if not gone:
        return kept
    return [f._replace(fix=None) if f.fix and (f.span, f.fix.title) in gone else f for f in kept]


class Suppressor:
    """Says for a run which of its findings stay."""

    def __init__(self, config: Config, rules: Iterable[Rule], *, with_edits: bool = True) -> None:
        self._config = config
        self._with_edits = with_edits
        self._rules = frozenset(r.id for r in rules)

    def may_silence(self, note: Note) -> bool:
        """Return whether there is anything that could silence a finding of the note, or be idle."""
        return _is_suppressing(note) or bool(self._config.per_file_ignores)

    def apply(self, note: Note, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings of a note that nothing suppresses, and one for each suppression that suppresses nothing."""
        ignored = self._config.ignored_in(note.path) if self._config.per_file_ignores else frozenset()
        findings = list(findings)
        left = [f for f in findings if f.rule not in ignored] if ignored else findings
        if not note.suppressions:
            return _without_silenced_fixes(findings, left)
        kept, problems = apply_suppressions(note, left, self._rules - ignored)
        rule = all_rules().get(SELF)
        return _without_silenced_fixes(findings, kept) + [self._finding(note, rule, p) for p in problems if rule]

    def _finding(self, note: Note, rule: Rule, problem: Problem) -> Finding:
        fix = problem.fix
        return Finding(
            note.path,
            problem.span,
            rule.id,
            self._config.severity_of(rule, problem.severity),
            problem.message,
            note.lines.position(problem.span.start),
            note.lines.position(problem.span.end),
            fix and FoundFix(fix.title, fix.safe, tuple(fix.edits()) if self._with_edits else ()),
        )
