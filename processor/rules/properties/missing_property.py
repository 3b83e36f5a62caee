"""A note lacks a property that notes of its kind must have.

What it does: reports, once each, the properties that are not there or have no value. By default a note made from a video must
have a video, and a `title` where two thirds of the vault's notes of that kind have one (else their files' names are their
titles); options say what each kind of note must have, `required` in `[properties.NAME]` which notes must have that property:
kinds of note, or patterns of paths as in `.gitignore`. What a JSON Schema (`schema` in the configuration) requires
of all notes must be there too, in each note that has properties. Notes whose front matter is missing, unclosed, misplaced or
faulty are left to the rules of those names.

Why it is bad: without its video no stamp in the note can be linked; without a title, lists and pages made from the
vault show the file name.

```bad
---
videoId: Yw2sMd8fRj0
---

# Open weights

From: [[openweights]] <br/>
```

```fixed
---
title: Open weights
videoId: Yw2sMd8fRj0
---

# Open weights

From: [[openweights]] <br/>
```

Besides, in the same vault, two notes with titles:

```file licences.md
---
title: Licences
videoId: n3Vq8ZtKp0A
---
```

```file who_pays.md
---
title: Who pays
videoId: Qe9bLx3vHyI
---
```

```good
---
title: Open weights
youtube_url: https://youtu.be/Yw2sMd8fRj0
---

From: [[openweights]] <br/>
```

```good
---
tags: [reading]
---

An article needs neither.
```

```config
[properties.status]
required = ["hub", "articles/"]
```

```bad articles/weights.md
An article that must have a status.
```

```good articles/weights.md
---
status: draft
---

An article that must have a status.
```

Fix: unsafe, for a title only: the first heading, else a short first line, else the file name. Which video it was nobody but you can
say. Where a name is probably a misspelt one of what is missing, nothing is added: `misspelled-property` mends that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from processor.base.text import Span
from processor.parse.frontmatter import insert_property
from processor.rules.base import Context, Fix, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.properties._names import may_be, misspelt
from processor.rules.properties._titles import probable_title
from processor.rules.properties._video import has_video_property
from processor.rules.properties.dead_property import NEW_NAMES
from processor.vault.facts import channel_target, has_anchor, names, own_fact, video_id, videos
from processor.vault.note import Note
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault
from processor.vault.videos import own_video


@dataclass(frozen=True)
class Options:
    transcript: tuple[str, ...] | None = None
    """What a note made from a video must have; `video` stands for any of the video properties. Not set: a video, and a `title` where two thirds of such notes have one."""
    hub: tuple[str, ...] = ()
    """What the hub note of a channel must have."""
    note: tuple[str, ...] = ()
    """What any other note must have, if it has a front matter at all."""


@rule(severity="error", needs="vault", fixes="unsafe", options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    options: Options = context.options
    kind = context.vault.kind_of(note)
    expected = context.expected
    configured = tuple(expected.required(note.path, kind)) if expected.properties else ()
    of_transcript = ("title", "video") if options.transcript is None else options.transcript
    of_kind = {"transcript": of_transcript, "hub": options.hub, "note": options.note}[kind]
    required = _by_folded(of_kind + configured)
    if not expected.schema and _has_all(note, required, context.video_properties):
        return
    properties = note.properties
    if properties.fault is not None or properties.unclosed or properties.misplaced:
        return
    video_names = context.video_properties
    has_video = has_video_property(note, video_names) or own_video(note, video_names) is not None
    if properties.span is None:
        if kind != "transcript":  # of which missing-front-matter speaks
            yield from (Problem(Span(0, 0), f'the property "{name}" is missing') for name in configured)
        return
    for name in required.values():
        by_custom = name == "title" and options.transcript is None and name not in configured
        if by_custom and kind == "transcript" and not _have_titles(context.vault):
            continue
        if name == "video":
            if not has_video:
                wanted = video_names[0]
                yield _missing(
                    note, wanted, f'no property says which video this is from: add "{wanted}"', is_video=True
                )
            continue
        entry = properties.get(name)
        if entry is None:
            yield _missing(note, name, f'the property "{name}" is missing')
        elif entry.value in (None, "", []):
            yield Problem(entry.key_span, f'the property "{name}" has no value')
    for name in expected.schema.required if expected.schema else ():
        if name.casefold() not in properties.by_key and name.casefold() not in required:
            yield _missing(note, name, f'the property "{name}" is missing, which the schema requires')


@per_vault(names, channel_target, has_anchor, videos)
def _have_titles(vault: Vault) -> bool:
    """Return whether two thirds of the notes made from a video have a title."""
    named = vault.facts(names)
    titled = Counter("title" in named[path][::2] for path in vault.transcripts())
    return titled[True] >= 2 * titled[False]


@lru_cache(maxsize=64)  # most notes of a kind must have the same
def _by_folded(names: tuple[str, ...]) -> Mapping[str, str]:
    return {name.casefold(): name for name in names}


@own_fact
def _valued(note: Note) -> list[str]:
    """Return the folded names of the properties that have a value."""
    by_key = note.properties.by_key
    return sorted([name for name, entry in by_key.items() if entry.value not in (None, "", [])])


def _has_all(note: Note, required: Collection[str], video_properties: tuple[str, ...]) -> bool:
    """Return whether a stored fact shows that a note has what it must have: so the properties of most are not read again."""
    valued = _valued(note)
    for name in required:
        if name == "video":
            if not video_id(videos(note), list(_by_folded(video_properties))):
                return False
        elif name not in valued:
            return False
    return bool(valued)


def _missing(note: Note, name: str, message: str, *, is_video: bool = False) -> Problem:
    """Return what is to be said of a property that is not there; where it is under a misspelt name, that name."""
    slip = misspelt(note, name, NEW_NAMES)
    if slip is None or not may_be(slip, is_video):
        return Problem(Span(0, 3), message, None if is_video else _fix(note, name))
    if is_video:
        message = "no property says which video this is from"
    return Problem(slip.key_span, f'{message}; "{slip.key}" is probably meant for "{name}"')


def _fix(note: Note, name: str) -> Fix | None:
    if name != "title":
        return None
    title = probable_title(note)
    edit = insert_property(note.text, note.properties, name, title, first=True)
    return edit and fix_by(note, f'add the title "{title}"', edit, safe=False)
