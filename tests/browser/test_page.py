"""The report's page in headless Chromium: every part shown, filters and links by mouse and by keyboard, no violation that axe-core
finds, no request to any address, whatever the notes hold.

All pages are looked at in one browser, at the first test. Run by `pytest -m browser`; for what it needs see `conftest.py`.
`pytest -n 0 -m "slow and browser" -s` does the same with the vault of the benchmarks, and prints how fast it was: see `test_speed.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import VAULTS, look
from tests.cli.running import ytvault

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

Seen = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def seen(place: Path, browser: str) -> Seen:
    """What was seen of each page, by the name of its vault."""
    return look(place, browser, VAULTS)


def told(place: Path, name: str, *args: str) -> Any:
    return json.loads(ytvault(*args, "--output-format", "json", cwd=place / name / "vault").out)


@pytest.mark.parametrize("name", VAULTS)
def test_nothing_is_wrong(seen: Seen, name: str) -> None:
    assert not seen[name]["failures"], "\n".join(seen[name]["failures"])


@pytest.mark.parametrize("name", ["sample", "generated"])
def test_the_figures_are_those_of_the_other_commands(seen: Seen, place: Path, name: str) -> None:
    found = seen[name]
    counted = told(place, name, "lint", "--statistics")
    assert {rule: int(n) for rule, n in found["rules"].items()} == {row["rule"]: row["count"] for row in counted}
    findings = sum(row["count"] for row in counted)
    assert found["title"].startswith(f"{findings:,} findings in ")
    assert found["findings"].startswith(f"{findings:,} findings in ")
    asked = told(place, name, "links", "--missing")
    assert found["tiles"]["Missing notes"] == f"{len(asked):,}"
    assert found["missing"].startswith(f"{sum(one['times'] for one in asked):,} links ask for ")


def test_the_sample_vault(seen: Seen, place: Path) -> None:
    found = seen["sample"]
    asked = told(place, "sample", "links", "--missing")
    assert found["names"] == [one["link"] for one in asked]
    assert found["title"].endswith(" in 43 notes")
    assert found["obsidian"].startswith("obsidian://open?vault=vault&file=")
    assert found["command"].startswith("ytvault lint ")
    assert found["meant"] == "Meant may be degrees_of_openness.svg attachments/"
    assert found["mending"].startswith("ytvault lint Inbox/questions_from_the_audience.md --select broken-link")
    assert found["stamp"].startswith("https://www.youtube.com/watch?v=")
    assert found["drawn"] == "canvas"


def test_paper_is_white(seen: Seen) -> None:
    assert seen["sample"]["paper"] == ["#000", "#fbe7b0", "#dff1e6"]


def test_what_came_and_what_went(seen: Seen) -> None:
    assert seen["later"]["since"] == "Since earlier.html: 1 came, 80 went."
    assert seen["later"]["rules"]["unlinked-timestamp"] == "0"
    assert seen["sample"]["since"] == ""


def test_links_are_drawn(seen: Seen) -> None:
    assert [seen[name]["crossed"] > 0 for name in ("sample", "generated", "by a card", "no videos")] == [True] * 4


def test_islands_and_orphans_are_found(seen: Seen) -> None:
    assert seen["apart"]["beside"] == [
        "The picture as a table",
        "2 notes have no link to or from another",
        "1 island: notes that are linked with one another only",
    ]


def test_a_hostile_vault(seen: Seen) -> None:
    assert int(seen["hostile"]["rules"]["unlinked-timestamp"]) > 50_000
    assert int(seen["hostile"]["rules"]["missing-note"]) > 50_000


def test_a_redacted_page(seen: Seen) -> None:
    assert seen["redacted"]["names"][0] == "missing note 1"
    assert (seen["redacted"]["obsidian"], seen["redacted"]["command"]) == ("", "")
    assert seen["redacted"]["rules"] == seen["hostile"]["rules"]


@pytest.mark.parametrize(("name", "title"), [("empty", "Nothing is found in 0 notes"), ("one", "findings in 1 note")])
def test_small_ones(seen: Seen, name: str, title: str) -> None:
    assert seen[name]["title"].endswith(title) or title.replace("findings", "finding") in seen[name]["title"]


def test_a_graphics_card_draws_the_same(seen: Seen) -> None:
    assert seen["by a card"]["drawn"] == "sigma"
