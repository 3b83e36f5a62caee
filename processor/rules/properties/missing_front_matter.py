"""A note made from a video has no properties at all.

What it does: reports a transcript note (one with a `From:` line or with timestamp anchors) that does not begin with a
front matter between two lines `---`. Other notes need none. A front matter that is there but not read is reported by
`unclosed-front-matter` and `misplaced-front-matter`.

Why it is bad: nothing says which video the note is from, so no stamp in it can be linked, and the note has no title but
its file name.

```bad open_weights.md
From: [[openweights]] <br/>

Weights are numbers. <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>
```

```fixed open_weights.md
---
title: open weights
---

From: [[openweights]] <br/>

Weights are numbers. <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>
```

```good
---
title: Open weights
videoId: Yw2sMd8fRj0
---

From: [[openweights]] <br/>
```

```good
# A list of things to read

- a paper
```

Fix: unsafe. The title is the first heading, else a short first line, else the file name, and a person may want another
one. The video cannot be known: `missing-property` then asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.frontmatter import insert_property
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.guards import lacks_properties
from processor.rules.properties._titles import probable_title
from processor.vault.note import Note
from processor.vault.videos import own_video


@rule(severity="warning", fixes="unsafe", where=lacks_properties)
def check(note: Note, context: Context) -> Iterator[Problem]:
    properties = note.properties
    if (
        properties.span
        or properties.unclosed
        or properties.misplaced
        or not note.is_transcript(context.video_properties)
        or own_video(note, context.video_properties)  # which an embed shows
    ):
        return
    title = probable_title(note)
    edit = insert_property(note.text, properties, "title", title)
    fix = edit and fix_by(note, f'add properties with the title "{title}"', edit, safe=False)
    yield Problem(_first_line(note), "this note is made from a video and has no properties to say which", fix)


def _first_line(note: Note) -> Span:
    m = _LINE.search(note.text)
    return Span(*m.span()) if m else Span(len(note.text), len(note.text))


_LINE = regex(r"\S[^\n]*")
