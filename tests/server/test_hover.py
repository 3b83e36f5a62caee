"""What is shown of what stands at a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from processor.server.documents import Documents, uri_of
from processor.server.hover import excerpt, hover, in_settings
from tests.cli.running import put
from tests.server.desk import Desk, at

VIDEO = "n3Vq8ZtKp0A"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", 'captions = ["captions"]\n')
    said = [{"start": 10 * i, "duration": 10, "text": f"word{i} said"} for i in range(60)]
    put(root, "captions/talk.json", json.dumps({"video_id": VIDEO, "snippets": said}))
    put(
        root,
        "b.md",
        "---\ntitle: The B\n---\n\nIntro.\n\n## Part\n\nFirst.\n\n### Deep\n\nBelow.\n\n## Next\n\nBlock. ^x1\n",
    )
    put(root, "v.md", f"---\ntitle: A talk\nvideoId: {VIDEO}\n---\n")
    put(root, "my pic.png", b"x")
    return root


@pytest.mark.parametrize(
    ("marked", "has", "has_not"),
    [
        ("[[b‸]]", ["**The B** · `b.md`", "Intro.", "## Next"], ["title:"]),
        ("[[b#Pa‸rt]]", ["## Part", "First.", "### Deep", "Below."], ["Intro.", "## Next"]),
        ("[[b#^x‸1]]", ["Block. ^x1"], ["## Next"]),
        ("[[b#No‸ne]]", ['*it has no heading "None"*', "Intro."], []),
        ("![[my pi‸c.png]]", ["![my pic.png](file://", "my%20pic.png)"], []),
        ("%% ytvault-disable broken-li‸nk %%", ["**broken-link** (error)", "A link leads nowhere"], []),
    ],
)
def test_what_is_shown(marked: str, has: list[str], has_not: list[str], vault: Path) -> None:
    shown = hover(*at(Desk(), vault / "a.md", marked))
    assert shown
    for text in has:
        assert text in shown.text, shown.text
    for text in has_not:
        assert text not in shown.text


def test_a_stamp_tells_its_moment(vault: Path) -> None:
    home, offset = at(Desk(), vault / "a.md", f"As [06:1‸0](https://youtu.be/{VIDEO}?t=370) says.\n")
    shown = hover(home, offset)
    assert shown
    assert shown.text.startswith(f"**00:06:10** of 00:10:00 · [A talk](https://www.youtube.com/watch?v={VIDEO}&t=370s)")
    assert "word37 said" in shown.text
    assert "word34" not in shown.text
    assert f"https://i.ytimg.com/vi/{VIDEO}/mqdefault.jpg" in shown.text
    assert home.note.quote(shown.span) == f"[06:10](https://youtu.be/{VIDEO}?t=370)"


@pytest.mark.parametrize("marked", ["plain‸", "[[nothing‸ here]]", "‸", "%% ytvault-disable no-such-ru‸le %%"])
def test_nothing_is_shown(marked: str, vault: Path) -> None:
    assert hover(*at(Desk(), vault / "a.md", marked)) is None


def test_a_long_section_is_cut() -> None:
    assert excerpt("a\n" * 100).count("\n") < 30
    assert excerpt("a\n" * 100).endswith("…")
    assert excerpt("```\n" + "a\n" * 100).count("```") == 2
    assert len(excerpt("a" * 9000)) < 2100


def test_rules_in_settings(tmp_path: Path) -> None:
    document = Documents().put(uri_of(tmp_path / "ytvault.toml"), 1, 'ignore = ["broken-link"]\n')
    shown = in_settings(document, 15)
    assert shown
    assert shown.text.startswith("**broken-link**")
    assert in_settings(document, 2) is None
