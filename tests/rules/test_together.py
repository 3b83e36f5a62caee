"""Faults that more than one rule has to do with: what is left after all fixes is what a person would choose."""

from __future__ import annotations

import pytest

from processor.config import Config
from processor.fix import fix_vault
from processor.lint.linter import Linter
from processor.vault.note import parse_note
from processor.vault.vault import Vault

VIDEO = "videoId: Yw2sMd8fRj0\n"
FROM = "\n# Another heading\n\nFrom: [[hub]]\n"
TITLED = [parse_note(f"---\ntitle: {x}\nvideoId: n3Vq8ZtKp0A\n---\n", f"talks/{x}.md") for x in ("b", "c")]
LINTER = Linter(Config(), with_edits=True)


def mended(text: str, *, unsafe: bool) -> tuple[str, set[str]]:
    """The note after all fixes, and the rules that still speak of it."""
    vault = Vault([parse_note(text, "a note.md"), parse_note("# Hub\n", "hub.md"), *TITLED])
    result = fix_vault(vault, LINTER, ["a note.md"], unsafe=unsafe, processes=1)
    assert not result.unsettled
    return result.vault.notes["a note.md"].text, {f.rule for f in result.findings}


@pytest.mark.parametrize(
    ("front", "safe", "unsafe", "left"),
    [
        ("tilte: Open weights\n" + VIDEO, None, "title: Open weights\n" + VIDEO, set()),
        ("\u200btitle: Open weights\n" + VIDEO, "title: Open weights\n" + VIDEO, None, set()),
        ("\ufefftitle: A\nvideo\u2060Id: Yw2sMd8fRj0\n", "title: A\n" + VIDEO, None, set()),
        ("Title: A\nvideoID: Yw2sMd8fRj0\n", None, None, set()),
        ("title: A\nvideo id: https://youtu.be/Yw2sMd8fRj0\n", None, "title: A\n" + VIDEO, set()),
        ("title: A\nvideoID: 12345678908\n", 'title: A\nvideoID: "12345678908"\n', None, set()),
        ("tilte: Foo: bar\n" + VIDEO, 'tilte: "Foo: bar"\n' + VIDEO, 'title: "Foo: bar"\n' + VIDEO, set()),
        ("tilte: #1 thing\n" + VIDEO, None, 'title: "#1 thing"\n' + VIDEO, set()),
        ("tilte: !important note\n" + VIDEO, 'tilte: "!important note"\n' + VIDEO, 'title: "!important note"\n' + VIDEO, set()),
        ("title: A\nTitle: A\n" + VIDEO, None, "title: A\n" + VIDEO, set()),
        ("title: A\nTitle: B\n" + VIDEO, None, None, {"duplicate-property"}),
        ("title: A\nvideoID: Yw2sMd8fRj0\nvideo_id: dQw4w9WgXcQ\n", None, None, {"misspelled-property"}),
        ("tilte: A\ntittle: B\n" + VIDEO, None, None, {"missing-property", "misspelled-property"}),
        ("title: A\ntag: a, b\n" + VIDEO, "title: A\ntags: [a, b]\n" + VIDEO, None, set()),
        ("title: A\nalias: [a]\naliaes: [b]\n" + VIDEO, "title: A\naliases: [a]\naliaes: [b]\n" + VIDEO, None, {"misspelled-property"}),
        ("title:\xa0A\nvideoId:\xa0Yw2sMd8fRj0\n", "title: A\n" + VIDEO, None, set()),
        ("subtitle: A\n" + VIDEO, None, "title: Another heading\nsubtitle: A\n" + VIDEO, set()),
    ],
)  # fmt: skip
def test_one_fault_is_mended_once(front: str, safe: str | None, unsafe: str | None, left: set[str]) -> None:
    text = f"---\n{front}---\n{FROM}"
    wanted = f"---\n{safe or front}---\n{FROM}"
    assert mended(text, unsafe=False)[0] == wanted
    wanted = f"---\n{unsafe or safe or front}---\n{FROM}"
    assert mended(text, unsafe=True) == (wanted, left)
    assert mended(mended(text, unsafe=False)[0], unsafe=True) == (wanted, left)
