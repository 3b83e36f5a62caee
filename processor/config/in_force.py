"""The settings as they count, each with where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from processor.config import Config
from processor.config.app import APP_KEYS
from processor.config.schema import dotted, keys_of
from processor.config.settings import Build, Settings
from processor.config.toml import KeyPath
from processor.rules.base import all_rules
from processor.rules.expected import PropertySpec


class InForce(NamedTuple):
    """A setting as it counts: its key as in the file (or Obsidian's own), its value, and where that came from.

    `value` is None where nothing is set and that means something of its own; `origin` is empty for a default.
    """

    key: str
    value: Any
    origin: str = ""
    obsidian: bool = False  # it stands in Obsidian's settings, and not in ours


def in_force(config: Config) -> Iterator[InForce]:
    """Yield every setting, in the order of the reference; Obsidian's own last."""
    given = config.origins

    def ours(key: KeyPath, value: object) -> InForce:
        return InForce(name := dotted(key), value, given.get(name, ""))

    for key, name in keys_of(Settings).items():
        if name not in ("properties", "schema", "timestamps", "build", "rules", "vault"):
            yield ours((key,), getattr(config, name))
    expected = config.expected
    yield ours(("schema",), expected.schema.file if expected.schema else None)
    yield ours(("timestamps", "style"), config.stamp_style)
    yield ours(("timestamps", "url"), config.url_style)
    yield ours(("timestamps", "forms"), config.forms)
    yield ours(("timestamps", "ignore-forms"), config.ignore_forms)
    yield from (ours(("build", key), getattr(config.build, name)) for key, name in keys_of(Build).items())
    for property_name, spec in expected.properties.items():
        for key, name in keys_of(PropertySpec).items():
            if value := getattr(spec, name):
                yield ours(("properties", property_name, key), value)
    for rule in all_rules().values():
        for key, name in keys_of(rule.options).items():
            yield ours(("rules", rule.id, key), getattr(config.options_of(rule), name))
    style = config.link_style
    values = (style.new_link_format, style.markdown_links, style.attachment_folder, config.hidden)
    for key, value in zip(APP_KEYS, values, strict=True):
        yield InForce(key, value, given.get(key, ""), obsidian=True)
    if config.templates:
        yield ours(("templates",), config.templates)._replace(obsidian=True)
    for property_name, kind in expected.obsidian.items():
        yield ours(("types", property_name), kind)._replace(obsidian=True)


def setting_names() -> tuple[str, ...]:
    """Return the names of all settings, and of the tables that hold some."""
    tables = (
        "properties",
        "timestamps",
        "build",
        "rules",
        *(f"rules.{rule.id}" for rule in all_rules().values() if keys_of(rule.options)),
    )
    return tuple(dict.fromkeys([*(s.key for s in in_force(Config())), *tables]))
