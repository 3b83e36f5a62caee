"""What a vault is like: which notes take what to judge, and how much is in them: `python -m tests.benchmarks.shape DIR`.

So that the generated vault can be compared with a real one, of which only these figures need be known.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import fmean, median

from processor.config import load_config
from processor.disk import walk
from processor.load.origin import Disk
from processor.load.workspace import ToLint, open_vault
from processor.parse.fast import read_plain
from processor.rules.timestamps._evidence import has_doubtful_stamps, is_open
from processor.vault.note import Note


def kind(note: Note) -> str:
    """What it takes to read and judge a note."""
    if read_plain(note.text, note.body_start) is None:
        return "full parse"
    if is_open(note):
        return "judged by siblings"
    if has_doubtful_stamps(note):
        return "doubtful alone"
    return "odd stamps" if note.timestamps.rest else "ordinary"


def contents(note: Note) -> Mapping[str, float]:
    """How much of what is in a note."""
    lines = note.text.split("\n")
    return {
        "bytes": len(note.text.encode(errors="surrogatepass")),
        "stamps": len(note.timestamps),
        "links": len(note.links),
        "headings": len(note.headings),
        "links in headings": sum(link.place == "heading" for link in note.links),
        "lines of nested lists": sum(line[:1] == " " and line.lstrip()[:2] in {"* ", "- "} for line in lines),
        "`$`": note.text.count("$"),
        "callouts": len(note.callouts),
        "non-ASCII": sum(c > "\x7f" for c in note.text),
        "fences": sum(code.form == "fence" for code in note.code),
        "inline code": sum(code.form == "inline" for code in note.code),
    }


class Shape:
    """The figures of a vault."""

    def __init__(self, root: Path) -> None:
        config = load_config(root)
        workspace = open_vault(root, config, Disk(walk(root)), ToLint())
        self.paths: dict[str, list[str]] = defaultdict(list)  # kind → the notes of that kind
        self.contents: dict[str, list[float]] = defaultdict(list)
        targets: dict[str, bool] = {}
        for path in workspace.vault.notes:
            note = workspace.note(path)
            assert note is not None
            self.paths[kind(note)].append(path)
            for what, count in contents(note).items():
                self.contents[what].append(count)
            for link in note.links:
                name = link.target.partition("#")[0].lower()
                targets.setdefault(name, workspace.vault.resolve(link.target, path).path is None)
        self.notes = len(workspace.vault.notes)
        self.targets, self.missing = len(targets), sum(targets.values())
        self.workspace = workspace
        videos = [video for video in workspace.vault.video_ids.values() if video]
        self.notes_a_video = len(videos) / len({*videos})
        self.folders = sorted(Counter(path.rpartition("/")[0] for path in workspace.vault.notes).values())
        names = {path.rpartition("/")[2] for path in workspace.vault.notes}
        self.names, self.names_in_small_letters = len(names), len({name.lower() for name in names})

    def share(self, what: str) -> float:
        """The share of the notes in which there is such a thing."""
        return sum(map(bool, self.contents[what])) / self.notes

    def times(self) -> Iterable[tuple[str, float, Counter[str]]]:
        """Of each kind of note the processor time it takes to judge them all, and what is found."""
        self.workspace.lint(sorted(self.workspace.vault.notes)[:200]).findings.__len__()
        for name, paths in self.paths.items():
            before = sum(os.times()[:4])
            found = Counter(finding.rule for finding in self.workspace.lint(paths).findings)
            yield name, sum(os.times()[:4]) - before, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", type=Path)
    shape = Shape(parser.parse_args().dir)
    times = [*shape.times()]
    every = sum(seconds for _, seconds, _ in times)
    rules: Counter[str] = Counter()
    for name, seconds, found in sorted(times, key=lambda row: -len(shape.paths[row[0]])):
        rules += found
        share = len(shape.paths[name]) / shape.notes
        print(f"{name:20} {share:6.1%} of the notes, {seconds / every:6.1%} of the time")
    print()
    for what, counts in shape.contents.items():
        print(f"{what:22} {fmean(counts):8.1f} a note, median {median(counts):5.0f}, in {shape.share(what):6.1%}")
    print(f"\n{shape.targets} targets, {shape.missing} of them missing; {shape.notes_a_video:.1f} notes a video")
    print(f"{len(shape.folders)} folders of {median(shape.folders):.0f} notes (median) to {shape.folders[-1]}")
    print(f"{shape.notes} notes, {shape.names} names, {shape.names_in_small_letters} in small letters\n")
    for rule, count in rules.most_common():
        print(f"{count:8} {rule}")


if __name__ == "__main__":
    sys.exit(main())
