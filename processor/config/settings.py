"""The settings a file can hold: their schema, the search for the file, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from processor.base.choices import Missing, Renderer, VideoLink
from processor.base.formats import NAMES
from processor.base.globs import compile_globs
from processor.config.schema import SchemaError, did_you_mean, dotted, fields_of, listed, read_table, toml
from processor.config.toml import Document, KeyPath, TomlError, parse
from processor.parse.nodes import StampForm
from processor.parse.starts import is_template
from processor.parse.timestamps.notations import NAMES as NOTATIONS
from processor.parse.youtube import URL_STYLES, UrlStyle
from processor.rules.base import FAMILIES, NoOptions, Severity, all_rules
from processor.rules.expected import PropertySpec
from processor.vault.naming.files import wrong_index
from processor.vault.note import VIDEO_PROPERTIES

FILE = "ytvault.toml"
if TYPE_CHECKING:
    OutputFormat = str
else:
    OutputFormat = Literal[NAMES]
if TYPE_CHECKING:
    Form = str
else:
    Form = Literal[*get_args(StampForm), *NOTATIONS]
StampStyle = Literal["markdown", "html", "media"]
_OURS: KeyPath = ("tool", "ytvault")


class ConfigError(Exception):
    """The configuration is wrong; the message names file, line and what to write instead."""


@dataclass(frozen=True)
class Timestamps:
    """How stamps are linked."""

    style: StampStyle = "markdown"
    """What `unlinked-timestamp` writes: `markdown` a link to the video, `html` the anchor with an `href` (a site's player script goes
    on working), `media` a link that names the second twice, `&t=370#t=06:10`: for YouTube, and for the Media Extended plugin."""
    url: UrlStyle = "watch"
    """The shape of the URL: `watch` is `https://www.youtube.com/watch?v=ID&t=370s`, `short` is `https://youtu.be/ID?t=370s`; or a template, such as `https://youtu.be/{id}?t={seconds}`."""
    forms: tuple[Form, ...] | None = None
    """The forms of stamps that are linked, or notations of these, as `ytvault inspect` calls them. Not set: all."""
    ignore_forms: tuple[Form, ...] = ()
    """Those of which stamps are neither linked nor reported as unlinked."""


@dataclass(frozen=True)
class Build:
    """What `ytvault build` makes besides the fixes; its options win over these."""

    for_: Renderer = "obsidian"
    """What the copy is for: `obsidian`, the site generators `quartz` and `mkdocs`, or `plain` Markdown as GitHub shows it; links are written
    so that they lead there where they lead in Obsidian, and what only Obsidian reads is written as it is read there."""
    hubs: bool = True
    """Whether each channel's hub lists all its notes, and is made where there is none."""
    index: str | bool = True
    """The start note, which lists the channels: its name, `true` for one that is free, `false` for none."""
    related: bool = False
    """Whether each note lists at its foot those of the same video and those that link to it."""
    missing: Missing = "keep"
    """What becomes of links to notes that do not exist: `keep`, `unlink` to plain words, or `stub`, a note that lists who asks."""
    missing_at_least: int = 1
    """How many notes must ask for one that does not exist, so that a stub is made of it."""
    link_mentions: bool = False
    """Whether the first mention of another note's title or alias in a section is linked."""
    video_link: VideoLink = "none"
    """Whether each note of a video has a `link` to it below its `From:` line, or an `embed` that plays it there."""
    aliases: bool = False
    """Whether a note's title becomes an alias of it where its file is called otherwise."""


@dataclass(frozen=True)
class Settings:
    """What can stand in `ytvault.toml`, or in `[tool.ytvault]` of a `pyproject.toml`."""

    select: tuple[str, ...] | None = None
    """The rules to run: rules, families or `ALL`. A family means its rules that are not off by default. Not set: each rule that is on by default."""
    extend_select: tuple[str, ...] = ()
    """Rules to run besides those of `select`: the way to turn on one that is off by default."""
    ignore: tuple[str, ...] = ()
    """Rules or families not to run. The closer name wins: a rule over its family, a family over `ALL`."""
    exclude: tuple[str, ...] = ()
    """Notes that are read, so that links to them resolve, and never reported: patterns as in `.gitignore`, from the vault's root."""
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Rules not to run in some notes: pattern → rules, families or `ALL`."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """The severity of a rule, or of all rules of a family."""
    fail_on: Severity = "warning"
    """The lightest severity that makes the exit status 1. `information` never fails unless it is named here."""
    output_format: OutputFormat = "text"
    """The format of the report."""
    baseline: str | None = None
    """A file of findings that are known and not reported again, from the folder of this one: what `ytvault lint --write-baseline FILE` wrote."""
    video_property: tuple[str, ...] = VIDEO_PROPERTIES
    """The property that names a note's video, by an id or a URL: the first of these that a note has."""
    properties: Mapping[str, PropertySpec] = field(default_factory=dict)
    schema: str | None = None
    """A JSON Schema (a file, from the folder of this one) for the properties of each note that has some: `note.schema.json`. Needs the library `jsonschema`, which the extra `schema` brings."""
    captions: tuple[str, ...] = ()
    """Folders of captions and transcripts, in the vault or out of it, from the folder of this file: what is said in a video, against which its stamps are held. See `ytvault captions`."""
    durations: str | None = None
    """A CSV of how long videos are, from the folder of this file: id, seconds, title."""
    timestamps: Timestamps = Timestamps()
    build: Build = Build()
    rules: Mapping[str, Any] = field(default_factory=dict)
    vault: str | None = None
    """Which folder is the vault, from the folder of the `pyproject.toml`. Only there."""


def unknown(name: str, *, all_too: bool = True) -> str | None:
    """Return what is wrong with the name of a rule, a family or `ALL`; None: nothing."""
    known = (*all_rules(), *FAMILIES, *(("ALL",) if all_too else ()))
    if name in known:
        return None
    return f'no rule or family is called "{name}"' + (did_you_mean(name, known) or "; `ytvault rule` lists them")


# Reading


class Found(NamedTuple):
    """The file that configures a vault, what it holds, and the way to our table in it."""

    path: Path
    document: Document
    prefix: KeyPath = ()

    def origins(self) -> dict[str, str]:
        """Return each key that is set, and where: file and line."""
        depth = len(self.prefix)
        return {
            dotted(path[depth:]): f"{self.path}:{line}"
            for path, line in self.document.lines.items()
            if len(path) > depth and path[:depth] == self.prefix and not any(isinstance(p, int) for p in path)
        }


def find_settings(root: Path, file: Path | None = None) -> Found | None:
    """`file`, else `ytvault.toml` in `root`, else the nearest `pyproject.toml` at or above it with our table.

    Raises ConfigError for a file that is not there, cannot be read or is no TOML.
    """
    if file is not None:
        text = read_text(file)
        if text is None:
            raise ConfigError(f"{file}: there is no such file")
        document = _parse(file, text)
        return Found(file, document, _OURS if _has_our_table(document) and file.name == "pyproject.toml" else ())
    if (text := read_text(root / FILE)) is not None:
        return Found(root / FILE, _parse(root / FILE, text))
    for folder in (root, *root.absolute().parents):
        path = folder / "pyproject.toml"
        text = read_text(path)
        # a file that does not speak of us is none of our business, even if it is broken
        if text is not None and "ytvault" in text:
            document = _parse(path, text)
            if _has_our_table(document):
                return Found(path, document, _OURS)
    return None


def _has_our_table(document: Document) -> bool:
    tool = document.values.get("tool")
    return isinstance(tool, dict) and isinstance(tool.get("ytvault"), dict)


def read_text(path: Path) -> str | None:
    """Return what a file holds, None where there is none. Raises ConfigError."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8") from None


def _parse(path: Path, text: str) -> Document:
    try:
        return parse(text)
    except TomlError as error:
        raise ConfigError(f"{path}:{error.line}: {error}") from None


def read_settings(found: Found) -> Settings:
    """Return the settings that a file holds. Raises ConfigError for what is wrong in it, with its line."""
    table: Any = found.document.values
    for part in found.prefix:
        table = table[part]
    try:
        return _checked(read_table(Settings, table, found.prefix), found.prefix)
    except SchemaError as error:
        raise ConfigError(f"{found.path}:{found.document.line(error.path)}: {error}") from None


def _checked(settings: Settings, prefix: KeyPath) -> Settings:
    """Return the settings with the options of each rule read, once every name and pattern is known to be right."""
    if settings.vault is not None and not prefix:
        raise SchemaError(("vault",), f'"vault" counts only in a pyproject.toml; the folder of {FILE} is the vault')
    for key in ("select", "extend-select", "ignore"):
        _check_names((*prefix, key), getattr(settings, key.replace("-", "_")) or ())
    for i, pattern in enumerate(settings.exclude):
        _check_pattern((*prefix, "exclude", i), pattern)
    for pattern, names in settings.per_file_ignores.items():
        _check_pattern((*prefix, "per-file-ignores", pattern), pattern)
        _check_names((*prefix, "per-file-ignores", pattern), names)
    for name in settings.severity:
        if wrong := unknown(name, all_too=False):
            raise SchemaError((*prefix, "severity", name), wrong)
    if wrong := _wrong_url(settings.timestamps.url):
        raise SchemaError((*prefix, "timestamps", "url"), wrong)
    if wrong := wrong_index(settings.build.index):
        raise SchemaError((*prefix, "build", "index"), f'"build.index" {wrong}')
    if settings.build.missing_at_least < 1:
        raise SchemaError((*prefix, "build", "missing-at-least"), '"build.missing-at-least" must be 1 or more')
    options = {name: _read_options(name, value, prefix) for name, value in settings.rules.items()}
    return replace(settings, rules=options)


def _read_options(name: str, table: object, prefix: KeyPath) -> Any:  # noqa: ANN401  an instance of Rule.options
    path = (*prefix, "rules", name)
    rule = all_rules().get(name)
    if rule is None:
        raise SchemaError(path, f'no rule is called "{name}"' + did_you_mean(name, all_rules()))
    return read_table(rule.options, table, path)


def _wrong_url(url: UrlStyle) -> str:
    """Return what is wrong with the shape of URLs; empty: nothing."""
    if url in URL_STYLES or is_template(url):
        return ""
    kinds = f"{listed(URL_STYLES, 'or')}, or a URL of YouTube's that starts a video, with {{id}} and {{seconds}} in it"
    return f'"timestamps.url" must be {kinds}, not {toml(url)}' + ("" if "/" in url else did_you_mean(url, URL_STYLES))


def _check_names(path: KeyPath, names: Sequence[str]) -> None:
    for i, name in enumerate(names):
        if wrong := unknown(name):
            raise SchemaError((*path, i), f"{dotted(path)}: {wrong}")


def _check_pattern(path: KeyPath, pattern: str) -> None:
    try:
        compile_globs((pattern,))
    except ValueError as error:
        raise SchemaError(path, str(error)) from None


# Documentation


class Entry(NamedTuple):
    """A setting in the reference: its key with its table, type and default as a person writes them, what it does."""

    key: str
    type: str
    default: str
    doc: str


def config_reference() -> list[Entry]:
    """Return every setting that there is, the options of the rules last."""
    entries = [Entry(*f) for f in fields_of(Settings) if f.key not in ("properties", "timestamps", "build", "rules")]
    entries += [Entry(f"properties.NAME.{f.key}", *f[1:]) for f in fields_of(PropertySpec)]
    entries += [Entry(f"timestamps.{f.key}", *f[1:]) for f in fields_of(Timestamps)]
    entries += [Entry(f"build.{f.key}", *f[1:]) for f in fields_of(Build)]
    for rule in all_rules().values():
        if rule.options is not NoOptions:
            entries += [Entry(f"rules.{rule.id}.{f.key}", *f[1:]) for f in fields_of(rule.options)]
    return entries
