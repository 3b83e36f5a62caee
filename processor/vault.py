"""The vault: an immutable index of its notes and files, and which file each link leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from processor.note import Note
from processor.syntax import Block, Heading, Link

Kind = Literal["transcript", "hub", "note"]
Status = Literal["ok", "missing", "ambiguous", "missing-heading", "missing-block"]


class LinkStyle(NamedTuple):
    """How Obsidian is told to write links (`.obsidian/app.json`): whatever the program writes follows it."""

    new_link_format: Literal["shortest", "relative", "absolute"] = "shortest"
    markdown_links: bool = False
    attachment_folder: str = "/"


class Resolution(NamedTuple):
    """Where a link leads, and why.

    `path` is the file from the vault's root, None where there is none (`missing`). A link whose heading or block is
    missing still has its `path`. `candidates` are all files that fit, the winner first; `ambiguous` only where no rule of
    Obsidian's says which of several wins (`path` is then one of them). `reason` says in words which rule decided.
    """

    path: str | None
    status: Status
    candidates: tuple[str, ...] = ()
    reason: str = ""
    heading: Heading | None = None
    block: Block | None = None


class Backlink(NamedTuple):
    """A link and the note it stands in."""

    path: str
    link: Link


class Vault:
    """All notes and files of a vault. Paths count from its root, with `/`. Built once, never changed."""

    def __init__(
        self,
        notes: Iterable[Note],
        files: Iterable[str] = (),
        *,
        style: LinkStyle = LinkStyle(),
        video_properties: tuple[str, ...] = ("videoId", "video_id", "youtube_url", "source"),
    ) -> None:
        """`files` are the paths of all other files (attachments)."""
        self.notes: Mapping[str, Note] = {n.path: n for n in notes}
        self.files = frozenset(files)
        self.style = style
        self.video_properties = video_properties

    def resolve(self, target: str, source: str) -> Resolution:
        """Where a link's target (path and fragment as in `Link.target`) leads from the note at `source`."""
        raise NotImplementedError

    def backlinks(self, path: str) -> Sequence[Backlink]:
        """The links that lead to a file, from any note, itself included."""
        raise NotImplementedError

    def kind(self, path: str) -> Kind:
        """The kind of a note: hub (the target of a `From:` line), transcript, or note."""
        raise NotImplementedError

    def path_to(self, path: str, source: str) -> str:
        """How a link from the note at `source` names the file at `path`, in the vault's style: without `.md`, unique."""
        raise NotImplementedError
