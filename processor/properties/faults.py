"""PyYAML's complaints in words for people, and the place to look at."""

from __future__ import annotations

from processor.text import Span


def explain(block: str, problem: str, at: int | None, context: str, context_at: int | None) -> tuple[Span, str]:
    """Where in the block the fault is and what to say of it.

    `problem` and `context` are the texts of PyYAML's error, of its C parser or its Python one; `at` and `context_at` the
    offsets they name.
    """
    at = min(at or 0, len(block))
    opened = at if context_at is None else min(context_at, len(block))
    char = block[at : at + 1]
    if "mapping values are not allowed" in problem:
        before = block[block.rfind("\n", 0, at) + 1 : at]
        if ": " in before or before.lstrip().startswith("- "):
            return Span(
                at, at + 1
            ), "a colon before a space ends a name, and this one stands inside the value: put the value in quotes"
        if before and not before.startswith(" "):
            above = len(block[: at - len(before)].rstrip())
            return _line(block, above), "this line is no property: there is no colon behind a name"
        return _line(block, at), "this line is indented as if it went on with the value above"
    if "cannot start any token" in problem:
        if char == "\t":
            return Span(at, at + 1), "a tab cannot stand here: indent with spaces"
        return _rest(block, at), f"a value cannot begin with `{char}`: put it in quotes"
    if "alphabetic or numeric" in problem:
        sign = block[opened : opened + 1]
        what = "an alias" if sign == "*" else "an anchor"
        return _rest(block, opened), f"`{sign}` begins {what} in YAML: put the value in quotes"
    if "tag" in context or "tag" in problem:
        return _rest(block, opened), "`!` begins a tag in YAML: put the value in quotes"
    if "expected ':'" in problem:
        return _line(block, opened), "this line is no property: there is no colon behind a name"
    if "',' or '" in problem:
        what, sign = ("list", "]") if "]" in problem else ("mapping", "}")
        return _rest(block, opened), f"the {what} that opens here lacks its `{sign}`, or a comma between two entries"
    if "quoted scalar" in context:
        if "escape" in problem or "hexdecimal" in problem or "hexadecimal" in problem:
            at = block.rfind("\\", 0, at + 1)
            return Span(
                max(at, 0), max(at, 0) + 2
            ), "in double quotes a backslash begins an escape, and this is none: use single quotes"
        return _rest(block, opened), "this quote is not closed"
    if "block scalar" in context:
        return (
            _rest(block, opened),
            f"`{block[opened : opened + 1]}` begins a block of text, and its lines must stand below: else put the value in quotes",
        )
    if "sequence entries are not allowed" in problem:
        return _rest(block, at), "a list item cannot begin on the line of its property's name"
    if "directive" in context or "directive" in problem or block.lstrip().startswith("%"):
        return _line(block, len(block) - len(block.lstrip())), "a line that begins with `%` is a directive in YAML"
    if "<document start>" in problem:
        return _line(block, at), "a second YAML document begins here: properties must be one"
    if "expected key" in problem or "<block end>" in problem or "'-' indicator" in problem:
        if block[block.rfind("\n", 0, at) + 1 : at].strip(" "):
            return _rest(block, at), "text follows a value that has ended: put the whole value in quotes"
        return _line(block, at), "this line is not indented as the lines of its block are"
    return _rest(block, at), f"this is no valid YAML ({problem or 'it cannot be read'})"


def _line_text(block: str, at: int) -> str:
    return block[block.rfind("\n", 0, at) + 1 :].partition("\n")[0]


def _rest(block: str, at: int) -> Span:
    """From `at` to the end of its line; at the end of the block, the last character of it."""
    if at >= len(block.rstrip()):
        at = max(len(block.rstrip()) - 1, 0)
    end = block.find("\n", at)
    end = len(block) if end < 0 else end
    return Span(at, max(at + len(block[at:end].rstrip()), min(at + 1, len(block))))


def _line(block: str, at: int) -> Span:
    """The line of `at`, without its indent."""
    at = min(at, len(block.rstrip()))
    start = block.rfind("\n", 0, at) + 1
    line = _line_text(block, at)
    return _rest(block, start + len(line) - len(line.lstrip()))
