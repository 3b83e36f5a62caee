"""`ytvault config`: the configuration in force, and where each value came from."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from processor.base.text import count
from processor.cli import completing, hints
from processor.cli.console import Failure, columns, folded, is_terminal, put_out, warn
from processor.cli.options import config_option, vault_option
from processor.cli.vaults import the_vault
from processor.config import Config, load_config
from processor.config.in_force import InForce, in_force, setting_names
from processor.config.schema import did_you_mean, toml
from processor.config.settings import find_settings
from processor.disk import seen_from

_WIDEST = 72  # columns of a setting that its origin stands beside


@click.command()
@click.argument("words", nargs=-1, metavar="[SETTING]... [PATH]", shell_complete=completing.setting)
@vault_option
@config_option
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to tell."
)
def command(words: tuple[str, ...], vault: Path | None, config_file: Path | None, output_format: str) -> None:
    """Tell the configuration in force for the vault that PATH belongs to (none: the current folder), and where each
    value came from: of each SETTING that is named, or of all.

    The text is TOML: as `ytvault.toml` it would mean the same. The name of a table (`timestamps`) stands for all that is
    in it. A file or folder that is called as a setting is, is written `./select`.

    \b
    ytvault config
    ytvault config select rules.unlinked-mention
    ytvault config --output-format json | jq '.settings[] | select(.origin != "default")'
    """
    here = Path.cwd()
    named = [word for word in words if word in setting_names()]
    path = _path([word for word in words if word not in named])
    root = the_vault(path, vault)
    config = load_config(root, config_file)
    for remark in config.remarks:
        warn(remark)
    found = find_settings(root, config_file)
    file = found.path if found else None
    if output_format == "json":
        put_out(json.dumps(_as_json(root, file, config, named), indent=2, ensure_ascii=False) + "\n")
        return
    for line in _some_as_text(config, named, here) if named else _as_text(root, file, config, here):
        click.echo(_shown_line(line))


def _shown_line(line: str) -> str:
    """Return a line of TOML; on a terminal that is too narrow for it in several, which mean the same."""
    if not is_terminal() or len(line) <= columns():
        return line
    setting, _, origin = line.rpartition("  # ")
    if setting:
        return f"{setting.rstrip()}\n    # {origin}"
    return "# " + folded(line[2:], less=2).replace("\n", "\n# ") if line.startswith("# ") else line


def _path(words: Sequence[str]) -> Path | None:
    """Return the one file or folder that was named, if one was. Raise Failure for what is neither that nor a setting."""
    for word in words:
        if not os.path.lexists(word):
            near = did_you_mean(word, setting_names())
            near = near or f"; `{hints.command('config')}` tells all settings"
            raise Failure(f"{word} is no setting, and there is no file or folder of that name{near}")
    if len(words) > 1:
        raise Failure(f"the configuration is that of one vault: {words[0]} or {words[1]}?")
    return Path(words[0]) if words else None


def _is_of(setting: InForce, names: Collection[str]) -> bool:
    """Return whether a setting is named, or lies in a table that is."""
    return any(setting.key == name or setting.key.startswith(name + ".") for name in names)


def _some_as_text(config: Config, names: Sequence[str], here: Path) -> Iterator[str]:
    found = [s for s in in_force(config) if _is_of(s, names)]
    lines = list(_lines(found, here)) if found else []
    yield from (f"# {line.removeprefix('# ')}" if s.obsidian else line for s, line in zip(found, lines, strict=True))
    yield from (f"# {name}: nothing is set" for name in names if not any(_is_of(s, [name]) for s in found))


def _as_json(root: Path, file: Path | None, config: Config, named: Sequence[str]) -> dict[str, Any]:
    return {
        "vault": root.as_posix(),
        "file": None if file is None else Path(os.path.abspath(file)).as_posix(),
        "settings": [
            {"key": s.key, "value": s.value, "origin": _shown(s.origin, root) or "default"}
            for s in in_force(config)
            if not named or _is_of(s, named)
        ],
        "rules": {rule.id: config.severity_of(rule) for rule in config.rules()},
    }


def _as_text(root: Path, file: Path | None, config: Config, here: Path) -> Iterator[str]:
    yield f"# The vault {root}"
    yield (
        f"# Configured by {_shown(str(file), here)}"
        if file
        else f"# No file configures it: `{hints.init(root)}` writes one"
    )
    settings = list(in_force(config))
    yield ""
    yield from _lines([s for s in settings if not s.obsidian], here)
    yield ""
    yield "# Obsidian's own settings:"
    yield from ("# " + line.removeprefix("# ") for line in _lines([s for s in settings if s.obsidian], here))
    rules = config.rules()
    yield ""
    yield f"# {count(len(rules), 'rule')} {'is' if len(rules) == 1 else 'are'} on:"
    names = ", ".join(rule.id for rule in rules)
    yield from textwrap.wrap(names, 100, initial_indent="#   ", subsequent_indent="#   ", break_on_hyphens=False)


def _lines(settings: list[InForce], here: Path) -> Iterator[str]:
    written = [f"# {s.key}" if s.value is None else f"{s.key} = {toml(s.value)}" for s in settings]
    width = max((len(w) for w in written if len(w) <= _WIDEST), default=0)
    for setting, text in zip(settings, written, strict=True):
        origin = _shown(setting.origin, here) or ("not set" if setting.value is None else "default")
        yield f"{text:<{width}}  # {origin}"


def _shown(origin: str, start: Path) -> str:
    """Return a place in a file as seen from a folder; options and Obsidian's own files as they are."""
    return seen_from(start, origin).as_posix() if os.path.isabs(origin) else origin
