"""The way from a note to its video: a link below its `From:` line, or an embed that plays it there."""

from __future__ import annotations

from processor.base.choices import VideoLink
from processor.base.text import Edit, line_end
from processor.commands.build.region import VIDEO, holds, marked, region, region_names, set_region
from processor.commands.build.titles import Titles
from processor.parse.youtube import UrlStyle, read_url, write_url
from processor.vault.links.writing import heading_at
from processor.vault.note import Note
from processor.vault.vault import Vault


class VideoLinks:
    """The region that leads from a note to its video, once: where a person did already, there is none."""

    made = "links to videos"
    refused = "no link to its video can be added without changing what stands around it"

    def __init__(self, vault: Vault, how: VideoLink, url: UrlStyle, titles: Titles) -> None:
        self._vault = vault
        self._sign = "!" if how == "embed" else ""
        self._url: UrlStyle = url
        self._titles = titles
        self._regions = vault.facts(region_names)
        self._hubs = vault.hubs

    def concerns(self, path: str) -> bool:
        return path not in self._hubs and bool(self._vault.video_ids[path] or VIDEO in self._regions[path])

    def edit(self, note: Note) -> Edit | None:
        body = self._body(note)
        if VIDEO in region_names(note):
            return set_region(note, VIDEO, body)
        return _inserted(note, body) if body else None

    def added(self, old: Note, new: Note) -> int | None:
        body = self._body(old)
        return int(bool(body)) if not body or holds(new, VIDEO, body) else None

    def _body(self, note: Note) -> str:
        video = self._vault.video_ids[note.path]
        if not video or _leads_there(note, video):
            return ""
        return f"{self._sign}[▶ {self._titles.of(video)}]({write_url(video, style=self._url)})"


def _leads_there(note: Note, video: str) -> bool:
    """Return whether a person's own link or embed leads to the start of the video."""
    ours = region(note, VIDEO)
    return any(
        (led := read_url(x.url)) is not None
        and led.video_id == video
        and not led.start
        and x.place != "comment"
        and not (ours and ours.start <= x.span.start < ours.end)
        for x in note.external_links
    )


def _inserted(note: Note, body: str) -> Edit:
    """Return the edit that adds the region: behind the `From:` line, else at the head of the body, behind a title there."""
    text, link = note.text, note.channel
    if link is not None and link.place != "property":
        over = heading_at(note, link.span.start)  # dashes below the line make a heading of it
        at = line_end(text, over.span.end if over else link.span.end)
    else:
        at = note.body_start
        first = note.headings[0] if note.headings else None
        if first and first.level == 1 and not text[at : first.span.start].strip():
            at = line_end(text, first.span.end)
    before, after = text[:at], text[at:]
    apart = "\n\n" if at > note.body_start else "" if before[-1:] in ("", "\n") else "\n"
    behind = "\n" if not after.strip() or after.startswith("\n\n") else "\n\n"
    return Edit(at, at + (after[:1] == "\n"), f"{apart}{marked(VIDEO, body)}{behind}")
