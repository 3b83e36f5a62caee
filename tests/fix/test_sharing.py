"""What crosses between processes while a vault is mended: a note that another process mended is what its text says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from processor.base.spool import Spool
from processor.config import Config
from processor.fix.outcome import Outcome
from processor.fix.sharing import outcomes_as_bytes, outcomes_of_bytes
from processor.lint.findings import NoteFindings
from processor.lint.linter import Linter
from processor.lint.packing import opened
from processor.vault.facts import FACTS, Fact
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from tests.examples import examples
from tests.soup import document

LINTER = Linter(Config())
NOTHING = NoteFindings("a.md", ())
soups = st.randoms(use_true_random=False).map(document)


def crossed(outcome: Outcome, before: Mapping[str, Note]) -> Outcome:
    [(path, found)] = outcomes_of_bytes(outcomes_as_bytes([outcome], before), before, Spool())
    assert path == outcome.path
    assert found is not None
    return found


def mended(before: Note, text: str) -> Note:
    """The note that `before` becomes with that text, as the process that is told of it knows it."""
    new = parse_note(text, before.path)
    outcome = Outcome("a.md", NOTHING, NOTHING, Counter(), Counter(), note=new, checked_after=LINTER.check_note(new))
    note = crossed(outcome, {"a.md": before}).note
    assert note is not None
    return note


def assert_same(note: Note, text: str) -> None:
    anew = parse_note(text, note.path)
    assert note.encoded() == text.encode()
    assert note.text == text
    assert (note.links, note.headings, note.blocks) == (anew.links, anew.headings, anew.blocks)
    for ask in FACTS.values():
        assert ask(note.anew()) == ask(anew), ask.name
        assert ask(note.whole) == ask(anew), ask.name


@examples(50)
@given(st.lists(soups, min_size=2, max_size=4))
def test_a_note_mended_elsewhere_is_what_its_text_says(texts: list[str]) -> None:
    note = parse_note(texts[0], "a.md")
    for text in texts[1:]:  # each time what came of the time before
        note = mended(note, text)
        assert_same(note, text)


OF_ALL = [ask for ask in FACTS.values() if ask.of_all]
SAMPLES = ["---\ntitle: a\nvideoId: Ff4fRgnuFgQ\n---\n[[b#c]]\n", "---\ntitle: b\n---\nFrom: [[c]]\n", "words\n", ""]


@given(st.lists(st.sampled_from(SAMPLES), min_size=2, max_size=5), st.sets(st.sampled_from(OF_ALL)), st.booleans())
def test_the_vault_knows_the_facts_of_mended_notes(texts: list[str], asked: set[Fact[Any]], known: bool) -> None:
    notes = {"a.md": parse_note(texts[0], "a.md"), "b.md": parse_note("[[a]]", "b.md")}

    def facts(name: str) -> dict[str, Any]:
        return {path: FACTS[name](note) for path, note in notes.items()}

    vault = Vault(notes, known=facts if known else None)
    for text in texts[1:]:
        for ask in asked:  # and of the others the vault has worked out nothing
            vault.facts(ask)
        vault = vault.with_notes([mended(vault.notes["a.md"], text)])
        for ask in OF_ALL:
            anew = {"a.md": ask(parse_note(text, "a.md")), "b.md": ask(notes["b.md"])}
            assert vault.with_notes([]).facts(ask) == anew, ask.name


def test_a_fact_that_is_again_as_it_was_first() -> None:
    texts = ["---\ntitle: a\n---\n", "---\ntitle: b\n---\n", "---\ntitle: a\n---\n"]
    note = parse_note(texts[0], "a.md")
    for text in texts[1:]:
        note = mended(note, text)
        assert_same(note, text)


@examples(50)
@given(soups)
def test_findings_are_the_same_behind(text: str) -> None:
    note = parse_note(text, "a.md")
    found = LINTER.check_note(note)
    assert isinstance(found, NoteFindings)
    outcome = crossed(Outcome("a.md", found, found, Counter({"r": 2}), Counter()), {"a.md": note})
    assert outcome.checked is not None
    for kept in (outcome.checked, outcome.findings):
        assert list(opened(kept)) == list(found)
        assert list(kept.kinds()) == found.kinds()
    assert outcome.errors == {"r": 2}
