"""What is suggested works as it is printed: each suggestion of many runs is typed in, accepted, and does what is said."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from processor.cli.hints import call_again, program, shell
from tests.cli.running import Ran, put, ytvault
from tests.repositories import Repo, environment

VIDEO = "---\ntitle: {0}\nvideoId: n3Vq8ZtKp0A\nduration: '30:00'\n---\n\nFrom: [[channel]] <br/>\n\n"
SAFE = VIDEO.format("Safe") + "\n\n".join(
    f'A {i} [[Channel]] <a class="yt-timestamp" data-t="00:0{i}:10">[00:0{i}:10]</a>' for i in range(6)
)
UNSAFE = "".join(
    VIDEO.format("Unsafe") + "\n".join(f"Part {i} [1{i}:10:00]" for i in range(1, 7)) + "\n\n[[nowhere]] [[a|b|c]]\n"
)
HUB = "---\ntitle: channel\n---\n\nNotes.\n"
FOLDER = "the vault's"  # it needs quotes in a shell
NOTES = {"channel.md": HUB, "a note.md": SAFE, "in box/o'clock.md": UNSAFE, "in box/-x.md": SAFE, "deep.md": "[[ ]]\n"}
COMMAND = re.compile(r"(?m)`(ytvault [^`]*)`|^  (ytvault .*?)(?:  |$)")


def commands(text: str) -> list[str]:
    """The commands that stand in a text, each once."""
    return list(dict.fromkeys(a or b for a, b in COMMAND.findall(text)))


def tree(place: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(place)): p.read_bytes()
        for p in sorted(place.rglob("*"))
        if p.is_file() and ".git/" not in p.as_posix() and ".own/" not in p.as_posix()
    }


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a vault, and beside it a configuration."""
    place = tmp_path / "place"
    for name, text in NOTES.items():
        put(place, f"{FOLDER}/{name}", text)
    (place / FOLDER / ".obsidian").mkdir()
    put(place, "my config.toml", 'ignore = ["misspelled-property"]\n')
    return place


def run(place: Path, *args: str, cwd: str = "", stdin: bytes | None = None) -> Ran:
    own = {f"XDG_{kind}_HOME": str(place / ".own" / kind) for kind in ("CACHE", "DATA")}
    return ytvault(*args, cwd=place / cwd, stdin=stdin, env={**environment(), **own, "COLUMNS": "200"})


def git(place: Path, inside: str) -> Repo:
    repo = Repo(place / inside)
    repo.git("add", ".")
    repo.git("commit", "-qm", "1")
    return repo


def staged(place: Path) -> None:
    put(git(place, FOLDER).path, "in box/o'clock.md", UNSAFE.replace("Part 1", "Chapter 1"))
    Repo(place / FOLDER).git("add", ".")


def committed(place: Path) -> None:
    staged(place)
    Repo(place / FOLDER).git("commit", "-qm", "2")


def baseline(place: Path) -> None:
    assert run(place, "lint", "--write-baseline", "../known so far.json", cwd=FOLDER).status == 0


def configured(place: Path) -> None:
    baseline(place)
    put(place, f"{FOLDER}/ytvault.toml", 'baseline = "../known so far.json"\noutput-format = "concise"\n')


def nothing(_place: Path) -> None:
    """As it is."""


def another(place: Path) -> None:
    """A second vault, to be linted with the first."""
    put(place, "other/ytvault.toml", "")
    put(place, "other/channel.md", HUB)
    put(place, "other/b.md", SAFE)


def edited(place: Path) -> None:
    """A copy in which somebody wrote."""
    assert run(place, "build", FOLDER, "--out", "the copy").status == 0
    put(place, "the copy/deep.md", "Mine.\n")


SITUATIONS: dict[str, tuple[str, tuple[str, ...], Callable[[Path], None]]] = {
    "lint": (FOLDER, ("lint",), nothing),
    "from below": (f"{FOLDER}/in box", ("lint",), nothing),
    "a vault that is named": ("", ("lint", "--vault", FOLDER), nothing),
    "a folder that is named": ("", ("lint", FOLDER), nothing),
    "another configuration": (FOLDER, ("lint", "--config", "../my config.toml"), nothing),
    "both": ("", ("lint", "--vault", FOLDER, "--config", "my config.toml"), nothing),
    "rules": (FOLDER, ("lint", "--select", "timestamps,links", "--ignore", "missing-note", "--select=notes"), nothing),
    "more rules": (FOLDER, ("lint", "--extend-select", "orphan-note"), nothing),
    "several paths": (FOLDER, ("lint", "a note.md", "in box/o'clock.md"), nothing),
    "a dash": (f"{FOLDER}/in box", ("lint", "--", "-x.md"), nothing),
    "unsafe ones left": (FOLDER, ("lint", "in box/o'clock.md"), nothing),
    "two vaults": ("", ("lint", FOLDER, "other"), another),
    "standard input": (FOLDER, ("lint", "-"), nothing),
    "standard input by name": ("", ("lint", "-", "--stdin-filename", f"{FOLDER}/a note.md"), nothing),
    "standard input, mended": ("", ("lint", "-", "--fix", "--stdin-filename", f"{FOLDER}/a note.md"), nothing),
    "staged": (FOLDER, ("lint", "--staged"), staged),
    "staged, from elsewhere": ("", ("lint", "--staged", "--vault", FOLDER), staged),
    "commits": (FOLDER, ("lint", "--from-ref", "HEAD~1", "--to-ref", "HEAD"), committed),
    "a baseline": (FOLDER, ("lint", "--baseline", "../known so far.json"), baseline),
    "a baseline of the settings": (FOLDER, ("lint", "--output-format", "text"), configured),
    "a baseline that is written": ("", ("lint", FOLDER, "--write-baseline", "b.json"), nothing),
    "mended": (FOLDER, ("lint", "--fix"), nothing),
    "mended from elsewhere": ("", ("lint", FOLDER, "--fix"), nothing),
    "mended, probably": ("", ("lint", "--vault", FOLDER, "--unsafe-fixes"), nothing),
    "silenced": ("", ("lint", FOLDER, "--add-suppressions"), nothing),
    "what fails": (FOLDER, ("lint", "--fail-on", "error", "--exit-zero"), nothing),
    "statistics": (FOLDER, ("lint", "--statistics", "--fix"), nothing),
    "build": ("", ("build", FOLDER, "--out", "the copy"), nothing),
    "build, configured": ("", ("build", FOLDER, "--out", "c", "--config", "my config.toml", "--related"), nothing),
    "build, checked": ("", ("build", FOLDER, "--out", "the copy", "--check"), nothing),
    "build, edited": ("", ("build", FOLDER, "--out", "the copy"), edited),
    "init": (FOLDER, ("init",), nothing),
    "init from elsewhere": ("", ("init", FOLDER, "--pre-commit"), nothing),
    "init again": (FOLDER, ("init",), configured),
    "rename": (FOLDER, ("rename", "channel.md", "station"), nothing),
    "rename from elsewhere": ("", ("rename", f"{FOLDER}/channel.md", f"{FOLDER}/station"), nothing),
    "convert": ("", ("convert", "--to", "links", FOLDER), nothing),
    "config": ("", ("config", FOLDER), nothing),
    "links": (FOLDER, ("links", "--missing"), nothing),
    "cache": ("", ("cache", "info"), nothing),
    "no such rule": ("", ("rule", "zzz"), nothing),
    "no notes": ("", ("init", ".own"), lambda place: (place / ".own").mkdir(exist_ok=True)),
}
SILENT = {"links", "cache", "no notes", "a baseline that is written"}  # which suggest nothing


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_suggestion_works_as_printed(name: str, place: Path) -> None:
    cwd, args, prepare = SITUATIONS[name]
    prepare(place)
    stdin = SAFE.encode() if "-" in args else None
    original = tree(place)
    said = run(place, *args, cwd=cwd, stdin=stdin)
    told = said.out + "\n" + said.err
    suggested = commands(told)
    assert bool(suggested) is (name not in SILENT), told
    kept = place.with_name("kept")
    shutil.copytree(place, kept, symlinks=True)
    for suggestion in suggested:
        shutil.rmtree(place)
        shutil.copytree(kept, place, symlinks=True)
        program_, *words = shlex.split(suggestion)
        assert program_ == "ytvault"
        ran = run(place, *words, cwd=cwd, stdin=stdin)
        assert ran.status in (0, 1), (suggestion, ran)
        assert not re.search("Error|Usage", ran.err), (suggestion, ran)
        _does_what_is_said(suggestion, words, told, ran, place, original)


def _does_what_is_said(
    suggestion: str, words: list[str], told: str, ran: Ran, place: Path, original: dict[str, bytes]
) -> None:
    after = tree(place)
    number = re.search(
        rf"{re.escape(suggestion)}`?\W+(?:would )?(?:mends?|shows|makes|reads the note again, and prints it with) ([\d,]+) ",
        told,
    )
    counted = int(number.group(1).replace(",", "")) if number else None
    if words[0] == "undo":
        assert {k: v for k, v in after.items() if not k.endswith(".json")} == original
    elif "--write-baseline" in words:
        assert "Wrote" in ran.out
    elif "-" in words and "--fix" in words:
        assert counted
        assert ran.out.count("https://www.youtube.com/") == 6
        assert counted >= 6
    elif "--diff" in words:
        assert ran.out.startswith("--- a/")
    elif "--fix" in words:
        assert counted is not None
        mended = re.search(r"Mended ([\d,]+) problem", ran.out)
        assert mended
        assert int(mended.group(1)) >= counted
        assert after != original
    elif words[0] == "build" and "--unsafe-fixes" in words:
        assert counted
        assert f"{counted} more fix" in told
        assert "--unsafe-fixes" not in ran.out
    elif words[0] == "init":
        assert f"{FOLDER}/ytvault.toml" in after
    elif "--all" in words:
        assert " more, in line" not in ran.out
        assert "Found" in ran.out or "Left" in ran.out or "No new problems" in ran.out
    else:
        assert ran.out


def test_a_shell_takes_them_too(place: Path, tmp_path: Path) -> None:
    script = put(tmp_path, "bin/ytvault", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m processor "$@"\n')
    script.chmod(0o755)
    said = run(place, "lint", "--vault", FOLDER, "--config", "my config.toml", f"{FOLDER}/in box/o'clock.md")
    fix = next(x for x in commands(said.out) if x.endswith(" --diff"))
    done = subprocess.run(
        ["/bin/sh", "-c", fix],
        cwd=place,
        env={
            **environment(),
            "PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Error" in done.stderr) == (1, False)
    assert done.stdout.startswith("--- a/in box/o'clock.md")


# What is repeated


@pytest.mark.parametrize("name", ["lint", "build"])
def test_what_is_repeated_is_said_as_it_was_given(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    command = importlib.import_module(f"processor.cli.{name}").command
    needed = ["--out", "o"] if name == "build" else []
    for param in command.params:
        words = _given(param)
        if isinstance(param, click.Argument):
            words, given = [*needed, *words], words
        else:
            given = words
            words = [*needed, *words, *([FOLDER] if name == "build" else [])]
            given = [] if given[:1] == ["--out"] else given
        with command.make_context(name, words):
            again = shlex.split(call_again("--x"))
        assert again[-1] == "--x"
        repeated = command.natures[param.name].repeated
        for i in range(len(again)):
            if given and again[i : i + len(given)] == given:
                break
        else:
            i = -1
        assert (i >= 0) is (repeated and bool(given)), (param.name, again)


def test_what_was_turned_off_is_turned_off_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    command = importlib.import_module("processor.cli.build").command
    with command.make_context("build", [FOLDER, "--out", "o", "--no-related", "--no-index", "--hubs"]):
        again = shlex.split(call_again())
    assert {"--no-related", "--no-index", "--hubs"} <= {*again}


def _given(param: click.Parameter) -> list[str]:
    """A parameter as a user gives it."""
    option = [] if isinstance(param, click.Argument) else [max(param.opts, key=len)]
    if isinstance(param, click.Option) and param.is_flag:
        return option
    if isinstance(param.type, click.Choice):
        return [*option, str(param.type.choices[-1])]
    if isinstance(param.type, click.IntRange):
        return [*option, "2"]
    if isinstance(param.type, click.Path) and param.type.exists:
        return [*option, FOLDER if param.type.dir_okay else "my config.toml"]
    if param.name == "reports":
        return [*option, "sarif=x"]
    return [*option, "it's & more"]


def test_a_default_is_not_repeated(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    command = importlib.import_module("processor.cli.lint").command
    with command.make_context("lint", []):
        assert call_again("--fix") == "ytvault lint --fix"
    with command.make_context("lint", ["-", "--stdin-filename", "-x.md", "--", "-y.md"]):
        assert call_again() == "ytvault lint - ./-y.md --stdin-filename ./-x.md"


@pytest.mark.skipif(not shutil.which("bash"), reason="no shell that knows $'…'")
def test_a_command_shows_itself_whatever_a_file_is_called() -> None:
    words = ["printf", "%s", "a\x1b[31m'\\ \n\u202e\udcff0.md"]
    line = shell(words)
    assert line == "printf %s $'a\\x1b[31m\\'\\\\ \\x0a\\xe2\\x80\\xae\\xff0.md'"
    assert subprocess.run(["bash", "-c", line], capture_output=True, check=True).stdout == os.fsencode(words[2])


def test_the_program_is_called_as_the_shell_finds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = put(tmp_path, "bin/ytvault", "#!/bin/sh\n")
    script.chmod(0o755)
    for argv, path, expected in [
        ("ytvault", "/nowhere", "ytvault"),
        (str(script), "/nowhere", str(script)),
        (str(script), str(script.parent), "ytvault"),
        ("/some/processor/__main__.py", "/nowhere", "ytvault"),
    ]:
        monkeypatch.setattr(sys, "argv", [argv])
        monkeypatch.setenv("PATH", path)
        assert program() == expected
    # of a hook the program is on the path only while the hook runs
    monkeypatch.setattr(sys, "prefix", "/cache/pre-commit/repo1/py_env-python3.13")
    monkeypatch.setattr(sys, "argv", [str(script)])
    monkeypatch.setenv("PATH", str(script.parent))
    assert program() == str(script)
    own = put(tmp_path, "own/ytvault", "#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{own.parent}")
    assert program() == "ytvault"


# What is said of mending, and of a baseline


def test_mending_says_how_to_take_it_back(place: Path) -> None:
    assert "`ytvault undo` takes that back." in run(place, "lint", "--fix", cwd=FOLDER).out
    put(place, f"{FOLDER}/a note.md", SAFE)
    out = run(place, "lint", FOLDER, "--fix").out
    assert f"`ytvault undo --vault {shlex.quote(FOLDER)}` takes that back." in out


def test_what_this_run_could_not_mend_is_not_said_to_be_mended_by_it(place: Path) -> None:
    ran = run(place, "lint", "--fix", cwd=FOLDER)
    assert "by --fix" not in ran.out
    assert not any(" --fix" in x for x in commands(ran.out))
    ran = run(place, "lint", "--unsafe-fixes", cwd=FOLDER)
    assert "by --unsafe-fixes" not in ran.out
    assert not any("-fix" in x for x in commands(ran.out))


def test_what_a_baseline_holds_and_could_be_mended_is_said(place: Path) -> None:
    baseline(place)
    ran = run(place, "lint", "--baseline", "../known so far.json", cwd=FOLDER)
    assert ran.status == 0
    assert ran.out.startswith("No new problems in 5 notes.\n")
    again = "ytvault lint --baseline '../known so far.json'"
    assert re.search(rf"`{re.escape(again)} --fix` would mend \d+ of them\.", ran.out)
    assert f"`{again} --unsafe-fixes --diff` shows 6 changes that are probably right." in ran.out
    ran = run(place, "lint", "--fix", "--baseline", "../known so far.json", cwd=FOLDER)
    assert "would mend" not in ran.out
    assert "--unsafe-fixes --diff` shows 6 changes" in ran.out


@pytest.mark.parametrize(
    ("settings", "file", "said"),
    [
        (None, "b.json", 'Put the line `baseline = "b.json"` into a new file ytvault.toml, and'),
        ("", "b.json", 'Put the line `baseline = "b.json"` at the top of ytvault.toml, and'),
        ('baseline = "a.json"\n', "x/b.json", 'baseline = "x/b.json"` at the top of ytvault.toml, in place of the one'),
        ('\n# baseline = "b.json"\n', "b.json", 'Take the # from line 2 of ytvault.toml, `# baseline = "b.json"`, and'),
        ('baseline = "b.json"\n', "b.json", ""),
    ],
)
def test_a_baseline_that_is_written_names_the_line_for_the_settings(
    settings: str | None, file: str, said: str, place: Path
) -> None:
    if settings is not None:
        put(place, f"{FOLDER}/ytvault.toml", settings)
    ran = run(place, "lint", "--write-baseline", file, cwd=FOLDER)
    assert said in ran.out
    assert ran.out.startswith("No new problems in 5 notes.\n")
    assert (place / FOLDER / file).exists()
    if not said:
        assert "only what is new" not in ran.out
        return
    line = re.search("`(?:# )?(baseline = .*?)`", ran.out)
    assert line
    put(place, f"{FOLDER}/ytvault.toml", line.group(1) + "\n")
    assert run(place, "lint", cwd=FOLDER).status == 0


def test_the_line_for_a_project_file(place: Path) -> None:
    put(place, "pyproject.toml", "[tool.ytvault]\n")
    out = run(place, "lint", "--write-baseline", "b.json", cwd=FOLDER).out
    assert f'`baseline = "{FOLDER}/b.json"` below [tool.ytvault] in ../pyproject.toml' in out


def test_diff_writes_no_baseline(place: Path) -> None:
    before = tree(place)
    ran = run(place, "lint", "--diff", "--write-baseline", "b.json", cwd=FOLDER)
    assert ran.status == 1
    assert "--diff writes nothing: b.json is as it was." in ran.err
    assert tree(place) == before


def test_a_baseline_that_is_read_and_written_forgets_only_what_is_gone(place: Path) -> None:
    args = ("lint", "--baseline", "b.json", "--write-baseline", "b.json")
    run(place, "lint", "--write-baseline", "b.json", cwd=FOLDER)
    first = (place / FOLDER / "b.json").read_text(encoding="utf-8")
    assert run(place, *args, cwd=FOLDER).status == 0
    assert (place / FOLDER / "b.json").read_text(encoding="utf-8") == first
    put(place, f"{FOLDER}/deep.md", "All is well.\n")
    ran = run(place, "lint", "--baseline", "b.json", cwd=FOLDER)
    assert "Gone, though b.json lists them: 1 finding. `ytvault lint --write-baseline b.json` forgets them." in ran.out
    run(place, *args, cwd=FOLDER)
    after = (place / FOLDER / "b.json").read_text(encoding="utf-8")
    assert after.count("\n") == first.count("\n") - 1
    assert "deep.md" not in after


def listed(place: Path) -> list[str]:
    lines = (place / FOLDER / "b.json").read_text(encoding="utf-8").splitlines()
    return [line.rstrip(",") for line in lines if '"rule"' in line]


@pytest.mark.parametrize("part", [["deep.md"], ["--select", "malformed-link"], ["--ignore", "links"], ["in box"]])
def test_a_baseline_that_is_written_by_a_part_keeps_what_it_lists_of_the_rest(place: Path, part: list[str]) -> None:
    run(place, "lint", "--write-baseline", "b.json", cwd=FOLDER)
    first = listed(place)
    ran = run(place, "lint", *part, "--write-baseline", "b.json", cwd=FOLDER)
    assert listed(place) == first
    assert re.search(r"Wrote \d+ findings? to b.json. The \d+ that it lists of what was not judged stay.", ran.out)


def test_what_a_part_mended_is_forgotten_alone(place: Path) -> None:
    run(place, "lint", "--write-baseline", "b.json", cwd=FOLDER)
    put(place, f"{FOLDER}/ytvault.toml", 'baseline = "b.json"\n')
    first = listed(place)
    ran = run(place, "lint", "in box", "--select", "shifted-timestamp", "--unsafe-fixes", cwd=FOLDER)
    assert "0 findings" not in ran.out
    anew = next(c for c in commands(ran.out) if "--write-baseline" in c)
    run(place, *shlex.split(anew)[1:], cwd=FOLDER)
    gone = [line for line in first if "shifted-timestamp" in line]
    assert gone
    assert listed(place) == [line for line in first if line not in gone]


def test_a_part_writes_over_no_file_that_is_no_baseline(place: Path) -> None:
    put(place, f"{FOLDER}/b.json", "<<<<<<< HEAD\n")
    ran = run(place, "lint", "deep.md", "--write-baseline", "b.json", cwd=FOLDER)
    assert (ran.status, ran.err) == (2, "Error: b.json: line 1: no valid JSON: Expecting value\n")
    assert run(place, "lint", "--write-baseline", "b.json", cwd=FOLDER).status == 0
    assert listed(place)


def test_one_baseline_is_not_that_of_two_vaults(place: Path) -> None:
    another(place)
    ran = run(place, "lint", FOLDER, "other", "--write-baseline", "b.json")
    assert ran.status == 2
    assert "baseline" in ran.err
    assert not (place / "b.json").exists()


def test_a_build_names_its_own_unsafe_fixes(place: Path) -> None:
    words = ("build", FOLDER, "--out", "the copy", "--missing", "stub")
    for _ in range(2):  # the second time from what is known of the copy
        out = run(place, *words).out
        mend = f"ytvault build {shlex.quote(FOLDER)} --out 'the copy' --unsafe-fixes --missing stub"
        assert "shifted-timestamp  by --unsafe-fixes" in out
        assert mend.replace(" --unsafe-fixes", "") + " --unsafe-fixes  makes 6 more fixes, each probably right" in out
    out = run(place, *words, "--unsafe-fixes").out
    assert "shifted-timestamp  " not in out
    assert "6 shifted-timestamp" in out
    assert "What is left for a person:" in out


def test_a_copy_is_shown_with_the_settings_that_it_was_built_by(place: Path) -> None:
    put(place, "above/pyproject.toml", '[tool.ytvault]\nignore = ["missing-note"]\n')
    shutil.move(place / FOLDER, place / "above" / FOLDER)
    out = run(place, "build", f"above/{FOLDER}", "--out", "copy").out
    shows = next(x for x in commands(out) if x.startswith("ytvault lint"))
    assert shows == "ytvault lint copy --config above/pyproject.toml"
    assert "missing-note" not in run(place, *shlex.split(shows)[1:]).out


def test_what_a_hook_runner_says_in_its_environment_is_said_in_options(place: Path) -> None:
    staged(place)
    repo = Repo(place / FOLDER)
    repo.git("commit", "-qm", "2")
    start, end = (repo.git("rev-parse", x).strip() for x in ("HEAD~1", "HEAD"))

    def suggested(**env: str) -> list[str]:
        words = ("lint", "--staged", "--select", "timestamps")
        return commands(ytvault(*words, cwd=place / FOLDER, env={**environment(), "PRE_COMMIT": "1", **env}).out)

    pushed = suggested(PRE_COMMIT_FROM_REF=start, PRE_COMMIT_TO_REF=end)
    call = f"ytvault lint --select timestamps --from-ref {start} --to-ref {end}"
    assert pushed[0] == f"{call} --unsafe-fixes --diff"
    assert run(place, *shlex.split(pushed[0])[1:], cwd=FOLDER).out.startswith("--- a/")
    assert suggested()[0] == "ytvault lint --select timestamps --fix"  # all files: nothing is staged
    put(repo.path, "a note.md", SAFE + " [00:09:09]\n")
    repo.git("add", ".")
    assert suggested(GIT_INDEX_FILE=".git/index")[0] == "ytvault lint --select timestamps --staged --fix"


def test_a_renaming_in_a_folder_that_is_named_names_it(place: Path) -> None:
    shutil.rmtree(place / FOLDER / ".obsidian")
    repo = git(place, "")
    repo.git("mv", f"{FOLDER}/channel.md", f"{FOLDER}/station.md")
    told = run(place, "lint", "--staged", "--vault", FOLDER, "--select", "broken-link")
    rename = next(x for x in commands(told.out) if x.startswith("ytvault rename"))
    assert shlex.split(rename)[2:4] == ["--vault", FOLDER]
    assert "changed with it" in (done := run(place, *shlex.split(rename)[1:])).out, done


def test_a_copy_is_shown_with_what_its_baseline_lists(place: Path) -> None:
    run(place, "lint", "--write-baseline", "b.json", cwd=FOLDER)
    put(place, f"{FOLDER}/ytvault.toml", 'baseline = "b.json"\n')
    for _ in range(2):
        out = run(place, "build", FOLDER, "--out", "copy").out
        shows = next(x for x in commands(out) if x.startswith("ytvault lint"))
        assert shows == "ytvault lint copy --no-baseline"
    left = {line.split()[2]: line.split()[0] for line in out.splitlines() if re.match(r" +\d+  (error|warning)", line)}
    ran = run(place, *shlex.split(shows)[1:], "--statistics")
    assert len(left) > 2
    assert {rule: n for n, _, rule, *_ in map(str.split, ran.out.splitlines()[1:-3]) if rule in left} == left


def test_what_the_settings_call_known_can_be_seen(place: Path) -> None:
    configured(place)
    words = ("lint", "--output-format", "text")
    ran = run(place, *words, cwd=FOLDER)
    assert ran.out.startswith("No new problems in 5 notes.\n\nLeft out, as ../known so far.json lists them: ")
    seen = next(x for x in commands(ran.out) if "--no-baseline" in x)
    shown = run(place, *shlex.split(seen)[1:], cwd=FOLDER)
    assert shown.status == 1
    assert "Found" in shown.out
    assert "Left out" not in shown.out
    assert run(place, "lint", "--baseline", "b", "--no-baseline", cwd=FOLDER).status == 2
