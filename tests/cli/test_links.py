"""`ytvault links`, as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import put, write, ytvault


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    return write(
        tmp_path / "vault",
        hub="See [[licences]] and\n![[scan.png|300]] [h](#hub).\n",
        talks__licences="# Kinds\n\nA block. ^b1\n",
        talks__a="[[licences#Kinds|kinds]] [[licences#None]] [[licences#^b2]] [[nobody]] [[nobody]]\n",
        papers__licences="---\nup: '[[a]]'\n---\n[[Licences!]]\n",
        papers__data="[[NOBODY.md]] [[the lost]] [[00:12:30]]\n",
        **{"papers__scan.png": b""},
    )


NEAREST = "files under the note's own folder come first, and of these the shortest path"


def lines(*args: str, cwd: Path) -> list[str]:
    ran = ytvault("links", *args, cwd=cwd)
    assert (ran.status, ran.err) == (0, "")
    return ran.out.splitlines()


def test_the_links_of_a_note(vault: Path) -> None:
    assert lines("talks/a.md", cwd=vault) == [
        "talks/a.md",
        f"  1:1   [[licences#Kinds|kinds]] → talks/licences.md ({NEAREST}); also fits papers/licences.md",
        f'  1:26  [[licences#None]] → talks/licences.md ({NEAREST}); also fits papers/licences.md; it has no heading "None", so it opens at the top',
        f'  1:44  [[licences#^b2]] → talks/licences.md ({NEAREST}); also fits papers/licences.md; it has no block "^b2", so it opens at the top',
        "  1:61  [[nobody]] leads nowhere: no file has that name",
        "  1:72  [[nobody]] leads nowhere: no file has that name",
        "",
        "5 links: leading nowhere: 2; to a heading that is not there: 1; to a block that is not there: 1.",
    ]


def test_all_links_and_a_folder(vault: Path) -> None:
    out = lines(cwd=vault)
    assert [x for x in out if x and x[0] != " "] == [
        "hub.md",
        "papers/data.md",
        "papers/licences.md",
        "talks/a.md",
        "13 links: leading nowhere: 6; to a heading that is not there: 2; to a block that is not there: 1.",
    ]
    assert "  4:1  [[Licences!]] leads nowhere: no file has that name; did you mean papers/licences.md?" in out
    assert lines("talks", cwd=vault)[-1].startswith("5 links")
    assert lines("a.md", cwd=vault / "talks")[0] == "a.md"


def test_json_is_in_the_terms_of_inspect(vault: Path) -> None:
    found = json.loads("\n".join(lines("talks/a.md", "--output-format", "json", cwd=vault)))
    assert found[0] == {
        "path": "talks/a.md",
        "line": 1,
        "column": 1,
        "original": "[[licences#Kinds|kinds]]",
        "link": "licences#Kinds",
        "embed": False,
        "resolved": "talks/licences.md",
        "status": "ok",
        "rule": "folder",
        "reason": NEAREST,
        "candidates": ["talks/licences.md", "papers/licences.md"],
    }
    assert [x["status"] for x in found] == ["ok", "missing-heading", "missing-block", "missing", "missing"]
    inspected = json.loads(ytvault("inspect", "talks/a.md", cwd=vault).out)[0]["links"]
    assert [(x["link"], x["resolved"], x["status"]) for x in inspected] == [
        (x["link"], x["resolved"], x["status"]) for x in found
    ]


def test_csv(vault: Path) -> None:
    rows = list(csv.DictReader(io.StringIO("\n".join(lines("--output-format", "csv", "talks", cwd=vault)))))
    assert rows[0]["candidates"].split() == ["talks/licences.md", "papers/licences.md"]
    assert (rows[0]["embed"], rows[3]["resolved"], rows[3]["status"]) == ("false", "", "missing")


def test_no_links(vault: Path) -> None:
    put(vault, "empty.md", "")
    assert lines("empty.md", cwd=vault) == ["0 links."]
    assert lines("empty.md", "--output-format", "json", cwd=vault) == ["[]"]
    assert lines("empty.md", "--output-format", "csv", cwd=vault) == []


def test_explain(vault: Path) -> None:
    assert lines("--explain", "[[licences]]", "--from", "papers/data.md", cwd=vault) == [
        f"[[licences]] in papers/data.md leads to papers/licences.md: {NEAREST}.",
        "",
        "The 2 files that fit, in the order in which they would be taken:",
        "  1. papers/licences.md",
        "  2. talks/licences.md",
        "",
        "In this vault's style its path is written papers/licences.",
    ]
    assert lines("--explain", "[t](talks/licences.md#Kinds)", cwd=vault)[0] == (
        "[t](talks/licences.md#Kinds) in a note at the vault's root leads to talks/licences.md: an exact path from the "
        "vault's root comes first."
    )
    assert lines("--explain", "licences#None", "--from", "talks/a", cwd=vault)[1] == (
        'But it has no heading "None", so it opens at the top.'
    )
    assert lines("--explain", "Licences!", "--from", "talks/a", cwd=vault) == [
        "[[Licences!]] in talks/a.md leads to nothing: no file has that name.",
        "Did you mean talks/licences.md?",
    ]
    assert lines("--explain", "#Kinds", "--from", "talks/licences.md", cwd=vault) == [
        "[[#Kinds]] in talks/licences.md leads to talks/licences.md: a link without a path leads into its own note."
    ]


def test_explain_as_data(vault: Path) -> None:
    out = lines("--explain", "licences", "--from", "talks/a.md", "--output-format", "json", cwd=vault)
    found = json.loads(out[0])
    assert (found["from"], found["resolved"], found["rule"]) == ("talks/a.md", "talks/licences.md", "folder")


def test_backlinks(vault: Path) -> None:
    expected = [
        "hub.md",
        "  1:5  [[licences]]",
        "",
        "talks/a.md",
        "  1:1   [[licences#Kinds|kinds]]",
        "  1:26  [[licences#None]]",
        "  1:44  [[licences#^b2]]",
        "",
        "4 links from 2 notes lead to talks/licences.md.",
    ]
    assert lines("--to", "talks/licences.md", cwd=vault) == expected
    assert lines("--to", "talks/licences", cwd=vault) == expected
    assert lines("--to", "../talks/licences.md", cwd=vault / "papers")[-1] == expected[-1]
    assert lines("--to", "[[a]]", cwd=vault)[-1] == "1 link from 1 note leads to talks/a.md."
    assert lines("--to", "papers/scan.png", cwd=vault)[0:2] == ["hub.md", "  2:1  ![[scan.png|300]]"]
    assert lines("--to", "papers/data.md", cwd=vault) == ["0 links lead to papers/data.md."]
    found = json.loads("\n".join(lines("--to", "talks/a.md", "--output-format", "json", cwd=vault)))
    assert [(x["path"], x["original"]) for x in found] == [("papers/licences.md", "[[a]]")]


def test_missing_most_wanted_first(vault: Path) -> None:
    assert lines("--missing", cwd=vault) == [
        "2 notes, 3 links  nobody",
        "                  in papers/data.md, talks/a.md",
        "  1 note, 1 link  the lost",
        "                  in papers/data.md",
        "  1 note, 1 link  Licences! (did you mean papers/licences.md?)",
        "                  in papers/licences.md",
        "",
        "5 links ask for 3 files that no one has.",
    ]
    assert lines("--missing", "talks", cwd=vault)[0] == "1 note, 2 links  nobody"
    assert lines("--missing", "hub.md", cwd=vault) == ["Every link leads somewhere."]
    found = json.loads("\n".join(lines("--missing", "--output-format", "json", cwd=vault)))
    assert found[0] == {"link": "nobody", "times": 3, "notes": ["papers/data.md", "talks/a.md"], "meant": []}
    rows = list(csv.reader(io.StringIO("\n".join(lines("--missing", "--output-format", "csv", cwd=vault)))))
    assert rows[0] == ["link", "times", "notes", "meant"]
    assert rows[3] == ["Licences!", "1", "papers/licences.md", "papers/licences.md"]


@pytest.mark.parametrize(("args", "why"), [
    (("--to", "hub.md", "--missing"), "ask one"),
    (("hub.md", "--to", "hub.md"), "a note of its own goes not with --to"),
    (("--from", "hub.md"), "--from goes with --explain"),
    (("--explain", "x", "--from", "nobody"), "there is no file nobody"),
    (("--to", "Licences!"), "did you mean"),
    (("--explain", ""), "is no link"),
    (("nowhere.md",), "nowhere.md does not exist"),
    (("papers/scan.png",), "is no note"),
])  # fmt: skip
def test_a_wrong_call(vault: Path, args: tuple[str, ...], why: str) -> None:
    ran = ytvault("links", *args, cwd=vault)
    assert ran.status == 2
    assert why in ran.err
