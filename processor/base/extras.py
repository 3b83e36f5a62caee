"""The libraries that only some tasks need: they come with an extra, or are installed beside the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import NamedTuple, Protocol


class Library(NamedTuple):
    """What an extra brings: the requirement, as `pyproject.toml` has it, and the module that shows whether it is there."""

    requirement: str
    module: str

    @property
    def name(self) -> str:
        return self.requirement.partition(">")[0]


EXTRAS: Mapping[str, Library] = {
    "lsp": Library("pygls>=2.0", "pygls"),
    "mentions": Library("ahocorasick-rs>=1.0", "ahocorasick_rs"),
    "schema": Library("jsonschema>=4.23", "jsonschema"),
    "watch": Library("watchfiles>=1.0", "watchfiles"),
}


class MissingExtraError(Exception):
    """A task needs the library of an extra. How to get it depends on how the program was installed: see `cli`."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what, extra)
        self.what = what
        self.extra = extra

    def __str__(self) -> str:
        return f'{self.what} needs the library {EXTRAS[self.extra].name}, which comes with the extra "{self.extra}"'


def require(what: str, extra: str) -> None:
    """Raise MissingExtraError where the library of an extra is not there: before any work."""
    if find_spec(EXTRAS[extra].module) is None:
        raise MissingExtraError(what, extra)


class _Needing(Protocol):
    """A rule."""

    @property
    def id(self) -> str: ...

    @property
    def extra(self) -> str: ...


def require_all(rules: Iterable[_Needing]) -> None:
    """Raise MissingExtraError for a rule whose library is not there: before a vault is read."""
    for rule in rules:
        if rule.extra:
            require(rule.id, rule.extra)
