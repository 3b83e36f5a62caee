"""The search for the fix that brings an error to a note."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence

from processor.fix.candidates import Candidate, Key

_MOST_RULES = 8  # that are tried one by one

Search = Generator[Sequence[Key], bool, None]
"""Yields the fixes to bar for a try, and is sent whether that helps; what it yields last is the answer."""


def culprit(path: str, group: Collection[str], made: Sequence[Candidate], wrong: str) -> Search:
    """Search for the fix that made `wrong`, the text that an error in a note complains of, among those made in it and in
    the notes that were changed together with it."""
    suspects = {f.key: f for f in made if f.finding.path in group}
    likely = [
        key
        for key, fix in suspects.items()
        if any(e.text and (e.text in wrong or wrong in e.text) for e in fix.edits.get(path, ()))
    ]
    rules: list[Key] = sorted(
        {(f.finding.path, f.finding.rule) for f in suspects.values()}, key=lambda key: (key[0] != path, key)
    )
    return _search(list(suspects), likely[:3], rules[:_MOST_RULES], [(p, "") for p in sorted(group)])


def _search(keys: Sequence[Key], likely: Sequence[Key], rules: Sequence[Key], everything: Sequence[Key]) -> Search:
    """Search for the fix that does harm: yield, one after the other, those to bar, and be sent whether that helps.

    The `likely` ones come first, then halves, then all of one rule (another of its fixes may take the place of one that is
    barred). What was yielded last is the answer: one fix or rule, or, where no single one does it, `everything`.
    """
    for key in likely:
        if (yield [key]):
            return
    low, high = 0, len(keys)
    while high - low > 1:
        middle = (low + high) // 2
        if (yield keys[low:middle]):
            high = middle
        else:
            low = middle
    if low < high and (yield keys[low:high]):
        return
    for key in rules:
        if (yield [key]):
            return
    yield everything
