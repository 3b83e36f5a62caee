"""A built vault as others see it: rendered by markdown-it and clicked through in headless Chromium.

Run by `pytest -m browser`; for what it needs see `conftest.py`.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from processor.config import load_config
from processor.lint.linter import Linter
from processor.parse.nodes import Timestamp
from tests.cli.running import put, ytvault
from tests.commands.build.promises import vault_at
from tests.commands.build.vaults import IDS, talk

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "vault"
ANCHOR = '<a class="yt-timestamp" data-t="00:0{0}:10">[00:0{0}:10]</a>'


def looked_at(out: Path, browser: str) -> dict:
    """What the browser found in a built vault."""
    vault, config = vault_at(out), load_config(out)
    reported: dict[str, list[Timestamp]] = {}  # the stamps that lint still has something to say of
    for f in Linter(config).lint(vault).findings:
        note = vault.notes[f.path]
        video = note.video(vault.video_properties)
        every = video is None or not video.id  # which is said once a note, or of its properties
        there = [t for t in note.timestamps if every or t.span.start <= f.span.start < t.span.end]
        reported.setdefault(f.path, []).extend(there)
    expected = {}
    for path, note in sorted(vault.notes.items()):
        if note.source.invalid is not None:
            continue
        video = note.video(vault.video_properties)
        links = [
            vault.resolve(x.target, path).path or f"missing/{x.target}"
            for x in note.links
            if x.form == "wikilink" and x.place != "comment"
        ]
        signed = {x.span.start: x.text for x in note.external_links if x.text.startswith("▶")}  # a label amid signs
        expected[path] = {
            "video": video.id if video else "",
            "stamps": [{"href": t.url, "text": signed.get(t.span.start, t.label)} for t in note.timestamps if t.url],
            "links": links,
            "disputed": [t.url for t in reported.get(path, []) if t.url],
            "left": [
                t.label
                for t in dict.fromkeys(reported.get(path, []))
                if not t.url and "anchor" in t.form and t.place != "code"
            ],
        }
    file = out.parent / "expected.json"
    file.write_text(json.dumps(expected), encoding="utf-8")
    done = subprocess.run(
        ["node", str(HERE / "check.js"), str(out), str(file), browser], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "notes": len(expected)}


def test_the_sample_vault(tmp_path: Path, browser: str) -> None:
    assert ytvault("build", SAMPLE, "--out", "out", "--related", "--missing", "stub", cwd=tmp_path).status == 0
    found = looked_at(tmp_path / "out", browser)
    assert not found["failures"], "\n".join(found["failures"])
    assert found["pages"] == found["notes"] >= 38
    assert found["clicked"] == found["stamps"] > 170
    assert found["links"] > 150
    assert found["followed"] >= 37


def test_stamps_and_links_in_every_place_and_shape(tmp_path: Path, browser: str) -> None:
    a = [ANCHOR.format(n) for n in range(10)]
    body = f"""\
Words {a[0]}, a list [00:11:02, 00:12:04], one of two [00:13:00](<a class="yt-timestamp" data-t="00:13:00">00:13:00</a>).

## A heading {a[1]}

> [!note] A callout {a[2]}
> with [[a b|words]] and {a[3]}

- an item {a[4]}
  - deeper [[A b]]

| a | b |
| --- | --- |
| {a[5]} | [[a b\\|in a table]] |

<div>
{a[6]}
</div>

**bold {a[7]}** and *{a[8]}* [[00:14:00]] `code {a[9]}`

<a class="yt_timestamp" data-t="00:15:00]">[00:15:00]</a> [[#A heading 00 01 10]]
"""
    put(tmp_path, "vault/ow/one.md", talk("One & <two>", body=body, more="videoTitle: One of two\n"))
    put(tmp_path, "vault/ow/a b.md", talk("A #tag and `code`", IDS[1], body="[1:02:03] [[one]] [[not there|gone]]"))
    put(tmp_path, "vault/in/a b.md", talk("Another", IDS[2], body=a[0]))
    assert ytvault("build", "vault", "--out", "out", "--related", "--missing", "unlink", cwd=tmp_path).status == 0
    found = looked_at(tmp_path / "out", browser)
    assert not found["failures"], "\n".join(found["failures"])
    assert found["clicked"] == found["stamps"] >= 15
