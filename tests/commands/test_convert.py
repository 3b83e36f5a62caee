"""Stamps of plugins: listed by `inspect`, judged by no rule, and plain links once they are converted."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.base.text import Source
from processor.commands.convert import from_plugins
from processor.commands.inspect import cached_metadata
from processor.config import Config
from processor.rules.base import Context, all_rules
from processor.vault.note import parse_note
from processor.vault.vault import Vault
from tests.cli.running import put, ytvault
from tests.growth import LINEAR, growth
from tests.tables import SETTINGS, Row, file_bytes, settings_of

ID, OTHER = "aBcD_-12-4w", "0123456789A"
HEAD = f"---\ntitle: Openness\nvideoId: {ID}\n---\n"
WATCH = f"https://www.youtube.com/watch?v={ID}&t=370s"
ELSEWHERE = f"https://www.youtube.com/watch?v={OTHER}&t=370s"
FENCED = "```timestamp\n 06:10\n```"
URL_FENCE = f"```timestamp-url\n https://youtu.be/{OTHER}\n```"

TABLE = {
    # a note's body; what it becomes, None: it stays; its stamps: seconds and video
    "a fence": (f"{FENCED}\nHe says it.", f"[06:10]({WATCH})\nHe says it.", [(370, ID)]),
    "as the plugin writes it": (FENCED.replace("p\n", "p \n"), f"[06:10]({WATCH})", [(370, ID)]),
    "words behind the clock": ("```timestamp\n06:10 he says it\n```", f"[06:10]({WATCH}) he says it", [(370, ID)]),
    "two in a fence": (
        "```timestamp\n06:10\n\n1:02:03\n```",
        f"[06:10]({WATCH})\n[1:02:03](https://www.youtube.com/watch?v={ID}&t=3723s)",
        [(370, ID), (3723, ID)],
    ),
    "below text": (f"He says:\n{FENCED}", f"He says:\n[06:10]({WATCH})", [(370, ID)]),
    "below another video's URL": (
        f"{URL_FENCE}\n\n{FENCED}",
        f"https://youtu.be/{OTHER}\n\n[06:10]({ELSEWHERE})",
        [(370, OTHER)],
    ),
    "below another site's URL": (f"```timestamp-url\nhttps://vimeo.com/1\n```\n\n{FENCED}", None, [(370, None)]),
    "words in the fence": ("```timestamp\nHe says it.\n06:10\n```", None, [(370, ID)]),
    "no clock": ("```timestamp\n\n```", None, []),
    "not closed": ("```timestamp\n06:10", None, []),
    "another fence": ("```timestamps\n06:10\n```", None, []),
    "an mx-open link": (
        f"[06:10](obsidian://mx-open/https://www.youtube.com/watch?v={OTHER}&t=370)",
        f"[06:10]({ELSEWHERE})",
        [(370, OTHER)],
    ),
    "an mx-open link by its parameter": (
        f"[he says it](obsidian://mx-open?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{OTHER}&t=370.25)",
        f"[he says it]({ELSEWHERE})",
        [(370, OTHER)],
    ),
    "one that is not encoded": (f"[a](obsidian://mx-open/?url=https://youtu.be/{OTHER}&t=370)", f"[a]({ELSEWHERE})", [(370, OTHER)]),
    "one that is, and has its second within": (
        f"[a](obsidian://mx-open/https%3A%2F%2Fyoutu.be%2F{OTHER}%3Ft%3D370)",
        f"[a]({ELSEWHERE})",
        [(370, OTHER)],
    ),
    "one to a file": ("[06:10](obsidian://mx-open/file:///talk.mp4#t=370)", None, [(0, None)]),
    "a clip": (
        f"[06:10](https://youtu.be/{ID}#t=06:10,06:20) and [6:10](https://youtu.be/{ID}?t=370#t=370,e)",
        f"[06:10]({WATCH}) and [6:10]({WATCH})",
        [(370, ID), (370, ID)],
    ),
    "a file of the vault": ("[[talk.mp4#t=06:10|06:10]] [6:10](talk.mp4#t=370)", None, [(370, None), (370, None)]),
    "an embed": ("![[talk.mp4#t=06:10,06:20]]", None, []),
    "in code": ("`[06:10](obsidian://mx-open?url=x)`", None, []),
}  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", TABLE)
def test_of_plugins(name: str, setting: str) -> None:
    body, plain, stamps = TABLE[name]
    if setting not in settings_of(Row(name, HEAD + body)):
        return
    change, newline, bom = SETTINGS[setting]
    note = parse_note(Source.decode(file_bytes(change(HEAD + body), newline, bom=bom)))
    vault = Vault([note], ["talk.mp4"])
    listed = cached_metadata(note, vault)["timestamps"]
    assert [(stamp["seconds"], stamp["videoId"]) for stamp in listed] == stamps
    edited = note.source.edited(from_plugins(note, Config()))
    assert edited.encode() == file_bytes(change(HEAD + (plain or body)), newline, bom=bom)
    for rule in all_rules().values():
        if rule.family == "timestamps":
            context = Context(options=rule.options(), opened_vault=vault if rule.in_vault else None)
            assert list(rule.problems(note, context)) == []


def test_a_link_is_no_row_of_the_table_above() -> None:
    for prefix in ("", "> "):
        note = parse_note(HEAD + "".join(f"{prefix}{line}\n" for line in f"| a |\n|---|\n{FENCED}".split("\n")))
        rows = ["| a |", "|---|", "", f"[06:10]({WATCH})"]
        expected = HEAD + "".join(f"{prefix}{row}\n" for row in rows)
        assert note.source.edited(from_plugins(note, Config())).text == expected


def test_without_a_video_of_its_own() -> None:
    note = parse_note(FENCED)
    assert from_plugins(note, Config()) == []
    note = parse_note(f"{URL_FENCE}\n{FENCED}\n")
    config = Config(stamp_style="media", url_style="short")
    expected = f"https://youtu.be/{OTHER}\n[06:10](https://youtu.be/{OTHER}?t=370#t=06:10)\n"
    assert note.source.edited(from_plugins(note, config)).text == expected


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    put(tmp_path, "a.md", f"{HEAD}\n{FENCED}\n")
    put(tmp_path, "b.md", f'{HEAD}\n<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>\n')
    ran = ytvault("convert", "--to", "links", cwd=tmp_path)
    assert ran.out == "Converted 2 stamps in 2 notes. `ytvault undo` takes it back.\n"
    assert (tmp_path / "a.md").read_text() == f"{HEAD}\n[06:10]({WATCH})\n"
    assert ytvault("convert", "--to", "anchors", cwd=tmp_path).out.startswith("Converted 2 links in 2 notes.")
    ytvault("undo", cwd=tmp_path)
    ytvault("undo", cwd=tmp_path)
    assert (tmp_path / "a.md").read_text() == f"{HEAD}\n{FENCED}\n"


@pytest.mark.slow
@pytest.mark.parametrize("line", [f"{FENCED}\n", f"[06:10](obsidian://mx-open?url=https://youtu.be/{OTHER}&t=370) "])
def test_time_grows_with_their_number(line: str) -> None:
    def convert(size: int) -> None:
        from_plugins(parse_note(HEAD + line * (size // len(line))), Config())

    assert growth(convert, 50_000) < 2 * LINEAR
