"""`ytvault config`: the configuration in force, and where each value came from."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from processor.cli.screen import columns, folded, is_terminal
from processor.cli.shared import Failure, config_option, put_out, vault_option, warn
from processor.config import Config, InForce, in_force, load_config
from processor.config.schema import toml
from processor.config.settings import find_settings
from processor.disk import find_root
from processor.report.summary import count

_WIDEST = 72  # columns of a setting that its origin stands beside


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@vault_option
@config_option
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to tell."
)
def command(path: Path | None, vault: Path | None, config_file: Path | None, output_format: str) -> None:
    """Tell the configuration in force for the vault that PATH belongs to (none: the current folder), and where each
    value came from.

    The text is TOML: as `ytvault.toml` it would mean the same.

    \b
    ytvault config
    ytvault config --output-format json | jq '.settings[] | select(.origin != "default")'
    """
    here = Path.cwd()
    if path is not None and not os.path.lexists(path):
        raise Failure(f"{path} does not exist")
    root = find_root(path or vault or here, vault=vault, cwd=here)
    config = load_config(root, config_file)
    for remark in config.remarks:
        warn(remark)
    found = find_settings(root, config_file)
    file = found.path if found else None
    if output_format == "json":
        put_out(json.dumps(_as_json(root, file, config), indent=2, ensure_ascii=False) + "\n")
        return
    for line in _as_text(root, file, config, here):
        click.echo(_shown_line(line))


def _shown_line(line: str) -> str:
    """A line of TOML; on a terminal that is too narrow for it in several, which mean the same."""
    if not is_terminal() or len(line) <= columns():
        return line
    setting, _, origin = line.rpartition("  # ")
    if setting:
        return f"{setting.rstrip()}\n    # {origin}"
    return "# " + folded(line[2:], less=2).replace("\n", "\n# ") if line.startswith("# ") else line


def _as_json(root: Path, file: Path | None, config: Config) -> dict[str, Any]:
    return {
        "vault": root.as_posix(),
        "file": None if file is None else Path(os.path.abspath(file)).as_posix(),
        "settings": [
            {"key": s.key, "value": s.value, "origin": _shown(s.origin, root) or "default"} for s in in_force(config)
        ],
        "rules": {rule.id: config.severity_of(rule) for rule in config.rules()},
    }


def _as_text(root: Path, file: Path | None, config: Config, here: Path) -> Iterator[str]:
    yield f"# The vault {root}"
    yield f"# Configured by {_shown(str(file), here)}" if file else "# No file configures it: `ytvault init` writes one"
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
    width = max(len(w) for w in written if len(w) <= _WIDEST)
    for setting, text in zip(settings, written, strict=True):
        origin = _shown(setting.origin, here) or ("not set" if setting.value is None else "default")
        yield f"{text:<{width}}  # {origin}"


def _shown(origin: str, start: Path) -> str:
    """A place in a file as seen from a folder; options and Obsidian's own files as they are."""
    if not os.path.isabs(origin):
        return origin
    try:
        return Path(os.path.relpath(origin, start)).as_posix()
    except ValueError:  # another drive
        return Path(origin).as_posix()
