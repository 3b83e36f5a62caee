"""Writes a vault of any size, drawn like a real one: `python -m tests.benchmarks.generate DIR --notes 21000`.

Seeded, so that one call gives the same bytes anywhere. What a note has is drawn note by note, and holds for the whole note:
the style of its stamps (`stamps.STYLES`), and what else is in it (`SHARES`). Some 7.6 kB a note with a long tail (a few reach
1 MB), ten links (median six), most of them to notes of the same channel and a quarter to notes that never were; folders of a
hundred notes and of two thousand, each with its hub; three or four notes a video; names that several notes bear.
`python -m tests.benchmarks.shape DIR` tells what a vault is like.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist

from tests.benchmarks.stamps import Write, last_second, style_of

WORDS = (
    "open closed model weights release licence data training inference scale safety audit lab cluster token context window "
    "agent tool benchmark paper review method result claim evidence cost energy chip memory latency community project "
    "maintainer patch issue fork policy law export rule market price startup team founder investor history culture language "
    "translation speech vision robot driving health biology protein physics maths proof teacher student school exam "
    "curriculum library archive note video channel transcript chapter question answer"
).split()
SYLLABLES = (
    "ba co dra el fi gan ho il jor ka lu men no or pra qui ro sa ti ul ven wo xe ya zin tor mal eth ser pol".split()
)
ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LAST = "AEIMQUYcgkosw048"
COMMON_HEADINGS = ("Overview", "Background", "Key points", "In practice", "Open questions", "Conclusion")

SHARES = {
    "heading link": 0.21,  # links in headings
    "list": 0.40,
    "nested list": 0.18,
    "price": 0.18,  # `$`
    "callout": 0.19,
    "non-ascii": 0.29,
    "inline code": 0.08,
    "fence": 0.016,  # half of them the whole body
}
"""The share of the notes that have such a thing."""
AWKWARD = (
    "- One thing\n\n    \tand what belongs to it\n",
    "One source.[^1]\n\n[^1]: Where it stands.\n",
    "> [!note] Outside\n>> [!info] Inside\n>> And more.\n",
    '<div class="aside">\n\nAside.\n\n</div>\n',
    "1. First\n   > quoted in an item\n\n   ```\n   and code\n   ```\n",
)
NAMED_AGAIN, NAMED_IN_CAPITALS = 0.045, 0.002  # notes that bear the name of one in another folder
SAME_VIDEO = (10, 15, 25, 30, 15, 5)  # weights of one to six notes a video: 3.4
TYPICAL, LONGEST = 22 * 60, 9 * 3600  # seconds of a video: two or three in a hundred are longer than four hours
SHIFTED = 33 * 60  # those with shifted stamps are as long as if it lasted so long
LARGEST = 2247  # notes in a folder


@dataclass
class Video:
    id: str
    length: int  # seconds


@dataclass
class Channel:
    name: str
    notes: list[Entry] = field(default_factory=list)


@dataclass
class Entry:
    """A note that is to be written."""

    channel: Channel
    name: str
    title: str
    video: Video


def folder_sizes(notes: int) -> list[int]:
    """How many notes are in each folder: half of them have a hundred or fewer, a few two thousand."""
    count = max(1, round(notes / 260))
    spread = [NormalDist().inv_cdf((i + 0.5) / count) for i in range(count)]
    sizes = [min(LARGEST, 100 * math.exp(1.42 * z)) for z in spread]
    found = [max(1, round(size * notes / sum(sizes))) for size in sizes]
    found[-1] += notes - sum(found)
    return found


class Generator:
    def __init__(self, notes: int, seed: int, length: float = 1) -> None:
        """`length` is how long the notes are, measured by those of a real vault."""
        self.length = length
        self.random = rng = random.Random(seed)
        self.words = WORDS + sorted({"".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(3000)})
        self.weights = [*_cumulated(1 / (i + 8) for i in range(len(self.words)))]  # a few words are everywhere
        self.sentences = [self.sentence() for _ in range(4000)]
        self.wanted: list[str] = []  # links to notes that do not exist, one as often as it was asked for
        self.taken: set[str] = set()
        self.entries: list[Entry] = []
        self.channels = [Channel(f"channel{i:02}") for i in range(len(folder_sizes(notes)))]
        for channel, size in zip(self.channels, folder_sizes(notes), strict=True):
            self.fill(channel, size - 1)  # and its hub

    # Names

    def some_words(self, least: int, most: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=self.random.randint(least, most))

    def video(self) -> Video:
        rng = self.random
        seconds = min(LONGEST, rng.lognormvariate(math.log(TYPICAL), 1.25))
        return Video("".join(rng.choices(ID, k=10)) + rng.choice(LAST), max(120, int(seconds)))

    def fill(self, channel: Channel, size: int) -> None:
        """Give a channel its notes, in the order of their videos."""
        video, left = self.video(), 0
        for _ in range(size):
            if not left:
                video = self.video()
                left = self.random.choices(range(1, 7), SAME_VIDEO)[0]
            left -= 1
            name, title = self.name(channel)
            channel.notes.append(Entry(channel, name, title, video))
        self.entries += channel.notes

    def name(self, channel: Channel) -> tuple[str, str]:
        """A file's name and the note's title that no other note of the channel has."""
        pick = self.random.random()
        while True:
            title = " ".join(self.some_words(3, 7)).capitalize()
            title += self.random.choice(("", "", "", ": a review", " (part 2)", " vs. the rest", "'s origins"))
            name = _slug(title)
            if self.entries and pick < NAMED_AGAIN + NAMED_IN_CAPITALS:
                other = self.random.choice(self.entries)
                name, title = other.name, other.title
                if pick < NAMED_IN_CAPITALS:
                    name = name.title()
            path = f"{channel.name}/{name}".lower()  # where capitals do not count, no file is to replace another
            if path not in self.taken:
                self.taken.add(path)
                return name, title
            pick = 1

    # What stands in a note

    def sentence(self) -> str:
        return " ".join(self.some_words(8, 20)).capitalize()

    def link(self, entry: Entry) -> str:
        rng = self.random
        other = rng.choice(entry.channel.notes if rng.random() < 0.85 else self.entries)
        kind = rng.random()
        if kind < 0.25:
            return self.link_to_nothing()
        if kind < 0.30:
            return f"[[{other.title}]]"
        if kind < 0.305:
            return f"[[{other.name}#{rng.choice(COMMON_HEADINGS)} | {other.title}]]"
        return f"[[{other.name} | {' '.join(other.title.split()[:3]).lower()}]]"

    def link_to_nothing(self) -> str:
        """One in two is new, all others are to what some note has asked for before: so a few are asked for by many."""
        words = self.some_words(2, 4)
        name = "_".join(words) if not self.wanted or self.random.random() < 0.53 else self.random.choice(self.wanted)
        self.wanted.append(name)
        return f"[[{name} | {name.replace('_', ' ')}]]"

    def text_of(self, entry: Entry, style: str, write: Write, has: set[str]) -> list[str]:
        """The sentences of a note, with their stamps and links."""
        rng = self.random
        length = SHIFTED if style == "shifted" else entry.video.length
        usual = (length / TYPICAL) ** 0.5  # there is more to say of a longer video
        count = int(self.length * usual * rng.lognormvariate(3.35, 0.5)) + 3
        if style == "awkward":
            count *= 2
        if rng.random() < 0.0003:
            count *= 70
        stamped = 0.95 if style == "shifted" else 0.7
        step = last_second(style, entry.video.length) / (count + 1)
        sentences = rng.choices(self.sentences, k=count)
        for _ in range(int(self.length**0.5 * rng.lognormvariate(math.log(5), 0.95))):
            sentences[rng.randrange(count)] += f" {rng.choice(('in', 'of', 'and'))} {self.link(entry)}"
        for share, what in (
            ("price", " for $%d million"),
            ("inline code", " by `run_%d`"),
            ("non-ascii", " — “so it is %d”"),
        ):
            for _ in range(rng.randint(1, 5) if share in has else 0):
                sentences[rng.randrange(count)] += what % rng.randint(2, 90)
        for i in range(count):
            if rng.random() < stamped:
                sentences[i] += " " + write(int(step * (i + rng.random())), entry.video.id)
        return [f"{sentence}." for sentence in sentences]

    def heading(self, entry: Entry, *, linked: bool) -> str:
        if linked:
            return f"### {self.link(entry)}"
        if self.random.random() < 0.15:
            return f"## {self.random.choice(COMMON_HEADINGS)}"
        return f"{self.random.choice(('##', '##', '###'))} {' '.join(self.some_words(2, 6)).capitalize()}"

    def blocks(self, sentences: list[str], has: set[str]) -> Iterator[str]:
        """What stands below a heading."""
        rng, at = self.random, 0
        while at < len(sentences):
            some = sentences[at : at + rng.randint(1, 4)]
            at += len(some)
            pick = rng.random()
            if "callout" in has and pick < 0.2:
                yield f"> [!info] {' '.join(self.some_words(1, 4)).capitalize()}\n" + "\n".join(f"> {s}" for s in some)
            elif "nested list" in has and pick < 0.6:
                yield "\n".join(f"{'    *   ' if i % 3 else '*   '}{s}" for i, s in enumerate(some))
            elif "list" in has and pick < 0.6:
                yield "\n".join(f"- **{s.partition(' ')[0]}** {s}" for s in some)
            else:
                yield " ".join(some)

    def note(self, entry: Entry) -> str:
        rng = self.random
        has = {what for what, share in SHARES.items() if rng.random() < share}
        style, write = style_of(rng)
        sentences = self.text_of(entry, style, write, has)
        each = max(1, round(len(sentences) / rng.randint(4, 10)))
        linked = rng.randrange(0, len(sentences), each) if "heading link" in has else -1
        blocks: list[str] = []
        for at in range(0, len(sentences), each):
            blocks.append(self.heading(entry, linked=at == linked))
            blocks += self.blocks(sentences[at : at + each], has)
        if style == "awkward":
            blocks.insert(rng.randrange(len(blocks)), rng.choice(AWKWARD))
        if "fence" in has and rng.random() < 0.5:
            blocks = ["```markdown\n" + "\n\n".join(blocks) + "\n```"]
        elif "fence" in has:
            blocks.insert(len(blocks) // 2, "```python\nprint('[[no link]]')  # [00:00:01]\n```")
        title = f'"{entry.title}"' if ":" in entry.title else entry.title
        video = entry.video.id
        video = f'"{video}"' if video[0] == "-" or video.isdigit() else video
        head = f"---\ntitle: {title}\nvideoId: {video}\n---\n\n"
        source = f"From: [[{entry.channel.name}]] <br/> \n\n" if rng.random() < 0.99 else ""
        return head + source + "\n\n".join(blocks)

    def hub(self, channel: Channel) -> str:
        """The note of a channel: its videos, and below each the notes about it."""
        lines = [f"---\ntitle: {channel.name}\n---\n"]
        video = None
        for entry in channel.notes:
            if entry.video is not video:
                video = entry.video
                words = " ".join(self.some_words(3, 8)).capitalize()
                lines.append(f"\n### [{words}](https://www.youtube.com/watch?v={video.id})\n")
            lines.append(f"- [[{entry.name} | {entry.title}]]")
        return "\n".join(lines) + "\n"

    def write(self, root: Path) -> int:
        """Write the vault; the answer is its size in bytes."""
        shutil.rmtree(root, ignore_errors=True)
        (root / ".obsidian").mkdir(parents=True)
        (root / ".obsidian/app.json").write_text("{}\n", encoding="utf-8")
        size = 0
        for channel in self.channels:
            folder = root / channel.name
            folder.mkdir()
            size += (folder / f"{channel.name}.md").write_bytes(self.hub(channel).encode())
            for entry in channel.notes:
                size += (folder / f"{entry.name}.md").write_bytes(self.note(entry).encode())
        return size


def _cumulated(weights: Iterator[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total


def _slug(title: str) -> str:
    return "".join(c for c in title if c.isalnum() or c == " ").replace(" ", "_").lower()


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
