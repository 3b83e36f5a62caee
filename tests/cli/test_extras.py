"""What needs a library that is not there says how to get it, as this program was installed."""

from __future__ import annotations

import json
import pickle
import re
import sys
import tomllib
from pathlib import Path

import pytest

from processor.base.extras import EXTRAS, MissingExtraError, require
from processor.cli import hints
from processor.cli.installing import Installation, advice
from processor.rules.expected import _validator
from tests.cli.running import called, put

ERROR = MissingExtraError("--watch", "watch")
URL = "https://example.org/o/ytvault.git"


def test_the_extras_are_those_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {name: libraries for name, libraries in project["optional-dependencies"].items() if name != "all"}
    assert declared == {name: [library.requirement] for name, library in EXTRAS.items()}
    assert project["optional-dependencies"]["all"] == [f"ytvault[{','.join(EXTRAS)}]"]


def said(prefix: Path, **more: object) -> str:
    """The line that is to be typed or copied."""
    found = Installation(prefix, str(prefix / "bin/python"), **more)
    first, line = advice(ERROR, found).rstrip("\n").split("\n\n")
    assert first.startswith('--watch needs the library watchfiles, which comes with the extra "watch". ')
    return line.strip()


def test_pip(tmp_path: Path) -> None:
    python = tmp_path / "bin/python"
    assert said(tmp_path) == f"{python} -m pip install 'watchfiles>=1.0'"
    assert said(tmp_path / "my env").startswith(f"'{tmp_path}/my env/bin/python' -m pip")
    managed = said(tmp_path, is_system=True, is_managed=True)
    assert managed == f"{python} -m pip install --break-system-packages 'watchfiles>=1.0'"
    assert said(tmp_path, is_managed=True) == said(tmp_path)
    assert said(tmp_path, has_pip=False) == f"uv pip install --python {python} 'watchfiles>=1.0'"
    git = {"url": URL, "vcs_info": {"vcs": "git", "commit_id": "0" * 40}}
    assert said(tmp_path, direct_url=git) == said(tmp_path)


def test_an_editable_clone(tmp_path: Path) -> None:
    clone = tmp_path / "my clone"
    put(clone, "pyproject.toml", "")
    url = {"url": clone.as_uri(), "dir_info": {"editable": True}}
    assert said(tmp_path, direct_url=url) == f"{tmp_path}/bin/python -m pip install -e '{clone}[watch]'"
    moved = {"url": (tmp_path / "gone").as_uri(), "dir_info": {"editable": True}}
    assert said(tmp_path, direct_url=moved) == said(tmp_path)
    once = {"url": clone.as_uri(), "dir_info": {}}
    assert said(tmp_path, direct_url=once) == said(tmp_path)


def test_pipx(tmp_path: Path) -> None:
    put(tmp_path, "ytvault-dev/pipx_metadata.json", "{}")
    assert said(tmp_path / "ytvault-dev") == "pipx inject ytvault-dev 'watchfiles>=1.0'"


@pytest.mark.parametrize(
    ("received", "words"),
    [
        ([{"name": "ytvault"}], "ytvault"),
        ([{"name": "ytvault", "specifier": ">=0.1"}], "'ytvault>=0.1'"),
        ([{"name": "ytvault", "directory": "/c/a b"}], "'ytvault @ file:///c/a%20b'"),
        ([{"name": "ytvault", "editable": "/c"}], "--editable /c"),
        ([{"name": "ytvault", "git": f"{URL}?rev=main"}], f"'ytvault @ git+{URL}@main'"),
        ([{"name": "ytvault", "git": URL}], f"'ytvault @ git+{URL}'"),
        (
            [{"name": "ytvault", "extras": ["schema"], "url": "https://x/y.whl"}, {"name": "ahocorasick-rs"}],
            "'ytvault[schema] @ https://x/y.whl' --with ahocorasick-rs",
        ),
        (
            [{"name": "b", "specifier": ">1"}, {"name": "ytvault"}, {"name": "c", "editable": "/c"}],
            "ytvault --with 'b>1' --with-editable /c",
        ),
    ],
)
def test_uv_is_told_again_what_it_was_told(received: list[dict[str, object]], words: str, tmp_path: Path) -> None:
    tables = ", ".join(
        "{" + ", ".join(f"{key} = {json.dumps(value)}" for key, value in one.items()) + "}" for one in received
    )
    put(tmp_path, "uv-receipt.toml", f"[tool]\nrequirements = [{tables}]\n")
    assert said(tmp_path) == f"uv tool install {words} --with 'watchfiles>=1.0'"


def test_a_hook_runner(tmp_path: Path) -> None:
    for place in ("pre-commit/repo1/py_env-python3.13", "prek/hooks/python-AbC"):
        assert said(tmp_path / place) == 'additional_dependencies: ["watchfiles>=1.0"]'
    assert ".pre-commit-config.yaml" in advice(ERROR, Installation(tmp_path / "py_env-python3", "python"))


def test_what_crosses_between_processes() -> None:
    again = pickle.loads(pickle.dumps(ERROR))
    assert (again.what, again.extra, str(again)) == ("--watch", "watch", str(ERROR))


# Each thing that needs one


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault, where none of the libraries is there."""
    monkeypatch.setattr("processor.base.extras.find_spec", lambda _name: None)
    put(tmp_path, "v/.obsidian/app.json", "{}")
    return put(tmp_path, "v/a.md", "# A\n").parent


def installs(library: str, extra: str, text: str) -> bool:
    """Whether a text says how to install a library; where ytvault is installed from a clone, by the clone's extra."""
    return f"'{library}>=" in text or re.search(rf"install -e '[^']+\[{extra}\]'", text) is not None


@pytest.mark.parametrize(
    ("args", "what", "library"),
    [
        (("lint", "--select", "unlinked-mention"), "unlinked-mention", "ahocorasick-rs"),
        (("lint", "--extend-select", "ALL", "--fix"), "unlinked-mention", "ahocorasick-rs"),
        (("lint", "-", "--select", "unlinked-mention"), "unlinked-mention", "ahocorasick-rs"),
        (("build", ".", "--out", "../out", "--link-mentions"), "--link-mentions", "ahocorasick-rs"),
    ],
)
def test_what_needs_a_library_says_so_before_it_begins(
    args: tuple[str, ...], what: str, library: str, vault: Path
) -> None:
    before = sorted(vault.parent.rglob("*"))
    ran = called(*args, cwd=vault)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"Error: {what} needs the library {library}, which comes with the extra ")
    assert installs(library, "mentions", ran.err)
    assert sorted(vault.parent.rglob("*")) == before


def test_what_does_not_need_it_runs_without(vault: Path) -> None:
    put(vault, "ytvault.toml", 'extend-select = ["unlinked-mention"]\n')
    assert called("lint", cwd=vault).status == 2
    for args in (("links",), ("rename", "a.md", "b"), ("convert", "--to", "links"), ("inspect",), ("config",)):
        assert called(*args, cwd=vault).status == 0, args
    assert called("lint", "--ignore", "unlinked-mention", cwd=vault).status == 0


def test_a_schema_names_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "s.json", "{}")
    put(tmp_path, "ytvault.toml", 'schema = "s.json"\n')
    _validator.cache_clear()
    for module in ("jsonschema", "jsonschema.exceptions"):
        monkeypatch.setitem(sys.modules, module, None)
    ran = called("lint", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err.startswith(f'Error: `schema = "s.json"` in {tmp_path}/ytvault.toml needs the library jsonschema, ')
    assert installs("jsonschema", "schema", ran.err)


def test_what_is_there_is_enough() -> None:
    require("anything", "watch")
    with pytest.raises(KeyError):
        require("anything", "no such extra")


def test_windows_quotes_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints.os, "name", "nt")
    assert hints.shell(["pip", "install", "a b>=1"]) == 'pip install "a b>=1"'


def test_the_server_says_so_before_it_begins(vault: Path) -> None:
    ran = called("server", cwd=vault)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith('Error: ytvault server needs the library pygls, which comes with the extra "lsp"')
    assert installs("pygls", "lsp", ran.err)
