"""Where something is defined, and where else it is spoken of."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.config import load_config
from processor.disk import walk
from processor.load.origin import Disk
from processor.load.workspace import ToLint, open_vault
from processor.server.links import leading
from processor.server.places import definition, highlights, references
from processor.vault.backlinks import backlinks, links_to
from tests.benchmarks.generate import Generator
from tests.cli.running import put
from tests.server.desk import Desk, at

VIDEO = "n3Vq8ZtKp0A"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", "")
    put(root, "hub.md", "# Hub\n")
    put(
        root,
        "b.md",
        "---\ntitle: B\naliases: [Bee]\ntags: [talk]\n---\n\nFrom: [[hub]]\n\n## Part\n\n### Deep\n\nBlock. ^x1\n",
    )
    put(root, "deep/c.md", "[[b]] [[b#Part]] [[B#part#deep|d]] [[b#^x1]] #talk #Talk/more\n")
    put(root, "v.md", f"---\nvideoId: {VIDEO}\n---\n\nAt [00:06:10], [00:09:00].\n")
    put(root, "w.md", f"See [06:15](https://youtu.be/{VIDEO}?t=375).\n")
    put(root, "pic.png", b"x")
    return root


@pytest.mark.parametrize(
    ("marked", "path", "text"),
    [
        ("[[b‸#Part]]", "b.md", ""),
        ("[[b#Pa‸rt]]", "b.md", "## Part"),
        ("[[b#Part#De‸ep|x]]", "b.md", "### Deep"),
        ("[[b#^x‸1]]", "b.md", "^x1"),
        ("![[pic‸.png]]", "pic.png", ""),
        ("[t](deep/c‸.md)", "deep/c.md", ""),
        ("[[#Ow‸n]]\n\n# Own\n", "a.md", "# Own"),
        ("---\nrelated: '[[b‸]]'\n---\n", "b.md", ""),
        ("From: [[hu‸b]]\n", "hub.md", ""),
        ("[[Be‸e]]", "b.md", ""),  # it leads nowhere, and means an alias for certain
        ("[[b#Nowh‸ere]]", "b.md", ""),
    ],
)
def test_definitions(marked: str, path: str, text: str, vault: Path) -> None:
    desk = Desk()
    home, offset = at(desk, vault / "a.md", marked)
    spot = definition(home, offset)
    assert spot
    assert spot.path == path
    if text or path.endswith(".md"):
        assert home.vault.vault.notes[path].quote(spot.span) == text


@pytest.mark.parametrize("marked", ["no‸thing", "[[nothing‸ at all]]", "‸", "#ta‸g", "[t](https://exam‸ple.org)"])
def test_what_is_defined_nowhere(marked: str, vault: Path) -> None:
    assert definition(*at(Desk(), vault / "a.md", marked)) is None


def spoken(vault: Path, file: str, marked: str, *, declared: bool = False) -> list[str]:
    """What speaks of what stands at a place: path and text."""
    desk = Desk()
    home, offset = at(desk, vault / file, marked)
    notes = home.vault.vault.notes
    found = references(desk.session, home, offset, declared=declared)
    return [f"{path} {notes[path].quote(span)}" for path, span in dict.fromkeys(found)]


def test_references_of_a_note(vault: Path) -> None:
    links = ["deep/c.md [[b]]", "deep/c.md [[b#Part]]", "deep/c.md [[B#part#deep|d]]", "deep/c.md [[b#^x1]]"]
    assert spoken(vault, "a.md", "See [[b‸]].") == ["a.md [[b]]", *links]
    text = (vault / "b.md").read_text(encoding="utf-8")
    assert spoken(vault, "b.md", text.replace("Bee", "Be‸e")) == links
    assert spoken(vault, "b.md", text.replace("title: B", "title: B‸")) == links


def test_references_of_a_heading(vault: Path) -> None:
    text = (vault / "b.md").read_text(encoding="utf-8")
    both = ["deep/c.md [[b#Part]]", "deep/c.md [[B#part#deep|d]]"]
    assert spoken(vault, "b.md", text.replace("## Part", "## Pa‸rt", 1)) == both
    assert spoken(vault, "b.md", text.replace("## Part", "## Pa‸rt", 1), declared=True) == ["b.md ## Part", *both]
    assert spoken(vault, "b.md", text.replace("### Deep", "### De‸ep")) == both[1:]
    assert spoken(vault, "a.md", "[[b#Pa‸rt]]") == ["a.md [[b#Part]]", *both]


def test_references_of_a_block(vault: Path) -> None:
    text = (vault / "b.md").read_text(encoding="utf-8")
    assert spoken(vault, "b.md", text.replace("^x1", "^‸x1")) == ["deep/c.md [[b#^x1]]"]


def test_references_of_a_channel_and_a_tag(vault: Path) -> None:
    assert spoken(vault, "hub.md", "[[hu‸b]]") == ["b.md [[hub]]", "hub.md [[hub]]"]
    assert spoken(vault, "a.md", "A #ta‸lk.") == ["a.md #talk", "b.md talk", "deep/c.md #talk", "deep/c.md #Talk/more"]


def test_references_of_a_stamp_are_those_near_its_second(vault: Path) -> None:
    text = f"See [06:0‸8](https://youtu.be/{VIDEO}?t=368)."
    found = spoken(vault, "a.md", text)
    assert found == [
        f"a.md [06:08](https://youtu.be/{VIDEO}?t=368)",
        "v.md [00:06:10]",
        f"w.md [06:15](https://youtu.be/{VIDEO}?t=375)",
    ]


@pytest.mark.parametrize(
    ("marked", "texts"),
    [
        ("[[b‸]] [[b|x]] [[hub]]", ["[[b]]", "[[b|x]]"]),
        ("# O‸wn\n\n[[#Own]] [[b]]", ["# Own", "[[#Own]]"]),
        ("T ^i‸d\n\n[[#^id]]", ["^id", "[[#^id]]"]),
        ("#o‸ne #two #ONE", ["#one", "#ONE"]),
        (f"---\nvideoId: {VIDEO}\n---\n\n[00:06‸:10] [00:06:12] [00:07:00]", ["[00:06:10]", "[00:06:12]"]),
        ("plain‸ text", []),
    ],
)
def test_highlights(marked: str, texts: list[str], vault: Path) -> None:
    home, offset = at(Desk(), vault / "a.md", marked)
    assert [home.note.quote(span) for span in highlights(home, offset)] == texts


def test_links_that_can_be_opened(vault: Path) -> None:
    home, _ = at(
        Desk(), vault / "a.md", f"---\nvideoId: {VIDEO}\n---\n\n[[b#Part]] [[nothing]] ![[pic.png]] [00:06:10]‸"
    )
    found = {home.note.quote(x.span): x.uri for x in leading(home)}
    assert found == {
        "[00:06:10]": f"https://www.youtube.com/watch?v={VIDEO}&t=370s",
        "[[b#Part]]": (vault / "b.md").as_uri(),
        "![[pic.png]]": (vault / "pic.png").as_uri(),
    }


@pytest.mark.parametrize("cached", [False, True])
def test_links_to_one_file_are_those_of_all_links(cached: bool, tmp_path: Path) -> None:
    """As they are found for one file, and as they are found for all at once."""
    root = tmp_path / "v"
    Generator(120, 3, length=0.06).write(root)
    put(root, "odd/İstanbul café.md", "x")
    put(
        root,
        "odd/links.md",
        "[[İstanbul café]] [x](<../odd/I\u0307stanbul cafe\u0301.md>) [y](%C4%B0stanbul%20caf%C3%A9.md)\n",
    )
    config = load_config(root)

    def opened() -> object:
        disk = Disk.now(root, lambda: walk(root), cached=cached)
        return open_vault(root, config, disk, ToLint(None))

    workspace = opened()
    if cached:
        list(workspace.lint(workspace.vault.notes).findings)  # type: ignore[attr-defined]
        workspace = opened()
    found = workspace.vault  # type: ignore[attr-defined]
    whole = open_vault(root, config, Disk(walk(root)), ToLint(None)).vault
    for path in (*found.notes, *found.files):
        assert list(links_to(found, path)) == list(backlinks(whole, path)), path
