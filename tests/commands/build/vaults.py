"""Small vaults for tests of builds: notes as text, built in memory."""

from __future__ import annotations

from processor.commands.build.options import Options
from processor.commands.build.plan import Built, build
from processor.config import Config
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault

DEFAULT = Config()
IDS = ("dQw4w9WgXcQ", "9bZkp7q19f0", "kJQP7kiw5Fk", "n3Vq8ZtKp0A")


def vault_of(files: dict[str, str], config: Config = DEFAULT, others: tuple[str, ...] = ()) -> Vault:
    return Vault(
        [parse_note(text, path) for path, text in files.items()],
        others,
        style=config.link_style,
        video_properties=config.video_property,
    )


def built(files: dict[str, str], config: Config = DEFAULT, **options: object) -> Built:
    return build(vault_of(files, config), config, Options(**options))


def texts(files: dict[str, str], config: Config = DEFAULT, **options: object) -> dict[str, str]:
    """All notes of the copy, but the index."""
    made = built(files, config, **options)
    return {path: n.text for path, n in made.vault.notes.items() if path != made.index}


def talk(title: str, video: str = IDS[0], channel: str = "ow", body: str = "Words.", more: str = "") -> str:
    """A note of a channel."""
    source = f"From: [[{channel}]] <br/>\n\n" if channel else ""
    video = f"videoId: {video}\n" if video else ""
    return f"---\ntitle: {title}\n{video}{more}---\n\n{source}{body}\n"


def links(note: Note) -> list[str]:
    return [x.target for x in note.links]


FILES: dict[str, str | bytes] = {  # a vault on the disk, for the fixture `vault`
    "ow/ow.md": "---\ntitle: Open Weights\n---\n",
    "ow/a.md": talk("A", body='<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a> ![[p.png]]'),
    "ow/b.md": talk("B", IDS[1]),
    "ow/p.png": "\x89PNG\r\n\x00",
    "bad.md": b"\xff\xfe no UTF-8 [[ow/a]]\n",
    ".obsidian/app.json": "{}",
    ".obsidian/plugins/x/main.js": "x",
    ".trash/gone.md": "gone",
}
