"""A stamp that one rule moves while another links it: both are of one second afterwards, in every notation and style."""

from pathlib import Path

import pytest

from processor.parse.youtube import read_url
from processor.vault.note import parse_note
from tests.cli.running import put, ytvault
from tests.rules.timestamps.talk import HEAD, SAID, anchor, claims, right, spoken

WRONG, RIGHT = "01:30:00", 750
FORMS = {
    "in brackets": "{text} [{clock}].\n",
    "in brackets, before the text": "[{clock}] {text}.\n",
    "last of a list": "{text} [00:12:40, {clock}].\n",
    "first of a list": "{text} [{clock}, 00:12:40].\n",
    "a range": "{text} [{clock}-01:30:40].\n",
    "in parentheses": "{text} ({clock}).\n",
    "plain": "- {clock} {text}\n",
    "an anchor": "{text} " + anchor("{clock}") + ".\n",
    "an anchor in brackets": "{text} [" + anchor("{clock}") + "].\n",
    "a link to nowhere": "{text} [{clock}](#t={clock}).\n",
    "an anchor as a link's text": "{text} [{clock}](" + anchor("{clock}") + ").\n",
    "in a heading": "## {text} [{clock}]\n",
    "in a callout": "> [!note] x\n> {text} [{clock}].\n",
    "in a footnote": "A word[^1].\n\n[^1]: {text} [{clock}].\n",
}


@pytest.mark.parametrize("style", ["markdown", "html", "media"])
@pytest.mark.parametrize("how", [["--fix"], ["--fix", "--unsafe-fixes"]], ids=["safe", "unsafe"])
def test_the_second_is_the_same_everywhere(tmp_path: Path, style: str, how: list[str]) -> None:
    put(tmp_path, "ytvault.toml", f'captions = ["captions"]\n\n[timestamps]\nstyle = "{style}"\n')
    for name, captions in spoken().items():
        put(tmp_path, f"captions/{name}", captions)
    for name, form in FORMS.items():
        said = form.replace("{text}", SAID[5]).replace("{clock}", WRONG)
        put(tmp_path, f"{name}.md", f"{claims(right(1, 2, 3, 4))}\n{said}")
    assert ytvault("lint", *how, cwd=tmp_path).status in (0, 1)
    moved = 0
    for name in FORMS:
        note = parse_note((tmp_path / f"{name}.md").read_text(encoding="utf-8"))
        for stamp in note.timestamps:
            seconds = {stamp.seconds, stamp.label_seconds} - {None}
            if url := read_url(stamp.url):
                seconds.add(url.seconds)
            assert len(seconds) == 1, (name, note.quote(stamp.span))
            moved += seconds == {RIGHT}
    assert moved >= len(FORMS) / 2
    assert HEAD in note.text


@pytest.mark.parametrize("how", [["--fix"], ["--fix", "--unsafe-fixes"]], ids=["safe", "unsafe"])
def test_one_of_two_seconds_is_not_linked(tmp_path: Path, how: list[str]) -> None:
    put(tmp_path, "ytvault.toml", 'captions = ["captions"]\n')
    for name, captions in spoken().items():
        put(tmp_path, f"captions/{name}", captions)
    two = anchor("11:18:00").replace("[11:18:00]", "[00:52:00]")
    put(tmp_path, "a.md", f"{claims(right(1, 2, 3, 4))}\n{SAID[5]} {two}.\n")
    assert ytvault("lint", *how, cwd=tmp_path).status in (0, 1)
    assert two in (tmp_path / "a.md").read_text(encoding="utf-8")
