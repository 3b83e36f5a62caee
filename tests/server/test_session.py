"""Random sessions: after each step, what there is to say of each open document is what `lint` says of the same texts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from processor.config import load_config
from processor.disk import find_root, walk
from processor.load.origin import Disk
from processor.load.workspace import ToLint, open_vault
from processor.rules.base import Finding, all_rules
from processor.server.documents import Document
from tests.benchmarks.generate import Generator
from tests.cli.running import put
from tests.edits import Edits
from tests.server.desk import Desk


def from_nothing(root: Path, documents: dict[str, Document], path: str) -> list[Finding]:
    """What `lint` says of a note, told what the editor holds."""
    config = load_config(root)
    given = {d.path.relative_to(root).as_posix(): d.text.encode() for d in documents.values() if d.path}
    listing = walk(root)
    listing = listing._replace(notes=tuple(sorted({*listing.notes, *given})))
    workspace = open_vault(root, config, Disk(listing, given=given), ToLint((path,)))
    return [] if config.is_excluded(path) else list(workspace.lint([path]).findings)


def happened(before: dict[Path, bytes], root: Path) -> tuple[dict[Path, bytes], set[Path]]:
    now = {p: p.read_bytes() for place in (root, root.parent / "captions") for p in place.rglob("*") if p.is_file()}
    return now, {p for p in {*before, *now} if before.get(p) != now.get(p)}


def lived(seed: int, root: Path, *, notes: int, steps: int) -> None:
    rng = random.Random(seed)
    Generator(notes, seed, length=0.06).write(root)
    edits, desk = Edits(root, rng), Desk()
    disk, _ = happened({}, root)
    done: list[str] = []
    for _ in range(steps):
        kind = rng.choice(("open", "type", "type", "type", "save", "close", "disk", "disk", "new"))
        done.append(kind)
        uri = rng.choice(sorted(desk.open)) if desk.open else ""
        if kind == "open" and len(desk.open) < 5:
            path = rng.choice(edits.notes())
            desk.put(root / path, edits.read(path))
        elif kind == "new":
            desk.put(root / f"unsaved_{len(done)}.md", f"See [[{Path(rng.choice(edits.notes())).stem}#Overview]].\n")
        elif kind == "type" and uri:
            desk.put(desk.open[uri].path or root, typed(desk.open[uri].text, rng, edits))
        elif kind == "save" and uri:
            file = desk.open[uri].path
            assert file
            file.parent.mkdir(exist_ok=True, parents=True)
            file.write_text(desk.open[uri].text)
        elif kind == "close" and uri:
            desk.close(uri)
        elif kind == "disk":
            edits.change(rng.choice(edits.KINDS))
        disk, changed = happened(disk, root)
        if changed:
            desk.tell(*changed)
        for uri, document in desk.open.items():
            assert document.path
            path = document.path.relative_to(root).as_posix()
            assert desk.found(uri) == from_nothing(root, desk.open, path), (seed, done[-8:], edits.told[-5:], path)
    assert not [line for line in desk.lines if "Error" in line], desk.lines


def typed(text: str, rng: random.Random, edits: Edits) -> str:
    at = rng.randint(0, len(text))
    other = Path(rng.choice(edits.notes())).stem
    more = rng.choice(("x", "\n\n# Part\n", f"[[{other}]]", f"[[{other}#Part]]", "[00:01:02]", "%%", "---\n", " ^b1\n"))
    return rng.choice((text[:at] + more + text[at:], text[:at] + text[at + rng.randint(0, 30) :]))


@pytest.mark.parametrize("seed", range(4))
def test_sessions(seed: int, tmp_path: Path) -> None:
    lived(seed, tmp_path / "vault", notes=40, steps=40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1040))
def test_long_sessions(seed: int, tmp_path: Path) -> None:
    lived(seed, tmp_path / "vault", notes=random.Random(seed).choice((20, 60, 150)), steps=50)


# A table of what else may happen


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", "")
    put(root, "a.md", "See [[b#Part]].\n")
    put(root, "b.md", "## Part\n")
    return root


def rules(desk: Desk, uri: str) -> list[str]:
    return [f.rule for f in desk.found(uri)]


def test_a_note_that_another_document_touches_is_judged_again(vault: Path) -> None:
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[b#Part]].\n")
    b = desk.put(vault / "b.md", "## Part\n")
    assert (rules(desk, a), rules(desk, b)) == ([], [])
    assert desk.session.warm()
    assert not desk.session.has_work
    desk.put(vault / "b.md", "## Other\n")
    assert desk.session.has_work
    assert [judged.document.uri for judged in iter(desk.session.next_judged, None)] == [b, a]  # the newest first
    assert rules(desk, a) == ["broken-heading"]
    desk.close(b)  # what was typed is not on the disk
    assert rules(desk, a) == []


def test_a_note_that_is_on_no_disk(vault: Path) -> None:
    desk = Desk()
    new = desk.put(vault / "new.md", "See [[a]] and [[b#^x]].\n")
    assert rules(desk, new) == ["broken-block"]
    a = desk.put(vault / "a.md", "See [[new]].\n")
    assert rules(desk, a) == []
    desk.close(new)
    assert rules(desk, a) == ["missing-note"]


def test_the_editor_s_text_counts_whatever_the_disk_holds_meanwhile(vault: Path) -> None:
    desk = Desk()
    a = desk.put(vault / "a.md", (vault / "a.md").read_text(encoding="utf-8"))
    (vault / "a.md").write_text("[[nothing]]\n", encoding="utf-8")  # and nobody tells
    assert rules(desk, a) == []
    assert desk.home(a).note.text == "See [[b#Part]].\n"
    b = desk.put(vault / "b.md", "## Part\n")
    assert (rules(desk, a), rules(desk, b)) == ([], [])
    desk.close(a)
    desk.put(vault / "c.md", "[[a]]\n")
    a = desk.put(vault / "a.md", "[[nothing]]\n")
    assert rules(desk, a) == ["missing-note"]


def test_files_that_vanish(vault: Path) -> None:
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[b#Part]].\n")
    assert rules(desk, a) == []
    (vault / "b.md").unlink()
    desk.tell(vault / "b.md")
    assert rules(desk, a) == ["missing-note"]
    (vault / "a.md").unlink()  # it is open all the same
    desk.tell(vault / "a.md")
    assert rules(desk, a) == ["missing-note"]
    put(vault, "folder/b.md", "## Part\n")
    desk.tell(vault / "folder")
    assert rules(desk, a) == []


def test_settings_hold_as_soon_as_they_change(vault: Path) -> None:
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[nothing]].\n")
    assert rules(desk, a) == ["missing-note"]
    put(vault, "ytvault.toml", 'ignore = ["missing-note"]\n')
    desk.tell(vault / "ytvault.toml")
    assert (rules(desk, a), desk.faults) == ([], ())
    put(vault, "ytvault.toml", 'ignore = ["mising-note"]\n')
    desk.tell(vault / "ytvault.toml")
    assert rules(desk, a) == []  # the last ones that could be read
    (fault,) = desk.faults
    assert (fault.file, fault.line) == (vault / "ytvault.toml", 1)
    assert 'did you mean "missing-note"' in fault.message
    put(vault, "ytvault.toml", "\n\nselect = 3\n")
    desk.tell(vault / "ytvault.toml")
    assert [f.line for f in desk.faults] == [3]
    put(vault, "ytvault.toml", 'exclude = ["a.md"]\n')
    desk.tell(vault / "ytvault.toml")
    assert (rules(desk, a), desk.faults) == ([], ())
    (vault / "ytvault.toml").unlink()
    (vault / ".obsidian").mkdir()
    desk.tell(vault / "ytvault.toml")
    assert rules(desk, a) == ["missing-note"]


def test_settings_of_obsidian(vault: Path) -> None:
    put(vault, ".obsidian/app.json", "{}")
    desk = Desk()
    a = desk.put(vault / "t/a.md", "See [[nothing]].\n")
    before = desk.session.home(a)
    assert before
    put(vault, ".obsidian/workspace.json", "{}")  # which Obsidian writes at each click
    desk.tell(vault / ".obsidian/workspace.json")
    after = desk.session.home(a)
    assert after
    assert after.vault is before.vault
    assert rules(desk, a) == ["missing-note"]
    put(vault, ".obsidian/templates.json", '{"folder": "t"}')
    desk.tell(vault / ".obsidian/templates.json")
    assert rules(desk, a) == []


def test_settings_that_cannot_be_read_from_the_start(vault: Path) -> None:
    put(vault, "ytvault.toml", "select = [\n")
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[nothing]].\n")
    assert rules(desk, a) == []
    assert [f.file.name for f in desk.faults] == ["ytvault.toml"]
    put(vault, "ytvault.toml", "")
    desk.tell(vault / "ytvault.toml")
    assert (rules(desk, a), desk.faults) == (["missing-note"], ())


def test_settings_are_checked_as_they_are_typed(vault: Path) -> None:
    desk = Desk()
    desk.put(vault / "a.md", "")
    settings = desk.put(vault / "ytvault.toml", 'stamp = "x"\n')
    assert [f.line for f in desk.faults] == [1]
    desk.put(vault / "ytvault.toml", '\nfail-on = "eror"\n')
    assert [f.line for f in desk.faults] == [2]
    desk.put(vault / "ytvault.toml", "")
    assert desk.faults == ()
    assert desk.found(settings) == []


def test_a_rule_without_its_library_is_left_out(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processor.base.extras.find_spec", lambda _name: None)
    put(vault, "ytvault.toml", '\nextend-select = ["unlinked-mention"]\n')
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[nothing]].\n")
    assert rules(desk, a) == ["missing-note"]
    (fault,) = desk.faults
    assert fault.line == 2
    assert fault.message.startswith("unlinked-mention needs the library ahocorasick-rs")


def test_a_baseline_holds(vault: Path) -> None:
    entry = '{"path": "a.md", "rule": "missing-note", "text": "[[nothing]]", "count": 1}'
    put(vault, "known.json", f'{{"version": 1, "findings": [{entry}]}}')
    put(vault, "ytvault.toml", 'baseline = "known.json"\n')
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[nothing]].\n")
    assert rules(desk, a) == []
    desk.put(vault / "a.md", "See [[nothing]], [[nowhere]].\n")
    assert [f.message for f in desk.found(a)] == ['no note is called "nowhere"']
    put(vault, "known.json", "[")
    desk.tell(vault / "known.json")
    assert rules(desk, a) == ["missing-note", "missing-note"]
    assert [f.file.name for f in desk.faults] == ["known.json"]


def test_templates_and_what_is_out_of_the_vault_are_silent(vault: Path) -> None:
    put(vault, ".obsidian/templates.json", '{"folder": "templates"}')
    desk = Desk()
    text = "See [[nothing]].\n"
    for path in ("templates/t.md", ".trash/a.md", "a.txt", "../out.md"):
        assert rules(desk, desk.put(vault / path, text)) == [], path
    assert rules(desk, desk.put(vault / "deep/er/x.md", text)) == ["missing-note"]
    assert [line for line in desk.lines if "out.md lies in no vault" in line]


def test_several_vaults(vault: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    put(other, ".obsidian/app.json", "{}")
    put(other, "nothing.md", "")
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[nothing]].\n")
    b = desk.put(other / "a.md", "See [[nothing]].\n")
    assert (rules(desk, a), rules(desk, b)) == (["missing-note"], [])
    inner = desk.put(vault / "in/x.md", "See [[a]].\n")
    assert rules(desk, inner) == []
    put(vault, "in/ytvault.toml", "")
    desk.tell(vault / "in/ytvault.toml")
    assert rules(desk, inner) == ["missing-note"]  # it is a vault of its own now
    assert find_root(vault / "in/x.md") == vault / "in"


def test_a_rule_that_fails_is_named_and_left_out(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from processor.rules.links import missing_note

    def fails(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(missing_note, "of_fault", fails)
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[nothing]] and [[b#None]].\n")
    assert rules(desk, a) == ["broken-heading"]
    assert desk.session.home(a).vault.mendable("a.md")  # type: ignore[union-attr]
    assert [line for line in desk.lines if "the rule missing-note failed on a.md" in line]
    b = desk.put(vault / "b.md", "## None\n")
    assert rules(desk, a) == []  # a note that is judged without a rule is still followed
    assert rules(desk, b) == []


def test_two_documents_on_one_note(vault: Path, tmp_path: Path) -> None:
    (vault / "second.md").symlink_to(vault / "a.md")
    desk = Desk()
    a = desk.put(vault / "a.md", "See [[nothing]].\n")
    second = desk.put(vault / "second.md", "See [[b#None]].\n")
    assert rules(desk, second) == ["broken-heading"]
    assert rules(desk, a) == rules(desk, second)  # the last text counts


def test_every_rule_has_a_page() -> None:
    from processor.server.diagnostics import page_of

    for rule in all_rules().values():
        page = page_of(rule)
        assert page
        assert rule.summary in page.read_text(encoding="utf-8")
