"""`ytvault rule`: the rules, and the page of one."""

from __future__ import annotations

import click

from processor.base.text import most_like
from processor.cli import completing, hints
from processor.cli.console import columns, is_terminal, tell
from processor.report.wrap import fold_page
from processor.rules.base import FAMILIES, Rule, all_rules

WIDEST = 100  # columns of a page that is read with ease
_FIXES = {
    "safe": "mended by --fix",
    "unsafe": "mended by --unsafe-fixes",
    "both": "mended by --fix or --unsafe-fixes",
    "none": "",
}


def _traits(rule: Rule) -> str:
    return ", ".join(x for x in (rule.severity, _FIXES[rule.fixes], "" if rule.default else "off unless selected") if x)


def _list(family: str) -> None:
    """A line for each rule of a family."""
    tell(click.style(family, bold=True) + f": {FAMILIES[family]}")
    members = [rule for rule in all_rules().values() if rule.family == family]
    width = max(len(rule.id) for rule in members)
    for rule in members:
        tell(f"  {rule.id:<{width}}  {rule.summary} ({_traits(rule)})")
    click.echo()


@click.command()
@click.argument("name", required=False, shell_complete=completing.rule)
def command(name: str | None) -> None:
    """Explain a rule by NAME, or list a family's; without a name, list them all.

    \b
    ytvault rule
    ytvault rule links
    ytvault rule broken-link
    """
    rules = all_rules()
    wanted = name and name.strip().lower()
    families = [family for family in FAMILIES if wanted in (None, "all", family)]
    for family in families:
        _list(family)
    if wanted is None or families:
        return
    found = rules.get(wanted)
    if found is None:
        near = most_like(wanted, [*rules, *FAMILIES])
        hint = f"did you mean {near}?" if near else f"`{hints.command('rule')}` lists them all"
        raise click.UsageError(f"there is no rule or family {name}: {hint}")
    tell(click.style(found.id, bold=True) + f" ({found.family}; {_traits(found)})\n")
    click.echo(fold_page(found.doc, min(columns(), WIDEST)) if is_terminal() else found.doc)
