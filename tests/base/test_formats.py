"""The list of output formats: whatever needs their names has them from it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import get_args

import processor.report
from processor.base.formats import FORMATS, NAMES, STATISTICS
from processor.cli.lint import command
from processor.config.settings import OutputFormat


def test_each_format_is_a_module_and_each_module_that_renders_a_format() -> None:
    files = Path(processor.report.__file__).parent.glob("*.py")
    modules = [f.stem for f in files if "\ndef render(result: " in f.read_text(encoding="utf-8")]
    assert sorted(modules) == sorted(made.module for made in FORMATS.values())
    for made in FORMATS.values():
        assert callable(importlib.import_module(f"processor.report.{made.module}").render)


def test_the_settings_and_the_command_line_know_the_same() -> None:
    (option,) = (p for p in command.params if p.name == "output_format")
    assert get_args(OutputFormat) == NAMES == tuple(option.type.choices)


def test_what_statistics_gives_is_asked_for_by_no_name() -> None:
    assert STATISTICS == {"text": "statistics", "json": "statistics-json", "jsonl": "statistics-jsonl"}
    assert {*NAMES} | {*STATISTICS.values()} == {*FORMATS}
