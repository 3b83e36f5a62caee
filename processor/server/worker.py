"""The one thread that looks at vaults: it takes in what happened, answers what was asked, and judges what is left to judge.

Before all else it takes in what happened, so that no answer is about a text that is no longer there; a burst of edits is
taken in at once, and answered once.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from processor.server.documents import Document
from processor.server.home import Events, Judged
from processor.server.opened import Log
from processor.server.session import Session

QUIET = 0.02
"""Seconds without anything new, after which documents are judged: what is typed is mostly followed by a question."""

_T = TypeVar("_T")
_Question = tuple[Future[Any], Callable[[Session], Any]]


class Worker(threading.Thread):
    """See the module. `said` is called, in this thread, with each answer on a document that nobody asked for."""

    def __init__(self, session: Session, said: Callable[[Judged], None], log: Log) -> None:
        super().__init__(name="ytvault", daemon=True)
        self._session = session
        self._said = said
        self._log = log
        self._changes = threading.Condition()
        self._documents: dict[str, Document] = {}
        self._closed: dict[str, Document] = {}
        self._files: set[Path] = set()
        self._questions: deque[_Question] = deque()
        self._patient: deque[_Question] = deque()  # which wait until all else is done
        self._latest = 0.0
        self._ends = False

    # From other threads

    def opened(self, document: Document) -> None:
        """Be told of a document that was opened, or has another text."""
        with self._changes:
            self._documents.pop(document.uri, None)
            self._documents[document.uri] = document
            self._wake()

    def closed(self, document: Document) -> None:
        """Be told of a document that was closed."""
        with self._changes:
            self._documents.pop(document.uri, None)
            self._closed[document.uri] = document
            self._wake()

    def happened(self, *files: Path) -> None:
        """Be told of files at which something happened on the disk."""
        with self._changes:
            self._files.update(files)
            self._wake()

    def ask(self, question: Callable[[Session], _T], *, patient: bool = False) -> Future[_T]:
        """Return what will hold the answer to a question; cancelled before its turn, it is not looked at. A `patient` one waits
        until there is nothing else to do."""
        future: Future[_T] = Future()
        with self._changes:
            (self._patient if patient else self._questions).append((future, question))
            self._changes.notify()
        return future

    def end(self) -> None:
        """Do no more."""
        with self._changes:
            self._ends = True
            self._changes.notify()

    def _wake(self) -> None:
        self._latest = time.monotonic()
        self._changes.notify()

    # In this thread

    def run(self) -> None:
        """Work until the end."""
        while not self._ends:
            try:
                self._turn()
            except Exception as error:  # noqa: BLE001  the server goes on whatever fails
                self._log(f"{type(error).__name__}: {error}")

    def _turn(self) -> None:
        with self._changes:
            if not self._is_wanted():
                self._changes.wait(self._patience())
            events, question = self._events(), _next(self._questions)
        if events:
            self._session.take_in(events)
        if question:
            self._answer(*question)
        elif not events and self._is_quiet():
            if judged := self._session.next_judged():
                self._said(judged)
            elif not self._session.warm() and (waiting := _next(self._patient)):
                self._answer(*waiting)

    def _is_wanted(self) -> bool:
        return bool(self._ends or self._documents or self._closed or self._files or self._questions)

    def _is_quiet(self) -> bool:
        return time.monotonic() - self._latest >= QUIET

    def _patience(self) -> float | None:
        """Return how long to wait for something new: what is to be judged waits until it is quiet."""
        if not (self._session.has_work or self._patient):
            return None
        return max(0.0, self._latest + QUIET - time.monotonic())

    def _events(self) -> Events | None:
        if not (self._documents or self._closed or self._files):
            return None
        events = Events(self._documents, self._closed, frozenset(self._files))
        self._documents, self._closed, self._files = {}, {}, set()
        return events

    def _answer(self, future: Future[Any], question: Callable[[Session], Any]) -> None:
        try:
            answer = question(self._session)
        except BaseException as error:  # noqa: BLE001  who asked is told
            future.set_exception(error)
        else:
            future.set_result(answer)


def _next(questions: deque[_Question]) -> _Question | None:
    """Take the first question that was not taken back."""
    while questions:
        future, question = questions.popleft()
        if future.set_running_or_notify_cancel():
            return future, question
    return None
