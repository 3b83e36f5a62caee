"""Copies for sites and for GitHub, rendered by what renders them there: Quartz's own plugins, GitHub's Markdown and anchors, and MkDocs.

Run by `pytest -m browser`; for what it needs see `conftest.py`.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest

from tests.cli.running import put, ytvault
from tests.commands.build.test_sites import FILES, NOTES, ROWS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "vault"
NO_ANCHOR = 2  # links of the sample vault to headings and blocks that are not there, of which its notes tell


def rendered(copy: Path, renderer: str) -> dict[str, Any]:
    done = subprocess.run(
        ["node", str(HERE / "sites.js"), str(copy), renderer], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    assert seen["faults"] == []
    return seen


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Return a vault that holds all that is written otherwise for some program."""
    for path, text in NOTES.items():
        put(tmp_path / "vault", path, text)
    for path in FILES:
        put(tmp_path / "vault", path, "x")
    for i, (text, *_) in enumerate(ROWS.values()):
        put(tmp_path / "vault", f"talks/n{i}.md", f"{text}\n")
    return tmp_path / "vault"


@pytest.mark.parametrize("renderer", ["quartz", "plain"])
def test_the_sample_vault(tmp_path: Path, browser: str, renderer: str) -> None:
    call = (
        "build",
        SAMPLE,
        "--for",
        renderer,
        "--out",
        "out",
        "--related",
        "--video-link",
        "link",
        "--missing",
        "stub",
    )
    assert ytvault(*call, cwd=tmp_path).status == 0
    seen = rendered(tmp_path / "out", renderer)
    assert seen["pages"] == 45
    assert seen["followed"] > 230
    assert len(seen["dead"]) == (NO_ANCHOR if renderer == "quartz" else 0), seen["dead"]
    assert seen["left"] == []


@pytest.mark.parametrize("renderer", ["quartz", "plain"])
def test_each_construct(notes: Path, browser: str, renderer: str) -> None:
    call = ("build", notes, "--for", renderer, "--out", "out", "--no-hubs", "--missing", "unlink")
    assert ytvault(*call, cwd=notes.parent).status == 0
    seen = rendered(notes.parent / "out", renderer)
    assert (seen["dead"], [x for x in seen["left"] if "nobody" not in x]) == ([], [])
    assert seen["formulas"] == (2 if renderer == "quartz" else 0)


def test_stamps_that_a_player_of_the_site_goes_by(tmp_path: Path, browser: str) -> None:
    head = "---\ntitle: T\nvideoId: n3Vq8ZtKp0A\n---\n\n"
    shapes = ['data-t="03:06">[03:06]</a>', 'data-t="03:06"></a>', 'data-t="00:03:06">[00:03:06]</a>']
    body = " words ".join(f'<a class="yt-timestamp" {shape}' for shape in shapes)
    put(tmp_path / "vault", "a.md", f"{head}## At {body}\n\nSaid {body} and [{body}], [00:03:06].\n")
    put(tmp_path / "vault", "ytvault.toml", '[timestamps]\nstyle = "html"\n\n[build]\nfor = "quartz"\n')
    assert ytvault("build", "vault", "--out", "out", cwd=tmp_path).status == 0
    seen = rendered(tmp_path / "out", "quartz")
    assert seen["stamps"] == [["a.md", "00:03:06", "https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=186s"]] * 7
    assert seen["left"] == []


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = {""}
        self.links: list[str] = []
        self.left: list[str] = []
        self._code = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        self.links += [given[name] for name in ("href", "src") if name in given and tag in ("a", "img")]
        self._code += tag in ("code", "pre", "script")

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in ("code", "pre", "script")

    def handle_data(self, data: str) -> None:
        if not self._code and re.search(r"\[\[|<a\b|%%|\]\(|^!!! |^\?\?\?", data):
            self.left.append(data)


def _dead(site: Path) -> Iterator[str]:
    """Yield the links of a site that lead nowhere, and pieces of text that were meant for something."""
    pages = {
        f"/{file.relative_to(site).as_posix()}": _Page(file.read_text(encoding="utf-8"))
        for file in site.rglob("*.html")
        if file.name != "404.html"
    }
    for path, page in pages.items():
        yield from (f"{path}: {text}" for text in page.left)
        for link in page.links:
            if re.match(r"[a-z][a-z0-9+.-]*:|//", link):
                continue
            address, _, anchor = unquote(urljoin(quote(path), link)).partition("#")
            file = address + "index.html" * address.endswith("/")
            if not (site / file[1:]).exists() or (file in pages and anchor not in pages[file].ids):
                yield f"{path}: {link}"


@pytest.mark.parametrize("of", ["sample", "constructs"])
def test_by_mkdocs(tmp_path: Path, notes: Path, of: str) -> None:
    pytest.importorskip("mkdocs", reason="one of the packages that are needed for development")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    vault = SAMPLE if of == "sample" else notes
    call = ("build", vault, "--for", "mkdocs", "--out", "docs", "--related", "--missing", "unlink")
    assert ytvault(*call, cwd=tmp_path).status == 0
    put(tmp_path, "mkdocs.yml", "site_name: Talks\nmarkdown_extensions: [admonition]\n")
    build(load_config(str(tmp_path / "mkdocs.yml"), theme={"name": None, "custom_dir": str(_theme(tmp_path))}))
    dead = [x for x in _dead(tmp_path / "site") if "nobody" not in x and "??? " not in x and "???+" not in x]
    assert dead == []


def _theme(root: Path) -> Path:
    """Return a theme that shows a page and nothing else."""
    put(root, "theme/main.html", "{{ page.content }}")
    return root / "theme"
