"""What is worked out of all notes at once, and stored with the vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from processor.vault.facts import Fact
from processor.vault.vault import Vault

_T = TypeVar("_T")


def per_vault(*of: Fact[Any], lasts: bool = True) -> Callable[[Callable[[Vault], _T]], Callable[[Vault], _T]]:
    """Return a decorator of a function of the vault: its result is stored with the vault, for what takes all notes at once.

    `of` are the facts of the notes that it reads, besides the names of all files: as long as these stay, its result holds
    after an edit. Without `lasts` it reads more, and is run again after any edit.
    """

    def once(function: Callable[[Vault], _T]) -> Callable[[Vault], _T]:
        name = f"{function.__module__}.{function.__qualname__}"
        lasting = frozenset(fact.name for fact in of)

        @wraps(function)
        def ask(vault: Vault) -> _T:
            found: _T
            if lasts:
                if name not in vault.lasting:
                    vault.lasting[name] = (function(vault), lasting)
                found = vault.lasting[name][0]
            else:
                if name not in vault.memo:
                    vault.memo[name] = function(vault)
                found = vault.memo[name]
            return found

        return ask

    return once
