"""What the Tab key offers: rules, families, formats, settings. Loaded with a command, so what is looked up is loaded later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from processor.base.formats import NAMES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _item(value: str, kind: str = "plain", about: str | None = None) -> CompletionItem:
    from click.shell_completion import CompletionItem  # here, as it is no need of a run

    return CompletionItem(value, type=kind, help=about)


def rules(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Rules, families and `ALL`, behind the names that stand there already, with commas."""
    before, comma, last = incomplete.rpartition(",")
    taken = {*before.split(",")}
    names = [*rule_names(), ("ALL", "every rule, those that are off by default too")]
    left = [(name, about) for name, about in names if name not in taken and name.startswith(last)]
    return [_item(before + comma + name, about=about) for name, about in left]


def rule(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return one rule or family."""
    return [_item(name, about=about) for name, about in rule_names() if name.startswith(incomplete)]


def rule_names() -> Iterator[tuple[str, str]]:
    """Yield the families and the rules, each with what it is."""
    from processor.rules.base import FAMILIES, all_rules

    yield from FAMILIES.items()
    yield from ((rule.id, rule.summary) for rule in all_rules().values())


def report(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the format of a `--report`, behind which its file stands."""
    return [_item(f"{name}=") for name in NAMES if f"{name}=".startswith(incomplete)]


def setting(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the settings, and where none fits a file or folder."""
    from processor.config.in_force import setting_names

    found = [_item(name) for name in setting_names() if name.startswith(incomplete)]
    return found or [_item(incomplete, kind="file")]
