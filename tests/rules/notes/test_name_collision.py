from typing import Any

from tests.tables import Row, table


def row(name: str, text: str, path: str, *others: str, **more: Any) -> Row:
    notes = {p: "Text.\n" for p in others if p.endswith(".md")}
    files = tuple(p for p in others if not p.endswith(".md"))
    return Row(name, text, path=path, notes=notes, files=files, **{"containers": False, "properties": False} | more)


test_name_collision = table(
    "name-collision",
    row("case", "«»Text.\n", "a/Note.md", "a/note.md", message='differs from "a/note.md"'),
    row("case of the folder", "«»Text.\n", "A/note.md", "a/note.md"),
    row("Unicode form", "«»Text.\n", "caf\u00e9.md", "cafe\u0301.md"),
    row("form and case", "«»Text.\n", "CAFE\u0301.md", "caf\u00e9.md"),
    row("three", "«»Text.\n", "NOTE.md", "Note.md", "note.md", message='"Note.md" and "note.md"'),
    row("an ending in capitals", "«»Text.\n", "note.md", "note.MD"),
    row("an empty note", "«»", "Note.md", "note.md"),
    row("other folders", "Text.\n", "a/note.md", "b/note.md"),
    row("an accent", "Text.\n", "cafe.md", "café.md"),
    row("an attachment of its name", "Text.\n", "note.md", "note.png"),
    row("alone", "Text.\n", "Note.md"),
)
