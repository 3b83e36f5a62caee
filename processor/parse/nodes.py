"""What a note can hold: the constructs, each with its span in the note's text.

Plain data, made by the readers (`obsidian`, `frontmatter`, `timestamps`) and seen by the rules. All are named tuples,
because a large vault holds a million of them. Offsets count code points from 0 (see `processor.base.text`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from processor.base.text import Span

Place = Literal[
    "text",  # a paragraph, a list item, a quote: where Markdown is rendered
    "heading",
    "table",
    "html",  # an HTML block: no Markdown is rendered in it
    "code",  # a fence, an indented block or a code span
    "math",
    "comment",  # `%% … %%` or `<!-- … -->`: not shown
    "link",  # the text of a Markdown link
    "display",  # the display text (or target) of a wikilink
    "property",  # the front matter
]
"""Where a construct stands; the innermost that decides how Obsidian shows it."""

LinkForm = Literal["wikilink", "markdown", "reference", "property"]


class Link(NamedTuple):
    """A link into the vault: a wikilink, an embed, a Markdown link without a scheme, or a property's link (a wikilink there
    has the form `property`).

    `target` is what Obsidian records as `link`: path and fragment, trimmed, NFC, percent-decoded; `target_span`
    covers the target as it is written. `display` is the text after the bar (or in the brackets), trimmed, None where a
    wikilink has none; `display_span` covers it as written.
    """

    span: Span
    form: LinkForm
    embed: bool
    target: str
    target_span: Span
    display: str | None
    display_span: Span | None
    place: Place = "text"
    key: str = ""  # of a property's link: `related.0`, as Obsidian writes it

    @property
    def path(self) -> str:
        """The target's path, without its fragment: `a/b` of `a/b#c`."""
        return self.target.partition("#")[0].strip()

    @property
    def fragment(self) -> str | None:
        """What follows the first `#`, or None: `H1#H2`, `^block`."""
        _path, mark, fragment = self.target.partition("#")
        return fragment if mark else None


class ExternalLink(NamedTuple):
    """A Markdown link, image, autolink or bare URL with a scheme. `url` is percent-encoded as it is written."""

    span: Span
    form: Literal["markdown", "reference", "autolink", "bare"]
    embed: bool
    url: str
    url_span: Span
    text: str
    text_span: Span | None
    place: Place = "text"


class DeadLink(NamedTuple):
    """What was meant for a link and is none to Obsidian.

    `unclosed`: `[[` without `]]` on its line; `blank`: `[[]]`, `[[ ]]`, `[[ |x]]`; `table-bar`: a bare `|` that ends the table's
    cell inside a wikilink; `space`: a Markdown link whose destination into the vault has a bare space, or words in parentheses
    where one stands; `glued-id`: a block's id right behind an embed, without the space that makes it one.
    """

    span: Span
    reason: Literal["unclosed", "blank", "table-bar", "space", "glued-id"]


class Heading(NamedTuple):
    """A heading as Obsidian records it; `text` is raw Markdown, trimmed, without the leading `#`s.

    `outline` says that it counts: top-level, in no list, quote or callout, not in a comment. Only these can be linked to.
    """

    span: Span
    level: int
    text: str
    text_span: Span
    outline: bool = True


class Tag(NamedTuple):
    """`#tag` in the body; `name` is without the `#`."""

    span: Span
    name: str


class Block(NamedTuple):
    """A block that a link can lead to; `span` covers the whole block, `id_span` the `^id`."""

    span: Span
    id: str
    id_span: Span


class Callout(NamedTuple):
    """`> [!type]± title`; `span` covers the first line from `[!`, `type_span` the type as it is written."""

    span: Span
    type: str
    type_span: Span


class Code(NamedTuple):
    """Code; `closed` is False for a fence that runs to the end of its container for want of a closing one."""

    span: Span
    form: Literal["fence", "indented", "inline"]
    info: str = ""
    closed: bool = True


class Comment(NamedTuple):
    """`%% … %%` (`obsidian`) or `<!-- … -->` (`html`); `closed` is False where it runs to the end of the note."""

    span: Span
    form: Literal["obsidian", "html"]
    closed: bool = True


class Region(NamedTuple):
    """A stretch of the text in which something other than plain Markdown text stands (see `Place`)."""

    start: int
    end: int
    place: Place


StampForm = Literal[
    "anchor",  # <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>, well-formed
    "broken-anchor",  # what was meant for one: a fault in its tag, its `data-t`, its label or its end
    "link",  # [00:06:10](https://…): a Markdown link to a video with a clock as its text
    "bare",  # [00:06:10], also each clock of a list [00:11:02, 00:12:04]
    "plain",  # 00:06:10 without brackets, in one of the notations
    "wikilink",  # [[00:06:10]]
    "linked-anchor",  # [00:06:10](<a …>00:06:10</a>), often unclosed
    "doubled",  # [00:06:10]<a …>[00:06:10]</a>
    "plugin-fence",  # a clock in a fence `timestamp`, of the Timestamp Notes plugin
    "plugin-link",  # [06:10](obsidian://mx-open?url=…&t=370), [[talk.mp4#t=06:10]]: links for the Media Extended plugin
]

ANCHORS: frozenset[StampForm] = frozenset(("anchor", "broken-anchor", "linked-anchor", "doubled"))
"""The forms with an anchor in them, which a player of the note's own video was made for."""


class Timestamp(NamedTuple):
    """One stamp: one moment of a video that the note points to.

    `seconds` is where it leads (by `data-t`, by the URL's start time; for a bare stamp by its label), None where that
    cannot be read; `label_seconds` is what its label says, None where the label is no clock. Both in whole seconds.
    `label` is the label as a reader sees it, without brackets; `target` is the `data-t` or the start time as written.
    `end_seconds` is the end of a range, else None. `video_id` and `url` are those of a link, else empty.
    `label_span` covers the label as it is written, without brackets; it is empty where there is none. `url_span` covers
    the URL of a link to YouTube.
    `group` covers the whole `[00:11:02, 00:12:04]` that a bare clock is one of several in; the clock's `span` is then the
    clock alone. `fault` says what is malformed, empty where nothing is; `reading` is the second that is then meant, as
    far as it can be told, and `certain` says that no other reading is left; of a clock that need be no stamp (`plain`, or of
    two fields) `certain` says that it is one. `notation` names its shape (see `timestamps.notations`), empty for most.
    """

    span: Span
    form: StampForm
    label: str
    label_span: Span
    label_seconds: int | None
    target: str
    target_span: Span | None
    seconds: int | None
    end_seconds: int | None = None
    video_id: str = ""
    url: str = ""
    place: Place = "text"
    url_span: Span | None = None
    group: Span | None = None
    fault: str = ""
    reading: int | None = None
    certain: bool = False
    notation: str = ""


class Suppression(NamedTuple):
    """A comment (or a property) that silences rules.

    `rules` are the names it lists, empty for all; `scope` is what it covers.
    """

    span: Span
    action: Literal["disable", "enable", "disable-next-line", "property"]
    rules: tuple[str, ...]
    rule_spans: tuple[Span, ...]
