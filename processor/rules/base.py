"""What a rule is: the types it deals in, its registration, its documentation."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple

from processor.base.text import Edit, Position, Span
from processor.parse.nodes import Suppression
from processor.parse.youtube import UrlStyle
from processor.rules.expected import Expected
from processor.rules.guards import Question
from processor.rules.samples import Sample, samples_of
from processor.vault.note import VIDEO_PROPERTIES, Note
from processor.vault.vault import Vault

Severity = Literal["error", "warning", "information"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "information")
Needs = Literal["note", "vault", "findings"]
"""What a rule must see: one note; the vault too; or what all other rules found (it runs last, in `suppress`)."""
Fixes = Literal["safe", "unsafe", "both", "none"]

FAMILIES: Mapping[str, str] = {
    "properties": "the YAML block at the top of a note",
    "links": "wikilinks, embeds and Markdown links into the vault",
    "timestamps": "stamps and the seconds they lead to",
    "notes": "the note as a whole and its place in the vault",
}


class NoteEdit(NamedTuple):
    """An edit to a note of the vault, named by its path."""

    path: str
    edit: Edit


class Fix(NamedTuple):
    """A way to mend a problem: edits to any notes, all or nothing.

    `title` says in the imperative what it does (`write [[meta_platforms|Meta]]`). Safe means that no reader would
    object and the meaning is certain; else it is probably right. `edits` is called only when the edits are wanted.
    `together`: all fixes of the rule in the note that say so are made, or none.
    """

    title: str
    safe: bool
    edits: Callable[[], Iterable[NoteEdit]]
    together: bool = False


class Problem(NamedTuple):
    """What a rule found: where, and a sentence for people without a final stop.

    `severity` is set only where this one problem is graver or lighter than its rule; `confidence`, where it is known, is how
    probable what it says is, between 0 and 1."""

    span: Span
    message: str
    fix: Fix | None = None
    severity: Severity | None = None
    confidence: float | None = None


class FoundFix(NamedTuple):
    """How a finding can be mended: see `Fix`. `edits` are empty where they were not asked for."""

    title: str
    safe: bool
    edits: tuple[NoteEdit, ...] = ()
    together: bool = False


class Alike(NamedTuple):
    """Problems of one rule in one note that differ only in their place and in one word of their `message` (at its `{}`).

    Each covers `length` code points of one line, from `starts` in the order of the text. `edits` gives the edits of all
    their fixes, none of which depends on another."""

    starts: Sequence[int]
    length: int
    words: Sequence[str]
    message: str
    fix: FoundFix | None = None
    edits: Callable[[], Sequence[Edit]] | None = None


class Finding(NamedTuple):
    """A problem in its place: one stamp, one link, one key.

    `start` and `end` (exclusive) count from 1, in code points.
    """

    path: str
    span: Span
    rule: str
    severity: Severity
    message: str
    start: Position
    end: Position
    fix: FoundFix | None
    confidence: float | None = None


class Idle(NamedTuple):
    """A suppression that silences nothing, or names in it that do.

    `names` are indices in its `rules`, empty where it lists none and so means all. `enables` are names of later
    `enable`s that end nothing but this, and go with it."""

    suppression: Suppression
    names: tuple[int, ...] = ()
    enables: tuple[tuple[Suppression, tuple[int, ...]], ...] = ()


@dataclass(frozen=True)
class NoOptions:
    """For a rule that has none."""


@dataclass(frozen=True, eq=False)
class Context:
    """What a rule may know besides the note: its own options, the user's settings and, if it needs it, the vault."""

    options: Any = NoOptions()
    video_properties: tuple[str, ...] = VIDEO_PROPERTIES
    stamp_style: Literal["markdown", "html", "media"] = "markdown"
    url_style: UrlStyle = "watch"
    forms: tuple[str, ...] | None = None  # or notations, of which stamps are linked; None: all
    ignore_forms: tuple[str, ...] = ()
    expected: Expected = field(default_factory=Expected)  # what is configured of properties
    templates: tuple[str, ...] = ()  # the folders (with a `/` behind them) and notes that hold templates
    opened_vault: Vault | None = None
    idle: tuple[Idle, ...] = ()  # only for a rule with needs="findings"
    on: Mapping[str, Any] = field(default_factory=dict)  # the options of all rules that are run, by id

    @property
    def vault(self) -> Vault:
        if self.opened_vault is None:
            raise RuntimeError('only a rule with needs="vault" sees the vault')
        return self.opened_vault


Check = Callable[[Note, Context], Iterable[Problem]]
CheckAlike = Callable[[Note, Context], tuple[Alike, Iterable[Problem]] | None]
Objections = Callable[[Vault, Vault, Sequence[str]], Iterable[tuple[Sequence[str], str]]]
"""Says of the vault as it is, as it would become, and the notes that fixes of the rule would change in between, in which of
these they must not be made, and why."""


@dataclass(frozen=True, eq=False)
class Rule:
    """A registered rule; `id` is its file's name, `family` its folder's, `docstring` that of its module."""

    id: str
    family: str
    severity: Severity
    needs: Needs
    fixes: Fixes
    default: bool
    options: type
    check: Check = field(repr=False)
    docstring: str = field(repr=False)
    check_in_vault: Check | None = field(default=None, repr=False)  # what the same rule says once it sees the vault
    check_alike: CheckAlike | None = field(default=None, repr=False)  # what `check` says, the most of it at once
    objections: Objections | None = field(default=None, repr=False)  # against its own fixes, seen together
    where: Question | None = field(default=None, repr=False)  # None: `check` may have something to say of any note
    where_in_vault: Question | None = field(default=None, repr=False)  # the same for `check_in_vault`
    extra: str = ""  # that brings the library which the rule needs

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process knows it by its name."""
        return _rule_named, (self.id,)

    @property
    def in_vault(self) -> tuple[Question | None, Check] | None:
        """What the rule says of a note once it sees the vault, and where; None: nothing more than without."""
        if self.needs == "vault":
            return self.where, self.check
        return None if self.check_in_vault is None else (self.where_in_vault, self.check_in_vault)

    def problems(self, note: Note, context: Context) -> Iterator[Problem]:
        """Yield all that the rule says of a note; what takes the vault only if the context has it."""
        if self.where is None or self.where(note):
            yield from self.check(note, context)
        if self.check_in_vault is None or context.opened_vault is None:
            return
        if self.where_in_vault is None or self.where_in_vault(note):
            yield from self.check_in_vault(note, context)

    @cached_property
    def doc(self) -> str:
        """The docstring without its indentation; made where it is read, which to check notes is no need."""
        return inspect.cleandoc(self.docstring)

    @property
    def summary(self) -> str:
        """The docstring's first line, without its final stop."""
        return self.doc.partition("\n")[0].removesuffix(".")

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The samples of the documentation: see `samples_of`."""
        return samples_of(self.doc)


_REGISTERED = "__ytvault_rule__"


def _rule_named(name: str) -> Rule:
    return all_rules()[name]


def rule(
    *,
    severity: Severity,
    needs: Needs = "note",
    fixes: Fixes = "none",
    default: bool = True,
    options: type = NoOptions,
    where: Question | None = None,
    extra: str = "",
) -> Callable[[Check], Check]:
    """Register the decorated `check` as the rule that its module is.

    `extra` brings the library that it needs, if it needs one. It is not run for a note of which `where` is false, which must
    be quick: see `processor.rules.guards`.
    """

    def register(check: Check) -> Check:
        module = sys.modules[check.__module__]
        *_, family, name = module.__name__.split(".")
        found = Rule(
            id=name.replace("_", "-"),
            family=family,
            severity=severity,
            needs=needs,
            fixes=fixes,
            default=default,
            options=options,
            where=where,
            extra=extra,
            check=check,
            docstring=module.__doc__ or "",
        )
        setattr(module, _REGISTERED, found)
        return check

    return register


def also_in_vault(*, where: Question | None = None) -> Callable[[Check], Check]:
    """Register a second check of a rule with needs="note": for the few places that only the vault can tell.

    It stands below the decorated `check` of the module, and has a `where` of its own.
    """

    def register(check: Check) -> Check:
        _extend(check.__module__, check_in_vault=check, where_in_vault=where)
        return check

    return register


def mostly_alike(check: CheckAlike) -> CheckAlike:
    """Register a faster form of the `check` of a rule that finds hundreds of thousands of problems in a large vault, nearly
    all alike: it returns these at once, and the others, or None where `check` must be run.

    It stands below the decorated `check` of the module, which yields the same problems one by one.
    """
    _extend(check.__module__, check_alike=check)
    return check


def objecting(objections: Objections) -> Objections:
    """Register what a rule has against its own fixes, of several notes at once. It stands below the decorated `check`."""
    _extend(objections.__module__, objections=objections)
    return objections


def _extend(name: str, **fields: Any) -> None:  # noqa: ANN401
    module = sys.modules[name]
    setattr(module, _REGISTERED, replace(getattr(module, _REGISTERED), **fields))


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by id: families in the order of FAMILIES, rules in alphabetical order."""
    import processor.rules

    infos = pkgutil.walk_packages(processor.rules.__path__, processor.rules.__name__ + ".")
    modules = [importlib.import_module(info.name) for info in infos if "._" not in info.name]
    found: list[Rule] = [getattr(m, _REGISTERED) for m in modules if hasattr(m, _REGISTERED)]
    return {r.id: r for r in sorted(found, key=lambda r: ([*FAMILIES].index(r.family), r.id))}
