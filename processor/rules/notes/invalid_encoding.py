"""A note is not UTF-8.

What it does: reports the first byte that is not UTF-8; and a file that is no text at all, such as a picture, of which nothing
else is said.

Why it is bad: Obsidian reads every note as UTF-8 and shows `�` in place of each byte that is none. The next edit in
Obsidian saves these marks, and the letters are lost. This program never writes to such a note.

```bad talks/cafe.md encoding=cp1252
Recorded in a café in Zürich.
```

```good talks/cafe.md
Recorded in a café in Zürich.
```

There is no fix: which encoding was meant is a guess, and a wrong guess would make the loss lasting. Convert the note with an
editor, or with `iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md`, and look at the result.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.text import BOM, Source, Span
from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note

MARK = "\ufffd"
_UTF_16 = 0.2  # the least share of NUL characters in a note that is UTF-16; others hold none or few


@rule(severity="error")
def check(note: Note, context: Context) -> Iterator[Problem]:
    source = note.source
    if source.invalid is None:
        return
    if source.binary:
        yield Problem(Span(0, 0), f"this file is no text but {_kind(source.raw)}, and no note though its name ends so")
        return
    start = _first_mark(source, source.invalid)
    if source.raw.count("\0") > _UTF_16 * len(source.raw):
        encoding, name = "UTF-16", "UTF-16"
    else:
        encoding, name = "WINDOWS-1252", "another encoding, most often Windows-1252"
    yield Problem(
        Span(start, min(start + 1, len(note.text))),
        f"byte {source.invalid} is not UTF-8, so Obsidian shows {MARK} for it; the note seems to be in {name}: "
        f"convert it, for example with iconv -f {encoding} -t UTF-8",
    )


# how files of some kinds begin, as UTF-8 shows it
_KINDS = {
    f"{MARK}PNG": "a PNG picture",
    "GIF8": "a GIF picture",
    "RIFF": "a picture, sound or video (RIFF)",
    "%PDF": "a PDF document",
    "PK\x03\x04": "a ZIP archive, as office documents are",
    f"\x1f{MARK}": "a gzip archive",
    "SQLite format 3\0": "an SQLite database",
    "ID3": "an MP3 sound",
    "\x7fELF": "a program",
}


def _kind(raw: str) -> str:
    if raw[4:8] == "ftyp":
        return "a video or sound (MP4)"
    if raw[6:10] in ("JFIF", "Exif"):
        return "a JPEG picture"
    return next((kind for begin, kind in _KINDS.items() if raw.startswith(begin)), "binary data")


def _first_mark(source: Source, invalid: int) -> int:
    """Return where in the text the byte at `invalid` shows: an earlier mark may be a character of the file's own."""
    before = source.raw.encode()[: invalid - len(BOM.encode()) * source.bom].decode()
    return len(before) - before.count("\r\n")
