from typing import Any

import pytest

from processor.base.text import apply_edits
from processor.rules.base import Context, all_rules
from processor.vault.note import parse_note
from processor.vault.style import LinkStyle
from processor.vault.vault import Vault
from tests.tables import Row, table

NOTE = "---\ntitle: One thing\nvideoId: Yw2sMd8fRj0\n---\n\nFrom: «[[openweights]]»\n"
FOUND = NOTE.replace("«", "").replace("»", "")
HUB = "openweights/openweights.md"
HEAD = "---\ntitle: openweights\n---\n\n"
VIDEO = "### [Video](https://www.youtube.com/watch?v=Yw2sMd8fRj0)\n"


def row(name: str, text: str, hub: str | None, **more: Any) -> Row:
    notes = {} if hub is None else {HUB: HEAD + hub}
    return Row(
        name, text, **{"path": "openweights/one.md", "notes": notes, "properties": False, "containers": False} | more
    )


test_missing_from_hub = table(
    "missing-from-hub",
    row("no link back", NOTE, VIDEO, message=f'"{HUB}" does not link back'),
    row("a link back", FOUND, VIDEO + "- [[one]]\n"),
    row("a link back by path and heading", FOUND, VIDEO + "- [[openweights/one#Part|Part]]\n"),
    row("a Markdown link back", FOUND, VIDEO + "- [One](one.md)\n"),
    row("a link to another note of that name", NOTE, "- [[a/one]]\n"),
    row("a link in code is none", NOTE, "`[[one]]`\n"),
    row("no From line", "---\ntitle: One\nvideoId: Yw2sMd8fRj0\n---\n\nText.\n", VIDEO),
    row("no hub", FOUND, None),
    row("a note that is its own hub", HEAD + "From: [[openweights]]\n", None, path=HUB),
)


@pytest.mark.parametrize(
    ("hub", "expected", "style"),
    [
        (VIDEO, VIDEO + "- [[one|One thing]]\n", LinkStyle()),
        (VIDEO + "- [[two]]\n", VIDEO + "- [[two]]\n- [[one|One thing]]\n", LinkStyle()),
        (VIDEO + "* [[two]]\n\n### Next\n", VIDEO + "* [[two]]\n* [[one|One thing]]\n\n### Next\n", LinkStyle()),
        ("Text.\n", "Text.\n\n- [[one|One thing]]\n", LinkStyle()),
        ("Text.", "Text.\n\n- [[one|One thing]]", LinkStyle()),
        ("- [[two]]", "- [[two]]\n- [[one|One thing]]", LinkStyle()),
        (VIDEO, VIDEO + "- [[openweights/one|One thing]]\n", LinkStyle("absolute")),
        (VIDEO, VIDEO + "- [One thing](one.md)\n", LinkStyle(markdown_links=True)),
        ("~~~\n" + VIDEO + "~~~\n- [[two]]\n", "~~~\n" + VIDEO + "~~~\n- [[two]]\n- [[one|One thing]]\n", LinkStyle()),
        ("~~~\nnever closed\n", None, LinkStyle()),
    ],
)
def test_the_hub_after_the_fix(hub: str, expected: str | None, style: LinkStyle) -> None:
    note, rule = parse_note(FOUND, "openweights/one.md"), all_rules()["missing-from-hub"]

    def problems(text: str) -> list[Any]:
        vault = Vault([note, parse_note(text, HUB)], style=style)
        return list(rule.check(note, Context(opened_vault=vault)))

    (problem,) = problems(HEAD + hub)
    if expected is None:
        assert problem.fix is None
        return
    edits = list(problem.fix.edits())
    assert {e.path for e in edits} == {HUB}
    text = apply_edits(HEAD + hub, [e.edit for e in edits])
    assert text == HEAD + expected
    assert not problems(text)


def test_an_empty_hub() -> None:
    note = parse_note(FOUND, "openweights/one.md")
    vault = Vault([note, parse_note("", HUB)])
    (problem,) = all_rules()["missing-from-hub"].check(note, Context(opened_vault=vault))
    assert problem.fix
    assert apply_edits("", [e.edit for e in problem.fix.edits()]) == "- [[one|One thing]]\n"
