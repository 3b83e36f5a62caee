"""The time that captions take: `.venv/bin/python -m tests.benchmarks.captions` tells it for a video, and for a note of 50 stamps.

Both are drawn at random: a talk of 80 minutes, 13,000 words, of which a few are said often and most seldom, and notes that say what
is said in it, one stamp in five of them wrong.
"""

from __future__ import annotations

import random
from array import array
from time import process_time

from processor.captions.claims import Claim
from processor.captions.decode import decode
from processor.captions.index import Index
from processor.captions.model import Captions
from processor.captions.terms import terms_of

_LETTERS = "bdfgklmnprstvz"
_VIDEOS, _NOTES, _STAMPS = 5, 8, 50
_WORDS, _SECONDS = 13_000, 4800


def vocabulary(draw: random.Random) -> list[str]:
    return [
        "".join(draw.choice(_LETTERS) + draw.choice("aeiou") for _ in range(draw.randint(1, 4))) for _ in range(4000)
    ]


def talk(draw: random.Random, words: list[str]) -> Captions:
    """Words as often as Zipf has it, at an even pace."""
    shares = [1 / rank for rank in range(1, len(words) + 1)]
    said = tuple(draw.choices(words, shares, k=_WORDS))
    seconds = array("d", [at * _SECONDS / _WORDS for at in range(_WORDS)])
    return Captions("aBcD_-12-4w", "talk.vtt", "written", "en", seconds, said, _SECONDS)


def note(draw: random.Random, captions: Captions) -> list[tuple[int, str]]:
    """Sentences of twenty words that are said within half a minute, and their stamps."""
    found = []
    for _ in range(_STAMPS):
        at = draw.randrange(_WORDS - 80)
        words = draw.sample(captions.words[at : at + 80], 20)
        second = int(captions.seconds[at])
        found.append((second if draw.random() < 0.8 else second * 60, " ".join(words)))
    return sorted(found)


def main() -> None:
    draw = random.Random(1)
    words = vocabulary(draw)
    of_videos = of_notes = 0.0
    for _ in range(_VIDEOS):
        captions = talk(draw, words)
        start = process_time()
        index = Index(captions)
        of_videos += process_time() - start
        for sentences in [note(draw, captions) for _ in range(_NOTES)]:
            start = process_time()
            decode(index, [Claim(second, tuple(terms_of(text))) for second, text in sentences])
            index.forget()
            of_notes += process_time() - start
    print(f"{1000 * of_videos / _VIDEOS:6.1f} ms of processor time a video of {_SECONDS // 60} minutes")
    print(f"{1000 * of_notes / _VIDEOS / _NOTES:6.1f} ms a note of {_STAMPS} stamps")


if __name__ == "__main__":
    main()
