"""What a round of fixing comes to for one note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from processor.fix.candidates import Candidate
from processor.lint.packing import StoredFindings
from processor.vault.note import Note


class Outcome(NamedTuple):
    """What was found in one note, and what its own fixes make of it.

    Of a note that is mended `checked` and `findings` do not count, as it will be judged again.
    """

    path: str
    checked: StoredFindings | None  # of the rules that see one note only, suppressed ones too; None: the same as before
    findings: StoredFindings  # those that are not suppressed, without edits
    errors: Counter[str]  # by rule
    left_out: Counter[tuple[str, str, str]]  # fixes that are not made: by rule, title and reason
    several: Sequence[Candidate] = ()  # fixes that touch other notes too, and wait for the end of the round
    note: Note | None = None  # as its own fixes make it; None: as it was
    checked_after: StoredFindings | None = None  # `checked` of that note, if it was worked out
    counts: Counter[tuple[str, str]] = Counter()  # noqa: RUF012  never changed; the fixes made, by rule and title
    made: Sequence[Candidate] = ()  # the fixes that make it so
    harmful: Sequence[tuple[Candidate, str]] = ()  # those that would change something else, and what
    moves_anchors: bool = False  # whether the headings and blocks change that links can lead to
    is_partial: bool = False  # whether a fix overlaps another one, and is not made yet
    steps: int = 1  # how often the note was mended in the round
    is_settled: bool = False  # whether nothing was left to mend after that

    @property
    def concerns_one_note(self) -> bool:
        """Whether it does without the fixes themselves: these concern this note alone and do no harm."""
        return not (self.harmful or self.moves_anchors or self.several)
