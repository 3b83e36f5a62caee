"""Answers that are kept."""

from __future__ import annotations

from processor.base.memo import Memo


def test_it_never_holds_more_than_it_may() -> None:
    memo: Memo[int, int] = Memo(3)
    for n in range(10):
        memo[n] = n * n
        assert memo[n] == n * n
        assert len(memo) <= 3
