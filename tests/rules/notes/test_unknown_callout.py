import pytest

from processor.rules.notes.unknown_callout import TYPES
from tests.tables import Row, table

test_unknown_callout = table(
    "unknown-callout",
    Row(
        "misspelled", "> [!«warnning»] Title\n> Text\n", unsafe="> [!warning] Title\n> Text\n", message='mean "warning"'
    ),
    Row("folded", "> [!«waring»]-\n> Text\n", unsafe="> [!warning]-\n> Text\n"),
    Row("in capitals", "> [!«WARNNING»]\n", unsafe="> [!warning]\n"),
    Row("nothing near", "> [!«recipe»] Title\n> Text\n", message="shows it as a note"),
    Row("with what style sheets want", "> [!«summry|wide»] Title\n", unsafe="> [!summary|wide] Title\n"),
    Row("nested", "> [!note]\n> > [!«tipp»]\n", unsafe="> [!note]\n> > [!tip]\n"),
    Row("known", "> [!warning] Title\n> Text\n"),
    Row("known in capitals", "> [!WARNING] Title\n"),
    Row("known, with what style sheets want", "> [!note|wide] Title\n"),
    Row("configured", "> [!recipe] Title\n", options={"types": ("Recipe", "verse")}),
    Row(
        "near a configured one", "> [!«recipes»] Title\n", unsafe="> [!recipe] Title\n", options={"types": ("recipe",)}
    ),
    Row("a quote", "> Text [!recipe]\n"),
    Row("in code", "```\n> [!recipe]\n```\n"),
)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_all_of_obsidians_types_are_known(name: str) -> None:
    from processor.rules.base import Context, all_rules
    from processor.rules.notes.unknown_callout import Options
    from processor.vault.note import parse_note

    note = parse_note(f"> [!{name.title()}]\n", "note.md")
    assert note.callouts
    assert not list(all_rules()["unknown-callout"].check(note, Context(options=Options())))
