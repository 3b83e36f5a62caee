"""Writes a vault of any size, shaped like a real one: `python -m tests.benchmarks.generate DIR --notes 21000`.

Seeded, so that one call gives the same bytes anywhere. Some 7.8 kB a note with a long tail (a few reach 1 MB), thirty-five
anchors and ten wikilinks a note, a third of the links broken (by title, or to notes that never were), a hub a channel,
and a share of notes with code, tables, callouts, prices, lists and the faults that generators leave.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

WORDS = (
    "open closed model weights release licence data training inference scale safety audit lab release cluster token "
    "context window agent tool benchmark paper review method result claim evidence cost energy chip memory latency "
    "community project maintainer patch issue fork policy law export rule market price startup team founder investor "
    "history culture language translation speech vision robot driving health biology protein physics maths proof "
    "teacher student school exam curriculum library archive note video channel transcript chapter question answer"
).split()
ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LAST = "AEIMQUYcgkosw048"


class Generator:
    def __init__(self, notes: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.channels = [f"channel{i:02}" for i in range(max(1, min(81, notes // 60 or 1)))]
        self.titles: dict[str, tuple[str, str]] = {}  # path without .md → title, channel
        for i in range(notes - len(self.channels)):
            channel = self.channels[i % len(self.channels)]
            title = " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(3, 7))).capitalize()
            title += self.random.choice(("", "", "", ": a review", " (part 2)", " vs. the rest", "'s origins"))
            slug = "".join(c for c in title if c.isalnum() or c == " ").replace(" ", "_").lower()
            if f"{channel}/{slug}" in self.titles:
                slug, title = f"{slug}_{i}", f"{title} {i}"
            self.titles[f"{channel}/{slug}"] = title, channel
        self.paths = list(self.titles)
        self.videos = {
            c: [self.video_id() for _ in range(max(1, notes // len(self.channels) // 6))] for c in self.channels
        }
        self.sentences = [self.sentence() for _ in range(4000)]

    def video_id(self) -> str:
        return "".join(self.random.choices(ID, k=10)) + self.random.choice(LAST)

    def sentence(self) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(9, 24))
        if self.random.random() < 0.1:
            words[3] += self.random.choice((" — “so it is”", " €5", " 3 %", ", naïve"))
        return " ".join(words).capitalize()

    def stamp(self, second: int, *, sound: bool) -> str:
        hours, minutes, seconds = second // 3600, second // 60 % 60, second % 60
        clock = f"{hours:02}:{minutes:02}:{seconds:02}"
        if sound or self.random.random() < 0.9:
            return f'<a class="yt-timestamp" data-t="{clock}">[{clock}]</a>'
        return self.random.choice(
            (
                f'<a class="yt-timestamp" data-t="{minutes:02}:{seconds:02}">[{minutes:02}:{seconds:02}]</a>',
                f'<a class="yt-timestamp" data-t="{clock}:17">[{clock}]</a>',
                f'<a class="yt-timestamp" data-t="{clock}]">[{clock}]</a>',
                f'<a class="yt-timestamp" data-t="{minutes:02}:{seconds:02}:00">[{minutes:02}:{seconds:02}:00]</a>',
                f'<a class="yt-timestamp" data-t="{clock}"></a>',
                f"[{clock}]",
                f"[[{clock}]]",
                f"[{clock}, {hours:02}:{(minutes + 1) % 60:02}:{seconds:02}]",
            )
        )

    def link(self) -> str:
        path = self.random.choice(self.paths)
        title, _ = self.titles[path]
        slug = path.partition("/")[2]
        kind = self.random.random()
        if kind < 0.67:
            return f"[[{slug} | {title.split(' ')[0]}]]"
        if kind < 0.79:
            return f"[[{title}]]"
        wanted = " ".join(self.random.choice(WORDS) for _ in range(2))
        return f"[[{wanted.replace(' ', '_')}_{self.random.randint(0, 9999)} | {wanted}]]"

    def paragraphs(self, size: int, *, sound: bool) -> Iterator[str]:
        second = self.random.randint(5, 60)
        written = 0
        while written < size:
            parts = []
            for _ in range(self.random.randint(2, 5)):
                parts.append(self.random.choice(self.sentences))
                if self.random.random() < 0.28:
                    parts[-1] += " in " + self.link()
                if self.random.random() < 0.85:
                    second = min(second + self.random.randint(3, 60), 4 * 3600 - 60)
                    parts[-1] += " " + self.stamp(second, sound=sound)
                parts[-1] += "."
            kind = self.random.random()
            if kind < 0.2:
                text = f"## {self.random.choice(self.sentences)[:50].strip()}\n\n" + " ".join(parts)
            elif kind < 0.4:
                text = "\n".join(f"* **{p.partition(' ')[0]}** {p}" for p in parts)
            elif kind < 0.45:
                text = "> [!note] Aside\n" + "\n".join(f"> {p}" for p in parts)
            else:
                text = " ".join(parts)
            written += len(text) + 2
            yield text

    def note(self, path: str) -> str:
        title, channel = self.titles[path]
        pick = self.random.random()
        size = int(min(980_000, self.random.lognormvariate(8.75, 0.6)))
        if pick < 0.0003:
            size = self.random.randint(300_000, 980_000)
        blocks = list(self.paragraphs(size, sound=self.random.random() < 0.8))
        if pick > 0.95:
            blocks.insert(len(blocks) // 2, "```python\nprint('[[no link]]')  # [00:00:01]\n```")
        if pick > 0.98:
            blocks.insert(
                1, f"| Claim | Where |\n| --- | --- |\n| {self.random.choice(self.sentences)[:30]} | [[{channel}]] |"
            )
        if 0.90 < pick < 0.93:
            blocks.insert(1, "It costs $5 to $10 a month, `per seat`, and 100%.\n\n    indented code")
        if 0.5 < pick < 0.51:
            blocks = ["```markdown\n" + "\n\n".join(blocks) + "\n```"]
        quoted = f'"{title}"' if ":" in title and self.random.random() < 0.9 else title
        video = self.random.choice(self.videos[channel])
        video = f'"{video}"' if video[0] == "-" or video.isdigit() else video
        return f"---\ntitle: {quoted}\nvideoId: {video}\n---\n\nFrom: [[{channel}]] <br/> \n\n" + "\n\n".join(blocks)

    def hub(self, channel: str) -> str:
        mine = [p for p in self.paths if p.startswith(channel + "/")]
        lines = [f"---\ntitle: {channel}\n---\n"]
        for i, video in enumerate(self.videos[channel]):
            lines.append(f"### [{self.sentences[i % 4000][:40]}](https://www.youtube.com/watch?v={video})\n")
            lines += [
                f"- [[{p.partition('/')[2]} | {self.titles[p][0]}]]" for p in mine[i :: len(self.videos[channel])]
            ]
            lines.append("")
        return "\n".join(lines)

    def write(self, root: Path) -> int:
        """Write the vault; the answer is its size in bytes."""
        shutil.rmtree(root, ignore_errors=True)
        (root / ".obsidian").mkdir(parents=True)
        (root / ".obsidian/app.json").write_text("{}\n", encoding="utf-8")
        size = 0
        for channel in self.channels:
            (root / channel).mkdir()
            size += (root / channel / f"{channel}.md").write_bytes(self.hub(channel).encode())
        for path in self.paths:
            size += (root / f"{path}.md").write_bytes(self.note(path).encode())
        return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", type=Path)
    parser.add_argument("--notes", type=int, default=21_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = Generator(options.notes, options.seed).write(options.dir)
    print(f"{options.notes} notes, {size / 1e6:.1f} MB in {options.dir}")


if __name__ == "__main__":
    main()
