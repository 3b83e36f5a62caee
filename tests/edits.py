"""Changes of a vault of every kind that what the rules say may depend on, each at random; they can be taken back."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

_ANCHOR = re.compile(r'data-t="(\d\d):(\d\d):(\d\d)">\[\1:\2:\3\]')
_TARGET = re.compile(r"\[\[([^\[\]|#\n]*[^\[\]|#\n ])")
CONFIGURATIONS = (
    *("", 'ignore = ["missing-note"]\n', 'extend-select = ["ALL"]\n', 'video-property = ["video_id"]\n'),
    *('[severity]\nmissing-note = "error"\n', '[per-file-ignores]\n"**/a*" = ["timestamps"]\n'),
)
SETTINGS = (
    "{}\n",
    '{"useMarkdownLinks": true}\n',
    '{"newLinkFormat": "relative"}\n',
    '{"userIgnoreFilters": ["channel00/"]}\n',
)


class Edits:
    """A vault and what is done to it. A method named in `KINDS` changes one thing, mostly of a note chosen at random."""

    KINDS = (
        *("text", "heading", "block", "hub", "source", "video", "title", "alias", "stamp", "stamps"),
        *("copy", "add", "rename", "delete", "case", "configuration", "attachment", "settings"),
        *("captions", "details", "durations", "duration", "transcript"),
    )

    def __init__(self, root: Path, rng: random.Random) -> None:
        self.root = root
        self.rng = rng
        self.told: list[str] = []  # what was done
        self._count = 0
        self._before: dict[str, tuple[bytes, int] | None] = {}  # what was there, and its time

    def change(self, kind: str) -> None:
        """Change something of a kind; where the vault holds nothing of that kind, nothing."""
        self._count += 1
        try:
            getattr(self, kind)()
        except LookupError:
            self.told.append(f"no {kind}")

    def restore(self) -> None:
        """Make all files what they were."""
        for path in self._before:
            (self.root / path).unlink(missing_ok=True)
        for path, before in self._before.items():
            if before:
                file = self.root / path
                file.write_bytes(before[0])
                os.utime(file, ns=(before[1], before[1]))
        self._before.clear()

    # The files

    def notes(self) -> list[str]:
        """The paths of all notes."""
        found = (path.relative_to(self.root).as_posix() for path in self.root.rglob("*.md"))
        return sorted(path for path in found if not path.startswith("."))

    def hubs(self) -> list[str]:
        """The notes that bear their folder's name."""
        return [p for p in self.notes() if Path(p).stem.casefold() == Path(p).parent.name.casefold()]

    def put(self, path: str, text: str | None) -> None:
        """Write a file, or delete it."""
        file = self.root / path
        if path not in self._before:
            self._before[path] = (file.read_bytes(), file.stat().st_mtime_ns) if file.exists() else None
        self.told.append(f"{path} deleted" if text is None else path)
        file.unlink(missing_ok=True)
        if text is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def some(self, pattern: str = "", paths: list[str] | None = None) -> str:
        """A note in which something is found. Raise LookupError where a look at many finds none."""
        paths = self.notes() if paths is None else paths
        for path in self.rng.sample(paths, min(len(paths), 300)):
            if re.search(pattern, self.read(path), re.M):
                return path
        raise LookupError(pattern)

    def replace(self, pattern: str, by: str | Callable[[re.Match[str]], str], count: int = 1) -> None:
        """Replace something in one of the notes in which it is found."""
        path = self.some(pattern)
        self.put(path, re.sub(pattern, by, self.read(path), count=count, flags=re.M))

    def append(self, path: str, text: str) -> None:
        self.put(path, self.read(path).removesuffix("\n") + f"\n\n{text}\n")

    # Inside a note

    def text(self) -> None:
        stamp = '<a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a>'
        self.append(self.some(), f"Sentence {self._count}, with [[a_link_to_nothing_{self._count}]] and {stamp}.")

    def heading(self) -> None:
        self.replace(r"^(#{1,6} [^\[\]\n]+)$", rf"\1 {self._count}")

    def block(self) -> None:
        """A block that another note links to comes, or one goes."""
        path = self.some()
        if self.rng.random() < 0.5:
            self.append(path, f"A block. ^id{self._count}")
            self.append(self.some(), f"See [[{Path(path).stem}#^id{self._count}]].")
        else:
            self.replace(r" \^id\d+$", "")

    def hub(self) -> None:
        self.append(self.some(paths=self.hubs()), f"- [[one_more_entry_{self._count}]]")

    def source(self) -> None:
        """The `From:` line leads elsewhere, or goes."""
        hub = Path(self.some(paths=self.hubs())).stem
        self.replace(r"^From: .*$", self.rng.choice((f"From: [[{hub}]]", "")))

    def video(self) -> None:
        """A note is about another note's video."""
        other = re.search(r"^videoId: .*$", self.read(self.some("^videoId: ")), re.M)
        assert other
        self.replace(r"^videoId: .*$", other[0])

    def title(self) -> None:
        self.replace(r"^title: .*$", f"title: Another subject {self.rng.randint(0, 9)}")

    def alias(self) -> None:
        """A note gets as an alias what some link asks for."""
        self.replace(r"\A---$", f"---\naliases: [{self.target()}]")

    def stamp(self) -> None:
        self.replace(_ANCHOR.pattern, lambda m: m[0].replace(m[3], f"{self.rng.randint(0, 59):02}"))

    def stamps(self) -> None:
        """All stamps of a note become shifted, or lose what made them so."""
        clock = self.rng.choice((r"\2:\3:00", r"00:\1:\2"))
        self.replace(_ANCHOR.pattern, f'data-t="{clock}">[{clock}]', count=0)

    # Files

    def target(self) -> str:
        return self.rng.choice(_TARGET.findall(self.read(self.some(_TARGET.pattern)))).strip()

    def folder(self) -> str:
        return Path(self.some()).parent.as_posix()

    def copy(self) -> None:
        self.put(f"{self.folder()}/copy_{self._count}.md", self.read(self.some()))

    def add(self) -> None:
        """A note that some link asks for."""
        self.put(
            f"{self.folder()}/{Path(self.target()).name}.md", "---\ntitle: New\n---\n\n# Overview\n\nAt [00:00:10].\n"
        )

    def rename(self, path: str = "", to: str = "") -> None:
        path = path or self.some()
        text = self.read(path)
        self.put(path, None)
        self.put(
            to or f"{self.rng.choice((Path(path).parent.as_posix(), self.folder()))}/renamed_{self._count}.md", text
        )

    def delete(self) -> None:
        self.put(self.some(), None)

    def case(self) -> None:
        """A note's name changes its capitals, here or in another folder."""
        path = self.some()
        name = Path(path).stem
        self.rename(path, f"{self.rng.choice((Path(path).parent.as_posix(), self.folder()))}/{name.swapcase()}.md")

    # What is said in the videos

    def some_video(self) -> str:
        found = re.search(r"^videoId: (\S+)$", self.read(self.some(r"^videoId: \S+$")), re.M)
        assert found
        return found[1].strip("'\"")

    def beside(self, path: str, text: str) -> None:
        """A file beside the vault comes, changes or goes, and the settings name what lies there."""
        settings = 'captions = ["../captions"]\ndurations = "../captions/durations.csv"\n'
        if not (self.root / "ytvault.toml").exists() or "captions" not in self.read("ytvault.toml"):
            self.put("ytvault.toml", settings)
            self.put("../captions/durations.csv", "id,seconds,title\n")
        gone = (self.root / path).exists() and self.rng.random() < 0.3
        self.put(path, None if gone else text)

    def captions(self) -> None:
        """Some captions, in whose name or inside is which video they are of; now and then they are broken."""
        minutes, video = self.rng.randint(1, 59), self.some_video()
        cue = f"00:{minutes:02}:00.000 --> 00:{minutes:02}:03.000\nThat is said {self._count} times.\n"
        text = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nGood evening.\n\n" + cue
        self.beside(f"../captions/Talk [{video}].en.vtt", self.rng.choice((text, text, "WEBVTT\n")))
        if self.rng.random() < 0.3:
            said = f'[{{"start": {minutes * 60}, "duration": 2, "text": "Good evening."}}]'
            self.beside(f"../captions/talk{video[0]}.json", f'{{"video_id": "{video}", "snippets": {said}}}')

    def details(self) -> None:
        text = f'{{"id": "x", "duration": {self.rng.randint(60, 9000)}}}'
        self.beside(f"../captions/Talk [{self.some_video()}].info.json", text)

    def durations(self) -> None:
        row = f"{self.some_video()},{self.rng.randint(60, 9000)},Talk\n"
        self.beside("../captions/durations.csv", f"id,seconds,title\n{row}")

    def duration(self) -> None:
        """A note says how long its video is, or no longer does."""
        if self.rng.random() < 0.5:
            self.replace(r"^duration: .*\n", "")
        else:
            self.replace(r"\A---\n", f"---\nduration: {self.rng.randint(60, 9000)}\n")

    def transcript(self) -> None:
        """A note holds what is said in its video."""
        turns = "".join(
            f"Anna ({t // 60}:{t % 60:02}):\n" + "word " * 30 + "\n\n" for t in range(0, self.rng.randint(90, 900), 10)
        )
        self.append(self.some("^videoId: "), f"## Transcript {self._count}\n\n{turns}")

    def configuration(self) -> None:
        self.put("ytvault.toml", self.rng.choice(CONFIGURATIONS))

    def attachment(self) -> None:
        """A file that is no note, and a link to it, come or go."""
        if (self.root / "files/picture.png").exists() and self.rng.random() < 0.5:
            self.put("files/picture.png", None)
        else:
            self.put("files/picture.png", f"{self._count}")
            self.append(self.some(), "![[picture.png]]")

    def settings(self) -> None:
        self.put(".obsidian/app.json", self.rng.choice(SETTINGS))
