"""Captions that are those of another video.

What it does: reports a note whose video has captions, or a transcript in the vault, by which hardly any of its stamps is right: a
file of another episode that was saved under its id. They are told by the share of the stamps of all notes on the video whose text
is said where they stand: by captions of the video six in ten to all, by those of another one fewer than two in ten. Captions of
another cut of the same video, in which all is said so much sooner or later, are no foreign ones: they are shifted and believed.

Why it is bad: nothing can be held against such captions, and whoever reads or quotes them is misled. Of the stamps of such a video
nothing is said by misplaced-timestamp and unsupported-timestamp.

There is no fix: take the file away, or give it the id of its video.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note

from ._heard import has_stamps, heard


@rule(severity="warning", needs="vault", where=has_stamps)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for video_id, of in heard(note, context.vault, context.video_properties).items():
        if of.fit.kind == "foreign" and of.claims:
            first = note.timestamps[min(of.claims)]
            share = f"{100 * of.fit.share:.0f} % of {of.fit.stamps} stamps"
            yield Problem(
                first.span,
                f"the captions {of.captions.path} are not those of the video {video_id}: by them only {share} are right",
            )
