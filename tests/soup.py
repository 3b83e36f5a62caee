"""Random notes: lines that begin with anything a container could take from them, and go on with any construct."""

from __future__ import annotations

import random

BEGINNINGS = (
    "", "", "", "", "> ", "> ", ">", "- ", "* ", "1. ", "2) ", "  ", "    ", "\t", "   ", ">\t", "-\t", "- [ ] ", "> > ",
    "> - ", "- > ", "-   ", "10. ", "> [!tip] ", "  - ", "    - ",
)  # fmt: skip
CONTENTS = (
    "", "", "  ", "text", "two words", "# head [[in head]]", "## b #", "#tag", "```", "~~~ py", "---", "===", "- - -", "$$", "%%",
    "[[link]]", "a [[target#part|shown]] b", "![[image.png|100]]", "[md](note.md)", "![pic](a.png)", "[out](https://a.example/b)",
    "[[unclosed", "[[ ]]", "`[[code]]`", "`open [[x]]", "$[[math]]$", "$5 [[price]]", "%% [[comment]] %%", "<b>[[inline]]</b>",
    "<div>", "</div>", "<!-- [[gone]] -->", "<!-- open", "-->", "https://a.example/[[no]]", "<https://a.example>", "| a | [[cell]] |",
    "|---|---|", "| [[x\\|y]] | [[p|q]] |", "\\[\\[escaped]]", "[t][ref]", "[ref]: note.md", "[^1]: foot [[note]]", "end ^block-id",
    "^own-line", '<a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a>', "[00:01:02]", "[[3:32](https://youtu.be/x?t=212)]",
    "caf\u00e9 e\u0301 [[e\u0301]]", "\U0001f39e [[film]] \U0001f39e", "[see [[inner]] too](x.md)", "[a [b](c.md) d](e.md)", "*#em* (#no)",
    "[sp](my note.md)", "a^[[[foot]] note]", "^[[x](f.md)]", "^[[foot]]", "^[", "^[#in foot](g.md)", "[multi", "line](x.md)", '<a href="[[attr]]"', ">[[end of tag]]", "1.5 [[x]]", "www.a.example/[[z]]", "x#y [#t](u.md)",
)  # fmt: skip


def document(random: random.Random, lines: int = 10) -> str:
    """Up to so many lines of soup; `text.split()` words of several constructs may share a line."""
    made = []
    for _ in range(random.randint(1, lines)):
        begin = "".join(random.choice(BEGINNINGS) for _ in range(random.choice((0, 0, 1, 1, 1, 2))))
        made.append(begin + " ".join(random.choice(CONTENTS) for _ in range(random.choice((1, 1, 1, 2, 3)))))
    return "\n".join(made) + random.choice(("", "\n"))
