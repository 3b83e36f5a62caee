"""The way from a note to its video: a link below its `From:` line, or an embed that plays it there."""

from __future__ import annotations

from collections.abc import Collection

from processor.base.choices import VideoLink
from processor.base.text import Edit, line_end
from processor.commands.build.region import VIDEO, holds, marked, region, region_names, set_region
from processor.commands.build.titles import Titles
from processor.commands.build.work import Work, edited
from processor.parse.youtube import UrlStyle, read_url, write_url
from processor.vault.note import Note


def add_video_links(work: Work, how: VideoLink, url: UrlStyle, untouched: Collection[str], titles: Titles) -> None:
    """Lead from each note of a video to it, once: where a person did already, nothing is added."""
    if how == "none":
        return
    vault = work.vault
    names = vault.facts(region_names)
    changed = []
    for path, video in sorted(vault.video_ids.items()):
        if path in untouched or (not video and VIDEO not in names[path]) or vault.hub(path) == path:
            continue
        note = vault.notes[path]
        if not work.may_edit(note):
            continue
        body = ""
        if video and not _leads_there(note, video):
            body = f"{'!' if how == 'embed' else ''}[▶ {titles.of(video)}]({write_url(video, style=url)})"
        edit = set_region(note, VIDEO, body) if VIDEO in names[path] else _inserted(note, body) if body else None
        if edit is None:
            continue
        new = edited(note, [edit])
        if new is None or (body and not holds(new, VIDEO, body)):
            work.remark(path, "no link to its video can be added without changing what stands around it")
        else:
            changed.append(new)
            work.made["links to videos"] += bool(body)
    work.change(changed)


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
        at = line_end(text, link.span.end)
    else:
        at = note.body_start
        first = note.headings[0] if note.headings else None
        if first and first.level == 1 and not text[at : first.span.start].strip():
            at = line_end(text, first.span.end)
    before, after = text[:at], text[at:]
    apart = "\n\n" if at > note.body_start else "" if before[-1:] in ("", "\n") else "\n"
    behind = "\n" if not after.strip() or after.startswith("\n\n") else "\n\n"
    return Edit(at, at + (after[:1] == "\n"), f"{apart}{marked(VIDEO, body)}{behind}")
