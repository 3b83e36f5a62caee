"""Lines for a terminal, broken at words. Wide characters count as the columns that they take, colours as none."""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.regex import regex
from processor.report.terminal import cells, columns, is_narrow

_COLOUR = regex(r"\x1b\[[\d;]*m")
# what is better not torn apart: a link, what stands in quotes or in backticks, and whatever touches it
_WORD = regex(r'(?:\[\[[^\[\]\n]*\]\]|(?<![^\s(])"[^"\n]*"|`[^`\n]*`|\S)+')
_ARGUMENT = regex(r"""(?:'[^']*'|"[^"]*"|\S)+""")
_ITEM = regex(r"\s*(?:[-*+]|\d+[.)])\s")
_FENCE = regex(r"\s*(`{3,}|~{3,})")
_GAP = regex(r"(?<=\S) {2,}(?=\S)")
_CLOSING = frozenset("、。，．・：；？！」』）】》〉〕］｝…")
"""Characters that do not begin a line."""
_FEWEST = 14  # columns that a text beside another needs; with fewer it stands below


def width_of(text: str) -> int:
    """Return how many columns a text takes."""
    plain = _COLOUR.sub("", text) if "\x1b" in text else text
    return len(plain) if is_narrow(plain) else columns(cells(plain))


def fold(text: str, width: int, hang: int | None = None) -> str:
    """Return the lines of a text, those broken at words that take more than `width` columns; a word is broken nowhere.

    What is left of a line is indented by `hang` columns. Without that it stands below what it goes on with: two spaces and
    more part a line into cells, of which the last is text. Where that leaves too little room it begins a line of its own.
    """
    if len(text) <= width and "\n" not in text and is_narrow(text):
        return text
    return "\n".join(
        line if width_of(line) <= width else "\n".join(_folded(line, width, hang)) for line in text.split("\n")
    )


def fold_page(text: str, width: int) -> str:
    """Return a page of Markdown as it is read on a terminal: paragraphs and list items filled anew, samples of code as they are
    but for lines that are too long.
    """
    shown: list[str] = []
    waiting: list[str] = []  # the lines of a paragraph or an item

    def fill() -> None:
        if waiting:
            first = waiting[0]
            hang = len(first) - len(first.lstrip()) + (2 if _ITEM.match(first) else 0)
            shown.append(fold(" ".join([first.rstrip(), *map(str.strip, waiting[1:])]), width, hang))
            waiting.clear()

    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence or mark:
            fill()
            shown.append(fold(line, width, len(line) - len(line.lstrip()) + 4))
            if mark and not (fence and mark[1] != fence):
                fence = "" if fence else mark[1]
            continue
        if not line.strip() or line.startswith(("#", "|")):
            fill()
            shown.append(fold(line, width, 4))
            continue
        if _ITEM.match(line):
            fill()
        waiting.append(line)
    fill()
    return "\n".join(shown)


def fold_command(command: str, width: int, indent: int = 2) -> str:
    """Return a command line, indented, in lines that a shell takes as one: it is broken between its words only."""
    shown = " " * indent + command
    if width_of(shown) <= width:
        return shown
    words = _ARGUMENT.findall(command)
    lines = [" " * indent + words[0]]
    for word in words[1:]:
        if width_of(f"{lines[-1]} {word} \\") > width and lines[-1].strip():
            lines[-1] += " \\"
            lines.append(" " * (indent + 4) + word)
        else:
            lines[-1] += " " + word
    return "\n".join(lines)


def _folded(line: str, width: int, hang: int | None) -> Iterator[str]:
    body = line.lstrip(" ")
    indent = len(line) - len(body)
    if hang is not None:
        yield from _wrapped(body, " " * indent, " " * hang, width)
        return
    indent = min(indent, width // 4)
    gaps = list(_GAP.finditer(line))
    if not gaps:
        yield from _wrapped(body, " " * indent, " " * (indent + 2), width)
        return
    gap = gaps[-1]
    before, last = line[: gap.start()], line[gap.end() :]
    at = width_of(line[: gap.end()])
    longest = max(word.width for word in _words(last, width))
    if width - at >= max(_FEWEST, width // 3, longest):
        yield from _wrapped(last, line[: gap.end()], " " * at, width)
        return
    yield from _folded(before, width, None) if width_of(before) > width else (before,)
    below = " " * (indent + 4)
    yield from _wrapped(last, below, below, width)


def _wrapped(text: str, first: str, rest: str, width: int) -> Iterator[str]:
    """Yield a text in lines; the first begins with `first`, all others with `rest`."""
    line, used, is_empty = first, width_of(first), True
    for word in _words(text, width - len(rest)):
        glued = not is_empty and word.glued
        space = 0 if is_empty or glued else 1
        if not is_empty and used + space + word.width > width:
            yield line
            line, used, space = rest, len(rest), 0
        line += " " * space + word.text
        used += space + word.width
        is_empty = False
    yield line


class _Word:
    """What stays together; `glued`: no space stands before it."""

    def __init__(self, text: str, *, glued: bool = False) -> None:
        self.text = text
        self.glued = glued
        self.width = width_of(text)


def _words(text: str, room: int) -> Iterator[_Word]:
    """Yield the words of a text; what would take more than `room` columns and can be parted, is."""
    for match in _WORD.finditer(text):
        word = _Word(match.group())
        if word.width <= room:
            yield word
            continue
        for part in word.text.split():
            yield from _between_wide(part) if width_of(part) > room else (_Word(part),)


def _between_wide(text: str) -> Iterator[_Word]:
    """Yield a word too long for a line, parted beside each of its wide characters: their scripts need no spaces."""
    if _COLOUR.search(text):
        yield _Word(text)
        return
    part, was_wide, is_first = "", False, True
    for shown, n in cells(text):
        is_wide = n == 2
        if part and n and (is_wide or was_wide) and shown not in _CLOSING:
            yield _Word(part, glued=not is_first)
            part, is_first = "", False
        part += shown
        was_wide = is_wide if n else was_wide
    yield _Word(part, glued=not is_first)
