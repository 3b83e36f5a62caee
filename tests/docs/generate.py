"""What the documentation takes from the program itself, so that the two cannot differ.

README.md calls these functions in its cog blocks. `python -m tests.docs.generate` writes all that is generated: those
blocks and `processor/rules/README.md`; with `--check` it writes nothing and fails where something is out of date.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from processor.rule import _SAMPLE, FAMILIES, Rule, all_rules

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
RULE_PAGES = ROOT / "processor/rules/README.md"
MENDS = {
    "safe": "`--fix`",
    "unsafe": "`--unsafe-fixes`",
    "both": "`--fix`, some `--unsafe-fixes`",
    "none": "",
}
SAMPLE_LABELS = {
    "bad": "Reported",
    "fixed": "Mended",
    "good": "Not reported",
    "file": "Besides, in the same vault",
    "config": "With this configuration",
}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def fenced(text: str, info: str) -> str:
    """The text in a fence that is longer than any in it."""
    longest = max((len(run) for run in re.findall("^ *(`{3,})", text, re.M)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{text.rstrip()}\n{fence}\n"


def run(command: str, cwd: Path = ROOT) -> str:
    """What a command of ours prints into a pipe, standard error included; it must not be refused (exit status 2)."""
    words = command.split()
    assert words[0] == "ytvault", command
    done = subprocess.run(
        [sys.executable, "-m", "processor", *words[1:]],
        cwd=cwd,
        env=os.environ | {"COLUMNS": "110", "NO_COLOR": "1", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in {0, 1}, f"{command}: exit status {done.returncode}\n{done.stdout}"
    return re.sub(r"\b\d+(\.\d+)? m?s\b", "0.1 s", done.stdout)  # how long it took differs from run to run


def console(command: str) -> str:
    """A command and what it prints."""
    return fenced(f"$ {command}\n{run(command)}", "console")


def help_of(*command: str) -> str:
    """The help of a command."""
    return fenced(run(" ".join(["ytvault", *command, "--help"])).replace("python -m processor", "ytvault"), "text")


def commands() -> str:
    """The help of every command, in the order in which `ytvault --help` names them."""
    from processor.cli import COMMANDS

    return help_of() + "".join(f"\n### ytvault {name}\n\n{help_of(name)}" for name in COMMANDS)


def configuration() -> str:
    """Every setting there is, the options of the rules last."""
    from processor.config import config_reference

    rows = (
        [f"`{e.key}`", e.type, "not set" if e.default == "not set" else f"`{e.default}`", e.doc]
        for e in config_reference()
    )
    return table(["Key", "Type", "Default", "What it does"], rows)


def rule_table() -> str:
    """All rules, a table a family."""
    parts = []
    for family, about in FAMILIES.items():
        rows = (
            [
                f"[{rule.id}](processor/rules/README.md#{rule.id})",
                rule.severity + ("" if rule.default else ", off"),
                MENDS[rule.fixes],
                rule.summary,
            ]
            for rule in all_rules().values()
            if rule.family == family
        )
        parts.append(f"**{family}**: {about}\n\n" + table(["Rule", "Severity", "Mended by", "What is wrong"], rows))
    return "\n".join(parts)


def rule_page(rule: Rule) -> str:
    """One rule as Markdown: its docstring, each sample under a label."""

    def sample(match: re.Match[str]) -> str:
        _indent, kind, path, _encoding, text = match.groups()
        label = SAMPLE_LABELS[kind] + (f", `{path}`" if path else "")
        return f"{label}:\n\n" + fenced(text, "toml" if kind == "config" else "markdown").rstrip()

    traits = [
        rule.severity,
        f"mended by {MENDS[rule.fixes]}" if MENDS[rule.fixes] else "",
        "" if rule.default else "off unless selected",
    ]
    summary, _, rest = rule.doc.partition("\n")
    head = f"### {rule.id}\n\n*{', '.join(t for t in traits if t)}*\n\n{summary}\n"
    return head + re.sub(r"\n{3,}", "\n\n", _SAMPLE.sub(sample, rest)).rstrip() + "\n"


def rule_pages() -> str:
    """All rules' pages: `processor/rules/README.md`."""
    parts = [
        "# Rules\n\nGenerated from the rules' docstrings by `python -m tests.docs.generate`; `ytvault rule NAME` shows the same page.\n"
    ]
    for family, about in FAMILIES.items():
        parts.append(f"## {family}\n\n{about[0].upper()}{about[1:]}.\n")
        parts += [rule_page(rule) for rule in all_rules().values() if rule.family == family]
    return "\n".join(parts)


def readme() -> str:
    """README.md with its cog blocks run anew."""
    from cogapp import Cog

    cog = Cog()
    cog.options.verbosity = 0
    return str(cog.process_string(README.read_text(encoding="utf-8"), "README.md"))


def main(arguments: list[str]) -> int:
    """Write what is out of date, or with `--check` name it and return 1."""
    stale = 0
    for path, make in ((README, readme), (RULE_PAGES, rule_pages)):
        old, new = path.read_text(encoding="utf-8") if path.exists() else "", make()
        if old == new:
            continue
        stale = 1
        name = path.relative_to(ROOT).as_posix()
        if arguments == ["--check"]:
            difference = difflib.unified_diff(
                old.splitlines(), new.splitlines(), name, f"{name}, generated anew", lineterm="", n=1
            )
            sys.stdout.write("\n".join(difference) + "\n")
        else:
            path.write_text(new, encoding="utf-8", newline="\n")
            sys.stdout.write(f"wrote {name}\n")
    return stale if arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
