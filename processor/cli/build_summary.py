"""What `ytvault build` prints, and the commands that it suggests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from processor.cli import hints
from processor.cli.build_options import Call
from processor.cli.console import is_quiet, put_out, tell
from processor.commands.build.summary import Summary, as_json, as_text
from processor.disk import find_root
from processor.load.premises import config_files


def _named(call: Call, root: Path) -> list[str | Path]:
    """Return the words that name the copy to `lint`, with the settings that it was built by but without their baseline."""
    out = Path(os.path.abspath(call.out))
    words: list[str | Path] = [call.out]
    if find_root(out) != out:
        words += ["--vault", call.out]
    own = [call.config_file] if call.config_file else config_files(root)
    tables = [(file, table) for file in own if file.suffix == ".toml" and (table := _settings(file)) is not None]
    if not tables:
        return words
    file, table = tables[0]
    # a project's file may lie above the source, and not above the copy; `ytvault.toml` is copied with the notes
    if call.config_file or (file.name == "pyproject.toml" and file not in config_files(out)):
        words += ["--config", hints.near(file)]
    return [*words, "--no-baseline"] if "baseline" in table else words


def _settings(file: Path) -> Mapping[str, Any] | None:
    """Return the settings that a file holds; None where it holds none, or cannot be read, which was reported before."""
    import tomllib

    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    ours: Mapping[str, Any] | None = values.get("tool", {}).get("ytvault")
    return ours if file.name == "pyproject.toml" else values


def show_summary(call: Call, root: Path, summary: Summary) -> None:
    """Print what a build of the vault at `root` came to, with the commands to go on with."""
    lint = hints.command("lint", *_named(call, root))
    summary = replace(summary, lint=lint, mend="" if call.unsafe_fixes else hints.call_again("--unsafe-fixes"))
    if call.tells_json:
        put_out(as_json(summary))
    elif not is_quiet():
        tell(as_text(summary), nl=False)
