"""The settings of a vault as the server takes them: what is wrong in them is told where it stands, and the rest holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from processor.base.extras import MissingExtraError, require_all
from processor.config import Config, ConfigError, load_config
from processor.config.settings import FILE, Found, read_settings
from processor.config.toml import TomlError, parse
from processor.lint.suppress.baseline import Baseline, BaselineError, read_baseline

_PLACED = re.compile(r"(?P<file>.+?)(?::(?P<line>\d+))?: (?P<message>.*)", re.S)


class ConfigFault(NamedTuple):
    """What is wrong in a file of settings; `line` counts from 1."""

    file: Path
    line: int
    message: str


class Configured(NamedTuple):
    """The configuration of a vault, None where it cannot be read; what is wrong in it, and what else is to be said."""

    config: Config | None
    faults: tuple[ConfigFault, ...] = ()
    remarks: tuple[str, ...] = ()


def configured(root: Path) -> Configured:
    """Return the configuration of the vault at `root`. A rule whose library is not there is left out, and that is a fault."""
    try:
        config = load_config(root)
        rules = config.rules()
    except (ConfigError, MissingExtraError) as error:
        return Configured(None, (_fault(str(error), root),))
    without, faults = [], []
    for rule in rules:
        try:
            require_all([rule])
        except MissingExtraError as error:
            without.append(rule.id)
            faults.append(ConfigFault(_file(config, root), _line(config, rule.id), f"{error}; it is left out"))
    return Configured(without_rules(config, without), tuple(faults), config.remarks)


def without_rules(config: Config, rules: Iterable[str]) -> Config:
    """Return the configuration with some rules left out."""
    return config.merge_cli(ignore=(*config.command_line.ignore, *rules))


def faults_in(file: Path, text: str) -> Iterator[ConfigFault]:
    """Yield what is wrong in the text of a `ytvault.toml` that is being written."""
    try:
        read_settings(Found(file, parse(text)))
    except TomlError as error:
        yield ConfigFault(file, error.line, str(error))
    except ConfigError as error:
        yield _fault(str(error), file.parent)


def baseline_of(config: Config) -> tuple[Baseline | None, tuple[ConfigFault, ...]]:
    """Return the baseline that the configuration names, if it does, or what is wrong with it."""
    if not config.baseline:
        return None, ()
    file = Path(config.baseline)
    try:
        return read_baseline(file.read_text(encoding="utf-8")), ()
    except BaselineError as error:
        number = re.match(r"line (\d+): ", str(error))
        return None, (ConfigFault(file, int(number[1]) if number else 1, str(error)),)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        return None, (ConfigFault(Path(config.file), 1, f"{file}: cannot be read: {why}"),)


def _fault(message: str, root: Path) -> ConfigFault:
    found = _PLACED.fullmatch(message)
    if found and Path(found["file"]).is_absolute():
        return ConfigFault(Path(found["file"]), int(found["line"] or 1), found["message"])
    return ConfigFault(root / FILE, 1, message)


def _file(config: Config, root: Path) -> Path:
    return Path(config.file) if config.file else root / FILE


def _line(config: Config, rule: str) -> int:
    """Return the line that turns a rule on, as far as it is known."""
    for key in (f"rules.{rule}", "extend-select", "select"):
        if found := re.search(r":(\d+)$", config.origins.get(key, "")):
            return int(found[1])
    return 1
