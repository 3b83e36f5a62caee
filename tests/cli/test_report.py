"""`ytvault report`, and `lint --report html=…`: the same figures as elsewhere, the same bytes each time."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from processor.vault.headings import shown_heading
from tests.cli.running import put, ytvault
from tests.commands.build.vaults import IDS, talk
from tests.report.pages import block, rows

SAMPLE = Path(__file__).parents[2] / "vault"
NOTE = "---\ntitle: {0}\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[hub]]\n\n{1}\n"


def page_of(folder: Path, *args: str) -> str:
    ran = ytvault("report", *args, "--out", "out.html", cwd=folder)
    assert ran.status == 0, ran
    return (folder / "out.html").read_text(encoding="utf-8")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    put(tmp_path, ".obsidian/app.json", "{}\n")
    put(tmp_path, "ow/hub.md", "---\ntitle: hub\n---\n\n- [[a]]\n- [[b]]\n")
    text = (
        'Said <a class="yt-timestamp" data-t="00:00:10">[00:00:10]</a> and [0:20](https://youtu.be/n3Vq8ZtKp0A?t=20).'
    )
    put(tmp_path, "ow/a.md", NOTE.format("a", f"{text} See [[b]], [[not there]] and [[Topical Authority]]."))
    put(tmp_path, "ow/b.md", NOTE.format("b", "See [[topical_authority]], [[a]], [[Not there]] and [[z z z z z]]."))
    put(tmp_path, "alone.md", "Nothing.\n")
    return tmp_path


def test_the_sample_vault(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "vault")
    page = page_of(tmp_path / "vault")
    counted = json.loads(ytvault("lint", "--statistics", "--output-format", "json", cwd=tmp_path / "vault").out)
    head = block(page, "head")
    names = ("rule", "severity", "count", "notes", "safe", "unsafe")
    assert [[rule[name] for name in names] for rule in head["rules"]] == [
        [row[name] for name in names] for row in counted
    ]
    assert head["notes"] == len(block(page, "notes")["path"]) == 43
    findings = json.loads(ytvault("lint", "--output-format", "json", cwd=tmp_path / "vault").out)
    expected = Counter((f["path"], f["rule"]) for f in findings)
    assert {(path, rule): n for path, rule, n, *_ in rows(page)} == expected
    asked = json.loads(ytvault("links", "--missing", "--output-format", "json", cwd=tmp_path / "vault").out)
    assert head["missing"] == {"names": len(asked), "links": sum(one["times"] for one in asked)}
    places = block(page, "texts")["places"]
    assert len(places) == 2 * len(findings)


def test_stamps_and_videos(vault: Path) -> None:
    page = page_of(vault)
    head, videos = block(page, "head"), block(page, "videos")
    assert (head["stamps"], head["clickable"], head["videos"], head["channels"]) == (2, 1, 1, 1)
    assert (videos["id"], videos["strips"], videos["stamps"]) == (["n3Vq8ZtKp0A"], [2], [2, 0])
    assert (videos["seconds"], videos["states"]) == ([10, 10], "ul")


def test_a_video_is_called_as_build_calls_it(tmp_path: Path) -> None:
    url = "https://www.youtube.com/watch?v="
    hub = f"---\ntitle: Hub\n---\n\n### [The \\[talk\\] of *one*]({url}{IDS[0]})\n\n### [{IDS[1]}]({url}{IDS[1]})\n"
    put(tmp_path, "ow/hub.md", hub)
    put(tmp_path, "ow/a.md", talk("A", IDS[0], "hub"))
    put(tmp_path, "ow/b.md", talk("B", IDS[1], "hub", more="videoTitle: Two & [more]\n"))
    put(tmp_path, "clips/c.md", f'---\ntitle: Three | a clip\nsource: "{url}{IDS[2]}"\nauthor: "[[hub]]"\n---\nText.\n')
    put(tmp_path, "ow/d.md", talk("Of three", IDS[2], "hub"))
    put(tmp_path, "ow/e.md", talk("Cats", IDS[3], "hub"))
    put(tmp_path, "ow/f.md", talk("Dogs", IDS[3], "hub"))
    put(tmp_path, "ow/g.md", talk("Tides of open weights, one", "abcdefghijA", "hub"))
    put(tmp_path, "ow/h.md", talk("On tides of open weights", "abcdefghijA", "hub"))
    put(tmp_path, "lengths.csv", "id,seconds,title\nabcdefghijE,60,As the table says\n")
    put(tmp_path, "ow/i.md", talk("I", "abcdefghijE", "hub"))
    put(tmp_path, "ytvault.toml", 'durations = "lengths.csv"\n')
    titles = {
        IDS[0]: "The [talk] of one",
        IDS[1]: "Two & [more]",
        IDS[2]: "Three | a clip",
        IDS[3]: "",  # the page shows its first note's name instead
        "abcdefghijA": "Tides of open weights",
        "abcdefghijE": "As the table says",
    }
    for call in ((), (), ("--no-cache",)):
        videos = block(page_of(tmp_path, *call), "videos")
        assert dict(zip(videos["id"], videos["title"], strict=True)) == titles
    assert ytvault("build", ".", "--out", "../out", cwd=tmp_path).status == 0
    built = (tmp_path.parent / "out/ow/hub.md").read_text(encoding="utf-8")
    called = [shown_heading(title).replace("*", "") for title in re.findall(r"(?m)^### \[(.*)\]\(", built)]
    assert {*called} == {*filter(None, titles.values()), f"Video of Hub ({IDS[3]})"}


def test_spellings_of_one_missing_note_are_joined(vault: Path) -> None:
    page = page_of(vault)
    missing = block(page, "missing")
    assert missing["name"] == ["Not there", "Topical Authority", "z z z z z"]
    by_name = dict(
        zip(missing["name"], zip(missing["spellings"], missing["links"], missing["notes"], strict=True), strict=True)
    )
    spellings, links, notes = by_name["Topical Authority"]
    assert (spellings, links, notes) == ([["Topical Authority", 1], ["topical_authority", 1]], 2, [1, 1])
    asked = json.loads(ytvault("links", "--missing", "--output-format", "json", cwd=vault).out)
    assert block(page, "head")["missing"] == {"names": len(asked), "links": sum(one["times"] for one in asked)}


def test_the_graph(vault: Path) -> None:
    page = page_of(vault)
    notes, graph = block(page, "notes"), block(page, "graph")
    assert notes["path"] == ["alone.md", "ow/a.md", "ow/b.md", "ow/hub.md"]
    assert (graph["links"], graph["to"]) == ([0, 2, 2, 2], [2, 1, 1, 2, 1, 1])
    assert [block(page, "head")["groups"][g] for g in notes["group"]] == ["", "ow/hub", "ow/hub", "ow/hub"]
    assert len({*zip(graph["x"], graph["y"], strict=True)}) == 4


def test_the_same_vault_gives_the_same_bytes_with_and_without_a_cache(vault: Path) -> None:
    put(vault, "deep/" * 3 + "x.md", "[[a]]")
    first = page_of(vault)
    (vault / "out.html").unlink()
    assert page_of(vault) == first == page_of(vault, "--no-cache")


@pytest.mark.parametrize(
    "before", [["lint"], ["lint", "--output-format", "json"], ["lint", "--fix", "--diff"], ["report"]]
)
def test_what_an_earlier_run_has_found_makes_no_difference(vault: Path, before: list[str]) -> None:
    for _ in range(2):
        ytvault(*before, cwd=vault)
        (vault / "ytvault-report.html").unlink(missing_ok=True)
        put(vault, "ow/c.md", NOTE.format("c", "See [[a|a|a]], [[Topical authority]] and [0:30]."))
        cached = page_of(vault)
        (vault / "out.html").unlink()
        assert page_of(vault, "--no-cache") == cached
        (vault / "out.html").unlink()


def test_lint_writes_the_same_page(vault: Path) -> None:
    alone = page_of(vault)
    (vault / "out.html").unlink()
    ytvault("lint", "--report", "html=page.html", "-q", cwd=vault)
    assert (vault / "page.html").read_text(encoding="utf-8") == alone
    (vault / "page.html").unlink()
    assert ytvault("lint", "--output-format", "html", cwd=vault).out == alone


def test_a_page_of_some_notes_says_so(vault: Path) -> None:
    ytvault("lint", "ow/a.md", "--report", "html=page.html", "-q", cwd=vault)
    page = (vault / "page.html").read_text(encoding="utf-8")
    assert (block(page, "head")["whole"], block(page, "notes")["path"]) == (False, ["ow/a.md"])


def test_two_vaults_make_no_page(tmp_path: Path) -> None:
    for name in ("a", "b"):
        put(tmp_path, f"{name}/.obsidian/app.json", "{}\n")
        put(tmp_path, f"{name}/n.md", "x\n")
    ran = ytvault("lint", "a", "b", "--report", "html=page.html", cwd=tmp_path)
    assert (ran.status, "one vault" in ran.err) == (2, True)
    assert not (tmp_path / "page.html").exists()


def test_redacted_nothing_is_named(vault: Path) -> None:
    page = page_of(vault, "--redact")
    told = json.dumps([block(page, name) for name in ("head", "notes", "rows", "texts", "missing", "videos", "graph")])
    for word in ("ow/", "hub", "alone", "not there", "opical", "n3Vq8ZtKp0A", vault.name, "Said"):
        assert word not in told.replace(block(page, "head")["rules"][0]["summary"], ""), word
    plain = page_of(vault)
    assert [row[1:] for row in rows(page)] == [row[1:] for row in rows(plain)]
    assert block(page, "texts")["places"] == block(plain, "texts")["places"]


@pytest.mark.parametrize("earlier", ["old.html", "baseline.json"])
def test_what_came_and_what_went(vault: Path, earlier: str) -> None:
    if earlier.endswith("html"):
        ytvault("report", "--out", earlier, cwd=vault)
    else:
        ytvault("lint", "--write-baseline", earlier, cwd=vault)
    put(vault, "ow/b.md", NOTE.format("b", "See [[a]], [[Not there]], [[new one]] and [[newer one]]."))
    put(vault, "alone.md", "[[nowhere at all]]\n")
    head = block(page_of(vault, "--since", earlier), "head")
    (rule,) = (rule for rule in head["rules"] if rule["rule"] == "missing-note")
    assert (head["since"]["file"], rule["came"], rule["went"]) == (earlier, 1, 0)
    same = block(page_of(vault, "--since", "out.html"), "head")
    assert (same["since"]["came"], same["since"]["went"]) == (0, 0)


def test_what_is_gone_with_its_rule(vault: Path) -> None:
    ytvault("report", "--out", "old.html", cwd=vault)
    put(vault, "ow/b.md", NOTE.format("b", "See [[a]]."))
    page = page_of(vault, "--since", "old.html")
    assert ["ow/b.md", "missing-note", 3] in block(page, "rows")["gone"]
    head = block(page, "head")
    assert [(rule["rule"], rule["went"]) for rule in head["rules"] if rule["went"]] == [("missing-note", 3)]
    assert head["since"]["went"] == 3
    put(vault, "ow/a.md", NOTE.format("a", "[0:20](https://youtu.be/n3Vq8ZtKp0A?t=20)."))
    head = block(page_of(vault, "--since", "old.html"), "head")
    gone = [(rule["rule"], rule["count"], rule["went"]) for rule in head["rules"] if not rule["count"]]
    assert gone == [("missing-note", 0, 5), ("unlinked-timestamp", 0, 1)]
    assert head["since"]["went"] == 6


def test_a_rule_with_two_severities_is_counted_once(vault: Path) -> None:
    """A link to a folder is for information, where a wikilink asks for it, and else an error."""
    put(vault, "alone.md", "[[ow]] [x](ow/) [y](ow/)\n")
    page = page_of(vault)
    two = [(rule["severity"], rule["count"]) for rule in block(page, "head")["rules"] if rule["rule"] == "broken-link"]
    assert two == [("error", 2), ("information", 1)]
    (vault / "out.html").rename(vault / "old.html")
    same = block(page_of(vault, "--since", "old.html"), "head")["since"]
    assert (same["came"], same["went"]) == (0, 0)
    put(vault, "alone.md", "[[ow]] [x](ow/) [y](ow/) [z](ow/)\n")
    more = block(page_of(vault, "--since", "old.html"), "head")["since"]
    assert (more["came"], more["went"]) == (1, 0)
    put(vault, "alone.md", "None.\n")
    head = block(page_of(vault, "--since", "old.html"), "head")
    assert [rule["went"] for rule in head["rules"] if rule["rule"] == "broken-link"] == [3]
    assert head["since"]["went"] == 3


@pytest.mark.parametrize(
    "settings",
    ["", 'ignore = ["missing-note"]\n', 'select = ["timestamps"]\n', 'exclude = ["ow/b.md"]\n'],
    ids=["as it is", "without a rule", "with others alone", "without a note"],
)
def test_missing_notes_are_those_of_links_missing(vault: Path, settings: str) -> None:
    put(vault, "ytvault.toml", settings)
    put(
        vault,
        "alone.md",
        "[[ow]] [x](ow/) [[ow/B|b]] ![[none.png]] [[Topical Authority#x]] [[no t there]] [[ow/a b c d]]\n",
    )
    put(vault, "sup.md", "%% ytvault-disable missing-note %%\n[[never to be counted]]\n")
    page = page_of(vault)
    asked = json.loads(ytvault("links", "--missing", "--output-format", "json", cwd=vault).out)
    missing = block(page, "missing")
    assert block(page, "head")["missing"] == {"names": len(asked), "links": sum(one["times"] for one in asked)}
    assert missing["name"] == [one["link"] for one in asked]


def test_a_baseline_takes_no_missing_note_away(vault: Path) -> None:
    ytvault("lint", "--write-baseline", "known.json", cwd=vault)
    ytvault("lint", "--baseline", "known.json", "--report", "html=page.html", "-q", cwd=vault)
    head = block((vault / "page.html").read_text(encoding="utf-8"), "head")
    assert (head["rules"], head["missing"]) == ([], {"names": 3, "links": 5})


def test_what_was_meant_is_what_broken_link_says(vault: Path) -> None:
    put(vault, "ow/open_weights.md", NOTE.format("Open weights", "Text."))
    put(vault, "alone.md", "[[Open Weights]] [[open_wieghts]] [[Open Weights]]\n")
    page = page_of(vault)
    missing, paths = block(page, "missing"), block(page, "notes")["path"]
    columns = ("name", "broken", "meant", "links", "safe", "unsafe")
    found = {row[0]: row[1:] for row in zip(*[missing[name] for name in columns], strict=True)}
    meant = paths.index("ow/open_weights.md")
    assert found["Open Weights"] == (1, [meant], 2, 2, 0)
    assert found["open_wieghts"] == (1, [meant], 1, 0, 1)
    assert found["Not there"][:2] == (0, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", 'it has no list "findings"'),
        ("<html>", "it is no report of ytvault"),
        ('<script type="application/octet-stream" id="notes">AAAA</script>', "it is no report of ytvault"),
    ],
)
def test_what_is_no_earlier_report(vault: Path, text: str, said: str) -> None:
    (vault / "old").write_text(text, encoding="utf-8")
    ran = ytvault("report", "--since", "old", cwd=vault)
    assert (ran.status, said in ran.err) == (2, True), ran.err
    assert not (vault / "ytvault-report.html").exists()


def test_an_earlier_report_that_was_redacted(vault: Path) -> None:
    ytvault("report", "--redact", "--out", "old.html", cwd=vault)
    assert "--redact" in ytvault("report", "--since", "old.html", cwd=vault).err


def test_it_says_what_it_wrote(vault: Path) -> None:
    ran = ytvault("report", cwd=vault)
    assert ran.out.startswith("Wrote ")
    assert ran.out.endswith(" MB to ytvault-report.html: 4 notes, 6 findings.\n"), ran.out
    assert ytvault("report", "-q", cwd=vault).out == ""


def test_without_a_browser_it_says_where_the_page_lies(vault: Path) -> None:
    nothing = dict.fromkeys(["PATH", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER"], "")
    ran = ytvault("report", "--open", cwd=vault, env=nothing)
    assert (ran.status, ran.out[:6]) == (0, "Wrote ")
    address = (vault / "ytvault-report.html").as_uri()
    assert ran.err == f"ytvault: no browser is found here to open it; its address is {address}\n"


def test_a_part_of_a_vault_has_no_page_of_its_own(vault: Path) -> None:
    ran = ytvault("report", "ow", cwd=vault)
    assert "of the whole vault" in ran.out
    assert "ytvault lint ow --report html=ytvault-report.html" in ran.out
    assert "of the whole vault" not in ytvault("report", ".", cwd=vault).out


def test_an_empty_vault(tmp_path: Path) -> None:
    put(tmp_path, ".obsidian/app.json", "{}\n")
    page = page_of(tmp_path)
    assert (block(page, "head")["notes"], rows(page), block(page, "graph")["x"]) == (0, [], [])
