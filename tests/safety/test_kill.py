"""A fixing run that is killed: every note is whole, and the next run makes all of them old, or all are new."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal

import pytest

from tests.safety import vaults

NOTES = 100

Moment = Literal["any", "writing", "swapping"]
MOMENTS: tuple[Moment, ...] = ("any", "writing", "swapping", "swapping")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")


class Campaign:
    """A vault, its notes before and after fixing, and how long a fixing run takes, all in all and for its writes."""

    def __init__(self, folder: Path) -> None:
        self.root, self.data = folder / "vault", folder / "data"
        self.old = vaults.make(self.root, NOTES)
        started = time.monotonic()
        process = vaults.start(self.root, self.data, "lint", str(self.root), "--fix", "--exit-zero")
        begun = self.writing(process)
        process.communicate(timeout=120)
        assert process.returncode == 0
        self.seconds = time.monotonic() - started
        self.writes = self.seconds - (begun - started)
        self.new = vaults.read(self.root)
        assert self.new.keys() == self.old.keys()
        assert all(self.new[path] != self.old[path] for path in self.old)

    def writing(self, process: subprocess.Popen[str]) -> float:
        """Wait until the run begins to write; gives the time."""
        while process.poll() is None and not list(self.data.glob("journal/*/pending")):
            time.sleep(0.0005)
        return time.monotonic()

    def swapping(self, process: subprocess.Popen[str]) -> None:
        """Wait until the first note has its new file: for a moment some are old and some new."""
        first = self.root / min(self.old)
        before = first.stat().st_ino
        while process.poll() is None and first.stat().st_ino == before:
            pass

    def turn(self, delay: float, how: signal.Signals, moment: Moment) -> str:
        """Kill a run a while after a moment, look at the notes, and let the next run look; tells how it ended."""
        vaults.write(self.root, self.old)
        with vaults.start(self.root, self.data, "lint", str(self.root), "--fix", "--exit-zero") as process:
            if moment == "writing":
                self.writing(process)
            elif moment == "swapping":
                self.swapping(process)
            time.sleep(delay)
            process.send_signal(how)
            process.communicate(timeout=120)
        between = vaults.read(self.root)
        for path in self.old:
            assert between[path] in (self.old[path], self.new[path]), path
        torn = any(between[p] == self.new[p] for p in self.old) and any(between[p] == self.old[p] for p in self.old)
        status, _, err = vaults.lint(self.root, self.data, "--exit-zero")
        assert status == 0, err
        after = vaults.read(self.root)
        assert after in (self.old, self.new), f"{how.name} after {delay} s"
        if torn:
            assert after == self.old
            assert "a run was interrupted and has been rolled back" in err
        return "torn" if torn else "new" if after == self.new else "old"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return Campaign(tmp_path_factory.mktemp("kill"))


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_killed_while_it_writes(campaign: Campaign, share: float) -> None:
    campaign.turn(campaign.writes * share, signal.SIGKILL, "writing")


def test_killed_while_names_are_swapped(campaign: Campaign) -> None:
    campaign.turn(0.001, signal.SIGKILL, "swapping")


def test_ctrl_c_leaves_all_or_nothing_at_once(campaign: Campaign) -> None:
    campaign.turn(campaign.writes * 0.2, signal.SIGINT, "writing")


def test_undo_after_a_kill(campaign: Campaign) -> None:
    vaults.write(campaign.root, campaign.old)
    with vaults.start(campaign.root, campaign.data, "lint", str(campaign.root), "--fix") as process:
        campaign.writing(process)
        process.kill()
        process.communicate()
    status, _, err = vaults.run(campaign.root, campaign.data, "undo")
    assert status == 0, err
    assert vaults.read(campaign.root) == campaign.old


@pytest.mark.slow
def test_killed_at_random_moments(campaign: Campaign) -> None:
    chance = random.Random(3)
    seen = {"torn": 0, "old": 0, "new": 0}
    for i in range(80):
        moment = MOMENTS[i % 4]
        most = {"any": campaign.seconds, "writing": campaign.writes, "swapping": 0.003}[moment]
        seen[campaign.turn(chance.uniform(0, most), signal.SIGKILL, moment)] += 1
    print(seen)
    assert seen["torn"] >= 10, "the kills do not fall into the writes"


@pytest.mark.slow
def test_interrupted_at_random_moments(campaign: Campaign) -> None:
    chance = random.Random(4)
    for how in (signal.SIGINT, signal.SIGTERM):
        for _ in range(10):
            campaign.turn(chance.uniform(0, campaign.writes), how, "writing")


@pytest.mark.slow
def test_killed_while_it_rolls_back(campaign: Campaign) -> None:
    """The run that should roll back is killed as well, again and again."""
    chance = random.Random(5)
    for _ in range(10):
        vaults.write(campaign.root, campaign.old)
        with vaults.start(campaign.root, campaign.data, "lint", str(campaign.root), "--fix", "--exit-zero") as process:
            campaign.writing(process)
            time.sleep(chance.uniform(0, campaign.writes * 0.8))
            process.kill()
            process.communicate()
        for _ in range(3):
            with vaults.start(campaign.root, campaign.data, "undo") as process:
                time.sleep(chance.uniform(0.1, 0.5))
                process.kill()
                process.communicate()
        vaults.lint(campaign.root, campaign.data)
        assert vaults.read(campaign.root) in (campaign.old, campaign.new)
