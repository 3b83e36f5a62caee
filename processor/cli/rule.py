"""`ytvault rule`: the rules, and the page of one."""

from __future__ import annotations

import difflib

import click

from processor.cli.screen import columns, is_terminal, tell
from processor.report.wrap import fold_page
from processor.rule import FAMILIES, Rule, all_rules

WIDEST = 100  # columns of a page that is read with ease
_FIXES = {
    "safe": "mended by --fix",
    "unsafe": "mended by --unsafe-fixes",
    "both": "mended by --fix or --unsafe-fixes",
    "none": "",
}


def _traits(rule: Rule) -> str:
    return ", ".join(x for x in (rule.severity, _FIXES[rule.fixes], "" if rule.default else "off unless selected") if x)


@click.command()
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Explain a rule by NAME; without one, list them all.

    \b
    ytvault rule
    ytvault rule broken-link
    """
    rules = all_rules()
    if name is None:
        for family, about in FAMILIES.items():
            tell(click.style(family, bold=True) + f": {about}")
            members = [r for r in rules.values() if r.family == family]
            width = max((len(r.id) for r in members), default=0)
            for rule in members:
                tell(f"  {rule.id:<{width}}  {rule.summary} ({_traits(rule)})")
            click.echo()
        return
    found = rules.get(name.strip().lower())
    if found is None:
        near = difflib.get_close_matches(name, rules, 1)
        hint = f"did you mean {near[0]}?" if near else "`ytvault rule` lists them all"
        raise click.UsageError(f"there is no rule {name}: {hint}")
    tell(click.style(found.id, bold=True) + f" ({found.family}; {_traits(found)})\n")
    click.echo(fold_page(found.doc, min(columns(), WIDEST)) if is_terminal() else found.doc)
