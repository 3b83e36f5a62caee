"""The marks of Obsidian's Markdown as regular expressions, and how a link's parts are read.

Shared by the two ways to read a note, so that they cannot differ: the full parse (`obsidian`) and the short one for
notes in which nothing hides a link (`fast`). Imports no parser.

No pattern here takes more than linear time: what repeats is possessive, and stops at the next mark of its own kind.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple
from urllib.parse import unquote

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.nodes import (
    Block,
    Callout,
    Code,
    Comment,
    DeadLink,
    ExternalLink,
    Heading,
    Link,
    Place,
    Region,
    Tag,
)

# `[[…]]`: the first `]]` ends it, but for a `]` that closes a bracket inside; single ones may stand there; a line break or
# another `[[` kills it
WIKILINK = r"!?\[\[(?P<inner>[^\[\]\n]*+(?:(?:\[[^\[\]\n]*+\](?=\]\])|\[(?!\[)|\](?!\]))[^\[\]\n]*+)*+)\]\]"

_ATTRIBUTE = r"""(?:\s++[A-Za-z_:][A-Za-z0-9:._-]*+(?:\s*+=\s*+(?:[^"'=<>`\x00-\x20]++|'[^']*+'|"[^"]*+"))?+)"""
OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*+{_ATTRIBUTE}*+\s*+/?>"
CLOSE_TAG = r"</[A-Za-z][A-Za-z0-9-]*+\s*+>"
AUTOLINK = r"<(?P<autolink>[A-Za-z][A-Za-z0-9.+-]{1,31}:[^<>\x00-\x20]*+)>"

# the names that open an HTML block whatever else stands on the line
HTML_BLOCKS = (
    "address|article|aside|basefont|base|blockquote|body|caption|center|colgroup|col|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frameset|frame|h[1-6]|header|head|hgroup|hr|html|iframe|legend|link|li|"
    "main|menuitem|menu|meta|nav|noframes|ol|optgroup|option|param|pre|p|section|source|title|summary|table|tbody|td|"
    "tfoot|thead|th|track|tr|ul"
)

# a bare URL runs to the next white space or `<`; what may trail behind it is cut by `bare_url_end`
BARE_URL = r"(?<![A-Za-z0-9])(?:https?://|www\.)(?=[A-Za-z0-9_-]+\.[A-Za-z0-9_-])[^\s<]++"

# the part of a Markdown link behind its text: destination and title
_NESTED = r"\((?:[^\s()\\]|\\.)*+(?:\((?:[^\s()\\]|\\.)*+\)(?:[^\s()\\]|\\.)*+)*+\)"
DESTINATION = regex(
    r"\([ \t]*+\n?[ \t]*+(?:<(?P<angle>(?:[^<>\\\n]|\\.)*+)>"
    rf"|(?P<bare>(?!<)(?:[^\s()\\]|\\.)*+(?:{_NESTED}(?:[^\s()\\]|\\.)*+)*+))"
    r"""(?:[ \t\n]++(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+[ \t\n]*+\)""",
    re.S,
)
# a destination into the vault in which a space stands bare, and perhaps a title behind it: no link to Obsidian
SPACED = regex(
    r"\((?![^()\n]*://)(?P<spaced>(?![ \t])[^()<>\n\"]*+(?:\([^()<>\n\"]*+\)[^()<>\n\"]*+)*+)(?:(?<=[ \t])\"[^\"\n]*+\"[ \t]*+)?+\)"
)
# what a template engine puts something in the place of: Mustache and its like, Templater
PLACEHOLDER = regex(r"\{\{(?:(?!\{\{)[^\n])*?\}\}|<%(?:(?!<%)[^\n])*?%>")
_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]+:")
ENTITY = regex(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[Xx][0-9A-Fa-f]{1,6});")
_ESCAPED = regex(r"\\([!-/:-@\[-`{-~])")

# what a tag may not hold: white space, and the punctuation Obsidian ends it at
TAG = r"#(?P<name>[^\s\u2000-\u206f\u2e00-\u2e7f'\"!#$%&()*+,.:;<=>?@^`{|}~\[\]\\]++)"
TAG_NUMBER = regex(r"[0-9]+")
BLOCK_ID = regex(r"(?<!\S)\^([A-Za-z0-9-]+)[ \t]*\Z")
CALLOUT = regex(r"\[!(?P<type>[^\]\n]+)\][+-]?")
CLOSING_MARKS = regex(r"(?:(?<=[ \t])|\A)#+[ \t]*\Z")


class Body(NamedTuple):
    """All that stands in a note below its properties, as it is found; `ordered` puts it in the text's order."""

    headings: list[Heading]
    links: list[Link]
    external: list[ExternalLink]
    dead: list[DeadLink]
    tags: list[Tag]
    blocks: list[Block]
    callouts: list[Callout]
    code: list[Code]
    comments: list[Comment]
    regions: list[Region]

    @classmethod
    def empty(cls) -> Body:
        return cls([], [], [], [], [], [], [], [], [], [])

    def add_code(self, code: Code) -> None:
        """Add code, and the region that it is."""
        self.code.append(code)
        self.regions.append(Region(*code.span, "code"))

    def add_comment(self, comment: Comment) -> None:
        """Add a comment, and the region that it is."""
        self.comments.append(comment)
        self.regions.append(Region(*comment.span, "comment"))

    def ordered(self) -> Body:
        """Everything by where it starts; of regions that start together, the wider first."""
        for found in self[:-1]:
            if len(found) > 1:
                found.sort()
        self.regions.sort(key=lambda r: (r.start, -r.end))
        return self


def trimmed(text: str, start: int) -> tuple[str, Span]:
    """Return a text that begins at `start`, without the white space around it, and where that stands."""
    inner = text.strip()
    first = start + text.find(inner)
    return inner, Span(first, first + len(inner))


def normal(target: str) -> str:
    """Return a target as Obsidian compares it: in NFC, a no-break space as a space."""
    if target.isascii():
        return target
    return unicodedata.normalize("NFC", target.replace("\xa0", " ")).strip()


def wikilink(inner: str, start: int, span: Span, *, embed: bool, place: Place) -> Link | None:
    """Return the link `[[inner]]` at `span`, its inner text at `start`; None where its target is blank.

    The display text begins at the first bar that is not the first character. In a table the bar is written `\\|`, and
    Obsidian reads it so everywhere.
    """
    bar = inner.find("|", 1)
    if bar < 0:
        target, where = trimmed(inner, start)
        if not target:
            return None
        return Link(span, "wikilink", embed, normal(target), where, None, None, place)
    target, where = trimmed(inner[:bar].removesuffix("\\"), start)
    if not target:
        return None
    display, shown = trimmed(inner[bar + 1 :], start + bar + 1)
    return Link(span, "wikilink", embed, normal(target), where, display, shown, place)


def markdown_link(
    destination: str,
    where: Span,
    span: Span,
    text: str,
    text_span: Span,
    *,
    form: Literal["markdown", "reference"],
    embed: bool,
    place: Place,
) -> Link | ExternalLink | None:
    """Return the link with this destination (at `where`, as it is written) and text; None where the destination is empty.

    A scheme makes it external; a domain without one is a path in the vault.
    """
    destination = unescaped(destination).strip()
    if not destination:
        return None
    if _SCHEME.match(destination):
        return ExternalLink(span, form, embed, destination, where, text, text_span, place)
    if "&" in destination:  # only now, as remark-parse 8: to Obsidian `\\&amp;` is an entity, to CommonMark it is none
        destination = without_entities(destination)
    return Link(span, form, embed, normal(unquote(destination).strip()), where, text.strip(), text_span, place)


def unescaped(text: str) -> str:
    """Without the backslashes that keep punctuation from being read as a mark."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def without_entities(text: str) -> str:
    """With each entity (`&amp;`, `&#39;`) as the sign that it stands for."""
    if not ENTITY.search(text):
        return text
    from html import unescape  # here, as few links need it

    return ENTITY.sub(lambda m: unescape(m[0]), text)


def before_tag(text: str, at: int, start: int = 0) -> bool:
    """Return whether a tag can begin at `at`: at the text's `start`, behind white space, or first in emphasis."""
    emphasis = at
    while emphasis > start and text[emphasis - 1] in "*_~=":
        emphasis -= 1
    if emphasis == start or text[emphasis - 1].isspace():
        return True
    return emphasis < at and not text[emphasis - 1].isalnum()


def is_escaped(text: str, at: int) -> bool:
    """Return whether a backslash makes plain text of the mark at `at`."""
    escapes = 0
    while text[at - 1 - escapes : at - escapes] == "\\":
        escapes += 1
    return escapes % 2 == 1


def bare_url_end(url: str) -> int:
    """Return the length of a bare URL without the punctuation and the superfluous parentheses that trail it."""
    end = len(url.rstrip("!*,.:?_~"))
    surplus = url.count(")", 0, end) - url.count("(", 0, end)
    while end and url[end - 1] == ")" and surplus > 0:
        end -= 1
        surplus -= 1
    return end


def heading_text(text: str, start: int) -> tuple[str, Span]:
    """Return a heading's text as Obsidian records it, from what stands behind its marks; and where it stands."""
    if text.endswith(("#", "# ", "#\t")) or "#" in text[-3:]:
        text = CLOSING_MARKS.sub("", text)
    return trimmed(text, start)
