from typing import Any

import pytest

from processor.rules.notes.duplicate_note import Twins
from processor.vault.note import parse_note
from processor.vault.vault import Vault
from tests.tables import Row, table

BODY = "Most licences allow more than people think. " * 6
ONE = "---\ntitle: Licences\nvideoId: Yw2sMd8fRj0\n---\n\n" + BODY + "\n"


FRAME = (
    "# {{title}}\n\n## What was said\n\n- \n- [ ] \n1. \n\n> \n\n"
    + "".join(f"## Question {i}, which a template asks\n\n{{{{answer}}}}\n\n" for i in range(6))
    + "| Who | What |\n| --- | --- |\n|     |      |\n\n%% Write what the note is for. %%\n<% tp.file.cursor() %>\n"
)
QUERY = (
    "```dataview\nTABLE file.mtime AS changed, file.size AS size\nFROM #weights\n" + "SORT file.name\n" * 15 + "```\n"
)


def marked(text: str) -> str:
    return text.replace("Licences", "«Licences»", 1)


def row(name: str, text: str, notes: dict[str, str], **more: Any) -> Row:
    return Row(name, text, notes=notes, path="a/b.md", **{"containers": False, "properties": False} | more)


def other(title: str = "Licences", video: str = "Yw2sMd8fRj0", body: str = "Other words.") -> str:
    return f"---\ntitle: {title}\nvideoId: {video}\n---\n\n{body}\n"


test_duplicate_note = table(
    "duplicate-note",
    row("title and video", marked(ONE), {"c.md": other()}, message='"c.md" has the same title and video'),
    row("title in another case", marked(ONE), {"c.md": other("LICENCES")}),
    row("title with other spaces", marked(ONE), {"c.md": other('"  Licences "')}),
    row("the video as a URL", marked(ONE), {"c.md": other(video="https://youtu.be/Yw2sMd8fRj0")}),
    row("the same text", marked(ONE), {"c.md": other("Other", "n3Vq8ZtKp0A", "\n" + BODY + "\n\n")}, message="same text"),
    row("the same text, said once", marked(ONE), {"c.md": ONE}, message="same text"),
    row("the same text without properties", "«»" + BODY, {"c.md": BODY + "\n"}),
    row("an empty frame", FRAME, {"c.md": FRAME}),
    row("an empty frame, filled in twice", "«»" + FRAME + BODY, {"c.md": FRAME + BODY}),
    row("one query in two notes", QUERY, {"c.md": QUERY}),
    row("nothing but what nobody sees", "\0" * 300, {"c.md": "\0" * 300}),
    row("a template that waits to be filled", BODY, {"c.md": BODY, "t/x.md": BODY}, context={"templates": ("T/",)}),
    row("a template elsewhere", "«»" + BODY, {"c.md": BODY, "t/x.md": ""}, context={"templates": ("t/",)}),
    row("a short text", "Text of a note.\n", {"c.md": "Text of a note.\n"}),
    row("a text long enough by the options", "«»Text of a note.\n", {"c.md": "Text of a note.\n"}, options={"min_length": 15}),
    row("white space behind a short text", "«»Text of a note.\n", {"c.md": "\nText of a note.\u2003 \n\n"}, options={"min_length": 15}),
    row("as long and with the same midst", ONE, {"c.md": other("X", body="Some" + BODY.strip()[4:])}),
    row(
        "one of several with the same midst",
        "«»" + BODY,
        {"c.md": other("X", body="Some" + BODY.strip()[4:]), "d.md": BODY, "e.md": other("Y", body="Many" + BODY.strip()[4:])},
        message='"d.md" has the same text',
    ),
    row("two others", marked(ONE), {"c.md": other(), "d.md": other()}, message='"c.md" and "d.md" have the same'),
    row("many others", marked(ONE), {f"{i}.md": other() for i in range(6)}, message='"0.md", "1.md" and 4 more have'),
    row("another video", ONE, {"c.md": other(video="n3Vq8ZtKp0A")}),
    row("another title", ONE, {"c.md": other("Who pays")}),
    row("no video", "---\ntitle: A\n---\n\nOne.\n", {"c.md": "---\ntitle: A\n---\n\nTwo.\n"}),
    row("an invalid video", ONE.replace("Yw2sMd8fRj0", "none"), {"c.md": other(video="none")}),
    row("empty bodies", "---\ntitle: A\n---\n", {"c.md": "---\ntitle: B\n---\n\n"}),
    row("a word apart", ONE, {"c.md": other("X", body=BODY + "Not all.")}),
)  # fmt: skip


def test_one_by_one_says_what_all_at_once_says(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [ONE, ONE, other(), other(), other("B"), other("B"), other("C", "n3Vq8ZtKp0A"), "", "", BODY, "Alone.\n"]
    vault = Vault([parse_note(text, f"{i}.md") for i, text in enumerate(texts)])

    def said() -> list[tuple[list[str], list[str]]]:
        twins = Twins(vault)
        return [(twins.of_mark(path), twins.of_title(path)) for path in vault.notes]

    monkeypatch.setattr("processor.rules.notes.duplicate_note._FEW", 100)
    one_by_one = said()
    monkeypatch.setattr("processor.rules.notes.duplicate_note._FEW", 0)
    assert one_by_one == said()
    assert one_by_one[2] == ([f"{i}.md" for i in range(2, 7)], ["0.md", "1.md", "2.md", "3.md"])
