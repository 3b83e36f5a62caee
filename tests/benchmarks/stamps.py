"""How the notes of a vault write their stamps: each note in one style, which its generator kept to."""

from __future__ import annotations

import random
from collections.abc import Callable

STYLES = {
    "clean": 66.5,
    "shifted": 16.0,
    "bracket": 6.0,
    "mismatched": 5.0,
    "two-field": 2.5,
    "late": 0.7,  # now and then half a day too late
    "awkward": 2.0,  # well written, in a text that takes the whole grammar to read
    "odd": 1.3,
}
"""The share of the notes in each style, of a hundred."""

Write = Callable[[int, str], str]
"""Writes the stamp of a second of a video."""

HOUR = 3600


def clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def minutes(second: int) -> str:
    return f"{second // 60:02}:{second % 60:02}"


def anchor(target: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{target}">[{target if label is None else label}]</a>'


def clean(second: int, _video: str) -> str:
    return anchor(clock(second))


ODD: tuple[Write, ...] = (
    lambda s, v: f"[{anchor(clock(s))}](https://www.youtube.com/watch?v={v}&t={s}s)",
    lambda s, v: f"[{clock(s)}](https://youtu.be/{v}?t={s})",
    lambda s, _: anchor(clock(s), clock(s)[1:]),
    lambda s, _: anchor(clock(s), minutes(s)),
    lambda s, _: anchor(minutes(s), clock(s)),
    lambda s, _: anchor(clock(s)[1:]),
    lambda s, _: anchor(clock(s) + ":17", clock(s)),
    lambda s, _: anchor(clock(s) + "]", clock(s)),
    lambda s, _: anchor(clock(s), ""),
    lambda s, _: f"[[{clock(s)}]]",
    lambda s, _: f"[{clock(s)}, {clock(s + 41)}]",
)


def style_of(rng: random.Random) -> tuple[str, Write]:
    """The name of a note's style, and how it writes a stamp."""
    (name,) = rng.choices([*STYLES], [*STYLES.values()])
    if name == "shifted":  # minutes and seconds, with a third field behind them
        if rng.random() < 0.85:
            return name, lambda s, _: anchor(f"{minutes(s)}:00")
        return name, lambda s, _: anchor(f"{minutes(s)}:{rng.randrange(60):02}")
    if name == "mismatched":  # every other label is not what it leads to
        return name, lambda s, _: anchor(clock(s), clock(s + rng.choice((0, 0, 7, 60, 95))))
    if name == "late":
        return name, lambda s, _: anchor(clock(s + 13 * HOUR * (rng.random() < 0.15)))
    if name == "odd":
        return name, rng.choice(ODD)
    return name, {
        "clean": clean,
        "awkward": clean,
        "bracket": lambda s, _: f"[{clock(s)}]",
        "two-field": lambda s, _: anchor(minutes(s)),
    }[name]


def last_second(style: str, length: int) -> int:
    """How far the stamps of a video reach in a style: what has no field for hours stays below one."""
    return min(length, HOUR - 1) if style in {"shifted", "two-field", "odd"} else length
