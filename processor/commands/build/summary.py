"""What a build says when it has ended: for people, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from processor.base.choices import Renderer
from processor.base.text import count, in_words
from processor.commands.build.report import Left, Report
from processor.vault.wanted import asked

_MOST_NAMED = 3
_MOST_REMARKS = 10
_MOST_RULES = 5
_SINGLE = {
    "aliases": "alias",
    "hub entries": "hub entry",
    "index entries": "index entry",
    "links to videos": "link to a video",
    "related notes": "related note",
    "source lines": "source line",
    "stub entries": "stub entry",
    "titles of videos": "title of a video",
    "words instead of links": "word instead of a link",
    **{f"changes for {renderer}": f"change for {renderer}" for renderer in get_args(Renderer)},
}


@dataclass(frozen=True)
class Summary:
    """A build to tell of. `out` is the folder as the user named it; `written` and `removed` are files, `unchanged` are so many
    that were as they should be.
    """

    out: str
    report: Report
    seconds: float
    unchanged: int
    written: Sequence[str] = ()
    removed: Sequence[str] = ()
    up_to_date: bool = True
    lint: str = ""  # the command that shows where what is left stands
    mend: str = ""  # the command that builds with the unsafe fixes; empty where they were made


def as_json(summary: Summary) -> str:
    """Return one object. Only `seconds` differs between two runs over the same."""
    data: dict[str, Any] = {
        "out": summary.out,
        "up_to_date": summary.up_to_date,
        "written": summary.written,
        "removed": summary.removed,
        "unchanged": summary.unchanged,
        **summary.report.as_data(),
        "seconds": round(summary.seconds, 3),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_text(summary: Summary) -> str:
    report = summary.report
    lines = [_head(summary), ""]
    lines += _columns(
        [
            ("notes", f"{report.notes:,}: {report.changed:,} mended or added to, {report.added:,} new"),
            ("mended", _mended(report)),
            ("stamps", _stamps(report)),
            *([("made", made)] if (made := _made(report)) else []),
            ("hubs", f"{report.hubs:,}" + (f", {report.new_hubs:,} of them new" if report.new_hubs else "")),
            ("missing", _missing(report)),
            *([("start", report.index)] if report.index else []),
        ]
    )
    lines += ["", *_left(summary)]
    lines += [f"{r.path}: {r.message}." for r in report.remarks[:_MOST_REMARKS]]
    if len(report.remarks) > _MOST_REMARKS:
        lines.append(f"… and {len(report.remarks) - _MOST_REMARKS:,} more; --output-format json lists all.")
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(summary: Summary) -> str:
    took = f"{summary.seconds:.1f} s"
    if summary.up_to_date:
        return f"{summary.out} is up to date; nothing was written ({took})."
    parts = [count(len(summary.written), "file") + " written"] if summary.written else []
    parts += [count(len(summary.removed), "file") + " removed"] if summary.removed else []
    parts += (
        [f"{summary.unchanged:,} as {'it was' if summary.unchanged == 1 else 'they were'}"] if summary.unchanged else []
    )
    return f"Built {summary.out} in {took}: {', '.join(parts)}."


def _stamps(report: Report) -> str:
    if not report.stamps:
        return "none"
    more = report.clickable - report.clickable_before
    than = f", {more:,} more than in the source" if more > 0 else ""
    start = "starts its" if report.clickable == 1 else "start their"
    return f"{report.clickable:,} of {report.stamps:,} {start} video at a click{than}"


def _mended(report: Report) -> str:
    """Return how often which rules' findings were mended, the most frequent first."""
    times = {rule: n for rules in report.fixed.values() for rule, n in rules.items()}
    rules = sorted(times, key=lambda rule: (-times[rule], rule))
    named = [f"{times[rule]:,} {rule}" for rule in rules[:_MOST_RULES]]
    if others := rules[_MOST_RULES:]:
        named.append(f"{sum(times[rule] for rule in others):,} of other rules")
    return in_words(named) or "nothing"


def _made(report: Report) -> str:
    return in_words([f"{n:,} {_SINGLE.get(what, what) if n == 1 else what}" for what, n in report.made.items()])


def _missing(report: Report) -> str:
    if not report.missing:
        return "no link asks for a note that does not exist"
    first = ", ".join(f"{one.note} ({asked(one.asked_by, one.links)})" for one in report.most_wanted[:_MOST_NAMED])
    are = f"{count(report.missing, 'note')} {'is' if report.missing == 1 else 'are'} asked for"
    if report.stubs:
        return f"{are}, {count(report.stubs, 'stub')} made for them; most wanted: {first}"
    if report.made.get("words instead of links"):
        return f"{are} and did not exist: the links are plain words now"
    return f"{are} and {'does' if report.missing == 1 else 'do'} not exist; most wanted: {first}"


def _left(summary: Summary) -> Iterator[str]:
    left = summary.report.left
    if not left:
        yield "Nothing is left to mend."
        return
    probable = sum(x.unsafe for x in left) if summary.mend else 0
    yield "What is left:" if probable else "What is left for a person:"
    yield ""
    width = max(len(f"{x.times:,}") for x in left)
    names = max(len(x.severity) for x in left)
    rules = max(len(x.rule) for x in left)
    for x in left:
        row = f"  {x.times:>{width},}  {x.severity:<{names}}  {x.rule}"
        yield f"{row:<{width + names + rules + 8}}{_mending(x)}" if probable else row
    yield ""
    steps = [(summary.lint, "shows where")]
    if probable:
        steps.append((summary.mend, f"makes {count(probable, 'more fix', 'more fixes')}, each probably right"))
    longest = max(len(command) for command, _ in steps)
    for command, does in steps:
        yield f"  {command:<{longest}}  {does}"
    yield ""


def _mending(left: Left) -> str:
    """Return what mends the findings of a rule."""
    by_hand = left.times - left.unsafe
    if not left.unsafe:
        return "by hand"
    return f"{left.unsafe:,} by --unsafe-fixes, {by_hand:,} by hand" if by_hand else "by --unsafe-fixes"


def _columns(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in rows:
        yield f"  {name:<8} {text}"
