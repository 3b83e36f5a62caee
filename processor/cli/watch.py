"""`ytvault lint --watch`: judges again the notes of which there may be something else to say after a change."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from processor.base.extras import MissingExtraError
from processor.cli.baselines import baseline_of, without_listed
from processor.cli.console import tell
from processor.cli.lint_options import Options
from processor.cli.linting import run
from processor.cli.reporting import format_of, merged, report, view_of
from processor.cli.session import Opened, Shown
from processor.lint.linter import LintResult

_SETTINGS = frozenset(("ytvault.toml", "pyproject.toml", ".obsidian/app.json", ".obsidian/types.json"))
_QUIET = 20  # milliseconds without a further change, after which the notes are checked again
_LONGEST = 200  # milliseconds after which they are checked anyway
_POLL = 250  # milliseconds between two looks at whether somebody pressed Ctrl-C
_NAMED = 3  # changed files that are named


def watch(options: Options, roots: Sequence[Path], open_all: Callable[..., list[Opened]]) -> None:
    """Report, and report again what each change touches, until Ctrl-C."""
    events = _events(roots)
    next(events)  # from here on no change is missed
    while True:
        opened = open_all(followed=True)
        run(options, opened, time.monotonic())
        sys.stdout.flush()
        _follow(events, options, opened)


def _events(roots: Sequence[Path]) -> Iterator[list[tuple[Path, str]]]:
    """Yield the files and folders at which something happened: root, and path from it; often none."""
    try:
        from watchfiles import watch as watch_files
    except ImportError:
        raise MissingExtraError("--watch", "watch") from None
    real = {os.path.realpath(root): root for root in roots}

    def places(name: str) -> tuple[Path, str] | None:
        for folder, root in real.items():
            if name.startswith(folder + os.sep):
                path = name[len(folder) + 1 :].replace(os.sep, "/")
                return None if "/." in "/" + path and path not in _SETTINGS else (root, path)
        return None

    for events in watch_files(
        *real,
        watch_filter=lambda _, name: places(name) is not None,
        step=_QUIET,
        debounce=_LONGEST,
        rust_timeout=_POLL,
        yield_on_timeout=True,
    ):
        yield [place for _, name in events if (place := places(name))]


def _follow(events: Iterator[list[tuple[Path, str]]], options: Options, opened: Sequence[Opened]) -> None:
    """Report on changes until one touches the settings, or the captions."""
    shown = Shown(opened, Path.cwd())
    for found in events:
        if any(path in _SETTINGS for _, path in found):
            return
        if any(one.workspace.has_other_captions() for one in opened):
            return
        started = time.monotonic()
        results, named = [], []
        for one in opened:
            also = one.listing.also
            places = [also.get(path, path) for place, path in found if place == one.root]
            changed = one.workspace.changed(places) if found else []
            named += [shown.path(shown.key(one, path), "current") for path in changed]
            result = _linted(one, changed) if changed else LintResult((), 0)
            results.append(without_listed(result, one, baseline_of(options, one), options)[0])
        if named:
            view = view_of(options, opened, shown, {}, ())
            name = format_of(options, opened)
            if view.terminal:
                click.clear()
            if name == "text":
                more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
                tell(f"Changed: {', '.join(named[:_NAMED])}{more}\n")
            report(merged(results, opened, shown, started), view, None, name)
            sys.stdout.flush()


def _linted(opened: Opened, changed: Iterable[str]) -> LintResult:
    """Return the findings of the notes that a change touches, of those that are reported on."""
    named = None if opened.named is None else {*opened.named}
    touched = opened.workspace.update(changed)
    return opened.workspace.lint([p for p in touched if opened.is_judged(p) and (named is None or p in named)])
