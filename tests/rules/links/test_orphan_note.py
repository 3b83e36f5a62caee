from typing import Any

from tests.tables import Row, table


def row(name: str, text: str, **more: Any) -> Row:
    return Row(name, text, containers=False, properties=False, **({"path": "talks/a.md"} | more))


ALONE = "«»Text.\n"

test_orphan_note = table(
    "orphan-note",
    row("nobody links to it", ALONE, message="no other note"),
    row("behind its properties", "---\ntitle: A\n---\n«»Text.\n"),
    row("only it does", "«»[[a]] [[#x]]\n"),
    row("a link that leads elsewhere", ALONE, notes={"b.md": "[[b/a]]", "b/a.md": ""}),
    row("a link", "Text.\n", notes={"b.md": "[[a]]"}),
    row("an embed", "Text.\n", notes={"b.md": "![[a]]"}),
    row("a Markdown link", "Text.\n", notes={"b.md": "[x](talks/a.md#nope)"}),
    row("in a property", "Text.\n", notes={"b.md": '---\nsee: "[[a]]"\n---\n'}),
    row("a link in code is none", ALONE, notes={"b.md": "`[[a]]`"}),
    row("an index", "Text.\n", path="talks/Index.md"),
    row("named as its folder", "Text.\n", path="talks/talks.md"),
    row("a hub", "Text.\n", path="talks/a.md", notes={"talks/b.md": "From: [[a]]\n"}),
    row("allowed", "Text.\n", options={"allow": ("talks/",)}),
    row("allowed by a pattern", "Text.\n", options={"allow": ("*.md",)}),
    row("another one is allowed", ALONE, options={"allow": ("daily/",)}),
)
