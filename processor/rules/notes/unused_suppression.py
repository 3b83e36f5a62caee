"""A suppression silences nothing, or names no rule.

What it does: reports each name in a `%% ytvault-disable … %%`, `%% ytvault-disable-next-line … %%` or in the property
`ytvault-disable` that silences no finding, each `%% ytvault-enable %%` that ends nothing, and each name that no rule
and no family has. It runs after all other rules. A suppression of a rule that is not on is not judged, and one
without names is judged only where every rule is on that is on by default. A reason may follow the names, behind a
colon or a dash. To keep an idle suppression, name `unused-suppression` in another one.

Why it is bad: the fault it excused is gone, and the next one of its kind, perhaps a real one, will not be seen. A
misspelled name silences nothing at all.

```bad
Nothing here needs an excuse.

%% ytvault-disable-next-line unclosed-comment %%
The licence decides who may look inside.
```

```fixed
Nothing here needs an excuse.

The licence decides who may look inside.
```

```good
The end of this note is hidden on purpose.

%% ytvault-disable unclosed-comment %%

%% Everything from here on is a draft.
```

Fix: safe. Without it the same findings are reported as with it. The text around it stays, and so do the names in it
that are of use. A name that no rule has is left to its author; `--add-suppressions` silences none of all this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from processor.base.text import Edit, Span
from processor.parse.nodes import Suppression
from processor.rules.base import FAMILIES, Context, Fix, Idle, NoteEdit, Problem, all_rules, rule
from processor.rules.fixes import with_quotes
from processor.vault.note import Note

_BETWEEN_NAMES = re.compile(r"[\s,]*")
_ITEM = re.compile(r"[ \t]*-[ \t]+")


@rule(severity="warning", needs="findings", fixes="safe")
def check(note: Note, context: Context) -> Iterator[Problem]:
    names = (*all_rules(), *FAMILIES, "ALL")
    for suppression in note.suppressions:
        for name, span in zip(suppression.rules, suppression.rule_spans, strict=True):
            if name not in names:
                yield Problem(span, f'no rule is called "{name}"{_did_you_mean(name, names)}')
    for idle in context.idle:
        yield from _problems(note, idle)


def _problems(note: Note, idle: Idle) -> Iterator[Problem]:
    suppression = idle.suppression
    is_enabling = suppression.action == "enable"
    if not idle.names or len(idle.names) == len(suppression.rules):
        span, title = suppression.span, "remove the suppression"
        nothing = "there is nothing to enable here: no suppression is open"
        message = nothing if is_enabling else "this suppression silences nothing"
    else:
        span = suppression.rule_spans[idle.names[0]]
        names = [suppression.rules[i] for i in idle.names]
        title, quoted = f"remove {', '.join(names)} from the suppression", '" or "'.join(names)
        nothing = f'no suppression of "{quoted}" is open here'
        message = nothing if is_enabling else f'nothing here is silenced by "{quoted}"'
    yield Problem(span, message, Fix(title, safe=True, edits=lambda: _edits(note, idle)))


def _did_you_mean(name: str, known: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extractOne(name.lower().replace("_", "-"), known, scorer=fuzz.ratio, score_cutoff=70)
    return f'; did you mean "{near[0]}"?' if near else ""


def _edits(note: Note, idle: Idle) -> Iterator[NoteEdit]:
    for suppression, names in ((idle.suppression, idle.names), *idle.enables):
        for edit in _removal(note, suppression, names):
            yield NoteEdit(note.path, edit)


def _removal(note: Note, suppression: Suppression, names: Sequence[int]) -> Iterator[Edit]:
    """Take names out of a suppression; none, or all it has: the suppression out of the note."""
    if not names or len(names) == len(suppression.rules):
        yield Edit(*_with_its_space(note, suppression.span), "")
        return
    spans = [with_quotes(note, span) for span in suppression.rule_spans]
    rest = [i for i in range(len(spans)) if i not in names]
    for i in names:
        if suppression.action == "property" and (line := _item_line(note, spans[i])):
            yield Edit(*line, "")
        elif i < rest[-1]:
            here, following = spans[i].end, spans[i + 1].start
            if not _BETWEEN_NAMES.fullmatch(note.text, here, following):  # a comment, which stays
                following = here + note.text.startswith(",", here)
            yield Edit(spans[i].start, following, "")
    if names[-1] > rest[-1] and not (suppression.action == "property" and _item_line(note, spans[-1])):
        yield Edit(spans[rest[-1]].end, spans[-1].end, "")


def _with_its_space(note: Note, span: Span) -> Span:
    """Return the whole lines where nothing else stands on them (but the marks of a quote), else one adjoining space with it."""
    text, lines = note.text, note.lines
    start = lines.start(lines.line(span.start))
    end = lines.end(lines.line(span.end))
    room = span.start - start + end - span.end
    if room < 1000 and not text[start : span.start].strip(" \t>") and not text[span.end : end].strip():
        return Span(start, min(end + 1, len(text)))
    before = text[max(0, span.start - 1) : span.start] == " "
    if before and text[span.end : span.end + 1] in (" ", "\n", ""):
        return Span(span.start - 1, span.end)
    return span


def _item_line(note: Note, span: Span) -> Span | None:
    """Return the line of a name that is an item of a list written over several lines."""
    line = note.lines.line(span.start)
    start = note.lines.start(line)
    if _ITEM.fullmatch(note.text, start, span.start):
        return Span(start, min(note.lines.end(line) + 1, len(note.text)))
    return None
