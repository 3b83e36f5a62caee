"""`--diff`: what a program is given, and what a person sees."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base.diff import unified_diff
from processor.cli.diffs import _painted
from processor.report.terminal import Paint
from tests.cli.running import Ran, put, write, ytvault

NOTE = "---\ntitle: A\nvideoId: dQw4w9WgXcQ\n---\n\nSee [00:00:07] and\u200b [[Other note]].\n"
COMMANDS = (
    ("lint", "--diff"),
    ("convert", "--to", "anchors", "--diff"),
    ("rename", "--diff", "linked.md", "moved.md"),
)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    write(
        tmp_path,
        note=NOTE,
        other_note="---\ntitle: Other note\n---\n\n-- [[linked]]\n",
        linked="---\nvideoId: dQw4w9WgXcQ\ntitle: B\n---\n\n"
        "[00:00:07](https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=7s)\r\nno end",
    )
    put(tmp_path, "ytvault.toml", "")
    return tmp_path


def on_a_terminal(*args: str, cwd: Path, **env: str) -> Ran:
    """What a person sees, on standard output and error alike, of the command on a terminal of 80 columns."""
    import pty  # which Windows has not

    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "PAGER", "LESS", "COLUMNS")}
    environment |= {"PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm", "COLUMNS": "80", **env}
    process = subprocess.Popen(
        [sys.executable, "-m", "processor", *args], cwd=cwd, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    while True:
        if not select.select([ours], [], [], 60)[0]:
            process.kill()
            raise AssertionError(f"it waits: {shown!r}")
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # it has ended
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return Ran(process.wait(), shown.decode().replace("\r\n", "\n"), "")


needs_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")


@pytest.mark.skipif(not shutil.which("git"), reason="no git")
@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: args[0])
@pytest.mark.parametrize("both", [False, True], ids=["alone", "with-what-is-said"])
def test_git_takes_what_a_program_is_given(vault: Path, args: tuple[str, ...], both: bool) -> None:
    ran = ytvault(*args, cwd=vault)
    assert ran.status == 1
    assert "\x1b" not in ran.out
    assert ran.err.endswith("; nothing was written.\n")
    subprocess.run(["git", "init", "-q"], cwd=vault, check=True)
    given = ran.out + (ran.err if both else "")
    subprocess.run(["git", "apply", "-"], cwd=vault, input=given.encode(), check=True)
    there = {p.name: p.read_bytes() for p in vault.glob("*.md")}
    assert ytvault("undo", cwd=vault).status == 2  # the program has written nothing
    subprocess.run(["git", "apply", "-R", "-"], cwd=vault, input=given.encode(), check=True)
    ytvault(*(arg for arg in args if arg != "--diff"), *(["--fix"] if args[0] == "lint" else []), cwd=vault)
    assert {p.name: p.read_bytes() for p in vault.glob("*.md")} == there


@pytest.mark.skipif(not shutil.which("git"), reason="no git")
def test_git_takes_the_difference_of_a_build(vault: Path) -> None:
    out = vault.parent / "out"
    build = ("build", str(vault), "--out", str(out))
    ytvault(*build, cwd=vault.parent)
    ran = ytvault(*build, "--related", "--diff", cwd=vault.parent)
    assert ran.err == "3 files would be written.\n"
    subprocess.run(["git", "init", "-q"], cwd=out, check=True)
    subprocess.run(["git", "apply", "-"], cwd=out, input=ran.out.encode(), check=True)
    shutil.rmtree(out / ".git")
    made = {p.relative_to(out): p.read_bytes() for p in out.rglob("*.md")}
    shutil.rmtree(out)
    ytvault(*build, "--related", cwd=vault.parent)
    assert {p.relative_to(out): p.read_bytes() for p in out.rglob("*.md")} == made
    again = ytvault(*build, "--related", "--diff", cwd=vault.parent)
    assert (again.out, again.err, again.status) == ("", "Nothing would change.\n", 0)


@pytest.mark.parametrize(("args", "said"), [
    (("lint", "--diff"), "1 note would change, by 2 fixes; nothing was written."),
    (("lint", "--diff", "--select", "timestamps"), "1 note would change, by 1 fix; nothing was written."),
    (("lint", "--diff", "--show-fixes"), "note.md: would mend 1 broken-link and 1 unlinked-timestamp\n1 note would"),
    (("lint", "--diff", "linked.md"), "Nothing would change."),
    (("lint", "--diff", "--quiet"), ""),
    (("convert", "--to", "anchors", "--diff"), "1 note would change, 1 link in all; nothing was written."),
    (("convert", "--to", "links", "--diff"), "Nothing would change."),
    (("rename", "--diff", "linked.md", "moved.md"),
     "1 file would be renamed and 1 link in 1 file would change; nothing was written."),
    (("rename", "--diff", "note.md", "moved.md"), "1 file would be renamed; nothing was written."),
])  # fmt: skip
def test_how_much_that_is_is_said_where_it_is_in_no_program_s_way(
    vault: Path, args: tuple[str, ...], said: str
) -> None:
    ran = ytvault(*args, cwd=vault)
    assert said in ran.err
    assert bool(said) == bool(ran.err)
    assert "would" not in ran.out


@needs_a_terminal
@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: args[0])
def test_a_person_sees_colours(vault: Path, args: tuple[str, ...]) -> None:
    ran = on_a_terminal(*args, cwd=vault, PAGER="cat")
    assert "\x1b[36m@@ -" in ran.out
    assert ("\x1b[31m-" in ran.out) == ("\x1b[32m+" in ran.out) == True  # noqa: E712
    assert ran.out.endswith("; nothing was written.\n")


@needs_a_terminal
def test_a_removed_line_of_dashes_is_no_header_and_what_is_unseen_is_shown(vault: Path) -> None:
    ran = on_a_terminal("rename", "--diff", "linked.md", "moved.md", cwd=vault, PAGER="cat")
    # in front of what differs, and behind it, the line is alike
    parts = (
        "\x1b[31m--- [[\x1b[0m\x1b[31;7mlink\x1b[0m\x1b[31med]]\x1b[0m\n",
        "\x1b[32m+-- [[\x1b[0m\x1b[32;7mmov\x1b[0m\x1b[32med]]\x1b[0m\n",
    )
    assert "".join(parts) in ran.out
    assert "and<U+200B> " in on_a_terminal("lint", "--diff", cwd=vault, PAGER="cat").out


@needs_a_terminal
@pytest.mark.parametrize("env", [{"NO_COLOR": "1", "PAGER": "cat"}, {"TERM": "dumb", "PAGER": "no-such-pager"}])
def test_who_wants_no_colours_sees_none(vault: Path, env: dict[str, str]) -> None:
    ran = on_a_terminal("lint", "--diff", cwd=vault, **env)
    assert "\x1b" not in ran.out
    assert "+See [00:00:07](https://" in ran.out


@needs_a_terminal
@pytest.mark.parametrize("pager", ["{} less", "cat | {} less", "  {} less  "])
def test_the_pager_is_given_all_of_it(vault: Path, pager: str) -> None:
    script = put(vault, ".pager", '#!/bin/sh\nprintf "%s\\n" "LESS=$LESS"\nsed s/^/paged:/\n')
    script.chmod(0o700)
    ran = on_a_terminal("lint", "--diff", cwd=vault, PAGER=pager.format(script))
    assert "LESS=FRX\npaged:\x1b[1m--- a/note.md" in ran.out
    assert ran.out.endswith("\n1 note would change, by 2 fixes; nothing was written.\n")  # behind it, not paged
    assert ran.status == 1
    assert "LESS=-S\n" in on_a_terminal("lint", "--diff", cwd=vault, PAGER=str(script), LESS="-S").out


@needs_a_terminal
@pytest.mark.parametrize("pager", ["no-such-pager --at-all", "", "cat", '"'])
def test_without_a_pager_it_is_shown_all_the_same(vault: Path, pager: str) -> None:
    assert "See [00:00:07](https://" in on_a_terminal("lint", "--diff", cwd=vault, PAGER=pager).out


@needs_a_terminal
def test_who_has_seen_enough_leaves(vault: Path) -> None:
    for i in range(300):
        put(vault, f"n{i}.md", NOTE)
    ran = on_a_terminal("lint", "--diff", cwd=vault, PAGER="head -n 1")
    assert (ran.status, "Traceback" in ran.out) == (1, False)
    assert ran.out.endswith("301 notes would change, by 602 fixes; nothing was written.\n")


@needs_a_terminal
@pytest.mark.parametrize("args", [("--help",), ("lint", "--help"), ("lint", "no/such/note.md"), ("lint", "--selct", "x"),
                                  ("rule", "broken-link"), ("rule",), ("links", "--missing"), ("lint",)])  # fmt: skip
def test_lines_fit_a_narrow_terminal(vault: Path, args: tuple[str, ...]) -> None:
    ran = on_a_terminal(*args, cwd=vault, COLUMNS="40", NO_COLOR="1")
    lines = ran.out.splitlines()
    assert len(lines) > 1 or args[-1] == "no/such/note.md"
    assert [line for line in lines if len(line) > 40] == []


@needs_a_terminal
def test_the_configuration_means_the_same_on_a_narrow_terminal(vault: Path) -> None:
    put(vault, "ytvault.toml", 'exclude = ["/a rather long name of a folder/", "/and one more/"]\n')
    shown = on_a_terminal("config", cwd=vault, COLUMNS="40").out
    assert tomllib.loads(shown) == tomllib.loads(ytvault("config", cwd=vault).out)
    assert [
        line for line in shown.splitlines() if line.startswith("#") and len(line) > 40 and len(line.split()) > 2
    ] == []


PLAIN = st.lists(st.text(st.sampled_from("ab-+@ \\程"), max_size=6), max_size=8)


@given(PLAIN, PLAIN)
def test_without_its_colours_a_diff_is_as_it_is(old: list[str], new: list[str]) -> None:
    a, b = ("\n".join(lines).encode() for lines in (old, new))
    plain = unified_diff("a.md", a, b) + unified_diff("b.md", b, a)
    shown = "".join(_painted([plain], Paint(on=True)))
    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == plain
    assert "".join(_painted([plain], Paint(on=False))) == plain
