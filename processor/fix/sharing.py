"""The notes of a round dealt out among processes, and what they come to on its way back, as bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from processor.base.parallel import FEWEST, cut, head_of, processes_for, streamed, with_head
from processor.base.spool import Spool, content
from processor.fix.mending import Mender
from processor.fix.outcome import Outcome
from processor.lint.findings import NoteFindings
from processor.lint.packing import PackedFindings, StoredFindings
from processor.vault.crossing import new_facts, note_of, parts_of
from processor.vault.note import Note

_STRETCHES = 256  # for each process: many short ones, as what is made of a note holds its text


def mended_notes(
    mender: Mender,
    paths: Sequence[str],
    checked: Callable[[str], NoteFindings | None],
    most_steps: Callable[[str], int],
    processes: int | None,
    spool: Spool,
) -> Iterator[Outcome]:
    """Yield what each note comes to by itself, in the order of the paths, worked out by so many processes (None: as many as
    pay). `checked` and `most_steps` are asked by path: see `Mender.mend_repeatedly`. What comes of many notes is laid aside."""

    def outcomes(some: Sequence[str]) -> Iterator[Outcome]:
        return (mender.mend_repeatedly(path, checked(path), most_steps(path)) for path in some)

    if (processes_for(len(paths)) if processes is None else processes) == 1 and len(paths) <= FEWEST:
        yield from outcomes(paths)
        return
    notes = mender.vault.notes
    mender.learn(paths)
    for data in streamed(lambda some: outcomes_as_bytes(outcomes(some), notes), paths, processes, short=_STRETCHES):
        for path, outcome in outcomes_of_bytes(data, notes, spool):
            yield mender.mend(path, checked(path)) if outcome is None else outcome


def outcomes_as_bytes(outcomes: Iterable[Outcome], before: Mapping[str, Note]) -> bytes:
    """Return outcomes as bytes; of those that concern several notes only the path. `before`: the notes as they were."""
    head: list[Any] = []
    parts: list[bytes] = []
    for o in outcomes:
        if not o.concerns_one_note:
            head.append((o.path,))
            continue
        facts = None
        if o.note is not None:
            mine = [*parts_of(o.note), *_packed(o.checked_after)]
            facts = new_facts(o.note, before[o.path].anew())
        else:
            mine = [*_packed(o.checked), *_packed(o.findings)]
        counts = [(*what, n) for what, n in o.counts.items()]
        left_out = [(*what, n) for what, n in o.left_out.items()]
        head.append((o.path, o.errors, left_out, counts, (o.steps, o.is_settled), facts, [*map(len, mine)]))
        parts += mine
    return with_head(head, parts)


def outcomes_of_bytes(data: bytes, before: Mapping[str, Note], spool: Spool) -> Iterator[tuple[str, Outcome | None]]:
    """Yield the outcomes of `outcomes_as_bytes` by path; None for one that concerns several notes."""
    head, at = head_of(data)
    for path, *rest in head:
        if not rest:
            yield path, None
            continue
        errors, left_out, counts, (steps, is_settled), facts, lengths = rest
        mine = cut(data, at, lengths)
        at += sum(lengths)
        outcome = Outcome(
            path,
            None,
            NoteFindings(path, ()),
            Counter(errors),
            Counter({(rule, title, why): n for rule, title, why, n in left_out}),
            counts=Counter({(rule, title): n for rule, title, n in counts}),
            steps=steps,
            is_settled=is_settled,
        )
        if facts is not None:
            laid = [spool.lay(part) for part in mine[:3]]
            note, found = note_of(path, laid, facts, before[path]), _laid(spool, path, *mine[3:])
            yield path, outcome._replace(note=note, checked_after=found)
        else:
            checked, findings = _laid(spool, path, *mine[:2]), _laid(spool, path, *mine[2:])
            yield path, outcome._replace(checked=checked, findings=findings or outcome.findings)


def _packed(found: StoredFindings | None) -> tuple[bytes, bytes]:
    """Return the findings and their kinds; for None both are empty."""
    if found is None:
        return b"", b""
    _, data, counted = PackedFindings.of(found)
    return content(data), counted


def _laid(spool: Spool, path: str, data: bytes, counted: bytes) -> PackedFindings | None:
    return PackedFindings(path, spool.lay(data), counted) if data else None
