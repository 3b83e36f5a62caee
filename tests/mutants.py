"""Notes gone wrong at random: what other notes hold, cut, doubled, moved, and strewn with whatever means something."""

from __future__ import annotations

import random
from collections.abc import Sequence

WORDS = (
    "[[", "]]", "[", "]", "(", ")", "|", "#", "^", "!", "`", "```", "~~~", "$", "$$", "%%", "---", "\n", "\n\n", "\n---\n", "> ", "- ", "\t", "    ", ":",
    '"', "'", "\\", "<", ">", "<a", "</a>", "<!--", "-->", "<?", "?>", "<br/>", "<div>\n", "&amp;", " ", "\u00a0", "\u200b", "\ufeff", "\r\n", "\u0130",
    "title: ", "title: a\n", "videoId: ", "videoId: dQw4w9WgXcQ\n", "aliases: [a, b]\n", "duration: 1:02:03\n", "tags: [a b, c]\n", "source: https://youtu.be/dQw4w9WgXcQ\n",
    "From: [[hub]] <br/>", "From: [[a]] <br/>", "[[a]]", "[[ a ]]", "[[b|c]]", "[[a#b]]", "![[a]]", "[x](a.md)", "[[a#^b]]", " ^b", "# a\n", "## b\n", "| a | [[b]] |\n|---|---|\n",
    "[00:06:10]", "[06:10]", "[10:50:00]", "[01:54:00]", "[00:11:02, 00:12:04]", "[[00:06:10]]", "[00:06:10](#)", '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>',
    '<a class="yt-timestamp" data-t="10:50:00">[10:50:00]</a>', '<a class="yt-timestamp" data-t="01:54:00">', '<a class="yt-timestamp" data-t="00:06:1">[00:06:10]</a>', "## x [00:06:10]\n",
    "## x [10:50:00]\n", "[00:06:10](https://youtu.be/dQw4w9WgXcQ?t=370)", "https://youtu.be/dQw4w9WgXcQ", "[10:50:00](https://youtu.be/dQw4w9WgXcQ?t=39000)",
    "%% ytvault-disable-next-line broken-link %%\n", "%%ytvault-disable-next-line%%", "%% ytvault-disable unlinked-timestamp %%\n", "%%ytvault-enable x%%", "%% ytvault-disable shifted-timestamp %%",
)  # fmt: skip


def mutant(random: random.Random, texts: Sequence[str]) -> str:
    """One of some texts, or a stretch of it, after a few accidents."""
    text = random.choice(texts)
    if len(text) > 200 and random.random() < 0.5:
        start = random.choice((0, 0, random.randrange(len(text))))
        text = text[start : start + random.choice((60, 200, 800, 3000))]
    for _ in range(random.choice((0, 1, 2, 3, 5, 8, 20))):
        text = _accident(random, text, texts)
    return text


def _accident(random: random.Random, text: str, texts: Sequence[str]) -> str:
    at, length = random.randrange(len(text) + 1), random.choice((1, 1, 2, 5, 20, 100))
    piece = text[at : at + length]
    to = random.randrange(len(text) + 1)
    match random.randrange(7):
        case 0:
            return text[:at] + text[at + length :]
        case 1:
            return text[:to] + piece + text[to:]
        case 2:
            return (
                text[:at]
                + "".join(random.choice("0123456789") if c.isdigit() else c for c in piece)
                + text[at + length :]
            )
        case 3:
            other = random.choice(texts)
            start = random.randrange(len(other) + 1)
            return text[:at] + other[start : start + length] + text[at:]
        case 4:  # at the start of a line, where most means most
            start = text.rfind("\n", 0, at) + 1
            return text[:start] + random.choice(WORDS) + text[start:]
        case _:
            return text[:at] + random.choice(WORDS) + text[at:]


def vault_of_mutants(random: random.Random, notes: dict[str, str], number: int) -> dict[str, str]:
    """So many notes by path, in a few folders, often with the names that they had."""
    paths, texts = list(notes), list(notes.values())
    made: dict[str, str] = {}
    while len(made) < number:
        name = random.choice(paths).rpartition("/")[2]
        if random.random() < 0.5:
            name = f"{len(made)}-{name}"
        made[f"d{random.randrange(7)}/{name}"] = mutant(random, texts)
    return made
