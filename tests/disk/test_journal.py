"""A run is whole or nothing, an interrupted one is rolled back, and the last one can be taken back."""

from __future__ import annotations

import errno
import io
import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.disk import batch, journal, record, write
from processor.disk.journal import BusyError, Change, Journal, JournalError, Move, recover
from processor.disk.record import Entry, Run

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights and links are others there")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YTVAULT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    for path in ("a.md", "b.md", "sub/c.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(f"old {path}".encode())
    return root


def state(root: Path) -> dict[str, bytes]:
    """Every file of the vault, hidden ones too."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def change(path: str, new: str | None = "") -> Change:
    return Change(path, f"old {path}".encode(), f"new {path}".encode() if new == "" else new and new.encode())


ALL = (change("a.md"), change("b.md"), change("sub/c.md"))
NEW = {c.path: c.new for c in ALL}
OLD = {c.path: c.old for c in ALL}


class Kill(BaseException):
    """Stands for a process that ends: nothing of ours runs after it."""


def counting(patch: pytest.MonkeyPatch, left: list[int], module: object, name: str) -> None:
    """Let a call end the process when `left` counts down to it."""
    real = getattr(module, name)

    def call(*args: object, **kwargs: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise Kill
        return real(*args, **kwargs)

    patch.setattr(module, name, call)


def at_once(_pool: object, function: Callable[..., object], *args: object) -> Future[object]:
    done: Future[object] = Future()
    done.set_result(function(*args))
    return done


def killed_at(vault: Path, step: int, act: Callable[[Journal], object]) -> bool:
    """Open the journal and act, with the process ending before the given step on the disk. False: there are fewer."""
    with pytest.MonkeyPatch.context() as patch:
        left = [step]
        for name in ("open", "write", "fsync", "unlink", "replace", "rename", "rmdir"):
            counting(patch, left, os, name)
        for module, name in ((write, "swap"), (write, "move"), (batch, "move")):
            counting(patch, left, module, name)
        # in one thread, and with nobody to roll back: as if it had ended there
        patch.setattr("concurrent.futures.ThreadPoolExecutor.submit", at_once)
        real = Journal._revert
        patch.setattr(Journal, "_revert", lambda self, **how: None if left[0] < 0 else real(self, **how))
        try:
            with Journal(vault) as opened:
                act(opened)
        except Kill:
            return True
        return False


def test_all_files_are_written(vault: Path) -> None:
    with Journal(vault) as opened:
        outcome = opened.write(ALL, command="lint --fix")
    assert outcome == (tuple(NEW), ())
    assert state(vault) == NEW


def test_nothing_to_write_leaves_no_trace(vault: Path) -> None:
    with Journal(vault) as opened:
        opened.write(ALL)
        assert opened.write(()) == ((), ())
        undone = opened.undo()
    assert undone is not None
    assert state(vault) == OLD


def test_undo_restores_every_byte_once(vault: Path) -> None:
    with Journal(vault) as opened:
        opened.write(ALL, command="lint --fix")
    with Journal(vault) as opened:
        undone = opened.undo()
        assert undone is not None
        assert undone.restored == tuple(OLD)
        assert (undone.problems, undone.command) == ((), "lint --fix")
        assert state(vault) == OLD
        assert opened.undo() is None


def test_undo_of_files_made_and_removed(vault: Path) -> None:
    before = state(vault)
    with Journal(vault) as opened:
        opened.write([Change("new/deep/d.md", None, b"made"), change("sub/c.md", None), Change("e.md", None, b"")])
        assert state(vault) == {"a.md": b"old a.md", "b.md": b"old b.md", "new/deep/d.md": b"made", "e.md": b""}
        opened.undo()
    assert state(vault) == before
    assert not (vault / "new").exists()


def test_undo_leaves_what_a_person_changed_since(vault: Path) -> None:
    with Journal(vault) as opened:
        opened.write([*ALL, Change("made.md", None, b"made")])
    (vault / "b.md").write_bytes(b"mine")
    (vault / "sub/c.md").unlink()
    (vault / "made.md").write_bytes(b"mine too")
    with Journal(vault) as opened:
        undone = opened.undo()
        assert undone is not None
        assert [tuple(p) for p in undone.problems] == [
            ("b.md", "not restored: it was changed after that run, and stays as it is"),
            ("sub/c.md", "not restored: it is no longer there"),
            ("made.md", "not restored: it was changed after that run, and stays as it is"),
        ]
        assert state(vault) == {"a.md": b"old a.md", "b.md": b"mine", "made.md": b"mine too"}
        (vault / "b.md").write_bytes(b"new b.md")  # the person takes the change back, and undo still knows
        opened.undo()
    assert (vault / "b.md").read_bytes() == b"old b.md"


def test_undo_knows_only_the_last_run(vault: Path) -> None:
    with Journal(vault) as opened:
        opened.write([change("a.md")])
        opened.write([change("b.md")])
        opened.undo()
        assert state(vault) == OLD | {"a.md": b"new a.md"}


def test_a_run_that_wrote_nothing_is_not_the_last(vault: Path) -> None:
    with Journal(vault) as opened:
        opened.write([change("a.md")])
        outcome = opened.write([Change("b.md", b"something else", b"x")])
        assert outcome.problems == (("b.md", "not written: it has changed since it was read"),)
        opened.undo()
    assert state(vault) == OLD


def test_one_that_cannot_be_written_does_not_hold_up_the_others(vault: Path) -> None:
    (vault / "b.md").write_bytes(b"edited")
    with Journal(vault) as opened:
        outcome = opened.write(ALL)
        assert outcome.written == ("a.md", "sub/c.md")
        assert outcome.problems == (("b.md", "not written: it has changed since it was read"),)
        assert state(vault) == NEW | {"b.md": b"edited"}
        undone = opened.undo()
    assert undone is not None
    assert undone.problems == ()
    assert state(vault) == OLD | {"b.md": b"edited"}


def test_files_that_belong_together_are_written_all_or_none(vault: Path) -> None:
    (vault / "b.md").write_bytes(b"edited")
    (vault / "d.md").write_bytes(b"old d.md")
    with Journal(vault) as opened:
        outcome = opened.write([*ALL, change("d.md")], together=[["a.md", "sub/c.md"], ["sub/c.md", "b.md"]])
    assert outcome.written == ("d.md",)
    assert dict(outcome.problems) == {
        "a.md": "left as it was: b.md would have to change with it",
        "b.md": "not written: it has changed since it was read",
        "sub/c.md": "left as it was: b.md would have to change with it",
    }
    assert state(vault) == OLD | {"b.md": b"edited", "d.md": b"new d.md"}


def test_a_file_is_renamed_with_the_links_to_it(vault: Path) -> None:
    moved = [Move("a.md", "x/y.md")]
    with Journal(vault) as opened:
        outcome = opened.write([Change("x/y.md", b"old a.md", b"new y"), change("b.md")], moves=moved)
        assert outcome == (("x/y.md", "x/y.md", "b.md"), ())
        assert state(vault) == {"x/y.md": b"new y", "b.md": b"new b.md", "sub/c.md": b"old sub/c.md"}
        opened.undo()
    assert state(vault) == OLD
    assert not (vault / "x").exists()


def test_a_rename_over_another_file_changes_nothing(vault: Path) -> None:
    with Journal(vault) as opened:
        outcome = opened.write([change("sub/c.md")], moves=[Move("a.md", "z.md"), Move("sub/c.md", "b.md")])
    assert outcome.written == ()
    assert ("sub/c.md", "not renamed: there is a file b.md already") in outcome.problems
    assert state(vault) == OLD


def test_a_rename_whose_links_cannot_be_changed_is_taken_back(vault: Path) -> None:
    (vault / "b.md").write_bytes(b"edited")
    with Journal(vault) as opened:
        outcome = opened.write([change("sub/c.md"), change("b.md")], moves=[Move("a.md", "x/y.md")])
        assert outcome.written == ()
        assert opened.undo() is None
    assert state(vault) == OLD | {"b.md": b"edited"}
    assert not (vault / "x").exists()


@pytest.mark.parametrize("rename", [False, True])
def test_killed_at_any_step(vault: Path, data: Path, rename: bool) -> None:
    moves = [Move("sub/c.md", "x/d.md")] if rename else []
    changes = (change("a.md"), change("b.md", None), Change("made/n.md", None, b"made"))
    whole = {"a.md": b"new a.md", "made/n.md": b"made", "x/d.md" if rename else "sub/c.md": b"old sub/c.md"}
    step = 0
    while killed_at(vault, step, lambda opened: opened.write(changes, moves=moves)):
        between = state(vault)
        assert between.get("a.md") in (b"old a.md", b"new a.md")
        assert between.get("b.md") in (b"old b.md", None)
        recover(vault)
        after = state(vault)
        assert after in (OLD, whole), f"killed before step {step}"
        if after == whole:  # the run had ended; take it back for the next turn
            with Journal(vault) as opened:
                opened.undo()
        assert state(vault) == OLD
        assert not (vault / "made").exists()
        assert not list(data.rglob("pending"))
        step += 1
    assert step > 15
    assert state(vault) == whole


def test_a_folder_is_renamed_and_killed_at_any_step(vault: Path) -> None:
    """The notes in it are changed by their new paths, which are not there before."""
    (vault / "sub/.hidden").write_bytes(b"h")
    old = OLD | {"sub/.hidden": b"h"}
    new = {"a.md": b"new a.md", "b.md": b"old b.md", "x/y/c.md": b"new c", "x/y/.hidden": b"h"}
    changes = (change("a.md"), Change("x/y/c.md", b"old sub/c.md", b"new c"))
    step = 0
    while killed_at(vault, step, lambda opened: opened.write(changes, moves=[Move("sub", "x/y")])):
        reverted = recover(vault)
        assert reverted is None or reverted.problems == (), f"killed before step {step}"
        if state(vault) == new:
            with Journal(vault) as opened:
                undone = opened.undo()
                assert undone is not None
                assert undone.problems == ()
        assert state(vault) == old, f"killed before step {step}"
        assert not (vault / "x").exists()
        step += 1
    assert step > 10
    assert state(vault) == new


def test_killed_while_taking_back(vault: Path) -> None:
    """An undo that is interrupted is finished by the next run."""
    changes = (change("a.md"), change("b.md", None), Change("made/n.md", None, b"made"))

    def run() -> None:
        with Journal(vault) as opened:
            opened.write(changes, moves=[Move("sub/c.md", "x/d.md")])

    run()
    step = 0
    while killed_at(vault, step, Journal.undo):
        if recover(vault) is None:  # it had not begun
            with Journal(vault) as opened:
                opened.undo()
        assert state(vault) == OLD, f"killed before step {step}"
        run()
        step += 1
    assert step > 10
    assert state(vault) == OLD


def test_killed_while_taking_back_what_was_edited_in_part(vault: Path) -> None:
    """What was edited stays, whenever the undo ends; and the run before it is taken back by the next one, and not before."""
    step = 0
    while True:
        for path, data in OLD.items():
            (vault / path).write_bytes(data)
        with Journal(vault) as opened:
            while opened.undo():
                pass
        for path, data in OLD.items():
            (vault / path).write_bytes(data)
        with Journal(vault) as opened:
            opened.write([change("sub/c.md")], command="first")
            opened.write([change("a.md"), change("b.md")], command="second")
        (vault / "b.md").write_bytes(b"mine")
        was_killed = killed_at(vault, step, Journal.undo)
        assert (vault / "b.md").read_bytes() == b"mine"
        recovered = recover(vault)
        if was_killed and recovered is None and (vault / "a.md").read_bytes() == b"new a.md":  # it had not begun
            with Journal(vault) as opened:
                opened.undo()
        assert state(vault) == OLD | {"b.md": b"mine", "sub/c.md": b"new sub/c.md"}, f"killed before step {step}"
        with Journal(vault) as opened:
            undone = opened.undo()
        assert undone is not None
        assert undone.command == "first"
        assert state(vault) == OLD | {"b.md": b"mine"}
        if not was_killed:
            break
        step += 1
    assert step > 5


def test_what_another_wrote_just_before_a_kill_gets_its_name_back(vault: Path) -> None:
    """Killed between the two swaps: their text lies under the spare name, ours in its place."""

    def steal(*args: object) -> object:
        result = write.exchange(*args)  # type: ignore[arg-type]
        spare = Path(str(args[1]))
        spare.write_bytes(b"theirs")
        raise Kill(result)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "exchange", steal)
        patch.setattr(Journal, "_revert", lambda *_, **__: None)
        with pytest.raises(Kill), Journal(vault) as opened:
            opened.write([change("a.md")])
    assert (vault / "a.md").read_bytes() == b"new a.md"
    recovered = recover(vault)
    assert recovered is not None
    assert state(vault) == OLD | {"a.md": b"theirs"}
    assert recovered.problems == (("a.md", "not restored: it was changed after that run, and stays as it is"),)


def test_ctrl_c_rolls_back_at_once(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def interrupted(*args: object) -> object:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return write.exchange(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "exchange", interrupted)
    with pytest.raises(KeyboardInterrupt), Journal(vault) as opened:
        opened.write(ALL)
    assert state(vault) == OLD
    with Journal(vault) as opened:
        assert opened.recovered is None
        assert opened.undo() is None


def test_what_is_written_is_closed_before_it_is_rolled_back(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handles: list[int] = []

    def interrupted(*args: object) -> int | None:
        if len(handles) == 2:
            raise KeyboardInterrupt
        handle = write.prepare(*args)  # type: ignore[arg-type]
        assert handle is not None
        handles.append(handle)
        return handle

    real = Journal._revert

    def revert(self: Journal, *, keep_pending: bool) -> object:
        for handle in handles:
            with pytest.raises(OSError, match="Bad file descriptor"):
                os.fstat(handle)
        return real(self, keep_pending=keep_pending)

    monkeypatch.setattr(batch, "prepare", interrupted)
    monkeypatch.setattr(Journal, "_revert", revert)
    with pytest.raises(KeyboardInterrupt), Journal(vault) as opened:
        opened.write(ALL)
    assert len(handles) == 2
    assert state(vault) == OLD


@pytest.mark.parametrize("first", [1, 70, 199])
def test_what_does_not_fit_beside_the_others_is_written_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    root = tmp_path / "many"
    root.mkdir()
    changes = [change(f"{n}.md") for n in range(200)]
    for c in changes:
        (root / c.path).write_bytes(c.old or b"")
    real, count = batch.make_durable, itertools.count()

    def full(path: str, handle: int) -> None:
        if next(count) >= first:
            real(path, handle)
            return
        os.close(handle)
        os.unlink(path)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(batch, "make_durable", full)
    with Journal(root) as opened:
        assert opened.write(changes).problems == ()
    assert state(root) == {c.path: c.new for c in changes}


@posix
def test_a_rollback_that_the_system_refuses_stays_pending(vault: Path) -> None:
    assert killed_at(vault, 27, lambda opened: opened.write(ALL))
    changed = [p for p, data in state(vault).items() if data == NEW.get(p)]
    assert changed, "the step is too early for this test"
    (vault / changed[0]).chmod(0o444)
    with pytest.raises(JournalError, match=f"{changed[0]}: not restored: it is read-only"):
        recover(vault)
    (vault / changed[0]).chmod(0o644)
    assert recover(vault) is not None
    assert state(vault) == OLD


def test_recover_with_nothing_to_do(vault: Path, data: Path) -> None:
    assert recover(vault) is None
    assert not data.exists()


def test_two_runs_at_once_exclude_each_other(vault: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from processor.disk.journal import Journal\n"
        "with Journal(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(vault)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "in\n"
        with pytest.raises(BusyError, match=r"another ytvault is writing to this vault.*try again when it has ended"):
            Journal(vault).__enter__()
        assert recover(vault) is None
        with Journal(vault.parent) as another:  # another vault is free
            assert another.recovered is None
        assert other.stdin
        other.stdin.close()
    with Journal(vault):
        pass


@pytest.mark.parametrize("at", ["first", "middle", "bytes", "end"])
def test_a_damaged_journal_is_kept_and_named(vault: Path, data: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    with Journal(vault) as opened:
        opened.write(ALL)
    (last,) = data.rglob("run-*")
    old = last.read_bytes()
    where = {"first": 0, "middle": old.index(b'"path"') + 1, "bytes": old.index(b"old a.md"), "end": len(old) - 5}[at]
    last.write_bytes(old[:where] + b"\xff" + old[where + 1 :])
    with Journal(vault) as opened, pytest.raises(JournalError, match="is damaged; it is kept as"):
        opened.undo()
    assert len(list(data.rglob("damaged-*"))) == 1
    assert state(vault) == NEW
    with Journal(vault) as opened:
        assert opened.undo() is None


def test_a_journal_that_cannot_be_written_stops_the_run_before_it_begins(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Journal(vault) as opened:
        monkeypatch.setattr(journal, "save", full)
        with pytest.raises(JournalError, match="cannot be written: no space left on device"):
            opened.write(ALL)
    assert state(vault) == OLD


def test_a_data_folder_that_cannot_be_used(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YTVAULT_DATA_DIR", str(vault / "a.md"))
    with pytest.raises(JournalError, match="cannot be used"):
        Journal(vault).__enter__()


@posix
def test_nothing_is_written_through_a_link_out_of_the_vault(vault: Path, tmp_path: Path) -> None:
    outside = tmp_path / "vault-outside"
    outside.mkdir()
    (outside / "o.md").write_bytes(b"old")
    (vault / "file.md").symlink_to(outside / "o.md")
    (vault / "folder").symlink_to(outside)
    with Journal(vault) as opened:
        outcome = opened.write([Change(p, b"old", b"new") for p in ("file.md", "folder/o.md", "../vault-outside/o.md")])
    assert dict(outcome.problems) == {
        "file.md": "not written: it is a symbolic link out of the vault",
        "folder/o.md": "not written: its folder is a symbolic link out of the vault",
        "../vault-outside/o.md": "not written: its folder is a symbolic link out of the vault",
    }
    assert (outside / "o.md").read_bytes() == b"old"


@posix
def test_a_link_inside_the_vault_stays_a_link(vault: Path) -> None:
    (vault / "l.md").symlink_to("a.md")
    with Journal(vault) as opened:
        outcome = opened.write([Change("l.md", b"old a.md", b"new a.md")])
    assert outcome.written == ("l.md",)
    assert (vault / "l.md").is_symlink()
    assert (vault / "a.md").read_bytes() == b"new a.md"


def test_many_files(tmp_path: Path) -> None:
    changes = [Change(f"d{i % 7}/n{i}.md", b"old %d" % i, b"new %d" % i) for i in range(600)]
    for c in changes:
        (tmp_path / "v" / c.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "v" / c.path).write_bytes(c.old or b"")
    with Journal(tmp_path / "v") as opened:
        assert len(opened.write(changes).written) == 600
        assert state(tmp_path / "v") == {c.path: c.new for c in changes}
        opened.undo()
    assert state(tmp_path / "v") == {c.path: c.old for c in changes}


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
digests = st.binary(max_size=20).map(record.digest) | st.none()
entries = st.builds(Entry, names, st.binary() | st.none(), digests, st.none())
entries |= st.builds(Entry, names, st.none(), st.none(), names)


@given(st.lists(entries), st.lists(names), st.frozensets(st.integers(0, 9)))
def test_a_record_is_read_as_it_was_written(found: list[Entry], folders: list[str], left: frozenset[int]) -> None:
    run = Run("id", "2025-01-31T12:00:00+00:00", 'lint "--fix"', folders, found)
    file = io.BytesIO()
    record.save(file, run, "/home/me/notes")
    assert record.load(file.getvalue()) == run
    record.save_left(file, sorted(left))
    assert record.load(file.getvalue()) == run._replace(left=left)
    assert record.load(file.getvalue()[:-3]) == run  # interrupted there


@given(st.binary(max_size=200))
def test_a_record_of_anything_else_raises_what_it_says(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        record.load(data)
