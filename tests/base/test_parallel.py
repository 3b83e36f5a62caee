"""Work in shares gives what one process would give, also where a process fails."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

import pytest

from processor.base import parallel as shares
from processor.base.parallel import FEWEST, FEWEST_ANEW, processes_for, streamed

forks = pytest.mark.skipif(sys.platform != "linux", reason="no forks there")


@forks
def test_an_error_is_raised_here() -> None:
    def work(share: range) -> bytes:
        if 3 in share:
            raise ValueError("three")
        return b""

    with pytest.raises(ValueError, match="three"):
        list(streamed(work, range(4), 2))  # type: ignore[arg-type]


@forks
@pytest.mark.parametrize("processes", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("number", [0, 1, 2, 10, 300])
def test_what_is_streamed_comes_in_order(number: int, processes: int) -> None:
    made = list(streamed(lambda share: "".join(map(str, share)).encode(), range(number), processes))
    assert b"".join(made).decode() == "".join(map(str, range(number)))


@forks
def test_this_process_does_a_share_of_what_is_streamed() -> None:
    made = set(streamed(lambda _share: str(os.getpid()).encode(), range(400), 2))
    assert len(made) == 2
    assert str(os.getpid()).encode() in made


@forks
@pytest.mark.parametrize("slow", [0, 1, 9])
def test_a_process_that_is_ahead_does_not_wait(slow: int) -> None:
    """More than a pipe holds is made, in whatever order."""

    def work(share: range) -> bytes:
        if slow in share:
            time.sleep(0.2)
        return bytes(share[:1]) + bytes(200_000)

    assert [part[0] for part in streamed(work, range(1, 11), 2)] == [*range(1, 11)]  # type: ignore[arg-type]


@forks
def test_what_a_process_fails_to_stream_is_made_here() -> None:
    here = os.getpid()

    def work(share: range) -> bytes:
        if os.getpid() != here and 5 in share:
            os._exit(3)
        return str(list(share)).encode()

    assert list(streamed(work, range(8), 2)) == [b"[%d]" % i for i in range(8)]  # type: ignore[arg-type]


def pids(share: Sequence[int]) -> bytes:
    if -1 in share:
        raise ValueError("minus one")
    return f"{os.getpid()} {list(share)}\n".encode()


def test_where_nothing_is_forked_a_process_is_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "FORKS", False)
    made = b"".join(streamed(pids, range(6), 2, anywhere=True)).decode().splitlines()
    assert [line.split()[1] for line in made] == [f"[{n}]" for n in range(6)]
    assert len({line.split()[0] for line in made}) == 2


def test_what_cannot_be_told_to_another_process_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "FORKS", False)
    made = streamed(lambda share: pids(share[:]), range(6), 2, anywhere=True)
    assert {line.split()[0] for line in made} == {str(os.getpid()).encode()}


def test_an_error_of_a_process_that_was_started_anew_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "FORKS", False)
    with pytest.raises(ValueError, match="minus one"):
        list(streamed(pids, [0, -1], 2, anywhere=True))


def test_few_items_take_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert processes_for(FEWEST - 1) == 1
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    monkeypatch.setattr(shares, "FORKS", True)
    assert [processes_for(FEWEST * n) for n in (1, 2, 9)] == [1, 2, 4]
    monkeypatch.setattr(shares, "FORKS", False)
    assert processes_for(FEWEST_ANEW * 9) == 1
    assert [processes_for(FEWEST_ANEW * n, anywhere=True) for n in (1, 2, 9)] == [1, 2, 4]
