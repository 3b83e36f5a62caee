"""What a vault knows of what is said in its videos: by files of captions, and by notes that hold a transcript."""

from __future__ import annotations

import pickle

import pytest

from processor.captions.model import NO_CAPTIONS, Captions, Length
from processor.vault.note import parse_note
from processor.vault.said import captions_of, durations, length_of, transcript, transcript_span
from processor.vault.trace import Trace
from processor.vault.vault import Vault
from tests.tables import library_of

ID = "n3Vq8ZtKp0A"
HEAD = f"---\ntitle: Open weights\nvideoId: {ID}\n---\n\n"
SAID = "the weights are open and so is the code but nobody has seen any of the data so far"
CLOCKS = [(at // 60, at % 60) for at in range(1, 120, 8)]


def written(how: str) -> str:
    return "".join(how.format(m=m, s=f"{s:02}", said=SAID) for m, s in CLOCKS)


SHAPES = {
    "Web Clipper": "**{m}:{s}** · {said}\n\n",
    "turns": "Anna Lind (00:0{m}:{s}):\n{said}\n\n",
    "turns without a name": "(00:0{m}:{s}):\n{said}\n\n",
    "turns in bold": "**Anna Lind** ({m}:{s}) - \n{said}\n\n",
    "lines with breaks": "Anna Lind ({m}:{s}):  \n{said}\n\n",
    "clock behind the name": "Anna Lind: 00:0{m}:{s}\n{said}\n\n",
    "square brackets": "[00:0{m}:{s}] {said}\n",
    "links": f"[00:0{{m}}:{{s}}](https://youtu.be/{ID}?t={{m}}) {{said}}\n\n",
    "Whisper": "[00:0{m}:{s}.250 --> 00:0{m}:{s}.900] {said}\n",
    "clocks on their own": "{m}:{s}\n{said}\n",
    "a quote": "> **{m}:{s}** {said}\n>\n",
    "full width": "（00:0{m}:{s}）\n{said}\n\n",
}
NONE = {
    "a summary": "- [00:0{m}:{s}] The weights are open.\n",
    "chapters": "{m}:{s} - Weights\n",
    "stamps behind their sentences": '{said} <a class="yt-timestamp" data-t="00:0{m}:{s}">[00:0{m}:{s}]</a>.\n\n',
    "too few": "",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_column_of_clocks_with_what_is_said_is_a_transcript(shape: str) -> None:
    text = f"{HEAD}# Open weights\n\nMy summary.\n\n## Transcript\n\n{written(SHAPES[shape])}## Thoughts\n\nNone.\n"
    note = parse_note(text, "talk.md")
    found = captions_of(Vault([note]), ID)
    assert isinstance(found, Captions)
    assert (found.path, found.kind) == ("talk.md", "transcript")
    assert " ".join(found.words) == " ".join([SAID] * len(CLOCKS))
    starts = [found.seconds[i * len(SAID.split())] for i in range(len(CLOCKS))]
    assert starts == [m * 60 + s for m, s in CLOCKS]
    span = transcript_span(note)
    assert span
    assert note.text[: span.start].endswith("## Transcript\n\n")
    assert note.text[span.end :].startswith("## Thoughts")


@pytest.mark.parametrize("shape", NONE)
def test_what_is_none(shape: str) -> None:
    note = parse_note(HEAD + written(NONE[shape]), "talk.md")
    assert transcript(note) == ""
    assert transcript_span(note) is None
    assert captions_of(Vault([note]), ID) is None


def test_without_a_video_a_transcript_is_of_none() -> None:
    assert transcript(parse_note(written(SHAPES["turns"]), "talk.md")) == ""


def test_files_come_before_notes_and_longer_notes_before_shorter() -> None:
    short = parse_note(HEAD + written(SHAPES["turns"]), "short.md")
    longer = parse_note(short.text + f"\n(00:02:10):\n{SAID}\n", "a long one.md")
    found = captions_of(Vault([short, longer]), ID)
    assert found
    assert found.path == "a long one.md"
    library = library_of(((f"[{ID}].vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n"),))
    found = captions_of(Vault([short, longer], captions=library), ID)
    assert found
    assert found.path == f"[{ID}].vtt"


def test_lengths() -> None:
    note = parse_note(HEAD, "note.md")
    told = parse_note(HEAD.replace("title", "duration: 10:00\ntitle"), "told.md")
    other = parse_note(HEAD.replace("title", "duration: 11:00\ntitle"), "other.md")
    said = parse_note(HEAD + written(SHAPES["turns"]), "said.md")
    assert length_of(Vault([note]), ID) is None
    found = length_of(Vault([note, said]), ID)
    assert found
    assert (found.source, found.path) == ("captions", "said.md")
    assert 113 < found.seconds < 150
    assert length_of(Vault([note, said, told]), ID) == Length(600, "property", "told.md")
    assert durations(Vault([told, other])) == {}
    captions = (f"[{ID}].vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n")
    assert length_of(Vault([told], captions=library_of((captions,))), ID) == Length(600, "property", "told.md")
    table = library_of((captions,), ((ID, 500.0),))
    assert length_of(Vault([told], captions=table), ID) == Length(500, "list", "durations.csv")


def test_a_passage_proves_no_end() -> None:
    text = written(SHAPES["turns"]).replace("(00:0", "(00:3")
    assert captions_of(Vault([parse_note(HEAD + text, "a.md")]), ID)
    assert length_of(Vault([parse_note(HEAD + text, "a.md")]), ID) is None


def test_another_process_knows_a_vault_without_captions() -> None:
    assert pickle.loads(pickle.dumps(NO_CAPTIONS)) is NO_CAPTIONS


def test_what_was_asked_is_recorded() -> None:
    trace = Trace()
    note, said = parse_note(HEAD, "note.md"), parse_note(HEAD + written(SHAPES["turns"]), "said.md")
    others = library_of((("[Uq4eSg0ePXs].vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n"),))
    vault = Vault([note, said], captions=others).traced(trace)
    trace.begin()
    captions_of(vault, ID)
    cells = trace.line(note).split("\x1f")
    assert f"~{ID}" in cells
    assert f"@said.transcripts {ID}" in cells
    assert "=said.md" not in cells  # what it says besides makes no difference
