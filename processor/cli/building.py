"""`ytvault build` where no seal shows that the copy is up to date."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from processor.base.diff import unified_diff
from processor.base.extras import require
from processor.base.text import count
from processor.cli import hints
from processor.cli.build_options import Call
from processor.cli.build_summary import show_summary
from processor.cli.console import Failure, is_quiet, progress, say, tell, warn
from processor.commands.build.making import CannotBuild, Made, make, read_manifest
from processor.commands.build.options import Options, options_of
from processor.commands.build.output import differences
from processor.commands.build.seal import Seal
from processor.commands.build.summary import Summary
from processor.commands.build.writing import sweep, write_copy
from processor.config import Config, load_config
from processor.disk import Listing, reason
from processor.disk.journal import Journal, JournalError
from processor.load.premises import captions_seen

MOST_LISTED = 20  # files that a message names


def build(call: Call, root: Path, listing: Listing, seal: Seal, started: float) -> int:
    """Build, or say what a build would change; return the exit status. `started` is when the command began."""
    config = load_config(root, call.config_file).merge_cli(captions=call.captions)
    for remark in config.remarks:
        warn(remark)
    options = options_of(call.asked, config.build)
    if options.link_mentions:
        require("link-mentions = true", "mentions")
    heard = captions_seen(config.captions, config.durations)
    with ExitStack() as stack:
        if call.writes:
            stack.enter_context(_alone(call.out))
        made = _made(call, root, listing, config, options)
        if not call.writes:
            return _compared(call, made, root, started)
        _write(call, made)
        if not config.remarks:  # which are to be seen the next time too
            schema = config.expected.schema
            more = [Path(schema.file)] if schema and schema.file else []
            seal.set(more, made.source, made.files, made.report, heard.get("captions", {}))
        show_summary(call, root, _summary(call, made, started))
    return 0


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """While no other ytvault writes to the copy; what an interrupted `lint --fix` left there is rolled back."""
    try:
        with Journal(Path(os.path.realpath(out))):
            yield
    except JournalError as error:
        raise Failure(f"{out}: {error}") from None


def _made(call: Call, root: Path, listing: Listing, config: Config, options: Options) -> Made:
    out = os.path.realpath(call.out)
    try:
        manifest = read_manifest(out, force=call.force or not call.writes)
        return make(root, out, listing, config, options, manifest, progress)
    except CannotBuild as error:
        raise Failure(f"{call.out}: {error}") from None


def _compared(call: Call, made: Made, root: Path, started: float) -> int:
    """Say what a build would change, for --check and --diff."""
    if call.diff:
        from processor.cli.diffs import show_diff

        show_diff(_diffs(os.path.realpath(call.out), made), _would(made))
    elif call.tells_json:
        show_summary(call, root, _summary(call, made, started))
    elif is_quiet():
        pass  # the exit status says it
    elif made.changes:
        for line in differences(made.changes):
            tell(line)
        tell(f"{call.out} is not what a build would give.")
        if not made.changes.refused:
            tell(f"\n  {hints.call_again()}  makes it so")
    else:
        tell(f"{call.out} is what a build would give.")
    return int(bool(made.changes))


def _would(made: Made) -> str:
    """Return what `--diff` says of itself: how much that is."""
    parts = [
        f"{count(len(files), 'file')} would be {verb}"
        for files, verb in ((made.changes.write, "written"), (made.changes.remove, "removed"))
        if files
    ]
    return f"{' and '.join(parts)}." if parts else "Nothing would change."


def _write(call: Call, made: Made) -> None:
    refused = [r for r in made.changes.refused if r.final or not call.force]
    if refused:
        for one in refused[:MOST_LISTED]:
            warn(f"{call.out / one.path}: {one.reason}")
        if len(refused) > MOST_LISTED:
            warn(f"and {len(refused) - MOST_LISTED:,} more")
        final = all(r.final for r in refused)
        force = f"give it up with `{hints.call_again('--force')}`"
        advice = "take them away" if final else f"bring what you changed into the vault, or {force}"
        raise Failure(f"nothing was written to {call.out}: {advice}")
    if made.copy is not None:
        try:
            with progress("Writing", len(made.changes.write)) as advance:
                problems = write_copy(made.copy, advance)
        except OSError as error:
            raise Failure(
                f"{call.out}: {reason(error)}; the copy is not complete, and the next build goes on"
            ) from None
        if problems:
            for problem in problems:
                warn(f"{call.out / problem.path}: not written: {problem.message}")
            raise Failure(f"{call.out} is not complete; the next build goes on")
    else:
        sweep(os.path.realpath(call.out))
    for path in sorted({*made.changes.write, *made.changes.remove}):
        say(f"{path}: {'written' if path in made.changes.write else 'removed'}")


def _summary(call: Call, made: Made, started: float) -> Summary:
    changes = made.changes
    return Summary(
        str(call.out),
        made.report,
        time.monotonic() - started,
        changes.unchanged,
        sorted(changes.write),
        sorted(changes.remove),
        not changes,
    )


def _diffs(out: str, made: Made) -> Iterator[str]:
    """Yield what a build would change, as unified diffs; of files that are no text only that they differ."""
    for path in sorted(made.changes.write.keys() | made.changes.remove.keys()):
        old = _bytes(f"{out}/{path}")
        new = b""
        if path in made.changes.write and made.copy is not None:
            content = made.copy.content(path)
            new = content if isinstance(content, bytes) else content.read_bytes()
        try:
            yield unified_diff(path, old, new)
        except UnicodeDecodeError:
            yield f"Binary files a/{path} and b/{path} differ\n"


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""
