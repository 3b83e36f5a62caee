"""The one thread that looks at vaults: in which order it does what."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from processor.server.documents import Documents, uri_of
from processor.server.home import Judged
from processor.server.session import Session
from processor.server.worker import Worker
from tests.cli.running import put


class Running:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.documents = Documents()
        self.said: list[Judged] = []
        self.lines: list[str] = []
        self.news = threading.Condition()
        self.worker = Worker(Session(self.lines.append), self._said, self.lines.append)
        self.worker.start()

    def _said(self, judged: Judged) -> None:
        with self.news:
            self.said.append(judged)
            self.news.notify()

    def type(self, name: str, text: str) -> None:
        self.worker.opened(self.documents.put(uri_of(self.root / name), 1, text))

    def until(self, number: int) -> list[str]:
        with self.news:
            assert self.news.wait_for(lambda: len(self.said) >= number, 30)
            return [judged.document.text for judged in self.said]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    put(tmp_path, "ytvault.toml", "")
    found = Running(tmp_path)
    yield found
    found.worker.end()
    found.worker.join(10)
    assert not found.worker.is_alive()


def test_the_newest_text_comes_first_and_a_burst_is_answered_once(running: Running) -> None:
    held = threading.Event()
    running.worker.ask(lambda _: held.wait(30))
    for i in range(50):
        running.type(f"{i % 5}.md", f"{i}")
    held.set()
    assert running.until(5) == ["49", "48", "47", "46", "45"]
    time.sleep(0.1)
    assert len(running.said) == 5


def test_questions_come_before_what_is_to_be_judged(running: Running) -> None:
    held = threading.Event()
    running.worker.ask(lambda _: held.wait(30))
    running.type("a.md", "text")
    asked = [running.worker.ask(lambda s: (len(running.said), [v.root for v in s.vaults])) for _ in range(3)]
    held.set()
    assert [future.result(30) for future in asked] == [(0, [running.root])] * 3  # and what was typed is taken in
    assert running.until(1) == ["text"]


def test_a_question_that_was_taken_back_is_not_looked_at(running: Running) -> None:
    held = threading.Event()
    running.worker.ask(lambda _: held.wait(30))
    looked: list[int] = []
    futures = [running.worker.ask(lambda _, i=i: looked.append(i)) for i in range(3)]
    assert futures[1].cancel()
    held.set()
    futures[2].result(30)
    assert looked == [0, 2]


def test_a_question_that_fails_is_answered(running: Running) -> None:
    with pytest.raises(ZeroDivisionError):
        running.worker.ask(lambda _: 1 // 0).result(30)
    assert running.worker.ask(lambda _: 1).result(30) == 1


def test_what_fails_unasked_is_logged(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError("of the test")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "next_judged", fails)
        running.type("a.md", "text")
        end = time.monotonic() + 30
        while not running.lines and time.monotonic() < end:
            time.sleep(0.01)
    assert "ValueError: of the test" in running.lines
    assert running.until(1) == ["text"]
