"""What is worked out of all notes at once, or of one for several rules, and stored with the vault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from processor.vault.facts import Fact
from processor.vault.note import Note
from processor.vault.trace import TracedAnswers
from processor.vault.vault import Vault

_T = TypeVar("_T")
_P = ParamSpec("_P")


class PerVault(NamedTuple):
    """A function marked with `per_vault`: `of` are the names of the facts that it reads besides the names of all files."""

    name: str
    function: Callable[[Vault], Any]
    of: frozenset[str]


PER_VAULT: dict[str, PerVault] = {}
"""The functions whose results are looked at again when the vault changes, by name."""


def per_vault(*of: Fact[Any], traced: bool = True) -> Callable[[Callable[[Vault], _T]], Callable[[Vault], _T]]:
    """Return a decorator of a function of the vault: its result is stored with the vault, for what takes all notes at once.

    `of` are the facts of the notes that it reads, besides the names of all files: as long as these stay, its result holds
    after an edit. What a rule reads of a mapping is recorded key by key, and of any other result as a whole. Without
    `traced` it is not: then it records itself what is read of it, or what the rule is told is the same as long as the
    note's own `binding` facts are shared by the same notes.
    """

    def once(function: Callable[[Vault], _T]) -> Callable[[Vault], _T]:
        name, facts = _name_of(function), frozenset(fact.name for fact in of)

        @wraps(function)
        def ask(vault: Vault) -> _T:
            if name not in vault.lasting:
                with vault.trace.paused():
                    vault.lasting[name] = (function(vault), facts)
            found: _T = vault.lasting[name][0]
            if not (traced and vault.trace.on):
                return found
            if isinstance(found, Mapping):
                return cast("_T", TracedAnswers(found, vault.trace, name))
            vault.trace.add("@", name)
            return found

        if traced:
            PER_VAULT[name] = PerVault(name, ask, facts)
        return ask

    return once


def per_note(
    function: Callable[Concatenate[Note, Vault, _P], _T],
) -> Callable[Concatenate[Note, Vault, _P], _T]:
    """Make a function of a note in its vault one of which the last result is stored: several rules ask of one note, one after
    another. What it reads of the vault is recorded whenever it is asked."""
    name = _name_of(function)

    @wraps(function)
    def ask(note: Note, vault: Vault, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        trace = vault.trace
        how = (trace.on, args, kwargs)
        last = vault.memo.get(name)
        if last is None or last[0] is not note or last[1] != how:
            last = vault.memo[name] = (note, how, *trace.recorded(lambda: function(note, vault, *args, **kwargs)))
        trace.repeat(last[3])
        found: _T = last[2]
        return found

    return ask


def _name_of(function: Callable[..., object]) -> str:
    return f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
