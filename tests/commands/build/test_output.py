"""What is written to a folder, what is refused, and that a build killed at any step is completed by the next."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.base.parallel import processes_for
from processor.commands.build import copying
from processor.commands.build.making import CannotBuild, Made, make, read_manifest
from processor.commands.build.manifest import ManifestError, decode, fingerprint
from processor.commands.build.options import Options
from processor.commands.build.places import FILE, FOLDER, refusal
from processor.commands.build.writing import write_copy
from processor.config import Config, load_config
from processor.disk import swap, walk
from tests.cli.running import put
from tests.commands.build.promises import contents, snapshot
from tests.commands.build.vaults import FILES, IDS, talk


def made(vault: Path, out: Path, **options: object) -> Made:
    return make(vault, str(out), walk(vault), load_config(vault), Options(**options), read_manifest(str(out)))


def written(vault: Path, out: Path, **options: object) -> Made:
    result = made(vault, out, **options)
    assert result.changes.refused == ()
    if result.copy is not None:
        assert write_copy(result.copy) == []
    return result


def test_all_is_copied_and_the_source_is_as_it_was(vault: Path, out: Path) -> None:
    before = snapshot(vault)
    written(vault, out)
    assert snapshot(vault) == before
    copy = contents(out)
    assert sorted(copy) == sorted([*(set(FILES) - {".trash/gone.md"}), "Index.md", FILE])
    for path in ("ow/p.png", "bad.md", ".obsidian/app.json", ".obsidian/plugins/x/main.js"):
        assert copy[path] == (vault / path).read_bytes()
    assert b"[[a|A]]" in copy["ow/ow.md"]
    assert not any(os.path.samefile(vault / p, out / p) for p in FILES if (out / p).exists())


def test_a_second_build_writes_nothing(vault: Path, out: Path) -> None:
    written(vault, out)
    before = snapshot(out)
    for path in FILES:  # times count for nothing
        os.utime(vault / path, (1, 1))
    again = made(vault, out)
    assert again.copy is None
    assert not again.changes
    assert snapshot(out) == before


def test_what_is_as_in_the_source_keeps_its_time(vault: Path, out: Path) -> None:
    put(vault, "plain.md", "Words.\n")
    for path in ("plain.md", "ow/p.png", "ow/a.md"):
        os.utime(vault / path, ns=(10**18, 10**18 + 7))
    written(vault, out)
    assert {p: (out / p).stat().st_mtime_ns == 10**18 + 7 for p in ("plain.md", "ow/p.png", "ow/a.md")} == {
        "plain.md": True,
        "ow/p.png": True,
        "ow/a.md": False,  # it was mended
    }
    put(vault, "plain.md", "More words.\n")
    os.utime(vault / "plain.md", ns=(10**18, 10**18 + 9))
    written(vault, out)
    assert (out / "plain.md").stat().st_mtime_ns == 10**18 + 9


def test_the_copy_depends_on_nothing_but_the_source(vault: Path, out: Path, tmp_path: Path) -> None:
    written(vault, out)
    elsewhere = tmp_path / "another place/vault"
    for path, text in reversed(FILES.items()):
        put(elsewhere, path, text)
    written(elsewhere, tmp_path / "other")
    assert contents(out) == contents(tmp_path / "other")


@pytest.mark.skipif(sys.platform != "linux", reason="no forks there")
@pytest.mark.parametrize("options", [{}, {"unsafe": True, "related": True, "missing": "stub"}, {"missing": "unlink"}])
def test_the_number_of_processes_makes_no_difference(
    out: Path, options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = Path(__file__).parents[3] / "vault"
    one = made(sample, out, **options)
    for module in ("base.parallel", "load.scan"):
        monkeypatch.setattr(f"processor.{module}.FEWEST", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert processes_for(10) == 3
    several = made(sample, out, **options)
    assert (several.files, several.report) == (one.files, one.report)


def test_only_what_changed_is_written(vault: Path, out: Path) -> None:
    written(vault, out)
    before = snapshot(out)
    put(vault, "ow/c.md", talk("C"))
    (vault / "ow/b.md").unlink()
    result = written(vault, out)
    assert sorted(result.changes.write) == ["Index.md", "ow/c.md", "ow/ow.md"]
    assert list(result.changes.remove) == ["ow/b.md"]
    now = snapshot(out)
    assert {p for p in now if p in before and now[p] != before[p] and (out / p).is_file()} == {
        "Index.md",
        "ow/ow.md",
        FILE,
    }
    assert not (out / "ow/b.md").exists()


def test_a_folder_that_becomes_empty_goes(vault: Path, out: Path) -> None:
    put(vault, "x/y/z.md", "z")
    written(vault, out)
    (vault / "x/y/z.md").unlink()
    written(vault, out)
    assert not (out / "x").exists()


def test_a_file_may_become_a_folder_and_back(vault: Path, out: Path) -> None:
    put(vault, "x", "a file")
    written(vault, out)
    (vault / "x").unlink()
    put(vault, "x/y.md", "in a folder")
    written(vault, out)
    assert (out / "x/y.md").is_file()
    (vault / "x/y.md").unlink()
    (vault / "x").rmdir()
    put(vault, "x", "a file again")
    written(vault, out)
    assert (out / "x").read_bytes() == b"a file again"


def test_obsidians_settings_are_copied_once_and_then_its_own(vault: Path, out: Path) -> None:
    written(vault, out)
    put(out, ".obsidian/app.json", '{"changed": true}')
    put(out, ".obsidian/workspace.json", "{}")
    (vault / ".obsidian/plugins/x/main.js").unlink()
    put(vault, "ow/c.md", talk("C"))
    written(vault, out)
    assert (out / ".obsidian/app.json").read_bytes() == b'{"changed": true}'
    assert (out / ".obsidian/plugins/x/main.js").exists()
    for path in sorted((out / ".obsidian").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (out / ".obsidian").rmdir()
    put(vault, "ow/d.md", talk("D"))
    written(vault, out)
    assert not (out / ".obsidian").exists()


def test_other_options_and_settings_make_another_copy(vault: Path, out: Path) -> None:
    written(vault, out)
    assert made(vault, out, related=True).changes
    put(vault, "ytvault.toml", 'exclude = ["ow/a.md"]\n')
    assert "ow/a.md" in made(vault, out).changes.write


def test_the_report_of_a_build_that_has_nothing_to_do_is_the_old_one(vault: Path, out: Path) -> None:
    first = written(vault, out, missing="stub")
    assert made(vault, out, missing="stub").report == first.report


# Refusals


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        (lambda _, o: put(o, "ow/a.md", "edited"), "ow/a.md", "edited since it was built"),
        (lambda _, o: put(o, "ow/p.png", "drawn over"), "ow/p.png", "edited since it was built"),
        (lambda v, o: (put(v, "new.md", "new"), put(o, "new.md", "mine")), "new.md", "no build made it"),
        (
            lambda v, o: ((v / "ow/b.md").unlink(), put(o, "ow/b.md", "edited")),
            "ow/b.md",
            "left the vault, and was edited",
        ),
    ],
)
def test_what_a_person_did_in_the_copy_is_not_lost(
    vault: Path, out: Path, change: Callable[[Path, Path], object], path: str, reason: str
) -> None:
    written(vault, out)
    change(vault, out)
    refused = made(vault, out).changes.refused
    assert [(r.path, r.final) for r in refused] == [(path, False)]
    assert reason in refused[0].reason


def test_a_file_of_the_same_bytes_is_taken_for_ours(vault: Path, out: Path) -> None:
    written(vault, out)
    put(vault, "new.md", "new\n")
    put(out, "new.md", "new\n")
    assert made(vault, out).changes.refused == ()


def test_what_is_not_in_the_way_stays(vault: Path, out: Path) -> None:
    written(vault, out)
    put(out, "my own.md", "mine")
    put(vault, "ow/c.md", talk("C"))
    written(vault, out)
    assert (out / "my own.md").read_bytes() == b"mine"


def test_a_link_a_folder_or_a_file_in_the_way_is_never_written_through(vault: Path, out: Path, tmp_path: Path) -> None:
    written(vault, out)
    (tmp_path / "elsewhere").mkdir()
    os.rename(out / "ow/a.md", tmp_path / "elsewhere/a.md")
    (out / "ow/a.md").symlink_to(tmp_path / "elsewhere/a.md")
    (out / "ow/b.md").unlink()
    (out / "ow/b.md").mkdir()
    refused = made(vault, out).changes.refused
    assert [(r.path, r.final) for r in refused] == [("ow/a.md", True), ("ow/b.md", True)]


def test_a_folder_that_is_a_symbolic_link_is_refused_for_what_goes_too(vault: Path, out: Path, tmp_path: Path) -> None:
    put(vault, "old/x.md", "x")
    written(vault, out)
    os.rename(out / "old", tmp_path / "moved")
    (out / "old").symlink_to(tmp_path / "moved")
    (vault / "old/x.md").unlink()
    refused = made(vault, out).changes.refused
    assert [(r.path, r.final) for r in refused] == [("old", True)]


def test_a_file_where_the_copy_has_a_folder_is_refused(vault: Path, out: Path) -> None:
    written(vault, out)
    put(out, "new", "mine")
    put(vault, "new/x.md", "x")
    assert [(r.path, r.final) for r in made(vault, out).changes.refused] == [("new", True)]


def test_a_folder_that_is_not_ours_is_refused(vault: Path, out: Path) -> None:
    put(out, "thesis.md", "mine")
    with pytest.raises(CannotBuild, match="no build made it"):
        read_manifest(str(out))
    assert read_manifest(str(out), force=True) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"format": 99}',
    ],
)
def test_a_damaged_manifest_is_an_error_and_no_crash(data: bytes) -> None:
    with pytest.raises(ManifestError):
        decode(data)


@pytest.mark.parametrize(
    "path", ["../x.md", "/etc/passwd", "a/../../x", ".obsidian/app.json", "a\\..\\x", "", "a//b", "x\0"]
)
def test_a_manifest_that_names_what_no_build_makes_is_none(vault: Path, out: Path, path: str) -> None:
    written(vault, out)
    data = json.loads((out / FILE).read_bytes())
    for key in ("files", "before"):
        with pytest.raises(ManifestError):
            decode(json.dumps({**data, key: {path: "0" * 64}}).encode())


def test_where_a_copy_may_lie(vault: Path, out: Path, tmp_path: Path) -> None:
    assert refusal(vault, out) is None
    assert "is the vault itself" in str(refusal(vault, vault))
    assert "lies in the vault" in str(refusal(vault, vault / "sub/out"))
    assert "holds the vault" in str(refusal(vault, tmp_path))
    (tmp_path / "link").symlink_to(vault)
    assert "is the vault itself" in str(refusal(vault, tmp_path / "link"))
    assert "lies in the vault" in str(refusal(vault, tmp_path / "link/out"))
    assert "lies in the vault" in str(refusal(tmp_path / "link", vault / "out"))
    put(tmp_path, "file", "x")
    assert "is no folder" in str(refusal(vault, tmp_path / "file"))
    written(vault, out)
    (out / "in").symlink_to(vault / "ow")
    assert "a symbolic link into the vault" in str(refusal(vault, out))
    (out / "in").unlink()
    (vault / "in").symlink_to(out)
    assert "would be part of its source" in str(refusal(vault, out))


def test_a_file_that_cannot_be_read_stops_the_build(vault: Path, out: Path) -> None:
    listing = walk(vault)
    (vault / "ow/p.png").unlink()
    with pytest.raises(CannotBuild, match=r"ow/p\.png"):
        make(vault, str(out), listing, Config(), Options(), None)


def test_a_file_that_changes_while_it_is_copied_is_refused(vault: Path, out: Path) -> None:
    result = made(vault, out)
    put(vault, "ow/p.png", "another")
    assert result.copy is not None
    problems = write_copy(result.copy)
    assert [p.path for p in problems] == ["ow/p.png"]
    assert "build again" in problems[0].message
    written(vault, out)
    assert (out / "ow/p.png").read_bytes() == b"another"


def test_a_note_that_is_edited_in_the_copy_while_it_is_written_stays(vault: Path, out: Path) -> None:
    written(vault, out)
    put(vault, "ow/a.md", talk("A", body="new"))
    result = made(vault, out)
    put(out, "ow/a.md", "edited meanwhile")
    assert result.copy is not None
    assert [p.path for p in write_copy(result.copy)] == ["ow/a.md"]
    assert (out / "ow/a.md").read_bytes() == b"edited meanwhile"
    assert [r.path for r in made(vault, out).changes.refused] == ["ow/a.md"]


def test_the_fingerprint_knows_every_setting(vault: Path) -> None:
    files = {"a.md": "0" * 64}
    one = fingerprint(files, Config(), Options())
    others = [
        fingerprint({"b.md": "0" * 64}, Config(), Options()),
        fingerprint({"a.md": "1" * 64}, Config(), Options()),
        fingerprint(files, Config(url_style="short"), Options()),
        fingerprint(files, Config(select=("links",)), Options()),
        fingerprint(files, Config().merge_cli(select=("links",)), Options()),
        fingerprint(files, Config(), Options(related=True)),
        fingerprint(files, Config(), Options(missing="stub")),
        fingerprint(files, Config(), Options(), ["Talk [n3Vq8ZtKp0A].vtt 0"]),
    ]
    assert len({one, *others}) == len(others) + 1
    assert fingerprint(files, Config(origins={"select": "elsewhere"}), Options()) == one


def test_a_large_file_is_hashed_and_copied_whole(tmp_path: Path) -> None:
    data = os.urandom(3_000_001)
    put(tmp_path, "a", data)
    copying.copy_file(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "b").read_bytes() == data
    assert copying.digest_file(str(tmp_path / "a")) == copying.digest(data)


# Interrupted

STEPS = ("open", "replace", "rename", "unlink", "rmdir", "mkdir", "fsync", "write", "link")


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do some work in a process of its own that ends at its `step`th call of the system. False: it came to its end."""
    child = os.fork()
    if child == 0:  # pragma: no cover  another process
        left = step

        def counted(call: Callable[..., object]) -> Callable[..., object]:
            def counting(*args: object, **kwargs: object) -> object:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)
                return call(*args, **kwargs)

            return counting

        try:  # whatever becomes of it, this process must not go on with the tests
            for name in STEPS:
                setattr(os, name, counted(getattr(os, name)))
            call, keep, exchange = swap._rename() or (None, 0, 0)
            if call:
                swap._rename = lambda: (counted(call), keep, exchange)
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
@pytest.mark.parametrize("changed", [False, True], ids=["first build", "later build"])
def test_killed_at_any_step_the_next_build_completes_it(vault: Path, tmp_path: Path, changed: bool) -> None:
    whole, step = tmp_path / "whole", 0
    while True:
        step += 3 if step > 30 else 1
        out = tmp_path / f"out{step}"
        if changed:
            for path, text in FILES.items():
                put(vault, path, text)
            (vault / "new.md").unlink(missing_ok=True)
            written(vault, out)
            put(vault, "new.md", talk("New"))
            put(vault, "ow/a.md", talk("A", body="changed"))
            put(vault, "ow/p.png", "changed")
            (vault / "ow/b.md").unlink()
        if not whole.exists():
            written(vault, whole)
        result = made(vault, out)
        assert result.copy is not None
        interrupted = killed_at(step, lambda copy=result.copy: write_copy(copy))
        written(vault, out)
        assert contents(out) == contents(whole), f"killed at step {step}"
        assert made(vault, out).copy is None
        if not interrupted:
            break
    assert step > 40


@pytest.mark.slow
def test_killed_at_random_moments_fifty_times(tmp_path: Path) -> None:
    import random

    vault, whole = tmp_path / "vault", tmp_path / "whole"
    for n in range(60):
        body = f'<a class="yt-timestamp" data-t="00:01:10">[00:01:10]</a> [[n{n + 9}]]'
        put(vault, f"ow/n{n}.md", talk(f"N{n}", IDS[n % 4], body=body))
    for n in range(600):
        put(vault, f"files/{n}.bin", os.urandom(5_000))
    command = [sys.executable, "-m", "processor", "build", str(vault), "--related", "--missing", "stub", "--out"]

    def writing(out: Path) -> subprocess.Popen[bytes]:
        """A build that has begun to write."""
        process = subprocess.Popen([*command, str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (out / FOLDER / "new").exists():
            time.sleep(0.001)
        return process

    process, started = writing(whole), time.monotonic()
    assert process.wait() == 0
    longest = time.monotonic() - started
    chance, kills, ended = random.Random(8), 0, 0
    out = tmp_path / "out0"
    while kills < 50:
        process = writing(out)
        time.sleep(chance.uniform(0, longest))
        if process.poll() is not None:  # it was faster, and has nothing to write there any more
            ended += 1
            out = tmp_path / f"whole{ended}"
            continue
        process.kill()
        kills += 1
        process.wait()
        if kills % 5:
            continue  # killed again before it could complete
        subprocess.run([*command, str(out)], check=True, capture_output=True)
        assert contents(out) == contents(whole)
        out = tmp_path / f"out{kills}"
