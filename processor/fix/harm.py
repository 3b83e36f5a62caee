"""The fixes that do harm beyond their own text: a link elsewhere that is lost, a doubt that is, an error more.

They are barred for the pass, and what they changed is as it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from processor.fix.found import Round, closure
from processor.fix.mend import Candidate, culprit
from processor.fix.rounds import opened
from processor.fix.unchanged import lost_links, unread_text
from processor.rules.base import all_rules
from processor.rules.timestamps._evidence import is_open, notes_of_videos
from processor.rules.timestamps._mending import unsettled_clock
from processor.vault.vault import Vault

if TYPE_CHECKING:
    from processor.fix.course import Course

_MOST_RULES = 8  # that are tried one by one

_Error = tuple[str, str, str]
"""The rule, its words, and the text that it complains of."""

_Search = Generator[Sequence[tuple[object, ...]], bool, None]


def keep_links(course: Course, found: Round) -> None:
    """Bar the fixes of a round after which a link elsewhere no longer finds its heading or block."""
    vault = course.vault
    while True:
        moved = {p for f in found.fixes for p in f.edits if p in found.notes}
        after = vault.with_notes(found.notes.values()) if moved else vault
        for path in sorted(moved):
            if lost := next(lost_links(path, vault, after), None):
                reason = f"the link [[{lost[1]}]] in {lost[0]} would not lead where it does"
                course.barred |= dict.fromkeys(_on_anchors(course, found, path), reason)
                found.drop({path})
                break
        else:
            return


def _on_anchors(course: Course, found: Round, path: str) -> list[tuple[object, ...]]:
    """The fixes of a round that touch what links to a note can lead to; all, where none does."""
    note = course.vault.notes[path]
    places = [h.span for h in note.headings] + [b.id_span for b in note.blocks]
    fixes = [f for f in found.fixes if path in f.edits]
    guilty = [f for f in fixes if any(e.start <= s.end and s.start <= e.end for e in f.edits[path] for s in places)]
    return [fix.key for fix in guilty or fixes]


_WITNESS = "shifted-timestamp"
"""The rule that mends what bears witness against others."""


def keep_doubts(course: Course, found: Round) -> None:
    """Bar the fixes of a round that mend wrong stamps and so take away the evidence against others, in the note or in
    others about the same video, which would then be linked as they are."""
    vault = course.vault
    while witnesses := [p for p in found.notes if any(rule == _WITNESS for rule, _ in found.counts.get(p, ()))]:
        after = vault.with_notes(found.notes.values())
        by_video: dict[str, list[str]] = defaultdict(list)
        for path in witnesses:
            by_video[vault.video_ids[path] or path].append(path)
        harmful = False
        for video, paths in sorted(by_video.items()):
            if why := _unsettled(notes_of_videos(vault).get(video, ()), paths, vault, after):
                harmful = True
                course.barred |= {(path, _WITNESS): why for path in paths}
                found.drop(set(paths))
        if not harmful:
            return


def _unsettled(paths: Iterable[str], witnesses: Collection[str], vault: Vault, after: Vault) -> str | None:
    """Why the stamps of one video must not be mended as a round does, which mends those of the `witnesses`."""
    for path in sorted({*paths, *witnesses}):
        note, new, mended = vault.notes[path].anew(), after.notes[path].anew(), path in witnesses
        if (mended or is_open(note)) and (clock := unsettled_clock(note, vault, new, after, mended=mended)):
            return f"it would take away the evidence against {clock} in {path}"
    return None


def undo_harm(course: Course) -> None:
    """Bar the fixes after which a note has an error more than when the pass began, and begin the pass anew without them: what
    others were made by must not stay when they do not."""
    hopeless: set[str] = set()
    while harmed := {p: e for p in sorted(course.changed - hopeless) if (e := _new_error(course, p))}:
        hopeless |= _bar_the_guilty(course, harmed)
        course.told = True
        course.reset(set(course.changed))
        course.settle(course.queue)


def _bar_the_guilty(course: Course, harmed: Mapping[str, _Error]) -> set[str]:
    """Bar the fixes that brought errors to some notes, by path; gives the notes where that was no help."""
    hopeless: set[str] = set()
    worst = {path: _brought(course, path, rule) for path, (rule, *_) in harmed.items()}
    # again, to see which fixes were made; then without some of them, all notes at once
    course.trace = []
    course.settle(course.reset(harmed), everywhere=False)
    made, course.trace = course.trace, None
    groups = {path: closure({path}, course.groups) for path in harmed}
    searches = {path: _search(path, groups[path], made, harmed[path][2]) for path in harmed}
    barred = {path: next(search) for path, search in searches.items()}
    while searches:
        for path in searches:
            course.barred |= dict.fromkeys(barred[path], f"it would bring an error: {harmed[path][1]}")
        course.settle(course.reset(set().union(*[groups[path] for path in searches])), everywhere=False)
        for path, search in list(searches.items()):
            helps = _brought(course, path, harmed[path][0]) < worst[path]
            try:
                following = search.send(helps)
            except StopIteration:
                del searches[path]
                if not helps:
                    hopeless.add(path)
                continue
            for key in barred[path]:
                course.barred.pop(key, None)
            barred[path] = following
    return hopeless


def _search(path: str, group: Collection[str], made: Sequence[Candidate], wrong: str) -> _Search:
    """The search for the fix that made `wrong`, the text that an error in a note complains of, among those made in it and in
    the notes that were changed together with it."""
    suspects = {f.key: f for f in made if f.finding.path in group}
    likely = [
        key
        for key, fix in suspects.items()
        if any(e.text and (e.text in wrong or wrong in e.text) for e in fix.edits.get(path, ()))
    ]
    rules = sorted({(f.finding.path, f.finding.rule) for f in suspects.values()}, key=lambda key: (key[0] != path, key))
    return culprit(list(suspects), likely[:3], rules[:_MOST_RULES], [(p, "") for p in sorted(group)])


def _errors_otherwise(course: Course, path: str) -> Counter[str]:
    """The errors in a note if it, and what was changed together with it, had stayed as it was when the pass began, and all
    others were as they are now."""
    notes = [course.start.notes[p] for p in closure({path}, course.groups)]
    return course.look(course.vault.with_notes(notes)).errors(path)


def _brought(course: Course, path: str, rule: str) -> int:
    """How many errors of a rule the fixes in a note have brought to it."""
    return course.seen[path].errors[rule] - _errors_otherwise(course, path)[rule]


def _new_error(course: Course, path: str) -> _Error | None:
    """An error that a changed note has now and had not when the pass began."""
    before, now = course.before[path], course.seen[path].errors
    if not any(now[rule] > before[rule] for rule in now):
        return None
    before = _errors_otherwise(course, path)  # to which other notes may have brought some, by new names
    more = {rule for rule in now if now[rule] > before[rule]}
    if not more:
        return None
    # what stood in code or in unreadable properties was as wrong before, only that nobody could see it
    unread = unread_text(course.start.notes[path])
    left = Counter(before)
    # of two faults of one link only one is reported: where it is mended, the other takes its place
    mended: Counter[str] = Counter()
    for rule, count in before.items():
        mended[_family(rule)] += max(0, count - now[rule])
    for found in opened(course.seen[path].findings):
        if found.severity == "error" and found.rule in more:
            wrong = course.vault.notes[path].quote(found.span)
            if not any(wrong in text for text in unread):
                left[found.rule] -= 1
                if left[found.rule] < 0:
                    mended[_family(found.rule)] -= 1
                    if mended[_family(found.rule)] < 0:
                        return found.rule, f"{found.message} [{found.rule}]", wrong
    return None


def _family(rule: str) -> str:
    known = all_rules().get(rule)
    return known.family if known else rule
