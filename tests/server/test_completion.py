"""What may be typed on, and what the text is then."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.base.text import Edit, apply_edits
from processor.server.completion import Item, complete, complete_settings
from processor.server.documents import Documents, uri_of
from tests.cli.running import put
from tests.server.desk import Desk, at


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", '[properties.status]\nvalues = ["draft", "done"]\n')
    put(root, "talks/talks.md", "---\ntitle: The Talks\n---\n")
    put(
        root,
        "talks/open_weights.md",
        "---\ntitle: Open weights\naliases: [Free models]\n---\n\nFrom: [[talks]]\n\n## One\n\n### Two\n\n## Three\n\nText. ^b1\n",
    )
    put(root, "other/open_source.md", "---\nspeaker: Ada\n---\n")
    put(root, "other/same.md", "")
    put(root, "talks/same.md", "---\nspeaker: Grace\n---\n")
    put(root, "pic.png", b"x")
    return root


def offered(vault: Path, marked: str, file: str = "talks/a.md") -> dict[str, Item]:
    home, offset = at(Desk(), vault / file, marked)
    return {item.label: item for item in reversed(complete(home, offset))}  # of one label the first


def after(marked: str, item: Item) -> str:
    start, end = item.span
    assert start <= marked.index("‸") <= end
    return apply_edits(marked.replace("‸", ""), [Edit(start, end, item.text)])


@pytest.mark.parametrize(
    ("marked", "label", "text"),
    [
        ("See [[open‸", "open_weights", "See [[open_weights]]"),
        ("See [[open‸]].", "open_weights", "See [[open_weights]]."),
        ("See [[op‸en]].", "open_weights", "See [[open_weights]]."),
        ("See [[wei‸", "open_weights", "See [[open_weights]]"),
        ("See [[free‸]]", "Free models", "See [[open_weights|Free models]]"),
        ("See [[the t‸", "The Talks", "See [[talks|The Talks]]"),
        ("See [[same‸", "same", "See [[talks/same]]"),
        ("See [[other/‸", "open_source", "See [[open_source]]"),
        ("See [[Other/sou‸]]", "open_source", "See [[open_source]]"),
        ("[x](other/open_s‸", "open_source", "[x](open_source.md)"),
        ("---\nup: [[open‸\n---\n", "open_weights", '---\nup: "[[open_weights]]"\n---\n'),
        ("---\nup: [[open‸]]\n---\n", "open_weights", '---\nup: "[[open_weights]]"\n---\n'),
        ("---\nup:\n  - [[free‸]]\n---\n", "Free models", '---\nup:\n  - "[[open_weights|Free models]]"\n---\n'),
        ('---\nup: "[[open‸"\n---\n', "open_weights", '---\nup: "[[open_weights]]"\n---\n'),
        ("See ![[pi‸", "pic.png", "See ![[pic.png]]"),
        ("See [[open_weights#T‸", "Three", "See [[open_weights#Three]]"),
        ("See [[open_weights#One#‸]]", "Two", "See [[open_weights#One#Two]]"),
        ("See [[open_weights#^‸]]", "^b1", "See [[open_weights#^b1]]"),
        ("# Own\n\n[[#‸", "Own", "# Own\n\n[[#Own]]"),
        ("[x](open‸", "open_weights", "[x](open_weights.md)"),
        ("[x](open_weights.md#T‸)", "Three", "[x](open_weights.md#Three)"),
        ("From: ta‸", "talks", "From: [[talks]]"),
        ("From: ‸", "talks", "From: [[talks]]"),
        ("> [!no‸", "note", "> [!note"),
        ("%% ytvault-disable broken-l‸ %%", "broken-link", "%% ytvault-disable broken-link %%"),
        ("%% ytvault-disable-next-line a, ‸", "links", "%% ytvault-disable-next-line a, links"),
        ("---\nst‸\n---\n", "status", "---\nstatus: \n---\n"),
        ("---\nst‸: x\n---\n", "status", "---\nstatus: x\n---\n"),
        ("---\nstatus: d‸\n---\n", "done", "---\nstatus: done\n---\n"),
        ("---\nspeaker: ‸\n---\n", "Grace", "---\nspeaker: Grace\n---\n"),
        ("---\nstatus:\n  - ‸\n---\n", "draft", "---\nstatus:\n  - draft\n---\n"),
        ("---\nrelated: '[[open‸'\n---\n", "open_weights", "---\nrelated: '[[open_weights]]'\n---\n"),
        ("---\nytvault-disable: [missing-n‸]\n---\n", "missing-note", "---\nytvault-disable: [missing-note]\n---\n"),
    ],
)
def test_what_is_made(marked: str, label: str, text: str, vault: Path) -> None:
    found = offered(vault, marked)
    assert label in found, list(found)
    assert after(marked, found[label]) == text


def test_the_nearest_folder_comes_first(vault: Path) -> None:
    def first(marked: str, file: str) -> list[str]:
        return [item.label for item in complete(*at(Desk(), vault / file, marked))][:2]

    assert first("[[‸", "talks/a.md") == ["a", "same"]
    assert first("[[open‸", "other/a.md") == ["open_source", "open_weights"]
    assert first("[[open‸", "talks/a.md") == ["open_weights", "open_source"]


def test_hubs_alone_are_channels(vault: Path) -> None:
    assert set(offered(vault, "From: ‸")) == {"talks", "The Talks"}


def test_links_are_written_as_the_vault_asks(vault: Path) -> None:
    put(vault, ".obsidian/app.json", '{"useMarkdownLinks": true, "newLinkFormat": "absolute"}')
    found = offered(vault, "See [[free‸")
    assert after("See [[free‸", found["Free models"]) == "See [Free models](talks/open_weights.md)"
    assert found["Free models"].typed.startswith("[[Free")  # as the text that it replaces does


@pytest.mark.parametrize("marked", ["plain‸ text", "a ‸", "[[a]] ‸", "[[a|b‸", "[x](https://e‸", "‸", "[ ‸", "# He‸"])
def test_nothing_is_offered_amid_text(marked: str, vault: Path) -> None:
    assert offered(vault, marked) == {}


def test_many_names_are_cut(vault: Path) -> None:
    for i in range(150):
        put(vault, f"many/n{i}.md", "")
    assert len(offered(vault, "[[n‸")) == 100


def test_rules_in_settings(tmp_path: Path) -> None:
    text = 'ignore = ["broken-l'
    document = Documents().put(uri_of(tmp_path / "ytvault.toml"), 1, text)
    found = {item.label: item for item in complete_settings(document, len(text))}
    item = found["broken-link"]
    assert apply_edits(text, [Edit(*item.span, item.text)]) == 'ignore = ["broken-link'
    other = Documents().put(uri_of(tmp_path / "a.txt"), 1, text)
    assert complete_settings(other, len(text)) == []


def test_behind_a_folder_are_the_names_in_it(vault: Path) -> None:
    put(vault, "deep/other/two.md", "---\naliases: [TCP/IP]\n---\n")
    found = offered(vault, "[[other/‸")
    assert {label: item.typed for label, item in found.items()} == {
        "open_source": "other/open_source",
        "same": "other/same",
        "two": "other/two",
        "TCP/IP": "TCP/IP",
    }
    assert list(offered(vault, "[[deep/other/t‸")) == ["TCP/IP", "two"]
    assert list(offered(vault, "[[tcp/i‸")) == ["TCP/IP"]
    assert not offered(vault, "[[nowhere/‸")


@pytest.mark.parametrize("marked", ["`[[open‸`", "```\n[[open‸\n```\n", "    [[open‸\n", "$[[open‸$"])
def test_in_code_no_link_is_offered(vault: Path, marked: str) -> None:
    assert not offered(vault, marked)
