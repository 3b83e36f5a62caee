"""`ytvault captions`: which videos have captions, which have none, and what of them no note speaks of."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from processor.base.text import count
from processor.captions.files import readable
from processor.cli import hints
from processor.cli.captions_options import GROUPS, Call
from processor.cli.console import Failure, put_out, tell, warn, warn_of
from processor.cli.options import takes
from processor.cli.session import opened_to_ask
from processor.cli.vaults import list_vault, named_notes, near_path, shown, the_vault
from processor.commands.captions import Coverage, Video, coverage, languages_of, plain, videos_of
from processor.config import Config, load_config
from processor.load.workspace import ToAsk
from processor.parse.youtube import MAX_CLOCK, write_clock, write_url
from processor.report.json_array import array
from processor.vault.said import duration, transcript

_BATCH = "missing.txt"


@takes(Call, GROUPS)
def command(ctx: click.Context, call: Call) -> None:
    """List the videos of the vault (or of NOTE, a note or a folder) with the captions that are at hand: who wrote them, in which
    language, up to which second, in which file. Against these `ytvault lint` holds the stamps.

    Captions are read from the folders that the setting `captions` names, and from notes that hold a transcript. Nothing is ever
    fetched from the net: that is yt-dlp's to do.

    \b
    ytvault captions
    ytvault captions --missing > missing.txt
    ytvault captions --coverage talks/opening_the_weights.md
    """
    if call.missing and call.covers:
        raise click.UsageError("--missing and --coverage are different questions: ask one")
    if call.note and not os.path.lexists(call.note):
        raise Failure(f"{call.note} does not exist{near_path(Path(os.path.abspath(call.note)))}")
    root = the_vault(call.note, call.vault)
    config = load_config(root, call.config_file).merge_cli(captions=call.captions)
    for remark in config.remarks:
        warn(remark)
    named = [Path(os.path.abspath(call.note))] if call.note else []
    listing = list_vault(root, named, whole=call.vault is not None)
    workspace = opened_to_ask(root, config, listing, ToAsk((transcript, duration)))
    warn_of(workspace.problems)
    for path, message in workspace.caption_problems(None):
        warn(f"{readable(shown(Path(path)))} {message}")
    chosen = named_notes(listing, root, named) if named else None
    every = videos = videos_of(workspace.vault)
    if chosen is not None:
        videos = [video for video in videos if not {*chosen}.isdisjoint(video.notes)]
    of = len(videos)
    if call.missing:
        videos = [video for video in videos if video.captions is None]
    if call.covers:
        _coverage([(video, coverage(workspace.vault, video)) for video in videos if video.notes], call.shape)
    elif call.shape == "json":
        _json(plain(video) for video in videos)
    elif call.missing:
        if not videos:
            tell("Every video has captions." if of else "No note is about a video.", err=True)
        else:
            _missing(videos, languages_of(every), config, root)
    else:
        _list(videos, config)
    ctx.exit(2 if workspace.problems or listing.problems else 0)


def _json(rows: Iterable[Any]) -> None:
    for piece in array(json.dumps(row, ensure_ascii=False) for row in rows):
        put_out(piece)


def _clock(seconds: float) -> str:
    return write_clock(min(int(seconds), MAX_CLOCK), like="0:00:00")


# What there is


def _list(videos: Sequence[Video], config: Config) -> None:
    with_captions = [video for video in videos if video.captions]
    rows = []
    for video in with_captions:
        found = video.captions
        assert found is not None
        languages = ", ".join(filter(None, found.languages))
        notes = count(len(video.notes), "note") if video.notes else "no note"
        rows.append((video.video_id, found.kind, languages or "-", _clock(found.length), notes, found.path))
    for line in _columns(rows):
        tell(line)
    without = [video for video in videos if not video.captions]
    if with_captions and without:
        tell("")
    if without:
        tell("Without captions:")
    for line in _columns([(video.video_id, _title(video)) for video in without]):
        tell(line)
    if videos:
        tell("")
    tell(
        f"{len(with_captions):,} of {count(len(videos), 'video')} {'has' if len(with_captions) == 1 else 'have'} captions."
    )
    if not config.captions:
        tell("No folder of captions is named: the setting `captions`, or --captions DIR, names one.")
    if without:
        tell(f"\n  {hints.call_again('--missing')} > {_BATCH}  lists those that have none, and how yt-dlp fetches them")


def _title(video: Video) -> str:
    """Return what a person knows a video by: its first note, and how many more there are."""
    if not video.notes:
        return video.title
    more = f" and {count(len(video.notes) - 1, 'more note')}" if len(video.notes) > 1 else ""
    return f"{video.notes[0]}{more}"


def _columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Yield the rows of a table as lines, clocks to the right."""
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(w) if cell[:1].isdigit() and ":" in cell else cell.ljust(w)
            for cell, w in zip(row, widths, strict=True)
        ]
        yield "  ".join(cells).rstrip()


# What is missing


def _missing(videos: Sequence[Video], languages: Sequence[str], config: Config, root: Path) -> None:
    folder = config.captions[0] if config.captions else str(root / "captions")
    wanted = ",".join([".*-orig", *(languages or ["en"])])
    command = [
        *("yt-dlp", "--skip-download", "--write-subs", "--write-auto-subs", "--sub-langs", wanted, "--write-info-json"),
        *("--output", f"{shown(Path(folder))}/%(title)s [%(id)s].%(ext)s", "--batch-file", _BATCH),
    ]
    put_out(f"# {count(len(videos), 'video')} without captions. With this file as {_BATCH}:\n# {shlex.join(command)}\n")
    for video in videos:
        put_out(f"{write_url(video.video_id)}\n")


# What no note speaks of


def _coverage(found: Sequence[tuple[Video, Coverage | None]], shape: str) -> None:
    if shape == "json":
        _json(_covered(video, covered) for video, covered in found)
        return
    known = [(video, covered) for video, covered in found if covered]
    for video, covered in known:
        about = f"{video.notes[0]}" + (f" and {len(video.notes) - 1:,} more" if len(video.notes) > 1 else "")
        tell(f"{video.video_id}  {covered.share:.0%} of {_clock(video.length.seconds if video.length else 0)}  {about}")
        for stretch in covered.stretches:
            said = f"  {stretch.text} …" if stretch.text else ""
            tell(f"  {_clock(stretch.start)} to {_clock(stretch.end)}{said}")
    if known:
        tell("")
    tell(f"{count(len(known), 'video')} of which the length is known, of {len(found):,}.")


def _covered(video: Video, covered: Coverage | None) -> Any:  # noqa: ANN401  as JSON has it
    stretches = covered and [{"start": s.start, "end": s.end, "text": s.text} for s in covered.stretches]
    return {
        "videoId": video.video_id,
        "notes": list(video.notes),
        "covered": covered and round(covered.share, 3),
        "stretches": stretches,
    }
