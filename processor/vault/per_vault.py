"""What is worked out of all notes at once, and stored with the vault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

from processor.vault.facts import Fact
from processor.vault.trace import TracedAnswers
from processor.vault.vault import Vault

_T = TypeVar("_T")


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
        mine = PerVault(
            f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}",
            function,
            frozenset(fact.name for fact in of),
        )
        if traced:
            PER_VAULT[mine.name] = mine

        @wraps(function)
        def ask(vault: Vault) -> _T:
            if mine.name not in vault.lasting:
                with vault.trace.paused():
                    vault.lasting[mine.name] = (function(vault), mine.of)
            found: _T = vault.lasting[mine.name][0]
            if not (traced and vault.trace.on):
                return found
            if isinstance(found, Mapping):
                return cast("_T", TracedAnswers(found, vault.trace, mine.name))
            vault.trace.add("@", mine.name)
            return found

        return ask

    return once
