"""A video id without quotes that YAML reads as a number.

What it does: reports an unquoted id that YAML 1.2 (Obsidian) or YAML 1.1 (PyYAML, Ruby and many site generators) takes
for something else than text: all digits, hexadecimal, octal or binary, with an exponent, with underscores between digits.

Why it is bad: `01234567012` is 1234567012 to Obsidian and 175304202 to PyYAML, `1234e567890` is infinity. The id is lost.

```bad
---
title: Open weights
videoId: 12345678908
---
```

```fixed
---
title: Open weights
videoId: "12345678908"
---
```

```good
---
title: Open weights
videoId: "12345678908"
---
```

```good
---
title: Open weights
videoId: -V7ovjYG2vg
---
```

Fix: safe. In quotes the id is that text to every program.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.frontmatter import edit_value, is_text_everywhere
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.properties._video import has_odd_video, video_properties
from processor.vault.note import Note


@rule(severity="error", fixes="safe", where=has_odd_video)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for video in video_properties(note, context.video_properties):
        entry = video.entry
        if video.id != video.written or entry.style != "plain" or is_text_everywhere(video.written):
            continue
        number = str(entry.value).replace("inf", "infinity")
        message = (
            "programs that read YAML 1.1 take this id for a number: put it in quotes"
            if isinstance(entry.value, str)
            else f"without quotes this id is the number {number}"
        )
        fix = fix_by(note, "put the id in quotes", edit_value(note.text, entry, video.id), safe=True)
        yield Problem(video.span, message, fix)
