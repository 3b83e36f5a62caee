"""The page: what it holds, that nothing in it can become markup, and that it is the same each time."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import processor.report
from processor.report import View
from processor.report.html import _MODULES, _read, _script
from tests.report.findings import THREE, finding, report
from tests.report.pages import block, rows

PAGE = Path(processor.report.__file__).with_name("page")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_findings_alone_make_a_page() -> None:
    page = report("html", THREE)
    assert rows(page) == [
        ("In box/a.md", "misspelled-property", 1, 0, 1),
        ("In box/a.md", "broken-link", 1, 1, 0),
        ("In box/a.md", "missing-note", 1, 0, 0),
    ]
    texts = block(page, "texts")
    assert texts["places"] == [3, 1, 6, 4, 6, 44]
    assert [texts["messages"][i] for i in texts["message"]] == [f.message for f in THREE]
    shown = [(line[a:b]) for line, a, b in zip(texts["line"], texts["start"], texts["end"], strict=True)]
    assert shown == ["videoID", "[[Meta Platforms]]", "[[Llama]]"]
    assert texts["edits"] == [0, 1, 0, 7, "videoId", 1, 1, 3, 21, "[[meta_platforms|Meta Platforms]]"]


def test_no_findings() -> None:
    page = report("html", [], notes=3)
    assert (block(page, "head")["notes"], block(page, "head")["rules"], rows(page)) == (3, [], [])


def test_every_script_and_style_is_one_that_the_policy_names() -> None:
    page = report("html", THREE)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "unsafe" not in policy[1]
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    (script,) = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for text in (script, style):
        assert b64encode(sha256(text.encode()).digest()).decode() in policy[1]
    kinds = [attrs.get("type") for tag, attrs in Tags(page).found if tag == "script"]
    assert {*kinds} == {"module", "application/json", "application/octet-stream"}
    assert not [
        name
        for _, attrs in Tags(page).found
        for name in attrs
        if name in ("src", "style", "srcset") or name[:2] == "on"
    ]


def test_nothing_of_a_note_becomes_markup() -> None:
    evil = "</script><script>alert(1)</script><!--"
    found = finding(evil, (0, 9), message=evil, path=f"{evil}.md", rule=evil)
    page = report("html", [found], View(text_of=lambda _path: evil))
    plain = report("html", [finding("x", (0, 1))])
    assert [tag for tag, _ in Tags(page).found] == [tag for tag, _ in Tags(plain).found]
    assert "alert(1)" not in page.replace("\\u003cscript>alert(1)", "")
    assert block(page, "head")["rules"][0]["rule"] == evil
    assert block(page, "notes")["path"] == [f"{evil}.md"]


def test_odd_characters_come_through() -> None:
    odd = "a\u2028\x00\x1b \U0001f600é \udc80"
    found = finding(odd, (6, 7), message=odd, path="é\u202e.md")
    page = report("html", [found], View(text_of=lambda _path: odd))
    assert page.encode().decode() == page
    texts = block(page, "texts")
    assert texts["messages"] == [odd]
    assert (texts["start"], texts["end"]) == ([7], [8])  # in UTF-16 units, of which the emoji takes two
    assert texts["line"] == [odd]


def test_the_same_findings_make_the_same_page() -> None:
    assert report("html", THREE) == report("html", THREE)


def test_every_module_stands_in_the_page_after_those_that_it_imports() -> None:
    assert {*_MODULES} == {path.stem for path in PAGE.glob("*.js")}
    for i, name in enumerate(_MODULES):
        imported = re.findall(r'from "\./(\w+)\.js"', _read(f"{name}.js"))
        assert {*imported} <= {*_MODULES[:i]}, name
    script = _script()
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)
    assert "</" not in script.replace("</?", "")


def test_files_of_the_page_are_small_and_build_no_markup_of_texts() -> None:
    for path in PAGE.iterdir():
        if path.is_file():
            assert path.read_text(encoding="utf-8").count("\n") <= 300, path.name
        if path.suffix == ".js":
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(", path.read_text(encoding="utf-8")
            )


def test_each_library_comes_with_its_licence() -> None:
    libraries = {path.name.partition(".")[0] for path in (PAGE / "vendor").glob("*.js")}
    assert libraries == {path.name.partition(".")[0] for path in (PAGE / "vendor").glob("*.LICENSE.txt")} != set()
