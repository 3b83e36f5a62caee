"""Which videos a note names, and which is its own."""

from __future__ import annotations

import pytest

from processor.parse.nodes import Timestamp
from processor.vault.note import VIDEO_PROPERTIES, parse_note
from processor.vault.videos import Aim, aim_of, named_videos, own_video

A, B = "aBcD_-12-4w", "0123456789A"
URL = f"https://www.youtube.com/watch?v={A}"
OTHER = f"https://youtu.be/{B}"
LED = f"[0:01]({URL}&t=1s) [0:02]({URL}&t=2s) [0:03](https://youtu.be/{A}?t=3)"

# what a note is → what names its own video, empty for none
OWN = {
    f"---\nurl: {URL}\n---\n": "property",
    f"---\nurl:\n  - {URL}\n---\n": "property",
    f"---\nLink: '[a talk]({URL})'\n---\n": "property",
    f"---\nvideo-url: {URL}&t=5\nrelated: {OTHER}\n---\n": "property",
    f"---\nyoutube_id: {A}\n---\n": "property",
    f"---\nvideoID: {A}\n---\n": "property",
    f"---\nmedia: {URL}\nurl: {OTHER}\n---\n": "",
    f"---\nvideoId:\nurl: {URL}\n---\n": "property",
    "---\nvideo_title: Hello-World\n---\n": "",
    "---\nvideo_id: 0b8a9a1e-1111-2222-3333-444455556666\n---\n": "",
    "---\nchannel: https://www.youtube.com/@x\nplaylist: https://www.youtube.com/playlist?list=PL12\n---\n": "",
    f"---\nvideoIds: [{A}]\n---\n": "property",
    f"![]({URL})\n\nx": "player",
    f"![T|600]({URL})\n\nx": "player",
    f"> [!video]- [T]({URL})\n> x\n": "alone",
    f'<iframe width="560" src="https://www.youtube.com/embed/{A}?start=3"></iframe>\n': "player",
    f"```timestamp-url\n{URL}\n```\n": "player",
    f"```sh\nyt-dlp {URL}\n{URL}\n```\n": "",
    f"<!-- source-url: {URL} -->\n\nx": "alone",
    f"- URL: {URL}\n": "alone",
    f"x\n\n## [T]({URL})\n": "heading",
    f"As [he]({URL}) says so.\n": "mention",
    f"As [he]({URL}) says so.\n\n{LED}\n": "stamps",
    f"As [he]({URL}) says, and [she]({OTHER}) too.\n": "",
    f"{URL}\n\nAs [she]({OTHER}) says so.\n": "mention",
    "https://vimeo.com/76979871\n": "",
    f"https://vimeo.com/76979871\n\nsee [it]({URL}) there\n": "",
    "x\n": "",
}


@pytest.mark.parametrize(("text", "by"), OWN.items())
def test_the_video_of_a_note(text: str, by: str) -> None:
    own = own_video(parse_note(text), VIDEO_PROPERTIES)
    assert (own.by if own else "") == by
    assert own is None or own.id == A


def aim(text: str) -> Aim:
    note = parse_note(text)
    stamp: Timestamp = next(t for t in note.timestamps if t.form == "bare")
    return aim_of(note, stamp, VIDEO_PROPERTIES)


HEAD = f"---\nvideoId: {A}\n---\n"


@pytest.mark.parametrize(
    ("text", "video", "why", "sure"),
    [
        (f"{HEAD}[00:06:10]", A, "its property videoId names it", True),
        (f"{HEAD}![]({OTHER})\n\n[00:06:10]", B, "an embed shows it above", True),
        (f"{HEAD}## [T]({OTHER})\n\n[00:06:10]", B, "a heading names it above", True),
        (f"{HEAD}{OTHER}\n\n[00:06:10]", B, "a line names it above", False),
        (f"## x\n\n{URL}\n\n[00:06:10]\n\n## y\n\n{OTHER}\n", A, "a line names it above", True),
        (f"{HEAD}[00:06:10] T — {OTHER}", "", "", False),
        (f"[00:06:10] T — {OTHER}", "", "", False),
        (f"As [he]({URL}) says.\n\n[00:06:10]", A, "the text mentions it", False),
        (f"[00:06:10] and [00:07:10] {OTHER} {URL}\n", "", "", False),
        ("[00:06:10]", "", "", False),
    ],
)
def test_the_video_of_a_stamp(text: str, video: str, why: str, sure: bool) -> None:
    found = aim(text)
    assert (found.id, found.why, found.is_sure) == (video, why, sure)
    assert not (found.id and found.against)


def test_each_is_listed() -> None:
    note = parse_note(f"---\nurl: {URL}\n---\n\n![]({OTHER})\n\nSee {URL}&t=5 there.\n")
    assert [(v.id, v.by, v.seconds) for v in named_videos(note)] == [
        (A, "property", None),
        (B, "player", None),
        (A, "mention", 5),
    ]
