"""The configuration: TOML and `.obsidian/app.json` → a frozen `Config`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from processor.base.extras import MissingExtraError
from processor.base.globs import matches
from processor.config.app import read_app
from processor.config.beside import files_beside
from processor.config.settings import (
    FILE,
    Build,
    ConfigError,
    Entry,
    Found,
    OutputFormat,
    Settings,
    StampStyle,
    config_reference,
    find_settings,
    read_settings,
    read_text,
    unknown,
)
from processor.parse.youtube import UrlStyle
from processor.rules.base import FAMILIES, Rule, Severity, all_rules
from processor.rules.expected import Expected, JsonSchema, SchemaFileError
from processor.vault.naming import lies_in
from processor.vault.note import VIDEO_PROPERTIES
from processor.vault.style import LinkStyle

__all__ = [
    "Config",
    "ConfigError",
    "Entry",
    "Selection",
    "config_reference",
    "load_config",
]


class Selection(NamedTuple):
    """Rules, families or `ALL`, by name. `select` None: nothing is chosen anew."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Config:
    """All settings of a run. `select` None means each rule that is on by default."""

    select: tuple[str, ...] | None = None  # rules, families or ALL
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()  # globs of notes that are not reported
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # glob → rules, families or ALL
    severity: Mapping[str, Severity] = field(default_factory=dict)  # rule or family → severity
    video_property: tuple[str, ...] = VIDEO_PROPERTIES
    stamp_style: StampStyle = "markdown"
    url_style: UrlStyle = "watch"
    forms: tuple[str, ...] | None = None  # or notations, of which stamps are linked; None: all
    ignore_forms: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()  # folders, as absolute paths
    durations: str | None = None  # a CSV, as an absolute path
    expected: Expected = field(default_factory=Expected)  # what is expected of properties
    options: Mapping[str, Any] = field(default_factory=dict)  # rule id → its options, an instance of Rule.options
    file: str = ""  # that configures the vault
    baseline: str | None = None  # the file of findings that are known
    build: Build = field(default_factory=Build)  # what `ytvault build` makes
    link_style: LinkStyle = field(default_factory=LinkStyle)  # from .obsidian/app.json
    origins: Mapping[str, str] = field(default_factory=dict)  # key → where its value came from; defaults are left out
    fail_on: Severity = "warning"
    output_format: OutputFormat = "text"
    command_line: Selection = field(
        default_factory=Selection
    )  # what --select and the like add to the choice of the file
    templates: tuple[str, ...] = ()  # folders (with a `/` behind them) and notes that Obsidian takes templates from
    hidden: tuple[str, ...] = ()  # Obsidian's "Excluded files": folders and /regular expressions/
    remarks: tuple[str, ...] = ()  # what a person should know and what stops nothing, such as a broken app.json

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that are on. Raises ConfigError for an unknown name, with the nearest right one."""
        known = all_rules()
        chosen = {r.id for r in known.values() if r.default}
        for selection in (Selection(self.select, self.extend_select, self.ignore), self.command_line):
            chosen = _chosen(selection, chosen, known)
        return tuple(r for r in known.values() if r.id in chosen)

    def severity_of(self, rule: Rule, of_problem: Severity | None = None) -> Severity:
        """Return how grave a finding of the rule is: as configured, else as the problem itself says, else as the rule does."""
        return self.severity.get(rule.id) or self.severity.get(rule.family) or of_problem or rule.severity

    def options_of(self, rule: Rule) -> Any:  # noqa: ANN401  an instance of Rule.options
        """Return the rule's options as configured, else its defaults."""
        return self.options[rule.id] if rule.id in self.options else rule.options()

    def is_excluded(self, path: str) -> bool:
        """Return whether the note at a path is never reported: it is excluded, or a template, whose gaps are to be filled."""
        return lies_in(path, self.templates) or matches(path, self.exclude)

    def ignored_in(self, path: str) -> frozenset[str]:
        """Return the ids of the rules that `per-file-ignores` turns off in the note at a path."""
        known = all_rules()
        return frozenset(
            r.id
            for pattern, names in self.per_file_ignores.items()
            if matches(path, (pattern,))
            for name in names
            for r in _named(name, known)
        )

    def merge_cli(
        self,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        extend_select: Iterable[str] = (),
        captions: Iterable[Path] = (),
    ) -> Config:
        """Return the configuration with the choice of the command line; each string may hold several names, with commas.

        `--select` puts the choice of the file aside, its `ignore` too; the others add to it and win over it. `captions` are
        folders besides those of the file.
        Raises ConfigError for an unknown name.
        """
        given = {"--select": select, "--extend-select": extend_select, "--ignore": ignore}
        names = {
            key: tuple(n.strip() for value in values for n in value.split(",") if n.strip())
            for key, values in given.items()
        }
        for key, values in names.items():
            for name in values:
                if wrong := unknown(name):
                    raise ConfigError(f"{key}: {wrong}")
        selection = Selection(names["--select"] or None, names["--extend-select"], names["--ignore"])
        origins = {key.removeprefix("--"): key for key, values in names.items() if values}
        folders = tuple(dict.fromkeys((*self.captions, *map(os.path.abspath, captions))))
        if folders != self.captions:
            origins["captions"] = "--captions"
        return replace(self, command_line=selection, captions=folders, origins={**self.origins, **origins})


# Choosing rules


def _named(name: str, known: Mapping[str, Rule]) -> Iterator[Rule]:
    """Yield all rules that a name means, those that are off by default included."""
    if name in known:
        yield known[name]
    elif name == "ALL" or name in FAMILIES:
        yield from (r for r in known.values() if name in ("ALL", r.family))
    else:
        raise ConfigError(unknown(name) or name)


def _chosen(selection: Selection, before: set[str], known: Mapping[str, Rule]) -> set[str]:
    chosen = set(before) if selection.select is None else set()
    named = [(n, True) for n in (*(selection.select or ()), *selection.extend_select)]
    named += [(n, False) for n in selection.ignore]
    # a name for many rules comes first, so that one for fewer can overrule it; of equals, `ignore` is last
    for name, on in sorted(named, key=lambda x: 0 if x[0] == "ALL" else 1 if x[0] in FAMILIES else 2):
        for rule in _named(name, known):
            if not on:
                chosen.discard(rule.id)
            elif rule.default or name not in FAMILIES:
                chosen.add(rule.id)
    return chosen


# Reading


def load_config(root: Path, file: Path | None = None) -> Config:
    """Return the configuration of the vault at `root`: `file`, else `ytvault.toml` there, else `[tool.ytvault]` of the nearest
    `pyproject.toml` at or above it that has such a table. Raises ConfigError.
    """
    app = read_app(root)
    found = find_settings(root, file)
    config = Config(
        link_style=app.link_style._replace(github_anchors=not _is_known(root, found)),
        templates=app.templates,
        hidden=app.hidden,
        remarks=app.remarks,
        origins=app.origins,
        expected=Expected(obsidian=app.types),
    )
    if found is None:
        return config
    settings = read_settings(found)
    beside = files_beside(found, settings)
    same = {f.name for f in fields(Config)} & {f.name for f in fields(Settings)} - {"baseline", "captions", "durations"}
    return replace(
        config,
        **{name: getattr(settings, name) for name in same},
        captions=beside.captions,
        durations=beside.durations,
        remarks=(*config.remarks, *beside.remarks),
        file=str(found.path),
        baseline=settings.baseline and str(found.path.parent / settings.baseline),
        stamp_style=settings.timestamps.style,
        url_style=settings.timestamps.url,
        forms=settings.timestamps.forms,
        ignore_forms=settings.timestamps.ignore_forms,
        expected=Expected(settings.properties, app.types, _schema(found, settings.schema)),
        options=settings.rules,
        origins={**app.origins, **found.origins()},
    )


def _is_known(root: Path, found: Found | None) -> bool:
    """Return whether a folder is known for a vault: by Obsidian's folder, by our file, or because a `pyproject.toml` names it."""
    if (root / ".obsidian").is_dir() or (root / FILE).is_file():
        return True
    if found is None or not found.prefix:
        return False
    table: Any = found.document.values
    for key in found.prefix:
        table = table[key]
    named = table.get("vault")
    return isinstance(named, str) and os.path.abspath(found.path.parent / named) == os.path.abspath(root)


def _schema(found: Found, name: str | None) -> JsonSchema | None:
    """Return the JSON Schema that the file names, known to be one."""
    if name is None:
        return None
    path = found.path.parent / name
    text = read_text(path)
    if text is None:
        line = found.document.line((*found.prefix, "schema"))
        raise ConfigError(f"{found.path}:{line}: schema: there is no file {path}")
    schema = JsonSchema(str(path), text.removeprefix("\ufeff"))
    try:
        schema.validator  # noqa: B018  it is made to see that it can be
    except SchemaFileError as error:
        raise ConfigError(f"{path}: {error}") from None
    except MissingExtraError as error:
        raise MissingExtraError(f'`schema = "{name}"` in {found.path}', error.extra) from None
    return schema
