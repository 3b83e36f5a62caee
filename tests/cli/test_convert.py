"""`ytvault convert`, as a user runs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran, called, put, write, ytvault

Run = Callable[..., Ran]


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{label or clock}]</a>'


def link(clock: str, seconds: int) -> str:
    return f"[{clock}](https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t={seconds}s)"


HEAD = "---\ntitle: A\nvideoId: n3Vq8ZtKp0A\n---\n"
TALK = (
    f"{HEAD}# At {anchor('00:00:10')} it began\r\n\r\n- x {anchor('00:06:10')}, {anchor('1:02:03')}.\n"
    f"> {anchor('6:10')} `{anchor('00:06:10')}` {anchor('00:06:10', '00:06:11')} {anchor('00:06:1')} [00:06:10]\n"
    f"\n| a |\n|---|\n| {anchor('00:00:01')} |\n\n<div>{anchor('00:00:02')}</div>\n"
)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    return write(
        tmp_path / "vault",
        talk=TALK,
        bom="\ufeff" + HEAD.replace("\n", "\r\n") + anchor("00:00:05"),
        none=anchor("00:00:10"),
        deep__talk2=HEAD + anchor("00:00:07"),
    )


@pytest.fixture
def run(vault: Path, tmp_path: Path) -> Run:
    def call(*args: str) -> Ran:
        return ytvault(*args, cwd=vault, env={"YTVAULT_DATA_DIR": str(tmp_path / "data")})

    return call


def held(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*.md"))}


def test_there_and_back(vault: Path, run: Run) -> None:
    before = held(vault)
    ran = run("convert", "--to", "links")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Converted 7 anchors in 3 notes. `ytvault undo` takes it back.\n"
    after = held(vault)
    text = TALK
    for clock, seconds in (("00:00:10", 10), ("1:02:03", 3723), ("6:10", 370), ("00:00:01", 1)):
        text = text.replace(anchor(clock), link(clock, seconds))
    assert after["talk.md"].decode() == text.replace(anchor("00:06:10"), link("00:06:10", 370), 1)
    assert after["none.md"] == before["none.md"]  # it has no video
    assert after["bom.md"].startswith(b"\xef\xbb\xbf---\r\n")
    assert run("convert", "--to", "links").out == "There was no anchor to convert.\n"
    assert run("convert", "--to", "anchors").out.startswith("Converted 7 links in 3 notes.")
    assert held(vault) == before


def test_undo(vault: Path, run: Run) -> None:
    before = held(vault)
    run("convert", "--to", "links")
    assert run("undo").status == 0
    assert held(vault) == before


def test_diff_writes_nothing(vault: Path, run: Run) -> None:
    before = held(vault)
    ran = run("convert", "--to", "links", "--diff")
    assert ran.status == 1
    assert f"+- x {link('00:06:10', 370)}, {link('1:02:03', 3723)}." in ran.out
    assert held(vault) == before
    ran = run("convert", "--to", "anchors", "--diff")
    assert (ran.status, ran.out) == (0, "")


def test_only_what_is_named(vault: Path, run: Run) -> None:
    before = held(vault)
    assert run("convert", "--to", "links", "deep").out.startswith("Converted 1 anchor in 1 note.")
    assert {p for p, b in held(vault).items() if b != before[p]} == {"deep/talk2.md"}


def test_only_links_that_are_written_as_ours_go_back(vault: Path, run: Run) -> None:
    text = (
        f"{HEAD}{link('00:00:10', 11)} [at 0:10](https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=10s) "
        "[0:10](https://youtu.be/n3Vq8ZtKp0A?t=10s) [0:10](https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s) "
        '[0:10](https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=10s "title")'
    )
    put(vault, "talk.md", text)
    run("convert", "--to", "anchors")
    assert (vault / "talk.md").read_text() == text


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ('url = "short"', "https://youtu.be/n3Vq8ZtKp0A?t=7s"),
        ('url = "https://youtu.be/{id}?t={seconds}"', "https://youtu.be/n3Vq8ZtKp0A?t=7"),
        ('style = "media"', "https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=7#t=00:07"),
        ('style = "media"\nurl = "short"', "https://youtu.be/n3Vq8ZtKp0A?t=7#t=00:07"),
    ],
)
def test_links_in_the_style_that_is_set(vault: Path, run: Run, settings: str, url: str) -> None:
    put(vault, "ytvault.toml", f"[timestamps]\n{settings}\n")
    run("convert", "--to", "links")
    assert (vault / "deep/talk2.md").read_text() == f"{HEAD}[00:00:07]({url})"
    assert run("lint", "--select", "timestamps", "deep/talk2.md").out == "No problems in 1 note.\n"
    run("convert", "--to", "anchors")
    assert (vault / "deep/talk2.md").read_text() == HEAD + anchor("00:00:07")
    assert run("lint", "--select", "timestamps", "--fix", "deep/talk2.md").status == 0
    assert (vault / "deep/talk2.md").read_text() == f"{HEAD}[00:00:07]({url})"


def test_anchors_of_the_style_html(vault: Path, run: Run) -> None:
    put(vault, "ytvault.toml", '[timestamps]\nstyle = "html"\n')
    run("lint", "--fix", "deep")
    linked = held(vault)
    href = ' href="https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=7s">'
    assert linked["deep/talk2.md"].decode() == HEAD + anchor("00:00:07").replace(">", href, 1)
    assert run("convert", "--to", "links", "deep").out.startswith("Converted 1 anchor in 1 note.")
    assert (vault / "deep/talk2.md").read_text() == HEAD + link("00:00:07", 7)
    assert run("convert", "--to", "anchors", "deep").out.startswith("Converted 1 link in 1 note.")
    assert held(vault) == linked


@pytest.mark.parametrize("style", ["markdown", "html", "media"])
def test_what_lint_makes_of_any_notation_goes_there_and_back(vault: Path, run: Run, style: str) -> None:
    put(vault, "ytvault.toml", f'[timestamps]\nstyle = "{style}"\n')
    put(vault, "deep/talk2.md", f"{HEAD}**0:05** · a\n\n**6:10** · b\n\n**1:02:03** · c\n\nx [00:07:10].\n")
    run("lint", "--fix", "deep")
    linked = held(vault)
    there, back = ("links", "anchors") if style == "html" else ("anchors", "links")
    assert run("convert", "--to", there, "deep").out.startswith("Converted 4 ")
    assert run("convert", "--to", back, "deep").out.startswith("Converted 4 ")
    assert held(vault) == linked


def test_links_to_a_heading_follow(vault: Path, run: Run) -> None:
    put(vault, "b.md", "[[talk#At a class yt-timestamp data-t 00 00 10 00 00 10 a it began|the start]]")
    before = held(vault)
    assert '"status": "ok"' in run("inspect", "b.md").out
    ran = run("convert", "--to", "links", "talk.md")
    assert "talk.md: 1 place was left as before: it also changes b.md, which is not among the notes named" in ran.err
    assert anchor("00:00:10") in (vault / "talk.md").read_text()
    run("undo")
    assert run("convert", "--to", "links").err == ""
    assert link("00:00:10", 10) in (vault / "talk.md").read_text()
    assert '"status": "ok"' in run("inspect", "b.md").out
    assert run("undo").status == 0
    assert held(vault) == before


def test_a_wrong_call(vault: Path, run: Run) -> None:
    assert run("convert").status == 2
    assert run("convert", "--to", "videos").status == 2
    assert run("convert", "--to", "links", "nowhere.md").status == 2


def test_a_file_that_cannot_be_written(vault: Path, run: Run) -> None:
    (vault / "talk.md").chmod(0o444)
    ran = run("convert", "--to", "links")
    assert ran.status == 2
    assert "talk.md: not written" in ran.err
    assert ran.out.startswith("Converted 2 anchors in 2 notes.")
    ran = run("convert", "--to", "links", "talk.md")
    assert (ran.status, ran.out) == (2, "No anchor was converted.\n")


def test_a_note_that_is_not_utf8_stays(vault: Path, run: Run) -> None:
    bad = HEAD.encode() + b"\xff " + anchor("00:00:07").encode()
    put(vault, "talk.md", bad)
    assert run("convert", "--to", "links").status == 0
    assert (vault / "talk.md").read_bytes() == bad


def test_quiet_and_verbose(vault: Path) -> None:
    ran = called("convert", "--to", "links", "-v", "deep", cwd=vault)
    assert ran.err.endswith("ytvault: deep/talk2.md: 1 anchor converted\n")
    assert called("undo", "-q", cwd=vault) == Ran(0, "", "")
    assert called("convert", "--to", "links", "-q", "deep", cwd=vault) == Ran(0, "", "")
