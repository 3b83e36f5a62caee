"""How Obsidian is told to write links, and the names of a file that go with that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

NewLinkFormat = Literal["shortest", "relative", "absolute"]


class LinkStyle(NamedTuple):
    """How Obsidian is told to write links (`.obsidian/app.json`): whatever the program writes follows it.

    With `github_anchors` the anchors that GitHub gives headings lead to them too, and those of HTML: so in a folder of
    Markdown that is not known for a vault.
    """

    new_link_format: NewLinkFormat = "shortest"
    markdown_links: bool = False
    attachment_folder: str = "/"
    github_anchors: bool = False


def ways_to_name(path: str, plain: str, source: str, style: NewLinkFormat) -> Iterator[str]:
    """Yield the ways to name a file in a link from the note at `source`, what is in style first; `plain` has no `.md`."""
    if style == "shortest":
        yield plain[plain.rfind("/") + 1 :]
    relative = _relative(plain, source.rpartition("/")[0])
    dotted = relative if relative.startswith("../") else "./" + relative
    if style == "relative":
        yield relative
        yield dotted
    yield from (plain, dotted, "/" + plain, path, "/" + path)


def _relative(path: str, folder: str) -> str:
    """Return the path as seen from a folder, without a leading `./`."""
    parts, base = path.split("/"), folder.split("/") if folder else []
    same = 0
    while same < min(len(base), len(parts) - 1) and base[same] == parts[same]:
        same += 1
    return "/".join([".."] * (len(base) - same) + parts[same:])
