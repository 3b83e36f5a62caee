"""What can be done about a finding: its fix, all of its rule in the note, to silence it, or what else may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from processor.base.diff import edits_between
from processor.base.text import Source, Span
from processor.fix import fix_vault
from processor.fix.applying import applied
from processor.fix.candidates import candidates
from processor.lint.linter import Linter
from processor.lint.suppress import SELF
from processor.lint.suppress.silencing import add_suppressions, silence_in_note
from processor.rules.base import Finding, NoteEdit
from processor.server.home import Home
from processor.server.proposals import linked_mention, other_targets, what_is_missing

QUICK, FIX_ALL = "quickfix", "source.fixAll.ytvault"
_MOST = 12  # findings at one place that are looked at
_LONGEST = 400_000  # characters of all their notes together, the one note counted for each


@dataclass(frozen=True)
class Action:
    """Something that can be done. `edits` gives the edits of notes; those of a note that `creates` names make it from nothing.

    `is_slow` says that to find the edits takes a look at the whole note: it is for the one action that is chosen.
    `solves` are the findings that are gone then.
    """

    title: str
    kind: str
    edits: Callable[[], Sequence[NoteEdit]]
    solves: tuple[Finding, ...] = ()
    is_preferred: bool = False
    is_slow: bool = False
    creates: str = ""
    key: str = ""  # of a slow one: the rule, or empty for all


def actions(home: Home, span: Span, findings: Sequence[Finding]) -> Iterator[Action]:
    """Yield what can be done at a place of an open note, with these findings in it, whose fixes hold their edits."""
    most = max(1, min(_MOST, _LONGEST // (len(home.note.text) + 1)))  # for each the note is read anew a few times
    here = [f for f in findings if f.span.start <= span.end and span.start <= f.span.end][:most]
    for finding in here:
        yield from _fixes(home, finding, findings)
    for finding in here:
        yield from other_quick(home, finding)
    for rule in dict.fromkeys(f.rule for f in here):
        yield from _all_of_rule(home, rule, findings)
    for finding in here:
        yield from _silencing(home, finding)
    if span.start < span.end and (edit := linked_mention(home, span)):
        title, edits = edit
        yield Action(title, QUICK, lambda: edits)
    if any(f.fix and f.fix.safe for f in findings):
        yield Action(
            "Fix all that is certain in this note", FIX_ALL, lambda: mended(home, "", unsafe=False), is_slow=True
        )


def _fixes(home: Home, finding: Finding, findings: Sequence[Finding]) -> Iterator[Action]:
    fix = finding.fix
    if fix is None:
        return
    together = (
        [f for f in findings if f.rule == finding.rule and f.fix and f.fix.together] if fix.together else [finding]
    )
    found = next(candidates(together, home.vault.vault.notes, unsafe=True), None)
    if found is None or isinstance(applied(home.vault.vault.notes, [found]), str):
        return  # it would change something else
    edits = [NoteEdit(path, edit) for path, some in found.edits.items() for edit in some]
    title = fix.title[:1].upper() + fix.title[1:]
    if len(together) > 1:
        title += f" (with all {len(together)} in this note)"
    if not fix.safe:
        title += " (probably right)"
    yield Action(title, QUICK, lambda: edits, tuple(together), is_preferred=fix.safe)


def other_quick(home: Home, finding: Finding) -> Iterator[Action]:
    """Yield what may have been meant by a link, and the making of what it asks for."""
    taken = {tuple(finding.fix.edits)} if finding.fix else set()
    for title, edit in other_targets(home, finding.span):
        if (edit,) not in taken:
            taken.add((edit,))
            yield Action(title, QUICK, partial(_only, edit), (finding,))
    for title, edit, creates in what_is_missing(home, finding.span):
        yield Action(title, QUICK, partial(_only, edit), (finding,), creates=creates)


def _all_of_rule(home: Home, rule: str, findings: Sequence[Finding]) -> Iterator[Action]:
    mine = [f for f in findings if f.rule == rule and f.fix]
    for safe in (True, False):
        some = tuple(f for f in mine if f.fix and (f.fix.safe or not safe))
        if len(some) > 1 and (safe or any(f.fix and not f.fix.safe for f in mine)):
            title = f"Fix all {len(some):,} of {rule} in this note" + ("" if safe else " (probably right)")
            key = rule if safe else f"{rule}!"
            edits = partial(mended, home, rule, unsafe=not safe)
            yield Action(title, QUICK, edits, some, is_slow=True, key=key)


def _only(edit: NoteEdit) -> Sequence[NoteEdit]:
    return (edit,)


def _silencing(home: Home, finding: Finding) -> Iterator[Action]:
    if finding.rule == SELF:
        return

    def in_note(rule: str) -> Sequence[NoteEdit]:
        return [NoteEdit(home.path, edit) for edit in silence_in_note(home.note, rule)]

    edits = [NoteEdit(home.path, edit) for edit in add_suppressions(home.note, [finding]).edits]
    if len(edits) == 1 and "ytvault-disable-next-line" in edits[0].edit.text:
        yield Action(f"Suppress {finding.rule} on this line", QUICK, lambda: edits, (finding,))
    if everywhere := in_note(finding.rule):
        yield Action(f"Suppress {finding.rule} in this note", QUICK, lambda: everywhere, (finding,))


def of_key(home: Home, key: str) -> Sequence[NoteEdit]:
    """Return the edits of a slow action by its key."""
    return mended(home, key.removesuffix("!"), unsafe=key.endswith("!"))


def mended(home: Home, rule: str, *, unsafe: bool) -> list[NoteEdit]:
    """Return the edits that `--fix` makes in an open note, or `--unsafe-fixes` of one rule; with `rule` empty by all rules. What would
    change another note is left out."""
    vault, path = home.vault, home.path
    linter = vault.mender
    if rule:
        linter = Linter(vault.config.merge_cli(select=[rule]), with_edits=True)
    if not vault.is_judged(path) or home.note.source.invalid is not None:
        return []
    fixed = fix_vault(vault.vault, linter, [path], unsafe=unsafe, titles=False, processes=1)
    data = fixed.contents.get(path)
    if data is None:
        return []
    return [NoteEdit(path, edit) for edit in edits_between(home.note.text, Source.decode(data).text)]
