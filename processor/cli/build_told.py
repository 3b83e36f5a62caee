"""What `ytvault build` prints, and the commands that it suggests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

from processor.cli import hints
from processor.cli.build_options import Call
from processor.cli.screen import tell
from processor.cli.shared import put_out
from processor.cli.talk import is_quiet
from processor.commands.build.telling import Told, as_json, as_text
from processor.disk import find_root
from processor.load.premises import config_files


class Suggested(TypedDict):
    """The commands to go on with, for `Told`."""

    lint: str
    mend: str


def suggested(call: Call, root: Path) -> Suggested:
    """The commands that show what is left in the copy, and that build it with the unsafe fixes."""
    return Suggested(
        lint=hints.command("lint", *_named(call, root)),
        mend="" if call.unsafe_fixes else hints.call_again("--unsafe-fixes"),
    )


def _named(call: Call, root: Path) -> list[str | Path]:
    """What names the copy to `lint`, with the settings that it was built by, but for the findings that they call known."""
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
    """The settings that a file holds; None where it holds none, or cannot be read, which has been said then."""
    import tomllib

    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    ours: Mapping[str, Any] | None = values.get("tool", {}).get("ytvault")
    return ours if file.name == "pyproject.toml" else values


def tell_build(call: Call, told: Told) -> None:
    if call.output_format == "json":
        put_out(as_json(told))
    elif not is_quiet():
        tell(as_text(told), nl=False)
