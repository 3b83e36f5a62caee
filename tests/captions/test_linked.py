"""A transcript in a note stays one when its clocks become links: what `--fix` has written must not take the captions away."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.captions.formats.transcript import transcript_in
from processor.parse.youtube import write_clock
from processor.vault.note import parse_note
from processor.vault.said import transcript
from tests.cli.running import called, put

WORDS = "we talk about open weights and licences, as hardware is short and nobody publishes data. " * 4
SHAPES = {
    "Web Clipper's": "**{short}** · {text}",
    "a speaker above": "Ada Lind ({full}):\n{text}",
    "a speaker before": "**Ada Lind** ({full}): {text}",
    "alone": "({full})\n{text}",
    "in brackets": "[{full}] {text}",
    "on a line of its own": "{short}\n{text}",
    "in a list": "- {short} - {text}",
    "as headings": "## {short}\n\n{text}",
}


@pytest.mark.parametrize("style", ["markdown", "html", "media"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_linked_transcript_is_one(tmp_path: Path, shape: str, style: str) -> None:
    turns = [
        shape.format(short=write_clock(at, "0:00"), full=write_clock(at), text=f"{at} {WORDS}")
        for at in range(5, 605, 30)
    ]
    put(tmp_path, "ytvault.toml", f'[timestamps]\nstyle = "{style}"\n')
    put(tmp_path, "a.md", "---\nvideoId: aBcD_-12-4w\n---\n\n" + "\n\n".join(turns) + "\n")
    before = (tmp_path / "a.md").read_text(encoding="utf-8")
    called("lint", "--unsafe-fixes", "--no-cache", "--exit-zero", cwd=tmp_path)
    after = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert after.count("youtube.com") == len(turns)
    was, now = transcript_in(before, in_note=True), transcript_in(after, in_note=True)
    assert len(was) == len(turns)
    assert [turn[:2] for turn in now] == [turn[:2] for turn in was]
    assert transcript(parse_note(after, "a.md")) == transcript(parse_note(before, "a.md")) != ""
