"""`ytvault config`, as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from processor.config import load_config
from tests.cli.running import put, ytvault

FILE = """\
select = ["ALL"]
ignore = ["unknown-callout"]

[per-file-ignores]
"Inbox/*" = ["links"]

[properties."the date"]
type = "date"
values = ["a \\"b\\"", 1, true]
required = ["transcript", "talks/"]

[rules.orphan-note]
allow = ["daily/"]
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    put(tmp_path / "vault", "ytvault.toml", FILE)
    put(tmp_path / "vault", ".obsidian/app.json", '{"useMarkdownLinks": true}')
    put(tmp_path / "vault", ".obsidian/types.json", '{"types": {"rating": "number"}}')
    put(tmp_path / "vault", "talks/a.md", "x")
    return tmp_path / "vault"


def test_each_value_has_its_origin(vault: Path) -> None:
    ran = ytvault("config", cwd=vault)
    assert (ran.status, ran.err) == (0, "")
    lines = {" ".join(line.split()) for line in ran.out.splitlines()}
    assert {
        f"# The vault {vault}",
        "# Configured by ytvault.toml",
        'select = ["ALL"] # ytvault.toml:1',
        'per-file-ignores = { "Inbox/*" = ["links"] } # ytvault.toml:4',
        'properties."the date".type = "date" # ytvault.toml:8',
        'rules.orphan-note.allow = ["daily/"] # ytvault.toml:13',
        'timestamps.style = "markdown" # default',
        "# schema # not set",
        "# useMarkdownLinks = true # .obsidian/app.json",
        '# newLinkFormat = "shortest" # default',
        '# types.rating = "number" # .obsidian/types.json',
    } <= lines


def test_the_text_is_a_configuration_that_means_the_same(vault: Path) -> None:
    before = load_config(vault)
    put(vault, "ytvault.toml", ytvault("config", cwd=vault).out)
    after = load_config(vault)
    options = {rule: before.options.get(rule, given) for rule, given in after.options.items()}
    assert replace(after, origins={}, options={}) == replace(before, origins={}, options={})
    assert after.options == options  # the defaults of each rule are written out too
    assert after.expected.properties["the date"].values == ('a "b"', 1, True)


def test_json(vault: Path) -> None:
    told = json.loads(ytvault("config", "talks/a.md", "--output-format", "json", cwd=vault).out)
    assert told["vault"] == vault.as_posix()
    assert told["file"] == (vault / "ytvault.toml").as_posix()
    settings = {s["key"]: (s["value"], s["origin"]) for s in told["settings"]}
    assert settings["select"] == (["ALL"], "ytvault.toml:1")
    assert settings["per-file-ignores"] == ({"Inbox/*": ["links"]}, "ytvault.toml:4")
    assert settings["fail-on"] == ("warning", "default")
    assert settings["schema"] == (None, "default")
    assert settings["useMarkdownLinks"] == (True, ".obsidian/app.json")
    assert told["rules"]["orphan-note"] == "warning"
    assert "unknown-callout" not in told["rules"]


def test_paths_count_from_the_current_folder(vault: Path) -> None:
    assert "# ../ytvault.toml:1\n" in ytvault("config", cwd=vault / "talks").out
    elsewhere = ytvault("config", "vault", "--config", "vault/ytvault.toml", cwd=vault.parent)
    assert "# vault/ytvault.toml:1\n" in elsewhere.out


def test_a_vault_without_a_file(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    ran = ytvault("config", cwd=tmp_path)
    assert "# No file configures it: `ytvault init` writes one" in ran.out
    assert json.loads(ytvault("config", "--output-format", "json", cwd=tmp_path).out)["file"] is None


def test_what_is_wrong(vault: Path) -> None:
    assert ytvault("config", "gone.md", cwd=vault).status == 2
    put(vault, "ytvault.toml", "\nselct = 1")
    ran = ytvault("config", cwd=vault)
    assert ran.status == 2
    assert "ytvault.toml:2" in ran.err
    put(vault, "ytvault.toml", "")
    put(vault, ".obsidian/types.json", "{")
    ran = ytvault("config", cwd=vault)
    assert ran.status == 0
    assert "types.json holds no valid settings" in ran.err


def test_a_baseline_that_the_file_names(vault: Path) -> None:
    note = "From: [[nowhere]]\n\n[[ ]]\n"
    put(vault, "ytvault.toml", "")
    put(vault, "talks/b.md", note)
    assert ytvault("lint", cwd=vault).status == 1
    assert ytvault("lint", "--write-baseline", "known.json", cwd=vault).status == 0
    put(vault, "ytvault.toml", 'baseline = "known.json"\n')
    ran = ytvault("lint", cwd=vault / "talks")
    assert ran.status == 0
    assert "Left out, as" in ran.out
    put(vault, "talks/b.md", note + "\n[[elsewhere]]\n")
    ran = ytvault("lint", "--output-format", "concise", cwd=vault)
    assert [line.rpartition("[")[2] for line in ran.out.splitlines() if "b.md:" in line] == ["missing-note]"]
    before = (vault / "known.json").read_text(encoding="utf-8")
    ytvault("lint", "--write-baseline", "known.json", cwd=vault)  # all of today's findings, those known before too
    assert len((vault / "known.json").read_text(encoding="utf-8")) > len(before)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind is a POSIX thing")
@pytest.mark.parametrize("configured", [False, True])
def test_the_first_lint_of_a_messy_vault_leads_on(vault: Path, configured: bool) -> None:
    import pty

    put(vault, "talks/b.md", "\n".join(f"[[ ]] {i}" for i in range(300)))
    if not configured:
        (vault / "ytvault.toml").unlink()
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "NO_COLOR": "1", "COLUMNS": "120"}
    with subprocess.Popen(
        [sys.executable, "-m", "processor", "lint", "vault"], cwd=vault.parent, stdout=theirs, env=environment
    ):
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # on Linux the end
                break
            if not more:
                break
            shown += more
    os.close(ours)
    text = shown.decode()
    assert ("ytvault init vault" in text) is not configured
    assert "ytvault lint vault --write-baseline vault/ytvault-baseline.json" in text
    assert "ytvault rule malformed-link" in text


def test_single_settings(vault: Path) -> None:
    put(vault, "ytvault.toml", '\nselect = ["links"]\n[timestamps]\nurl = "short"\n')
    assert ytvault("config", "select", cwd=vault).out == 'select = ["links"]  # ytvault.toml:2\n'
    expect = (
        'timestamps.style = "markdown"  # default\ntimestamps.url = "short"       # ytvault.toml:4\n'
        "# timestamps.forms             # not set\ntimestamps.ignore-forms = []   # default\n"
    )
    assert ytvault("config", "timestamps", cwd=vault).out == expect
    assert ytvault("config", "timestamps", "vault", cwd=vault.parent).out == expect.replace("yt", "vault/yt")
    assert ytvault("config", "fail-on", "select", cwd=vault).out.splitlines() == [
        'select = ["links"]   # ytvault.toml:2',
        'fail-on = "warning"  # default',
    ]
    assert ytvault("config", "baseline", cwd=vault).out == "# baseline  # not set\n"
    assert ytvault("config", "properties", cwd=vault).out == "# properties: nothing is set\n"
    assert ytvault("config", "newLinkFormat", cwd=vault).out.startswith('# newLinkFormat = "shortest"  # ')
    told = json.loads(ytvault("config", "timestamps.url", "--output-format", "json", cwd=vault).out)
    assert [(s["key"], s["value"]) for s in told["settings"]] == [("timestamps.url", "short")]


def test_what_is_no_setting(vault: Path) -> None:
    ran = ytvault("config", "slect", cwd=vault)
    assert (ran.status, ran.out) == (2, "")
    assert 'slect is no setting, and there is no file or folder of that name; did you mean "select"?' in ran.err
    (vault / "select").mkdir()
    (vault / "b").mkdir()
    assert ytvault("config", "select", cwd=vault).out.count("\n") == 1
    assert ytvault("config", "./select", cwd=vault).out.count("\n") > 9
    assert ytvault("config", "./select", "b", cwd=vault).status == 2
