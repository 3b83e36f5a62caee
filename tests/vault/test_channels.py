"""What kind a note is, and which channel it belongs to, by what its properties and its head say."""

from __future__ import annotations

import pytest

from processor.base.text import Source
from processor.vault.note import parse_note
from processor.vault.vault import Vault

URL = "https://www.youtube.com/watch?v=aBcD_-12-4w"
SOURCE = f'source: "{URL}"\n'
ANCHOR = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'


def vault_of(text: str) -> Vault:
    return Vault(
        [
            parse_note(Source.decode(text.encode()), "Clippings/a.md"),
            *(parse_note("", f"{name}.md") for name in ("hub", "other")),
        ]
    )


CHANNELS = {
    "an author": (f'---\n{SOURCE}author: "[[hub]]"\n---\n', "hub"),
    "a list of authors": (f'---\nauthor:\n  - "[[hub]]"\n  - "[[other]]"\n{SOURCE}---\n', "hub"),
    "the first that is a link": (f'---\nauthor: [Jane, "[[hub]]"]\n{SOURCE}---\n', "hub"),
    "a channel before an author": (f'---\nauthor: "[[other]]"\nChannel: "[[hub|The Hub]]"\n{SOURCE}---\n', "hub"),
    "a Markdown link": (f'---\nChannel: "[The Hub](hub.md)"\n{SOURCE}---\n', "hub"),
    "a line before a property": (f'---\nauthor: "[[other]]"\n{SOURCE}---\nText.\n\nFrom: [[hub]]\n', "hub"),
    "an embed at its head": (f'---\nauthor: "[[hub]]"\n---\n![]({URL})\n', "hub"),
    "anchors": (f'---\nauthor: "[[hub]]"\n---\nText {ANCHOR}.\n', "hub"),
    "CRLF": (f'\ufeff---\nauthor: "[[hub]]"\n{SOURCE}---\n'.replace("\n", "\r\n"), "hub"),
    "an article": ('---\nauthor: "[[hub]]"\nsource: https://example.com\n---\nText.\n', None),
    "a link in the body alone": (f'---\nauthor: "[[hub]]"\n---\nSee [it]({URL}).\n', None),
    "a name that is no link": (f"---\nauthor: hub\n{SOURCE}---\n", None),
    "words around the link": (f'---\nauthor: "by [[hub]]"\n{SOURCE}---\n', None),
    "a key within another": (f'---\nauthor: {{name: "[[hub]]"}}\n{SOURCE}---\n', None),
    "another property": (f'---\nrelated: "[[hub]]"\n{SOURCE}---\n', None),
}


@pytest.mark.parametrize(("text", "channel"), CHANNELS.values(), ids=CHANNELS)
def test_the_channel(text: str, channel: str | None) -> None:
    vault = vault_of(text)
    note = vault.notes["Clippings/a.md"]
    assert note.channel_target == (None if note.channel is None else note.channel.target)
    assert vault.hub(note.path) == (channel and f"{channel}.md")
    assert (note.channel_line is not None) == ("From:" in text)
    assert [path for path in vault.notes if vault.kind(path) == "hub"] == ([f"{channel}.md"] if channel else [])


KINDS = {
    "a URL under any name": (f"---\n{SOURCE}---\n", True),
    "in any case": ("---\nVideoID: aBcD_-12-4w\n---\n", True),
    "an embed": (f"![]({URL})\n", True),
    "below a heading": (f"\n# A talk\n\n![A talk]({URL}&t=3)\n\nText.\n", True),
    "in a callout": (f"> [!video] A talk\n> ![]({URL})\n", True),
    "an iframe": ('<iframe width="9" src="https://www.youtube.com/embed/aBcD_-12-4w"></iframe>\n', True),
    "a fence": ("```timestamp-url\n https://youtu.be/aBcD_-12-4w\n```\n", True),
    "an embed below text": (f"Text.\n\n![]({URL})\n", False),
    "an embed of something else": ("![](https://example.com/a.png)\n", False),
    "an embed of a channel": ("![](https://www.youtube.com/@openweights)\n", False),
    "a link": (f"[A talk]({URL})\n", False),
    "a URL": (f"{URL}\n", False),
    "a source that is no video": ("---\nsource: https://example.com\n---\n", False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("text", "is_of_video"), KINDS.values(), ids=KINDS)
def test_the_kind(text: str, is_of_video: bool) -> None:
    vault = vault_of(text)
    note = vault.notes["Clippings/a.md"]
    assert vault.kind(note.path) == ("transcript" if is_of_video else "note")
    assert note.is_transcript(vault.video_properties) is is_of_video
    assert list(vault.transcripts()) == [note.path] * is_of_video
    assert bool(vault.video_id(note.path)) is is_of_video
