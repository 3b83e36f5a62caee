"""`ytvault links`: where links lead and why, what links to a note, what is missing."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from processor.base.text import Source, count
from processor.cli.console import Failure, put_out, tell, warn_of
from processor.cli.options import config_option, vault_option
from processor.cli.session import opened_to_ask, prepared
from processor.cli.vaults import list_vault, named_notes, near_path, the_vault
from processor.commands.asked import MISSING_RULES
from processor.commands.links import Answer, answer, answer_text, links_to, missing, similar
from processor.disk import ReadProblem, read
from processor.lint.linter import Linter
from processor.load.workspace import ToAsk
from processor.report.json_array import array
from processor.vault.note import Note
from processor.vault.vault import Vault

_FORMATS = ("text", "json", "csv")
_HOW = "How to answer. In json and csv paths count from the vault's root."
_NAMED = 3  # notes with a link that leads nowhere


@click.command()
@click.argument("note", required=False, type=click.Path(path_type=Path))
@click.option("--explain", metavar="LINK", help="Tell where this link would lead: [[x]], [t](x.md), or just x.")
@click.option(
    "--from",
    "source",
    metavar="NOTE",
    type=click.Path(),
    help="With --explain: the note it stands in (else: the root).",
)
@click.option("--to", metavar="FILE", type=click.Path(), help="List the links that lead to this note or file.")
@click.option("--missing", "wanted", is_flag=True, help="List what links ask for and is not there, most wanted first.")
@click.option("--output-format", "shape", type=click.Choice(_FORMATS), default="text", show_default=True, help=_HOW)
@vault_option
@config_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    note: Path | None,
    explain: str | None,
    source: str | None,
    to: str | None,
    wanted: bool,
    shape: str,
    vault: Path | None,
    config_file: Path | None,
) -> None:
    """Tell where the links of NOTE (or of the whole vault) lead, which other files fit, and by which rule one was taken.

    Links are followed as Obsidian follows them. The files they lead to are named by their paths from the vault's root.

    \b
    ytvault links talks/opening_the_weights.md
    ytvault links --explain "[[licences]]" --from talks/opening_the_weights.md
    ytvault links --to talks/licences.md
    ytvault links --missing --output-format csv
    """
    if sum((explain is not None, to is not None, wanted)) > 1:
        raise click.UsageError("--explain, --to and --missing are different questions: ask one")
    if note and (explain is not None or to is not None):
        raise click.UsageError(f"a note of its own goes not with {'--to' if to else '--explain (use --from)'}")
    if source and explain is None:
        raise click.UsageError("--from goes with --explain")
    queries = _Queries(note or _on_disk(source) or _on_disk(to), vault, config_file)
    if explain is not None:
        queries.explain(explain, source, shape)
    elif to is not None:
        queries.links_to(to, shape)
    elif wanted:
        queries.missing(note, shape)
    else:
        queries.links(note, shape)
    ctx.exit(2 if queries.refused else 0)


def _on_disk(name: str | None) -> Path | None:
    return Path(name) if name and os.path.lexists(name) else None


class _Queries:
    """A vault that was read for its links, and the questions about them."""

    def __init__(self, named: Path | None, vault: Path | None, config_file: Path | None) -> None:
        if named and not os.path.lexists(named):
            raise Failure(f"{named} does not exist{near_path(Path(os.path.abspath(named)))}")
        self.root = the_vault(named, vault)
        self.config, _ = prepared(self.root, config_file, None, writes=False)
        self.listing = list_vault(self.root, [Path(os.path.abspath(named or ""))], whole=vault is not None)
        workspace = opened_to_ask(self.root, self.config, self.listing, ToAsk(links=True))
        warn_of(workspace.problems)
        self.refused = bool(workspace.problems or self.listing.problems)
        self.vault: Vault = workspace.vault

    # The questions

    def links(self, named: Path | None, shape: str) -> None:
        notes = self._chosen(named)
        answers = (x for note in notes for x in self._answers(note, note.links))
        if shape != "text":
            _print(shape, (x.plain() for x in answers))
            return
        statuses: Counter[str] = Counter()
        for note in notes:
            found = list(self._answers(note, note.links))
            statuses.update("missing" if x.found.path is None else x.found.status for x in found)
            if found:
                click.echo(self._shown(note.path))
                self._list(found, self._one)
                click.echo()
        tell(_counted(statuses))

    def explain(self, written: str, source: str | None, shape: str) -> None:
        place = self._file(source) if source else ""
        try:
            found = answer_text(written, place, self.vault)
        except ValueError as error:
            raise Failure(str(error)) from None
        if shape != "text":
            plain = {"from": place, **{k: v for k, v in found.plain().items() if k not in ("path", "line", "column")}}
            _print(shape, [plain], single=True)
            return
        led = found.found
        where = f"in {place}" if place else "in a note at the vault's root"
        tell(f"{found.original} {where} leads to {led.path or 'nothing'}: {led.reason}.")
        if found.fault:
            tell(f"But {found.fault}.")
        if led.path is None and (near := similar(found.link.path, place, self.vault)):
            tell(f"Did you mean {' or '.join(near)}?")
        if len(led.candidates) > 1:
            tell(f"\nThe {len(led.candidates)} files that fit, in the order in which they would be taken:")
            for i, path in enumerate(led.candidates, start=1):
                click.echo(f"  {i}. {path}")
        if led.path and found.link.path:
            best = self.vault.path_to(led.path, place)
            if best != found.link.path.removesuffix(".md"):
                tell(f"\nIn this vault's style its path is written {best}.")

    def links_to(self, name: str, shape: str) -> None:
        path = self._file(name)
        found = list(links_to(path, self.vault))
        if shape != "text":
            _print(shape, (x.plain() for note, links in found for x in self._answers(note, links)))
            return
        total = 0
        for note, links in found:
            click.echo(self._shown(note.path))
            total += self._list(list(self._answers(note, links)), lambda x: x.original)
            click.echo()
        notes = f" from {count(len(found), 'note')}" if found else ""
        tell(f"{count(total, 'link')}{notes} {'leads' if total == 1 else 'lead'} to {path}.")

    def missing(self, named: Path | None, shape: str) -> None:
        judged = (note for note in self._chosen(named) if not self.config.is_excluded(note.path))
        found = missing(judged, self.vault, Linter(self.config.merge_cli(select=MISSING_RULES)))
        if shape != "text":
            _print(shape, (w.plain() for w in found))
            return
        width = max((len(m.wanted.asked) for m in found), default=0)
        for m in found:
            hint = f" (did you mean {' or '.join(m.meant)}?)" if m.meant else ""
            tell(f"{m.wanted.asked:>{width}}  {m.wanted.name}{hint}")
            first, more = [self._shown(p) for p in m.wanted.notes[:_NAMED]], len(m.wanted.notes) - _NAMED
            others = f" and {count(more, 'other note')}" if more > 0 else ""
            tell(f"{' ' * (width + 2)}in {', '.join(first)}{others}")
        if not found:
            tell("Every link leads somewhere.")
            return
        times = sum(m.wanted.links for m in found)
        ask = f"{count(times, 'link')} {'asks' if times == 1 else 'ask'}"
        tell(f"\n{ask} for {count(len(found), 'file')} that no one has.")

    # What they need

    def _chosen(self, named: Path | None) -> list[Note]:
        notes = self.vault.notes
        if named is None:
            return list(notes.values())
        absolute = Path(os.path.abspath(named))
        if absolute in self.root.parents:
            return list(notes.values())  # as the vault was looked for in it
        if self.root != absolute and self.root not in absolute.parents:
            raise Failure(f"{named} is not in the vault {self.root}")
        chosen = named_notes(self.listing, self.root, [absolute])
        return [notes[p] for p in (notes if chosen is None else chosen) if p in notes]

    def _file(self, name: str) -> str:
        """Return the file of the vault that a path on the disk, a path in the vault or a link's text names."""
        for path in (Path(os.path.relpath(name, self.root)).as_posix(), name):
            for full in (path, path + ".md"):
                if full in self.vault.notes or full in self.vault.files:
                    return full
        text = name.strip().removeprefix("[[").removesuffix("]]").partition("|")[0]
        led = self.vault.resolve(text.partition("#")[0], "").path if text else None
        if led:
            return led
        near = similar(text, "", self.vault)
        raise Failure(f"there is no file {name} in {self.root}{f'; did you mean {near[0]}?' if near else ''}")

    def _answers(self, note: Note, links: Iterable[Any]) -> Iterator[Answer]:
        links = list(links)
        if not links:
            return
        data = read(self.root, note.path)  # not by way of the note, which would hold it
        text = "" if isinstance(data, ReadProblem) else Source.decode(data).text
        for link in links:
            yield answer(note, link, self.vault, text)

    def _shown(self, path: str) -> str:
        return Path(os.path.relpath(self.root / path)).as_posix()

    def _one(self, x: Answer) -> str:
        led = x.found
        if led.path is None:
            near = similar(x.link.path, x.path, self.vault)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            return f"{x.original} leads nowhere: {led.reason}{hint}"
        line = f"{x.original} → {led.path} ({led.reason})"
        if len(led.candidates) > 1:
            line += f"; also fits {', '.join(led.candidates[1:])}"
        return line + (f"; {x.fault}" if x.fault else "")

    @staticmethod
    def _list(found: list[Answer], shown: Callable[[Answer], str]) -> int:
        width = max((len(f"{x.line}:{x.column}") for x in found), default=0)
        for x in found:
            tell(f"  {f'{x.line}:{x.column}':<{width}}  {shown(x)}")
        return len(found)


def _counted(statuses: Counter[str]) -> str:
    total = sum(statuses.values())
    words = {
        "missing": "leading nowhere",
        "missing-heading": "to a heading that is not there",
        "missing-block": "to a block that is not there",
        "ambiguous": "to one of several files, and no rule says which",
    }
    parts = [f"{text}: {statuses[s]:,}" for s, text in words.items() if statuses[s]]
    return f"{count(total, 'link')}{': ' if parts else ''}{'; '.join(parts)}."


def _print(shape: str, rows: Iterable[dict[str, Any]], *, single: bool = False) -> None:
    """Rows as one JSON array (or, with `single`, the one object), or as CSV, lists with a line each in one cell."""
    if shape == "json":
        items = (json.dumps(row, ensure_ascii=False) for row in rows)
        for piece in (f"{item}\n" for item in items) if single else array(items):
            put_out(piece)
        return
    buffer = io.StringIO()
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(buffer, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({k: "\n".join(v) if isinstance(v, list) else _cell(v) for k, v in row.items()})
        put_out(buffer.getvalue())
        buffer.seek(0)
        buffer.truncate()


def _cell(value: object) -> object:
    return ("true" if value else "false") if isinstance(value, bool) else "" if value is None else value
