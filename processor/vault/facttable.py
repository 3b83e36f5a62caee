"""The facts of all notes of a vault, each worked out, or fetched from the cache, when it is first read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from processor.vault.facts import FACTS, Fact
from processor.vault.note import Note

_T = TypeVar("_T")
Known = Callable[[str], Mapping[str, Any]]
"""Gives the facts of a name that are known of notes without looking at them, by path."""
Sharing = Callable[[str, str], "Iterable[str] | None"]
"""Gives the notes of which the fact of a name is one text; None where all must be looked at for that."""


class FactTable:
    """Facts by their name and the path of a note. What is known from elsewhere is known of the notes as they were `before`
    some have `changed`."""

    def __init__(
        self,
        notes: Mapping[str, Note],
        known: Known | None = None,
        sharing: Sharing | None = None,
        before: Mapping[str, Note] | None = None,
        changed: Mapping[str, Note] | None = None,
    ) -> None:
        self._notes = notes
        self._known = known
        self._sharing = sharing
        self._before = notes if before is None else before
        self._changed = changed or {}
        self._columns: dict[str, Mapping[str, Any]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process, without what was worked out."""
        return FactTable, (self._notes, self._known, self._sharing, self._before, self._changed)

    def with_notes(self, notes: Mapping[str, Note], changed: Mapping[str, Note]) -> tuple[FactTable, frozenset[str]]:
        """Return the table of the same notes, some of which have changed, and the names of the facts that are the same for
        certain."""
        other, same = FactTable(notes, self._known, None, self._before, {**self._changed, **changed}), set()
        for name, column in self._columns.items():
            new = self._new(FACTS[name], changed)
            if all(path in column and column[path] == fact for path, fact in new.items()):
                same.add(name)
                other._columns[name] = column
            else:
                other._columns[name] = {**column, **new}
        return other, frozenset(same)

    def _new(self, ask: Fact[_T], changed: Mapping[str, Note]) -> Mapping[str, _T]:
        """Return a fact of notes that have changed, but for those of which it is plain that it is as it was before."""
        found: dict[str, Any] = {}
        for path, note in changed.items():
            since = note.facts_since(self._before.get(path))
            if since is None or not ask.of_all:
                found[path] = ask(note)
            elif ask.name in since:
                found[path] = since[ask.name]
        return found

    def without(self, changed: Collection[str]) -> Known:
        """Return what was worked out of notes, but for those that have changed."""
        known = {name: {p: f for p, f in column.items() if p not in changed} for name, column in self._columns.items()}
        return lambda name: known.get(name, {})

    def of(self, ask: Fact[_T]) -> Mapping[str, _T]:
        """Return a fact of every note, in the order of the notes."""
        found = self._columns.get(ask.name)
        if found is None:
            found = self._columns[ask.name] = self._made(ask)
        return found

    def _made(self, ask: Fact[_T]) -> Mapping[str, _T]:
        known = self._known(ask.name) if self._known else {}
        if known and self._changed:
            known = {**known, **self._new(ask, self._changed)}
        if len(known) == len(self._notes) and list(known) == list(self._notes):
            return known
        if not known.keys() <= self._notes.keys():
            known = {path: fact for path, fact in known.items() if path in self._notes}
        made: dict[str, Any] = {**dict.fromkeys(self._notes), **known}
        for path in self._notes.keys() - known.keys() if len(known) < len(made) else ():
            made[path] = ask(self._notes[path])
        return made

    def sharing(self, ask: Fact[str], what: str) -> list[str]:
        """Return the notes of which a fact is this text, sorted; empty where there is only one."""
        if self._sharing and ask.name not in self._columns and (few := self._sharing(ask.name, what)) is not None:
            found = sorted(few)
        else:  # to count first is quick, and mostly shows that there is nothing to look for
            column = self.of(ask)
            several = list(column.values()).count(what) > 1
            found = sorted([path for path, fact in column.items() if fact == what]) if several else []
        return found if len(found) > 1 else []

    def forget(self, *but: Fact[Any]) -> None:
        """Drop what can be fetched again, to save memory."""
        if self._known is not None:
            kept = {ask.name for ask in but}
            self._columns = {name: column for name, column in self._columns.items() if name in kept}
