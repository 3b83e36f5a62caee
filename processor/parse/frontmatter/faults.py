"""PyYAML's complaints in words for people, and the place to look at."""

from __future__ import annotations

from processor.base.regex import regex
from processor.base.text import Span, line_end


def explain(block: str, problem: str, at: int | None, context: str, context_at: int | None) -> tuple[Span, str]:
    """Return where in the block the fault is, and a message about it.

    `problem` and `context` are the texts of PyYAML's error, of its C parser or its Python one; `at` and `context_at` the
    offsets they name.
    """
    at = min(at or 0, len(block))
    opened = at if context_at is None else min(context_at, len(block))
    char = block[at : at + 1]
    if char == "\t" and ("tab character" in problem or "cannot start any token" in problem):
        end = at + len(block[at:]) - len(block[at:].lstrip("\t"))
        if "block scalar" in context and not _line_text(block, at).strip():
            return Span(
                at, end
            ), "a tab stands in this blank line of a block of text, and does not indent it: take it out"
        return Span(at, end), "a tab cannot stand here: indent with spaces"
    if "mapping values are not allowed" in problem:
        before = block[block.rfind("\n", 0, at) + 1 : at]
        if "\r" in before:
            at -= len(before) - before.index("\r")
            return Span(at, at + 1), "a carriage return without a line feed ends no line, so two lines are one here"
        if ": " in before or ":\t" in before or before.lstrip().startswith("- "):
            return Span(
                at, at + 1
            ), "a colon before a space ends a name, and this one stands inside the value: put the value in quotes"
        if before and not before.startswith(" "):
            above = len(block[: at - len(before)].rstrip())
            return _no_property(block, above)
        return _line(block, at), "this line is indented as if it went on with the value above"
    if "cannot start any token" in problem:
        shown = "a grave accent" if char == "`" else f"`{char}`"
        return _entry(block, at), f"a value cannot begin with {shown}: put it in quotes"
    if "alphabetic or numeric" in problem:
        sign = block[opened : opened + 1]
        what = "an alias" if sign == "*" else "an anchor"
        return _rest(block, opened), f"`{sign}` begins {what} in YAML: put the value in quotes"
    if "tag" in context or "tag" in problem:
        return _rest(block, opened), "`!` begins a tag in YAML: put the value in quotes"
    if "expected ':'" in problem:
        return _no_property(block, opened)
    if "mapping keys are not allowed" in problem:
        return _rest(block, at), "`?` begins a name in YAML: put the value in quotes"
    if ("flow" in context or "',' or '" in problem) and (found := _commented_out(block, at, opened)):
        return found
    if "expected node content" in problem and char == "-":
        return _rest(block, at), "between brackets no `-` begins an entry: take it out, or put the entry in quotes"
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
        last = block[:at].rstrip().rpartition("\n")[2]
        if not (last.startswith("...") or block.startswith("---", at)):
            return _line(block, at), "this line is not indented as the lines above it are"
        return _line(block, at), "a second YAML document begins here: properties must be one"
    if "expected key" in problem or "<block end>" in problem or "'-' indicator" in problem:
        if block[block.rfind("\n", 0, at) + 1 : at].strip(" "):
            return _rest(block, at), "text follows a value that has ended: put the whole value in quotes"
        return _line(block, at), "this line is not indented as the lines of its block are"
    return _rest(block, at), f"this is no valid YAML ({problem or 'it cannot be read'})"


_COMMENT = regex(r"(?<=[\s\[{,])#[^\n]*")
_NAMED = regex(r"\s*(?:- +)*[\w][\w -]*(?P<colon>:(?P<gap>[^\S\n]*)|\uff1a)(?=\S)")


def _commented_out(block: str, at: int, opened: int) -> tuple[Span, str] | None:
    """Return what is wrong with a list or mapping whose closing bracket stands behind a #."""
    if block[opened : opened + 1] not in ("[", "{"):
        opened = max(block.rfind("[", 0, at), block.rfind("{", 0, at), 0)
    end = block.find("\n", opened)
    comment = _COMMENT.search(block, opened, end if end >= 0 else len(block))
    what, sign = ("list", "]") if block[opened : opened + 1] == "[" else ("mapping", "}")
    if comment is None or sign not in comment[0]:
        return None
    return (
        _rest(block, comment.start()),
        f"YAML takes what follows a # for a comment, so the {what} lacks its `{sign}`: put what begins with # in quotes",
    )


def _no_property(block: str, at: int) -> tuple[Span, str]:
    """Return what is wrong with a line that is no property, nor belongs to one."""
    line = _line(block, at)
    text = block[block.rfind("\n", 0, line.start) + 1 : line.end]
    if any(c not in " \t" for c in text[: len(text) - len(text.lstrip())]):
        return line, "a no-break space indents this line, which is none to YAML: indent with spaces"
    m = _NAMED.match(text)
    if m is None and text.lstrip()[:1] in ("!", "&"):
        what = "a tag" if text.lstrip()[0] == "!" else "an anchor"
        return line, f"`{text.lstrip()[0]}` begins {what} in YAML: put the name in quotes"
    if m is None:
        return line, "this line is no property: there is no colon behind a name"
    if m["gap"]:
        return line, "a no-break space follows the colon, and YAML wants a plain one"
    if m["gap"] is None:
        return line, "this line is no property: its colon is a wide one, and YAML wants a plain one and a space"
    return line, "this line is no property: no space follows the colon behind its name"


def _entry(block: str, at: int) -> Span:
    """From `at` to the end of its line, or of its entry where the line stands between brackets."""
    span = _rest(block, at)
    before = block[block.rfind("\n", 0, at) + 1 : at]
    if before.count("[") + before.count("{") > before.count("]") + before.count("}"):
        end = next((i for i in range(span.start + 1, span.end) if block[i] in ",]}"), span.end)
        return Span(span.start, span.start + len(block[span.start : end].rstrip()))
    return span


def _line_text(block: str, at: int) -> str:
    return block[block.rfind("\n", 0, at) + 1 :].partition("\n")[0]


def _rest(block: str, at: int) -> Span:
    """From `at` to the end of its line; at the end of the block, the last character of it."""
    if at >= len(block.rstrip()):
        at = max(len(block.rstrip()) - 1, 0)
    end = line_end(block, at)
    return Span(at, max(at + len(block[at:end].rstrip()), min(at + 1, len(block))))


def _line(block: str, at: int) -> Span:
    """Return the line of `at`, without its indent."""
    at = min(at, len(block.rstrip()))
    start = block.rfind("\n", 0, at) + 1
    line = _line_text(block, at)
    return _rest(block, start + len(line) - len(line.lstrip()))
